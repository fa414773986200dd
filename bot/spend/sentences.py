"""What a period cost, in words: the same at every door.

`called` are the names of people and channels by their ids, as far as a door knows them.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from bot import money
from bot.periods import NamedPeriod, day_words, span_words
from bot.slack.text import line, width
from bot.spend.measures import Figures, Only, Spending, SpendScope

Called = Mapping[str, str]

LEAD_LETTERS = 80
NONE = "–"
NAME_LETTERS = 30  # of what people named, in a sentence
MOST_ROWS = 40  # said one by one
TIMES = 3  # from so many times as much on it is said so, and no more in per cent


def lead(answer: Spending, called: Called) -> str:
    return _chosen(answer, called)[0]


def unsaid(answer: Spending, called: Called) -> str:
    """What the lead had no room for."""
    return _chosen(answer, called)[1]


def _chosen(answer: Spending, called: Called) -> tuple[str, str]:
    where = f" {when(answer.scope)}{part(answer.scope.only, called)}"
    if not answer.total.records:
        return line(f"Nothing is recorded{where}{_before(answer)}.", LEAD_LETTERS), ""
    return fitting(f"{_amount(answer.total)}{where}", changed(answer.total, answer.scope), kept(answer.total))


def fitting(spent: str, change: str, judged: str) -> tuple[str, str]:
    """The longest of them that is no longer than a lead may be, and what is left out of it."""
    more, short = (f", {change}" if change else ""), judged.replace(" pictures", "")
    for one, rest in (
        (f"{spent}{more}. {judged}", ""),
        (f"{spent}{more}. {short}", ""),
        (f"{spent}{more}.", judged),
        (f"{spent}.", f"{change.capitalize()}. {judged}" if change else judged),
    ):
        if width(one.rstrip()) <= LEAD_LETTERS:
            return one.rstrip(), rest
    return line(f"{spent}.", LEAD_LETTERS), judged


def when(scope: SpendScope) -> str:
    """`last week`, `in the last 7 days`, `in October`, `on 16-22 Nov`; a day under way is "so far"."""
    return _period(scope) + (" so far" if scope.so_far else "")


def _period(scope: SpendScope) -> str:
    days = span_words(scope.days, scope.as_of)
    moved = "" if scope.today is None else f", {days}"  # "last week" of a day that is over
    if scope.period == NamedPeriod.ALL:
        return f"in all{moved}"
    if scope.period in tuple(NamedPeriod):
        return scope.period + moved
    if scope.period.startswith("last "):
        return f"in the {scope.period}{moved}"
    if scope.days.is_month:
        year = f" {scope.days.first.year}" if scope.days.first.year != scope.as_of.year else ""
        return f"in {scope.days.first:%B}{year}"
    return f"{'from' if ' to ' in days else 'on'} {days}"


def part(only: Only, called: Called) -> str:
    """The filter, or nothing."""
    project = "" if only.project is None else f" in project {line(only.project, NAME_LETTERS)}"
    where = "" if only.channel_id is None else f" in {_called(only.channel_id, '#', called)}"
    what = "".join(f" on {name}" for name in (only.lane, only.model) if name is not None)
    whose = "" if only.person_id is None else f" by {_called(only.person_id, '@', called)}"
    return f"{project}{where}{what}{whose}"


def _called(its_id: str, mark: str, called: Called) -> str:
    return line(called.get(its_id, mark + its_id), NAME_LETTERS)


def changed(row: Figures, scope: SpendScope) -> str:
    """`down 22%`, `4 times as much`, `as before`; nothing where there is nothing to compare with."""
    if row.change_usd is None:
        return ""
    if row.change_rate is None:
        return f"nothing {earlier(scope)}" if row.change_usd else ""
    if row.change_rate + 1 >= TIMES:
        return f"{(row.change_rate + 1).to_integral_value():,} times as much"
    share = percent(row.change_rate)
    if not share:
        return "as before"
    return f"{'up' if share > 0 else 'down'} {abs(share):,}%"


def earlier(scope: SpendScope) -> str:
    """What it is compared with."""
    count = scope.days.count
    if scope.by == "day" and count > 1:
        return "the days before"
    whole = {1: "the day before", 7: "the week before"}
    return "the month before" if scope.days.is_month else whole.get(count, "the days before")


def kept(row: Figures) -> str:
    """`Kept 97 of 120 pictures at $0.0724 each.` Nothing where nobody judged one."""
    pictures = counted(row.judged, "picture", "pictures")
    if not row.judged:
        return ""
    if not row.kept:
        return f"Kept none of {pictures}."
    if row.per_accepted_usd is None:
        return f"Kept {row.kept:,} of {pictures}, each at an unknown price."
    return f"Kept {row.kept:,} of {pictures} at {per_kept(row)} each."


def caution(answer: Spending) -> str:
    """The one that matters most; all of them are in the details."""
    row = answer.total
    if row.unknown:
        more = "" if row.spend_usd is None else ": the sums are at least this"
        return f"{counted(row.unknown, 'record has', 'records have')} no known price{more}."
    if row.pending_images:
        beside = " and not in that figure" if row.kept else ""
        are = counted(row.pending_images, "picture", "pictures")
        verb = "is" if row.pending_images == 1 else "are"
        return f"{are} ({money.cents(row.pending_usd)}) {verb} not judged yet{beside}."
    return next(iter(answer.notes), "")


def in_words(answer: Spending, called: Called) -> str:
    """The rows of the table, for who has them read out. None where all is quiet, as there is no table then."""
    if not answer.total.records:
        return ""
    said = [f"{row_name(row, answer.scope, called)} {_row(row, answer.scope)}" for row in answer.rows[:MOST_ROWS]]
    more = len(answer.rows) - len(said)
    return "; ".join([*said, *([f"and {more:,} more"] if more else [])]) + "." if said else ""


def _row(row: Figures, scope: SpendScope) -> str:
    judged = f"kept {row.kept:,} of {row.judged:,}" if row.judged else ""
    each = f"{per_kept(row)} per kept" if row.kept else ""
    return ", ".join(filter(None, (amount(row), changed(row, scope), judged, each)))


# Figures


def amount(row: Figures) -> str:
    return at_least(row, money.cents(row.spend_usd))


def per_kept(row: Figures) -> str:
    return f"{least(row)}{money.about(row.per_accepted_usd)}" if row.kept else NONE


def change(row: Figures) -> str:
    """+$2.00 (+19%); without per cent where there was nothing before, or it would round to none."""
    if row.change_usd is None:
        return money.UNKNOWN if row.spend_usd is None else NONE
    share, usd = percent(row.change_rate or Decimal()), money.cents(row.change_usd)
    return f"{'+' if row.change_usd > 0 else ''}{usd}" + (f" ({share:+,}%)" if share else "")


def change_cell(row: Figures) -> str:
    """One unit a column: per cent, or `new` where there was nothing before."""
    if row.change_usd is None or (row.change_rate is None and not row.change_usd):
        return NONE
    if row.change_rate is None:
        return "new"
    share = percent(row.change_rate)
    return f"{share:+,}%" if share else "0%"


def keep_rate(row: Figures) -> str:
    return NONE if row.keep_rate is None else f"{percent(row.keep_rate)}%"


def percent(rate: Decimal) -> int:
    return int((rate * 100).to_integral_value())


def counted(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"


def row_name(row: Figures, scope: SpendScope, called: Called) -> str:
    if row.name is None:
        return f"no {scope.by}"
    if scope.by == "day":
        day = date.fromisoformat(row.name)
        return f"{day:%a} {day_words(day, scope.as_of)}{_so_far(row, scope)}"
    return called.get(row.name, row.name) if scope.by == "person" else row.name


def day_cell(row: Figures, scope: SpendScope) -> str:
    """A day as short as a phone's column: `Mon 23`, and of more than a week `23 Nov`."""
    day = date.fromisoformat(row.name or "")
    short = f"{day:%a} {day.day}" if scope.days.count <= 7 else day_words(day, scope.as_of)
    return f"{short}{_so_far(row, scope)}"


def _so_far(row: Figures, scope: SpendScope) -> str:
    return " so far" if scope.under_way(row.name) else ""


def highest(answer: Spending) -> str:
    """Of an answer by day: `Most on Sun 22 Nov so far: $3.00.`"""
    most = max(answer.rows, key=lambda row: row.spend_usd or Decimal())
    return f"Most on {row_name(most, answer.scope, {})}: {amount(most)}."


def days_in_words(answer: Spending, most: int = 14) -> str:
    """What a chart by day shows, for who can't see it; of many days only the sum."""
    rows: Sequence[Figures] = answer.rows if len(answer.rows) <= most else ()
    each = ", ".join(f"{row_name(row, answer.scope, {})} {amount(row)}" for row in rows)
    begin = f"Spend a day {when(answer.scope)}"
    return f"{begin}: {each}. {amount(answer.total)} in all." if each else f"{begin}: {amount(answer.total)} in all."


def _amount(row: Figures) -> str:
    if row.spend_usd is None:
        return "An unknown amount"
    return at_least(row, money.cents(row.spend_usd)).capitalize()


def _before(answer: Spending) -> str:
    if not answer.before_usd:
        return ""
    return f"; {earlier(answer.scope)} it was {money.cents(answer.before_usd)}"


def at_least(row: Figures, usd: str) -> str:
    return f"at least {usd}" if row.unknown and usd != money.UNKNOWN else usd


def least(row: Figures) -> str:
    return "at least " if row.per_accepted_at_least and row.per_accepted_usd is not None else ""
