"""The books from a terminal: what was spent and may be, the week's digest, and the provider's bill."""

from pathlib import Path

from bot import settings, wiring
from bot.budgets.answer import Purse
from bot.budgets.command import BudgetCommand
from bot.budgets.lines import Budgets, Changed
from bot.budgets.rows import BudgetRows
from bot.digest.command import Digest
from bot.digest.week import Week
from bot.entrypoints.cli import Options
from bot.entrypoints.cli.samples import PERSON
from bot.errors import BadFile, BadSettings, NotUnderstood
from bot.spend import answer
from bot.spend.command import Spend
from bot.spend.measures import Spending


def spend(asked: Spend, options: Options) -> Spending:
    """A terminal belongs to who runs the bot: figures by person are shown there too. `--png` is where the chart of an
    answer by day is written. Raises BadFile when it can't be."""
    if options.png is not None and asked.by != "day":
        raise NotUnderstood("A chart needs days: `spend ... by day --png FILE`.")
    house = _house()
    team_id = house.quick.workspace(options.workspace)
    told = answer.spend(answer.Books.of(house.quick, team_id, house.settings.imagelane_zone), asked, house.clock.now())
    if options.png is not None:
        from bot.spend import chart as spend_chart

        _write(options.png, spend_chart.days(told).png)
    return told


def budget(asked: BudgetCommand, options: Options) -> Budgets | Changed:
    """Who runs the bot may change every budget; here all of them are shown. Raises BudgetChanged."""
    house = _house()
    store, now = house.quick, house.clock.now()
    team_id = store.workspace(options.workspace)
    given = house.settings
    alerts, owners = given.imagelane_budget_alerts, given.imagelane_budget_owners
    purse = Purse(store, team_id, house.limits(now), now, given.imagelane_zone, alerts, owners)
    if asked.act == "show":
        return purse.shown(None)
    return purse.change(asked, PERSON, BudgetRows(store.engine).version(team_id, asked.scope))


def bills(workspace: str | None) -> object:
    """Now, whatever the clock read today: the same days are replaced. Raises BadSettings without a key, BillUnread."""
    house = _house()
    reader = wiring.bill_reader(house)
    if reader is None:
        raise BadSettings("OPENAI_ADMIN_KEY is not set: only an admin key may read the organization's bill.")
    return reader.sync(house.store.workspace(workspace))


def digest(asked: Digest, options: Options) -> Week:
    """`--png` is where its chart is written. Raises BadFile when it can't be."""
    if asked.act not in (None, "preview"):
        raise NotUnderstood(f"`digest {asked.act}` is said in Slack: it is about a channel there.")
    house = _house()
    team_id = house.quick.workspace(options.workspace)
    week = wiring.gatherer(house, house.quick).week(team_id, asked.week, house.clock.now(), on=asked.on)
    if options.png is not None:
        from bot.digest import chart as digest_chart

        _write(options.png, digest_chart.week(week).png)
    return week


def _house() -> wiring.House:
    return wiring.ready(settings.read())


def _write(path: Path, png: bytes) -> None:
    try:
        path.write_bytes(png)
    except OSError as failure:
        raise BadFile(f"{path} can't be written: {failure.strerror}.") from failure
