"""`digest` in Slack: shown to who asks, posted by a job, set and ended for a channel."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.digest.rows import DigestRows
from bot.digest.schedule import Schedule
from bot.digest.slack import OUTSIDE
from bot.playground import faults
from bot.playground.far_end import FarEnd
from bot.playground.people import ANA, BEN, PRIVATE, SHARED, STUDIO, TEAM
from bot.playground.workspace import PostedMessage
from bot.slack.message import unmarked
from tests.kit import cells
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
    assert "Week 2026-W46 (2026-11-09 to 2026-11-15, UTC): $0.04" in shown.text
    assert "budget kept 30 of 40 (60% to 86%)" in shown.text
    assert "No digest is posted here: /imagelane digest on mon 09:00 switches it on." in shown.text
    assert jobs(either_door, "chart") == [(TEAM, STUDIO, "2026-W46", ANA)]
    assert either_door.far_end.messages() == []


def test_a_preview_is_of_the_week_and_the_day_that_are_named(door: House, slack: FarEnd) -> None:
    spent(door)
    assert "A quiet week" in asked(slack, "digest preview --week 2026-W44").text
    assert jobs(door, "chart") == []
    assert "2026-W45" in asked(slack, "digest --on 2026-11-15").text
    assert "2026-W46" in asked(slack, "digest --on 2026-11-16").text
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
    assert "The digest comes each Monday 09:00 (UTC) to its channel. First on 23 Nov." in shown.text
    assert "Not named, so taken: Monday, 09:00, UTC, this channel." in shown.text
    assert DigestRows(door.store.engine).schedules() == (Schedule(TEAM, STUDIO, 0, 9, 0, "UTC", ANA, door.now),)
    assert "posted here each Monday 09:00 (UTC), next on 2026-11-23." in asked(slack, "digest").text
    assert [(row.what, row.person_id) for row in door.audits()] == [("digest.on", ANA)]


def test_a_schedule_is_set_for_another_channel_zone_and_time(door: House, slack: FarEnd) -> None:
    shown = asked(slack, "digest on thu 16:30 America/New_York in #sample-general", BEN)
    assert "each Thursday 16:30 (America/New_York) to its channel. First on 26 Nov." in shown.text
    assert "Not named" not in shown.text
    (schedule,) = DigestRows(door.store.engine).schedules()
    assert (schedule.channel_id, schedule.weekday, schedule.set_by) == ("C0SAMPLEGEN", 3, BEN)
    assert ZoneInfo(schedule.zone).key == "America/New_York"


def test_a_schedule_is_ended_once(door: House, slack: FarEnd) -> None:
    asked(slack, "digest on in #sample-general")
    assert "There was no digest to end in its channel." in asked(slack, "digest off").text
    assert "No digest comes any more to its channel." in asked(slack, "digest off in #sample-general").text
    assert "There was no digest to end" in asked(slack, "digest off in #sample-general").text
    assert DigestRows(door.store.engine).schedules() == ()


def test_R76_no_schedule_is_set_where_another_workspace_reads_or_may(door: House, slack: FarEnd) -> None:
    def is_refused(channel: str) -> None:
        if channel != SHARED:
            slack.fail("conversations.info", faults.refused("channel_not_found"))
        assert asked(slack, "digest on mon 09:00", ANA, channel).text == unmarked(OUTSIDE).replace("&", "&amp;")
        assert DigestRows(door.store.engine).schedules() == ()

    cells.hold([SHARED, PRIVATE, STUDIO], is_refused)


def test_the_arithmetic_of_a_recommendation_is_shown_to_who_presses(door: House, slack: FarEnd) -> None:
    dear = {"lane": "legacy", "model": "gpt-image-2", "quality": "high"}
    spent(door, **dear)
    spent(door, lane="budget", model="gpt-image-2.5-flare", quality="high")
    shown = asked(slack, "digest preview")
    assert "Worth trying: gpt-image-2 high on gpt-image-2.5-flare high" in shown.text
    slack.press(shown, "digest.why")
    door.wait_for_words()
    told = slack.ephemerals(ANA)[-1]
    assert "gpt-image-2 high: 40 images in four weeks, 30 of 40 kept, $0.211 each by today's prices." in told.text


def test_a_forged_button_asks_for_nothing_else(door: House, slack: FarEnd) -> None:
    dear = {"lane": "legacy", "model": "gpt-image-2", "quality": "high"}
    spent(door, **dear)
    spent(door, lane="budget", model="gpt-image-2.5-flare", quality="high")
    shown = asked(slack, "digest preview")

    def is_told_nothing(forged: str) -> None:
        since = Since(door)
        slack.press(shown, "digest.why", forged)
        (said,) = since.told(ANA)
        assert "$" not in said

    cells.hold(["spend today", "digest off", "nonsense", "digest preview --week 2026-W60"], is_told_nothing)
