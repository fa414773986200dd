"""The store: every question and every change, one method and one transaction each.

The SQL of each method stands in the module of its topic. Everything raises StoreBusy when the database is locked or
gone: then nothing was changed. StoreUnsure is for the rare commit that nobody answered and that could not be looked up.
What belongs to another team is NotOpen, in the same words as what never was.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from bot.errors import StoreAway, StoreTrouble
from bot.ledger import admission, holds, mixes, pauses, questions, rows, settlement, votes, workspaces
from bot.ledger.mix import Used
from bot.ledger.pictures import (
    Commission,
    Drawing,
    Generation,
    Kept,
    Left,
    Limits,
    Outcome,
    Pause,
    PictureState,
    Vote,
    Wish,
)
from bot.ledger.rows import Enqueue
from bot.ledger.workers import Workers
from bot.periods import Period
from bot.store.again import looked_up
from bot.store.engine import looking_only, normal_url, noted_away, on_error, open_engine, reading, writing

P = ParamSpec("P")
T = TypeVar("T")


def open_ledger(url: str, busy_seconds: float) -> "Ledger":
    """`busy_seconds`: how long to wait for a lock; 1 on the way to an ack, 30 in a job."""
    return Ledger(open_engine(normal_url(url), busy_seconds))


class Ledger:
    """`now` is what people take for now: it dates what they asked for, got, paid and voted, and a playground moves it.

    `real` is this machine's time, by which rows are waited for: their state, lease or pause. A method that writes only
    such moments is handed that one alone; one that writes both takes `now` for both where no `real` is given.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def close(self) -> None:
        self.engine.dispose()

    def reachable(self) -> bool:
        return self.trouble() is None

    def trouble(self) -> str | None:
        """Why nothing can be stored just now, as the end of a sentence about storage; None: it can, for all we know.

        A change that failed for want of room was not forgotten by the disk because a question can be answered.
        """
        try:
            self._read(workspaces.known)
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

    def _read(self, question: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        with reading(self.engine) as connection:
            return question(connection, *args, **kwargs)

    @looked_up
    def _write(self, change: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        with writing(self.engine) as connection:
            return change(connection, *args, **kwargs)

    # From the wish to the call

    def admit(
        self,
        wish: Wish,
        limits: Limits,
        now: datetime,
        enqueue: Enqueue | None = None,
        *,
        real: datetime | None = None,
    ) -> tuple[Drawing, bool]:
        """Reserve, store and enqueue, or refuse. False: this request was admitted before, and nothing is new.

        Raises Paused, Busy, SlowDown, OverBudget, or NotOpen for an unknown parent; then nothing was stored.
        """
        try:
            return self._write(admission.admit, wish, limits, now, real or now, enqueue)
        except IntegrityError:
            # The same request a moment ago in another budget period, or a random id that was taken.
            return self._write(admission.admit, wish, limits, now, real or now, enqueue)

    def placed(
        self,
        team_id: str,
        drawing_id: str,
        message_ts: str | None,
        real: datetime,
        enqueue: Enqueue | None = None,
    ) -> Drawing:
        """Its message stands: reserved -> placed. Only the first message counts; compare `message_ts` with yours."""
        return self._write(settlement.placed, team_id, drawing_id, message_ts, real, enqueue)

    def release(self, team_id: str, drawing_id: str, reason: str, real: datetime) -> Drawing:
        """End what was not yet sent (reserved or placed) as failed, and give its reservation back."""
        return self._write(settlement.release, team_id, drawing_id, reason, real)

    # One paid call

    def claim(
        self,
        team_id: str,
        generation_id: str,
        owner: str,
        lease_until: datetime,
        real: datetime,
        key: str | None = None,
    ) -> Generation | None:
        """placed -> calling: the right to make the one paid call; None when somebody had it.

        The same `key` again is the same claim: for one whose commit was not answered. Raises Paused when the model or
        everything is paused: the row is left as it was.
        """
        return self._write(settlement.claim, team_id, generation_id, owner, lease_until, real, key)

    def renew(self, team_id: str, generation_id: str, owner: str, lease_until: datetime) -> bool:
        """False when the claim is no longer the owner's."""
        return self._write(settlement.renew, team_id, generation_id, owner, lease_until)

    def settle(
        self, team_id: str, generation_id: str, outcome: Outcome, now: datetime, *, real: datetime | None = None
    ) -> Generation:
        """Book how the call ended, once; what comes later changes nothing.

        Only a late Paid turns `uncertain` into `paid`, with a correction. Failed also ends a row not yet claimed.
        """
        return self._write(settlement.settle, team_id, generation_id, outcome, now, real or now)

    def uploaded(self, team_id: str, generation_id: str, file_id: str) -> Generation:
        """Its file is where it will be shown, though nobody has seen it yet; the first file counts."""
        return self._write(settlement.uploaded, team_id, generation_id, file_id)

    def delivered(
        self, team_id: str, generation_id: str, file_id: str | None, reason: str | None, real: datetime
    ) -> Generation:
        """paid -> delivered; anything else stays as it is."""
        return self._write(settlement.delivered, team_id, generation_id, file_id, reason, real)

    # Votes

    def vote(
        self,
        team_id: str,
        generation_id: str,
        person_id: str,
        verdict: str,
        reason: str | None,
        now: datetime,
        enqueue: Enqueue | None = None,
    ) -> tuple[Generation, bool]:
        """`verdict` is keep or reject. False: that is how the person's vote stood already. Raises NotOpen."""
        return self._write(votes.vote, team_id, generation_id, person_id, verdict, reason, now, enqueue)

    def votes_of(self, team_id: str, generation_id: str) -> tuple[Vote, ...]:
        """The vote of each person as it stands."""
        return self._read(votes.standing, team_id, generation_id)

    def vote_history(self, team_id: str, generation_id: str) -> tuple[Vote, ...]:
        return self._read(votes.history, team_id, generation_id)

    # Questions

    def drawing(self, team_id: str, drawing_id: str) -> Drawing:
        return self._read(rows.drawing, team_id, drawing_id)

    def commission(self, team_id: str, generation_id: str) -> Commission:
        return self._read(rows.commission, team_id, generation_id)

    def generation(self, team_id: str, generation_id: str) -> Generation:
        return self._read(rows.generation, team_id, generation_id)

    def picture(self, team_id: str, generation_id: str) -> tuple[Generation, Drawing]:
        """One image with all that is known of it, for people. Raises NotOpen, or Blind for one of an open bench."""
        return self._read(questions.picture, team_id, generation_id)

    def calling(self) -> tuple[Generation, ...]:
        """Calls under way in all teams, with their owners."""
        return self._read(questions.calling)

    def unseen(self, real: datetime) -> frozenset[tuple[str, str]]:
        """Team and id of drawings with a call that ended without a picture within the hour, not just now."""
        return self._read(questions.unseen, real)

    def lapsed(self, real: datetime) -> tuple[Generation, ...]:
        """Calls whose lease has ended: nobody is waiting for their answer any more."""
        return self._read(questions.lapsed, real)

    def stuck(self, real: datetime) -> tuple[Generation, ...]:
        """Waiting (reserved, placed) for 15 minutes, or paid for 2 minutes to a day: to be taken up again."""
        return self._read(questions.stuck, real)

    def states(self) -> dict[PictureState, int]:
        """How many images there are in each state, in all teams and ever; 0 where there are none."""
        return self._read(questions.states)

    def uncertain(self) -> int:
        """Nano-dollars booked for calls that are perhaps billed, in all teams and ever."""
        return self._read(questions.uncertain)

    def waiting(self) -> int:
        """Images that nobody has called for yet, in all teams."""
        return self._read(admission.waiting)

    def on_error(self, failed: Callable[[], None]) -> None:
        """Have each error of this database told; somebody else's lock or row is none."""
        on_error(self.engine, failed)

    def left(self, team_id: str, limits: Limits) -> Left:
        """Of the workspace's budget; `BudgetRows.standings` has the others."""
        return self._read(holds.left, team_id, limits)

    def person_spend(self, team_id: str, person_id: str, since: datetime) -> int:
        """Nano-dollars booked since then for what this person asked for."""
        return self._read(questions.person_spend, team_id, person_id, since)

    def last_pictures(self, team_id: str, person_id: str, count: int) -> tuple[Drawing, ...]:
        """The person's newest drawings with a picture, newest first."""
        return self._read(questions.last_pictures, team_id, person_id, count)

    def kept_prompts(self, team_id: str, person_id: str | None, count: int) -> tuple[str, ...]:
        """Prompts of the last images this person asked for (None: anybody) that were kept, each once, newest first."""
        return self._read(questions.kept_prompts, team_id, person_id, count)

    def keep_counts(self, team_id: str, since: datetime) -> tuple[Kept, ...]:
        """By spec as requested, of what was drawn since then, without demo pictures."""
        return self._read(questions.keep_counts, team_id, since)

    def used(self, team_id: str, period: Period) -> tuple[Used, ...]:
        """The images of a period by spec, what pipelines report among them."""
        return self._read(mixes.used, team_id, period)

    def audit_sums(self) -> list[str]:
        """One line for every budget period that is not the sum of its charges and reservations; empty is right."""
        return self._read(holds.differences)

    # Pauses

    def pause(self, scope: str, until: datetime, reason: str, real: datetime) -> bool:
        """`scope`: a model id or "*". True when somebody should be told, which is once an hour."""
        return self._write(pauses.pause, scope, until, reason, real)

    def unpause(self, scope: str) -> None:
        self._write(pauses.unpause, scope)

    def pauses(self, real: datetime) -> tuple[Pause, ...]:
        return self._read(pauses.in_force, real)

    # Workspaces

    def remember_workspace(
        self, team_id: str, name: str, bot_user_id: str | None, token_hash: str | None = None
    ) -> None:
        """As Slack said when it was asked whose the bot token of that hash is."""
        self._write(workspaces.remember, team_id, name, bot_user_id, token_hash)

    def workspace_of(self, token_hash: str) -> str | None:
        """The team Slack last said this bot token is of."""
        return self._read(workspaces.of_token, token_hash)

    def installed(self) -> dict[str, str]:
        """Names by team of all that ever had imagelane installed here."""
        return self._read(workspaces.installed)

    def stop_workspace(self, team_id: str, now: datetime) -> None:
        """Its tokens are gone: nothing new is admitted or called for it until it is started again."""
        self._write(workspaces.stop, team_id, now)

    def start_workspace(self, team_id: str) -> None:
        self._write(workspaces.start, team_id)

    def bot_user(self, team_id: str) -> str | None:
        """Who the bot is there, as Slack said when it was asked last."""
        return self._read(workspaces.bot_user, team_id)

    def workspaces(self) -> list[str]:
        """The teams that have imagelane installed now."""
        return self._read(workspaces.known)

    def only_workspace(self) -> str:
        """The one installed, or `local` where none is. Raises NotUnderstood when there are several."""
        return self._read(workspaces.only)

    def workspace(self, named: str | None) -> str:
        """The one named, or else the only one. Raises NotUnderstood."""
        return self._read(workspaces.named, named) if named else self.only_workspace()

    def audit(self, team_id: str, person_id: str | None, what: str, detail: str, now: datetime) -> None:
        self._write(workspaces.audit, team_id, person_id, what, detail, now)
