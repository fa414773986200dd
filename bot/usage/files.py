"""CSV files as they come: any size in flat memory, in UTF-8 or UTF-16, every wrong line named."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TextIO

from bot.errors import BadFile
from bot.usage.shape import GivenRecord

MOST_LINE = 1_000_000  # characters; a line without an end must not fill the memory
MOST_COLUMNS = 1000
MOST_CELL = csv.field_size_limit()
COLUMNS = tuple(GivenRecord.model_fields)
REQUIRED = tuple(name for name, field in GivenRecord.model_fields.items() if field.is_required())
WITHOUT_A_MAP = (*REQUIRED, "quality")  # the only ones read under their own name where a mapping names others

# What a file begins with that is no CSV, and what to do about it.
ARCHIVES = {
    b"PK\x03\x04": "a zip file, perhaps a spreadsheet: save it as CSV",
    b"\x1f\x8b": "a gzip file: unpack it",
    b"\xd0\xcf\x11\xe0": "an old spreadsheet: save it as CSV",
    b"%PDF": "a PDF: only CSV can be read",
    b"SQLite format 3": "a database: export it as CSV",
    b"\xff\xfe\x00\x00": "UTF-32: save it as UTF-8",
    b"\x00\x00\xfe\xff": "UTF-32: save it as UTF-8",
}
UTF16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class FileLine:
    """One row: its number as an editor shows it, and its filled cells by our names; `wrong` says why it has none."""

    number: int
    cells: Mapping[str, str]
    wrong: str | None = None


@contextmanager
def opened(path: Path, mapping: Mapping[str, str]) -> Iterator["CsvFile"]:
    """Raises BadFile. `mapping`: our column -> theirs."""
    try:
        raw, size = path.open("rb"), path.stat().st_size
    except OSError as failure:
        raise BadFile(f"{path} can't be read: {failure.strerror}.") from failure
    with raw, io.TextIOWrapper(raw, _encoding(path.name, raw), newline="") as text:
        yield CsvFile(path.name, size, raw, text, mapping)


class CsvFile:
    """Its header is understood. `columns` are ours, each with the place of theirs. Raises BadFile."""

    def __init__(self, name: str, size: int, raw: BinaryIO, text: TextIO, mapping: Mapping[str, str]) -> None:
        self.name, self.size, self.mapping, self._raw = name, size, mapping, raw
        self._reader = csv.reader(self._bounded(text), strict=True)
        self.header = self._row() or []
        self.columns = self._understood()

    @property
    def read_bytes(self) -> int:
        """How far it was read, give or take a block."""
        return self._raw.tell()

    @property
    def ignored(self) -> tuple[str, ...]:
        read = {place for _, place in self.columns}
        return tuple(theirs for place, theirs in enumerate(self.header) if place not in read)

    def lines(self) -> Iterator[FileLine]:
        """Raises BadFile where the file itself can't be read on."""
        columns, count = self.columns, len(self.header)
        while (row := self._row()) is not None:
            if len(row) == count:
                cells = {name: row[place] for name, place in columns if row[place]}
                yield FileLine(self._reader.line_num, cells)
            elif row:
                yield FileLine(self._reader.line_num, {}, f"has {len(row)} cells, but the header has {count}")

    def _row(self) -> list[str] | None:
        try:
            return next(self._reader, None)
        except csv.Error as failure:
            number, huge = self._reader.line_num, "field limit" in str(failure)
            why = f"has a cell of more than {MOST_CELL:,} characters" if huge else f"is no CSV: {failure}"
            raise BadFile(f"{self.name}: line {number} {why}, or a quote is not closed. Nothing was stored.") from None
        except UnicodeDecodeError:
            number = self._reader.line_num + 1
            raise BadFile(
                f"{self.name}: at line {number} it is not UTF-8. Save it as UTF-8; nothing was stored."
            ) from None

    def _bounded(self, text: TextIO) -> Iterator[str]:
        number = 0
        while line := text.readline(MOST_LINE):
            number += 1
            if len(line) == MOST_LINE:
                raise BadFile(
                    f"{self.name}: line {number} is longer than {MOST_LINE:,} characters. Nothing was stored."
                )
            yield line

    def _understood(self) -> tuple[tuple[str, int], ...]:
        if len(self.header) > MOST_COLUMNS:
            raise BadFile(
                f"{self.name} has {len(self.header):,} columns; I read {MOST_COLUMNS:,} at most. Nothing was stored."
            )
        theirs = [cell.strip() for cell in self.header]
        self._check_header(theirs)
        places = {cell.lower(): place for place, cell in enumerate(theirs)}
        named = {name: self.mapping.get(name, name).lower() for name in self._asked_for()}
        places_of = {name: places[cell] for name, cell in named.items() if cell in places}
        unknown = [cell for cell in theirs if cell.lower() not in named.values()]
        if unknown and not self.mapping:
            raise BadFile(
                f"{self.name}: I know no column {unknown[0]!r}. Columns are {', '.join(COLUMNS)}; "
                "--map ours=theirs names yours, and leaves out the rest."
            )
        missing = [name for name in (*REQUIRED, *self.mapping) if name not in places_of]
        if missing:
            raise BadFile(
                f"{self.name} has no column {self.mapping.get(missing[0], missing[0])!r}. "
                f"It needs {', '.join(REQUIRED)}; --map ours=theirs names yours."
            )
        return tuple(places_of.items())

    def _asked_for(self) -> tuple[str, ...]:
        """With a mapping only what it names is read: a foreign column that is called like one of ours is another."""
        return tuple(name for name in COLUMNS if not self.mapping or name in self.mapping or name in WITHOUT_A_MAP)

    def _check_header(self, theirs: Sequence[str]) -> None:
        if not any(theirs):
            raise BadFile(f"{self.name} has no header: its first line names the columns, such as {','.join(REQUIRED)}.")
        if len(theirs) == 1 and (";" in theirs[0] or "\t" in theirs[0]):
            raise BadFile(f"{self.name} is not separated by commas. Save it with commas between the columns.")
        count = Counter(cell.lower() for cell in theirs)
        twice = [cell for cell in theirs if count[cell.lower()] > 1]
        if twice:
            raise BadFile(f"{self.name} has the column {twice[0]!r} twice.")


def _encoding(name: str, raw: BinaryIO) -> str:
    start = raw.read(64)
    raw.seek(0)
    for magic, what in ARCHIVES.items():
        if start.startswith(magic):
            raise BadFile(f"{name} is {what}. Nothing was stored.")
    if start.startswith(UTF16):
        return "utf-16"
    if b"\x00" in start:
        raise BadFile(f"{name} is no text in UTF-8. Save it as CSV in UTF-8; nothing was stored.")
    return "utf-8-sig"
