"""Usage records as CSV that no spreadsheet runs as a formula (RFC 4180; OWASP's rule for text cells)."""

import csv
from collections.abc import Iterable
from typing import TextIO

from bot.money import usd
from bot.printing.spreadsheets import safe
from bot.usage.records import Record

HEADER = (
    *("source", "id", "occurred_at", "lane", "model", "quality", "size", "images", "kept", "rejected"),
    *("project", "person", "usd", "basis", "kind", "batch", "service_tier"),
)


def write(records: Iterable[Record], to: TextIO) -> int:
    """How many. Opened with newline="": the line ends are ours."""
    out, count = csv.writer(to, lineterminator="\r\n"), 0
    out.writerow(HEADER)
    for record in records:
        out.writerow(_cells(record))
        count += 1
    return count


def _cells(record: Record) -> list[str | int | None]:
    cost = None if record.amount_nanousd is None else f"{usd(record.amount_nanousd):f}"
    size = None if record.width is None else f"{record.width}x{record.height}"
    return [
        *(safe(record.source), safe(record.id), record.occurred_at.isoformat(), record.lane),
        *(safe(record.model), safe(record.quality or ""), size, record.images, record.kept, record.rejected),
        *(safe(record.project or ""), safe(record.person_id or ""), cost, record.basis),
        *(record.kind, str(record.batch).lower(), safe(record.tier or "")),
    ]
