"""Services that are ill: nothing is said to be missing or wrong because of it, and what happened is told."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from catalogue import Catalogue
from cite2bib import http, sources
from cite2bib.check import FINDINGS, Judgement, Verdict
from cite2bib.model import Date, Work
from cite2bib.names import parse
from cite2bib.pipeline import checking
from cite2bib.pipeline.checking import Checked
from cite2bib.pipeline.looking import NO_INDEX, Network
from loopback import FAULTS, Loopback, free_port

WORKS = [
    {"title": "Heat-bath random walks with Markov bases", "authors": ["Caprice Stanley", "Tobias Windisch"],
     "year": 2016, "arxiv": "1605.08386"},
    {"title": "A made theory of several surprising things", "authors": ["Ada Made", "Ben Else"], "year": 2020,
     "venue": "Proceedings of Things", "doi": "10.5555/things"},
]  # fmt: skip
SAID = {
    "429": "too many requests", "429 soon": "too many requests", "429 in 15 hours": "too many requests", "500": "500",
    "503": "service unavailable", "half": "broke off", "hang": "in time", "reset": "broke off", "loop": "redirects",
    "elsewhere": "redirects to another host", "html": "a web page", "garbage": "can't be read", "blank": "nothing",
    "huge": "larger than", "drip": "in time", "drip headers": "in time", "403": "403",
}  # fmt: skip


def reference(kind: str, title: str, authors: list[str], year: int, **fields: str) -> Work:
    work = Work(type=kind).with_field("title", title).with_field("author", tuple(map(parse, authors)))
    for name, value in fields.items():
        work = work.with_field(name.replace("_", "-"), value)
    return work.with_field("issued", Date((year,)))


REFERENCES = [
    reference("article", "Heat-bath random walks with Markov bases", ["C. Stanley", "T. Windisch"], 2016, arxiv="1605.08386"),
    reference("paper-conference", "A made theory of several surprising things", ["A. Made", "B. Else"], 2020, DOI="10.5555/things", container_title="Things"),
    reference("paper-conference", "A made theory of several surprising things", ["A. Made", "B. Else"], 2020, container_title="Things"),
    reference("article-journal", "On the invented history of imaginary lighthouses", ["Nemo Nobody"], 2019, container_title="Past"),
    reference("article", "On the invented history of imaginary preprints", ["Nemo Nobody"], 2019, arxiv="1901.99999"),
]  # fmt: skip


def network(server: Loopback, catalogue: Catalogue, folder: Path, **settings: Any) -> Network:
    quick = {
        "connect_timeout_s": 0.5, "read_timeout_s": 0.3, "total_timeout_s": 1.0, "longest_wait_s": 0.05, "retries": 1,
        "most_bytes": 2**16,
    }  # fmt: skip
    how = http.Settings(cache_path=folder / "answers.sqlite", **{**quick, **settings})
    return Network(how, sources.configured({}, catalogue.environ(server)))


# For what is well: this machine may have others to serve.
PATIENT = {"connect_timeout_s": 10.0, "read_timeout_s": 20.0, "total_timeout_s": 30.0, "most_bytes": 2**26}


def check(works: list[Work], asked: Network) -> Checked:
    return checking.check(works, network=asked, index=NO_INDEX)


@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_a_fault_accuses_nobody_and_is_told(fault: str, tmp_path: Path) -> None:
    catalogue = Catalogue.of(WORKS)
    with Loopback(catalogue) as server:
        server.fault = fault
        ill = check(REFERENCES, network(server, catalogue, tmp_path))
        server.fault = ""
        well = check(REFERENCES, network(server, catalogue, tmp_path, **PATIENT))
    verified = [Judgement.VERIFIED] * 3
    if fault == "charset":  # the bytes are right
        assert [verdict.judgement for verdict in ill.verdicts[:3]] == verified
    else:
        assert [verdict.judgement for verdict in ill.verdicts] == [Judgement.UNCHECKED] * 5
        assert all(verdict.unasked and verdict.silent for verdict in ill.verdicts)
        assert SAID[fault] in told(ill.verdicts), told(ill.verdicts)
    assert [verdict.judgement for verdict in well.verdicts[:3]] == verified
    assert [verdict.judgement for verdict in well.verdicts[3:]] == [Judgement.NOT_FOUND] * 2


def told(verdicts: tuple[Verdict, ...]) -> str:
    return "; ".join(part.what for verdict in verdicts for part in verdict.silent)


@pytest.mark.parametrize("fault", ["500", "html", "half", "429"])
@pytest.mark.parametrize("down", ["/arxiv", "/crossref"])
def test_half_of_the_answers_are_no_absence(fault: str, down: str, tmp_path: Path) -> None:
    catalogue = Catalogue.of(WORKS)
    with Loopback(catalogue) as server:
        server.fault = lambda seen: fault if seen.path.startswith(down) else ""
        found = check(REFERENCES, network(server, catalogue, tmp_path, **PATIENT))
    assert not any(verdict.judgement in FINDINGS for verdict in found.verdicts)
    assert found.verdicts[0 if down == "/crossref" else 1].judgement is Judgement.VERIFIED


def test_nothing_listens(tmp_path: Path) -> None:
    catalogue = Catalogue.of(WORKS)
    with Loopback(catalogue) as server:
        pass
    found = check(REFERENCES, network(server, catalogue, tmp_path))
    assert {verdict.judgement for verdict in found.verdicts} == {Judgement.UNCHECKED}
    assert "refused" in told(found.verdicts)


def test_a_record_that_is_nonsense_is_no_verdict(tmp_path: Path) -> None:
    catalogue = Catalogue.of(WORKS)
    catalogue.records = [
        {"DOI": "10.5555/things", "title": {"a": [1]}, "author": "x", "issued": 7, "type": ["y"]}
    ]
    catalogue.worded = [set()]
    with Loopback(catalogue) as server:
        found = check(REFERENCES[1:3], network(server, catalogue, tmp_path))
    assert not any(verdict.judgement is Judgement.VERIFIED for verdict in found.verdicts)


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:{port}/", "http://localhost:{port}/", "http://[::1]:{port}/", "file:///etc/passwd",
     "gopher://127.0.0.1:{port}/"],
)  # fmt: skip
def test_a_page_in_a_private_network_is_not_fetched(address: str, tmp_path: Path) -> None:
    catalogue = Catalogue.of(WORKS)
    with Loopback(catalogue) as server:
        port = server.url.rpartition(":")[2]
        work = (
            Work(type="webpage").with_field("title", "Our page").with_field("URL", address.format(port=port))
        )
        how = http.Settings(cache_path=tmp_path / "answers.sqlite", connect_timeout_s=0.2, retries=0)
        asked = Network(how, sources.configured({}, {}, ["webpage"]))
        (verdict,) = check([work], asked).verdicts
        assert server.seen == []
    assert verdict.judgement is Judgement.UNCHECKED
    assert not verdict.unasked


THINGS = """@inproceedings{things, title = {A made theory of several surprising things}, author = {A. Made and B. Else}, year = 2020,
  booktitle = {Things}, doi = {10.5555/things}}
"""
COMMAND = [sys.executable, "-m", "cite2bib", "check"]


def environment_of(folder: Path, environ: dict[str, str]) -> dict[str, str]:
    source = str(Path(__file__).parent.parent.parent / "src")
    return {**os.environ, "PYTHONPATH": source, "XDG_CACHE_HOME": str(folder), **environ}


def run(folder: Path, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *arguments], cwd=folder, env=environment_of(folder, environ), capture_output=True, text=True,
        check=False, timeout=60,
    )  # fmt: skip


def start(folder: Path, *arguments: str, **environ: str) -> subprocess.Popen[bytes]:
    quiet = subprocess.DEVNULL
    return subprocess.Popen(
        [*COMMAND, *arguments], cwd=folder, env=environment_of(folder, environ), stdout=quiet, stderr=quiet
    )


BIB = """@misc{heat, title = {Heat-bath random walks with Markov bases}, author = {C. Stanley and T. Windisch}, year = 2016,
  eprint = {1605.08386}, archiveprefix = {arXiv}}
"""


def test_exit_codes_for_a_workflow(tmp_path: Path) -> None:
    catalogue = Catalogue.of(WORKS)
    (tmp_path / "refs.bib").write_text(BIB)
    (tmp_path / "bad.bib").write_text(BIB.replace("2016", "2006"))
    three = ("--sources", "arxiv,crossref,datacite")
    with Loopback(catalogue) as server:
        environ = catalogue.environ(server)
        assert run(tmp_path, "refs.bib", *three, **environ).returncode == 0
        bad = run(tmp_path, "bad.bib", *three, "--output-format", "json", **environ)
        assert bad.returncode == 1
        (row,) = json.loads(bad.stdout)["references"]
        assert row["verdict"] == "wrong in detail"
        assert [part["field"] for part in row["differences"] if part["matters"]] == ["issued"]
    closed = f"http://127.0.0.1:{free_port()}"
    down = {name: f"{closed}/{name}" for name in environ}
    silent = run(
        tmp_path,
        "refs.bib",
        *three,
        "--refresh",
        "--index",
        "none",
        **down | {"XDG_CACHE_HOME": str(tmp_path / "new")},
    )
    assert silent.returncode == 3
    assert "refused" in silent.stdout


def test_verdicts_are_kept_and_a_broken_line_is_passed_over(tmp_path: Path) -> None:
    catalogue = Catalogue.of(WORKS)
    store = tmp_path / "verdicts.jsonl"
    with Loopback(catalogue) as server:
        asked = network(server, catalogue, tmp_path, **PATIENT)
        first = checking.check(REFERENCES, network=asked, index=NO_INDEX, store=store)
        count = len(server.seen)
        store.write_bytes(b'{"key": 1}\nnonsense\n' + store.read_bytes() + b'{"key": "cut o')
        again = checking.check(REFERENCES, network=asked, index=NO_INDEX, store=store)
        assert (again.kept, len(server.seen)) == (5, count)
    assert [item.judgement for item in again.verdicts] == [item.judgement for item in first.verdicts]
    assert [item.differences for item in again.verdicts] == [item.differences for item in first.verdicts]
    changed = REFERENCES[1].with_field("issued", Date((2001,)))
    (other,) = checking.check([changed], network=Network(), index=NO_INDEX, store=store).verdicts
    assert other.judgement is Judgement.UNCHECKED


def test_a_run_that_ends_early_goes_on_where_it_ended(tmp_path: Path) -> None:
    catalogue = Catalogue.of(WORKS)
    store = tmp_path / "verdicts.jsonl"
    many = [item.with_field("volume", str(number)) for number in range(60) for item in REFERENCES]
    with Loopback(catalogue) as server:
        asked = network(server, catalogue, tmp_path, **PATIENT)

        def stop(_where: str, done: int, total: int) -> None:
            if store.exists() and done < total:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            checking.check(many, network=asked, index=NO_INDEX, store=store, progress=stop)
        later = checking.check(many, network=asked, index=NO_INDEX, store=store)
    assert later.kept == 100
    assert len(later.verdicts) == 300


def test_refreshing_asks_again_and_nothing_else_does(tmp_path: Path) -> None:
    catalogue = Catalogue.of(WORKS)
    (tmp_path / "refs.bib").write_text(BIB)
    counts = []
    with Loopback(catalogue) as server:
        for wish in ([], [], ["--refresh"]):
            three = ("--sources", "arxiv,crossref,datacite", "--index", "none", *wish)
            assert run(tmp_path, "refs.bib", *three, **catalogue.environ(server)).returncode == 0
            counts.append(len(server.seen))
    assert counts[0] == counts[1] > 0
    assert counts[2] == 2 * counts[0]


def test_a_run_that_is_killed_goes_on_where_it_ended(tmp_path: Path) -> None:
    catalogue = Catalogue.of(WORKS)
    entries = [BIB if number < 120 else THINGS for number in range(250)]
    told = (f"note = {{{number}}}, " for number in range(250))
    (tmp_path / "refs.bib").write_text(
        "".join(text.replace("title =", note + "title =") for text, note in zip(entries, told, strict=True))
    )
    store = tmp_path / "cite2bib" / "verdicts.jsonl"
    options = (
        "refs.bib",
        "--sources",
        "arxiv,crossref,datacite",
        "--index",
        "none",
        "--output-format",
        "json",
    )
    with Loopback(catalogue) as server:
        environ = catalogue.environ(server)
        server.fault = lambda _seen: "hang" if store.exists() else ""  # the second round never ends
        running = start(tmp_path, *options, **environ)
        while running.poll() is None and not store.exists():
            time.sleep(0.05)
        running.kill()
        running.wait()
        kept = len(store.read_bytes().splitlines())
        server.fault = ""
        done = run(tmp_path, *options, **environ)
    assert 0 < kept < 250
    assert json.loads(done.stdout)["summary"] == {"verified": 250}
    assert len(store.read_bytes().splitlines()) >= 250


def test_verdicts_that_are_out_of_date_are_cleared_away(tmp_path: Path) -> None:
    store = tmp_path / "verdicts.jsonl"
    memory = checking.Memory(store, ["a"], clock=lambda: 1_000_000.0)
    memory.keep(Verdict(REFERENCES[0], Judgement.VERIFIED, 0.99, "arxiv has it"))
    store.write_bytes(store.read_bytes() * 6_000)
    assert checking.Memory(store, ["a"], clock=lambda: 1_000_060.0).get(REFERENCES[0])
    assert len(store.read_bytes().splitlines()) == 1
    late = checking.Memory(store, ["a"], clock=lambda: 1_000_000.0 + 40 * 86_400)
    assert late.get(REFERENCES[0]) is None
    store.write_bytes(store.read_bytes() + b'{"key": "cut o')
    memory = checking.Memory(store, ["a"], clock=lambda: 1_000_060.0)
    memory.keep(Verdict(REFERENCES[1], Judgement.VERIFIED, 0.99, "crossref has it"))
    assert checking.Memory(store, ["a"], clock=lambda: 1_000_061.0).get(REFERENCES[1])
    assert checking.Memory(store, ["b"], clock=lambda: 1_000_060.0).get(REFERENCES[0]) is None
