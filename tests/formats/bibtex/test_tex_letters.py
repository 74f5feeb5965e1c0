"""TeX and Unicode, both ways."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cite2bib import richtext
from cite2bib.formats.bibtex.decode import braces, decode, decoded
from cite2bib.formats.bibtex.encode import encode, is_kernel_math
from cite2bib.formats.bibtex.verbatim import unescape, verbatim


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"\'{\i} {\'\i} \'i \'{\i}x {\'{E}}cole", "í í í íx École"),
        (r"\"o \"{o} {\"o} {\"{o}} \" o", "ö ö ö ö ö"),
        (
            r"\v{S} \v Sx \c{c}\c c {\r A} {\AA} {\k a} \H{o} {\u g} \.{z} \d{a} \b d",
            "Š Šx çç Å Å ą ő ğ ż ạ ḏ",
        ),
        (r"\L{}ukasz {\L}ukasz \L ukasz \o re \ss", "Łukasz Łukasz Łukasz øre ß"),
        (r"\`{\'e} {\'{\^e}}", "é̀ ế"),
        (r"{\it foo} bar {\em x{\bf y}}", "<i>foo</i> bar <i>x<b>y</b></i>"),
        (
            r"\emph{a} \textbf{b}\textsuperscript{c}\textsubscript{d}",
            "<i>a</i> <b>b</b><sup>c</sup><sub>d</sub>",
        ),
        (r"\textsc{a}", '<span style="font-variant:small-caps;">a</span>'),
        (r"$H_2O$ and \(x\) $\beta$-cell", "$H_2O$ and $x$ β-cell"),
        (r"a~b -- c --- d ``e'' `f'", "a\xa0b – c — d “e” ‘f'"),
        (r"100\% \& \$5 \# \_ \{ \}", "100% & $5 # _ { }"),
        (r"\url{http://x.org/a_b} \href{http://y}{why}", "http://x.org/a_b why"),
        (r"\enquote{a} \textrightarrow\ b", "“a” → b"),
        ("two\n   lines", "two lines"),
        ("{{Whole}}", "Whole"),
        (r"{\noopsort{1973a}}Title", "Title"),
        ("50% of {5", "50% of {5"),
        (r"\textasciitilde{} \~{} \^{} \textbackslash", "~ ~ ^ \\"),
        (r"{\ifdefined\Umathchar 深度\else ShenDu\fi} x", "深度 x"),
    ],
)
def test_decoding(tex: str, text: str) -> None:
    assert decode(tex) == text


@pytest.mark.parametrize("tex", [r"\unknown{x}{y} z", r"$\mathbb{R}$", "a } b", r"\aka"])
def test_what_is_not_understood_is_told(tex: str) -> None:
    assert not decoded(tex).exact
    assert decode(tex) == tex


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        ("The {DNA} of {\\'E}tude", 'The <span class="nocase">DNA</span> of Étude'),
        ("{{All} of it}", '<span class="nocase">All</span> of it'),
        ("{lower} case", "lower case"),
        ("{$N$} and {\\LaTeX}", "$N$ and LaTeX"),
    ],
)
def test_braces_protect_capitals_in_titles(tex: str, text: str) -> None:
    assert decode(tex, titles=True) == text


@pytest.mark.parametrize(
    ("text", "tex"),
    [
        ("100% & #1_2 ~ ^", r"100\% \& \#1\_2 {\textasciitilde} {\textasciicircum}"),
        ("í Å ő ğ ą ß ø", r"{\'i} {\r A} {\H o} {\u g} {\k a} {\ss} {\o}"),
        ("αΓ→≤", r"$\alpha${$\Gamma$}{\textrightarrow}$\leq$"),
        ("a – b — “c” ‘d’ …", r"a -- b --- ``c'' `d' {\ldots}"),
        ("<i>E. coli</i> H<sub>2</sub>O", r"\emph{E. coli} H\textsubscript{2}O"),
        ("$5 and $6", r"\$5 and \$6"),
        (r"$2/\eta$ and $O(\sqrt{n})$", r"$2/\eta$ and $O(\sqrt{n})$"),
        (r"\textbf{L}azy", r"\textbf{L}azy"),
        ('Aky\\"urek', r"Aky{\"u}rek"),
        (r"{\it Emphasis} x", r"\emph{Emphasis} x"),
        (r"\aka method", r"{\textbackslash}aka method"),
        ("lone { and }", r"lone {\textbraceleft} and {\textbraceright}"),
        ("$x^2^3$", r"\$x{\textasciicircum}2{\textasciicircum}3\$"),
        ("深度学习", r"{{\ifdefined\Umathchar 深度学习\else ShenDuXueXi\fi}}"),
        ("ế", r"{\'{\^e}}"),
        ("a\u200bb\xadc", r"ab\-c"),
    ],
)
def test_encoding(text: str, tex: str) -> None:
    assert encode(text) == tex


@pytest.mark.parametrize(
    ("title", "tex"),
    [
        ("On the Power of Context-Enhanced Learning in LLMs", "On the Power of Context-Enhanced Learning in {LLMs}"),
        ("DreaMark: Rooting Watermark", "{DreaMark}: Rooting Watermark"),
        ("Dissecting Hessian: Understanding Common Structure", "Dissecting {Hessian}: Understanding Common Structure"),
        ("Plain: Title", "Plain: Title"),
        ("The RGB-D GPT-Based Non-Gaussian C++ X-Ray", "The {RGB-D} {GPT}-Based Non-{Gaussian} {C++} {X}-Ray"),
        ("sampling of Gibbs measures on trees", "sampling of {Gibbs} measures on trees"),
        ("Bounds of $O(N)$ in $k$-Means", "Bounds of {$O(N)$} in $k$-Means"),
        ("Γ-Convergence", r"{$\Gamma$}-Convergence"),
        ("<i>E. coli</i> Growth", r"\emph{E. coli} Growth"),
        ("A GREAT TITLE IN CAPITALS OF MINE", "A GREAT TITLE IN CAPITALS OF MINE"),
        ('The <span class="nocase">Matrix</span>', "The {Matrix}"),
    ],
)  # fmt: skip
def test_capitals_are_protected_where_needed(title: str, tex: str) -> None:
    assert encode(title, titles=True) == tex


def test_biblatex_keeps_what_pdflatex_prints() -> None:
    assert encode("Gödel – “x” β Ş", raw=True) == r"Gödel – “x” $\beta$ Ş"
    assert encode("王 ế", raw=True, names=True) == "王 ế"
    assert encode("王 ế", names=True) == r"Wang {\'{\^e}}"


@pytest.mark.parametrize(
    ("math", "fits"),
    [("x_i^2", True), ("x''", True), ("x'^2", True), ("x^2'", False), (r"\frac{a}{b}", True), (r"\frac{a}", False),
     (r"\frac12", True), ("{x", False), ("x}", False), (r"\left(x\right)", True), (r"\left(x", False), ("a_", False),
     (r"\operatorname{x}", False), ("a&b", False), ("x#1", False), (r"\mathcal{O}(n)", True), (r"x^\hat{y}", False)],
)  # fmt: skip
def test_math_of_the_kernel(math: str, fits: bool) -> None:
    assert is_kernel_math(math) is fits


def test_verbatim_values() -> None:
    assert verbatim("https://x.org/a_b?c=%20&d=~e#f") == "https://x.org/a_b?c=%20&d=~e#f"
    assert verbatim("https://x.org/ä b{") == "https://x.org/%C3%A4%20b%7B"
    assert unescape(r"https://x.org/a\_b\%20\#c{\textasciitilde}d") == "https://x.org/a_b%20#c~d"


TEXT = st.text(st.sampled_from("abcXYZ éößŁąπΩ→深–“”'\"{}$\\%&#_^~<>|`-:1 "), max_size=60)


@settings(max_examples=500, deadline=None)
@given(TEXT, st.booleans(), st.booleans())
def test_whatever_is_written_is_balanced_and_comes_back(text: str, titles: bool, raw: bool) -> None:
    tex = encode(text, titles=titles, raw=raw)
    assert tex.count("{") == len(braces(tex)) == tex.count("}")
    again = decode(encode(decode(tex), titles=titles, raw=raw))
    assert again == decode(tex)


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("abcA éö深1 .,:;()?!*/+=[]@&%#_<>|{}~^"), max_size=60))
def test_text_without_tex_comes_back_as_it_was(text: str) -> None:
    assert decode(encode(text)) == " ".join(text.split(" ")).strip(" ") or "  " in text


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=80) | st.text(st.sampled_from("\\{}$~`'\"-ab &ic"), max_size=60))
def test_decoding_never_fails(text: str) -> None:
    decode(text)
    decode(text, titles=True)


def test_deep_nesting_is_no_trouble() -> None:
    assert decode("{" * 5000 + "x" + "}" * 5000) == "x"
    assert "x" in decode(r"\emph{" * 500 + "x" + "}" * 500)


@pytest.mark.parametrize("piece", [r"{\'", r"\em ", r"\emph{", "{", r"\textbf\textit", r"\'\'"])
def test_nesting_beyond_reason_ends(piece: str) -> None:
    value = piece * 5_000 + "x" + "}" * (5_000 if "{" in piece else 0)
    assert decode(value).count("x") >= 1


def test_tags_nested_beyond_reason_are_text() -> None:
    text = "<i>" * 5_000 + "x" + "</i>" * 5_000
    assert "x" in richtext.plain(text)
    assert "x" in encode(text)
    assert "x" in richtext.build(richtext.parse(text))
