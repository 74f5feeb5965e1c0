"""Files that are sound outside, whatever is put inside: one page of a PDF, and office documents of one part."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping


def pdf(content: bytes) -> bytes:
    """One page with that content stream; PDFium makes up for the table of places that is not there."""
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>",
    ]
    body = b"".join(b"%d 0 obj%s endobj\n" % pair for pair in enumerate(parts, 1))
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R>>\n%%EOF"


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return buffer.getvalue()


def office(name: str, inner: str) -> bytes:
    if name == "docx":
        space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        document = f'<w:document xmlns:w="{space}" xmlns:r="r"><w:body>{inner}</w:body></w:document>'
        return packed({"[Content_Types].xml": "<Types/>", "word/document.xml": document})
    if name == "odt":
        body = f'<d xmlns:text="t" xmlns:xlink="x"><body><text>{inner}</text></body></d>'
        return packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": body})
    package = "<package><manifest><item id='a' href='a.html'/></manifest><spine><itemref idref='a'/></spine></package>"
    return packed(
        {"mimetype": "application/epub+zip", "META-INF/container.xml": "<c><rootfiles><rootfile full-path='o'/></rootfiles></c>",
         "o": package, "a.html": f"<html><body>{inner}</body></html>"}
    )  # fmt: skip
