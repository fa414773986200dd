"""Handing jobs in: in the transaction of the row they belong to, under their own id, from any process."""

import logging
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta

import sqlalchemy as sa
from dbos import DBOS, DBOSClient, DBOSPortableJSONSerializer, EnqueueOptions
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError

from bot.errors import StoreBusy
from bot.jobs.kinds import Duties, Job, Plain
from bot.jobs.liveness import LOCAL, liveness

APP = "imagelane"
WORKFLOW = "job"
# Stamped on each job; a process takes those of its own stamp alone. Pinned: DBOS's own hash of the code would strand
# running jobs at every deploy. A new one only where an older process must not even look at what is new: from jobs-2 on
# it puts back what it does not know.
VERSION, OLDER = "jobs-2", ("jobs-1",)
QUEUES = DRAW, QUICK = "draw", "quick"
KEPT = timedelta(days=7)  # a job that ended
AGAIN = "~"  # in a job's key: what follows tells a later run from the first
_UNFINISHED = ["DELAYED", "ENQUEUED", "PENDING"]
_FINISHED = ["SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]

_log = logging.getLogger(__name__)


def install(url: str) -> None:
    """Make or update the engine's own tables in the database. Safe to run twice at once."""
    quiet()
    DBOS.migrate(url)


def quiet() -> None:
    """DBOS writes to the console when its logger has no handler; with this one it goes where ours go."""
    logger = logging.getLogger("dbos")
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())
        logger.addFilter(lambda record: "failed to launch" not in record.getMessage())  # `start` raises a sentence
    logger.setLevel(logging.WARNING)


class Enqueuer:
    """Hands jobs in, and looks after those whose process died. Needs no launched engine: web and clock use it too.

    `transaction` opens a write transaction of the store, for jobs that have no row.
    """

    def __init__(self, engine: Engine, transaction: Callable[[], AbstractContextManager[Connection]]) -> None:
        quiet()
        self._transaction = transaction
        self._life = liveness(engine)
        self._client = DBOSClient(
            system_database_engine=engine,
            serializer=DBOSPortableJSONSerializer(),
            application_name=APP,
            lazy=True,
            retry_connection_errors=False,
        )

    def close(self) -> None:
        self._client.destroy()

    def enqueue(self, connection: Connection, job: Job) -> None:
        """Stands or falls with the caller's transaction. A job of this id, running or done, makes it a no-op."""
        options = _options(job.id, DRAW if job.calls else QUICK, job.turn)
        if job.calls:
            options["queue_partition_key"] = job.partition or "any"
        self._client.enqueue_in_transaction(connection, options, job.name, list(job.args))

    def enqueue_now(self, job: Job) -> None:
        """In a transaction of its own. Raises StoreBusy."""
        with self._transaction() as connection:
            self.enqueue(connection, job)

    def again(self, job_id: str, name: str, arguments: Sequence[Plain], seconds: float = 0) -> None:
        """Queue a job that is at work once more, to be taken after so long, and give up this run of it: what it comes
        to is not written down.

        Raises StoreBusy.
        """
        with _busy_when_away():
            was = self._client.retrieve_workflow(job_id).get_status()
            first, run = first_and_run(job_id)
            new_id = f"{first}{AGAIN}{run + 1}.{uuid.uuid4().hex}"
            options = _options(new_id, was.queue_name or QUICK, was.priority or 0)
            if was.queue_partition_key:
                options["queue_partition_key"] = was.queue_partition_key
            if seconds:
                options["delay_seconds"] = seconds
            with self._transaction() as connection:
                self._client.enqueue_in_transaction(connection, options, name, list(arguments))
            self._client.cancel_workflow(job_id)

    def alive(self, owner: str) -> bool:
        """Does the process that called itself this still run? A frozen one counts as alive. Raises StoreBusy."""
        with _busy_when_away():
            return not self._life.dead(owner)

    def take_over(self) -> int:
        """Queue the jobs of dead processes again; how many. (SQLite: the next runner does that when it starts.)"""
        running = self._client.list_workflows(status="PENDING", load_input=False, load_output=False)
        owners = {job.executor_id for job in running if job.executor_id not in (None, LOCAL)}
        return sum(self._take_over_from(owner) for owner in sorted(filter(None, owners)))

    def _take_over_from(self, owner: str) -> int:
        # A lock is held and the list read again under it, so no two processes take the same jobs.
        with self._life.when_dead(owner) as dead:
            if not dead:
                return 0
            jobs = self._client.list_workflows(status="PENDING", executor_id=owner, load_input=False, load_output=False)
            for job in jobs:
                self._client.resume_workflow(job.workflow_id, queue_name=job.queue_name)
        if jobs:
            _log.warning("took over %d jobs of %s", len(jobs), owner)
        return len(jobs)

    def adopt(self) -> int:
        """From now on what an older version queued, and nobody has begun, is for this one to run; how many.

        Safe beside processes of that version: whoever is first begins a job.
        """
        older = self._client.list_workflows(
            status="ENQUEUED", app_version=list(OLDER), limit=1, load_input=False, load_output=False
        )
        return self._stamped("status = 'ENQUEUED'") if older else 0

    def adopt_left(self) -> int:
        """The same of what an older version was at work on. For SQLite, by the one process that may run jobs there,
        and as long as it has no tables there is none."""
        with self._transaction() as connection:
            there = sa.inspect(connection).has_table("workflow_status")
        return self._stamped("status IN ('ENQUEUED', 'PENDING')") if there else 0

    def _stamped(self, which: str) -> int:
        older = sa.bindparam("older", OLDER, type_=sa.Text(), expanding=True)
        with self._transaction() as connection:
            jobs = "dbos.workflow_status" if connection.dialect.name == "postgresql" else "workflow_status"
            stamp = sa.text(
                f"UPDATE {jobs} SET application_version = :version"  # noqa: S608 - both are words of ours
                f" WHERE {which} AND name = :name AND application_version IN :older"
            ).bindparams(older)
            adopted = connection.execute(stamp, {"version": VERSION, "name": WORKFLOW}).rowcount
        if adopted:
            _log.warning("took over %d jobs of an older version", adopted)
        return adopted

    def prune(self, finished_before: datetime) -> int:
        """Forget jobs that ended before then; how many. Their ids could be started again: rows must guard by then."""
        jobs = self._client.list_workflows(
            status=_FINISHED, completed_before=finished_before.isoformat(), load_input=False, load_output=False
        )
        if jobs:
            self._client.delete_workflows([job.workflow_id for job in jobs])
        return len(jobs)

    def duties(self, real: Callable[[], datetime]) -> Duties:
        return Duties(sweep=(self.take_over,), tidy=(lambda: self.prune(real() - KEPT),))

    def backlog(self) -> dict[str, int]:
        """Jobs not yet finished, by queue."""
        waiting = self._client.list_workflows(status=_UNFINISHED, load_input=False, load_output=False)
        return dict(Counter(job.queue_name or "" for job in waiting))

    def oldest(self, real: datetime) -> dict[str, float]:
        """For how many seconds the oldest job of each queue has waited for a worker; 0 where none waits."""
        return {queue: self._waits(queue, real) for queue in QUEUES}

    def _waits(self, queue: str, real: datetime) -> float:
        first = self._client.list_workflows(
            status="ENQUEUED", queue_name=queue, limit=1, load_input=False, load_output=False
        )
        return max((real.timestamp() - (job.created_at or 0) / 1000 for job in first), default=0.0)


def _options(job_id: str, queue: str, turn: int) -> EnqueueOptions:
    options: EnqueueOptions = {
        "workflow_name": WORKFLOW,
        "workflow_id": job_id,
        "queue_name": queue,
        "app_version": VERSION,
        "application_name": APP,
    }
    if turn:  # without one it is 0 to the engine, which refuses to be told so
        options["priority"] = turn
    return options


def first_and_run(job_id: str) -> tuple[str, int]:
    """The id it was first queued under, and how often it was queued again since."""
    first, _, later = job_id.partition(AGAIN)
    number = later.partition(".")[0]
    return first, int(number) if number.isdecimal() and "." in later else 0


@contextmanager
def _busy_when_away() -> Iterator[None]:
    """The engine's own questions, in the words of the store's."""
    try:
        yield
    except OperationalError as error:
        raise StoreBusy from error
