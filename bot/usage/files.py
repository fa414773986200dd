"""Files of records as they come, CSV, JSON lines or Parquet: any size in flat memory, wrong lines named."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain, islice
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from bot.errors import BadFile
from bot.usage import strict_json
from bot.usage.errors import BadRecord

MOST_LINE = 1_000_000  # characters; a line without an end must not fill the memory
MOST_COLUMNS = 1000
MOST_CELL = csv.field_size_limit()
LINES_AHEAD = 20
DELIMITERS = ",;\t"

# What a file begins with that is no CSV, and what to do about it.
ARCHIVES = {
    b"PK\x03\x04": "a zip file, perhaps a spreadsheet: save it as CSV",
    b"\x1f\x8b": "a gzip file: unpack it",
    b"\xd0\xcf\x11\xe0": "an old spreadsheet: save it as CSV",
    b"%PDF": "a PDF: only CSV and JSON lines can be read",
    b"PARE": "an encrypted Parquet file: save it as CSV",
    b"SQLite format 3": "a database: export it as CSV",
    b"[": "one JSON list: export JSON lines or CSV",
    b"\xff\xfe\x00\x00": "UTF-32: save it as UTF-8",
    b"\x00\x00\xfe\xff": "UTF-32: save it as UTF-8",
}
PARQUET = b"PAR1"
UTF16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class FileLine:
    """One row: its number as an editor shows it, and its filled cells by their names in small letters.

    Cells are text, of JSON lines and Parquet any JSON value; `wrong` says why it has none.
    """

    number: int
    cells: Mapping[str, Any]
    wrong: str | None = None


@contextmanager
def opened(path: Path) -> Iterator["RowFile"]:
    """Raises BadFile."""
    try:
        raw, state = path.open("rb"), path.stat()
    except OSError as failure:
        raise BadFile(f"{path} can't be read: {failure.strerror}.") from failure
    changed_at = datetime.fromtimestamp(state.st_mtime, UTC)
    if raw.peek().startswith(PARQUET):
        with raw:
            yield _parquet(path.name)(path.name, state.st_size, changed_at, raw, iter(()), "")
        return
    with raw, io.TextIOWrapper(raw, _encoding(path.name, raw), newline="") as text:
        bounded = _Bounded(path.name, text)
        first = bounded.first()
        kind = JsonLines if first.lstrip().startswith("{") else CsvFile
        lines = chain([first] if first else [], bounded.lines())
        yield kind(path.name, state.st_size, changed_at, raw, lines, first)


def _parquet(name: str) -> "type[RowFile]":
    """Raises BadFile where pyarrow is not installed."""
    try:
        from bot.usage.parquet import ParquetRows
    except ImportError:
        raise BadFile(
            f"{name} is a Parquet file: `pip install 'imagelane[parquet]'` reads those, or save it as CSV. "
            "Nothing was stored."
        ) from None
    return ParquetRows


class RowFile:
    """Its header is read: the names of its columns, of JSON lines those of its first lines. Raises BadFile."""

    any_row_any_column = False

    def __init__(
        self, name: str, size: int, changed_at: datetime, raw: BinaryIO, text: Iterator[str], first: str
    ) -> None:
        self.name, self.size, self.changed_at, self._raw, self._text = name, size, changed_at, raw, text
        self.header = self._read_header(first)

    @property
    def read_bytes(self) -> int:
        """How far it was read, give or take a block; 0 of a pipe, of which nobody knows."""
        return self._raw.tell() if self._raw.seekable() else 0

    def lines(self) -> Iterator[FileLine]:
        """Raises BadFile where the file itself can't be read on."""
        raise NotImplementedError

    def _read_header(self, first: str) -> Sequence[str]:
        raise NotImplementedError

    def _check_width(self, columns: int) -> None:
        if columns > MOST_COLUMNS:
            raise BadFile(f"{self.name} has {columns:,} columns; I read {MOST_COLUMNS:,} at most. Nothing was stored.")


class CsvFile(RowFile):
    """With a comma, a semicolon or a tab between its columns, whichever parts the header into most."""

    def lines(self) -> Iterator[FileLine]:
        names, count = [name.strip().lower() for name in self.header], len(self.header)
        while (row := self._row()) is not None:
            if len(row) == count:
                yield FileLine(self._rows.line_num, {name: cell for name, cell in zip(names, row, strict=True) if cell})
            elif row:
                yield FileLine(self._rows.line_num, {}, f"has {len(row)} cells, but the header has {count}")

    def _read_header(self, first: str) -> Sequence[str]:
        delimiter = max(DELIMITERS, key=lambda each: _width(first, each))
        self._rows = csv.reader(self._text, strict=True, delimiter=delimiter)
        header = self._row() or []
        self._check_width(len(header))
        if not any(cell.strip() for cell in header):
            raise BadFile(f"{self.name} has no header: its first line names the columns, such as id,occurred_at,model.")
        count = Counter(cell.strip().lower() for cell in header)
        twice = [cell.strip() for cell in header if cell.strip() and count[cell.strip().lower()] > 1]
        if twice:
            raise BadFile(f"{self.name} has the column {twice[0]!r} twice.")
        return header

    def _row(self) -> list[str] | None:
        try:
            return next(self._rows, None)
        except csv.Error as failure:
            number, huge = self._rows.line_num, "field limit" in str(failure)
            why = f"has a cell of more than {MOST_CELL:,} characters" if huge else f"is no CSV: {failure}"
            raise BadFile(f"{self.name}: line {number} {why}, or a quote is not closed. Nothing was stored.") from None


def _width(line: str, delimiter: str) -> int:
    try:
        return len(next(csv.reader([line], delimiter=delimiter), []))
    except csv.Error:  # all of it one huge cell
        return 0


class JsonLines(RowFile):
    """An object a line, each with what it has."""

    any_row_any_column = True

    def lines(self) -> Iterator[FileLine]:
        for number, line in enumerate(self._text, 1):
            if line.strip():
                yield self._line(number, line)

    def _read_header(self, first: str) -> Sequence[str]:
        """What any of its first lines has: many programs leave out what a line has nothing for."""
        header = self._line(1, first)
        if header.wrong is not None:
            raise BadFile(f"{self.name}: line 1 {header.wrong}. Nothing was stored.")
        ahead = list(islice(self._text, LINES_AHEAD))
        self._text = chain(ahead, self._text)
        names = dict.fromkeys(name for line in ahead for name in self._line(1, line).cells)
        self._check_width(len(names))
        return tuple(names)

    def _line(self, number: int, line: str) -> FileLine:
        try:
            value = strict_json.read(line.encode("utf-8", "surrogatepass"))
        except BadRecord:
            return FileLine(number, {}, "is no JSON object")
        if not isinstance(value, Mapping):
            return FileLine(number, {}, "is no JSON object")
        return FileLine(number, {name.strip().lower(): cell for name, cell in value.items()})


class _Bounded:
    """Lines of a text, none too long, each of them in its encoding. Raises BadFile."""

    def __init__(self, name: str, text: TextIO) -> None:
        self._name, self._text, self._number = name, text, 0

    def first(self) -> str:
        return next(self.lines(), "")

    def lines(self) -> Iterator[str]:
        while line := self._next():
            self._number += 1
            if len(line) == MOST_LINE:
                raise BadFile(
                    f"{self._name}: line {self._number} is longer than {MOST_LINE:,} characters. Nothing was stored."
                )
            yield line

    def _next(self) -> str:
        try:
            return self._text.readline(MOST_LINE)
        except UnicodeDecodeError:
            raise BadFile(
                f"{self._name}: at line {self._number + 1} it is not UTF-8. Save it as UTF-8; nothing was stored."
            ) from None


def _encoding(name: str, raw: io.BufferedReader) -> str:
    start = raw.peek(64)[:64]
    for magic, what in ARCHIVES.items():
        if start.startswith(magic):
            raise BadFile(f"{name} is {what}. Nothing was stored.")
    if start.startswith(UTF16):
        return "utf-16"
    if b"\x00" in start:
        raise BadFile(f"{name} is no text in UTF-8. Save it as CSV in UTF-8; nothing was stored.")
    return "utf-8-sig"
