"""Words that tell lines apart. Data only."""

from __future__ import annotations

from cite2bib.extract.words import ORGANISATION, TITLE_WORDS, word_set

PARTICLES = word_set(
    "van von vom de der den del della dell di da dos das do du la le las los lo ten ter te zu zur zum bin ibn al el af av y e "
    "degli dalla dal op het abu ben bint und d' l' 't st st. mac"
)
_MORE = word_set("""
    able access accurate achieving action actions agent agents agentic ai alignment all annual answering anomaly any architecture architectures
    aware best better blog call can card chain chat code collapse common community computers concept contact context contents continual
    contrastive control cookie copy curriculum daily datasets dense depth docs document documents download driven edge editing edition
    efficient email embodied encoder end enterprise entropy error everything expert experts explicit face false fine first flow
    foundation free full fully games generalization geometric github global good gradient group hard help hidden home identity implicit
    in-context inductive inverse invariance invariant is issue issues keywords label labels large last latent layer layers less lightweight
    line list llm llms local log logic login long loss low make manifold many masked mean member menu message messages mind mixture mobile modal modality
    models monthly more most motion moving multi-modal need neural news next no noise not now off official one only open operators
    order out over overfitting page paper papers part partial past pay people person personal photo please point policies policy pose post posts
    preference preferences pretrained pretraining price pricing privacy private probabilistic product products project prompt proof property
    published quick rate read ready regression regularization related report research results retrieval reward rights room rule
    rules run safe sample samples sampling scaling search secure see self-supervised semantic sensor sequence server service settings share
    shot show sign simple site skip slow solving sort space spaces spectral speed stable standard start state states steps stereo still submit
    subscribe super sure synthetic table take talk target teams technical temporal terms test testing text thinking thoughts
    title token tokens tool top topic tracking trained training transfer trending true tuning twin type
    unlearning up updates user users vectors version videos view visual voice volume watch weak website weekly weight weights
    welcome what's wide workshop world year years you your zero-shot
    """)
# Lower-case words that are no part of anybody's name (as far as common ones go).
COMMON = (TITLE_WORDS | ORGANISATION | _MORE) - word_set(
    "al art den des ein la le les los map para per van von wave young will may rose grace"
)
