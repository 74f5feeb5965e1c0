"""What each piece of evidence is worth, in natural logarithms of odds: 0.7 doubles them, 2.3 makes them tenfold.

A weight is log(P(seen | same work) / P(seen | another work)); the second is taken among what a search for the title
brings up, which is harder than chance. "seeds" are 275 works of four pages against 923,886 records of public lists;
"415" are 415 references of nine papers, each with the five records that Crossref found for its title;
`bench/matching.py` prints what the table does on both and on the traps.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

ACCEPT = 0.97  # a candidate is taken from this probability on
# A second candidate that is another work must be this much (log odds) behind the first.
MARGIN = 3.0

# A catalogue of everything holds namesakes that a list somebody chose does not: Crossref answers 3 of 415 references with
# equal titles of other works, all of two to five words, and famous titles with squatters. There a title is not enough, even
# with a year, unless it is long (`choice._is_unmistakable`).
DOUBT = 2.3
# While a catalogue that may know better is silent: then the namesake is all that is seen.
DOUBT_IN_SILENCE = 2.6

WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        # Titles: the starting odds. Equal titles of different works: 600 of 923,886 records, more among short ones.
        "title-same-2": 4.2,
        "title-same-1": 1.9,  # with a year it is not enough
        "title-same-0": 0.0,
        "title-close": 3.0,  # seeds: one word dropped finds 3 of 243 wrong
        "title-misprint-long": 4.1,  # seeds: of titles 95% alike 0 of 243 are of another work
        "title-misprint": 2.0,  # seeds: three misprints find 8 of 243 wrong
        "title-part-long": 2.2,  # a head or beginning of six words and forty letters
        "title-part-rich": 0.7,  # a head or tail of five words, seven words of a cut title
        "title-head-long": -0.3,  # seeds: the part before the colon alone finds 66 of 108 wrong
        "title-head-few": -0.9,  # two or three words
        "title-head-short": -1.5,  # seeds: 17 of 59 one-word heads are shared, STAR 31 times: only with people
        "title-tail": -0.7,  # seeds: the part after the colon alone finds 15 of 108 wrong
        "title-cut-long": -0.8,  # seeds: the first six words find 63 of 215 wrong
        "title-cut-short": -2.8,
        "title-unknown": -3.0,
        # Authors. 415: 10 of 259 equal titles have other or no authors, and all of these are other works.
        "authors-all": 6.0,  # three and more
        "authors-two": 5.0,
        "authors-two-full": 5.5,  # given names in full on both sides
        "authors-one": 4.0,  # a list of one agrees by chance more often
        "authors-one-full": 4.5,
        "authors-most": 4.0,
        "authors-open": 3.5,
        "authors-open-full": 4.5,
        "authors-first": 3.5,  # nobody else is named
        "authors-first-full": 4.5,
        "authors-some": 1.5,
        "authors-few": -3.0,
        "authors-none": -7.0,
        "authors-missing": -3.0,  # 415: reviews and highlights of a work often have no authors
        "count-equal": 1.8,  # seeds: 101 of 102 right, 17% by chance
        "count-other": -4.4,
        # Dates. seeds: of the nearest wrong candidates 17% have the same year, 37% the next one.
        "month-equal": 4.0,  # seeds: 76 of 77 right, 0.6% by chance
        "month-other": -3.5,
        "year-equal": 1.5,
        "year-next": -0.6,  # a preprint and its publication
        "year-near": -1.8,  # two years apart
        "year-other": -3.0,
        # A preprint's year against that of its publication, by how much later it is.
        "year-published-1": 0.3,
        "year-published-2": -0.5,
        "year-published-3": -1.5,
        "year-posted-late": -9.0,  # a posting years after the work is somebody else's: prefix 10.65215
        # Abstracts, by shared words. seeds: right >= 0.55, others <= 0.21, a predecessor by the same authors 0.46.
        "abstract-same": 6.0,
        "abstract-like": 2.5,
        "abstract-unlike": -3.0,
        "abstract-other": -5.0,
        # Identifiers
        "identifier-same": 9.0,
        "identifier-other": -3.5,  # two arXiv ids, or two DOIs of publications: mostly two works
        # Where it appeared
        "venue-same": 1.2,
        "venue-other": -0.2,  # a preprint and its publication, or an abbreviation we don't know
        "place-same": 5.0,  # volume and first page: one of a hundred thousand such pairs
        "pages-same": 3.0,
        "pages-other": -1.5,
        # A second catalogue that copies from none: namesakes are in both, squatters and slips in one.
        "sources-agree": 0.7,
        "type-notice": -12.0,  # it says itself which work it corrects or retracts
        "type-about": -5.0,  # a peer review, a component, a whole issue
    }
)
