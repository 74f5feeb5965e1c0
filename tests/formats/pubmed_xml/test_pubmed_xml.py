from __future__ import annotations

from formats.reading import read_one, said

ARTICLE = """<?xml version="1.0"?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle//EN" "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_190101.dtd">
<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID Version="1">23633646</PMID><Article>
<Journal><ISSN>1720-8386</ISSN><JournalIssue><Volume>36</Volume><PubDate><MedlineDate>2013 Jan-Feb</MedlineDate></PubDate>
</JournalIssue><Title>Journal of X</Title><ISOAbbreviation>J. X</ISOAbbreviation></Journal>
<ArticleTitle>[Effects of <i>E. coli</i> &amp; H<sub>2</sub>O.]</ArticleTitle>
<Pagination><StartPage>764</StartPage><EndPage>769</EndPage></Pagination>
<Abstract><AbstractText Label="AIM">One.</AbstractText><AbstractText>Two.</AbstractText></Abstract>
<AuthorList><Author><LastName>Gibb</LastName><ForeName>F W</ForeName><Suffix>Jr</Suffix></Author>
<Author><CollectiveName>The Group</CollectiveName></Author></AuthorList></Article></MedlineCitation>
<PubmedData><ArticleIdList><ArticleId IdType="doi">10.1234/X</ArticleId><ArticleId IdType="pmc">PMC9</ArticleId></ArticleIdList></PubmedData>
</PubmedArticle></PubmedArticleSet>"""

BOOK = """<PubmedArticleSet><PubmedBookArticle><BookDocument><PMID>21</PMID><Book><Publisher><PublisherName>NCBI</PublisherName>
<PublisherLocation>Bethesda (MD)</PublisherLocation></Publisher><BookTitle>Whole</BookTitle><PubDate><Year>2009</Year><Month>02</Month>
</PubDate><AuthorList Type="editors"><Author><LastName>Doe</LastName><ForeName>Jane</ForeName></Author></AuthorList></Book>
<ArticleTitle>Part</ArticleTitle><AuthorList Type="authors"><Author><LastName>Roe</LastName><Initials>R</Initials></Author></AuthorList>
</BookDocument></PubmedBookArticle></PubmedArticleSet>"""


def test_an_article() -> None:
    work = read_one("pubmed-xml", ARTICLE)
    assert work.type == "article-journal"
    assert said(work) == {
        "title": "Effects of <i>E. coli</i> & H<sub>2</sub>O.",
        "author": "F W Gibb Jr; The Group",
        "container-title": "Journal of X",
        "container-title-short": "J. X",
        "ISSN": "1720-8386",
        "volume": "36",
        "page": "764-769",
        "abstract": "AIM: One.\nTwo.",
        "PMID": "23633646",
        "issued": "2013-01/2013-02",
        "DOI": "10.1234/x",
        "PMCID": "PMC9",
    }


def test_a_chapter() -> None:
    work = read_one("pubmed-xml", BOOK)
    assert work.type == "chapter"
    found = said(work)
    assert (found["author"], found["editor"], found["container-title"]) == ("R Roe", "Jane Doe", "Whole")
    assert (found["issued"], found["publisher-place"]) == ("2009-02", "Bethesda (MD)")
