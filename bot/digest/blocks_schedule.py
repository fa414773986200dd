"""What is said of when a digest comes: switched on and off, wanted once more, not posted."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.digest.schedule import Schedule
from bot.periods import Days, day_words, span_words
from bot.slack.frame import framed, run
from bot.slack.message import Block, Message, channel, paragraph, prose, unmarked, words


def coming(week: Days, today: date) -> str:
    return f"The digest of {span_words(week, today)} comes here in a moment, saying who asked."


def switched_on(schedule: Schedule, at: datetime, left_out: tuple[str, ...]) -> Message:
    """`left_out` is what was not named, as it was taken."""
    zone = ZoneInfo(schedule.zone)
    first = day_words(at.astimezone(zone).date(), schedule.set_at.astimezone(zone).date())
    return _framed(
        f"The digest comes each {schedule.words} to ",
        schedule.channel_id,
        f"First on {first}. I must be there: `/invite @imagelane`.",
        f"Not named, so taken: {', '.join(left_out)}." if left_out else "",
        f"digest off in #{schedule.channel_id}",
    )


def switched_off(channel_id: str, ended: bool) -> Message:
    return _framed("No digest comes any more to " if ended else "There was no digest to end in ", channel_id)


def not_posted(week: str, channel_id: str, because: str) -> Message:
    """To who wanted it."""
    mend = f"{because[:1].upper()}{because[1:]}. Mend that, then `/imagelane digest post --week {week}` there."
    return _framed("The digest was not posted to ", channel_id, mend)


def _framed(lead: str, channel_id: str, then: str = "", grey: str = "", off: str = "") -> Message:
    """Blocks name the channel; of a notification its id would say nothing."""
    body: list[Block] = [paragraph(*prose(then))] if then else []
    steps = [*run("Preview", "digest preview"), *run("Switch it off", off)] if off else []
    shown = [words(lead, bold=True), channel(channel_id)]
    return framed(f"{lead}its channel.", *body, rest=f"{unmarked(then)} {grey}", grey=grey, steps=steps, shown=shown)
