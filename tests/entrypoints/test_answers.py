import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bot import catalog
from bot.bench import own as bench_own
from bot.entrypoints.commands import COMMANDS
from bot.errors import BadSpec, NoLanes, UnknownModel
from bot.estimate import answer as estimate_answer
from bot.estimate.command import Estimate
from bot.pricing import ImageSpec, KeepCount, Quotes, Size
from bot.printing import plain_json
from bot.recommend import answer as recommend_answer
from bot.recommend.command import Models, Recommend
from tests.kit import terminal_answers

FACTS = catalog.load()
ARTICLE, TODAY = date(2026, 3, 27), date(2026, 11, 22)


def asked(words: str, today: date = TODAY) -> Any:
    return terminal_answers.answer(FACTS, words, today)


def totals(answer: Any) -> dict[str, str]:
    return {quote["model"]: quote["total_usd"] for quote in plain_json.as_json(answer)["quotes"]}


def in_json(words: str) -> dict[str, object]:
    """As a script reads it: through the text."""
    found: dict[str, object] = json.loads(json.dumps(plain_json.as_json(asked(words))))
    return found


# ---- days and defaults ----


@pytest.mark.parametrize("words", ["estimate 5", "recommend", "models"])
def test_an_answer_is_for_the_day_named_and_else_for_today(words: str) -> None:
    assert in_json(f"{words} --on 2026-03-27")["day"] == "2026-03-27"
    assert in_json(words)["day"] == "2026-11-22"


def test_the_reference_estimates_of_both_days() -> None:
    assert totals(asked("estimate 5000 high square --on 2026-03-27")) == {
        "gpt-image-1-mini": "180.00",
        "gpt-image-1.5": "665.00",
        "gpt-image-1": "835.00",
    }
    assert totals(asked("estimate 5000 high square")) == {
        "gpt-image-2.5-flare": "263.40",
        "gpt-image-2.5-sunburst": "263.40",
        "gpt-image-2": "1055.00",
    }


def test_every_default_is_said_and_nothing_else() -> None:
    def defaults(command: Estimate) -> tuple[str, ...]:
        return estimate_answer.estimate(FACTS, command, TODAY).defaults

    assert defaults(Estimate(5)) == (
        "No quality named: medium.",
        "No size named: square.",
        "No lane or model named: every lane.",
    )
    assert defaults(Estimate(5, "high", "square", "budget")) == ()
    plain = estimate_answer.estimate(FACTS, Estimate(5), TODAY)
    assert (plain.asked.quality, plain.asked.size, len(plain.quotes)) == ("medium", "square", 3)


def test_no_situation_means_a_new_build_and_that_is_said() -> None:
    left_out = recommend_answer.recommend(FACTS, Recommend(), TODAY)
    assert left_out.defaults == ("No situation named: answered for a new build.",)
    named = recommend_answer.recommend(FACTS, Recommend("new"), TODAY)
    assert left_out.foot == f"For a new build. {named.foot}"
    assert replace(left_out, defaults=(), foot=named.foot) == named


# ---- what stands in the way ----


def test_a_model_named_by_itself_has_a_price_before_the_first_lane() -> None:
    assert totals(asked("estimate 10 standard square dall-e-3 --on 2024-01-01")) == {"dall-e-3": "0.40"}
    with pytest.raises(NoLanes):
        asked("estimate 10 --on 2026-03-26")


def test_a_model_of_a_later_day_is_unknown_on_this_one() -> None:
    with pytest.raises(UnknownModel, match="not out on 2026-03-27"):
        asked("estimate 10 gpt-image-2 --on 2026-03-27")


def test_a_retired_model_is_quoted_without_a_total_and_says_why() -> None:
    answer = in_json("estimate 10 high square gpt-image-1")
    assert isinstance(answer["quotes"], list)
    quote = answer["quotes"][0]
    assert quote["total_usd"] is None
    assert "shut down on 2026-10-23" in quote["notes"][0]


def test_a_quality_the_named_model_lacks_is_refused() -> None:
    with pytest.raises(BadSpec, match="gpt-image-2 has no quality max"):
        asked("estimate 10 max square gpt-image-2")


def test_a_lane_that_nothing_fills_is_refused_and_a_stand_in_is_told() -> None:
    named = FACTS.models["gpt-image-1-mini"].successors
    dying = {
        name: replace(FACTS.models[name], shutdown=date(2026, 12, 1), deprecation_announced=TODAY, successors=named)
        for name in ("gpt-image-2.5-flare", "gpt-image-2")
    }
    facts = replace(FACTS, models={**FACTS.models, **dying})
    with pytest.raises(NoLanes, match="no living model fills legacy"):
        estimate_answer.estimate(facts, Estimate(5, choice="legacy"), TODAY)
    quote = estimate_answer.estimate(facts, Estimate(5, choice="budget"), TODAY).quotes[0]
    assert quote.model == "gpt-image-2.6-sunburst"
    assert quote.total_usd is None
    assert any("stands in" in note for note in quote.notes)


# ---- the team's own figures are handed in ----

FLARE = ImageSpec("gpt-image-2.5-flare", "medium", Size(1024, 1024))


def test_the_teams_own_keep_rate_gives_the_cost_of_an_accepted_image() -> None:
    answer = estimate_answer.estimate(
        FACTS, Estimate(5, keep_own=True), TODAY, bench_own.Own((KeepCount(FLARE, 41, 60),))
    )
    own = {quote.model: (quote.keep_basis, quote.per_accepted_usd) for quote in answer.quotes}
    assert own["gpt-image-2.5-flare"] == ("your own 41 of 60", Decimal("0.019273171"))
    assert own["gpt-image-2"] == (None, None)


def test_asking_for_a_keep_rate_of_ones_own_without_votes_is_told() -> None:
    answer = estimate_answer.estimate(FACTS, Estimate(5, "low", "square", "budget", keep_own=True), TODAY)
    assert answer.defaults == ("You have judged no pictures yet, so there is no keep rate of your own.",)


def test_what_the_team_runs_today_is_the_measure_of_the_difference() -> None:
    runs = ImageSpec("gpt-image-2", "medium", Size(1024, 1024))
    answer = estimate_answer.estimate(FACTS, Estimate(100), TODAY, bench_own.Own(runs=runs))
    assert [quote.today_difference_usd for quote in answer.quotes] == [Decimal("-3.983")] * 2 + [Decimal("0.00")]


# ---- the --json contract: scripts rely on these names ----


def test_the_json_of_an_estimate() -> None:
    answer = in_json("estimate 5000 high square")
    assert (answer["day"], answer["count"]) == ("2026-11-22", 5000)
    assert isinstance(answer["quotes"], list)
    assert isinstance(answer["assumptions"], list)
    contract = {
        "lane": "legacy",
        "model": "gpt-image-2",
        "quality": "high",
        "size": "1024x1024",
        "each_usd": "0.211",
        "total_usd": "1055.00",
        "low_usd": "1053.60",
        "high_usd": "1055.00",
        "basis": "published",
        "ends_on": None,
        "checked_on": "2026-11-22",
    }
    legacy = answer["quotes"][2]
    assert {name: legacy[name] for name in contract} == contract
    assert legacy["source"].startswith("https://")
    assert all(isinstance(note, str) for note in legacy["notes"])


def test_an_unknown_price_is_null_in_json() -> None:
    answer = plain_json.as_json(asked("estimate 10 low 1024x1536 gpt-image-2.6-sunburst"))
    quote = answer["quotes"][0]
    assert [quote[name] for name in ("each_usd", "total_usd", "low_usd", "high_usd", "basis")] == [None] * 5
    assert quote["notes"]


def test_an_end_known_by_the_day_is_in_the_json() -> None:
    assert plain_json.as_json(asked("estimate 10 --on 2026-06-01"))["quotes"][0]["ends_on"] is None
    assert plain_json.as_json(asked("estimate 10 --on 2026-06-02"))["quotes"][0]["ends_on"] == "2026-12-01"


def test_the_json_of_a_recommendation() -> None:
    answer = in_json("recommend existing gpt-image-1.5")
    assert {name: answer[name] for name in ("day", "situation", "lane", "model")} == {
        "day": "2026-11-22",
        "situation": "existing",
        "lane": "premium",
        "model": "gpt-image-2.5-sunburst",
    }
    for name in ("reasons", "warnings"):
        listed = answer[name]
        assert isinstance(listed, list)
        assert all(isinstance(sentence, str) for sentence in listed)
    assert isinstance(answer["tradeoff"], str)
    assert isinstance(answer["next_step"], str)
    assert isinstance(answer["alternatives"], list)
    assert set(answer["alternatives"][0]) == {"model", "lane", "why", "each_usd"}
    assert answer["alternatives"][0]["each_usd"] == "0.01317"
    assert answer["window_ends"] == "2026-11-30"


def test_the_json_of_the_models() -> None:
    listed = in_json("models")["models"]
    assert isinstance(listed, list)
    found = {row["model"]: row for row in listed}
    contract = {
        "status": "deprecated",
        "released": "2025-10-06",
        "deprecation_announced": "2026-06-02",
        "shutdown": "2026-12-01",
        "successors": ["gpt-image-2.6-sunburst", "gpt-image-2.6-flare"],
        "checked_on": "2026-11-22",
    }
    mini = found["gpt-image-1-mini"]
    assert {name: mini[name] for name in contract} == contract
    assert mini["source"].startswith("https://")
    assert (mini["rates"]["image_out"], mini["rates"]["text_out"]) == ("8.00", None)
    assert found["dall-e-2"]["rates"] is None


def test_the_json_of_help_and_of_an_error() -> None:
    usages = in_json("help estimate")["usages"]
    assert isinstance(usages, list)
    assert [usage["name"] for usage in usages] == ["estimate"]
    assert plain_json.as_json(BadSpec("No such size.")) == {"error": {"code": "bad_spec", "message": "No such size."}}


def test_no_float_is_in_any_answer() -> None:
    def walk(value: object) -> None:
        assert not isinstance(value, float)
        if isinstance(value, dict):
            for item in value.values():
                walk(item)
        if isinstance(value, list):
            for item in value:
                walk(item)

    for words in ("estimate 5000 high --keep 55% --retries 2", "recommend existing gpt-image-1-mini", "models", "help"):
        walk(in_json(words))


def test_help_is_the_table_of_the_grammar() -> None:
    assert asked("help").usages == COMMANDS.usages
    assert [usage.name for usage in asked("help models").usages] == ["models"]


def test_models_takes_one_by_name() -> None:
    found = recommend_answer.models(FACTS, Models("gpt-image-1.5-2025-12-16"), TODAY).models
    assert [status.model for status in found] == ["gpt-image-1.5"]


@pytest.mark.parametrize("words", ["estimate 5000 high square", "recommend quality", "models gpt-image-2", "help"])
def test_every_example_question_has_an_answer(words: str) -> None:
    assert isinstance(asked(words), Quotes) is words.startswith("estimate")
