"""Budgets that near their end: told once where it concerns people, never outside the workspace."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot import wiring
from bot.budgets.alerts import BudgetAlerts
from bot.budgets.rows import BudgetRows
from bot.entrypoints.cli import processes
from bot.entrypoints.cli.processes import sweep
from bot.ledger import settlement, workspaces
from bot.ledger.ledger import Ledger
from bot.ledger.limits import WORKSPACE, Scope
from bot.ledger.slack_answers import SlackAnswers
from bot.playground import faults
from bot.playground.far_end import FarEnd
from bot.playground.people import ANA, SHARED, STUDIO, TEAM
from bot.settings import Settings
from bot.slack.message import Message
from bot.slack.names import SlackNames
from bot.slack.posts import Posts
from bot.slack.readers import Readers
from tests.kit import far_openai_trouble as trouble
from tests.kit.at_work import at_work
from tests.kit.clock import moment
from tests.kit.looks import holds
from tests.kit.wishes import CENT, LIMITS, NOW, PAID, at_once, paid, wish

CHANNEL = Scope("channel", STUDIO)


@pytest.fixture(name="slack")
def local_slack() -> Iterator[FarEnd]:
    with FarEnd() as slack:
        yield slack


def watch(store: Ledger, slack: FarEnd, told: list[str]) -> BudgetAlerts:
    posts = Posts(slack.bot_token, slack.base_url)
    readers = Readers(SlackAnswers(store.engine), posts, lambda: NOW)
    return BudgetAlerts(
        BudgetRows(store.engine),
        posts,
        readers,
        SlackNames(posts),
        (50, 80, 95),
        lambda _: LIMITS,
        told.append,
        lambda: NOW,
    )


def limit(store: Ledger, scope: Scope, nanousd: int) -> None:
    BudgetRows(store.engine).change(
        TEAM, scope, (nanousd, "month"), BudgetRows(store.engine).version(TEAM, scope), "U9", NOW, LIMITS
    )


def test_a_channel_hears_once_that_its_budget_nears_its_end_and_that_it_is_back_under(
    store: Ledger, slack: FarEnd
) -> None:
    told: list[str] = []
    look = partial(watch(store, slack, told).look, TEAM)
    limit(store, CHANNEL, 4 * CENT)
    paid(store, team_id=TEAM, channel_id=STUDIO)
    at_once([look] * 4)
    (over,) = slack.messages(STUDIO)
    assert over.text == (
        "#sample-studio has used 50% of its budget: $0.02 of $0.04 left this month. Workspace admins can raise it."
    )
    holds(Message(over.text, list(over.blocks)))
    limit(store, CHANNEL, 100 * CENT)
    look()
    look()
    assert [message.text for message in slack.messages(STUDIO)[1:]] == [
        "#sample-studio is back under 50% of its budget: $0.98 of $1.00 left this month."
    ]
    assert told == []


def test_of_several_thresholds_reached_at_once_the_highest_is_named(quick_store: Ledger, slack: FarEnd) -> None:
    paid(quick_store, team_id=TEAM, channel_id=STUDIO)
    limit(quick_store, CHANNEL, 2 * CENT)
    watch(quick_store, slack, []).look(TEAM)
    (only,) = slack.messages(STUDIO)
    assert only.text.startswith("#sample-studio: nothing of $0.02 is left this month.")


@pytest.mark.parametrize("scope", [WORKSPACE, Scope("person", "U1")])
def test_other_budgets_are_told_to_the_admins(quick_store: Ledger, slack: FarEnd, scope: Scope) -> None:
    told: list[str] = []
    limit(quick_store, scope, 4 * CENT)
    paid(quick_store, team_id=TEAM)
    watch(quick_store, slack, told).look(TEAM)
    (sentence,) = told
    assert "has used 50% of its budget: $0.02 of $0.04 left this month." in sentence
    assert slack.messages() == []


def test_R76_a_channel_others_read_hears_no_amounts(quick_store: Ledger, slack: FarEnd) -> None:
    told: list[str] = []
    limit(quick_store, Scope("channel", SHARED), 4 * CENT)
    paid(quick_store, team_id=TEAM, channel_id=SHARED)
    watch(quick_store, slack, told).look(TEAM)
    assert slack.messages() == []
    assert len(told) == 1


@pytest.mark.parametrize(
    ("method", "fault", "told_to_admins"),
    [
        ("conversations.info", faults.refused("missing_scope"), 1),
        ("chat.postMessage", faults.refused("not_in_channel"), 1),
        ("chat.postMessage", faults.lost(), 0),
    ],
)
def test_what_a_channel_could_not_hear_the_admins_do(
    quick_store: Ledger, slack: FarEnd, method: str, fault: faults.Fault, told_to_admins: int
) -> None:
    told: list[str] = []
    limit(quick_store, CHANNEL, 4 * CENT)
    paid(quick_store, team_id=TEAM, channel_id=STUDIO)
    slack.fail(method, fault)
    watch(quick_store, slack, told).look(TEAM)
    watch(quick_store, slack, told).look(TEAM)
    assert len(told) == told_to_admins
    assert len(slack.calls_of("chat.postMessage")) <= 1  # what may stand there already is not said twice


def test_every_paid_call_that_is_booked_is_heard_of_and_no_other(quick_store: Ledger, tmp_path: Path) -> None:
    with at_work(quick_store, tmp_path) as work:
        heard: list[str] = []
        work.studio = replace(work.studio, booked=lambda generation: heard.append(generation.id))
        drawn = work.drawn("a red kite")
        work.openai.next(trouble.blocked())
        work.drawn("another kite")
        assert heard == [drawn.generations[0].id]


def test_the_sweep_tells_what_no_job_did(sqlite_url: str, tmp_path: Path, slack: FarEnd) -> None:
    settings = Settings(
        slack_bot_token=SecretStr(slack.bot_token),
        slack_api_url=slack.base_url,
        imagelane_pictures=tmp_path / "pictures",
        imagelane_admins=(ANA,),
        imagelane_month_limit_usd=Decimal("0.04"),
    )
    processes.make_store(settings.model_copy(update={"database_url": SecretStr(sqlite_url)}))
    house = wiring.build(settings, sqlite_url)
    house.store.write(workspaces.remember, TEAM, "Sample", None)
    drawing, _ = house.store.admit(wish(team_id=TEAM), house.limits(house.clock.now()), moment(house.clock.now()))
    (row,) = house.store.write(settlement.placed, TEAM, drawing.id, "1.1", NOW).generations
    house.store.write(settlement.claim, TEAM, row.id, "test", house.clock.real(), house.clock.real())
    house.store.settle(TEAM, row.id, PAID, moment(house.clock.now()))
    house.store.write(settlement.delivered, TEAM, row.id, "F1", None, house.clock.real())
    for _ in range(2):
        sweep(wiring.duties(house, wiring.studio(house, "test")))
    (told,) = slack.calls_of("chat.postMessage")
    assert "This workspace has used 50% of its budget: $0.02 of $0.04 left this month." in told.payload["text"]
