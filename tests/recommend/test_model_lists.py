"""OpenAI's own list of models: read once a day, told once, never taken over."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot import wiring
from bot.digest import sentences
from bot.digest.answer import DigestWeeks
from bot.entrypoints.cli import main
from bot.entrypoints.cli.processes import sweep
from bot.ledger import holds, lane_changes, model_lists
from bot.ledger.ledger import Ledger, open_ledger
from bot.playground.far_end import FarEnd
from bot.playground.people import ANA
from bot.recommend.model_lists import diff
from bot.recommend.reader import ModelListReader, model_list_reader
from bot.settings import Settings
from tests.kit import cells
from tests.kit import far_openai_trouble as trouble
from tests.kit.far_openai import FarOpenAI
from tests.kit.lanes_made import FACTS
from tests.kit.processes import Bot, end
from tests.kit.usage_made import UTC_ZONE
from tests.kit.waiting import until
from tests.kit.wishes import LIMITS, at_once

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
MONDAY = datetime(2026, 11, 23, 0, 5, tzinfo=UTC)
TODAY = MONDAY.date()
ENDS = "OpenAI's list says gpt-image-2 ends on 2027-04-21; our facts know no end."
NEW = "gpt-image-9 is new in OpenAI's list and not in our facts."
Rows = list[dict[str, Any]]


def ending(rows: Rows, model: str = "gpt-image-2", day: str | None = "2027-04-21") -> Rows:
    return [row | {"shutdown_date": day} if row["id"] == model else row for row in rows]


def with_new(rows: Rows) -> Rows:
    return [*rows, rows[0] | {"id": "gpt-image-9", "shutdown_date": None}, rows[0] | {"id": "gpt-6-astra"}]


class Desk:
    """A reader between a real store and the far end; `now` stands until a test moves it."""

    def __init__(self, store: Ledger, openai: FarOpenAI) -> None:
        self.store, self.openai, self.now = store, openai, MONDAY
        self.told: list[str] = []
        self.begun: list[date] = []
        self.reader = ModelListReader(openai.base_url, openai.key, store, FACTS, self.told.append, lambda: self.now)

    def begin(self) -> bool:
        return self.reader.begin(lambda day: lambda _: self.begun.append(day))

    def days(self, count: int) -> None:
        for _ in range(count):
            if self.begin():
                self.reader.read(str(self.now.date()))
            self.now += DAY

    def coming(self) -> str | None:
        """In the digest of that day."""
        left = partial(self.store.read, holds.left, "T1", LIMITS)
        weeks = DigestWeeks(self.store, FACTS, lambda _: left(), UTC_ZONE, 30)
        return dict(sentences.lines(weeks.week("T1", None, self.now))).get("Coming")


@pytest.fixture
def desk(store: Ledger) -> Iterator[Desk]:
    with FarOpenAI(today=TODAY) as openai:
        yield Desk(store, openai)


def test_a_list_that_says_what_our_facts_say_tells_nobody(desk: Desk) -> None:
    desk.days(3)
    assert (desk.told, desk.openai.listings, desk.coming()) == ([], 3, None)
    assert {kept.day for kept in desk.store.read(model_lists.kept)} == {TODAY, TODAY + DAY, TODAY + 2 * DAY}


def test_a_date_that_differs_is_told_once_stands_under_coming_and_is_not_taken_over(desk: Desk) -> None:
    desk.openai.bend_list = ending
    desk.days(4)
    assert desk.told == [f"{ENDS} Nothing is taken over by itself: `imagelane models diff` shows it."]
    assert desk.coming() == ENDS
    assert FACTS.models["gpt-image-2"].shutdown is None
    desk.openai.bend_list = lambda rows: rows
    desk.days(2)
    assert (len(desk.told), desk.coming()) == (1, None)


def test_what_comes_to_it_later_is_told_alone(desk: Desk) -> None:
    desk.openai.bend_list = ending
    desk.days(1)
    desk.openai.bend_list = lambda rows: with_new(ending(rows))
    desk.days(1)
    assert desk.told[1:] == [f"{NEW} Nothing is taken over by itself: `imagelane models diff` shows it."]
    assert desk.coming() == f"{ENDS} 1 more point differs: Details."
    desk.openai.bend_list = lambda rows: with_new(ending(rows, day="2027-05-01"))
    desk.days(1)
    assert len(desk.told) == 3
    assert "2027-05-01" in desk.told[2]


def test_an_id_that_is_gone_is_told(desk: Desk) -> None:
    desk.days(1)
    desk.openai.bend_list = lambda rows: [row for row in rows if row["id"] != "gpt-image-2.5-flare"]
    desk.days(2)
    (told,) = desk.told
    assert told.startswith("gpt-image-2.5-flare is gone from OpenAI's list; our facts know no end.")


def test_a_model_whose_row_names_no_day_any_more_is_not_gone(desk: Desk) -> None:
    desk.days(1)

    def without_a_day(rows: Rows) -> Rows:
        bare = {"id": "gpt-image-2.5-flare", "object": "model"}
        return [bare if row["id"] == bare["id"] else row for row in rows]

    desk.openai.bend_list = without_a_day
    desk.days(1)
    assert desk.told == []


SOMEBODY_ELSES: list[tuple[str, Rows]] = [
    ("none of ours", [{"id": "other-image-1", "shutdown_date": None}, {"id": "gpt-6-astra", "shutdown_date": None}]),
    ("no dates", [{"id": "gpt-image-2"}, {"id": "gpt-image-9"}]),
    ("nothing", []),
]


def test_a_list_without_any_image_model_of_ours_tells_nobody_and_is_not_kept(desk: Desk) -> None:
    desk.days(1)

    def tells_nobody(_: str, rows: Rows) -> None:
        desk.openai.bend_list = lambda _: rows
        desk.days(1)
        assert desk.told == []
        assert [kept.day for kept in desk.store.read(model_lists.kept)] == [TODAY]

    cells.hold(SOMEBODY_ELSES, tells_nobody)
    assert desk.openai.listings == 4


def test_one_process_reads_it_on_a_day(desk: Desk) -> None:
    assert sum(at_once([desk.begin] * 4)) == 1
    assert desk.begun == [TODAY]
    desk.reader.read(str(TODAY))
    desk.now += 23 * HOUR
    assert not desk.begin()
    desk.now += HOUR
    assert desk.begin()


def test_a_failure_is_tried_again_in_an_hour_and_tells_nobody(desk: Desk) -> None:
    desk.openai.lists.extend([trouble.broken(500), trouble.forbidden(), trouble.rate_limited(1)])
    for _ in range(3 * 60 + 5):
        if desk.begin():
            desk.reader.read(str(desk.now.date()))
        desk.now += timedelta(minutes=1)
    assert (desk.openai.listings, desk.told) == (4, [])
    assert len(desk.store.read(model_lists.kept)) == 1


def test_a_reader_that_died_is_followed_by_another_after_an_hour(desk: Desk) -> None:
    assert desk.begin()
    desk.now += HOUR - timedelta(seconds=1)
    assert not desk.begin()
    desk.now += timedelta(seconds=1)
    assert desk.begin()


def test_a_job_that_is_done_again_tells_nobody_twice(desk: Desk) -> None:
    desk.openai.bend_list = ending
    assert desk.begin()
    for _ in range(3):
        desk.reader.read(str(TODAY))
    assert len(desk.told) == 1


def test_what_is_older_than_400_days_goes(desk: Desk) -> None:
    desk.days(1)
    desk.now += 400 * DAY
    desk.days(1)
    assert [kept.day for kept in desk.store.read(model_lists.kept)] == [TODAY + 401 * DAY]


def test_a_list_is_compared_with_one_of_an_earlier_day(desk: Desk) -> None:
    assert diff(desk.store, FACTS, TODAY, None).listed_on is None
    desk.days(2)
    desk.openai.bend_list = lambda rows: with_new(ending(rows))
    desk.days(2)
    answer = diff(desk.store, FACTS, TODAY + 5 * DAY, TODAY + DAY)
    assert (answer.listed_on, answer.since) == (TODAY + 3 * DAY, TODAY + DAY)
    assert [row.sentence for row in answer.differences] == [ENDS, NEW]
    assert [row.since for row in answer.changes] == ["gpt-image-2: no end before, 2027-04-21 now.", "gpt-image-9 came."]
    assert diff(desk.store, FACTS, TODAY + 5 * DAY, date(2025, 1, 1)).since == TODAY
    assert diff(desk.store, FACTS, TODAY + 5 * DAY, TODAY + 3 * DAY).changes == ()


# Whose list is read

READ = [
    ({}, None),
    ({"openai_api_key": "sk-x"}, "https://api.openai.com/v1"),
    ({"openai_api_key": "sk-x", "openai_base_url": "https://api.openai.com/v1"}, "https://api.openai.com/v1"),
    ({"openai_api_key": "sk-x", "openai_base_url": "https://eu.api.openai.com/v1"}, "https://eu.api.openai.com/v1"),
    ({"openai_api_key": "sk-x", "openai_base_url": "https://gateway.example/v1"}, None),
    ({"openai_api_key": "sk-x", "openai_base_url": "https://api.openai.com.example/v1"}, None),
    ({"openai_api_key": "sk-x", "openai_base_url": "https://evilapi.openai.com/v1"}, None),
    (
        {
            "openai_api_key": "sk-x",
            "openai_base_url": "https://gateway.example/v1",
            "openai_models_url": "https://api.openai.com/v1/models",
        },
        "https://api.openai.com/v1",
    ),
    ({"openai_models_url": "https://api.openai.com/v1/models"}, None),
]


def test_it_is_read_with_a_key_where_the_service_is_openais_own_or_one_is_named(quick_store: Ledger) -> None:
    def is_read(given: dict[str, str], address: str | None) -> None:
        settings = Settings.model_validate(given)
        reader = model_list_reader(settings, quick_store, FACTS, print, lambda: MONDAY)
        assert (reader and reader.address) == address

    cells.hold(READ, is_read)


def test_the_key_is_not_sent_in_clear(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValueError, match="OPENAI_MODELS_URL: plain http would send the key in clear"):
        Settings.model_validate({"openai_models_url": "http://gateway.example/v1/models"})
    with pytest.raises(ValueError, match="OPENAI_MODELS_URL: it must be a whole address"):
        Settings.model_validate({"openai_models_url": "api.openai.com"})


# In processes


def test_the_clock_has_the_list_read_by_a_job_that_tells_the_admins(sqlite_url: str, tmp_path: Path) -> None:
    with FarEnd() as slack, FarOpenAI() as openai:
        openai.bend_list = ending
        settings = {"OPENAI_MODELS_URL": f"{openai.base_url}/models", "IMAGELANE_ADMINS": ANA}
        bot = Bot(slack, openai, sqlite_url, tmp_path, **settings)
        process = bot.start()
        until(lambda: any(ENDS in str(call.payload) for call in slack.calls_of("chat.postMessage")))
        (told,) = (call.payload for call in slack.calls_of("chat.postMessage") if ENDS in str(call.payload))
        assert "Nothing is taken over by itself: imagelane models diff shows it." in told["text"]
        assert "`" not in str(told["blocks"])
        shown = json.loads(bot.run("models", "diff", "--json").stdout)
        assert shown["differences"] == [{"model": "gpt-image-2", "what": "date", "known": None, "listed": "2027-04-21"}]
        assert set(json.loads(bot.run("lanes", "--json").stdout)["lanes"]) == {"budget", "premium", "legacy"}
        end(process)
        store = open_ledger(sqlite_url, busy_seconds=10)
        assert len(store.read(lane_changes.standing)) == 3  # by the same clock
        store.close()
        assert openai.listings == 1
        assert openai.key not in bot.log.read_text()


def test_without_a_key_or_beside_another_service_nobody_asks_for_the_list(sqlite_url: str, tmp_path: Path) -> None:
    with FarEnd() as slack, FarOpenAI() as openai:
        settings = Settings(
            slack_bot_token=SecretStr(slack.bot_token),
            slack_api_url=slack.base_url,
            imagelane_pictures=tmp_path / "pictures",
            openai_api_key=SecretStr(openai.key),
            openai_base_url=openai.base_url,
        )
        house = wiring.build(settings, sqlite_url)
        sweep(wiring.duties(house, wiring.studio(house, "clock")))
        assert (house.enqueuer.backlog(), openai.listings) == ({}, 0)


# In a terminal


@pytest.fixture
def terminal(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    store = open_ledger(sqlite_url, busy_seconds=10)
    with FarOpenAI(today=TODAY) as openai:
        yield Desk(store, openai)
    store.close()


def test_models_diff_says_what_differs_and_since_when(terminal: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    def say(line: str, status: int = 0) -> str:
        assert main(line.split()) == status
        shown = capsys.readouterr()
        return " ".join((shown.out + shown.err).split())

    assert say("models diff").startswith("OpenAI's list of models was never read here.")
    terminal.now = datetime(2026, 11, 20, tzinfo=UTC)
    terminal.days(2)
    assert "OpenAI's list of 2026-11-21 agrees with our facts, checked on" in say("models diff")
    terminal.openai.bend_list = ending
    terminal.days(1)
    assert f"OpenAI's list of 2026-11-22 differs in 1 point from our facts, checked on {FACTS.checked_on}." in say(
        "models diff"
    )
    assert ENDS in say("Models Diff")
    assert "Since the list of 2026-11-21 - gpt-image-2: no end before, 2027-04-21 now." in say("models diff 2026-11-21")
    assert "Since the list of 2026-11-22 - Nothing changed." in say("models diff 2026-11-25")
    assert "2026-13-01" in say("models diff 2026-13-01", 2)
    assert "takes no further words" in say("models diff 2026-11-01 2026-11-02", 2)
    assert "imagelane models diff" in say("help models diff")
    assert "gpt-image-2.5-flare" in say("models")
