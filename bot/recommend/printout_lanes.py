"""What each lane means to programs, as a terminal tells it; all prices on demand."""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.text import Text

from bot.lanes.programs import LanePrice, NextModel, ProgramLanes
from bot.money import dollars
from bot.printing.shapes import Paragraph, section, table_of


def rendered(answer: ProgramLanes, details: bool = False) -> RenderableType:
    return Group(*_glance(answer), *(_behind(answer) if details else ()))


def _glance(answer: ProgramLanes) -> Iterator[RenderableType]:
    rows = answer.lanes.values()
    columns = {
        "Lane": [row.lane for row in rows],
        "Since": [row.since.isoformat() for row in rows],
        "Ends": [row.ends.isoformat() if row.ends else "" for row in rows],
        "Next": [_next(row.next) for row in rows],
        "Model": [row.model for row in rows],
    }
    yield table_of({name: cells for name, cells in columns.items() if any(cells)}, right=())
    yield Text()
    notice = f"a change counts {answer.notice_days} days after it was announced"
    yield Paragraph(f"What GET /v1/lanes says on {answer.day}; {notice}.")


def _next(change: NextModel | None) -> str:
    return "" if change is None else f"{change.model or 'nothing'} from {change.from_on}"


def _behind(answer: ProgramLanes) -> Iterator[RenderableType]:
    for row in answer.lanes.values():
        yield from section(f"{row.lane}: {row.snapshot or row.model}", map(_price, row.prices))
        if row.next and row.next.why:
            yield Paragraph(f"Next: {row.next.why}")


def _price(one: LanePrice) -> str:
    spec = f"{one.quality} {one.shape} {one.size}"
    if one.usd is None:
        return f"{spec}: unknown"
    batch = f", {dollars(one.batch_usd)} in batch" if one.batch_usd is not None else ""
    return f"{spec}: {dollars(one.usd)}{batch}, {one.basis} ({one.source}, checked {one.checked_on})"
