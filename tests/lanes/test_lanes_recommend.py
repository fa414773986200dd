from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import NotUnderstood
from bot.lanes import advice, bindings, life, statuses
from bot.lanes.bindings import HORIZON_DAYS
from bot.pricing.dated import announced_end
from tests.kit.lanes_made import ARTICLE, FACTS, NEWEST, TODAY, advise, ended, said

# ---- the article's routing table, on the article's day ----


def test_a_new_build_started_on_mini() -> None:
    answer = advise("new", ARTICLE)
    assert (answer.lane, answer.model) == ("budget", "gpt-image-1-mini")
    assert "cost-efficient version of GPT Image 1" in said(answer)
    assert "You are still choosing the budget lane, not the flagship" in answer.tradeoff


def test_a_workflow_on_gpt_image_1_kept_it_for_thirty_days() -> None:
    answer = advise("existing", ARTICLE, "gpt-image-1")
    assert (answer.lane, answer.model, answer.window_ends) == ("legacy", "gpt-image-1", date(2026, 4, 26))
    assert "continuity only" in answer.reasons[0]
    assert "You are staying on gpt-image-1, not on the current default, gpt-image-1-mini." in answer.tradeoff
    assert "until 2026-04-26" in answer.next_step
    assert "gpt-image-1-mini and gpt-image-1.5" in answer.next_step


def test_better_output_was_a_question_for_1_5() -> None:
    answer = advise("quality", ARTICLE)
    assert (answer.lane, answer.model) == ("premium", "gpt-image-1.5")
    assert "going back to legacy, gpt-image-1, is no upgrade" in answer.reasons[0]
    assert answer.tradeoff == (
        "You pay substantially more: 3.1 times as much as budget for a medium square picture ($0.034 against $0.011)."
    )


def test_who_was_not_sure_started_on_mini_and_benched_1_5() -> None:
    answer = advise("unsure", ARTICLE)
    assert (answer.lane, answer.model) == ("budget", "gpt-image-1-mini")
    assert "test premium, gpt-image-1.5, blind on your own prompts" in answer.reasons[0]
    assert answer.tradeoff == "You still need to run the comparison on your own prompts."


@pytest.mark.parametrize(
    ("situation", "model"), [("new", None), ("existing", "gpt-image-1"), ("quality", None), ("unsure", None)]
)
def test_on_that_day_no_end_was_known_and_one_note_says_what_is_known_since(situation: str, model: str | None) -> None:
    answer = advise(situation, ARTICLE, model)
    later = [line for line in answer.warnings if "2026-10-23" in line or "2026-12-01" in line]
    assert len(later) == 1
    assert later[0].startswith("Not known on 2026-03-27, known by 2026-11-28: ")
    assert "2.5" not in said(answer)


# ---- between the days ----


@pytest.mark.parametrize(("on", "premium"), [(date(2026, 4, 20), "gpt-image-1.5"), (date(2026, 4, 21), "gpt-image-2")])
def test_gpt_image_2_became_premium_on_the_day_it_came(on: date, premium: str) -> None:
    assert advise("quality", on).model == premium


@pytest.mark.parametrize(("on", "end_known"), [(date(2026, 6, 1), False), (date(2026, 6, 2), True)])
def test_the_end_of_mini_is_a_warning_from_its_announcement(on: date, end_known: bool) -> None:
    answer = advise("new", on)
    assert answer.model == "gpt-image-1-mini"
    assert ("gpt-image-1-mini ends on 2026-12-01 (182 days)." in answer.warnings) is end_known
    assert any(line.startswith("Not known on") for line in answer.warnings) is not end_known


@pytest.mark.parametrize(
    ("on", "lane", "model", "window_ends"),
    [
        (date(2026, 9, 22), "legacy", "gpt-image-1", date(2026, 10, 22)),
        (date(2026, 9, 23), "budget", "gpt-image-2.5-flare", date(2026, 10, 22)),
        (date(2026, 9, 24), "budget", "gpt-image-2.5-flare", date(2026, 10, 22)),
        (date(2026, 10, 22), "budget", "gpt-image-2.5-flare", date(2026, 10, 22)),
        (date(2026, 10, 23), "budget", "gpt-image-2.5-flare", date(2026, 11, 22)),
    ],
)
def test_an_existing_workflow_keeps_its_model_until_the_horizon_reaches_its_end(
    on: date, lane: str, model: str, window_ends: date
) -> None:
    answer = advise("existing", on, "gpt-image-1")
    assert (answer.lane, answer.model, answer.window_ends) == (lane, model, window_ends)


def test_no_window_outlasts_the_model_it_is_for() -> None:
    facts = ended("gpt-image-2", date(2026, 12, 5), TODAY, NEWEST)
    answer = advice.recommend(facts, "existing", "gpt-image-2", TODAY, horizon_days=7)
    assert (answer.lane, answer.window_ends) == ("legacy", date(2026, 12, 4))


@pytest.mark.parametrize(
    ("on", "named"),
    [
        (date(2026, 9, 21), "gpt-image-2"),
        (date(2026, 9, 22), "gpt-image-2.5-sunburst and gpt-image-2.5-flare"),
    ],
)
def test_replacements_are_those_named_by_the_day(on: date, named: str) -> None:
    models = statuses.statuses(FACTS, on, "gpt-image-1").models
    assert " and ".join(models[0].successors) == named


# ---- today ----


def test_today_a_new_build_starts_on_flare_and_hears_that_premium_costs_the_same() -> None:
    answer = advise("new", TODAY)
    assert (answer.lane, answer.model) == ("budget", "gpt-image-2.5-flare")
    assert "Budget and premium cost the same at the same quality word ($0.01317 each at medium)" in said(answer)
    assert "The lever is quality: a square picture is $0.00588 low to $0.21072 max." in answer.reasons
    assert "1.0x" not in said(answer)
    assert "our fastest model for high-quality, everyday image generation" in said(answer)
    assert answer.warnings == ()


def test_today_better_output_is_sunburst_with_its_challenger_named() -> None:
    answer = advise("quality", TODAY)
    assert (answer.lane, answer.model) == ("premium", "gpt-image-2.5-sunburst")
    assert (
        "gpt-image-2.6-sunburst is the newer challenger of premium; its price per picture is not published."
        in answer.reasons
    )
    assert "tighter control across edits" in said(answer)
    assert "our most capable model for image generation and editing" in said(answer)
    assert "our fastest model" in said(answer)
    challenger = next(other for other in answer.alternatives if other.model == "gpt-image-2.6-sunburst")
    assert challenger.each_usd is None


@pytest.mark.parametrize(("on", "named"), [(date(2026, 11, 3), False), (date(2026, 11, 4), True)])
def test_the_challenger_is_named_from_its_release(on: date, named: bool) -> None:
    assert ("gpt-image-2.6-sunburst" in said(advise("quality", on))) is named


@pytest.mark.parametrize(
    ("old", "lane", "new"),
    [
        ("gpt-image-1-mini", "budget", "gpt-image-2.5-flare"),
        ("gpt-image-1.5", "premium", "gpt-image-2.5-sunburst"),
        ("chatgpt-image-latest", "premium", "gpt-image-2.5-sunburst"),
        ("gpt-image-1", "budget", "gpt-image-2.5-flare"),
        ("dall-e-3", "budget", "gpt-image-2.5-flare"),
        ("dall-e-2", "budget", "gpt-image-2.5-flare"),
    ],
)
def test_a_model_that_is_gone_or_going_is_left_for_the_lane_it_stood_for(old: str, lane: str, new: str) -> None:
    answer = advise("existing", TODAY, old)
    assert (answer.lane, answer.model, answer.existing) == (lane, new, old)
    assert answer.retest
    assert answer.window_ends is not None
    assert answer.window_ends > TODAY


def test_who_runs_mini_today_has_nine_days_and_knows_what_it_will_cost() -> None:
    answer = advise("existing", TODAY, "gpt-image-1-mini")
    assert answer.reasons[0].startswith("gpt-image-1-mini ends on 2026-12-01 (9 days)")
    assert answer.window_ends == date(2026, 11, 30)
    assert "OpenAI names gpt-image-2.6-sunburst and gpt-image-2.6-flare as its replacement" in said(answer)
    assert {other.model for other in answer.alternatives} >= {"gpt-image-2.6-sunburst", "gpt-image-2.6-flare"}
    assert [effect.sentence for effect in answer.price_effect] == [
        "low $0.005: $0.00588 (+18%) at the same word; nearest by cost is low $0.00588 (+18%)",
        "medium $0.011: $0.01317 (+20%) at the same word; nearest by cost is medium $0.01317 (+20%)",
        "high $0.036: $0.05268 (+46%) at the same word; "
        "no twin by cost, it lies between medium $0.01317 and high $0.05268",
    ]
    assert "high $0.036 has no twin by cost, it lies between medium $0.01317 and high $0.05268." in answer.tradeoff


def test_a_quality_word_does_not_carry_over_from_gpt_image_2() -> None:
    answer = advise("existing", TODAY, "gpt-image-2")
    assert (answer.lane, answer.model, answer.window_ends) == ("legacy", "gpt-image-2", date(2026, 12, 22))
    near = {effect.quality: (effect.has_twin, effect.nearest[0].quality) for effect in answer.price_effect}
    assert near == {"low": (True, "low"), "medium": (True, "high"), "high": (True, "max")}


def test_where_no_price_is_published_the_change_is_unknown_and_never_zero() -> None:
    facts = ended("gpt-image-2.6-flare", date(2026, 12, 1), TODAY)
    answer = advise("existing", TODAY, "gpt-image-2.6-flare", facts)
    assert answer.price_effect == ()
    assert "is not published" in answer.tradeoff
    assert "OpenAI has named no replacement that we know of." in answer.reasons


@pytest.mark.parametrize("model", ["gpt-image-2.5-flare", "gpt-image-2.5-sunburst"])
def test_who_runs_a_lane_of_the_day_has_nothing_to_migrate(model: str) -> None:
    answer = advise("existing", TODAY, model)
    assert answer.model == model
    assert bindings.lane_models(FACTS, TODAY)[answer.lane or ""] == model
    assert "nothing to migrate" in answer.reasons[0]


def test_the_challenger_in_use_is_kept_while_the_priced_lanes_are_compared() -> None:
    answer = advise("existing", TODAY, "gpt-image-2.6-sunburst")
    assert (answer.lane, answer.model) == ("legacy", "gpt-image-2.6-sunburst")
    assert "Its price per picture is not published: its totals are unknown." in answer.reasons


@pytest.mark.parametrize(("on", "warned"), [(date(2026, 11, 30), False), (date(2026, 12, 1), True)])
def test_a_day_on_which_something_has_come_since_the_last_check_says_so(on: date, warned: bool) -> None:
    late = "The catalogue was last checked on 2026-11-28"
    assert any(line.startswith(late) for line in advise("new", on).warnings) is warned
    assert any(line.startswith(late) for line in statuses.statuses(FACTS, on).notes) is warned


def test_what_we_cannot_answer_is_asked_back() -> None:
    with pytest.raises(NotUnderstood, match="Say which model you run"):
        advise("existing", TODAY)
    with pytest.raises(NotUnderstood, match="new, existing, quality, unsure"):
        advise("best", TODAY)


# ---- every day, every situation ----

DAYS = st.dates(ARTICLE, date(2027, 12, 31))
SITUATIONS = st.sampled_from(["new", "quality", "unsure", *FACTS.models])


@settings(max_examples=300, deadline=None)
@given(on=DAYS, situation=SITUATIONS)
def test_what_is_recommended_lives_through_the_horizon_as_known_that_day(on: date, situation: str) -> None:
    existing = situation in FACTS.models
    if existing and FACTS.models[situation].released > on:
        return
    answer = advise("existing" if existing else situation, on, situation if existing else None)
    for name in (answer.model, *(other.model for other in answer.alternatives)):
        model = FACTS.models[name]
        end = announced_end(model, on)
        assert life.usable(FACTS, name, on)
        assert end is None or (end - on).days > HORIZON_DAYS
    if situation != "new":
        assert answer.window_ends is not None
        assert on <= answer.window_ends <= on + timedelta(days=30)
    assert "Image API" in answer.surface
