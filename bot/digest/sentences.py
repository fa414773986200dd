"""A week's digest in words: the same in a post, in its window and in a terminal."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot import money, periods
from bot.digest.endings import Ending
from bot.digest.moves import Move, MoveSide
from bot.digest.schedule import Schedule, closed_week, week_named
from bot.digest.week import NO_LANE, LaneKeep, LateFigures, Week, WeekBar
from bot.lanes.listed import ListDifference
from bot.lanes.programs import LaneChange
from bot.slack import text as slack_text
from bot.spend import details as spend_details
from bot.spend import sentences as spent
from bot.spend.details import Section, mind, row_details
from bot.spend.sentences import percent

AGAIN = "Sent again after an interruption."
ARROWS = {"up": "↑", "down": "↓"}
NAMED_WEEKS = 3  # missed ones that the post lists; more are counted


def lead(week: Week) -> str:
    return _chosen(week)[0]


def unsaid(week: Week) -> str:
    """What the lead had no room for."""
    return _chosen(week)[1]


def _chosen(week: Week) -> tuple[str, str]:
    told, row = week.spending, week.spending.total
    if week.quiet:
        before = f"; the week before it was {money.cents(told.before_usd)}" if told.before_usd else ""
        return f"{label(week)}: a quiet week, nothing is recorded{before}.", ""
    amount = "an unknown amount" if row.spend_usd is None else spent.amount(row)
    return spent.fitting(f"{label(week)}: {amount}", spent.changed(row, told.scope), spent.kept(row))


def label(week: Week) -> str:
    """`Last week`, or the days of an older one."""
    today = _today(week)
    if week.days == closed_week(week.as_of, ZoneInfo(week.zone)):
        return "Last week"
    return "This week so far" if week.days.first <= today <= week.days.last else periods.span_words(week.days, today)


def lines(week: Week) -> tuple[tuple[str, str], ...]:
    """A bold name and one sentence each, what ends before any advice."""
    said = (
        ("Coming", " ".join(filter(None, _ahead(week)))),
        ("One thing to try", to_try(week.move, _today(week)) if week.move else ""),
        ("Restated", late(week.late, _today(week)) if week.late else ""),
        ("Not posted", missed(week.missed, _today(week))),
    )
    return tuple((name, sentence) for name, sentence in said if sentence)


def _ahead(week: Week) -> Iterator[str]:
    yield coming(week.endings)
    yield for_programs(week.lane_changes, _today(week))
    yield listed(week.listed)


def remarks(week: Week) -> Iterator[str]:
    """What the last line says as far as there is room; what matters most comes first."""
    row = week.spending.total
    if row.unknown:
        yield f"{spent.counted(row.unknown, 'record has', 'records have')} no known price."
    rejects = sum((loss.usd for loss in week.spending.waste if loss.kind in ("rejected", "retried")), Decimal())
    if rejects:
        yield f"Rejects cost {money.cents(rejects)}."
    if row.pending_images:
        verb = "is" if row.pending_images == 1 else "are"
        pictures = spent.counted(row.pending_images, "picture", "pictures")
        yield f"{pictures} ({money.cents(row.pending_usd)}) {verb} not judged yet."
    limit = week.budget.limit_usd
    yield f"Budget: {percent(_used(week.budget))}% used." if limit else "Budget: stopped."
    yield from week.spending.notes


def coming(endings: tuple[Ending, ...]) -> str:
    """Of the first that ends, and how many more do."""
    if not endings:
        return ""
    first, more = endings[0], len(endings) - 1
    also = f" {spent.counted(more, 'more model ends', 'more models end')}: Details." if more else ""
    drew = spent.counted(first.images, "picture", "pictures")
    return f"{first.model} stops {periods.ahead_words(first.days_left)}; it drew {drew} in four weeks.{also}"


def for_programs(changes: tuple[LaneChange, ...], today: date) -> str:
    """Announced before it takes effect: whoever asks GET /v1/lanes has the old model until that day."""
    if not changes:
        return ""
    each = (f"{_meaning(change)} from {periods.day_words(change.from_on, today)}" for change in changes)
    return f"For programs {' and '.join(each)}."


def listed(differences: tuple[ListDifference, ...]) -> str:
    """The first, and how many more there are."""
    if not differences:
        return ""
    more = len(differences) - 1
    also = f" {more} more {'point differs' if more == 1 else 'points differ'}: Details." if more else ""
    return f"{differences[0].sentence}{also}"


def _meaning(change: LaneChange) -> str:
    return f"{change.lane} means {change.model}" if change.model else f"nothing fills {change.lane}"


def to_try(move: Move, today: date) -> str:
    on = periods.day_words(move.tested_on, today) if move.tested_on else ""
    tested = f"You tested it blind on {on}." if on else "Not tested yet."
    old, new = _called(move.old, move), _called(move.new, move)
    return f"{old}'s work on {new}, about {money.cents(move.saving_usd)} a week less. {tested}"


def _called(side: MoveSide, move: Move) -> str:
    """By its lane, as the table does; with the quality where they differ in it."""
    lanes = {move.old.lane, move.new.lane}
    name = side.lane if side.lane and len(lanes) == 2 else side.model
    return name if move.old.quality == move.new.quality else f"{name} {side.quality}"


def late(came: LateFigures, today: date) -> str:
    """Records that came after its digest, and corrections of such: the old total and the new one."""
    days = periods.span_words(week_named(came.week), today)
    return f"{days} was {money.cents(came.told_usd)}, is {money.cents(came.told_usd + came.usd)}."


def missed(weeks: tuple[str, ...], today: date) -> str:
    if len(weeks) > NAMED_WEEKS:
        return f"{len(weeks)} earlier weeks; Details has how to bring them."
    return "; ".join(periods.span_words(week_named(week), today) for week in weeks) + "." if weeks else ""


def by_day(week: Week) -> str:
    """What the upper half of the picture shows."""
    days = zip(week.chart.days, week.chart.totals, strict=True)
    each = ", ".join(f"{day:%a} {day.day} {money.cents(usd)}" for day, usd in days if day <= _today(week))
    average = week.chart.average_usd
    before = "" if average is None else f"; the week before {money.cents(average)} a day"
    return f"Spend a day: {each}{before}."


def by_lane(week: Week) -> str:
    """What its lower half shows."""
    kept = ", ".join(keep(each) for each in week.keeps)
    return f"Kept: {kept}." if kept else "Nothing is judged yet."


def keep(each: LaneKeep) -> str:
    """budget 17 of 20 (64% to 95% by luck) ↑, was 11 of 20"""
    now = f"{each.lane} {each.kept:,} of {each.judged:,} ({_percent(each.low)} to {_percent(each.high)} by luck)"
    if not each.judged_before:
        return f"{now}, nothing to compare with"
    before = f"was {each.kept_before:,} of {each.judged_before:,}"
    return f"{now} {ARROWS[each.change]}, {before}" if each.change else f"{now}, no clear change ({before})"


def details(week: Week) -> tuple[Section, ...]:
    """All that is known of it, a name and its sentences each."""
    told = week.spending
    sections = (
        *spend_details.details(told, {}),
        ("Kept", tuple(map(keep, week.keeps))),
        (f"By {told.scope.by}", tuple(_rows(week))),
        ("Budget", (budget(week.budget),)),
        ("Coming", tuple(_coming(week))),
        ("One thing to try", arithmetic(week.move) if week.move else ()),
        ("Proven by your blind tests", tuple(found.sentence for found in week.proven)),
        ("Restated", (late(week.late, _today(week)),) if week.late else ()),
        ("Not posted", tuple(_brings(each, _today(week)) for each in week.missed)),
        ("Reconciled", () if told.bill else (week.reconciled,)),
        mind(told),
    )
    return tuple(each for each in sections if each[1])


def _coming(week: Week) -> Iterator[str]:
    today = _today(week)
    yield from (ending(each, today) for each in week.endings)
    for change in week.lane_changes:
        day = periods.day_words(change.from_on, today)
        yield f"GET /v1/lanes: {_meaning(change)} from {day}; with accept=next it does by now."
    yield from (each.sentence for each in week.listed)


def _rows(week: Week) -> Iterator[str]:
    for row in week.spending.rows[: spent.MOST_ROWS]:
        yield f"{row.name or NO_LANE}: {row_details(row)}"


def budget(bar: WeekBar) -> str:
    used, limit, left = _used(bar), money.cents(bar.limit_usd), money.cents(bar.left_usd)
    return f"{bar.period}: {slack_text.bar(used)} {left} of {limit} left, {_percent(used)} used."


def ending(each: Ending, today: date) -> str:
    when = f"{periods.ahead_words(each.days_left)}, on {periods.day_words(each.ends_on, today)}"
    last = periods.day_words(each.last_used, today)
    ran = f"{spent.counted(each.images, 'picture', 'pictures')} and {money.cents(each.spent_usd)} in four weeks"
    named = f"OpenAI names {each.successor}." if each.successor else "OpenAI names no successor."
    return f"{each.model} stops {when}: {ran}, the last on {last}. {named} {_costs(each)}"


def arithmetic(move: Move) -> tuple[str, ...]:
    """The way from the counts to the saving, a line each."""
    old, new = move.old, move.new
    return (
        f"{old.name} on {new.name} saves about {money.cents(move.saving_usd)} a week "
        f"({money.cents(move.low_usd)} to {money.cents(move.high_usd)}), as much kept as now.",
        f"{old.name}: {old.images:,} pictures in four weeks, {old.kept:,} of {old.judged:,} kept, "
        f"{money.each(old.each_usd)} each by today's prices.",
        f"{new.name}: {new.kept:,} of {new.judged:,} kept; the same sizes cost {money.each(new.each_usd)} each there.",
        f"For as many kept pictures one call here is {old.kept:,}/{old.judged:,} ÷ {new.kept:,}/{new.judged:,} calls "
        "there; the range puts both keep rates at the ends of their 95% ranges.",
        "The prompts were different ones: move a share first and see what is kept.",
    )


def planned(schedule: Schedule | None, day: date | None) -> str:
    """In code what switches it on."""
    if schedule is None or day is None:
        return "No digest is posted here: `/imagelane digest on mon 09:00` switches it on."
    return f"It is posted here each {schedule.words}, next on {day:%a} {day.day} {day:%b %Y}."


def ends_told(channel: str | None) -> str:
    """In code what switches it on or off; `channel` None: nowhere."""
    if channel is None:
        return "That a model ends is told nowhere: `/imagelane digest watch on` has it told here."
    return f"That a model ends is told ahead in {channel}; `/imagelane digest watch off` ends that."


def _brings(week: str, today: date) -> str:
    return f"{periods.span_words(week_named(week), today)}: `/imagelane digest post --week {week}`"


def _costs(each: Ending) -> str:
    if each.more_usd is None:
        return "What your pictures would cost there is unknown."
    if not each.more_usd:
        return f"Your pictures cost the same on {each.priced_on}."
    which = "more" if each.more_usd > 0 else "less"
    return f"Your pictures would cost {money.cents(abs(each.more_usd))} a week {which} on {each.priced_on}."


def _used(bar: WeekBar) -> Decimal:
    return (bar.limit_usd - bar.left_usd) / bar.limit_usd if bar.limit_usd else Decimal(1)


def _today(week: Week) -> date:
    return week.as_of.astimezone(ZoneInfo(week.zone)).date()


def _percent(rate: Decimal) -> str:
    return f"{percent(rate)}%"
