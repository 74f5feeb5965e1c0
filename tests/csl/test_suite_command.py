"""The command that runs a folder of fixtures: what can't be run counts as failed, with its reason."""

from __future__ import annotations

from pathlib import Path

import csl_suite
import pytest

CASES = Path(__file__).parent / "cases"
WHOLE = (CASES / "form_own_abbreviations.txt").read_text(encoding="utf-8")
BROKEN = {
    "a_Nothing": (b"", "it has no section MODE, RESULT, CSL, INPUT"),
    "b_NotText": (b"\xff\xfe\x00", "it can't be read"),
    "c_NotJson": (WHOLE.replace('"id": "1"', '"id" "1"').encode(), "INPUT is no JSON"),
    "d_NotXml": (WHOLE.replace("</layout>", "").encode(), "StyleError"),
    "e_Other": (WHOLE.replace("J. Thgs,", "J. Things,").encode(), ""),
    "f_Dos": (b"\xef\xbb\xbf" + WHOLE.replace("\n", "\r\n").encode(), ""),
}


def test_broken_fixtures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, (data, _) in BROKEN.items():
        (tmp_path / f"{name}.txt").write_bytes(data)
    assert csl_suite.main([str(tmp_path)]) == 1
    *lines, failed, last = capsys.readouterr().out.splitlines()
    assert last == "1 passed, 5 failed"
    assert failed == "failed: a_Nothing b_NotText c_NotJson d_NotXml e_Other"
    for name, (_, reason) in BROKEN.items():
        said = [line for line in lines if name in line]
        assert bool(said) is bool(reason)
        assert not reason or said[0].startswith(f"broken: {name}: {reason}")


def test_an_empty_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert csl_suite.main([str(tmp_path)]) == 1
    assert capsys.readouterr().out.splitlines() == [f"no fixtures in {tmp_path}", "0 passed, 0 failed"]
