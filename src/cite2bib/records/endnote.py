"""EndNote's reference types, by the names and numbers that its exports use."""

from __future__ import annotations

# Number, name, type; of several rows of one type the first is written.
TYPES = (
    (17, "Journal Article", "article-journal"), (43, "Electronic Article", "article-journal"),
    (19, "Magazine Article", "article-magazine"), (23, "Newspaper Article", "article-newspaper"),
    (4, "Bill", "bill"), (6, "Book", "book"), (28, "Edited Book", "book"), (44, "Electronic Book", "book"),
    (5, "Book Section", "chapter"), (60, "Electronic Book Section", "chapter"),
    (51, "Classical Work", "classic"), (54, "Serial", "collection"), (59, "Dataset", "dataset"),
    (45, "Online Database", "dataset"), (13, "Generic", "document"), (50, "Government Document", "report"),
    (52, "Dictionary", "entry-dictionary"), (53, "Encyclopedia", "entry-encyclopedia"), (37, "Figure", "figure"),
    (2, "Artwork", "graphic"), (38, "Chart or Table", "graphic"), (40, "Hearing", "hearing"),
    (64, "Interview", "interview"), (7, "Case", "legal_case"), (31, "Statute", "legislation"),
    (36, "Manuscript", "manuscript"), (34, "Unpublished Work", "manuscript"), (20, "Map", "map"),
    (21, "Film or Broadcast", "motion_picture"), (3, "Audiovisual Material", "motion_picture"),
    (61, "Music", "musical_score"), (65, "Pamphlet", "pamphlet"), (47, "Conference Paper", "paper-conference"),
    (10, "Conference Proceedings", "paper-conference"), (25, "Patent", "patent"),
    (26, "Personal Communication", "personal_communication"), (48, "Discussion Forum", "post"),
    (56, "Blog", "post-weblog"), (14, "Legal Rule or Regulation", "regulation"), (27, "Report", "report"),
    (9, "Computer Program", "software"), (58, "Standard", "standard"), (32, "Thesis", "thesis"),
    (12, "Web Page", "webpage"), (57, "Multimedia Application", "webpage"), (70, "Podcast", "broadcast"),
    (71, "Preprint", "article"), (72, "Press Release", "document"), (73, "Television Episode", "broadcast"),
    (74, "Social Media", "post"), (62, "Ancient Text", "classic"), (63, "Catalog", "book"), (66, "Grant", "document"),
    (39, "Equation", "graphic"), (55, "Aggregated Database", "dataset"), (75, "Audio", "song"),
)  # fmt: skip
# Names of other programs, and EndNote's own with other numbers in older versions.
_OTHERS = {
    "journal": "article-journal", "article": "article-journal", "conference": "paper-conference",
    "in conference proceedings": "paper-conference", "book chapter": "chapter", "phd thesis": "thesis",
    "masters thesis": "thesis", "technical report": "report", "unpublished": "manuscript", "misc": "document",
    "online": "webpage", "web site": "webpage", "electronic source": "webpage",
    "electronic citation": "webpage", "review": "review", "newspaper": "article-newspaper",
    "music score": "musical_score", "legislation": "legislation", "software": "software",
}  # fmt: skip
_BY_NAME = {name.lower(): kind for _, name, kind in TYPES} | _OTHERS
_BY_NUMBER = {str(number): kind for number, _, kind in TYPES}
_ROW_OF = {kind: (number, name) for number, name, kind in reversed(TYPES)}


def type_of(name: str, number: str = "") -> str:
    """The CSL type for a reference type's name, else for its number; "" when neither is known."""
    return _BY_NAME.get(name.lower().strip(), "") or _BY_NUMBER.get(number, "")


def number_and_name(kind: str) -> tuple[int, str]:
    """What EndNote calls a CSL type.

    >>> number_and_name("thesis"), number_and_name("no such type")
    ((32, 'Thesis'), (13, 'Generic'))
    """
    return _ROW_OF.get(kind, (13, "Generic"))
