"""The books from a terminal: what was spent and the week's digest, asked of the store."""

from functools import partial
from pathlib import Path

from bot import answers, grammar, settings, wiring
from bot.errors import BadFile, NotUnderstood
from bot.spend import Spending
from bot.weeks import Week


def spend(asked: grammar.Spend, workspace: str | None) -> Spending:
    """A terminal belongs to who runs the bot: figures by person are shown there too."""
    given = settings.read()
    house = wiring.build(given, wiring.ready_store(given))
    store, zone = house.quick, given.imagelane_zone
    team_id = workspace or store.only_workspace()
    books = answers.Books(partial(store.sums, team_id), partial(store.earliest, team_id), zone)
    return answers.spend(books, asked, house.now())


def digest(asked: grammar.Digest, workspace: str | None, png: Path | None) -> Week:
    """`png` is where its chart is written. Raises BadFile when it can't be."""
    if asked.act not in (None, "preview"):
        raise NotUnderstood(f"`digest {asked.act}` is said in Slack: it is about a channel there.")
    given = settings.read()
    house = wiring.build(given, wiring.ready_store(given))
    team_id = workspace or house.quick.only_workspace()
    week = wiring.gatherer(house, house.quick).week(team_id, asked.week, house.now(), on=asked.on)
    if png is not None:
        from bot.views import charts  # loads matplotlib

        try:
            png.write_bytes(charts.week(week).png)
        except OSError as failure:
            raise BadFile(f"{png} can't be written: {failure.strerror}.") from failure
    return week
