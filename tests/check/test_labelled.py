"""The checker on 1,300 labelled references: what it finds, whom it accuses wrongly, whether its confidence can be believed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from cite2bib import http, pipeline, sources
from cite2bib.check import FINDINGS, Judgement, Verdict
from cite2bib.pipeline import checking, rendering
from cite2bib.pipeline.looking import NO_INDEX, Network
from labelled import Labelled, labelled
from loopback import Loopback

Outcome = list[tuple[Labelled, Verdict]]


@pytest.fixture(scope="module")
def outcome(shared_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outcome]:
    references, catalogue = labelled(shared_folder)
    folder = tmp_path_factory.mktemp("check")
    with Loopback(catalogue) as server:
        how = http.Settings(cache_path=folder / "answers.sqlite")
        network = Network(how, sources.configured({}, catalogue.environ(server)))
        checked = checking.check([item.work for item in references], network=network)
        yield list(zip(references, checked.verdicts, strict=True))


def told(outcome: Outcome, kind: str) -> Outcome:
    found = [(item, verdict) for item, verdict in outcome if item.kind.startswith(kind)]
    assert found
    return found


def test_invented_and_mixed_references_are_detected(outcome: Outcome) -> None:
    made_up = [*told(outcome, "invented"), *told(outcome, "mixed")]
    assert len(made_up) >= 250
    missed = [item.work.text("title") for item, verdict in made_up if not verdict.is_finding]
    assert len(missed) <= 0.05 * len(made_up), missed


def test_real_references_are_not_accused(outcome: Outcome) -> None:
    real = [*told(outcome, "as cited"), *told(outcome, "real")]
    assert len(real) >= 600
    accused = [
        f"{item.kind}: {item.work.text('title')}: {verdict.reason}"
        for item, verdict in real
        if verdict.is_finding
    ]
    assert len(accused) <= 0.02 * len(real), accused
    unsure = sum(verdict.judgement is Judgement.UNCHECKED for _, verdict in real)
    assert unsure <= 0.02 * len(real)


def test_an_error_in_one_detail_is_told_with_its_field(outcome: Outcome) -> None:
    wrong = [*told(outcome, "error"), *told(outcome, "cited wrongly")]
    assert len(wrong) >= 300
    found = [verdict.is_finding for _, verdict in wrong]
    assert sum(found) >= 0.95 * len(wrong)
    named = [
        item.field in {part.variable for part in verdict.wrong}
        for item, verdict in wrong
        if item.field and verdict.judgement is Judgement.WRONG
    ]
    assert sum(named) >= 0.95 * len(named)
    kinds = Counter(item.kind for item, _ in wrong)
    hit = Counter(item.kind for item, verdict in wrong if verdict.is_finding)
    assert {kind for kind in kinds if hit[kind] < 0.8 * kinds[kind]} == set()


def test_what_became_of_a_work_is_told(outcome: Outcome) -> None:
    for item, verdict in [*told(outcome, "fate"), *told(outcome, "retracted")]:
        assert verdict.judgement in item.right, (item.kind, verdict.judgement, verdict.reason)


def test_what_nobody_lists_is_not_judged(outcome: Outcome) -> None:
    for item, verdict in told(outcome, "not listed"):
        assert verdict.judgement is Judgement.UNCHECKED, (item.work.text("title"), verdict.reason)
        assert verdict.reason


def test_confidence_is_how_often_a_verdict_is_right(outcome: Outcome) -> None:
    error = calibration_error(outcome)
    assert error <= 0.05, error


def calibration_error(outcome: Outcome, bins: int = 10) -> float:
    """The expected calibration error: confidence against accuracy, over bins of equal width."""
    total = 0.0
    for place in range(bins):
        low, high = place / bins, (place + 1) / bins
        inside = [
            (item, verdict) for item, verdict in outcome if low < verdict.confidence <= high or (not place and not verdict.confidence)
        ]  # fmt: skip
        if inside:
            sure = sum(verdict.confidence for _, verdict in inside) / len(inside)
            right = sum(verdict.judgement in item.right for item, verdict in inside) / len(inside)
            total += len(inside) / len(outcome) * abs(sure - right)
    return total


def test_verdicts_that_accuse_have_a_record_or_answers(outcome: Outcome) -> None:
    for _, verdict in outcome:
        if verdict.judgement is Judgement.NOT_FOUND:
            assert len(verdict.asked) >= 2
        elif verdict.judgement in FINDINGS:
            assert verdict.record is not None
        assert verdict.reason


@pytest.mark.parametrize("style", ["ieee", "vancouver"])
def test_references_of_a_list_in_running_text(shared_folder: Path, tmp_path: Path, style: str) -> None:
    references, catalogue = labelled(shared_folder)
    found: dict[str, list[Verdict]] = {}
    with Loopback(catalogue) as server:
        how = http.Settings(cache_path=tmp_path / "answers.sqlite")
        network = Network(how, sources.configured({}, catalogue.environ(server)))
        for kind in ("as cited", "invented"):
            works = [item.work.without("DOI", "arxiv") for item in references if item.kind.startswith(kind)][
                ::3
            ]
            text = rendering.render(pipeline.named(works), style, "text", sort=False)
            path = tmp_path / "paper.txt"
            path.write_text(f"A paper\n\nWe cite.\n\nReferences\n\n{text}", encoding="utf-8")
            read = checking.references(pipeline.read([path]).works)
            assert len(read) >= 0.95 * len(works)
            found[kind] = list(checking.check(read, network=network, index=NO_INDEX).verdicts)
    assert sum(verdict.is_finding for verdict in found["as cited"]) <= 0.02 * len(found["as cited"])
    assert sum(verdict.is_finding for verdict in found["invented"]) >= 0.9 * len(found["invented"])


@pytest.mark.parametrize("fault", ["500", "reset", "html", "429"])
def test_nothing_is_not_found_while_services_are_down(
    shared_folder: Path, tmp_path: Path, fault: str
) -> None:
    references, catalogue = labelled(shared_folder)
    with Loopback(catalogue) as server:
        server.fault = fault
        how = http.Settings(cache_path=tmp_path / "answers.sqlite", retries=0, longest_wait_s=0.01)
        network = Network(how, sources.configured({}, catalogue.environ(server)))
        checked = checking.check([item.work for item in references[::4]], network=network)
    assert {verdict.judgement for verdict in checked.verdicts} == {Judgement.UNCHECKED}
    papers = [verdict for verdict in checked.verdicts if verdict.silent]
    assert len(papers) > 250
    assert all(
        "no answer" in part.what or "not asked" in part.what for verdict in papers for part in verdict.silent
    )


@pytest.mark.parametrize("down", ["/arxiv", "/crossref"])
def test_one_service_down_accuses_nobody_of_not_existing(
    shared_folder: Path, tmp_path: Path, down: str
) -> None:
    references, catalogue = labelled(shared_folder)
    some = [item for item in references if item.kind.startswith(("invented", "real", "mixed"))][::3]
    with Loopback(catalogue) as server:
        server.fault = lambda seen: "500" if seen.path.startswith(down) else ""
        how = http.Settings(cache_path=tmp_path / "answers.sqlite", retries=0, longest_wait_s=0.01)
        network = Network(how, sources.configured({}, catalogue.environ(server)))
        checked = checking.check([item.work for item in some], network=network)
    assert not any(verdict.judgement is Judgement.NOT_FOUND for verdict in checked.verdicts)
    silent = {part.source for verdict in checked.verdicts for part in verdict.silent}
    assert silent == {down.strip("/")}
