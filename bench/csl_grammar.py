"""Random small styles, works and citations for csl_differ.py: a grammar for each topic, wide in that and plain in the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, SubElement

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

Works = list[dict[str, Any]]
Clusters = list[list[dict[str, Any]]]
Made = tuple[Element, Works, Clusters]

FORMATS = {
    "font-style": ("italic", "normal", "oblique"),
    "font-weight": ("bold", "normal"),
    "font-variant": ("small-caps",),
    "vertical-align": ("sup",),
    "text-decoration": ("underline",),
}
AFFIXES = ("", "", "", "", ", ", ". ", "(", ")", " ", ": ", "; ", "[", "]", " – ", "in ")
ODD_AFFIXES = (*AFFIXES, ".", ",", "! ", "? ", " (", ".)", "’s ", "/", "<i>x</i> ", "& ")
DELIMITERS = (", ", ". ", "; ", " ", ": ", "", ".", "/", " – ")
CASES = ("lowercase", "uppercase", "capitalize-first", "capitalize-all", "title", "sentence")
LOCALES = (
    "en-US",
    "en-US",
    "en-US",
    "en-GB",
    "de-DE",
    "fr-FR",
    "es-ES",
    "it-IT",
    "nl-NL",
    "pt-BR",
    "ru-RU",
    "zh-CN",
    "tr-TR",
    "da-DK",
)
TEXTS = (
    "title",
    "container-title",
    "publisher",
    "publisher-place",
    "genre",
    "note",
    "collection-title",
    "title-short",
    "DOI",
)
NUMBERS = (
    "volume",
    "issue",
    "edition",
    "number",
    "page",
    "number-of-pages",
    "chapter-number",
    "page-first",
    "number-of-volumes",
    "section",
)
NAMES = ("author", "editor", "translator", "container-author", "director")
DATES = ("issued", "accessed", "original-date")
TYPES = (
    "book",
    "article-journal",
    "chapter",
    "thesis",
    "webpage",
    "legal_case",
    "paper-conference",
    "report",
)
FAMILIES = (
    "Smith",
    "Jones",
    "Doe",
    "García",
    "Müller",
    "O'Brien",
    "Zhou",
    "van der Berg",
    "Smith-Jones",
    "de la Cruz",
)
GIVENS = (
    "John",
    "Jane",
    "J.",
    "Jean-Paul",
    "John Q.",
    "Ana María",
    "J. R. R.",
    "Élodie",
    "Mary",
    "JM",
    "Hans Christian von",
    "X.-Y.",
)
PEOPLE: tuple[dict[str, Any], ...] = (
    {"family": "Gogh", "given": "Vincent", "non-dropping-particle": "van"},
    {"family": "Humboldt", "given": "Alexander", "dropping-particle": "von"},
    {"family": "King", "given": "Martin Luther", "suffix": "Jr."},
    {"family": "Davis", "given": "Sammy", "suffix": "III", "comma-suffix": True},
    {"family": "Broglie", "given": "Louis", "dropping-particle": "de", "non-dropping-particle": "van"},
    {"literal": "World Health Organization"},
    {"literal": "The <i>Big</i> Group, Inc."},
    {"family": "Plato"},
    {"family": "毛", "given": "泽东"},
    {"family": "Достоевский", "given": "Фёдор Михайлович"},
    {"family": "d'Aubignac", "given": "François"},
    {"family": "al-Hakim", "given": "Tawfiq"},
    {"family": "McDonald", "given": "R. <i>Q</i>"},
    {"family": "Nguyễn", "given": "Văn A", "static-ordering": True},
    {"family": "Yılmaz", "given": "İbrahim"},
)
WORDS = (
    "the",
    "of",
    "and",
    "a",
    "in",
    "on",
    "history",
    "Studies",
    "DNA",
    "iPhone",
    "war",
    "peace",
    "für",
    "états-unis",
    "e-mail",
    "O’Neill's",
    "1984",
    "to",
    "<i>Homo sapiens</i>",
    '<span class="nocase">von Neumann</span>',
    '"quoted words"',
    "‘single’",
    "“curly”",
    "it's",
    "dogs'",
    "vs.",
    "up-to-date",
    "H<sub>2</sub>O",
    "<b>bold</b>",
    "<sc>Caps</sc>",
    "d'art",
    "(in brackets)",
    "via",
    "x",
    "ß",
    "l’homme",
    "«guillemets»",
    "end.",
)
ENDS = ("", "", "", "", ".", "?", "!", ":", "…", ".”", '?"')
NUMERALS = (
    "1",
    "2",
    "3",
    "11",
    "12",
    "22",
    "101",
    "1st",
    "2nd",
    "third",
    "IV",
    "ix",
    "A12",
    "12B",
    "1-3",
    "1–3",
    "3, 5",
    "3 & 5",
    "3 and 4",
    "1/2",
    "12a-12c",
    "1999-2001",
    "0",
    "2 revised",
    "B-12",
    "100-104",
    "321-328",
    "1002-1006",
    "45-5",
    "xii-xv",
    "1.5",
    "1-3, 7-9",
    "S1–S3",
    "5-3",
    "12ff",
    "vol. 2, p. 3",
    "200 passim",
    "1:12",
    "1\\-3",
    "003",
)
LABELS = (
    "page",
    "chapter",
    "section",
    "figure",
    "paragraph",
    "volume",
    "verse",
    "line",
    "note",
    "folio",
    "sub-verbo",
    "book",
    "issue",
    "column",
    "part",
    "opus",
)
LOCATORS = ("12", "12-15", "3, 7", "iv", "12 & 14", "A5", "§ 3", "1 sq.", "100-103", "3–5", "p. 4", "12:3")


def style(r: random.Random, **options: str) -> Element:
    """An empty style."""
    root = Element(
        "style", {"xmlns": "http://purl.org/net/xbiblio/csl", "version": "1.0", "class": "in-text", **options}
    )
    info = SubElement(root, "info")
    for tag, text in (("title", "t"), ("id", "t"), ("updated", "2026-01-01T00:00:00+00:00")):
        SubElement(info, tag).text = text
    if r.random() < 0.6:
        root.set("default-locale", r.choice(LOCALES))
    return root


def area(root: Element, tag: str, **options: str) -> Element:
    """The layout of a new citation or bibliography."""
    return SubElement(SubElement(root, tag, options), "layout")


def maybe(r: random.Random, element: Element, chance: float, **choices: tuple[str, ...]) -> None:
    """Attributes, each set with a chance."""
    for name, values in choices.items():
        if r.random() < chance:
            element.set(name.replace("_", "-"), r.choice(values))


def dress(
    r: random.Random, element: Element, *, affixes: tuple[str, ...] = AFFIXES, chance: float = 0.3
) -> None:
    """Affixes and formatting."""
    for name in ("prefix", "suffix"):
        if r.random() < chance and (text := r.choice(affixes)):
            element.set(name, text)
    if r.random() < chance / 2:
        name = r.choice(list(FORMATS))
        element.set(name, r.choice(FORMATS[name]))


def title(r: random.Random, words: tuple[str, ...] = WORDS) -> str:
    """Some words, with punctuation among them."""
    out = r.choices(words, k=r.randint(1, 6))
    if len(out) > 2 and r.random() < 0.4:
        out[r.randrange(1, len(out) - 1)] += r.choice((":", ",", ".", " –", "?", " -", ";", "—"))
    text = " ".join(out)
    return (text[:1].upper() + text[1:] if r.random() < 0.7 else text) + r.choice(ENDS)


def person(r: random.Random, special: float = 0.3) -> dict[str, Any]:
    """One name."""
    if r.random() < special:
        return dict(r.choice(PEOPLE))
    return {"family": r.choice(FAMILIES), "given": r.choice(GIVENS)}


def people(r: random.Random, most: int = 5, special: float = 0.3) -> list[dict[str, Any]]:
    """A list of names."""
    return [person(r, special) for _ in range(r.randint(1, most))]


def date(r: random.Random) -> dict[str, Any]:
    """One date of any kind."""
    roll = r.random()
    if roll < 0.06:
        return {"literal": r.choice(("forthcoming", "circa 1900", "13 May", "n.d."))}
    if roll < 0.16:
        return {
            "raw": r.choice(
                (
                    "2001-03-04",
                    "May 2004",
                    "1999",
                    "2001-03/2001-05",
                    "about 1850",
                    "2010-13",
                    "3 June 1988",
                    "spring 1999",
                    "1990-1995",
                    "in press",
                    "BC 44",
                    "2004?",
                )
            )
        }
    parts = [day(r)]
    if r.random() < 0.35:
        parts.append(
            r.choice((day(r), [0], [parts[0][0] + 1, *parts[0][1:]], [*parts[0][:-1], parts[0][-1] + 1]))
        )
    value: dict[str, Any] = {"date-parts": parts}
    if r.random() < 0.12:
        value["season"] = r.randint(1, 4)
        value["date-parts"] = [part[:1] for part in parts]
    if r.random() < 0.12:
        value["circa"] = True
    return value


def day(r: random.Random) -> list[int]:
    """Year, perhaps month, perhaps day."""
    year = r.choice((2001, 1999, 2020, 1850, 2003, 2003, 987, 44, -44, 1066))
    return [year, r.randint(1, 12), r.randint(1, 28)][: r.randint(1, 3)]


def work(r: random.Random, number: int) -> dict[str, Any]:
    """A plain work."""
    return {
        "id": f"w{number}",
        "type": r.choice(TYPES),
        "title": f"Title {'ABCDEFGH'[number]}",
        "author": people(r, 3, 0.1),
        "issued": {"date-parts": [[r.choice((1999, 2001, 2003))]]},
    }


def cites(r: random.Random, works: Works, *, rich: float = 0.0) -> Clusters:
    """Each work alone, then some groups."""
    ids = [each["id"] for each in works]
    clusters: Clusters = [[{"id": id_}] for id_ in ids]
    for _ in range(r.randint(1, 3)):
        clusters.append([cite(r, id_, rich) for id_ in r.sample(ids, r.randint(1, min(4, len(ids))))])
    return clusters


def cite(r: random.Random, id_: str, rich: float) -> dict[str, Any]:
    """One cite, with what a text may give it."""
    made: dict[str, Any] = {"id": id_}
    if r.random() < rich:
        made |= {"locator": r.choice(LOCATORS), "label": r.choice(LABELS[:6])}
    if r.random() < rich / 2:
        made["prefix"] = r.choice(
            ("see ", "see also", "cf. ", "But. ", "e.g., ", "“x” ", "See also: ", "<i>contra</i> ")
        )
    if r.random() < rich / 2:
        made["suffix"] = r.choice(
            (" and passim", ", note 3", ".", " [emphasis mine]", "; etc.", "passim", " (my italics)")
        )
    if r.random() < rich / 6:
        made["suppress-author"] = True
    return made


def simple(parent: Element, tag: str, **attributes: str) -> Element:
    """A new child."""
    return SubElement(parent, tag, {name.replace("_", "-"): value for name, value in attributes.items()})


# Names.


def name_attributes(r: random.Random, element: Element, chance: float, prefix: str = "") -> None:
    """What cs:name may say, or the areas and the style for it."""
    choices = {
        "and": ("text", "symbol"),
        "delimiter-precedes-last": ("contextual", "always", "never", "after-inverted-name"),
        "delimiter-precedes-et-al": ("contextual", "always", "never", "after-inverted-name"),
        "initialize-with": (". ", ".", "", " ", ".\u00a0"),
        "initialize": ("false", "true"),
        "name-as-sort-order": ("first", "all"),
        "sort-separator": (", ", " ", "; ", ""),
        f"{prefix}form": ("short", "long", "count")[: 2 if r.random() < 0.9 else 3],
        f"{prefix}delimiter": (", ", "; ", " ", "/"),
    }
    for name, values in choices.items():
        if r.random() < chance:
            element.set(name, r.choice(values))
    if r.random() < chance * 2:
        least = r.randint(1, 4)
        element.set("et-al-min", str(least))
        element.set("et-al-use-first", str(r.randint(1, least)))
        if least > 2 and r.random() < 0.3:
            element.set("et-al-use-last", "true")
    if r.random() < chance:
        element.set("et-al-subsequent-min", str(r.randint(1, 3)))
        element.set("et-al-subsequent-use-first", "1")


def names(r: random.Random, parent: Element, chance: float = 0.25, substitute: float = 0.3) -> Element:
    """A cs:names with its children."""
    made = simple(parent, "names", variable=" ".join(r.sample(NAMES, r.choice((1, 1, 1, 2, 3)))))
    maybe(r, made, 0.3, delimiter=("; ", ", ", " & "))
    dress(r, made, chance=0.15)
    label_first = r.random() < 0.15
    if label_first:
        label(r, made)
    if r.random() < 0.8:
        name = simple(made, "name")
        name_attributes(r, name, chance)
        dress(r, name, chance=0.1)
        for part in ("family", "given"):
            if r.random() < 0.2:
                dressed = simple(name, "name-part", name=part)
                dress(r, dressed, chance=0.4)
                dressed.attrib.pop("vertical-align", None)
                maybe(r, dressed, 0.3, text_case=CASES)
    if r.random() < 0.2:
        et_al = simple(made, "et-al")
        maybe(r, et_al, 0.5, term=("and others", "et-al"), font_style=("italic",))
    if not label_first and r.random() < 0.4:
        label(r, made)
    if r.random() < substitute:
        inside = simple(made, "substitute")
        for _ in range(r.randint(1, 3)):
            roll = r.random()
            if roll < 0.5:
                simple(inside, "names", variable=r.choice(NAMES))
            elif roll < 0.6:
                names(r, inside, chance, 0)
            else:
                text(r, inside)
    return made


def label(r: random.Random, parent: Element, variable: str = "") -> None:
    """A cs:label."""
    made = simple(parent, "label", **({"variable": variable} if variable else {}))
    maybe(
        r,
        made,
        0.4,
        form=("short", "long", "verb", "verb-short", "symbol"),
        plural=("always", "never", "contextual"),
    )
    maybe(r, made, 0.15, text_case=CASES, strip_periods=("true",))
    dress(r, made, affixes=(" (", ")", ", ", " ", " [", "]"), chance=0.5)


def text(r: random.Random, parent: Element, variables: tuple[str, ...] = TEXTS, **attributes: str) -> Element:
    """A cs:text."""
    roll = r.random()
    if roll < 0.75:
        made = simple(parent, "text", variable=r.choice(variables), **attributes)
        maybe(r, made, 0.1, form=("short",))
    elif roll < 0.88:
        made = simple(
            parent,
            "text",
            term=r.choice(("in", "and", "no date", "edition", "editor", "page", "ibid", "accessed", "et-al")),
            **attributes,
        )
        maybe(r, made, 0.3, form=("short", "long", "symbol"), plural=("true", "false"))
    else:
        made = simple(
            parent,
            "text",
            value=r.choice(("value", "In", "(text)", "a. b", 'et’s "q"', ".")),
            **attributes,
        )
    dress(r, made, chance=0.25)
    return made


def about_names(r: random.Random) -> Made:
    """Lists of names with all attributes at all levels."""
    root = style(r)
    maybe(
        r,
        root,
        0.3,
        demote_non_dropping_particle=("never", "sort-only", "display-and-sort"),
        initialize_with_hyphen=("false", "true"),
    )
    name_attributes(r, root, 0.08, "name-")
    maybe(r, root, 0.1, names_delimiter=("; ", " + "))
    for tag in ("citation", "bibliography"):
        layout = area(root, tag)
        parent = root[-1]
        name_attributes(r, parent, 0.08, "name-")
        maybe(r, parent, 0.1, names_delimiter=("; ", " + "))
        inside = simple(layout, "group", delimiter=". ")
        names(r, inside)
        if r.random() < 0.5:
            names(r, inside)
        simple(inside, "text", variable="title")
    works = [work(r, number) for number in range(4)]
    for each in works:
        each["author"] = people(r, 5, 0.4)
        for variable in NAMES[1:]:
            if r.random() < 0.4:
                each[variable] = each["author"] if r.random() < 0.2 else people(r, 3)
        if r.random() < 0.3:
            del each["author"]
        if r.random() < 0.1:
            each["language"] = r.choice(("zh", "hu", "fr", "ja-JP"))
    return root, works, cites(r, works)


# Dates.


def a_date(r: random.Random, parent: Element) -> None:
    """A cs:date, localized or not."""
    made = simple(parent, "date", variable=r.choice(DATES[:2]))
    localized = r.random() < 0.5
    if not localized:
        dress(r, made, chance=0.2)
    if localized:
        made.set("form", r.choice(("text", "numeric")))
        maybe(r, made, 0.5, date_parts=("year", "year-month", "year-month-day"))
        maybe(r, made, 0.1, text_case=CASES)
    else:
        maybe(r, made, 0.5, delimiter=(" ", "-", ", "))
    parts = ["year", "month", "day"]
    r.shuffle(parts)
    for part in parts[: r.randint(0 if localized else 1, 3)]:
        child = simple(made, "date-part", name=part)
        forms = {
            "year": ("long", "short"),
            "month": ("long", "short", "numeric", "numeric-leading-zeros"),
            "day": ("numeric", "ordinal", "numeric-leading-zeros"),
        }
        maybe(r, child, 0.6, form=forms[part])
        maybe(r, child, 0.15, range_delimiter=("/", " to ", "--"), strip_periods=("true",), text_case=CASES)
        if r.random() < 0.5:
            dress(r, child, affixes=(", ", " ", ".", "(", ")"), chance=0.4)


def about_dates(r: random.Random) -> Made:
    """Dates of all kinds in all forms."""
    root = style(r)
    for tag in ("citation", "bibliography"):
        if r.random() < 0.3:
            SubElement(root, tag).append(sort(r, ("issued", "accessed")))
            layout = SubElement(root[-1], "layout")
        else:
            layout = area(root, tag)
        inside = simple(layout, "group", delimiter="; ")
        simple(inside, "text", variable="title")
        a_date(r, inside)
        if r.random() < 0.3:
            a_date(r, inside)
        if r.random() < 0.2:
            choose = simple(inside, "choose")
            text(r, simple(choose, "if", is_uncertain_date="issued"))
    works = [work(r, number) for number in range(5)]
    for each in works:
        each["issued"] = date(r)
        if r.random() < 0.3:
            each["accessed"] = date(r)
        if r.random() < 0.1:
            del each["issued"]
    return root, works, cites(r, works)


# Numbers, labels, pages, locators.


def about_numbers(r: random.Random) -> Made:
    """Numbers, their labels, pages and locators."""
    root = style(r)
    maybe(
        r,
        root,
        0.6,
        page_range_format=("expanded", "minimal", "minimal-two", "chicago", "chicago-15", "chicago-16"),
    )
    for tag in ("citation", "bibliography"):
        inside = simple(area(root, tag), "group", delimiter="; ")
        for _ in range(r.randint(1, 3)):
            a_number(r, inside, r.choice((*NUMBERS, "locator") if tag == "citation" else NUMBERS))
    works = [work(r, number) for number in range(4)]
    for each in works:
        for variable in NUMBERS:
            if variable != "page-first" and r.random() < 0.7:
                each[variable] = r.choice(NUMERALS)
    return root, works, cites(r, works, rich=0.7)


def a_number(r: random.Random, parent: Element, variable: str) -> None:
    """A number with its label, in one of the ways that styles write it."""
    inside = simple(parent, "group", delimiter=" ")
    if r.random() < 0.5:
        label(r, inside, variable)
    if r.random() < 0.5 and variable != "locator":
        made = simple(inside, "number", variable=variable)
        maybe(r, made, 0.8, form=("numeric", "ordinal", "long-ordinal", "roman"))
        maybe(r, made, 0.1, text_case=CASES)
    else:
        made = simple(inside, "text", variable=variable)
    dress(r, made, chance=0.2)
    if r.random() < 0.3:
        choose = simple(parent, "choose")
        condition = simple(choose, "if", is_numeric=variable)
        simple(condition, "text", value="numeric")


# Text case, quotes, punctuation.


def about_case(r: random.Random) -> Made:
    """Titles in all text cases."""
    root = style(r)
    for tag in ("citation", "bibliography"):
        inside = simple(area(root, tag), "group", delimiter=" | ")
        for variable in r.sample(TEXTS[:2], r.randint(1, 2)):
            made = simple(inside, "text", variable=variable, text_case=r.choice(CASES))
            maybe(r, made, 0.2, quotes=("true",), form=("short",))
            dress(r, made, chance=0.1)
    works = [work(r, number) for number in range(3)]
    for each in works:
        each["title"], each["container-title"] = title(r), title(r)
        if r.random() < 0.3:
            each["language"] = r.choice(("en", "en-US", "fr", "de", "tr", "it-IT"))
    return root, works, cites(r, works)


def about_quotes(r: random.Random) -> Made:
    """Quotes, apostrophes and markup in data and style."""
    root = style(r)
    if r.random() < 0.3:
        inside = simple(root, "locale")
        simple(inside, "style-options", punctuation_in_quote=r.choice(("true", "false")))
    for tag in ("citation", "bibliography"):
        layout = area(root, tag)
        dress(r, layout, affixes=(".", "(", ")", ", "), chance=0.3)
        inside = simple(layout, "group", delimiter=r.choice(DELIMITERS))
        for variable in r.sample(TEXTS[:4], r.randint(1, 3)):
            made = simple(inside, "text", variable=variable)
            maybe(r, made, 0.5, quotes=("true",))
            dress(r, made, chance=0.3)
    works = [work(r, number) for number in range(3)]
    for each in works:
        for variable in TEXTS[:4]:
            each[variable] = title(r)
    return root, works, cites(r, works, rich=0.2)


def about_punctuation(r: random.Random) -> Made:
    """Affixes and delimiters that meet."""
    root = style(r)
    for tag in ("citation", "bibliography"):
        layout = area(root, tag)
        dress(r, layout, affixes=ODD_AFFIXES, chance=0.3)
        group(r, layout, 2, ODD_AFFIXES)
    works = [work(r, number) for number in range(3)]
    for each in works:
        for variable in TEXTS[:5]:
            if r.random() < 0.8:
                each[variable] = f"{r.choice(('Alpha', 'beta', 'J. Phys', 'What'))}{r.choice(ENDS)}"
        each["volume"] = r.choice(("1", "2."))
    return root, works, cites(r, works, rich=0.2)


def group(r: random.Random, parent: Element, depth: int, affixes: tuple[str, ...] = AFFIXES) -> None:
    """A group of texts, groups, choices and macros of texts."""
    made = simple(parent, "group")
    maybe(r, made, 0.8, delimiter=DELIMITERS)
    dress(r, made, affixes=affixes, chance=0.25)
    for _ in range(r.randint(1, 3)):
        if depth and r.random() < 0.4:
            group(r, made, depth - 1, affixes)
        elif r.random() < 0.2:
            choose = simple(made, "choose")
            test = r.choice(
                (
                    {"variable": r.choice(TEXTS)},
                    {"type": r.choice(TYPES)},
                    {"type": " ".join(r.sample(TYPES, 3)), "match": r.choice(("any", "none"))},
                )
            )
            condition = simple(choose, "if", **test)
            dress(r, text(r, condition), affixes=affixes)
            if r.random() < 0.5:
                dress(r, text(r, simple(choose, "else")), affixes=affixes)
        else:
            child = text(r, made)
            dress(r, child, affixes=affixes)
            maybe(r, child, 0.1, strip_periods=("true",), quotes=("true",))


# Sorting.


def sort(r: random.Random, variables: tuple[str, ...]) -> Element:
    """A cs:sort."""
    made = Element("sort")
    for variable in r.sample(variables, r.randint(1, min(3, len(variables)))):
        key = simple(made, "key", variable=variable)
        maybe(r, key, 0.4, sort=("ascending", "descending"))
        if variable in NAMES:
            maybe(
                r, key, 0.2, names_min=("1", "2", "3"), names_use_first=("1", "2"), names_use_last=("true",)
            )
    return made


def about_sorting(r: random.Random) -> Made:
    """Keys of variables and macros."""
    root = style(r)
    macro = simple(root, "macro", name="key")
    for tag in ("citation", "bibliography"):
        made = SubElement(root, tag)
        made.append(
            sort(r, ("author", "title", "issued", "volume", "editor", "type", "citation-number", "status"))
        )
        if r.random() < 0.4:
            simple(made[0], "key", macro="key")
            made[0].insert(0, made[0][-1])
        inside = simple(SubElement(made, "layout", {"delimiter": "; "}), "group", delimiter=", ")
        for variable in ("citation-number", "title"):
            simple(inside, "text", variable=variable)
    roll = r.random()
    if roll < 0.4:
        names(r, macro, 0.1)
    elif roll < 0.7:
        a_date(r, macro)
    else:
        text(r, macro)
    works = [work(r, number) for number in range(6)]
    for each in works:
        each["title"] = title(r)
        each["author"] = people(r, 3, 0.3)
        each["issued"] = date(r)
        for variable, values in (
            ("volume", NUMERALS),
            ("status", ("in press", "submitted")),
            ("editor", (people(r, 2),)),
        ):
            if r.random() < 0.5:
                each[variable] = r.choice(values)
        for variable in ("author", "issued", "title"):
            if r.random() < 0.15:
                del each[variable]
    return root, works, cites(r, works)


# Disambiguation, collapsing, grouping.


def alike(r: random.Random, count: int) -> Works:
    """Works of few people in few years."""
    few = [
        {"family": family, "given": given}
        for family in ("Smith", "Jones")
        for given in ("John", "Jane", "J.", "Adam")
    ]
    works = [work(r, number) for number in range(count)]
    for each in works:
        each["author"] = r.sample(few, r.choice((1, 1, 2, 3)))
        each["issued"] = {"date-parts": [[r.choice((1999, 2001))]]}
        if r.random() < 0.1:
            del each["issued"]
        if r.random() < 0.1:
            each["author"] = [{"literal": "Ministry"}]
    return works


def author_date(r: random.Random, parent: Element) -> None:
    """Names, a year and perhaps a locator."""
    inside = simple(parent, "group", delimiter=r.choice((", ", " ")))
    made = simple(inside, "names", variable="author")
    name = simple(made, "name", form="short" if r.random() < 0.7 else "long")
    maybe(r, name, 0.4, initialize_with=(". ", "."), delimiter=(", ",))
    name.set("and", "text")
    if r.random() < 0.6:
        least = r.choice((2, 3))
        name.set("et-al-min", str(least))
        name.set("et-al-use-first", "1")
    dated = simple(inside, "date", variable="issued")
    simple(dated, "date-part", name="year")
    if r.random() < 0.3:
        simple(inside, "text", variable="year-suffix")
    if r.random() < 0.2:
        choose = simple(inside, "choose")
        simple(simple(choose, "if", disambiguate="true"), "text", variable="title")
    if r.random() < 0.5:
        simple(inside, "text", variable="locator", prefix="p. ")


def about_disambiguation(r: random.Random) -> Made:
    """All methods of telling works apart."""
    root = style(r)
    layout = area(root, "citation")
    layout.set("delimiter", "; ")
    options = root[-1]
    maybe(
        r,
        options,
        0.5,
        disambiguate_add_names=("true",),
        disambiguate_add_givenname=("true",),
        disambiguate_add_year_suffix=("true",),
    )
    maybe(
        r,
        options,
        0.5,
        givenname_disambiguation_rule=(
            "all-names",
            "all-names-with-initials",
            "primary-name",
            "primary-name-with-initials",
            "by-cite",
        ),
    )
    author_date(r, layout)
    if r.random() < 0.7:
        author_date(r, area(root, "bibliography"))
    works = alike(r, r.randint(2, 7))
    return root, works, cites(r, works, rich=0.1)


def about_collapsing(r: random.Random) -> Made:
    """Cites of one author or of running numbers together."""
    root = style(r)
    made = SubElement(root, "citation")
    maybe(r, made, 0.7, collapse=("year", "year-suffix", "year-suffix-ranged", "citation-number"))
    maybe(r, made, 0.6, disambiguate_add_year_suffix=("true",))
    maybe(
        r,
        made,
        0.25,
        cite_group_delimiter=(", ", " & "),
        after_collapse_delimiter=("; ", " | "),
        year_suffix_delimiter=(",", "-"),
        disambiguate_add_givenname=("true",),
    )
    if r.random() < 0.4:
        made.append(sort(r, ("author", "issued", "title", "citation-number")))
    layout = SubElement(made, "layout", {"delimiter": r.choice(("; ", ", ", ","))})
    dress(r, layout, affixes=("(", ")", "[", "]"), chance=0.4)
    if made.get("collapse") == "citation-number" or r.random() < 0.15:
        inside = simple(layout, "group", delimiter=" ")
        dress(r, simple(inside, "text", variable="citation-number"), affixes=("[", "]", "(", ")"), chance=0.2)
        if r.random() < 0.5:
            simple(inside, "text", variable="locator")
    else:
        author_date(r, layout)
    if r.random() < 0.5:
        bibliography = SubElement(root, "bibliography")
        bibliography.append(sort(r, ("author", "issued", "title")))
        author_date(r, SubElement(bibliography, "layout"))
    works = alike(r, r.randint(4, 8))
    ids = [each["id"] for each in works]
    clusters = [[cite(r, id_, 0.12) for id_ in r.sample(ids, r.randint(2, len(ids)))] for _ in range(3)]
    return root, works, clusters


# Positions.


def about_positions(r: random.Random) -> Made:
    """Ibid. and later cites, in notes and in the text."""
    root = style(r)
    root.set("class", r.choice(("note", "note", "in-text")))
    layout = area(root, "citation")
    layout.set("delimiter", "; ")
    maybe(r, layout, 0.4, suffix=(".",))
    maybe(r, root[-1], 0.3, near_note_distance=("1", "2", "5"))
    choose = simple(layout, "choose")
    for tag, position in zip(
        ("if", *["else-if"] * 3),
        r.sample(("ibid-with-locator", "ibid", "near-note", "subsequent", "first"), r.randint(1, 4)),
        strict=False,
    ):
        branch = simple(choose, tag, position=position)
        inside = simple(branch, "group", delimiter=", ")
        if position.startswith("ibid"):
            made = simple(inside, "text", term="ibid")
            maybe(r, made, 0.2, text_case=CASES)
        else:
            simple(inside, "text", value=position)
            simple(inside, "text", variable="first-reference-note-number", prefix="n. ")
        simple(inside, "text", variable="locator")
    inside = simple(simple(choose, "else"), "group", delimiter=", ")
    for variable in ("title", "locator"):
        simple(inside, "text", variable=variable)
    works = [work(r, number) for number in range(3)]
    clusters = [
        [cite(r, r.choice(works)["id"], 0.3) for _ in range(r.choice((1, 1, 1, 2, 2, 3)))] for _ in range(8)
    ]
    return root, works, clusters


# Whole bibliographies.


def about_bibliographies(r: random.Random) -> Made:
    """Repeated authors, margins, blocks."""
    root = style(r)
    simple(area(root, "citation"), "text", variable="title")
    made = SubElement(root, "bibliography")
    maybe(
        r,
        made,
        0.5,
        subsequent_author_substitute=("———", "", "Id."),
        second_field_align=("flush", "margin"),
        hanging_indent=("true",),
    )
    maybe(
        r,
        made,
        0.4,
        subsequent_author_substitute_rule=("complete-all", "complete-each", "partial-each", "partial-first"),
    )
    if r.random() < 0.7:
        made.append(sort(r, ("author", "title", "issued")))
    layout = SubElement(made, "layout")
    dress(r, layout, affixes=(".", "(", ")"), chance=0.3)
    if r.random() < 0.5:
        first = simple(layout, "text", variable="citation-number")
        maybe(r, first, 0.3, display=("left-margin",))
        dress(r, first, affixes=("[", "]", ". ", ") "), chance=0.5)
    inside = simple(layout, "group", delimiter=r.choice((". ", ", ")))
    maybe(r, inside, 0.2, display=("right-inline", "block", "indent"))
    listed = names(r, inside, 0.12)
    listed.set("variable", r.choice(("author", "author", "author editor")))
    for _ in range(r.randint(1, 2)):
        if r.random() < 0.4:
            group(r, inside, 1)
        else:
            maybe(r, text(r, inside), 0.15, display=("block", "indent"))
    works = alike(r, 6)
    for each in works:
        for variable in ("publisher", "container-title", "genre"):
            if r.random() < 0.5:
                each[variable] = title(r)
        if r.random() < 0.2:
            del each["author"]
        if r.random() < 0.3:
            each["editor"] = people(r, 2)
    return root, works, [[{"id": each["id"]}] for each in works]


TOPICS: dict[str, Callable[[random.Random], Made]] = {
    "names": about_names,
    "dates": about_dates,
    "numbers": about_numbers,
    "case": about_case,
    "quotes": about_quotes,
    "punctuation": about_punctuation,
    "sorting": about_sorting,
    "disambiguation": about_disambiguation,
    "collapsing": about_collapsing,
    "positions": about_positions,
    "bibliographies": about_bibliographies,
}


def case(topic: str, r: random.Random) -> Made:
    """A style, works and citations of one topic."""
    return TOPICS[topic](r)
