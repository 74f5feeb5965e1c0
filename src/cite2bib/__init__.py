"""cite2bib: from any pile of documents to a bibliography that can be trusted.

>>> import cite2bib
>>> works, diagnostics = cite2bib.read("seeds/")  # doctest: +SKIP
>>> outcome = cite2bib.resolve(works)  # doctest: +SKIP
>>> cite2bib.write(outcome.works, "refs.bib")  # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cite2bib.pipeline import read, resolve, write
    from cite2bib.pipeline.rendering import cite, render

__all__ = ["__version__", "cite", "read", "render", "resolve", "write"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """Load the pipeline when it is first used: the command line starts without it."""
    if name in {"cite", "render"}:
        from cite2bib.pipeline import rendering

        return getattr(rendering, name)
    if name in __all__:
        from cite2bib import pipeline

        return getattr(pipeline, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
