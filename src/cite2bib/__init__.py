"""cite2bib: from any pile of documents to a bibliography that can be trusted."""

__version__ = "0.1.0"
