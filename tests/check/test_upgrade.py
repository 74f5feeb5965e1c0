"""Preprints that were published: found by relations and by title, written into the .bib field by field."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from catalogue import Catalogue
from cite2bib import http, pipeline, sources
from cite2bib.diagnostics import UsageError
from cite2bib.formats.bibtex.reading import read_works
from cite2bib.model import Work
from cite2bib.pipeline import checking
from cite2bib.pipeline.looking import Network
from cite2bib.pipeline.upgrading import Upgrade, upgrades
from loopback import Loopback

AUTHORS = ["Jane Doe", "Bob Roe"]
CONFERENCE = "Proceedings of the 39th International Conference on Made Things"
WORKS = [
    {"title": "Deep Things for Shallow Waters", "authors": AUTHORS, "year": 2021, "arxiv": "2101.00001"},
    {"title": "Deep Things for Shallow Waters", "authors": AUTHORS, "year": 2022, "doi": "10.5555/deep",
     "venue": CONFERENCE},
    {"title": "Unpublished Thoughts about Rivers", "authors": AUTHORS, "year": 2021, "arxiv": "2101.00002"},
    {"title": "Related Thoughts about Lakes", "authors": AUTHORS, "year": 2021, "arxiv": "2101.00003",
     "doi": "10.5555/lakes"},
    # Somebody else's, of the same title; a sequel; a correction; and one from before it was posted.
    {"title": "Unpublished Thoughts about Rivers", "authors": ["Cy Other"], "year": 2021, "doi": "10.5555/no.1"},
    {"title": "Unpublished Thoughts about Rivers: Part II", "authors": AUTHORS, "year": 2022, "doi": "10.5555/no.2"},
    {"title": "Correction to: Unpublished Thoughts about Rivers", "authors": AUTHORS, "year": 2022, "doi": "10.5555/no.3"},
    {"title": "Unpublished Thoughts about Rivers", "authors": AUTHORS, "year": 2012, "doi": "10.5555/no.4"},
]  # fmt: skip
ENTRY = "title = {Deep Things for Shallow Waters}, author = {Doe, Jane and Roe, Bob}"
SHAPES = {
    "journal": f"@article{{k, {ENTRY}, journal = {{arXiv preprint arXiv:2101.00001}}, year = {{2021}}}}",
    "eprint": f"@misc{{k, {ENTRY}, eprint = {{2101.00001}}, archivePrefix = {{arXiv}}, primaryClass = {{cs.LG}}, year = 2021, month = jan}}",
    "corr": f'@article{{k, {ENTRY}, journal = "CoRR", volume = "abs/2101.00001", year = "2021"}}',
    "howpublished": f"@misc{{k, {ENTRY}, howpublished = {{arXiv:2101.00001}}, year = {{2021}}, doi = {{10.48550/arXiv.2101.00001}}}}",
    "online": f"@online{{k, {ENTRY}, eprint = {{2101.00001}}, eprinttype = {{arxiv}}, date = {{2021-01-03}}}}",
    "note": f"@unpublished{{k, {ENTRY}, note = {{arXiv:2101.00001}}, year = 2021}}",
    "last": f"@misc{{k, {ENTRY}, year = 2021, url = {{https://arxiv.org/abs/2101.00001}}, note = {{arXiv:2101.00001}}}}",
    "remark": f"@misc{{k,\n  {ENTRY},\n  year = 2021,\n  eprint = {{2101.00001}}, % mine\n}}",
    "no number": f"@article{{k, {ENTRY}, year = 2021, journal = {{arXiv preprint}}}}",
    "url": f"@misc{{k, {ENTRY}, url = {{https://arxiv.org/abs/2101.00001}}, year = 2021}}",
}


@pytest.fixture
def network(tmp_path: Path) -> Iterator[Network]:
    catalogue = Catalogue.of(WORKS)
    catalogue.records[0] |= {"volume": "12", "page": "1-15"}
    with Loopback(catalogue) as server:
        how = http.Settings(cache_path=tmp_path / "cache" / "answers.sqlite")
        yield Network(how, sources.configured({}, catalogue.environ(server)))


def upgrade(text: str, folder: Path, network: Network) -> list[Upgrade]:
    path = folder / "refs.bib"
    path.write_bytes(text.encode())
    checked = checking.check(pipeline.read([path]).works, network=network)
    return list(upgrades([path], checked.verdicts))


def work_of(found: Upgrade) -> Work:
    (work,) = read_works(found.after, "refs.bib").works
    return work


@pytest.mark.parametrize("shape", SHAPES)
def test_a_preprint_becomes_its_publication_and_keeps_key_and_id(
    shape: str, tmp_path: Path, network: Network
) -> None:
    (found,) = upgrade(SHAPES[shape], tmp_path, network)
    work = work_of(found)
    assert (work.id, work.type, work.text("DOI")) == ("k", "paper-conference", "10.5555/deep")
    assert work.text("container-title") == CONFERENCE
    assert (work.text("volume"), work.text("page")) == ("12", "1-15")
    date = work.date()
    assert date
    assert date.year == 2022
    assert "2101.00001" in f"{work.text('arxiv')} {work.text('URL')}"
    assert "abs/" not in work.text("volume")
    assert "arXiv preprint" not in found.after.decode()
    assert not re.search(r",\s*,", found.after.decode())
    assert "% mine" not in SHAPES[shape] or "eprint = {2101.00001}, % mine\n" in found.after.decode()
    # Whatever is upgraded once is not upgraded again.
    assert upgrade(found.after.decode(), tmp_path, network) == []


def test_a_relation_of_the_preprint_is_followed(tmp_path: Path, network: Network) -> None:
    text = "@misc{h, title = {Related Thoughts about Lakes}, author = {Jane Doe and Bob Roe}, eprint = {2101.00003}, archiveprefix = {arXiv}, year = 2021}"
    (found,) = upgrade(text, tmp_path, network)
    assert work_of(found).text("DOI") == "10.5555/lakes"
    assert found.told == (("h", "Journal of Made Things, 2021, https://doi.org/10.5555/lakes"),)


def test_nothing_like_it_is_taken_for_the_publication(tmp_path: Path, network: Network) -> None:
    text = "@misc{g, title = {Unpublished Thoughts about Rivers}, author = {Jane Doe and Bob Roe}, eprint = {2101.00002}, archiveprefix = {arXiv}, year = 2021}"
    assert upgrade(text, tmp_path, network) == []


def test_what_does_not_change_stays_byte_by_byte(tmp_path: Path, network: Network) -> None:
    text = (
        "% mein Verzeichnis\r\n@string{me = {Doe, Jane}}\r\n\r\n"
        "@Article{k,\r\n  title   = {Deep {Things} for Shallow Waters}, % keep\r\n  author  = me # { and Roe, Bob},\r\n"
        "  journal = {arXiv preprint arXiv:2101.00001},\r\n  note    = {the one with the fish},\r\n  year    = {2021}\r\n}\r\n\r\n"
        "@book{other, title = {Étude},\r\n author={X}, year=1999, publisher=   {P} }\r\n"
    )
    (found,) = upgrade(text, tmp_path, network)
    before, after = text.split("\r\n"), found.after.decode().split("\r\n")
    assert found.after.count(b"\r\n") == found.after.count(b"\n")
    kept = [
        line for line in before if "@Article" not in line and "journal" not in line and "2021" not in line
    ]
    assert [line for line in after if line in kept] == kept
    assert "@Inproceedings{k," in after
    assert "  title   = {Deep {Things} for Shallow Waters}, % keep" in after
    assert found.diff().startswith("--- a/")


def test_a_copy_is_kept_unless_git_has_the_file(tmp_path: Path, network: Network) -> None:
    (found,) = upgrade(SHAPES["eprint"], tmp_path, network)
    assert found.write() == tmp_path / "refs.bib.orig"
    assert (tmp_path / "refs.bib.orig").read_bytes() == found.before
    assert (tmp_path / "refs.bib").read_bytes() == found.after


def test_git_is_copy_enough(tmp_path: Path, network: Network) -> None:
    (found,) = upgrade(SHAPES["eprint"], tmp_path, network)
    git = ["git", "-C", str(tmp_path), "-c", "user.name=t", "-c", "user.email=t@example.org"]
    for command in (["init", "-q"], ["add", "refs.bib"], ["commit", "-qm", "refs"]):
        subprocess.run([*git, *command], check=True)
    assert found.write() is None
    assert not (tmp_path / "refs.bib.orig").exists()


def test_only_a_bib_is_upgraded() -> None:
    with pytest.raises(UsageError, match=r"only a \.bib"):
        list(upgrades(["refs.json"], []))
