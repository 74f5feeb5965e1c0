"""Capitals of titles: those that styles must not take away, and those that shout."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cite2bib import richtext
from cite2bib.fix.finding import Found, Rule
from cite2bib.formats.bibtex import capitals
from cite2bib.formats.bibtex.decode import braces, decode
from cite2bib.formats.bibtex.proper import NAMES
from cite2bib.formats.bibtex.syntax import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cite2bib.fix.entries import Entry, Item

# Types whose titles no style of BibTeX changes: they are set in italics as they stand.
_KEPT = frozenset(
    "book mvbook proceedings mvproceedings collection mvcollection manual periodical reference mvreference".split()
)
_SPACE = re.compile(r"(?:\s|~)+")
_COMMAND = re.compile(r"\\([A-Za-z]+|.)")
_TOKEN = re.compile(r"\\[A-Za-z]+\*?|\\.|[{}$]|[^\\{}$]+", re.DOTALL)


def _protect(entry: Entry, item: Item) -> Iterator[Found]:
    text = item.text
    if text is None or entry.type in _KEPT or not _has_inner_capital(text) or "\\begin" in text:
        return
    plain = richtext.plain(decode(text))
    if _is_shouted(plain):
        return
    sentence = capitals.is_sentence_case(plain)
    edits: list[Edit] = []
    shown = []
    for start, end in (*_bare_capitals(text, sentence=sentence), *_bare_commands(text)):
        place = item.value_start + 1
        edits += [Edit(place + start, place + start, "{"), Edit(place + end, place + end, "}")]
        shown.append(text[start:end])
    if edits:
        which = ", ".join(shown)
        yield Found(item.value_start, f"styles make these small: {which}", tuple(edits))


def _has_inner_capital(text: str) -> bool:
    return any(map(str.isupper, text[1:]))


def _bare_capitals(text: str, *, sentence: bool) -> Iterator[tuple[int, int]]:
    """Where letters stand that need braces and have none."""
    pairs = braces(text)
    starts = True
    for start, end in _words(text):
        word = text[start:end]
        if not any(mark in word for mark in "{}\\$"):
            yield from _of_plain(word, start, starts=starts, sentence=sentence)
        elif "$" not in word:
            yield from _of_mixed(text, start, end, pairs, starts=starts, sentence=sentence)
        starts = word.endswith(":")


def _of_plain(word: str, start: int, *, starts: bool, sentence: bool) -> Iterator[tuple[int, int]]:
    position = start
    for part, needed in capitals.pieces(word, starts=starts, sentence=sentence):
        if needed:
            yield position, position + len(part)
        position += len(part)


def _tokens(text: str) -> Iterator[tuple[re.Match[str], bool]]:
    """Commands, marks and stretches of text, and whether they are text or a command outside braces and math."""
    depth = 0
    is_math = False
    for found in _TOKEN.finditer(text):
        piece = found[0]
        if piece in "{}":
            depth += 1 if piece == "{" else -1
        elif piece == "$":
            is_math = not is_math
        yield found, piece not in "{}$" and depth == 0 and not is_math


def _words(text: str) -> Iterator[tuple[int, int]]:
    """Between blanks that stand outside braces and math."""
    start = -1
    for found, is_outside in _tokens(text):
        if is_outside and found[0][0] != "\\":
            position = found.start()
            for gap in _SPACE.finditer(text, found.start(), found.end()):
                if start < 0 and gap.start() > position:
                    start = position
                if start >= 0:
                    yield start, gap.start()
                start = -1
                position = gap.end()
            if start < 0 and position < found.end():
                start = position
        elif start < 0:
            start = found.start()
    if start >= 0:
        yield start, len(text)


_CAPITAL_COMMAND = re.compile(
    r"\\(?!(?:O|L|AE|OE|AA|SS|TH|DH|DJ|NG)(?![A-Za-z]))[A-Za-z]*[A-Z][A-Za-z]*(?:\{\})?(?![A-Za-z{*])"
)


def _bare_commands(text: str) -> Iterator[tuple[int, int]]:
    r"""Commands like `\LaTeX` outside braces and math: styles make `\latex` of them, at which LaTeX stops."""
    for found, is_outside in _tokens(text):
        if is_outside and (command := _CAPITAL_COMMAND.match(text, found.start())):
            yield command.span()


_ACCENT = re.compile(r"\\(?:[^A-Za-z]|[A-Za-z]{1,2}\s*)$")
_COMMAND_WORD = re.compile(r"\\[A-Za-z]{3,}\*?")


def _of_mixed(
    text: str, start: int, end: int, pairs: dict[int, int], *, starts: bool, sentence: bool
) -> Iterator[tuple[int, int]]:
    """A word with groups or accents in it; what stands in braces already counts as small letters."""
    word = _masked(text, start, end, pairs)
    if not any(mark in word for mark in "{}\\"):
        yield from _of_plain(word, start, starts=starts, sentence=sentence)
    elif _needs(word, starts=starts, sentence=sentence):  # an accent: the word is protected whole
        inner = word.rstrip(".,;:!?)]”\"'")
        lead = len(inner) - len(inner.lstrip("([“`"))
        if _is_closed(inner[lead:]):
            yield start + lead, start + len(inner)


def _masked(text: str, start: int, end: int, pairs: dict[int, int]) -> str:
    masked = list(text[start:end])

    def hide(first: int, last: int) -> None:
        masked[first - start : last - start] = "x" * (last - first)

    for place in range(start, end):
        close = pairs.get(place)
        is_letter = text[place + 1 : place + 2] == "\\" or _ACCENT.search(text, max(start, place - 4), place)
        if text[place] == "{" and close is not None and not is_letter:
            hide(place, close + 1)
    for command in _COMMAND_WORD.finditer(text, start, end):
        hide(command.start(), pairs.get(command.end(), command.end() - 1) + 1)
    return "".join(masked)[: end - start]


def _needs(word: str, *, starts: bool, sentence: bool) -> bool:
    plain = richtext.plain(decode(word))
    return any(needed for _, needed in capitals.pieces(plain, starts=starts, sentence=sentence))


def _is_closed(text: str) -> bool:
    depth = 0
    for mark in re.findall(r"[{}]", text):
        depth += 1 if mark == "{" else -1
        if depth < 0:
            return False
    return depth == 0


_LETTERS = re.compile(r"[^\W\d_]+")
_ESCAPED = re.compile(r"\\[&%#_]")  # characters that are no command
_LEAST_LETTERS, _LEAST_WORDS = 14, 3
_SMALL = frozenset(
    """
a an and as at but by de der des die du el en et for from in into la le los nor of on onto or per the to und un une
upon van via von vs with within without y
""".split()
)
# Acronyms that stay in capitals; there is no telling them from words by their letters.
_ACRONYMS = frozenset(
    """
2d 3d ac acl acm ai aids aiaa api apl asme atlas atp bbc bci bmj btc cad cdc cdma cern cfd cia cms cnn cpu crispr css cv dc dft dna dsl
dsp ecg ecmwf eeg eu fbi fda fem fft fmri fpga ftp gan gdp gnss gnu gpl gps gpu gsm gui hbv hci hcv hiv hplc html http hvac ibm icml icra
icse ict ieee iet imf iot ip ipcc ir irs isbn iso itu jacs jama jpeg lan lcd ldpc led lhc lidar lstm lte mac matlab mcmc mhd mimo mit mnras mpeg
mpi mri mrna ms naacl nasa nato nbs ndt nips nist nlp nmr npj nsf nsw oecd ofdm ok os pca pcr pdf pde phd php pid plc plos pnas pod pvc qed qcd qos
rf rfid rgb rna rsa sar sars sat sgd siam smt sql ssd sst stm svd svm tcp tem tv uav ucla ui uk un unesco unicef us usa usb uv
vlsi vpn vr wan who wifi wlan wto www xml xrd
""".split()
)
_ROMAN = re.compile(r"(?=[IVX])(?:X{0,3})(?:IX|IV|V?I{0,3})")
_AFTER_STOP = re.compile(r"[:.?!]\W*$|^\W*$")


def _is_shouted(plain: str) -> bool:
    letters = [char for char in plain if char.isalpha() and (char.isupper() or char.islower())]
    if len(letters) < _LEAST_LETTERS or len(_LETTERS.findall(plain)) < _LEAST_WORDS:
        return False
    return sum(map(str.isupper, letters)) == len(letters)


def _shouted(entry: Entry, item: Item) -> Iterator[Found]:
    text = item.text
    if text is None or not _is_shouted(_COMMAND.sub("", text)):
        return
    if any(mark in _ESCAPED.sub("", text) for mark in "\\{}$="):
        return
    parts = []
    position = 0
    for found in _LETTERS.finditer(text):
        parts += [text[position : found.start()], _calm(found, text)]
        position = found.end()
    new = "".join([*parts, text[position:]])
    if new != text and entry.file.can_hold(new):
        yield Found(
            item.value_start,
            f"the {item.name} is in capitals",
            (Edit(item.value_start + 1, item.end - 1, new),),
        )


def _calm(found: re.Match[str], text: str) -> str:
    word, lower = found[0], found[0].lower()
    before = text[max(0, found.start() - 40) : found.start()]
    if before[-1:] in {"'", "’"} and len(word) <= 2:  # "Alzheimer's"
        return lower
    if len(word) == 1 and (before.endswith("&") or text[found.end() :].startswith(("&", "\\&"))):  # "R&D"
        return word
    if lower in {"st", "nd", "rd", "th"} and before[-1:].isdigit():
        return lower
    if lower in _ACRONYMS and lower not in _SMALL:
        return word
    if _ROMAN.fullmatch(word) and (len(word) > 1 or before.rstrip()[-1:].isalpha()):
        return word if word != "I" or before else lower.capitalize()
    if re.search(r"\d$", before) or text[found.end() : found.end() + 1].isdigit():
        return word
    if lower in _SMALL and not _AFTER_STOP.search(before) and lower not in NAMES:
        return lower
    return word.capitalize()


_CAPITAL = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-ſ]")
_PROTECTED = re.compile(r"\{[^{}\\](?:[^{}]|\{[^{}]*\})*\}")
# Words of titles by what is to be said of them, remembered up to a bound: titles repeat their words.
_QUIET: set[str] = set()  # never
_CASED: set[str] = set()  # only in a title in sentence case
_MOST = 200_000


def _may_need(raw: str) -> bool:
    """Whether some word of a title has a capital, beyond the title's first letter and what is in braces."""
    text = raw[1:-1]
    words = text.split()
    if _QUIET.issuperset(words):
        return False
    is_cased = False
    for index, word in enumerate(words):
        if word in _QUIET:
            continue
        if word in _CASED:
            is_cased = is_cased or index > 0
        elif _is_news(word, first=index == 0):
            return True
        elif word in _CASED:
            is_cased = is_cased or index > 0
    if not is_cased:
        return False
    plain = text.replace("{", "").replace("}", "") if "{" in text else text
    return "\\" in text or "<" in text or "$" in text or capitals.is_sentence_case(plain)


def _is_news(word: str, *, first: bool) -> bool:
    """Whether a word has to be looked at wherever it stands; what is learnt of it is kept."""
    bare = word.strip(",.;:!?\"'()[]")
    if _PROTECTED.fullmatch(bare) or (bare.isascii() and not _CAPITAL.search(bare)):
        _remember(_QUIET, word)
        return False
    if bare.isascii() and bare.isalpha() and not _CAPITAL.search(bare[1:]) and len(bare) > 1:
        if first or bare.lower() not in NAMES:
            _remember(_CASED if bare.lower() not in NAMES else set(), word)
            return False
        return True
    return not first or bool(_CAPITAL.search(bare[1:])) or not bare.isascii()


def _remember(known: set[str], word: str) -> None:
    if len(known) < _MOST:
        known.add(word)


RULES = (
    Rule(
        "all-caps-title",
        "A title is in capitals.",
        "Most styles can only make letters smaller or leave them, so the title is written in title case; acronyms that are known, "
        "Roman numbers and names stay. Titles with TeX in them (but for `\\&` and the like), and short ones, are left alone.",
        "@article{a,\n  title = {ON THE STRUCTURE OF DNA IN BACTERIA},\n  author = {Doe, Jane},\n  journal = {Nature},\n  year = {1999},\n}\n",
        "@article{a,\n  title = {On the Structure of {DNA} in Bacteria},\n  author = {Doe, Jane},\n  journal = {Nature},\n  year = {1999},\n}\n",
        field=_shouted,
        names=frozenset("title booktitle journal journaltitle subtitle booksubtitle maintitle".split()),
        gate=str.isupper,
    ),
    Rule(
        "title-capitals",
        "A capital in a title is not protected from styles.",
        "Styles put titles into small letters but for the first. Acronyms and names keep their capitals in braces: in a title in "
        "sentence case every capital is meant, in one in Title Case those that a list knows or that stand inside a word. Titles of "
        "books are left alone, as styles do.",
        "@article{a,\n  title = {Convergence of Markov Chains for mRNA},\n  author = {Doe, Jane},\n  journal = {Nature},\n  year = {1999},\n}\n",
        "@article{a,\n  title = {Convergence of {Markov} Chains for {mRNA}},\n  author = {Doe, Jane},\n  journal = {Nature},\n  year = {1999},\n}\n",
        field=_protect,
        names=frozenset({"title", "subtitle"}),
        gate=_may_need,
    ),
)
