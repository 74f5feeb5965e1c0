"""The command line: options in, calls to the pipeline, text out.

This module starts fast: a command's module is loaded when that command is called.
"""

from __future__ import annotations

import gc
import os
import signal
import sys

from cite2bib.diagnostics import Cite2bibError, SourceError

DONE, FINDINGS, UNUSABLE, UNASKED = 0, 1, 2, 3  # exit codes
INTERRUPTED = 130  # 128 + SIGINT, as shells count


def main() -> None:
    """Run the command and turn whatever ends it into a clear line and an exit code."""
    gc.set_threshold(100_000, 20, 20)  # a run makes many objects and hardly any cycles
    from cite2bib.cli.root import root

    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # `cite2bib ... | head` is no error
    try:
        sys.exit(root.main(prog_name="cite2bib", standalone_mode=False) or DONE)
    except KeyboardInterrupt:
        _fail("stopped; what was fetched is kept, the same command goes on from there", INTERRUPTED)
    except Cite2bibError as error:
        _fail(str(error), UNASKED if isinstance(error, SourceError) else UNUSABLE)
    except Exception as error:  # noqa: BLE001 - the top of the program
        _unexpected(error)
    finally:
        gc.freeze()  # else the interpreter, before it ends, looks for cycles in all there is


def _fail(message: str, code: int) -> None:
    sys.stdout = sys.stdout if _flushed() else open(os.devnull, "w")  # noqa: SIM115, PTH123
    sys.stderr.write(f"cite2bib: {message}\n")
    sys.exit(code)


def _flushed() -> bool:
    try:
        sys.stdout.flush()
    except OSError:  # nobody reads any more, or the disk is full
        return False
    return True


def _unexpected(error: Exception) -> None:
    import click

    if isinstance(error, click.exceptions.Abort):
        _fail("stopped", INTERRUPTED)
    if isinstance(error, click.ClickException):
        error.show()
        sys.exit(UNUSABLE)
    if isinstance(error, OSError):
        _fail(f"{error.filename or 'the system'}: {error.strerror or error}", UNUSABLE)
    if os.environ.get("CITE2BIB_DEBUG"):
        raise error
    _fail(
        f"a fault of cite2bib itself: {type(error).__name__}: {error} (CITE2BIB_DEBUG=1 shows where)",
        UNUSABLE,
    )
