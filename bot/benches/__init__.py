"""A blind comparison as values: planned, quoted, drawn, reviewed, sealed; nothing by lane before that.

plan       what is compared on which prompts, by how many reviewers, at what price at most
blind      under which letter a reviewer sees which entrant
quoting    what it says before anything is spent
steps      what has to happen next: draw again, drop a prompt, begin the review
reviewing  one prompt as one reviewer sees it
outcome    what the votes came to, once it is sealed
proof      its verdict, with the benches that asked the same before
"""

from bot.benches.blind import LETTERS, order
from bot.benches.outcome import Ballot, Judged, Outcome, Pairs, outcome, pairs
from bot.benches.plan import (
    BLIND,
    KEPT_KIND,
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
    kept_wanted,
    prompts_in,
    question,
    quote,
    reserved,
    spare,
)
from bot.benches.proof import Named, Offer, Proof, Traffic, prove
from bot.benches.quoting import GUESS_HIGH, GUESS_LOW, BenchQuote, needed, offered
from bot.benches.reviewing import Page, Pending, Picture
from bot.benches.steps import Cell, Steps, pictured, steps

__all__ = [
    "BLIND",
    "GUESS_HIGH",
    "GUESS_LOW",
    "KEPT_KIND",
    "LETTERS",
    "MOST_LANES",
    "MOST_PROMPTS",
    "MOST_REVIEWERS",
    "Ballot",
    "Bench",
    "BenchQuote",
    "Cell",
    "Effort",
    "Entrant",
    "Judged",
    "Named",
    "Offer",
    "Outcome",
    "Page",
    "Pairs",
    "Pending",
    "Picture",
    "Plan",
    "Progress",
    "Prompt",
    "Proof",
    "Quote",
    "Share",
    "State",
    "Steps",
    "Traffic",
    "Wanted",
    "cap_refused",
    "checked",
    "kept_wanted",
    "needed",
    "offered",
    "order",
    "outcome",
    "pairs",
    "pictured",
    "prompts_in",
    "prove",
    "question",
    "quote",
    "reserved",
    "spare",
    "steps",
]
