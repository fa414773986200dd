"""All that is known of what a period cost: a name and sentences each, for a window and for a terminal's --details."""

from collections.abc import Iterator
from datetime import date

from bot import money
from bot.spend.measures import Figures, Spending
from bot.spend.sentences import Called, at_least, change, counted, keep_rate, least, row_name

Section = tuple[str, tuple[str, ...]]  # a name and what is said under it


def details(answer: Spending, called: Called) -> tuple[Section, ...]:
    """All that is known, save the rows (`row_details` has them) and what to `mind`."""
    sections = (
        ("The days", tuple(_days(answer))),
        ("All of it", tuple(_whole(answer))),
        ("Moved most", tuple(f"{row_name(row, answer.scope, called)} {change(row)}" for row in answer.movers)),
        ("Waste", tuple(_waste(answer))),
        ("The provider's bill", (answer.bill.sentence,) if answer.bill else ()),
    )
    return tuple(each for each in sections if each[1])


def mind(answer: Spending) -> Section:
    """What is in no figure, and what each figure is."""
    return "Mind", (*answer.notes, answer.measures)


def _days(answer: Spending) -> Iterator[str]:
    scope = answer.scope
    yield f"{_dated(scope.days.first, scope.days.last)}{' so far' if scope.so_far else ''}, days of {scope.zone}."
    if scope.against is not None:
        days = _dated(scope.against.first, scope.against.last)
        yield f"Against {days}: {money.cents(answer.before_usd)}, change {change(answer.total)}."
    yield f"{counted(answer.total.records, 'record', 'records')}, as of {_dated(scope.as_of, scope.as_of)}."
    yield from answer.defaults


def _dated(first: date, last: date) -> str:
    ends = [f"{day:%a} {day.day} {day:%b %Y}" for day in dict.fromkeys((first, last))]
    return " to ".join(ends)


def _whole(answer: Spending) -> Iterator[str]:
    row = answer.total
    if row.records:
        yield f"Spend {at_least(row, money.each(row.spend_usd))}."
        yield f"{counted(row.images, 'picture', 'pictures')}, keep rate {keep_rate(row)}{_of_judged(row)}."
    if row.kept:
        yield f"Cost per kept picture {least(row)}{money.each(row.per_accepted_usd)}."
    if row.pending_images:
        yield f"{counted(row.pending_images, 'picture', 'pictures')} ({money.each(row.pending_usd)}) not judged yet."


def _waste(answer: Spending) -> Iterator[str]:
    if answer.waste:
        yield f"{money.each(answer.total.waste_usd)} in all."
    for loss in answer.waste:
        yield f"{loss.count:,} {loss.kind} ({money.each(loss.usd)})."


def row_details(row: Figures) -> str:
    """All of a row, after its name."""
    parts = (
        f"{at_least(row, money.each(row.spend_usd))} (change {change(row)})",
        counted(row.images, "picture", "pictures"),
        f"kept {keep_rate(row)}{_of_judged(row)}" if row.judged else "",
        f"{least(row)}{money.each(row.per_accepted_usd)} per kept" if row.kept else "",
        f"{row.pending_images:,} ({money.each(row.pending_usd)}) not judged yet" if row.pending_images else "",
        f"waste {money.each(row.waste_usd)}" if row.waste_usd else "",
    )
    return ", ".join(filter(None, parts))


def _of_judged(row: Figures) -> str:
    return f" ({row.kept:,} of {row.judged:,})" if row.judged else ""
