"""A week's digest in Slack: one sentence, the picture, a table, what comes and what to try; the rest in a window."""

from datetime import date

from bot import money, periods
from bot.bench.command import BenchCommand
from bot.digest import sentences
from bot.digest.moves import TEST_SET, Move
from bot.digest.schedule import Schedule, week_named
from bot.digest.week import Week
from bot.pricing.lead import SOON_DAYS
from bot.slack import frame
from bot.slack.message import (
    DIRECT,
    Block,
    Element,
    Message,
    View,
    bullets,
    button,
    message,
    paragraph,
    picture,
    prose,
    rich,
    section,
    unmarked,
    words,
)
from bot.slack.text import line
from bot.slack.windows import modal
from bot.spend import blocks as spend_blocks
from bot.spend import sentences as spent

COLUMNS = ("Spend", "Change", "Per kept")  # beside the picture, which shows what was kept
WITHOUT_PICTURE = ("Spend", "Change", "Kept", "Per kept")
NAME_LETTERS = 30


def digest(week: Week, marks: tuple[str, ...] = (), file_id: str | None = None) -> Message:
    """`marks` stand first in the last line: who asked for it, that it was sent again. `file_id` is the chart."""
    below = _fitting((*([sentences.AGAIN] if week.again else []), *marks, *sentences.remarks(week)))
    return frame.framed(
        sentences.lead(week),
        *([picture(file_id, alt(week))] if file_id else []),
        *([] if week.quiet else [_table(week, COLUMNS if file_id else WITHOUT_PICTURE)]),
        *(paragraph(words(f"{name}: ", bold=True), sentence) for name, sentence in sentences.lines(week)),
        rest=_rest(week, below),
        grey=below,
        steps=[*_plan(week), *_test(week.move), button("Details", "digest.why", f"digest preview --week {week.week}")],
    )


def _table(week: Week, columns: tuple[str, ...]) -> Block:
    arrows = {each.lane: sentences.ARROWS[each.change] for each in week.keeps if each.change}
    return spend_blocks.breakdown(week.spending, columns, arrows)


def _rest(week: Week, below: str) -> str:
    """All that the blocks say, in words."""
    shown = () if week.quiet else (spent.in_words(week.spending, {}), alt(week))
    lines = (f"{name}: {sentence}" for name, sentence in sentences.lines(week))
    return " ".join(filter(None, (sentences.unsaid(week), *shown[:1], *lines, below, *shown[1:])))


def _fitting(remarks: tuple[str, ...]) -> str:
    """As many of them as the last line holds."""
    said = ""
    for each in remarks:
        longer = f"{said} {each}".strip()
        said = longer if len(longer) <= frame.GREY_LETTERS else said
    return said


def _plan(week: Week) -> list[Element]:
    """What leaving the models that end soon costs: of one that one's plan, of several all."""
    soon = [ending.model for ending in week.endings if ending.days_left <= SOON_DAYS]
    return frame.run("Plan the move", f"migrate {soon[0]}" if len(soon) == 1 else "migrate") if soon else []


def _test(move: Move | None) -> list[Element]:
    """What would prove it: the quote of a blind test of the two, on a set of prompts of ours."""
    if move is None or move.test_usd is None or move.tested_on:
        return []
    sides = tuple((side.model, side.quality) for side in (move.old, move.new))
    command = BenchCommand("run", prompts=TEST_SET, lanes=sides)
    return frame.run(f"Blind test: {money.cents(move.test_usd)}", command.words())


def alt(week: Week) -> str:
    return f"{sentences.by_day(week)} {sentences.by_lane(week)}"


def details(week: Week, *planned: str) -> View:
    """Everything, in a bold name and its sentences each; `planned` is what comes here and when."""
    sections = (*sentences.details(week), ("This post", planned))
    blocks = [rich(section(words(name, bold=True)), bullets(*map(prose, said))) for name, said in sections]
    return modal("Digest details", blocks)


def preview(week: Week, day: date | None) -> Message:
    """To who asked; `day` is when the next one comes here, if one does."""
    comes = "None is posted here." if day is None else f"The next comes here on {day.day} {day:%b}."
    return digest(week, ("Only you see this.", comes))


def chart(week: Week, file_id: str) -> Message:
    lead = f"{sentences.label(week)}, day by day."
    return message(f"{lead} {alt(week)}", [paragraph(words(lead, bold=True)), picture(file_id, alt(week))])


def coming(week: str, today: date) -> Message:
    days = periods.span_words(week_named(week), today)
    return frame.framed(f"The digest of {days} comes here in a moment, saying who asked.")


def switched_on(schedule: Schedule, channel: str, day: date, left_out: tuple[str, ...]) -> Message:
    """`left_out` is what was not named, as it was taken; `day` when the next one comes."""
    at = f"{periods.WEEKDAYS[schedule.weekday]} at {schedule.hour:02}:{schedule.minute:02}"
    mind = f"Next on {day:%a} {day.day} {day:%b}, by the clocks of {schedule.zone}."
    direct = schedule.channel_id.startswith(DIRECT)
    there = "" if direct else " I must be there: `/invite @imagelane`."
    invited = f"{mind}{there} `/imagelane digest off` ends it."
    taken = f"By default {', '.join(left_out)}." if left_out else ""
    lead = f"The digest comes {'here' if direct else f'to {_name(channel)}'} each {at}."
    return frame.framed(lead, paragraph(*prose(invited)), rest=f"{unmarked(invited)} {taken}", grey=_fitting((taken,)))


def switched_off(channel: str, ended: bool) -> Message:
    return frame.framed(f"{'No digest comes any more' if ended else 'There was none to end'} in {_name(channel)}.")


def not_posted(week: str, channel: str, because: str, today: date) -> Message:
    """To who wanted it."""
    days, mend = periods.span_words(week_named(week), today), f"`/imagelane digest post --week {week}`"
    lead = f"The digest of {days} was not posted in {_name(channel)}."
    why = f"{because[:1].upper()}{because[1:]}. Mend that, then {mend} there."
    return frame.framed(lead, paragraph(*prose(why)), rest=unmarked(why))


def _name(channel: str) -> str:
    return line(channel, NAME_LETTERS)
