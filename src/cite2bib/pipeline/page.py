"""Markdown to an HTML page by markdown-it, with the extensions that manuscripts use: footnotes, math, definitions, divs."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore

_STYLE = """\
body { max-width: 42em; margin: 2em auto; padding: 0 1em; line-height: 1.5; font-family: serif; }
#refs p { padding-left: 2em; text-indent: -2em; }
"""


def page(text: str, front: Mapping[str, Any], lang: str = "") -> str:
    """A whole page; title, authors and date are those of the front matter."""
    title = _plain(front.get("title"))
    head = [f"<h1>{html.escape(title, quote=False)}</h1>"] if title else []
    people = ", ".join(filter(None, map(_plain, _listed(front.get("author")))))
    head += [f'<p class="author">{html.escape(people, quote=False)}</p>'] if people else []
    head += (
        [f'<p class="date">{html.escape(_plain(front["date"]), quote=False)}</p>']
        if front.get("date")
        else []
    )
    language = html.escape(lang or _plain(front.get("lang")) or "en")
    body = "\n".join([*head, _parser().render(_with_divs(text))])
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{html.escape(title, quote=False)}</title>\n<style>\n{_STYLE}</style>\n</head>\n<body>\n{body}</body>\n</html>\n"
    )


def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin
    from mdit_py_plugins.deflist import deflist_plugin
    from mdit_py_plugins.dollarmath import dollarmath_plugin
    from mdit_py_plugins.footnote import footnote_plugin
    from mdit_py_plugins.front_matter import front_matter_plugin

    parser = MarkdownIt("commonmark", {"html": True, "typographer": True})
    parser.enable(["table", "strikethrough", "smartquotes"])
    parser.core.ruler.before("smartquotes", "dashes", _dashes)
    for plugin in (front_matter_plugin, footnote_plugin, deflist_plugin, attrs_plugin, attrs_block_plugin):
        parser.use(plugin)
    parser.use(dollarmath_plugin, allow_space=False, double_inline=True, renderer=_math)
    parser.add_render_rule("front_matter", _nothing)
    return parser


def _dashes(state: StateCore) -> None:
    """Dashes and dots as pandoc sets them; markdown-it's own rule would make a copyright sign of an item (c)."""
    for token in state.tokens:
        is_address = False
        for child in token.children or ():
            is_address = (
                child.info == "auto"
                if child.type == "link_open"
                else is_address and child.type != "link_close"
            )
            if child.type == "text" and not is_address:
                child.content = child.content.replace("---", "—").replace("--", "–").replace("...", "…")


def _math(source: str, options: Mapping[str, Any]) -> str:
    """Math as scripts for math (MathJax, KaTeX) look for it."""
    escaped = html.escape(source, quote=False)
    return f"\\[{escaped}\\]" if options["display_mode"] else f"\\({escaped}\\)"


def _nothing(_parser: Any, _tokens: Sequence[Any], _place: int, _options: Any, _env: Any) -> str:
    return ""


_FENCE = re.compile(r"^:{3,}[ \t]*(?:\{(?P<braced>[^{}\n]*)\}|(?P<word>[\w-]+))?[ \t]*:*[ \t]*$")
_CODE = re.compile(r"^[ \t]*(`{3,}|~{3,})")


def _with_divs(text: str) -> str:
    """Pandoc's `::: {#refs}` as HTML, which CommonMark lets through."""
    out, fence, depth = [], "", 0
    for line in text.split("\n"):
        code = _CODE.match(line)
        if code:
            fence = "" if fence and code[1].startswith(fence) else fence or code[1]
        found = None if fence or code else _FENCE.match(line)
        if not found:
            out.append(line)
        elif found["braced"] is not None or found["word"]:
            depth += 1
            out.append(f"\n<div{_attributes(found['braced'] or '.' + found['word'])}>\n")
        elif depth:
            depth -= 1
            out.append("\n</div>\n")
        else:
            out.append(line)
    return "\n".join([*out, *["\n</div>\n"] * depth])


def _attributes(text: str) -> str:
    """`#refs .class key=value` as HTML has it."""
    classes = [part[1:] for part in text.split() if part.startswith(".")]
    ids = [part[1:] for part in text.split() if part.startswith("#")][:1]
    said = [("id", name) for name in ids] + ([("class", " ".join(classes))] if classes else [])
    return "".join(f' {name}="{html.escape(value)}"' for name, value in said)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _plain(value: Any) -> str:
    """A field's text; of an author with parts, the name."""
    if isinstance(value, dict):
        value = value.get("name") or value.get("literal") or ""
    return str(value) if isinstance(value, str) else ""
