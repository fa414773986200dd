"""The processes of the Procfile: what each starts, how it stops."""

import gc
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import chain

from fastapi import FastAPI

from bot import settings as environment
from bot import wiring
from bot.entrypoints import http, logs, scheduler, slack
from bot.entrypoints.cli import proofs
from bot.entrypoints.http import metrics
from bot.entrypoints.http import served as http_served
from bot.entrypoints.http.server import Server
from bot.entrypoints.slack import door
from bot.errors import BadSettings, StoreAway, StoreTrouble
from bot.jobs import Duties
from bot.jobs.enqueuer import install as install_jobs
from bot.jobs.runner import Pace, Runner
from bot.ledger.workers import Workers
from bot.settings import Settings
from bot.slack import alerts
from bot.slack.installation import Installation
from bot.store import release
from bot.wiring import House

ROLES = {"serve": ("worker", "clock", "web"), "web": ("web",), "worker": ("worker",), "clock": ("clock",)}
GRACE_SECONDS = 5  # for HTTP answers under way
ASK_AGAIN_SECONDS = 10  # whose our token is, while Slack is away
HEED_SECONDS = 0.5  # a stop that did not wake the main thread is heard of by then
NOT_KNOWN = "Slack has not said yet which workspace SLACK_BOT_TOKEN belongs to"

log = logging.getLogger(__name__)


def run(name: str) -> int:
    """One process, until SIGTERM; its exit status. Raises BadSettings or StoreUnusable, as a rule before anything is
    started: only whose token it is may turn out later."""
    settings = environment.read()
    logs.start(settings.imagelane_log, settings.secrets())
    if name == "release":
        make_store(settings)
        return 0
    house = wiring.ready(settings.for_slack())
    proofs.prove_store(house)
    if "worker" in ROLES[name]:
        proofs.prove_worker(house)
    return Process(house, ROLES[name]).live()


class Process:
    """Its roles in one house. `stopping` is set by SIGTERM and SIGINT."""

    def __init__(self, house: House, roles: Sequence[str]) -> None:
        self._house = house
        self._roles = roles
        self._stopping = threading.Event()
        self._talk = ThreadPoolExecutor(4, thread_name_prefix="later")
        token = house.settings.slack_bot_token
        self._installation = Installation(house.store, house.posts, token.get_secret_value() if token else "")
        self._wrong: BadSettings | None = None  # what ends the process, learnt after its start
        self._door = door.build(house, self._later, lambda: self._installation.team_id)
        self._own_duties = slack.duties(self._door.jobs, house.store, house.clock.real)
        self._studio = wiring.studio(house, "no runner")
        self._sweep_now: Callable[[], None] = lambda: None

    def live(self) -> int:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self._stopping.set())
        self._installation.learn()
        threading.Thread(target=self._keep_asking, name="installation", daemon=True).start()
        ends = [self._start(role) for role in self._roles]
        # What is loaded by now stays: the collector need not walk it again during somebody's ack.
        gc.collect()
        gc.freeze()
        log.info("started: %s", ", ".join(self._roles))
        self._follow_clock()
        # A signal that the system gave to another thread, or that came just before this waits, does not wake it.
        while not self._stopping.wait(HEED_SECONDS):
            pass
        for end in reversed(ends):
            end()
        if self._wrong is not None:
            raise self._wrong
        return 0

    def _keep_asking(self) -> None:
        """Slack out of reach is no reason not to start: whose the token is may be said later."""
        while not self._installation.sure and not self._stopping.wait(ASK_AGAIN_SECONDS):
            _logged(self._ask_again)

    def _ask_again(self) -> None:
        try:
            self._installation.learn()
        except BadSettings as wrong:
            self._wrong = wrong
            self._stopping.set()

    def _start(self, role: str) -> Callable[[], None]:
        """Start one role; what is returned ends it. They end in the order web, clock, worker: no new work first."""
        return {"worker": self._work, "clock": self._ring, "web": self._serve}[role]()

    def _work(self) -> Callable[[], None]:
        house, settings = self._house, self._house.settings
        pace = Pace(draws=settings.imagelane_workers, draws_of_a_model=settings.imagelane_per_model)
        runner = Runner(house.store.engine, house.enqueuer, (), pace, lambda: folder.can_write())
        folder = wiring.folder(house, runner.owner)
        self._studio = wiring.studio(house, runner.owner)
        for each in (*wiring.duties(house, self._studio), self._own_duties):
            runner.handle(each.handlers)
        folder.can_write()
        runner.start()
        threading.Thread(target=folder.keep, args=(self._stopping,), name="folder", daemon=True).start()
        return partial(self._drain, runner)

    def _drain(self, runner: Runner) -> None:
        """Calls that outlive the grace are perhaps billed: booked so now, since nobody will hear their answer."""
        drained = runner.drain(self._house.settings.imagelane_drain_seconds)
        if not drained:
            _logged(self._studio.abandon)
        log.info("stopped")
        if not drained:
            sys.stderr.flush()
            os._exit(0)  # threads that still wait for an answer would keep the process alive

    def _ring(self) -> Callable[[], None]:
        watch = StoreWatch(self._house)
        duties = (*wiring.duties(self._house, self._studio), self._own_duties)

        def sweep_and_look() -> None:
            _logged(watch.look)
            sweep(duties)

        rings = scheduler.build(sweep_and_look, lambda: tidy(duties))
        rings.start()
        self._sweep_now = partial(rings.add_job, sweep_and_look)  # at once, on a thread of the scheduler's
        return partial(rings.shutdown, wait=False)

    def _follow_clock(self) -> None:
        """Only beside a playground; when that ends, so does its bot."""
        if self._house.settings.imagelane_clock_url:
            follow = partial(self._house.clock.follow, self._sweep_now, self._stopping.set)
            threading.Thread(target=follow, name="clock", daemon=True).start()

    def _serve(self) -> Callable[[], None]:
        settings = self._house.settings
        server = Server(self._app(), settings.imagelane_host, settings.port, GRACE_SECONDS)
        thread = threading.Thread(target=self._until_stopped, args=(server,), name="web")
        thread.start()
        lines = self._connect()

        def end() -> None:
            server.should_exit = True
            thread.join()
            if lines is not None:
                lines.close()
            self._talk.shutdown(wait=True)

        return end

    def _app(self) -> FastAPI:
        settings = self._house.settings
        reached = wiring.fail_point(settings)
        guard = slack.Guard(settings.signing_secrets, self._real_seconds)
        answer = slack.receiver(self._door.app, guard)
        figures = metrics.Metrics(http_served.figures(self._house))
        for store in (self._house.store, self._house.quick):
            store.on_error(figures.store_failed)

        def receive(headers: slack.Headers, body: bytes) -> slack.HttpReply:
            reply = answer(headers, body)
            reached("unanswered")
            return reply

        return http.build(
            receive,
            self._problems,
            metrics=figures.text,
            rule=http_served.may_scrape(settings),
            acked=figures.acked,
            api=http_served.usage_api(self._house),
            degraded=partial(http_served.degraded, self._house),
            glance=slack.glance(guard),
        )

    def _until_stopped(self, server: Server) -> None:
        """A server that could not listen, or died, takes the process with it."""
        try:
            server.run()
        except SystemExit:
            log.error("port %d can't be used: set PORT to another one", self._house.settings.port)
        self._stopping.set()

    def _connect(self) -> slack.Lines | None:
        token = self._house.settings.slack_app_token
        if token is None:
            return None
        lines = slack.Lines(self._door.app, token.get_secret_value(), self._house.settings.slack_api_url)
        lines.connect()
        return lines

    def _problems(self) -> list[str]:
        if self._stopping.is_set() or not self._house.quick.reachable():
            return ["not ready"]
        return [NOT_KNOWN] if self._installation.team_id is None else []

    def _real_seconds(self) -> float:
        """Slack signs in real time, whatever a playground's people take for now."""
        return self._house.clock.real().timestamp()

    def _later(self, task: Callable[[], None]) -> None:
        self._talk.submit(_logged, task)


class StoreWatch:
    """Admins hear once that nothing can be stored, and once that it can again."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._trouble_then: str | None = None

    def look(self) -> None:
        trouble = self._trouble()
        if trouble != self._trouble_then:
            self._trouble_then = trouble
            self._house.tell_admins(alerts.STORED if trouble is None else alerts.NOT_STORED.format(why=trouble))

    def _trouble(self) -> str | None:
        """As the end of a sentence; a lock that is held for a while is none."""
        try:
            Workers(self._house.store.engine).prove()
        except StoreAway as away:
            return away.why
        except StoreTrouble:
            return self._house.store.trouble()
        return None


def sweep(duties: Iterable[Duties]) -> None:
    """Once a minute: what died or was lost goes on, what is due begins. A part that fails keeps none of the others."""
    for part in chain.from_iterable(each.sweep for each in duties):
        _logged(part)


def tidy(duties: Iterable[Duties]) -> None:
    """Once a day: what is past its days goes, and the books are added up."""
    for part in chain.from_iterable(each.tidy for each in duties):
        _logged(part)


def _logged(task: Callable[[], object]) -> None:
    """What a thread of ours raises has no caller to read it."""
    try:
        task()
    except Exception as error:  # noqa: BLE001 - one failed sweep must not end the clock
        log.error("failed: %s", slack.trace(error))


def make_store(settings: Settings) -> None:
    """Create or migrate the database and the jobs' tables in it. Safe to run twice at once."""
    release(settings.store_url)
    install_jobs(settings.store_url)
