"""Six works of six kinds, real and widely known, to see a style by."""

from __future__ import annotations

from cite2bib.model import Date, Field, Name, Value, Work


def _work(key: str, type_: str, **fields: Value) -> Work:
    named = {name.replace("_", "-"): Field(value) for name, value in fields.items()}
    return Work(key, type_, named)


WORKS: tuple[Work, ...] = (
    _work(
        "knuth1984texbook", "book", title="The TeXbook", author=(Name("Knuth", "Donald E."),), issued=Date((1984,)),
        publisher="Addison-Wesley", publisher_place="Reading, Massachusetts", ISBN="9780201134476",
    ),
    _work(
        "watson1953molecular", "article-journal",
        title="Molecular structure of nucleic acids: A structure for deoxyribose nucleic acid",
        author=(Name("Watson", "James D."), Name("Crick", "Francis H. C.")), issued=Date((1953, 4, 25)),
        container_title="Nature", volume="171", issue="4356", page="737-738", DOI="10.1038/171737a0",
    ),
    _work(
        "rumelhart1986learning", "chapter", title="Learning internal representations by error propagation",
        author=(Name("Rumelhart", "David E."), Name("Hinton", "Geoffrey E."), Name("Williams", "Ronald J.")),
        editor=(Name("Rumelhart", "David E."), Name("McClelland", "James L.")), issued=Date((1986,)),
        container_title="Parallel distributed processing: Explorations in the microstructure of cognition",
        volume="1", page="318-362", publisher="MIT Press", publisher_place="Cambridge, MA",
    ),
    _work(
        "shannon1940algebra", "thesis", title="An algebra for theoretical genetics", genre="PhD thesis",
        author=(Name("Shannon", "Claude E."),), issued=Date((1940,)),
        publisher="Massachusetts Institute of Technology", URL="https://hdl.handle.net/1721.1/11174",
    ),
    _work(
        "perelman2002entropy", "article", title="The entropy formula for the Ricci flow and its geometric applications",
        author=(Name("Perelman", "Grisha"),), issued=Date((2002, 11, 11)), publisher="arXiv",
        number="arXiv:math/0211159", DOI="10.48550/arXiv.math/0211159", URL="https://arxiv.org/abs/math/0211159",
    ),
    _work(
        "bernerslee1998cool", "webpage", title="Cool URIs don’t change", author=(Name("Berners-Lee", "Tim"),),
        issued=Date((1998,)), container_title="World Wide Web Consortium", accessed=Date((2024, 5, 1)),
        URL="https://www.w3.org/Provider/Style/URI",
    ),
)  # fmt: skip
