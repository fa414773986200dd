"""OpenAI's two usage exports of one day: counted once, in either order, on both databases. All values are samples."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count, permutations
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, settings
from hypothesis import given as drawn
from hypothesis import strategies as st
from sqlalchemy.exc import OperationalError

from bot import catalog, periods
from bot.clock import Clock
from bot.errors import StoreBusy
from bot.ledger.ledger import Ledger, open_ledger
from bot.ledger.usage_tables import usage_records
from bot.pricing import Size, Usage
from bot.spend.rows import SpendRows
from bot.usage import rows_buckets, rows_imports
from bot.usage.buckets import BucketGroup, BucketLine, BucketsTaken, CountedPictures, MeteredTokens, in_days
from bot.usage.errors import DayAgain
from bot.usage.reading import Desk
from bot.usage.records import Correction
from bot.usage.rows import Records
from tests.kit import usage_made, wishes
from tests.kit.usage_made import UTC_ZONE

NOW = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
BY = Correction("terminal", NOW)
MONTH = periods.span(periods.Days(date(2026, 11, 1), date(2026, 11, 30)), UTC_ZONE)
PRICE = Desk(catalog.load()).reprice
SQUARE = Size(1024, 1024)
PLAIN, BATCH = (False, None), (True, None)

GROUP = BucketGroup(date(2026, 11, 2), "gpt-image-2-2026-04-21", "proj_A", "user-A", "key_A")
FLARE = replace(GROUP, model="gpt-image-2.5-flare-2026-09-08")
PICTURES = [CountedPictures(GROUP, 39, SQUARE, "draw"), CountedPictures(GROUP, 1, SQUARE, "edit")]
TOKENS = MeteredTokens(GROUP, PLAIN, Usage(text_in=4567, image_in=194, image_out=42240))  # $1.291587
FLARE_BATCH = MeteredTokens(FLARE, BATCH, Usage(text_in=600, image_out=5268))  # $0.08052
PAIR = 1_372_107_000


def brought(
    store: Ledger, *lines: BucketLine, skip_overlap: bool = False, at_least: int = 1, team_id: str = "T1"
) -> list[BucketsTaken]:
    """As an import does: nothing stands where something overlaps, unless that is to be skipped."""
    told: list[BucketsTaken] = []
    Records(store.engine).take_buckets(
        team_id,
        in_days(lines, at_least),
        PRICE,
        BY,
        told.append,
        lambda: skip_overlap or not any(taken.overlaps for taken in told),
        Clock().real,
        lambda _: None,
    )
    return told


def spent(store: Ledger, team_id: str = "T1") -> tuple[int, int]:
    """Nano-dollars and pictures of the month."""
    (sums,) = SpendRows(store.engine).sums(team_id, [MONTH])
    return sums.spent_nanousd, sums.images


def standing(store: Ledger) -> dict[str, tuple[int | None, int | None]]:
    """Pictures and nano-dollars by id, of what stands."""
    c = usage_records.c
    with store.engine.connect() as connection:
        rows = connection.execute(sa.select(c.id, c.images, c.amount_nanousd).where(c.ended_at.is_(None)))
        return {row.id: (row.images, row.amount_nanousd) for row in rows}


def on(day: int, line: BucketLine) -> BucketLine:
    return replace(line, group=replace(line.group, day=date(2026, 11, day)))


@pytest.mark.parametrize("order", list(permutations(["pictures", "tokens"])))
def test_F2_the_two_exports_of_a_day_are_the_same_pictures_in_either_order(store: Ledger, order: Sequence[str]) -> None:
    files: dict[str, list[BucketLine]] = {"pictures": [*PICTURES], "tokens": [TOKENS, FLARE_BATCH]}
    for name in order:
        brought(store, *files[name])
    assert spent(store) == (PAIR, 40)
    assert standing(store) == {GROUP.id_of(PLAIN): (40, 1_291_587_000), FLARE.id_of(BATCH): (None, 80_520_000)}
    for name in order:
        (taken,) = brought(store, *files[name])
        assert (taken.new, taken.replaced) == ((), ())
    assert spent(store) == (PAIR, 40)


def test_F2_pictures_alone_have_no_price_and_tokens_alone_no_count(store: Ledger) -> None:
    brought(store, *PICTURES)
    assert standing(store) == {GROUP.id_of(PLAIN): (40, None)}
    brought(store, on(3, TOKENS))
    assert spent(store) == (1_291_587_000, 40)


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_F2_pictures_are_the_plainest_bucket_s_whatever_comes_first(store: Ledger, order: Sequence[int]) -> None:
    """`images_usage` knows no batch and no tier, so who tells of both tells one count."""
    lines: list[BucketLine] = [PICTURES[0], replace(TOKENS, tier=BATCH), replace(TOKENS, tier=(False, "flex"))]
    for place in order:
        brought(store, lines[place])
    held = {record_id: images for record_id, (images, _) in standing(store).items()}
    assert held == {GROUP.id_of(BATCH): None, GROUP.id_of((False, "flex")): 39}


def test_R140_a_restated_bucket_replaces_itself_by_a_revision(store: Ledger) -> None:
    brought(store, *PICTURES, TOKENS)
    ((taken),) = brought(store, CountedPictures(GROUP, 12, SQUARE, "draw"))
    assert [record.images for record in taken.replaced] == [12]
    assert spent(store) == (1_291_587_000, 12)
    brought(store, replace(TOKENS, usage=Usage(image_out=1000)))
    assert spent(store) == (30_000_000, 12)
    with store.engine.connect() as connection:
        c = usage_records.c
        assert connection.execute(sa.select(c.revision, c.reason).order_by(c.revision)).all() == [
            (1, "replaced"),
            (2, "replaced"),
            (3, None),
        ]


def test_R140_days_that_two_files_tell_count_once(store: Ledger) -> None:
    for days in (range(1, 21), range(10, 28)):
        brought(store, *(on(day, PICTURES[0]) for day in days))
        brought(store, *(on(day, TOKENS) for day in days), at_least=4)
    assert spent(store) == (27 * 1_291_587_000, 27 * 39)


def test_F2_two_exports_in_one_file_are_told_so(store: Ledger) -> None:
    with pytest.raises(DayAgain, match="2026-11-02 stand in two places"):
        brought(store, *PICTURES, on(3, TOKENS), *PICTURES)
    assert standing(store) == {}


def test_R142_what_pipelines_reported_is_not_booked_again(store: Ledger) -> None:
    Records(store.engine).take("T1", [usage_made.record(model="gpt-image-2", images=12, usd="1")], NOW)
    lines = [on(19, TOKENS), on(20, TOKENS), on(20, FLARE_BATCH)]
    (_, taken) = brought(store, *lines)
    assert taken.refusals == ("2026-11-20 gpt-image-2: 12 pictures are here already",)
    assert spent(store) == (10**9, 12)
    brought(store, *lines, skip_overlap=True)
    assert spent(store) == (10**9 + PAIR, 12)


def test_R142_what_another_provider_billed_is_none_of_openai_s_days(store: Ledger) -> None:
    Records(store.engine).take("T1", [usage_made.record(model="gpt-image-2", source="azure", images=12, usd="1")], NOW)
    (taken,) = brought(store, on(20, TOKENS))
    assert taken.refusals == ()
    assert spent(store) == (10**9 + 1_291_587_000, 12)


def test_R142_what_we_drew_is_not_booked_again(store: Ledger) -> None:
    drawn = wishes.paid(store)
    wishes.placed(store)  # waits, and was never billed
    before, day = spent(store), wishes.NOW.date()
    line = replace(FLARE_BATCH, group=replace(FLARE, day=day))
    (taken,) = brought(store, line)
    assert taken.refusals == (f"{day} {drawn.spec.model}: 1 picture is here already",)
    assert spent(store) == before


def test_R142_what_stands_as_it_is_told_overlaps_with_nothing_that_came_later(store: Ledger) -> None:
    brought(store, *(on(20, line) for line in PICTURES))
    Records(store.engine).take("T1", [usage_made.record(model="gpt-image-2", images=12, usd="1")], NOW)
    (taken,) = brought(store, *(on(20, line) for line in PICTURES))
    assert (len(taken.same), taken.refusals) == (1, ())
    (taken,) = brought(store, on(20, TOKENS))
    assert taken.refusals == ("2026-11-20 gpt-image-2: 12 pictures are here already",)


@pytest.mark.parametrize("coarse_first", [True, False])
def test_R142_a_day_exported_by_fewer_ids_is_not_booked_beside_the_finer_one(store: Ledger, coarse_first: bool) -> None:
    fine: list[BucketLine] = [*PICTURES, TOKENS]
    coarse = replace(TOKENS, group=replace(GROUP, user="", key=""))
    other = replace(TOKENS, group=replace(GROUP, key="key_B"))
    orders: list[list[BucketLine]] = [[coarse], fine] if coarse_first else [fine, [coarse]]
    first, second = orders
    brought(store, *first)
    before = spent(store)
    (taken,) = brought(store, *second)
    assert len(taken.overlaps) == 1
    assert spent(store) == before
    if not coarse_first:
        assert brought(store, other)[0].overlaps == {}


def test_R142_one_export_may_hold_lines_with_a_key_beside_those_without(store: Ledger) -> None:
    lines = [TOKENS, replace(TOKENS, group=replace(GROUP, key=""))]
    for _ in range(2):
        brought(store, *lines)
    assert spent(store) == (2 * 1_291_587_000, 0)


def test_R141_a_killed_import_leaves_nothing_and_what_it_replaced_stands_again(store: Ledger) -> None:
    brought(store, *PICTURES)
    before = standing(store)
    rows_imports.begin(store.engine, "T1", "killed", NOW)
    with store.transaction() as connection:
        rows_buckets.take(connection, "T1", [replace(TOKENS, tier=BATCH), FLARE_BATCH], PRICE, "killed", BY)
    assert spent(store) == (0, 40)
    assert Records(store.engine).undo_left_behind(NOW + timedelta(hours=1)) == 1
    assert standing(store) == before
    brought(store, TOKENS, FLARE_BATCH)
    assert spent(store) == (PAIR, 40)


@pytest.mark.parametrize("round_", range(3))
def test_R141_two_imports_at_once_come_to_the_sums_of_one_after_the_other(database_url: str, round_: int) -> None:
    files: list[list[BucketLine]] = [
        [*PICTURES, on(3, PICTURES[0])],
        [replace(TOKENS, tier=BATCH), FLARE_BATCH, on(3, TOKENS)],
    ]
    stores = [open_ledger(database_url, busy_seconds=10) for _ in range(4)]

    def bring(place: int) -> None:
        for _ in range(100):
            try:
                brought(stores[place], *files[place % 2])
                return
            except (StoreBusy, OperationalError):
                continue
        raise AssertionError("busy for ever")

    results = wishes.at_once([lambda place=place: bring(place) for place in range(4)])  # type: ignore[misc]
    assert results == [None] * 4
    assert standing(stores[0]) == {
        GROUP.id_of(BATCH): (40, 645_793_500),
        FLARE.id_of(BATCH): (None, 80_520_000),
        on(3, TOKENS).group.id_of(PLAIN): (39, 1_291_587_000),
    }
    for one in stores:
        one.close()


IDS = st.sampled_from(["a", "b/c %"])
GROUPS = st.builds(
    BucketGroup, st.dates(date(2026, 11, 1), date(2026, 11, 4)), st.sampled_from([GROUP.model, FLARE.model]), IDS
)
COUNTS = st.dictionaries(GROUPS, st.integers(0, 50), max_size=6)
METERS = st.dictionaries(
    st.tuples(GROUPS, st.sampled_from([PLAIN, BATCH])), st.integers(0, 50).map(lambda n: Usage(image_out=n)), max_size=6
)
USD_PER_MTOK = {PLAIN: 30, BATCH: 15}  # of image output, of both models
_teams = count()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@drawn(st.lists(COUNTS | METERS, max_size=5))
def test_R140_any_files_in_any_order_come_to_what_was_told_last(store: Ledger, files: list[dict[Any, Any]]) -> None:
    """Reckoned by hand: the last count of each group, and the last tokens of each of its buckets."""
    team_id, counts, meters = f"T{next(_teams)}", dict[Any, int](), dict[Any, Usage]()
    for file in files:
        lines = list[BucketLine]()
        for key, value in file.items():
            if isinstance(value, int):
                counts[key] = value
                lines.append(CountedPictures(key, value, SQUARE, "draw"))
            else:
                meters[key] = value
                lines.append(MeteredTokens(key[0], key[1], value))
        lines.sort(key=lambda line: line.group.day)
        brought(store, *lines, team_id=team_id)
    expected = sum(usage.image_out * USD_PER_MTOK[tier] * 1000 for (_, tier), usage in meters.items())
    assert spent(store, team_id) == (expected, sum(counts.values()))


def test_F2_a_voided_bucket_may_be_told_again_and_a_review_of_one_stands(store: Ledger) -> None:
    books, bucket = Records(store.engine), GROUP.id_of(PLAIN)
    brought(store, *PICTURES, TOKENS)
    books.review("T1", "openai", bucket, 30, 5, NOW)
    brought(store, replace(TOKENS, usage=Usage(image_out=1000)))
    (sums,) = SpendRows(store.engine).sums("T1", [MONTH])
    assert (sums.spent_nanousd, sums.kept) == (30_000_000, 30)
    books.void("T1", "openai", bucket, BY)
    assert spent(store) == (0, 0)
    brought(store, TOKENS)
    assert spent(store) == (1_291_587_000, 0)


def test_F2_an_id_of_a_pipeline_that_begins_like_a_bucket_s_is_no_bucket(store: Ledger) -> None:
    theirs = usage_made.record(source="openai", id="bucket/mine", occurred_at="2026-11-02T00:00:00Z", usd="1")
    Records(store.engine).take("T1", [theirs], NOW)
    brought(store, TOKENS)
    assert spent(store) == (10**9 + 1_291_587_000, 4)


def test_R141_who_fills_a_day_waits_for_whoever_is_filling_it(database_url: str) -> None:
    """Their files share no id, so no key of the table would hold one of them back."""
    stores = [open_ledger(database_url, busy_seconds=10) for _ in range(2)]
    for store, import_id in zip(stores, ("first", "second"), strict=True):
        rows_imports.begin(store.engine, "T1", import_id, NOW)

    def fill(store: Ledger, import_id: str, *lines: BucketLine) -> None:
        with store.transaction() as connection:
            rows_buckets.take(connection, "T1", lines, PRICE, import_id, BY)

    with ThreadPoolExecutor() as pool:
        with stores[0].transaction() as connection:
            rows_buckets.take(connection, "T1", PICTURES, PRICE, "first", BY)
            second = pool.submit(fill, stores[1], "second", replace(TOKENS, tier=BATCH))
            with pytest.raises(TimeoutError):
                second.result(0.5)
        with pytest.raises(StoreBusy):
            second.result(30)
    rows_imports.end(stores[0].engine, "T1", "first")
    fill(stores[1], "second", replace(TOKENS, tier=BATCH))
    rows_imports.end(stores[1].engine, "T1", "second")
    assert standing(stores[0]) == {GROUP.id_of(BATCH): (40, 645_793_500)}
    for store in stores:
        store.close()
