"""Lanes for programs: what each means on a day, and that none is switched without notice."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.lanes.programs import AHEAD_DAYS, NOTICE_DAYS, LaneChange, announced, coming, for_programs
from bot.pricing.facts import Binding, Catalog
from tests.kit.lanes_made import FACTS, TODAY, ended

DAY = timedelta(days=1)
HORIZON = 30
NOTICE = NOTICE_DAYS * DAY
FLARE, SUNBURST, NEWER = "gpt-image-2.5-flare", "gpt-image-2.5-sunburst", "gpt-image-2.6-sunburst"
THEN = announced(FACTS, (), TODAY, HORIZON)  # as an installation begins


def bound(lane: str, model: str, since: date) -> Catalog:
    """The catalogue with one row more, checked on the day it came."""
    row = Binding(lane, model, since, FACTS.bindings[0].source, reason="Sample reason.")
    return replace(FACTS, bindings=(*FACTS.bindings, row), checked_on=max(FACTS.checked_on, TODAY))


def models(catalog: Catalog, changes: tuple[LaneChange, ...], on: date, accepts_next: bool = False) -> dict[str, str]:
    answer = for_programs(catalog, changes, on, HORIZON, accepts_next)
    return {lane: one.model for lane, one in answer.lanes.items()}


def test_an_installation_begins_with_what_is_bound_today() -> None:
    answer = for_programs(FACTS, (), TODAY, HORIZON)
    assert models(FACTS, (), TODAY) == {"budget": FLARE, "premium": SUNBURST, "legacy": "gpt-image-2"}
    assert answer.lanes["premium"].since == date(2026, 9, 8)  # it was bound anew since, beside a challenger
    budget = answer.lanes["budget"]
    assert (budget.snapshot, budget.since, budget.ends, budget.next) == (
        f"{FLARE}-2026-09-08",
        date(2026, 9, 8),
        None,
        None,
    )
    high = next(one for one in budget.prices if (one.quality, one.shape) == ("high", "square"))
    assert (str(high.usd), str(high.batch_usd), high.basis, high.size) == ("0.05268", "0.02634", "tokens", "1024x1024")
    assert high.source is not None
    assert high.checked_on is not None


def test_a_price_nobody_published_is_none() -> None:
    changes = (LaneChange("premium", TODAY, NEWER, TODAY, FACTS.checked_on),)
    assert {one.usd for one in for_programs(FACTS, changes, TODAY, HORIZON).lanes["premium"].prices} == {None}


@pytest.mark.parametrize("since", [TODAY - 10 * DAY, TODAY, TODAY + DAY, TODAY + NOTICE])
def test_a_row_that_is_in_force_when_it_comes_is_given_to_programs_after_the_notice_only(since: date) -> None:
    catalog = bound("premium", NEWER, since)
    changes = announced(catalog, THEN, TODAY, HORIZON)
    (change,) = coming(changes, TODAY)
    assert (change.lane, change.model, change.from_on) == ("premium", NEWER, TODAY + NOTICE)
    assert models(catalog, changes, TODAY + NOTICE - DAY)["premium"] == SUNBURST
    assert models(catalog, changes, TODAY + NOTICE)["premium"] == NEWER
    assert models(catalog, changes, TODAY, accepts_next=True)["premium"] == NEWER


def test_a_row_of_a_later_day_counts_from_that_day() -> None:
    since = TODAY + NOTICE + 5 * DAY
    catalog = bound("premium", NEWER, since)
    (change,) = coming(announced(catalog, THEN, TODAY, HORIZON), TODAY)
    assert change.from_on == since
    following = for_programs(catalog, THEN, TODAY, HORIZON).lanes["premium"].next
    assert following is not None
    assert (following.model, following.from_on, following.why) == (NEWER, since, "Sample reason.")


def test_a_model_that_is_not_out_yet_is_accepted_by_nobody() -> None:
    later = replace(FACTS.models[NEWER], released=TODAY + DAY)
    catalog = bound("premium", NEWER, TODAY + DAY)
    catalog = replace(catalog, models={**catalog.models, NEWER: later})
    changes = announced(catalog, THEN, TODAY, HORIZON)
    assert models(catalog, changes, TODAY, accepts_next=True)["premium"] == SUNBURST
    assert models(catalog, changes, TODAY + DAY, accepts_next=True)["premium"] == NEWER


def test_what_was_announced_keeps_its_day_however_often_it_is_looked_at() -> None:
    catalog, changes = bound("premium", NEWER, TODAY), THEN
    for ahead in range(NOTICE_DAYS + 3):
        changes = announced(catalog, changes, TODAY + ahead * DAY, HORIZON)
        (last,) = [row for row in changes if row.lane == "premium" and row.model == NEWER]
        assert (last.from_on, last.announced_on) == (TODAY + NOTICE, TODAY)


def test_what_no_longer_comes_is_withdrawn() -> None:
    changes = announced(bound("premium", NEWER, TODAY), THEN, TODAY, HORIZON)
    assert coming(changes, TODAY) != ()
    assert coming(announced(bound("premium", SUNBURST, TODAY), changes, TODAY + DAY, HORIZON), TODAY + DAY) == ()


def test_the_guard_moves_programs_when_it_moves_advice_where_there_is_time() -> None:
    catalog = ended(FLARE, TODAY + 80 * DAY, TODAY, (NEWER,))
    (change,) = coming(announced(catalog, THEN, TODAY, HORIZON), TODAY)
    assert (change.lane, change.model, change.from_on) == ("budget", NEWER, TODAY + 50 * DAY)


@pytest.mark.parametrize(
    ("days", "counts_in"), [(60, 30), (44, 14), (20, 14), (14, 14), (13, 13), (1, 1), (0, 0), (-3, 0)]
)
def test_an_end_that_comes_before_the_notice_is_out_moves_programs_on_its_day(days: int, counts_in: int) -> None:
    catalog = ended(FLARE, TODAY + days * DAY, TODAY, (NEWER,))
    changes = announced(catalog, THEN, TODAY, HORIZON)
    change = next(row for row in changes if row.lane == "budget" and row.model == NEWER)
    assert change.from_on == TODAY + counts_in * DAY
    assert models(catalog, changes, change.from_on)["budget"] == NEWER


def test_an_end_that_moves_nearer_moves_the_announced_day_with_it() -> None:
    changes = announced(ended(FLARE, TODAY + 80 * DAY, TODAY, (NEWER,)), THEN, TODAY, HORIZON)
    nearer = announced(ended(FLARE, TODAY + 10 * DAY, TODAY, (NEWER,)), changes, TODAY + DAY, HORIZON)
    assert [row.from_on for row in coming(nearer, TODAY + DAY)] == [TODAY + 10 * DAY]


def test_legacy_lasts_until_its_model_ends_and_is_then_empty() -> None:
    end = TODAY + 40 * DAY
    catalog = ended("gpt-image-2", end, TODAY, (NEWER,))
    changes = announced(catalog, THEN, TODAY, HORIZON)
    assert [(row.model, row.from_on) for row in coming(changes, TODAY)] == [(None, end)]
    assert "legacy" in models(catalog, changes, end - DAY, accepts_next=True)
    assert "legacy" not in models(catalog, changes, end)


def test_an_older_catalogue_beside_it_changes_nothing() -> None:
    changes = announced(
        replace(bound("premium", NEWER, TODAY), checked_on=FACTS.checked_on + DAY), THEN, TODAY, HORIZON
    )
    assert announced(FACTS, changes, TODAY + DAY, HORIZON) == changes


def test_a_model_only_a_newer_catalogue_knows_is_named_without_prices() -> None:
    changes = (LaneChange("budget", TODAY, "gpt-image-9-sample", TODAY, FACTS.checked_on + DAY),)
    budget = for_programs(FACTS, changes, TODAY, HORIZON).lanes["budget"]
    assert (budget.model, budget.snapshot, budget.prices) == ("gpt-image-9-sample", None, ())


def test_nobody_is_told_of_what_is_further_away_than_90_days() -> None:
    for days, told in ((AHEAD_DAYS, 1), (AHEAD_DAYS + 1, 0)):
        catalog = bound("premium", NEWER, TODAY + days * DAY)
        assert len(coming(announced(catalog, THEN, TODAY, HORIZON), TODAY)) == told


def test_over_all_the_days_of_the_catalogue_no_program_is_ever_switched_without_notice_or_left_with_what_is_gone() -> (
    None
):
    changes: tuple[LaneChange, ...] = ()
    day, before = date(2026, 3, 27), dict[str, str]()
    while day <= FACTS.checked_on + AHEAD_DAYS * DAY:
        known = tuple(row for row in FACTS.bindings if row.since <= day)  # each comes on the day it is in force
        catalog = replace(FACTS, bindings=known, checked_on=day)
        changes = announced(catalog, changes, day, HORIZON)
        answer = models(catalog, changes, day)
        for lane, model in answer.items():
            shutdown = FACTS.models[model].shutdown
            assert shutdown is None or day < shutdown
            if before and before.get(lane, model) != model:
                (change,) = [row for row in changes if (row.lane, row.from_on) == (lane, day)]
                left = FACTS.models[before[lane]].shutdown
                assert change.announced_on <= day - NOTICE or left == day
        before, day = answer, day + DAY
    assert before == {"budget": FLARE, "premium": SUNBURST, "legacy": "gpt-image-2"}
