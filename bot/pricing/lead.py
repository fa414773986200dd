"""What an estimate comes to in one sentence, and the line under its table: what is priced, and the one caution."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from bot.money import about, as_much, cents
from bot.periods import ahead_words, day_words
from bot.pricing.advice import Row, Rows, is_judged_apart, landscape_saving, short
from bot.pricing.dated import announced_end, is_aged, is_released, is_shut_down, rates_on
from bot.pricing.facts import LANES, Catalog
from bot.pricing.prices import price
from bot.pricing.quotes import Quote, Workload, is_per_kept
from bot.pricing.sizes import listed, parse_size, resolve_size
from bot.pricing.tokens import twin_quality

LEAD_LETTERS, FOOT_LETTERS = 80, 90  # what a phone shows at a glance
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


def foot(rows: Rows, workload: Workload, catalog: Catalog, on: date, asked_on: date) -> str:
    spec = _spec(workload, on, asked_on)
    kept = _kept([quote for _, quote in rows], workload)
    caution, is_urgent = _caution(rows, workload, catalog, on, asked_on)
    whole = f"{spec}{kept}. {caution}".strip()
    shorter = (f"{spec}. {caution}", caution) if is_urgent else (f"{spec}{kept}.", f"{spec}.")
    return fitting(FOOT_LETTERS, whole, *shorter)


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
        usd = _spent(job)
        return fitting(LEAD_LETTERS, f"{head}; the same on {name}: {usd}.", f"{head}; on {name}: {usd}.")
    if quote.spent_usd is None or days <= 0:
        return f"{head}."
    return fitting(LEAD_LETTERS, f"{head}; until then this job costs {_spent(quote)}.", f"{head}: {_spent(quote)}.")


def _one(row: Row, workload: Workload) -> str:
    seat, quote = row
    if quote.spent_usd is None:
        return f"What {_pictures(quote.count)} on {seat.name} would cost is unknown."
    of = f"{_spent(quote)} for {_pictures(quote.count)}"
    lane = workload.choice if workload.choice in LANES else None
    whos = (f"{lane} ({seat.name})", lane) if lane else (seat.name,)
    if (per := quote.per_accepted_usd) is not None:
        ends = _per_kept(per, with_retries=quote.expected_usd is not None)
    elif quote.expected_usd is not None:
        ends = (f", if each is drawn {(workload.retries or 0) + 1} times.",)
        of = f"At most {of}"
    else:
        ends = (f", {about(quote.each_usd)} each.",) if quote.count > 1 else (".",)
    short_of = of.removesuffix(f" for {_pictures(quote.count)}")  # the line under it says how many
    return fitting(
        LEAD_LETTERS, *(f"{start} on {who}{end}" for start in (of, short_of) for who in whos for end in ends)
    )


def _several(rows: Rows, workload: Workload) -> str:
    by_kept, cost = is_judged_apart(rows), _cost(rows)
    priced = sorted((row for row in rows if cost(row[1]) is not None), key=lambda row: cost(row[1]) or 0)
    unknown = [row for row in rows if cost(row[1]) is None]
    kind = "lanes" if _by_lane(workload) else "models"
    if not priced:
        return f"What {_pictures(workload.count)} would cost on these {kind} is unknown."
    least = cost(priced[0][1]) or Decimal(1)
    first = [row for row in priced if cost(row[1]) == least]
    names = [_name(row, workload) for row in first]
    dearer = [(_name(row, workload), (cost(row[1]) or least) / least) for row in priced[len(first) :]]
    if by_kept:
        others = [f"{_name(row, workload)} {about(cost(row[1]))}" for row in priced[len(first) :]]
        return _least_per_kept(names, least, others)
    head = f"{_spent(first[0][1])} on {listed(names, 'or')}"
    quote = first[0][1]
    if quote.per_accepted_usd is not None and is_per_kept([quote for _, quote in rows]):
        ends = _per_kept(quote.per_accepted_usd, with_retries=quote.expected_usd is not None)
        return fitting(LEAD_LETTERS, *(f"{head}{end}" for end in ends))
    if quote.expected_usd is not None:
        drawn = f"if each is drawn {(workload.retries or 0) + 1} times"
        return fitting(LEAD_LETTERS, f"At most {head}, {drawn}.", f"At most {_spent(quote)}, {drawn}.")
    tails = _tails(dearer, [_name(row, workload) for row in unknown], len(first))
    return fitting(LEAD_LETTERS, *(f"{head}{tail}" for tail in tails), f"{_spent(quote)} at least.")


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


def _spent(quote: Quote) -> str:
    """One picture has its own digits, a sum its cents."""
    return about(quote.spent_usd) if quote.count == 1 else cents(quote.spent_usd)


def _pictures(count: int) -> str:
    return "1 picture" if count == 1 else f"{count:,} pictures"


def _end(shutdown: date | None, row: Row, on: date) -> date | None:
    seat, quote = row
    if is_shut_down(seat.model, on):
        return shutdown
    return quote.ends_on if quote.ends_on and (quote.ends_on - on).days <= SOON_DAYS else None


# The line under the table


def _spec(workload: Workload, on: date, asked_on: date) -> str:
    batch = ", batch" if workload.batch else ""
    day = "" if on == asked_on else f", by the prices of {day_words(on, asked_on)}"
    return f"{_pictures(workload.count)}, {workload.quality}, {workload.size}{batch}{day}"


def _kept(quotes: Sequence[Quote], workload: Workload) -> str:
    """`; 70% kept, 2 retries: about 4,865 end up kept`, or by whose votes."""
    retries = workload.retries
    again = "" if retries is None else f"{retries:,} {'retry' if retries == 1 else 'retries'}"
    if not is_per_kept(quotes):
        return f"; {again} at most" if again else ""
    given = [quote.keep_basis == "as given" for quote in quotes if quote.keep_rate is not None]
    if not all(given) or workload.keep is None:
        return f"; by the keep rates of your own{f', {again}' if again else ''}"
    rate = f"; {_percent(workload.keep)} kept"
    if retries is None:
        return rate
    share = 1 - (1 - workload.keep) ** (retries + 1)
    return f"{rate}, {again}: about {workload.count * share:,.0f} end up kept"


def _percent(rate: Decimal) -> str:
    return f"{(rate * 100).quantize(Decimal('0.1')).normalize():f}%"


def _caution(rows: Rows, workload: Workload, catalog: Catalog, on: date, asked_on: date) -> tuple[str, bool]:
    """The one that matters most, and whether it goes before how many are kept."""
    unknown = next((row for row in rows if row[1].total_usd is None), None)
    if unknown is not None and not is_shut_down(unknown[0].model, on):
        return why_unknown(unknown, workload, on), True
    if is_aged(catalog, on):
        return f"Prices were last checked on {day_words(catalog.checked_on, asked_on)}.", True
    return _same_word(rows, workload, on) or _break_even(rows) or _landscape(rows, on), False


def why_unknown(row: Row, workload: Workload, on: date) -> str:
    """Why it has no price, in a few words."""
    seat, quote = row
    model, name = seat.model, seat.name
    if not is_released(model, on):
        return f"{name} was not out then."
    if workload.quality not in model.qualities:
        return f"{name} has no quality {workload.quality}."
    if not quote.drawable and workload.batch and rates_on(model, on, "batch") is None:
        return f"{name} has no batch price."
    if not quote.drawable and (parse_size(workload.size) or workload.size not in model.shapes):
        return f"{name} can't draw {workload.size}."
    if rates_on(model, on) is None:
        return f"{name} has no known price for that day."
    return f"{name} has no published price per picture."


def _same_word(rows: Rows, workload: Workload, on: date) -> str:
    """A quality word means another effort in another family: what the cheapest draws at it, a dearer one calls less."""
    first = cheapest(rows)
    if first is None or announced_end(first[0].model, on):
        return ""
    for seat, quote in rows:
        word = twin_quality(workload.quality, first[0].model, seat.model)
        if word is None or word == workload.quality or quote.total_usd is None:
            continue
        each = price(seat.model, word, resolve_size(seat.model, workload.size), on, _tier(workload)).each
        if each is not None:
            twin = replace(quote, total_usd=workload.count * each, expected_usd=_again(quote, workload.count * each))
            family = short(first[0].model.family)
            return f"What {family} calls {workload.quality}, {seat.name} calls {word}: {_spent(twin)}."
    return ""


def _again(quote: Quote, total_usd: Decimal) -> Decimal | None:
    return (
        None if quote.expected_usd is None or not quote.total_usd else quote.expected_usd / quote.total_usd * total_usd
    )


def _tier(workload: Workload) -> str:
    return "batch" if workload.batch else "standard"


def _break_even(rows: Rows) -> str:
    """Premium at c beats budget at b per kept picture only if budget's keep rate is under b/c of premium's."""
    each = {seat.lane: quote.each_usd for seat, quote in rows}
    budget, premium = each.get("budget"), each.get("premium")
    if budget is None or premium is None or budget >= premium or is_judged_apart(rows):
        return ""
    return f"Premium pays only if budget keeps under {budget / premium:.0%} as often."


def _landscape(rows: Rows, on: date) -> str:
    first = cheapest(rows)
    saving = 0 if first is None else landscape_saving(*first, on)
    return f"Landscape would cost {saving}% less." if saving > 0 else ""
