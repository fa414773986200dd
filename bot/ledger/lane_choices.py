"""What is drawn on in a channel where nobody names a lane: chosen after a blind test, and taken back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, delete, or_, select, update
from sqlalchemy.sql.elements import ColumnElement

from bot.ledger import workspaces
from bot.ledger.bench_tables import benches, lane_choices
from bot.ledger.rows import insert_if_new


@dataclass(frozen=True)
class LaneChoice:
    """`choice` is a lane, or a model; `bench_id` the blind test it was chosen after."""

    choice: str
    quality: str
    bench_id: str


def chosen(connection: Connection, team_id: str, channel_id: str) -> LaneChoice | None:
    c = lane_choices.c
    row = connection.execute(select(c.choice, c.quality, c.bench_id).where(_here(team_id, channel_id))).first()
    return None if row is None else LaneChoice(*row)


def beside(connection: Connection, team_id: str, bench_id: str) -> LaneChoice | None:
    """Of the channel that blind test is followed in."""
    channel_id = connection.execute(
        select(benches.c.channel_id).where(benches.c.team_id == team_id, benches.c.id == bench_id)
    ).scalar()
    return None if channel_id is None else chosen(connection, team_id, channel_id)


def choose(
    connection: Connection, team_id: str, channel_id: str, person_id: str, choice: LaneChoice, now: datetime
) -> bool:
    """Whether it changed what is drawn. In the audit. By two at once the first one's counts."""
    here = {"team_id": team_id, "channel_id": channel_id}
    values: dict[str, Any] = {"choice": choice.choice, "quality": choice.quality, "bench_id": choice.bench_id}
    values |= {"person_id": person_id, "chosen_at": now}
    if not insert_if_new(connection, lane_choices, here | values):
        c = lane_choices.c
        differs = or_(c.choice != choice.choice, c.quality != choice.quality)
        changed = update(lane_choices).where(_here(team_id, channel_id), differs).values(**values)
        if not connection.execute(changed).rowcount:
            return False
    detail = f"{channel_id}: {choice.choice} {choice.quality}, blind test {choice.bench_id}"
    workspaces.audit(connection, team_id, person_id, "lane chosen", detail, now)
    return True


def take_back(connection: Connection, team_id: str, channel_id: str, person_id: str, now: datetime) -> bool:
    """Whether there was a choice. In the audit."""
    if not connection.execute(delete(lane_choices).where(_here(team_id, channel_id))).rowcount:
        return False
    workspaces.audit(connection, team_id, person_id, "lane choice taken back", channel_id, now)
    return True


def _here(team_id: str, channel_id: str) -> ColumnElement[bool]:
    return and_(lane_choices.c.team_id == team_id, lane_choices.c.channel_id == channel_id)
