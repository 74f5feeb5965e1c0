"""Titles and their abbreviations by ISO 4, as journals print them."""

from __future__ import annotations

import pytest

from cite2bib.fix.journals import abbreviated, in_full

TITLES = [
    tuple(line.split("|"))
    for line in """
Journal of the American Chemical Society|J. Am. Chem. Soc.
Proceedings of the National Academy of Sciences of the United States of America|Proc. Natl. Acad. Sci. U. S. A.
New England Journal of Medicine|N. Engl. J. Med.
IEEE Transactions on Information Theory|IEEE Trans. Inf. Theory
The Astrophysical Journal|Astrophys. J.
Monthly Notices of the Royal Astronomical Society|Mon. Not. R. Astron. Soc.
Physical Review B|Phys. Rev. B
Angewandte Chemie International Edition|Angew. Chem. Int. Ed.
Zeitschrift für Physik|Z. Phys.
Comptes Rendus de l'Académie des Sciences|C. R. Acad. Sci.
Revista Mexicana de Física|Rev. Mex. Fís.
Deutsches Ärzteblatt|Dtsch. Ärztebl.
Journal of Physics: Condensed Matter|J. Phys.: Condens. Matter
Environmental Science & Technology|Environ. Sci. Technol.
Nuclear Instruments and Methods in Physics Research Section A|Nucl. Instrum. Methods Phys. Res. A
Transportation Research Part C|Transp. Res. C
Software: Practice and Experience|Softw.: Pract. Exp.
Advances in Neural Information Processing Systems|Adv. Neural Inf. Process. Syst.
Toxicology in Vitro|Toxicol. in Vitro
PLoS Computational Biology|PLoS Comput. Biol.
Journal of the ACM|J. ACM
Trends in Cognitive Sciences|Trends Cogn. Sci.
Nature|Nature
Gastroenterology|Gastroenterology
Cell|Cell
""".strip().splitlines()
]


@pytest.mark.parametrize(("title", "short"), TITLES)
def test_abbreviating(title: str, short: str) -> None:
    assert abbreviated(title) == short
    assert abbreviated(short) == short


@pytest.mark.parametrize(
    ("short", "title"),
    [
        ("J. Am. Chem. Soc.", "Journal of the American Chemical Society"),
        ("J. Amer. Chem. Soc.", "J. Amer. Chem. Soc."),
        ("Phys. Rev. D", "Physical Review D"),
        ("Commun. ACM", "Communications of the ACM"),
        ("Ann. Math.", "Annals of Mathematics"),
        ("Nature", "Nature"),
        ("J. Unkn.", "J. Unkn."),
    ],
)
def test_the_way_back_goes_to_titles_that_are_known(short: str, title: str) -> None:
    assert in_full(short) == title


def test_the_way_back_prefers_what_the_same_file_says() -> None:
    assert in_full("J. Thing Stud.", ("Journal of Thing Studies", "Nature")) == "Journal of Thing Studies"
    assert (
        in_full("J. Thing Stud.", ("Journal of Thing Studies", "Journal on Thing Studies"))
        == "J. Thing Stud."
    )
