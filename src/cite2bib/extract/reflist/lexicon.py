"""Words that tell the parts of a reference apart, in the languages whose reference lists are common. Data only."""

from __future__ import annotations

import re

from cite2bib.extract.words import ORGANISATION as _ORGANISATION
from cite2bib.extract.words import TITLE_WORDS

__all__ = ["TITLE_WORDS"]  # the rest is defined below


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# In references, newspapers and the makers of software are authors too.
ORGANISATION = _ORGANISATION | _words(
    "authors centers centres contributors developers departments dept ministries times tribune gazette "
    "ministério ministerio secretaria instituto agência conselho comissão fundação ministère institut statistisches "
    "force daily news economist foundations societies academies councils"
)
PARTICLES = _words(
    "van von vom de der den del della dell di da dos das do du des la le las los lo ten ter te zu zur zum bin ibn al el "
    "af av y e i d' l' 't mac san santa st st. degli dalla dal op het in't abu ben bar und"
)
# How names of journals are cut short: `J. Phys.` is nobody.
JOURNAL_WORDS = _words(
    "phys chem biol math sci appl acad med mech eng econ geophys astron biochem psychol technol stat"
)
AND = _words("and & und et y e og och en i и та ve és ja и у و a in")  # between the last two names

ET_AL = re.compile(
    r"(?:,|;)?\s*(?:\b(?:and|&)\s+)?\(?(?:\bet\.?\s+al\b\.?|\bet\s+alii\b|\bet\s+coll\b\.?|\band\s+others\b|\bu\.\s?a\b\.?|"
    r"\bи\s+др\b\.?|\bidr\b\.?|\bvd\b\.|\b(?:ve\s+ark|a\s+kol|i\s+wsp|m\.\s?fl|e\s+cols?)\b\.?|(?<=,)\s*others\b|\[и\s+др\.\]|\by\s+otros\b|等|\bet\s+autres\b|\band\s+\d+\s+(?:others|more))\)?",
    re.IGNORECASE,
)
ELLIPSIS = re.compile(r",?\s*(?:\.\s?\.\s?\.|…),?\s*(?:&|and)?\s*")

ROLE = re.compile(
    r"(?:,\s*)?\(?\s*\b(?P<role>[Ee]ds?\.?|EDS?\.?|[Ee]ditors?|[Hh]rsg\.?|[Hh]g\.?|[Cc]oords?\.?|[Oo]rgs?\.?|"
    r"[Rr]ed\.?|ред\.|[Éé]ds?\.?|[Tt]rans\.?|[Cc]omps?\.?|[Dd]irs?\.?)(?=[\s),.:;]|$)\s*\)?",
)

# How a container's name begins or what it holds.
CONTAINER_CUES = re.compile(
    r"^(?:(?:in|In|IN)(?:\s?:|\s+)|En:|Dans\s|(?:The\s+)?(?:\d{4}\s+)?(?:\d+(?:st|nd|rd|th)\s+)?"
    r"(?:Proc(?:eedings|\.)?\b|Procs?\.|Advances\s+in|Adv\.|Trans(?:actions|\.)|Journal\b|J\.|Jnl|IEEE\b|ACM\b|AAAI\b|"
    r"Annals\b|Ann\.|Annual\b|Annu\.|Archives?\b|Acta\b|Bulletin\b|Bull\.|Communications\b|Commun\.|Comm\.|"
    r"Conference\b|Conf\.|(?:[A-Z]\w+\s+){0,3}(?:[Ii]nternational|[Ee]uropean|[Aa]merican|[Aa]sian|[Nn]ational|[Aa]nnual)\s+(?:[\w-]+\s+){0,2}(?:[Cc]onference|[Jj]ournal|[Jj]oint|[Ss]ymposium|[Ww]orkshop|[Cc]ongress|[Ss]chool)|Int\.|Intl\.|Lecture\s+Notes|"
    r"LNCS|Letters\b|Lett\.|Mathematical\s|Memoirs\b|Nature\b|Science\b|Nucleic\b|PLoS\b|PLOS\b|PNAS\b|Phys\.|"
    r"Physical\s+Review|Physics\s+Letters|Quarterly\b|Review\b|Reviews\b|Rev\.|Science\b|Sci\.|SIAM\b|SIGGRAPH|"
    r"Symposium\b|Workshop\b|Zeitschrift\b|Revue\b|Revista\b|Rivista\b|Вестник|Журнал|Известия|Труды|"
    r"(?:Under)?[Gg]raduate\s+Texts|Monographs?\b|Ergebnisse\b|Grundlehren\b|Progr(?:ess|\.)\s+in\b|Progr\.|Astérisque\b|Studies\s+in\s|"
    r"Surveys\s+in\s|Colloquium\s+Publ|American\s+Mathematical\s+Society\s+Colloq|Contemp(?:orary|\.)\s+Math|Pure\s+and\s+Appl|Translations\s+of\s|"
    r"Springer\s+(?:Series|Texts|Undergraduate|Monographs)|Cambridge\s+(?:Studies|Tracts|Monographs)|Inst\.|Publ\.|"
    r"[Ff]igshare\b|Zenodo\b|Dryad\b|Mendeley\s+Data|GitHub\b|OSF\b|PsyArXiv\b|ResearchGate\b|"
    r"arXiv\b|ArXiv\b|CoRR\b|bioRxiv\b|medRxiv\b|SSRN\b|NeurIPS\b|NIPS\b|ICML\b|ICLR\b|CVPR\b|ICCV\b|ECCV\b|ACL\b|"
    r"EMNLP\b|NAACL\b|COLING\b|TACL\b|KDD\b|SIGIR\b|WWW\b|IJCAI\b|CHI\b|USENIX\b|OSDI\b|SOSP\b|INTERSPEECH|ICASSP|"
    r"Theoretical\s+Computer\s+Science|Artificial\s+Intelligence\b|Pattern\s+Recognition\b|Neurocomputing\b|"
    r"Neural\s+(?:Computation|Networks)\b|Machine\s+Learning\b|Bioinformatics\b|Cell\b|Lancet|The\s+Lancet|JAMA\b|BMJ\b|"
    r"New\s+England|N\s+Engl\s+J|Biometrika\b|Econometrica\b|Psychological\b|Technometrics\b))"
)
CONTAINER_WORDS = re.compile(
    r"\b(?:Proceedings|Proc|Journal|J|Transactions|Trans|Letters|Lett|Review|Rev|Annals|Ann|Magazine|Bulletin|Bull|"
    r"Conference|Conf|Symposium|Symp|Workshop|Lecture\s+Notes|Quarterly|Reports|Sciences?|Zeitschrift|Revue|Revista|"
    r"Archiv|Archives|Communications|Commun|Surveys|Int|Soc|Am|Sci|Res|Comput|Phys|Chem|Med|Biol|Math|Technol|Eng|"
    r"Appl|Stat|Psychol|Acad|Natl|вестник|журнал)\b"
)
PUBLISHER = re.compile(
    r"\b(?:(?:[A-Z][\w'’&.-]*\s+){0,3}(?:University\s+Press|Univ\.?\s+Press|UP\b|Press\b|Publish(?:ers?|ing)\b(?:\s+Co\w*\.?)?|"
    r"Verlag\b|Books?\b(?=[,.]|$)|Editions?\b(?=[,.]|$)|Éditions\b)|Springer(?:[- ]Verlag|\s+Nature|\s+International)?"
    r"(?:\s+Publishing)?\b|Elsevier\b|Wiley(?:[- ]\w+)?\b|O['’]Reilly(?:\s+Media)?\b|McGraw[- ]Hill\b|"
    r"Addison[- –]Wesley\b|Prentice[- ]Hall\b|Morgan\s+Kaufmann\b|Routledge\b|Academic\s+Press\b|CRC\b|Birkhäuser\b|"
    r"North[- ]Holland\b|Kluwer\b|Sage\b|SAGE\b|Palgrave\b|Penguin\b|Blackwell\b|Pearson\b|Chapman\b|Harper\b|"
    r"ACM\b|IEEE\b|USENIX\b|AAAI\s+Press\b|PMLR\b|Curran\b|Association\s+for\s+Computational\s+Linguistics\b|"
    r"Association\s+for\s+Computing\s+Machinery\b|OpenReview(?:\.net)?\b|Наука\b|Мир\b|Издательство\b)"
)
# What is said of a book behind its title: edition, volumes, who translated or edited it.
_ORDINAL = (
    r"(?:\d{1,3}(?:st|nd|rd|th|\.|ª|º|e|ème)?|[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Ff]ifth|[Ss]ixth|[Ss]eventh|[Ee]ighth|"
    r"[Nn]inth|[Tt]enth|[Rr]ev(?:ised|\.)?|[Ee]rw\.|[Üü]berarb\.|[Ii]nt(?:ernational|'l|l\.)?)"
)
STATEMENT = (
    rf"(?:(?:[Nn]ew|[Ii]nternational|[Uu]pdated|[Ee]xpanded|[Ee]nlarged|[Ss]tudent)\s(?:(?:{_ORDINAL}|and|&|\w{{4,9}}ed)\s){{0,2}}[Ee]d(?:n?\b|ition\b)|{_ORDINAL}[\s,-]*(?:{_ORDINAL}\s|(?:and|und|&)\s|[^\W\d_]{{2,12}}[.,]?\s){{0,3}}(?:[Ee]dn?\b|[Ee]dition\b|[Ee]di(?:ção|ción|zione)\b|Aufl(?:age)?\b|изд\b|éd(?:ition)?\b)"
    r"|[Tt]rans(?:l(?:ated)?)?\.?\s(?:by\s|from\s|and\s|(?=[A-Z]))|[Ee]d(?:ited|s?\.)\s(?:and\s[\w.]+\s)?by\s|[Ee]ds?\.\s(?=[A-Z])|(?:[Hh]rsg|[Hh]g)\.\s(?:v\.|von)\s"
    r"|(?:[Üü]bers(?:etzt)?\.?|[Aa]us\sdem\s\w+)\s(?:v\.|von)\s|[Tt]raduit\s|[Tt]rad(?:ucción|ução|\.)\s|[Пп]ер\.\s(?:с|со)\s|[Пп]од\s(?:общ\.\s|общей\s)?ред|"
    r"[Дд]ис\.{1,3}\s|[Дд]иссертация|[Аа]втореф|\d+\s?(?:vols?|Bde|Bände|tomes?|tt)\b\.?|(?:[Vv]ol(?:ume|\.)?|[Bb]d\.|[Bb]and)\s(?:\d+|[A-Z]\b|[IVX]+\b)(?!\)?\s?(?!of\s)[:\w–-])|[Cc]h(?:ap(?:ter|\.)|\.)\s\d+|(?:[Dd]irected|[Pp]erformed|[Ww]ritten|[Nn]arrated|[Ii]llustrated)\sby\s|[Vv]ersion\s\d|[Rr]elease\s\d|[Rr]ev(?:ision|\.)\s\d"
    r"|[Dd]ocument\s[A-Z]{2}|[Ii]n\s(?:press|prep\w*|Vorbereitung)\b|[Tt]o\s(?:appear|be\s(?:published|submitted))\b|[Ss]ubmitted\b|[Ff]orthcoming\b|[Uu]npublished\b|[Pp]reprint\b|[Ee]-?print\b)"
)
_KIND = (
    r"thesis|dissertation|diss\.?|patent|report|program|software|dataset|data\s?set|data|editorial|letter|review|abstract|comment(?:ary)?|"
    r"post|video|film|tweet|presentation|session|lecture|slides|podcast|brochure|release|poster|app|code|manuscript|preprint|"
    r"internet|online|electronic\sresource|en\sligne|en\slínea|em\slinha|on-line|url|web\s?site|page|issue|section|erratum|article|paper|"
    r"book|manual|standard|repository|package|computer\sprogram|in\s(?:[A-Z][a-z]+)|электронный\sресурс|текст|PDF|CD-ROM|DVD"
)
DESCRIPTION = rf"\[(?:[\w.’'/-]+\s){{0,4}}(?i:{_KIND})(?:\s\w+){{0,2}}\]"
# Where books are published: a place behind a title ends it.
CITY = re.compile(
    r"(?:Amsterdam|Ann Arbor|Athens|Baltimore|Barcelona|Basel|Beijing|Berkeley|Berlin|Bern|Bloomington|Bologna|Bonn|"
    r"Boston|Boca Raton|Brighton|Brussels|Bruxelles|Bucharest|Budapest|Buenos Aires|Cambridge|Cham|Chicago|Chichester|"
    r"Copenhagen|Darmstadt|Dordrecht|Dublin|Durham|Düsseldorf|Edinburgh|Englewood Cliffs|Florence|Firenze|Frankfurt(?: am Main| a\. M\.)?|"
    r"Freiburg|Geneva|Genève|Göttingen|Hamburg|Hannover|Harmondsworth|Heidelberg|Helsinki|Hillsdale|Hildesheim|Hoboken|Hong Kong|Ithaca|"
    r"Jerusalem|Köln|Leiden|Leipzig|Lisboa|London|Los Angeles|Louvain|Leuven|Lyon|Madrid|Malden|Mannheim|Melbourne|México|Milan|"
    r"Milano|Minneapolis|Montréal|Montreal|Moscow|Mumbai|München|Munich|Münster|Napoli|New Delhi|New Haven|New York|Oslo|Oxford|"
    r"Paderborn|Palo Alto|Paris|Philadelphia|Piscataway|Prague|Praha|Princeton|Providence|Reading|Roma|Rome|San Diego|San Francisco|"
    r"Santiago|São Paulo|Seattle|Singapore|Stanford|Stockholm|Stuttgart|Sydney|Tokyo|Toronto|Thousand Oaks|Torino|Tübingen|Uppsala|"
    r"Urbana|Utrecht|Warsaw|Warszawa|Washington|Wien|Vienna|Wiesbaden|Weinheim|Zürich|Zurich|М\.|СПб\.|Москва|Л\.)(?=\s?[,:;(/]|\s\()"
)
THESIS = re.compile(
    r"\b(?:Unpublished\s+)?(?:Ph\.?\s?D\.?|Doctoral|Master(?:['’]?s)?|M\.?\s?Sc\.?|Bachelor(?:['’]?s)?|Diploma|Habilitation)\s*[-]?\s*"
    r"(?:thesis|dissertation|diss\.?)|\b(?:Dissertation|Doktorarbeit|Diplomarbeit|Masterarbeit|Thèse|Tesis|"
    r"Дис\.)\b|\bdissertation\b|\[D\]|\((?:Ph\.?\s?D\.?|M\.?\s?Sc\.?)\)",
    re.IGNORECASE,
)
REPORT = re.compile(
    r"\b(?:Tech(?:nical|\.)\s*Rep(?:ort|\.)|Research\s+Report|Working\s+Paper|Discussion\s+Paper|Memo(?:randum)?\s+No)\b",
    re.IGNORECASE,
)
CONFERENCE = re.compile(
    r"\b(?:Proc(?:eedings|\.)|Conference|Conf\.|Symposium|Symp\.|Workshop|NIPS|NeurIPS|ICML|ICLR|CVPR|ICCV|ECCV|ACL|EMNLP|"
    r"NAACL|COLING|KDD|SIGIR|IJCAI|AAAI|INTERSPEECH|ICASSP|SIGGRAPH|SIGMOD|VLDB|SOSP|OSDI|Advances\s+in\s+Neural|"
    r"Tagung|Congress|Meeting|\[C\])(?![\w])",
    re.IGNORECASE,
)

MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?|"
    r"Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?|Januar|Februar|März|Mai|Juni|Juli|Oktober|"
    r"Dezember|Spring|Summer|Autumn|Fall|Winter|janvier|février|mars|avril|juin|juillet|août|septembre|octobre|"
    r"novembre|décembre)(?![^\W\d_])"
)
# After these a full stop ends no sentence.
ABBREVIATIONS = _words(
    "v vs st no nos vol vols pp p ed eds ch sec fig dr mr mrs ms prof jr sr etc al cf inc ltd co corp dept univ proc conf "
    "trans rev lett ann adv appl bull commun comput eng math phys chem med sci res soc stat symp j nat natl acad "
    "rep tech technol syst netw intell anal mach artif electron psychol biol nr bd s hrsg aufl u.s u.k e.g "
    "i.e ph ser suppl approx d.c a.k.a aka assoc т с № изд"
)
# Words that are abbreviations only when they begin with a capital, as in names of journals.
CAPITAL_ABBREVIATIONS = _words(
    "int am mag process rep lang ca art stat mach comp inf soc ind hum adm dev env ed co"
)
