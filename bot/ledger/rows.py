"""Rows to values: reading drawings and generations whole, and the small pieces every topic shares."""

import json
import secrets
from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Row, Select, Table, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.errors import NotOpen
from bot.ledger.pictures import Commission, Drawing, Generation, PictureState, Tally
from bot.ledger.sealed import joined
from bot.ledger.tables import charges, drawings, generations, votes
from bot.pricing.spec import ImageSpec, Size
from bot.pricing.usage import Usage

# Called inside the transaction of the row it belongs to: both stand, or neither does.
Enqueue = Callable[[Connection, Drawing], None]

_CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"  # no i, l, o, u: an id is read aloud and typed


def new_id(length: int = 10) -> str:
    return "".join(secrets.SystemRandom().choices(_CROCKFORD, k=length))


def insert_if_new(connection: Connection, table: Table, values: dict[str, Any]) -> bool:
    """False when a row with this key was there already; it is left as it is."""
    make = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    inserted = make(table).values(values).on_conflict_do_nothing().returning(sa.literal(1))
    return connection.execute(inserted).first() is not None


def lock_generation(connection: Connection, team_id: str, generation_id: str) -> None:
    """Nobody else changes this row until our transaction ends. Raises NotOpen when there is none."""
    row = select(generations.c.id).where(generations.c.team_id == team_id, generations.c.id == generation_id)
    if connection.execute(row.with_for_update()).first() is None:
        raise NotOpen


def generation(connection: Connection, team_id: str, generation_id: str) -> Generation:
    """Raises NotOpen when this team has no such generation."""
    return read(_one(connection, _GENERATION, team_id, generation_id))


def commission(connection: Connection, team_id: str, generation_id: str) -> Commission:
    """Raises NotOpen when this team has no such generation."""
    row = _one(connection, _COMMISSION, team_id, generation_id)
    return Commission(read(row), row.person_id, row.prompt, row.bench_id, row.bench_place)


def locked(connection: Connection, team_id: str, generation_id: str) -> Row[Any]:
    """For `read`, with what it counts under; nobody else changes it until our transaction ends. Raises NotOpen."""
    return _one(connection, _LOCKED, team_id, generation_id)


def drawing(connection: Connection, team_id: str, drawing_id: str) -> Drawing:
    """Raises NotOpen when this team has no such drawing."""
    row = _one(connection, _DRAWING, team_id, drawing_id)
    return _drawing(row, tuple(map(read, connection.execute(_PARTS, {"team": team_id, "id": drawing_id}))))


def _one(connection: Connection, question: Select[Any], team_id: str, which: str) -> Row[Any]:
    row = connection.execute(question, {"team": team_id, "id": which}).first()
    if row is None:
        raise NotOpen
    return row


def drawings_where(connection: Connection, where: sa.ColumnElement[bool]) -> list[Drawing]:
    """Whole, those of a bench in the order of its prompts."""
    key = sa.tuple_(generations.c.team_id, generations.c.drawing_id)
    parts: dict[str, list[Generation]] = {}
    for one in generations_where(connection, key.in_(select(drawings.c.team_id, drawings.c.id).where(where))):
        parts.setdefault(one.drawing_id, []).append(one)
    order = (drawings.c.bench_place, drawings.c.created_at, drawings.c.id)
    rows = select(drawings).where(where).order_by(*order)
    return [_drawing(row, tuple(parts[row.id])) for row in connection.execute(rows)]


def generations_where(connection: Connection, where: sa.ColumnElement[bool]) -> tuple[Generation, ...]:
    """Oldest first; those of one drawing in their order."""
    order = (generations.c.created_at, generations.c.drawing_id, generations.c.position)
    return tuple(map(read, connection.execute(whole_generations().where(where).order_by(*order))))


def current_votes(verdict: str) -> Select[int]:
    """How many people's last vote on the generation of the outer query is this verdict."""
    return _last_votes(sa.func.count(), votes.c.verdict == verdict)


def _ever_cast() -> Select[int]:
    """How many votes were ever cast on the generation of the outer query: the number of the last one."""
    return select(sa.func.coalesce(sa.func.max(votes.c.number), 0)).where(
        votes.c.team_id == generations.c.team_id, votes.c.generation_id == generations.c.id
    )


def vote_balance() -> Select[int | None]:
    """Keeps less rejects of people's last votes on the generation of the outer query; NULL while there are none."""
    balance = sa.func.sum(sa.case({"keep": 1, "reject": -1}, value=votes.c.verdict))
    return _last_votes(balance, votes.c.verdict.in_(("keep", "reject")))


def _last_votes(what: sa.ColumnElement[Any], which: sa.ColumnElement[bool]) -> Select[Any]:
    later = votes.alias()
    overtaken = select(later.c.number).where(
        later.c.team_id == votes.c.team_id,
        later.c.generation_id == votes.c.generation_id,
        later.c.person_id == votes.c.person_id,
        later.c.number > votes.c.number,
    )
    return select(what).where(
        votes.c.team_id == generations.c.team_id,
        votes.c.generation_id == generations.c.id,
        which,
        ~overtaken.exists(),
    )


def charged() -> Select[Any]:
    """The sum booked for the generation of the outer query."""
    return select(sa.func.coalesce(sa.func.sum(charges.c.amount_nanousd), 0)).where(
        charges.c.team_id == generations.c.team_id, charges.c.generation_id == generations.c.id
    )


def summed(what: sa.ColumnElement[Any], *where: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    """PostgreSQL sums BIGINT into NUMERIC. NULL where there is nothing to add up."""
    total = sa.func.sum(what)
    return sa.cast(total.filter(*where) if where else total, sa.BigInteger)


def sum_or_zero(what: sa.ColumnElement[Any]) -> sa.ColumnElement[int]:
    return sa.func.coalesce(summed(what), 0)


def usage_json(usage: Usage | None) -> str | None:
    return None if usage is None else json.dumps(asdict(usage))


_UNREAD = ("state_at", "claim_key", "period", "week")


def whole_generations() -> Select[Any]:
    """What `read` makes a value of."""
    return select(
        *(column for column in generations.c if column.name not in _UNREAD),
        charged().scalar_subquery().label("charged_nanousd"),
        current_votes("keep").scalar_subquery().label("keep"),
        current_votes("reject").scalar_subquery().label("reject"),
        _ever_cast().scalar_subquery().label("cast"),
    )


# Built once: putting the larger of them together anew costs an ack more than running it.
_KEY = {"team": sa.bindparam("team", type_=sa.Text), "id": sa.bindparam("id", type_=sa.Text)}
_GENERATION = whole_generations().where(generations.c.team_id == _KEY["team"], generations.c.id == _KEY["id"])
_COMMISSION = _GENERATION.join(drawings, joined()).add_columns(
    drawings.c.person_id, drawings.c.prompt, drawings.c.bench_id, drawings.c.bench_place
)
_LOCKED = (
    _GENERATION.join(drawings, joined())
    .add_columns(generations.c.period, generations.c.week)
    .add_columns(drawings.c.person_id, drawings.c.channel_id, drawings.c.project)
    .with_for_update(of=generations)
)
_DRAWING = select(drawings).where(drawings.c.team_id == _KEY["team"], drawings.c.id == _KEY["id"])
_PARTS = (
    whole_generations()
    .where(generations.c.team_id == _KEY["team"], generations.c.drawing_id == _KEY["id"])
    .order_by(generations.c.position)
)


def fields(row: object, names: Iterable[str]) -> dict[str, Any]:
    """For what has fields of the same names."""
    return {name: getattr(row, name) for name in names}


def read(row: Row[Any]) -> Generation:
    return Generation(
        **fields(row, _OF_GENERATION),
        spec=ImageSpec(row.model, row.quality, Size(row.width, row.height)),
        state=PictureState(row.state),
        charged_nanousd=int(row.charged_nanousd),  # PostgreSQL sums BIGINT into NUMERIC
        usage=None if row.usage is None else Usage(**json.loads(row.usage)),
        tally=Tally(row.keep, row.reject),
        cast=row.cast,
    )


_OF_GENERATION = (
    *("team_id", "id", "drawing_id", "position", "lane", "expected_nanousd", "reserved_nanousd", "demo", "owner"),
    *("lease_until", "file_id", "returned_quality", "returned_size", "service_request_id", "reason", "version"),
    *("created_at", "drawn_at"),
)


def _drawing(row: Row[Any], parts: tuple[Generation, ...]) -> Drawing:
    return Drawing(**fields(row, _OF_DRAWING), generations=parts)


_OF_DRAWING = (
    *("team_id", "id", "person_id", "channel_id", "thread_ts", "message_ts", "reply_url", "source", "prompt"),
    *("parent_id", "created_at", "bench_id", "bench_place"),
)
