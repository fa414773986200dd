"""Running jobs: one DBOS in this process, two queues, and a plain function for each kind of job.

A job this process does not know, of a newer version that runs beside it, goes back to the queue for one that does.
"""

import logging
import threading
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, repeat

from dbos import DBOS, DBOSConfig, DBOSPortableJSONSerializer
from dbos import error as dbos_error
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import CantStore, StoreTrouble, StoreUnusable
from bot.jobs.enqueuer import APP, DRAW, QUICK, VERSION, WORKFLOW, Enqueuer, first_and_run, quiet
from bot.jobs.files import engine_for_jobs
from bot.jobs.kinds import Handler, Plain
from bot.jobs.liveness import LOCAL, liveness

_POLL_SECONDS = 0.2
_AGAIN_AFTER_SECONDS = (1.0, 5.0, 15.0, 30.0)  # the last of them again and again
_UNKNOWN_AFTER_SECONDS, _UNKNOWN_AT_MOST_SECONDS = 1.0, 300.0  # how soon a job that was put back is taken again
_ADOPT_EVERY_SECONDS = 15.0
_LOOK_EVERY_SECONDS = 1.0  # whether this process can draw by now

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Pace:
    """How much runs at once: draws in one process, draws of one model everywhere, and everything that is quick."""

    draws: int = 8
    draws_of_a_model: int = 8
    draws_of_a_model_a_minute: int | None = None
    quick: int = 8


class Runner:
    """Runs the jobs in this process; there is one.

    While `can_draw` says no, or where a handler raises CantStore, a drawing job is left to the other processes.
    """

    def __init__(
        self,
        engine: Engine,
        enqueuer: Enqueuer,
        handlers: Iterable[Handler] = (),
        pace: Pace | None = None,
        can_draw: Callable[[], bool] = lambda: True,
    ) -> None:
        self.owner = f"{APP}-{uuid.uuid4()}"
        self._enqueuer = enqueuer
        self._engine = engine
        self._handlers: dict[str, Handler] = {}
        self._unknown: set[str] = set()
        self._pace = pace or Pace()
        self._can_draw = can_draw
        self._files = engine_for_jobs(engine.url)
        self._life = liveness(engine)
        self._running = 0
        self._draining = threading.Event()
        self._count = threading.Lock()
        self.handle(handlers)

    def handle(self, handlers: Iterable[Handler]) -> None:
        """Before it starts."""
        self._handlers.update((name, handler) for handler in handlers for name in handler.names)

    @property
    def running(self) -> int:
        """Handlers at work in this process."""
        return self._running

    def start(self) -> None:
        """Raises BadSettings when another process runs jobs on this SQLite file, StoreUnusable without tables."""
        quiet()
        executor = self._life.hold(self.owner)  # before launch: nobody may think us dead while we take jobs
        try:
            if executor == LOCAL:
                self._enqueuer.adopt_left()  # before launch, which takes up what its own version left
            self._launch(executor)
            self._enqueuer.take_over()
            self._enqueuer.adopt()
            threading.Thread(target=self._adopt, name="older jobs", daemon=True).start()
        except dbos_error.DBOSInitializationError as error:
            self.stop()
            raise StoreUnusable("The database has no tables for jobs: imagelane release") from error
        except SQLAlchemyError as error:
            self.stop()
            raise StoreUnusable(f"The database can't keep jobs just now ({type(error).__name__}).") from error
        except BaseException:
            self.stop()
            raise

    def _adopt(self) -> None:
        """Older processes may hand in jobs for a while yet, and by now have no worker. Only who can run a job takes it
        from them: an older worker would stand idle where a newer one never comes."""
        while not self._draining.wait(_ADOPT_EVERY_SECONDS):
            try:
                self._enqueuer.adopt()
            except (StoreTrouble, SQLAlchemyError) as error:
                _log.warning("jobs of an older version wait: %s", type(error).__name__)

    def drain(self, seconds: int = 30) -> bool:
        """Take no new job, wait for those at work, stop. False when some had to be left behind."""
        self._draining.set()
        # The engine looks whether all have ended only after a second: where none is at work there is nothing to await.
        DBOS.destroy(destroy_registry=True, workflow_completion_timeout_sec=seconds if self._running else 0)
        if self._files is not None:
            self._files.dispose()
        self._life.free()
        return self._running == 0

    def stop(self) -> None:
        """At once. Jobs at work run on until their process ends, and are taken up again by the next runner."""
        self.drain(0)

    def _launch(self, executor: str) -> None:
        config: DBOSConfig = {
            "name": APP,
            "system_database_url": self._engine.url.render_as_string(hide_password=False),
            "system_database_engine": self._files,
            "application_version": VERSION,
            "executor_id": executor,
            "serializer": DBOSPortableJSONSerializer(),
            "run_migrations": False,
            "max_executor_threads": self._pace.draws + self._pace.quick + 8,
            "sys_db_pool_size": 10,
            "db_engine_kwargs": {"hide_parameters": True},
            "log_level": "WARNING",
        }
        DBOS(config=config)
        DBOS.workflow(name=WORKFLOW, max_recovery_attempts=20)(self._job())
        DBOS.listen_queues([DRAW, QUICK])
        DBOS.launch()
        pace = self._pace
        per_minute = pace.draws_of_a_model_a_minute
        DBOS.register_queue(
            DRAW,
            worker_concurrency=pace.draws,
            partition_concurrency=pace.draws_of_a_model,
            partition_limiter=None if per_minute is None else {"limit": per_minute, "period": 60.0},
            polling_interval_sec=_POLL_SECONDS,
            on_conflict="always_update",
        )
        DBOS.register_queue(
            QUICK, worker_concurrency=pace.quick, polling_interval_sec=_POLL_SECONDS, on_conflict="always_update"
        )

    def _job(self) -> Callable[[str, list[Plain]], None]:
        def job(name: str, arguments: list[Plain]) -> None:
            with self._count:
                self._running += 1
            try:
                self._run(name, arguments)
            except Exception:  # noqa: BLE001 - whatever it was, the engine must not run the job again by itself
                _log.exception("job %s failed", DBOS.workflow_id)
            finally:
                with self._count:
                    self._running -= 1

        return job

    def _run(self, name: str, arguments: list[Plain]) -> None:
        handler = self._handlers.get(name)
        if handler is None or not handler.takes(arguments):
            self._put_back(name, arguments)
            return
        if handler.calls and not self._can_draw():
            self._leave_to_others(name, arguments)
            return
        try:
            self._patiently(handler.run, arguments)
        except CantStore as cant:
            _log.warning("job %s can't be done here: %s", DBOS.workflow_id, cant.why)
            self._leave_to_others(name, arguments)

    def _put_back(self, name: str, arguments: list[Plain]) -> None:
        """Later each time, so that where nobody knows it nobody is kept busy by it."""
        if name not in self._unknown:
            self._unknown.add(name)
            _log.warning("job %s is unknown to this version: put back for a newer one", name)
        job_id = str(DBOS.workflow_id)
        seconds = min(_UNKNOWN_AFTER_SECONDS * 2 ** first_and_run(job_id)[1], _UNKNOWN_AT_MOST_SECONDS)
        self._patiently(self._enqueuer.again, [job_id, name, arguments, seconds])

    def _leave_to_others(self, name: str, arguments: list[Plain]) -> None:
        """Its place in this process stays taken until it could draw again: so it takes no other drawing job, either."""
        self._patiently(self._enqueuer.again, [str(DBOS.workflow_id), name, arguments])
        while not self._draining.wait(_LOOK_EVERY_SECONDS) and not self._can_draw():
            pass

    def _patiently(self, handler: Callable[..., None], arguments: Sequence[object]) -> None:
        """However long the store is away: a job reads its row anew and goes on from there."""
        for pause in chain(_AGAIN_AFTER_SECONDS, repeat(_AGAIN_AFTER_SECONDS[-1])):
            try:
                return handler(*arguments)
            except StoreTrouble as trouble:
                _log.warning("%s: job %s goes on in %.0f s", trouble.code, DBOS.workflow_id, pause)
                if self._draining.wait(pause):
                    break
        return handler(*arguments)
