"""`cite2bib fix`: a .bib mended by rules that change spans of it and leave every other byte alone.

`rules` is the table; `entries` is what rules see; `rounds` runs them until nothing is left to change; `manuscripts` carries
renamed keys into what cites them; `profiles` are what venues want; `reporting` makes reports of findings.
"""

from __future__ import annotations

from cite2bib.fix.entries import Wants
from cite2bib.fix.finding import Finding, Rule
from cite2bib.fix.rounds import Mended, mend
from cite2bib.fix.rules import RULES, chosen

__all__ = ["RULES", "Finding", "Mended", "Rule", "Wants", "chosen", "mend"]
