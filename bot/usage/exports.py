"""A file understood: whose export it is, and how its rows read. Without a store: rows in, records or bill lines out."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from pathlib import Path

from bot.errors import BadFile
from bot.usage import files, plain, tools
from bot.usage.errors import BadRecord
from bot.usage.files import RowFile
from bot.usage.mapping import RowMapping, Skipped
from bot.usage.reading import Desk, bill_line
from bot.usage.records import BillLine, Record


@dataclass(frozen=True)
class Export:
    """`title` is None for a file in columns of our own or of a mapping; `ignored` are those it does not read."""

    rows: RowMapping
    title: str | None = None
    ignored: tuple[str, ...] = ()

    @property
    def note(self) -> str:
        return self.rows.tool.note


@dataclass
class ExportRead:
    """What the rows of a file are, and how many are none; `refused` has the line and the reason."""

    records: list[Record] = field(default_factory=list)
    bill: list[BillLine] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)
    refused: list[tuple[int, str]] = field(default_factory=list)


def understood(
    file: RowFile, tool: str | None, mapping: Mapping[str, str], source: str | None, zone: tzinfo | None = None
) -> Export:
    """By the tool that is named, else by our own columns or the mapping, else by its header. Raises BadFile."""
    header = None if file.any_row_any_column else file.header
    table = None
    if tool is not None:
        if mapping:
            raise BadFile(f"--from {tool} says what the columns are: leave out --map. Nothing was stored.")
        table = tools.forced(tool, file.name, file.header)
    elif not mapping and not {name.strip().lower() for name in file.header}.issuperset(plain.REQUIRED):
        table = tools.guessed(file.header)
    if table is not None:
        table = table if source is None else table.model_copy(update={"source": source})
        return Export(RowMapping(table, header, zone), table.title)
    ours = plain.table(file.name, file.header, mapping, source or plain.SOURCE)
    ignored = plain.ignored(ours, file.header)
    if header is None:
        ours = plain.of_any_row(ours, mapping)
    only = plain.COLUMNS if header is None and not mapping else None
    return Export(RowMapping(ours, header, zone, only), None, ignored)


def read(path: Path, desk: Desk, now: datetime, tool: str | None = None, zone: tzinfo | None = None) -> ExportRead:
    """All of a file at once. Raises BadFile."""
    answer = ExportRead()
    with files.opened(path) as file:
        export = understood(file, tool, {}, None, zone)
        for line in file.lines():
            try:
                if line.wrong is not None:
                    raise BadRecord("it", line.wrong)
                _take(answer, export, line.cells, desk, now)
            except BadRecord as wrong:
                answer.refused.append((line.number, f"{wrong.field} {wrong.reason}"))
    return answer


def _take(answer: ExportRead, export: Export, cells: Mapping[str, object], desk: Desk, now: datetime) -> None:
    given = export.rows.given(cells)
    if isinstance(given, Skipped):
        answer.skipped[given.why] += 1
    elif export.rows.tool.goes_to == "bill":
        answer.bill.append(bill_line(given, now))
    else:
        answer.records.append(desk.record(given, now))
