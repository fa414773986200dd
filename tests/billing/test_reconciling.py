"""Two columns held against each other: what is billed, what is still metered, and what nobody can explain."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from bot import catalog
from bot.billing.reconcile import SETTLED, Billed, BilledDays, Bucket, Metered, reconcile
from tests.kit import cells

CENT = 10_000_000
DAYS = [date(2026, 11, day) for day in (16, 17, 18)]
MONDAY, TUESDAY, WEDNESDAY = DAYS
ALL = "the UTC days 2026-11-16 to 2026-11-18"


def start(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def final(day: date, cents: int, images: int = 0) -> Billed:
    return Billed(day, cents * CENT, images, start(day) + SETTLED)


def early(day: date, cents: int) -> Billed:
    """Read a moment before the day is settled."""
    return Billed(day, cents * CENT, 0, start(day) + SETTLED - timedelta(microseconds=1))


def test_each_day_is_held_against_its_own_bill() -> None:
    table = [
        ([100, 200, 300], [final(MONDAY, 100), final(TUESDAY, 200), final(WEDNESDAY, 300)],
         f"$6.00 for {ALL}: 100% billed, nothing unexplained."),
        ([100, 860, 40], [final(MONDAY, 220), final(TUESDAY, 860)],
         f"$10.80 for {ALL}: 96% billed, 4% still metered, $1.20 unexplained (billed, not metered). "
         "Not billed yet: 2026-11-18."),
        ([100, 100, 100], [final(MONDAY, 100), final(TUESDAY, 70), final(WEDNESDAY, 100)],
         f"$2.70 for {ALL}: 90% billed, $0.30 unexplained (metered, never billed)."),
        ([100, 100, 100], [final(MONDAY, 100), early(TUESDAY, 70), final(WEDNESDAY, 100)],
         f"$2.70 for {ALL}: 90% billed, 10% still metered, nothing unexplained. Not billed yet: 2026-11-17."),
        ([100, 100, 0], [final(MONDAY, 150), final(TUESDAY, 50), final(WEDNESDAY, 0)],
         f"$2.00 for {ALL}: 75% billed, $0.50 billed and not metered, $0.50 metered and never billed, "
         "both unexplained."),
        ([0, 0, 0], [final(MONDAY, 0)], f"$0.00 for {ALL}: nothing metered, nothing unexplained."),
        ([0, 0, 0], [early(MONDAY, 5)], f"$0.05 for {ALL}: nothing metered, $0.05 unexplained (billed, not metered)."),
        ([10, 20, 30], [], f"$0.00 for {ALL}: 0% billed, 100% still metered, nothing unexplained. "
         "Not billed yet: 2026-11-16, 2026-11-17, 2026-11-18."),
        ([0, 1, 999], [early(MONDAY, 0), final(WEDNESDAY, 999)],
         f"$9.99 for {ALL}: 99% billed, under 1% still metered, nothing unexplained. Not billed yet: 2026-11-17."),
        ([100, 0, 0], [final(MONDAY, -50)], f"-$0.50 for {ALL}: 0% billed, $1.00 unexplained (metered, never billed)."),
    ]  # fmt: skip

    def sentence(metered: list[int], billed: list[Billed]) -> str:
        ours = {day: Metered(cents * CENT) for day, cents in zip(DAYS, metered, strict=True)}
        return reconcile(DAYS, ours, BilledDays(MONDAY, tuple(billed))).sentence

    cells.agree([(ours, theirs, f"Provider bill: {said}") for ours, theirs, said in table], sentence)


def test_the_columns_are_apart_and_the_metered_one_falls_into_three() -> None:
    ours = {MONDAY: Metered(100 * CENT), TUESDAY: Metered(100 * CENT, unknown=2), WEDNESDAY: Metered(40 * CENT)}
    bill = reconcile(DAYS, ours, BilledDays(MONDAY, (final(MONDAY, 130, 40), final(TUESDAY, 70, 3))))
    assert (bill.billed_usd, bill.metered_usd) == (Decimal("2.00"), Decimal("2.40"))
    assert (bill.waiting_usd, bill.missing_usd, bill.beyond_usd) == (Decimal("0.40"), Decimal("0.30"), Decimal("0.30"))
    assert (bill.billed_rate, bill.waiting_rate) == (Decimal("0.7083"), Decimal("0.1667"))
    assert (bill.images, bill.unknown, bill.waiting) == (43, 2, (WEDNESDAY,))
    assert [one.billed_usd for one in bill.days] == [Decimal("1.30"), Decimal("0.70"), None]
    assert bill.sentence.endswith("2 records without a known price can only be in the bill.")


def test_many_days_without_a_bill_are_counted() -> None:
    days = [date(2026, 11, day) for day in range(1, 11)]
    bill = reconcile(days, {day: Metered(CENT) for day in days}, BilledDays(days[0], ()))
    assert bill.sentence.endswith("Not billed yet: 10 days, the last 2026-11-10.")


@pytest.mark.parametrize(
    ("item", "model"),
    [
        ("gpt-image-2.5-flare image", "gpt-image-2.5-flare"),
        ("batch api | gpt-image-2.5-sunburst image", "gpt-image-2.5-sunburst"),
        ("GPT-Image-1, text input", "gpt-image-1"),
        ("gpt-image-9.9-unheard-of-2027-01-01, output", "gpt-image-9.9-unheard-of-2027-01-01"),
        ("gpt-6-astra, input_tokens", None),
        ("", None),
    ],
)
def test_an_image_model_is_found_however_the_line_is_spelled(item: str, model: str | None) -> None:
    assert bucket(item).model == model


def test_every_model_of_the_catalogue_is_found_in_a_line() -> None:
    for model in catalog.load().models.values():
        for name in (model.id, *model.snapshots):
            assert bucket(f"batch api | {name} image").model == name


def bucket(item: str) -> Bucket:
    return Bucket("cost", "", item, start(MONDAY), start(TUESDAY), 1)
