"""Two words of titles: one spelling, a misprint, or two meanings."""

from __future__ import annotations

from bisect import bisect_left
from enum import Enum
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from cite2bib.diagnostics import Cite2bibError
from cite2bib.letters import without_marks
from cite2bib.patterns import late
from cite2bib.titles import FUNCTION_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

_NEGATION_LIST = "not no non without never nor neither cannot un anti"
NEGATIONS = frozenset(_NEGATION_LIST.split())
_PREFIX_LIST = (
    "anti auto bi co contra counter de dis down en endo ex exo extra hetero homo hyper hypo il im in infra inter intra "
    "ir macro mal micro mid mini mis mono multi non out over poly post pre pro pseudo quasi re self semi sub super sym "
    "trans tri ultra un under uni up a e bio cardio cyber electro geo hydro immuno nano neuro photo psycho socio spatio "
    "tele thermo"
)
_PREFIXES = _PREFIX_LIST.split()

_SPELLINGS = (
    (late(r"is(?=(?:ation|e|ed|er|es|ing|able)s?$)"), "iz"),
    (late(r"ys(?=e[drs]?$|ing$)"), "yz"),
    (late(r"our(?=$|s$|ed$|ing$|al$|able$|ful$|less$)"), "or"),
    (late(r"ll(?=(?:ed|ing|er|ers)$)"), "l"),
    (late(r"tre(?=s?$)"), "ter"),
    (late(r"ogue(?=s?$)"), "og"),
    (late(r"(?<=.)ae(?=.)|^ae"), "e"),
    (late(r"[ae]nce(?=s?$)"), "ense"),
    (late(r"(?<=dg)e(?=ment)"), ""),
    (late(r"ph(?=u|ate|ide|o)"), "f"),  # sulphur, sulphate
    (late(r"ies$"), "y"),
    (late(r"(?<=[sxz])es$|(?<=[cs]h)es$|(?<![su])s$"), ""),
    (late(r"(?<=.{3})(?:ue|oe)(?=.)"), "u"),
)


_IRREGULAR = {"learnt": "learned", "burnt": "burned", "spelt": "spelled", "spoilt": "spoiled", "dreamt": "dreamed",
              "grey": "gray", "greys": "grays"}  # fmt: skip


@lru_cache(maxsize=65_536)  # a list of a million references has more words than need to be held
def spelling(word: str) -> str:
    """One form for British and American spelling, singular and plural."""
    if len(word) < 4:
        return word
    word = _IRREGULAR.get(word, word)
    for pattern, replacement in _SPELLINGS:
        word = pattern.sub(replacement, word)
    return word


MOST_SLIPS = 2  # in a word


class Slip(Enum):
    """Whether two words are one word, misprinted in one of them."""

    SURE = "a misprint"
    MAYBE = "a misprint, or another word"
    NO = "another word"


def slip(left: str, right: str, *, may_be_name: bool = True) -> Slip:
    """Whether two words are one word with a slip of the fingers in it.

    Of two words that both exist, or of which none does, nobody can say so: "encoding" and "decoding", "BERT" and
    "BART". The longer the word, the more of it may be wrong. Of names and acronyms, which capitals tell, there is no list.

    >>> [slip(*pair).name for pair in [("trasnformer", "transformer"), ("modal", "model"), ("frozen", "tuned")]]
    ['SURE', 'MAYBE', 'NO']
    """
    if len(left) == len(right) == 1:
        return Slip.NO  # part "I" and part "V", vitamin "C" and vitamin "D"
    if _is_misread(left, right):
        return Slip.SURE
    apart = distance(left, right)
    if apart > MOST_SLIPS:  # before the list of words is read
        return Slip.NO
    if {left, right} & FUNCTION_WORDS:
        return _slip_of_function_word(left, right, apart)
    known = is_word(left), is_word(right)
    if (
        _is_prefixed(left, right)
        or _is_prefixed(right, left)
        or (any(known) and _are_prefixed_apart(left, right))
    ):
        return Slip.NO
    if known[0] != known[1]:
        return _slip_of_known(left, right, apart, may_be_name=may_be_name)
    if (apart == 1 and all(known) and _is_made_up(left, right)) or _is_half_compound(
        left, right, apart, known
    ):
        return Slip.SURE
    shorter = min(len(left), len(right))
    if not any(known) and left[0] == right[0] and apart <= (0 if shorter < 8 else 1 if shorter < 11 else 2):
        return Slip.NO if _elements(left) != _elements(right) else Slip.SURE
    return Slip.MAYBE if apart == 1 and shorter >= 3 else Slip.NO


def _slip_of_function_word(left: str, right: str, apart: int) -> Slip:
    """They carry no meaning: "far" and "fro" were "for". Only a negation means something."""
    if {left, right} & NEGATIONS:
        return Slip.NO
    other = right if left in FUNCTION_WORDS else left
    if len(other) >= 3 and not is_word(other):
        return Slip.SURE
    if apart > 1:
        return Slip.NO
    return Slip.MAYBE if len(other) > 3 and other not in FUNCTION_WORDS and is_word(other) else Slip.SURE


def _slip_of_known(left: str, right: str, apart: int, *, may_be_name: bool) -> Slip:
    """Of two words of which one exists."""
    shorter = min(len(left), len(right))
    if shorter < 4 and (may_be_name or shorter < 3):
        # Of acronyms there is no list: "HIV" is no misprint of "hip".
        return Slip.MAYBE if apart == 1 and shorter == 3 else Slip.NO
    if _is_technical(left, right):
        return Slip.MAYBE if apart == 1 else Slip.NO
    return Slip.SURE if apart <= (1 if shorter < 5 else MOST_SLIPS) else Slip.NO


def _is_half_compound(left: str, right: str, apart: int, known: tuple[bool, bool]) -> bool:
    """Whether of two words that are in no list one is made of two that are: "halfspcaes" and "halfspaces"."""
    shorter = min(len(left), len(right))
    is_near = apart <= (1 if shorter < 5 else MOST_SLIPS)
    return is_near and not any(known) and is_compound(left) != is_compound(right)


# A letter more or less in these makes another substance: "dimethyl" and "diethyl".
_ELEMENT = late(
    r"meth|eth|prop|but|pent|hex|hept|oct|chlor|brom|fluor|iod|nitr|sulf|sulph|phosph|mono|di|tri|tetra|"
    r"[aeiy]n[eo](?=$|s$)|[aeiy]l(?=$|s$)|[aeio](?:te|de)(?=$|s$)"
)


def _elements(word: str) -> list[str]:
    return _ELEMENT.findall(word)


# What programs that read print take for one another.
_READ_AS = (
    ("rn", "m"),
    ("cl", "d"),
    ("vv", "w"),
    ("ii", "u"),
    ("li", "h"),
    ("ri", "n"),
    ("ft", "ff"),
    ("tt", "ff"),
)
_LETTER_SHAPES = str.maketrans({"0": "o", "1": "l", "5": "s", "3": "e", "8": "b"})


def as_printed(word: str) -> str:
    """A word with the letters that were read as digits.

    >>> as_printed("0rigin"), as_printed("c1assification"), as_printed("1nteraction"), as_printed("h1n1")
    ('origin', 'classification', 'interaction', 'h1n1')
    """
    if word.isalpha() or not word.isalnum() or sum(map(str.isdigit, word)) > 1 or len(word) < 5:
        return word
    readings = (word.translate(_LETTER_SHAPES), word.replace("1", "i"))
    return next((reading for reading in readings if reading.isalpha() and is_word(reading)), word)


def _is_misread(left: str, right: str) -> bool:
    """Whether one word is the other as a program read it, and no word itself: "leaming", "thermodynarnics"."""
    for one, other in ((left, right), (right, left)):
        misread = any(a in one and one.replace(a, b) == other for a, b in _READ_AS) or _is_cut_of_i(
            one, other
        )
        if misread or any(part in other and other.replace(part, "") == one for part in _LIGATURES):
            return is_word(left) != is_word(right)
    return without_umlauts(left) == without_umlauts(right) and not (is_word(left) and is_word(right))


_LIGATURES = ("ffi", "ffl", "ff", "fi", "fl")  # letters that a font draws as one, and that are lost as one


def without_umlauts(word: str) -> str:
    """A word without the e that stands for two dots: "moebius" is "mobius".

    >>> without_umlauts("moebius"), without_umlauts("ueber"), without_umlauts("queue")
    ('mobius', 'uber', 'queue')
    """
    return _WRITTEN_UMLAUT.sub("", word)


_WRITTEN_UMLAUT = late(r"(?<=[aou])(?<!qu)e(?=[^aeiou])")


def is_misjoined(left: str, right: str) -> bool:
    """Whether words that were joined or parted by mistake are the same but for what print lost: "classi cation"."""
    return distance(left, right) <= 1 or _is_misread(left, right)


def _is_cut_of_i(one: str, other: str) -> bool:
    """A capital I that was read as an l: "lnteraction"."""
    return one[:1] == "l" and other[:1] == "i" and one[1:] == other[1:]


def _is_made_up(left: str, right: str) -> bool:
    """Whether one of two words is only made of words, and the other a word: "larning" is no other word than "learning".

    The same stem with two endings is two words: "quantizer" and "quantized".
    """
    is_like = min(len(left), len(right)) >= 5 and left[0] == right[0] and left[-2:] == right[-2:]
    return is_like and _is_listed(left) != _is_listed(right)


_TECHNICAL = late(
    r"(?:(?<=...)[ao]se|itis|a?emia|oma|osis|lysis|idine|mycin|cillin|mab|nib|otide|oxia|phasia|phagia|plegia|pathy|ectomy|ostomy|oscopy|cyte)$"
)


def _is_technical(left: str, right: str) -> bool:
    """Whether an unknown word has the ending of a term of its own: "aphagia" is no misprint of "aphasia".

    One letter of many before the same ending is a slip: "spextroscopy".
    """
    if sorted(left) == sorted(right):
        return False
    known, unknown = (left, right) if is_word(left) else (right, left)
    found = _TECHNICAL.search(unknown)
    is_long = min(len(left), len(right)) >= 10 and distance(left, right) == 1
    return found is not None and not (is_long and known.endswith(found[0]))


def _is_prefixed(short: str, long: str) -> bool:
    """Whether one word is the other with a prefix; of "adata" and "data" it is the misprint that is more likely."""
    prefix = long.removesuffix(short)
    return prefix != long and prefix in _PREFIXES and is_word(short) and (len(prefix) > 1 or is_word(long))


def _are_prefixed_apart(left: str, right: str) -> bool:
    """Whether two words are one stem with two prefixes: "exogenous" and "endogenous"."""
    bare = {left.removeprefix(prefix) for prefix in _PREFIXES if len(prefix) > 1 and left.startswith(prefix)}
    return any(
        right.startswith(prefix) and right.removeprefix(prefix) in bare
        for prefix in _PREFIXES
        if len(prefix) > 1
    )


def distance(left: str, right: str) -> int:
    """Edits, a swap of neighbours being one."""
    from rapidfuzz.distance import DamerauLevenshtein

    return int(DamerauLevenshtein.distance(left, right, score_cutoff=3))


@cache
def _vocabulary() -> list[bytes]:
    """The lines of pyspellchecker's English list, in order: `"word": 50,`.

    It is read when two titles first differ in a word. As lines it is there in 20 ms, as a set in 60, and its own
    reader takes 150.
    """
    import zlib

    spec = find_spec("spellchecker")
    if spec is None or spec.origin is None:
        raise Cite2bibError("the package pyspellchecker, which brings the list of words, is not installed")
    listed = Path(spec.origin).with_name("resources") / "en.json.gz"
    # 31: a gzip header before it; the module gzip loads 10 ms of what is not needed.
    return sorted(zlib.decompress(listed.read_bytes(), wbits=31).split(b"\n"))


_RAREST = b" 50,"  # what the list says of words that it has only seen in other lists


def _is_listed(word: str, *, is_common: bool = False) -> bool:
    """Whether a word is in the list; of the common ones, if asked: "prov" is in it, and makes no word of "provs"."""
    if word in _TERMS:
        return True
    lines, start = _vocabulary(), f'"{word}":'.encode()
    line = lines[bisect_left(lines, start, hi=len(lines) - 1)]
    return line.startswith(start) and not (is_common and line.endswith(_RAREST))


# What titles of science are full of and a list of everyday words lacks, above all where an everyday word is near:
# "perceptron" and "perception".
_TERM_LIST = (
    "accelerometer acetone acetylation acidosis actin actuator adenoma adipocyte adiponectin aerogel aldehyde "
    "alkalosis alkane alkene alkyne allele allophone amide amine amphibole amylase amyloid amylose anaemia anemia "
    "angiogenesis anoikis anyon aphasia api apoptosis apraxia arteritis arthritis arthrosis arxiv "
    "asteroseismology astrocyte ataxia autocorrelation autophagy bandgap bandwidth basophil bigram binarization "
    "bitcoin blastocyst blazar blockchain bolometer bot butanol cadherin calcite calmodulin calorimeter capacitor "
    "carcinoma cardiomyocyte cellulase cellulose chatbot chlorate chlorite chloroplast chondrocyte chromatin "
    "chunking cirrhosis clade cobordism codec cohomology cointegration colitis connectome contourlet copula covid "
    "crispr crosscorrelation crowdsource curvelet cystitis cytokine dataset dendrimer dendrite dermatitis dextran "
    "dextrin diphone discretization discriminant dolomite dosimeter dynein dyscalculia dyslexia dysphagia "
    "dysphasia eigenface eigenmode eigenspace eigenvector elastin electrolysis enantiomer encephalitis "
    "endocytosis eosinophil epigenome epistemology epitope equivariant ergodicity ethane ethanol ethene ethyne "
    "exaptation exciton exocytosis exome exoplanet exosome feldspar ferroptosis fibrin fibroin fibronectin "
    "fibrosis filtration finetune foliation folksonomy formant fullerene functor garnet gastritis genotype "
    "ghrelin glioma glucan gluconeogenesis glycan glycogenolysis glycolysis glycoside glycosylation gpu grapheme "
    "graphene graphite graphyne grok groupoid gyrator gyroscope halite haplotype haptic hashing hashtag helicase "
    "helioseismology hematite hematoma heparan heparin hepatitis hepatocyte hermeneutics heterojunction "
    "heteroscedastic heteroskedasticity histone homogenization homology homoscedasticity homotopy hydrogel "
    "hydrogenolysis hyperoxia hypoxaemia hypoxemia hypoxia imide imine inductor integrin interactome "
    "interferometer intron ising isogeny isomer isotopy keratin keratinocyte ketone ketosis kinase kinesin kinome "
    "kurtosis lactase laminin lanczos laplacian lectin lemmatization leptin leukaemia leukemia leukocyte lexeme "
    "lidar ligase likert lipase liposome logit lossless lossy lymphocyte lymphoma lysosome macrophage magnetar "
    "magnetite magnetometer magnon maltase malware manifold martingale matroid meiosis melanoma memristor "
    "meningitis mereology mesh metabolome metadata metagenomics methane methanol methylation micelle microbiome "
    "microglia minimax mitochondrion mitophagy mitosis monocyte monoid morpheme morphology multiset myeloma "
    "myosin nanorod nanosheet nanotube nanowire necroptosis necrosis nephritis neurite neuritis neurogenesis "
    "neutrophil ngram nitrate nitrile nitrite normoxia nuclease nucleocapsid nucleosome octonion odometry "
    "oligodendrocyte oligomer olivine omics ontology oocyte optimizer optoelectronics optogenetic orbifold "
    "organoid osteoblast osteoclast osteocyte overfit parser pectin perceptron perchlorate perovskite peroxisome "
    "phage phagosome phenomenology phenotype phloem phoneme phonology phonon phosphate phosphide phosphite "
    "phosphorylation photodiode photolysis photometer photon photonics pinocytosis pixel planetesimal plasmid "
    "plasmon platelet poincare polariton polaron polyhedron polymerase polytope pragmatics prion probit propanol "
    "prophage prosody prostaglandin protease proteolysis proteome proteomics protoplanet pruning pulsar pyrite "
    "pyrolysis pyroptosis pyroxene quantile quantization quasar quaternion qubit radiometer redox regex "
    "regularizer resistor resultant retrotransposon ribosome roton runtime sarcoma schrodinger sclerosis sedenion "
    "selectin selfie semimartingale semiotics semiring sheaf silane silicate siloxane simplex skewness skyrmion "
    "smartphone softmax soliton sparsification spectrometer spheroid spinel spinor spintronics spline "
    "stationarity steganography stemming stenosis stomata stopping submartingale subword sulfate sulfide sulfite "
    "sulphate supermartingale symplectic synthase syzygy taxonomy telomerase tensor texel thermistor thyristor "
    "tobit tokenization tokenizer toric totient transcriptome transcriptomics transduction transfection "
    "transistor transposon trigram triphone tubulin tuple twistor ubiquitin ubiquitination uremia vaping varistor "
    "vasculogenesis vesicle vimentin virion virome voxel wavelet xerogel xylem zeolite zygote"
)
_TERMS = frozenset(_TERM_LIST.split())

# How words are made of others: an ending, what stands in its place, and the letters before it, if only some.
_INFLECTIONS = (
    ("s", "", "abcdefghijklmnopqrtuvwy0123456789"), ("es", "", "sxzho"), ("ies", "y", ""), ("d", "", "e"), ("ed", "", ""), ("ied", "y", ""),
    ("ing", "", ""), ("ing", "e", ""), ("ly", "", ""),
)  # fmt: skip
_DERIVATIONS = (
    ("al", "", ""), ("able", "", ""), ("able", "e", ""), ("ability", "", ""), ("ability", "e", ""),
    ("ability", "able", ""), ("ness", "", ""), ("less", "", ""), ("like", "", ""), ("er", "", ""), ("r", "", "e"),
    ("or", "e", "ts"), ("ism", "", ""), ("ize", "", ""), ("ize", "y", ""), ("ization", "", ""), ("ization", "ize", ""),
    ("ity", "", ""), ("ity", "e", ""), ("ation", "", ""), ("ation", "e", ""), ("ive", "ion", ""), ("ian", "", ""),
    ("ic", "", ""), ("ic", "y", ""),
)  # fmt: skip


def _stems(word: str, endings: tuple[tuple[str, str, str], ...], shortest: int) -> Iterator[str]:
    """What a word may be derived from."""
    for ending, instead, before in endings:
        stem = word.removesuffix(ending)
        fits = not before or stem[-1:] in before
        doubles = not instead and ending[0] in "aeio" and stem[-1:] == ending[0]  # "encodeer"
        if stem != word and len(stem) >= shortest and fits and not doubles:
            yield stem + instead


@lru_cache(maxsize=65_536)
def is_word(word: str) -> bool:
    """Whether a folded word is a known one, or regularly made of one.

    >>> is_word("decoding"), is_word("decodign"), is_word("autoencoders"), is_word("convolutional")
    (True, False, True, True)
    """
    bare = without_marks(word)
    if bare.isdigit() or bare in _PREFIXES or bare in FUNCTION_WORDS:
        return True
    if _is_listed(bare) or _is_derived(bare, 3, bare) or _is_derived(spelling(bare), 4, bare):
        return True
    rests = (bare.removeprefix(prefix) for prefix in _PREFIXES if len(prefix) > 1)
    return any(rest != bare and _is_derived(rest, 5, bare) for rest in rests)


def _is_derived(word: str, shortest: int, whole: str) -> bool:
    """Whether a word is a listed one, or such a one with endings; the less is left of it, the likelier by chance."""
    bases = [word, *_stems(word, _INFLECTIONS, shortest)]
    derived = (stem for base in bases for stem in _stems(base, _DERIVATIONS, max(shortest, 5)))
    return any(
        len(base) >= shortest and _is_listed(base, is_common=len(base) < 5 and base != whole)
        for base in (*bases, *derived)
    )


@lru_cache(maxsize=65_536)
def is_compound(word: str) -> bool:
    """Whether a word is two known ones: "halfspaces"."""
    places = range(4, len(word) - 3)
    return any(is_word(word[:place]) and is_word(word[place:]) for place in places)
