"""What an entry may hold and what it must, in BibTeX and BibLaTeX: what is written is held against it.

https://tug.org/texinfohtml/btxdoc and the data model of biblatex (blx-dm.def).
"""

from __future__ import annotations

BIBTEX_TYPES = frozenset(
    """
article book booklet conference inbook incollection inproceedings manual mastersthesis misc phdthesis
proceedings techreport unpublished
""".split()
)
# Fields that BibLaTeX alone knows: they are not written into BibTeX in place of what they were read as.
ONLY_BIBLATEX = frozenset(
    """
subtitle booksubtitle journalsubtitle journaltitle location date eprinttype eprintclass annotation
titleaddon booktitleaddon maintitle issue
""".split()
)

_EVERYWHERE = (
    "abstract annotation doi eprint eprintclass eprinttype entrysubtype file ids keywords label langid langidopts library "
    "options origdate origlocation origpublisher origtitle pagination related shorthand shortjournal shortseries shorttitle "
    "sortkey sortname sorttitle sortyear url urldate xdata year date month crossref"
)
_ALL = "addendum author language note pubstate subtitle title titleaddon"
_BOOKISH = (
    f"{_ALL} afterword annotator chapter commentator edition editor editora editorb editorc editortype editoratype eid foreword "
    "introduction isbn location mainsubtitle maintitle maintitleaddon number origlanguage pages part publisher series translator volume volumes"
)
_EVENT = "eventdate eventtitle eventtitleaddon organization venue"
# What biblatex's data model lets stand in an entry, for what we write ourselves.
LEGAL = {
    kind: frozenset(f"{_EVERYWHERE} {fields}".split())
    for kinds, fields in {
        "article": f"{_ALL} annotator commentator editor eid issn issue issuetitle journalsubtitle journaltitle number origlanguage pages "
        "series translator version volume",
        "book": f"{_BOOKISH} pagetotal",
        "collection reference": f"{_BOOKISH} pagetotal".replace(" author", ""),
        "inbook incollection inreference": f"{_BOOKISH} booktitle booksubtitle booktitleaddon bookauthor",
        "booklet": f"{_ALL} chapter editor howpublished location pages pagetotal type",
        "dataset": f"{_ALL} edition editor location number organization publisher series type version",
        "manual": f"{_ALL} chapter edition editor isbn location number organization pages pagetotal publisher series type version",
        "misc software": f"{_ALL} editor howpublished location organization type version",
        "online": f"{_ALL} editor organization version",
        "patent": f"{_ALL} holder location number type version",
        "periodical": f"{_ALL} editor issn issue issuetitle number series volume".replace(" author", ""),
        "proceedings": f"{_BOOKISH} {_EVENT} pagetotal".replace(" author", ""),
        "inproceedings": f"{_BOOKISH} {_EVENT} booktitle booksubtitle".replace(" translator", "").replace(" edition", ""),
        "report": f"{_ALL} chapter institution isrn location number pages pagetotal type version",
        "thesis": f"{_ALL} chapter institution location pages pagetotal type",
        "unpublished": f"{_ALL} {_EVENT} howpublished location type".replace(" organization", ""),
    }.items()
    for kind in kinds.split()
}  # fmt: skip

# What styles warn about when it is missing: such a work becomes @misc.
REQUIRED_BIBTEX = {
    "article": ("author", "journal"), "book": ("author|editor", "publisher"), "incollection": ("author", "booktitle", "publisher"),
    "inproceedings": ("author", "booktitle"), "phdthesis": ("author", "school"), "mastersthesis": ("author", "school"),
    "techreport": ("author", "institution"), "unpublished": ("author", "note"), "booklet": (), "manual": (), "misc": (),
    "proceedings": (), "inbook": ("author|editor", "publisher", "chapter|pages"),
}  # fmt: skip
