"""What is drawn on in a channel where nobody names a lane: chosen after a blind test, and taken back."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, delete, insert, select, update
from sqlalchemy.sql.elements import ColumnElement

from bot.ledger import workspaces
from bot.ledger.bench_tables import lane_choices


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


def choose(
    connection: Connection, team_id: str, channel_id: str, person_id: str, choice: LaneChoice, now: datetime
) -> bool:
    """Whether it changed anything. In the audit."""
    before = chosen(connection, team_id, channel_id)
    if before == choice:
        return False
    values = {"choice": choice.choice, "quality": choice.quality, "bench_id": choice.bench_id}
    by = {"person_id": person_id, "chosen_at": now}
    if before is None:
        here = {"team_id": team_id, "channel_id": channel_id}
        connection.execute(insert(lane_choices).values(**here, **values, **by))
    else:
        connection.execute(update(lane_choices).where(_here(team_id, channel_id)).values(**values, **by))
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
