"""What a week's digest says, decided from sums and facts: figures, what is real in them, what ends, what to try.

told       the digest as a value
endings    models in use that are about to end, and what moving costs on the team's own mix
moves      the one move worth recommending, if there is one
"""

from bot.ledger.mix import MIX_WEEKS, Used
from bot.weeks.endings import Ending, endings
from bot.weeks.moves import Move, move
from bot.weeks.told import Bar, Chart, Keep, Late, Week, bar, chart, keeps, late

__all__ = [
    "MIX_WEEKS",
    "Bar",
    "Chart",
    "Ending",
    "Keep",
    "Late",
    "Move",
    "Used",
    "Week",
    "bar",
    "chart",
    "endings",
    "keeps",
    "late",
    "move",
]
