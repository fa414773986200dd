"""The clock of the local Slack: who waits for a move, what moves with it, and what keeps real time."""

import json
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
from slack_sdk import WebClient

from bot.playground.clock import FARTHEST_SECONDS, SharedClock
from bot.playground.far_end import FarEnd
from bot.playground.loopback import Request
from bot.playground.people import ANA, STUDIO
from tests.kit.playground_made import section

NOW = 1_795_348_800.0  # 2026-11-22 12:00 UTC
WEEK = 7 * 86_400


@pytest.fixture
def slack() -> Iterator[FarEnd]:
    with FarEnd(now=lambda: NOW) as server:
        yield server


def told(slack: FarEnd, query: str = "") -> int:
    with urllib.request.urlopen(slack.clock_url + query, timeout=10) as answer:
        assert parsedate_to_datetime(answer.headers["Date"]).timestamp() == NOW
        return int(json.load(answer)["offset_seconds"])


def said(clock: SharedClock, known: int) -> Any:
    return json.loads(clock.answer(Request("GET", f"/clock?known={known}", {}, b"")).body)


class Waiter:
    """Somebody who asks and knows the time already; `answers` holds what was said to them."""

    def __init__(self, slack: FarEnd, known: int) -> None:
        self.answers: list[int] = []
        self._thread = threading.Thread(target=lambda: self.answers.append(told(slack, f"?known={known}")))
        self._thread.start()

    def answered(self) -> list[int]:
        self._thread.join(10)
        return self.answers


def test_who_does_not_know_the_offset_is_told_at_once(slack: FarEnd) -> None:
    slack.move_clock(WEEK)
    assert slack.offset_seconds == WEEK
    assert [told(slack, query) for query in ("", "?known=0", "?known=-3600")] == [WEEK] * 3


def test_who_knows_it_waits_for_the_next_move(slack: FarEnd) -> None:
    waiters = [Waiter(slack, known=0) for _ in range(3)]
    slack.move_clock(0)
    assert not any(waiter.answers for waiter in waiters)
    slack.move_clock(-WEEK)
    assert [waiter.answered() for waiter in waiters] == [[-WEEK]] * 3


def test_who_waits_is_told_the_same_again_after_a_while() -> None:
    assert said(SharedClock(time.time, poll_seconds=0.01), known=0) == {"offset_seconds": 0}


def test_who_waits_is_let_go_when_it_ends() -> None:
    clock = SharedClock(time.time)
    clock.stop()
    assert said(clock, known=0) == {"offset_seconds": 0}


def test_a_known_that_is_no_number_is_refused(slack: FarEnd) -> None:
    with pytest.raises(urllib.error.HTTPError, match="400"):
        told(slack, "?known=a+week")


def test_a_clock_goes_ten_years_and_no_farther(slack: FarEnd) -> None:
    for seconds in (FARTHEST_SECONDS, -FARTHEST_SECONDS):
        slack.move_clock(seconds)
        with pytest.raises(ValueError, match="ten years"):
            slack.move_clock(seconds * 2)
        assert slack.offset_seconds == seconds


def test_what_people_see_moves_and_wakes_who_watches(slack: FarEnd) -> None:
    before = slack.workspace.version
    slack.move_clock(WEEK)
    assert slack.workspace.version > before
    assert float(slack.say("hi").ts) == NOW + WEEK
    slack.bot_url = "http://127.0.0.1:9"  # nobody answers there
    assert slack.mention("models").sent.payload["event_time"] == NOW + WEEK


def test_a_ts_still_rises_when_the_clock_goes_back(slack: FarEnd) -> None:
    said = []
    for seconds in (0, WEEK, 0, -WEEK, WEEK):
        slack.move_clock(seconds)
        said.append(slack.say("hi").ts)
    assert said == sorted(set(said), key=float)


def test_signatures_and_tickets_keep_real_time(slack: FarEnd) -> None:
    trigger, reply_url = slack.desk.new_trigger(ANA), slack.desk.new_reply_url("commands", STUDIO, ANA)
    slack.move_clock(WEEK)
    assert slack.signed.prepared("events_api", {}).headers["X-Slack-Request-Timestamp"] == str(int(NOW))
    assert slack.desk.exchange(trigger) == ANA
    body = json.dumps({"text": "late"}).encode()
    asked = urllib.request.Request(reply_url, body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(asked, timeout=10) as answer:
        assert answer.status == 200


def ids(slack: FarEnd) -> set[str]:
    client = WebClient(token=slack.bot_token, base_url=slack.base_url)
    file = client.files_getUploadURLExternal(filename="kite.png", length=8)["file_id"]
    view: dict[str, Any] = {"type": "home", "blocks": [section()]}
    home = client.views_publish(user_id=ANA, view=view)["view"]["id"]
    slack.bot_url = "http://127.0.0.1:9"
    return {str(file), str(home), slack.mention("models").sent.payload["event_id"]}


def test_two_runs_that_begin_their_numbers_apart_share_no_id() -> None:
    with FarEnd() as first, FarEnd(first_number=1_000) as second:
        assert len(ids(first) | ids(second)) == 6
    with FarEnd(first_number=1_000) as third:
        assert third.workspace.number() == 1_000
