"""Titles that look like something else, in every kind of list: none is lost, and nothing else becomes one."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Callable

import pytest

from cite2bib import extract

TITLES = [
    "Grounding", "Search for Dark Matter with Skipper CCDs", "IMAGENET LARGE SCALE VISUAL RECOGNITION",
    "Show, Attend and Tell: Neural Image Caption Generation with Visual Attention", "Stop!", "C++ for HPC",
    "attention is not explanation", "99% of Parallel Optimization is Inevitably a Waste of Time",
    "R&D in the Age of AI", "Is BERT Really Robust?", "Alan Turing", "Learning, Fast and Slow", "Survey",
    ("Toward a Comprehensive Theory of Everything That Could Possibly Be Said About the Generalization of Very Wide, "
    "Very Deep, Sparsely Connected, Randomly Initialized, Adversarially Trained, Self-Supervised Neural Networks with "
    "Skip Connections: A Long Title in Three Parts with an Appendix, a Preface, and a Postscript for the Patient Reader"),
    r"$\ell_0$ Regularization", "GPT-4 Technical Report", "The 2020 US Election: A Study", "Data: The New Oil",
    "(Almost) No Label No Cry", "Comments on Kernels", "Next Sentence Prediction", "More is Different", "New physics",
    "May 2019: A Retrospective", "Deep Learning for Finance, 2019", "A. Turing's Machine", "Über Zahlen", "深度学习",
    "Learning from Xin Wang, Jonathan Freer and Hyung Jin Chang", "We Are Family", "Reading List Generation",
    "What is the State of Neural Network Pruning? A Second Look. Part II: Theory", "Subscribe: A Case Study",
    "How to Train Your DRAGON: Diverse Augmentation Towards Generalizable Dense Retrieval",
    "On the Dangers of Stochastic Parrots: Can Language Models Be Too Big? 🦜", "Conference Paper Assignment",
    "A Review of Nature and Science",
]  # fmt: skip
ABSTRACTS = [
    (
        "We propose a new method for training neural networks and show that it works on several benchmarks. The results "
        "are better than those of strong baselines, and the analysis explains why."
    ),
    (
        "This paper studies the problem in depth. We introduce a dataset of ten thousand examples and evaluate existing "
        "models on it. Our experiments show a large gap to human performance."
    ),
    (
        "Recent work has shown that large models generalize well. In this study we investigate why, prove a bound, and "
        "demonstrate it empirically on image and text data."
    ),
]
RECORDS = [(number, title, ABSTRACTS[number % 3]) for number, title in enumerate(TITLES, 10_000)]
HEAD = "new\n\nGet trending papers in your email inbox!\n\nSubscribe\n\nDaily Papers\n\nbyAK and the research community\n\nNov 12\n\n"


def cards() -> str:
    return HEAD + "\n\n".join(
        f"{title}\n\n{abstract}\n\n  • {number % 9 + 1} authors\n·\nMar {number % 28 + 1}{', 2024' if number % 3 else ' 2'}"
        for number, title, abstract in RECORDS
    )


def abstracts() -> str:
    return HEAD + "\n\n".join(f"{title}\n\n{abstract}" for _, title, abstract in RECORDS)


def flat() -> str:
    return "\n".join(
        f"{title}\nZhu, Xingyu, Wang, Xin, Freer, Jonathan\n{abstract}" for _, title, abstract in RECORDS
    )


def arxiv() -> str:
    return "Showing new listings for Thursday, 20 November 2025\n\n" + "\n".join(
        f"[{number - 9999}] arXiv:2511.{number} [pdf, html, other]\n    Title: {title}\n    Authors: Xin Wang, Jonathan Freer\n"
        f"    Subjects: Machine Learning (cs.LG)\n\n    {abstract}\n"
        for number, title, abstract in RECORDS
    )


def links() -> str:
    return "# Daily Papers\n\n" + "\n\n".join(
        f"### [{title}](https://huggingface.co/papers/2511.{number})\n\n{abstract}\n\n[- 3 authors](https://huggingface.co/papers/2511.{number})"
        for number, title, abstract in RECORDS
    )


def links_apart() -> str:
    return (
        "Daily Papers\n\nhttps://huggingface.co/papers\n\nLog In\n\nhttps://huggingface.co/login\n\n"
        + "\n\n".join(
            f"{title}\n\nhttps://huggingface.co/papers/2511.{number}\n\n{abstract}\n\nhttps://huggingface.co/papers/2511.{number}\n\n3 authors"
            for number, title, abstract in RECORDS
        )
    )


def votes() -> str:
    return "Daily Papers\nbyAK and the research community\n\n" + "\n".join(
        f"Submitted by\nuser{number}\n{number - 9000}\n{title}\nGoogle\n·\n{number % 9 + 1} authors\n{number % 7}"
        for number, title, _ in RECORDS
    )


def accepted() -> str:
    return "Accepted Papers\n\n" + "\n\n".join(
        f"{title}\nXin Wang, Jonathan Freer, Hyung Jin Chang" for _, title, _ in RECORDS
    )


def numbered() -> str:
    return "Reading list\n\n" + "\n".join(f"{number - 9999}. {title}" for number, title, _ in RECORDS)


def table() -> str:
    text = io.StringIO()
    csv.writer(text).writerows([("Title", "Year"), *((title, 2024) for _, title, _ in RECORDS)])
    return text.getvalue()


def page() -> str:
    return "<html><body>" + "".join(
        f"<article><h3><a href='https://huggingface.co/papers/2511.{number}'>{html.escape(title)}</a></h3>"
        f"<p>{html.escape(abstract)}</p><a>3 authors</a></article>"
        for number, title, abstract in RECORDS
    )


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (cards, "x.txt"), (abstracts, "x.txt"), (flat, "x.txt"), (arxiv, "x.txt"), (links, "x.md"), (links_apart, "x.txt"),
        (votes, "x.txt"), (accepted, "x.txt"), (numbered, "x.txt"), (table, "x.csv"), (page, "x.html"),
    ],
)  # fmt: skip
def test_every_title_is_found_and_nothing_else(make: Callable[[], str], name: str) -> None:
    works = extract.read_any(make().encode(), name).works
    assert [work.text("title") for work in works] == TITLES
