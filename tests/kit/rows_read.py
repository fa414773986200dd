"""The rows of a file as an import reads them, without a store: records, what is skipped and what is refused."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot import catalog
from bot.usage import exports, files
from bot.usage.errors import BadRecord
from bot.usage.mapping import Skipped
from bot.usage.reading import Desk
from bot.usage.records import Record
from bot.usage.shape import GivenRecord

DESK, NOW = Desk(catalog.load()), datetime(2026, 11, 28, tzinfo=UTC)


@dataclass
class RowsRead:
    """`given` are the rows before they become records; `came` a record a row, or why it is none."""

    tool: str
    given: list[dict[str, Any]] = field(default_factory=list)
    came: list[Record | str] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)
    refused: dict[int, str] = field(default_factory=dict)

    @property
    def records(self) -> list[Record]:
        return [one for one in self.came if isinstance(one, Record)]


def rows_of(path: Path, zone: str | None = None, mapping: dict[str, str] | None = None) -> RowsRead:
    """Whose export it is, is guessed. What a bucket has beside a record is left out, and ids are not asked for."""
    with files.opened(path) as file:
        export = exports.understood(file, None, mapping or {}, None, ZoneInfo(zone) if zone else None)
        read = RowsRead(export.rows.tool.name)
        for line in file.lines():
            try:
                if line.wrong is not None:
                    raise BadRecord("it", line.wrong)
                given = export.rows.given(line.cells)
                if isinstance(given, Skipped):
                    read.skipped[given.why] += 1
                    continue
                read.given.append(given)
                read.came.append(DESK.record(_of_record(given, export.rows.tool.goes_to), NOW))
            except BadRecord as wrong:
                read.came.append(f"{wrong.field} {wrong.reason}")
                read.refused[line.number] = f"{wrong.field} {wrong.reason}"
        assert file.read_bytes <= file.size
    return read


def _of_record(given: dict[str, Any], goes_to: str) -> dict[str, Any]:
    if goes_to == "records":
        return given
    known = {name: value for name, value in given.items() if name in GivenRecord.model_fields}
    if goes_to == "bill":  # no record: read as one of no picture, for its moment and its amount
        return {"id": "sample", "model": "sample", "images": 0} | known
    return {"id": "sample", "images": None} | known
