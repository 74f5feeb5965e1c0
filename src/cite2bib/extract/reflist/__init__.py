"""Reference strings: a reference section split into them, and each parsed into a work."""

from cite2bib.extract.reflist.parse import parse

__all__ = ["parse"]
