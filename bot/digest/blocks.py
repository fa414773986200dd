"""A week's digest: every sentence stands in the text, and the picture only shows them once more."""

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot import money
from bot.digest.endings import Ending
from bot.digest.moves import Move
from bot.digest.schedule import Schedule
from bot.digest.week import LaneKeep, LateFigures, Week, WeekBar
from bot.slack import text as slack_text
from bot.slack.message import (
    Message,
    actions,
    bullets,
    button,
    message,
    paragraph,
    person,
    picture,
    prose,
    rich,
    small,
    words,
)
from bot.spend import blocks as spend_blocks

AGAIN = "(sent again after an interruption)"
ARROWS = {"up": "↑", "down": "↓"}


def digest(week: Week, file_id: str | None = None) -> Message:
    """`file_id` is the chart, uploaded. The button under a recommendation asks for its arithmetic."""
    told = week.spending
    blocks = [
        paragraph(words(heading(week), bold=True), *([f" {AGAIN}"] if week.again else [])),
        *([paragraph("Asked for by ", person(week.asked_by), ".")] if week.asked_by else []),
        paragraph(total(week)),
        *([picture(file_id, alt(week))] if file_id else []),
        *([spend_blocks.breakdown(told)] if told.rows and not week.quiet else []),
        *([rich(bullets(*([keep(each)] for each in week.keeps)))] if week.keeps else []),
        *[paragraph(*prose(sentence)) for sentence in sentences(week)],
        *([actions(button("Show the arithmetic", "digest.why", _asked(week)))] if week.move else []),
        small(week.reconciled, *told.notes, spend_blocks.as_of(told), told.measures),
    ]
    return message(text(week), blocks)


def text(week: Week) -> str:
    told = week.spending
    rows = [
        f"{spend_blocks.name(row, 'lane')} {spend_blocks.amount(row)}, {spend_blocks.change(row)}" for row in told.rows
    ]
    parts = [
        f"{heading(week)}:{f' {AGAIN}' if week.again else ''}",
        total(week),
        f"By lane: {'; '.join(rows)}." if rows and not week.quiet else "",
        *(f"{keep(each)}." for each in week.keeps),
        *sentences(week),
        *(week.reconciled, *told.notes, spend_blocks.as_of(told)),
    ]
    return " ".join(filter(None, parts))


def heading(week: Week) -> str:
    return f"Week {week.week} ({week.days.first} to {week.days.last}, {week.zone})"


def total(week: Week) -> str:
    return f"A quiet week. {spend_blocks.total(week.spending)}" if week.quiet else spend_blocks.total(week.spending)


def sentences(week: Week) -> tuple[str, ...]:
    """All but the total and what stands by lane, in the order of what can still be changed."""
    found = (
        spend_blocks.waste(week.spending),
        "" if week.quiet else spend_blocks.moves(week.spending),
        budget(week.budget),
        *(ending(each) for each in week.endings),
        recommended(week.move) if week.move else "",
        *(found.sentence for found in week.proven),
        late(week.late) if week.late else "",
        missed(week.missed),
    )
    return tuple(sentence for sentence in found if sentence)


def keep(each: LaneKeep) -> str:
    """budget kept 17 of 20 (64% to 95%) ↑, was 11 of 20"""
    now = f"{each.lane} kept {each.kept:,} of {each.judged:,} ({_percent(each.low)} to {_percent(each.high)})"
    if not each.judged_before:
        return f"{now}, nothing to compare with"
    before = f"was {each.kept_before:,} of {each.judged_before:,}"
    return f"{now} {ARROWS[each.change]}, {before}" if each.change else f"{now}, no clear change ({before})"


def budget(bar: WeekBar) -> str:
    used = (bar.limit_usd - bar.left_usd) / bar.limit_usd if bar.limit_usd else Decimal(1)
    limit, left = money.about(bar.limit_usd), money.about(bar.left_usd)
    return f"Budget {bar.period} {slack_text.bar(used)} {_percent(used)} of {limit} used, {left} left."


def ending(each: Ending) -> str:
    days = "1 day" if each.days_left == 1 else f"{each.days_left} days"
    ran = f"{each.images:,} images and {money.about(each.spent_usd)} in four weeks, last on {each.last_used}"
    named = f" OpenAI names {each.successor}." if each.successor else " OpenAI names no successor."
    return f"{each.model} ends on {each.ends_on} ({days}): {ran}.{named} {_costs(each)}"


def recommended(move: Move) -> str:
    return (
        f"Worth trying: {move.old.name} on {move.new.name} saves about {money.about(move.saving_usd)} a week "
        f"({money.about(move.low_usd)} to {money.about(move.high_usd)}), as much kept as now."
    )


def late(came: LateFigures) -> str:
    """Records that came after its digest, and corrections of such: the old total and the new one."""
    now_usd = came.told_usd + came.usd
    return f"Restated: {came.week} was {money.about(came.told_usd)}, is {money.about(now_usd)}."


def missed(weeks: tuple[str, ...]) -> str:
    if not weeks:
        return ""
    were = "1 earlier week was" if len(weeks) == 1 else f"{len(weeks)} earlier weeks were"
    return f"{were} not posted: {', '.join(f'`/imagelane digest post --week {week}`' for week in weeks)}"


def arithmetic(move: Move) -> tuple[str, ...]:
    """The way from the counts to the saving, a line each."""
    old, new = move.old, move.new
    return (
        recommended(move),
        f"{old.name}: {old.images:,} images in four weeks, {old.kept:,} of {old.judged:,} kept, "
        f"{money.each(old.each_usd)} each by today's prices.",
        f"{new.name}: {new.kept:,} of {new.judged:,} kept; the same sizes cost {money.each(new.each_usd)} each there.",
        f"For as many kept images one call here is {old.kept:,}/{old.judged:,} ÷ {new.kept:,}/{new.judged:,} calls "
        "there; the range puts both keep rates at the ends of their 95% ranges.",
        "The prompts were different ones: move a share first and see what is kept.",
    )


def preview(week: Week, schedule: Schedule | None, at: datetime | None) -> Message:
    """To who asked; `at` is when the next one comes here, if one does."""
    shown = digest(week)
    note = f"Only you see this. {planned(schedule, at)}"
    return message(f"{text(week)} {note}", [*shown.blocks, small(note)])


def planned(schedule: Schedule | None, at: datetime | None) -> str:
    if schedule is None or at is None:
        return "No digest is posted here: /imagelane digest on mon 09:00 switches it on."
    return f"It is posted here each {schedule.words}, next on {_local(schedule, at)}."


def chart(week: Week, file_id: str) -> Message:
    return message(alt(week), [picture(file_id, alt(week))])


def why(move: Move | None) -> Message:
    lines = arithmetic(move) if move else ("By today's figures there is no move to recommend any more.",)
    return message(" ".join(lines), [paragraph(line) for line in lines])


def alt(week: Week) -> str:
    lanes = ", ".join(f"{lane} {money.about(sum(row, Decimal()))}" for lane, row in week.chart.spend.items())
    return f"Spend by day in {week.week}, stacked by lane ({lanes or 'nothing'}), and the keep rate of each lane"


def _costs(each: Ending) -> str:
    if each.more_usd is None:
        return "What your images would cost there is unknown."
    if not each.more_usd:
        return f"Your images cost the same on {each.priced_on}."
    which = "more" if each.more_usd > 0 else "less"
    return f"Your images would cost {money.about(abs(each.more_usd))} a week {which} on {each.priced_on}."


def _local(schedule: Schedule, at: datetime) -> str:
    return f"{at.astimezone(ZoneInfo(schedule.zone)):%Y-%m-%d}"


def _asked(week: Week) -> str:
    return f"digest preview --week {week.week}"


def _percent(rate: Decimal) -> str:
    return f"{spend_blocks.percent(rate)}%"
