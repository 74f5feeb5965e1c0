"""Titles of journals abbreviated by ISO 4, and back: word by word from a table of stems in `data/words.tsv`.

The rules of https://www.issn.org/services/online-services/access-to-the-ltwa/: a title of one word stays; articles,
conjunctions and prepositions go; a word that has an abbreviation takes it, others stay, and so do names and acronyms.
The table is our own: it covers the words that titles of journals and proceedings are mostly made of.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from cite2bib.letters import without_marks

_FOLDER = Path(__file__).parent / "data"
_DROPPED = frozenset(
    """
a an and of the for in on to from with by at as into et de des du la le les l d und der die das den dem fur zur zum im am an e do da
dos das del los las el y en para per il lo gli di della delle dei degli della sur aux au van het voor och for av i og och the
""".split()
)
_KEPT_FIRST = frozenset({"a", "i", "e", "d", "l"})  # single letters are sections: Physical Review D
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*\.?|&")
_ELISION = re.compile(r"^(?:[dlDL]|[dD]ell|[aA]ll|[nN]ell)['’]")
_SECTION = frozenset({"part", "section", "series", "ser", "sect"})
_LATIN_IN = re.compile(r"\bin (?=vitro|vivo|silico|situ)", re.IGNORECASE)


@lru_cache(maxsize=1)
def _table() -> tuple[dict[str, str], list[tuple[str, str]], list[tuple[str, str]]]:
    """Whole words, beginnings (longest first) and endings, each with its abbreviation ("" for none)."""
    words: dict[str, str] = {}
    stems: list[tuple[str, str]] = []
    endings: list[tuple[str, str]] = []
    for line in (_FOLDER / "words.tsv").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        word, _, short = line.partition("\t")
        short = "" if short == "=" else short
        if word.endswith("-"):
            stems.append((word[:-1], short))
        elif word.startswith("-"):
            endings.append((word[1:], short))
        else:
            words[word] = short
    return words, sorted(stems, key=lambda row: -len(row[0])), sorted(endings, key=lambda row: -len(row[0]))


@lru_cache(maxsize=1)
def _together() -> re.Pattern[str]:
    """Words that are replaced together, the longest first."""
    phrases = sorted((word for word in _table()[0] if " " in word), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})\b", re.IGNORECASE)


def _folded(word: str) -> str:
    return without_marks(word).lower().rstrip(".")


@lru_cache(maxsize=16_384)
def _short(word: str) -> str:
    """The abbreviation of a word, the word itself where it has none."""
    lower = without_marks(word).lower()
    words, stems, endings = _table()
    if word.endswith(".") or len(word) < 3:
        return word
    if word.isupper():  # an acronym, unless all of a title is set so
        return word
    short = words.get(lower)
    if short is None:
        short = next(
            (found for stem, found in stems if lower.startswith(stem) and len(lower) >= len(stem)), None
        )
    if short is None:
        ending = next(
            ((end, found) for end, found in endings if lower.endswith(end) and len(lower) > len(end) + 1),
            None,
        )
        short = word[: len(word) - len(ending[0])] + ending[1] if ending else ""
    if not short or len(short) >= len(word):
        return word
    stem = short.rstrip(".")
    if not word.isascii() and lower.startswith(stem) and len(lower) == len(word):
        short = word[: len(stem)] + short[len(stem) :]  # the word's own accents
    return short[0].upper() + short[1:] if word[0].isupper() else short


def abbreviated(title: str) -> str:
    """A title by ISO 4.

    >>> abbreviated("Journal of the American Chemical Society"), abbreviated("Nature")
    ('J. Am. Chem. Soc.', 'Nature')
    >>> abbreviated("IEEE Transactions on Pattern Analysis and Machine Intelligence"), abbreviated("Physical Review D")
    ('IEEE Trans. Pattern Anal. Mach. Intell.', 'Phys. Rev. D')
    """
    title = _together().sub(lambda found: _table()[0][found[0].lower()], title)
    tokens = list(_WORD.finditer(title))
    counted = [token for token in tokens if _folded(token[0]) not in _DROPPED and token[0] != "&"]
    if len(counted) < 2 or not any(_short(token[0]) != token[0] for token in counted):
        return title
    out: list[str] = []
    position = 0
    latin = {found.start() for found in _LATIN_IN.finditer(title)}
    for index, token in enumerate(tokens):
        gap = title[position : token.start()]
        position = token.end()
        kept = _kept(token, index, tokens, title, in_latin=token.start() in latin)
        out.append(_gap(gap, out, kept))
        out.append(kept)
    text = "".join([*out, title[position:]])
    return re.sub(r"\s+", " ", re.sub(r"\s+([:,)])", r"\1", text)).strip(" ,")


def _kept(
    token: re.Match[str], index: int, tokens: list[re.Match[str]], title: str, *, in_latin: bool
) -> str:
    word = _ELISION.sub("", token[0])
    lower = _folded(word)
    if word == "&" or (
        lower in _DROPPED and not in_latin and not (word.isupper() and index and lower in _KEPT_FIRST)
    ):
        return ""
    following = tokens[index + 1][0] if index + 1 < len(tokens) else ""
    if lower in _SECTION and re.fullmatch(r"[A-Z]|[IVX]+|\d+", following):
        return ""
    if index and title[token.start() - 1 : token.start()] in {"'", "’"}:
        return word
    return _short(word)


def _gap(gap: str, out: list[str], kept: str) -> str:
    """What stands between two words; after a dropped one a single blank, commas of lists go."""
    if not out:
        return gap
    if not kept:
        return gap.rstrip() if gap.strip() in {":", "-", "–", "("} else ""
    plain = gap.replace(",", "").replace("'", "").replace("’", "")
    if not out[-1] and not plain.strip():
        return " " if any(out) else ""
    return plain or " "


@lru_cache(maxsize=1)
def _known() -> dict[str, str]:
    """Full titles by their abbreviation, both folded; an abbreviation of several titles is nobody's."""
    found: dict[str, str] = {}
    several: set[str] = set()
    for title in (_FOLDER / "journals.txt").read_text(encoding="utf-8").splitlines():
        if title and not title.startswith("#"):
            short = _mark(abbreviated(title))
            if found.setdefault(short, title) != title:
                several.add(short)
    return {short: title for short, title in found.items() if short not in several}


def _mark(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", without_marks(text).lower())


def in_full(title: str, others: tuple[str, ...] = ()) -> str:
    """A title whose words are abbreviated, in full: from titles that the same file spells out, then from a list; else as it is.

    >>> in_full("J. Am. Chem. Soc."), in_full("Phys. Rev. Lett.", ()), in_full("Z. Unbek. Dinge")
    ('Journal of the American Chemical Society', 'Physical Review Letters', 'Z. Unbek. Dinge')
    """
    if not is_abbreviated(title):
        return title
    mark = _mark(title)
    said = [other for other in others if not is_abbreviated(other) and _mark(abbreviated(other)) == mark]
    return said[0] if len(set(said)) == 1 else _known().get(mark, title)


def is_abbreviated(title: str) -> bool:
    """Whether some word of a title ends in the full stop of an abbreviation."""
    return bool(re.search(r"[^\W\d_]{1,12}\.(?=\s|$|[:,-])", title))
