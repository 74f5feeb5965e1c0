"""Asking PubMed: a search for identifiers or titles, then a fetch."""

from __future__ import annotations

from asked import as_json, ask, errors, work
from cite2bib.model import Name
from loopback import HTML, Reply, Seen
from runs import Opens

SET = """<?xml version="1.0" ?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">
<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID Version="1">123</PMID><Article>
<Journal><ISSN>0317-8471</ISSN><JournalIssue><Volume>1</Volume><PubDate><Year>2020</Year><Month>May</Month></PubDate></JournalIssue>
<Title>Journal of made things</Title></Journal><ArticleTitle>A <i>made</i> paper.</ArticleTitle>
<AuthorList><Author><LastName>Made</LastName><ForeName>Ada B</ForeName></Author></AuthorList></Article>
<CommentsCorrectionsList><CommentsCorrections RefType="RetractionIn"/></CommentsCorrectionsList></MedlineCitation>
<PubmedData><ArticleIdList><ArticleId IdType="doi">10.5555/made</ArticleId></ArticleIdList></PubmedData>
</PubmedArticle></PubmedArticleSet>"""


def answer(seen: Seen) -> Reply:
    if seen.path == "/efetch.fcgi":
        return Reply(200, SET.encode(), {"Content-Type": "text/xml"})
    found = [] if "none" in seen.query["term"] else ["123"]
    return as_json({"esearchresult": {"idlist": found}})


def test_ids_together_and_titles_one_by_one(opened: Opens) -> None:
    works = [
        work(PMID="123"), work(DOI="10.5555/made"), work(PMCID="PMC7"),
        work(title="A made paper (really)", author=(Name("Made"),)), work(title="none such"),
    ]  # fmt: skip
    answers, seen = ask("pubmed", opened, answer, works)
    assert [[item.text("PMID") for item in one.found] for one in answers] == [["123"], ["123"], ["123"], []]
    assert [one.query.get("term") or one.query["id"] for one in seen] == [
        "123", '"10.5555/made"[doi] OR PMC7[pmcid]', "A made paper really[ti] AND made[au]", "none such[ti]",
    ]  # fmt: skip


def test_what_a_record_says(opened: Opens) -> None:
    ((given,), _) = ask("pubmed", opened, answer, [work(PMID="123")])
    (found,) = given.found
    assert (found.text("title"), found.text("DOI"), found.text("status")) == (
        "A <i>made</i> paper", "10.5555/made", "retracted",
    )  # fmt: skip
    assert str(found.fields["title"].origin) == "pubmed https://pubmed.ncbi.nlm.nih.gov/123/"


def test_what_is_no_answer(opened: Opens) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "b">]><PubmedArticleSet>&a;</PubmedArticleSet>'
    assert len(errors("pubmed", opened, [HTML, b"<a/>", bomb, b""], [work(PMID="123")])) == 4
    assert len(errors("pubmed", opened, [HTML, b"{}"], [work(title="A made paper")])) == 2
