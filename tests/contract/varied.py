"""About forty works that between them say everything a work can say: what each format is tried on."""

from __future__ import annotations

from collections.abc import Mapping

from cite2bib.model import Date, Field, Name, Value, Work

LOVELACE = Name("Lovelace", "Ada")
PEOPLE = (
    LOVELACE,
    Name("Maaten", "Laurens", "van der"),
    Name("Beethoven", "Ludwig", dropping_particle="van"),
    Name("King", "Martin Luther", suffix="Jr."),
    Name(literal="World Health Organization"),
    Name("Plato"),
    Name("García Márquez", "Gabriel José"),
    Name("李", "明"),
)


def work(key: str, kind: str, **values: Value) -> Work:
    """A work from variables with underscores for hyphens."""
    names = {name: name if name == "archive_location" else name.replace("_", "-") for name in values}
    return _of(key, kind, {names[name]: value for name, value in values.items()})


def _of(key: str, kind: str, values: Mapping[str, Value]) -> Work:
    return Work(key, kind, {name: Field(value) for name, value in values.items()})


_ARTICLE = work(
    "lovelace1843notes",
    "article-journal",
    title="Notes on the Analytical Engine: A Sketch",
    author=(LOVELACE,),
    container_title="Taylor's Scientific Memoirs",
    container_title_short="Sci. Mem.",
    volume="3",
    issue="4",
    page="666-731",
    issued=Date((1843, 9, 1)),
    DOI="10.1234/example.5678",
    ISSN="0317-8471",
    URL="https://example.org/notes?a=1&b=2",
    accessed=Date((2024, 2, 29)),
    language="en",
    keyword="engines, computing",
    abstract="It weaves algebraical patterns.",
    note="Signed A.A.L.",
    PMID="12345678",
    PMCID="PMC1234567",
    publisher="Taylor",
)
_DATES = {
    "year": Date((2020,)),
    "month": Date((2020, 5)),
    "range": Date((2020, 5), (2021, 6)),
    "circa": Date((1850,), circa=True),
    "season": Date((2021,), season=3),
    "ancient": Date((-43, 3, 15)),
    "literal": Date(literal="in press"),
}
_TITLES = {
    "markup": "On <i>E. coli</i>, H<sub>2</sub>O and <b>x</b><sup>2</sup>",
    "specials": 'A & B < C > D "quoted" 100% #1 $5 {braces} \\backslash_under ~tilde ^caret [x] *star*',
    "unicode": "Ζεύς, Москва, 東京, ‘quotes’ — dashes … 𝔘𝔫𝔦𝔠𝔬𝔡𝔢",
    "colon": "- key: value # comment",
    "long": "word " * 400 + "end",
    "yes": "no",
    "number": "1984",
    "arrow": "]]> --> ER  - end",
}
_TYPES = (
    "article article-magazine article-newspaper bill book broadcast chapter classic collection dataset document entry "
    "entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case legislation manuscript map "
    "motion_picture musical_score pamphlet paper-conference patent performance periodical personal_communication post "
    "post-weblog regulation report review review-book software song speech standard thesis treaty webpage"
)

WORKS: tuple[Work, ...] = (
    _ARTICLE,
    work("people", "book", title="People", author=PEOPLE, editor=PEOPLE[:3], translator=(LOVELACE,), issued=Date((2001,))),
    *(work(f"date-{name}", "book", title=f"Dated {name}", issued=date) for name, date in _DATES.items()),
    *(work(f"title-{name}", "book", title=title) for name, title in _TITLES.items()),
    *(work(f"type-{kind}", kind, title=f"A {kind}", author=(LOVELACE,), issued=Date((2000,))) for kind in _TYPES.split()),
    work(
        "chapter", "chapter", title="Part", container_title="Whole", editor=PEOPLE[:2], page="12", publisher="House",
        publisher_place="Zürich", collection_title="Series", collection_number="12", ISBN="978-3-16-148410-0",
        edition="2", volume="1", number_of_volumes="5", chapter_number="3",
    ),
    work("book", "book", title="Whole", collection_title="Series", number_of_pages="300", ISBN="9783161484100"),
    work(
        "conference", "paper-conference", title="Talk", container_title="Proceedings of X", event_title="X 2020",
        event_place="Kyiv", page="S1-S12", arxiv="2201.11903", arxiv_class="cs.CL",
    ),
    work("preprint", "article", title="Pre", author=(LOVELACE,), arxiv="2303.12712", arxiv_class="cs.CL", issued=Date((2023, 3, 22))),
    work("thesis", "thesis", title="Thesis", genre="PhD thesis", publisher="MIT", archive="Vault", archive_location="A/3"),
    work(
        "own", "software", title="Own", version="2.1", openalex="W123", repository="https://github.com/a/b",
        organization="Acme Inc.", author_count="7", license="MIT", call_number="QA 76", medium="CD", status="in press",
    ),
    _of("foreign", "book", {"title": "Foreign", "elsewhere:shelf": "3", "bibtex:owner": "me"}),
    work("", "", title="Neither key nor type"),
    work("lines", "book", title="Lines", abstract="One.\n\nTwo.\nER  - three", note="a\nb"),
    Work("empty", "book"),
    Work(),
)  # fmt: skip
