"""What rules found as findings that every report can hold, differences of texts, and rules explained."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cite2bib import findings
from cite2bib.findings import Replacement, Severity, Span
from cite2bib.fix.rules import BY_NAME
from cite2bib.formats.bibtex.syntax import Lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cite2bib.fix.finding import Finding, Rule
    from cite2bib.formats.bibtex.syntax import Bib


def told(path: str, bib: Bib, found: Sequence[Finding]) -> list[findings.Finding]:
    """What rules found in a file, with lines, columns and replacements; a mark of byte order takes no place."""
    if not found:
        return []
    lines = Lines(bib.text)
    mark = int(bib.text.startswith("\ufeff"))
    return [_told(path, item, lines.place(item.offset), mark) for item in found]


def _told(path: str, item: Finding, place: tuple[int, int], mark: int) -> findings.Finding:
    line, column = place
    span = Span(path, line, max(1, column - mark) if line == 1 else column)
    edits = () if item.is_later else item.edits
    replacements = tuple(Replacement(edit.start - mark, edit.end - mark, edit.text) for edit in edits)
    details = {"fixable": bool(item.edits)}
    return findings.Finding(
        item.rule, item.message, span, severity(item), item.key, replacements, details
    )  # fmt: skip


def severity(item: Finding) -> Severity:
    """An error where BibTeX stops or loses something, a warning where something can be mended, else a note."""
    if BY_NAME[item.rule].is_error:
        return Severity.ERROR
    return Severity.WARNING if item.edits else Severity.NOTE


def told_rules(rules: Sequence[Rule]) -> list[findings.Rule]:
    """Rules as reports list them."""
    return [
        findings.Rule(
            rule.name,
            rule.summary.rstrip("."),
            rule.why,
            Severity.ERROR if rule.is_error else Severity.WARNING,
        )
        for rule in rules
    ]


def difference(path: str, before: str, after: str) -> str:
    r"""A unified diff, with the line ends of the texts.

    >>> print(difference("a.bib", "x\n", "y\n"), end="")
    --- a.bib
    +++ a.bib
    @@ -1 +1 @@
    -x
    +y
    """
    import difflib

    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    return "".join(
        line if line.endswith(("\n", "\r")) else f"{line}\n\\ No newline at end of file\n"
        for line in difflib.unified_diff(old, new, path, path)
    )


def explained(name: str) -> str:
    """What a rule is for, with its example."""
    rule = BY_NAME[name]
    when = f"only with {rule.option}" if rule.option else "by default"
    shown = "" if rule.before == rule.after else f"\nbecomes\n\n{_indented(rule.after)}"
    return f"{rule.name}: {rule.summary}\n\n{rule.why}\n\nIt runs {when}. Example:\n\n{_indented(rule.before)}{shown}"


def _indented(text: str) -> str:
    return "".join(f"    {line}\n" if line else "\n" for line in text.splitlines())
