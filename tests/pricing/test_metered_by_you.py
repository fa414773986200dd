"""Where nobody published a price, a team's own calls are one: for that team, and never for a hold."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from bot.bench.own import Own
from bot.entrypoints.commands import COMMANDS
from bot.errors import NoBatch
from bot.estimate import answer, blocks, printout
from bot.estimate.command import Estimate
from bot.grammar.vocabulary import vocabulary
from bot.pricing import Quotes, upper_bound
from bot.pricing.prices import BY_YOU, OwnTokens, unpublished
from bot.pricing.spec import ImageSpec, Size
from bot.recommend.answer import recommend
from bot.recommend.answer_migration import migrate
from bot.recommend.behind_migration import sections
from bot.recommend.command import Recommend
from bot.recommend.command_migrate import Migrate
from bot.recommend.plans import MovePlan, Work
from tests.kit import looks
from tests.kit.lanes_made import FACTS
from tests.recommend.test_migration_looks import part

TODAY = date(2026, 11, 29)
NEWEST = "gpt-image-2.6-sunburst"
SPEC = ImageSpec(NEWEST, "medium", Size(1024, 1024))
FIVE = OwnTokens(SPEC, 5, Fraction(1400), Fraction(1000), Fraction(2000))
MINE = Own(metered=(FIVE,))


def estimated(words: str, mine: Own = MINE) -> Quotes:
    command = COMMANDS.parse(words, vocabulary(FACTS, TODAY))
    assert isinstance(command, Estimate)
    quotes = answer.estimate(FACTS, command, TODAY, mine)
    looks.holds(blocks.quotes(quotes, replace(command, on=TODAY).words()))
    looks.window(blocks.details(quotes))
    assert printout.rendered(quotes, True)
    return quotes


def test_the_median_of_ones_own_calls_is_the_price() -> None:
    (quote,) = estimated(f"estimate 100 {NEWEST}").quotes
    assert (quote.each_usd, quote.total_usd, quote.basis) == (Decimal("0.042"), Decimal("4.20"), BY_YOU)
    assert (quote.low_usd, quote.high_usd) == (Decimal("3.00"), Decimal("6.00"))
    assert quote.notes == ("The median of 5 calls of yours in 90 days, 1,000 to 2,000 tokens a picture.",)


def test_its_range_stands_under_it() -> None:
    assert estimated(f"estimate 100 {NEWEST}").foot.endswith(f"{NEWEST} as metered by you: $0.03 to $0.06 each.")


def test_two_calls_and_another_spec_are_none() -> None:
    for mine in (Own(metered=(replace(FIVE, calls=2),)), Own()):
        assert estimated(f"estimate 100 {NEWEST}", mine).quotes[0].each_usd is None
    assert estimated(f"estimate 100 high {NEWEST}").quotes[0].each_usd is None
    assert estimated(f"estimate 100 landscape {NEWEST}").quotes[0].each_usd is None


def test_a_published_price_stands() -> None:
    flare = OwnTokens(replace(SPEC, model="gpt-image-2.5-flare"), 5, Fraction(1), Fraction(1), Fraction(1))
    assert estimated("estimate 100 budget", Own(metered=(flare,))).quotes[0].basis == "tokens"
    assert set(unpublished(FACTS)) == {NEWEST, "gpt-image-2.6-flare"}


def test_batch_is_refused_where_it_has_no_rate() -> None:
    with pytest.raises(NoBatch):
        estimated(f"estimate 100 {NEWEST} --batch")


def test_a_hold_is_as_high_as_before() -> None:
    """It knows nothing of what was metered."""
    assert upper_bound(FACTS.models[NEWEST], SPEC, "", TODAY) > Decimal("0.06")


def test_a_recommendation_tells_it_beside_the_challenger() -> None:
    told = recommend(FACTS, Recommend("quality"), TODAY, MINE)
    why = next(other.why for other in told.alternatives if other.model == NEWEST)
    assert "metered by you: medium 1024x1024 $0.042 ($0.03 to $0.06, 5 calls)" in why
    assert all(other.each_usd is None for other in told.alternatives if other.model == NEWEST)


def test_a_plan_reckons_by_the_median_and_says_the_range() -> None:
    work = Work((part("gpt-image-1-mini", "medium", 100, "1.1"),), metered=(FIVE,))
    plan = migrate(FACTS, work, Migrate("gpt-image-1-mini"), TODAY)
    assert isinstance(plan, MovePlan)
    newest = next(one for one in plan.there if one.model == NEWEST)
    cost = newest.cost
    assert (cost.usd, cost.likely_usd, cost.low_usd, cost.high_usd) == (
        *(None, Decimal("4.20")),
        *(Decimal("3.00"), Decimal("6.00")),
    )
    behind = dict(sections(plan))[f"{NEWEST}, named by OpenAI as the replacement"]
    assert "No price per picture is published: metered by you, by 5 calls between $3.00 and $6.00" in behind
