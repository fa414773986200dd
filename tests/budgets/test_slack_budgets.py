"""`budget` in Slack: shown to who asks, changed by those who may, by words and in a window."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from itertools import product

import pytest

from bot.budgets.rights import NOT_ASKED
from bot.budgets.rows import BudgetRows
from bot.budgets.slack import FOR_OWNERS, NOT_YOURS
from bot.ledger import holds
from bot.ledger.ledger import Ledger
from bot.ledger.limits import WORKSPACE, Scope
from bot.ledger.pictures import Left
from bot.playground import faults
from bot.playground.far_end import FarEnd
from bot.playground.people import ANA, BEN, GONE, GUEST, OUTSIDER, STUDIO, TEAM
from bot.playground.workspace import PostedMessage
from bot.slack.message import unmarked
from tests.kit import cells
from tests.kit.records import put, record
from tests.kit.since import Since
from tests.kit.slack_door import House, house
from tests.kit.views_made import said

CHANNEL = Scope("channel", STUDIO)


def asked(slack: FarEnd, text: str, user: str = ANA, channel: str = STUDIO) -> PostedMessage:
    shown = slack.command(text, user, channel).shown
    assert shown is not None
    return shown


def labels(shown: PostedMessage) -> list[str]:
    row = shown.blocks[-1]["elements"]
    return [(each.get("text") or each["placeholder"])["text"] for each in row]


def behind(door: House, shown: PostedMessage, person: str = ANA) -> str:
    """The words of its Details."""
    press(door.far_end, shown, "budget.details", person)
    return said(door.window(person).payload["blocks"])


def press(slack: FarEnd, shown: PostedMessage, action_id: str, person: str = ANA) -> None:
    """The button of that kind, whatever its number in the row."""
    row = shown.blocks[-1]["elements"]
    slack.press(shown, next(each["action_id"] for each in row if each["action_id"].startswith(action_id)), None, person)


def limits_set(door: House) -> dict[Scope, tuple[int, str]]:
    found = BudgetRows(door.store.engine).standings(TEAM, door.limits(door.now))
    return {one.budget.scope: (one.budget.limit_nanousd, one.budget.per) for one in found if one.budget.version}


def test_an_admin_sets_shows_and_takes_away_a_budget(either_door: House) -> None:
    door, slack = either_door, either_door.far_end
    changed = asked(slack, "budget set 20 per week for #sample-studio").text
    assert changed == "#sample-studio now has $20.00 a week, $20.00 of it left. There was none before."
    door.drawn(BEN)
    shown = asked(slack, "budget")
    assert shown.only_for == ANA
    assert shown.text.startswith(
        "$19.99 of $20.00 left this week in #sample-studio. This workspace: $49.99 of $50.00 left"
    )
    taken = asked(slack, "budget off for #sample-studio").text
    assert taken == "#sample-studio has no budget now. It was $20.00 a week."
    assert limits_set(door) == {}


def test_every_kind_of_scope_is_set_by_its_words(door: House, slack: FarEnd) -> None:
    for whom in ("", " for #sample-studio", " for @sample-ben", " for project kites"):
        asked(slack, f"budget set 7 per week{whom}")
    seven = (7 * 10**9, "week")
    scopes = (WORKSPACE, CHANNEL, Scope("person", BEN), Scope("project", "kites"))
    assert limits_set(door) == dict.fromkeys(scopes, seven)


def test_R58_what_a_budget_no_longer_holds_is_refused_with_who_can_raise_it(door: House, slack: FarEnd) -> None:
    asked(slack, "budget set 0 per week for @sample-ben")
    refused = slack.command('try "a red kite"', BEN)
    stopped = "Not drawn: paid pictures are stopped for you. Nothing was charged. Workspace admins can raise it."
    assert refused.text == stopped
    assert door.jobs == []
    assert slack.command('try "a red kite"', ANA).text.startswith("Drawing")


RIGHTS = [
    (ANA, (), None),
    (BEN, (), "Only admins of this workspace can change budgets"),
    (GUEST, (), "Guests can't change budgets"),
    (GONE, (), "Deactivated people can't change budgets"),
    (OUTSIDER, (), "Only people of this workspace can change budgets"),
    (BEN, (BEN, GUEST), None),
    (ANA, (BEN, GUEST), "Only the people in IMAGELANE_BUDGET_OWNERS can"),
    (GUEST, (BEN, GUEST), "Guests can't change budgets"),
]


CHANGES = {
    "set 5 per month": (WORKSPACE, (5 * 10**9, "month")),
    "set 0 per week for #sample-studio": (CHANNEL, (0, "week")),
    "off for project kites": (Scope("project", "kites"), None),
}


@pytest.mark.parametrize("owners", [(), (BEN, GUEST)], ids=["admins", "owners"])
def test_R75_only_owners_or_admins_change_a_budget(quick_store: Ledger, owners: tuple[str, ...]) -> None:
    with house(quick_store, owners=owners) as door:

        def is_held_to(person: str, rule: str | None, words: str) -> None:
            scope, wanted = CHANGES[words]
            _take_away(door, scope)
            before, since = limits_set(door), Since(door)
            answer = asked(door.far_end, f"budget {words}", person).text
            assert rule is None or answer == f"{rule}; nothing was changed."
            changed = {scope: wanted} if rule is None and wanted else {}
            assert limits_set(door) == before | changed
            assert len(since.audits()) == len(changed)

        mine = [(person, rule) for person, which, rule in RIGHTS if which == owners]
        cells.hold([(*one, words) for one, words in product(mine, CHANGES)], is_held_to)


def _take_away(door: House, scope: Scope) -> None:
    """As it was before anybody set it."""
    if scope in limits_set(door):
        version = BudgetRows(door.store.engine).version(TEAM, scope)
        BudgetRows(door.store.engine).change(TEAM, scope, None, version, ANA, door.now, door.limits(door.now))


def test_R75_a_bot_and_somebody_slack_is_silent_about_change_nothing(door: House, slack: FarEnd) -> None:
    slack.workspace.put(replace(slack.workspace.people[ANA], is_bot=True))
    assert asked(slack, "budget set 5 per month").text == "Bots can't change budgets; nothing was changed."
    slack.fail("users.info", faults.refused("missing_scope"))
    assert asked(slack, "budget set 5 per month").text == NOT_ASKED
    assert limits_set(door) == {}


def test_R75_every_change_says_who_old_and_new(door: House, slack: FarEnd) -> None:
    asked(slack, "budget set 50 per month")
    asked(slack, "budget set 5 per week")
    rows = [(row.person_id, json.loads(row.detail)) for row in door.audits()]
    place = {"scope": "workspace", "id": ""}
    first, second = "$50.00 per month", "$5.00 per week"
    expected = [(ANA, {**place, "old": None, "new": first}), (ANA, {**place, "old": first, "new": second})]
    assert sorted(rows, key=str) == sorted(expected, key=str)


def test_R76_a_mention_is_answered_to_who_asked_alone(door: House, slack: FarEnd) -> None:
    slack.mention("budget", STUDIO, user=BEN)
    slack.mention("budget set 5 per month", STUDIO, user=BEN)
    slack.mention("budget set 5 per month for #sample-studio", STUDIO)
    door.run("answer")
    assert slack.messages() == []
    shown, refused = slack.ephemerals(BEN)
    assert shown.text.startswith("$50.00 of $50.00 left this month.")
    assert refused.text == "Only admins of this workspace can change budgets; nothing was changed."
    assert limits_set(door) == {CHANNEL: (5 * 10**9, "month")}


def test_only_those_who_may_change_a_budget_get_its_button(door: House, slack: FarEnd) -> None:
    assert labels(asked(slack, "budget", BEN)) == ["Details"]
    assert labels(asked(slack, "budget")) == ["Edit…", "Set another…", "Details"]


def test_a_window_sets_a_channel_s_budget_and_its_project(door: House, slack: FarEnd) -> None:
    slack.press(asked(slack, "budget"), "budget.edit", f"channel:{STUDIO}")
    assert slack.submit(door.window(), {"usd": "12.50", "per": "week", "project": " red  kites "}).problems == ()
    assert limits_set(door) == {CHANNEL: (12_500_000_000, "week")}
    door.drawn(ANA)
    asked(slack, "budget set 9 per month for project red kites")
    asked(slack, 'budget set 9 per month for project "red kites"')
    shown = asked(slack, "budget").text
    assert shown.startswith("$8.99 of $9.00 left this month for project red kites.")
    assert "What is drawn here is for project red kites." in shown
    assert "red kites $0.01." in asked(slack, "spend today by project").text
    assert "today so far in project red kites" in asked(slack, 'spend today in project "red kites"').text


def test_a_window_left_empty_takes_the_budget_away(door: House, slack: FarEnd) -> None:
    asked(slack, "budget set 5 per week for #sample-studio")
    slack.press(asked(slack, "budget"), "budget.edit", f"channel:{STUDIO}")
    slack.submit(door.window(), {"usd": "", "project": ""})
    assert limits_set(door) == {}


def test_R58_a_window_opened_before_somebody_else_s_change_changes_nothing(door: House, slack: FarEnd) -> None:
    slack.press(asked(slack, "budget"), "budget.edit", "workspace:")
    opened = door.window()
    asked(slack, "budget set 40 per month")
    shown = slack.submit(opened, {"usd": "60"}).view
    assert shown is not None
    assert "set it to $40.00 per month a moment ago; nothing was changed." in json.dumps(shown.payload)
    assert ANA in json.dumps(shown.payload)
    assert limits_set(door) == {WORKSPACE: (40 * 10**9, "month")}


def test_an_amount_that_could_mean_two_is_refused_in_the_window(door: House, slack: FarEnd) -> None:
    slack.press(asked(slack, "budget"), "budget.edit", "workspace:")
    opened = door.window()

    def is_refused(typed: str) -> None:
        shown = slack.submit(opened, {"usd": typed}).view
        assert shown is not None
        assert "I read amounts like 25 or 12.50" in shown.errors["usd"]

    cells.hold(["5k", "-1", "1e3"], is_refused)


def test_R75_a_window_sent_by_somebody_else_is_refused(door: House, slack: FarEnd) -> None:
    slack.press(asked(slack, "budget"), "budget.edit", "workspace:")
    shown = slack.submit(door.window(), {"usd": "999"}, user=BEN).view
    assert shown is not None
    assert "Only admins of this workspace" in shown.errors["usd"]
    assert limits_set(door) == {}


def test_what_pipelines_report_is_shown_beside_and_held_against_nothing(door: House, slack: FarEnd) -> None:
    put(door.store, record(team_id=TEAM, occurred_at=door.now, amount_nanousd=80 * 10**9))
    shown = asked(slack, "budget")
    assert shown.text == ("$50.00 of $50.00 left this month. Pipelines reported $80.00 beside it, not held against it.")
    assert "shown beside a budget, not held against it" in behind(door, shown)


def test_the_month_s_end_is_foretold_from_its_days(door: House, slack: FarEnd) -> None:
    door.now = datetime(2026, 11, 1, 12, tzinfo=UTC)
    door.drawn()
    door.now = datetime(2026, 11, 8, 0, 1, tzinfo=UTC)
    shown = asked(slack, "budget")
    assert shown.text.startswith("$49.99 of $50.00 left this month; about $49.94 will be left at its end.")
    assert "By the 7 whole days so far $0.06 will be spent at its end" in behind(door, shown)
    door.now = datetime(2026, 11, 7, 23, 59, tzinfo=UTC)
    assert "at its end" not in asked(slack, "budget").text


def test_the_home_leads_with_the_tightest_budget_in_its_own_period(door: House, slack: FarEnd) -> None:
    asked(slack, "budget set 30 per week")
    asked(slack, "budget set 20 per month for @sample-ben")
    door.drawn(BEN)
    slack.open_home(BEN)
    door.run("home")
    home = slack.home(BEN)
    assert home is not None
    shown = json.dumps(home.payload)
    assert "$19.99 of $20.00 left this month" in shown  # the tightest that holds for Ben


def test_lowered_below_what_is_spent_says_that_new_ones_are_refused(door: House, slack: FarEnd) -> None:
    door.drawn()
    changed = asked(slack, "budget set 0.01 per month").text
    assert changed.startswith("This workspace now has $0.01 a month; nothing of it is left.")
    assert changed.endswith("What runs is finished, new pictures are refused.")
    assert door.store.read(holds.left, TEAM, door.limits(door.now)) == Left("2026-11", 13_170_000, 0, 10_000_000)


# B3: what is set for anything is listed for those who may change it, and can be read by its name.


def test_B3_what_is_set_for_a_project_is_listed_for_owners_and_readable_by_all(door: House, slack: FarEnd) -> None:
    asked(slack, "budget set 10 per week for project kites")
    asked(slack, "budget set 20 per week for #sample-general")
    assert "Project kites: $10.00 of $10.00 left this week." in asked(slack, "budget").text
    assert asked(slack, "budget all").text.startswith(
        "3 budgets, all with more than a fifth left. Project kites: $10.00"
    )
    assert "kites" not in asked(slack, "budget", BEN).text
    kites = "$10.00 of $10.00 left this week for project kites."
    assert asked(slack, "budget show for project kites", BEN).text == kites
    assert (
        asked(slack, "budget show for #sample-general", BEN).text
        == "$20.00 of $20.00 left this week in #sample-general."
    )
    assert asked(slack, "budget show for workspace", BEN).text.startswith("$50.00 of $50.00 left this month.")
    assert asked(slack, "budget show for project none", BEN).text == "Project none has no budget of its own."


def test_B3_all_budgets_and_other_people_s_are_for_owners(door: House, slack: FarEnd) -> None:
    asked(slack, "budget set 10 per week for @sample-ana")
    asked(slack, "budget set 9 per week for @sample-ben")
    assert asked(slack, "budget all", BEN).text == unmarked(FOR_OWNERS)
    assert asked(slack, "budget show for @sample-ana", BEN).text == unmarked(NOT_YOURS)
    mine = "$9.00 of $9.00 left this week for sample-ben."
    assert asked(slack, "budget show for @sample-ben", BEN).text == mine
    assert asked(slack, "budget show for @sample-ben").text == mine
    assert "sample-ana" not in asked(slack, "budget", BEN).text


def test_twelve_projects_beside_fit_one_answer_and_a_button_shows_all(door: House, slack: FarEnd) -> None:
    for n in range(12):
        asked(slack, f"budget set {n + 1} per week for project kite{n}")
    shown = asked(slack, "budget")
    assert labels(shown) == ["Edit…", "Set another…", "All 13", "Details"]
    assert "7 more under All." in shown.text
    press(slack, shown, "command.run")
    door.wait_for_words()
    assert slack.ephemerals(ANA)[-1].text.startswith("13 budgets, all with more than a fifth left.")
