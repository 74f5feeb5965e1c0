"""Works to write: those of the seed documents, and a nasty set that holds what has broken a .bib before."""

from __future__ import annotations

import itertools
import json
import re
from pathlib import Path

from cite2bib import names
from cite2bib.model import Date, Field, Name, Value, Work

_NOT_A_TITLE = re.compile(r"\s*•|·|[A-Z][a-z]{2} \d")


def seed_titles(folder: Path) -> list[str]:
    """The titles in the saved pages, each once; enough of a reader for that alone."""
    titles: dict[str, None] = {}
    for path in sorted(folder.glob("*.txt")):
        lines = [line for line in path.read_text("utf-8").split("\n") if line.strip()]
        start = next((number + 2 for number, line in enumerate(lines) if line.startswith("byAK")), None)
        if start is None:
            titles |= dict.fromkeys(lines[1::3])
            continue
        body = iter(line for line in lines[start:] if not _NOT_A_TITLE.match(line))
        titles |= dict.fromkeys(title for title, _ in itertools.zip_longest(body, body))
    return list(titles)


def seed_works(shared: Path) -> tuple[Work, ...]:
    """The works of the seed documents with what public lists say of them."""
    lines = (shared / "known" / "seed-works.jsonl").read_text("utf-8").splitlines()
    known = {item["title"]: item for item in map(json.loads, lines)}
    titles = seed_titles(shared / "seeds")
    return tuple(_seed(f"w{number}", title, known.get(title, {})) for number, title in enumerate(titles))


def _seed(key: str, title: str, said: dict[str, object]) -> Work:
    values: dict[str, Value] = {"title": title}
    authors, year, arxiv = said.get("authors"), said.get("year"), said.get("arxiv")
    if isinstance(authors, list):
        values["author"] = tuple(names.parse(author) for author in authors)
    if isinstance(year, int):
        values["issued"] = Date((year,))
    if arxiv:
        values |= {"arxiv": str(arxiv), "URL": f"https://arxiv.org/abs/{arxiv}"}
    if said.get("doi"):
        values["DOI"] = str(said["doi"])
    if said.get("venue"):
        values["container-title"] = str(said["venue"])
    kind = "paper-conference" if said.get("venue") else "article" if arxiv else ""
    return Work(key, kind, {name: Field(value) for name, value in values.items()})


NASTY_TITLES = r"""
100% of LLMs & Humans: A_b #1 ~ 5^2 $5 \ end
Costs $5 and $6
{Lone brace
lone brace}
\textbf{L}azy to Rich
{\it Emphasis} without end {\bf b
Aky\"urek's \aka method
$2/\eta$ Sharpness and $O(\sqrt{n})$ Bounds
$x^2^3$ bad math
$\mathbb{R}^n$ and $\text{foo}_i$
$\undefined{x}$ thing
$\frac{a}$ bad
Trailing $
$$ double
a -- b --- c ``quoted'' 'single' "double"
Greek αβγ ΓΔΩ ε φ ϕ in words
Arrows → ← ⇒ ↔ ↦ ↗ and ≤ ≥ ≠ ≈ ∞ ∈ ∂ ∇ ∑
深度学习：一种新方法
日本語のタイトル と English
한국어 제목
Русский заголовок о сетях
Emoji 🚀 in title
Math alphanumerics 𝒪(𝑛) 𝔼[𝐗] ℝⁿ H₂O x²
Fractions ½ ¼ ¾ and ﬁne ligatures ﬂ
Ł ł Ø ø Å å Æ æ Œ œ ß Þ þ Ð ð Đ đ İ ı Ŋ ŋ Ħ ħ
Ế ắ ộ ữ ẵ Ș ț ğ ş ő ű ą ę č ř ů ķ ļ ž ź ż ċ
« guillemets » „low“ ‚single‘ … • · ¿ ¡ § ¶ † ‡ © ® ™ ° µ € £ ¥ ¢ ‰
<i>E. coli</i> and <b>bold</b> H<sub>2</sub>O x<sup>2</sup> <sc>Caps</sc> <span class="nocase">iPhone</span>
a < b > c | d <notatag>
C:\Users\name\new
\begin{document} \end{document} \input{x}
percent at end %
% at start
@article{foo, bar}
Ends with backslash \
O'Hara's L'Hôpital's Rule
GPT-4, BERT, LLaMA and ChatGPT: iPhone eBay LaTeX TeX
An Analysis of Bayesian Methods: Gaussian Processes and the Nash Equilibrium
On the theory of Hilbert spaces in Paris with Bob
A
Q: What? A: That!
ALL CAPS TITLE WITH NLP AND BERT
x_i^2 and y_{i,j} and e^{i\pi}
\alpha-divergence and \beta-VAE
50\% off \& more \$5 \_ \# \{ \}
{DNA} and {{Double}} braces
\emph{nested \textbf{bold} text}
Unclosed \emph{text
\'Etude \`a la carte \c{c}a \v{S}koda \ss \o \aa
http://example.org/a_b?c=d&e=f%20#g in title
1. Numbered (parenthesised) [bracketed] title; with: colons, commas
ε-greedy, ℓ1-norm, Σ-protocol, π0: A VLA
‖x‖₂ ⟨a,b⟩ ⌊x⌋ ⊕ ⊗ ∘ ⋅ ± ∓ × ÷ ∧ ∨ ¬ ∀ ∃ ∅ ⊂ ⊆ ∪ ∩ √ ∫
★ ☆ ✓ ✗ ■ □ ▲ ♥ ♠ ♣ ♦ ⊨ ⊢ marks
Ångström Å K Ω ℃ ℉ № ℓ ℏ ℵ
ḿ ẍ ẏ ǎ ǒ ȟ ṃ ḥ ṣ ṭ ḍ
sentence-case title about DNA sequencing in Drosophila melanogaster
$\lambda$-Calculus and $\Gamma$-Convergence of $L^p$ Norms
US$5 vs. A$6
The $n$th \(x+y\) and \[z\]
^{2} _{3} base
--
""".strip().split("\n")
NASTY_TITLES += ["Zero\u200bwidth and soft\xadhyphen and nbsp\xa0here"]

_KINDS = (
    "", "article", "article-journal", "paper-conference", "book", "chapter", "thesis", "report", "webpage", "document",
    "dataset", "software", "patent", "manuscript", "motion_picture", "entry-encyclopedia", "article-newspaper", "song",
    "legal_case", "standard", "review", "pamphlet", "post-weblog", "speech", "personal_communication",
)  # fmt: skip
_AUTHORS: tuple[tuple[Name, ...], ...] = (
    (Name("Zola", "Émile"),), (Name("Beethoven", "Ludwig", "van"), Name("Ñuñez-Ávila", "José")),
    (Name(literal="World Health & Co."),), (Name("Åse", "Øystein"), Name("Żółty", "Łukasz")),
    (Name("King", "Martin Luther", suffix="Jr."),), (Name("Humboldt", "Alexander", dropping_particle="von"),),
    (Name("World Health Organization"),), (Name("Plato"), Name(literal="others")), (Name("Smith, Jones", "A and B"),),
    (Name(given="Madonna"),), (Name("O'Brien", "Conan 'Coco'"),), (),
)  # fmt: skip
_DATES = (
    Date((2020,)), Date((2021, 3)), Date((2022, 5, 6)), Date((2019,), (2020,)), Date((2018,), season=2),
    Date((1999,), circa=True), Date((2001, 12), (2002, 1)),
)  # fmt: skip
# Every third work has the third of these, every fourth the fourth, and so on.
_MORE: tuple[tuple[int, dict[str, Value]], ...] = (
    (2, {"page": "12-34"}),
    (3, {"container-title": "Journal of A & B_c: Proc. ICML"}),
    (4, {"arxiv": "2503.01821", "arxiv-class": "cs.LG"}),
    (5, {"publisher": "Springer & Söhne", "publisher-place": "Köln"}),
    (6, {"issue": "3"}),
    (7, {"volume": "12", "DOI": "10.1007/978-3_1"}),
    (8, {"editor": (Name("Itor", "Ed"),), "ISBN": "978-3-16-148410-0", "note": "A note_with & special"}),
    (9, {"number": "TR-12_3", "URL": "https://x.org/a_b?c=d&e=~f#g"}),
    (10, {"abstract": 'We show $x_i$ at 5% & #1 {foo \\bar{x} $ "q"', "keyword": "a_b, c & d"}),
    (11, {"collection-number": "1234", "PMID": "12345", "language": "en-US"}),
    (12, {"edition": "2", "genre": "Master's thesis", "version": "1.0_b", "accessed": Date((2024, 1, 2))}),
    (13, {"collection-title": "LNCS & Co"}),
    (14, {"event-title": "Conf & x", "event-place": "Wien", "event-date": Date((2020, 1, 1), (2020, 1, 3))}),
)  # fmt: skip


def nasty_works(count: int = 200) -> tuple[Work, ...]:
    """Works of every type with every combination of fields that the cycles below come to."""
    return tuple(_nasty(number) for number in range(count))


def _nasty(number: int) -> Work:
    values: dict[str, Value] = {"title": NASTY_TITLES[number % len(NASTY_TITLES)]}
    if authors := _AUTHORS[number % len(_AUTHORS)]:
        values["author"] = authors
    if number % 9:
        values["issued"] = _DATES[number % len(_DATES)]
    for every, more in _MORE:
        if number % every == 1:
            values |= more
    return Work(
        f"n{number}", _KINDS[number % len(_KINDS)], {name: Field(value) for name, value in values.items()}
    )
