"""Parquet files as rows, batch by batch: loaded only for one, since pyarrow is an extra of the package."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from math import isfinite, isnan
from typing import Any

import pyarrow as pa
from pyarrow.parquet import ParquetFile

from bot.errors import BadFile
from bot.usage.files import FileLine, RowFile
from bot.usage.strict_json import RefusedJson

ROWS = 2000  # decoded at a time
BUFFER = 1 << 20  # bytes read at a time of each column: a row group may be the whole file
Reader = Callable[[Any], Any]


class ParquetRows(RowFile):
    """Its lines are numbered by row, from 1. A moment without a zone stays one; what is NaN is empty."""

    @property
    def read_bytes(self) -> int:
        rows: int = self._file.metadata.num_rows
        return self.size * self._row // max(rows, 1)

    def lines(self) -> Iterator[FileLine]:
        names = [name.strip().lower() for name in self.header]
        with self._whole():
            for batch in self._file.iter_batches(ROWS, use_threads=False):
                columns = [_values(column) for column in batch.columns]
                for cells in zip(*columns, strict=True):
                    self._row += 1
                    filled = {name: cell for name, cell in zip(names, cells, strict=True) if cell not in (None, "")}
                    yield FileLine(self._row, filled)

    def _read_header(self, first: str) -> Sequence[str]:
        self._row = 0
        with self._whole():
            self._file = ParquetFile(self._raw, pre_buffer=False, buffer_size=BUFFER)
        header: list[str] = self._file.schema_arrow.names
        self._check_width(len(header))
        count = Counter(name.strip().lower() for name in header)
        if twice := [name for name in header if count[name.strip().lower()] > 1]:
            raise BadFile(f"{self.name} has the column {twice[0]!r} twice.")
        return header

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """Raises BadFile for what pyarrow can't read."""
        try:
            yield
        except (pa.ArrowException, OSError) as failure:
            raise BadFile(
                f"{self.name} is no whole Parquet file, from row {self._row + 1} on. Nothing was stored."
            ) from failure


def _values(column: Any) -> list[Any]:
    """As JSON would give them, and the text of moments."""
    plain = _exact(column)
    read = _reader(plain.type)
    return [None if value is None else read(value) for value in plain.to_pylist()]


def _exact(column: Any) -> Any:
    """Moments of what Python has, in UTC where they have a zone; short floats by the digits they were written with."""
    kind = column.type
    if pa.types.is_timestamp(kind):
        return column.cast(pa.timestamp("us", "UTC" if kind.tz else None), safe=False)
    if pa.types.is_float32(kind) or pa.types.is_float16(kind):
        return column.cast(pa.float32()).cast(pa.string())
    if pa.types.is_struct(kind) and kind.num_fields:
        fields = [kind.field(place) for place in range(kind.num_fields)]
        parts = [_exact(part) for part in column.flatten()]
        return pa.StructArray.from_arrays(parts, [field.name for field in fields], mask=column.is_null())
    return column


def _reader(kind: Any) -> Reader:
    if pa.types.is_dictionary(kind):
        return _reader(kind.value_type)
    if pa.types.is_struct(kind):
        readers = {kind.field(place).name: _reader(kind.field(place).type) for place in range(kind.num_fields)}
        return lambda value: _object((name, readers[name](cell)) for name, cell in value.items() if cell is not None)
    if pa.types.is_map(kind):
        read = _reader(kind.item_type)
        return lambda value: _object((str(name), read(cell)) for name, cell in value if cell is not None)
    if pa.types.is_floating(kind):
        return _number
    if pa.types.is_timestamp(kind) or pa.types.is_date(kind):
        return lambda value: value.isoformat()
    if any(fits(kind) for fits in _AS_THEY_ARE):
        return lambda value: value
    if any(fits(kind) for fits in _BYTES):
        return _text
    return lambda _value: RefusedJson(f"is of the type {kind}, which I can't read")


_AS_THEY_ARE = (
    *(pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view, pa.types.is_integer, pa.types.is_boolean),
    *(pa.types.is_decimal, pa.types.is_null, pa.types.is_list, pa.types.is_large_list, pa.types.is_fixed_size_list),
)
_BYTES = (pa.types.is_binary, pa.types.is_large_binary, pa.types.is_binary_view, pa.types.is_fixed_size_binary)


def _object(pairs: Iterator[tuple[str, Any]]) -> dict[str, Any]:
    """Without the fields that a row has nothing in, as JSON would leave them out."""
    return {name: cell for name, cell in pairs if cell is not None}


def _number(value: float) -> Any:
    if isnan(value):
        return None
    return value if isfinite(value) else RefusedJson("is infinite")


def _text(value: bytes) -> Any:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return RefusedJson("is no text in UTF-8")
