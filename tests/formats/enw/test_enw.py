from __future__ import annotations

from cite2bib.formats import get
from formats.reading import read_one, said


def test_a_record() -> None:
    work = read_one(
        "enw",
        "%0 Journal Article\n%A Lovelace, Ada\n%A Babbage, Charles\n%T Notes\n%J Memoirs\n%D 1843\n%8 1843-09-01\n"
        "%V 3\n%N 4\n%P 666-731\n%@ 0317-8471\n%R 10.1234/x\n%K engines\ncomputing\n%F lovelace\n%M kept\n%+ Address\n",
    )
    assert (work.id, work.type) == ("lovelace", "article-journal")
    found = said(work)
    assert found["author"] == "Ada Lovelace; Charles Babbage"
    assert found["issued"] == "1843-09-01"
    assert found["keyword"] == "engines, computing"
    assert (found["ISSN"], found["DOI"], found["enw:+"]) == ("0317-8471", "10.1234/x", "Address")


def test_records_of_refer_are_parted_by_blank_lines() -> None:
    works = get("enw").read(b"%T A\n%A B\n\n%A C\n%T D\n%J E\n%V 1\n\n\n%T F\n", "x").works
    assert [work.text("title") for work in works] == ["A", "D", "F"]
    assert works[1].type == "article-journal"
