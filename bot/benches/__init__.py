"""A blind comparison as values: planned, quoted, drawn, reviewed, sealed; nothing by lane before that.

plan       what is compared on which prompts, by how many reviewers, at what price at most
blind      under which letter a reviewer sees which entrant
steps      what has to happen next: draw again, drop a prompt, begin the review
outcome    what the votes came to, once it is sealed
"""

from bot.benches.blind import LETTERS, order
from bot.benches.outcome import Ballot, Judged, Outcome, Pairs, outcome, pairs
from bot.benches.plan import (
    BLIND,
    MOST_LANES,
    MOST_PROMPTS,
    MOST_REVIEWERS,
    Bench,
    Effort,
    Entrant,
    Plan,
    Progress,
    Prompt,
    Quote,
    Share,
    State,
    Wanted,
    cap_refused,
    checked,
    prompts_in,
    question,
    quote,
    reserved,
    spare,
)
from bot.benches.steps import Cell, Steps, pictured, steps

__all__ = [
    "BLIND",
    "LETTERS",
    "MOST_LANES",
    "MOST_PROMPTS",
    "MOST_REVIEWERS",
    "Ballot",
    "Bench",
    "Cell",
    "Effort",
    "Entrant",
    "Judged",
    "Outcome",
    "Pairs",
    "Plan",
    "Progress",
    "Prompt",
    "Quote",
    "Share",
    "State",
    "Steps",
    "Wanted",
    "cap_refused",
    "checked",
    "order",
    "outcome",
    "pairs",
    "pictured",
    "prompts_in",
    "question",
    "quote",
    "reserved",
    "spare",
    "steps",
]
