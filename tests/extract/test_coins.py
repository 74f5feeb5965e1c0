"""The records that reference managers find in pages (COinS) are read where a page shows the references they are made from."""

from __future__ import annotations

from cite2bib.extract import read_any
from cite2bib.formats import get

RECORD = (
    "ctx_ver=Z39.88-2004&amp;rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3Ajournal&amp;rft.genre=article&amp;rft.jtitle=Nature"
    "&amp;rft.atitle=Deep+Learning&amp;rft.volume=521&amp;rft.date=2015&amp;rft.aulast=LeCun&amp;rft.aufirst=Yann&amp;rft.au=Bengio%2C+Yoshua"
)
SPAN = f'<span title="{RECORD}" class="Z3988"></span>'
OTHER = (
    "<li>Smith, J. (1999). <i>A book of things that matter</i>. London: Penguin. ISBN 978-0-306-40615-7.</li>"
)


def page(item: str) -> bytes:
    return f"<!DOCTYPE html><html><body><h2>References</h2><ol><li>{item}</li>{OTHER}</ol></body></html>".encode()


def test_a_reference_with_its_record_is_read_from_it_and_the_others_from_their_text() -> None:
    first, second = read_any(page(f"LeCun e.a.: <i>Deep Learning</i>, 2015 {SPAN}"), "a.html").works
    assert (first.type, first.text("container-title"), first.text("volume")) == (
        "article-journal",
        "Nature",
        "521",
    )
    assert [name.family for name in first.names("author")] == ["LeCun", "Bengio"]
    assert second.text("ISBN") == "9780306406157"


def test_a_record_of_something_that_is_not_shown_is_not_taken() -> None:
    works = read_any(
        page(f"Doe, J. (2001). <i>Another title altogether</i>. Berlin: Springer. {SPAN}"), "a.html"
    ).works
    assert "Deep Learning" not in [work.text("title") for work in works]


def test_our_own_lists_come_back() -> None:
    source = (
        "@article{a, author={Doe, Jane}, title={On Things}, journal={Nature}, volume=5, pages={1--9}, year=2020, doi={10.1000/x}}"
        "@article{b, author={Weinberg, S.}, journal={Phys. Rev. Lett.}, volume=19, pages={1264}, year=1967}"
    )
    said, untitled = get("bibtex").read(source.encode(), "a.bib").works
    text = get("html").write([said, untitled]).text
    one, two = read_any(text.encode(), "a.html").works
    for variable in ("title", "container-title", "volume", "page", "DOI"):
        assert one.text(variable) == said.text(variable)
        assert two.text(variable) == untitled.text(variable)
    assert (one.type, one.names("author"), one.date()) == (said.type, said.names("author"), said.date())
