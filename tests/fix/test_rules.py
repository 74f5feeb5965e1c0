"""Each rule by its own example, then what it must change and what it must leave alone."""

from __future__ import annotations

from typing import Any

import pytest

from cite2bib.fix import RULES, Rule
from mending import PROFILE, field, fixed, mended

NAMES = [rule.name for rule in RULES]
WANTS: dict[str, dict[str, Any]] = {
    "--keys": {"template": "{author}{year}{title}"},
    "--sort": {"sort": "key"},
    "--in": {"cited": frozenset({"a"}), "removes_unused": True},
    "--profile": {"profile": PROFILE},
}


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_the_example_of_a_rule_is_true(rule: Rule) -> None:
    others = ("title-capitals",) if rule.name == "all-caps-title" else ()
    wants = WANTS.get(rule.option, {})
    result = mended(rule.before, rule.name, *others, **wants)
    assert rule.name in {item.rule for item in result.findings}
    assert result.data.decode() == rule.after
    again = mended(rule.after, rule.name, *others, **wants)
    assert again.data.decode() == rule.after
    assert not [item for item in again.findings if item.edits]


@pytest.mark.parametrize(
    ("rule", "before", "after"),
    [
        ("html-entity", "title = {Caf&eacute; &#x2013; \\&amp; {\\&}amp; \\&\\#39;}", "title = {Caf{\\'e} -- \\& \\& '}"),
        ("html-entity", "url = {https://x.org/?a=1&amp;b=2}", "url = {https://x.org/?a=1&b=2}"),
        ("html-tag", "title = {H<sub>2</sub>O}", "title = {H\\textsubscript{2}O}"),
        ("mojibake", "title = {â€œSchrÃ¶dinger CafÃ©â€\x9d}", "title = {“Schrödinger Café”}"),
        ("unescaped-special", "title = {a_b & c # d \\& $x_1$}", "title = {a\\_b \\& c \\# d \\& $x_1$}"),
        ("unescaped-special", 'title = "AT&T" # {R&D}', 'title = "AT\\&T" # {R\\&D}'),
        ("unescaped-special", "note = {for $5}", "note = {for \\$5}"),
        ("unescaped-special", "title = {From $5 to $10}", "title = {From \\$5 to \\$10}"),
        ("doi-form", "doi = {doi:10.1145/3290605.3300233.}", "doi = {10.1145/3290605.3300233}"),
        ("doi-form", 'DOI = "http://dx.doi.org/10.1002/(SICI)1097-0258"', 'DOI = "10.1002/(SICI)1097-0258"'),
        ("doi-form", "doi = {https://example.org/paper}", "url = {https://example.org/paper}"),
        ("doi-field", "note = {doi: 10.1145/3290605}", "doi = {10.1145/3290605}"),
        ("doi-field", "URL = {\\url{https://doi.org/10.1145/3290605}}", "DOI = {10.1145/3290605}"),
        ("eprint-form", "eprint = {https://arxiv.org/abs/2303.12712v2},\n  archiveprefix = {arXiv}",
         "eprint = {2303.12712v2},\n  archiveprefix = {arXiv}"),
        ("arxiv-field", "url = {https://arxiv.org/pdf/2303.12712.pdf}",
         "url = {https://arxiv.org/pdf/2303.12712.pdf},\n  eprint = {2303.12712},\n  archiveprefix = {arXiv}"),
        ("url-form", "url = {https://x.org/a\\_b\\%20{\\textasciitilde}c}", "url = {https://x.org/a_b%20~c}"),
        ("url-form", "url = {https://x.org/long-\n   er/path}", "url = {https://x.org/long-er/path}"),
        ("month-name", 'month = "Sept."', "month = sep"),
        ("month-name", "month = {{03}}", "month = mar"),
        ("page-dash", "pages = {S743-S746}", "pages = {S743--S746}"),
        ("page-dash", "pages = {xi–xv}", "pages = {xi--xv}"),
        ("page-dash", "pages = {123-7}", "pages = {123--7}"),
        ("page-dash", "pages = {1--2, 7 --- 9}", "pages = {1--2, 7--9}"),
        ("page-dash", "pages = 12-20", "pages = 12--20"),
        ("issn", "issn = {03178471, 1050124x}", "issn = {0317-8471, 1050-124x}"),
        ("et-al", "author = {Doe, Jane and Roe, Richard, et al}", "author = {Doe, Jane and Roe, Richard and others}"),
        ("et-al", "author = {Doe, Jane and {et al.}}", "author = {Doe, Jane and others}"),
        ("et-al", "author = {J. Doe and \\emph{et~al.}}", "author = {J. Doe and others}"),
        ("et-al", "editor = {Doe, Jane and Others}", "editor = {Doe, Jane and others}"),
        ("name-separator", "author = {J. Doe; R. Roe; and K. Poe}", "author = {J. Doe and R. Roe and K. Poe}"),
        ("name-separator", "author = {Jane Doe, Richard B. Roe, and Vincent van Gogh}",
         "author = {Jane Doe and Richard B. Roe and Vincent van Gogh}"),
        ("arxiv-field", "journal = {CoRR},\n  volume = {abs/1706.03762}",
         "journal = {CoRR},\n  volume = {abs/1706.03762},\n  eprint = {1706.03762},\n  archiveprefix = {arXiv}"),
        ("arxiv-field", "note = {arXiv:2303.12712 [cs.CL]}",
         "note = {arXiv:2303.12712 [cs.CL]},\n  eprint = {2303.12712},\n  archiveprefix = {arXiv}"),
        ("all-caps-name", "author = {JOHN SMITH and O'BRIEN, MARY-ANN}", "author = {John Smith and O'Brien, Mary-Ann}"),
        ("all-caps-name", "author = {SMITH, J. and Doe, Jane}", "author = {Smith, J. and Doe, Jane}"),
        ("all-caps-title", "title = {RESEARCH \\& DEVELOPMENT: R\\&D FOR ALL}", "title = {Research \\& Development: R\\&D for All}"),
        ("all-caps-title", "booktitle = {PROCEEDINGS OF THE 5TH CONFERENCE ON DNA}", "booktitle = {Proceedings of the 5th Conference on DNA}"),
        ("title-capitals", "title = {A study of DNA in Drosophila and other small animals}",
         "title = {A study of {DNA} in {Drosophila} and other small animals}"),
        ("title-capitals", 'title = {The Work of G{\\"o}del, Revisited}', 'title = {The Work of {G{\\"o}del}, Revisited}'),
        ("title-capitals", "title = {Fast {I}mage Search with GPUs: A View}", "title = {Fast {I}mage Search with {GPUs}: A View}"),
        ("title-capitals", "title = {Using \\LaTeX{} with \\BibTeX, \\textsc{DNA} and $\\Delta$}",
         "title = {Using {\\LaTeX{}} with {\\BibTeX}, \\textsc{DNA} and $\\Delta$}"),
        ("title-capitals", 'title = {Growth of A-Plane {D}NA, Type-{{II}} G{\\"o}del Grains}',
         'title = {Growth of {A}-Plane {{D}NA}, Type-{{II}} {G{\\"o}del} Grains}'),
        ("journal-abbreviation", "journal = {Journal of Chemical Physics}", "journal = {J. Chem. Phys.}"),
        ("journal-abbreviation", "journal = {Environmental Science \\& Technology}", "journal = {Environ. Sci. Technol.}"),
        ("journal-full", "journal = {Phys. Rev. Lett.}", "journal = {Physical Review Letters}"),
    ],
)  # fmt: skip
def test_what_a_rule_changes(rule: str, before: str, after: str) -> None:
    assert field(before, rule) == after


@pytest.mark.parametrize(
    ("rule", "same"),
    [
        ("html-entity", "title = {AT&T; and others}"),
        ("html-tag", "title = {The <T> parameter, a<b and </b>}"),
        ("mojibake", "author = {Åström, Ñandú and Ângela Â.}"),
        ("unescaped-special", "title = {\\& \\% \\_ \\# \\$ $a_1^2 \\& b$ \\(x_1\\) \\url{a_b%c} \\href{x_y#z}{w}}"),
        ("unescaped-special", "url = {https://x.org/a_b?c=%20&d#e}"),
        ("unescaped-special", "doi = {10.1007/978-3_12}"),
        ("unescaped-special", "abstract = {5% of R&D}"),
        ("unescaped-special", "title = {half of $a_1 formula, $ and $b}"),
        ("unescaped-special", "note = {See~\\cite{a_b} and \\ensuremath{x_1}}"),
        ("unescaped-special", "title = {joined by TeX%\n  lines}"),
        ("doi-form", "doi = {10.1145/3290605}"),
        ("doi-form", "doi = macro"),
        ("doi-form", "doi = {https://example.org/paper},\n  url = {https://example.org}"),
        ("doi-form", "doi = {unknown}"),
        ("doi-field", "url = {https://example.org/10.1145/3290605}"),
        ("doi-field", "note = {Also as doi: 10.1145/3290605, in two parts}"),
        ("redundant-url", "doi = {10.1/x},\n  url = {https://example.org/10.1/x}"),
        ("redundant-note", "howpublished = {\\url{https://x.org}},\n  url = {https://x.org}"),
        ("redundant-note", "note = {Version 2, https://x.org},\n  url = {https://x.org}"),
        ("eprint-form", "eprint = {12345},\n  eprinttype = {jstor}"),
        ("eprint-form", "eprint = {abcdef}"),
        ("arxiv-field", "journal = {Journal of Corrosion},\n  url = {https://arxiv.org/list/cs}"),
        ("url-form", "url = {https://x.org/a_b~c%20}"),
        ("month-name", "month = jan"),
        ("month-name", "month = {12 March}"),
        ("month-name", 'month = jun # "/" # jul'),
        ("page-dash", "pages = {A-1}"),
        ("page-dash", "pages = {3-1}"),
        ("page-dash", "pages = {e1000-12}"),
        ("page-dash", "pages = {12--20}"),
        ("page-dash", "pages = {1-2-3}"),
        ("page-dash", "pages = {see the back-cover}"),
        ("page-dash", "pages = {73+}"),
        ("issn", "issn = {0317-8471}"),
        ("et-al", "author = {Doe, Jane and others}"),
        ("et-al", "author = {Albert, Al and Al-Khwarizmi}"),
        ("et-al", "author = {{The Others Collective}}"),
        ("name-separator", "author = {{Barnes; Noble}}"),
        ("name-separator", "author = {Doe, Jane and Roe, Jr., Richard}"),
        ("name-separator", "author = {van Gogh, Vincent Willem}"),
        ("name-separator", "author = {King, Jr., Martin Luther}"),
        ("arxiv-field", "journal = {Nature},\n  url = {https://arxiv.org/abs/2303.12712}"),
        ("arxiv-field", "note = {See arXiv:2303.12712 and others}"),
        ("name-separator", 'author = {M{\\"u}ller, K&ouml;}'),
        ("all-caps-name", "author = {WHO and {IBM} and NASA and {DOE J}}"),
        ("all-caps-name", "author = {Doe, J. K. and van der Berg, A. and King III, M.}"),
        ("all-caps-title", "title = {BERT GPT}"),
        ("all-caps-title", "title = {THE {LONG} TITLE OF A WORK}"),
        ("title-capitals", "title = {{A Study of DNA in Drosophila}}"),
        ("title-capitals", "title = {On the Nature of Things and of Other Matters}"),
        ("title-capitals", "title = {The {DNA} Test of {$H_2O$} and \\textsc{Wine}}"),
        ("journal-abbreviation", "journal = {Nature}"),
        ("journal-abbreviation", "journal = {J. Chem. Phys.}"),
        ("journal-abbreviation", "journal = {Nature Physics \\emph{B}}"),
        ("journal-full", "journal = {J. Unh. of Things}"),
        ("duplicate-field", "note = {One},\n  note = {Another}"),
        ("entry-type", "journal = {Nature},\n  booktitle = {Things}"),
    ],
)  # fmt: skip
def test_what_a_rule_leaves_alone(rule: str, same: str) -> None:
    assert field(same, rule) == same


@pytest.mark.parametrize(
    ("broken", "sound"),
    [
        ("@misc{a\n title = {T}\n}\n", "@misc{a,\n title = {T}\n}\n"),
        ('@misc{a, title = "T, year = 2020\n}\n@misc{b, title = {U}}\n', None),
        ("@misc{a,\n title = {T},\n year = 2020\n\n@misc{b, title = {U}}\n", "@misc{a,\n title = {T},\n year = 2020\n}\n\n@misc{b, title = {U}}\n"),
        ("@misc{a,\n title = {{T},\n year = 2020\n}\n", "@misc{a,\n title = {{T}},\n year = 2020\n}\n"),
        ("@misc{a,\n title = {T}},\n year = {2020}\n}\n", "@misc{a,\n title = {T},\n year = {2020}\n}\n"),
    ],
)  # fmt: skip
def test_broken_syntax_is_mended_where_that_makes_it_sound(broken: str, sound: str | None) -> None:
    result = mended(broken, "missing-comma", "unbalanced-brace")
    assert result.findings
    if sound is None:
        assert {"a", "b"} <= {block.key for block in result.after.entries()}
    else:
        assert result.data.decode() == sound
        assert not [block for block in result.after.blocks if block.faults]


@pytest.mark.parametrize(
    ("before", "kind"),
    [
        ("@Article{k, author = {A}, title = {T}, booktitle = {Proc. of X}, year = 2020}", "InProceedings"),
        (
            "@article{k, author = {A}, title = {T}, booktitle = {Essays}, publisher = {P}, year = 2020}",
            "incollection",
        ),
        ("@inproceedings{k, author = {A}, title = {T}, journal = {J}, year = 2020}", "article"),
        ("@MISC{k, author = {A}, title = {T}, journal = {J}, volume = 1, year = 2020}", "ARTICLE"),
        ("@inproceeding{k, author = {A}, title = {T}, booktitle = {B}, year = 2020}", "inproceedings"),
        ("@article{k, author = {A}, title = {T}, booktitle = {Essays}, year = 2020}", "article"),
        ("@misc{k, author = {A}, title = {T}, journal = {arXiv}, year = 2020}", "misc"),
        ("@article{k, title = {T}, booktitle = {Proc. of X}, crossref = {x}}", "article"),
        ("@software{k, author = {A}, title = {T}, year = 2020}", "software"),
    ],
)
def test_types(before: str, kind: str) -> None:
    after = fixed(before, "entry-type")
    assert after == f"@{kind}" + before[before.index("{") :]


def test_wrong_check_digits_and_missing_fields_are_told_and_nothing_is_changed() -> None:
    text = "@article{k, author = {A}, title = {T}, issn = {0317-8472}, isbn = {0306406153}}\n"
    result = mended(text, "issn", "isbn", "required-field")
    assert [(item.rule, item.message) for item in result.findings] == [
        ("required-field", "@article needs journal"),
        ("required-field", "@article needs year"),
        ("issn", "the check digit of the ISSN 0317-8472 is wrong"),
        ("isbn", "the check digit of the ISBN 0306406153 is wrong"),
    ]
    assert result.data.decode() == text


ONE = "@article{one,\n  author = {Doe, J.},\n  title = {On the Nature of Things},\n  journal = {Nature},\n  year = {2020},\n}\n"


@pytest.mark.parametrize(
    ("extra", "why"),
    [
        ("year = {2019}", "year"),
        ("year = {2020}, volume = {8}", "volume"),
        ("year = {2020}, note = {Mine}", "note"),
    ],
)
def test_works_that_contradict_each_other_are_not_merged(extra: str, why: str) -> None:
    first = ONE.replace("year", "volume = {7},\n  note = {Yours},\n  year")
    other = f"@article{{two, author = {{Doe, Jane}}, title = {{On the nature of things}}, journal = {{Nature}}, {extra}}}\n"
    result = mended(first + other, "duplicate-work")
    assert result.data.decode() == first + other
    assert [item.message for item in result.findings] == [f"the same work as one; not merged for its {why}"]


def test_merging_takes_the_fuller_names_and_carries_the_key() -> None:
    other = "@article{two,\n  author = {Doe, Jane},\n  title = {On the Nature of {Things}},\n  journal = {Nature},\n  year = {2020},\n  pages = {1--2},\n}\n"
    child = "@misc{three, crossref = {two}}\n"
    result = mended(ONE + "\n" + other + "\n" + child, "duplicate-work")
    assert result.data.decode() == (
        "@article{one,\n  author = {Doe, Jane},\n  title = {On the Nature of Things},\n  journal = {Nature},\n  year = {2020},\n"
        "  pages = {1--2},\n  ids = {two},\n}\n\n@misc{three, crossref = {one}}\n"
    )
    assert result.renamed == {"two": "one"}


def test_a_misprint_in_the_title_does_not_hide_a_duplicate() -> None:
    text = "@article{one, author = {Doe, Jane}, title = {Towards a general theory of things and their kinds}, journal = {Nature}, year = {2020}}\n"
    other = text.replace("one", "two").replace("general", "generl")
    assert [item.message for item in mended(text + other, "duplicate-work").findings] == [
        "the same work as one; not merged for its title"
    ]


def test_copies_of_an_entry_become_one() -> None:
    assert fixed(ONE + "\n" + ONE + "\n" + ONE, "duplicate-key") == ONE


def test_a_comment_inside_keeps_an_entry_from_being_merged() -> None:
    other = ONE.replace("{one,", "{two,").replace("  year", "  % my own remark\n  year")
    assert "my own remark" in fixed(ONE + other, "duplicate-work", "duplicate-key")
    assert fixed(ONE + other, "duplicate-work") == ONE + other


def test_keys_by_a_template_reach_what_names_them() -> None:
    text = (
        ONE
        + "@book{b, title = {Proceedings}, publisher = {P}, year = 2020}\n@inproceedings{c, crossref = {one}, title = {X}}\n"
    )
    result = mended(text, "citation-key", template="{title}")
    assert "crossref = {things}" in result.data.decode()
    assert result.renamed == {"one": "things", "b": "proceedings", "c": "x"}


def test_sorting_keeps_parents_behind_children_and_comments_with_their_entry() -> None:
    text = (
        "@misc{b, title = {B}}\n\n% on c\n@inproceedings{c, crossref = {a}}\n\n@proceedings{a, title = {A}}\n"
    )
    assert fixed(text, "sort", sort="key") == text
    text = text.replace("crossref = {a}", "title = {C}")
    assert fixed(text, "sort", sort="key") == (
        "@proceedings{a, title = {A}}\n\n@misc{b, title = {B}}\n\n% on c\n@inproceedings{c, title = {C}}\n"
    )


def test_sorting_does_not_take_an_entry_over_a_macro() -> None:
    text = '@misc{b, title = {B}}\n@string{x = "X"}\n@misc{a, title = x}\n'
    assert fixed(text, "sort", sort="key") == text


def test_what_is_cited_through_others_is_used() -> None:
    text = "@misc{a, crossref = {b}}\n@misc{b, xdata = {c}}\n@xdata{c, year = 2020}\n@misc{d, ids = {e}}\n@misc{f}\n"
    result = mended(text, "unused-entry", cited=frozenset({"A", "e"}))
    assert [item.key for item in result.findings] == ["f"]
    assert not mended(text, "unused-entry", cited=frozenset(), cites_all=True).findings


def test_many_entries_of_one_work_become_one_at_once() -> None:
    fields = [
        "volume = {7}",
        "pages = {1--9}",
        "doi = {10.1000/1}",
        "issn = {0317-8471}",
        "author = {Doe, Jane}",
    ]
    others = [
        f"@article{{k{number}, author = {{Doe, J.}}, title = {{On the Nature of Things}}, journal = {{Nature}}, year = {{2020}}, "
        f"{fields[number % len(fields)]}}}\n".replace(
            "author = {Doe, J.}, title", "title", int(number % len(fields) == 4)
        )
        for number in range(40)
    ]
    result = mended(ONE + "".join(others), "duplicate-work")
    assert [block.key for block in result.after.entries()] == ["one"]
    after = result.data.decode()
    for said in (
        "volume = {7}",
        "pages = {1--9}",
        "doi = {10.1000/1}",
        "author = {Doe, Jane}",
        "ids = {k0, k1, k2, ",
    ):
        assert after.count(said) == 1
    assert set(result.renamed) == {f"k{number}" for number in range(40)}
    assert mended(result.data, "duplicate-work").data == result.data


def test_taking_away_the_last_fields_of_a_line_takes_their_commas() -> None:
    text = "@misc{a, title = {T}, abstract = {X}, abstract = {X}}\n"
    assert fixed(text, "duplicate-field") == "@misc{a, title = {T}, abstract = {X}}\n"
    both = "@misc{a, title = {T}, abstract = {X}, Abstract = {Y}}\n"
    assert fixed(both, "profile-field", profile=PROFILE) == "@misc{a, title = {T}}\n"
