"""Sort keys by Unicode collation at base strength, in the language of the style.

https://unicode.org/reports/tr10/: letters by their base, digits as numbers, words before what continues them, punctuation
ignored. Latin letters are weighed here, with what languages add to the alphabet; other scripts by Unicode's default table.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from cite2bib.letters import without_marks
from cite2bib.patterns import late

_SPACE = "\x02"
_SYMBOL = "\x06"
_DIGITS = "\x10"
_BEFORE_LATIN = "\x30"  # before the weights of the language's own script, if that is another
_OTHER = 0x20000  # weights of other scripts stand after the Latin alphabet

# Letters that a language sets after another one, in their order, equal ones joined by "=", as are those that are equal to it
# itself (CLDR's root is English for the rest).
_NORTHERN = "y: =ü; z: æ=ä ø=ö å=aa"
_TAILORINGS = {
    "da": _NORTHERN, "nb": _NORTHERN, "nn": _NORTHERN, "no": _NORTHERN,
    "sv": "y: =ü; z: å ä=æ ö=ø=œ", "fi": "y: =ü; z: å ä=æ ö=ø=œ",
    "is": "a: á; d: ð; e: é; i: í; o: ó; u: ú; y: ý; z: þ æ=ä ö=ø å", "et": "s: š z ž; w: õ ä ö ü",
    "es": "n: ñ", "gl": "n: ñ", "eu": "n: ñ", "tl": "n: ñ ng",
    "pl": "a: ą; c: ć; e: ę; l: ł; n: ń; o: ó; s: ś; z: ź ż", "cs": "c: č; h: ch; r: ř; s: š; z: ž",
    "sk": "a: ä; c: č; h: ch; o: ô; s: š; z: ž", "sl": "c: č ć; d: đ; s: š; z: ž",
    "hr": "c: č ć; d: dž đ; l: lj; n: nj; s: š; z: ž", "sr": "c: č ć; d: dž đ; l: lj; n: nj; s: š; z: ž",
    "hu": "c: cs; d: dz dzs; g: gy; l: ly; n: ny; o: ö=ő; s: sz; t: ty; u: ü=ű; z: zs",
    "tr": "c: ç; g: ğ; h: ı; o: ö; s: ş; u: ü", "ro": "a: ă â; i: î; s: ș=ş; t: ț=ţ",
    "lt": "c: č; i: =y; s: š; z: ž", "lv": "c: č; g: ģ; i: =y; k: ķ; l: ļ; n: ņ; s: š; z: ž", "sq": "c: ç; e: ë",
    "cy": "c: ch; d: dd; f: ff; l: ll; p: ph; r: rh; t: th",
    "ru": "и: й", "uk": "и: й; г: ґ", "be": "и: й", "bg": "и: й",
}  # fmt: skip


@lru_cache(maxsize=8)
def _tailoring(language: str) -> tuple[dict[str, str], re.Pattern[str] | None]:
    """The language's own letters to their weights, and a pattern that finds them, longest first."""
    rules = _TAILORINGS.get(language.partition("-")[0].lower(), "")
    weights: dict[str, str] = {}
    for rule in filter(None, rules.split(";")):
        base, _, letters = rule.strip().partition(": ")
        for number, equals in enumerate(letters.split()):
            after = _weighed(base, _first_scripts(language))
            weight = after if equals.startswith("=") else f"{after}\uffff{chr(0x21 + number)}"
            for letter in equals.strip("=").split("="):
                weights[unicodedata.normalize("NFC", letter)] = weight
    if not weights:
        return {}, None
    return weights, re.compile("|".join(sorted(map(re.escape, weights), key=len, reverse=True)))


@lru_cache(maxsize=65_536)
def key(text: str, language: str = "") -> str:
    """A string that sorts as the text does in that language.

    >>> sorted(["Zebra", "Álvarez", "Aalto", "A Hansen", "Ab"], key=key)
    ['A Hansen', 'Aalto', 'Ab', 'Álvarez', 'Zebra']
    >>> sorted(["Åse", "Zola", "Adam"], key=lambda name: key(name, "da-DK"))
    ['Adam', 'Zola', 'Åse']
    >>> sorted(["Jonas", "Yla", "Ikas"], key=lambda name: key(name, "lt-LT"))
    ['Ikas', 'Yla', 'Jonas']
    >>> sorted(["Adams", "Яшин", "Иванов"], key=lambda name: key(name, "ru-RU"))
    ['Иванов', 'Яшин', 'Adams']
    """
    lowered = unicodedata.normalize("NFC", text).lower()
    weights, own = _tailoring(language)
    scripts = _first_scripts(language)
    if own is None:
        return _weighed(lowered, scripts)
    out: list[str] = []
    position = 0
    for found in own.finditer(lowered):
        out += (_weighed(lowered[position : found.start()], scripts), weights[found[0]])
        position = found.end()
    return "".join([*out, _weighed(lowered[position:], scripts)])


_RUN = late(r"\d+|[^\W\d_]+|\s+|.", re.DOTALL)


def _weighed(text: str, scripts: tuple[str, ...] = ()) -> str:
    out = []
    for run in _RUN.findall(without_marks(text).casefold()):
        if run.isdigit():
            digits = run.lstrip("0")
            out.append(f"{_DIGITS}{chr(0x20 + min(len(digits), 0xFFF))}{digits}")
        elif run.isspace():
            out.append(_SPACE)
        elif run.isascii():
            if run.isalpha():
                out.append(run)
            elif unicodedata.category(run).startswith("S"):
                out.append(_SYMBOL + run)  # "$" and "+" count, punctuation does not
        else:
            out.append(_of_other_script(run, scripts))
    return "".join(out)


# Languages set their own script before others (CLDR's reorder).
_FIRST_SCRIPTS = {
    "CYRILLIC": "be bg kk ky mk mn ru sr tg uk", "GREEK": "el", "HEBREW": "he yi", "ARABIC": "ar fa ps ur", "THAI": "th",
    "ARMENIAN": "hy", "GEORGIAN": "ka", "DEVANAGARI": "hi mr ne", "BENGALI": "bn", "TAMIL": "ta", "TELUGU": "te",
    "KHMER": "km", "HANGUL": "ko", "CJK": "ja zh", "HIRAGANA": "ja", "KATAKANA": "ja", "LAO": "lo", "MYANMAR": "my",
}  # fmt: skip


@lru_cache(maxsize=8)
def _first_scripts(language: str) -> tuple[str, ...]:
    base = language.partition("-")[0].lower()
    return tuple(script for script, languages in _FIRST_SCRIPTS.items() if base in languages.split())


def _of_other_script(run: str, scripts: tuple[str, ...]) -> str:
    out = []
    for char in run:
        if char.isascii():
            out.append(char)
        elif char.isalnum():
            own = scripts and unicodedata.name(char, "").startswith(scripts)
            out.append(_BEFORE_LATIN + _weight(char) if own else _weight(char))
    return "".join(out)


@lru_cache(maxsize=16_384)
def _weight(char: str) -> str:
    from cite2bib.csl import ducet  # Latin letters are weighed without it

    return "".join(chr(_OTHER + weight) for weight in ducet.weights(char))
