"""What a period cost: a table that fits a phone, and in words what changed, what was wasted and what is not known."""

from decimal import Decimal

from bot import money
from bot.slack.message import (
    Block,
    Cell,
    Element,
    Message,
    answer_buttons,
    channel,
    message,
    paragraph,
    person,
    picture,
    small,
    table,
    words,
)
from bot.spend.measures import Figures, Only, Spending, SpendScope

COLUMNS = ("Spend", "Change", "Images", "Kept", "Per kept")


def spending(answer: Spending, share: str) -> Message:
    """`share` is the question in its canonical words with its day; figures by person have no Share button."""
    blocks = [
        paragraph(words(heading(answer), bold=True), *_where(answer)),
        paragraph(total(answer)),
        *([breakdown(answer)] if answer.rows else []),
        *map(paragraph, _remarks(answer)),
        small(*answer.notes, *answer.defaults, as_of(answer), answer.measures),
        *([] if answer.private else [answer_buttons(share)]),
    ]
    return message(_text(answer), blocks)


def heading(answer: Spending) -> str:
    """This week (2026-11-16 to 2026-11-22, Europe/Berlin) by lane; a day under way is "so far"."""
    scope = answer.scope
    first, last = scope.days.first, scope.days.last
    days = (str(first) if first == last else f"{first} to {last}") + (" so far" if scope.so_far else "")
    return f"Spend {scope.period} ({days}, {scope.zone}) by {scope.by}"


def part(answer: Spending) -> str:
    """The filter, or nothing."""
    only = answer.scope.only
    where = "" if only.channel_id is None else f" in #{only.channel_id}"
    whose = "" if only.person_id is None else f" of @{only.person_id}"
    return f"{_project(only)}{where}{_whose(only)}{whose}"


def _project(only: Only) -> str:
    return "" if only.project is None else f" in project {only.project}"


def _whose(only: Only) -> str:
    return "".join(f" of {name}" for name in (only.lane, only.model) if name is not None)


def total(answer: Spending) -> str:
    row, against = answer.total, answer.scope.against
    changed = "" if against is None else f", {change(row)} against {against.words()} ({money.about(answer.before_usd)})"
    keeps = f", keep rate {keep_rate(row)} ({row.kept:,} of {row.judged:,})" if row.judged else ""
    accepted = f", {per_accepted(row)} per accepted" if row.kept else ""
    pending = f", {row.pending_images:,} ({money.about(row.pending_usd)}) not judged yet" if row.pending_images else ""
    if not row.records:
        return f"Nothing is recorded for it{changed}."
    images = "image" if row.images == 1 else "images"
    return f"{amount(row)}{changed}; {row.images:,} {images}{keeps}{accepted}{pending}."


def amount(row: Figures) -> str:
    return _at_least(row, money.about(row.spend_usd))


def per_accepted(row: Figures) -> str:
    if not row.kept:
        return "–"
    at_least = row.per_accepted_at_least and row.per_accepted_usd is not None
    return ("at least " if at_least else "") + money.about(row.per_accepted_usd)


def change(row: Figures) -> str:
    """+$2.00 (+19%); without per cent where there was nothing before, or it would round to none."""
    if row.change_usd is None:
        return money.UNKNOWN if row.spend_usd is None else "–"
    share = percent(row.change_rate or Decimal())
    return money.change(row.change_usd) + (f" ({share:+,}%)" if share else "")


def keep_rate(row: Figures) -> str:
    return "–" if row.keep_rate is None else f"{percent(row.keep_rate)}%"


def percent(rate: Decimal) -> int:
    return int((rate * 100).to_integral_value())


def name(row: Figures, by: str) -> str:
    return row.name if row.name is not None else f"no {by}"


def row_name(row: Figures, scope: SpendScope) -> str:
    return name(row, scope.by) + (" so far" if scope.under_way(row.name) else "")


def cells(row: Figures) -> list[str]:
    """Under COLUMNS."""
    return [amount(row), change(row), f"{row.images:,}", keep_rate(row), per_accepted(row)]


def moves(answer: Spending) -> str:
    changes = [f"{name(row, answer.scope.by)} {change(row)}" for row in answer.movers]
    return f"Moved most: {', '.join(changes)}." if changes else ""


def waste(answer: Spending) -> str:
    losses = [f"{loss.kind} {loss.count:,} ({money.about(loss.usd)})" for loss in answer.waste]
    return f"Waste {money.about(answer.total.waste_usd)}: {', '.join(losses)}." if losses else ""


def _remarks(answer: Spending) -> list[str]:
    return [sentence for sentence in (moves(answer), waste(answer), bill(answer)) if sentence]


def bill(answer: Spending) -> str:
    """The provider's column, beside the sums and never in them."""
    return answer.bill.sentence if answer.bill else ""


def chart(answer: Spending, file_id: str) -> Message:
    return message(alt(answer), [picture(file_id, alt(answer))])


def alt(answer: Spending) -> str:
    """What the chart of an answer by day shows, for who can't see it."""
    most = max(answer.rows, key=lambda row: row.spend_usd or Decimal())
    return f"{heading(answer)}{part(answer)}: {total(answer)} Most on {row_name(most, answer.scope)}, {amount(most)}."


def as_of(answer: Spending) -> str:
    records = "record" if answer.total.records == 1 else "records"
    return f"{answer.total.records:,} {records}, as of {answer.scope.as_of}."


def _at_least(row: Figures, usd: str) -> str:
    return f"at least {usd}" if row.unknown and usd != money.UNKNOWN else usd


def breakdown(answer: Spending) -> Block:
    """Its rows as a table."""
    rows: list[list[Cell]] = [[answer.scope.by.capitalize(), *COLUMNS]]
    rows += [[_name_cell(row, answer.scope), *cells(row)] for row in answer.rows]
    return table(rows, right=range(1, 1 + len(COLUMNS)))


def _name_cell(row: Figures, scope: SpendScope) -> Cell:
    return person(row.name) if scope.by == "person" and row.name is not None else row_name(row, scope)


def _where(answer: Spending) -> list[Element | str]:
    """The filter in blocks: channel and person are Slack's own elements, a project's name is somebody's words."""
    only = answer.scope.only
    where = [] if only.channel_id is None else [_bold(" in "), channel(only.channel_id)]
    whose = [] if only.person_id is None else [_bold(" of "), person(only.person_id)]
    return [*map(_bold, filter(None, [_project(only)])), *where, *map(_bold, filter(None, [_whose(only)])), *whose]


def _bold(text: str) -> Element:
    return words(text, bold=True)


def _text(answer: Spending) -> str:
    names = [row_name(row, answer.scope) for row in answer.rows]
    pairs = zip(names, answer.rows, strict=True)
    rows = [f"{name} {amount(row)}, {change(row)}, keep rate {keep_rate(row)}" for name, row in pairs]
    sentences = [total(answer), "; ".join(rows), *_remarks(answer), *answer.notes, as_of(answer)]
    return f"{heading(answer)}{part(answer)}: {' '.join(filter(None, sentences))}"
