"""Identifiers of works: found in text, normalised, compared. A new kind is one row of `SCHEMES`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cite2bib.light import NamedTuple
from cite2bib.patterns import late

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Found(NamedTuple):
    """An identifier in a text, as the field it belongs into."""

    variable: str
    value: str
    start: int
    end: int


class Scheme(NamedTuple):
    """A kind of identifier: the variable that holds it, how it looks, its one right form ("" if it is none)."""

    variable: str
    pattern: re.Pattern[str]  # its first group is the identifier
    normalise: Callable[[str], str]
    address: str = ""  # where it leads, with {} for the value


def normal_doi(text: str) -> str:
    """A bare DOI in lower case, without what follows it in a sentence.

    >>> normal_doi("https://doi.org/10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2).")
    '10.1002/(sici)1097-0258(19980815/30)17:15/16<1661::aid-sim968>3.0.co;2-2'
    """
    if "%" in text:
        from urllib.parse import unquote  # takes 2 ms to load

        text = unquote(text)
    found = re.search(r"10\.\d{4,9}(?:\.\d+)*/\S+", text)
    return _trimmed(found[0]).lower() if found else ""


def bare_doi(text: str) -> str:
    """A bare DOI in the case it is written in, which is how its publisher shows it; "" when there is none.

    >>> bare_doi("doi:10.1109/TCSII.2015.2483422.")
    '10.1109/TCSII.2015.2483422'
    """
    normal = normal_doi(text)
    start = text.lower().find(normal)  # no pattern: each DOI would be one of its own to compile
    shown = text[start : start + len(normal)] if normal and start >= 0 else ""
    return shown if shown.lower() == normal else normal


def normal_arxiv(text: str) -> str:
    """A bare arXiv id without version, or "" when there can be no such paper.

    >>> normal_arxiv("arXiv:2303.12712v5"), normal_arxiv("math.GT/0309136"), normal_arxiv("2399.12345")
    ('2303.12712', 'math/0309136', '')
    """
    new = re.search(r"(?<!\d)(\d{2})(0[1-9]|1[0-2])\.(\d{4,5})(?:v\d+)?(?!\d)", text)
    if new and (len(new[3]) == 5) == (int(new[1]) >= 15):
        return f"{new[1]}{new[2]}.{new[3]}"
    old = re.search(
        r"([a-z][a-z-]+)(?:\.[A-Za-z]{2})?/(\d{2}(?:0[1-9]|1[0-2])\d{3})(?:v\d+)?(?!\d)", text, re.IGNORECASE
    )
    return f"{old[1].lower()}/{old[2]}" if old else ""


def normal_isbn(text: str) -> str:
    """An ISBN's digits when its check digit is right.

    >>> normal_isbn("978-3-16-148410-0"), normal_isbn("0-306-40615-3")
    ('9783161484100', '')
    """
    digits = re.sub(r"[^0-9Xx]", "", text).upper()
    if re.fullmatch(r"97[89]\d{10}", digits):
        total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
        return digits if total % 10 == 0 else ""
    if re.fullmatch(r"\d{9}[\dX]", digits):
        total = sum((10 if digit == "X" else int(digit)) * (10 - place) for place, digit in enumerate(digits))
        return digits if total % 11 == 0 else ""
    return ""


def isbn13(text: str) -> str:
    """An ISBN in its form of thirteen digits, in which old and new ones can be compared.

    >>> isbn13("0-306-40615-2"), isbn13("978-0-306-40615-7"), isbn13("12")
    ('9780306406157', '9780306406157', '')
    """
    digits = normal_isbn(text)
    if len(digits) != 10:
        return digits
    body = f"978{digits[:9]}"
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(body))
    return f"{body}{-total % 10}"


def normal_issn(text: str) -> str:
    """An ISSN with its hyphen when its check digit is right.

    >>> normal_issn("03178471"), normal_issn("0317-8472")
    ('0317-8471', '')
    """
    digits = re.sub(r"[^0-9Xx]", "", text).upper()
    if not re.fullmatch(r"\d{7}[\dX]", digits):
        return ""
    total = sum((10 if digit == "X" else int(digit)) * (8 - place) for place, digit in enumerate(digits))
    return f"{digits[:4]}-{digits[4:]}" if total % 11 == 0 else ""


def normal_url(text: str) -> str:
    """An address with its scheme, without what follows it in a sentence.

    >>> normal_url("github.com/a/b)."), normal_url("http://x.org/a_(b)")
    ('https://github.com/a/b', 'http://x.org/a_(b)')
    """
    trimmed = _trimmed(text.strip())
    return trimmed if "://" in trimmed or not trimmed else f"https://{trimmed}"


def normal_pmcid(text: str) -> str:
    """A PMC id with its letters, or "".

    >>> normal_pmcid("pmc 0012345"), normal_pmcid("")
    ('PMC12345', '')
    """
    digits = _digits(text)
    return f"PMC{digits}" if digits else ""


def _digits(text: str) -> str:
    found = re.search(r"\d+", text)
    return found[0].lstrip("0") if found else ""


def _trimmed(text: str) -> str:
    """Without closing punctuation that belongs to the sentence; brackets stay while they are paired."""
    entity = re.search("&(?:gt|lt|quot);", text) if "&" in text else None
    end = entity.start() if entity else len(text)
    while not entity and end and (text[end - 1] in '"“”<>' or text[end - 1].isspace()):
        end -= 1
    surplus = {
        closer: text.count(closer, 0, end) - text.count(opener, 0, end)
        for closer, opener in _BRACKETS
        if closer in text
    }
    while end:
        last = text[end - 1]
        if last in surplus:
            surplus[last] -= 1
        if surplus[last] < 0 if last in surplus else last not in ".,;:!?'\"*`’":
            break
        end -= 1
    return text[:end]


_BRACKETS = ((")", "("), ("]", "["), ("}", "{"), (">", "<"))
_DOI_BODY = r"10\.\d{4,9}(?:\.\d+)*/[^\s\"“”⟨⟩]+"
# Without a word before it: an old id says its archive, a new one must be the first or last thing of its line.
_ARXIV_BARE = (
    r"(?<![\w/.])((?:hep-(?:th|ph|ex|lat)|astro-ph|cond-mat|gr-qc|quant-ph|nucl-(?:th|ex)|math-ph|alg-geom|q-bio|math|cs|physics|nlin|stat)"
    r"(?:\.[A-Z]{2})?/\d{7}(?:v\d+)?)(?!\d)"
    r"|^\W{0,3}(\d{4}\.\d{4,5}(?:v\d+)?)(?![\w.]?\d)(?=\W|$)|(?<=[\s(\[,|])(\d{4}\.\d{4,5}(?:v\d+)?)(?=\W{0,2}$)"
)
_ARXIV_BODY = r"(?:\d{4}\.\d{4,5}|[a-z][a-z-]+(?:\.[A-Za-z]{2})?/\d{7})(?:v\d+)?"

SCHEMES: tuple[Scheme, ...] = (
    Scheme(
        "arxiv",
        late(
            r"(?:arxiv\s*[:.]?\s*(?:id)?\s*|(?:arxiv\.org|huggingface\.co|alphaxiv\.org|paperswithcode\.com|hf\.co)"
            r"/(?:abs|pdf|html|format|papers?|overview)/|10\.48550/arxiv\.)"
            rf"({_ARXIV_BODY})(?!\d)|{_ARXIV_BARE}",
            re.IGNORECASE,
        ),
        normal_arxiv,
        "https://arxiv.org/abs/{}",
    ),
    Scheme("DOI", late(rf"({_DOI_BODY})", re.IGNORECASE), normal_doi, "https://doi.org/{}"),
    Scheme(
        "PMCID",
        late(r"\b(PMC\d{4,9})\b"),
        normal_pmcid,
        "https://pmc.ncbi.nlm.nih.gov/articles/{}/",
    ),
    Scheme(
        "PMID",
        late(
            r"(?:\bPMID\s*[:#]?\s*|pubmed\.ncbi\.nlm\.nih\.gov/|ncbi\.nlm\.nih\.gov/pubmed/)(\d{4,9})\b",
            re.IGNORECASE,
        ),
        _digits,
        "https://pubmed.ncbi.nlm.nih.gov/{}/",
    ),
    Scheme(
        "ISBN",
        late(
            r"\bISBN(?:-1[03])?\s*:?\s*((?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx])\b|^\W{0,3}(97[89][- ]?(?:\d[- ]?){9}\d)(?=\W{0,3}$)",
            re.IGNORECASE,
        ),
        normal_isbn,
    ),
    Scheme("ISSN", late(r"\be?ISSN\s*:?\s*(\d{4}-?\d{3}[\dXx])\b", re.IGNORECASE), normal_issn),
    Scheme("openalex", late(r"openalex\.org/(?:works/)?(W\d{4,})\b"), str.upper, "https://openalex.org/{}"),
    Scheme("URL", late(r"(https?://[^\s<>\"“”]+)", re.IGNORECASE), normal_url, "{}"),
)
_BY_VARIABLE = {scheme.variable: scheme for scheme in SCHEMES}


def find(text: str) -> Iterator[Found]:
    """Every identifier in a text, in its order; an address that holds another identifier is that one.

    >>> [(f.variable, f.value) for f in find("see arXiv:2303.12712v2, https://doi.org/10.1145/3290605.")]
    [('arxiv', '2303.12712'), ('DOI', '10.1145/3290605')]
    """
    found = [item for scheme in SCHEMES for item in _of(scheme, text)]
    covered = [item for item in found if item.variable != "URL"]
    kept = [
        item for item in found
        if item.variable != "URL" or not any(item.start < other.end and other.start < item.end for other in covered)
    ]  # fmt: skip
    arxiv = [item for item in kept if item.variable == "arxiv"]
    dois = (
        item for item in kept if item.variable == "DOI" and any(a.start <= item.start < a.end for a in arxiv)
    )
    doubled = set(map(id, dois))  # 10.48550/arXiv.ID is the arXiv id
    return iter(sorted((item for item in kept if id(item) not in doubled), key=lambda item: item.start))


def _of(scheme: Scheme, text: str) -> Iterator[Found]:
    for match in scheme.pattern.finditer(text):
        group = match.lastindex or 1
        value = scheme.normalise(match[group])
        if value:
            yield Found(
                scheme.variable, value, match.start(), match.start(group) + len(_trimmed(match[group]))
            )


def normalise(variable: str, text: str) -> str:
    """The one right form of an identifier, "" when it is none."""
    scheme = _BY_VARIABLE.get(variable)
    return scheme.normalise(text) if scheme else text.strip()


def address(variable: str, value: str) -> str:
    """Where an identifier leads, "" when it leads nowhere.

    >>> address("arxiv", "2303.12712")
    'https://arxiv.org/abs/2303.12712'
    """
    scheme = _BY_VARIABLE.get(variable)
    return scheme.address.format(value) if scheme else ""


def arxiv_month(value: str) -> tuple[int, int] | None:
    """Year and month in which an arXiv id was given.

    >>> arxiv_month("2303.12712"), arxiv_month("hep-th/9901001")
    ((2023, 3), (1999, 1))
    """
    digits = value.rpartition("/")[2][:4]
    if not digits.isdecimal() or not 1 <= int(digits[2:]) <= 12:
        return None
    year = int(digits[:2])
    return (1900 if year > 90 else 2000) + year, int(digits[2:])
