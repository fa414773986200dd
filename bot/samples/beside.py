"""Gathers what is told beside a drawing: who asked and who voted, by name, and the tightest budget that applied."""

from collections.abc import Callable

from bot.ledger import holds, votes
from bot.ledger.ledger import Ledger
from bot.ledger.limits import BudgetStanding, Scope
from bot.ledger.pictures import Drawing, Limits
from bot.samples.blocks import MOST_VOTERS, Beside, people, remaining
from bot.slack.message import DIRECT
from bot.slack.names import Names
from bot.slack.text import line

PROJECT_LETTERS = 40
OWN = "The tightest budget here is one person's own: More says what is left of it"


def gather(store: Ledger, names: Names, limits: Callable[[], Limits], drawing: Drawing, with_budget: bool) -> Beside:
    """Asks Slack for names, so never before an ack."""
    cast = store.read(votes.of_drawing, drawing)
    sides = [people(each, verdict)[:MOST_VOTERS] for each in cast.values() for verdict in ("keep", "reject")]
    named = {drawing.person_id}.union(*sides)
    is_paid = not all(one.demo for one in drawing.generations)
    left = _left(store, names, limits(), drawing) if with_budget and is_paid else ""
    return Beside({each: names.person(each) for each in sorted(named)}, cast, left)


def _left(store: Ledger, names: Names, limits: Limits, drawing: Drawing) -> str:
    tightest = store.read(holds.tightest, drawing.team_id, drawing.id, limits)
    is_private = tightest.budget.scope.kind == "person" and not (drawing.channel_id or "").startswith(DIRECT)
    return OWN if is_private else remaining(tightest, _place(tightest, names))


def _place(standing: BudgetStanding, names: Names) -> str:
    scope = standing.budget.scope
    return f" in {names.channel(scope.id)}" if scope.kind == "channel" else place_of(scope)


def place_of(scope: Scope) -> str:
    """Where that needs no name of Slack's."""
    places = {"workspace": "", "channel": " in this channel", "person": " of your own budget"}
    return places.get(scope.kind, f" for project {line(scope.id, PROJECT_LETTERS)}")
