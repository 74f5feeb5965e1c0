"""The table of sources: addresses, intervals, and what is wrong with a user's choice."""

from __future__ import annotations

import pytest

from cite2bib import sources
from cite2bib.diagnostics import UsageError


def test_the_environment_outweighs_the_settings() -> None:
    table = {"crossref": {"url": "https://mirror.example/crossref/", "interval": 2}}
    crossref = {source.name: source for source in sources.configured(table, {})}["crossref"]
    assert (crossref.url, crossref.interval_s) == ("https://mirror.example/crossref", 2.0)
    environ = {"CITE2BIB_CROSSREF_URL": "https://other.example", "CITE2BIB_CROSSREF_INTERVAL": "0.5"}
    crossref = {source.name: source for source in sources.configured(table, environ)}["crossref"]
    assert (crossref.url, crossref.interval_s) == ("https://other.example", 0.5)


def test_a_mirror_on_this_machine_needs_no_interval() -> None:
    for url in ("http://127.0.0.1:8000", "http://localhost/x", "http://[::1]:80"):
        arxiv = sources.configured({"arxiv": {"url": url}}, {})[0]
        assert arxiv.interval_s == 0.0
    assert sources.configured({"arxiv": {"url": "https://mirror.example"}}, {})[0].interval_s == 3.0


@pytest.mark.parametrize(
    "table",
    [
        {"arxive": {}},
        {"arxiv": {"url": "export.arxiv.org"}},
        {"arxiv": {"url": "file:///etc/passwd"}},
        {"arxiv": {"interval": "often"}},
        {"arxiv": {"interval": -1}},
        {"arxiv": {"interval": "nan"}},
    ],
)
def test_a_wrong_setting_is_told(table: dict[str, dict[str, object]]) -> None:
    with pytest.raises(UsageError):
        sources.configured(table, {})


def test_names() -> None:
    assert sources.get("arXiv").title == "arXiv"
    with pytest.raises(UsageError, match="there are arxiv, crossref"):
        sources.get("scopus")
