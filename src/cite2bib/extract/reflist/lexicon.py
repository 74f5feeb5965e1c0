"""Words that tell the parts of a reference apart, in the languages whose reference lists are common. Data only."""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


PARTICLES = _words(
    "van von vom de der den del della dell di da dos das do du des la le las los lo ten ter te zu zur zum bin ibn al el "
    "af av y e i d' l' 't mac san santa st st. degli dalla dal op het in't abu ben bar und"
)
AND = _words("and & und et y e og och en i и та ve és ja")  # between the last two names

ET_AL = re.compile(
    r"(?:,|;)?\s*(?:\b(?:and|&)\s+)?\(?(?:\bet\.?\s+al\b\.?|\bet\s+alii\b|\bet\s+coll\b\.?|\band\s+others\b|\bu\.\s?a\b\.?|"
    r"\bи\s+др\b\.?|\[и\s+др\.\]|\by\s+otros\b|等|\bet\s+autres\b|\band\s+\d+\s+(?:others|more))\)?",
    re.IGNORECASE,
)
ELLIPSIS = re.compile(r",?\s*(?:\.\s?\.\s?\.|…),?\s*(?:&|and)?\s*")

ROLE = re.compile(
    r"(?:,\s*)?\(?\s*\b(?P<role>[Ee]ds?\.?|EDS?\.?|[Ee]ditors?|[Hh]rsg\.?|[Hh]g\.?|[Cc]oords?\.?|[Oo]rgs?\.?|"
    r"[Rr]ed\.?|ред\.|[Éé]ds?\.?|[Tt]rans\.?|[Cc]omps?\.?|[Dd]irs?\.?)(?=[\s),.:;]|$)\s*\)?",
)

# Words of titles that nobody is called; a capitalised one tells a title from a name.
TITLE_WORDS = _words(
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
ORGANISATION = _words(
    """
    academy administration agency alliance army association authority bank board bureau centre center college
    collaboration commission committee community company conference consortium corporation corp council court
    department directorate division federation forum foundation fund government group gmbh inc institute institut
    institution international laboratories laboratory library limited llc ltd ministry museum nations network office
    organisation organization parliament party press programme project publishing research school secretariat senate
    service services society statistics states survey team trust union united university universität université
    universidad verein verband working europäische bundesamt министерство организация институт
    """
)

# How a container's name begins or what it holds.
CONTAINER_CUES = re.compile(
    r"^(?:(?:in|In|IN)(?:\s?:|\s+)|En:|Dans\s|(?:The\s+)?(?:\d{4}\s+)?(?:\d+(?:st|nd|rd|th)\s+)?"
    r"(?:Proc(?:eedings|\.)?\b|Procs?\.|Advances\s+in|Adv\.|Trans(?:actions|\.)|Journal\b|J\.|Jnl|IEEE\b|ACM\b|AAAI\b|"
    r"Annals\b|Ann\.|Annual\b|Annu\.|Archives?\b|Acta\b|Bulletin\b|Bull\.|Communications\b|Commun\.|Comm\.|"
    r"Conference\b|Conf\.|(?:[A-Z]\w+\s+){0,3}(?:[Ii]nternational|[Ee]uropean|[Aa]merican|[Aa]sian|[Nn]ational|[Aa]nnual)\s+(?:[\w-]+\s+){0,2}(?:[Cc]onference|[Jj]ournal|[Jj]oint|[Ss]ymposium|[Ww]orkshop|[Cc]ongress|[Ss]chool)|Int\.|Intl\.|Lecture\s+Notes|"
    r"LNCS|Letters\b|Lett\.|Mathematical\s|Memoirs\b|Nature\b|Science\b|Nucleic\b|PLoS\b|PLOS\b|PNAS\b|Phys\.|"
    r"Physical\s+Review|Physics\s+Letters|Quarterly\b|Review\b|Reviews\b|Rev\.|Science\b|Sci\.|SIAM\b|SIGGRAPH|"
    r"Symposium\b|Workshop\b|Zeitschrift\b|Revue\b|Revista\b|Rivista\b|Вестник|Журнал|Известия|Труды|"
    r"arXiv\b|ArXiv\b|CoRR\b|bioRxiv\b|medRxiv\b|SSRN\b|NeurIPS\b|NIPS\b|ICML\b|ICLR\b|CVPR\b|ICCV\b|ECCV\b|ACL\b|"
    r"EMNLP\b|NAACL\b|COLING\b|TACL\b|KDD\b|SIGIR\b|WWW\b|IJCAI\b|CHI\b|USENIX\b|OSDI\b|SOSP\b|INTERSPEECH|ICASSP|"
    r"Theoretical\s+Computer\s+Science|Artificial\s+Intelligence\b|Pattern\s+Recognition\b|Neurocomputing\b|"
    r"Neural\s+(?:Computation|Networks)\b|Machine\s+Learning\b|Bioinformatics\b|Cell\b|Lancet|The\s+Lancet|JAMA\b|BMJ\b|"
    r"New\s+England|N\s+Engl\s+J|Biometrika\b|Econometrica\b|Psychological\b|Technometrics\b))"
)
CONTAINER_WORDS = re.compile(
    r"\b(?:Proceedings|Proc|Journal|J|Transactions|Trans|Letters|Lett|Review|Rev|Annals|Ann|Magazine|Bulletin|Bull|"
    r"Conference|Conf|Symposium|Symp|Workshop|Lecture\s+Notes|Quarterly|Reports|Sciences?|Zeitschrift|Revue|Revista|"
    r"Archiv|Archives|Communications|Commun|Surveys|Int|Soc|Am|Sci|Res|Comput|Phys|Chem|Med|Biol|Math|Technol|Eng|"
    r"Appl|Stat|Psychol|Acad|Natl|вестник|журнал)\b"
)
PUBLISHER = re.compile(
    r"\b(?:(?:[A-Z][\w'’&.-]*\s+){0,3}(?:University\s+Press|Univ\.?\s+Press|UP\b|Press\b|Publish(?:ers?|ing)\b(?:\s+Co\w*\.?)?|"
    r"Verlag\b|Books?\b(?=[,.]|$)|Editions?\b(?=[,.]|$)|Éditions\b)|Springer(?:[- ]Verlag|\s+Nature|\s+International)?"
    r"(?:\s+Publishing)?\b|Elsevier\b|Wiley(?:[- ]\w+)?\b|O['’]Reilly(?:\s+Media)?\b|McGraw[- ]Hill\b|"
    r"Addison[- –]Wesley\b|Prentice[- ]Hall\b|Morgan\s+Kaufmann\b|Routledge\b|Academic\s+Press\b|CRC\b|Birkhäuser\b|"
    r"North[- ]Holland\b|Kluwer\b|Sage\b|SAGE\b|Palgrave\b|Penguin\b|Blackwell\b|Pearson\b|Chapman\b|Harper\b|"
    r"ACM\b|IEEE\b|USENIX\b|AAAI\s+Press\b|PMLR\b|Curran\b|Association\s+for\s+Computational\s+Linguistics\b|"
    r"Association\s+for\s+Computing\s+Machinery\b|OpenReview(?:\.net)?\b|Наука\b|Мир\b|Издательство\b)"
)
THESIS = re.compile(
    r"\b(?:Ph\.?\s?D\.?|Doctoral|Master(?:['’]?s)?|M\.?\s?Sc\.?|Bachelor(?:['’]?s)?|Diploma|Habilitation)\s*[-]?\s*"
    r"(?:thesis|dissertation|diss\.?)|\b(?:Dissertation|Doktorarbeit|Diplomarbeit|Masterarbeit|Thèse|Tesis|"
    r"Дис\.)\b|\bdissertation\b|\[D\]|\((?:Ph\.?\s?D\.?|M\.?\s?Sc\.?)\)",
    re.IGNORECASE,
)
REPORT = re.compile(
    r"\b(?:Tech(?:nical|\.)\s*Rep(?:ort|\.)|Research\s+Report|Working\s+Paper|Discussion\s+Paper|Memo(?:randum)?\s+No)\b",
    re.IGNORECASE,
)
CONFERENCE = re.compile(
    r"\b(?:Proc(?:eedings|\.)|Conference|Conf\.|Symposium|Symp\.|Workshop|NIPS|NeurIPS|ICML|ICLR|CVPR|ICCV|ECCV|ACL|EMNLP|"
    r"NAACL|COLING|KDD|SIGIR|IJCAI|AAAI|INTERSPEECH|ICASSP|SIGGRAPH|SIGMOD|VLDB|SOSP|OSDI|Advances\s+in\s+Neural|"
    r"Tagung|Congress|Meeting|\[C\])(?![\w])",
    re.IGNORECASE,
)

MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?|"
    r"Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?|Januar|Februar|März|Mai|Juni|Juli|Oktober|"
    r"Dezember|Spring|Summer|Autumn|Fall|Winter|janvier|février|mars|avril|juin|juillet|août|septembre|octobre|"
    r"novembre|décembre)(?![^\W\d_])"
)
# After these a full stop ends no sentence.
ABBREVIATIONS = _words(
    "vs st no nos vol vols pp p ed eds ch sec fig dr mr mrs ms prof jr sr etc al cf inc ltd co corp dept univ proc conf "
    "trans rev lett ann adv appl bull commun comput eng math phys chem med sci res soc stat symp j nat natl acad "
    "rep tech technol syst netw intell anal mach artif electron psychol biol nr bd s hrsg aufl u.s u.k e.g "
    "i.e ph ser suppl approx d.c a.k.a aka assoc т с № изд"
)
# Words that are abbreviations only when they begin with a capital, as in names of journals.
CAPITAL_ABBREVIATIONS = _words(
    "int am mag process rep lang ca art stat mach comp inf soc ind hum adm dev env ed co"
)
