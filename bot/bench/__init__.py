"""Blind comparisons, from the start of one to the file it leaves behind.

comparisons   draws one: call by call through the studio, each step from what the rows say
telling       shows how far it is: one Slack message updated in place; the pictures for reviewers; the verdict
stripping     a picture without what its maker wrote into it
exporting     a sealed one as CSV
sheets        its pictures side by side as PNG; one reviewer's own, blind
"""

from bot.bench.comparisons import Comparisons, Teller
from bot.bench.exporting import write
from bot.bench.sheets import contact, own
from bot.bench.stripping import stripped
from bot.bench.telling import SlackTelling

__all__ = ["Comparisons", "SlackTelling", "Teller", "contact", "own", "stripped", "write"]
