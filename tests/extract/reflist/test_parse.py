"""One reference in the common styles, and what each part of it must come to."""

from __future__ import annotations

import pytest

from cite2bib.extract.reflist import parse
from cite2bib.model import Origin

TITLE = "Attention is all you need"
STYLES = {
    "apa": "Vaswani, A., Shazeer, N., & Polosukhin, I. (2017). Attention is all you need. Advances in Neural Information Processing Systems, 30, 5998–6008.",
    "ieee": "[1] A. Vaswani, N. Shazeer, and I. Polosukhin, “Attention is all you need,” in Advances in Neural Information Processing Systems, 2017, pp. 5998–6008.",
    "plain": "Ashish Vaswani, Noam Shazeer, and Illia Polosukhin. Attention is all you need. In Advances in Neural Information Processing Systems, pages 5998–6008, 2017.",
    "lncs": "1. Vaswani, A., Shazeer, N.: Attention is all you need. In: Guyon, I., Luxburg, U. (eds.) Advances in Neural Information Processing Systems, vol. 30, pp. 5998-6008. Curran (2017)",
    "vancouver": "Vaswani A, Shazeer N, Polosukhin I. Attention is all you need. Advances in Neural Information Processing Systems. 2017;30(2):5998-6008.",
    "mla": "Vaswani, Ashish, et al. “Attention Is All You Need.” Advances in Neural Information Processing Systems, vol. 30, 2017, pp. 5998–6008.",
    "chicago": "Vaswani, Ashish, Noam Shazeer, and Illia Polosukhin. 2017. “Attention Is All You Need.” Advances in Neural Information Processing Systems 30: 5998–6008.",
    "elsevier": "[7] A. Vaswani, N. Shazeer, I. Polosukhin, Attention is all you need, in: Advances in Neural Information Processing Systems, 2017, pp. 5998–6008.",
    "nature": "7. Vaswani, A., Shazeer, N. & Polosukhin, I. Attention is all you need. Advances in Neural Information Processing Systems 30, 5998–6008 (2017).",
    "gost": "1. Vaswani A., Shazeer N. Attention is all you need // Advances in Neural Information Processing Systems. — 2017. — Vol. 30, № 2. — P. 5998–6008.",
    "acl": "Ashish Vaswani, Noam Shazeer, and Illia Polosukhin. 2017. Attention is all you need. In Advances in Neural Information Processing Systems, pages 5998–6008.",
}


@pytest.mark.parametrize("style", STYLES)
def test_each_style_gives_the_same_work(style: str) -> None:
    work = parse(STYLES[style], Origin("refs.txt", "3"))
    date = work.date()
    assert work.text("title").casefold() == TITLE.casefold()
    assert work.names("author")[0].family == "Vaswani"
    assert date is not None
    assert date.year == 2017
    assert work.text("container-title") == "Advances in Neural Information Processing Systems"
    assert work.text("page") == "5998–6008"
    assert work.places == (Origin("refs.txt", "3"),)


def test_what_is_guessed_is_marked_and_what_is_found_is_not() -> None:
    work = parse("Kingma, D. P. & Ba, J. Adam. arXiv:1412.6980, 2014.", Origin("refs.txt"))
    assert work.text("arxiv") == "1412.6980"
    assert work.fields["arxiv"].origin.confidence == 1
    assert work.fields["title"].origin.confidence < 1


@pytest.mark.parametrize(
    "nonsense", ["", " ", "[1]", "....", "10.1145/3290605", "(((((", "\ue000", "a" * 100_000]
)
def test_nonsense_is_a_work_without_much(nonsense: str) -> None:
    assert parse(nonsense).type in {"", "article", "webpage"}
