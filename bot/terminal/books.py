"""The books from a terminal: what was spent and what may be, asked of the store."""

from functools import partial

from bot import answers, grammar, settings, wiring
from bot.budgets import Budgets, Changed
from bot.purse import Purse
from bot.spend import Spending
from bot.terminal.pictures import PERSON


def spend(asked: grammar.Spend, workspace: str | None) -> Spending:
    """A terminal belongs to who runs the bot: figures by person are shown there too."""
    given = settings.read()
    house = wiring.build(given, wiring.ready_store(given))
    store, zone = house.quick, given.imagelane_zone
    team_id = workspace or store.only_workspace()
    books = answers.Books(partial(store.sums, team_id), partial(store.earliest, team_id), zone)
    return answers.spend(books, asked, house.now())


def budget(asked: grammar.Budget, workspace: str | None) -> Budgets | Changed:
    """Who runs the bot may change every budget; here all of them are shown. Raises BudgetChanged."""
    given = settings.read()
    house = wiring.build(given, wiring.ready_store(given))
    store, now = house.quick, house.now()
    team_id = workspace or store.only_workspace()
    alerts, owners = given.imagelane_budget_alerts, given.imagelane_budget_owners
    purse = Purse(store, team_id, house.limits(now), now, given.imagelane_zone, alerts, owners)
    if asked.act == "show":
        return purse.shown(None)
    return purse.change(asked, PERSON, store.budgets.version(team_id, asked.scope))
