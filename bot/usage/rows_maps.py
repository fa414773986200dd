"""Mappings of a workspace by their names: saved, found, listed. Every method is one transaction."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, Row, select, update

from bot.ledger.rows import insert_if_new
from bot.ledger.usage_tables import saved_maps
from bot.store.again import repeated
from bot.store.engine import reading, writing
from bot.usage.maps import SavedMap


class MapRows:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @repeated
    def save(self, team_id: str, kept: SavedMap) -> datetime | None:
        """When the one was saved in whose place it stands; None for a new one."""
        c = saved_maps.c
        key = {"team_id": team_id, "name": kept.name}
        values = {"columns": json.dumps(dict(kept.columns)), "source": kept.source, "zone": kept.zone}
        with writing(self._engine) as connection:
            if insert_if_new(connection, saved_maps, key | values | {"saved_at": kept.saved_at}):
                return None
            this = (c.team_id == team_id, c.name == kept.name)
            before: datetime = connection.execute(select(c.saved_at).where(*this).with_for_update()).scalar_one()
            connection.execute(update(saved_maps).where(*this).values(**values, saved_at=kept.saved_at))
        return before

    def named(self, team_id: str, name: str) -> SavedMap | None:
        c = saved_maps.c
        with reading(self._engine) as connection:
            row = connection.execute(select(saved_maps).where(c.team_id == team_id, c.name == name)).first()
        return None if row is None else _map(row)

    def listed(self, team_id: str) -> tuple[SavedMap, ...]:
        """By name."""
        c = saved_maps.c
        with reading(self._engine) as connection:
            rows = connection.execute(select(saved_maps).where(c.team_id == team_id).order_by(c.name))
            return tuple(map(_map, rows))


def _map(row: Row[Any]) -> SavedMap:
    return SavedMap(row.name, json.loads(row.columns), row.source, row.zone, row.saved_at)
