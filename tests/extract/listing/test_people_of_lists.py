"""Lists of authors in every order, and what is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cite2bib.extract.listing import people

LISTS = {
    "Wang, Xin, Freer, Jonathan, Chang, Hyung Jin": ["Xin Wang", "Jonathan Freer", "Hyung Jin Chang"],
    "Zhu, Xingyu, Wang, Zixuan, Wang, Xiang, Zhou, Mo, Ge, Rong": [
        "Xingyu Zhu", "Zixuan Wang", "Xiang Wang", "Mo Zhou", "Rong Ge",
    ],
    "Xin Wang, Jonathan Freer and Hyung Jin Chang": ["Xin Wang", "Jonathan Freer", "Hyung Jin Chang"],
    "Wang, X., Freer, J., & Chang, H. J.": ["X. Wang", "J. Freer", "H. J. Chang"],
    "I. Goodfellow, Y. Bengio, A. Courville": ["I. Goodfellow", "Y. Bengio", "A. Courville"],
    "A Vaswani, N Shazeer, AN Gomez, ...": ["A. Vaswani", "N. Shazeer", "A. N. Gomez", "others"],
    "Ashish Vaswani, Noam M. Shazeer, +5 authors, Illia Polosukhin": [
        "Ashish Vaswani", "Noam M. Shazeer", "Illia Polosukhin", "others",
    ],
    "Smith J, Doe A, Brown KL": ["J. Smith", "A. Doe", "K. L. Brown"],
    "Alice Smith (MIT), Bob Jones (Stanford University)": ["Alice Smith", "Bob Jones"],
    "Alice Smith1,2, Bob Jones*2, Carol de la Cruz†": ["Alice Smith", "Bob Jones", "Carol de la Cruz"],
    "Alice Smith | Bob Jones | C. D. Roe": ["Alice Smith", "Bob Jones", "C. D. Roe"],
    "Rafael Rafailov ⋅ Archit Sharma ⋅ Eric Mitchell": ["Rafael Rafailov", "Archit Sharma", "Eric Mitchell"],
    "LeCun, Yann; Bengio, Yoshua; Hinton, Geoffrey": ["Yann LeCun", "Yoshua Bengio", "Geoffrey Hinton"],
    "Bottou, Léon, Frank E. Curtis, and Jorge Nocedal": ["Léon Bottou", "Frank E. Curtis", "Jorge Nocedal"],
    "Hanahan & Weinberg": ["Hanahan", "Weinberg"],
    "Vaswani et al.": ["Vaswani", "others"],
    "Kaiming He et al.": ["Kaiming He", "others"],
    "i. aden-ali, h. ashtiani": ["I. Aden-Ali", "H. Ashtiani"],
    "A. B. Smith (1), C. de la Cruz (2) ((1) MIT, (2) ETH)": ["A. B. Smith", "C. de la Cruz"],
    "Belle II Collaboration: F. Abudinén, I. Adachi": ["Belle II Collaboration", "F. Abudinén", "I. Adachi"],
    "孙志军, 薛磊, 许阳明": ["孙志军", "薛磊", "许阳明"],
    "by Shalini Maiti, Amar Budhiraja and others": ["Shalini Maiti", "Amar Budhiraja", "others"],
    "Laurens van der Maaten, Geoffrey Hinton": ["Laurens van der Maaten", "Geoffrey Hinton"],
    "J. van der Berg, O'Neil Conner, Martin Luther King, Jr.": [
        "J. van der Berg", "O'Neil Conner", "Martin Luther King Jr.",
    ],
    "Yating Chen, Xiaoming Liu": ["Yating Chen", "Xiaoming Liu"],
}  # fmt: skip

NONE = [
    "Attention Is All You Need",
    "Continual Test-Time Domain Adaptation",
    "Training, Testing, and Deployment",
    "Learning, Fast and Slow",
    "Models, Datasets, Spaces",
    "Policy Gradient-Driven Noise Mask",
    "Daily Papers",
    "Cats, Dogs and Horses",
    "Out-Of-Domain Unlabeled Data Improves Generalization",
    "https://arxiv.org/abs/1706.03762",
    "Lun-Wei Ku, Andre Martins (Editors)",
    "",
]


@pytest.mark.parametrize(("text", "expected"), LISTS.items())
def test_lists_are_taken_apart(text: str, expected: list[str]) -> None:
    found = people.read(text)
    assert found
    assert [str(name) for name in found.all_names()] == expected


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_list_of_people(text: str) -> None:
    found = people.read(text)
    assert not found or found.score < 0.2


def test_the_habit_of_the_document_decides_what_could_be_either() -> None:
    text = "Li, Wei, Chen, Lin"
    alone = people.read(text)
    assert alone
    assert [str(name) for name in alone.names] == ["Wei Li", "Lin Chen"]
    assert alone.scheme == "pairs"


def test_many_people_are_surer_than_one() -> None:
    one, two, four = (people.read(", ".join(["Ada Byron"] * count)) for count in (1, 2, 4))
    assert one
    assert two
    assert four
    assert one.score < two.score < four.score


def test_ordinary_words_of_the_document_are_no_names() -> None:
    assert people.read("Ada Bound, Ida Slack")
    assert people.read("Ada Bound, Ida Slack", common=frozenset({"bound", "slack"})) is None


@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    found = people.read(text)
    assert found is None or (found.names and 0 <= found.score <= 1)
