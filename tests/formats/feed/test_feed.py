from __future__ import annotations

import pytest

from cite2bib.diagnostics import ReadError
from cite2bib.formats import get
from formats.reading import read_one, said

ARXIV_RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>cs.LG updates on arXiv.org</title>
<item><title>Scaling Laws for Neural Language Models</title><link>https://arxiv.org/abs/2001.08361</link>
<description>arXiv:2001.08361v1 Announce Type: new
Abstract: We study empirical scaling laws.</description><pubDate>Thu, 23 Jan 2020 00:00:00 -0500</pubDate>
<guid isPermaLink="false">oai:arXiv.org:2001.08361v1</guid><dc:creator>Jared Kaplan, Sam McCandlish and Tom Henighan</dc:creator></item>
<item><title>We are moving</title><link>https://example.org/blog</link></item></channel></rss>"""

JOURNAL = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/">
<channel rdf:about="x"><title>A Journal</title></channel>
<item rdf:about="y"><title><![CDATA[Genes of <i>E. coli</i> &amp; others]]></title><link>https://journal.example.org/1</link>
<dc:creator>Doe, Jane</dc:creator><dc:creator>John Roe</dc:creator><dc:identifier>doi:10.1234/abc</dc:identifier>
<dc:date>2021-07-15</dc:date><prism:publicationName>A Journal</prism:publicationName><prism:volume>5</prism:volume>
<prism:number>7</prism:number><prism:startingPage>583</prism:startingPage><prism:endingPage>589</prism:endingPage></item></rdf:RDF>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>ArXiv Query</title>
<entry><id>http://arxiv.org/abs/1706.03762v7</id><published>2017-06-12T17:57:34Z</published><title>Attention Is All You
  Need</title><summary>The dominant models.</summary><author><name>Ashish Vaswani</name></author>
<link href="http://arxiv.org/abs/1706.03762v7" rel="alternate" type="text/html"/></entry></feed>"""


def test_an_announcement_of_arxiv_and_news() -> None:
    result = get("feed").read(ARXIV_RSS.encode(), "cs.rss")
    assert [fault.code for fault in result.diagnostics] == ["not-a-work"]
    assert said(result.works[0]) == {
        "title": "Scaling Laws for Neural Language Models",
        "author": "Jared Kaplan; Sam McCandlish; Tom Henighan",
        "issued": "2020-01-23",
        "abstract": "We study empirical scaling laws.",
        "arxiv": "2001.08361",
        "URL": "https://arxiv.org/abs/2001.08361",
    }
    assert result.works[0].fields["title"].origin.locator == "3"


def test_an_article_of_a_journal() -> None:
    work = read_one("feed", JOURNAL)
    assert work.type == "article-journal"
    assert said(work) == {
        "title": "Genes of <i>E. coli</i> & others",
        "author": "Jane Doe; John Roe",
        "container-title": "A Journal",
        "issued": "2021-07-15",
        "volume": "5",
        "issue": "7",
        "page": "583-589",
        "DOI": "10.1234/abc",
        "URL": "https://journal.example.org/1",
    }


def test_an_answer_of_arxiv() -> None:
    work = read_one("feed", ATOM)
    assert work.text("arxiv") == "1706.03762"
    assert work.text("title") == "Attention Is All You Need"
    assert {field.origin.source for field in work.fields.values()} != {"arxiv"}


def test_another_root() -> None:
    with pytest.raises(ReadError, match="expected an RSS or Atom feed"):
        get("feed").read(b"<html/>", "x.rss")
