"""What one line of a page says about a work: counts, dates, labels, venues, identifiers. Each question is asked once."""

from __future__ import annotations

import re
from functools import lru_cache

from cite2bib import dates, identifiers
from cite2bib.extract.listing.links import NAMING, is_labels
from cite2bib.light import NamedTuple
from cite2bib.patterns import late

MONTH = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
YEAR = r"(?:1[6-9]|20)\d\d"

_COUNT = re.compile(r"(?:[-–—•·*\s]*)(\d{1,5})\s+(?:co-?)?authors?\b", re.IGNORECASE)
_DATE = re.compile(
    rf"(?:(?:first\s)?(?:published|submitted|posted|announced|released|updated|uploaded|added|date|publication\sdate|published\sdate|online|accepted|v\d+)(?:\s(?:on|at|online))?\s*:?\s*)?"
    rf"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,?\s+)?"
    rf"(?P<date>{MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+{YEAR})?|\d{{1,2}}(?:st|nd|rd|th)?\s+{MONTH}(?:,?\s+{YEAR})?|{MONTH},?\s+{YEAR}|{YEAR}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|"
    rf"{YEAR},?\s+{MONTH}(?:\s+\d{{1,2}})?|{YEAR}[-/]\d{{2}}|{YEAR}年\d{{1,2}}月(?:\d{{1,2}}日)?)\.?(?:\s\(v?\d[\d.]*\))?"
    r"(?:[\s·•|,[(]+(?P<extra>\d{1,6}(?:\.\d)?[kK]?)[])]?)?",
    re.IGNORECASE,
)
_AGO = late(
    r"(?:\d+|an?|last|yesterday|today)\s*(?:second|minute|hour|day|week|month|year)?s?(?:\sago)?",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[▲△↑+]?\s*\d[\d,.]*\s*[kKmM]?|-")
_METRIC = re.compile(
    r"(?:(?:cited(?:\s?by)?|citations?|stars?|upvotes?|likes?|views?|downloads?|comments?|replies|shares|score|points|github|votes?|reads|reactions|altmetric|h-index|i10-index)\s*[:(]?\s*"
    r"(?P<after>[\d,.]+\s*[kKmM]?)?\)?|(?P<before>[\d,.]+\s*[kKmM]?)\s*(?:citations?|stars?|upvotes?|likes?|views?|downloads?|comments?|replies|reads|points|votes?|reactions|highly influential.*))",
    re.IGNORECASE,
)
_UPVOTES = re.compile(r"(?:upvotes?|likes?|votes?|points|▲|△)", re.IGNORECASE)
_LABEL = re.compile(
    r"[-*•\s]*(?:\*\*|__)?(?P<label>titles?|paper titles?|paper|authors?|author\(s\)|by|abstracts?|summary|tl;?dr|comments?|subjects|categor(?:y|ies)|primary category|journal[- ]?ref(?:erence)?|report-no|license|licence|proxy|"
    r"venues?|conferences?|journals?|published in|publication|source|booktitle|keywords?|tags?|topics?|dates?|published|publication date|published (?:on|date)|year|submitted(?: on)?|updated|doi|arxiv(?: id| link)?|pmid|pmcid|isbn|"
    r"urls?|links?|paper links?|pdf(?: link| url)?|codes?(?: link)?|github|project(?: page)?|repository|website|dataset|affiliations?|institutions?|organi[sz]ations?|msc(?: class(?:es)?)?|reviewer|full text|acm[- ]class(?:es)?|id|paper id|presenters?|contributors?|"
    r"published at|in|pages?|volume|issue|publisher|editors?|type|status|session|area|track|item type|language|date added|modified|library catalog|accessed|attachments|primary area|readers|notes?|first announced|last modified|related doi|cite as|bibtex|标题|作者|摘要|链接|日期)"
    r"(?:\*\*|__)?\s*[:：](?:\*\*|__)?\s*(?P<value>.*)",
    re.IGNORECASE | re.DOTALL,
)
_CANONICAL = {
    "titles": "title", "paper title": "title", "paper titles": "title", "标题": "title", "author": "authors", "author(s)": "authors", "by": "authors", "作者": "authors",
    "presenters": "authors", "presenter": "authors", "contributors": "authors", "contributor": "authors", "abstracts": "abstract", "summary": "summary", "tldr": "summary", "tl;dr": "summary", "摘要": "abstract",
    "venues": "venue", "conference": "venue", "conferences": "venue", "journal": "venue", "journals": "venue", "published in": "venue", "published at": "venue", "publication": "venue",
    "booktitle": "venue", "journal-ref": "journal-ref", "journal ref": "journal-ref", "journal reference": "journal-ref", "journal-reference": "journal-ref",
    "dates": "date", "published": "date", "publication date": "date", "published on": "date", "published date": "date", "year": "date", "submitted": "date", "submitted on": "date", "日期": "date",
    "first announced": "date", "urls": "link", "url": "link", "links": "link", "paper link": "link", "paper links": "link", "pdf": "link", "pdf link": "link", "pdf url": "link", "arxiv link": "link", "链接": "link",
    "code": "code", "codes": "code", "code link": "code", "github": "code", "repository": "code", "project": "link", "project page": "link", "website": "link", "arxiv id": "arxiv", "related doi": "doi",
    "affiliation": "organization", "affiliations": "organization", "institution": "organization", "institutions": "organization", "organization": "organization", "organizations": "organization",
    "organisation": "organization", "organisations": "organization", "categories": "subjects", "category": "subjects", "primary category": "subjects", "subject": "subjects", "keyword": "keywords", "paper": "paper",
}  # fmt: skip
_VENUE_CUE = re.compile(
    r"\b(?:Proceedings|Proc\.|Conference|Symposium|Workshop|Journal|Transactions|Letters|Review|Reviews|Annals|Magazine|Bulletin|Lecture Notes|Quarterly|"
    r"Advances in|arXiv preprint|arXiv|CoRR|bioRxiv|medRxiv|Nature|Science|Cell|PNAS|PLoS|PLOS|IEEE|ACM|NeurIPS|NIPS|ICML|ICLR|CVPR|ICCV|ECCV|WACV|BMVC|ACL|EMNLP|NAACL|EACL|AACL|COLING|CoNLL|TACL|TMLR|JMLR|MLR|PMLR|AAAI|IJCAI|"
    r"KDD|SIGIR|WWW|CHI|UIST|SIGGRAPH|USENIX|OSDI|SOSP|NSDI|VLDB|SIGMOD|ICDE|ICRA|IROS|RSS|CoRL|Interspeech|INTERSPEECH|ICASSP|AISTATS|UAI|COLT|ALT|STOC|FOCS|SODA|CCS|NDSS|MICCAI|MIDL|ICDM|CIKM|WSDM|RecSys|LREC|"
    r"Press|Springer|Elsevier|Wiley|TPAMI|PAMI|IJCV|TIP|Phys\.|Physical Review|The Lancet|JAMA|BMJ|preprint|Preprint|Findings|Thesis|thesis|Dissertation|Technical Report|Tech\.? report|OpenReview|Bioinformatics|Neurocomputing|Econometrica|Biometrika)\b|"
    r"\b(?:(?<![A-Z]\.\s)J|Int|Trans|Proc|Conf|Rev|Lett|Ann|Phys|Chem|Comput|Natl|Acad|Sci)\.\s|"
    r"\b(?:conference on|proceedings of|proceedings of the|symposium on|workshop on|journal of|transactions on|advances in neural|annals of|lecture notes in|university press)\b|"
    r"\b\d{4}(?:\s[A-Z][a-z]{2}(?:\s\d{1,2})?)?;\d+(?:\([\w-]+\))?:\w?\d"
)
_YEAR = re.compile(rf"(?<![\d./:-])(?<!\d[–—])({YEAR})(?![\d/-])")  # not the end of pages
_DIGIT = re.compile(r"\d")
_ONLY_IDS = late(r"[\s\[\](){}<>,;:|·•./#–—-]*")
_ID_WORDS = late(
    r"\b(?:arxiv|doi|pmid|pmcid|isbn(?:-1[03])?|issn|url|link|links|paper|pdf|abs|html|preprint|available|at|from|in|cs|stat|math|eess|physics|quant-ph|q-bio|other|ps|full|text|page|id|source|https?|"
    r"the|see|read|here|view|on|published|project|code|github|dataset|data|website|openreview|semantic|scholar|openalex|epub|primary|and)\b|🔗|📄",
    re.IGNORECASE,
)
ARXIV_HEAD = late(
    r"(?:\[\d{1,5}\]\s*)?arXiv:(?P<id>\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?\s*(?:\((?P<note>replaced|cross-list|[^()]{3,40})[^()]{0,60}\))?\s*"
    r"(?:\[[^\[\]]{0,80}\]|(?:pdf|ps|html|other|src|,|\s)+)?\s*(?P<classes>(?:(?:cs|math|stat|physics|eess|q-bio|q-fin|econ|astro-ph|cond-mat|hep-\w+|gr-qc|nucl-\w+|quant-ph|nlin|math-ph)(?:\.[A-Za-z-]{2,8})?[\s,;]*)*)"
    r"(?P<doi>doi\s+\S+)?",
    re.IGNORECASE,
)
_CLASS = late(
    r"\(((?:cs|math|stat|physics|eess|q-bio|q-fin|econ|astro-ph|cond-mat|hep-\w+|gr-qc|nucl-\w+|quant-ph|nlin|math-ph)(?:\.[A-Za-z-]{2,8})?)\)"
)


class When(NamedTuple):
    """A date as a line gives it: 0 is what it leaves out."""

    year: int = 0
    month: int = 0
    day: int = 0

    def parts(self) -> tuple[int, ...]:
        """As `Date.start` has it."""
        known = (self.year, self.month, self.day)
        return known[: next((index for index, part in enumerate(known) if not part), 3)]


class Detail(NamedTuple):
    """What a line says, as far as it is understood."""

    kind: str  # count, date, number, metric, label, ids, venue, arxiv, ago
    value: str = ""
    when: When | None = None
    extra: str = ""  # the number behind a date, the label's name
    ids: tuple[identifiers.Found, ...] = ()


def count(text: str) -> int:
    """The number of authors a line states, 0 when it states none."""
    found = _COUNT.search(text) if "author" in text.lower() and len(text) < 200 else None
    # Savers glue the pictures of authors before the number: only what follows it must be nothing.
    return (
        int(found[1])
        if found and not text[found.end() :].strip(" ·•|.") and len(found[0]) * 3 > len(text.strip())
        else 0
    )


@lru_cache(maxsize=4096)
def date(text: str) -> tuple[When, str] | None:
    """The date a short line is, with the number behind it."""
    if "originally announced" in text and len(text) < 300:  # arXiv: the first version's day is the work's
        versions = re.findall(rf"ubmitted\s+(\d{{1,2}}\s+{MONTH},?\s+{YEAR})", text)
        when = when_of(versions[-1]) if versions else None
        return (when, "") if when else None
    if len(text) > 80 or not _DIGIT.search(text):
        return None
    found = _DATE.fullmatch(text.strip(" ·•|-–—()[]‹›«»<>←→"))
    when = when_of(found["date"]) if found else None
    return (when, found["extra"] or "") if found and when else None


def when_of(text: str) -> When | None:
    """A date with or without its year.

    >>> when_of("Mar 13"), when_of("Dec 23, 2024").year
    (When(year=0, month=3, day=13), 2024)
    """
    text = re.sub(r"[年月]", "-", text).rstrip("日-").strip()
    text = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", text).replace(".", " " if text[:1].isalpha() else "-")
    full = dates.parse(" ".join(text.split()))
    if full and full.start:
        return When(*full.start)
    found = re.fullmatch(r"([A-Za-z]{3,9})\s+(\d{1,2})|(\d{1,2})\s+([A-Za-z]{3,9})", " ".join(text.split()))
    if not found:
        return None
    month = dates.month_number(found[1] or found[4])
    day = int(found[2] or found[3])
    # 2024 has a 29 February: the year is not known yet.
    return When(0, month, day) if month and dates.is_valid((2024, month, day)) else None


def label(text: str) -> tuple[str, str] | None:
    """A line's label in one spelling, and its value ("" when that is on the next line).

    >>> label("Authors: A. Turing"), label("Comments:")
    (('authors', 'A. Turing'), ('comments', ''))
    """
    if text.lower() in {"by", "abstract", "abstract.", "authors", "summary", "tldr", "tl;dr"}:
        return _CANONICAL.get(text.lower(), text.lower().rstrip(".")), ""
    found = _LABEL.match(text) if ":" in text[:60] or "：" in text[:60] else None
    if not found:
        return None
    name = found["label"].lower()
    name = _CANONICAL.get(
        name, name.removesuffix("s") + "s" if name in {"author", "comment", "subject"} else name
    )
    value = found["value"].strip()
    return name, "" if value.rstrip(":").lower() == found["label"].lower() else value


def is_number(text: str) -> bool:
    """Whether a line is a bare number (votes, pages) or the dash that stands for none."""
    return len(text) < 14 and bool(_NUMBER.fullmatch(text.strip(" ·•|[]()")))


def metric(text: str) -> tuple[str, str] | None:
    """What a line counts ("upvotes", "other") and the number."""
    found = _METRIC.fullmatch(text.strip(" ·•|[]()")) if len(text) < 60 else None
    if not found:
        return None
    return "upvotes" if _UPVOTES.search(text) else "other", found["after"] or found["before"] or ""


_CITATION = late(
    rf"[A-Z][\w&()., :-]{{1,80}}?\.?\s{YEAR}(?:\s{MONTH}(?:[\s-]\d{{1,2}})?)?(?:\s{MONTH})?;\s?\d+(?:\([\w\s./-]+\))?(?::\s?\w*\d[\w-]*)?[.;].*"
)


# Nature, 595, 215–221; Neural Networks 61:85-117; Ann. Math. (2) 141, No. 3, 443-551 (1995).
_NUMBERED = late(
    rf"[A-Z][\w&.: -]{{1,60}}?,?\s(?:\(\d\)\s)?\d{{1,4}}(?:\s?\(\d{{1,4}}\)|,\sNo\.\s\d{{1,4}})?\s?[,:]\s?\w?\d+\s?[–-]\s?\w?\d+(?:\s?\({YEAR}\))?\.?"
)


# Past & Present, No. 50 (Feb., 1971), pp. 76-136
_ISSUE = late(
    rf"(?P<venue>[A-Z][^()\d]{{1,100}}?),(?:\sVol\.\s(?P<volume>\d+),)?\sNo\.\s(?P<issue>[\d/–-]+)\s"
    rf"\((?:[A-Z][\w./ -]{{1,25}},\s)?(?P<year>{YEAR})\),\spp?\.\s(?P<page>\w?\d+(?:\s?[–-]\s?\w?\d+)?)\.?"
)


def issue(text: str) -> re.Match[str] | None:
    """Journal, volume, issue, year and pages as JSTOR has them."""
    return _ISSUE.fullmatch(text) if len(text) < 200 and "No. " in text else None


def is_citation(text: str) -> bool:
    """Whether a line is a journal's citation: `Nat Genet. 2018 Aug;50(8):1132-1139. doi: ...`, `Nature, 595, 215–221`."""
    if len(text) > 300 or not _DIGIT.search(text):
        return False
    return (
        bool(issue(text))
        or (";" in text and bool(_CITATION.fullmatch(text)))
        or bool(len(text) < 120 and _NUMBERED.fullmatch(text))
    )


_DESCRIBED = late(
    r"\(?shelved\s\d.{0,60}|(?:avg|average)\srating\b.{0,80}|number\sof\spages:\s\d.{0,120}|downloads?:?\s[\d,]+\s\([\d,]+\)|articles?\s[a-z]?\d{3,}|"
    rf"(?:print\s|e-?|audio\s?)?(?:book|article|thesis|dissertation|video|journal)s?(?:,\s[a-z]+)?,\s©?{YEAR}",
    re.IGNORECASE,
)


def is_description(text: str) -> bool:
    """Whether a line tells what a catalogue counts or shelves: `Print Book, English, 2006`, `Number of pages: 45 ...`."""
    return len(text) < 150 and bool(_DIGIT.search(text)) and bool(_DESCRIBED.fullmatch(text))


def lone_year(text: str) -> int:
    """The year that a line is, with or without a count before it (`174231 2017`); 0 when it says more."""
    found = re.fullmatch(rf"(?:[\d,]+\*?\s+)?({YEAR})", text.strip(" ()[]#*_"))
    return int(found[1]) if found else 0


def is_ago(text: str) -> bool:
    """Whether a line is a time like "3 days ago"."""
    return len(text) < 30 and bool(_AGO.fullmatch(text.strip(" ·•|"))) and not text.strip(" ·•|").isdigit()


def year(text: str) -> int:
    """The last year in a text, 0 when there is none."""
    found = _YEAR.findall(text)
    return int(found[-1]) if found else 0


def first_year(text: str) -> int:
    """Where the first year in a text begins, -1 when there is none."""
    found = _YEAR.search(text)
    return found.start() if found else -1


def first_venue(text: str) -> int:
    """Where the first name of a place of publication begins, -1 when there is none."""
    found = _VENUE_CUE.search(text)
    return found.start() if found else -1


def has_venue(text: str) -> bool:
    """Whether a text names a place of publication."""
    return bool(_VENUE_CUE.search(text))


def naming_ids(text: str) -> tuple[identifiers.Found, ...]:
    """The identifiers in a text that name one work."""
    if not _DIGIT.search(text):
        return ()
    return tuple(found for found in identifiers.find(text) if found.variable in NAMING)


def only_ids(text: str) -> bool:
    """Whether a text is nothing but identifiers and addresses, with the words that lead to them."""
    if len(text) > 3000 or not ("/" in text or _DIGIT.search(text)):
        return False
    found = [item for item in identifiers.find(text) if item.variable != "ISSN"]
    if not found:
        return False
    rest, position = [], 0
    for item in found:
        rest.append(text[position : max(position, token_start(text, item.start))])
        position = max(position, item.end)
    rest.append(text[position:])
    words = re.sub(r"\[[a-z.-]+\]|v\d+\b", "", " ".join(rest), flags=re.IGNORECASE)
    return bool(_ONLY_IDS.fullmatch(_ID_WORDS.sub("", words))) or is_labels(words)


def token_start(text: str, position: int) -> int:
    """Where the address begins that holds an identifier, or the identifier itself."""
    start = text.rfind("http", max(0, position - 200), position)
    return start if start >= 0 and " " not in text[start:position] else position


_CLASSES = re.compile(
    r"(?:(?:cs|math|stat|physics|eess|q-bio|q-fin|econ|astro-ph|cond-mat|hep-\w+|gr-qc|nucl-\w+|quant-ph|nlin|math-ph)(?:\.[A-Za-z-]{2,8})?[\s,;]*){1,12}"
)


def classes(text: str) -> str:
    """The first of the arXiv classes that a line consists of, "" when it holds anything else.

    >>> classes("cs.LG cs.AI stat.ML"), classes("math is fun")
    ('cs.LG', '')
    """
    return text.split(maxsplit=1)[0].strip(",;") if len(text) < 120 and _CLASSES.fullmatch(text) else ""


def arxiv_class(text: str) -> str:
    """The primary class of `Machine Learning (cs.LG); Optics (physics.optics)`."""
    found = _CLASS.search(text)
    return found[1] if found else ""
