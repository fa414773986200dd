"""A table of a file in data/, read strictly: what is missing, unknown or of another kind is told with file and key.

Plain Python and not pydantic: the catalogue is read at every start, and its models would take longer than all else.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import TypeVar

from bot.errors import BadCatalog
from bot.pricing.sizes import parse_size
from bot.pricing.spec import Size

Read = TypeVar("Read")
Key = TypeVar("Key")
Kind = Callable[[object], Read]

DOLLARS = re.compile(r"[0-9]+(\.[0-9]+)?", re.ASCII)
TIERS = ("standard", "batch")
STATES = ("yes", "preview")


class Table:
    """Keys are taken one by one; whoever builds from a table must take all of them, or the rest is told as unknown."""

    def __init__(self, file: str, value: object, path: str = "", name: str = "") -> None:
        self.file, self.path, self.name = file, path, name
        if not isinstance(value, dict):
            raise BadCatalog(f"{file}: {path} is {value!r}: a table stands here.")
        self._rest = dict(value)

    def names(self) -> list[str]:
        return list(self._rest)

    def wrong(self, key: str, value: object, why: str) -> BadCatalog:
        return BadCatalog(f"{self.file}: {self._key(key)} is {value}: {why}.")

    def one(self, key: str, kind: Kind[Read]) -> Read:
        return self._read(key, self._take(key), kind)

    def maybe(self, key: str, kind: Kind[Read]) -> Read | None:
        return self.one(key, kind) if key in self._rest else None

    def many(self, key: str, kind: Kind[Read], least: int = 1, most: int | None = None) -> tuple[Read, ...]:
        values = self._list(key)
        if len(values) < least:
            raise self.wrong(key, repr(values), f"list should have at least {least} item{'s' * (least > 1)}")
        if most is not None and len(values) > most:
            raise self.wrong(key, repr(values), f"list should have at most {most} items")
        return tuple(self._read(f"{key}[{number}]", value, kind) for number, value in enumerate(values))

    def maybe_many(self, key: str, kind: Kind[Read]) -> tuple[Read, ...]:
        return self.many(key, kind, 0) if key in self._rest else ()

    def of(self, key: str, rows: Mapping[str, Read]) -> Read:
        """What stands under that name elsewhere in the file."""
        name = self.one(key, text)
        if name not in rows:
            raise self.wrong(key, repr(name), f"there are only {', '.join(rows)}")
        return rows[name]

    def maybe_of(self, key: str, rows: Mapping[str, Read]) -> Read | None:
        return self.of(key, rows) if key in self._rest else None

    def cells(self, key: str, names: Kind[Key], kind: Kind[Read]) -> dict[Key, Read]:
        """A table whose keys are of a kind, too."""

        def build(table: Table) -> dict[Key, Read]:
            return {table._read(name, name, names): table.one(name, kind) for name in table.names()}

        return self.table(key, build)

    def table(self, key: str, build: Callable[["Table"], Read]) -> Read:
        return self._build(key, self._take(key), build)

    def maybe_table(self, key: str, build: Callable[["Table"], Read]) -> Read | None:
        return self.table(key, build) if key in self._rest else None

    def tables(self, key: str, build: Callable[["Table"], Read]) -> dict[str, Read]:
        """A table of tables, by their names."""
        return self.table(key, lambda table: {name: table.table(name, build) for name in table.names()})

    def rows(self, key: str, build: Callable[["Table"], Read]) -> tuple[Read, ...]:
        """A list of tables."""
        return tuple(self._build(f"{key}[{number}]", row, build) for number, row in enumerate(self._list(key)))

    def maybe_rows(self, key: str, build: Callable[["Table"], Read]) -> tuple[Read, ...]:
        return self.rows(key, build) if key in self._rest else ()

    def close(self) -> None:
        for key, value in self._rest.items():
            raise self.wrong(key, repr(value), "there is no such key")

    def _build(self, key: str, value: object, build: Callable[["Table"], Read]) -> Read:
        table = Table(self.file, value, self._key(key), key)
        result = build(table)
        table.close()
        return result

    def _take(self, key: str) -> object:
        if key not in self._rest:
            why = "every figure names its source" if key == "sources" else "it is required"
            raise self.wrong(key, "missing", why)
        return self._rest.pop(key)

    def _list(self, key: str) -> list[object]:
        value = self._take(key)
        if not isinstance(value, list):
            raise self.wrong(key, repr(value), "a list stands here")
        return value

    def _read(self, key: str, value: object, kind: Kind[Read]) -> Read:
        try:
            return kind(value)
        except ValueError as fault:
            raise self.wrong(key, repr(value), str(fault)) from fault

    def _key(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key


# ---- what a value may be: each raises ValueError ----


def text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("input should be text in quotes")
    return value


def day(value: object) -> date:
    if type(value) is not date:  # a datetime is one, too
        raise ValueError("input should be a valid date")
    return value


def whole(value: object) -> int:
    if type(value) is not int or value <= 0:  # true is one, too
        raise ValueError("input should be a whole number above 0")
    return value


def usd(value: object) -> Decimal:
    if not isinstance(value, str):
        raise ValueError('money is written as a string such as "5.00"')
    if not DOLLARS.fullmatch(value):
        raise ValueError("a price is dollars in plain digits, and never negative")
    if not Decimal(value):
        raise ValueError("a price nobody published is left out, never 0")
    return Decimal(value)


def size(value: object) -> Size:
    if not isinstance(value, str) or (pixels := parse_size(value)) is None:
        raise ValueError("a size is written as WIDTHxHEIGHT")
    return pixels


def state(value: object) -> str:
    if value not in STATES:
        raise ValueError("a state is yes or preview, and what nobody says is left out")
    return str(value)


def tier(value: object) -> str:
    if value not in TIERS:
        raise ValueError("a tier is standard or batch")
    return str(value)
