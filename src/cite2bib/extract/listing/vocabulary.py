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
# Given names that are common enough to tell `Turing, Alan` from `Kingma, Ba`; few of them are family names.
GIVEN = word_set("""
    aaron abdul abhishek abigail adam aditya adrian agnes ahmed aidan aisha akira alain alan albert alberto alejandro aleksandr alessandro alex alexander alexandra alexandre
    alexei alexis alfred ali alice alison amanda amir amit amy ana anastasia anders andre andrea andreas andrei andrew andrey andrzej angela anil anita anna anne annette anthony
    antoine anton antonio arjun armand arthur arun ashish ashok astrid audrey aurelien barbara beatrice ben benjamin benoit bernard bernd bernhard bin bo brandon brian bruce bruno
    camille carl carla carlo carlos carol caroline catherine cecile chandra charles charlotte chen chloe chris christian christina christine christoph christophe christopher chun claire
    clara claude claudia craig cristina cynthia dan daniel daniela daniele dario david deborah deepak denis dennis derek diana diane diederik diego dimitri dmitry dominique don donald
    dong dorothy douglas duncan edgar eduardo edward elena eleonora eli elias elisa elizabeth ella ellen emil emily emma emmanuel enrico eric erica erik ernst esther eugene eva evan
    fabian fabio fatima federico feng fernando filip florian francesca francesco francis francisco francois frank franz fred frederic frederick friedrich gabriel gabriele gang gary geoffrey
    george georg gerald gerard gerhard giovanni giulia giuseppe gloria gordon grace graham greg gregory guido guillaume guillermo gunther gustav hai hannah hans harald harold harry hassan
    heather hector heidi heinrich helen helena henri henry herbert hiroshi hong howard hugo hui hussein ian ibrahim igor ilya ines ingrid irene irina isaac isabel isabelle ivan jack jacob
    jacques jakob jakub james jan jane janet jason javier jay jean jeff jeffrey jennifer jens jeremy jerome jerry jessica jesus jia jian jie jill jim jing joan joanna joao jochen joe joel
    johan johann johannes john jon jonas jonathan jordan jorge jose joseph josh joshua juan judea judith julia julian julie julien jun jurgen justin karen karin karl karsten katarina kate
    katherine kathleen katja kay kazuki keith kelly ken kenji kenneth kevin kim kimberly klaus konstantin kurt kyle kyunghyun lars laura lauren laurent lawrence lea lei leo leon leonardo
    leslie lin linda ling lisa liu lorenzo louis louise luc luca lucas lucia ludwig luis luisa lukas luke lydia mads magdalena manuel marc marcel marco marcus margaret maria marie marina mario
    marion mark markus marta martha martin martina mary mathias mathieu matteo matthew matthias maurice mauro max maxim maximilian megan mehmet mei melanie michael michal michel michele michelle
    miguel mihai mikael mike mikhail min ming miriam mohamed mohammad mohammed monica muhammad nadia nancy naomi natalia natalie nathan neha neil nicholas nick nicola nicolas nicole niels nikhil
    nikita niklas nikola nikolai nils nina noah noam noel nora norman olga oliver olivier omar oscar otto pablo paolo pascal patricia patrick paul paula pavel pedro peng peter petra philip
    philipp philippe pierre ping pietro priya qi qiang quentin rachel rafael rahul rainer raj rajesh ralf ralph ramon raphael raul ravi raymond rebecca reinhard rene ricardo richard rob robert
    roberto robin rodrigo roger roland rolf roman ron ronald rosa ross roy ruben rudolf ruth ryan sabine sabrina sally sam samantha samuel sandra sanjay sanjeev sara sarah sascha scott sean
    sebastian sergei sergey sergio shan sharon shaoqing sheng shin shirley shivani silvia simon simone sofia sonia sophia sophie stanislav stefan stefania stefano steffen stephan stephane
    stephanie stephen steve steven stuart sunil suresh susan susanne svetlana sven sylvain takashi tamara tao tara teresa terence thomas thorsten tim timothy tina tobias todd tom tomas
    tomasz tony tracy ulrich ulrike ursula valentin valentina valeria vanessa vera veronica victor victoria vijay vikram viktor vincent vincenzo virginia vivek vladimir volker walter wayne
    wei wendy werner wilhelm will william wolfgang xavier xiang xiao xiaoming xin xiu yan yann yannick yasmin ying yong yoshua youssef yuan yuki yuri yvonne zachary zhen zoe
    """)
