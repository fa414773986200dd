"""Everything goes wrong at once, by a seed: processes die and freeze, the database, the disk and both far ends go away.

    with ring(database_url, tmp_path, MANY) as whole:
        Chaos(whole, seed=1).run(600)       # seconds of it, then every outage ends and things come to rest
        reconciled(whole).wrong             # what the far ends saw, against the books, the disk and what people read

A trouble lasts a second or some, and any two may stand at the same time.
"""

import random
import signal
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import make_url

from bot.ledger import questions
from bot.ledger.pictures import OPEN, PictureState
from bot.ledger.tables import generations
from bot.playground import faults
from bot.playground.signed import Reply
from bot.store.engine import writing
from tests.kit import far_openai_trouble as trouble
from tests.kit.books import House, installed
from tests.kit.forked import Running
from tests.kit.outages import Wire, wired
from tests.kit.processes import free_port
from tests.kit.waiting import until

MANY = ("clock", "clock", "worker", "worker", "worker", "web", "web")
ONE = ("serve",)
SECONDS_A_PICTURE = 0.4
ROOMY = {"IMAGELANE_MONTH_LIMIT_USD": "5000", "IMAGELANE_IMAGE_TIMEOUT": "20"}
FAR_SLACK = (faults.broken(503), faults.broken(503, worked=True), faults.lost(), faults.lost(worked=False))
FAR_OPENAI = (trouble.broken(503, billed=False), trouble.lost(), trouble.lost(billed=False), trouble.late(2))

REST_SECONDS = 900.0  # a sweep hands in the same thing every ten minutes

Trouble = Callable[[float, float], None]  # for so many seconds; of what there is to choose from, this part (0 to 1)


@dataclass
class Ring:
    """An installation that lives on: `alive` by its place in `processes`, `calling` what was under way at a kill."""

    house: House
    processes: tuple[str, ...]
    wire: Wire | None
    database_url: str
    alive: list[Running] = field(default_factory=list)
    ports: list[str] = field(default_factory=list)
    calling: set[str] = field(default_factory=set)
    replies: dict[str, Reply] = field(default_factory=dict)  # by prompt

    @property
    def pictures(self) -> Path:
        return Path(self.house.bot.environment["IMAGELANE_PICTURES"])

    def start_all(self) -> None:
        for process in self.processes:
            self.ports.append(str(free_port()) if process == "web" else str(self.house.bot.port))
            self.alive.append(self._start(len(self.alive)))

    def _start(self, place: int) -> Running:
        self.house.bot.port = int(self.ports[place])  # who is asked whether it is ready
        return self.house.start(self.processes[place], PORT=self.ports[place])

    def restart(self, place: int) -> None:
        self.alive[place] = self._start(place)

    def kill(self, place: int) -> None:
        self.note_calls()
        self.house.kill(self.alive[place])
        self.note_calls()

    def note_calls(self) -> None:
        self.calling |= {row.id for row in self.house.store.read(questions.calling)}

    def ask(self, prompt: str, words: str, chance: random.Random) -> None:
        doors = [port for port, name in zip(self.ports, self.processes, strict=True) if name in ("web", "serve")]
        self.house.slack.bot_url = f"http://127.0.0.1:{chance.choice(doors)}"
        self.replies[prompt] = self.house.ask(prompt, words)


@contextmanager
def ring(database_url: str, folder: Path, processes: tuple[str, ...]) -> Iterator[Ring]:
    """PostgreSQL stands behind a wire that can be cut; the test itself looks past it."""
    with ExitStack() as stack:
        wire = stack.enter_context(wired(database_url)) if database_url.startswith("postgresql") else None
        settings = {**ROOMY, **({"DATABASE_URL": wire.url} if wire else {})}
        house = stack.enter_context(installed(database_url, folder, seconds=SECONDS_A_PICTURE, **settings))
        made = Ring(house, processes, wire, database_url)
        (folder / "disk").mkdir()
        made.pictures.symlink_to("disk", target_is_directory=True)
        made.start_all()
        yield made


class Chaos:
    """What happens and when follows from the seed; what comes of it hangs on the machine."""

    def __init__(self, ring: Ring, seed: int) -> None:
        self._ring = ring
        self._chance = random.Random(seed)
        self._number = 0
        self._threads: list[threading.Thread] = []
        self._busy: set[str] = set()
        self.happened: list[str] = []
        self._failures: list[BaseException] = []

    def run(self, seconds: float) -> None:
        troubles: dict[str, Trouble] = {
            "kill": self._kill,
            "freeze": self._freeze,
            "database": self._database,
            "disk": self._disk,
            "slack": self._slack,
            "openai": self._openai,
        }
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            self._ask()
            name = self._chance.choice([*troubles, *[""] * 6])
            lasts, part = self._chance.uniform(0.5, 4), self._chance.random()
            if name and name not in self._busy:
                self._begin(name, troubles[name], lasts, part)
            threading.Event().wait(self._chance.uniform(0.1, 0.8))
        for thread in self._threads:
            thread.join()
        assert not self._failures, self._failures
        self._come_to_rest()

    def _ask(self) -> None:
        self._number += 1
        words = self._chance.choice(["", "premium", "budget premium"])
        self._ring.ask(f"kite {self._number}", words, self._chance)

    def _begin(self, name: str, act: Trouble, seconds: float, part: float) -> None:
        """One of a kind at a time."""
        self._busy.add(name)
        self.happened.append(f"{name} {seconds:.1f}")

        def work() -> None:
            try:
                act(seconds, part)
            except BaseException as error:  # noqa: BLE001 - told by `run`
                self._failures.append(error)
            self._busy.discard(name)

        self._threads.append(threading.Thread(target=work, name=name))
        self._threads[-1].start()

    # what goes wrong

    def _place(self, part: float) -> int:
        return int(part * len(self._ring.processes))

    def _kill(self, seconds: float, part: float) -> None:
        place = self._place(part)
        self._ring.kill(place)
        _wait(seconds / 4)
        self._revive(place)

    def _revive(self, place: int) -> None:
        """A process whose database is away does not start: as any supervisor does, it is started again."""
        for _ in range(20):
            try:
                self._ring.restart(place)
            except AssertionError:
                _wait(1)
            else:
                return
        self._ring.restart(place)

    def _freeze(self, seconds: float, part: float) -> None:
        process = self._ring.alive[self._place(part)]
        process.send_signal(signal.SIGSTOP)
        _wait(seconds)
        process.send_signal(signal.SIGCONT)

    def _database(self, seconds: float, _: float) -> None:
        wire = self._ring.wire
        if wire is None:
            self._lock(seconds)
            return
        wire.away()
        _wait(seconds)
        wire.back()

    def _lock(self, seconds: float) -> None:
        path = make_url(self._ring.database_url).database or ""
        with closing(sqlite3.connect(path, timeout=30, isolation_level=None)) as held:
            held.execute("BEGIN EXCLUSIVE")
            _wait(seconds)
            held.execute("ROLLBACK")

    def _disk(self, seconds: float, _: float) -> None:
        """At one stroke each time, or a process would make a missing folder anew."""
        folder, other = self._ring.pictures, self._ring.pictures.with_name("other")
        disk = folder.readlink()
        other.write_bytes(b"a file where the folder should be")
        other.replace(folder)
        _wait(seconds)
        other.symlink_to(disk)
        other.replace(folder)

    def _slack(self, seconds: float, part: float) -> None:
        slack, fault = self._ring.house.slack, FAR_SLACK[int(part * len(FAR_SLACK))]
        for method in ("*", "upload", "response_url"):
            slack.fail(method, fault, faults.FOREVER)
        _wait(seconds)
        slack.heal()

    def _openai(self, seconds: float, part: float) -> None:
        openai, fault = self._ring.house.openai, FAR_OPENAI[int(part * len(FAR_OPENAI))]
        openai.rule = lambda _post: fault
        _wait(seconds)
        openai.rule = None

    # and then nothing does any more

    def _come_to_rest(self) -> None:
        """Everything runs; what waits for the minutes of a sweep gets them at once, and a clock that starts sweeps."""
        house = self._ring.house
        until(lambda: house.openai.in_flight == 0, 60)
        until(partial(_is_idle, house), REST_SECONDS, every=0.2)
        self._age()
        clock = next(n for n, name in enumerate(self._ring.processes) if name in ("clock", "serve"))
        self._ring.kill(clock)
        self._ring.restart(clock)
        house.come_to_rest(REST_SECONDS)

    def _age(self) -> None:
        """As after twenty minutes."""
        with writing(self._ring.house.store.engine) as connection:
            c, ago = generations.c, timedelta(minutes=20)
            for row in connection.execute(sa.select(c.id, c.state_at, c.lease_until)).all():
                values = {"state_at": row.state_at - ago}
                if row.lease_until is not None:
                    values["lease_until"] = row.lease_until - ago
                connection.execute(sa.update(generations).where(c.id == row.id).values(values))


def _is_idle(house: House) -> bool:
    """No job is at work: what is open now waits for a sweep."""
    states = house.store.read(questions.states)
    return not house.enqueuer.backlog() or not any(states[state] for state in (*OPEN, PictureState.PAID))


def _wait(seconds: float) -> None:
    threading.Event().wait(seconds)
