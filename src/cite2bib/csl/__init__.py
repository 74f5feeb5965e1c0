"""The CSL 1.0.2 engine: styles, locales and works in, citations and bibliographies out.

`cite(style.parse(xml), works)` gives a `Rendered`; `render.render(rendered, "html")` makes text of it.
https://docs.citationstyles.org/en/stable/specification.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cite2bib.csl.ast import Style
from cite2bib.csl.items import Cite, Cluster
from cite2bib.csl.passes import Entry, Rendered, cite

if TYPE_CHECKING:
    from cite2bib.csl.selection import Selection

__all__ = ["Cite", "Cluster", "Entry", "Rendered", "Selection", "Style", "cite"]


def __getattr__(name: str) -> Any:
    """Load what selects works when somebody selects any."""
    if name == "Selection":
        from cite2bib.csl.selection import Selection

        return Selection
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
