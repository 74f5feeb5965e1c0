"""References without a title: found and told apart by where they are printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from cite2bib.index.memory import Library
from cite2bib.model import Work
from cite2bib.resolve import lock
from cite2bib.resolve.dedupe import dedupe
from cite2bib.resolve.lookup import resolve
from cite2bib.resolve.match import choose
from cite2bib.resolve.match.facts import same_venue
from cite2bib.resolve.match.weights import DOUBT
from index_made import disk_of
from resolve_works import work

PBE = work(
    "Generalized Gradient Approximation Made Simple",
    "John P. Perdew; Kieron Burke; Matthias Ernzerhof",
    "1996",
    container_title="Physical Review Letters",
    volume="77",
    page="3865-3868",
    DOI="10.1103/x",
)
BESIDE = work(
    "Waves of Another Kind",
    "Ann Bo",
    "1996",
    container_title="Physical Review B",
    volume="77",
    page="3865-3870",
)
LATER = work(
    "Things at Sea",
    "John P. Perdew",
    "1996",
    container_title="Physical Review Letters",
    volume="77",
    page="3900",
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Phys. Rev. Lett.", "Physical Review Letters"),
        ("PRL", "Physical Review Letters"),
        ("Phys. Rev. B", "Physical Review B"),
        ("Proc. Natl. Acad. Sci. U.S.A.", "Proceedings of the National Academy of Sciences"),
        ("PNAS", "Proceedings of the National Academy of Sciences of the United States of America"),
        ("J. Am. Chem. Soc.", "Journal of the American Chemical Society"),
        ("JACS", "Journal of the American Chemical Society"),
        ("Astrophys. J.", "The Astrophysical Journal"),
        ("ApJ", "The Astrophysical Journal"),
        ("A&A", "Astronomy & Astrophysics"),
        ("MNRAS", "Monthly Notices of the Royal Astronomical Society"),
        ("Mon. Not. R. Astron. Soc.", "Monthly Notices of the Royal Astronomical Society"),
        ("Angew. Chem. Int. Ed.", "Angewandte Chemie International Edition"),
        ("J. Phys.: Condens. Matter", "Journal of Physics: Condensed Matter"),
        ("Nucl. Phys. B", "Nuclear Physics B"),
        ("Z. Phys. C", "Zeitschrift für Physik C"),
        ("Jpn. J. Appl. Phys.", "Japanese Journal of Applied Physics"),
        ("Ann. Phys. (N.Y.)", "Annals of Physics"),
        ("Nat. Commun.", "Nature Communications"),
        ("IEEE Trans. Pattern Anal. Mach. Intell.", "IEEE Transactions on Pattern Analysis and Machine Intelligence"),
        ("TPAMI", "IEEE Transactions on Pattern Analysis and Machine Intelligence"),
        ("Lect. Notes Comput. Sci.", "Lecture Notes in Computer Science"),
        ("J. Chem. Phys.", "The Journal of Chemical Physics"),
        ("Bull. Am. Math. Soc.", "Bulletin of the American Mathematical Society"),
        ("N. Engl. J. Med.", "New England Journal of Medicine"),
        ("Acta Crystallogr. A", "Acta Crystallographica Section A"),
    ],
)  # fmt: skip
def test_one_venue(one: str, other: str) -> None:
    assert same_venue(one, other)
    assert same_venue(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Phys. Rev. B", "Physical Review D"),
        ("Phys. Lett. B", "Nuclear Physics B"),
        ("J. Phys. Chem.", "Journal of Physics: Condensed Matter"),
        ("Appl. Phys. Lett.", "Chemical Physics Letters"),
        ("J. Appl. Phys.", "Applied Physics Letters"),
        ("Nano Lett.", "Nature Letters"),
        ("Phys. Status Solidi A", "Phys. Status Solidi B"),
        ("J. Chem. Phys.", "Journal of Computational Physics"),
        ("Science", "Nature"),
    ],
)
def test_two_venues(one: str, other: str) -> None:
    assert not same_venue(one, other)
    assert not same_venue(other, one)


def _asked(authors: str = "J. P. Perdew; others", **said: str) -> Work:
    told = {"container_title": "Phys. Rev. Lett.", "volume": "77", "page": "3865", **said}
    return work(told.pop("title", ""), authors, told.pop("issued", "1996"), **told)


@pytest.mark.parametrize(
    ("said", "is_found"),
    [
        ({}, True),
        ({"authors": ""}, True),
        ({"issued": "1997"}, True),
        ({"container_title": "PRL"}, True),
        ({"container_title": "Phys. Rev. Letters (USA)"}, True),
        ({"container_title": "Lettere di Fisica"}, True),  # by volume, page, year and first author
        ({"container_title": "Lettere di Fisica", "authors": ""}, False),
        ({"authors": "X. Yang; others"}, False),
        ({"volume": "78"}, False),
        ({"page": "3866"}, False),
        ({"issued": "2006"}, True),
        ({"issued": "2006", "authors": ""}, False),
        ({"page": ""}, False),
        ({"page": "", "issue": "3865"}, True),  # "Phys. Rev. Lett. 77, 3865"
        ({"page": "", "issue": "18"}, False),
        ({"volume": ""}, True),  # venue, page, year and first author
        ({"volume": "", "authors": ""}, False),
    ],
)
def test_a_reference_without_a_title(said: dict[str, str], is_found: bool, tmp_path: Path) -> None:
    query = _asked(**said)
    assert (choose(query, [BESIDE, LATER, PBE]).record is PBE) is is_found
    if said.get("volume", "77"):
        assert (
            resolve([query], libraries=[Library([BESIDE, LATER, PBE])]).resolutions[0].work.text("DOI") != ""
        ) is is_found
        with disk_of(tmp_path / "ix", [BESIDE, LATER, PBE]) as disk:
            assert (resolve([query], libraries=[disk]).resolutions[0].work.text("DOI") != "") is is_found


def test_an_empty_title_is_none(tmp_path: Path) -> None:
    query = _asked().with_field("title", "")
    assert choose(query, [PBE]).record is PBE
    for index in (Library([BESIDE, PBE]), disk_of(tmp_path / "ix", [BESIDE, PBE])):
        assert resolve([query], libraries=[index]).resolutions[0].source


def test_a_place_outweighs_a_word_of_the_title() -> None:
    query = _asked(title="Generalized Gradient Approximation Mode Simple")
    assert choose(query, [PBE]).record is PBE
    assert choose(query.without("page"), [PBE]).record is None
    assert choose(_asked(title="Generalized Density Approximation Made Simple"), [PBE]).record is None
    assert (
        choose(
            query.with_field("title", "Erratum: Generalized Gradient Approximation Made Simple"), [PBE]
        ).record
        is None
    )


def test_journal_volume_and_page_are_enough_where_everything_is_held() -> None:
    assert choose(_asked(authors=""), [BESIDE, PBE], DOUBT).record is PBE
    assert choose(_asked(authors="", container_title="Lettere"), [BESIDE, PBE], DOUBT).record is None


def test_a_page_one_of_proceedings_is_no_place() -> None:
    record = work(
        "On Words", "Ann Bo; Cy Da", "2020", container_title="Trans. Words", volume="3", page="1-10"
    )
    query = work("", "", "2020", container_title="Trans. Words", volume="3", page="1")
    assert choose(query, [record]).record is None


def test_two_references_by_one_author_are_two_decisions() -> None:
    one, other = _asked(), _asked(page="3900")
    assert lock.fingerprint(one) != lock.fingerprint(other)
    assert len(dedupe([one, other])) == 2
    assert len(dedupe([one, _asked(container_title="Physical Review Letters")])) == 1
