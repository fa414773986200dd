"""What a verdict says to somebody without statistics: every word of it, and the rules of every message."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bot.bench import blocks_verdict as view
from bot.bench import offers, verdict_money
from bot.bench import verdict_words as say
from bot.bench.more import MorePrompts
from bot.bench.proof import NamedSide, Proof
from bot.evidence import Image, ReviewerVote, Word, verdict
from bot.ledger.lane_choices import LaneChoice
from bot.pricing.spec import Size
from tests.kit import cells, looks
from tests.kit.lanes_made import FACTS, TODAY, ended

MODELS = {"budget": "gpt-image-2.5-flare", "premium": "gpt-image-2.5-sunburst", "legacy": "gpt-image-2"}
USD = {"budget": Decimal("0.01317"), "premium": Decimal("0.01317"), "legacy": Decimal("0.053")}
NINE, SEVEN = range(9), (*range(6), 9)  # places of ten that are kept: both six, only one three, only the other one
MEANT: list[tuple[dict[str, Sequence[int]], int, int, str, str]] = [
    (
        {"budget": range(24), "premium": range(34)},
        40,
        0,
        "Switch to premium: 34 of 40 pictures kept, budget 24 of 40.",
        "For 1,000 kept pictures premium saves about $6.46 in money and $123 of people's time.",
    ),
    (
        {"budget": range(18), "premium": range(8)},
        20,
        0,
        "Stay with budget: 18 of 20 pictures kept, premium 8 of 20.",
        "We are over 99% sure that budget costs less for each kept picture, people's time counted in.",
    ),
    (
        {"legacy": range(39), "budget": range(38)},
        40,
        0,
        "Switch to budget, it costs less: 38 of 40 pictures kept, legacy 39 of 40.",
        "budget saves $40 in money but takes $6.75 more of people's time: about $34 less in all.",
    ),
    (
        {"budget": SEVEN, "premium": NINE},
        10,
        0,
        "Not decided yet, but premium leads: 9 of 10 pictures kept, budget 7 of 10.",
        "That can still be luck: we are 84% sure that premium costs less, and ask for 97.5%.",
    ),
    (
        {"budget": range(30), "premium": range(32)},
        40,
        3,
        "No clear difference: 32 of 40 pictures kept on premium, budget 30 of 40.",
        "That may be luck: we are 92% sure that premium costs less, and ask for 97.5%. Four tests are the most:",
    ),
    (
        {"budget": range(3), "premium": range(5)},
        5,
        0,
        "Not decided yet with 5 prompts: 5 of 5 pictures kept on premium, budget 3 of 5.",
        "A decision takes at least 10 prompts that all were judged; here are 5.",
    ),
]


def proof(kept: dict[str, Sequence[int]], prompts: int, looks_before: int = 0, *, demo: bool = False) -> Proof:
    """Three people who agree; `kept` are the places of the prompts a lane was kept on."""
    images = [
        Image(f"kite {n}", MODELS[lane], Decimal(0) if demo else USD[lane], votes(n in places))
        for lane, places in kept.items()
        for n in range(prompts)
    ]
    sides = tuple(side_of(lane) for lane in kept)
    result = verdict(images, sides[0].lane, looks_before=looks_before)
    named = ("7f3k2q9xd4", "product-shots", demo, date(2026, 11, 22), ("7f3k2q9xd4",), 0, Decimal(30), Decimal(30))
    told = Proof(*named, prompts, sides, result)
    return replace(told, usable=offers.usable(FACTS, told, TODAY, 30))


def side_of(lane: str, quality: str = "medium") -> NamedSide:
    return NamedSide(MODELS[lane], MODELS[lane], lane, MODELS[lane], quality, Size(1024, 1024))


def votes(keep: bool) -> tuple[ReviewerVote, ...]:
    return tuple(ReviewerVote(person, keep, 4) for person in ("ana", "ben", "chi"))


def labels(told: Proof) -> list[str]:
    return [step["text"]["text"] for step in view.verdict(told).blocks[-1]["elements"]]


def test_the_decision_stands_first_and_what_it_means_after_it() -> None:
    def says(kept: dict[str, Sequence[int]], prompts: int, before: int, lead: str, sentence: str) -> None:
        text = view.verdict(proof(kept, prompts, before)).text
        assert text.startswith(f"{lead} ")
        assert sentence in text

    cells.hold(MEANT, says)


def test_every_verdict_keeps_the_rules_of_every_message_and_its_details_those_of_a_window() -> None:
    def keeps_them(kept: dict[str, Sequence[int]], prompts: int, before: int, *_: str) -> None:
        for demo in (False, True):
            told = replace(proof(kept, prompts, before, demo=demo), more=more(17, look=2))
            for shown in (view.verdict(told), view.verdict(told, again=True), view.verdict(told, file_id="F012ABC")):
                looks.holds(shown)
            looks.window(view.details_modal(told))
            looks.holds(view.kept_inside(told))
            words = f"{view.verdict(told)} {view.details_modal(told)}"
            assert not [word for word in Word if word.isupper() and word in words]

    cells.hold(MEANT, keeps_them)


def more(wanted: int, look: int) -> MorePrompts:
    return MorePrompts("7f3k2q9xd4", wanted, tuple(f"boot {n}" for n in range(wanted)), Decimal("0.45"), look, False)


def test_a_long_lead_says_less_and_never_half_a_word() -> None:
    told = proof({"budget": SEVEN, "premium": NINE, "legacy": range(5)}, 10)
    assert say.lead(told) == "Not decided yet, but premium leads: 9 of 10 pictures kept, budget 7, legacy 5."
    models = replace(told, sides=tuple(replace(side, role=None) for side in told.sides))
    assert say.lead(models) == "Not decided yet, but gpt-image-2.5-sunburst leads."


def test_the_next_step_stands_first() -> None:
    undecided = replace(proof({"budget": SEVEN, "premium": NINE}, 10), more=more(17, look=2))
    assert labels(undecided) == ["17 more, look 2/4: $0.45", "Pictures", "Use premium", "Details"]
    decided = proof({"budget": range(24), "premium": range(34)}, 40)
    assert labels(decided) == ["Use premium", "Pictures", "Details"]
    assert labels(proof({"budget": range(18), "premium": range(8)}, 20)) == ["Pictures", "Details"]  # drawn on anyway


def test_a_demo_says_so_first_and_nothing_of_money() -> None:
    told = replace(proof({"budget": SEVEN, "premium": NINE}, 10, demo=True), more=replace(more(17, look=2), demo=True))
    shown = view.verdict(told, file_id="F012ABC")
    assert say.lead(told) == "Demo. Not decided yet, but premium leads: 9 of 10 pictures kept, budget 7 of 10."
    assert "says nothing about a model" in shown.text
    assert "$" not in shown.text
    assert [block["type"] for block in shown.blocks] == ["rich_text", "image", "rich_text", "context", "actions"]
    assert "Use premium" not in labels(told)


def test_two_sides_of_one_lane_are_told_apart_by_quality() -> None:
    low, high = side_of("budget", "low"), replace(side_of("premium", "high"), role="budget")
    told = replace(proof({"budget": SEVEN, "premium": NINE}, 10), sides=(low, high))
    assert [say.called(told, side.lane) for side in told.sides] == ["budget low", "budget high"]


def test_a_model_about_to_end_is_not_taken() -> None:
    told = proof({"budget": range(24), "premium": range(34)}, 40)
    dying = ended(MODELS["premium"], date(2026, 12, 1), TODAY)
    assert offers.usable(FACTS, told, TODAY, 30) == told.sides[1]
    assert offers.usable(dying, told, TODAY, 30) is None


def test_a_lane_that_went_on_to_another_model_since_is_not_taken() -> None:
    was = side_of("premium")
    told = proof({"budget": range(24), "premium": range(34)}, 40)
    moved = replace(told, sides=(told.sides[0], replace(was, model="gpt-image-2")))
    assert offers.usable(FACTS, moved, date(2026, 9, 7), 30) is not None  # premium still was gpt-image-2
    assert offers.usable(FACTS, moved, TODAY, 30) is None
    by_name = replace(moved, sides=(told.sides[0], replace(was, model="gpt-image-2", role=None)))
    assert offers.usable(FACTS, by_name, TODAY, 30) is not None


def test_what_is_usual_is_taken_only_where_something_else_was_chosen() -> None:
    told = proof({"budget": range(18), "premium": range(8)}, 20)
    assert offers.usable(FACTS, told, TODAY, 30) is None
    assert offers.usable(FACTS, told, TODAY, 30, LaneChoice("premium", "medium", "7f3k2q9xd4")) == told.sides[0]


@pytest.mark.parametrize(
    ("money", "time", "sentence"),
    [
        ("4.18", "79", "saves about $4.18 in money and $79 of people's time"),
        ("-4.18", "-79", "costs about $4.18 more in money and $79 more of people's time"),
        ("0", "79", "costs the same in money and saves about $79 of people's time"),
        ("4.18", "0", "saves about $4.18 in money and takes the same time of people"),
        ("-23", "100", "costs $23 more in money but saves $100 of people's time: about $77 less in all"),
        ("23", "-100", "saves $23 in money but takes $100 more of people's time: about $77 more in all"),
        ("-23", "23", "costs $23 more in money but saves $23 of people's time: the same in all"),
        ("0", "0", "costs the same in money and in people's time"),
    ],
)
def test_money_and_people_s_time_are_said_apart(money: str, time: str, sentence: str) -> None:
    assert verdict_money.saved(Decimal(money), Decimal(time)) == sentence
