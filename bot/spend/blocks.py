"""What a period cost, in Slack: a sentence, a table that fits a phone, one caution, and the rest in a window."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from bot import periods
from bot.grammar.vocabulary import DIMENSIONS
from bot.slack import frame
from bot.slack.message import (
    Block,
    Cell,
    Element,
    Message,
    View,
    bullets,
    message,
    paragraph,
    person,
    picture,
    rich,
    section,
    table,
    words,
)
from bot.slack.windows import modal
from bot.spend import details as spend_details
from bot.spend import sentences
from bot.spend.command import Spend
from bot.spend.measures import Figures, Spending, SpendScope
from bot.spend.sentences import Called

COLUMNS = ("Spend", "Kept", "Per kept", "Change")
LONG_NAMES = ("model",)  # stand last: a phone shows the first columns


def spending(answer: Spending, asked: Spend, called: Called) -> Message:
    """`asked` is the question with its day; figures by or of a person have no Share button."""
    lead, below = sentences.lead(answer, called), grey(answer, asked)
    rest = (sentences.unsaid(answer, called), sentences.in_words(answer, called), below)
    return frame.framed(
        lead,
        *([breakdown(answer, COLUMNS)] if answer.total.records else []),
        rest=" ".join(filter(None, rest)),
        grey=below,
        steps=[
            *frame.pick("By…", _other_dimensions(answer.scope.by, asked)),
            *before(answer, asked),
            *([] if answer.private else frame.share(asked.words())),
            *frame.details(asked.words()),
        ],
    )


def grey(answer: Spending, asked: Spend) -> str:
    """What was filled in for the person, where there is room for it, and the one caution."""
    taken = "" if asked.period else f"By default {answer.scope.period}."
    caution = sentences.caution(answer)
    both = f"{taken} {caution}".strip()
    return both if len(both) <= frame.GREY_LETTERS else caution


def before(answer: Spending, asked: Spend) -> list[Element]:
    """Asks the same of the period before it, whole."""
    scope = answer.scope
    if scope.period == periods.NamedPeriod.ALL:
        return []
    whole = periods.days(asked.period or periods.NamedPeriod(scope.period), scope.as_of)
    label = {1: "Day before", 7: "Week before"}.get(whole.count, f"{whole.count} days before")
    earlier = replace(asked, period=periods.before(whole, whole))
    return frame.run("Month before" if whole.is_month else label, earlier.words())


def breakdown(answer: Spending, columns: tuple[str, ...], arrows: Called = MappingProxyType({})) -> Block:
    """Its rows as a table, with those of COLUMNS that any of them has; `arrows` stand beside what is kept, by a row's
    name."""
    head, of_rows = answer.scope.by.capitalize(), [cells(row, arrows) for row in answer.rows]
    columns = said(columns, of_rows)
    rows = [list(columns), *([figures[one] for one in columns] for figures in of_rows)]
    names: list[Cell] = [head, *(_name_cell(row, answer.scope) for row in answer.rows)]
    last = answer.scope.by in LONG_NAMES
    lines: list[list[Cell]] = [[*row, name] if last else [name, *row] for name, row in zip(names, rows, strict=True)]
    return table(lines, right=range(len(columns)) if last else range(1, 1 + len(columns)))


def cells(row: Figures, arrows: Called = MappingProxyType({})) -> dict[str, str]:
    """By COLUMNS."""
    kept = f"{sentences.keep_rate(row)} {arrows.get(row.name or '', '')}".strip()
    figures = sentences.amount(row), kept, sentences.per_kept(row), sentences.change_cell(row)
    return dict(zip(COLUMNS, figures, strict=True))


def said(columns: tuple[str, ...], of_rows: Sequence[Mapping[str, str]]) -> tuple[str, ...]:
    """Those of the columns that any row has a figure in: where nobody judged, nothing is kept."""
    return tuple(one for one in columns if any(figures[one] != sentences.NONE for figures in of_rows))


def details(answer: Spending, called: Called) -> View:
    known, mind = spend_details.details(answer, called), spend_details.mind(answer)
    return modal("Spend details", [*map(_section, known), *_rows(answer), _section(mind)])


def _section(known: spend_details.Section) -> Block:
    """A bold name, then bullets."""
    name, said = known
    return rich(section(words(name, bold=True)), bullets(*([each] for each in said)))


def chart(answer: Spending, file_id: str) -> Message:
    lead, alt = sentences.highest(answer), sentences.days_in_words(answer)
    return message(f"{lead} {alt}", [paragraph(words(lead, bold=True)), picture(file_id, alt)])


def _rows(answer: Spending) -> list[Block]:
    shown = answer.rows[: sentences.MOST_ROWS]
    more = len(answer.rows) - len(shown)
    each: list[list[Element | str]] = [
        [*_named(row, answer.scope), f": {spend_details.row_details(row)}"] for row in shown
    ]
    each += [[f"and {more:,} more"]] if more else []
    return [rich(section(words(f"By {answer.scope.by}", bold=True)), bullets(*each))] if each else []


def _other_dimensions(by: str, asked: Spend) -> list[tuple[str, str]]:
    return [(f"By {one}", replace(asked, by=one).words()) for one in DIMENSIONS if one != by]


def _name_cell(row: Figures, scope: SpendScope) -> Cell:
    if scope.by == "day" and row.name is not None:
        return sentences.day_cell(row, scope)
    (name,) = _named(row, scope)
    return name


def _named(row: Figures, scope: SpendScope) -> list[Element | str]:
    is_person = scope.by == "person" and row.name is not None
    return [person(row.name or "") if is_person else sentences.row_name(row, scope, {})]
