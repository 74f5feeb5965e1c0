"""Verbatim values, addresses and identifiers: read without the escapes some programs put in, written as they must stand."""

from __future__ import annotations

import re

from cite2bib.patterns import late

_SPACE = late(r"[ \t\r\n\f\v]+")


def unescape(value: str) -> str:
    r"""A verbatim value (an address, a DOI), freed of the escapes that some programs put into it.

    >>> unescape(r"10.1007/978-3-030\_12")
    '10.1007/978-3-030_12'
    """
    if "\\" in value or "{" in value:
        value = re.sub(r"\{?\\([_%&#$~^{}])(?:\{\})?\}?", r"\1", value).replace("{\\textasciitilde}", "~")
        value = value.replace("\\textasciitilde{}", "~").replace("\\textasciitilde ", "~")
        if value.startswith("\\url{") and value.endswith("}"):
            value = value[5:-1]
    return _SPACE.sub(" ", value).strip()


def verbatim(value: str) -> str:
    r"""An address or identifier as it must stand: nothing escaped, but no brace that could unbalance the entry.

    >>> verbatim("https://x.org/a_b?c=%20{d")
    'https://x.org/a_b?c=%20%7Bd'
    """
    if re.fullmatch(r"[!-\[\]-z|~]*", value):
        return value
    from urllib.parse import quote

    return re.sub(r"[^!-\[\]-z|~]+", lambda found: quote(found[0]), value)
