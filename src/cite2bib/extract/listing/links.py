"""What an address leads to: a work, its code or data, or something else; and what a link's words say of it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

from cite2bib import identifiers
from cite2bib.extract.listing.chrome import MACHINERY
from cite2bib.extract.words import word_set
from cite2bib.light import NamedTuple
from cite2bib.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cite2bib.documents import Link

# Kinds of identifiers that name one work.
NAMING = ("arxiv", "DOI", "PMID", "PMCID", "ISBN", "openalex")
# Pages about one work on hosts that show works (the part after the host says so).
_WORK_PAGE = late(
    r"(?:arxiv\.org/(?:abs|pdf|html)/|huggingface\.co/papers/\d|hf\.co/papers/\d|alphaxiv\.org/(?:abs|overview)/|openreview\.net/(?:forum|pdf)\?|"
    r"aclanthology\.org/[A-Z0-9][\w.-]*\d|aclweb\.org/anthology/|semanticscholar\.org/(?:paper|reader)/|doi\.org/10\.|"
    r"dl\.acm\.org/(?:doi|citation)|ieeexplore\.ieee\.org/(?:document|abstract)|(?:papers|proceedings)\.(?:nips|neurips)\.cc/paper|proceedings\.mlr\.press/v\d+/\w|"
    r"openaccess\.thecvf\.com/.*?\.(?:html|pdf)|link\.springer\.com/(?:article|chapter|book|content)|sciencedirect\.com/science/article|nature\.com/articles/|"
    r"science\.org/doi|pnas\.org/doi|pubmed\.ncbi\.nlm\.nih\.gov/\d|ncbi\.nlm\.nih\.gov/(?:pubmed|pmc)|biorxiv\.org/content|medrxiv\.org/content|"
    r"jmlr\.org/papers/v|ojs\.aaai\.org/.*article|ijcai\.org/proceedings/\d{4}/\d|papers\.ssrn\.com/.*abstract|ssrn\.com/abstract|hal\.science/hal-|"
    r"usenix\.org/conference/.*presentation|eprint\.iacr\.org/\d{4}/\d|jstor\.org/stable/|onlinelibrary\.wiley\.com/doi|tandfonline\.com/doi|"
    r"journals\.\w+\.(?:org|com)/.*(?:abstract|article|doi)|distill\.pub/\d{4}/|transformer-circuits\.pub/\d{4}/.|scholar\.google\.[a-z.]+/citations\?.*citation_for_view|"
    r"paperswithcode\.com/paper/|papers\.cool/arxiv/\d|dblp\.org/rec/|inspirehep\.net/literature/\d|direct\.mit\.edu/.*article|cell\.com/.*fulltext|plos\.org/.*article)",
    re.IGNORECASE,
)
_REPOSITORY = re.compile(
    r"(?:https?://)?(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org|gitee\.com|git\.sr\.ht)/[\w.~-]+/[\w.~-]+"
    r"|(?:https?://)?(?:huggingface\.co|hf\.co)/(?:datasets|spaces)/[\w.-]+/[\w.-]+"
    r"|(?:https?://)?(?:huggingface\.co|hf\.co)/(?!papers|login|docs|blog|join|settings|models|spaces|datasets|collections|posts|avatars|front)[\w.-]+/[\w.-]+"
    r"|(?:https?://)?zenodo\.org/records?/\d+|(?:https?://)?anonymous\.4open\.science/r/[\w.-]+"
    r"|(?:https?://)?(?<![\w-])[\w-]{1,60}\.github\.io(?:/[\w./-]*)?",
    re.IGNORECASE,
)
_HOSTS = (
    "github.",
    "gitlab.com/",
    "bitbucket.org/",
    "codeberg.org/",
    "gitee.com/",
    "git.sr.ht/",
    "huggingface.co/",
    "hf.co/",
    "zenodo.org/",
    "4open.science/",
)
_HOST = re.compile("|".join(map(re.escape, _HOSTS)))
_BREAKS = re.compile(r"[\s<>(){}\[\]\"'“”,;|]")
_ADDRESS = late(r"https?://[^\s<>\"“”)\]}]{3,2000}", re.IGNORECASE)
_PAGE = late(
    r"/(?:papers|models|datasets|spaces|docs|pricing|login|join|blog|tasks|posts|huggingface|storage|enterprise|support|learn|collections)/?$"
)
_RELATIVE = re.compile(r"^/(?:abs|pdf|html|papers?)/\S*\d{4}\.\d{4,5}")
_LABELS = word_set(
    "abs abstract abstract html arxiv bib bibtex code data dataset demo doi full text github html http https image link links model models other page paper papers pdf "
    "poster preprint project ps publication proceedings site slides source supp supplementary talk tweet url video web website weights www appendix blog "
    "icon logo openreview semantic scholar official pytorch tensorflow jax homepage home here cite cited review reviews read view download talks colab huggingface hf "
    "alphaxiv scholar publisher software tool code&data code/data published copy author authors manuscript permanent permalink related extended final accepted original reference availability camera ready version poster oral spotlight citeproc bibtex details detail show cited-by notebook appendix errata corrected award 论文 代码 链接 pdf/abs blogpost post summary thread discussion notes tex icml nips acl conference journal article"
)


_BUTTONS = frozenset(
    ["pdf", "abs", "html", "arxiv", "code", "link", "paper", "doi", "bibtex", "bib", "abstract", "here"]
)


class Target(NamedTuple):
    """Where a link leads."""

    kind: (
        str  # work, vote (a button about a work), repository, account (of people), machinery, nowhere, other
    )
    variable: str = ""  # of an identifier that the address holds
    value: str = ""


@lru_cache(maxsize=4096)
def target(address: str) -> Target:
    """What an address leads to."""
    if len(address) > 2000:
        return Target("other")
    plain = unquote(address) if "%" in address else address
    if MACHINERY.search(address.split("?", maxsplit=1)[0]) and "arxiv.org" not in address:
        voted = re.search(r"[?&]next=\S*?/papers/(\d{4}\.\d{4,5})", plain)
        return Target("vote", "arxiv", voted[1]) if voted else Target("machinery")
    if re.match(
        r"(?:https?://)?(?:www\.)?(?:huggingface\.co|hf\.co)/[\w.-]+/?$|/[\w-]+$", plain
    ) and not _PAGE.search(plain):
        return Target("account", "URL", plain)
    if _RELATIVE.match(plain):
        plain = f"https://arxiv.org/abs/{plain.rsplit('/', maxsplit=1)[1]}"
    if plain[:1] in "/#?." or "." not in plain:
        return Target("nowhere")
    plain = plain if "://" in plain else f"https://{plain}"
    for found in identifiers.find(plain):
        if found.variable in NAMING:
            return Target("work", found.variable, found.value)
    if _REPOSITORY.match(plain):
        return Target("repository", "URL", _repository(plain))
    return Target("work", "URL", plain) if _WORK_PAGE.search(plain) else Target("other", "URL", plain)


def _repository(address: str) -> str:
    trimmed = identifiers.normal_url(address).split("#")[0].split("?")[0]
    found = re.match(r"(https?://(?:www\.)?(?:github|gitlab)\.com/[\w.~-]+/[\w.~-]+)", trimmed)
    return (found[1] if found else trimmed).rstrip("/").removesuffix(".git").rstrip(".")


def repositories(text: str) -> list[str]:
    """Addresses of code and data in a text, with or without their scheme.

    >>> repositories("Code: github.com/a/b, data (https://huggingface.co/datasets/a/c).")
    ['https://github.com/a/b', 'https://huggingface.co/datasets/a/c']
    """
    lowered = text.lower()
    if not any(host in lowered for host in _HOSTS):
        return []
    found = (_REPOSITORY.match(text, _token_start(text, host.start())) for host in _HOST.finditer(lowered))
    addresses = (_repository(match[0]) for match in found if match)
    return list(dict.fromkeys(address for address in addresses if "avatars" not in address))


def _token_start(text: str, position: int) -> int:
    """Where the word begins that a place is in; a word is no longer than a hundred characters before it."""
    first = max(0, position - 100)
    breaks = list(_BREAKS.finditer(text, first, position))
    return breaks[-1].end() if breaks else first


def addresses(text: str) -> Iterable[str]:
    """Every address that is written out in a text."""
    if "://" not in text:
        return ()
    return (identifiers.normal_url(found[0]) for found in _ADDRESS.finditer(text))


def is_label(text: str) -> bool:
    """Whether a link's words say what it is ("pdf", "Code", "arXiv Page") and not what it is about.

    >>> is_label("[PDF]"), is_label("arXiv:2411.01234"), is_label("Deep Learning")
    (True, True, False)
    """
    bare = text.strip(" []()#:·•|🔗📄📃💻.-").lower()
    if not bare or re.fullmatch(
        r"[\d.,km\s+-]+|\d+\s?(?:authors?|comments?|citations?|likes?|upvotes?|replies)|(?:github|stars?)\s[\d.,km]+",
        bare,
    ):
        return True
    if re.fullmatch(
        r"(?:arxiv|doi|pmid|pmcid|isbn)\b.{0,80}|10\.\d{4,}/\S+|\d{4}\.\d{4,5}(?:v\d+)?|https?://\S+|\S+\.(?:pdf|html|com|org|io)",
        bare,
    ):
        return True
    words = re.findall(r"[^\W_]+(?:[&/][^\W_]+)?", bare)
    return len(words) <= 4 and all(word in _LABELS or word.isdigit() for word in words)


def is_labels(text: str) -> bool:
    """Whether a line is nothing but the words of buttons: `[pdf] [supp] [bibtex]`, `PDF Code Project`."""
    words = re.findall(r"[^\W_]+(?:[&/][^\W_]+)?", text.lower()) if len(text) < 120 else []
    return bool(words) and all(word in _LABELS for word in words)


_TAB_START = re.compile(r"\[(?:\d{4}\.\d{4,5}|[a-z-]+/\d{7})(?:v\d+)?\]\s+|Paper page -\s+|\(PDF\)\s+")
_TAB_END = re.compile(
    r"\s+[-–—|·:]\s+(?:ACL Anthology|OpenReview|arXiv(?:\.org)?(?: e-Print archive)?|Nature(?: [A-Z][a-z]+)?|Science|ScienceDirect|SpringerLink|IEEE Xplore|IEEE Journals & Magazine.*|"
    r"IEEE Conference Publication.*|ACM Digital Library|Semantic Scholar|PubMed|PMC|Papers With Code|Hugging Face|alphaXiv|Proceedings of .{5,120}|Wiley Online Library|Oxford Academic|"
    r"PLOS \w+|bioRxiv|medRxiv|SSRN|ResearchGate|Google Scholar|JSTOR|MIT Press|PNAS|Cell|The Lancet|Frontiers|MDPI|HAL|dblp.*|Distill|NeurIPS|PMLR)$",
)


def untabbed(title: str) -> str:
    """A title as a browser's tab shows it, without the number before it and the name of the site behind it.

    >>> untabbed("[2106.09685] LoRA: Low-Rank Adaptation"), untabbed("BART: Denoising - ACL Anthology")
    ('LoRA: Low-Rank Adaptation', 'BART: Denoising')
    """
    return _TAB_END.sub("", _TAB_START.sub("", title, count=1), count=1)


_SITED = late(r"(?:\s+\[(?:pdf|html|video)\])?\s+\((?P<host>[a-z0-9-]+(?:\.[a-z0-9-]+)+)(?:/[^()\s]*)?\)$")
_WORK_HOST = late(
    r"(?:.*\.)?(?:arxiv\.org|openreview\.net|aclanthology\.org|doi\.org|acm\.org|ieee\.org|nips\.cc|neurips\.cc|mlr\.press|thecvf\.com|springer\.com|sciencedirect\.com|"
    r"science\.org|pnas\.org|nih\.gov|biorxiv\.org|medrxiv\.org|jmlr\.org|aaai\.org|ssrn\.com|iacr\.org|jstor\.org|wiley\.com|tandfonline\.com|semanticscholar\.org|plos\.org)"
)


def without_site(title: str) -> tuple[str, bool]:
    """A title without the site that pages of links name behind it, and whether that is one that shows works.

    >>> without_site("Attention Is All You Need [pdf] (arxiv.org)"), without_site("The Bitter Lesson (example.org)")
    (('Attention Is All You Need', True), ('The Bitter Lesson', False))
    """
    found = _SITED.search(title) if title.endswith(")") else None
    return (title[: found.start()], bool(_WORK_HOST.fullmatch(found["host"]))) if found else (title, False)


def work_titles(links: Iterable[Link], *, heading: bool = False) -> list[Link]:
    """The links that lead to works and carry their titles; in a heading even a word like "Models" is one."""
    return [
        link for link in links
        if len(link.text) > (1 if heading else 3) and target(link.target).kind == "work"
        and not (link.text.lower() in _BUTTONS if heading else is_label(link.text))
    ]  # fmt: skip
