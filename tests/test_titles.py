"""Titles as they are compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cite2bib import titles


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Chain-of-Thought", "chain of thought"),
        (r"{\it E. coli} and \textbf{L}azy", "<i>E. coli</i> and Lazy"),
        (r"Erd\H{o}s--R\'enyi {\L}ukasiewicz", "Erdős–Rényi Łukasiewicz"),
        (r"$\beta$-VAE", "β-VAE"),
        (r"$\varepsilon$-Nets", "Epsilon Nets"),
        (r"$\ell_1$ and $L^2$ and $O(n \log n)$", "ℓ₁ and L² and O(n log n)"),
        ("Part Two", "Part II"),
        ("The Third Way", "The 3rd Way"),
        ("A &amp; B", "A & B"),
        ("oPool <sup> +</sup> display", "oPool+ display"),
        ("ﬁne-tuning", "fine tuning"),
    ],
)
def test_spellings_of_one_title(one: str, other: str) -> None:
    assert titles.key(one) == titles.key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ResAD", "ResAD++"),
        ("C Programs", "C++ Programs"),
        ("C Programs", "C# Programs"),
        ("Part I", "Part II"),
        ("H2O", "H3O"),
    ],
)
def test_signs_and_numbers_that_mean_something(one: str, other: str) -> None:
    assert titles.key(one) != titles.key(other)


@pytest.mark.parametrize(
    ("title", "parts"),
    [
        ("BEE: Metric-Adapted Explanations", ["BEE", "Metric-Adapted Explanations"]),
        ("How Many? An Experiment", ["How Many", "An Experiment"]),
        ("Titel = Title", ["Titel", "Title"]),
        ("Splines (with Discussion)", ["Splines", "(with Discussion)"]),
        ("Models (LLMs) on Data", ["Models (LLMs) on Data"]),
        ("State-of-the-Art 3.5", ["State-of-the-Art 3.5"]),
    ],
)
def test_title_and_subtitle(title: str, parts: list[str]) -> None:
    assert list(titles.parts(title)) == parts
    assert titles.head(title) == parts[0]


@given(st.text(max_size=60))
def test_a_key_is_its_own_key(title: str) -> None:
    folded = " ".join(titles.words(title))
    assert titles.key(title) == "".join(titles.words(title))
    assert titles.key(folded.upper()) == titles.key(folded) or not folded.isascii()
