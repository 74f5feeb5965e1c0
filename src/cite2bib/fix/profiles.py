"""What a venue wants of a .bib: which fields stay, how names and venues are written. One small TOML each.

Those in `data/profiles/` are shipped; a user copies one and names its path.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from cite2bib.diagnostics import Span, UsageError
from cite2bib.light import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER = Path(__file__).parent / "data" / "profiles"
_CHOICES = {
    ("names", "given"): ("as-is", "initials"),
    ("venues", "journals"): ("as-is", "abbreviated", "full"),
    ("venues", "booktitles"): ("as-is", "abbreviated"),
}
_TABLES = {
    "": frozenset({"description", "fields", "names", "venues", "rules"}),
    "fields": frozenset({"keep", "drop", "types"}),
    "names": frozenset({"given", "most", "shown"}),
    "venues": frozenset({"journals", "booktitles"}),
    "rules": frozenset({"select", "ignore"}),
}


@dataclass(frozen=True, slots=True)
class Profile:
    """What a venue wants; the empty one wants nothing."""

    description: str = ""
    keep: frozenset[str] = frozenset()  # if any: all other fields go
    drop: frozenset[str] = frozenset()
    by_type: Mapping[str, tuple[frozenset[str], frozenset[str]]] = field(default_factory=dict)
    given: str = "as-is"
    most: int = 0  # authors; 0 for all
    shown: int = 0  # of those with more
    journals: str = "as-is"
    booktitles: str = "as-is"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def drops(self, kind: str, name: str) -> bool:
        """Whether a field goes from entries of a type."""
        keep, drop = self.by_type.get(kind, (frozenset(), frozenset()))
        if name in keep:
            return False
        return name in drop or name in self.drop or bool(self.keep and name not in self.keep)


NO_PROFILE = Profile()


def names() -> list[str]:
    """The profiles that are shipped."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


def load(name: str) -> Profile:
    """A profile by its name or the path of its TOML."""
    path = FOLDER / f"{name}.toml"
    if name not in names():
        path = Path(name)
        if not path.is_file():
            raise UsageError(
                f"no profile is named {name!r}; there are {', '.join(names())}, or the path of a TOML"
            )
    return parse(path.read_text(encoding="utf-8"), str(path))


def parse(text: str, path: str) -> Profile:
    """A profile from its TOML; a name or value it can't hold raises `UsageError`."""
    import tomllib

    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{path}: {error}") from None
    _check(said, path)
    fields, people, venues, rules = (said.get(table, {}) for table in ("fields", "names", "venues", "rules"))
    most = int(people.get("most", 0))
    return Profile(
        said.get("description", ""), _names(fields, "keep"), _names(fields, "drop"),
        {kind: (_names(table, "keep"), _names(table, "drop")) for kind, table in fields.get("types", {}).items()},
        people.get("given", "as-is"), most, int(people.get("shown", most)),
        venues.get("journals", "as-is"), venues.get("booktitles", "as-is"),
        tuple(rules.get("select", ())), tuple(rules.get("ignore", ())),
    )  # fmt: skip


def _names(table: Mapping[str, Any], name: str) -> frozenset[str]:
    return frozenset(item.lower() for item in table.get(name, ()))


def _check(said: Mapping[str, Any], path: str) -> None:
    for table, known in _TABLES.items():
        found = said if not table else said.get(table, {})
        unknown = next((name for name in found if name not in known), "")
        if unknown:
            where = f" in [{table}]" if table else ""
            raise UsageError(
                f"a profile has no {unknown!r}{where}; there are {', '.join(sorted(known))}", Span(path)
            )
    for (table, name), choices in _CHOICES.items():
        value = said.get(table, {}).get(name, "as-is")
        if value not in choices:
            raise UsageError(f"{name} = {value!r}: it can be {', '.join(choices)}", Span(path))
