"""Which marks of a model's end are due on a day: values in, values out."""

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot import catalog
from bot.digest.watch import AFTER, TAKEN_BACK, DueMark, ModelMark, TakenBack, due, is_over, mark_on, taken_back
from bot.pricing.facts import Catalog

FACTS = catalog.load()
MINI, END = "gpt-image-1-mini", date(2026, 12, 1)
UTC_ZONE, BERLIN = ZoneInfo("UTC"), ZoneInfo("Europe/Berlin")


def at(days: int, hour: int = 9, minute: int = 0) -> datetime:
    """So many days before the end."""
    day = END - timedelta(days=days)
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


def marks(now: datetime, settled: Collection[ModelMark] = (), used: datetime | None = None) -> list[int]:
    return [one.mark for one in due(FACTS, {MINI: used or now}, settled, now, UTC_ZONE)]


def with_end(end: date | None, model: str = MINI) -> Catalog:
    changed = replace(
        FACTS.models[model],
        shutdown=end,
        deprecation_announced=FACTS.models[model].deprecation_announced if end else None,
    )
    return replace(FACTS, models={**FACTS.models, model: changed})


@pytest.mark.parametrize(
    ("days", "mark"),
    [(91, None), (90, 90), (31, 90), (30, 30), (8, 30), (7, 7), (2, 7), (1, 1), (0, None), (-1, AFTER), (-7, AFTER),
     (-8, None)],
)  # fmt: skip
def test_the_nearest_mark_whose_day_has_come_counts(days: int, mark: int | None) -> None:
    assert mark_on(END, END - timedelta(days=days)) == mark


@pytest.mark.parametrize("days", [90, 30, 7, 1])
def test_R85_each_mark_is_due_from_nine_on_its_day_and_once(days: int) -> None:
    before = [ModelMark(MINI, END, mark) for mark in (90, 30, 7, 1) if mark > days]
    assert marks(at(days, 8, 59), before) == []
    assert marks(at(days, 9, 0), before) == [days]
    assert marks(at(days, 23), [*before, ModelMark(MINI, END, days)]) == []


def test_a_day_is_that_of_the_workspaces_zone() -> None:
    at_eight = at(7, 8)
    assert due(FACTS, {MINI: at_eight}, [], at_eight, BERLIN) == (DueMark(END, 7, (MINI,)),)
    late = at(8, 23, 30)  # in Berlin the next day has begun, not its morning
    assert due(FACTS, {MINI: late}, [ModelMark(MINI, END, 30)], late, BERLIN) == ()


def test_R86_the_marks_of_an_end_come_in_their_order_whatever_the_clock_does() -> None:
    settled: list[ModelMark] = []
    for hour in range(24 * 100):
        now = at(95, 0) + timedelta(hours=hour)
        settled += [ModelMark(MINI, END, mark) for mark in marks(now, settled)]
        assert marks(now - timedelta(days=5), settled) == []  # a clock that was set back
    assert [one.mark for one in settled] == [90, 30, 7, 1, AFTER]


def test_R87_learnt_late_it_is_told_once_and_at_once_and_the_earlier_marks_are_settled() -> None:
    found = marks(at(5, 3))
    assert found == [7]
    settled = [ModelMark(MINI, END, 7)]
    assert [marks(at(days, hour), settled) for days, hour in ((5, 4), (2, 12), (1, 8))] == [[], [], []]
    assert [marks(at(days), settled) for days in (10, 40, 90)] == [[], [], []]  # a clock that was set back
    assert marks(at(1, 9), settled) == [1]


def test_R87_a_model_that_comes_into_use_late_is_told_by_itself() -> None:
    settled = [ModelMark(MINI, END, 7)]
    used = {MINI: at(6), "gpt-image-1.5": at(6)}
    assert due(FACTS, used, settled, at(6), UTC_ZONE) == (DueMark(END, 7, ("gpt-image-1.5",)),)


def test_all_that_end_the_same_day_are_told_in_one_post_and_the_soonest_end_first() -> None:
    facts = with_end(END + timedelta(days=20), "gpt-image-1.5")
    used = dict.fromkeys((MINI, "gpt-image-1.5", "chatgpt-image-latest", "gpt-image-2"), at(1))
    found = due(facts, used, [], at(1), UTC_ZONE)
    assert [(one.ends_on, one.mark) for one in found] == [(END, 1), (END + timedelta(days=20), 30)]
    together = due(FACTS, used, [], at(1), UTC_ZONE)
    assert together[0].models[:2] == tuple(sorted(together[0].models))[:2]
    assert {MINI, "gpt-image-1.5"} <= set(together[0].models)
    assert "gpt-image-2" not in together[0].models


def test_nothing_is_due_of_a_model_nobody_uses_or_before_its_end_was_announced() -> None:
    assert due(FACTS, {"gpt-image-2": at(1)}, [], at(1), UTC_ZONE) == ()
    announced = FACTS.models[MINI].deprecation_announced
    assert announced is not None
    secret = replace(FACTS.models[MINI], deprecation_announced=END - timedelta(days=5))
    facts = replace(FACTS, models={**FACTS.models, MINI: secret})
    assert due(facts, {MINI: at(6)}, [], at(6), UTC_ZONE) == ()
    assert due(facts, {MINI: at(5)}, [], at(5), UTC_ZONE) == (DueMark(END, 7, (MINI,)),)


@pytest.mark.parametrize(("used", "found"), [(at(1, 23, 59), []), (at(0, 0, 0), [AFTER])])
def test_the_day_after_only_what_still_ran_since_it_ended_is_told(used: datetime, found: list[int]) -> None:
    assert marks(at(-1, 9), used=used) == found
    assert marks(at(-1, 8, 59), used=used) == []
    assert marks(at(-7, 1), used=used) == found  # calls that were reported late
    assert marks(at(-8, 9), used=used) == []
    assert marks(at(-2, 9), [ModelMark(MINI, END, AFTER)], used) == []


def test_R90_an_end_that_was_withdrawn_is_told_no_more_and_once_that_it_is_none() -> None:
    facts, told = with_end(None), [ModelMark(MINI, END, 30)]
    assert due(facts, {MINI: at(7)}, told, at(7), UTC_ZONE) == ()
    assert taken_back(FACTS, told, at(7).date()) == ()
    assert taken_back(facts, told, at(7).date()) == (TakenBack(MINI, END, None),)
    assert taken_back(facts, [*told, ModelMark(MINI, END, TAKEN_BACK)], at(7).date()) == ()
    assert is_over(facts, told[0], told, at(29).date())
    assert not is_over(FACTS, told[0], told, at(29).date())


def test_R90_an_end_of_long_ago_is_taken_back_no_more() -> None:
    told = [ModelMark(MINI, END, 7)]
    assert taken_back(with_end(None), told, at(-30).date()) == (TakenBack(MINI, END, None),)
    assert taken_back(with_end(None), told, at(-31).date()) == ()


@pytest.mark.parametrize("moved", [timedelta(days=40), timedelta(days=-3)])
def test_R91_an_end_that_moved_begins_its_marks_anew_and_the_old_one_is_taken_back(moved: timedelta) -> None:
    facts, told = with_end(END + moved), [ModelMark(MINI, END, mark) for mark in (90, 30, 7)]
    found = due(facts, {MINI: at(7)}, told, at(7), UTC_ZONE)
    assert found == (DueMark(END + moved, 90 if moved > timedelta() else 7, (MINI,)),)
    assert taken_back(facts, told, at(7).date()) == (TakenBack(MINI, END, END + moved),)
    assert all(is_over(facts, one, told, at(7).date()) for one in told)


def test_R91_an_end_that_moved_away_and_back_goes_on_where_it_was() -> None:
    settled = [ModelMark(MINI, END, 7), ModelMark(MINI, END, TAKEN_BACK)]
    assert [marks(at(days), settled) for days in (5, 1)] == [[], [1]]


def test_a_mark_that_was_not_posted_is_over_once_a_nearer_one_stands_or_its_day_has_come() -> None:
    week, day = ModelMark(MINI, END, 7), ModelMark(MINI, END, 1)
    assert not is_over(FACTS, week, [week], at(3).date())
    assert is_over(FACTS, week, [week, day], at(1).date())
    assert is_over(FACTS, week, [week], END)
    assert is_over(FACTS, week, [week, day], at(3).date())  # the clock was set back
    after = ModelMark(MINI, END, AFTER)
    assert not is_over(FACTS, after, [week, after], at(-2).date())
    assert is_over(FACTS, after, [week, after], at(-8).date())
