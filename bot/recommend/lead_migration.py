"""What a plan comes to in one sentence, and the line under its table; so too the same month elsewhere."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from bot.lanes.finding import Finding
from bot.money import UNKNOWN, about, cents, dollars
from bot.pricing.foot import FOOT_LETTERS
from bot.pricing.lead import LEAD_LETTERS, SOON_DAYS, fitting, pictures
from bot.recommend.month import MonthElsewhere, MonthNow, Sum, per_kept_now
from bot.recommend.plans import MONTH_DAYS, BackTest, CallsSinceEnd, MoveList, MovePlan, Uncounted

WHOLE_FROM = Decimal(10)  # dollars: from there on cents say nothing of a month to come
CARRY = "Quality words do not carry over: choose again by look."


def plan(answer: MovePlan, asked_on: date) -> MovePlan:
    dated = replace(answer, asked_on=asked_on)
    return replace(dated, lead=fitting(LEAD_LETTERS, *_plan(dated)), foot=fitting(FOOT_LETTERS, *_foot(dated)))


def plans(answer: MoveList, asked_on: date) -> MoveList:
    dated = replace(answer, asked_on=asked_on)
    return replace(dated, lead=fitting(LEAD_LETTERS, *_plans(dated)), foot=_plans_foot(dated))


def back_test(answer: BackTest, asked_on: date) -> BackTest:
    """By cost per kept picture where every one of them has evidence, else by cost; the first is the one that says."""
    dated = replace(answer, asked_on=asked_on, per_kept_usd=per_kept_now(answer.now))
    ordered = replace(dated, there=tuple(sorted(dated.there, key=_order(dated.there))))
    return replace(
        ordered, lead=fitting(LEAD_LETTERS, *_back_test(ordered)), foot=fitting(FOOT_LETTERS, *_test_foot(ordered))
    )


def money(cost: Sum) -> str:
    """`$22.30`, `about $22.30`, `$12.00 to $30.00`, `at most $30.00`, `at least $12.00`, or unknown."""
    if cost.usd is not None:
        return cents(cost.usd)
    if cost.likely_usd is not None:
        return f"about {cents(cost.likely_usd)}"
    if cost.low_usd is not None and cost.high_usd is not None:
        return f"{cents(cost.low_usd)} to {cents(cost.high_usd)}"
    if cost.high_usd is not None:
        return f"at most {cents(cost.high_usd)}"
    return UNKNOWN if not cost.low_usd else f"at least {cents(cost.low_usd)}"


def rough(usd: Decimal) -> str:
    """Of a month to come: whole dollars from ten up."""
    return dollars(usd.quantize(Decimal(1))).removesuffix(".00") if abs(usd) >= WHOLE_FROM else cents(usd)


def by_kept(answer: BackTest) -> bool:
    """Whether all of them have evidence of how often they are kept."""
    return all(one.per_kept_usd is not None for one in answer.there)


# The plan


def _plan(answer: MovePlan) -> Iterator[str]:
    """The fullest first; of an end within a week that goes before all else."""
    end, there = _end(answer), answer.to
    if there is None:
        yield f"{answer.model}{f' {end}' if end else ''}: nothing that lasts takes its place."
        return
    if answer.is_generic:
        yield from _nobody_drew(answer, there, end)
        return
    more = _more(answer.now, there)
    names = [there.model, *([there.lane] if there.lane else [])]
    if end is None:
        yield from (f"{answer.model} has no known end; on {name} {more}." for name in names)
        yield f"On {there.model} {more}."
        return
    yield f"Move {answer.model}'s work to {there.model}: {more}; it {end}."
    yield from (f"{answer.model} {end}; on {name} {more}." for name in names)
    yield from (f"Move {answer.model}'s work to {name}: {more}." for name in names)
    yield f"On {there.model} {more}."


def _nobody_drew(answer: MovePlan, there: MonthElsewhere, end: str | None) -> Iterator[str]:
    cost = f"cost {money(there.cost)}, not {money(answer.now.cost)}"
    for name in (there.model, *([there.lane] if there.lane else [])):
        for what in (pictures(answer.now.images), f"{answer.now.images:,}") if end else ():
            yield f"{answer.model} {end}; on {name} {what} {cost}."
    yield f"On {there.model} {pictures(answer.now.images)} {cost}."


def _more(now: MonthNow, there: MonthElsewhere) -> str:
    """`about $12 a month more`"""
    if there.cost.usd is None or now.cost.usd is None:
        return f"{money(there.cost)} a month" if there.cost.high_usd is not None else f"what it costs is {UNKNOWN}"
    difference = there.cost.usd - now.cost.usd
    if not difference.quantize(Decimal("0.01")):
        return "it costs the same"
    return f"about {rough(abs(difference))} a month {'more' if difference > 0 else 'less'}"


def _end(answer: MovePlan) -> str | None:
    """`ends in 2 days`, `ended on 23 Oct`; None where no end is announced."""
    if answer.ends_on is None:
        return None
    if answer.is_gone:
        return f"ended on {answer.said(answer.ends_on)}"
    near = (answer.ends_on - answer.day).days <= SOON_DAYS
    return f"ends {answer.ahead(answer.ends_on) if near else f'on {answer.said(answer.ends_on)}'}"


def _foot(answer: MovePlan) -> Iterator[str]:
    if answer.is_generic:
        if answer.since_end:
            yield since_end(answer.since_end)
        if answer.uncounted:
            yield f"{uncounted(answer.uncounted)} Reckoned for 1,000."
        words = [word.quality for there in answer.there[:1] for word in there.words]
        mix = ", half of them medium" if "medium" in words else f", all {words[0]}" if words else ""
        yield f"Not in use in {MONTH_DAYS} days: reckoned for 1,000 square pictures{mix}."
        return
    drawn = f"Your last {MONTH_DAYS} days: {pictures(answer.now.images)}."
    caution = _caution(answer)
    yield f"{drawn} {caution}"
    yield caution


def since_end(late: CallsSinceEnd) -> str:
    """`3 calls still went to it: 2 failed, $0.02.`"""
    calls = "1 call still went" if late.calls == 1 else f"{late.calls:,} calls still went"
    least = "at least " if late.unknown else ""
    told = [f"{late.failed:,} failed"] if late.failed else []
    return f"{calls} to it since: {', '.join([*told, f'{least}{cents(late.spent_usd)}'])}."


def uncounted(left_out: Uncounted) -> str:
    """`3 records do not say how many pictures ($50.00): left out.`"""
    records = "1 record does" if left_out.records == 1 else f"{left_out.records:,} records do"
    if left_out.unknown == left_out.records:
        return f"{records} not say how many pictures: left out."
    least = "at least " if left_out.unknown else ""
    return f"{records} not say how many pictures ({least}{cents(left_out.spent_usd)}): left out."


def _caution(answer: MovePlan) -> str:
    if answer.since_end:
        return since_end(answer.since_end)
    if answer.uncounted:
        return uncounted(answer.uncounted)
    if answer.now.unpriced:
        return f"{answer.now.unpriced:,} of {answer.now.records:,} records have no known price."
    if answer.to is not None and answer.to.lacks:
        lack = answer.to.lacks[0]
        return f"No twin there: {lack.what} ({pictures(lack.images)})."
    return tested(answer, answer.tested[0]) if answer.tested else CARRY


def tested(answer: MovePlan, found: Finding) -> str:
    said = f"says {found.winner}" if found.winner else "names no winner"
    return f"Your blind test of {answer.said(found.sealed_on)} {said}{', and is stale by now' if found.stale else ''}."


# All that end


def _plans(answer: MoveList) -> Iterator[str]:
    if not answer.plans:
        yield "No model you use ends: nothing has to move."
        return
    ends = sorted({plan.ends_on for plan in answer.plans if plan.ends_on})
    count = len(answer.plans)
    when = f"end on {answer.said(ends[0])}" if len(ends) == 1 else f"end by {answer.said(ends[-1])}"
    drawn = [plan for plan in answer.plans if not plan.is_generic]
    known = [usd for plan in drawn if (usd := plan.now.cost.usd) is not None]
    would = [usd for plan in answer.plans if plan.to and (usd := plan.to.cost.usd) is not None]
    if len(known) == count == len(would):
        more = sum(would, Decimal(0)) - sum(known, Decimal(0))
        yield (
            f"{count} models you use {when}; moving them costs about {rough(abs(more))} a month "
            f"{'more' if more >= 0 else 'less'}."
        )
        yield f"{count} models you use {when}: about {rough(abs(more))} a month {'more' if more >= 0 else 'less'}."
    yield f"{count} models you use {when}."


def _plans_foot(answer: MoveList) -> str:
    return f"Your last {MONTH_DAYS} days, at the same quality words." if answer.plans else ""


# The same month elsewhere


def _order(there: Sequence[MonthElsewhere]) -> Callable[[MonthElsewhere], tuple[Decimal, str]]:
    if all(one.per_kept_usd is not None for one in there):
        return lambda one: (one.per_kept_usd or Decimal(0), one.model)
    return lambda one: (one.cost.usd if one.cost.usd is not None else Decimal("Infinity"), one.model)


def _back_test(answer: BackTest) -> Iterator[str]:
    whose = f"on {answer.model} " if answer.model else ""
    if not answer.now.images and answer.uncounted:
        yield f"How much was drawn {whose}in {MONTH_DAYS} days is not told."
        return
    if not answer.now.images:
        yield f"Nothing was drawn {whose}in {MONTH_DAYS} days: there is no month to reckon."
        return
    first, now = answer.there[0], money(answer.now.cost)
    if len(answer.there) == 1:
        yield f"Same month on {first.name}: {money(first.cost)} instead of {now}."
        yield f"Same month on {first.name}: {money(first.cost)}."
        return
    if by_kept(answer) and first.per_kept_usd is not None:
        yield f"Same month on {first.name}: {cents(first.per_kept_usd)} per kept picture, {money(first.cost)} in all."
    yield f"Same month on {first.name}: {money(first.cost)} instead of {now}."
    yield f"Same month on {first.name}: {money(first.cost)}."


def _test_foot(answer: BackTest) -> Iterator[str]:
    if answer.uncounted:
        yield uncounted(answer.uncounted)
        return
    if not answer.now.images:
        yield ""
        return
    drawn = f"{pictures(answer.now.images)} in {MONTH_DAYS} days."
    if answer.now.unpriced:
        yield f"{drawn} {answer.now.unpriced:,} of {answer.now.records:,} records have no known price."
    if by_kept(answer) and len(answer.there) == 1:
        yield f"{drawn} Per kept picture {about(answer.there[0].per_kept_usd)} there, {about(answer.per_kept_usd)} now."
    if by_kept(answer):
        yield f"{drawn} By your own keep rates there."
    yield f"{drawn} By cost alone: too few of these were judged there."
    yield drawn
