"""The books from a terminal: what was spent, asked of the store, and the provider's bill beside it."""

from collections.abc import Sequence

from bot import answers, grammar, settings, wiring
from bot.errors import BadSettings, NotUnderstood
from bot.reconciling import BillRead
from bot.spend import Spending


def spend(asked: grammar.Spend, workspace: str | None) -> Spending:
    """A terminal belongs to who runs the bot: figures by person are shown there too."""
    given = settings.read()
    house = wiring.build(given, wiring.ready_store(given))
    team_id = workspace or house.quick.only_workspace()
    return answers.spend(answers.Books.of(house.quick, team_id, given.imagelane_zone), asked, house.now())


def bills(words: Sequence[str], workspace: str | None) -> BillRead:
    """Now, whatever the clock read today: the same days are replaced. Raises BadSettings without a key, BillUnread."""
    if [word.lower() for word in words] != ["sync"]:
        raise NotUnderstood("Say `imagelane bills sync`: it reads the provider's bill of the last days.")
    given = settings.read()
    house = wiring.build(given, wiring.ready_store(given))
    reader = wiring.bill_reader(house)
    if reader is None:
        raise BadSettings("OPENAI_ADMIN_KEY is not set: only an admin key may read the organization's bill.")
    return reader.sync(workspace or house.store.only_workspace())
