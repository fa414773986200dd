"""What an estimate comes to, in one sentence."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from bot.money import about, as_much, cents
from bot.periods import ahead_words, day_words
from bot.pricing.advice import Row, Rows, is_judged_apart
from bot.pricing.dated import is_shut_down
from bot.pricing.facts import LANES
from bot.pricing.quotes import Quote, Workload, is_per_kept
from bot.pricing.sizes import listed

LEAD_LETTERS = 80  # two or three lines of a phone
SOON_DAYS = 30


def cheapest(rows: Rows) -> Row | None:
    """By what it comes to, or by the cost of a kept picture where lanes are kept unequally."""
    cost = _cost(rows)
    return min((row for row in rows if cost(row[1]) is not None), key=lambda row: cost(row[1]) or 0, default=None)


def ending(rows: Rows, on: date) -> Row | None:
    """The first of them to be shut down, where that has come or is near."""
    ends = [(end, n) for n, (seat, _) in enumerate(rows) if (end := _end(seat.model.shutdown, rows[n], on))]
    return rows[min(ends)[1]] if ends else None


def deciding(rows: Rows, workload: Workload, on: date, asked_on: date, instead: Quote | None) -> str:
    """One sentence of at most 80 letters with the figure in it, or what ends."""
    gone = ending(rows, on)
    if gone is not None:
        return _ends(gone, rows, on, asked_on, instead)
    return _one(rows[0], workload) if len(rows) == 1 else _several(rows, workload)


def fitting(letters: int, *sentences: str) -> str:
    """The first that is short enough, else the last."""
    return next((sentence for sentence in sentences if len(sentence) <= letters), sentences[-1])


def _cost(rows: Rows) -> Callable[[Quote], Decimal | None]:
    by_kept = is_judged_apart(rows)
    return lambda quote: quote.per_accepted_usd if by_kept else quote.spent_usd


# The sentence


def _ends(gone: Row, rows: Rows, on: date, asked_on: date, instead: Quote | None) -> str:
    seat, quote = gone
    end = quote.ends_on or seat.model.shutdown or on
    days = (end - on).days
    when = f"shuts down {ahead_words(days)}" if days > 0 else f"was shut down on {day_words(end, asked_on)}"
    living = [(other.name, one) for other, one in rows if one.spent_usd is not None and one.ends_on is None]
    other = min(living, key=lambda row: row[1].spent_usd or 0, default=None)
    name, job = other or (instead.model if instead else "", instead)
    head = f"{seat.name} {when}"
    if job is not None and job.spent_usd is not None:
        usd = spent(job)
        return fitting(LEAD_LETTERS, f"{head}; the same on {name}: {usd}.", f"{head}; on {name}: {usd}.")
    if quote.spent_usd is None or days <= 0:
        return f"{head}."
    return fitting(LEAD_LETTERS, f"{head}; until then this job costs {spent(quote)}.", f"{head}: {spent(quote)}.")


def _one(row: Row, workload: Workload) -> str:
    seat, quote = row
    if quote.spent_usd is None:
        return f"What {pictures(quote.count)} on {seat.name} would cost is unknown."
    of = f"{spent(quote)} for {pictures(quote.count)}"
    lane = workload.choice if workload.choice in LANES else None
    whos = (f"{lane} ({seat.name})", lane) if lane else (seat.name,)
    if (per := quote.per_accepted_usd) is not None:
        ends = _per_kept(per, with_retries=quote.expected_usd is not None)
    elif quote.expected_usd is not None:
        ends = (f", if each is drawn {(workload.retries or 0) + 1} times.",)
        of = f"At most {of}"
    else:
        ends = (f", {about(quote.each_usd)} each.",) if quote.count > 1 else (".",)
    short_of = of.removesuffix(f" for {pictures(quote.count)}")  # the line under it says how many
    return fitting(
        LEAD_LETTERS, *(f"{start} on {who}{end}" for start in (of, short_of) for who in whos for end in ends)
    )


def _several(rows: Rows, workload: Workload) -> str:
    cost = _cost(rows)
    priced = sorted((row for row in rows if cost(row[1]) is not None), key=lambda row: cost(row[1]) or 0)
    if not priced:
        kind = "lanes" if _by_lane(workload) else "models"
        return f"What {pictures(workload.count)} would cost on these {kind} is unknown."
    least = cost(priced[0][1]) or Decimal(1)
    first = [row for row in priced if cost(row[1]) == least]
    names, rest = [_name(row, workload) for row in first], priced[len(first) :]
    if is_judged_apart(rows):
        return _least_per_kept(names, least, [f"{_name(row, workload)} {about(cost(row[1]))}" for row in rest])
    quote, head = first[0][1], f"{spent(first[0][1])} on {listed(names, 'or')}"
    if quote.per_accepted_usd is not None and is_per_kept([quote for _, quote in rows]):
        ends = _per_kept(quote.per_accepted_usd, with_retries=quote.expected_usd is not None)
        return fitting(LEAD_LETTERS, *(f"{head}{end}" for end in ends))
    if quote.expected_usd is not None:
        drawn = f"if each is drawn {(workload.retries or 0) + 1} times"
        return fitting(LEAD_LETTERS, f"At most {head}, {drawn}.", f"At most {spent(quote)}, {drawn}.")
    dearer = [(_name(row, workload), (cost(row[1]) or least) / least) for row in rest]
    unknown = [_name(row, workload) for row in rows if cost(row[1]) is None]
    tails = _tails(dearer, unknown, len(first))
    return fitting(LEAD_LETTERS, *(f"{head}{tail}" for tail in tails), f"{spent(quote)} at least.")


def _tails(dearer: Sequence[tuple[str, Decimal]], unknown: Sequence[str], first: int) -> Iterator[str]:
    """The fullest first: what the others would cost."""
    if not dearer and not unknown:
        yield ": both cost the same." if first == 2 else ": all cost the same."
        return
    has = "has" if len(unknown) == 1 else "have"
    clauses = [_dearer(dearer)] if dearer else []
    yield "; " + "; ".join([*clauses, *([f"{listed(unknown)} {has} no known price"] if unknown else [])]) + "."
    if len(dearer) == 1 and not unknown:
        yield f"; the other would cost {as_much(dearer[0][1])}."
    if not dearer:
        yield "; the other has no known price." if len(unknown) == 1 else "; the others have no known price."
    if dearer:
        yield f"; {clauses[0]}."
    yield ", the least."


def _dearer(dearer: Sequence[tuple[str, Decimal]]) -> str:
    """`premium would cost 3.7, legacy 4.6 times as much`."""
    much = [as_much(ratio) for _, ratio in dearer]
    if len(set(much)) == 1:
        return f"{listed((name for name, _ in dearer), 'or')} would cost {much[0]}"
    times = " times as much"
    if all(words.endswith(times) for words in much):
        much = [*(words.removesuffix(times) for words in much[:-1]), much[-1]]
    (name, _), *rest = dearer
    others = (f"{other} {words}" for (other, _), words in zip(rest, much[1:], strict=True))
    return ", ".join([f"{name} would cost {much[0]}", *others])


def _least_per_kept(names: Sequence[str], least: Decimal, others: Sequence[str]) -> str:
    who = listed(names)
    who = who.capitalize() if names[0] in LANES else who
    costs = "costs" if len(names) == 1 else "cost"
    head = f"{who} {costs} least per kept picture: {about(least)}"
    return fitting(LEAD_LETTERS, f"{head}; {', '.join(others)}.", f"{head}.")


def _per_kept(per: Decimal, *, with_retries: bool) -> tuple[str, ...]:
    with_ = " with retries" if with_retries else ""
    usd = about(per)
    return (f"{with_}: {usd} for each kept picture.", f"{with_}: {usd} per kept picture.", f"{with_}: {usd} per kept.")


def _name(row: Row, workload: Workload) -> str:
    seat, _ = row
    return seat.lane if seat.lane and _by_lane(workload) else seat.name


def _by_lane(workload: Workload) -> bool:
    return all(name in LANES for name in workload.named)


def spent(quote: Quote) -> str:
    """One picture has its own digits, a sum its cents."""
    return about(quote.spent_usd) if quote.count == 1 else cents(quote.spent_usd)


def pictures(count: int) -> str:
    return "1 picture" if count == 1 else f"{count:,} pictures"


def _end(shutdown: date | None, row: Row, on: date) -> date | None:
    seat, quote = row
    if is_shut_down(seat.model, on):
        return shutdown
    return quote.ends_on if quote.ends_on and (quote.ends_on - on).days <= SOON_DAYS else None
