"""Jobs as version 0.1.0 ran and queued them, on the engine alone: nothing of it comes from today's bot/jobs.

    older = forked.begin(older_runner.live, URL, FOLDER)     # a worker of that version, until it is killed
    older_runner.enqueue(URL, "show", "T1:d1", ("d1",))      # what its web process did

It writes a line to FOLDER/older for each job it runs, and one to FOLDER/failed for each it does not know: those it
failed, and they were lost.
"""

import hashlib
import os
import threading
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from dbos import DBOS, DBOSClient, DBOSConfig, DBOSPortableJSONSerializer, EnqueueOptions

from tests.kit.forked import speak_into

VERSION = "jobs-1"
KNOWN = ("draw", "show")
KEPT: list[sa.Connection] = []


def live(url: str, folder: Path) -> None:
    """A job `draw` of 'long' never ends."""
    speak_into(folder / "said", folder / "said")
    name = "local" if url.startswith("sqlite") else f"imagelane-{os.getpid()}"
    if name != "local":
        _lock(url, name)
    config: DBOSConfig = {
        "name": "imagelane",
        "system_database_url": url,
        "application_version": VERSION,
        "executor_id": name,
        "serializer": DBOSPortableJSONSerializer(),
        "run_migrations": False,
    }
    DBOS(config=config)

    def job(kind: str, arguments: list[str]) -> None:
        with (folder / ("older" if kind in KNOWN else "failed")).open("a") as file:
            file.write(f"{kind} {arguments[0]}\n")
        if arguments[0] == "long":
            threading.Event().wait(120)

    DBOS.workflow(name="job", max_recovery_attempts=20)(job)
    DBOS.listen_queues(["draw", "quick"])
    DBOS.launch()
    for queue, more in (("draw", {"partition_concurrency": 8}), ("quick", {})):
        settings: dict[str, Any] = {"worker_concurrency": 8, "polling_interval_sec": 0.2, **more}
        DBOS.register_queue(queue, on_conflict="always_update", **settings)
    (folder / "owner").write_text(name)
    threading.Event().wait(120)


def _lock(url: str, name: str) -> None:
    """By which others know that it lives, until it dies."""
    key = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)
    connection = sa.create_engine(url).connect().execution_options(isolation_level="AUTOCOMMIT")
    connection.execute(sa.text("SELECT pg_advisory_lock(:key)"), {"key": key})
    KEPT.append(connection)


def enqueue(url: str, kind: str, key: str, arguments: tuple[str, ...]) -> None:
    options: EnqueueOptions = {
        "workflow_name": "job",
        "workflow_id": f"{kind}:{key}",
        "queue_name": "draw" if kind == "draw" else "quick",
        "app_version": VERSION,
        "application_name": "imagelane",
    }
    if kind == "draw":
        options["queue_partition_key"] = "flare"
    engine = sa.create_engine(url)
    client = DBOSClient(
        system_database_engine=engine,
        serializer=DBOSPortableJSONSerializer(),
        application_name="imagelane",
        lazy=True,
    )
    with engine.begin() as connection:
        client.enqueue_in_transaction(connection, options, kind, list(arguments))
    client.destroy()
    engine.dispose()
