"""The rows of an export as an import checks them, without a store."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from pathlib import Path

from bot import catalog
from bot.usage import exports, files
from bot.usage.buckets import BucketLine
from bot.usage.checking import RowCheck
from bot.usage.reading import Desk
from bot.usage.records import BillLine, Record


@dataclass
class ExportRead:
    """What the rows of a file are, and how many are none; `refused` has the line and the reason."""

    records: list[Record] = field(default_factory=list)
    buckets: list[BucketLine] = field(default_factory=list)
    bill: list[BillLine] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)
    refused: list[tuple[int | None, str]] = field(default_factory=list)


def read(path: Path, now: datetime, tool: str | None = None, zone: tzinfo | None = None) -> ExportRead:
    """Raises BadFile."""
    answer = ExportRead()
    with files.opened(path) as file:
        export = exports.understood(file, tool, {}, None, zone)
        check = RowCheck(export, Desk(catalog.load()), now, lambda *line: answer.refused.append(line), {})
        for _, line in check.lines(file):
            match line:
                case Record():
                    answer.records.append(line)
                case BillLine():
                    answer.bill.append(line)
                case _:
                    answer.buckets.append(line)
        answer.skipped = check.skipped
    return answer
