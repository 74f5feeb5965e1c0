"""Where the title ends: every place it may, and how well the parts on either side fit."""

from __future__ import annotations

import re
from functools import lru_cache

from cite2bib.extract.reflist.core import BREAK, GAP
from cite2bib.extract.reflist.lexicon import (
    ABBREVIATIONS,
    CAPITAL_ABBREVIATIONS,
    CITY,
    CONTAINER_CUES,
    CONTAINER_WORDS,
    DESCRIPTION,
    MONTH,
    PUBLISHER,
    REPORT,
    STATEMENT,
    THESIS,
)
from cite2bib.extract.reflist.people import chunk_kinds, is_body, title_likeness
from cite2bib.light import dataclass

_QUOTES = {
    "“": "”", "„": "“”", "«": "»", "‘": "’", "‟": "”", "〝": "〞", "「": "」", '"': '"', "``": "''", "'": "'", "”": "”",
    "《": "》", "『": "』", "`": "'",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Title:
    """One reading of where a title stands."""

    text: str
    end: int  # where the rest begins
    score: float
    closer: str


LONGEST = 400  # characters of a title
_AHEAD = 200  # characters behind a title that tell whether it ends there

_MEETING = r"(?:Conference|Workshop|Symposium|Congress|Meeting|Proceedings|Tagung|Jahrestagung)\b"
_CLOSERS = re.compile(
    rf"(?P<break>\s*[.,;:]?\s*{BREAK}\s*)"
    rf"|(?P<tagged>\s*\[(?:[JCMDPRSNG]|[A-Z]{{1,2}}/OL)\][.,]?\s*|[.,]?\s*{DESCRIPTION}[.,:;]?\s*)"
    rf"|(?P<statement>[.,;:]*\s+(?=[(\[]?{STATEMENT}))"
    rf"|(?P<closing>[.?!][”\"’»][.,]?\s+)"
    rf"|(?P<slashes>[.]?\s*//\s*)|(?P<slash>\s/\s)"
    rf"|(?P<dot>\.(?:\s+|(?=$|{GAP}))|\.(?=[A-Z][a-z]+\s))|(?P<asked>(?<=[?!])[.,]?(?:\s+|(?=$|{GAP})))"
    rf"|(?P<inside>[.,;?!]+\s+(?:[Ii]n|IN)(?:\s?:\s*|\s+(?=(?:the\s|[A-Z\d“\"(])))|\s+in:\s+)"
    rf"|(?P<within>\s+[Ii]n\s+(?=(?:the\s+)?(?:Proc|Advances|Annals|\d+(?:st|nd|rd|th|\.)\s|(?:[A-Z][\w’'&-]+\s(?:(?:and|of|on|for|the|&|-|–)\s){{0,2}}){{1,7}}{_MEETING})))"
    rf"|(?P<year>[,.]?\s+(?=(?:1[5-9]|20)\d\d[.;]?\s*(?:$|{GAP})))"
    rf"|(?P<comma>,\s+)|(?P<paren>\.?\s+(?=\())|(?P<bracket>\s+(?=\[))|(?P<semicolon>;\s+)|(?P<dash>\.?\s+[—–]\s+)"
    rf"|(?P<gap>[.,;:]?\s*(?={GAP}))|(?P<end>$)"
)
# Physicists set a title off from its journal by italics only, which plain text has lost.
_RUN = r"(?:[^\W\d_a-z][\w'’&/-]*[.:]?|of|the|and|for|in|on|de|für|&)"
_BARE = re.compile(
    rf"\s(?=(?P<journal>[^\W\d_a-z][\w'’&/-]*[.:]?(?:\s{_RUN}){{0,8}})\s(?:[A-Z]\s)?\d{{1,4}}[A-Z]?\s(?:\([\d–-]+\)\s)?[A-Z]{{0,2}}\d+)"
    r"|\s(?P<meeting>(?=(?:\d+(?:st|nd|rd|th)\s(?:[A-Z][\w-]*\s){1,5}|(?:[A-Z][\w-]*\s){0,2}(?:International|European|National)\s(?:[A-Z][\w-]*\s){0,3})?"
    r"(?:Conf(?:erence|\.)|Symp(?:osium|\.)|Workshop|Proc(?:eedings|\.)|Adv(?:ances|\.)\sin)\b))"
)
_PRIOR = {
    "break": 3.0, "tagged": 3.0, "slashes": 2.5, "slash": 1.6, "dot": 1.2, "asked": 0.6, "closing": 1.2, "inside": 1.0, "within": 1.2, "comma": -0.4,
    "paren": -0.3, "bracket": 0.0, "semicolon": -0.8, "dash": 0.3, "gap": 0.8, "end": 0.3, "statement": 1.2, "year": 0.2,
}  # fmt: skip


# An apostrophe closes nothing: it stands before a letter, unless that begins a container set without a space.
_CLOSING = {"``": "''|”", "'": r"'(?!\w)", "`": r"'(?!\w)|’(?!\w)", "‘": r"’(?!\w)|(?<![ODLdlM])’(?=[A-Z])"}


def quoted(text: str, start: int) -> Title | None:
    """The title in quotation marks at a place, if there is one."""
    opener = "``" if text.startswith("``", start) else text[start : start + 1]
    closers = _QUOTES.get(opener)
    if not closers:
        return None
    inner = start + len(opener)
    pattern = _CLOSING.get(opener, f"[{closers}]")
    depth = 1
    for found in re.finditer(rf"{pattern}|(?P<again>{re.escape(opener)})", text[inner:]):
        again = found["again"] and opener not in "\"'"
        depth += 1 if again else -1
        if depth > 0 or _goes_on(text, inner + found.end()):
            depth = max(depth, 1)
            continue
        end = inner + found.end()
        body = text[inner : inner + found.start()].strip().rstrip(",.;").strip()
        after = re.compile(r"[\s.,;:]*").match(text, end)
        end = after.end() if after else end
        score = 4.5 + rest_score(text[end : end + _AHEAD], "quote") - (0.0 if len(body.split()) > 1 else 2.0)
        return Title(body, end, score, "quote") if body else None
    return None


def _goes_on(text: str, end: int) -> bool:
    """After the closing mark the sentence runs on: the quotation was only a part of the title."""
    tail = text[end : end + 24]
    return bool(re.match(r"(?::\s|\s+[a-z](?![A-Z]))", tail)) and not re.match(
        r"\s+(?:in|and|ed|eds|arxiv|vol|pp|by|presented|doi)\b", tail, re.IGNORECASE
    )


# A journal and its numbers to the end of the reference, as physicists and astronomers print them.
_WORD = r"(?:[^\W\d_a-z][\w'’-]{0,12}\.|[^\W\d_a-z][\w'’&-]*:?|of|the|and|for|in|on|de|la|der|für|und|et|des|en|&)"
_NUMBERS = r"(?:[Vv]ol\.?\s|Vol(?:ume)?\s)?(?:[A-Z]-?)?\d{1,4}(?:-\d{1,2})?[A-Z]?(?:\s?\(\d{1,4}(?:[-–/]\d{1,4})?\))?[\s,:]+(?:[Nn]o\.\s\d+,\s)?(?:pp?\.\s?)?[A-Z]{0,2}\d+(?:[-–.][A-Z]?\d+)?"
_IN_YEAR = r"\(?(?:1[5-9]|20)\d\d[a-z]?\)?"
_UNTITLED = re.compile(
    rf"(?P<name>(?:(?:{_WORD}\s+){{0,9}}{_WORD}|{_WORD}(?:\s[^\W\d_]+){{1,6}}),?\s+(?:\([A-Z][\w. ]+\)[,\s]*)?)(?:{_NUMBERS}[\s,]*(?:{_IN_YEAR})?|(?:[A-Z]?\d{{1,4}},?\s)?{_IN_YEAR}[\s,]+[A-Z]?\d+(?:[-–]\d+)?"
    rf"|{_IN_YEAR}[,;\s]+{_NUMBERS}|[A-Z]?\d{{1,4}},\s\((?:1[5-9]|20)\d\d\))[\s.;,]*(?:\[[^\[\]]*\]|{GAP}|\([^()]*\)|[\s.;,])*$"
)


# An abbreviation is cut behind a consonant, a word at the end of a sentence seldom is.
_SPELLED_OUT = re.compile(r"(?:[aeiouy]|ing|ion|ment|ed|er|al|(?:ic|e|or|ion|ing|ment|el|al)s)\.$")
_INSIDE = re.compile(r"in:?\s+(?=[A-Z\d“\"(])|In\s[A-Z][^.]{5,120};[^;]{3,80}\b[Ee]ds?\.")


def _untitled(text: str, start: int) -> Title | None:
    """No title at all: what follows the authors is a journal with its numbers, or the kind of a thesis, to the end."""
    rest = text[start:]
    if THESIS.match(rest) or _INSIDE.match(rest):
        return Title("", start, 3.0, "none")
    if len(rest) > _AHEAD or not (found := _UNTITLED.match(rest)):
        return None
    name = found["name"].strip(" ,").split()
    known = bool(CONTAINER_CUES.match(rest) or CONTAINER_WORDS.search(found["name"]))
    plain = sum(len(word) > 7 and bool(_SPELLED_OUT.search(word)) for word in name)
    plain += sum(word[0].islower() and len(word) > 3 for word in name) * 0.15
    score = 3.4 + 0.8 * known - 0.4 * max(0, len(name) - 4) - 2.0 * plain
    return Title("", start, score, "none")


def candidates(text: str, start: int, *, habit: str) -> list[Title]:
    """The titles that may stand at a place; `habit` is the mark that closed the authors."""
    whole = quoted(text, start)
    if whole:
        return [whole]
    bare = _untitled(text, start) if habit else None
    unmarked = _unmarked(text, start) if habit == "bare" else []
    return [*_printed(text, start, habit), *unmarked, *([bare] if bare else [])]


def _unmarked(text: str, start: int) -> list[Title]:
    """Titles with no mark behind them: behind a year without one, a journal and its numbers may follow at once."""
    found: list[Title] = []
    for match in _BARE.finditer(text, start, start + LONGEST):
        title = text[start : match.start()]
        score = 2.2 + 0.5 * (match["meeting"] is not None) + _title_score(title, "bare")
        score += 0.5 * text[match.end()].isdigit() + _journal_score(title, match["journal"] or "")
        found.append(Title(_tidy(title), match.end(), score, "bare"))
    return found


def _journal_score(title: str, journal: str) -> float:
    """How well a journal is cut off: at its first abbreviation, or where small letters end."""
    if not journal:
        return 0.0
    tokens = journal.split()
    first, before = tokens[0], title.rsplit(maxsplit=1)[-1]
    shortened = [token for token in tokens if token.endswith(".")]
    score = 0.6 * bool(CONTAINER_CUES.match(journal)) - 0.05 * len(tokens)
    if shortened:
        whole = first.endswith(".") or (first.isupper() and len(first) > 2)
        return score + 0.8 * whole - 2.0 * before.endswith(".")
    return score + (0.6 if before[0].islower() and len(before) > 3 else 0.0)


# A work in parts: `The index of elliptic operators. II. The KdV equation`.
_PART = re.compile(r"(?:[IVX]{1,4}|[Pp]art\s(?:\d|[IVX]|[Oo]ne|[Tt]wo))[.:,]\s")
_IN_PARTS = re.compile(r"(?:^|\s[–—-]\s)(?:Part|Teil|Partie|Parte)\s\d")
_OTHER_YEAR = re.compile(r"(?<![\d–-])(?:1[5-9]|20)\d\d(?![\d–-])")
_NUMERALS = frozenset(["ii", "iii", "iv", "vi", "vii", "viii"])


def _printed(text: str, start: int, habit: str) -> list[Title]:
    found: list[Title] = []
    passed = 0.0  # how good the best place was that a longer title runs over
    for match in _CLOSERS.finditer(text, start):
        closer = str(match.lastgroup)
        title = text[start : match.start() + (2 if closer == "closing" else 0)]
        rest = text[match.end() :]
        if len(title) > LONGEST or GAP in title or BREAK in title:
            break
        if closer == "dash" and _IN_PARTS.search(rest[:_AHEAD]):
            continue
        if not title.strip() or (closer == "dot" and (_is_abbreviation(title, rest) or _PART.match(rest))):
            continue
        follows = rest_score(rest[:_AHEAD], closer) if closer != "statement" else 1.0
        score = _PRIOR[closer] + _title_score(title, closer) + follows + _habit_score(habit, closer, title)
        dated = closer == "tagged" or bool(_OTHER_YEAR.search(rest))
        found.append(Title(_tidy(title, dated=dated), match.end(), score - passed, closer))
        passed = max(passed, _passed(closer, follows))
        if closer in {"break", "tagged", "slashes"}:
            break
    whole = bool(found) and found[-1].closer == "break" and not _OVERFULL.search(text[start : found[-1].end])
    return found[-1:] if whole else found


# What stands between two marks of a style may be more than a title.
_OVERFULL = re.compile(rf"\d\s?\(\d{{1,4}}\)|\bpp?\.\s?\d|[.,]\s[Ii]n:\s|\s/\s|[.,(]\s?{STATEMENT}")


def _passed(closer: str, follows: float) -> float:
    if closer in {"inside", "within"}:
        return 2.2
    if closer == "statement":
        return 3.0
    if closer in {"dot", "comma", "asked", "paren"}:
        return min(1.6, max(0.0, follows))
    return 0.0


# A date is no part of a title.
_TRAILING_DATE = re.compile(rf",\s(?:[A-Z][a-z]{{2,8}}\.?\s)?(?:1[5-9]|20)\d\d[a-z]?$|,\s{MONTH}$")


def _tidy(title: str, *, dated: bool = False) -> str:
    title = title.strip().rstrip(",;").strip()
    if title[:1] in _QUOTES and title[-1:] in '”"»’“':
        title = title[1:-1].strip()
    if not dated:  # otherwise a date is no part of it
        title = re.sub(r",\s(?:[A-Z][a-z]{2,8}\.?\s)?(?:1[5-9]|20)\d\d[a-z]?$", "", title)
    return re.sub(r"(?<![.\s][A-Z])(?<!\b[Ii]nc)\.$", "", title).strip()


def _is_abbreviation(title: str, rest: str) -> bool:
    last = title.rsplit(maxsplit=1)[-1].lstrip("([“\"'") if title.split() else ""
    known = last.lower() in ABBREVIATIONS or (last[:1].isupper() and last.lower() in CAPITAL_ABBREVIATIONS)
    if CITY.match(rest):
        return False
    if known or re.fullmatch(r"(?:[A-Za-z]\.)+[A-Za-z]", last):
        return not re.match(r"(?:In[: ]|arXiv|Proc)", rest)
    return len(last) == 1 and last.isupper() and last not in "AI" and not _NO_NAME.match(rest)


# What no initial is followed by.
_NO_NAME = re.compile(
    rf"In[: ]|arXiv|Proc|[({GAP}]|(?:1[5-9]|20)\d\d\b|[^\W\d_a-z][\w.’'-]+(?:\s[\w.’'-]+){{0,7}},?\s\d|$"
)


_SENTENCE = re.compile(r"(?<=[^\W\d_]{2}|.[\d)\]])\.\s+(?=[^\W_])")
_ASKED = re.compile(r"[?!]\s")
_YEAR = r"(?:1[5-9]|20)\d\d[a-z]?"
_LAST_WORDS = [
    "a",
    "an",
    "the",
    "of",
    "for",
    "in",
    "on",
    "and",
    "with",
    "to",
    "from",
    "by",
    "der",
    "die",
    "das",
    "und",
    "de",
    "la",
]
_EDITED = r"(?:Eds?|Trans|Hrsg|Comps?|Übers|Trads?)"
# What a title hardly is or holds, and what that costs it.
_FAULTS: tuple[tuple[float, re.Pattern[str]], ...] = (
    (1.5, re.compile(r"[.,]\s(?:[“\"«„]|``)")),  # another one, in quotation marks
    (2.0, re.compile(r"\b[Vv]ol\.?\s?\d|\bpp?\.\s?\d|\d\s?\(\d+\)\s?[:,]|\bno\.\s?\d|\d\s?[–—-]\s?\d+[,.]?$|\bpages\s\d")),
    (0.8, re.compile(r"^(?![a-z]{1,3}[A-Z\d-])[^\W\d_A-Z](?<=[a-z])")),  # a small letter at the start
    (1.0, re.compile(rf"(?:^|\s){_YEAR}[.,)]")),
    (2.0, re.compile(rf"[,.]\s{_YEAR}$")),
    (2.0, re.compile(rf"\([^()]*\b{_YEAR}\)?\.?$")),  # (Publisher, 2016)
    (1.5, re.compile(rf"\([^()]*{PUBLISHER.pattern}[^()]*\)$")),
    (2.0, re.compile(rf",\s(?:[A-Z][\w’'&.-]*\s(?:(?:and|&|of)\s)?){{0,3}}{PUBLISHER.pattern}(?:,|$)")),
    (2.5, re.compile(rf"\([^()]*\b{_EDITED}\b[^()]*\)$")),
    (2.0, re.compile(r"(?:\b[Ii]n:?|,)\s\d{1,3}$")),
    (2.0, re.compile(r",\s\d{1,3}\s(?:[A-Z][\w.]*\s?){1,3}(?:\d|$)")),  # 108 Harv
    (2.0, re.compile(r"\sv\.?\s[^,\[]+(?:,\s\d|\s\[\d{4}\])")),  # a case and where it is reported
    (0.8, re.compile(r"\((?:[A-Z][\w’'.-]+|of|and|&|the|for|de)(?:\s(?:[A-Z][\w’'.-]+|of|and|&|the|for|de))+\)$")),
    (2.0, re.compile(r",\s(?:(?:[A-Z][\w'’&-]*\.?|of|and|the|for|de)\s){0,6}[A-Z][\w-]*\.\s(?:[A-Z][\w-]*\.?\s?){0,4}$")),  # a journal
    (2.5, re.compile(r"\((?:[A-Z][\w.]*\s){0,4}(?:Nos?\.|Number|Paper|Report|Publication)\s[^()]*\)$")),
    (2.5, re.compile(r"\((?:pp?|S|С|с)\.\s?\d+\)$")),
    (2.0, re.compile(r"\[[^\[\]]*(?:[Dd]issertation|[Tt]hesis)\b")),
    (1.0, re.compile(rf"^{_YEAR}\s?[–-]\s?\d")),
    (1.5, re.compile(r"^\W*\w\W*$")),
    (0.7, re.compile(r"^[^\W\d_a-z][\w'’-]+,\s[^\W\d_a-z][\w'’-]+(?:\set\sal\.?)?,\s")),  # Family, Given
    (1.2, re.compile(r"^[\d\s.,:;()–-]*$")),
    (1.5, re.compile(rf"\b(?:{'|'.join(_LAST_WORDS)})\s*$", re.IGNORECASE)),
    (2.0, re.compile(r"^(?:(?:[^\W\d_]\.[\s-]?)+(?=\W|[^\W\d_])|[^\W\d_][\w'’-]+,? (?:[^\W\d_]\.[- ]?)+(?:,|;|&|and\b))")),  # people
)  # fmt: skip
_DANGLING = re.compile(r",\s[A-Z][\w-]{0,8}$")


def _title_score(title: str, closer: str) -> float:
    spoken = title.split()
    score = _length_score(len(spoken)) - 1.6 * _sentences(title)
    score -= 0.3 * len(_ASKED.findall(title)) + sum(cost for cost, fault in _FAULTS if fault.search(title))
    score -= 1.5 * bool(CONTAINER_CUES.match(title)) + 1.0 * is_body(title)
    score -= 1.5 * (title.count("(") != title.count(")") or title.count("[") != title.count("]"))
    score -= 1.5 * (closer == "dot" and bool(_DANGLING.search(title)))
    if len(spoken) <= 4 and closer != "statement":
        score -= _namelike(title, closer, len(spoken))
    return score + min(0.6, 0.1 * sum(word[0].islower() for word in spoken if len(word) > 3))


def _sentences(title: str) -> int:
    """How often a sentence ends inside a title."""
    ends = (
        title[: found.start()].rsplit(maxsplit=1)[-1].lower()
        for found in _SENTENCE.finditer(title)
        if not _PART.match(f"{title[found.end() :]}. ")
    )
    return sum(word not in ABBREVIATIONS and word not in _NUMERALS for word in ends)


def _namelike(title: str, closer: str, count: int) -> float:
    """What it costs a short title to read as a name."""
    kinds = chunk_kinds(title.strip(" ."))
    if kinds & {"direct", "vancouver"} and not title_likeness(title):
        return 2.0
    plain = closer == "comma" and count <= 3 and bool(kinds & {"full", "family"})
    return 0.6 if plain and not title_likeness(title) else 0.0


def _length_score(count: int) -> float:
    for limit, score in ((1, -0.9), (2, -0.2), (3, 0.2), (20, 0.5), (28, 0.0), (40, -1.0)):
        if count <= limit:
            return score
    return -3.0


_JOURNAL = re.compile(
    r"^(?:(?:[^\W\d_a-z][\w'’&-]{0,6}\.|[^\W\d_a-z][\w'’&-]*|of|the|and|for|in|on|de|la|der|für|und|et|des|en|&)[\s,:]+){1,10}"
    r"(?:\(?\d{4}\)?[\s,:;]+)?(?:[Vv]ol(?:ume|\.)?\s*|[Tt]\.\s*|[Bb]d\.\s*)?(?:\d{1,4}|[A-Z]-?\d{1,3}|[IVXL]+)\s*[(,:;.\s/]"
)
_ONLY_DATE = re.compile(r"^[\s(]*(?:[A-Z][a-z]+\.?\s)?(?:1[5-9]|20)\d\d[a-z]?[\s).]*\ue000?[\s.]*$")
_PLACE = re.compile(r"^[(]?(?:[A-Z][\w.’'-]+[\s,]+){0,3}[A-Z][\w.’'-]+\s?:\s(?=[A-Z])")


_CAPITAL_WORD = r"[^\W\d_a-z][\w’'.-]*"
_CAPITAL = rf"{_CAPITAL_WORD},?"


# Where a case is reported: 5 U.S. 137 (1803), [1932] AC 562; and where and when a book appeared, at the end.
_CITED = re.compile(
    r"\d{1,3}\s(?:[A-Z][\w.]*\s?(?:\([^()]{1,20}\)\s)?){1,4}(?:2d\s|3d\s)?\d+(?:,\s\d+(?:[–-]\d+)?)*\s\(|\d{4}\]\s(?:\d+\s)?[A-Z]"
)
_TOWN = re.compile(
    rf"(?:\d\.\s?Aufl\.,?\s)?[A-Z][\w-]+(?:\s(?:am|an\sder|im|a\.)\s?[A-Z][\w]*\.?|[-/\s][A-Z][\w]+)?(?:\su\.\s?a\.)?\s(?:1[5-9]|20)\d\d[\s.]*(?:{GAP}|$)"
)


# What may stand behind a title, and what it speaks for.
_FOLLOWING: tuple[tuple[float, re.Pattern[str]], ...] = (
    (2.0, _CITED),
    (2.0, _TOWN),
    (1.4, THESIS),
    (1.4, REPORT),
    (0.8, _PLACE),
    (1.2, CITY),
    (-1.5, re.compile(rf"\d{{1,4}}(?:\s?\(\d+\))?[,:]\s?[A-Z]{{0,2}}\d+(?:[-–]\d+)?[\s.]*(?:{GAP}|$)")),
    (1.2, _JOURNAL),
    (0.8, re.compile(r"(?:\d+(?:st|nd|rd|th)|[Ss]econd|[Tt]hird|[Rr]ev\w*\.?)\s[Ee]d|\(?\d{4}\)|[Vv]ol\.")),
    (2.2, re.compile(r"(?:pp?|S|С|с)\.\s?\d")),
    (2.0, re.compile(rf"[^()]{{3,120}}\b{_EDITED}\.[^()]{{0,20}}\)")),
    (
        0.7,  # Publisher, Place
        re.compile(
            rf"{_CAPITAL_WORD}(?:\s(?:{_CAPITAL_WORD}|and|of|&)){{0,3}},\s{_CAPITAL_WORD}(?:\s{_CAPITAL_WORD}){{0,2}}[\s.]*(?:{GAP}|$)"
        ),
    ),
    (
        1.4,
        re.compile(
            rf"{_CAPITAL}(?:\s(?:{_CAPITAL}|of|and|the|for|und|de|et|&)){{0,6}}[;,]\s(?:1[5-9]|20)\d\d"
        ),
    ),
    (
        2.4,
        re.compile(
            r"\d{1,3}\s(?:[A-Z][\w’]*\.?(?:[A-Z]\.)*\s(?:&\s|of\s)?){1,6}\d+(?:,\s\d+(?:[–-]\d+)?)?\s\("
        ),
    ),  # 93 Yale L.J. 1013 (
    (1.0, re.compile(r"\d+\.,?\s(?:[\w.]+\s){0,3}Aufl")),
    (2.0, re.compile(r"ser\.\s")),
    (
        0.9,
        re.compile(
            rf"(?:[^\W\d_a-z][\w’'&-]*|of|the|and|for|in|on|de)(?:\s(?:[^\W\d_a-z][\w’'&-]*|of|the|and|for|in|on|de)){{0,5}}\.?\s*(?:{GAP}|$)"
        ),
    ),
    (
        -2.2,
        re.compile(
            r"(?!ser\.|in\b|arxiv|pp?\.|vol|ed|e[A-Z]|no\.|pages|[a-z]{2,4}[A-Z])[^\W\d_A-Z](?<=[a-z])"
        ),
    ),
)
_STOP = re.compile(rf"[\d{GAP}]")


@lru_cache(maxsize=4096)
def rest_score(rest: str, closer: str) -> float:
    """How well a stretch fits behind a title: a container, a publisher, a date, nothing."""
    head = rest.lstrip(' (“"‘«[')
    if not head.strip(f" .,{GAP}"):
        return 0.4
    if _ONLY_DATE.match(rest):
        return 0.7
    score = 0.6 if rest.startswith(GAP) else 0.0
    if CONTAINER_CUES.match(head):
        score += 1.5
    elif closer in {"inside", "within"}:
        score += 0.9
    elif CONTAINER_WORDS.search(head[:60]):
        score += 0.6
    if published := PUBLISHER.search(head[:60]):
        score += 0.9 if published.start() < 25 else 0.4
    score += sum(worth for worth, pattern in _FOLLOWING if pattern.match(head))
    return score - _wordiness(head)


def _wordiness(head: str) -> float:
    """A container is short; a stretch of many words before any number is more likely still the title."""
    before = str(_STOP.split(head, maxsplit=1)[0])
    lower = sum(word[0].islower() and len(word) > 3 for word in before.split())
    return min(1.5, 0.12 * max(0, lower - 3))


def _habit_score(habit: str, closer: str, title: str) -> float:
    """Styles end the authors and the title with marks that go together."""
    if habit == "comma":
        return {"comma": 0.8, "dot": -0.2, "inside": 0.6, "within": 0.3, "paren": 0.6, "statement": 0.4}.get(
            closer, 0.0
        )
    if habit == "dot":
        return {"comma": -0.6, "dot": 0.3}.get(closer, 0.0)
    if habit == "colon":
        return {"comma": 0.2, "dot": 0.2}.get(closer, 0.0)
    if habit == "bare":
        return {"comma": -0.8, "dot": -0.8}.get(closer, 0.0)
    if habit == "break":
        return -1.0 if closer != "break" and "." not in title else 0.0
    return {"comma": -0.2}.get(closer, 0.0)
