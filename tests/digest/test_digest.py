"""The weekly digest, posted: once, whoever asks and whatever breaks, and never where others read."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.digest.jobs import begin_due
from bot.digest.rows import DigestRows, PostPlace
from bot.digest.schedule import slot
from bot.digest.sentences import AGAIN
from bot.ledger.ledger import Ledger
from bot.periods import week_of
from bot.playground import faults
from bot.playground.faults import Fault
from bot.playground.people import ANA, BEN, SHARED, STUDIO, TEAM, UNINVITED
from bot.playground.workspace import PostedMessage
from tests.digest.test_schedules import ZONES
from tests.kit.digests_made import IN_W46, IN_W47, MONDAY, W47, Desk, desk

TEN_MINUTES = timedelta(minutes=10)


@pytest.fixture
def work(store: Ledger) -> Iterator[Desk]:
    """On each database in turn: one whole digest, and what races for its row."""
    with desk(store) as made:
        yield made


@pytest.fixture
def light(quick_store: Ledger) -> Iterator[Desk]:
    """On SQLite alone: for what is Slack's doing, or is shown of the rows in test_store_digests."""
    with desk(quick_store) as made:
        yield made


class Killed(BaseException):
    """Ends a press as SIGKILL would: nothing after it runs."""


def dies_at(point: str) -> Callable[[str], None]:
    def reached(name: str) -> None:
        if name == point:
            raise Killed

    return reached


def week_of_post(message: PostedMessage) -> str:
    (details,) = [element for _, element in message.elements("digest.why")]
    return str(details["value"]).split()[-1]


# What it says


def test_a_week_is_told_in_one_message_whose_text_alone_says_it_all(work: Desk) -> None:
    work.spent(IN_W46, cents=150)
    work.spent(IN_W47)
    work.spent(IN_W47, lane="legacy", model="gpt-image-1-mini", cents=50)
    work.schedule()
    work.sweep()
    (message,) = work.posted()
    assert message.text.startswith("Last week: $1.50, as before. Kept 16 of 20 pictures at $0.0938 each. ")
    for said in (
        "budget $1.00, down 33%, kept 8 of 10, $0.125 per kept; legacy $0.50, nothing the week before, kept 8 of 10,",
        "Coming: gpt-image-1-mini stops in 8 days; it drew 10 pictures in four weeks.",
        "Rejects cost $0.30. Budget: 0% used.",
        "Spend a day: Mon 16 $0.00, Tue 17 $0.00, Wed 18 $1.50,",
        "budget 8 of 10 (49% to 94% by luck), no clear change (was 8 of 10)",
        "legacy 8 of 10 (49% to 94% by luck), nothing to compare with.",
    ):
        assert said in message.text
    (image,) = [block for block in message.blocks if block["type"] == "image"]
    file = work.slack.workspace.files[image["slack_file"]["id"]]
    assert (file.data or b"").startswith(b"\x89PNG")
    assert "Wed 18 $1.50" in image["alt_text"] == file.alt_text


def test_a_quiet_week_says_so_and_has_no_chart(light: Desk) -> None:
    light.schedule()
    light.sweep()
    (message,) = light.posted()
    assert message.text.startswith("Last week: a quiet week, nothing is recorded.")
    assert light.slack.calls_of("files.getUploadURLExternal") == []


def test_what_came_in_late_is_told_with_the_next_digest(light: Desk) -> None:
    light.schedule()
    light.spent(IN_W46)
    light.now -= timedelta(weeks=1)
    light.sweep()
    light.spent(IN_W46, cents=320)
    light.now = MONDAY
    light.sweep()
    first, second = light.posted()
    assert "Restated" not in first.text
    assert "Restated: 9-15 Nov was $1.00, is $4.20." in second.text


def test_a_price_nobody_published_makes_the_total_at_least_and_demos_are_left_out(light: Desk) -> None:
    light.spent(IN_W47)
    light.spent(IN_W47, amount_nanousd=None, basis="unknown")
    light.schedule()
    light.sweep()
    assert "at least $1.00" in light.posted()[0].text
    assert "1 record has no known price" in light.posted()[0].text


def test_the_weeks_of_a_channel_are_cut_in_the_zone_of_its_schedule(light: Desk) -> None:
    light.spent(datetime(2026, 11, 23, 1, tzinfo=UTC))  # Sunday evening in New York
    assert light.weeks().week(TEAM, None, MONDAY, STUDIO).quiet
    light.schedule(zone="America/New_York")
    told = light.weeks().week(TEAM, None, MONDAY, STUDIO)
    assert (told.week, told.quiet) == ("2026-W47", False)


# Once


def test_R50_five_processes_that_ring_at_once_post_one_digest(work: Desk) -> None:
    work.spent(IN_W47)
    work.schedule()
    posters = [work.poster(f"worker-{number}", alive=lambda _: True) for number in range(5)]

    def rings(number: int) -> None:
        begin_due(posters[number], lambda job: posters[number].post(*map(str, job.args)))  # as if no id were unique

    with ThreadPoolExecutor(5) as five:
        list(five.map(rings, range(5)))
    assert len(work.posted()) == 1
    for number in range(5):
        rings(number)
    assert len(work.posted()) == 1


def test_R50_the_job_of_a_week_has_the_same_name_in_every_process(light: Desk) -> None:
    light.schedule()
    for number in range(5):
        begin_due(light.poster(f"worker-{number}"), light.start)
    assert list(light.jobs) == [f"digest:{TEAM}:{STUDIO}:2026-W47"]


def year(first: int) -> Any:
    return pytest.param(first, 53, marks=[pytest.mark.soak, pytest.mark.timeout(1800)])


@pytest.mark.parametrize(("first", "weeks"), [(2026, 2), *map(year, range(2026, 2036))])
def test_R50_R51_in_26_zones_five_schedulers_post_every_week_once(light: Desk, first: int, weeks: int) -> None:
    """Over 13,520 digests in ten years; every zone is a team with a channel there."""
    since = datetime(first, 10, 12, tzinfo=UTC)  # the first weeks are those around the end of summer time
    for number, zone in enumerate(ZONES):
        hour, minute = number * 11 % 24, number * 7 % 60
        light.schedule(team_id=f"T{number:02}", zone=zone, since=since, weekday=number % 7, hour=hour, minute=minute)
    schedulers = [light.poster(f"clock-{number}", alive=lambda _: True) for number in range(5)]
    rings = [since + timedelta(hours=7 * number) for number in range(24 * (weeks + 1))]
    for number, light.now in enumerate(rings):
        light.sweep(schedulers[number % 5])
    expected = [
        week.words()
        for schedule in DigestRows(light.store.engine).schedules()
        for week in (week_of(since.date() + timedelta(weeks=n)) for n in range(-3, weeks + 2))
        if since < slot(schedule, week) <= rings[-1]
    ]
    assert len(expected) >= 26 * weeks
    assert Counter(map(week_of_post, light.posted())) == Counter(expected)
    assert not [message for message in light.posted() if "Not posted" in message.text]


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=1), timedelta(days=365)])
def test_R52_a_clock_that_was_set_back_or_forward_brings_no_second_digest(light: Desk, back: timedelta) -> None:
    light.schedule()
    light.sweep()
    light.now -= back
    light.sweep()
    light.now = MONDAY + timedelta(days=1)
    light.sweep()
    assert len(light.posted()) == 1
    light.now = MONDAY + timedelta(days=7)
    light.sweep()
    assert [week_of_post(message) for message in light.posted()] == ["2026-W47", "2026-W48"]


def test_R53_after_three_weeks_away_the_last_week_is_posted_and_the_missed_ones_are_named(light: Desk) -> None:
    light.schedule()
    light.now = MONDAY - timedelta(weeks=3)
    light.sweep()
    light.now = MONDAY
    light.sweep()
    _, message = light.posted()
    assert "Not posted: 2-8 Nov; 9-15 Nov." in message.text


@pytest.mark.parametrize("point", ["digest claimed", "digest posted"])
def test_R54_a_press_that_died_on_the_way_is_followed_once_and_the_repeat_says_so(light: Desk, point: str) -> None:
    light.spent(IN_W47)
    light.schedule()
    with pytest.raises(Killed):
        light.sweep(light.poster("dead", reached=dies_at(point)))
    before = len(light.posted())
    light.now += timedelta(minutes=1)
    light.sweep(light.poster("frozen", alive=lambda owner: owner == "dead"))
    assert len(light.posted()) == before == (1 if point == "digest posted" else 0)
    light.now += TEN_MINUTES
    light.sweep(light.poster("second"))
    assert [AGAIN in message.text for message in light.posted()] == [False] * before + [True]
    light.now += TEN_MINUTES
    light.sweep(light.poster("third"))
    assert len(light.posted()) == before + 1


def test_R54_whoever_follows_and_dies_too_is_the_last(light: Desk) -> None:
    light.schedule()
    for owner in ("first", "second"):
        with pytest.raises(Killed):
            light.sweep(light.poster(owner, reached=dies_at("digest posted")))
        light.now += TEN_MINUTES
    light.sweep(light.poster("third"))
    assert [AGAIN in message.text for message in light.posted()] == [False, True]


# Slack says no, or nothing


@pytest.mark.parametrize(
    "fault", [faults.refused("no_permission"), faults.rate_limited(), faults.broken(503)], ids=["refused", "429", "503"]
)
def test_a_digest_goes_without_its_chart_where_slack_does_not_take_it(light: Desk, fault: Fault) -> None:
    light.spent(IN_W47)
    light.schedule()
    light.slack.fail("files.completeUploadExternal", fault)
    light.sweep()
    (message,) = light.posted()
    with_chart = [block for block in message.blocks if block["type"] == "image"]
    assert len(with_chart) == (fault.status == 429)  # waited out
    assert "$1.00" in message.text


def test_a_digest_whose_chart_is_never_ready_goes_without_it(light: Desk) -> None:
    light.spent(IN_W47)
    light.schedule()
    light.slack.fail("chat.postMessage", faults.refused("invalid_blocks"), times=6)
    light.sweep()
    (message,) = light.posted()
    assert [block for block in message.blocks if block["type"] == "image"] == []
    assert light.slept == [1, 2, 4, 8, 16]


@pytest.mark.parametrize("stands", [True, False])
def test_a_post_whose_answer_was_lost_is_sent_once_more_and_says_so(light: Desk, stands: bool) -> None:
    light.schedule()
    light.slack.fail("chat.postMessage", faults.lost(worked=stands))
    light.sweep()
    assert [AGAIN in message.text for message in light.posted()] == [False] * stands + [True]
    light.now += TEN_MINUTES
    light.sweep(light.poster("later"))
    assert len(light.posted()) == 1 + stands


def test_a_slack_that_limits_us_gets_the_digest_ten_minutes_later(light: Desk) -> None:
    light.schedule()
    light.slack.fail("chat.postMessage", faults.rate_limited(), times=5)
    light.sweep()
    assert light.posted() == []
    light.now += timedelta(minutes=11)
    light.sweep()
    (message,) = light.posted()
    assert AGAIN not in message.text


def test_where_it_can_not_post_who_set_it_is_told_once(light: Desk) -> None:
    light.schedule(UNINVITED, set_by=BEN)
    for _ in range(2):
        light.sweep()
        light.now += timedelta(minutes=20)
    (told,) = [message for message in light.slack.messages() if message.channel.startswith("D")]
    assert told.text.startswith("The digest of 16-22 Nov was not posted in #sample-uninvited. Not in channel.")
    assert "/imagelane digest post --week 2026-W47" in told.text


@pytest.mark.parametrize("unsure", [False, True])
def test_R76_amounts_are_never_posted_where_another_workspace_reads(light: Desk, unsure: bool) -> None:
    light.spent(IN_W47)
    light.schedule(STUDIO if unsure else SHARED)
    if unsure:
        light.slack.fail("conversations.info", faults.refused("missing_scope"))
    light.sweep()
    assert light.posted(SHARED) == light.posted(STUDIO) == []
    (told,) = light.slack.messages()
    assert "People of another workspace read there" in told.text
    assert "$" not in told.text


# Asked for once more


def test_a_digest_that_is_asked_for_comes_besides_and_says_who_asked(light: Desk) -> None:
    light.schedule()
    light.sweep()
    poster = light.poster()
    for request in ("trigger-1", "trigger-1", "trigger-2"):
        poster.post(*W47, request, BEN)
    texts = [message.text for message in light.posted()]
    assert len(texts) == 3
    assert ["Asked for by sample-ben." in str(message.blocks) for message in light.posted()] == [False, True, True]
    assert not any(AGAIN in text for text in texts)


def test_a_channel_needs_no_schedule_to_be_asked_and_an_ended_one_brings_nothing(light: Desk) -> None:
    light.poster().post(*W47, "trigger-1", BEN)
    assert len(light.posted()) == 1
    light.schedule()
    light.sweep(light.poster())
    DigestRows(light.store.engine).end(TEAM, STUDIO, ANA, light.now)
    light.now += timedelta(weeks=1)
    light.sweep()
    assert len(light.posted()) == 2
    light.poster().post(TEAM, STUDIO, "2026-W48")  # a job of before it was ended
    assert len(light.posted()) == 2


def test_a_week_that_was_posted_for_a_person_is_still_posted_by_its_schedule(light: Desk) -> None:
    light.schedule()
    light.poster().post(*W47, "trigger-1", BEN)
    light.sweep()
    assert len(light.posted()) == 2
    post = DigestRows(light.store.engine).post(PostPlace(*W47))
    assert post is not None
    assert post.state == "posted"
