from __future__ import annotations

import pytest
from pyuca import Collator  # type: ignore[import-untyped]

from cite2bib.csl import collate, ducet


@pytest.fixture(scope="module")
def collator() -> Collator:
    return Collator()


@pytest.mark.parametrize(
    "letters",
    [
        "жёабяйћґіѕќў",
        "ωάβψγάϊΐς",
        "אבגדשת",
        "سؤآابيةك",
        "かがカパんヶー々",
        "한글뷁각나",
        "नमस्तेऋऔ",
        "ไทยกฮะ",
        "中文學㐀龥𠀀豈",
        "𐀀𐎀𐤀",
        "жעα中あ한ذ𐀀",
    ],
)
def test_scripts_are_ordered_as_unicode_orders_them(letters: str, collator: Collator) -> None:
    def primary(letter: str) -> tuple[int, ...]:
        weights = collator.sort_key(letter)
        return tuple(weights[: weights.index(0)])

    alphabet = [letter for letter in letters if letter.isalnum()]
    assert sorted(alphabet, key=ducet.weights) == sorted(alphabet, key=primary)


def test_composed_and_decomposed_letters_weigh_the_same() -> None:
    assert ducet.weights("ΐ") == ducet.weights("ι")
    assert collate.key("йод") == collate.key("и\u0306од")


def test_ideographs_that_came_later_stand_among_the_others() -> None:
    assert ducet.weights("龥") < ducet.weights("\u9fff") < ducet.weights("㐀") < ducet.weights("\u4dbf")
