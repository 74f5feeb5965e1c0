"""Web pages: what they say of themselves, and where they may lie."""

from __future__ import annotations

import socket
from typing import Any

import pytest

from asked import work
from cite2bib import dates, sources
from cite2bib.http import guard
from cite2bib.http.guard import NotPublicError, is_public, judged
from cite2bib.records.webpage import work_from_webpage
from cite2bib.sources import Answer
from loopback import HTML, Loopback, Reply
from runs import Opens

SCHOLARLY = """<html lang="en"><head><title>Made Papers | Anthology</title>
<meta content="A made &amp; paper" name="citation_title"><meta name="citation_author" content="Made, Ada">
<meta name=citation_author content="Ben van Else"><meta name="citation_publication_date" content="2020/7">
<meta name="citation_conference_title" content="Proceedings of Made Things"><meta name="citation_firstpage" content="1">
<meta name="citation_lastpage" content="9"><meta name="citation_doi" content="10.5555/made"></head><body>x</body></html>"""
LINKED = """<title>News</title><link rel="canonical" href="https://example.org/made">
<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "Site"}, {"@type": ["NewsArticle"],
"headline": "All is made", "author": [{"name": "Ada Made"}, {"name": "https://x.org/ada"}], "datePublished": "2021-02-03T04:05:06Z",
"publisher": {"name": "The Made Times"}}]}</script>"""
SOCIAL = """<meta property="og:title" content="A made post"><meta property="og:site_name" content="Made Blog">
<meta property="article:published_time" content="2022-01-02"><script type="application/ld+json">{broken</script>"""


def test_a_scholarly_page() -> None:
    found = work_from_webpage(SCHOLARLY, "https://example.org/x")
    assert found.type == "paper-conference"
    assert [str(name) for name in found.names("author")] == ["Ada Made", "Ben van Else"]
    said = [found.text(name) for name in ("title", "container-title", "page", "DOI", "language", "URL")]
    assert said == [
        "A made & paper",
        "Proceedings of Made Things",
        "1-9",
        "10.5555/made",
        "en",
        "https://example.org/x",
    ]
    date = found.date()
    assert date
    assert dates.edtf(date) == "2020-07"


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (
            LINKED,
            (
                "article-newspaper",
                "All is made",
                "The Made Times",
                "2021-02-03",
                "https://example.org/made",
                "Ada Made",
            ),
        ),
        (SOCIAL, ("webpage", "A made post", "Made Blog", "2022-01-02", "https://example.org/x", "")),
        ("<title> A\n title </title>", ("webpage", "A title", "", "", "https://example.org/x", "")),
    ],
)
def test_other_pages(page: str, said: tuple[str, ...]) -> None:
    found = work_from_webpage(page, "https://example.org/x")
    date = found.date()
    names = "; ".join(map(str, found.names("author")))
    assert said == (
        found.type, found.text("title"), found.text("publisher"), dates.edtf(date) if date else "", found.text("URL"), names,
    )  # fmt: skip


def ask(server: Loopback, opened: Opens, path: str = "/page", **settings: Any) -> Answer:
    with opened(**({"allow_private": True} | settings)) as send:
        (answer,) = sources.get("webpage").ask(
            send, "", [work(URL=f"{server.url}{path}#part"), work(DOI="10.5555/x")]
        )
        return answer


def test_a_page_is_fetched(opened: Opens) -> None:
    page = "<meta charset='iso-8859-1'><title>Größe</title>".encode("latin-1")
    with Loopback(lambda _seen: Reply(200, page, {"Content-Type": "text/html"})) as server:
        answer = ask(server, opened)
        assert [item.text("title") for item in answer.found] == ["Größe"]
        assert server.seen[0].target == "/page"


def test_a_page_in_a_private_network_is_never_asked(opened: Opens) -> None:
    with Loopback(lambda _seen: Reply(200, b"<title>secret</title>")) as server:
        answer = ask(server, opened, allow_private=False)
        assert "private" in str(answer.error)
        assert server.count() == 0


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True), ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("127.0.0.1", False), ("10.0.0.1", False), ("172.16.0.1", False), ("192.168.1.1", False), ("169.254.169.254", False),
        ("100.64.0.1", False), ("0.0.0.0", False), ("::1", False), ("fe80::1%eth0", False), ("fd00::1", False),
        ("::ffff:127.0.0.1", False), ("224.0.0.1", False), ("ff02::1", False), ("::ffff:93.184.215.14", True),
        ("64:ff9b::10.0.0.1", False), ("64:ff9b::93.184.215.14", True), ("::127.0.0.1", False), ("::", False),
        ("2002:7f00:1::", False), ("2001:0:7f00:1::", False), ("fec0::1", False), ("240.0.0.1", False),
        ("255.255.255.255", False), ("192.0.2.1", False), ("198.18.0.1", False),
    ],
)  # fmt: skip
def test_what_is_public(address: str, public: bool) -> None:
    class Connected(socket.socket):
        def getpeername(self) -> tuple[str, int]:
            return address, 80

    with Connected() as connected:
        if public:
            assert judged(connected) is connected
        else:
            with pytest.raises(NotPublicError):
                judged(connected)
            assert connected.fileno() == -1


# The same machine, in all the ways in which an address may say it.
DISGUISES = (
    "2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1", "127.1", "127.0.0.1.", "localhost", "LOCALHOST.",
    "[::1]", "[::ffff:127.0.0.1]", "user:word@127.0.0.1", "public.example@127.0.0.1", "0",
)  # fmt: skip


@pytest.mark.parametrize("host", DISGUISES)
def test_a_private_address_in_disguise_is_never_asked(host: str, opened: Opens) -> None:
    with Loopback(lambda _seen: Reply(200, b"<title>secret</title>")) as server:
        address = f"http://{host}:{server.url.rpartition(':')[2]}/"
        with opened(allow_private=False, retries=0) as send:
            (answer,) = sources.get("webpage").ask(send, "", [work(URL=address)])
        assert answer.error
        assert not answer.found
        assert server.count() == 0


def test_a_name_that_leads_elsewhere_the_second_time(opened: Opens, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a name led to when it was looked at says nothing: the connection itself is judged."""
    looked_up: list[str] = []
    real = socket.getaddrinfo

    def rebinding(host: str, *arguments: Any, **options: Any) -> Any:
        looked_up.append(host)
        return real("127.0.0.1", *arguments, **options)

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    with Loopback(lambda _seen: Reply(200, b"<title>secret</title>")) as server:
        address = f"http://rebinding.example:{server.url.rpartition(':')[2]}/"
        with opened(allow_private=False, retries=0) as send:
            (answer,) = sources.get("webpage").ask(send, "", [work(URL=address)])
        assert "private" in str(answer.error)
        assert server.count() == 0
    assert "rebinding.example" in looked_up


@pytest.mark.parametrize("host", ["localhost", "[::1]", "2130706433", "0x7f000001"])
def test_a_public_page_leads_into_no_private_network(
    host: str, opened: Opens, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Here 127.0.0.1 counts as public once: its page redirects, and every further connection is judged as always."""
    seen: list[str] = []

    def first_is_public(address: str) -> bool:
        seen.append(address)
        return len(seen) == 1 or is_public(address)

    monkeypatch.setattr(guard, "is_public", first_is_public)
    with Loopback(lambda _seen: Reply(200, b"<title>secret</title>")) as private:
        target = private.url.replace("127.0.0.1", host)
        with Loopback(lambda _seen: Reply(302, b"", {"Location": target})) as public:
            answer = ask(public, opened, allow_private=False, retries=0)
            assert public.count() == 1
        assert answer.error
        assert private.count() == 0


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (Reply(404, HTML), ""),
        (Reply(410, HTML), ""),
        (Reply(200, b"%PDF-1.7", {"Content-Type": "application/pdf"}), ""),
        (Reply(200, b"<p>no title</p>"), ""),
        (Reply(200, HTML), "humans"),
        (Reply(403, b"no"), "403"),
        (Reply(200, b"x" * (5 * 2**20 + 1)), "larger than 5 MB"),
    ],
)
def test_a_page_that_says_nothing(reply: Reply, error: str, opened: Opens) -> None:
    with Loopback(lambda _seen: reply) as server:
        answer = ask(server, opened)
        assert not answer.found
        assert bool(answer.error) == bool(error)
        assert error in str(answer.error or "")


def test_a_page_may_move_to_another_host(opened: Opens) -> None:
    with Loopback(
        lambda seen: Reply(200, f"<title>{seen.headers['host'].split(':')[0]}</title>".encode())
    ) as server:
        server.fault = lambda seen: "elsewhere" if seen.headers["host"].startswith("127") else ""
        assert [item.text("title") for item in ask(server, opened).found] == ["localhost"]
