"""The books from a terminal: what was spent, asked of the store."""

from functools import partial

from bot import answers, grammar, settings, wiring
from bot.spend import Spending


def spend(asked: grammar.Spend, workspace: str | None) -> Spending:
    """A terminal belongs to who runs the bot: figures by person are shown there too."""
    given = settings.read()
    house = wiring.build(given, wiring.ready_store(given))
    store, zone = house.quick, given.imagelane_zone
    team_id = workspace or store.only_workspace()
    books = answers.Books(partial(store.sums, team_id), partial(store.earliest, team_id), zone)
    return answers.spend(books, asked, house.now())
