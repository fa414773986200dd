"""The books from a terminal: what was spent, asked of the store."""

from bot import answers, grammar, settings, wiring
from bot.spend import Spending


def spend(asked: grammar.Spend, workspace: str | None) -> Spending:
    """A terminal belongs to who runs the bot: figures by person are shown there too."""
    given = settings.read()
    house = wiring.build(given, wiring.ready_store(given))
    team_id = workspace or house.quick.only_workspace()
    return answers.spend(answers.Books.of(house.quick, team_id, given.imagelane_zone), asked, house.now())
