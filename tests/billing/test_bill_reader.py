"""The provider's bill taken in: which days are read when, what a failure leaves, and who hears of it."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pydantic import SecretStr

from bot import periods, wiring
from bot.billing.provider import Bills
from bot.billing.reader import BillReader
from bot.billing.rows import BillBooks
from bot.entrypoints.cli import main
from bot.entrypoints.cli.processes import sweep, tidy
from bot.errors import BillUnread
from bot.ledger import workspaces
from bot.ledger.ledger import Ledger, open_ledger
from bot.playground.far_end import FarEnd
from bot.playground.people import ANA, TEAM
from bot.settings import Settings
from tests.kit import cells
from tests.kit import far_openai_trouble as trouble
from tests.kit.far_openai import FarOpenAI
from tests.kit.far_openai_bill import ADMIN_KEY, cost, counted
from tests.kit.processes import Bot, end
from tests.kit.waiting import until
from tests.kit.wishes import CENT

DAY = timedelta(days=1)
MONDAY = datetime(2026, 11, 23, 0, 5, tzinfo=UTC)
FRIDAY, SATURDAY, SUNDAY = (date(2026, 11, day) for day in (20, 21, 22))


class Desk:
    """A reader between a real store and the far end; `now` stands until a test moves it."""

    def __init__(self, store: Ledger, openai: FarOpenAI) -> None:
        self.store, self.openai, self.now = store, openai, MONDAY
        self.told: list[str] = []
        self.enqueued: list[str] = []
        bills = Bills(ADMIN_KEY, openai.base_url)
        self.reader = BillReader(bills, store, self.told.append, lambda: self.now)

    def begin(self) -> bool:
        return self.reader.begin("T1", lambda _, day: self.enqueued.append(day))

    def read(self) -> None:
        self.reader.read("T1", str(self.now.date()))

    def asked(self) -> list[tuple[date, date]]:
        """First and last day of each question for costs."""
        return [
            (self._day(asked, "start_time"), self._day(asked, "end_time") - DAY)
            for asked in self.openai.bill.asked
            if "line_item" in asked["group_by[]"]
        ]

    def cents(self) -> dict[date, int]:
        found = BillBooks(self.store.engine).billed("T1", periods.span(periods.month_of(SUNDAY), ZoneInfo("UTC")))
        return {one.day: one.amount_nanousd // CENT for one in found.days if one.amount_nanousd} if found else {}

    @staticmethod
    def _day(asked: dict[str, list[str]], name: str) -> date:
        return datetime.fromtimestamp(int(asked[name][0]), UTC).date()


@pytest.fixture
def desk(quick_store: Ledger) -> Iterator[Desk]:
    """On SQLite alone: its rows are shown on both in test_store_bills."""
    with FarOpenAI() as openai:
        yield Desk(quick_store, openai)


def test_a_month_is_read_first_and_then_the_last_three_days(desk: Desk) -> None:
    for _ in range(3):
        desk.read()
        desk.now += DAY
    assert desk.asked() == [
        (date(2026, 10, 23), SUNDAY),
        (date(2026, 11, 21), date(2026, 11, 23)),
        (date(2026, 11, 22), date(2026, 11, 24)),
    ]


def test_after_a_standstill_the_missed_days_are_read_too(desk: Desk) -> None:
    desk.read()
    desk.now += 10 * DAY
    desk.read()
    desk.now += 60 * DAY
    desk.read()
    assert desk.asked()[1:] == [(FRIDAY + DAY, date(2026, 12, 2)), (date(2027, 1, 1), date(2027, 1, 31))]


def test_R60_a_day_restated_by_the_provider_is_replaced_when_it_is_read_again(store: Ledger) -> None:
    with FarOpenAI() as openai:
        desk = Desk(store, openai)
        openai.bill.costs = {SATURDAY: [cost(0.40)], SUNDAY: [cost(0.10), cost(0.05, "gpt-image-1")]}
        desk.read()
        assert desk.cents() == {SATURDAY: 40, SUNDAY: 15}
        openai.bill.costs = {SATURDAY: [cost(0.55)], SUNDAY: [cost(0.10)]}
        desk.now += DAY
        desk.read()
        assert desk.cents() == {SATURDAY: 55, SUNDAY: 10}


def test_R60_a_bill_that_breaks_off_changes_nothing(desk: Desk) -> None:
    desk.openai.bill.costs[SUNDAY] = [cost(0.10)]
    desk.reader.sync("T1")
    desk.openai.bill.costs[SUNDAY] = [cost(9)]
    desk.openai.bill.page_size = 1
    desk.now += DAY

    def changes_nothing(met: trouble.Trouble) -> None:
        desk.openai.bill.next(None, met)
        with pytest.raises(BillUnread):
            desk.reader.sync("T1")
        assert desk.cents() == {SUNDAY: 10}

    cells.hold([trouble.forbidden(), trouble.broken(500), trouble.rate_limited(9), trouble.lost()], changes_nothing)


def test_a_key_without_the_right_is_told_once_a_day_and_tried_again_each_hour(desk: Desk) -> None:
    desk.openai.bill.next(*[trouble.forbidden()] * 3)
    minutes = 0
    for _ in range(3 * 60 - 1):
        if desk.begin():
            desk.read()
        desk.now += timedelta(minutes=1)
        minutes += 1
    assert (len(desk.enqueued), len(desk.openai.bill.asked), minutes) == (3, 3, 179)
    assert desk.told == [
        "The provider's bill was not read: OPENAI_ADMIN_KEY may not see the organization's costs. "
        "Give it the right to read usage (api.usage.read)."
    ]
    desk.now = MONDAY + DAY
    desk.openai.bill.next(trouble.forbidden())
    assert desk.begin()
    desk.read()
    assert len(desk.told) == 2


@pytest.mark.parametrize(("after", "again"), [(7199, False), (7200, True)])
def test_a_429_is_not_tried_before_the_time_it_names(desk: Desk, after: int, again: bool) -> None:
    desk.openai.bill.next(trouble.rate_limited(7200))
    assert desk.begin()
    desk.read()
    desk.now += timedelta(seconds=after)
    assert desk.begin() is again


def test_once_the_bill_of_a_day_is_read_the_clock_rings_for_nothing(desk: Desk) -> None:
    assert desk.begin()
    desk.read()
    desk.now += timedelta(hours=23, minutes=50)
    assert not desk.begin()
    desk.now += timedelta(minutes=10)
    assert desk.begin()
    assert desk.enqueued == ["2026-11-23", "2026-11-24"]


# In processes


def test_the_clock_has_the_bill_read_once_by_a_job(sqlite_url: str, tmp_path: Path) -> None:
    yesterday = datetime.now(UTC).date() - DAY
    with FarEnd() as slack, FarOpenAI() as openai:
        openai.bill.costs = {yesterday: [cost(0.42)], yesterday - DAY: [cost(0.08)]}
        openai.bill.usage = {yesterday: [counted(3)]}
        bot = Bot(slack, openai, sqlite_url, tmp_path, OPENAI_ADMIN_KEY=ADMIN_KEY)
        process = bot.start()
        store = open_ledger(sqlite_url, busy_seconds=10)
        whole = periods.span(periods.Days(yesterday - DAY, yesterday), ZoneInfo("UTC"))
        until(lambda: BillBooks(store.engine).billed(TEAM, whole))
        again = bot.run("bills", "sync", "--json")
        assert json.loads(again.stdout)["images_usd"] == "0.50"
        shown = json.loads(bot.run("spend", "last", "3", "days", "--json").stdout)
        assert (shown["bill"]["billed_usd"], shown["total"]["spend_usd"]) == ("0.50", "0.00")
        store.close()
        end(process)
        assert ADMIN_KEY not in bot.log.read_text()


def house(url: str, tmp_path: Path, slack: FarEnd, **more: object) -> wiring.House:
    settings = Settings(
        slack_bot_token=SecretStr(slack.bot_token),
        slack_api_url=slack.base_url,
        imagelane_pictures=tmp_path / "pictures",
        imagelane_admins=(ANA,),
        **more,  # type: ignore[arg-type]
    )
    return wiring.build(settings, url)


def test_without_an_admin_key_nobody_ever_asks_for_a_bill(sqlite_url: str, tmp_path: Path) -> None:
    with FarEnd() as slack, FarOpenAI() as openai:
        found = house(sqlite_url, tmp_path, slack, openai_base_url=openai.base_url, openai_api_key=SecretStr("sk-x"))
        sweep(wiring.duties(found, wiring.studio(found, "clock")))
        assert wiring.bill_reader(found) is None
        assert found.enqueuer.backlog() == {}
        assert openai.bill.asked == []


def test_the_bill_of_an_organization_is_never_given_to_one_of_several_workspaces(
    sqlite_url: str, tmp_path: Path
) -> None:
    with FarEnd() as slack:
        found = house(sqlite_url, tmp_path, slack, openai_admin_key=SecretStr(ADMIN_KEY))
        for team_id in ("T1", "T2"):
            found.store.write(workspaces.remember, team_id, "Sample", "UBOT")
        sweep(wiring.duties(found, wiring.studio(found, "clock")))
        assert found.enqueuer.backlog() == {}
        tidy(wiring.duties(found, wiring.studio(found, "clock")))
        (told,) = slack.calls_of("chat.postMessage")
        assert "imagelane bills sync --workspace ID" in told.payload["text"]


# In a terminal


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FarOpenAI]:
    """A place of its own, with no setting of whoever runs the tests."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    with FarOpenAI() as openai:
        monkeypatch.setenv("OPENAI_BASE_URL", openai.base_url)
        monkeypatch.setenv("OPENAI_ADMIN_KEY", ADMIN_KEY)
        yield openai


def test_bills_sync_reads_now_and_says_what_came(terminal: FarOpenAI, capsys: pytest.CaptureFixture[str]) -> None:
    yesterday = datetime.now(UTC).date() - DAY
    terminal.bill.costs[yesterday] = [cost(1.25), cost(99, "gpt-6-astra, input_tokens")]
    for _ in range(2):
        assert main(["bills", "sync"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "2 lines, $1.25 for image models. Left out, since about no image model: 1." in told
    assert main(["spend", "yesterday", "--details"]) == 0
    assert f"Provider bill: $1.25 for the UTC day {yesterday}" in " ".join(capsys.readouterr().out.split())


NOT_SYNCED = [
    (["bills"], ADMIN_KEY, "Say `imagelane bills sync`"),
    (["bills", "sync", "now"], ADMIN_KEY, "Say `imagelane bills sync`"),
    (["bills", "sync"], "", "OPENAI_ADMIN_KEY is not set"),
    (["bills", "sync"], "sk-ordinary", "must be an admin key"),
]


@pytest.mark.usefixtures("terminal")
def test_what_can_not_be_synced_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def is_one_sentence(words: list[str], key: str, sentence: str) -> None:
        monkeypatch.setenv("OPENAI_ADMIN_KEY", key)
        assert main(words) == 2
        assert sentence in capsys.readouterr().err

    cells.hold(NOT_SYNCED, is_one_sentence)
