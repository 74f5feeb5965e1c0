"""What every source does, however ill its service is: nothing raised, nothing found, nothing lost, and it is said."""

from __future__ import annotations

import pytest

import loopback
from asked import work
from cite2bib import sources
from cite2bib.diagnostics import NotCached
from cite2bib.model import Name, Work
from cite2bib.sources import SOURCES, Answer, Source
from loopback import HTML, Loopback, Reply
from runs import Opens

AUTHOR = (Name("Made", "Ada"),)
BY = {
    "DOI": work(DOI="10.5555/made", title="A made paper", author=AUTHOR),
    "arxiv": work(arxiv="2001.00001", title="A made paper", author=AUTHOR),
    "PMID": work(PMID="12345", title="A made paper"),
    "PMCID": work(PMCID="PMC12345", title="A made paper"),
    "ISBN": work("book", ISBN="9783161484100", title="A made book"),
}
# Those that know only identifiers of their own.
OWN = {
    "anthology": [
        work(DOI="10.18653/v1/2020.acl-main.747", title="A made paper"),
        work(URL="https://aclanthology.org/P19-1001/", title="A made paper"),
    ],
    "openreview": [work(URL="https://openreview.net/forum?id=abcDEF1234", title="A made paper")],
}
FAULTS = [name for name in loopback.FAULTS if name not in {"charset", "elsewhere"}]


# A hung service costs its time-out, once for each try.
IMPATIENT = {"read_timeout_s": 0.15, "total_timeout_s": 0.3, "retries": 1}


def asked_of(source: Source, server: Loopback) -> list[Work]:
    """All that the source can be asked: by each identifier and by title."""
    works = OWN.get(source.name) or [BY[name] for name in sorted(source.identifiers) if name in BY]
    if source.name == "webpage":
        works.append(work(URL=f"{server.url}/page", title="A made page"))
    return [*works, work(title="A made paper on nothing at all", author=AUTHOR)] if source.searches else works


def ask(
    source: Source, server: Loopback, opened: Opens, **settings: float
) -> tuple[list[Work], list[Answer]]:
    works = asked_of(source, server)
    with opened(**({"allow_private": True} | settings)) as send:
        return works, list(source.ask(send, server.url, works))


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_an_ill_service(source: Source, fault: str, opened: Opens) -> None:
    with Loopback(lambda _seen: Reply(200, HTML * 10)) as server:
        server.fault = fault
        works, answers = ask(source, server, opened, **IMPATIENT)
    if source.name == "webpage" and fault in {"garbage", "blank"}:
        assert not any(answer.found for answer in answers)  # any text is a page, and this one has no title
        return
    asked = {id(item) for answer in answers for item in answer.asked}
    assert asked == set(map(id, works))
    assert all(answer.error and not answer.found for answer in answers)


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_another_host_is_gone_to_by_pages_alone(source: Source, opened: Opens) -> None:
    with Loopback(lambda _seen: Reply(200, HTML * 10)) as server:
        server.fault = lambda seen: "elsewhere" if seen.headers["host"].startswith("127") else ""
        _, answers = ask(source, server, opened)
        hosts = {seen.headers["host"].partition(":")[0] for seen in server.seen}
    assert all(answer.error and not answer.found for answer in answers)
    assert hosts == ({"127.0.0.1", "localhost"} if source.name == "webpage" else {"127.0.0.1"})


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_a_wrong_charset_on_what_is_no_record(source: Source, opened: Opens) -> None:
    with Loopback(lambda _seen: Reply(200, HTML * 10)) as server:
        server.fault = "charset"
        _, answers = ask(source, server, opened)
    assert not any(answer.found for answer in answers)


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_offline_nothing_is_asked(source: Source, opened: Opens) -> None:
    with Loopback(lambda _seen: Reply(200, b"")) as server:
        works, answers = ask(source, server, opened, offline=True)
        assert server.count() == 0
    assert all(isinstance(answer.error, NotCached) for answer in answers)
    assert {id(item) for answer in answers for item in answer.asked} == set(map(id, works))


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_an_empty_work_is_never_asked_for(source: Source, opened: Opens) -> None:
    with Loopback(lambda _seen: Reply(200, b"")) as server, opened() as send:
        works = [
            work(),
            work(title=" ?! "),
            work(DOI="nonsense"),
            work(arxiv="abc"),
            work(URL="mailto:a@b.c"),
        ]
        assert list(source.ask(send, server.url, works)) == []
        assert server.count() == 0


def test_each_has_a_name_of_its_own() -> None:
    assert (
        len({source.name for source in SOURCES}) == len({source.title for source in SOURCES}) == len(SOURCES)
    )
    assert [source.name for source in sources.configured({}, {})] == ["arxiv", "crossref", "datacite"]
    everything = [source.name for source in SOURCES]
    assert [source.name for source in sources.configured({}, {}, everything)] == everything
