"""What pages say about themselves: menus, footers, banners, pagination. Data and one question."""

from __future__ import annotations

import re

from cite2bib.patterns import late

_PHRASES = """
a-z|about|about us|about this site|abstract html|accept|accept all|accept all cookies|accept cookies|accessibility|
accessibility statement|account|add to collection|add to library|add to reading list|admin|advanced search|advertise|alert|alerts|
all dates|all fields|all papers|all rights reserved|all results|api|apply|apply filters|archive|archives|arxiv|arxiv logo|arxivlabs|arxiv page|arxiv.org|
ask|ask a question|authors|back|back to results|back to search|back to top|bib|bibtex|blog|bluesky|bookmark|browse|browse by|browse by author|
buckets|buckets new|by|cancel|careers|cart|categories|category|changelog|chat|cite|cite this|cite this paper|citations|citations (all)|clear|clear all|clear filters|clipboard|
close|close menu|code|code of conduct|collapse|collapse all|collections|comments|community|company|compare|conferences|connect|contact|contact arxiv|
contact us|contents|context|contribute|cookie policy|cookie preferences|cookie settings|cookies|cookies settings|copied|copy|copy citation|copy link|
copyright|copyright and policies|create account|create alert|cross-list|cross-lists|daily|daily papers|dark mode|dashboard|data|dataset|datasets|date|decline|deselect all|
developers|discord|discussion|dismiss|docs|documentation|donate|download|download citation|download pdf|edit|edit profile|editions|email|email alerts|
english|enterprise|events|exit|expand|expand all|explore|export|export citation|export citations|export results|facebook|faq|faqs|favorite|favorites|features|
feed|feedback|fewer|fewer authors|filter|filter by|filter results|filters|first|follow|follow us|following|footer|forgot password|forum|forums|free|full text|
full text available|full-text|fulltext|further information|general|get pdf|get started|github|give feedback|go|go to top|google scholar|guidelines|help|help center|hide|
highly influential|highly influenced|history|home|home page|homepage|hot|how it works|how to cite|html|hugging face|hugging face's logo|huggingface|imprint|impressum|
in-memoriam|inbox|index|info|instagram|institutions|issues|job board|jobs|join|join us|journals|keywords|language|languages|last|latest|latest papers|learn|learn more|
leaderboard|legal|less|library|license|light mode|like|likes|link|linkedin|links|list|lists|listing|listings|load more|load more papers|load more results|loading|loading...|log in|log out|
login|logout|mailing list|main menu|main navigation|mastodon|media|members|membership|menu|methods|mission|mobile|models|monthly|more|more info|more information|more like this|
more options|more results|most cited|most popular|most recent|most relevant|my|my account|my books|my library|my profile|name|navigation|new|new & noteworthy|newer|newest|newest first|news|newsletter|next|next page|
next »|no comments|no comments yet|no results|not found|notifications|ok|older|oldest|oldest first|open access|open in app|open menu|open navigation|organizations|other|other formats|
outline|overview|page|pages|paper|papers|papers with code|partners|password|past|past day|past month|past week|past year|pdf|people|permalink|pinterest|platform|plans|
podcast|policies|popular|popularity|post|posts|poster|posters|powered by|pptx|press|press releases|prev|previous|previous page|pricing|print|privacy|privacy notice|privacy policy|
privacy & cookies|products|profile|program|programme|ps|public|publications|publications per page|publisher|quick links|quick search|random|rank|read|read more|read later|read paper|readers|reading list|recent|
recommended|recommended papers|reddit|references|refine|refine results|register|registration|reject|reject all|related|related articles|related papers|related work|relevance|
remember me|remove|replacement|replacements|reply|report|report an issue|report inappropriate|request a demo|research|research feed|reset|resources|results|results per page|return to top|reviews|
rss|rss feed|save|save search|save to library|saved|schedule|scroll to top|search|search by arxiv id or title|search...|search papers|search results|see all|see more|see also|select|select all|
select language|send|send feedback|series|services|set alert|settings|share|share on twitter|share this|shop|security|show|show abstract|show all|show details|show less|show more|show more results|sidebar|sign in|sign out|sign up|
sign in with google|sitemap|site map|site policies|site search|skip|skip navigation|skip to content|skip to main|skip to main content|skip to navigation|slides|social|solutions|sort|sort by|sort by citations|sort by date|sort by relevance|sort by year|source|sources|
source code|spaces|speakers|sponsors|spotlight|start|status|statistics|stats|store|subject areas|subjects|submissions|submit|submit a paper|subscribe|subscribe now|
subscribe to our newsletter|summary|supp|supplementary|supplementary material|supplementary materials|support|support us|switch to dark mode|table of contents|tags|take a tour|tasks|team|terms|terms & conditions|
terms and conditions|terms of service|terms of use|tex source|theme|this week|tiktok|title|tl;dr|tldr|to top|today|toggle|toggle dark mode|toggle menu|toggle navigation|toggle theme|top|topic|topics|topics new|tos|trackback|
translate|trending|trending new|trending papers|tutorials|tweet|twitter|type|unfollow|unsubscribe|update|updates|upgrade|upload|upvote|upvotes|user|username|venue|venues|version history|versions|video|videos|
view|view all|view all papers|view all posts|view as list|view details|view html|view in app|view more|view on arxiv|view on github|view paper|view paper on arxiv|view papers|view pdf|
view recent comments|view html (experimental)|vote|watch|website|week|weekly|welcome|what's new|who we are|wiki|workshops|write|x|year|yesterday|yes|no|your email|your email address|youtube|
zotero|papers cool|kimi|rel|abs|abs page|semantic scholar|dblp|doi|cs|math|authors & affiliations|comment|comments section|hf paper|project|project page|paper page|demo|models citing|
alphaxiv|scholar|connected papers|cookie notice|got it|manage cookies|necessary only|manage preferences|agree|i agree|disagree|no thanks|not now|maybe later|
recommendations|advertisement|sponsored|ad|ads|promoted|enter your email|unread|mark all as read|inicio|buscar|accueil|rechercher|startseite|suche|anmelden|
operational status|arxiv operational status|web accessibility assistance|hosting a venue|all venues|about openreview|fix data|about program|registration|sponsors|program|teaching|customise|customize|accept (oral)|accept (spotlight)|accept (poster)|fields of study|date range|journals & conferences|system theme|cornell university|quick links|teach|feedback?|search search|coauthor index|home program|related searches|display options|best match|expand all|highly influential|fields|mail|slack|talks|cv|awards|bio|news & events|service|students|research interests|publishers|api license agreement|site settings|manage site settings|see faq|combined dblp search|default search action|author search|default|privacy terms help|show more results|create free account|journal articles|journal papers|journal article|book chapter|book review|review article|research article|conference paper|dissertation or thesis|employment|education and qualifications|biography|activities|funding|conference papers|conference articles|conference proceedings|books|book chapters|theses|preprints|preprint|technical reports|workshop papers|working papers|patents|talks & posters|edited volumes|in press|under review|selected publications|recent publications|refereed publications|other publications|articles|papers by year|thesis|登录|注册|首页|搜索|更多|下一页|上一页|ログイン|ホーム|検索
"""
_WORDS = frozenset(phrase.strip() for phrase in _PHRASES.replace("\n", "|").split("|") if phrase.strip())
# Of lines in lower case.
_PATTERNS = re.compile(
    r"""
    (?:we|this\s(?:web)?site|our\s(?:web)?site|our\spartners|the\ssite)\b.{0,60}\bcookies?\b.{0,400}
    |(?=.*cookies).{0,80}\b(?:accept|manage|about|uses?|using|of)\s(?:all\s|our\s|the\suse\sof\s)?cookies\b.{0,200}
    |by\s(?:continuing|using|clicking|browsing|signing|subscribing)\b.{0,300}
    |(?:copyright\s|\(c\)\s|.{0,40}©).{0,200}
    |(?=.*rights).{0,120}\ball\srights\sreserved\.?.{0,60}
    |get\strending\spapers\sin\syour\semail\sinbox.{0,40}
    |(?:subscribe|sign\sup|join|register|log\sin|sign\sin)\s(?:to|for|with|now|our|us|or|today|and|using|here)\b.{0,100}
    |(?:by\s?)?ak\sand\sthe\sresearch\scommunity
    |by\s?ak|and\sthe\sresearch\scommunity
    |(?:new\sto|don['’]t\shave\san\saccount|already\sa\smember|forgot\s(?:your\s)?password).{0,60}
    |(?:week|volume|vol\.?|issue|session|track|day)\s\d+(?:[:,.–-].{0,200})?|week\sof\s.{0,40}
    |(?:sponsored|advertisement|promoted|ad)\s?[:–—-].{0,300}
    |(?:page|pages)\s\d+(?:\s?(?:of|/|-|–)\s?\d+)?
    |(?:«|‹|<|←|<<|\|<)?\s?(?:prev(?:ious)?|next|first|last|older|newer)(?:\s(?:page|posts?|results?|papers?|\d+|week|month|day|entries|volume|issue))?\s?(?:»|›|>|→|>>|>\|)?
    |(?:\d{1,4}|…|\.\.\.|«|»|‹|›|<|>|\||-|/|prev(?:ious)?|next|first|last)(?:[\s|,/]+(?:\d{1,4}|…|\.\.\.|«|»|‹|›|<|>|prev(?:ious)?|next|first|last))+
    |(?:showing|displaying|results?|viewing|items?)\s.{0,10}?\d[\d,.]*\s?(?:to|through|of|[-–—]|\band\b|out).{0,60}
    |(?:about\s)?\d[\d,.]*\+?\s(?:results?|papers?|articles?|documents?|publications?|items?|entries|records|works|matches|hits|models?|datasets?|spaces?|collections?)\b(?:\sfound|\sin\stotal|\s\(.{0,40}\))?.{0,30}
    |total\s(?:of\s)?\d[\d,.]*\s\w+.{0,80}
    |(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,\s)?\d{1,2}\s\w{3,9}\s\d{4}\s\(showing\s.{0,60}
    |(?:see\s(?:today['’]s|recent|this\sweek['’]s)|click\shere|follow\sus|meet\sthe\steam|ask\sthis\spaper|free\spmc\sarticle|date:\s\w{3},)\b.{0,80}
    |(?:research|review|full\slength|original|short)\s(?:article|communication)|article\spreview|abstract\sonly|purchase\spdf|full\stext\saccess
    |(?:(?:opening|closing|invited|plenary)\s)?(?:keynote|plenary|panel)\b(?:\s\w+){0,2}:.{0,200}|(?:coffee|tea|lunch|dinner)(?:\s?(?:&|and)\s\w+)?(?:\sbreak)?|conference\sprogram(?:me)?
    |want\sto\sread|(?:popular|best|top(?:\s\d+)?|new|most\sread)\s(?:\w+\s){0,3}books(?:\s\(.{0,40}\))?|working\spaper\sseries
    |.{0,80}\bclaim\sreference\ssearch\b.{0,40}|show\smore\sdetails?|source:\s(?:crossref|datacite|scopus.*|web\sof\sscience.*|orcid|pubmed.*)
    |\d[\d,]*\spoints?\sby\s\S+\s.{0,80}|hacker\snews\b.{0,100}
    |(?:subject|from|to|cc|sent|reply-to):\s.{0,120}
    |cited\sby:?\s.*\(\d+.*|(?:[\d,.]+\s+)?[\d.]+\sstars?\s/\s(?:hour|day)|(?=.*\+\d{1,2}$).{2,140}[^+\d]\s\+\d{1,2}|\(?\s?https?://\S+\s?,\s+\d+kb\)?|[\\%_=*~#-]{2,}.*[\\%_=*~#-]{2,}
    |save\scite\b.{0,120}|(?:create|set)\salert.{0,30}|all\s\d+\sversions|related\s(?:searches|articles)\b.{0,60}
    |\[(?:pdf|html|book|citation|[bc])\]\s[a-z0-9.-]+\.[a-z]{2,6}
    |(?:since|before)\s\d{4}|any\stime|custom\srange.{0,5}|include\s(?:patents|citations)|(?:has|open)\s(?:pdf|access)
    |(?:search\s)?(?:term|terms|field|fields)(?:\sor\s\w+)?|search\sv\d.{0,40}
    |(?=.*\(opens).{1,60}\(opens\sin\sa\snew\s(?:tab|window)\)|to\sprotect\syour\sprivacy\b.{0,200}|(?=.*logo).{0,40}['’]s\slogo
    |(?:(?:computer|political|environmental|materials|agricultural\sand\sfood|social|life|earth|medical)\ssciences?|mathematics|medicine|biology|physics|engineering|psychology|economics|chemistry|business|
      history|sociology|philosophy|art|geography|geology|law|linguistics|education)(?:,\s(?:(?:computer|political|environmental|materials|agricultural\sand\sfood|social)\sscience|mathematics|medicine|biology|physics|
      engineering|psychology|economics|chemistry|business|history|sociology|philosophy|art|geography|geology|law|linguistics|education))*
    |search\s[\d,]+\spapers.{0,40}|showing\sup\sto\s.{0,60}
    |(?:showing\snew\slistings\sfor|new\ssubmissions|cross(?:-lists|\ssubmissions)|replacements?(?:\ssubmissions)?|recent\ssubmissions|authors?\sand\stitles\sfor)\b.{0,120}
    |(?:[a-z-]+(?:\.[a-z-]+)?\s)?(?:authors?\sand\stitles)\sfor\s.{0,80}
    |(?:sort(?:ed)?|filter(?:ed)?|group(?:ed)?|order(?:ed)?|refine)\s(?:results\s)?by\b.{0,60}
    |(?:view|show|see|load|browse|read|display|hide|expand|collapse)\s(?:all|more|less|fewer|the\sfull|full|next|previous|details?|abstracts?|recent|entire)
     (?:\s(?:\d+|\w+\s)?(?:papers?|results?|articles?|details|abstracts?|authors|comments|text|list|page|items|entries|posts|publications|story|paper|versions?|tags|here))?
    |(?:results|items|papers|entries|articles)\sper\spage:?.{0,40}
    |(?:back|return|skip|go|scroll|jump)\sto\s(?:top|the\stop|content|main|main\scontent|search|navigation|home|results|list|page|start|papers?|footer|menu)\b.{0,20}
    |(?:last|page|recently)\s(?:updated|modified|edited|checked)\b.{0,60}
    |(?:follow|find|like|contact|email|mail)\s(?:us|me)\b.{0,60}
    |(?:share|save|print|tweet|post|copy|export|download)(?:\s(?:on|to|this|as|via|in|citation|link|all|pdf|bibtex)\b.{0,40})?
    |(?:powered|built|made|hosted|maintained|generated|designed|developed|created|supported|funded)\s(?:by|with|at|using|from)\b.{0,80}
    |(?:this\s(?:page|site|website|list|document|feed|newsletter)\s(?:is|was|has|uses|requires|will|shows)|you\sare\s(?:here|receiving|currently|viewing)|you\scan|please)\b.{0,200}
    |(?:(?:arxiv\s)?is\s(?:a\sfree|committed)|arxivlabs|want\sto\shelp|simons\sfoundation|we\sgratefully|we\sacknowledge|we\shiring).{0,300}
    |(?:unsubscribe|manage\s(?:your\s)?(?:preferences|subscriptions?)|update\s(?:your\s)?preferences|view\s(?:this\s)?(?:email\s)?in\s(?:your\s)?browser|forward(?:ed)?\s(?:this|to)).{0,80}
    |(?:trending|popular|latest|recent|recommended|featured|top|new|daily|weekly|monthly|today['’]?s|this\sweek['’]?s|related|similar|more|all|hot|suggested)\s(?:papers?|articles?|posts?|topics?|publications?|models|datasets|spaces|news|stories)(?:\s(?:on|from|in|by|for|with|this|of|-)\b.{0,60})?
    |papers?\sof\sthe\s(?:day|week|month).{0,30}
    |(?:daily|trending)\spapers\s[-–|]\shugging\sface
    |list\sof\s(?:accepted|published|all)\spapers.{0,30}|accepted\spapers?.{0,40}|table\sof\scontents.{0,30}
    |(?:\w+\s)?(?:loading|searching|fetching)\s?(?:…|\.\.\.)
    |(?:select|choose|pick|enter|type|search)\s(?:all|your|by|in\s(?:all|title)|papers?|title|articles?|authors?|keywords?)\b.{0,60}
    |(?:toggle|switch|open|close|hide|show)\s(?:the\s|to\s)?(?:navigation|menu|sidebar|search|theme|dark|light|language|filters?|mobile)\b.{0,30}
    |(?:new|recent|change\sto\sbrowse\sby|current\sbrowse\scontext|full-text\slinks|access\spaper|references\s&\scitations)(?::.{0,80})?
    |[^\W\d_][\w'’-]*(?:\s[\w'’-]+){0,3}\s\((?:\d{1,3}|\d{1,3},\d{3})\)?|skip\b.{0,40}|\(?see\sall\b.{0,40}|\d+\s(?:new\s)?(?:notifications?|messages?|followers?|following|members|subscribers?|replies)
    |(?:show|ask|tell|launch)\shn:.{0,120}|\w[\w-]*(?:\s\#\w[\w-]*)+|(?:.{1,60}\s)?logo\sby\s.{1,60}|page\s(?:generated|rendered|created)\b.{0,120}|(?:image|photo|picture)\scredits?:.{1,100}
    |(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b.{0,40}\d{1,2}[:.]\d\d.{0,60})
    |(?:[\w,.]+\s){0,5}\d{1,2}:\d\d(?::\d\d)?(?:\s?[ap]\.?m\.?)?(?:\s?·\s?[\w,.\s]{1,20})?
    |(?:[\d.,]+[km]?\s[a-z][a-z\s]{2,24}\s?[•·|]\s?)+[\d.,]+[km]?\s[a-z][a-z\s]{2,24}
    |(?:https?://)?(?:www\.)?[a-z0-9-]+\.(?:com|org|net|io|co|ai|edu|gov|de|uk|fr|cn|jp)/?
    """,
    re.VERBOSE,
)
# Of lives and meetings, in lower case: stations, prizes, people present, how to be reached.
_NOTES = re.compile(
    r"""
    (?:(?:ph\.?\s?d\.?|[mb]\.?\s?(?:sc|a|phil|eng)\.?|bachelor|master|diploma|licentiate|magister)(?:['’]s)?\s(?:degree\s)?(?:in|of|student|candidate)\b
    |(?:ph\.?\s?d\.?|doctoral|postdoc\w*|research|faculty|tenure[- ]track|open|master(?:['’]s)?)\s(?:position|studentship|vacanc(?:y|ies)|opening)s?\b
    |(?:1[89]|20)\d\d(?:-\d\d){1,2}\s(?:to|[-–—])\s(?:present|now|(?:1[89]|20)\d\d(?:-\d\d){1,2})\b
    |(?:assistant|associate|full|adjunct|visiting|junior)\sprofessor|postdoc\w*|(?:research|teaching)\s(?:assistant|fellow|associate)|lecturer\b
    |(?:1[89]|20)\d\d\s?[-–—]\s?(?:present|now|today|current|(?:(?:1[89]|20)\d\d)\s+(?:ph\.?d|[mb]\.?sc|postdoc|research|assistant|associate|professor|lecturer|visiting|senior|junior))
    |(?:department|dept\.?|faculty|school|institute|division)\s(?:of|for)\b
    |(?:present|absent|attend(?:ees|ance|ing)|participants|apologies|regrets|chair(?:ed\sby)?|minutes|scribe|guests|agenda|location|venue|time|room)\s?:
    |(?:languages?|skills|interests|hobbies|phone|tel(?:ephone)?\.?|mobile|fax|e-?mail|address|office(?:\shours)?|nationality|date\sof\sbirth|born)\s?:
    |(?:serves|servings|yield|prep(?:aration)?\stime|cook(?:ing)?\stime|total\stime)\b.{0,20}\d
    ).{0,200}
    |.{0,80}\b(?:award|prize|medal|fellowship|scholarship)s?,?\s.{0,60}\b(?:1[89]|20)\d\d
    """,
    re.VERBOSE,
)
_LONGEST = 500
_TRIM = " \t:·•|>»›«‹→←↑↓▼▲▾▸…-–—*#()[]"
# An address that is a page's own machinery, whatever stands before it.
MACHINERY = late(
    r"/(?:login|log-in|signin|sign-in|signup|sign-up|join|register|logout|subscribe|cart|account|settings|privacy|terms|about|contact|help|"
    r"donate|jobs|careers|pricing|docs|blog|enterprise|search\?|share)(?:[/?#]|$)",
    re.IGNORECASE,
)


def is_chrome(text: str) -> bool:
    """Whether a line is a page's own words and not its content.

    >>> is_chrome("Load more"), is_chrome("Next »"), is_chrome("Neural Scaling Laws")
    (True, True, False)
    """
    if len(text) > _LONGEST:
        return False
    bare = text.strip(_TRIM).lower()
    return not bare or bare in _WORDS or bool(_PATTERNS.fullmatch(bare)) or _is_menu(bare)


def _is_menu(text: str) -> bool:
    """Several words of menus in one line (in lower case), with or without marks between; of many, one may be new."""
    parts = [part.strip() for part in re.split(r"\s*[|·•/»›&]\s*|\s{2,}", text) if part.strip()]
    if len(parts) > 1:
        strange = sum(part not in _WORDS and not _PATTERNS.fullmatch(part) for part in parts)
        return strange * 5 <= len(parts) - 1
    words = text.split()
    return len(words) > 2 and all(word in _WORDS for word in words)


_LISTING = re.compile(
    r"AK and the research community|trending papers in your email|daily papers|trending papers|showing new listings|"
    r"authors and titles for|originally announced|submitted by|cited by|accepted papers|reading list|"
    r"papers? with code|\bto[- ]read\b|further reading|recommended reading|related papers|"
    # These words alone are as common in prose about papers.
    r"^(?:\S+ ){0,5}(?:papers|articles|literature|publications|bibliography)\W*(?:\([^()]*\))?$",
    re.IGNORECASE,
)


_PAGE = re.compile(
    r"AK and the research community|trending papers in your email|^daily papers$|^trending papers$|showing new listings|authors and titles for|originally announced",
    re.IGNORECASE,
)


_HEAD = late(
    r".{0,60}\b(?:to[- ]read|reading(?:[- ]list)?|papers|articles|literature|literatur(?:liste|verzeichnis)?|bibliograph(?:y|ie)|publications|lectures?)"
    r"(?:,? (?:for|of|in|on|this|next|by|about|seminar)\b.{0,80})?\W*",
    re.IGNORECASE,
)


_TALLY = late(
    r"[\d,.]+\s(?:papers?|works?|articles?|books?|results?|publications?|documents?|records?)\b.{0,20}",
    re.IGNORECASE,
)


def is_tally(text: str) -> bool:
    """Whether a line says how many works there are of what the line before names.

    >>> is_tally("57 papers with code"), is_tally("12 Rules for Life")
    (True, False)
    """
    return len(text) < 60 and bool(_TALLY.fullmatch(text))


def heads_list(text: str) -> bool:
    """Whether a line says, and says nothing else, that a list of works follows.

    >>> heads_list("Things I want to read"), heads_list("Literature for the seminar on logic"), heads_list("Reading Wikipedia")
    (True, True, False)
    """
    return len(text) < 150 and bool(_HEAD.fullmatch(text))


def is_note(text: str) -> bool:
    """Whether a line is a note of a life or a meeting; one that names a work may begin in the same way.

    >>> is_note("PhD in Physics, ETH Zurich, 2015"), is_note("Present: Anna, Bob"), is_note("Presenting Attention")
    (True, True, False)
    """
    return len(text) <= 300 and bool(_NOTES.fullmatch(text.strip(_TRIM).lower())) and "http" not in text


def is_catalogue(text: str) -> bool:
    """Whether a line is the banner of a page whose every title is a paper's."""
    return len(text) < 300 and bool(_PAGE.search(text.strip(_TRIM)))


def tells_of_papers(text: str) -> bool:
    """Whether a line is of a page that lists papers."""
    return len(text) < 300 and bool(_LISTING.search(text))
