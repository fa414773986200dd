"""Whose export a file is: what each tool calls its columns, a table a tool in exports_of/."""

import re
import tomllib
from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from bot.errors import BadFile
from bot.usage.shape_usage import Given

FOLDER = Path(__file__).with_name("exports_of")

Words = Annotated[tuple[str, ...], BeforeValidator(lambda told: (told,) if isinstance(told, str) else tuple(told))]


class RowRule(Given):
    """What becomes of rows that have these cells: each column one of its values, `!` before it for any other, `*` for
    any letters, `0` for zero however written, "" for empty. `@usd` is whichever column is taken for that field of ours.
    A column that a file lacks is none of the values behind a `!`; a rule that wants another of it is left out."""

    when: dict[str, Words]
    lacks: Words = ()  # only where the row has nothing in any of these columns
    skip: str | None = None
    refuse: str | None = None
    put: dict[str, str] = Field(default_factory=dict)
    leave_out: Words = ()


class ToolTable(Given):
    """How one export reads. `header`: columns that tell it from all others, `a|b` where one is called either.

    In `columns` ours is theirs, the first filled one of several: `name`, `:constant`, `a + b` joined, `cell.key` within
    its JSON. `zone` is of moments that name none, "" where such a moment is refused. `page` says how it was learnt.
    `reseller` sold all of it, "" where the names of the models say who did.
    With `add_up` rows of one id are parts of one record; the fields of `any_case` are read in small letters.
    """

    name: str
    title: str
    page: str
    source: str
    reseller: str = ""
    header: Words
    columns: dict[str, Words]
    goes_to: Literal["records", "buckets", "bill"] = "records"
    note: str = ""
    zone: str = "UTC"
    month_first: bool = False
    add_up: bool = False
    any_case: Words = ()
    words: dict[str, dict[str, str]] = Field(default_factory=dict)
    patterns: dict[str, str] = Field(default_factory=dict)
    rows: Annotated[tuple[RowRule, ...], BeforeValidator(tuple)] = ()

    def pattern(self, field: str) -> re.Pattern[str] | None:
        return re.compile(self.patterns[field]) if field in self.patterns else None


@cache
def tools() -> dict[str, ToolTable]:
    """By name, which is that of its file."""
    paths = sorted(FOLDER.glob("*.toml"))
    return {path.stem: _read(path) for path in paths}


def _read(path: Path) -> ToolTable:
    return ToolTable.model_validate({"name": path.stem, **tomllib.loads(path.read_text(encoding="utf-8"))})


def guessed(header: Collection[str]) -> ToolTable | None:
    """By the columns it has; the one that knows most of them where several fit."""
    fitting = [tool for tool in tools().values() if not _missing(tool, header)]
    return max(fitting, key=lambda tool: len(tool.header), default=None)


def forced(name: str, file: str, header: Collection[str]) -> ToolTable:
    """Raises BadFile for a tool that is not known, or a file that lacks what tells its export."""
    tool = tools().get(name)
    if tool is None:
        raise BadFile(f"I know no export called {name!r}. I know {', '.join(tools())}.")
    if missing := _missing(tool, header):
        raise BadFile(f"{file} has no column {missing[0]!r}, which {tool.title} has. Nothing was stored.")
    return tool


def _missing(tool: ToolTable, header: Collection[str]) -> list[str]:
    names = {column.strip().lower() for column in header}
    return [columns for columns in tool.header if names.isdisjoint(columns.lower().split("|"))]
