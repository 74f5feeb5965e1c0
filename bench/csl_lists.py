"""Long bibliographies to measure with: works.json varied as real lists vary, and lists that are hard to tell apart."""

from __future__ import annotations

import copy
import json
import random
from pathlib import Path
from typing import Any

SEED = 7
_STARTS = (
    "Ab",
    "Bern",
    "Cas",
    "Dor",
    "Er",
    "Fisch",
    "Gal",
    "Hart",
    "Iv",
    "Jans",
    "Kor",
    "Lind",
    "Mor",
    "Nov",
)
_ENDS = ("er", "son", "ini", "ová", "ez", "ström", "ley", "wicz", "aki", "ard", "ø", "mann", "ra", "elli")
_GIVEN = ("Anna", "Bob", "Chloé", "Dmitri", "E. J.", "Fatima", "Guo", "Hans-Peter", "Ines", "J.", "Kim M.")
_WORDS = (
    "analysis",
    "Bayesian",
    "cells",
    "deep",
    "early",
    "field",
    "growth",
    "history",
    "in",
    "light",
    "model",
)
_FEW = (
    ("Smith", "John"),
    ("Smith", "Jane"),
    ("Jones", "Mary"),
    ("Li", "Wei"),
    ("Garcia", "Ana"),
    ("Smith", "J."),
)
_HOLDERS = ("author", "editor", "translator", "director")


def varied(count: int) -> list[dict[str, Any]]:
    """Works of all types, articles most often, by many people in many years; some people often."""
    chance = random.Random(SEED)
    models = json.loads((Path(__file__).parent / "works.json").read_bytes())
    weights = [
        8 if "journal" in work["type"] else 3 if work["type"] in {"book", "chapter"} else 1 for work in models
    ]
    people = [_person(chance) for _ in range(max(20, count // 2))]
    chosen = chance.choices(models, weights, k=count)
    return [_changed(copy.deepcopy(work), number, people, chance) for number, work in enumerate(chosen)]


def alike(count: int) -> list[dict[str, Any]]:
    """Articles by the same few people in the same three years: nearly every cite reads like many others."""
    chance = random.Random(SEED)
    rows = varied(count)
    for work in rows:
        few = chance.sample(_FEW, chance.choice((1, 1, 2, 3, 4)))
        work["author"] = [{"family": family, "given": given} for family, given in few]
        work["issued"] = {"date-parts": [[chance.choice((2019, 2020, 2021))]]}
    return rows


def _person(chance: random.Random) -> dict[str, str]:
    family = chance.choice(_STARTS) + chance.choice(("", "b", "en", "st", "al")) + chance.choice(_ENDS)
    return {"family": family, "given": chance.choice(_GIVEN)}


def _changed(
    work: dict[str, Any], number: int, people: list[dict[str, str]], chance: random.Random
) -> dict[str, Any]:
    """Another work of the same shape: new people, title, year, volume and pages."""
    work["id"] = f"w{number}"
    for holder in _HOLDERS:
        if any("family" in name for name in work.get(holder, ())):
            work[holder] = [copy.copy(chance.choice(people)) for _ in work[holder]]
    if "title" in work:
        work["title"] = f"{work['title']} {' '.join(chance.choices(_WORDS, k=4))}"
    if parts := work.get("issued", {}).get("date-parts"):
        parts[0][0] = chance.randint(1990, 2025)
        work["issued"]["date-parts"] = parts[:1]
    if "volume" in work:
        work["volume"] = str(chance.randint(1, 400))
    if "page" in work:
        first = chance.randint(1, 2000)
        work["page"] = f"{first}-{first + chance.randint(1, 30)}"
    return work
