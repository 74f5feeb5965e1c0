"""What all tests share: the corpora, goldens, and the promise that no test leaves this machine."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from catalogue import Catalogue
from cite2bib.http import Settings
from cite2bib.http.client import Client, open_send
from loopback import Loopback
from runs import WORKS, Opens, Time

# A run tries the same examples each time, so that a change alone turns a test red; tests/property fuzzes at night.
settings.register_profile("same examples", derandomize=True)
settings.load_profile("same examples")

THIS_MACHINE = frozenset({"127.0.0.1", "::1", "localhost", "0.0.0.0", "::ffff:127.0.0.1"})
ROOT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("CITE2BIB_SHARED", ROOT.parent / "shared"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="rewrite goldens with what came out")


@pytest.fixture(scope="session")
def shared_folder() -> Path:
    """The folder of shared corpora, for fixtures of wider scope."""
    if not SHARED.is_dir():
        pytest.skip(f"no shared corpora at {SHARED}")
    return SHARED


@pytest.fixture
def shared(shared_folder: Path) -> Path:
    """The folder of shared corpora; the test is skipped where there is none."""
    return shared_folder


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Any:
    """Compare a text with a file, or rewrite the file under --accept."""

    def check(path: Path, text: str) -> None:
        if request.config.getoption("--accept"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")
        assert text == path.read_text(encoding="utf-8"), f"differs from {path}; --accept rewrites it"

    return check


def need(*tools: str) -> None:
    """Skip the test when a tool is missing on a user's machine; fail it in CI."""
    missing = [tool for tool in tools if not shutil.which(tool)]
    if missing and os.environ.get("CI"):
        pytest.fail(f"CI must have {', '.join(missing)}")
    if missing:
        pytest.skip(f"needs {', '.join(missing)}")


@pytest.fixture(autouse=True)
def _loopback_only(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test reaches beyond 127.0.0.1, and none reads the user's own settings or cache."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in THIS_MACHINE:
            raise AssertionError(f"a test tried to reach {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
    home = tmp_path_factory.mktemp("home")
    for variable in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(variable, str(home))
    for variable in [
        name for name in os.environ if name.startswith("CITE2BIB_") and name != "CITE2BIB_SHARED"
    ]:
        monkeypatch.delenv(variable)


@pytest.fixture
def server() -> Iterator[Loopback]:
    """arXiv and Crossref on this machine, holding two works."""
    with Loopback(Catalogue.of(WORKS)) as running:
        yield running


@pytest.fixture
def time() -> Time:
    """A clock that only sleeping moves."""
    return Time()


@pytest.fixture
def opened(tmp_path: Path, time: Time) -> Opens:
    """Opens a run; all runs of a test share one cache."""

    def open_one(**settings: Any) -> AbstractContextManager[Client]:
        chosen: dict[str, Any] = {
            "cache_path": tmp_path / "cache" / "answers.sqlite", "read_timeout_s": 0.3, "total_timeout_s": 1.0,
        }  # fmt: skip
        return open_send(Settings(**(chosen | settings)), clock=time.clock, sleep=time.sleep)

    return open_one
