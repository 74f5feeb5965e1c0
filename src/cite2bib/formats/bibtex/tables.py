"""One table for both ways: entry types and CSL types, fields and CSL variables, in BibTeX and BibLaTeX.

https://tug.org/texinfohtml/btxdoc, biblatex's manual (sections 2.1 and 2.2) and its blx-dm.def, and the mapping that Zotero,
pandoc and citation-js agree on where they do.
"""

from __future__ import annotations

from cite2bib.light import NamedTuple

# entry type -> CSL type. Unknown entry types are `document`.
CSL_TYPES = {
    "article": "article-journal", "suppperiodical": "article-journal", "book": "book", "mvbook": "book",
    "collection": "book", "mvcollection": "book", "proceedings": "book", "mvproceedings": "book", "reference": "book",
    "mvreference": "book", "manual": "book", "booklet": "pamphlet", "inbook": "chapter", "bookinbook": "chapter",
    "suppbook": "chapter", "incollection": "chapter", "suppcollection": "chapter", "inreference": "entry-encyclopedia",
    "inproceedings": "paper-conference", "conference": "paper-conference", "mastersthesis": "thesis",
    "phdthesis": "thesis", "thesis": "thesis", "bachelorsthesis": "thesis", "techreport": "report", "report": "report",
    "unpublished": "manuscript", "misc": "document", "online": "webpage", "electronic": "webpage", "www": "webpage",
    "webpage": "webpage", "website": "webpage", "dataset": "dataset", "data": "dataset", "software": "software",
    "patent": "patent", "periodical": "periodical", "artwork": "graphic", "image": "graphic", "audio": "song",
    "music": "song", "movie": "motion_picture", "video": "motion_picture", "performance": "performance",
    "letter": "personal_communication", "jurisdiction": "legal_case", "legislation": "legislation", "legal": "treaty",
    "standard": "standard", "review": "review", "commentary": "book", "preprint": "article",
    "newspaper": "article-newspaper", "magazine": "article-magazine", "speech": "speech", "presentation": "speech",
    "map": "map",
}  # fmt: skip

# CSL type -> entry type in BibTeX and BibLaTeX; all others are @misc with their type as `entrysubtype`.
ENTRY_TYPES = {
    "article-journal": ("article", "article"), "article-magazine": ("article", "article"),
    "article-newspaper": ("article", "article"), "book": ("book", "book"), "pamphlet": ("booklet", "booklet"),
    "chapter": ("incollection", "incollection"), "entry-encyclopedia": ("incollection", "inreference"),
    "entry-dictionary": ("incollection", "inreference"), "entry": ("incollection", "inreference"),
    "paper-conference": ("inproceedings", "inproceedings"), "thesis": ("phdthesis", "thesis"),
    "report": ("techreport", "report"), "manuscript": ("unpublished", "unpublished"), "document": ("misc", "misc"),
    "": ("misc", "misc"), "article": ("misc", "online"), "webpage": ("misc", "online"), "post": ("misc", "online"),
    "post-weblog": ("misc", "online"), "dataset": ("misc", "dataset"), "software": ("misc", "software"),
    "patent": ("misc", "patent"), "periodical": ("misc", "periodical"), "collection": ("book", "collection"),
    "review": ("article", "article"), "review-book": ("article", "article"), "standard": ("misc", "misc"),
}  # fmt: skip
# Other names of biblatex for the same, section 2.1.2 and 2.2.5 of its manual.
TYPE_ALIASES = {
    "conference": "inproceedings", "electronic": "online", "www": "online", "techreport": "report",
    "mastersthesis": "thesis", "phdthesis": "thesis",
}  # fmt: skip
FIELD_ALIASES = {
    "address": "location", "annote": "annotation", "archiveprefix": "eprinttype", "journal": "journaltitle",
    "key": "sortkey", "pdf": "file", "primaryclass": "eprintclass", "school": "institution",
}  # fmt: skip
# Entries that are no works.
NO_WORKS = frozenset({"xdata", "set", "ieeetranbstctl", "control", "bibnote"})


class Home(NamedTuple):
    """Where a variable stands in an entry, "" for nowhere."""

    variable: str
    bibtex: str
    biblatex: str
    form: str  # how its text is read and written, see `forms`


# In the order in which fields are written. Rows with types go before the row without.
HOMES: tuple[Home, ...] = tuple(
    Home._make(row.split("|"))
    for row in """
author|author|author|names
editor|editor|editor|names
translator|translator|translator|names
container-author|bookauthor|bookauthor|names
title|title|title|title
title-short|shorttitle|shorttitle|title
container-title|journal|journaltitle|title
container-title-short|shortjournal|shortjournal|text
collection-title|series|series|text
volume|volume|volume|number
issue|number|number|number
collection-number|number|number|number
number|number|number|number
page|pages|pages|pages
number-of-pages|pagetotal|pagetotal|number
chapter-number|chapter|chapter|number
edition|edition|edition|edition
number-of-volumes|volumes|volumes|number
part-number|part|part|number
version|version|version|number
genre|type|type|genre
publisher|publisher|publisher|text
organization|organization|organization|text
publisher-place|address|location|text
event-title|eventtitle|eventtitle|text
event-place|venue|venue|text
event-date|eventdate|eventdate|date
issued|year|date|issued
original-date|origdate|origdate|date
original-title|origtitle|origtitle|text
original-publisher|origpublisher|origpublisher|text
original-publisher-place|origlocation|origlocation|text
status|pubstate|pubstate|text
language|language|langid|language
ISBN|isbn|isbn|plain
ISSN|issn|issn|plain
arxiv|eprint|eprint|arxiv
arxiv-class|primaryclass|eprintclass|plain
DOI|doi|doi|doi
PMID|pmid|eprint|plain
PMCID|pmcid|eprint|plain
URL|url|url|verbatim
accessed|urldate|urldate|date
call-number|library|library|text
keyword|keywords|keywords|text
note|note|note|text
annote|annote|annotation|text
abstract|abstract|abstract|text
archive|archive||text
archive_location|archivelocation||plain
archive_collection|archivecollection||text
license|copyright||text
medium|medium||text
dimensions|dimensions||text
division|division||text
jurisdiction|jurisdiction||text
authority|authority||text
scale|scale||text
section|section||number
source|source||text
references|references||text
volume-title|volumetitle||text
part-title|parttitle||text
submitted|submitted||date
available-date|availabledate||date
director|director||names
composer|composer||names
illustrator|illustrator||names
interviewer|interviewer||names
performer|performer||names
compiler|compiler||names
contributor|contributor||names
recipient|recipient||names
producer|producer||names
script-writer|scriptwriter||names
collection-editor|serieseditor||names
reviewed-author|reviewedauthor||names
reviewed-title|reviewedtitle||text
original-author|origauthor||names
repository|repository||plain
openalex|openalex||plain
""".strip().splitlines()
)

# (variable, entry type) -> its field where that differs from the row above, in BibTeX and BibLaTeX.
_IN_BOOKS = "inbook bookinbook suppbook incollection suppcollection inproceedings conference inreference"
HOMES_IN = {
    **{("container-title", kind): ("booktitle", "booktitle") for kind in _IN_BOOKS.split()},
    ("container-title", "misc"): ("howpublished", "howpublished"),
    ("container-title", "online"): ("howpublished", "organization"),
    ("container-title", "unpublished"): ("howpublished", "howpublished"),
    ("container-title", "booklet"): ("howpublished", "howpublished"),
    ("number", "article"): ("eid", "eid"),
    ("publisher", "phdthesis"): ("school", "institution"),
    ("publisher", "mastersthesis"): ("school", "institution"),
    ("publisher", "thesis"): ("school", "institution"),
    ("publisher", "techreport"): ("institution", "institution"),
    ("publisher", "report"): ("institution", "institution"),
    ("publisher", "manual"): ("organization", "organization"),
    ("publisher", "booklet"): ("howpublished", "howpublished"),
    ("publisher", "misc"): ("publisher", "organization"),
    ("publisher", "software"): ("publisher", "organization"),
    ("publisher", "online"): ("publisher", "organization"),
    ("publisher", "patent"): ("publisher", ""),
    ("volume", "misc"): ("volume", ""),
}  # fmt: skip

# Other fields that are read as a variable, in BibTeX's or BibLaTeX's or nobody's dialect.
ALSO_READ = {
    "journal": "container-title", "journaltitle": "container-title", "booktitle": "container-title",
    "fjournal": "container-title",
    "bookeditor": "editor",
    "address": "publisher-place", "location": "publisher-place", "school": "publisher", "institution": "publisher",
    "organization": "publisher", "howpublished": "publisher", "annote": "annote", "annotation": "annote",
    "langid": "language", "language": "language", "issue": "issue", "numpages": "number-of-pages", "eid": "number",
    "article-number": "page", "articleno": "page", "pmid": "PMID", "pmcid": "PMCID", "pmc": "PMCID", "license": "license",
    "lastchecked": "accessed", "lastaccessed": "accessed", "accessed": "accessed", "urlaccessdate": "accessed",
    "keyword": "keyword", "mrnumber": "", "lccn": "call-number", "date": "issued", "year": "issued", "month": "issued",
    "day": "issued", "conference": "event-title", "bookauthor": "container-author", "shortjournal": "container-title-short",
}  # fmt: skip
SUBTITLES = {
    "subtitle": "title", "booksubtitle": "container-title", "journalsubtitle": "container-title",
}  # fmt: skip
NUMBER_IS_ISSUE = frozenset(["article", "periodical", "suppperiodical", "newspaper", "magazine", "review"])
NUMBER_IS_OF_SERIES = frozenset(
    """
book mvbook inbook bookinbook suppbook collection mvcollection incollection suppcollection proceedings
mvproceedings inproceedings conference reference mvreference inreference
""".split()
)
VERBATIM = frozenset(
    """
url doi eprint file pdf verba verbb verbc urlraw bdsk-url-1 bdsk-url-2 local-url localfile
""".split()
)
LANGUAGES = {
    "en": "english", "en-US": "american", "en-GB": "british", "de": "german", "fr": "french", "es": "spanish", "it": "italian",
    "pt": "portuguese", "pt-BR": "brazilian", "nl": "dutch", "ru": "russian", "pl": "polish", "sv": "swedish", "da": "danish",
    "fi": "finnish", "cs": "czech", "el": "greek", "hu": "hungarian", "tr": "turkish", "uk": "ukrainian", "ca": "catalan",
    "hr": "croatian", "sl": "slovene", "no": "norwegian", "nb": "norsk", "ja": "japanese", "zh": "chinese", "ko": "korean",
    "ar": "arabic", "la": "latin", "he": "hebrew", "ro": "romanian", "sk": "slovak", "bg": "bulgarian", "fa": "persian",
}  # fmt: skip
# The macros that plain.bst and its relatives define.
JOURNAL_MACROS = {
    "acmcs": "ACM Computing Surveys", "acta": "Acta Informatica", "cacm": "Communications of the ACM",
    "ibmjrd": "IBM Journal of Research and Development", "ibmsj": "IBM Systems Journal",
    "ieeese": "IEEE Transactions on Software Engineering", "ieeetc": "IEEE Transactions on Computers",
    "ieeetcad": "IEEE Transactions on Computer-Aided Design of Integrated Circuits",
    "ipl": "Information Processing Letters", "jacm": "Journal of the ACM", "jcss": "Journal of Computer and System Sciences",
    "scp": "Science of Computer Programming", "sicomp": "SIAM Journal on Computing",
    "tocs": "ACM Transactions on Computer Systems", "tods": "ACM Transactions on Database Systems",
    "tog": "ACM Transactions on Graphics", "toms": "ACM Transactions on Mathematical Software",
    "toois": "ACM Transactions on Office Information Systems",
    "toplas": "ACM Transactions on Programming Languages and Systems", "tcs": "Theoretical Computer Science",
}  # fmt: skip
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
