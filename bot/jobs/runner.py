"""Running jobs: one DBOS in this process, two queues, and a plain function for each kind of job."""

import logging
import threading
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dbos import DBOS, DBOSConfig, DBOSPortableJSONSerializer
from dbos import error as dbos_error
from sqlalchemy import Engine

from bot.errors import StoreBusy, StoreUnusable
from bot.jobs.enqueuer import APP, DRAW, QUICK, VERSION, WORKFLOW, Enqueuer, quiet
from bot.jobs.liveness import liveness

_POLL_SECONDS = 0.2
_AGAIN_AFTER_SECONDS = (1.0, 5.0, 30.0)  # a busy store has by then waited 30 s of its own, each time

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Pace:
    """How much runs at once: draws in one process, draws of one model everywhere, and everything that is quick."""

    draws: int = 8
    draws_of_a_model: int = 8
    draws_of_a_model_a_minute: int | None = None
    quick: int = 8


class Runner:
    """Runs the jobs in this process; there is one. `handlers` maps a kind of job to its plain function."""

    def __init__(
        self,
        engine: Engine,
        enqueuer: Enqueuer,
        handlers: Mapping[str, Callable[..., None]],
        pace: Pace | None = None,
    ) -> None:
        self.owner = f"{APP}-{uuid.uuid4()}"
        self._enqueuer = enqueuer
        self._engine = engine
        self._handlers = handlers
        self._pace = pace or Pace()
        self._life = liveness(engine)
        self._running = 0
        self._draining = threading.Event()
        self._count = threading.Lock()

    @property
    def running(self) -> int:
        """Handlers at work in this process."""
        return self._running

    def start(self) -> None:
        """Raises BadSettings when another process runs jobs on this SQLite file, StoreUnusable without tables."""
        quiet()
        executor = self._life.hold(self.owner)  # before launch: nobody may think us dead while we take jobs
        try:
            self._launch(executor)
            self._enqueuer.take_over()
        except dbos_error.DBOSInitializationError as error:
            self.stop()
            raise StoreUnusable("The database has no tables for jobs: imagelane release") from error
        except BaseException:
            self.stop()
            raise

    def drain(self, seconds: int = 30) -> bool:
        """Take no new job, wait for those at work, stop. False when some had to be left behind."""
        self._draining.set()
        # The engine looks whether all have ended only after a second: where none is at work there is nothing to await.
        DBOS.destroy(destroy_registry=True, workflow_completion_timeout_sec=seconds if self._running else 0)
        self._life.free()
        return self._running == 0

    def stop(self) -> None:
        """At once. Jobs at work run on until their process ends, and are taken up again by the next runner."""
        self.drain(0)

    def _launch(self, executor: str) -> None:
        config: DBOSConfig = {
            "name": APP,
            "system_database_url": self._engine.url.render_as_string(hide_password=False),
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

    def _job(self) -> Callable[[str, list[str]], None]:
        def job(kind: str, arguments: list[str]) -> None:
            with self._count:
                self._running += 1
            try:
                self._patiently(self._handlers[kind], arguments)
            except Exception:  # noqa: BLE001 - whatever it was, the engine must not run the job again by itself
                _log.exception("job %s failed", DBOS.workflow_id)
            finally:
                with self._count:
                    self._running -= 1

        return job

    def _patiently(self, handler: Callable[..., None], arguments: list[str]) -> None:
        """A busy store is no end: a job reads its row anew and goes on from there."""
        for pause in _AGAIN_AFTER_SECONDS:
            try:
                return handler(*arguments)
            except StoreBusy:
                _log.warning("store busy; job %s goes on in %.0f s", DBOS.workflow_id, pause)
                if self._draining.wait(pause):
                    break
        return handler(*arguments)
