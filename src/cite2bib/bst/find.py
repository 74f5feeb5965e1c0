"""Where a .bst file is: a path, or a name that TeX's own search (kpsewhich) knows."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from cite2bib.diagnostics import StyleError

_TIMEOUT_S = 20


def find(style: str) -> Path:
    """The file of a BibTeX style: `plain`, `IEEEtran.bst`, `styles/mine.bst`."""
    path = Path(style)
    for candidate in (path, path.with_name(f"{path.name}.bst")):
        if candidate.suffix == ".bst" and candidate.is_file():
            return candidate
    if "/" in style or "\\" in style:
        raise StyleError(f"there is no BibTeX style at {style}")
    return _installed(path.name.removesuffix(".bst"))


def _installed(name: str) -> Path:
    kpsewhich = shutil.which("kpsewhich")
    if not kpsewhich:
        raise StyleError(
            f"the BibTeX style {name!r} is not in this folder, and TeX, which would have it, is not installed: "
            "install TeX Live, or give the path of a .bst file"
        )
    if name.startswith("-"):
        raise StyleError(f"{name!r} is no name of a BibTeX style")
    try:
        found = subprocess.run(  # noqa: S603 - the program is kpsewhich, the name is no option
            [kpsewhich, f"{name}.bst"], capture_output=True, text=True, timeout=_TIMEOUT_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise StyleError(f"kpsewhich can't say where the BibTeX style {name!r} is: {error}") from error
    if not found.stdout.strip():
        raise StyleError(f"TeX knows no BibTeX style named {name!r}; the path of a .bst file serves as well")
    return Path(found.stdout.strip())
