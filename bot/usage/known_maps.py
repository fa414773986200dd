"""What --from names beside a tool: a mapping of this workspace; and what an import keeps as one."""

import re
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.errors import BadFile, NotUnderstood
from bot.grammar.words import echo
from bot.usage.importing import WantedImport
from bot.usage.maps import MapSaving, SavedMap
from bot.usage.records import Imported
from bot.usage.rows_maps import MapRows
from bot.usage.tools import tools

NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,39}", re.ASCII)


def by_name(wanted: WantedImport, rows: MapRows, team_id: str) -> WantedImport:
    """With the mapping that is named in place of a tool; what is said beside it stands over what was saved with it.

    Raises BadFile for a name of neither.
    """
    if wanted.tool is None:
        return wanted
    name = wanted.tool.strip().lower()
    if name in tools():
        return replace(wanted, tool=name)
    kept = rows.named(team_id, name)
    if kept is None:
        raise _unknown(wanted.tool, [one.name for one in rows.listed(team_id)])
    if wanted.mapping:
        raise BadFile(f"--from {name} says what the columns are: leave out --map. Nothing was stored.")
    zone = wanted.zone or (kept.zone and zone_of(kept.zone)) or None
    source = wanted.source or kept.source
    return replace(wanted, mapping=kept.columns, source=source, zone=zone, tool=None, map_name=name)


def keep(name: str, answer: Imported, wanted: WantedImport, rows: MapRows, team_id: str, now: datetime) -> Imported:
    """Once some of its rows are here."""
    if answer.dry_run or not answer.stored + answer.duplicates:
        return replace(answer, map_saving=MapSaving(name, False))
    zone = None if wanted.zone is None else str(wanted.zone)
    before = rows.save(team_id, SavedMap(name, wanted.mapping, wanted.source, zone, now))
    return replace(answer, map_saving=MapSaving(name, True, before))


def zone_of(name: str) -> ZoneInfo:
    """Raises NotUnderstood."""
    try:
        return ZoneInfo(name)
    except (ValueError, ZoneInfoNotFoundError):
        raise NotUnderstood(f"I know no zone {name!r}; zones are called like Europe/Berlin.") from None


def checked_name(words: str) -> str:
    """In small letters. Raises NotUnderstood, for what could be taken for a tool's too."""
    name = words.strip().lower()
    if not NAME.fullmatch(name):
        raise NotUnderstood(
            "The name of a map has 1 to 40 letters from a to z, digits, dots, dashes and underscores, "
            f"like nightly-runs; I read `{echo(words)}`."
        )
    tool = next((tool for tool in tools() if _letters(tool) == _letters(name)), None)
    if tool is not None:
        raise NotUnderstood(f"{tool} is an export I know, {tools()[tool].title}: call your map something else.")
    return name


def _unknown(words: str, names: Collection[str]) -> BadFile:
    """For --from with neither a tool nor a map. `names`: of the maps that are there."""
    yours = f"Your maps: {', '.join(names)}." if names else "No map is saved yet: --map with --save-map NAME keeps one."
    return BadFile(f"I know no export called {echo(words)!r}. I know {', '.join(tools())}. {yours}")


def _letters(name: str) -> str:
    return re.sub("[^a-z0-9]", "", name)
