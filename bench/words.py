"""Makes src/cite2bib/resolve/match/words.txt: `python bench/words.py SCOWL-LARGE SCOWL-MEDIUM [TITLES]`.

The lists are Debian's wamerican-large and wamerican; TITLES holds real titles, a line each, whose frequent words
a general list lacks. Capitalised words of the large list are kept where the medium one has them.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

from cite2bib.letters import without_marks
from cite2bib.resolve.match.word import stems

TARGET = Path(__file__).parent.parent / "src/cite2bib/resolve/match/words.txt"
HEADER = TARGET.read_text(encoding="utf-8").split("\n\n")[0]


def folded(path: str) -> list[str]:
    """The words of a list, without genitives."""
    lines = Path(path).read_text(encoding="utf-8").split()
    return [word for word in lines if "'" not in word]


def is_plain(word: str) -> bool:
    """Whether a word is of a kind that titles are compared by."""
    return word.isascii() and word.isalpha() and 2 <= len(word) <= 16


def main(large: str, medium: str, titles: str = "") -> None:
    """Write the file."""
    common = {without_marks(word).lower() for word in folded(medium)}
    words = {without_marks(word).lower() for word in folded(large) if word[0].islower()} | common
    if titles:
        counted: Counter[str] = Counter()
        for title in Path(titles).read_text(encoding="utf-8").split("\n"):
            counted.update(
                {word.lower() for word in re.findall(r"(?<![\w\\{}])[A-Za-z]?[a-z]{2,13}(?![\w\\{}])", title)}
            )
        words |= {word for word, times in counted.items() if times >= 3}
    kept: set[str] = set()
    for word in sorted((word for word in words if is_plain(word)), key=lambda word: (len(word), word)):
        if not any(stem in kept for stem in stems(word)):
            kept.add(word)
    TARGET.write_text("\n".join([HEADER, "", *sorted(kept)]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
