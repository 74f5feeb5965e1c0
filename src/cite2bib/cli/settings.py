"""Settings: `cite2bib.toml`, or `[tool.cite2bib]` in pyproject.toml, of the working folder or the nearest one above.

What they set is a default: the environment and then flags go before it. `[sources]` says which catalogues to `use`,
`[sources.crossref]` the `url` and `interval` of one; `[fix]` what `cite2bib fix` does.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from cite2bib.diagnostics import Span, UsageError
from cite2bib.light import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

# What a settings file may hold beside `[sources]`: the long options of the command by name.
_LIST = (
    "to from libraries index offline lock locked prefer keys strict abstracts dedupe style lang mailto color"
)
NAMES = frozenset(_LIST.split())
SOURCE_NAMES = frozenset({"url", "interval"})
FIX_NAMES = frozenset({"select", "ignore", "profile", "keys", "in", "sort", "dialect", "remove-unused"})


@dataclass(frozen=True, slots=True)
class Settings:
    """What a settings file says."""

    path: Path | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    sources: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    fix: Mapping[str, Any] = field(default_factory=dict)


def load(place: str | Path) -> Settings:
    """The settings that hold in a folder."""
    folder = os.fspath(place)
    while True:
        for name in ("cite2bib.toml", "pyproject.toml"):
            if _holds_settings(os.path.join(folder, name)):
                from pathlib import Path  # most folders have none

                return read(Path(folder, name))
        if folder == (folder := os.path.dirname(folder)):
            return Settings()


def read(path: Path) -> Settings:
    """The settings in a file; a name it can't hold raises `UsageError` with its place."""
    text = path.read_text(encoding="utf-8", errors="replace")
    table = _table(path, text)
    sources = dict(table.pop("sources", {}))
    fix = dict(table.pop("fix", {}))
    _refuse_unknown(path, text, fix, FIX_NAMES)
    if "in" in fix:
        named = [fix["in"]] if isinstance(fix["in"], str) else fix["in"]
        fix["in"] = [str(path.parent / document) for document in named]
    _refuse_unknown(path, text, table, NAMES)
    if "use" in sources:
        table["sources"] = ",".join(sources.pop("use"))
    for source in sources.values():
        _refuse_unknown(path, text, source, SOURCE_NAMES)
    table["libraries"] = [str(path.parent / library) for library in table.get("libraries", [])]
    if "index" in table and table["index"] != "none":
        table["index"] = str(path.parent / table["index"])
    return Settings(path, table, sources, fix)


def _holds_settings(path: str) -> bool:
    if not os.path.isfile(path):
        return False
    with open(path, "rb") as file:
        return not path.endswith("pyproject.toml") or b"[tool.cite2bib" in file.read()


def _table(path: Path, text: str) -> dict[str, Any]:
    import tomllib

    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{path}: {error}") from None
    if path.name == "pyproject.toml":
        table = table.get("tool", {}).get("cite2bib", {})
    return dict(table)


def _refuse_unknown(path: Path, text: str, table: Mapping[str, Any], known: frozenset[str]) -> None:
    for name in table:
        if name not in known:
            import difflib  # 5 ms that a right name need not pay

            near = difflib.get_close_matches(name, known, 1)
            hint = f"; is {near[0]!r} meant?" if near else f"; there are {', '.join(sorted(known))}"
            raise UsageError(f"no setting is named {name!r}{hint}", _span(path, text, name))


def _span(path: Path, text: str, name: str) -> Span:
    for number, line in enumerate(text.splitlines(), 1):
        if line.lstrip("[ \t\"'").startswith(name):
            column = line.index(name) + 1
            return Span(str(path), number, column, column + len(name), line)
    return Span(str(path))
