"""Pages whose columns are not of one length."""

from __future__ import annotations

from cite2bib.documents.columns import Fragment, rows


def _column(name: str, left: float, count: int) -> list[Fragment]:
    return [
        Fragment(f"{name} {line}", left, left + 220, 700 - 12 * line, 710 - 12 * line, 10, False, False)
        for line in range(count)
    ]


def test_a_short_last_column_is_not_read_across() -> None:
    page = [*_column("left", 50, 40), *_column("right", 300, 6)]
    assert [row.text for row in rows(page)] == [item.text for item in page]


def test_numbers_behind_formulas_are_no_column() -> None:
    texts = _column("formula", 50, 12)
    numbers = [
        Fragment(f"({line})", 500, 515, item.bottom, item.top, 10, False, False)
        for line, item in enumerate(texts)
    ]
    assert [row.text for row in rows([*texts, *numbers])][:2] == ["formula 0 (0)", "formula 1 (1)"]
