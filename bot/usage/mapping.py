"""Rows of somebody's file as records come in: which cell is which field, what is skipped, and what is refused."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from decimal import Decimal, InvalidOperation
from fnmatch import fnmatchcase
from functools import lru_cache, partial
from typing import Any
from zoneinfo import ZoneInfo

from bot.usage import cells as cell
from bot.usage.errors import BadRecord
from bot.usage.tools import RowRule, ToolTable

Cells = Mapping[str, Any]  # by their names in small letters; of a CSV text, of JSON lines any JSON value
Fetch = Callable[[Cells], Any]  # None or "" where a row has nothing there
Field = tuple[str, Fetch, Callable[[Any], Any]]  # ours, where it stands, how it is read
Header = Collection[str] | None  # None: of JSON lines, where any row may have any column
MOMENTS = ("occurred_at", "until")
COUNTS = ("images", "kept", "rejected", "partial_images")
OBJECTS = ("usage", "svg_usage")


@dataclass(frozen=True)
class Skipped:
    """A row that is no record of pictures, and why."""

    why: str


@dataclass(frozen=True)
class _Rule:
    tests: tuple[tuple[Fetch, Callable[[str], bool]], ...]
    rule: RowRule
    put: tuple[tuple[str, Fetch], ...]

    def holds(self, row: Cells) -> bool:
        for fetch, test in self.tests:  # noqa: SIM110 - a generator takes longer, and rows are a million
            if not test(cell.text_of(fetch(row))):
                return False
        return True


class RowMapping:
    """A tool's table against the header of one file."""

    def __init__(
        self, tool: ToolTable, header: Header, zone: tzinfo | None = None, only: Collection[str] | None = None
    ) -> None:
        """`zone`: of moments without one, in place of the table's. `only`: columns beside which a row has no other."""
        names = None if header is None else frozenset(name.strip().lower() for name in header)
        self.tool, self._only = tool, None if only is None else frozenset(only)
        self._zone = zone or (ZoneInfo(tool.zone) if tool.zone else None)
        self._fields = tuple(
            (field, fetch, self._reading(field))
            for field, words in tool.columns.items()
            if (fetch := first_of(words, names)) is not None
        )
        self._rules = tuple(rule for told in tool.rows if (rule := _rule(told, tool, names)) is not None)

    def given(self, row: Cells) -> dict[str, Any] | Skipped:
        """As JSON would give it: an empty cell is a field left out. Raises BadRecord."""
        if self._only is not None and not row.keys() <= self._only:
            raise BadRecord(min(row.keys() - self._only), "is not a column I know")
        holding = [each for each in self._rules if each.holds(row)]
        for each in holding:
            if each.rule.skip is not None:
                return Skipped(each.rule.skip)
            if each.rule.refuse is not None:
                field, fetch = next(iter(each.rule.when)), each.tests[0][0]
                words = cell.text_of(fetch(row))[: cell.MOST_ECHOED]
                raise BadRecord(field, f"is {words!r}: {each.rule.refuse}")
        given = self._read(self._fields, row)
        self._change(given, holding, row)
        if self.tool.reseller and "model" in given:
            given["model"] = f"{self.tool.reseller}/{given['model']}"
        return given

    def some(self, row: Cells, names: Collection[str]) -> dict[str, Any]:
        """These fields of a row, even one that is skipped. Raises BadRecord."""
        return self._read([each for each in self._fields if each[0] in names], row)

    def _read(self, fields: Iterable[Field], row: Cells) -> dict[str, Any]:
        given: dict[str, Any] = {"source": self.tool.source}
        for field, fetch, read in fields:
            value = fetch(row)
            if value is None or value == "":
                if field == "images" and value is None and self._only is not None and field in row:
                    given[field] = None  # as over HTTP: nobody counted
                continue
            if "." in field:
                _put(given, field, read(value))
            else:
                given[field] = read(value)
        return given

    def _change(self, given: dict[str, Any], holding: Sequence[_Rule], row: Cells) -> None:
        for each in holding:
            for field, fetch in each.put:
                _put(given, field, self._reading(field)(fetch(row)))
            for field in each.rule.leave_out:
                given.pop(field, None)

    def _reading(self, field: str) -> Callable[[Any], Any]:
        text = partial(cell.one_value, field)
        if field in MOMENTS:
            return lambda value: cell.moment(text(value).strip(), self._zone, self.tool.month_first)
        if field in COUNTS or field.startswith(tuple(f"{name}." for name in OBJECTS)):
            return lambda value: cell.whole(field, text(value), isinstance(value, str))
        if field in OBJECTS:
            return partial(cell.json_value, field)
        if field == "batch":
            return lambda value: cell.flag(text(value))
        if field == "usd":
            return lambda value: cell.amount(field, text(value))
        return self._word(field)

    def _word(self, field: str) -> Callable[[Any], Any]:
        text = partial(cell.small_letters if field in self.tool.any_case else cell.one_value, field)
        words, pattern = self.tool.words.get(field, {}), self.tool.pattern(field)
        if field == "id":
            return lambda value: _short(text(value))
        if pattern is not None:
            return lambda value: cell.named(pattern, text(value))
        if not words:
            return text
        return lambda value: words.get(text(value).lower(), text(value))


def first_of(alternatives: Sequence[str], header: Header) -> Fetch | None:
    """None where the file has none of them."""
    fetches = [fetch for words in alternatives if (fetch := fetching(words, header)) is not None]
    if len(fetches) < 2:
        return fetches[0] if fetches else None
    return lambda row: next((value for fetch in fetches if (value := fetch(row)) not in (None, "")), None)


def fetching(words: str, header: Header) -> Fetch | None:
    """How `name`, `:constant`, `a + b` or `cell.key` is taken from a row; None where the file lacks such a column."""
    name = words.strip().lower()
    if words.startswith(":"):
        return lambda _row: words[1:].strip()
    if header is not None and name in header:
        return lambda row: row.get(name)
    if "+" in words:
        parts = [fetching(part.strip(), header) for part in words.split("+")]
        fetches = [part for part in parts if part is not None]
        return _joined(name, fetches) if len(fetches) == len(parts) else None
    column, *keys = words.strip().split(".")
    column = column.lower()
    if keys and (header is None or column in header):
        return lambda row: _within(row, name, column, keys)
    return (lambda row: row.get(name)) if header is None else None


def _joined(name: str, fetches: Sequence[Fetch]) -> Fetch:
    """Nothing where none of them has anything."""

    def fetch(row: Cells) -> str:
        text = "/".join([cell.one_value(name, each(row)) for each in fetches])
        return text if len(text) >= len(fetches) else ""

    return fetch


def _within(row: Cells, name: str, column: str, keys: Sequence[str]) -> Any:
    """A column that is called like the path is that column."""
    if name in row or row.get(column) in (None, ""):
        return row.get(name)
    return cell.at_path(column, row[column], keys)


def _rule(told: RowRule, tool: ToolTable, header: Header) -> _Rule | None:
    """None where the file lacks a column that it wants something of."""
    asked = [(_asked(column, words, tool, header), _test(words)) for column, words in told.when.items()]
    tests = [(fetch, test) for fetch, test in asked if fetch is not None]
    absent = [(fetch, _test([""])) for name in told.lacks if (fetch := fetching(name, header)) is not None]
    put = [(field, fetch) for field, words in told.put.items() if (fetch := fetching(words, header))]
    return _Rule((*tests, *absent), told, tuple(put)) if len(tests) == len(asked) else None


def _asked(column: str, words: Sequence[str], tool: ToolTable, header: Header) -> Fetch | None:
    """A column that the file lacks holds nothing, so none of the words behind a `!` either."""
    alternatives = tool.columns[column[1:]] if column.startswith("@") else (column,)
    nothing = _nothing if all(word.startswith("!") for word in words) else None
    return first_of(alternatives, header) or nothing


def _nothing(_row: Cells) -> str:
    return ""


def _test(words: Sequence[str]) -> Callable[[str], bool]:
    """One of the words, and none of those behind a `!`."""
    wanted = [word.lower() for word in words if not word.startswith("!")]
    others = [word[1:].lower() for word in words if word.startswith("!")]

    def test(text: str) -> bool:
        low = text.strip().lower()
        return not any(_is(low, word) for word in others) and (not wanted or any(_is(low, word) for word in wanted))

    return lru_cache(4096)(test)


def _is(text: str, word: str) -> bool:
    if word != "0":
        return fnmatchcase(text, word)
    try:
        return Decimal(text) == 0
    except InvalidOperation:
        return False


def _put(given: dict[str, Any], field: str, value: Any) -> None:
    """`usage.input_tokens` is a field within the object `usage`."""
    *path, last = field.split(".")
    for name in path:
        given = given.setdefault(name, {})
    given[last] = value


def _short(words: str) -> str:
    """Ids joined of long columns are known by their digest."""
    return words if len(words) <= cell.MOST_NAME else hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()
