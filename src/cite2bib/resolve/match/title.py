"""What two titles have to do with one another: the same, a misprint apart, one without its subtitle, or another work.

One exchanged word makes another work ("frozen" against "fine-tuned", "Part I" against "Part II"): in lists of real
titles such pairs are ten times as frequent as two works of one title. So every differing stretch is judged by itself.
"""

from __future__ import annotations

from collections import Counter
from enum import Enum
from functools import lru_cache
from itertools import accumulate

from cite2bib import titles
from cite2bib.light import NamedTuple
from cite2bib.patterns import late
from cite2bib.resolve.match import notice
from cite2bib.resolve.match.word import (
    MOST_SLIPS,
    NEGATIONS,
    Slip,
    as_printed,
    distance,
    is_misjoined,
    is_word,
    slip,
    spelling,
)


class Relation(Enum):
    """How a query's title stands to a candidate's."""

    SAME = "title equal"
    CLOSE = "title equal but for small words or spelling"
    MISPRINT = "title equal but for misprints"
    HEAD = "title equal but for a subtitle that one of them lacks"
    TAIL = "title equal to the subtitle of the other"
    CUT = "title cut off"
    NEAR = "another title, though a similar one"
    NOTICE = "a notice about a work, or a work about it"
    OTHER = "another title"
    UNKNOWN = "no title to compare"


class Titles(NamedTuple):
    """The relation of two titles and the words that speak for it."""

    relation: Relation
    difference: str = ""  # "frozen" against "fine tuned"
    length: int = 0  # words of the part that is equal
    is_sure: bool = True  # whether no misprint makes another word

    def __str__(self) -> str:
        return f"{self.relation.value}: {self.difference}" if self.difference else self.relation.value


class _Kind(Enum):
    """What one differing stretch means."""

    NOTHING = 0
    SMALL = 1
    MISPRINT = 2
    DOUBTFUL = 3  # a misprint where there are others, and else another word
    MEANING = 4


_MISPRINTS = 3  # are still one's haste; more is another title
_SMALL = 3
_OF_SLIP = {Slip.SURE: _Kind.MISPRINT, Slip.MAYBE: _Kind.DOUBTFUL, Slip.NO: _Kind.MEANING}


class _Stretch(NamedTuple):
    """A stretch in which two titles differ, and where it stands in each."""

    left: tuple[str, ...]
    right: tuple[str, ...]
    left_span: tuple[int, int]
    right_span: tuple[int, int]

    def __str__(self) -> str:
        sides = [f'"{" ".join(side)}"' if side else "nothing" for side in (self.left, self.right)]
        return " against ".join(sides)


def compare(query: str, candidate: str) -> Titles:
    """The relation of a query's title to a candidate's.

    >>> compare("Deep Nets for Speach", "Deep nets for speech").relation.name
    'MISPRINT'
    >>> str(compare("Robust Frozen Encoders", "Robust Fine-Tuned Encoders"))
    'another title, though a similar one: "frozen" against "fine tuned"'
    """
    left, right = titles.words(query), titles.words(candidate)
    if not left or not right:
        return Titles(Relation.UNKNOWN)
    if _are_unlike(query, candidate):
        return _OTHER
    if titles.key(query) == titles.key(candidate):
        return Titles(Relation.SAME, length=len(right))
    said, found = notice.kind(query), notice.kind(candidate)
    if bool(said) != bool(found) and not _announces(said or found, candidate if said else query):
        is_about = 2 * len(set(left) & set(right)) >= min(len(left), len(right))
        return Titles(Relation.NOTICE, said or found) if is_about else Titles(Relation.OTHER)
    if _quotes(query, candidate) or _quotes(candidate, query):
        return Titles(Relation.NOTICE, "one quotes the other")
    if titles.is_cut(query) and titles.key(candidate).startswith(titles.key(query)):
        return Titles(Relation.CUT, length=len(left))
    return _judged(query, candidate, _stretches(left, right))


def _announces(notice_words: str, title: str) -> bool:
    """Whether a title begins with the words of a notice, misprinted: "Cmoment on" is "Comment on"."""
    said, beginning = titles.key(notice_words), titles.key(title)
    ends = range(len(said) - 1, len(said) + 2)
    return len(said) >= 6 and any(distance(said, beginning[:end]) <= MOST_SLIPS for end in ends)


def _quotes(title: str, other: str) -> bool:
    """Whether a title is of a work about the other one: `On "Fear and Trembling"`."""
    said = notice.quoted(title)
    return bool(said) and titles.key(said) == titles.key(other)


_OTHER = Titles(Relation.OTHER)


def _are_unlike(query: str, candidate: str) -> bool:
    """A quick no for the many candidates that share hardly a word; misprints leave most words as they are."""
    left, right = _bag(query), _bag(candidate)
    is_far = len(left & right) * 4 < min(len(titles.words(query)), len(titles.words(candidate)))
    one, other = titles.key(query), titles.key(candidate)
    return (
        is_far and one[:6] != other[:6] and (abs(len(one) - len(other)) > _MISPRINTS or _are_far(one, other))
    )


def _are_far(one: str, other: str) -> bool:
    """Whether more letters differ than slips would change; titles of few words may have one in each."""
    from rapidfuzz.distance import OSA

    return OSA.distance(one, other, score_cutoff=_MISPRINTS) > _MISPRINTS


@lru_cache(maxsize=16_384)
def _bag(title: str) -> frozenset[str]:
    return frozenset(titles.words(title))


def _stretches(left: tuple[str, ...], right: tuple[str, ...]) -> list[_Stretch]:
    from rapidfuzz.distance import Levenshtein  # 16 ms, and titles mostly are equal or nothing alike

    found: list[_Stretch] = []
    for code in Levenshtein.opcodes(left, right):
        a, b, c, d = code.src_start, code.src_end, code.dest_start, code.dest_end
        if code.tag == "equal":
            continue
        if found and found[-1].left_span[1] == a and found[-1].right_span[1] == c:
            a, c = found[-1].left_span[0], found.pop().right_span[0]
        found.append(_Stretch(left[a:b], right[c:d], (a, b), (c, d)))
    return found


def _judged(query: str, candidate: str, stretches: list[_Stretch]) -> Titles:
    open_end = _missing_part(query, candidate, stretches)
    rest = [item for item in stretches if not (open_end and item is open_end[1])]
    equal = len(titles.words(candidate)) - sum(len(item.right) for item in stretches)
    is_far = equal * 2 < len(titles.words(candidate))
    kinds: list[list[_Kind]] = []
    for item in rest:
        is_name = _is_in_name(candidate, item) or _opens(item, equal)
        kinds.append([_Kind.MEANING] if is_name else _kinds(item, query, candidate))
        if is_far and _Kind.MEANING in kinds[-1]:
            return Titles(Relation.OTHER, str(item), equal)  # as nearly all that a search brings up
    count = Counter(kind for item in kinds for kind in item)
    misprints, doubtful = count[_Kind.MISPRINT], count[_Kind.DOUBTFUL]
    # Who misprints one word misprints another into a word that exists, too: "Neural netwroks fir vision".
    is_sloppy = doubtful <= misprints <= _MISPRINTS - doubtful
    bad = {_Kind.MEANING} if is_sloppy else {_Kind.MEANING, _Kind.DOUBTFUL}
    meant = [str(item) for item, found in zip(rest, kinds, strict=True) if bad & set(found)]
    if meant or misprints > min(_MISPRINTS, equal + 1) or count[_Kind.SMALL] > _SMALL:
        relation = Relation.OTHER if is_far else Relation.NEAR
        return Titles(relation, "; ".join(meant or map(str, rest)), equal)
    told = "; ".join(str(item) for item in stretches)
    alike = equal + misprints + doubtful + count[_Kind.SMALL]
    if open_end:
        return Titles(open_end[0], told, alike, not doubtful)
    if misprints:
        return Titles(Relation.MISPRINT, told, alike, not doubtful)
    return Titles(Relation.CLOSE if count[_Kind.SMALL] else Relation.SAME, told, alike)


# "On Alternative Modernities" is the essay that opens the book "Alternative Modernities".
_OPENINGS = frozenset({"on", "toward", "towards", "of"})


def _opens(stretch: _Stretch, equal: int) -> bool:
    """Whether a short title begins with a word that makes another title of it."""
    words = stretch.left or stretch.right
    is_start = stretch.left_span[0] == 0 == stretch.right_span[0] and not (stretch.left and stretch.right)
    return is_start and equal <= 3 and words[0] in _OPENINGS


def _is_in_name(candidate: str, stretch: _Stretch) -> bool:
    """Whether a stretch is in the name of a system, as in "BEE: Metric-Adapted Explanations"; names have no misprints."""
    head = titles.words(titles.head(candidate))
    if len(head) > 2 or stretch.right_span[1] > len(head) or titles.head(candidate) == candidate:
        return False
    one, other = "".join(stretch.left), "".join(stretch.right)
    is_swapped = len(one) >= _LONG_NAME and sorted(one) == sorted(other)
    return one != other and not is_swapped and not all(map(is_word, stretch.right))


_LONG_NAME = 8  # letters: neighbours that changed places in it make no other name


# A title that breaks off without saying so says enough from this many words on.
_CUT_LENGTH = 6


def _missing_part(query: str, candidate: str, stretches: list[_Stretch]) -> tuple[Relation, _Stretch] | None:
    """The stretch that one of the titles has beyond the other's end or before its beginning."""
    if not stretches:
        return None
    first, last = stretches[0], stretches[-1]
    sizes = len(titles.words(query)), len(titles.words(candidate))
    if (last.left_span[1], last.right_span[1]) == sizes and (ending := _ending(query, candidate, last)):
        return ending, last
    is_start = first.left_span[0] == 0 == first.right_span[0] and not (first.left and first.right)
    longer, end = (query, first.left_span[1]) if first.left else (candidate, first.right_span[1])
    words = first.left or first.right
    if (
        is_start
        and end in _boundaries(longer)
        and not _SEQUELS & set(words)
        and not _may_announce(words)
        and not all(map(str.isdigit, words))
    ):
        return Relation.TAIL, first
    return None


_ANNOUNCEMENTS = frozenset(
    "correction corrections corrigendum erratum errata addendum retraction retracted withdrawn comment comments commentary "
    "reply response rejoinder discussion review reviews editorial publisher author supplement supplementary".split()
)


def _may_announce(words: tuple[str, ...]) -> bool:
    """Whether what stands before a title is what a notice begins with, misprinted: "Correciton to"."""
    return len(words) <= 4 and any(
        len(word) >= 5 and distance(word, announced) <= MOST_SLIPS
        for word in words
        for announced in _ANNOUNCEMENTS
        if abs(len(word) - len(announced)) <= MOST_SLIPS
    )


def _ending(query: str, candidate: str, last: _Stretch) -> Relation | None:
    """What it means that one title ends before the other does."""
    if last.left and last.right:
        is_broken = len(last.left) == 1 and _is_broken_off(query, last)
        return Relation.CUT if is_broken else None
    longer, start = (query, last.left_span[0]) if last.left else (candidate, last.right_span[0])
    is_part = start in _boundaries(longer)
    # No title ends in "with": there it is cut, whatever comes.
    is_open = not last.left and start >= _FEWEST and titles.words(query)[-1] in _OPEN_WORDS
    if not is_open and _is_sequel(last.left or last.right, is_part=is_part):
        return None
    if is_part:
        # "Does It Work? Networks" is no subtitle, "(LLMs)" may be one.
        is_bracket = longer.rstrip(" .").endswith((")", "]"))
        return Relation.HEAD if len(last.left or last.right) > 1 or is_bracket else None
    # A catalogue does not cut titles, and one word more is more often another work than a cut.
    is_marked = is_open or titles.is_cut(candidate if last.left else query)
    is_long = len(last.right) > 1 and last.left_span[0] >= _CUT_LENGTH
    return Relation.CUT if is_marked or is_long else None


_OPEN_WORDS = frozenset(
    "a an the of for with and or from using via between towards into through its their der die das et des".split()
)
_FEWEST = 4  # words that say something of a title that is cut
_CUT_LETTERS = 30


def _is_broken_off(query: str, stretch: _Stretch) -> bool:
    """Whether the query's last word is the beginning of the candidate's next."""
    broken, whole = stretch.left[0], stretch.right[0] if stretch.right else ""
    is_start = whole.startswith(broken) and not _digits((broken,))
    place = stretch.left_span[0]
    is_far_in = place >= _CUT_LENGTH - 1 or (place >= _FEWEST - 1 and len(titles.key(query)) >= _CUT_LETTERS)
    return is_start and (
        titles.is_cut(query) or (is_far_in and (len(stretch.right) > 1 or not is_word(broken)))
    )


def _boundaries(title: str) -> set[int]:
    """After how many words a part of the title ends."""
    return set(accumulate(len(titles.words(part)) for part in titles.parts(title)))


# What makes another work when a title ends in it: a part, a version, a sequel.
_SEQUEL_LIST = (
    "part volume vol chapter paper pt teil partie ii iii iv vi vii viii ix revisited reloaded reconsidered revised "
    "again redux continued sequel supplement supplementary appendix addendum correction corrigendum erratum reply "
    "comment rejoinder retraction discussion extension extended update updated addenda response"
)
_SEQUELS = frozenset(_SEQUEL_LIST.split())
_SEQUEL_STARTS = frozenset({"revisiting", "beyond", "rethinking"})


def _is_sequel(words: tuple[str, ...], *, is_part: bool) -> bool:
    """Whether what one title has more says by itself that it is another work.

    A part of its own, after a colon, may hold numbers; without one, "Networks 2" and "Networks revisited" are sequels.
    """
    if not words:
        return False
    if (
        words[0] in _SEQUELS
        or _LATER.search(" ".join(words))
        or words[0].isdigit()
        or (len(words) <= 3 and _SEQUELS & set(words) and words[0] != "with")
    ):
        return True
    return not is_part and (words[0] in _SEQUEL_STARTS or (len(words) <= 3 and bool(_digits(words))))


# "Theory of Mind in Chimpanzees: Thirty Years Later", "...: New Results"
_LATER = late(
    r"^(?:\w+ ){0,2}years? (?:later|on|after)$|^(?:a )?(?:preliminary|new|further|latest|more|additional|final|interim|follow up|"
    r"long term|first|early) (?:results?|findings|report|remarks|notes|evidence|follow up|update)$|^(?:the )?(?:next|new) steps?$"
)
_DIGITS = late(r"\d+")
_ROMAN_WORDS = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9"}


def _digits(words: tuple[str, ...]) -> list[str]:
    return _DIGITS.findall(" ".join(_ROMAN_WORDS.get(word, word) for word in words))


def _have_same_numbers(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Whether the numbers are the same; a numeral that stands against a small word is none: "vi" for "via"."""
    words = (*left, *right)
    if _ROMAN_WORDS.keys().isdisjoint(words) and not _DIGITS.search(" ".join(words)):
        return True  # as mostly
    if len(left) == len(right):
        pairs = [pair for pair in zip(left, right, strict=True) if not any(map(_is_small, pair))]
        left, right = tuple(pair[0] for pair in pairs), tuple(pair[1] for pair in pairs)
    return _digits(left) == _digits(right)


def _is_small(word: str) -> bool:
    return len(word) > 2 and word in titles.FUNCTION_WORDS


def _kinds(stretch: _Stretch, query: str, candidate: str) -> list[_Kind]:
    """What each differing word means."""
    left, right = stretch.left, stretch.right
    if not (left and right):
        return _kinds_of_more(stretch, query, candidate)
    if "".join(left) == "".join(right):
        return [_Kind.NOTHING]
    left, right = tuple(map(as_printed, left)), tuple(map(as_printed, right))
    left, right = _numbered(left, right), _numbered(right, left)
    if "".join(left) == "".join(right):
        return [_Kind.MISPRINT]
    if not _have_same_numbers(left, right) or _signs(left) != _signs(right):
        return [_Kind.MEANING]
    names = _names(query), _names(candidate)
    kinds = _words_kinds(left, right, names)
    if _Kind.MEANING not in kinds:
        return kinds
    if NEGATIONS & (set(left) ^ set(right)):
        return [_Kind.MEANING]
    if _is_slip_in_compound(stretch, query, candidate):
        return [_Kind.MISPRINT]
    bare = _without_small(left), _without_small(right)
    if "".join(bare[0]) == "".join(bare[1]) or _is_acronym(*bare) or _is_acronym(*reversed(bare)):
        return [_Kind.SMALL]
    return kinds if bare == (left, right) else _words_kinds(*bare, names)


def _kinds_of_more(stretch: _Stretch, query: str, candidate: str) -> list[_Kind]:
    """What words mean that only one of the titles has."""
    words = stretch.left or stretch.right
    if len(words) == 1 and not stretch.right and words[0] in _strays(query):
        return [_Kind.MISPRINT]
    if NEGATIONS.isdisjoint(words) and not _without_small(words):
        return [_Kind.SMALL]
    is_fragment = len(words) == 1 and _is_slip_in_compound(stretch, query, candidate)
    return [_Kind.MISPRINT if is_fragment else _Kind.MEANING]


@lru_cache(maxsize=4_096)
def _names(title: str) -> frozenset[str]:
    """The words of a title whose capitals or digits make names of them: "BERT", "SwinIR", "p53"."""
    if title.isupper():
        return _bag(title)
    told = _TOLD.findall(title)
    return frozenset(word.lower() for word in told if _CAPITALS.search(word))


_TOLD = late(r"[^\W_]+")
_CAPITALS = late(r"[^\W\d_].*[A-Z]|\d")


def _strays(title: str) -> list[str]:
    """Letters that stand alone right behind a comma or the like, where no word begins: "on Seas,b and Lakes"."""
    return _STRAY.findall(title.lower())


_STRAY = late(r"\w[,:;)\]]([a-z])(?=\s)")


def _numbered(words: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    """Words with a numeral as a number that stands so in the other title, behind a misprint: "prat ii"."""
    if len(words) != len(other) or not any(map(str.isdigit, other)):
        return words
    number = titles.as_number
    pairs = list(zip(words, other, strict=True))
    return tuple(
        mine if place == 0 or number(mine) != theirs or pairs[place - 1][1] not in titles.NUMBERED else theirs
        for place, (mine, theirs) in enumerate(pairs)
    )


def _is_slip_in_compound(stretch: _Stretch, query: str, candidate: str) -> bool:
    """Whether the words that a hyphen or apostrophe joins to these are one word, misprinted: "R-synthesis".

    Only of fragments: whole words have a meaning of their own, and so has a letter that stands for another.
    """
    sizes = [max(map(len, side), default=0) for side in (stretch.left, stretch.right)]
    if min(sizes) > _FRAGMENT or sizes == [1, 1]:
        return False
    sides = []
    for title, span in ((query, stretch.left_span), (candidate, stretch.right_span)):
        words, glued = titles.words(title), _glued(title)
        start, end = span
        while start > 0 and start in glued:
            start -= 1
        while end < len(words) and end in glued:
            end += 1
        sides.append((words[start:end], span[0] - start, end - span[1]))
    (left, *around), (right, *also) = sides
    if around != also or not any(around) or not _have_same_numbers(left, right):
        return False
    return slip("".join(left), "".join(right)) is Slip.SURE


_FRAGMENT = 3  # letters


@lru_cache(maxsize=4_096)
def _glued(title: str) -> frozenset[int]:
    """The places of words that a hyphen or apostrophe joins to the one before them."""
    words, found, place = titles.words(title), set[int](), 0
    for chunk in title.split():
        parts = titles.words(chunk) if _JOINT.search(chunk) else ()
        count = len(parts) or len(titles.words(chunk))
        found |= set(range(place + 1, place + len(parts)))
        place += count
    return frozenset(found) if place == len(words) else frozenset()


_JOINT = late(r"\w[-‐‑'’]\w")


def _signs(words: tuple[str, ...]) -> list[str]:
    return [word[-1] for word in words if word[-1] in "+#"]


# Words that a typist leaves out or exchanges. "Training with Language Models" is not "Training Language Models", but by,
# via, using, through and with say the same where something of the kind is said.
_LIGHT_LIST = "a an the of for in on and or to at as is are be its their der die das und le la les de des du et el los las y"
_LIGHT = frozenset(_LIGHT_LIST.split())
_MEANS = frozenset({"by", "via", "using", "through", "with"})


def _without_small(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple("by" if word in _MEANS else word for word in words if word not in _LIGHT)


def _is_acronym(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether one stands for the other: "llms" for "large language models"; never one word for another."""
    if len(short) != 1 or len(long) < 2:
        return False
    letters = "".join(word[0] for word in long)
    return short[0] in {letters, f"{letters}s"}


def _words_kinds(
    left: tuple[str, ...], right: tuple[str, ...], names: tuple[frozenset[str], ...]
) -> list[_Kind]:
    kinds = (
        [_word_kind(*pair, names) for pair in zip(left, right, strict=True)]
        if len(left) == len(right)
        else [_Kind.MEANING]
    )
    if _Kind.MEANING not in kinds or max(len(left), len(right)) < 2 or not (left and right):
        return kinds
    return _misjoined_kinds(left, right) or kinds


def _misjoined_kinds(left: tuple[str, ...], right: tuple[str, ...]) -> list[_Kind]:
    """What it means where a space is set wrongly in a misprint: "deeplearnign", "error sin"; nothing where none is."""
    joined = "".join(left), "".join(right)
    shorter = min(map(len, joined))
    if shorter < 6:
        return []
    if abs(len(left) - len(right)) == 1 and is_misjoined(*joined):
        return [_Kind.MISPRINT]
    apart = distance(*joined)
    if apart > (1 if shorter < 10 else MOST_SLIPS) or all(map(is_word, (*left, *right))):
        return []
    if len(left) == len(right) and apart >= sum(map(distance, left, right)):
        return []  # each word by itself says as much
    return [_Kind.MISPRINT] * apart


def _word_kind(left: str, right: str, names: tuple[frozenset[str], ...]) -> _Kind:
    if left == right:
        return _Kind.NOTHING
    if spelling(left) == spelling(right):
        return _Kind.SMALL
    return _OF_SLIP[slip(left, right, may_be_name=any(left in said or right in said for said in names))]
