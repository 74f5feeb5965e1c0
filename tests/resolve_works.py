"""Works for the tests of resolve, in a line each."""

from __future__ import annotations

from cite2bib import dates, names
from cite2bib.model import Field, Kind, Origin, Value, Work, kind_of


def work(
    title: str = "", authors: str = "", issued: str = "", *, origin: Origin | str = "page", **said: str
) -> Work:
    """A work; underscores in names of variables stand for hyphens, and `confidence` is that of the date.

    >>> work("On Words", "Ada Lovelace; Alan Turing", "2020-03", container_title="Nature").names("author")[1].family
    'Turing'
    """
    where = Origin(origin) if isinstance(origin, str) else origin
    confidence, kind = float(said.pop("confidence", "1")), said.pop("type", "")
    texts = {"title": title, "author": authors, "issued": issued}
    texts |= {name.replace("_", "-"): text for name, text in said.items()}
    fields = {name: Field(_value(name, text), where) for name, text in texts.items() if text}
    if "issued" in fields and confidence < 1:
        fields["issued"] = Field(fields["issued"].value, Origin(where.source, where.locator, confidence))
    return Work(type=kind, fields=fields, places=(where,))


def _value(name: str, text: str) -> Value:
    if kind_of(name) is Kind.NAMES:
        people = [part.strip() for part in text.split(";")]
        return tuple(names.OTHERS if part == "others" else names.parse(part) for part in people)
    if kind_of(name) is Kind.DATE:
        date = dates.parse(text)
        assert date, text
        return date
    return text
