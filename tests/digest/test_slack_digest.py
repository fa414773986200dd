"""`digest` in Slack: shown to who asks, posted by a job, set and ended for a channel."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.bench import rows_read
from bot.digest.rows import DigestRows
from bot.digest.rows_watch import WatchPlace, WatchRows
from bot.digest.schedule import Schedule
from bot.digest.slack import OUTSIDE, TOO_LATE
from bot.playground import faults
from bot.playground.far_end import FarEnd
from bot.playground.people import ANA, BEN, PRIVATE, SHARED, STUDIO, TEAM
from bot.playground.workspace import PostedMessage
from bot.slack.message import Message, unmarked
from tests.kit import cells, looks, views_made
from tests.kit.records import put, record
from tests.kit.since import Since
from tests.kit.slack_door import House

LAST_WEEK = timedelta(days=8)  # DAY is Sunday of 2026-W47: the last closed week is 2026-W46


def asked(slack: FarEnd, text: str, user: str = ANA, channel: str = STUDIO) -> PostedMessage:
    shown = slack.command(text, user, channel).shown
    assert shown is not None
    return shown


def spent(door: House, **more: Any) -> None:
    put(door.store, record(team_id=TEAM, occurred_at=door.now - LAST_WEEK, images=40, kept=30, rejected=10, **more))


def jobs(door: House, kind: str) -> list[tuple[str, ...]]:
    return [job.arguments for job in door.jobs if job.kind == kind]


def test_a_preview_is_seen_by_who_asked_with_real_data_and_its_chart_follows(either_door: House) -> None:
    spent(either_door)
    shown = asked(either_door.far_end, "digest")
    assert shown.only_for == ANA
    assert shown.text.startswith("Last week: $0.04, nothing the week before. Kept 30 of 40 at $0.00133 each.")
    assert "budget 30 of 40 (60% to 86% by luck)" in shown.text
    assert "Only you see this. None is posted here." in shown.text
    assert jobs(either_door, "chart") == [(TEAM, STUDIO, "2026-W46", ANA)]
    assert either_door.far_end.messages() == []


def test_a_preview_is_of_the_week_and_the_day_that_are_named(door: House, slack: FarEnd) -> None:
    spent(door)
    quiet = asked(slack, "digest preview --week 2026-W44").text
    assert quiet.startswith("26 Oct to 1 Nov: a quiet week, nothing is recorded.")
    assert jobs(door, "chart") == []
    assert "Last week: a quiet week" in asked(slack, "digest --on 2026-11-15").text
    assert "Last week: $0.04" in asked(slack, "digest --on 2026-11-16").text
    assert "begins on 2026-11-23" in asked(slack, "digest --week 2026-W48").text


def test_a_post_is_a_job_that_knows_who_asked_and_no_click_is_two(door: House, slack: FarEnd) -> None:
    spent(door)
    reply = slack.command("digest post --week 2026-W45", BEN)
    assert "The digest of 2-8 Nov comes here in a moment" in reply.text
    slack.again(reply)
    ((team_id, channel_id, week, request, person),) = jobs(door, "digest")
    assert (team_id, channel_id, week, person) == (TEAM, STUDIO, "2026-W45", BEN)
    assert request
    assert "begins on 2026-11-23: there is nothing to tell yet" in asked(slack, "digest post --week 2026-W48").text


def test_a_mention_is_answered_to_who_asked_only(door: House, slack: FarEnd) -> None:
    spent(door)
    slack.mention("digest preview", STUDIO, user=BEN)
    slack.mention("digest post", STUDIO, user=BEN)
    assert door.run("answer") == 2
    assert slack.messages(STUDIO) == []
    assert "$0.04" in slack.ephemerals(BEN)[0].text
    assert [arguments[2] for arguments in jobs(door, "digest")] == ["2026-W46"]


def test_a_schedule_is_set_for_this_channel_and_says_what_was_not_named(door: House, slack: FarEnd) -> None:
    shown = asked(slack, "digest on")
    assert shown.text.startswith("The digest comes to #sample-studio each Monday at 09:00. Next on Mon 23 Nov, by the")
    assert "By default Monday, 09:00, the workspace's time zone, this channel." in shown.text
    assert DigestRows(door.store.engine).schedules() == (Schedule(TEAM, STUDIO, 0, 9, 0, "UTC", ANA, door.now),)
    assert "The next comes here on 23 Nov." in asked(slack, "digest").text
    assert [(row.what, row.person_id) for row in door.audits()] == [("digest.on", ANA)]


def test_a_schedule_is_set_for_another_channel_zone_and_time(door: House, slack: FarEnd) -> None:
    shown = asked(slack, "digest on thu 16:30 America/New_York in #sample-general", BEN)
    assert "each Thursday at 16:30. Next on Thu 26 Nov, by the clocks of America/New_York." in shown.text
    assert "By default" not in shown.text
    (schedule,) = DigestRows(door.store.engine).schedules()
    assert (schedule.channel_id, schedule.weekday, schedule.set_by) == ("C0SAMPLEGEN", 3, BEN)
    assert ZoneInfo(schedule.zone).key == "America/New_York"


def test_a_schedule_of_a_direct_conversation_needs_no_invitation_and_says_where_it_comes(
    door: House, slack: FarEnd
) -> None:
    slack.direct("digest on mon 09:00")
    door.run("answer")
    (schedule,) = DigestRows(door.store.engine).schedules()
    (shown,) = slack.messages(schedule.channel_id)
    assert shown.text.startswith("The digest comes here each Monday at 09:00. Next on Mon 23 Nov")
    assert "/invite" not in shown.text
    assert "this channel" not in shown.text
    slack.direct("digest off")
    door.run("answer")
    assert slack.messages(schedule.channel_id)[-1].text == "No digest comes any more in a direct message."


def test_a_schedule_is_ended_once(door: House, slack: FarEnd) -> None:
    asked(slack, "digest on in #sample-general")
    assert "There was none to end in #sample-studio." in asked(slack, "digest off").text
    assert "No digest comes any more in #sample-general." in asked(slack, "digest off in #sample-general").text
    assert "There was none to end" in asked(slack, "digest off in #sample-general").text
    assert DigestRows(door.store.engine).schedules() == ()


def test_R76_no_schedule_is_set_where_another_workspace_reads_or_may(door: House, slack: FarEnd) -> None:
    def is_refused(channel: str) -> None:
        if channel != SHARED:
            slack.fail("conversations.info", faults.refused("channel_not_found"))
        assert asked(slack, "digest on mon 09:00", ANA, channel).text == unmarked(OUTSIDE).replace("&", "&amp;")
        assert DigestRows(door.store.engine).schedules() == ()

    cells.hold([SHARED, PRIVATE, STUDIO], is_refused)


def with_a_move(door: House) -> None:
    spent(door, lane="legacy", model="gpt-image-2", quality="high")
    spent(door, lane="budget", model="gpt-image-2.5-flare", quality="high")


def test_all_that_is_known_opens_in_a_window_for_who_presses(door: House, slack: FarEnd) -> None:
    with_a_move(door)
    asked(slack, "digest on mon 09:00")
    shown = asked(slack, "digest preview")
    assert "One thing to try: legacy's work on budget, about" in shown.text
    slack.press(shown, "digest.why:1", user=BEN)
    door.wait_for_words()
    window = slack.modal(BEN)
    assert window is not None
    looks.window(window.payload)
    told = views_made.said(window.payload["blocks"])
    assert "gpt-image-2 high: 40 pictures in four weeks, 30 of 40 kept, $0.211 each by today's prices." in told
    assert "It is posted here each Monday 09:00 (UTC), next on Mon 23 Nov 2026." in told


def test_a_button_of_an_older_post_opens_the_window_too(door: House, slack: FarEnd) -> None:
    with_a_move(door)
    shown = asked(slack, "digest preview")
    slack.press(shown, "digest.why", "digest preview --week 2026-W46")
    door.wait_for_words()
    assert slack.modal(ANA) is not None


def test_a_window_slack_will_not_open_is_told(door: House, slack: FarEnd) -> None:
    with_a_move(door)
    shown, since = asked(slack, "digest preview"), Since(door)
    slack.fail("views.open", faults.refused("expired_trigger_id"))
    slack.press(shown, "digest.why:1")
    assert since.told(ANA) == [TOO_LATE]


def test_a_blind_test_of_what_to_try_is_quoted_to_each_who_presses(door: House, slack: FarEnd) -> None:
    with_a_move(door)
    shown = asked(slack, "digest preview")
    ((_, button),) = shown.elements("command.run")
    assert button["text"]["text"] == "Blind test: $5.27"
    assert button["style"] == "primary"
    for person in (ANA, BEN, ANA):
        slack.press(shown, "command.run", user=person)
        door.wait_for_words()
    benches = door.store.read(rows_read.listed, TEAM, 9)
    assert sorted(bench.by for bench in benches) == [ANA, BEN]
    assert {entrant.spec.model for entrant in benches[0].plan.entrants} == {"gpt-image-2", "gpt-image-2.5-flare"}
    assert slack.messages() == []


def test_a_forged_button_asks_for_nothing_else(door: House, slack: FarEnd) -> None:
    with_a_move(door)
    shown = asked(slack, "digest preview")

    def is_told_nothing(forged: str) -> None:
        since = Since(door)
        slack.press(shown, "digest.why", forged)
        (said,) = since.told(ANA)
        assert "$" not in said

    cells.hold(["spend today", "digest off", "nonsense", "digest preview --week 2026-W60"], is_told_nothing)


def test_the_watch_is_chosen_for_a_channel_and_ended_whoever_reads_there(door: House, slack: FarEnd) -> None:
    watches = WatchRows(door.store.engine)
    shown = asked(slack, "digest watch on")
    looks.holds(Message(shown.text, list(shown.blocks)))
    assert shown.text.startswith("When a model you use ends, it is told in #sample-studio. 90, 30, 7 and 1 days ahead")
    assert watches.places() == {TEAM: WatchPlace(STUDIO, ANA, chosen=True)}
    assert asked(slack, "digest watch on", BEN, SHARED).text.startswith("When a model you use ends, it is told in")
    assert watches.places() == {TEAM: WatchPlace(SHARED, BEN, chosen=True)}
    asked(slack, "digest on")
    shown = asked(slack, "digest watch off")
    assert shown.text == "When a model you use ends, no post says so any more."
    assert watches.places() == {}
    assert [row.what for row in door.audits()] == ["watch.on", "watch.on", "digest.on", "watch.off"]


def test_the_window_behind_a_digest_says_where_ends_are_told(door: House, slack: FarEnd) -> None:
    spent(door)
    for words, line in (
        ("digest preview", "That a model ends is told nowhere"),
        ("digest watch on in #sample-general", "That a model ends is told ahead in #sample-general;"),
    ):
        asked(slack, words)
        shown = asked(slack, "digest preview")
        slack.press(shown, next(one["action_id"] for _, one in shown.elements("digest.why")))
        door.wait_for_words()
        modal = slack.modal(ANA)
        assert modal is not None
        assert line in views_made.said(modal.payload["blocks"])
