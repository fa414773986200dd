"""Budgets that near their end, told after each booking and each minute; the books, added up again each day."""

from functools import partial

from bot.budgets.alerts import BudgetAlerts
from bot.jobs import Duties, Job, kind
from bot.ledger import holds, workspaces
from bot.ledger.ledger import Ledger
from bot.ledger.pictures import Generation


@kind("budget.look", was="budgets")
def look(team_id: str) -> None:
    """What a booking crossed is told."""


def booked(call: Generation) -> Job:
    return look(f"{call.team_id}:{call.id}:{call.state}", call.team_id)


def duties(alerts: BudgetAlerts, store: Ledger) -> Duties:
    return Duties(
        handlers=(look.done_by(alerts.look),),
        sweep=(partial(_look_at_all, alerts, store),),
        tidy=(partial(_add_up, alerts, store),),
    )


def _look_at_all(alerts: BudgetAlerts, store: Ledger) -> None:
    for team_id in store.read(workspaces.known):
        alerts.look(team_id)


def _add_up(alerts: BudgetAlerts, store: Ledger) -> None:
    for difference in store.read(holds.differences):
        alerts.tell_admins(f"The books do not add up. {difference}.")
