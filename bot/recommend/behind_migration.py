"""What stands behind a plan, in sentences under their names: the same in a window and in a terminal."""

from collections.abc import Iterator, Sequence

from bot.lanes.scene import BlindTest
from bot.money import cents, each
from bot.periods import Days, span_words
from bot.pricing.lead import pictures
from bot.pricing.prices import BY_YOU
from bot.recommend.lead_migration import money, since_end, uncounted
from bot.recommend.month import LEAST_JUDGED, MonthElsewhere, MonthNow
from bot.recommend.plans import MONTH_DAYS, BackTest, MoveList, MovePlan, Uncounted

Section = tuple[str, Sequence[str]]


def sections(answer: MovePlan | MoveList | BackTest) -> Iterator[Section]:
    match answer:
        case MovePlan():
            yield from _plan(answer)
        case MoveList():
            for plan in answer.plans:
                yield plan.model, [plan.lead, *_month(plan)]
            yield "Good to know", [f"A plan is made for every model drawn on in {MONTH_DAYS} days whose end is known."]
        case BackTest():
            yield from _back_test(answer)


def _plan(answer: MovePlan) -> Iterator[Section]:
    span = span_words(Days(answer.first, answer.last), answer.asked_on or answer.day)
    yield ("A month nobody drew" if answer.is_generic else f"Your month, {span}"), _month(answer)
    for there in answer.there:
        yield _titled(there), [*_there(there, answer.now)]
    if answer.tested:
        yield "Tested", [found.sentence for found in answer.tested]
    if answer.test is not None:
        yield "What would prove it", [_test(answer, answer.test)]
    yield "Test again", answer.retest
    yield "Until", [answer.said(answer.until)]
    late = [since_end(answer.since_end)] if answer.since_end else []
    yield "Good to know", [*late, *_left_out(answer.uncounted), *answer.notes]


def _back_test(answer: BackTest) -> Iterator[Section]:
    span = span_words(Days(answer.first, answer.last), answer.asked_on or answer.day)
    yield f"The month, {span}", _month(answer)
    for there in answer.there if answer.now.images else ():
        yield _titled(there), [*_there(there, answer.now)]
    yield "Good to know", [*_left_out(answer.uncounted), *answer.notes]


def _left_out(records: Uncounted | None) -> list[str]:
    return [uncounted(records)] if records else []


def _titled(there: MonthElsewhere) -> str:
    named = ", named by OpenAI as the replacement" if there.is_named else ""
    return f"{there.name}{f' ({there.lane})' if there.lane else ''}{named}"


def _month(answer: MovePlan | BackTest) -> list[str]:
    now = answer.now
    if isinstance(answer, MovePlan) and answer.is_generic:
        return [f"{pictures(now.images)}: {money(now.cost)} by its own prices"]
    shares = (
        (now.images - now.reported, "drawn here"),
        (now.reported, "reported by pipelines"),
        (now.retries, "drawn again"),
        (now.batch, "in batch"),
        (now.edits, "edits"),
    )
    parts = ", ".join(f"{count:,} {what}" for count, what in shares if count)
    judged = f"Kept {now.kept:,} of {now.judged:,} judged" if now.judged else "None of them is judged"
    return [f"{pictures(now.images)}: {parts}", f"{money(now.cost)}, as booked", judged] if now.images else []


def _there(there: MonthElsewhere, now: MonthNow) -> Iterator[str]:
    word = f"All of it at {there.quality}" if there.quality else "At the same quality words"
    moves = ", ".join(f"{one.quality} becomes {one.there}" for one in there.nearest_words if one.quality != one.there)
    cost, nearest = money(there.cost), money(there.nearest)
    if moves or cost != nearest:
        yield f"{word}: {cost}"
        yield f"At the quality whose price is nearest: {nearest}{f' ({moves})' if moves else ''}"
    else:
        yield f"{word}, whose prices are the nearest too: {cost}"
    yield from _basis(there)
    if there.cost.likely_usd is not None and there.cost.low_usd is not None:
        span = f"{cents(there.cost.low_usd)} and {cents(there.cost.high_usd)}"
        yield f"No price per picture is published: {BY_YOU}, by {there.metered_calls:,} calls between {span}"
    if there.lacks:
        yield "No twin: " + ", ".join(f"{lack.what} ({pictures(lack.images)})" for lack in there.lacks)
    if there.cost_ratio is not None:
        yield _break_even(there, now)
    if there.per_kept_usd is not None:
        yield f"You kept {there.kept:,} of {there.judged:,} of those there: {each(there.per_kept_usd)} per kept picture"
    elif there.judged:
        yield _judged_too_seldom(there)
    yield from there.notes


def _judged_too_seldom(there: MonthElsewhere) -> str:
    """By word: another one may have been judged often enough."""
    few = [f"{one.judged:,} {one.quality or 'of no told quality'}" for one in there.words if one.judged < LEAST_JUDGED]
    judged = f"only {', '.join(few)} among the {there.judged:,} judged there"
    return f"By cost alone: {judged}, and each quality needs {LEAST_JUDGED}"


def _basis(there: MonthElsewhere) -> Iterator[str]:
    if there.by_tokens:
        yield f"{pictures(there.by_tokens)} by their own tokens, scaled to what one takes there"
    if there.by_spec:
        yield f"{pictures(there.by_spec)} by quality and size"


def _break_even(there: MonthElsewhere, now: MonthNow) -> str:
    ratio, needed = there.cost_ratio, there.keep_needed
    if ratio is None or ratio == 1:
        return "It costs the same: whichever is kept more often is the cheaper one"
    if needed is None:
        more = f"{abs(ratio - 1):.0%} {'more' if ratio > 1 else 'less'} often"
        return f"It costs the same per kept picture where they are kept {more} there"
    if needed > 1:
        return f"No keep rate makes it cheaper per kept picture: {now.kept:,} of {now.judged:,} are kept now"
    return f"Cheaper per kept picture from {needed:.0%} kept there; {now.kept:,} of {now.judged:,} are kept now"


def _test(answer: MovePlan, test: BlindTest) -> str:
    prompts = f"your last {test.prompts} kept prompts" if answer.own_prompts else f"{test.prompts} prompts of ours"
    price = "at a price not known" if test.usd is None else f"for {cents(test.usd)}"
    few = "" if answer.own_prompts else ": too few of yours are kept yet"
    return f"{test.sides[0]} against {test.sides[1]} at {answer.test_quality}, on {prompts}, {price}{few}"
