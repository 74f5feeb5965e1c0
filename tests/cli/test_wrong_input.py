"""Whatever is wrong is named: a clear message, the right exit code, no traceback, no half-written file."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
GOOD = "@misc{a, title = {Deep Learning of Everything That Matters}, author = {Doe, Jane}, year = 2020}\n"


def cite2bib(*arguments: str, folder: Path, stdin: bytes = b"", **environment: str) -> tuple[int, str, str]:
    """Run the command as a user would: exit code, stdout, stderr."""
    done = subprocess.run(
        [sys.executable, "-m", "cite2bib", *arguments],
        cwd=folder,
        input=stdin,
        capture_output=True,
        check=False,
        timeout=120,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), **environment},
    )
    out, err = done.stdout.decode(), done.stderr.decode()
    assert "Traceback" not in err
    return done.returncode, out, err


def test_a_missing_file_ends_the_run_before_anything_is_written(tmp_path: Path) -> None:
    (tmp_path / "good.bib").write_text(GOOD)
    code, _, err = cite2bib("good.bib", "missing.txt", "-o", "out.bib", "--offline", folder=tmp_path)
    assert code == 2
    assert "missing.txt" in err
    assert not (tmp_path / "out.bib").exists()


def test_a_folder_without_anything_readable(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    code, _, err = cite2bib("empty", "-o", "out.bib", "--offline", folder=tmp_path)
    assert code == 2
    assert "picture.png" in err
    assert not (tmp_path / "out.bib").exists()


def test_a_binary_file_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.bib").write_text(GOOD)
    (tmp_path / "in" / "b.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    code, out, err = cite2bib("in", "--offline", folder=tmp_path)
    assert code == 0
    assert "b.png" in err
    assert "Deep Learning" in out


def test_invalid_utf8_is_told_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "latin.bib").write_bytes(GOOD.replace("Jane", "Jané").encode("latin-1"))
    code, out, err = cite2bib("latin.bib", "--offline", "-t", "csljson", folder=tmp_path)
    assert code == 0
    assert "latin.bib:1:" in err
    assert "Jané" in out


def test_an_unclosed_brace_costs_one_entry(tmp_path: Path) -> None:
    (tmp_path / "broken.bib").write_text("@misc{x, title = {never closed\n\n" + GOOD)
    code, out, err = cite2bib("broken.bib", "--offline", folder=tmp_path)
    assert code == 0
    assert "broken.bib:1:" in err
    assert "Deep Learning" in out


def test_a_line_of_50_megabytes(tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_bytes(b"lorem ipsum dolor " * 2_800_000)
    code, _, err = cite2bib("long.txt", "--offline", folder=tmp_path)
    assert code == 2
    assert "long.txt" in err


def test_a_folder_as_output(tmp_path: Path) -> None:
    (tmp_path / "good.bib").write_text(GOOD)
    (tmp_path / "out.bib").mkdir()
    code, _, err = cite2bib("good.bib", "-o", "out.bib", "--offline", folder=tmp_path)
    assert code == 2
    assert "out.bib is a folder" in err


def test_an_output_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "good.bib").write_text(GOOD)
    code, _, err = cite2bib("good.bib", "-o", "no/out.bib", "--offline", folder=tmp_path)
    assert code == 2
    assert "no folder" in err


def test_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    """A file-size limit of the system stands in for a full disk: the write fails in its middle."""
    (tmp_path / "good.bib").write_text("".join(GOOD.replace("{a,", f"{{a{n},") for n in range(200)))
    (tmp_path / "out.bib").write_text(GOOD)
    limited = f"ulimit -f 2; trap '' XFSZ; exec {sys.executable} -m cite2bib good.bib -o out.bib --offline --force --no-dedupe"
    done = subprocess.run(
        ["bash", "-c", limited], cwd=tmp_path, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    assert done.returncode == 2, done.stderr
    assert "out.bib can't be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert (tmp_path / "out.bib").read_text() == GOOD
    assert sorted(path.name for path in tmp_path.iterdir()) == ["good.bib", "out.bib"]


def test_an_output_that_can_not_be_replaced(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write anywhere")
    (tmp_path / "good.bib").write_text(GOOD)
    (tmp_path / "locked").mkdir(mode=0o500)
    code, _, err = cite2bib("good.bib", "-o", "locked/out.bib", "--offline", folder=tmp_path)
    assert code == 2
    assert "can't be written" in err


@pytest.mark.parametrize("name", ["out.xyz", "out.pdf"])
def test_a_suffix_that_promises_no_format(tmp_path: Path, name: str) -> None:
    (tmp_path / "good.bib").write_text(GOOD)
    code, _, err = cite2bib("good.bib", "-o", name, "--offline", folder=tmp_path)
    assert code == 2
    assert ".bib" in err


def test_an_unknown_setting_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "cite2bib.toml").write_text('offline = true\nlibrarys = ["a.bib"]\n')
    (tmp_path / "good.bib").write_text(GOOD)
    code, _, err = cite2bib("good.bib", folder=tmp_path)
    assert code == 2
    assert "cite2bib.toml:2:1" in err
    assert "libraries" in err


def test_a_broken_settings_file(tmp_path: Path) -> None:
    (tmp_path / "cite2bib.toml").write_text("offline = \n")
    (tmp_path / "good.bib").write_text(GOOD)
    code, _, err = cite2bib("good.bib", folder=tmp_path)
    assert code == 2
    assert "cite2bib.toml" in err
    assert "line 1" in err


def test_standard_input(tmp_path: Path) -> None:
    code, out, _ = cite2bib("-", "--offline", "-t", "csljson", folder=tmp_path, stdin=GOOD.encode())
    assert code == 0
    assert "Deep Learning" in out


def test_nothing_is_lost_by_running_again(tmp_path: Path) -> None:
    (tmp_path / "in.bib").write_text(GOOD)
    assert cite2bib("in.bib", "-o", "out.bib", "--offline", folder=tmp_path)[0] == 0
    first = (tmp_path / "out.bib").read_bytes()
    assert cite2bib("in.bib", "-o", "out.bib", "--offline", folder=tmp_path)[0] == 0
    assert (tmp_path / "out.bib").read_bytes() == first
    edited = b"% my own remark\n" + first
    (tmp_path / "out.bib").write_bytes(edited)
    code, _, err = cite2bib("in.bib", "-o", "out.bib", "--offline", folder=tmp_path)
    assert code == 2
    assert "my own remark" in err
    assert (tmp_path / "out.bib").read_bytes() == edited


def test_a_work_keeps_the_key_that_the_file_has_for_it(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text('{"title": "Deep Things", "authors": ["Jane Doe"], "year": 2020}\n')
    assert cite2bib("in.jsonl", "-o", "out.bib", "--offline", folder=tmp_path)[0] == 0
    before = (tmp_path / "out.bib").read_text()
    (tmp_path / "more.jsonl").write_text('{"title": "Deep Water", "authors": ["Jane Doe"], "year": 2020}\n')
    code, _, err = cite2bib("more.jsonl", "in.jsonl", "-o", "out.bib", "--offline", folder=tmp_path)
    assert code == 0, err
    after = (tmp_path / "out.bib").read_text()
    assert before in after
    assert after.count("@misc{") == 2


def test_appending_keeps_every_byte(tmp_path: Path) -> None:
    held = b"% mine\r\n@article{ Doe2020,\r\n title={Deep learning of everything that matters}, author={Jane Doe}, year=2020, journal={J} }\r\n"
    (tmp_path / "out.bib").write_bytes(held)
    (tmp_path / "in.bib").write_text(
        GOOD + GOOD.replace("{a,", "{b,").replace("Everything", "Something Else")
    )
    assert cite2bib("in.bib", "-o", "out.bib", "--offline", "--append", folder=tmp_path)[0] == 0
    now = (tmp_path / "out.bib").read_bytes()
    assert now.startswith(held)
    assert now.count(b"@") == 2
    assert cite2bib("in.bib", "-o", "out.bib", "--offline", "--append", folder=tmp_path)[0] == 0
    assert (tmp_path / "out.bib").read_bytes() == now


def test_a_lock_that_is_missing_is_told_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "list.md").write_text("- [A paper](https://arxiv.org/abs/2303.12712)\n")
    code, _, err = cite2bib("list.md", "--locked", "-v", folder=tmp_path)
    assert code == 2
    assert "there is no cite2bib.lock" in err
    assert "reading" not in err
