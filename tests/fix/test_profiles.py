"""What profiles do, and what a TOML can't say."""

from __future__ import annotations

from pathlib import Path

import pytest

from cite2bib.diagnostics import UsageError
from cite2bib.fix import Wants, chosen, mend, profiles
from cite2bib.formats.bibtex import syntax

ENTRY = """@article{doe,
  author = {Doe, Jane Quincy and von Neumann, John and {World Bank} and {\\'E}mile Zola and Roe, R.},
  title = {On Things},
  journal = {Journal of Chemical Physics},
  publisher = {AIP},
  year = {2020},
  doi = {10.1000/1},
  abstract = {Long.},
}
"""
RULES = ("profile-field", "profile-venue", "profile-names")


def under(profile: profiles.Profile, text: str = ENTRY) -> str:
    return mend(syntax.read(text.encode()), chosen(RULES, ()), Wants(profile)).data.decode()


@pytest.mark.parametrize("name", profiles.names())
def test_profiles_that_are_shipped_settle_and_keep_what_is_needed(name: str) -> None:
    profile = profiles.load(name)
    once = under(profile)
    assert under(profile, once) == once
    for needed in ("author =", "title = {On Things}", "journal =", "year = {2020}", "doi = {10.1000/1}"):
        assert needed in once
    assert "abstract" not in once


def test_what_a_profile_can_say() -> None:
    profile = profiles.parse(
        '[fields]\ndrop = ["DOI"]\n[fields.types.article]\ndrop = ["publisher"]\nkeep = ["abstract"]\n'
        '[names]\ngiven = "initials"\nmost = 3\nshown = 2\n[venues]\njournals = "abbreviated"\n',
        "mine.toml",
    )
    assert under(profile) == (
        "@article{doe,\n  author = {Doe, J. Q. and von Neumann, J. and others},\n  title = {On Things},\n"
        "  journal = {J. Chem. Phys.},\n  year = {2020},\n  abstract = {Long.},\n}\n"
    )


def test_names_in_initials() -> None:
    profile = profiles.parse('[names]\ngiven = "initials"\n', "mine.toml")
    assert "{Doe, J. Q. and von Neumann, J. and {World Bank} and {\\'E}mile Zola and Roe, R.}" in under(
        profile
    )


def test_entries_that_others_take_over_from_keep_their_fields() -> None:
    text = "@book{b, title = {B}, abstract = {Long.}}\n@inbook{c, crossref = {B}, abstract = {Long.}}\n"
    profile = profiles.parse('[fields]\ndrop = ["abstract", "crossref"]', "mine.toml")
    assert under(profile, text) == text.replace("crossref = {B}, abstract = {Long.}", "crossref = {B}")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[feilds]", "feilds"),
        ("[fields]\nkeeps = []", "keeps"),
        ("[names]\ngiven = 'short'", "given = 'short'"),
        ("[venues", "mine.toml"),
    ],
)
def test_a_mistake_in_a_profile_is_named(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(UsageError, match=said):
        profiles.load(str(path))
