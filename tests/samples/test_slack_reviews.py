"""The buttons under a picture and the windows behind them, pressed through the real Bolt app."""

import json
import threading
from collections.abc import Callable
from itertools import product

import pytest

from bot.budgets.rows import BudgetRows
from bot.ledger import pauses, rows, settlement, votes
from bot.ledger.ledger import Ledger
from bot.ledger.limits import Scope
from bot.ledger.pictures import Blocked, PictureState, Tally
from bot.playground import faults
from bot.playground.far_end import FarEnd
from bot.playground.people import ANA, BEN, CHI, GENERAL, OUTSIDER, STUDIO, TEAM
from bot.playground.workspace import PostedMessage
from tests.kit import cells
from tests.kit.clock import moment
from tests.kit.since import Since
from tests.kit.slack_door import House, house

CLOSED = "That is no longer open; nothing was changed."
ACTIONS = ["sample.keep", "sample.reject", "sample.retry"]
FORGED = [
    "0000000000",
    "",
    "' OR '1'='1",
    '{"team_id": "T0SAMPLE2"}',
    "../../etc/passwd",
    "x" * 2000,
    "a\x00b",
    "a\ud800b",
    "ABCDEFGHIJ",
]


def tally(door: House, generation_id: str) -> Tally:
    return door.store.read(rows.generation, TEAM, generation_id).tally


def told(door: House, person: str) -> str:
    """The one thing that person alone was told."""
    door.wait_for_words()
    (said,) = door.far_end.ephemerals(person)
    return said.text


def at_once(act: Callable[[], object], count: int) -> None:
    start = threading.Barrier(count)

    def go() -> None:
        start.wait()
        act()

    threads = [threading.Thread(target=go) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


# Keep and Reject


def test_keep_is_a_vote_and_a_job_that_shows_it(door: House, slack: FarEnd) -> None:
    generation = door.drawn()
    reply = slack.press(door.shown(generation), "sample.keep", user=BEN)
    assert (reply.status, reply.body) == (200, b"")
    assert tally(door, generation.id) == Tally(1, 0)
    version = door.store.read(rows.drawing, TEAM, generation.drawing_id).version
    (job,) = door.jobs
    assert (job.kind, job.key) == ("show", f"{TEAM}:{generation.drawing_id}:{version}")
    assert slack.ephemerals() == []


def test_R13_keep_pressed_20_times_at_once_is_one_vote_and_one_job(either_door: House) -> None:
    generation = either_door.drawn()
    message = either_door.shown(generation)
    at_once(lambda: either_door.far_end.press(message, "sample.keep", user=BEN), 20)
    assert tally(either_door, generation.id) == Tally(1, 0)
    assert len(either_door.store.read(votes.history, TEAM, generation.id)) == 1
    assert len(either_door.jobs) == 1
    either_door.wait_for_words()
    assert either_door.far_end.ephemerals() == []


def test_a_vote_can_be_changed_and_both_are_kept_in_its_history(door: House, slack: FarEnd) -> None:
    generation = door.drawn()
    message = door.shown(generation)
    slack.press(message, "sample.keep", user=BEN)
    slack.press(message, "sample.reject", user=BEN)
    assert tally(door, generation.id) == Tally(0, 1)
    assert [vote.verdict for vote in door.store.read(votes.history, TEAM, generation.id)] == ["keep", "reject"]


def test_R13_a_second_press_on_the_message_as_it_stands_takes_the_vote_back(either_door: House) -> None:
    door, slack = either_door, either_door.far_end
    generation = door.drawn()
    before = door.shown(generation)
    for _ in range(2):  # a double click
        slack.press(before, "sample.keep", user=BEN)
    assert tally(door, generation.id) == Tally(1, 0)
    after = door.shown(generation)
    slack.press(after, "sample.keep", user=CHI)  # not theirs to take back
    assert tally(door, generation.id) == Tally(2, 0)
    for _ in range(2):
        slack.press(after, "sample.keep", user=BEN)
    assert tally(door, generation.id) == Tally(1, 0)
    assert [vote.verdict for vote in door.store.read(votes.history, TEAM, generation.id)] == [
        *("keep", "keep", "withdrawn")
    ]
    assert [job.kind for job in door.jobs] == ["show"] * 3


def test_a_reject_that_is_taken_back_asks_nothing(door: House, slack: FarEnd) -> None:
    generation = door.drawn()
    slack.press(door.shown(generation), "sample.reject", user=BEN)
    slack.submit(door.window(BEN))
    slack.press(door.shown(generation), "sample.reject", user=BEN)
    assert tally(door, generation.id) == Tally()
    assert slack.modal(BEN) is None


def test_a_press_on_a_message_of_an_older_version_only_votes(door: House, slack: FarEnd) -> None:
    generation = door.drawn()
    slack.press(door.shown(generation), "sample.keep", user=BEN)
    body = slack.press(door.shown(generation), "sample.keep", user=CHI).sent.payload
    pressed = {**body["actions"][0], "block_id": f"{generation.drawing_id}:7:3"}
    slack.deliver("interactive", {**body, "actions": [pressed]})
    assert tally(door, generation.id) == Tally(2, 0)


def test_reject_stands_at_once_and_asks_why(door: House, slack: FarEnd) -> None:
    generation = door.drawn()
    slack.press(door.shown(generation), "sample.reject", user=BEN)
    assert tally(door, generation.id) == Tally(0, 1)
    slack.submit(door.window(BEN), {"reasons": ["quality"], "note": "six fingers"})
    (vote,) = door.store.read(votes.standing, TEAM, generation.id)
    assert (vote.verdict, vote.reason) == ("reject", "quality; six fingers")
    assert [job.kind for job in door.jobs] == ["show", "show"]


def test_a_reject_window_sent_empty_changes_nothing_more(door: House, slack: FarEnd) -> None:
    generation = door.drawn()
    slack.press(door.shown(generation), "sample.reject", user=BEN)
    assert slack.submit(door.window(BEN)).problems == ()
    assert len(door.store.read(votes.history, TEAM, generation.id)) == 1


def test_reject_stands_even_when_the_window_does_not_open(door: House, slack: FarEnd) -> None:
    generation = door.drawn()
    slack.fail("views.open", faults.refused("expired_trigger_id"))
    assert slack.press(door.shown(generation), "sample.reject", user=BEN).status == 200
    assert tally(door, generation.id) == Tally(0, 1)
    door.wait_for_words()
    assert slack.ephemerals() == []


# What is not open


def test_R18_a_forged_value_changes_nothing_and_leaves_an_audit_row(door: House, slack: FarEnd) -> None:
    generation = door.drawn()
    message = door.shown(generation)

    def changes_nothing(action: str, value: str) -> None:
        since = Since(door)
        assert slack.press(message, action, value, BEN).status == 200
        assert since.told(BEN) == [CLOSED]
        assert tally(door, generation.id) == Tally()
        assert since.jobs() == []
        (row,) = since.audits()
        assert (row.team_id, row.person_id, row.what) == (TEAM, BEN, "unknown picture")
        assert json.loads(row.detail) == value

    cells.hold(product(ACTIONS, FORGED), changes_nothing)


def test_R18_a_forged_choice_under_more_is_the_same(door: House, slack: FarEnd) -> None:
    message = door.shown(door.drawn())

    def is_closed(value: str) -> None:
        since = Since(door)
        slack.press(message, "sample.more", value, BEN)
        assert since.told(BEN) == [CLOSED]
        assert len(since.audits()) == 1
        assert slack.modal(BEN) is None

    cells.hold(["details:0000000000", "report:' OR '1'='1", "details", "nothing:0000000000", ""], is_closed)


def test_R18_another_team_s_picture_is_as_unknown_as_none(door: House, slack: FarEnd) -> None:
    generation = door.drawn()
    message = door.shown(generation)

    def is_unknown(action: str) -> None:
        since, door.served = Since(door), TEAM
        body = {**slack.press(message, action, "0000000000", BEN).sent.payload}
        since.told(BEN)
        pressed = {**body["actions"][0], "value": generation.id}
        person = {"id": BEN, "team_id": "T0SAMPLE9"}
        theirs = {**body, "team": {"id": "T0SAMPLE9"}, "user": person, "actions": [pressed]}
        door.served = "T0SAMPLE9"
        assert slack.deliver("interactive", theirs).status == 200
        assert since.told(BEN) == [CLOSED, CLOSED]
        assert tally(door, generation.id) == Tally()
        assert sorted(row.team_id for row in since.audits()) == [TEAM, "T0SAMPLE9"]

    cells.hold(ACTIONS, is_unknown)


def test_R17_a_picture_of_another_channel_is_not_open_here(door: House, slack: FarEnd) -> None:
    message, there = door.shown(door.drawn(channel=STUDIO)), door.drawn(channel=GENERAL)

    def is_not_open(action: str) -> None:
        since = Since(door)
        slack.press(message, action, there.id, BEN)
        assert since.told(BEN) == [CLOSED]
        assert tally(door, there.id) == Tally()
        assert since.jobs() == []

    cells.hold(ACTIONS, is_not_open)


def test_who_asked_for_a_picture_may_judge_it_wherever_it_is_shown_to_them(door: House, slack: FarEnd) -> None:
    generation = door.drawn(ANA, GENERAL)
    shown = slack.command(f"show {generation.id}", ANA, STUDIO).shown
    slack.press(shown, "sample.keep")
    assert tally(door, generation.id) == Tally(1, 0)


@pytest.mark.parametrize("action", ["sample.keep", "sample.reject"])
def test_R17_a_picture_that_was_never_drawn_can_t_be_judged(door: House, slack: FarEnd, action: str) -> None:
    slack.command("try a red kite")
    drawing = door.store.read(rows.drawing, *door.jobs.pop().arguments)
    generation = drawing.generations[0]
    door.store.write(settlement.placed, TEAM, drawing.id, "1.0", door.now)
    door.store.write(settlement.claim, TEAM, generation.id, "test", door.now, door.now)
    door.store.settle(TEAM, generation.id, Blocked("moderation", "input"), moment(door.now))
    shown = door.shown(door.store.read(rows.generation, TEAM, generation.id))
    slack.press(shown, action, generation.id, BEN)
    assert told(door, BEN) == CLOSED
    assert door.audits() == []


OLD_BUTTON = {"type": "button", "action_id": "sample.keep", "block_id": "b1", "action_ts": "1.0"}


def test_R17_a_button_an_older_version_made_is_not_open(door: House, slack: FarEnd) -> None:
    message = door.shown(door.drawn())

    def is_not_open(pressed: dict[str, object]) -> None:
        body = slack.press(message, "sample.keep", "0000000000", BEN).sent.payload
        door.wait_for_words()
        since = Since(door)
        assert slack.deliver("interactive", {**body, "actions": [pressed]}).status == 200
        assert since.told(BEN) == [CLOSED]

    cells.hold([OLD_BUTTON, {**OLD_BUTTON, "value": None}, {**OLD_BUTTON, "value": {"id": 5}}], is_not_open)


def test_a_button_nobody_knows_any_more_is_acknowledged_quietly(door: House, slack: FarEnd) -> None:
    reply = slack.press(door.shown(door.drawn()), "sample.frame", "x", BEN)
    assert (reply.status, reply.body) == (200, b"")
    assert slack.ephemerals() == []


def test_people_of_another_workspace_can_press_nothing(door: House, slack: FarEnd) -> None:
    generation = door.drawn()
    message = door.shown(generation)

    def is_refused(action: str) -> None:
        since = Since(door)
        slack.press(message, action, user=OUTSIDER)
        assert since.told(OUTSIDER) == ["Only people of this workspace can use imagelane here; nothing was changed."]
        assert tally(door, generation.id) == Tally()

    cells.hold([*ACTIONS, "sample.more"], is_refused)


# Retry


def test_retry_opens_the_prompt_and_draws_it_again_once(door: House, slack: FarEnd) -> None:
    generation = door.drawn(prompt="a red kite")
    slack.press(door.shown(generation), "sample.retry", user=BEN)
    reply = slack.submit(door.window(BEN), {"prompt": "a blue kite"})
    assert (reply.status, reply.problems, slack.modal(BEN)) == (200, (), None)
    placed = [job for job in door.jobs if job.kind == "place"]
    drawing = door.store.read(rows.drawing, *placed[0].arguments)
    assert (drawing.prompt, drawing.parent_id, drawing.person_id) == ("a blue kite", generation.id, BEN)
    assert (drawing.channel_id, drawing.generations[0].spec) == (STUDIO, generation.spec)
    (vote,) = door.store.read(votes.standing, TEAM, generation.id)
    assert (vote.person_id, vote.verdict, vote.reason) == (BEN, "reject", "retried")


def test_R16_a_retry_window_sent_20_times_is_one_drawing(either_door: House) -> None:
    slack = either_door.far_end
    slack.press(either_door.shown(either_door.drawn()), "sample.retry", user=BEN)
    view = either_door.window(BEN)
    at_once(lambda: slack.submit(view, user=BEN), 20)
    assert len([job for job in either_door.jobs if job.kind == "place"]) == 1


def test_R16_retry_double_clicked_and_both_windows_sent_is_two_drawings(door: House, slack: FarEnd) -> None:
    message = door.shown(door.drawn())
    views = []
    for _ in range(2):
        slack.press(message, "sample.retry", user=BEN)
        views.append(door.window(BEN))
    for view in views:
        slack.submit(view)
    assert len([job for job in door.jobs if job.kind == "place"]) == 2


def test_R16_two_people_who_both_retry_ask_for_two_each_on_their_own_rate(quick_store: Ledger) -> None:
    with house(quick_store, per_minute=1) as door:
        message = door.shown(door.drawn(CHI))
        for person, expected in ((ANA, True), (BEN, True), (BEN, False)):
            door.far_end.press(message, "sample.retry", user=person)
            reply = door.far_end.submit(door.window(person))
            assert (reply.view is None) is expected
        assert reply.view is not None
        assert reply.view.errors == {"prompt": "Slow down: next one in 60 s."}
        assert len([job for job in door.jobs if job.kind == "place"]) == 2


@pytest.mark.parametrize(
    ("prompt", "said"),
    [(" \u200b ", "Say what to draw"), ("a\x00b", "The prompt has a character I cannot use (position 2).")],
)
def test_R66_a_prompt_that_can_t_be_one_is_refused_in_the_window(
    door: House, slack: FarEnd, prompt: str, said: str
) -> None:
    slack.press(door.shown(door.drawn()), "sample.retry", user=BEN)
    reply = slack.submit(door.window(BEN), {"prompt": prompt})
    assert reply.view is not None
    assert said in reply.view.errors["prompt"]
    assert [job.kind for job in door.jobs] == []


def test_a_prompt_too_long_for_a_window_is_drawn_again_unchanged(door: House, slack: FarEnd) -> None:
    generation = door.drawn(prompt="kite " * 1000)
    slack.press(door.shown(generation), "sample.retry", user=BEN)
    slack.submit(door.window(BEN))
    drawing = door.store.read(rows.drawing, *next(job for job in door.jobs if job.kind == "place").arguments)
    assert drawing.prompt == "kite " * 1000


def test_a_refusal_in_a_window_whose_prompt_is_too_long_for_a_field_stands_on_top(quick_store: Ledger) -> None:
    with house(quick_store) as door:
        generation = door.drawn(prompt="kite " * 1000)
        door.far_end.press(door.shown(generation), "sample.retry", user=BEN)
        door.limit_nanousd = 0
        reply = door.far_end.submit(door.window(BEN))
        assert reply.problems == ()
        assert "Not drawn:" in str(door.window(BEN).payload["blocks"][0])


def test_a_picture_under_way_can_t_be_retried_yet(door: House, slack: FarEnd) -> None:
    message = door.shown(door.drawn())
    slack.command("try a red kite")
    waiting = door.store.read(rows.drawing, *door.jobs.pop().arguments).generations[0]
    assert waiting.state is PictureState.RESERVED
    slack.press(message, "sample.retry", waiting.id, BEN)
    assert told(door, BEN) == CLOSED


def test_a_window_slack_does_not_open_is_said(door: House, slack: FarEnd) -> None:
    slack.fail("views.open", faults.refused("expired_trigger_id"))
    slack.press(door.shown(door.drawn()), "sample.retry", user=BEN)
    assert told(door, BEN) == "Slack did not open the window in time. Press again."


# More


def test_details_show_what_is_known(door: House, slack: FarEnd) -> None:
    generation = door.drawn()
    slack.press(door.shown(generation), "sample.more", user=BEN)
    told = json.dumps(door.window(BEN).payload)
    assert generation.id in told
    assert "Budget $50.00: $49.98 left this month" in told


@pytest.mark.parametrize(("person", "is_told"), [(ANA, True), (BEN, False)])
def test_B2_what_is_left_of_one_s_own_budget_is_told_to_that_person_alone(
    door: House, slack: FarEnd, person: str, is_told: bool
) -> None:
    generation = door.drawn(ANA)
    BudgetRows(door.store.engine).change(
        TEAM, Scope("person", ANA), (60_000_000, "week"), 0, CHI, door.now, door.limits(door.now)
    )
    slack.press(door.shown(generation), "sample.more", user=person)
    assert ("of your own budget" in json.dumps(door.window(person).payload)) is is_told


def test_a_choice_of_a_message_of_an_older_version_opens_the_same_windows(door: House, slack: FarEnd) -> None:
    generation = door.drawn()
    body = slack.press(door.shown(generation), "sample.more", user=CHI).sent.payload
    for what, title in (("details", "This picture"), ("report", "Report a picture")):
        chosen = {
            "type": "overflow",
            "action_id": "sample.more",
            "selected_option": {"value": f"{what}:{generation.id}"},
        }
        trigger = slack.desk.new_trigger(BEN)
        person = {**body["user"], "id": BEN}
        slack.deliver("interactive", {**body, "user": person, "trigger_id": trigger, "actions": [chosen]})
        assert door.window(BEN).payload["title"]["text"] == title


def test_a_report_is_kept_and_told_to_the_people_who_look_after_it(door: House, slack: FarEnd) -> None:
    generation = door.drawn()
    slack.press(door.shown(generation), "sample.more", user=BEN)
    slack.press(door.window(BEN), "sample.report")
    slack.submit(door.window(BEN), {"note": "this is <!channel> not ours\x00"})
    door.wait_for_words()
    (row,) = door.audits()
    assert (row.what, row.person_id) == ("report", BEN)
    assert json.loads(row.detail) == {"generation": generation.id, "note": "this is <!channel> not ours\ufffd"}
    assert door.told == [f"Picture {generation.id} was reported: this is <!channel> not ours\ufffd"]
    assert tally(door, generation.id) == Tally()


# Saying something after the ack


@pytest.mark.parametrize("error", ["expired_url", "used_url"])
def test_R19_when_the_response_url_is_used_up_the_person_is_told_without_it(
    door: House, slack: FarEnd, error: str
) -> None:
    slack.fail("response_url", faults.Fault(status=404, error=error))
    slack.press(door.shown(door.drawn()), "sample.keep", "0000000000", BEN)
    door.wait_for_words()
    (said,) = slack.ephemerals(BEN, STUDIO)
    assert (said.text, said.by) == (CLOSED, "chat.postEphemeral")


def test_R74_a_response_url_elsewhere_is_not_followed(door: House, slack: FarEnd) -> None:
    body = slack.press(door.shown(door.drawn()), "sample.keep", "0000000000", BEN).sent.payload
    told(door, BEN)
    slack.deliver("interactive", {**body, "response_url": "https://hooks.slack.com.evil.example/actions/T/1/x"})
    door.wait_for_words()
    assert [said.by for said in slack.ephemerals(BEN)] == ["response_url", "chat.postEphemeral"]


def test_when_nothing_can_be_said_nothing_breaks(door: House, slack: FarEnd, caplog: pytest.LogCaptureFixture) -> None:
    slack.fail("response_url", faults.Fault(status=404, error="expired_url"))
    slack.fail("chat.postEphemeral", faults.refused("user_not_in_channel"))
    assert slack.press(door.shown(door.drawn()), "sample.keep", "0000000000", BEN).status == 200
    door.wait_for_words()
    assert "an answer could not be said: user_not_in_channel" in caplog.text


def test_a_listener_that_breaks_is_explained_and_acknowledged_once(
    door: House, slack: FarEnd, caplog: pytest.LogCaptureFixture
) -> None:
    generation = door.drawn(prompt="a canary kite")
    message: PostedMessage = door.shown(generation)
    with door.store.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE votes RENAME TO gone")
    assert slack.press(message, "sample.keep", user=BEN).status == 200
    assert told(door, BEN) == "Something broke on our side. Nothing was changed."
    assert "OperationalError" in caplog.text
    assert generation.id not in caplog.text
    assert "canary" not in caplog.text


# The button under the news of a pause


def test_an_admin_ends_a_pause(door: House, slack: FarEnd) -> None:
    message = door.shown(door.drawn())
    door.store.write(pauses.pause, "*", door.now.replace(hour=23), "Paused.", door.now)
    slack.press(message, "pause.lift", "*", ANA)
    assert "The pause is over" in told(door, ANA)
    assert door.store.read(pauses.in_force, door.now) == ()


@pytest.mark.parametrize(
    ("person", "scope", "said"),
    [(BEN, "*", "Only the people listed"), (ANA, "all", "no longer open"), (ANA, "", "no longer open")],
)
def test_nobody_else_and_nothing_else(door: House, slack: FarEnd, person: str, scope: str, said: str) -> None:
    message = door.shown(door.drawn())
    door.store.write(pauses.pause, "*", door.now.replace(hour=23), "Paused.", door.now)
    slack.press(message, "pause.lift", scope, person)
    assert said in told(door, person)
    assert len(door.store.read(pauses.in_force, door.now)) == 1
