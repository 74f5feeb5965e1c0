"""Whatever stands in a .bib: mending ends, mending again changes nothing, and what no rule names stays as it is."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from cite2bib.fix import RULES, Wants, chosen, mend
from cite2bib.formats.bibtex import syntax
from cite2bib.formats.bibtex.tables import VERBATIM
from mending import PROFILE

FRAGMENTS = st.sampled_from(
    [
        *"{}\"\\$&%#_^~<>-–,;.:=@' \n\t",
        *("DNA", "Markov", "the", "of", "Étude", '{\\"o}', "{RNA}", "\\LaTeX", "$x_1$", "\\emph{a}", "&amp;", "&#39;", "Ã©", "â€“", "<i>a</i>"),
        *("et al.", " and ", "others", "DOE, JANE", "Doe, J.", "12-20", "1--2", "March", "12", "10.1000/x", "https://doi.org/10.1000/x", "\r\n"),
        *("arXiv:2303.12712", "\\url{https://x.org/a_b}", "http://x.org/a\\_b", "0317-8471", "03178471", "Proceedings of the", "Journal of"),
    ]
)  # fmt: skip
VALUES = st.lists(FRAGMENTS, max_size=8).map("".join)
NAMES = st.sampled_from(
    "title author editor journal booktitle year month pages doi url eprint archiveprefix note howpublished publisher issn isbn ids crossref "
    "keywords abstract file Title DOI custom-field".split()
)
TYPES = st.sampled_from(
    "article book inproceedings incollection misc phdthesis online xdata Article TECHREPORT whatever".split()
)
FIELDS = st.lists(
    st.builds(
        lambda name, value, left: f"  {name} = {left}{value}{'}' if left == '{' else left}",
        NAMES,
        VALUES,
        st.sampled_from('{{{"'),
    ),
    max_size=7,
)
ENTRIES = st.builds(
    lambda kind, key, fields, joint, end: (
        f"@{kind}{{{key}" + "".join(joint + field for field in fields) + end
    ),
    TYPES,
    st.sampled_from(["a", "b", "A", "doe2020", "x:y/z", ""]),
    FIELDS,
    st.sampled_from([",\n", ",\n", ",\r\n", ", ", "\n"]),
    st.sampled_from(["\n}\n", ",\n}\n\n", "}", "}}\n", "\n\n"]),
)
FILES = st.lists(
    st.one_of(
        ENTRIES, ENTRIES, st.sampled_from(["% remark\n", "text\n", '@string{m = "M"}\n', "@comment{x}\n"])
    ),
    max_size=5,
)
SOUND = st.lists(st.from_regex(r"[A-Za-z0-9 .,:&%_#-]{0,30}", fullmatch=True), min_size=4, max_size=4)
ALL = tuple(rule for rule in RULES if rule.name != "journal-full")


@given(FILES.map("".join))
@settings(max_examples=150, deadline=None)
def test_mending_settles(text: str) -> None:
    rules = chosen((), ())
    once = mend(syntax.read(text.encode()), rules)
    twice = mend(syntax.read(once.data), rules)
    assert twice.data == once.data
    assert not [item for item in twice.findings if item.edits]
    assert mend(syntax.read(text.encode()), ()).data == text.encode()


@given(FILES.map("".join))
@settings(max_examples=60, deadline=None)
def test_all_rules_settle(text: str) -> None:
    wants = Wants(PROFILE, "{author}{year}{title}", "author", cited=frozenset({"a"}))
    once = mend(syntax.read(text.encode()), ALL, wants)
    assert mend(syntax.read(once.data), ALL, wants).data == once.data


@given(FILES.map("".join))
@settings(max_examples=100, deadline=None)
def test_no_entry_becomes_less_readable(text: str) -> None:
    """Faults do not grow, and a key that goes is kept in `ids`."""
    before = syntax.read(text.encode())
    once = mend(before, chosen((), ()))
    assert faults(once.after) <= faults(before)
    keys = {block.key.lower() for block in once.after.entries()}
    keys |= {
        key.strip().lower()
        for block in once.after.entries()
        for key in values(once.after, block).get("ids", "").split(",")
    }
    assert {block.key.lower() for block in before.entries()} <= keys


def faults(bib: syntax.Bib) -> int:
    return sum(len(block.faults) for block in bib.blocks)


def values(bib: syntax.Bib, block: syntax.Block) -> dict[str, str]:
    return {
        item.name.lower(): bib.text[item.value_start + 1 : item.end - 1] for item in bib.assignments(block)
    }


@given(SOUND)
@settings(max_examples=100, deadline=None)
def test_rules_of_tex_do_not_touch_verbatim_fields_nor_fields_of_nobody(said: list[str]) -> None:
    names = [*sorted(VERBATIM - {"doi", "eprint", "url"})[:3], "custom"]
    text = (
        "@misc{a,\n"
        + "".join(f"  {name} = {{{value}}},\n" for name, value in zip(names, said, strict=True))
        + "}\n"
    )
    rules = [rule for rule in chosen((), ()) if rule.name != "html-entity"]
    assert mend(syntax.read(text.encode()), rules).data.decode() == text
