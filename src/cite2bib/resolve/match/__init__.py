"""Is this catalogue record the work that was meant? `match` weighs one candidate, `choose` takes one of many or none."""

from cite2bib.resolve.match.choice import Decision, choose
from cite2bib.resolve.match.score import match
from cite2bib.resolve.match.weights import ACCEPT

__all__ = ["ACCEPT", "Decision", "choose", "match"]
