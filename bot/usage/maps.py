"""Mappings kept by a name: what a team calls its own columns, for the same file next month."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class SavedMap:
    """`columns`: our column -> theirs; `source` and `zone` as they were said, None where they were not; `saved_at` is
    aware UTC."""

    name: str
    columns: Mapping[str, str]
    source: str | None
    zone: str | None
    saved_at: datetime


@dataclass(frozen=True)
class MapList:
    maps: tuple[SavedMap, ...]


@dataclass(frozen=True)
class MapSaving:
    """What became of the wish to keep a mapping; `instead_of` is when the one that stood under its name was saved."""

    name: str
    saved: bool
    instead_of: datetime | None = None
