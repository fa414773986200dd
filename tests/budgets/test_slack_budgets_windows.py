"""Windows that change a budget: told once, and the answer each was opened from is brought up to date."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from bot.ledger.limits import WORKSPACE, Scope
from bot.ledger.opened_windows import OpenedFrom, OpenedWindows, Saved
from bot.ledger.slack_tables import opened_windows
from bot.playground.desk import USES
from bot.playground.far_end import FarEnd
from bot.playground.people import ANA, BEN, GENERAL, STUDIO, TEAM
from tests.budgets.test_slack_budgets import CHANNEL, asked, limits_set, press
from tests.kit import cells
from tests.kit.looks import window
from tests.kit.slack_door import House
from tests.kit.wishes import at_once

# B4: what is saved in a window is told, and the answer it was opened from is brought up to date.


def test_B4_saving_confirms_and_updates_the_answer_it_was_opened_from(either_door: House) -> None:
    door, slack = either_door, either_door.far_end
    asked(slack, "budget set 20 per week for #sample-studio")
    opened_from = asked(slack, "budget")
    slack.press(opened_from, "budget.edit", f"show:channel:{STUDIO}")
    opened = door.window()
    assert "http" not in opened.payload["private_metadata"]
    slack.submit(opened, {"usd": "12", "per": "week"})
    door.wait_for_words()
    now = slack.message(STUDIO, opened_from.ts)
    assert now is not None
    assert now.text.startswith("$12.00 of $12.00 left this week in #sample-studio.")
    told = slack.ephemerals(ANA)[-1]
    assert told.text == "#sample-studio now has $12.00 a week, $12.00 of it left. It was $20.00 a week."
    assert (told.channel, told.ts != now.ts) == (STUDIO, True)


def test_B4_the_answer_that_is_updated_is_the_one_that_was_asked(door: House, slack: FarEnd) -> None:
    asked(slack, "budget set 10 per week for project kites")

    def is_updated(question: str, value: str, begins: str) -> None:
        shown = asked(slack, question)
        slack.press(shown, "budget.edit", value)
        slack.submit(door.window(), {"usd": begins.split()[0].strip("$")})
        door.wait_for_words()
        now = slack.message(STUDIO, shown.ts)
        assert now is not None
        assert begins in now.text

    cells.hold(
        [
            ("budget show for project kites", "one:project:kites", "8.00 of $8.00 left this week for project kites."),
            ("budget all", "all:project:kites", "7.00 of $7.00 left this week."),
            ("budget", "show:workspace:", "40.00 of $40.00 left this month"),
        ],
        is_updated,
    )


@pytest.mark.parametrize("gone", ["expired", "used", "unknown"])
def test_B4_where_that_answer_can_t_be_reached_a_new_one_is_shown(door: House, slack: FarEnd, gone: str) -> None:
    shown = asked(slack, "budget")
    press(slack, shown, "budget.edit")
    opened = door.window()
    with door.store.transaction() as connection:
        (row,) = connection.execute(select(opened_windows)).all()
        if gone == "unknown":
            connection.execute(delete(opened_windows))
    if gone == "expired":
        slack.desk.expire(row.reply_url)
    if gone == "used":
        slack.desk.reply_urls[row.reply_url].uses = USES
    slack.submit(opened, {"usd": "12"})
    door.wait_for_words()
    told = [each.text.split(".")[0] for each in slack.messages() + slack.ephemerals(ANA) if each.ts > shown.ts]
    assert sorted(told) == ["$12", "This workspace now has $12"]
    assert slack.message(STUDIO, shown.ts) == shown


def test_B4_a_window_sent_twice_is_saved_and_told_once(either_door: House) -> None:
    door, slack = either_door, either_door.far_end
    press(slack, asked(slack, "budget"), "budget.edit")
    opened = door.window()
    at_once([lambda: slack.submit(opened, {"usd": "12"})] * 3)
    door.wait_for_words()
    assert limits_set(door) == {WORKSPACE: (12 * 10**9, "month")}
    assert len(door.audits()) == 1
    assert len([each for each in slack.ephemerals(ANA) if "now has" in each.text]) == 1


def test_B4_a_response_url_is_forgotten_after_half_an_hour(door: House, slack: FarEnd) -> None:
    windows, opened_from = (
        OpenedWindows(door.store.engine),
        OpenedFrom(ANA, STUDIO, None, "url", True, "show:workspace:"),
    )
    windows.note(TEAM, "V1", opened_from, door.now)
    windows.note(TEAM, "V2", opened_from, door.now + timedelta(minutes=30, seconds=1))
    assert windows.save(TEAM, "V1", door.now) == Saved(True, None)
    assert windows.save(TEAM, "V2", door.now) == Saved(True, opened_from)
    assert windows.save(TEAM, "V2", door.now) == Saved(False, opened_from)


# Another budget is set in a window, and never in the place of one that nobody saw.

ANOTHER = [
    ({"kind": "workspace"}, WORKSPACE),
    ({"kind": "channel"}, CHANNEL),
    ({"kind": "channel", "channel": GENERAL}, Scope("channel", GENERAL)),
    ({"kind": "person", "person": BEN}, Scope("person", BEN)),
    ({"kind": "project", "project": " red  kites "}, Scope("project", "red kites")),
]


@pytest.mark.parametrize(("fields", "scope"), ANOTHER)
def test_another_budget_is_set_for_whom_its_window_says(
    door: House, slack: FarEnd, fields: dict[str, str], scope: Scope
) -> None:
    shown = asked(slack, "budget")
    press(slack, shown, "budget.set")
    window(door.window().payload)
    assert slack.submit(door.window(), {"usd": "7", "per": "week", **fields}).problems == ()
    door.wait_for_words()
    assert limits_set(door) == {scope: (7 * 10**9, "week")}
    assert "now has $7.00 a week" in slack.ephemerals(ANA)[-1].text
    press(slack, asked(slack, "budget"), "budget.set")
    again = slack.submit(door.window(), {"usd": "8", "per": "week", **fields}).view
    assert again is not None
    assert again.errors["kind"] == "That has a budget: $7.00 of $7.00 left this week. Edit… changes it."
    assert limits_set(door) == {scope: (7 * 10**9, "week")}


def test_another_budget_needs_to_be_for_somebody_and_by_somebody_who_may(door: House, slack: FarEnd) -> None:
    press(slack, asked(slack, "budget"), "budget.set")
    opened = door.window()

    def is_refused(user: str, kind: str, sentence: str) -> None:
        shown = slack.submit(opened, {"usd": "7", "kind": kind, "channel": None}, user=user).view
        assert shown is not None
        assert sentence in shown.errors["kind"]

    rows = [(ANA, "person", "Which person?"), (ANA, "project", "Which project?"), (BEN, "workspace", "Only admins")]
    cells.hold(rows, is_refused)
    assert limits_set(door) == {}
