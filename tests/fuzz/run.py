"""Coverage-guided fuzzing of the readers that strangers' files reach first (https://github.com/google/atheris).

    python tests/fuzz/run.py bibtex -max_total_time=600

Targets: bibtex, ris, pdf, docx; what follows is libFuzzer's. An input that raises anything but our own errors, or takes
longer than ten seconds, ends the run and is kept beside it.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

TESTS = Path(__file__).parents[1]
sys.path[:0] = [str(TESTS), str(TESTS.parent / "src")]

WORDS = {
    "bibtex": ["@article{k,", "@string{a = ", "@comment{", "@preamble{", "title = ", "author = ", " and ", '{\\"o}', "\\emph{", "#", "crossref = {k}",
               "date = {2020-01/..}", "% Encoding: utf-16", "jan", "}\\n", "\\n@", "xdata = {k}", "$x$"],
    "ris": ["TY  - JOUR", "ER  - ", "AU  - ", "PY  - 2020/01/02/x", "SP  - 1", "EP  - 2", "T2  - ", "KW  - ", "DO  - 10.1/x", "SN  - ", "M1  - ", "Y2  - "],
    "pdf": ["BT", "ET", "(References) Tj", "72 700 Td", "0 -12 Td", "/F1 10 Tf", "[(1)] TJ", "([1] A. B. Doe, Title, 2020.) Tj", "1 0 0 1 72 500 Tm"],
    "docx": ["ADDIN ZOTERO_ITEM CSL_CITATION {", "ADDIN EN.CITE <EndNote>", "References", "[1] A. B. Doe, Title, 2020."],
}  # fmt: skip


ELEMENTS = """
w:p w:r w:t w:fldChar:w:fldCharType=begin w:fldChar:w:fldCharType=separate w:fldChar:w:fldCharType=end w:instrText w:fldSimple
w:hyperlink:r:id=a w:tbl w:tr w:tc w:sdt w:sdtContent w:tag:w:val=MENDELEY_CITATION_v3_ w:pPr w:pStyle:w:val=Heading1 w:numPr
w:footnoteReference:w:id=1 w:br w:tab w:del w:ins w:noBreakHyphen w:fldData
""".split()


def elements(data: bytes) -> str:
    """Well-formed elements of Word: high bytes open one, 127 closes, what is left is text."""
    out: list[str] = []
    opened: list[str] = []
    for byte in data:
        if byte > 127:
            name, _, attribute = ELEMENTS[byte % len(ELEMENTS)].partition(":")[2].partition(":")
            key, _, value = attribute.partition("=")
            out.append(f'<w:{name} {key}="{value}">' if key else f"<w:{name}>")
            opened.append(name)
        elif byte == 127 and opened:
            out.append(f"</w:{opened.pop()}>")
        elif byte >= 32:
            out.append({"<": "&lt;", "&": "&amp;"}.get(chr(byte), chr(byte)))
    return "".join([*out, *(f"</w:{name}>" for name in reversed(opened))])


def targets() -> dict[str, Callable[[bytes], object]]:
    """What is tried with each input."""
    from cite2bib import extract
    from cite2bib.documents import registry
    from cite2bib.formats import get
    from containers import office, pdf

    def round_trip(name: str, data: bytes) -> None:
        format_ = get(name)
        works = format_.read(data, "x").works
        text = format_.write(works).text
        assert len(format_.read(text.encode(errors="replace"), "x").works) == len(works)

    def document(name: str, data: bytes) -> None:
        extract.references(registry.get(name).read(data, "x").document)

    return {
        "bibtex": lambda data: round_trip("bibtex", data),
        "ris": lambda data: round_trip("ris", data),
        "pdf": lambda data: document("pdf", data if data[:1] == b"%" else pdf(data)),
        "docx": lambda data: document("docx", data if data[:2] == b"PK" else office("docx", elements(data))),
    }


def main() -> None:
    """Fuzz one target until told to stop."""
    import atheris

    name = sys.argv[1]
    with atheris.instrument_imports(include=["cite2bib"], enable_loader_override=False):
        from cite2bib.diagnostics import Cite2bibError

        run = targets()[name]
        for seed in found_seeds(name):  # loads, and so instruments, what is loaded when it is needed
            with suppress(Cite2bibError):
                run(seed)

    def one(data: bytes) -> None:
        with suppress(Cite2bibError):
            run(data)

    with tempfile.TemporaryDirectory() as folder:
        words = Path(folder, "words")
        words.write_text("".join(f'"{quoted(word)}"\n' for word in WORDS[name]), encoding="ascii")
        seeds = Path(folder, "seeds")
        seeds.mkdir()
        for number, seed in enumerate(found_seeds(name)):
            Path(seeds, str(number)).write_bytes(seed)
        options = ["-timeout=10", "-rss_limit_mb=3000", "-max_len=4096", f"-dict={words}", *sys.argv[2:]]
        atheris.Setup([sys.argv[0], *options, str(seeds)], one)
        atheris.Fuzz()


def quoted(word: str) -> str:
    """A word as libFuzzer's dictionaries want it."""
    return "".join(
        char if char.isalnum() or char in " @{}()<>[]=/.-&;:'$#%+,!|~" else f"\\x{ord(char):02x}"
        for char in word
    )


def found_seeds(name: str) -> list[bytes]:
    """Files to start from: those of the shared corpus where it is, and what all the words make together."""
    shared = Path(os.environ.get("CITE2BIB_SHARED", TESTS.parents[1] / "shared"))
    folder = {"bibtex": "bib", "ris": "ris"}.get(name, "none")
    files = sorted(path for path in (shared / "bib-corpus" / folder).rglob("*") if path.is_file())
    return ["\n".join(WORDS[name]).encode(), *(path.read_bytes()[:4096] for path in files[::10])]


if __name__ == "__main__":
    main()
