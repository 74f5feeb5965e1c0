"""What pandoc itself takes for a citation, held against what we do."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import Any

import pytest

from cite2bib.extract.cited import citations

pytestmark = pytest.mark.skipif(not shutil.which("pandoc"), reason="pandoc is not installed")

SAME = r"""
foo.@key bar
see (@key) there
"@key" '@key' *@key* **[@key]** +@a _@a b_ —@a …@a ;@a #@a &@a $@a
x@key me.too@key.org
x -@key and --@key (-@a)
@key's result, @key, and @key: foo @key_ @key-- @key-foo--bar @a..b @a:b:
@doi:10.1145/3290605.3300233. See @arxiv:2303.12712, too.
@https://doi.org/10.1145/3290605 and @{https://doi.org/10.1145/3290605}
@{a b} @{a{b}c} @_x @-x @1999 @ä @a%b#c$d&e+f?g~h
[@a;@b] [@a ; -@b, p. 3] [see *e.g.* @a]
[@a, p. 3; see also] [foo; @a] [;@a] [@a; ]
[@a](http://x) and [link @key](foo) ![image @key](foo.png) [link @key]
[@a]: said he. [text @a]: http://x
foo[^1] text^[note @key] text^[note [@key]]

[^1]: note @key
@key [p. 3] @key [-@b] @key [p. 3; see @b] @key [@b; @c] @key[p. 3] @key [see @b, p. 3; @c]
@key
[p. 4]
@key [x](y) @a [not closed
> quote @key
# Head @key
$x@key$ and `@key` and ``@key ` @b`` and $$ @key $$
\@key \[@key\] \\@a
[a [@b] c] [[@a]] [@a] [@b]
[@key]{.x} [@a]{#id} [@a]^2^ @a^[n] [@a]^[n]
[@a "quoted; text"; @b] [@a, `x;y`] [@a, $x;y$] [see `x` @a] [@a, [p. 3]] [@a; *see* -@b]
[@{doi:10.1002/(SICI)1097-0258(19980815/30)17:15/16}]
[@doi:10.1000/a;b] [see -@a] [-@a; @b] [+@a]
<me@b.org> <https://x.org/@me>
[@a
continued; @b] ~~@a~~ H~@a~O x^@a^ {@a}
<!-- @a --> @a <!-- [@b] --> <span>@a</span> <b>[@a]</b>
[@a p. 3] [@a{p. 3}, foo] @a{p. 3}
- @key item

    a paragraph of it, [@b]

text

    @code
"""
# Where we read otherwise than pandoc, on purpose.
OTHERWISE = [
    ("[see @a, pp. 3-4, and @b]", ["a", "b"], "two keys in one part are two cites of one cluster"),
    ("see @fig:one, [@sec-two]", [], "Quarto's and pandoc-crossref's references"),
    ("@article{foo,\n  title = {x}}", [], "an entry of BibTeX among the prose"),
    ("https://x.org/@me", [], "an address, in Quarto and on GitHub"),
    ("<code>@a</code>", [], "code"),
]


def _walk(node: Any, found: list[tuple[str, str]]) -> None:
    if isinstance(node, dict):
        if node.get("t") == "Cite":
            found += [(cite["citationId"], cite["citationMode"]["t"]) for cite in node["c"][0]]
            return
        node = list(node.values())
    if isinstance(node, list):
        for child in node:
            _walk(child, found)


def _by_pandoc(text: str) -> list[tuple[str, str]]:
    done = subprocess.run(
        ["pandoc", "-f", "markdown", "-t", "json"], input=text, text=True, capture_output=True, check=True
    )
    found: list[tuple[str, str]] = []
    _walk(json.loads(done.stdout)["blocks"], found)
    return found


def _by_us(text: str) -> list[tuple[str, str]]:
    found = []
    for citation in citations(text, "paper.md"):
        for number, cite in enumerate(citation.cites):
            first = "AuthorInText" if citation.form == "narrative" and not number else "NormalCitation"
            found.append((cite.key, "SuppressAuthor" if cite.suppress_author else first))
    return found


def _paragraphs() -> list[str]:
    """The lines of SAME; what hangs together in several stays so."""
    lines = SAME.strip("\n").split("\n")
    starts = [
        place
        for place, line in enumerate(lines)
        if line and not line.startswith((" ", "[p. 4", "[^1]: n", "cont", "text"))
    ]
    return ["\n".join(lines[a:b]) for a, b in zip(starts, [*starts[1:], len(lines)], strict=True)]  # fmt: skip


@pytest.mark.parametrize("text", _paragraphs(), ids=lambda text: text[:30])
def test_the_same_citations_as_pandoc(text: str) -> None:
    # Notes stand where they are referred to in pandoc's tree, and where they are written in ours.
    assert sorted(_by_us(text)) == sorted(_by_pandoc(text))


@pytest.mark.parametrize(("text", "expected", "why"), OTHERWISE, ids=lambda value: str(value)[:30])
def test_other_than_pandoc_on_purpose(text: str, expected: list[str], why: str) -> None:
    assert [key for key, _ in _by_us(text)] == expected, why
