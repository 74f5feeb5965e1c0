"""Words that titles, organisations and menus hold, and names do not. Data only, and cheap to load."""

from __future__ import annotations


def word_set(text: str) -> frozenset[str]:
    """The words of a text as a set: tables of words stay readable."""
    return frozenset(text.split())


# Words of titles that nobody is called; a capitalised one tells a title from a name.
TITLE_WORDS = word_set(
    """
    a about across adaptive adversarial against algorithm algorithms all among an analysis analyses analyzing and
    application applications applied approach approaches are art artificial as assessing assessment at attention
    automated automatic based bayesian behavior behaviour benchmark beyond between bias biology brain building by can
    cancer case cell cells challenge challenges change changes children classification climate clinical clustering
    cognitive combining communication comparison complex computation computational computer computing conference
    construction context contextual control convolutional corpus data dataset database deep design detecting detection
    development developing dialogue differential diffusion digital discourse discovery disease distributed do does
    domain dynamic dynamics early economic economics effect effective effects efficient efficiency effectiveness
    electronic embedding embeddings empirical encyclopedia end energy engineering english environment environmental
    estimating estimation evaluating evaluation evidence evolution experimental experiments explaining exploring
    extraction factors fast feature features federated few first following for foundation foundations framework from
    functional fundamental fundamentals future fuzzy gene general generalized generating generation generative genetic
    global graph graphs group guide handbook health heterogeneous hierarchical high history how human hybrid if image
    images imaging impact implications improved improving in inference influence information integrated integrating
    intelligence intelligent interactive international internet into introduction investigating is issues its joint
    journal judgment knowledge language languages large learned learning lessons letters linear linguistic linguistics
    local long machine making management map mapping mathematical mathematics matter measurement measuring mechanisms
    medical medicine memory method methods mining model modeling modelling models modern molecular monitoring
    morphological multi multilingual multimodal multiple music natural nature nearest network networks neural new non
    nonlinear novel nuclear number object objects of on online open optimal optimization or oriented outcomes overview
    parallel parsing patients pattern patterns performance perspective perspectives phase physics planning policy
    political polynomial practical practice practices pre predicting prediction predictive principles probabilistic
    problem problems proceedings process processes processing program programming programs proof properties protein
    psychology public quality quantitative quantum question questions random ranking rapid rational reading real
    reasoning recent recognition recommendation recurrent reducing reference reinforcement relation relations
    representation representations research residual response retrieval review risk robust robotics role scalable scale
    science sciences scientific search second segmentation self semantic semantics semi sensitive sentence sentiment
    sequence sequential shot similarity simple simulation single small social society software some source sparse
    spatial species speech stochastic strategies strategy structural structure structured structures studies study
    studying summarization supervised support survey sustainable syntactic synthesis system systematic systems task
    tasks teaching technical techniques technologies technology temporal text texts that the their theorem theoretical
    theories theory through time to tools topic topics toward towards training transfer transformer transformers
    translation treatment tree trees trends tutorial two understanding unified universal unsupervised use using
    variational vector via video virtual vision visual water wave way web what when where which why wireless with
    without word words work world zero der die das ein eine zur zum über und für von im den des la le les une des du
    el los las una para con por sobre il gli della
    """
)

# Words that an organisation's name holds.
ORGANISATION = word_set(
    """
    academy administration agency branch bundesamt collaborators alliance army association authority bank board bureau centre center college
    collaboration commission committee community company conference consortium corporation corp council court
    department directorate division federation forum foundation fund government group gmbh inc initiative investigators institute institut
    institution international laboratories laboratory library limited llc ltd ministry museum nations network office
    organisation organization panel parliament party press programme project publishing research school secretariat senate
    service services society statistics states survey team trust union united university universität université
    universidad verein verband working europäische bundesamt министерство организация институт
    """
)
