"""Titles as they are compared: without TeX, markup, accents, case; Greek letters and number words as one spelling.

`words` are for telling two titles apart, `key` for finding the same one. TeX is stripped from what pages left of it;
formats that know TeX have done so already.
"""

from __future__ import annotations

import re
from functools import lru_cache

from cite2bib.letters import without_marks
from cite2bib.patterns import late
from cite2bib.richtext import plain

# Words that authors, catalogues and typists exchange or leave out without meaning another work. Negations and
# "without" are not among them.
_FUNCTION_WORDS = (
    "a an the of for in on and or with via to from by using at as is are be its their towards toward into through "
    "under over between der die das und von fur mit le la les de des du et en pour el los las y del un une una ein "
    "eine il i lo gli e per"
)
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())

_GREEK_NAMES = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma sigma tau upsilon "
    "phi chi psi omega"
)
_GREEK = dict(zip("αβγδεζηθικλμνξοπρσςτυφχψω", _GREEK_NAMES.split(), strict=True))
_GREEK_LETTER = late(f"[{''.join(_GREEK)}]")
_NUMBERS = "zero one two three four five six seven eight nine ten"
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth"
_NUMBER_WORDS = {word: str(number) for number, word in enumerate(_NUMBERS.split())} | {
    word: f"{number}{('st', 'nd', 'rd', 'th')[min(number, 4) - 1]}"
    for number, word in enumerate(_ORDINALS.split(), 1)
}
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8", "ix": "9"}
_MAYBE_NUMBERS = frozenset(_NUMBER_WORDS) | frozenset(_ROMAN)
NUMBERED = frozenset({"part", "volume", "vol", "chapter", "paper", "pt", "teil", "partie", "parte", "book"})

# "ResAD++" is not "ResAD", nor "C#" "C": these signs are letters when they end a word.
# Chinese and Japanese have no spaces: each character is a word.
_IDEOGRAPH = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_ASCII_WORD = re.compile(r"[^\W_]+(?:\+\+?(?!\w)|(?<=\b\w)#)?", re.ASCII)
_SPACED = "".join(chr(code) if chr(code).isalnum() else " " for code in range(128))
_WORD = late(rf"[{_IDEOGRAPH}]|[^\W_{_IDEOGRAPH}]+(?:\+\+?(?!\w)|(?<=\b\w)#)?")
# Catalogues set "oPool <sup> +</sup>" where the name is "oPool+".
_LOOSE_SUPERSCRIPT = re.compile(r"\s+(<su[pb]>)\s*")
# Tags of publishers' XML and of web pages that mean nothing; those of our own markup are left to `plain`.
_TAG = late(r"</?(?:scp|sc|title|span|div|font|bold|italic|roman|xref|named-content|inline-formula|(?:jats|mml|tex)[:-][\w-]+)"
            r"(?:\s[^<>]*)?/?>", re.IGNORECASE)  # fmt: skip
_BREAK = late(r"</?(?:br|p|hr)\s*/?>", re.IGNORECASE)
_WITH = late(r"\bw/(o\b)?\s*")
_ESCAPED = late(r"\\u([0-9a-f]{4})")
_ACCENT = re.compile(r"""\\(?:["'`^~=.]|[cvHuk](?![a-zA-Z]))\s*\{?\\?([a-zA-Z])\}?""")
_LETTER_COMMAND = re.compile(r"\\(ss|ae|oe|AE|OE|aa|AA|[oOlLij])(?![a-zA-Z])\s*(?:\{\})?")
_COMMAND = re.compile(r"\\([a-zA-Z]+)\*?\s*(\{\})?")
_SILENT = frozenset(
    {"times", "to", "rightarrow", "leftarrow", "infty", "cdot", "sim", "approx", "leq", "geq", "le", "ge"}
)
_OPERATORS = frozenset(
    {"log", "exp", "sin", "cos", "tan", "min", "max", "inf", "dim", "det", "lim", "arg", "argmin", "argmax"}
)
_ENDS = late(r"(?::|\.(?=\s)|\s[-–—=/]+\s|—|\?|!|\s(?=[\[(][^\])]*[\])]\W*$))\s*")
_CUT = re.compile(r"(?:\.{3}|…)\s*$")


def _command(found: re.Match[str]) -> str:
    name = found[1].removeprefix("var").lower()
    if name in _GREEK.values():
        return f"{name} "
    if name == "ell":
        return "l"
    if name in _OPERATORS:
        return f"{name} "
    return " " if found[1] in _SILENT else ""


def without_tex(text: str) -> str:
    r"""Text without what is left of TeX in it.

    >>> without_tex(r"\textbf{L}azy $\ell_1$ {\it Aky\"urek} \& \'{E}l")
    'Lazy l1 Akyurek & El'
    """
    if not ("\\" in text or "$" in text or "{" in text):
        return text
    text = _ESCAPED.sub(lambda said: chr(int(said[1], 16)), text)
    text = _LETTER_COMMAND.sub(
        lambda found: found[1].replace("aa", "a").replace("AA", "A"), _ACCENT.sub(r"\1", text)
    )
    text = re.sub(r"\\([&%$#_{}])", r"\1", text)
    text = _COMMAND.sub(_command, text.replace("\\\\", " "))
    text = re.sub(r"\$([^$]*)\$", lambda math: re.sub(r"[_^]", "", math[1]), text)
    return re.sub(r"\s+", " ", re.sub(r"[{}$\\]", "", text)).strip()


_LONGEST = 1_000  # characters that are looked at: nobody means another work by what follows


@lru_cache(maxsize=8_192)
def words(title: str) -> tuple[str, ...]:
    """A title's words as they are compared.

    >>> words("On the β-VAE, Part II: <i>C++</i> for Two")
    ('on', 'the', 'beta', 'vae', 'part', '2', 'c++', 'for', '2')
    """
    title = title[:_LONGEST]
    if "&" in title and ";" in title:
        from html import unescape  # 2 ms, and whoever reads titles has mostly done so

        title = unescape(title)
    if "<" in title:
        title = _TAG.sub("", _BREAK.sub(" ", _LOOSE_SUPERSCRIPT.sub(r"\1", title)))
    if "w/" in title:
        title = _WITH.sub(lambda said: "without " if said[1] else "with ", title)
    text = without_marks(without_tex(plain(title))).casefold()
    if not text.isascii():
        text = _GREEK_LETTER.sub(lambda letter: _GREEK[letter[0]], text)
    if not text.isascii():
        found = _WORD.findall(text)
    elif "+" in text or "#" in text:
        found = _ASCII_WORD.findall(text)
    else:  # the same in half the time
        found = text.translate(_SPACED).split()
    if _MAYBE_NUMBERS.isdisjoint(found):  # as mostly
        return tuple(found)
    return tuple(_number(word, found[place - 1] if place else "") for place, word in enumerate(found))


def _number(word: str, before: str) -> str:
    return as_number(word) if before in NUMBERED else _NUMBER_WORDS.get(word, word)


def as_number(word: str) -> str:
    """A numeral or number word in digits; any other word as it is.

    >>> as_number("iv"), as_number("two"), as_number("via")
    ('4', '2', 'via')
    """
    return _ROMAN.get(word) or _NUMBER_WORDS.get(word, word)


@lru_cache(maxsize=8_192)
def key(title: str) -> str:
    r"""What two spellings of one title share.

    >>> key(r"{GPT}-4 and \alpha-Stable") == key("GPT4 and α-stable")
    True
    """
    return "".join(words(title))


def content_words(title: str) -> tuple[str, ...]:
    """A title's words without function words."""
    return tuple(word for word in words(title) if word not in FUNCTION_WORDS)


def head(title: str) -> str:
    """What stands before the subtitle; the whole title when it has none.

    >>> head("BEE: Metric-Adapted Explanations"), head("Does it? A Study"), head("No subtitle?")
    ('BEE', 'Does it', 'No subtitle?')
    """
    found = _ENDS.search(title[:_LONGEST])
    return title[: found.start()] if found and found.end() < len(title) else title


def parts(title: str) -> tuple[str, ...]:
    """Title and subtitles.

    >>> parts("BEE: Metric-Adapted Explanations. A Study")
    ('BEE', 'Metric-Adapted Explanations', 'A Study')
    """
    return tuple(part for part in _ENDS.split(title[:_LONGEST]) if part)


def is_cut(title: str) -> bool:
    """Whether a title says that it goes on."""
    return bool(_CUT.search(title))


_GENERIC_LIST = (
    "table of contents|letter to the editor|letters to the editor|in this issue|books received|notes and comments|"
    "notes and news|list of contributors|notes on contributors|author index|subject index|front matter|back matter|"
    "title page|from the editor|from the editors|editors introduction|a note from the editor|reply to the editor|"
    "message from the president|message from the chairs|preface to the second edition|introduction to the special issue|"
    "introduction to the special section|guest editorial|call for papers|list of reviewers|thanks to reviewers|"
    "conference report|annual report|technical report|final report|working paper|materials and methods|"
    "general introduction|conclusions and future work|related work|summary and conclusions|introduction and overview|"
    "editorial board|acknowledgment to reviewers|general discussion|book reviews|abstracts of papers|supplementary material"
)
_GENERIC = frozenset(line.replace(" ", "") for line in _GENERIC_LIST.split("|"))


# What a periodical prints again in each issue: at least one of these words, and none beyond these and the others.
_COLUMN_WORDS = (
    "editorial editorials editor editors foreword preface message messages column calendar contents treasurer president "
    "chair chairs chairman obituary obituaries abstracts announcements index introduction conclusion conclusions "
    "reminiscences corner note notes news reviewers letter letters correspondence discussion comment commentary reply "
    "prologue epilogue afterword acknowledgments bibliography report review reviews contributors"
)
_COLUMNS = frozenset(_COLUMN_WORDS.split())
_COLUMN_OTHERS = frozenset(
    "s guest special issue section annual meeting research surveys year events book books our your this new brief recent "
    "influential papers authors author readers publisher received program conference".split()
)


def comes_back(title: str) -> bool:
    """Whether a title is one that is printed again and again, each time over another text.

    >>> comes_back("Editor's Notes"), comes_back("Letter from the Special Issue Editor"), comes_back("Notes on Cats")
    (True, True, False)
    """
    found = set(words(title)) - FUNCTION_WORDS
    return bool(found & _COLUMNS) and found <= _COLUMNS | _COLUMN_OTHERS


_LONG_WORDS, _LONG_LETTERS = 6, 40


def is_long(title: str) -> bool:
    """Whether a title is so long that two works hardly have it.

    Of 923,886 works in public lists 588 share one of any length with a work of other people, nearly all of them short.
    """
    return len(words(title)) >= _LONG_WORDS and len(key(title)) >= _LONG_LETTERS


def is_of_series(title: str) -> bool:
    """Whether a title ends in the number of a part.

    >>> is_of_series("On Tides, Part II"), is_of_series("On Tides")
    (True, False)
    """
    found = words(title)[-2:]
    return len(found) == 2 and found[0] in NUMBERED and found[1].isdigit()


def specificity(title: str) -> int:
    """How much a title says by itself: 0 next to nothing, 1 little, 2 enough to be rarely shared.

    >>> specificity("Introduction"), specificity("Deep Learning Methods"), specificity("Fast Model Editing at Scale")
    (0, 1, 2)
    """
    if key(title) in _GENERIC:
        return 0
    count, letters = len(words(title)), sum(1 if char < "\u3040" else 2 for char in key(title))
    if (count >= 5 and letters >= 18) or (count >= 4 and letters >= 24) or letters >= 30:
        return 2
    return 1 if count >= 3 and letters >= 12 else 0
