"""How a recommendation and the list of models look: what leads, what the table says, which step comes next."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.bench.own import NOTHING_OWN, Own
from bot.bench.proof import Proof, prove
from bot.entrypoints.commands import COMMANDS
from bot.errors import NotUnderstood
from bot.grammar.vocabulary import vocabulary
from bot.lanes.life import usable
from bot.pricing.facts import Catalog
from bot.recommend import answer, blocks, blocks_models
from bot.recommend.command import Models, Recommend
from bot.slack.message import Message
from tests.kit import looks
from tests.kit.benches_made import Keeps, alike, better, judged, plan
from tests.kit.lanes_made import FACTS, NEWEST, ended
from tests.kit.views_made import pressed, said

TODAY = date(2026, 11, 28)
LONG_KIND = "pictures of our whole winter catalogue, page by page"


def command(words: str, today: date = TODAY) -> Any:
    return COMMANDS.parse(words, vocabulary(FACTS, today))


def proved(keeps: Keeps = better, kind: str = "kites") -> Proof:
    return prove([judged(plan(prompts=10, kind=kind), keeps)])


def shown(words: str, mine: Own = NOTHING_OWN, facts: Catalog = FACTS, today: date = TODAY) -> Message:
    asked = command(words, today)
    share = replace(asked, on=asked.on or today).words()
    if isinstance(asked, Models):
        value = answer.models(facts, asked, today)
        looks.window(blocks_models.details(value))
        return blocks_models.models(value, share)
    assert isinstance(asked, Recommend)
    found = answer.recommend(facts, asked, today, mine)
    looks.window(blocks.details(found))
    return blocks.recommendation(found, share)


def table(message: Message) -> list[list[str]]:
    return [
        [cell["text"] for cell in row] for block in message.blocks if block["type"] == "table" for row in block["rows"]
    ]


def grey(message: Message) -> str:
    return "".join(said(block) for block in message.blocks if block["type"] == "context")


def labels(message: Message) -> list[str]:
    (row,) = [block for block in message.blocks if block["type"] == "actions"]
    return [one["text"]["text"] if "text" in one else one["placeholder"]["text"] for one in row["elements"]]


SITUATIONS = ["", " new", " quality", " unsure", *(f" existing {model}" for model in FACTS.models)]


@pytest.mark.parametrize("on", ["", " --on 2026-03-27", " --on 2026-09-23", " --on 2027-02-03"])
@pytest.mark.parametrize("situation", SITUATIONS)
def test_every_recommendation_holds_to_the_looks(situation: str, on: str) -> None:
    model = situation.removeprefix(" existing ")
    day = date.fromisoformat(on[6:]) if on else TODAY
    if model in FACTS.models and FACTS.models[model].released > day:
        return
    looks.holds(shown(f"recommend{situation}{on}"))


@pytest.mark.parametrize("keeps", [better, alike])
@pytest.mark.parametrize("kind", ["kites", LONG_KIND])
@pytest.mark.parametrize("asked", ["kites", "logos", LONG_KIND])
def test_every_answer_from_proof_holds_to_the_looks(keeps: Keeps, kind: str, asked: str) -> None:
    mine = Own(proofs=(proved(keeps, kind),))
    for facts in (FACTS, ended("gpt-image-2.5-flare", date(2026, 12, 10), TODAY, NEWEST)):
        looks.holds(shown(f'recommend new --for "{asked}"', mine, facts))


@pytest.mark.parametrize("on", ["", " --on 2026-03-27", " --on 2027-02-03", " --on 2024-01-01"])
def test_every_list_of_models_and_every_model_holds_to_the_looks(on: str) -> None:
    day = date.fromisoformat(on[6:]) if on else TODAY
    looks.holds(shown(f"models{on}"))
    for model in FACTS.models.values():
        if model.released <= day:
            looks.holds(shown(f"models {model.id}{on}"))


def test_a_model_that_ends_is_left_by_its_last_day_and_the_table_says_what_that_changes() -> None:
    message = shown("recommend existing gpt-image-1-mini")
    assert looks.lead_of(message) == "Move to gpt-image-2.5-flare by 30 Nov: gpt-image-1-mini shuts down in 3 days."
    assert table(message) == [
        ["Quality", "Now", "After", "Change"],
        ["low", "$0.005", "$0.00588", "+18%"],
        ["medium", "$0.011", "$0.0132", "+20%"],
        ["high", "$0.036", "$0.0527", "+46%"],
    ]
    assert grey(message) == "One square picture. Quality words do not carry over: choose again by look."
    assert labels(message) == ["Blind test: $0.24", "Try it…", "Share", "Details"]


def test_a_new_build_starts_on_budget_and_tries_it_first() -> None:
    message = shown("recommend")
    assert looks.lead_of(message) == "Start on budget (gpt-image-2.5-flare); premium costs the same."
    assert table(message)[:3] == [["Quality", "Each"], ["low", "$0.00588"], ["medium", "$0.0132"]]
    assert grey(message) == "For a new build. One square picture. The quality sets the price, not the lane."
    assert labels(message) == ["Try it…", "Blind test: $0.26", "Share", "Details"]
    assert json.loads(pressed(message.blocks)["sample.wish"])["choices"] == ["budget"]


@pytest.mark.parametrize(
    ("words", "lead"),
    [
        ("quality", "For better output test premium (gpt-image-2.5-sunburst): it costs the same."),
        ("unsure", "Start on budget (gpt-image-2.5-flare) and test premium: it costs the same."),
        ("new --on 2026-03-27", "Start on budget (gpt-image-1-mini); premium would cost 3.1 times as much."),
        ("existing gpt-image-2", "Keep gpt-image-2 only for what runs on it, until 28 Dec."),
        ("existing gpt-image-2.5-flare", "Stay on gpt-image-2.5-flare: it is the budget lane."),
        ("existing gpt-image-1", "Move to gpt-image-2.5-flare now: gpt-image-1 was shut down on 23 Oct."),
        ("existing chatgpt-image-latest", "Move to premium by 30 Nov: chatgpt-image-latest shuts down in 3 days."),
    ],
)
def test_each_situation_has_its_sentence(words: str, lead: str) -> None:
    assert looks.lead_of(shown(f"recommend {words}")) == lead


def test_ones_own_proof_decides_and_needs_no_second_test() -> None:
    message = shown("recommend new --for kites", Own(proofs=(proved(),)))
    assert looks.lead_of(message) == "Take premium for kites: your blind test of 10 prompts on 22 Nov decided it."
    assert labels(message) == ["Try it…", "Share", "Details"]


@pytest.mark.parametrize(
    ("keeps", "told"),
    [
        (better, "Your blind test of kites chose gpt-image-2.5-sunburst."),
        (alike, "Your blind test of kites has not decided."),
    ],
)
def test_what_was_proven_for_some_work_is_told_where_none_is_named(keeps: Keeps, told: str) -> None:
    message = shown("recommend new", Own(proofs=(proved(keeps),)))
    assert looks.lead_of(message).startswith("Start on budget")
    assert grey(message).endswith(told)


def test_the_blind_test_opens_the_window_for_the_two() -> None:
    words = pressed(shown("recommend existing gpt-image-1-mini").blocks)["command.run"]
    assert words == "bench plan --lanes gpt-image-1-mini,budget"
    assert command(words).words() == words


@pytest.mark.parametrize(
    ("words", "steps"),
    [
        ("existing gpt-image-2.6-flare", ["Try it…", "Blind test…", "Share", "Details"]),  # its price is unknown
        ("existing gpt-image-1", ["Try it…", "Share", "Details"]),  # it draws no more
        ("new --on 2026-03-27", ["Share", "Details"]),  # that day is over
    ],
)
def test_a_step_is_offered_only_where_it_works(words: str, steps: list[str]) -> None:
    assert labels(shown(f"recommend {words}")) == steps


def test_all_that_was_said_of_a_recommendation_is_behind_details() -> None:
    told = said(
        blocks.details(answer.recommend(FACTS, command("recommend existing gpt-image-1-mini"), TODAY))["blocks"]
    )
    for words in (
        "Take budget: gpt-image-2.5-flare",
        "OpenAI names gpt-image-2.6-sunburst and gpt-image-2.6-flare as its replacement",
        "You gain a model that lives and change its price and look.",
        "Move by 2026-11-30, its last day",
        "no twin by cost, it lies between medium $0.01317 and high $0.05268",
        "prompts tuned on the old model",
        "named by OpenAI as the replacement of gpt-image-1-mini",
        "Image API for one picture or one edit",
    ):
        assert words in told


def test_a_stand_in_is_named_under_the_table() -> None:
    facts = ended("gpt-image-2.5-sunburst", date(2026, 12, 10), TODAY, NEWEST)
    assert "gpt-image-2.6-sunburst stands in for gpt-image-2.5-sunburst." in grey(shown("recommend new", facts=facts))


# Models


def test_B19_the_list_of_models_is_the_same_answer_at_every_door() -> None:
    message = shown("models")
    assert looks.lead_of(message) == "3 lanes are set; 3 models end on 1 Dec."
    assert table(message)[0] == ["Model", "Lane", "Medium square", "Until"]
    assert table(message)[1] == ["gpt-image-2.5-sunburst", "premium", "$0.0132", "–"]
    assert table(message)[-1] == ["gpt-image-1-mini", "–", "$0.011", "30 Nov"]
    assert grey(message) == "3 more are gone: Details has them."
    value = answer.models(FACTS, Models(), TODAY)
    printout = COMMANDS.row("models").printout(value, False)
    assert [column.header for column in printout.renderables[2].columns] == table(message)[0]
    assert printout.renderables[0].words == looks.lead_of(message)


def test_one_of_them_is_opened_by_the_select() -> None:
    (select,) = [one for one in shown("models").blocks[-1]["elements"] if one["type"] == "static_select"]
    values = [option["value"] for option in select["options"]]
    assert values[0] == "models gpt-image-2.6-sunburst --on 2026-11-28"
    assert len(values) == len(FACTS.models)


@pytest.mark.parametrize(
    ("model", "lead", "step"),
    [
        ("gpt-image-2.5-flare", "gpt-image-2.5-flare fills budget: $0.0132 for a medium square picture.", "Try it…"),
        (
            "gpt-image-2.6-flare",
            "gpt-image-2.6-flare fills no lane; what a picture costs is unknown.",
            "Try it…",
        ),
        (
            "gpt-image-1-mini",
            "gpt-image-1-mini shuts down in 3 days; OpenAI names gpt-image-2.6-sunburst.",
            "What instead?",
        ),
        (
            "gpt-image-1",
            "gpt-image-1 was shut down on 23 Oct; OpenAI names gpt-image-2.5-sunburst.",
            "What instead?",
        ),
    ],
)
def test_one_model_says_where_it_stands_and_what_comes_next(model: str, lead: str, step: str) -> None:
    message = shown(f"models {model}")
    assert looks.lead_of(message) == lead
    assert labels(message) == [step, "Share", "Details"]


@pytest.mark.parametrize("on", [date(2026, 11, 28), date(2026, 12, 1), date(2027, 3, 1)])
def test_B18_a_hint_names_only_models_that_can_be_used(on: date) -> None:
    for typed in ("gpt-image", "gpt-imag", "gpt image", "image"):
        with pytest.raises(NotUnderstood) as refused:
            command(f"models {typed}", on)
        named = [model for model in FACTS.models if f"`{model}`" in refused.value.sentence]
        assert all(usable(FACTS, model, on) for model in named)
