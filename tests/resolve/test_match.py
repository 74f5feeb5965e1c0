"""Is this record the work that was meant: no wrong one of hundreds of traps, and the right one where there is one."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cite2bib.diagnostics import Diagnostic
from cite2bib.formats.jsonl import iter_jsonl
from cite2bib.index.memory import Library
from cite2bib.model import Date, Work
from cite2bib.records.crossref import work_from_crossref
from cite2bib.resolve.match import ACCEPT, choose, match, people
from cite2bib.resolve.match.calibration import TABLE
from cite2bib.resolve.match.notice import kind
from cite2bib.resolve.match.people import Agreement
from cite2bib.resolve.match.title import Relation, compare
from cite2bib.resolve.match.weights import DOUBT
from cite2bib.resolve.match.word import Slip, is_word, slip
from resolve_pairs import (
    ABSTRACT,
    AUTHORS,
    OTHER_ABSTRACT,
    distorted,
    right_ones,
    second_right_ones,
    second_traps,
    traps,
    varied,
)
from resolve_works import work


def test_no_trap_is_taken() -> None:
    cases = list(traps())
    taken = [
        (case.kind, case.query.text("title")) for case in cases if choose(case.query, case.candidates).record
    ]
    assert len(cases) >= 1000
    assert taken == []


def test_no_trap_of_the_second_set_is_taken() -> None:
    cases = list(second_traps())
    taken = [
        (case.kind, case.query.text("title")) for case in cases if choose(case.query, case.candidates).record
    ]
    assert len(cases) >= 1200
    assert taken == []


def test_of_the_second_set_hardly_one_is_missed() -> None:
    cases = list(second_right_ones())
    found = sum(choose(case.query, case.candidates).record is case.right for case in cases)
    assert len(cases) >= 450
    assert found >= 0.96 * len(cases)


def test_the_right_one_is_taken() -> None:
    cases = list(right_ones())
    missed = [
        (case.kind, case.query.text("title"))
        for case in cases
        if choose(case.query, case.candidates).record is not case.right
    ]
    assert len(cases) >= 300
    assert missed == []


def known(shared: Path) -> list[Work]:
    lines = (shared / "known" / "seed-works.jsonl").read_bytes().split(b"\n")
    return [item for item in iter_jsonl(lines, "seed-works.jsonl") if not isinstance(item, Diagnostic)]


def test_real_works_are_found_however_they_are_mistreated(shared: Path) -> None:
    works = known(shared)
    asked, found, wrong = Counter[str](), Counter[str](), list[str]()
    for case in varied(works, Library(works).find):
        record = choose(case.query, case.candidates).record
        asked[case.kind] += 1
        found[case.kind] += record is case.right
        if record is not None and record is not case.right:
            wrong.append(f"{case.kind}: {case.query.text('title')}")
    assert wrong == []
    assert sum(found.values()) >= 0.99 * sum(asked.values())
    assert {name for name in asked if found[name] < 0.95 * asked[name]} == set()


def test_one_word_makes_another_work(shared: Path) -> None:
    cases = list(distorted(known(shared)))
    taken = [
        (case.kind, case.query.text("title")) for case in cases if choose(case.query, case.candidates).record
    ]
    assert len(cases) >= 3000
    assert taken == []


def test_a_missing_record_is_not_replaced_by_another(shared: Path) -> None:
    works = known(shared)
    for place, record in enumerate(works):
        others = Library([*works[:place], *works[place + 1 :]])
        query = record.without("DOI", "arxiv", "container-title")
        assert choose(query, others.find(query)).record is None


@pytest.mark.parametrize(
    ("query", "record", "relation"),
    [
        ("Deep Nets", "Deep Nets", Relation.SAME),
        ("Deep Nets", "", Relation.UNKNOWN),
        ("On Deep Nets for Speech", "Deep Nets for Speech", Relation.CLOSE),
        ("Deep Nets for Speach", "Deep Nets for Speech", Relation.MISPRINT),
        ("BEE: Metric-Adapted Explanations", "Metric-Adapted Explanations", Relation.TAIL),
        ("BEE", "BEE: Metric-Adapted Explanations", Relation.HEAD),
        ("A Long Title on Deep Nets for", "A Long Title on Deep Nets for Speech Recognition", Relation.CUT),
        ("Deep Nets for Speech", "Deep Nets for Music", Relation.NEAR),
        ("Deep Nets for Speech", "Comment on “Deep Nets for Speech”", Relation.NOTICE),
        ("Deep Nets for Speech", "The Price of Land in Coastal Villages", Relation.OTHER),
    ],
)
def test_relations_of_titles(query: str, record: str, relation: Relation) -> None:
    assert compare(query, record).relation is relation


@pytest.mark.parametrize(
    "word", "go model zygotes datasets convolutional behaviour multimodal qubits 12".split()
)
def test_words_are_known_in_all_their_forms(word: str) -> None:
    assert is_word(word)


@pytest.mark.parametrize("word", "recieve teh modle encodeer databasees carrd zzzz { }".split())
def test_misprints_are_no_words(word: str) -> None:
    assert not is_word(word)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("recieve", "receive", Slip.SURE),
        ("teh", "the", Slip.SURE),
        ("far", "for", Slip.SURE),
        ("nor", "for", Slip.NO),
        ("learnign", "learning", Slip.SURE),
        ("encoding", "decoding", Slip.NO),
        ("exogenous", "endogenous", Slip.NO),
        ("stable", "unstable", Slip.NO),
        ("causal", "casual", Slip.MAYBE),
        ("bart", "bert", Slip.MAYBE),
        ("frozen", "tuned", Slip.NO),
        ("adata", "data", Slip.SURE),
        ("hip", "hiv", Slip.MAYBE),
        ("perceptron", "perception", Slip.MAYBE),
        ("convolutonal", "convolutional", Slip.SURE),
        ("autoencoders", "autoencodres", Slip.SURE),
    ],
)
def test_slips_of_the_fingers(one: str, other: str, expected: Slip) -> None:
    assert slip(one, other) is expected
    assert slip(other, one) is expected


@pytest.mark.parametrize(
    "title",
    [
        "Correction of Speech Disorders in Children", "Reviewing the Reviewers", "Response Surfaces in Chemistry",
        "Comments as Data", "Editorial Cartoons of the Cold War", "Removed from the Record", "Posters of the Weimar Years",
        "Discussion Forums and Learning", "Re-ranking Documents", "Highlights Detection in Soccer Videos",
    ],
)  # fmt: skip
def test_ordinary_titles_are_no_notices_beside_their_own_kind(title: str) -> None:
    assert match(work(title, AUTHORS, "2020"), work(title, AUTHORS, "2020")).score >= ACCEPT
    assert match(work(title, AUTHORS, "2020"), work(f"Correction to: {title}", AUTHORS, "2020")).score < 0.5
    assert kind(f"Correction to: {title}")


@pytest.mark.parametrize(
    ("query", "record", "agreement"),
    [
        ("Ann Bo; Cy Da", "Bo, A.; Da, C.", Agreement.ALL),
        ("Ann Bo; Cy Da", "Da, Cy; Bo, Ann", Agreement.ALL),
        ("Laurens van der Maaten", "Van Der Maaten, L.", Agreement.ALL),
        ("Hans Müller; Bo Sørensen", "H. Mueller; B. Sorensen", Agreement.ALL),
        ("王伟; 李娜", "Wei Wang; Na Li", Agreement.ALL),
        ("Иван Петров", "Ivan Petrov", Agreement.ALL),
        ("Hyung Jin Chang", "Chang, Hyungjin", Agreement.ALL),
        ("Kumar Selvaraj, Senthil", "Senthil Kumar Selvaraj", Agreement.ALL),
        ("JP Smith", "Jean-Paul Smith", Agreement.ALL),
        ("ANN BO; CY DA", "Ann Bo; Cy Da", Agreement.ALL),
        ("María García López", "Garcia, M.", Agreement.ALL),
        ("Ann Bo; others", "Ann Bo; Cy Da; Ed Fu", Agreement.OPEN),
        ("Ann Bo; Cy Da; Ed Fu; Gil Ha", "Ann Bo; Cy Da; Ed Fu", Agreement.MOST),
        ("Ann Bo", "Ann Bo; Cy Da; Ed Fu", Agreement.FIRST),
        ("Cy Da", "Ann Bo; Cy Da; Ed Fu", Agreement.FEW),
        ("Xin Wang", "Xiang Wang", Agreement.NONE),
        ("Ann Bo; Cy Da", "Ed Fu; Gil Ha", Agreement.NONE),
        ("Ann Bo; Cy Da; Ed Fu; Gil Ha", "Bob Ix; Cy Da; Jo Ki", Agreement.FEW),
        ("", "Ann Bo", Agreement.UNKNOWN),
    ],
)
def test_lists_of_people(query: str, record: str, agreement: Agreement) -> None:
    assert (
        people.compare(work("x", query).names("author"), work("x", record).names("author")).agreement
        is agreement
    )


def test_thousands_of_authors_are_compared_in_no_time() -> None:
    names = "; ".join(f"Given{number} Family{number}" for number in range(4000))
    assert people.compare(work("x", names).names("author"), work("x", names).names("author")).shared == 4000


TITLE = "Fast Model Editing at Scale"


@pytest.mark.parametrize(
    ("query", "record", "is_taken"),
    [
        (work(TITLE), work(TITLE, AUTHORS), True),
        (work(TITLE, author_count="3"), work(TITLE, AUTHORS), True),
        (work(TITLE, author_count="4"), work(TITLE, AUTHORS), False),
        (work(TITLE, issued="2021-10"), work(TITLE, AUTHORS, arxiv="2110.11309"), True),
        (work(TITLE, issued="2021-06"), work(TITLE, AUTHORS, arxiv="2110.11309"), False),
        (work(TITLE, issued="2025-10", confidence="0.5"), work(TITLE, AUTHORS, arxiv="2110.11309"), True),
        (work(TITLE, issued="2025-06", confidence="0.5"), work(TITLE, AUTHORS, arxiv="2110.11309"), False),
        (work(TITLE, issued="2025", confidence="0.3"), work(TITLE, AUTHORS, "2021"), True),
        (work(TITLE, issued="2019"), work(TITLE, AUTHORS, "2021", container_title="ICLR"), True),
        (work(TITLE, abstract=ABSTRACT), work(TITLE, AUTHORS, abstract=ABSTRACT), True),
        (work(TITLE, abstract=ABSTRACT), work(TITLE, AUTHORS, abstract=OTHER_ABSTRACT), False),
        (work("Deep Learning"), work("Deep Learning", AUTHORS), False),
        (work("Deep Learning", AUTHORS, "2015"), work("Deep Learning", AUTHORS, "2015"), True),
        (work(DOI="10.1234/x"), work(TITLE, AUTHORS, DOI="10.1234/X"), True),
        (work("", AUTHORS, "2021"), work(TITLE, AUTHORS, "2021"), False),
        (
            work("", "Bo, A.; others", "1996", container_title="Phys. Rev. Lett.", volume="77", page="3865"),
            work(
                TITLE,
                "Ann Bo; Cy Da",
                "1996",
                container_title="Physical Review Letters",
                volume="77",
                page="3865-3868",
            ),
            True,
        ),
        (
            work("", "Bo, A.; others", "1996", container_title="Phys. Rev. Lett.", volume="77", page="3865"),
            work(
                TITLE,
                "Ann Bo; Cy Da",
                "1996",
                container_title="Physical Review Letters",
                volume="78",
                page="3865-3868",
            ),
            False,
        ),
        (
            work("STAR", author_count="3", issued="2021-10"),
            work("STAR: Sparse Things", AUTHORS, arxiv="2110.11309"),
            False,
        ),
        (
            work("A Manual of Rocks, Second Edition", AUTHORS),
            work("A Manual of Rocks, 2nd Edition", AUTHORS),
            True,
        ),
        (
            work("A Manual of Rocks, Second Edition", AUTHORS),
            work("A Manual of Rocks, Third Edition", AUTHORS),
            False,
        ),
        (
            work("Splines in Statistics", AUTHORS),
            work("Splines in Statistics (with Discussion)", AUTHORS),
            True,
        ),
        (
            work("Old Name of a Thing", AUTHORS, arxiv="2110.11309"),
            work(TITLE, AUTHORS, arxiv="2110.11309"),
            True,
        ),
        (work(TITLE, AUTHORS, arxiv="2110.00001"), work(TITLE, AUTHORS, arxiv="2110.11309"), True),
        (work(TITLE, AUTHORS, DOI="10.48550/arXiv.2110.11309"), work(TITLE, AUTHORS, DOI="10.1234/x"), True),
        (work(TITLE, DOI="10.65215/abc"), work(TITLE, AUTHORS, "2025", DOI="10.65215/abc"), True),
    ],
)
def test_evidence_beside_the_title(query: Work, record: Work, is_taken: bool) -> None:
    found = choose(query, [record])
    assert (found.record is record) is is_taken
    assert found.match.evidence
    assert bool(found.reason) is not is_taken


LONG = "Learning to Parse the Recipes of Medieval Kitchens from Scans"


@pytest.mark.parametrize(
    ("query", "records", "is_taken"),
    [
        (work(LONG), [work(LONG, AUTHORS, "2021", container_title="Speculum")], True),
        (work(LONG, issued="2021"), [work(LONG, AUTHORS, "2021", container_title="Speculum")], True),
        (work(LONG), [work(LONG, AUTHORS, "2021", type="book")], True),
        (work(LONG, issued="2009"), [work(LONG, AUTHORS, "2021", container_title="Speculum")], False),
        (work(LONG), [work(LONG, AUTHORS, "2021", type="article")], False),
        (work(LONG), [work(LONG, AUTHORS, "2021", container_title="Zenodo")], False),
        (work(LONG), [work(LONG, "", "2021", container_title="Speculum")], False),
        (work(TITLE), [work(TITLE, AUTHORS, "2021", container_title="ICLR")], False),
        (
            work(LONG.replace("Medieval", "Medeival")),
            [work(LONG, AUTHORS, "2021", container_title="Speculum")],
            True,
        ),
        (work(LONG[:48], issued="2021"), [work(LONG, AUTHORS, "2021")], True),
        (work(LONG[:48], issued="2021"), [work(f"{LONG}, Part II", AUTHORS, "2021")], False),
        (work(LONG[:48]), [work(LONG, AUTHORS, "2021", container_title="Speculum")], False),
        (work(TITLE, issued="2021"), [work(TITLE, AUTHORS, "2021", container_title="ICLR")], True),
        (work(TITLE.replace("Model", "Modle"), issued="2021"), [work(TITLE, AUTHORS, "2021")], True),
        (work("Deep Learning", issued="2021"), [work("Deep Learning", AUTHORS, "2021")], False),
        (
            work(LONG),
            [
                work(LONG, AUTHORS, "2021", container_title="Speculum"),
                work(LONG, "Bo Ek", "2019", container_title="Mind"),
            ],
            False,
        ),
    ],
)
def test_a_title_alone_in_a_catalogue_of_everything(query: Work, records: list[Work], is_taken: bool) -> None:
    found = choose(query, records, DOUBT)
    assert (found.record is not None) is is_taken
    assert (found.match.probability > 0.9) is is_taken or found.reason.startswith("two")


def test_probabilities_are_calibrated() -> None:
    """On the second set, of which the table learned nothing: expected error over ten bins."""
    assert [share for _, share in TABLE] == sorted(share for _, share in TABLE)
    bins: list[list[float]] = [[0.0, 0.0] for _ in range(11)]
    cases = [*second_traps(), *second_right_ones()]
    for case in cases:
        decision = choose(case.query, case.candidates)
        told = bins[int(decision.match.probability * 10)]
        told[0] += decision.match.probability
        told[1] += case.right is not None
    assert sum(abs(told - right) for told, right in bins) / len(cases) <= 0.05


def test_notices_as_crossref_gives_them(shared: Path) -> None:
    notice = work_from_crossref(_recorded(shared, "retraction_notice_no_author"))
    title = notice.text("title").partition("—")[2]
    for query in (
        work(title),
        work(title, "A J Wakefield; S H Murch", "1998"),
        work(notice.text("title").upper(), AUTHORS),
    ):
        assert choose(query, [notice]).record is None


def test_a_translated_title_is_the_title(shared: Path) -> None:
    record = work_from_crossref(_recorded(shared, "multi_title_translation"))
    query = work(record.text("crossref:translated-title"), issued="2007")
    assert choose(query.with_field("author", record.names("author")), [record]).record is record


@pytest.mark.parametrize(
    "title", ["模糊测试技术研究", "深層学習による画像認識の研究", "딥러닝을 이용한 영상 인식 연구"]
)
def test_titles_without_spaces(title: str) -> None:
    assert choose(work(title, AUTHORS), [work(title, AUTHORS)]).record
    assert not choose(work(title, AUTHORS), [work(title[:-1] + "論", AUTHORS)]).record


def _recorded(shared: Path, name: str) -> dict[str, Any]:
    found = json.loads((shared / f"recordings/crossref/{name}.json").read_bytes())
    return dict(found.get("message", found))


@pytest.mark.parametrize("hostile", ["(" * 50_000, " (" * 50_000, "{" * 50_000, "\\a" * 50_000, "$" * 50_001, ": " * 50_000,
                                     "a " * 50_000, "<i>" * 20_000, "&amp;" * 20_000, "\u0301" * 50_000])  # fmt: skip
def test_a_title_of_any_length_is_weighed_at_once(hostile: str) -> None:
    for title in (hostile, f"{TITLE} {hostile}", f"Correction to: {hostile}"):
        assert 0 <= match(work(TITLE, AUTHORS), work(title, AUTHORS)).score <= 1
        assert 0 <= match(work(title, AUTHORS), work(hostile, AUTHORS)).score <= 1


def test_rank_means_nothing() -> None:
    right = work(TITLE, AUTHORS, "2021")
    wrong = [work(f"{TITLE}: Part {part}", AUTHORS, "2021") for part in "123456"]
    for candidates in ([right, *wrong], [*wrong, right]):
        assert choose(work(TITLE, AUTHORS, "2021"), candidates).record is right


def test_versions_of_one_work_are_one() -> None:
    preprint = work(TITLE, AUTHORS, "2021", arxiv="2110.11309")
    published = work(TITLE, AUTHORS, "2022", DOI="10.1234/x", container_title="ICLR")
    found = choose(work(TITLE, AUTHORS), [preprint, published])
    assert found.record in [preprint, published]
    assert len(found.also) == 1


def test_of_two_publications_the_venue_decides() -> None:
    conference = work(
        TITLE, AUTHORS, "2019", DOI="10.1111/c", container_title="Proceedings of the Joint Conference on AI"
    )
    journal = work(
        TITLE, AUTHORS, "2019", DOI="10.2222/j", container_title="IBM Journal of Research and Development"
    )
    query = work(TITLE, AUTHORS, "2019", container_title="IBM J. Res. Dev.")
    assert choose(query, [conference, journal]).record is journal


def test_two_records_of_one_registrant_are_none() -> None:
    parts = [
        work(TITLE, AUTHORS, "1948", DOI=f"10.1111/{part}", container_title="Bell Journal") for part in "ab"
    ]
    found = choose(work(TITLE, AUTHORS, "1948", container_title="Bell Journal"), parts)
    assert found.record is None
    assert found.reason.startswith("two works fit")


def test_what_crossref_gives_for_a_famous_title_is_a_squatter(shared: Path) -> None:
    items = json.loads((shared / "recordings/crossref/search_fake_attention.json").read_bytes())["message"][
        "items"
    ]
    records = [work_from_crossref(item) for item in items]
    for query in (work("Attention Is All You Need", "Ashish Vaswani; Noam Shazeer; Niki Parmar; Jakob Uszkoreit; others", "2017"),
                  work("Attention is All You Need")):  # fmt: skip
        assert choose(query, records).record is None


_TITLES = st.sampled_from(
    [TITLE, "BEE: Metric Things", "", "Ω", "<i>E. coli</i> $\\beta$", "—", "1 2 3", "Correction to: x"]
)
_WORKS = st.builds(
    work,
    _TITLES | st.text(max_size=40).map(lambda text: text.replace(";", "")),
    st.sampled_from(["", AUTHORS, "王伟", "Ann Bo; others"]),
    st.sampled_from(["", "2021", "2021-10-03"]),
    abstract=st.sampled_from(["", ABSTRACT, OTHER_ABSTRACT]),
    DOI=st.sampled_from(["", "10.1234/x", "10.48550/arXiv.2110.11309", "nonsense"]),
    arxiv=st.sampled_from(["", "2110.11309", "9999.99999"]),
    author_count=st.sampled_from(["", "3", "many"]),
)


@given(_WORKS, _WORKS)
def test_any_two_works_can_be_weighed(one: Work, other: Work) -> None:
    found = match(one, other)
    assert 0 <= found.score <= 1
    assert found.evidence
    assert match(one, other) == found


@given(_WORKS, st.lists(_WORKS, max_size=4))
def test_the_order_of_candidates_does_not_matter(query: Work, candidates: list[Work]) -> None:
    forth, back = choose(query, candidates), choose(query, candidates[::-1])
    assert forth.match.score == back.match.score
    assert (forth.record is None) == (back.record is None)


@pytest.mark.parametrize(
    ("query", "record", "relation"),
    [
        ("Error sina the C-Terminal Domain", "Errors in the C-Terminal Domain", Relation.MISPRINT),
        ("Opening theSu orting Problems at Sea", "Opening the Sorting Problems at Sea", Relation.MISPRINT),
        ("Confidant'ss Dataset for Tabular Prediction", "Confidant's Dataset for Tabular Prediction", Relation.MISPRINT),
        ("Speech R-Synthesis by Large Models", "Speech Re-Synthesis by Large Models", Relation.MISPRINT),
        ("Cmoment on: Sleep in Fishes", "Comment on: Sleep in Fishes", Relation.MISPRINT),
        ("A Theory of Tides, Patr II", "A Theory of Tides, Part II", Relation.MISPRINT),
        ("A Theory of Tides, Patr I", "A Theory of Tides, Part II", Relation.NEAR),
        ("A Theory of Tides I", "A Theory of Tides II", Relation.NEAR),
        ("Growth of Slg in Furnaces", "Growth of Slag in Furnaces", Relation.MISPRINT),
        ("Growth of SLG in Furnaces", "Growth of Slag in Furnaces", Relation.NEAR),
        ("Grammars vi Attention for Speech", "Grammars via Attention for Speech", Relation.MISPRINT),
        ("ImageNet-A: Natural Examples of Harm", "ImageNet-O: Natural Examples of Harm", Relation.NEAR),
        ("Early-Learning Stops the Memory of Labels", "Early-Unlearning Stops the Memory of Labels", Relation.NEAR),
        ("Growth,b Relaxation and Decay of Wires", "Growth, Relaxation and Decay of Wires", Relation.MISPRINT),
        ("Vniothek: A Portal for Clouds", "Vinothek: A Portal for Clouds", Relation.MISPRINT),
        ("BRET: A Portal for Clouds", "BERT: A Portal for Clouds", Relation.NEAR),
        ("Extraordniary NN for Birds", "Extraordinary CNN for Birds", Relation.NEAR),
    ],
)  # fmt: skip
def test_misprints_in_titles(query: str, record: str, relation: Relation) -> None:
    assert compare(query, record).relation is relation


@pytest.mark.parametrize(
    ("query", "record", "is_taken"),
    [
        (work(TITLE, "Mira Anders"), work(TITLE, AUTHORS, "2021"), True),
        (work(TITLE, "Tomas Okafor"), work(TITLE, AUTHORS, "2021"), False),
        (work("Hydra", "Mira Anders; others", "2021"), work("Hydra: A Study of Rivers", AUTHORS, "2021"), True),
        (work("Hydra", "M. Anders; others", "2020"), work("Hydra: A Study of Rivers", AUTHORS, "2021"), False),
        (work("Hydra", "", "2021-03", author_count="3"), work("Hydra: A Study of Rivers", AUTHORS, arxiv="2103.00001"), False),
        (work("Hydra Basins", "M. Anders; others", "2021"), work("Hydra Basins: A Study of Rivers", AUTHORS, "2021"), True),
        (work("On Fast Model Editing with", AUTHORS, "2021"), work("On Fast Model Editing with Graphs", AUTHORS, "2021"), True),
        (work("On Fast Model Editing Gra", "M. Anders", "2021"), work("On Fast Model Editing Graphs and Trees", AUTHORS, "2021"), False),
        (work("On the Fast Editing of Large Mod", "M. Anders", "2021"), work("On the Fast Editing of Large Models and Trees", AUTHORS, "2021"), True),
        (work("On Fast Model Editing", AUTHORS, "2021"), work("On Fast Model Editing Graphs", AUTHORS, "2021"), False),
    ],
)  # fmt: skip
def test_little_that_is_said(query: Work, record: Work, is_taken: bool) -> None:
    assert (choose(query, [record]).record is record) is is_taken


def test_the_year_tells_two_works_apart_that_begin_alike() -> None:
    one = work(
        "Stealing Genetic Depth Wage Curves from Highly Paid Crossbowmen",
        AUTHORS,
        "2012",
        container_title="Mind",
    )
    other = work(
        "Stealing Genetic Depth Wage Curves from Highly Crossbowmen",
        AUTHORS,
        "2014",
        container_title="Speculum",
    )
    query = work("Stealing Genetic Depth Wage Curves from", AUTHORS, "2012")
    assert choose(query, [other, one]).record is one
    assert choose(query.with_field("issued", Date((2013,))), [other, one]).record is None


def _from(source: str, title: str = TITLE, **said: str) -> Work:
    return work(title, AUTHORS, "2021", origin=source, **said)


@pytest.mark.parametrize(
    ("second", "is_evidence"),
    [
        (_from("dblp", container_title="ICLR"), True),
        (_from("openalex", container_title="ICLR"), False),
        (_from("crossref", DOI="10.1234/x"), False),
        (_from("dblp", "Another Title of Things at Scale"), False),
    ],
)
def test_a_second_catalogue_is_evidence_and_a_copy_is_none(second: Work, is_evidence: bool) -> None:
    found = choose(work(TITLE, author_count="3"), [_from("crossref", DOI="10.1234/x"), second])
    assert found.record
    assert ("crossref and dblp agree" in found.match.evidence) is is_evidence


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("Hill RJ", "Robert J. Hill", True),
        ("Stone AB", "Ava B. Stone", True),
        ("Xiaoming LI", "Xiaoming Li", True),
        ("Dorp, W. F. van", "van Dorp", True),
        ("Vanderberg, S.", "Sjoerd van der Berg", True),
        ("Mohammed Al-Farsi", "Mohamed Alfarsi", True),
        ("Dmitrii Ivanov", "Dmitry Ivanov", True),
        ("Bob Hill", "Robert Hill", True),
        ("Martin King, Jr.", "Martin King", True),
        ("Maria Silva", "Mario Silva", False),
        ("Xiaoming Li", "Xiaomeng Li", False),
        ("Yi Wang", "Yu Wang", False),
        ("Hill RJ", "Thomas Hill", False),
        ("Jane Miller", "Jill Miller", False),
    ],
)
def test_names_of_one_person(one: str, other: str, is_same: bool) -> None:
    from cite2bib.names import parse

    assert people.same_person(parse(one), parse(other)) is is_same
    assert people.same_person(parse(other), parse(one)) is is_same


@pytest.mark.parametrize(
    ("left", "right", "found"),
    [
        ("soliton", "solution", Slip.NO),
        ("heparin", "heparan", Slip.MAYBE),
        ("cellulose", "cellulase", Slip.MAYBE),
        ("hypoxia", "hyperoxia", Slip.NO),
        ("aphasia", "aphagia", Slip.MAYBE),
        ("tokenizer", "tokenized", Slip.MAYBE),
        ("larning", "learning", Slip.SURE),
        ("leaming", "learning", Slip.SURE),
        ("thermodynarnics", "thermodynamics", Slip.SURE),
        ("moebius", "mobius", Slip.SURE),
        ("oce", "office", Slip.SURE),
        ("form", "from", Slip.MAYBE),
        ("i", "v", Slip.NO),
        ("clasfsication", "classification", Slip.SURE),
        ("orfz", "of", Slip.SURE),
        ("musng", "using", Slip.SURE),
        ("learnerss", "learners", Slip.SURE),
        ("spextroscopy", "spectroscopy", Slip.SURE),
        ("hepatoma", "hematoma", Slip.MAYBE),
        ("dimethylformamide", "diethylformamide", Slip.NO),
        ("orthoclasic", "orthoclastic", Slip.SURE),
    ],
)
def test_slips_and_other_words(left: str, right: str, found: Slip) -> None:
    assert slip(left, right) is found
    assert slip(right, left) is found
