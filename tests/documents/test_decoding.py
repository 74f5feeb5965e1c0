"""Bytes to text, whatever they were written in."""

from __future__ import annotations

import codecs
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cite2bib.diagnostics import ReadError
from cite2bib.documents.decoding import decode

TEXT = "Gödel, Escher, Bach: an Eternal Golden Braid\nAttention — all you need\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_needs_no_guess(encoding: str) -> None:
    decoded = decode(TEXT.encode(encoding), "x")
    assert (decoded.text, decoded.diagnostics) == (TEXT, ())
    big_endian = decode(codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "x")
    assert big_endian.text == TEXT


def test_a_declared_encoding_is_believed() -> None:
    page = '<meta charset="iso-8859-2"><p>Łukasz Źdźbło</p>'
    assert decode(page.encode("iso-8859-2"), "x").text == page


def test_windows_1252_is_told_with_the_place() -> None:
    decoded = decode("one\r\ntwo caf\xe9 \x93q\x94".encode("latin-1"), "notes.txt")
    assert decoded.text == "one\ntwo café “q”"
    assert str(decoded.diagnostics[0].span) == "notes.txt:2:8"
    assert "0xE9" in decoded.diagnostics[0].message


def test_one_bad_byte_does_not_spoil_a_good_file() -> None:
    decoded = decode("Gödel und Müller ".encode() + b"caf\xe9", "x")
    assert decoded.text == "Gödel und Müller café"
    assert "that are not" in decoded.diagnostics[0].message


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n\x00", "PNG"),
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"PK\x03\x04\x14\x00", "zip"),
        (b"RIFF\x00\x10\x00\x00WEBP", "WebP"),
        (b"abc\x00\x01\x02def", "binary"),
        (bytes(range(1, 32)) * 20, "binary"),
    ],
)
def test_binary_content_is_named(data: bytes, kind: str) -> None:
    with pytest.raises(ReadError, match=kind) as caught:
        decode(data, "thing.dat")
    assert str(caught.value).startswith("thing.dat: ")


@pytest.mark.parametrize("text", ["RIFF is a container\n", "BZhang, Li. A paper.\n", "ID3 trees\n", ""])
def test_letters_that_look_like_a_signature_are_text(text: str) -> None:
    assert decode(text.encode(), "x").text == text


@given(st.binary(max_size=400))
def test_any_bytes_give_text_or_our_error(data: bytes) -> None:
    text = ""
    with suppress(ReadError):
        text = decode(data, "x").text
    assert "\r" not in text


def test_megabytes_are_linear() -> None:
    decoded = decode(b"a\xe9 " * 3_000_000, "x")
    assert len(decoded.text) == 9_000_000
    assert len(decoded.diagnostics[0].span.source) < 1000  # type: ignore[union-attr]


def test_each_line_is_in_its_own_encoding() -> None:
    lines = ["Gödel", "„Maß“ und Größe", "Müller", "plain", "naïve “café”"]
    for western in range(1, 2 ** len(lines)):
        data = b"\n".join(
            line.encode("cp1252" if western >> place & 1 else "utf-8") for place, line in enumerate(lines)
        )
        assert decode(data, "x").text.split("\n") == lines


def test_what_looks_like_utf_8_by_chance_is_in_no_script_nobody_uses() -> None:
    data = b"Gr\xf6\xdfe\n" + "ein Maß“ ".encode("cp1252")
    assert decode(data, "x").text == "Größe\nein Maß“ "
