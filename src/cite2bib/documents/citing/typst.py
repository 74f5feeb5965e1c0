"""Citations in Typst: `@key`, `@key[p. 3]`, `#cite(<key>, supplement: [p. 3])`, `#cite(label("doi:10.1000/1"))`.

https://typst.app/docs/reference/model/cite/
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cite2bib.documents.citing import Citation, Cite, blanked, evened, locator

if TYPE_CHECKING:
    from collections.abc import Collection

_HIDDEN = (
    re.compile(r"(?<!`)(`{3,}+)(?:(?!\1).)*\1|`[^`\n]*+`", re.DOTALL),
    re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL),
    re.compile(r"(?<![:/\w])//.*"),
    re.compile(r"(?<![\w\":])https?://\S+"),
)
_REFERENCE = re.compile(
    r"(?<![\w@/.\\])@(?P<key>(?:doi:10\.\d{4,9}/[\w./:;()-]*\w|arxiv:[\w./-]*\w|[\w](?:[\w.:-]*\w)?))(?P<supplement>\[[^\[\]]*\])?",
    re.IGNORECASE,
)
_CALL = re.compile(
    r"#?\bcite\(\s*(?:<(?P<label>[^<>\s]+)>|label\(\s*\"(?P<string>[^\"\n]+)\"\s*\))(?P<options>(?:[^()\[\]]|\[[^\[\]]*\])*)\)"
)
_LABEL = re.compile(r"(?<![\w(,])<([\w.:-]+)>")
_SUPPLEMENT = re.compile(r"supplement:\s*\[([^\[\]]*)\]")
_FORM = re.compile(r"form:\s*(?:\"(\w+)\"|(none))")


def find(text: str, others: Collection[str] = ()) -> list[Citation]:
    """The citations of a Typst source, in their order; references to its own labels, or to `others`, are none."""
    shown = blanked(evened(text), _HIDDEN)
    calls = [_called(found) for found in _CALL.finditer(shown)]
    bare = blanked(shown, (_CALL,))
    own = {*others, *_LABEL.findall(bare)}
    marks = [_marked(found) for found in _REFERENCE.finditer(bare) if found["key"] not in own]
    return sorted([*calls, *marks], key=lambda item: item.start)


def labels(text: str) -> frozenset[str]:
    """The labels that a source gives to its own elements."""
    return frozenset(_LABEL.findall(blanked(evened(text), (*_HIDDEN, _CALL))))


def _called(found: re.Match[str]) -> Citation:
    name = "label" if found["label"] else "string"
    supplement = _SUPPLEMENT.search(found["options"])
    form = _FORM.search(found["options"])
    chosen = (form[1] or form[2]) if form else ""
    term, place, rest = locator(supplement[1]) if supplement else ("", "", "")
    cite = Cite(
        found[name], found.start(name), found.end(name), "", rest.strip(), term, place,
        suppress_author=chosen == "year", author_only=chosen == "author",
    )  # fmt: skip
    forms = {"prose": "narrative", "author": "narrative", "full": "full", "none": "silent"}
    return Citation((cite,), found.start(), found.end(), forms.get(chosen, "parenthetical"))


def _marked(found: re.Match[str]) -> Citation:
    term, place, rest = locator(found["supplement"][1:-1]) if found["supplement"] else ("", "", "")
    cite = Cite(found["key"], found.start("key"), found.end("key"), "", rest.strip(), term, place)
    return Citation((cite,), found.start(), found.end())
