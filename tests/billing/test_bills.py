"""The provider's bill as the organization API tells it: whole days, exact to the nano-dollar, or not at all."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from typing import Any

import pytest

from bot.billing.provider import Bills
from bot.billing.reconcile import Bucket
from bot.errors import BillUnread
from bot.playground.loopback import Answer, as_json
from tests.kit import cells
from tests.kit import far_openai_trouble as trouble
from tests.kit.far_openai import FarOpenAI
from tests.kit.far_openai_bill import ADMIN_KEY, bucket, cost, counted
from tests.kit.far_openai_trouble import Trouble

FRIDAY, SATURDAY, SUNDAY = date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 22)


@pytest.fixture
def openai() -> Iterator[FarOpenAI]:
    with FarOpenAI() as far_end:
        yield far_end


def read(openai: FarOpenAI, first: date = FRIDAY, last: date = SUNDAY, key: str = ADMIN_KEY) -> tuple[Bucket, ...]:
    return Bills(key, openai.base_url).read(first, last)


def amounts(buckets: tuple[Bucket, ...]) -> dict[tuple[str, date], int | None]:
    return {(one.item, one.start.date()): one.amount_nanousd for one in buckets if one.kind == "cost"}


def test_costs_and_counts_of_each_day_come_by_project_and_line(openai: FarOpenAI) -> None:
    openai.bill.costs[FRIDAY] = [cost(0.2352, project_id="proj_sample", quantity=7840, quantity_unit="tokens")]
    openai.bill.usage[FRIDAY] = [counted(40)]
    billed, count = read(openai)
    start, end = datetime(2026, 11, 20, tzinfo=UTC), datetime(2026, 11, 21, tzinfo=UTC)
    item = "gpt-image-2.5-flare image"
    assert billed == Bucket("cost", "proj_sample", item, start, end, 235_200_000, Decimal(7840), "tokens")
    assert count == Bucket("usage", "", "gpt-image-2.5-flare", start, end, None, Decimal(40), "images")
    costs, counts = openai.bill.asked
    assert costs["group_by[]"] == ["project_id", "line_item"]
    assert counts["group_by[]"] == ["project_id", "model"]
    assert costs["start_time"] == [str(int(start.timestamp()))]


AMOUNTS = [
    ("0.1", 100_000_000),
    ("0.30000000000000004", 300_000_000),
    ("123456789.123456789", 123_456_789_123_456_789),  # a float would have lost its last digits
    ('"12.50"', 12_500_000_000),
    ("7", 7_000_000_000),
    ("1e-9", 1),
    ("-0.25", -250_000_000),
]


def test_an_amount_is_the_digits_it_is_written_in(openai: FarOpenAI) -> None:
    page = {"data": [bucket(FRIDAY, [cost("HERE")])], "has_more": False}

    def amounts_of(value: str) -> list[int | None]:
        body = json.dumps(page).replace('"HERE"', value).encode()
        openai.bill.next(Trouble(False, Answer(200, body, {"Content-Type": "application/json"})))
        return [one.amount_nanousd for one in read(openai)]

    cells.agree([(value, [nanousd]) for value, nanousd in AMOUNTS], amounts_of)


def test_every_page_is_read(openai: FarOpenAI) -> None:
    openai.bill.page_size = 1
    openai.bill.costs = {day: [cost(1)] for day in (FRIDAY, SATURDAY, SUNDAY)}
    assert len(read(openai)) == 3
    assert [asked.get("page") for asked in openai.bill.asked[:3]] == [None, ["page_1"], ["page_2"]]


def test_R60_a_page_told_twice_counts_once(openai: FarOpenAI) -> None:
    again = {"data": [bucket(FRIDAY, [cost(1), cost(2, "gpt-image-2 image")])], "has_more": True}
    openai.bill.next(*(Trouble(False, as_json({**again, "next_page": name})) for name in ("a", "page_0")))
    openai.bill.costs[FRIDAY] = [cost(1.5)]
    assert amounts(read(openai)) == {
        ("gpt-image-2.5-flare image", FRIDAY): 1_500_000_000,
        ("gpt-image-2 image", FRIDAY): 2_000_000_000,
    }


def test_R60_pages_that_go_round_come_to_an_end(openai: FarOpenAI) -> None:
    def come_to_an_end(name: str | None, pages: int) -> None:
        before = len(openai.bill.asked)
        openai.bill.next(*[Trouble(False, as_json({"data": [], "has_more": True, "next_page": name}))] * pages)
        with pytest.raises(BillUnread, match="its pages lead to no end"):
            read(openai)
        assert len(openai.bill.asked) - before == pages

    cells.hold([("a", 2), ("", 1), (None, 1)], come_to_an_end)


def test_two_lines_of_one_name_in_a_day_are_parts_of_it(openai: FarOpenAI) -> None:
    openai.bill.costs[FRIDAY] = [cost(1, quantity=3), cost(2, quantity=4)]
    (line,) = read(openai)
    assert (line.amount_nanousd, line.quantity) == (3_000_000_000, Decimal(7))


UNREAD = [
    (trouble.key_rejected("sk-admin-sam"), "does not accept OPENAI_ADMIN_KEY"),
    (trouble.forbidden(), "Give it the right to read usage"),
    (trouble.error(404, None), "names no organization API"),
    (trouble.broken(500), "status 500"),
    (trouble.lost(), "no whole answer"),
    (trouble.page(), "another shape"),
    (Trouble(False, Answer(307, b"", {"Location": "https://elsewhere.example/v1"})), "a redirect"),
    (Trouble(False, Answer(200, b'{"data": [', {}, cut_at=5)), "no whole answer"),
]


def test_R60_what_can_not_be_read_is_one_sentence_and_is_not_asked_again(openai: FarOpenAI) -> None:
    def is_one_sentence(met: Trouble, sentence: str) -> None:
        before = len(openai.bill.asked)
        openai.bill.next(met)
        with pytest.raises(BillUnread, match=sentence) as raised:
            read(openai)
        assert "sk-admin" not in raised.value.sentence.replace("(sk-admin-...)", "")
        assert len(openai.bill.asked) == before + 1

    cells.hold(UNREAD, is_one_sentence)


def test_an_ordinary_key_is_told_apart_from_an_admin_key(openai: FarOpenAI) -> None:
    with pytest.raises(BillUnread, match="must be an admin key"):
        read(openai, key=openai.key)


def test_the_ordinary_key_of_the_environment_is_never_sent(openai: FarOpenAI, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", openai.key)
    assert read(openai) == ()


def test_a_429_says_how_long_to_wait_and_nothing_is_asked_before(openai: FarOpenAI) -> None:
    def says(retry_after: int | str | None, seconds: int) -> None:
        before = len(openai.bill.asked)
        openai.bill.next(trouble.rate_limited(retry_after))
        with pytest.raises(BillUnread, match=f"wait {seconds} s") as raised:
            read(openai)
        assert (raised.value.wait_seconds, len(openai.bill.asked) - before) == (seconds, 1)

    cells.hold([(30, 30), (10**9, 86_400), ("soon", 60), (None, 60)], says)


HOUR = 3600


def test_R60_days_of_another_clock_are_not_read_as_utc_days(openai: FarOpenAI) -> None:
    def by_another_clock(moved: int, page: dict[str, Any]) -> dict[str, Any]:
        return {
            **page,
            "data": [
                {**day, "start_time": day["start_time"] + moved, "end_time": day["end_time"] + moved}
                for day in page["data"]
            ],
        }

    def are_not_read(moved: int) -> None:
        openai.bill.bend = partial(by_another_clock, moved)
        with pytest.raises(BillUnread, match="not told by the UTC days"):
            read(openai)

    cells.hold([HOUR, -8 * HOUR, 86_400 * 3], are_not_read)


BAD_LINES = [
    cost(None),
    cost("NaN"),
    cost(10**12),
    cost(True),
    cost(1, amount=None),
    cost(1, amount={"value": 1, "currency": "eur"}),
    cost(1, quantity=-1),
    counted(3),
]


def test_a_line_without_a_plain_amount_in_dollars_leaves_the_bill_unread(openai: FarOpenAI) -> None:
    def leaves_it_unread(line: dict[str, Any]) -> None:
        openai.bill.costs[FRIDAY] = [cost(1), line]
        with pytest.raises(BillUnread, match="another shape"):
            read(openai)

    cells.hold(BAD_LINES, leaves_it_unread)


def test_what_takes_longer_than_a_minute_is_given_up(openai: FarOpenAI) -> None:
    seconds = iter(range(0, 1000, 25))
    openai.bill.page_size = 1
    with pytest.raises(BillUnread, match="longer than 60 s"):
        Bills(ADMIN_KEY, openai.base_url, clock=lambda: next(seconds)).read(FRIDAY, SUNDAY)


def test_an_admin_key_goes_over_plain_http_only_on_this_machine() -> None:
    with pytest.raises(BillUnread, match="must begin with https"):
        Bills(ADMIN_KEY, "http://far.example/v1").read(FRIDAY, SUNDAY)


def test_a_name_no_database_could_hold_is_made_plain(openai: FarOpenAI) -> None:
    openai.bill.costs[FRIDAY] = [cost(1, "gpt-image-2 \x00\ud800image" + "x" * 500)]
    (line,) = read(openai)
    assert line.item.startswith("gpt-image-2   image")
    assert len(line.item) == 200
