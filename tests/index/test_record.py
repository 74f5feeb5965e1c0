"""Works to bytes and back."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cite2bib.index.record import pack, unpack
from cite2bib.model import Date, Field, Name, Origin, Value, Work

_TEXTS = st.text(max_size=30)
_NAMES = st.builds(Name, *[_TEXTS] * 6, st.booleans(), st.booleans())
_PARTS = st.lists(st.integers(-3000, 3000), max_size=3).map(tuple)
_SEASONS = st.integers(0, 4)
_DATES = st.builds(Date, _PARTS, _PARTS, _SEASONS, st.booleans(), _TEXTS, _SEASONS)
_ORIGINS = st.builds(Origin, _TEXTS, _TEXTS, st.sampled_from([1.0, 0.5]), _TEXTS)
_PEOPLE = st.lists(_NAMES, min_size=1, max_size=3).map(tuple)
_FIELDS = st.builds(Field, _TEXTS | _DATES | _PEOPLE, _ORIGINS)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # works are large, and machines shared
@given(st.builds(Work, _TEXTS, _TEXTS, st.dictionaries(_TEXTS, _FIELDS, max_size=5)))
def test_nothing_is_lost(work: Work) -> None:
    assert unpack(pack(work)) == work


def test_the_usual_record_is_small() -> None:
    origin = Origin("crossref", "https://doi.org/10.1234/made")
    values: dict[str, Value] = {
        "title": "Fast Model Editing at Scale", "author": (Name("Doe", "Jane"), Name("Roe", "Rick")),
        "issued": Date((2021, 3)), "container-title": "Journal of Made Things", "DOI": "10.1234/made", "page": "1-9",
    }  # fmt: skip
    work = Work("", "article-journal", {name: Field(value, origin) for name, value in values.items()})
    assert len(pack(work)) < 150
    assert unpack(pack(work)) == work
