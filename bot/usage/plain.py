"""Files in columns of our own, or in whatever columns --map names for them."""

from collections.abc import Mapping, Sequence

from bot.errors import BadFile
from bot.usage.mapping import fetching
from bot.usage.shape import GivenRecord
from bot.usage.tools import ToolTable

SOURCE = "csv"
COLUMNS = tuple(GivenRecord.model_fields)
REQUIRED = tuple(name for name, field in GivenRecord.model_fields.items() if field.is_required())
WITHOUT_A_MAP = (*REQUIRED, "quality")  # the only ones read under their own name where a mapping names others
_CACHED = ("cached_tokens_details.cached_text_tokens", "cached_tokens_details.cached_image_tokens")
_KINDS = tuple(f"{way}_tokens_details.{kind}_tokens" for way in ("input", "output") for kind in ("text", "image"))
TOKENS = tuple(f"usage.{name}" for name in ("input_tokens", "output_tokens", "total_tokens", *_KINDS, *_CACHED))


def table(
    file: str, header: Sequence[str], mapping: Mapping[str, str], source: str, map_name: str | None = None
) -> ToolTable:
    """`mapping`: our column, or one of TOKENS, -> theirs; `map_name` where it was saved under one. Raises BadFile."""
    theirs = [cell.strip() for cell in header]
    names = frozenset(cell.lower() for cell in theirs)
    ours = {name: mapping.get(name, name) for name in _asked_for(mapping)}
    unknown = [cell for cell in theirs if cell.lower() not in COLUMNS]
    if unknown and not mapping:
        raise BadFile(
            f"{file}: I know no column {unknown[0]!r}. Columns are {', '.join(COLUMNS)}; "
            "--map ours=theirs names yours, and leaves out the rest."
        )
    columns: dict[str, tuple[str, ...]] = {
        name: (words,) for name, words in ours.items() if fetching(words, names) is not None
    }
    missing = [name for name in (*REQUIRED, *mapping) if name not in columns]
    if missing and map_name is not None:
        raise BadFile(
            f"{file} has no column {mapping.get(missing[0], missing[0])!r}, which your map {map_name} reads as "
            f"{missing[0]}. Nothing was stored; --map and --save-map {map_name} name its columns anew."
        )
    if missing:
        raise BadFile(
            f"{file} has no column {mapping.get(missing[0], missing[0])!r}. "
            f"It needs {', '.join(REQUIRED)}; --map ours=theirs names yours."
        )
    title = "a file of your own"
    return ToolTable(name="csv", title=title, page="", source=source, header=(), columns=columns, zone="")


def of_any_row(table: ToolTable, mapping: Mapping[str, str]) -> ToolTable:
    """For JSON lines, where a row may have one of our columns that the first has not."""
    names = WITHOUT_A_MAP if mapping else COLUMNS
    return table.model_copy(update={"columns": {name: (name,) for name in names} | table.columns})


def ignored(tool: ToolTable, header: Sequence[str]) -> tuple[str, ...]:
    """Columns of the file that its table does not read."""
    names = frozenset(cell.strip().lower() for cell in header)
    read = {name for words in tool.columns.values() for each in words for name in _columns_in(each, names)}
    return tuple(cell for cell in header if cell.strip().lower() not in read)


def _columns_in(words: str, names: frozenset[str]) -> set[str]:
    name = words.strip().lower()
    parts = [name] if name in names else [part.strip() for part in name.split("+")]
    return {part if part in names else part.split(".")[0] for part in parts}


def _asked_for(mapping: Mapping[str, str]) -> tuple[str, ...]:
    """With a mapping only what it names is read: a foreign column that is called like one of ours is another."""
    return tuple(name for name in (*COLUMNS, *TOKENS) if not mapping or name in mapping or name in WITHOUT_A_MAP)
