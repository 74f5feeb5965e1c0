"""Two names of venues: the same, another one, or nobody can tell.

A venue has a dozen names, and a list of references uses any of them. So another one is said only of two that are spelled
out, or known, and share nothing that says something.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache

from cite2bib import richtext, titles
from cite2bib.light import NamedTuple
from cite2bib.resolve.match import facts


class Likeness(Enum):
    """What two names of venues have to do with one another."""

    SAME = "the same"
    OTHER = "another"
    UNKNOWN = "not known"


# Names of one venue, the words by which each is known before the sign: what authors write, not what is official.
_KNOWN = """
aaai = aaai conference on artificial intelligence
aamas = autonomous agents and multiagent systems
accv = asian conference on computer vision
acl = association for computational linguistics annual meeting
acmmm = acm multimedia
aistats = artificial intelligence and statistics
asplos = architectural support for programming languages and operating systems
bmvc = british machine vision conference
cav = computer aided verification
ccs = computer and communications security
chi = human factors in computing systems
cikm = information and knowledge management
colm = conference on language modeling
coling = computational linguistics coling
colt = conference on learning theory ; computational learning theory
conll = computational natural language learning
corl = conference on robot learning
crypto = advances in cryptology crypto
cscw = computer supported cooperative work
cvpr = computer vision and pattern recognition
eacl = european chapter of the association for computational linguistics
eccv = european conference on computer vision ; computer vision eccv
emnlp = empirical methods in natural language processing
eurocrypt = advances in cryptology eurocrypt
facct = fairness accountability and transparency
focs = foundations of computer science
hpca = high performance computer architecture
icalp = automata languages and programming
icassp = acoustics speech and signal processing
iccv = international conference on computer vision
icde = data engineering
icip = image processing international conference
iclr = learning representations
icml = international conference on machine learning ; machine learning icml
icra = robotics and automation international conference
icse = software engineering international conference
ijcai = joint conference on artificial intelligence
ijcnn = joint conference on neural networks
infocom = computer communications
interspeech = international speech communication association
iros = intelligent robots and systems
isca = computer architecture international symposium
kdd = knowledge discovery and data mining
lrec = language resources and evaluation
miccai = medical image computing and computer assisted intervention
naacl = north american chapter of the association for computational linguistics
ndss = network and distributed system security
neurips nips = neural information processing systems
nsdi = networked systems design and implementation
osdi = operating systems design and implementation
pldi = programming language design and implementation
podc = principles of distributed computing
pods = principles of database systems
popl = principles of programming languages
recsys = recommender systems
rss = robotics science and systems
sigcomm = data communication
sigir = research and development in information retrieval
siggraph = computer graphics and interactive techniques
sigmod = management of data
soda = discrete algorithms
sosp = operating systems principles
stoc = theory of computing
uai = uncertainty in artificial intelligence
vldb pvldb = very large data bases ; vldb endowment
wacv = applications of computer vision
wsdm = web search and data mining
www thewebconf webconf = world wide web conference ; the web conference
jmlr = journal of machine learning research
tmlr = transactions on machine learning research
tacl = transactions of the association for computational linguistics
jair = journal of artificial intelligence research
tpami pami = transactions on pattern analysis and machine intelligence
ijcv = international journal of computer vision
tip = transactions on image processing
tog = transactions on graphics
tnnls = transactions on neural networks and learning systems
tkde = transactions on knowledge and data engineering
cacm = communications of the acm
jacm = journal of the acm
pnas = national academy of sciences
jama = american medical association
nejm = new england journal of medicine
bmj = british medical journal
prl = physical review letters
prd = physical review d
prb = physical review b
apj = astrophysical journal
aj = astronomical journal
mnras = monthly notices royal astronomical society
aap = astronomy and astrophysics
jhep = journal of high energy physics
jcp = journal of computational physics ; journal of chemical physics
jacs = american chemical society journal
nar = nucleic acids research
plosone = plos one
aer = american economic review
qje = quarterly journal of economics
jpe = journal of political economy
"""
_SERIES = re.compile(
    r"lecture notes|\bLNCS\b|\bLNAI\b|communications in computer and information|proceedings of machine learning research|"
    r"\bPMLR\b|\bCEUR|\bLIPIcs\b|leibniz international|springer (?:series|proceedings|texts|tracts)|ser(?:ies|\.) in |"
    r"graduate texts|advances in (?:intelligent systems|experimental medicine)|studies in |conference series|"
    r"methods in molecular|topics in |\bprocedia\b|ifac|ACM international conference proceedings|spie|\bseries\b",
    re.IGNORECASE,
)
_PUBLISHERS = re.compile(
    r"\b(?:springer|elsevier|wiley|press|verlag|publish\w*|ieee$|acm$|aclweb|openreview|sage|routledge|taylor|books?|inc|ltd|usenix|"
    r"association for computing|(?:computer|chemical|physical|mathematical|royal|econometric|geological) society|^society)\b",
    re.IGNORECASE,
)
_SOCIETIES = re.compile(
    r"\b(?:ACM|IEEE|SIAM|AAAI|USENIX|CVF|RSJ|IET|IFIP|INFORMS|AMS|ACS|APS|AIP|IOP|BMC|PLOS|PLoS|JMIR|BMJ|RSC|SIG[A-Z]+|USA|UK|II|III|IV)\b"
)
_EMPTY_LIST = (
    "proceedings proc annual international conference conf symposium symp workshop workshops meeting joint ieee acm cvf usenix siam "
    "european asian national american world journal j trans transactions letters lett review rev reviews annals ann "
    "bulletin bull magazine advances adv archives science sciences sci research res society soc association part "
    "section series ser main track tracks long short papers findings volume vol edition spring fall summer winter "
    "companion extended abstracts poster demo in the of on and for de la der und first second third fourth fifth sixth "
    "seventh eighth ninth tenth eleventh twelfth thirteenth thirtieth conferences technology"
)
_EMPTY = frozenset(_EMPTY_LIST.split())
_PLACES = frozenset({"usa", "uk"})


class _Row(NamedTuple):
    """One venue: the name it is known by here, all its acronyms, its names in words."""

    name: str
    acronyms: tuple[str, ...]
    spelled: tuple[frozenset[str], ...]


@lru_cache(maxsize=1)
def _rows() -> tuple[_Row, ...]:
    found = []
    for row in _KNOWN.strip().splitlines():
        acronyms, _, names = row.partition(" = ")
        spelled = tuple(frozenset(_content(name)) for name in names.split(" ; "))
        found.append(_Row(acronyms.split()[0], tuple(acronyms.split()), spelled))
    return tuple(found)


def _content(name: str) -> list[str]:
    words = titles.words(re.sub(r"\b(?:19|20)\d\d\b|\b\d+(?:st|nd|rd|th)\b|['’]\d\d\b|\d+", " ", name))
    return [word for word in words if word not in titles.FUNCTION_WORDS and word not in _PLACES]


@lru_cache(maxsize=16_384)
def venue_of(name: str) -> frozenset[str]:
    """The known venues that a name may be of, each by one acronym.

    >>> sorted(venue_of("Advances in Neural Information Processing Systems 36")), sorted(venue_of("Proc. CVPR 2020"))
    (['neurips'], ['cvpr'])
    """
    words = _content(richtext.plain(name))
    # A short acronym is also a word, and the beginning of an unknown one: "ACL Anthology", "RSS feeds".
    alone = set(words) if len(words) <= 4 else set()
    return frozenset(
        row.name
        for row in _rows()
        if alone & set(row.acronyms) or any(told <= set(words) for told in row.spelled)
    )


@lru_cache(maxsize=16_384)
def compare(one: str, other: str) -> Likeness:
    """What two names of venues have to do with one another.

    >>> compare("NeurIPS", "Advances in Neural Information Processing Systems 36").name
    'SAME'
    >>> compare("ICML", "NeurIPS").name, compare("Nature Physics", "Journal of Finance").name
    ('OTHER', 'OTHER')
    >>> compare("ECCV", "Lecture Notes in Computer Science").name
    'UNKNOWN'
    """
    one, other = (" ".join(richtext.plain(name).replace("&amp;", "&").split()) for name in (one, other))
    if facts.same_venue(one, other) or _is_short_for(one, other) or _is_short_for(other, one):
        return Likeness.SAME
    ours, theirs = venue_of(one), venue_of(other)
    if ours & theirs:
        return Likeness.SAME
    pairs = ((one, ours), (other, theirs))
    if any(not known and (_SERIES.search(name) or _PUBLISHERS.search(name)) for name, known in pairs):
        return Likeness.UNKNOWN
    if ours and theirs:
        return Likeness.OTHER
    one, other = _without_acronym(one), _without_acronym(other)
    left, right = _telling(one), _telling(other)
    if (ours and len(right) >= 2) or (theirs and len(left) >= 2):
        # The one is known, and not by the other's name.
        unknown, known = (right, left) if ours else (left, right)
        return Likeness.UNKNOWN if 2 * _shared(unknown, known) > len(unknown) else Likeness.OTHER
    if min(len(left), len(right)) >= 1 and _is_spelled_out(one) and _is_spelled_out(other):
        # One word of many is chance: "Intelligence", "Systems".
        is_chance = 3 * _shared(left, right) <= min(len(left), len(right))
        return Likeness.OTHER if is_chance else Likeness.UNKNOWN
    return Likeness.UNKNOWN


# Known venues whose papers have no DOI at Crossref, or had none for long: arXiv has them sooner.
_WITHOUT_DOIS = frozenset(
    {"aistats", "bmvc", "colm", "colt", "corl", "iclr", "icml", "jmlr", "ndss", "neurips", "nsdi", "osdi", "rss", "tmlr", "uai"}
)  # fmt: skip


def is_without_dois(name: str) -> bool:
    """Whether papers of a venue can't be looked for by their DOIs.

    >>> is_without_dois("NeurIPS 2023"), is_without_dois("Nature"), is_without_dois("")
    (True, False, False)
    """
    return not venue_of(name).isdisjoint(_WITHOUT_DOIS)


def is_named(venue: str, text: str) -> bool:
    """Whether a text names a venue, be it by its acronym.

    >>> is_named("Advances in Neural Information Processing Systems", "12 pages, accepted at NeurIPS'23")
    True
    """
    said = set(titles.words(re.sub(r"['’]?\d+", " ", text)))
    return any(
        row.name in venue_of(venue)
        and (said & set(row.acronyms) or any(told <= said for told in row.spelled))
        for row in _rows()
    )


def _without_acronym(name: str) -> str:
    """A name that is spelled out without the acronym it has beside, and in small letters if it is all in capitals.

    >>> _without_acronym("2017 IEEE Region 10 Symposium (TENSYMP)"), _without_acronym("COMPUTER VISION"), _without_acronym("CVPR")
    ('2017 IEEE Region 10 Symposium', 'Computer Vision', 'CVPR')
    """
    name = name.title() if name.isupper() and len(name.split()) > 1 else name
    rest = " ".join(re.sub(r"\([^()]*\b[A-Z][\w-]*[A-Z]\w*\b[^()]*\)", " ", name).split())
    return rest if _telling(rest) else name


def _telling(name: str) -> list[str]:
    """The words of a name that tell it from others; "Science" is one where it is all."""
    words = _content(name)
    return words if len(words) == 1 else [word for word in words if word not in _EMPTY and not word.isdigit()]


def _shared(left: list[str], right: list[str]) -> int:
    """How many telling words of one name the other has too, be they abbreviated."""
    return sum(any(_are_one_word(word, other) for other in right) for word in left)


def _are_one_word(one: str, other: str) -> bool:
    is_start = min(len(one), len(other)) >= 2 and (one.startswith(other) or other.startswith(one))
    return one[:4] == other[:4] or is_start


def _is_spelled_out(name: str) -> bool:
    """Whether a name is neither an acronym nor abbreviated: of these one can't say what they are not."""
    if "." in name.rstrip("."):
        return False
    name = _SOCIETIES.sub(" ", name)
    words = len(_content(name))
    # One of some words may well be short: "Frontiers in Robotics and AI".
    return words >= 1 and 3 * len(re.findall(r"\b[A-Z]{2,}\b", name)) <= words


def _is_short_for(short: str, long: str) -> bool:
    """Whether one name is the other with its words abbreviated, small ones left out: "Phys. Rev. Lett."."""
    few, many = _content(short), _content(long)
    if not few or len(few) > len(many):
        return False
    rest = iter(many)
    return all(any(_abbreviates(word, other) for other in rest) for word in few) and few[0][:1] == many[0][:1]


def _abbreviates(word: str, other: str) -> bool:
    if word == other or other.startswith(word):
        return True
    # "intl", "natl", "dept": the first and the last letters.
    letters = iter(other)
    return (
        len(word) >= 3
        and word[0] == other[:1]
        and word[-1] == other[-1:]
        and all(char in letters for char in word)
    )
