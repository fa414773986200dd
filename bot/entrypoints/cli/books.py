"""The books from a terminal: what was spent and may be, moving off a model, the week's digest, the provider's bill."""

import sys
from argparse import Namespace
from functools import partial
from pathlib import Path
from typing import TextIO

from bot import settings, wiring
from bot.billing import printout
from bot.budgets import requests, rows_requests
from bot.budgets.answer import Purse
from bot.budgets.command import BudgetCommand
from bot.budgets.lines import Budgets, Changed
from bot.budgets.requests import WaitingRequests
from bot.budgets.rows import BudgetRows
from bot.digest import chart as digest_chart
from bot.digest.command import Digest
from bot.digest.week import Week
from bot.entrypoints.cli import Options
from bot.entrypoints.cli.operators import OperatorResult
from bot.entrypoints.cli.terminal import PERSON, enter, open_file, write_csv
from bot.errors import BadSettings, NotUnderstood
from bot.grammar.numbers import day
from bot.grammar.vocabulary import vocabulary
from bot.recommend import model_lists, printout_lanes, printout_lists
from bot.recommend.answer_migration import Migration, WorkBooks
from bot.recommend.command_migrate import Migrate
from bot.spend import answer
from bot.spend import chart as spend_chart
from bot.spend.command import Spend, from_fields
from bot.spend.measures import Spending


def spend(command: Spend, options: Options) -> Spending:
    """A terminal belongs to who runs the bot: figures by person are shown there too. `--png` is where the chart of an
    answer by day is written. Raises BadFile when it can't be."""
    if options.png is not None and command.by != "day":
        raise NotUnderstood("A chart needs days: `spend ... by day --png FILE`.")
    house, team_id = enter(options.workspace)
    books = answer.Books.of(house.quick, team_id, house.settings.imagelane_zone, house.catalog)
    spending = answer.spend(books, command, house.clock.now())
    if options.png is not None:
        with open_file(options.png, "wb") as file:
            file.write(spend_chart.days(spending).png)
    return spending


def migrate(command: Migrate, options: Options) -> Migration:
    """On anybody's kept prompts: a terminal is nobody's."""
    house, team_id = enter(options.workspace)
    zone, horizon_days = house.settings.imagelane_zone, house.settings.imagelane_horizon_days
    return WorkBooks(house.quick, team_id, zone, house.catalog, horizon_days).answer(command, house.clock.now())


def export_focus(path: Path | None, period: str, people: bool, workspace: str | None) -> OperatorResult:
    """`period` in words, "" for this month. What is left out is told beside the file. Raises NotUnderstood, BadFile."""
    house, team_id = enter(workspace)
    books = answer.Books.of(house.store, team_id, house.settings.imagelane_zone, house.catalog)
    question = from_fields(vocabulary(house.catalog), period, "", "", "")
    span = answer.span(books, question.period, house.clock.now())

    def write(file: TextIO) -> int:
        count = books.write_focus(span, file, people)
        if count.unpriced:
            print(count.left_out(), file=sys.stderr)
        return count.rows

    write_csv(path, "charges", write)
    return OperatorResult()


def budget(command: BudgetCommand, options: Options) -> Budgets | Changed | WaitingRequests:
    """Who runs the bot may change every budget; here all of them are shown. Raises BudgetChanged."""
    house, team_id = enter(options.workspace)
    store, now, settings = house.quick, house.clock.now(), house.settings
    alerts, owners = settings.imagelane_budget_alerts, settings.imagelane_budget_owners
    zone, demo = settings.imagelane_zone, house.provider.demo
    purse = Purse(store, team_id, house.limits(now), now, zone, alerts, owners, demo)
    if command.act == "requests":
        return requests.listed(store.read(rows_requests.waiting, team_id), zone, now)
    if command.act == "one":
        return purse.one(command.scope)
    if not command.changes:
        return purse.all()
    return purse.change(command, PERSON, BudgetRows(store.engine).version(team_id, command.scope))


def bills(options: Namespace) -> OperatorResult:
    """Now, whatever the clock read today: the same days are replaced. Raises BadSettings without a key, BillUnread."""
    house = wiring.ready(settings.read())
    reader = wiring.bill_reader(house)
    if reader is None:
        raise BadSettings("OPENAI_ADMIN_KEY is not set: only an admin key may read the organization's bill.")
    return OperatorResult(0, reader.sync(house.store.workspace(options.workspace)), printout.rendered)


def lanes(options: Namespace) -> OperatorResult:
    """Raises NoLanes."""
    house = wiring.ready(settings.read())
    answer = wiring.lane_desk(house, house.quick).lanes(house.clock.now().date(), options.next)
    return OperatorResult(0, answer, partial(printout_lanes.rendered, details=options.details))


def models_diff(options: Namespace) -> OperatorResult:
    """Of the lists that were read. Raises NotUnderstood for a day that can't be read."""
    since = None if options.SINCE is None else day(options.SINCE)
    house = wiring.ready(settings.read())
    answer = model_lists.diff(house.quick, house.catalog, house.clock.now().date(), since)
    return OperatorResult(0, answer, printout_lists.rendered)


def digest(command: Digest, options: Options) -> Week:
    """`--png` is where its chart is written. Raises BadFile when it can't be."""
    if command.act not in (None, "preview"):
        raise NotUnderstood(f"`digest {command.act}` is said in Slack: it is about a channel there.")
    house, team_id = enter(options.workspace)
    week = wiring.digest_weeks(house, house.quick).week(team_id, command.week, house.clock.now(), on=command.on)
    if options.png is not None:
        with open_file(options.png, "wb") as file:
            file.write(digest_chart.week(week).png)
    return week
