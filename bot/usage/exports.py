"""A file understood: whose export it is, and how its rows read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import tzinfo

from bot.errors import BadFile
from bot.usage import plain, tools
from bot.usage.files import RowFile
from bot.usage.mapping import RowMapping


@dataclass(frozen=True)
class Export:
    """`title` is None for a file in columns of our own or of a mapping; `ignored` are those it does not read."""

    rows: RowMapping
    title: str | None = None
    ignored: tuple[str, ...] = ()

    @property
    def note(self) -> str:
        return self.rows.tool.note

    @property
    def goes_to(self) -> str:
        """What its rows become: records, buckets, or lines of a bill."""
        return self.rows.tool.goes_to


def understood(
    file: RowFile,
    tool: str | None,
    mapping: Mapping[str, str],
    source: str | None,
    zone: tzinfo | None = None,
    map_name: str | None = None,
) -> Export:
    """By the tool that is named, else by our own columns or the mapping, else by its header. `map_name`: under which
    the mapping was saved. Raises BadFile."""
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
    ours = plain.table(file.name, file.header, mapping, source or plain.SOURCE, map_name)
    title = None if map_name is None else f"your map {map_name}"
    ignored = plain.ignored(ours, file.header)
    if header is None:
        ours = plain.of_any_row(ours, mapping)
    only = plain.COLUMNS if header is None and not mapping else None
    return Export(RowMapping(ours, header, zone, only), title, ignored)
