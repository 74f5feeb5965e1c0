r"""LaTeX: a `thebibliography` with a `\bibitem` an entry, for `\cite` without BibTeX."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cite2bib.csl.render.blocks import Words, blocks, two_columns
from cite2bib.patterns import late

if TYPE_CHECKING:
    from cite2bib.csl.flatten import Token
    from cite2bib.csl.passes import Entry, Rendered

_MARKS = {
    ("font-style", "italic"): (r"\textit{", "}"),
    ("font-style", "oblique"): (r"\textsl{", "}"),
    ("font-style", "normal"): (r"\textup{", "}"),
    ("font-variant", "small-caps"): (r"\textsc{", "}"),
    ("font-variant", "normal"): (r"\textnormal{", "}"),
    ("font-weight", "bold"): (r"\textbf{", "}"),
    ("font-weight", "normal"): (r"\textmd{", "}"),
    ("font-weight", "light"): (r"\textmd{", "}"),
    ("text-decoration", "underline"): (r"\underline{", "}"),
    ("vertical-align", "sup"): (r"\textsuperscript{", "}"),
    ("vertical-align", "sub"): (r"\textsubscript{", "}"),
}
_ESCAPES = str.maketrans(
    {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "#": r"\#", "$": r"\$", "%": r"\%", "&": r"\&", "_": r"\_",
     "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "\u00a0": "~", "<": r"\textless{}", ">": r"\textgreater{}",
     "–": "--", "—": "---", "“": "``", "”": "''", "‘": "`", "’": "'"}
)  # fmt: skip
_IN_ADDRESS = str.maketrans({"%": r"\%", "#": r"\#", "\\": "/", "{": r"\{", "}": r"\}", " ": r"\%20"})
_UNSAFE_KEY = late(r"[\\{}#%,~$^&]")
_HEAD = r"\providecommand{\url}[1]{\texttt{#1}}" + "\n" + r"\providecommand{\href}[2]{#2}" + "\n"


def escape(text: str) -> str:
    """Text without anything that TeX would read as a command."""
    return text.translate(_ESCAPES)


def _link(address: str, text: str) -> str:
    if "://" not in address:
        return text
    target = address.translate(_IN_ADDRESS)
    return rf"\url{{{target}}}" if escape(address) == text else rf"\href{{{target}}}{{{text}}}"


_WORDS = Words(escape, _MARKS, _link)


def citation(tokens: list[Token]) -> str:
    """One citation."""
    return _WORDS.join(tokens)


def bibliography(rendered: Rendered) -> str:
    """All entries; a style without labels leaves the numbers to LaTeX."""
    if not rendered.entries:
        return ""
    widest = str(len(rendered.entries))
    entries = "\n\n".join(map(_entry, rendered.entries))
    return f"{_HEAD}\\begin{{thebibliography}}{{{widest}}}\n\n{entries}\n\n\\end{{thebibliography}}\n"


def _entry(entry: Entry) -> str:
    parts = [(block.display, _WORDS.join(block.tokens)) for block in blocks(entry.tokens)]
    label = ""
    if parts and parts[0][0] == "left-margin":
        bare = parts[0][1].strip().removeprefix("[").removesuffix("]").rstrip(". ")
        label = f"[{{{bare}}}]"
        parts = parts[1:]
    text = two_columns(
        [("" if number == 0 else display, text) for number, (display, text) in enumerate(parts)], "\\\\\n"
    )
    return f"\\bibitem{label}{{{_UNSAFE_KEY.sub('', entry.id)}}}\n{text}"
