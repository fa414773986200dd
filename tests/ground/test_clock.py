"""What time the bot takes for now: which clocks it may be shown, how it follows one, and when it gives up."""

import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest

from bot import settings as environment
from bot.clock import FARTHEST_SECONDS, Clock
from bot.errors import BadSettings
from bot.playground.far_end import FarEnd
from bot.playground.loopback import LOST, Answer, Loopback, Request, as_json
from tests.kit import cells
from tests.kit.processes import Bot, free_port
from tests.kit.waiting import until
from tests.processes.test_starting import refused

SLACK = "http://127.0.0.1:4000/api/"
CLOCK = "http://127.0.0.1:4000/clock"
WEEK = 7 * 86_400
AN_ADDRESS = "IMAGELANE_CLOCK_URL: it must be an http address of this machine such as http://127.0.0.1:3001/clock."
BESIDE = "IMAGELANE_CLOCK_URL moves the bot's clock: only beside a SLACK_API_URL on this machine."


@pytest.fixture
def slack() -> Iterator[FarEnd]:
    with FarEnd() as server:
        yield server


def ahead(piece: Clock) -> float:
    """Seconds, to about one."""
    return round((piece.now() - Clock().real()).total_seconds())


# Which clock


def read(monkeypatch: pytest.MonkeyPatch, clock: str, slack_url: str | None) -> environment.Settings:
    monkeypatch.setenv("IMAGELANE_CLOCK_URL", clock)
    if slack_url is None:
        monkeypatch.delenv("SLACK_API_URL", raising=False)
    else:
        monkeypatch.setenv("SLACK_API_URL", slack_url)
    return environment.read()


CLOCKS = [CLOCK, "http://localhost:4000/clock", "http://[::1]:4000/some/clock.json"]
SLACKS = [SLACK, "http://localhost:1/api", "https://127.0.0.1/api/"]


def test_a_clock_of_this_machine_beside_a_slack_of_this_machine_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    def is_taken(clock: str, slack_url: str) -> None:
        assert read(monkeypatch, clock, slack_url).imagelane_clock_url == clock

    cells.hold(product(CLOCKS, SLACKS), is_taken)


OTHER_CLOCKS = [
    "https://127.0.0.1:4000/clock",
    "http://clock.example.com:4000/clock",
    "http://127.0.0.1.example.com:4000/clock",
    "http://127.0.0.1:4000@clock.example.com:80/clock",
    "http://10.0.0.1:4000/clock",
    "http://0.0.0.0:4000/clock",
    "http://127.0.0.1/clock",
    "http://127.0.0.1:4000",
    "http://127.0.0.1:4000/clock?known=1",
    "http://127.0.0.1:4000/clock#now",
    "http://127.0.0.1:4000/clo ck",
    "http://127.0.0.1:4000/clock\n",
    "127.0.0.1:4000/clock",
    "file:///etc/passwd",
]


def test_any_other_clock_is_refused_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def is_refused(clock: str) -> None:
        with pytest.raises(BadSettings) as caught:
            read(monkeypatch, clock, SLACK)
        assert caught.value.sentence == AN_ADDRESS

    cells.hold(OTHER_CLOCKS, is_refused)


def test_a_clock_beside_any_other_slack_is_refused_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def is_refused(slack_url: str | None) -> None:
        with pytest.raises(BadSettings) as caught:
            read(monkeypatch, CLOCK, slack_url)
        assert caught.value.sentence == BESIDE

    cells.hold([None, "https://slack.com/api/", "https://127.0.0.1.example.com/api/"], is_refused)


@pytest.mark.parametrize("process", ["serve", "web", "worker", "clock"])
def test_a_process_refuses_a_clock_that_may_be_real(slack: FarEnd, tmp_path: Path, process: str) -> None:
    bot = Bot(slack, None, "", tmp_path)
    real_slack = {"SLACK_API_URL": "https://slack.com/api/"}
    assert refused(bot, process, 2, IMAGELANE_CLOCK_URL=CLOCK, **real_slack) == BESIDE


# Its first look


def test_now_is_real_time_and_the_offset() -> None:
    said = [0]

    def is_ahead_by(offset: int) -> None:
        said[:] = [offset]
        piece = Clock(f"{server.url}/clock")
        assert ahead(piece) == 0
        piece.set()
        assert ahead(piece) == offset

    with Loopback(lambda _: as_json({"offset_seconds": said[0]}), time.time) as server:
        cells.hold([0, 3600, -3600, WEEK, FARTHEST_SECONDS, -FARTHEST_SECONDS], is_ahead_by)


def test_without_an_address_it_is_real_time_and_nothing_is_followed() -> None:
    piece = Clock(None)
    piece.set()
    piece.follow(pytest.fail, pytest.fail)
    assert ahead(piece) == 0


NO_CLOCKS = [
    as_json({"offset_seconds": FARTHEST_SECONDS + 1}),
    as_json({"offset_seconds": 1.5}),
    as_json({"offset_seconds": "3600"}),
    as_json({"offset_seconds": True}),
    as_json({"offset_seconds": None}),
    as_json({}),
    as_json([3600]),
    as_json({"offset_seconds": 3600}, status=500),
    Answer(200, b"in an hour"),
    Answer(200, b'{"offset_seconds": 36' + b"0" * 2_000 + b"}"),
    LOST,
]


def test_what_is_no_clock_is_refused() -> None:
    said: list[Answer] = []

    def is_refused(answer: Answer) -> None:
        said[:] = [answer]
        piece = Clock(f"{server.url}/clock")
        with pytest.raises(BadSettings) as caught:
            piece.set()
        assert caught.value.sentence == f"IMAGELANE_CLOCK_URL: nothing at {server.url}/clock tells the time."
        assert ahead(piece) == 0

    with Loopback(lambda _: said[0], time.time) as server:
        cells.hold(NO_CLOCKS, is_refused)


def test_a_redirect_is_not_followed() -> None:
    asked: list[Request] = []

    def elsewhere(request: Request) -> Answer:
        asked.append(request)
        return as_json({"offset_seconds": WEEK})

    with Loopback(elsewhere, time.time) as other:
        moved = as_json({"offset_seconds": WEEK}, 302, {"Location": f"{other.url}/clock"})
        with Loopback(lambda _: moved, time.time) as server, pytest.raises(BadSettings):
            Clock(f"{server.url}/clock").set()
    assert asked == []


@pytest.mark.parametrize("port", [None, 70_000])
def test_a_process_whose_clock_is_not_there_ends_before_it_made_anything(
    slack: FarEnd, tmp_path: Path, port: int | None
) -> None:
    bot = Bot(slack, None, "", tmp_path)
    url = f"http://127.0.0.1:{port or free_port()}/clock"
    said = refused(bot, "serve", 2, IMAGELANE_CLOCK_URL=url)
    assert said == f"IMAGELANE_CLOCK_URL: nothing at {url} tells the time."


# Following


class Followed:
    """A timepiece on its thread; `moves` holds how far it stood ahead after each move."""

    def __init__(self, url: str) -> None:
        self.piece = Clock(url)
        self.moves: list[float] = []
        self.gone = 0
        self.thread = threading.Thread(target=self.piece.follow, args=(self._moved, self._gone))
        self.thread.start()

    def _moved(self) -> None:
        self.moves.append(ahead(self.piece))

    def _gone(self) -> None:
        self.gone += 1


def test_each_move_is_told_once_and_the_end_once(slack: FarEnd) -> None:
    followed = Followed(slack.clock_url)
    for number, offset in enumerate((WEEK, 0, -3600), start=1):
        slack.move_clock(offset)
        until(lambda number=number: len(followed.moves) == number)  # type: ignore[misc]
    assert followed.gone == 0
    slack.stop()
    followed.thread.join(10)
    assert (followed.moves, followed.gone) == ([WEEK, 0, -3600], 1)


def answering(*answers: Answer) -> Callable[[Request], Answer]:
    """One after the other; afterwards nothing."""
    left = iter(answers)
    return lambda _: next(left, LOST)


def test_an_answer_that_got_lost_is_asked_for_again() -> None:
    hour = as_json({"offset_seconds": 3600})
    with Loopback(answering(LOST, hour, hour, LOST, as_json({"offset_seconds": 0})), time.time) as server:
        followed = Followed(f"{server.url}/clock")
        followed.thread.join(10)
    assert (followed.moves, followed.gone) == ([3600, 0], 1)


def test_the_end_of_a_clock_leaves_the_time_as_it_was_last_told() -> None:
    with Loopback(answering(as_json({"offset_seconds": WEEK})), time.time) as server:
        followed = Followed(f"{server.url}/clock")
        followed.thread.join(10)
    assert timedelta(seconds=ahead(followed.piece)) == timedelta(weeks=1)
