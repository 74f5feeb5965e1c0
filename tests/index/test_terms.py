"""What a work is found by."""

from __future__ import annotations

from cite2bib.index import terms
from cite2bib.model import Work
from resolve_works import work


def test_identifiers_in_any_spelling_are_one_term() -> None:
    one = set(terms.identifiers(work(DOI="https://doi.org/10.1234/ABC")))
    assert one == set(terms.identifiers(work(DOI="10.1234/abc")))
    assert "arxiv:2110.11309" in set(terms.identifiers(work(arxiv="2110.11309v3")))
    assert "dblp:conf/nips/V17" in set(terms.identifiers(Work("DBLP:conf/nips/V17")))
    assert set(terms.identifiers(work(ISBN="0-306-40615-2"))) == set(
        terms.identifiers(work(ISBN="9780306406157"))
    )
    assert not list(terms.identifiers(work(DOI="none", ISBN="1234567890")))


def test_short_titles_are_also_found_with_their_people() -> None:
    said = list(terms.title_terms("Introduction", lambda: ("doe", "roe")))
    assert said == ["t:introduction doe", "t:introduction roe", "t:introduction"]
    assert list(terms.title_terms("Fast Model Editing at Scale and Beyond", lambda: ("doe",))) == [
        "t:fastmodeleditingatscaleandbeyond"
    ]
    assert not list(terms.title_terms("???", tuple))


def test_what_stands_before_a_subtitle_meets_the_whole() -> None:
    assert set(terms.head_terms("BEE: Metric-Adapted Explanations")) <= set(terms.other_titles("Bee"))
    assert "t:bee" in set(terms.other_titles("BEE: Metric-Adapted Explanations"))


def test_closed_words_are_kept_with_their_neighbours() -> None:
    found = terms.clues(work("Deep Learning of Rare Things", "Ann Li; Bo Wu"))
    assert not any(text.startswith("p:") for text in terms.joint_terms(found, frozenset()))
    said = set(terms.joint_terms(found, {"w:deep", "w:learning", "w:things", "a:li"}))
    assert said == {
        "p:deep learning",
        "p:learning things",
        "q:li deep",
        "q:li learning",
        "q:li things",
        "b:li wu",
    }


def test_one_slip_leaves_something_in_common() -> None:
    for slipped in ("lerning", "learnign", "leaarning", "leatning", "earning"):
        assert terms.slips(slipped) & terms.slips("learning")
    assert not terms.slips("banana") & terms.slips("learning")


def test_numbers_of_terms_fit_sqlite() -> None:
    assert all(-(2**63) <= terms.number(str(place)) < 2**63 for place in range(1000))
    assert terms.number("w:deep") == terms.number("w:deep") != terms.number("a:deep")


def test_terms_stay_what_they_are() -> None:
    """An index is found by what it was built with: when this changes, so must `_VERSION` in index/folder."""
    said = work(
        "On the β-VAE, Part II: <i>C++</i> for {T}wo & Others",
        "Łukasz Gödel; Ann van der Berg",
        DOI="10.1234/A",
    )
    found = [
        *terms.identifiers(said),
        *terms.title_terms(said.text("title"), tuple),
        *terms.head_terms(said.text("title")),
    ]
    found += terms.plain_terms(terms.clues(said))
    assert found == [
        "DOI:10.1234/a",
        "t:onthebetavaepart2c++for2others",
        "h:onthebetavaepart2",
        "w:beta",
        "w:vae",
        "w:part",
        "w:2",
        "w:c++",
        "w:others",
        "a:godel",
        "a:berg",
    ]
    assert terms.number("w:deep") == -1949315956101780122
