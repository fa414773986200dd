"""How an estimate looks: what leads, what the table says, and which steps it offers."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bot.bench.own import NOTHING_OWN, Own
from bot.entrypoints.commands import COMMANDS
from bot.estimate import answer, blocks
from bot.estimate.command import Estimate
from bot.grammar.vocabulary import vocabulary
from bot.pricing import ImageSpec, KeepCount, Quotes, Size
from bot.pricing.facts import Catalog
from bot.slack.message import Message
from tests.kit import looks
from tests.kit.lanes_made import FACTS, ended
from tests.kit.views_made import pressed, said

TODAY = date(2026, 11, 28)
SQUARE = Size(1024, 1024)
FLARE_KEPT = KeepCount(ImageSpec("gpt-image-2.5-flare", "high", SQUARE), 41, 60)
NONE_KEPT = KeepCount(ImageSpec("gpt-image-2.5-flare", "high", SQUARE), 0, 12)
ALL_KEPT = tuple(
    KeepCount(ImageSpec(model, "high", SQUARE), kept, 60)
    for model, kept in (("gpt-image-2.5-flare", 41), ("gpt-image-2.5-sunburst", 50), ("gpt-image-2", 59))
)


def asked(words: str, today: date = TODAY, mine: Own = NOTHING_OWN, facts: Catalog = FACTS) -> Quotes:
    command = COMMANDS.parse(words, vocabulary(facts, today))
    assert isinstance(command, Estimate)
    return answer.estimate(facts, command, today, mine)


def shown(words: str, today: date = TODAY, mine: Own = NOTHING_OWN, facts: Catalog = FACTS) -> Message:
    return blocks.quotes(asked(words, today, mine, facts), f"{words} --on {today}" if "--on" not in words else words)


def table(message: Message) -> list[list[str]]:
    return [
        [cell["text"] for cell in row] for block in message.blocks if block["type"] == "table" for row in block["rows"]
    ]


def grey(message: Message) -> str:
    return "".join(said(block) for block in message.blocks if block["type"] == "context")


@pytest.mark.parametrize(
    "words",
    [
        "estimate 5000 high square",
        "estimate 1",
        "estimate 999999 max 3840x2160",
        "estimate 999999 max 3840x2160 gpt-image-2.5-sunburst-2026-09-08",
        "estimate 999999 high landscape gpt-image-2.5-sunburst-2026-09-08 gpt-image-2.5-flare-2026-09-08 gpt-image-2",
        "estimate 999999 high 1536x1024 --keep 12.3456% --retries 99",
        "estimate 999999 high 1536x1024 gpt-image-2.5-sunburst-2026-09-08 --keep 12.3456% --retries 99",
        "estimate 800 medium landscape premium --keep 70% --retries 2",
        "estimate 5000 high --retries 2",
        "estimate 5000 high premium --retries 2",
        "estimate 5000 high --keep 55%",
        "estimate 5000 high --batch",
        "estimate 5000 high --batch --on 2026-10-13",
        "estimate 5000 high --on 2026-03-27",
        "estimate 5000 high --on 2025-12-31 gpt-image-1",
        "estimate 5000 --on 2027-02-03",
        "estimate 5000 max",
        "estimate 5000 low gpt-image-2.6-flare",
        "estimate 5000 gpt-image-2.6-flare gpt-image-2.6-sunburst",
        "estimate 999999 gpt-image-2.6-sunburst 1536x1024",
        "estimate 5000 high gpt-image-1-mini",
        "estimate 5000 high chatgpt-image-latest",
        "estimate 5000 high gpt-image-1",
        "estimate 5000 hd dall-e-3",
        "estimate 5000 high gpt-image-1-mini gpt-image-1.5 chatgpt-image-latest",
        "estimate 5000 high premium gpt-image-1-mini",
    ],
)
def test_every_estimate_holds_to_the_looks(words: str) -> None:
    for mine in (NOTHING_OWN, Own((FLARE_KEPT,)), Own((NONE_KEPT,)), Own(ALL_KEPT)):
        message = shown(words, mine=mine)
        looks.holds(message)
        looks.window(blocks.details(asked(words, mine=mine)))


def test_the_sentence_the_table_and_one_grey_line() -> None:
    message = shown("estimate 5000 high square")
    assert looks.lead_of(message) == "$263.40 on budget or premium; legacy would cost 4 times as much."
    assert table(message) == [
        ["Lane", "Total", "Each", "Model"],
        ["budget", "$263.40", "$0.0527", "gpt-image-2.5-flare"],
        ["premium", "$263.40", "$0.0527", "gpt-image-2.5-sunburst"],
        ["legacy", "$1,055.00", "$0.211", "gpt-image-2"],
    ]
    assert grey(message) == "5,000 pictures, high, square. What 2.5 calls high, gpt-image-2 calls medium: $265.00."


def test_the_next_steps_draw_one_of_each_and_price_a_batch() -> None:
    message = shown("estimate 5000 high square")
    buttons = pressed(message.blocks)
    assert json.loads(buttons["sample.wish"]) == {
        "choices": ["budget", "premium", "legacy"],
        "quality": "high",
        "size": "square",
    }
    assert buttons["command.run:1"] == "estimate 5000 high square --on 2026-11-28 --batch"
    assert "Batch: $131.70" in said(message.blocks)
    batch = COMMANDS.parse(buttons["command.run:1"], vocabulary(FACTS, TODAY))
    assert isinstance(batch, Estimate)
    assert answer.estimate(FACTS, batch, TODAY).deciding.startswith("$131.70 on budget or premium;")


@pytest.mark.parametrize(
    ("words", "steps"),
    [
        ("estimate 5 gpt-image-2.6-flare", ["sample.wish", "answer.share:1", "answer.details:2"]),  # no batch rates
        ("estimate 5 --batch", ["sample.wish", "answer.share:1", "answer.details:2"]),
        ("estimate 5 --on 2026-03-27", ["command.run", "answer.share:1", "answer.details:2"]),  # that day is over
    ],
)
def test_a_step_is_offered_only_where_it_works(words: str, steps: list[str]) -> None:
    assert list(pressed(shown(words).blocks)) == steps


def test_B5_keep_rate_and_retries_stand_in_the_sentence() -> None:
    message = shown("estimate 800 medium landscape premium --keep 70% --retries 2")
    assert looks.lead_of(message) == ("$11.44 for 800 pictures on premium with retries: $0.0147 for each kept picture.")
    assert grey(message) == "800 pictures, medium, landscape; 70% kept, 2 retries: about 778 end up kept."
    assert table(message) == []


def test_B5_and_in_the_table_of_several_lanes() -> None:
    message = shown("estimate 5000 high square --keep 70% --retries 2")
    assert looks.lead_of(message) == "$366.13 on budget or premium with retries: $0.0753 for each kept picture."
    assert table(message)[0] == ["Lane", "Total", "Per kept", "Model"]
    assert table(message)[3] == ["legacy", "$1,466.45", "$0.301", "gpt-image-2"]
    assert "Batch: $183.06" in said(message.blocks)


def test_two_or_three_named_ones_are_answered_side_by_side() -> None:
    assert looks.lead_of(shown("estimate 100 high premium budget")) == (
        "$5.27 on premium or budget: both cost the same."
    )
    models = shown("estimate 100 high gpt-image-2 gpt-image-2.5-flare")
    assert looks.lead_of(models) == "$5.27 on gpt-image-2.5-flare; gpt-image-2 would cost 4 times as much."
    assert table(models) == [
        ["Total", "Each", "Model"],
        ["$21.10", "$0.211", "gpt-image-2"],
        ["$5.27", "$0.0527", "gpt-image-2.5-flare"],
    ]


def test_a_model_that_ends_says_so_first_and_what_the_same_costs_elsewhere() -> None:
    message = shown("estimate 5000 high gpt-image-1-mini")
    assert looks.lead_of(message) == "gpt-image-1-mini shuts down in 3 days; the same on gpt-image-2.5-flare: $263.40."
    assert table(message) == [
        ["Total", "Each", "Model"],
        ["$180.00", "$0.036", "gpt-image-1-mini"],
        ["$263.40", "$0.0527", "gpt-image-2.5-flare"],
    ]
    assert json.loads(pressed(message.blocks)["sample.wish"])["choices"] == ["gpt-image-2.5-flare"]
    named_beside = shown("estimate 5000 high gpt-image-1-mini gpt-image-2")
    assert looks.lead_of(named_beside) == "gpt-image-1-mini shuts down in 3 days; the same on gpt-image-2: $1,055.00."
    assert len(table(named_beside)) == 3


@pytest.mark.parametrize(("today", "first"), [(date(2026, 10, 31), False), (date(2026, 11, 1), True)])
def test_an_end_leads_from_thirty_days_before(today: date, first: bool) -> None:
    lead = asked("estimate 5000 high gpt-image-1-mini", today).deciding
    assert lead.startswith("gpt-image-1-mini shuts down in 30 days") is first


def test_a_model_that_is_gone_says_when() -> None:
    assert asked("estimate 5000 high gpt-image-1").deciding == (
        "gpt-image-1 was shut down on 23 Oct; the same on gpt-image-2.5-flare: $263.40."
    )
    assert asked("estimate 5000 hd dall-e-3").deciding == "dall-e-3 was shut down on 12 May."


def test_with_nobody_to_take_its_place_the_price_stands_beside_the_end() -> None:
    lanes = ("gpt-image-2.5-flare", "gpt-image-2.5-sunburst")
    going = {name: ended(name, date(2026, 12, 1), TODAY).models[name] for name in lanes}
    facts = replace(FACTS, models={**FACTS.models, **going})
    assert asked("estimate 5000 high gpt-image-1-mini", facts=facts).deciding == (
        "gpt-image-1-mini shuts down in 3 days; until then this job costs $180.00."
    )


def test_an_unknown_price_is_said_with_why_and_is_never_nothing() -> None:
    message = shown("estimate 100 gpt-image-2.6-flare")
    assert looks.lead_of(message) == "What 100 pictures on gpt-image-2.6-flare would cost is unknown."
    assert "gpt-image-2.6-flare has no published price per picture." in grey(message)
    assert "$0" not in message.text
    assert grey(shown("estimate 100 max")) == "100 pictures, max, square. gpt-image-2 has no quality max."
    assert "has no batch price" in grey(shown("estimate 100 high --batch --on 2026-10-13"))


def test_votes_of_ones_own_decide_where_they_differ() -> None:
    message = shown("estimate 5000 high", mine=Own(ALL_KEPT))
    assert looks.lead_of(message) == "Premium costs least per kept picture: $0.0632; budget $0.0771, legacy $0.215."
    assert grey(message).startswith("5,000 pictures, high, square; by the keep rates of your own.")
    assert table(shown("estimate 5000 high", mine=Own((FLARE_KEPT,))))[0][2] == "Each"  # not every lane has one


def test_all_that_was_said_is_behind_details() -> None:
    told = said(blocks.details(asked("estimate 5000 high"))["blocks"])
    for words in (
        "high, 1024x1024: $0.05268 each, $263.40 in all",
        "Between $1,053.60 and $1,055.00",
        "4 times as much as the cheapest of these",
        "$0.211 listed, $0.21072 by tokens.",
        '"high" on 2 is "max" on 2.5: they take the same tokens.',
        "Landscape is 22% cheaper than square on 2 and 2.5.",
        "No size named: square.",
        "prompt text adds about $0.0005 per 100 tokens",
        "checked on 22 Nov",
    ):
        assert words in told


def test_the_foot_says_of_which_day_the_prices_are() -> None:
    assert asked("estimate 5000 high --on 2026-03-27").foot.startswith(
        "5,000 pictures, high, square, by the prices of 27 Mar."
    )
    assert "27 Mar" not in asked("estimate 5000 high", date(2026, 3, 27)).foot


def test_the_json_names_the_leading_sentence_and_what_was_named() -> None:
    value = asked("estimate 100 high gpt-image-1-mini gpt-image-2")
    assert (value.asked.choice, value.asked.others) == ("gpt-image-1-mini", ("gpt-image-2",))
    assert asked("estimate 5000 high").batch_usd == Decimal("131.70")
