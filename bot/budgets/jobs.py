"""Budgets that near their end, told after each booking and each minute; the books, added up again each day."""

from functools import partial

from bot.budgets.alerts import Thresholds
from bot.jobs import Duties, Job, kind
from bot.ledger.ledger import Ledger
from bot.ledger.pictures import Generation


@kind("budget.look", was="budgets")
def look(team_id: str) -> None:
    """What a booking crossed is told."""


def booked(call: Generation) -> Job:
    return look(f"{call.team_id}:{call.id}:{call.state}", call.team_id)


def duties(nears: Thresholds, store: Ledger) -> Duties:
    return Duties(
        handlers=(look.done_by(nears.look),),
        sweep=(partial(_look_at_all, nears, store),),
        tidy=(partial(_add_up, nears, store),),
    )


def _look_at_all(nears: Thresholds, store: Ledger) -> None:
    for team_id in store.workspaces():
        nears.look(team_id)


def _add_up(nears: Thresholds, store: Ledger) -> None:
    for difference in store.audit_sums():
        nears.tell_admins(f"The books do not add up. {difference}.")
