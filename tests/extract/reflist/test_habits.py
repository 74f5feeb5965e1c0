"""A list is read as a whole: what its references have in common decides where one alone could be read in two ways."""

from __future__ import annotations

import pytest

from cite2bib.extract.reflist import parse, parse_list, split
from cite2bib.letters import fold
from cite2bib.model import NOWHERE

VANCOUVER = [
    "Einstein A. Relativity: The special and general theory. Penguin; 1920.",
    "Smith J, Jones P. Growth of small cells in salt water. J Cell Biol. 2001;12(3):45-67.",
    "Miller K, Baker T. The early spring. Oxford: Blackwell; 1999.",
    "Wu C, Li H, Chen R. Light in thin films. Appl Phys Lett. 2010;96:1-3.",
    "Kaur R. Wages and prices. World Dev. 2004;32(1):1-20.",
    "Novak M, Horak J. Winter storms of the north. Q J Meteorol. 2012;138:1-9.",
]
CHICAGO = """Adachi, H., and M. Takano. 1989. “Cluster Model Investigation of the Electronic State.” Physica C
157 (1): 169–79. https://doi.org/10.1016/0921-4534(89)90484-X
Bordes, Florian, Sina Honari, and Pascal Vincent. 2017. “Learning to Generate Samples from
Noise through Infusion Training.” 5th International Conference on Learning
Representations, ICLR 2017, Toulon, France, April 24-26, 2017, Conference Track
Proceedings. https://openreview.net/forum?id=BJAFbaolg-
“Charter of the Northern Towns.” 1921. Archive of the Northern Towns. Accessed May 2, 2020.
Einstein, Albert. 1920. Relativity: The Special and General Theory. Penguin.
Moratis, K., S. L. Tan, and S. Germanis. 2016. “Strained Core-Shell Nanowires.”
Nanoscale Res. Lett. 11 (1). https://doi.org/10.1186/s11671-016-1384-y.
Pears, Richard, and Graham Shields. 2013. Cite Them Right. Palgrave Macmillan."""


def test_the_others_of_a_list_tell_how_names_are_written() -> None:
    first = parse_list(VANCOUVER, [NOWHERE] * len(VANCOUVER))[0]
    assert first.names("author")[0].family == "Einstein"
    assert first.text("title") == "Relativity: The special and general theory"


def test_a_short_list_is_read_as_its_references_alone() -> None:
    few = VANCOUVER[1:4]
    assert parse_list(few, [NOWHERE] * len(few)) == [parse(text) for text in few]


def test_no_line_inside_a_reference_opens_one_and_no_short_reference_is_swallowed() -> None:
    starts = [fold(item.text)[:6] for item in split(CHICAGO)]
    assert starts == ["adachi", "bordes", "charte", "einste", "morati", "pearsr"]


@pytest.mark.parametrize(
    ("reference", "title", "families"),
    [
        ("M. Namazu, D. MacKenzie, H. Zerriffi, Is sharing for everyone? Understanding the growth of shared services, Transport Policy 63 (2018) 189–199.",
         "Is sharing for everyone? Understanding the growth of shared services", ["Namazu", "MacKenzie", "Zerriffi"]),
        ("D. Cherns, S. Henley, F. Ponce, Edge and Screw Dislocations as Nonradiative Centers in InGaN Luminescence, Appl. Phys. Lett. 78 (2001) 2691–2693.",
         "Edge and Screw Dislocations as Nonradiative Centers in InGaN Luminescence", ["Cherns", "Henley", "Ponce"]),
        ("Levine B F, Choi K K and Malik R J 1987 New infrared detector using absorption in resonant tunnelling Appl. Phys. Lett. 50 1092–4",
         "New infrared detector using absorption in resonant tunnelling", ["Levine", "Choi", "Malik"]),
        ("Townsend, K., Cufí, C., Akiba, & Davidson, R. (2014). Getting started with Bluetooth (p. 164). O’Reilly.",
         "Getting started with Bluetooth", ["Townsend", "Cufí", "Akiba", "Davidson"]),
        ("Malinowski, B. (1972). Argonauts of New Guinea, 8th ed., Routledge, London.", "Argonauts of New Guinea", ["Malinowski"]),
        ("Sears ME, ‘Harnessing detoxification: a review’ (2013) 20 The Scientific World Journal 219840", "Harnessing detoxification: a review", ["Sears"]),
        ("1M. Tubaishat and S. Madria, “Sensor networks: an overview”, IEEE Potentials 22, 20–23 (2003).", "Sensor networks: an overview", ["Tubaishat", "Madria"]),
        ("Ashraf, N., & Zingales, L. (2025). Meaning at work (Working Paper No. 33843). National Bureau of Economic Research.",
         "Meaning at work", ["Ashraf", "Zingales"]),
        ("D. S. Himmelstein and C. S. Greene, “Access to scholarly literature,” eLife, vol. 7, Mar. 2018.", "Access to scholarly literature", ["Himmelstein", "Greene"]),
        ("Allaire J, Xie Y, Dervieux C. Dynamic documents for R. 2023.", "Dynamic documents for R", ["Allaire", "Xie", "Dervieux"]),
    ],
)  # fmt: skip
def test_where_the_title_ends(reference: str, title: str, families: list[str]) -> None:
    work = parse(reference)
    assert work.text("title") == title
    assert [name.family or name.literal for name in work.names("author")] == families


@pytest.mark.parametrize(
    "reference",
    [
        "E. B. Yakimov, J. Phys. Condens. Matter 14, 13069 (2002).",
        "R. Chen, K. W. Ng, and C. Chang-Hasnain, Nat. Commun. 5, (2014).",
        "L. Metz and B. Poole in 5th International Conference on Learning Representations, OpenReview.net, 2017.",
    ],
)
def test_where_no_title_is_printed_none_is_made_up(reference: str) -> None:
    work = parse(reference)
    assert not work.text("title")
    assert work.names("author")
