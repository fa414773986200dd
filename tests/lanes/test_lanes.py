import re
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

import pytest

from bot.errors import NoLanes, UnknownModel
from bot.lanes import bindings, life, statuses
from bot.lanes.statuses import ModelStatus
from bot.pricing.dated import announced_end
from bot.pricing.facts import LANES
from tests.kit.lanes_made import ARTICLE, FACTS, NEWEST, TODAY, advise, ended

# ---- who fills a lane ----


@pytest.mark.parametrize(
    ("on", "budget", "premium", "legacy"),
    [
        (ARTICLE, "gpt-image-1-mini", "gpt-image-1.5", "gpt-image-1"),
        (date(2026, 4, 20), "gpt-image-1-mini", "gpt-image-1.5", "gpt-image-1"),
        (date(2026, 4, 21), "gpt-image-1-mini", "gpt-image-2", "gpt-image-1"),
        (date(2026, 9, 7), "gpt-image-1-mini", "gpt-image-2", "gpt-image-1"),
        (date(2026, 9, 8), "gpt-image-2.5-flare", "gpt-image-2.5-sunburst", "gpt-image-2"),
        (TODAY, "gpt-image-2.5-flare", "gpt-image-2.5-sunburst", "gpt-image-2"),
    ],
)
def test_each_day_has_the_lanes_that_were_right_on_it(on: date, budget: str, premium: str, legacy: str) -> None:
    found = bindings.lane_models(FACTS, on)
    assert found == {"budget": budget, "premium": premium, "legacy": legacy}
    assert tuple(found) == LANES


def test_before_the_first_binding_there_are_no_lanes() -> None:
    with pytest.raises(NoLanes, match=r"2026-03-26.*first were bound on 2026-03-27"):
        bindings.bindings_on(FACTS, date(2026, 3, 26))
    assert set(bindings.bindings_on(FACTS, ARTICLE)) == set(LANES)


@pytest.mark.parametrize(("days_before", "stays"), [(29, False), (30, False), (31, True)])
def test_a_model_that_ends_within_the_horizon_leaves_its_lane(days_before: int, stays: bool) -> None:
    end = date(2027, 3, 1)
    facts = ended("gpt-image-2.5-flare", end, TODAY, NEWEST)
    model = bindings.lane_models(facts, end - timedelta(days=days_before))["budget"]
    assert model == ("gpt-image-2.5-flare" if stays else "gpt-image-2.6-sunburst")


@pytest.mark.parametrize(("horizon", "stays"), [(7, True), (8, False)])
def test_the_horizon_is_a_setting(horizon: int, stays: bool) -> None:
    facts = ended("gpt-image-2.5-flare", date(2026, 11, 30), ARTICLE, NEWEST)
    assert (bindings.lane_models(facts, TODAY, horizon)["budget"] == "gpt-image-2.5-flare") is stays


@pytest.mark.parametrize(("announced", "stays"), [(TODAY, False), (TODAY + timedelta(days=1), True)])
def test_an_end_counts_only_from_its_announcement(announced: date, stays: bool) -> None:
    facts = ended("gpt-image-2.5-flare", date(2026, 12, 1), announced, NEWEST)
    assert (bindings.lane_models(facts, TODAY)["budget"] == "gpt-image-2.5-flare") is stays


def test_a_stand_in_lives_has_a_price_if_one_has_and_is_named_with_the_reason() -> None:
    named = ("gpt-image-1", "gpt-image-2.6-sunburst", "gpt-image-2")
    filling = bindings.fillings(ended("gpt-image-2.5-flare", date(2026, 12, 1), TODAY, named), TODAY)["budget"]
    assert filling.model.id == "gpt-image-2"
    assert filling.note == (
        "budget is bound to gpt-image-2.5-flare, which ends on 2026-12-01 (9 days): "
        "gpt-image-2, named by OpenAI, stands in."
    )


def test_without_a_living_replacement_the_lane_is_empty_and_the_answer_says_why() -> None:
    facts = ended("gpt-image-2.5-flare", date(2026, 12, 1), TODAY, ("gpt-image-1",))
    assert tuple(bindings.lane_models(facts, TODAY)) == ("premium", "legacy")
    with pytest.raises(NoLanes, match=r"nothing can be recommended for budget.*more than 30 days"):
        advise("new", TODAY, facts=facts)


def test_continuity_has_no_stand_in() -> None:
    facts = ended("gpt-image-2", date(2026, 12, 1), TODAY, NEWEST)
    assert tuple(bindings.lane_models(facts, TODAY)) == ("budget", "premium")


# ---- a life, day by day ----


@pytest.mark.parametrize(
    ("model", "announced", "end"),
    [
        ("dall-e-2", date(2025, 11, 14), date(2026, 5, 12)),
        ("dall-e-3", date(2025, 11, 14), date(2026, 5, 12)),
        ("gpt-image-1", date(2026, 4, 22), date(2026, 10, 23)),
        ("gpt-image-1-mini", date(2026, 6, 2), date(2026, 12, 1)),
        ("gpt-image-1.5", date(2026, 6, 2), date(2026, 12, 1)),
        ("chatgpt-image-latest", date(2026, 6, 2), date(2026, 12, 1)),
    ],
)
def test_both_sides_of_every_announcement_and_every_end(model: str, announced: date, end: date) -> None:
    day = timedelta(days=1)
    found = {on: life.status(FACTS.models[model], on) for on in (announced - day, announced, end - day, end)}
    assert list(found.values()) == ["active", "deprecated", "deprecated", "shut down"]
    assert announced_end(FACTS.models[model], announced - day) is None
    assert announced_end(FACTS.models[model], announced) == end
    assert life.last_day(FACTS.models[model], announced) == end - day
    assert [life.usable(FACTS, model, on) for on in (end - day, end)] == [True, False]


@pytest.mark.parametrize(("on", "usable"), [(date(2026, 11, 3), False), (date(2026, 11, 4), True)])
def test_a_model_is_usable_from_its_release(on: date, usable: bool) -> None:
    assert life.usable(FACTS, "gpt-image-2.6-flare", on) is usable


def test_a_snapshot_is_its_model() -> None:
    assert life.usable(FACTS, "GPT-image-1.5-2025-12-16", date(2026, 11, 30))
    assert advise("existing", TODAY, "gpt-image-1.5-2025-12-16").existing == "gpt-image-1.5"


def test_a_name_nobody_knows_is_not_usable() -> None:
    assert not life.usable(FACTS, "gpt-image-9", TODAY)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("kite", "I know no model called kite. `models` lists the ones I know."),
        ("gpt-image-2", "gpt-image-2 was not out on 2026-03-27: it was released on 2026-04-21."),
    ],
)
def test_an_unknown_model_is_refused(name: str, sentence: str) -> None:
    with pytest.raises(UnknownModel, match=re.escape(sentence)):
        advise("existing", ARTICLE, name)


# ---- models ----


def listed(on: date) -> Mapping[str, ModelStatus]:
    return {status.model: status for status in statuses.statuses(FACTS, on).models}


def test_the_list_of_a_day_has_what_was_out_by_then_the_living_first() -> None:
    then = listed(ARTICLE)
    assert set(then) == {
        "chatgpt-image-latest",
        "gpt-image-1.5",
        "gpt-image-1-mini",
        "gpt-image-1",
        "dall-e-3",
        "dall-e-2",
    }
    assert [status.status for status in then.values()] == ["active"] * 4 + ["deprecated"] * 2
    assert then["gpt-image-1"].shutdown is None
    assert then["gpt-image-1"].deprecation_announced is None


def test_todays_list_knows_ends_lanes_prices_and_replacements() -> None:
    now = listed(TODAY)
    assert len(now) == len(FACTS.models)
    assert (now["gpt-image-1-mini"].status, now["gpt-image-1-mini"].days_left) == ("deprecated", 9)
    assert now["gpt-image-1-mini"].successors == ("gpt-image-2.6-sunburst", "gpt-image-2.6-flare")
    assert {status.lane: name for name, status in now.items() if status.lane} == bindings.lane_models(FACTS, TODAY)
    assert [step.usd for step in now["gpt-image-2.5-flare"].ladder][:2] == [Decimal("0.00588"), Decimal("0.01317")]
    assert now["gpt-image-2.6-flare"].ladder == ()
    assert "price per picture not published" in now["gpt-image-2.6-flare"].notes


def test_models_are_known_before_the_first_lane() -> None:
    assert listed(date(2024, 1, 1))["dall-e-3"].lane is None


def test_a_past_list_adds_what_is_known_since_in_one_note() -> None:
    notes = statuses.statuses(FACTS, ARTICLE).notes
    assert len(notes) == 1
    assert "gpt-image-1 ended on 2026-10-23, announced 2026-04-22" in notes[0]
