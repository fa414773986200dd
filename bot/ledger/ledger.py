"""The books of all teams: opened, asked and changed, a transaction each."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from bot.clock import Moment
from bot.errors import StoreAway, StoreTrouble
from bot.ledger import admission, settlement, workspaces
from bot.ledger.pictures import (
    Drawing,
    Generation,
    Limits,
    Outcome,
    Wish,
)
from bot.ledger.rows import Enqueue
from bot.ledger.workers import Workers
from bot.store.again import looked_up, repeated
from bot.store.engine import close_engine, looking_only, normal_url, noted_away, on_error, open_engine, reading, writing

P = ParamSpec("P")
T = TypeVar("T")


def open_ledger(url: str, busy_seconds: float) -> "Ledger":
    """`busy_seconds`: how long to wait for a lock; 1 on the way to an ack, 30 in a job."""
    return Ledger(open_engine(normal_url(url), busy_seconds))


class Ledger:
    """One transaction for each question and each change: `read` asks a function of the subject that has its SQL,
    `write` has one change something, and once more where nobody knows whether it did.

    Everything raises StoreBusy when the database is locked or gone: then nothing was changed. StoreUnsure is for the
    rare commit that nobody answered and that could not be looked up. What belongs to another team is NotOpen, in the
    same words as what never was.

    `now` is what people take for now: it dates what they asked for, got, paid and voted, and a playground moves it.
    `real` is this machine's time, by which rows are waited for: their state, lease or pause. What writes only one of
    them is handed that one alone.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def close(self) -> None:
        close_engine(self.engine)

    def reachable(self) -> bool:
        return self.trouble() is None

    def trouble(self) -> str | None:
        """Why nothing can be stored just now, as the end of a sentence about storage; None: it can, for all we know.

        A change that failed for want of room was not forgotten by the disk because a question can be answered.
        """
        try:
            self.read(workspaces.known)
            if noted_away(self.engine):
                Workers(self.engine).prove()
        except StoreAway as away:
            return away.why
        except (StoreTrouble, SQLAlchemyError):
            return "gives no answer"
        return None

    def transaction(self) -> AbstractContextManager[Connection]:
        """A write transaction for what belongs to another room of this database: a job without a row."""
        return writing(self.engine)

    @property
    def looking(self) -> Engine:
        """For questions of another room of this database: on SQLite they take no lock and wait for none."""
        return looking_only(self.engine)

    def read(self, question: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        with reading(self.engine) as connection:
            return question(connection, *args, **kwargs)

    @looked_up
    def write(self, change: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        with writing(self.engine) as connection:
            return change(connection, *args, **kwargs)

    @repeated
    def write_once(self, change: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """For what would not know its own work again: raises StoreUnsure where nobody knows whether it stands."""
        with writing(self.engine) as connection:
            return change(connection, *args, **kwargs)

    def admit(self, wish: Wish, limits: Limits, at: Moment, enqueue: Enqueue | None = None) -> tuple[Drawing, bool]:
        """Reserve, store and enqueue, or refuse. False: this request was admitted before, and nothing is new.

        Raises Paused, Busy, SlowDown, OverBudget, or NotOpen for an unknown parent; then nothing was stored.
        """
        try:
            return self.write(admission.admit, wish, limits, at, enqueue)
        except IntegrityError:
            # The same request a moment ago in another budget period, or a random id that was taken.
            return self.write(admission.admit, wish, limits, at, enqueue)

    def settle(self, team_id: str, generation_id: str, outcome: Outcome, at: Moment) -> Generation:
        """Book how the call ended, once; what comes later changes nothing.

        Only a late Paid turns `uncertain` into `paid`, with a correction. Failed also ends a row not yet claimed.
        """
        return self.write(settlement.settle, team_id, generation_id, outcome, at)

    def on_error(self, failed: Callable[[], None]) -> None:
        """Have each error of this database told; somebody else's lock or row is none."""
        on_error(self.engine, failed)

    def workspace(self, team_id: str | None) -> str:
        """The one named, or else the only one. Raises NotUnderstood."""
        return self.read(workspaces.named, team_id) if team_id else self.read(workspaces.only)
