"""What a plan says at a glance and behind it, by a sample month: values in, words out."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from bot.entrypoints.commands import COMMANDS
from bot.errors import BadSpec, NotUnderstood, UnknownModel
from bot.grammar.vocabulary import vocabulary
from bot.ledger.mix_parts import NO_TOKENS, MixPart
from bot.pricing.spec import Size
from bot.pricing.usage import Usage
from bot.recommend import answer_migration, blocks_migration, printout_migration
from bot.recommend.columns_migration import columns
from bot.recommend.command_migrate import Migrate
from bot.recommend.plans import BackTest, MoveList, MovePlan, Work
from bot.slack.message import Message, View
from tests.kit import cells, looks
from tests.kit.lanes_made import FACTS
from tests.kit.views_made import said

TODAY = date(2026, 11, 29)
SQUARE, LANDSCAPE = Size(1024, 1024), Size(1536, 1024)
MINI, FLARE, SUNBURST = "gpt-image-1-mini", "gpt-image-2.5-flare", "gpt-image-2.5-sunburst"


def part(model: str, quality: str | None, images: int, usd: str, **changes: Any) -> MixPart:
    plain = MixPart(
        *(model, quality, SQUARE, "draw", False, False),
        *(images, images, 0, 0, 0, images, int(Decimal(usd) * 10**9), 0),
        last_at=datetime(2026, 11, 27, tzinfo=UTC),
        usage=NO_TOKENS,
    )
    return replace(plain, **changes)


MONTH = (
    part(MINI, "low", 400, "2", kept=200, judged=300),
    part(MINI, "medium", 600, "6.6"),
    part("gpt-image-2", "high", 5000, "1055"),
)


def typed(words: str, today: date = TODAY) -> Migrate:
    command = COMMANDS.parse(words, vocabulary(FACTS, today))
    assert isinstance(command, Migrate)
    return command


def asked(
    words: str,
    parts: tuple[MixPart, ...] = MONTH,
    kept_prompts: int = 12,
    today: date = TODAY,
    uncounted: tuple[MixPart, ...] = (),
) -> Any:
    command = typed(words, today)
    answer = answer_migration.migrate(FACTS, Work(parts, kept_prompts, uncounted=uncounted), command, today)
    looks.holds(message(answer, words))
    looks.window(blocks_migration.details(answer))
    assert printout_migration.rendered(answer, True)
    return answer


def message(answer: Any, words: str = "migrate") -> Message:
    command = typed(words)
    return blocks_migration.migration(answer, replace(command, on=answer.day))


def values(shown: Message) -> list[str]:
    """What its buttons carry."""
    return [one["value"] for block in shown.blocks for one in block.get("elements", []) if one.get("value")]


def behind(view: View) -> str:
    return " ".join(said(block) for block in view["blocks"])


def test_a_plan_says_first_when_the_model_ends_and_what_the_move_costs() -> None:
    answer = asked(f"migrate {MINI}")
    assert isinstance(answer, MovePlan)
    assert answer.lead == f"{MINI} ends in 2 days; on budget about $1.65 a month more."
    assert answer.now.cost.usd == Decimal("8.60")
    assert answer.to is not None
    assert (answer.to.model, answer.to.cost.usd) == (FLARE, Decimal("10.2540"))
    assert answer.until == date(2026, 11, 30)
    assert [one.model for one in answer.there if one.is_named] == ["gpt-image-2.6-sunburst", "gpt-image-2.6-flare"]


def test_a_price_nobody_published_is_the_most_it_can_be() -> None:
    answer = asked(f"migrate {MINI}")
    unpublished = answer.there[2]
    assert (unpublished.cost.usd, unpublished.cost.low_usd) == (None, None)
    assert unpublished.cost.high_usd == 5 * answer.to.cost.usd
    assert "at most $51.27" in str(message(answer).blocks)


def test_a_second_column_stands_only_where_another_quality_is_nearer_by_cost() -> None:
    alike, apart = asked(f"migrate {MINI}"), asked("migrate gpt-image-2")
    assert {**columns(alike), "Model": []} == {
        "A month": ["$8.60", "$10.25", "$10.25", "at most $51.27", "at most $51.27"],
        "Model": [],
    }
    assert list(columns(apart)) == ["Same quality", "Nearest cost", "Model"]
    assert [*columns(apart)["Nearest cost"][:2], columns(apart)["Nearest cost"][-1]] == ["–", "$1,053.60", "the same"]
    assert list(columns(asked(f"migrate {MINI}", ()))) == ["Cost", "Model"]
    assert f"{FLARE}: $10.25. " in message(alike).text
    assert ", by nearest cost $" in message(apart).text
    assert "At the same quality words, whose prices are the nearest too: $10.25" in behind(
        blocks_migration.details(alike)
    )
    assert "At the quality whose price is nearest: $" in behind(blocks_migration.details(apart))


def test_the_blind_test_is_one_press_away_on_ones_own_prompts() -> None:
    plan = values(message(asked(f"migrate {MINI}")))[0]
    assert plan == f"bench plan --prompts kept:10 --lanes {MINI},{FLARE}"
    few = values(message(asked(f"migrate {MINI}", kept_prompts=9)))[0]
    assert few == f"bench plan --prompts product-shots --lanes {MINI},{FLARE}"
    ours, own = (behind(blocks_migration.details(asked(f"migrate {MINI}", kept_prompts=kept))) for kept in (9, 12))
    assert "at medium, on 10 prompts of ours, for $0.24: too few of yours are kept yet" in ours
    assert "at medium, on your last 10 kept prompts, for $0.24" in own
    low = values(message(asked(f"migrate {MINI}", MONTH[:1])))[0]
    assert low == f"bench plan --prompts kept:10 --lanes {MINI},{FLARE} --quality low"
    shown = message(asked(f"migrate {MINI}"))
    assert "Blind test: $0.24" in str(shown.blocks[-1])


def test_the_keep_rate_from_which_it_pays_is_by_ones_own() -> None:
    answer = asked(f"migrate {MINI}")
    assert answer.to.cost_ratio == Decimal("1.1923")
    assert answer.to.keep_needed == Decimal("0.7949")
    assert "Cheaper per kept picture from 79% kept there; 200 of 300 are kept now" in behind(
        blocks_migration.details(answer)
    )


def test_what_has_no_twin_is_said() -> None:
    odd = (
        part("dall-e-3", "hd", 10, "0.8"),
        part(MINI, "low", 4, "0.02", batch=True),
        part("gpt-image-2", "low", 3, "0.1", size=Size(2048, 1152)),
    )
    on_mini = asked(f"migrate --all --to {MINI}", odd).there[0]
    assert [(lack.what, lack.images) for lack in on_mini.lacks] == [("quality hd", 10), ("size 2048x1152", 3)]
    on_newest = asked("migrate --all --to gpt-image-2.6-flare", odd).there[0]
    assert [(lack.what, lack.images) for lack in on_newest.lacks] == [("quality hd", 10), ("batch", 4)]


def test_what_is_not_said_of_transparent_backgrounds_is_told() -> None:
    answer = asked(f"migrate {MINI}")
    notes = {one.model: one.notes for one in answer.there}
    assert notes[FLARE] == ()
    assert notes["gpt-image-2.6-flare"] == ("Transparent backgrounds, if you use them: nobody says that it draws them",)
    older = asked(f"migrate {MINI}", today=date(2026, 8, 20))
    assert [one.notes for one in older.there] == [("Transparent backgrounds, if you use them: in preview there",)]
    eve = asked(f"migrate {MINI}", today=date(2026, 8, 19))
    assert "nobody says" in eve.there[0].notes[0]


def test_alone_it_plans_every_model_in_use_that_ends() -> None:
    both = asked("migrate", (*MONTH, part("gpt-image-1.5", "high", 10, "1.33")))
    assert isinstance(both, MoveList)
    assert both.lead == "2 models you use end on 1 Dec; moving them costs about $0.85 a month more."
    assert [plan.model for plan in both.plans] == [MINI, "gpt-image-1.5"]
    assert [plan.to.model for plan in both.plans if plan.to] == [FLARE, SUNBURST]
    assert asked("migrate").model == MINI
    none = asked("migrate", MONTH[2:])
    assert none.lead == "No model you use ends: nothing has to move."


def test_a_model_nobody_uses_is_reckoned_for_pictures_nobody_drew() -> None:
    answer = asked("migrate gpt-image-1")
    assert answer.is_generic
    assert answer.lead == "gpt-image-1 ended on 23 Oct; on budget 1,000 pictures cost $21.22, not $65.50."
    ends = asked(f"migrate {MINI}", MONTH[2:])
    assert ends.lead == f"{MINI} ends in 2 days; on budget 1,000 cost $21.22, not $15.75."
    assert answer.foot == "Not in use in 30 days: reckoned for 1,000 square pictures, half of them medium."
    assert "nobody drew" in behind(blocks_migration.details(answer))
    with pytest.raises(UnknownModel, match="was not out"):
        asked("migrate gpt-image-2 --on 2026-03-27", today=date(2026, 3, 27))


def test_the_same_month_elsewhere() -> None:
    answer = asked("migrate gpt-image-2 --to budget")
    assert isinstance(answer, BackTest)
    assert answer.lead == f"Same month on {FLARE}: $263.40 instead of $1,055.00."
    assert answer.foot == "5,000 pictures in 30 days. By cost alone: too few of these were judged there."
    batch = asked("migrate gpt-image-2 --to budget --batch")
    assert batch.lead == f"Same month on {FLARE} in batch: $131.70 instead of $1,055.00."
    dearest = asked("migrate gpt-image-2 --to budget --quality max")
    assert dearest.there[0].cost.usd == Decimal("1053.60")
    with pytest.raises(BadSpec, match="no quality max"):
        asked("migrate --all --to gpt-image-2 --quality max")
    with pytest.raises(NotUnderstood, match="has a quality `hd`"):
        asked("migrate --all --quality hd")
    assert asked("migrate --all", ()).lead == "Nothing was drawn in 30 days: there is no month to reckon."


def options(shown: Message) -> list[str]:
    return [one["value"] for block in shown.blocks for e in block.get("elements", []) for one in e.get("options", [])]


def test_any_model_quality_and_batch_is_one_choice_away() -> None:
    plan = options(message(asked(f"migrate {MINI}"), f"migrate {MINI}"))
    assert f"migrate {MINI} --to {SUNBURST} --on 2026-11-29" in plan
    assert f"migrate {MINI} --to {FLARE} --batch --on 2026-11-29" in plan
    month = options(message(asked("migrate --all --to premium"), "migrate --all --to premium"))
    assert "migrate --all --to premium --quality max --on 2026-11-29" in month
    assert "migrate --all --to premium --batch --on 2026-11-29" in month
    assert "migrate --all --to gpt-image-2.6-flare --on 2026-11-29" in month


def test_a_model_of_other_words_is_reckoned_by_what_is_nearest() -> None:
    answer = asked("migrate dall-e-3")
    assert answer.foot == "Not in use in 30 days: reckoned for 1,000 square pictures, all standard."
    assert [lack.what for lack in answer.to.lacks] == ["quality standard"]
    assert answer.to.nearest_words[0].there == "high"


def test_by_cost_per_kept_picture_where_all_were_judged_there() -> None:
    """The dearer one is named where more of it is kept."""
    judged = (
        part(FLARE, "high", 100, "5.268", kept=40, judged=80),
        part(SUNBURST, "high", 100, "5.268", kept=76, judged=80),
        part("gpt-image-2", "high", 100, "21.1", kept=20, judged=20),
    )
    answer = asked("migrate --all", judged)
    assert answer.lead == f"Same month on {SUNBURST}: $0.06 per kept picture, $15.80 in all."
    assert answer.foot == "300 pictures in 30 days. By your own keep rates there."
    one = asked("migrate --all --to premium", judged)
    assert one.foot == "300 pictures in 30 days. Per kept picture $0.0555 there, $0.14 now."
    nineteen = (*judged[:2], replace(judged[2], kept=19, judged=19))
    assert "By cost alone" in asked("migrate --all --to legacy", nineteen).foot


def test_a_model_is_left_until_its_last_day_and_replaced_from_the_next() -> None:
    eve = asked(f"migrate {MINI}", today=date(2026, 11, 30))
    assert eve.lead == f"{MINI} ends tomorrow; on {FLARE} about $1.65 a month more."
    assert eve.test.sides == (MINI, FLARE)
    gone = asked(f"migrate {MINI}", today=date(2026, 12, 1))
    assert gone.lead == f"{MINI} ended on 1 Dec; on budget about $1.65 a month more."
    assert gone.test.sides == (FLARE, SUNBURST)
    assert gone.until == date(2026, 12, 31)


def test_nobody_is_told_to_leave_what_lasts() -> None:
    answer = asked("migrate gpt-image-2")
    assert answer.lead == f"gpt-image-2 has no known end; on {SUNBURST} about $792 a month less."
    flare = asked(f"migrate {FLARE}", (part(FLARE, "high", 100, "5.268"),))
    assert flare.lead == f"{FLARE} has no known end; on premium it costs the same."
    assert flare.until == date(2026, 12, 29)


def test_records_without_a_known_price_are_said() -> None:
    unpriced = (part(MINI, None, 40, "0", unknown=40, size=None), *MONTH[:1])
    answer = asked(f"migrate {MINI}", unpriced)
    assert answer.foot == "Your last 30 days: 440 pictures. 40 of 440 records have no known price."
    assert (answer.now.cost.low_usd, answer.now.cost.high_usd) == (Decimal("2.20"), Decimal("4.08"))
    assert answer.to.cost.usd is None
    assert answer.to.cost.low_usd < answer.to.cost.high_usd


def test_what_a_service_tier_cost_is_not_taken_from_the_list() -> None:
    priority = part(MINI, "medium", 10, "0", unknown=10, unbounded=10)
    answer = asked(f"migrate {MINI}", (priority, *MONTH[:2]))
    assert (answer.now.cost.usd, answer.now.cost.low_usd, answer.now.cost.high_usd) == (None, Decimal("8.60"), None)
    assert answer.to.cost_ratio is None
    assert "a service tier or an SVG may have cost more" in behind(blocks_migration.details(answer))
    assert "at least $8.60, as booked" in behind(blocks_migration.details(answer))


UNCOUNTED = (part(MINI, "high", 0, "50", records=3), part("gpt-image-1.5", None, 0, "0", records=2, unknown=2))


def test_records_that_do_not_say_how_many_pictures_are_told_and_in_no_figure() -> None:
    answer = asked(f"migrate {MINI}", uncounted=UNCOUNTED)
    assert (answer.lead, answer.now.cost.usd) == (asked(f"migrate {MINI}").lead, Decimal("8.60"))
    assert answer.foot == "3 records do not say how many pictures ($50.00): left out."
    assert answer.foot in behind(blocks_migration.details(answer))
    month = asked("migrate --all", uncounted=UNCOUNTED)
    assert month.foot == "5 records do not say how many pictures (at least $50.00): left out."


def test_a_model_is_in_use_though_no_record_says_how_many_pictures() -> None:
    both = asked("migrate", (), uncounted=UNCOUNTED)
    assert [plan.model for plan in both.plans] == [MINI, "gpt-image-1.5"]
    assert both.lead == "2 models you use end on 1 Dec."
    assert "$15.75" not in str(message(both).blocks)  # a month nobody drew
    one = asked("migrate", (), uncounted=UNCOUNTED[1:])
    assert one.foot == "2 records do not say how many pictures: left out. Reckoned for 1,000."
    assert "How much was drawn on gpt-image-1.5 in 30 days is not told" in behind(blocks_migration.details(one))
    month = asked(f"migrate {MINI} --to budget", (), uncounted=UNCOUNTED)
    assert month.lead == f"How much was drawn on {MINI} in 30 days is not told."


def test_which_quality_was_judged_too_seldom_is_said() -> None:
    there = (part(FLARE, "low", 200, "1", kept=100, judged=141), part(FLARE, "medium", 9, "0.1", kept=2, judged=4))
    told = behind(blocks_migration.details(asked(f"migrate {MINI}", (*MONTH, *there))))
    assert "By cost alone: only 4 medium among the 145 judged there, and each quality needs 20" in told


def test_tokens_are_scaled_and_it_is_said() -> None:
    metered = part(MINI, "medium", 10, "0.2", is_metered=True, usage=Usage(text_in=1000, image_out=2 * 10_560))
    answer = asked(f"migrate {MINI}", (metered,))
    each = Decimal("0.01317")
    assert answer.to.cost.usd == 20 * each + Decimal("0.005")
    assert "10 pictures by their own tokens" in behind(blocks_migration.details(answer))


WORDS = [
    ("migrate --to budget", "migrate --all --to budget"),
    ("migrate gpt-image-1-mini --all", "migrate gpt-image-1-mini"),
    ("migrate --batch gpt-image-1-mini", "migrate gpt-image-1-mini --batch"),
    ("migrate --quality HIGH --to PREMIUM", "migrate --all --to premium --quality high"),
]


def test_its_words_in_any_order() -> None:
    cells.agree(
        WORDS,
        lambda words: typed(words).words(),
    )
