"""The provider's bill: days replaced whole, the claim to read it on a day, and what it says beside the ledger."""

from collections.abc import Callable, Collection, Iterable
from datetime import UTC, date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import BigInteger, Connection, Engine, and_, case, cast, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.billing.reconcile import COST, SETTLED, USAGE, Billed, BilledDays, Bucket
from bot.ledger.rows import insert_if_new
from bot.ledger.usage_tables import bill_readings, provider_buckets, provider_days
from bot.periods import Period
from bot.store.again import repeated
from bot.store.engine import reading, writing

SOURCE = "openai"
MOST_DAYS = 31  # a reading may hold
EnqueueBill = Callable[[Connection, str], None]  # the day it is to be read on


class BillBooks:
    """What the Store keeps of provider bills, beside the ledger and in no sum with it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @repeated
    def replace(
        self,
        team_id: str,
        days: Collection[date],
        buckets: Iterable[Bucket],
        read_at: datetime,
        kinds: Collection[str] = (COST, USAGE),
    ) -> int:
        """What was read takes the place of all of these kinds that stood for these UTC days; how many of them.

        A day that was read later than `read_at` is left as it is.
        """
        with writing(self._engine) as connection:
            return _replaced(connection, team_id, days, buckets, read_at, kinds)

    def read_later(self, team_id: str, days: Collection[date], read_at: datetime) -> int:
        """How many of these days `replace` would leave as they are."""
        with reading(self._engine) as connection:
            return _read_later(connection, team_id, days, read_at)

    def billed(self, team_id: str, period: Period) -> BilledDays | None:
        """The days of a period that were read, image models only; None where no bill was ever read for this team."""
        with reading(self._engine) as connection:
            return _billed(connection, team_id, period)

    def unfinished(self, team_id: str) -> date | None:
        """The first UTC day that may still change or was not read yet; None where no bill was ever read."""
        with reading(self._engine) as connection:
            return _unfinished(connection, team_id)

    @repeated
    def begin(self, team_id: str, day: date, real: datetime, lease: timedelta, enqueue: EnqueueBill) -> bool:
        """The right to read the bill on that day, and the job for it, once among all processes.

        False while another has it, not before `again_at` after a failure, and never once it is done.
        """
        with writing(self._engine) as connection:
            return _begun(connection, team_id, day, real, lease, enqueue)

    @repeated
    def done(self, team_id: str, day: date, real: datetime) -> None:
        with writing(self._engine) as connection:
            _done(connection, team_id, day, real)

    @repeated
    def failed(self, team_id: str, day: date, again_at: datetime, problem: str) -> bool:
        """True when somebody should be told, which is once a day."""
        with writing(self._engine) as connection:
            return _failed(connection, team_id, day, again_at, problem)


def _replaced(
    connection: Connection,
    team_id: str,
    days: Iterable[date],
    buckets: Iterable[Bucket],
    at: datetime,
    kinds: Collection[str],
) -> int:
    count = 0
    by_day: dict[datetime, list[Bucket]] = {}
    for bucket in buckets:
        by_day.setdefault(bucket.start, []).append(bucket)
    for day in sorted(days):  # in one order, so that two who read at once wait for each other
        start = _start(day)
        if _mine(connection, team_id, start, at):
            count += 1
            _replace_day(connection, team_id, start, by_day.get(start, []), kinds)
    return count


def _read_later(connection: Connection, team_id: str, days: Iterable[date], at: datetime) -> int:
    c = provider_days.c
    mine = (c.team_id == team_id, c.source == SOURCE, c.start_at.in_([_start(day) for day in days]))
    count: int = connection.execute(select(func.count()).where(*mine, c.fetched_at > at)).scalar_one()
    return count


def _start(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _mine(connection: Connection, team_id: str, start: datetime, at: datetime) -> bool:
    """Holds the day's row until the transaction ends; False when the day was read later than `at`."""
    make = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    row = make(provider_days).values(team_id=team_id, source=SOURCE, start_at=start, fetched_at=at)
    later = row.on_conflict_do_update(
        index_elements=["team_id", "source", "start_at"],
        set_={"fetched_at": row.excluded.fetched_at},
        where=provider_days.c.fetched_at <= row.excluded.fetched_at,
    )
    return connection.execute(later.returning(sa.literal(1))).first() is not None


def _replace_day(
    connection: Connection, team_id: str, start: datetime, buckets: list[Bucket], kinds: Collection[str]
) -> None:
    c = provider_buckets.c
    here = (c.team_id == team_id, c.source == SOURCE, c.start_at == start)
    connection.execute(delete(provider_buckets).where(*here, c.kind.in_(kinds)))
    rows = [
        {
            "team_id": team_id,
            "source": SOURCE,
            "start_at": start,
            "kind": one.kind,
            "project": one.project,
            "item": one.item,
            "end_at": one.end,
            "model": one.model,
            "amount_nanousd": one.amount_nanousd,
            "quantity": None if one.quantity is None else f"{one.quantity:f}",
            "unit": one.unit,
        }
        for one in buckets
    ]
    if rows:
        connection.execute(insert(provider_buckets), rows)


def _billed(connection: Connection, team_id: str, period: Period) -> BilledDays | None:
    days, lines = provider_days.c, provider_buckets.c
    first, last_read = (
        func.min(days.start_at, type_=days.start_at.type),
        func.max(days.fetched_at, type_=days.fetched_at.type),
    )
    since, read_at = connection.execute(select(first, last_read).where(days.team_id == team_id)).one()
    if since is None:
        return None
    image = lines.model.is_not(None)
    amount = func.sum(case((and_(image, lines.kind == COST), lines.amount_nanousd), else_=0))
    images = func.sum(case((and_(image, lines.kind == USAGE), cast(lines.quantity, BigInteger)), else_=0))
    here = and_(lines.team_id == days.team_id, lines.source == days.source, lines.start_at == days.start_at)
    query = (
        select(
            days.start_at,
            days.fetched_at,
            cast(func.coalesce(amount, 0), BigInteger).label("amount"),
            cast(func.coalesce(images, 0), BigInteger).label("images"),
        )
        .select_from(provider_days)
        .outerjoin(provider_buckets, here)
        .where(days.team_id == team_id, days.start_at >= period.start, days.start_at < period.end)
        .group_by(days.start_at, days.fetched_at)
        .order_by(days.start_at)
    )
    rows = connection.execute(query)
    billed = tuple(Billed(row.start_at.date(), row.amount, row.images, row.fetched_at) for row in rows)
    return BilledDays(since.date(), billed, read_at)


def _unfinished(connection: Connection, team_id: str) -> date | None:
    days = provider_days.c
    rows = connection.execute(
        select(days.start_at, days.fetched_at)
        .where(days.team_id == team_id, days.source == SOURCE)
        .order_by(days.start_at.desc())
        .limit(MOST_DAYS)
    ).all()
    early: list[date] = [row.start_at.date() for row in rows if row.fetched_at < row.start_at + SETTLED]
    following: list[date] = [row.start_at.date() + timedelta(days=1) for row in rows[:1]]
    return min(early + following, default=None)


def _begun(
    connection: Connection,
    team_id: str,
    day: date,
    real: datetime,
    lease: timedelta,
    enqueue: EnqueueBill,
) -> bool:
    c = bill_readings.c
    mine = {"again_at": real + lease}
    if not insert_if_new(connection, bill_readings, {"team_id": team_id, "day": str(day), **mine}):
        open_ = and_(c.team_id == team_id, c.day == str(day), c.done_at.is_(None), c.again_at <= real)
        if connection.execute(update(bill_readings).where(open_).values(**mine)).rowcount != 1:
            return False
    enqueue(connection, str(day))
    return True


def _done(connection: Connection, team_id: str, day: date, real: datetime) -> None:
    c = bill_readings.c
    connection.execute(update(bill_readings).where(c.team_id == team_id, c.day == str(day)).values(done_at=real))


def _failed(connection: Connection, team_id: str, day: date, again_at: datetime, problem: str) -> bool:
    c = bill_readings.c
    this = and_(c.team_id == team_id, c.day == str(day))
    problem_before = connection.execute(select(c.problem).where(this).with_for_update()).scalar()
    connection.execute(update(bill_readings).where(this).values(again_at=again_at, problem=problem))
    return problem_before is None
