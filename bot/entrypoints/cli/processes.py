"""The processes of the Procfile: what each starts, how it stops."""

import gc
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

from fastapi import FastAPI

from bot import jobs, logs, wiring
from bot import settings as environment
from bot.bench.rows import BenchRows
from bot.entrypoints import http, scheduler, slack
from bot.entrypoints.http import metrics
from bot.entrypoints.http import served as http_served
from bot.entrypoints.http.server import Server
from bot.errors import BadSettings, StoreAway, StoreTrouble
from bot.ledger.answered import Answered
from bot.ledger.pictures import PictureState
from bot.ledger.workers import Workers
from bot.samples.studio import Studio
from bot.slack import alerts
from bot.usage.rows import Records
from bot.wiring import House

JOBS_KEPT = timedelta(days=7)
WORDS_KEPT = timedelta(days=90)  # of messages that were answered, as hashes
BENCH_KEPT = timedelta(days=90)  # its pictures, after its sealing
PLACE_AGAIN_SECONDS = 180  # each try may leave a spare message behind
ON_ITS_WAY = timedelta(hours=1)
WHOSE_BILL = (
    "The provider's bill is not read by itself while several workspaces are installed: the organization has one bill. "
    "Say whose it is: imagelane bills sync --workspace ID"
)
ROLES = {"serve": ("worker", "clock", "web"), "web": ("web",), "worker": ("worker",), "clock": ("clock",)}
GRACE_SECONDS = 5  # for HTTP answers under way
ASK_AGAIN_SECONDS = 10  # whose our token is, while Slack is away
NOT_KNOWN = "Slack has not said yet which workspace SLACK_BOT_TOKEN belongs to"

log = logging.getLogger(__name__)


def run(name: str) -> int:
    """One process, until SIGTERM; its exit status. Raises BadSettings or StoreUnusable, as a rule before anything is
    started: only whose token it is may turn out later."""
    settings = environment.read()
    logs.start(settings.imagelane_log, settings.secrets())
    if name == "release":
        wiring.make_store(settings)
        return 0
    house = wiring.ready(settings.for_slack())
    wiring.prove_store(house)
    if "worker" in ROLES[name]:
        wiring.prove_worker(house)
    return Process(house, ROLES[name]).live()


class Process:
    """Its roles in one house. `stopping` is set by SIGTERM and SIGINT."""

    def __init__(self, house: House, roles: Sequence[str]) -> None:
        self._house = house
        self._roles = roles
        self._stopping = threading.Event()
        self._talk = ThreadPoolExecutor(4, thread_name_prefix="later")
        self._installation = wiring.installation(house)
        self._wrong: BadSettings | None = None  # what ends the process, learnt after its start
        parts = wiring.door(house, self._later, lambda: self._installation.team_id)
        self._door = slack.build(parts, house.settings.slack_api_url)
        self._studio = wiring.studio(house, "no runner")
        self._moved: Callable[[], None] = lambda: None

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
        self._stopping.wait()
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
        pace = jobs.Pace(draws=settings.imagelane_workers, draws_of_a_model=settings.imagelane_per_model)
        work: dict[str, Callable[..., None]] = {}
        runner = jobs.Runner(house.store.engine, house.enqueuer, work, pace, lambda: folder.can_write())
        folder = wiring.folder(house, runner.owner)
        self._studio = drawn = wiring.studio(house, runner.owner)
        work.update(place=drawn.place, draw=drawn.draw, show=drawn.show, hand=drawn.hand, **self._door.jobs)
        compared = wiring.comparisons(house, drawn)
        told = wiring.bench_telling(house)
        work.update(bench=compared.begin, cell=compared.draw)
        work.update(told=told.show, bring=told.bring_all, verdict=told.announce, sheet=told.show_own)
        work.update(budgets=wiring.thresholds(house).look)
        if reader := wiring.bill_reader(house):
            work.update(bill=reader.read)
        press = wiring.press(house, runner.owner)
        work.update(digest=press.post, chart=press.show_chart, series=wiring.charts_of_days(house).show)
        work.update(recover=drawn.take_up, prune=partial(prune, house))
        folder.can_write()
        runner.start()
        threading.Thread(target=folder.keep, args=(self._stopping,), name="folder", daemon=True).start()
        return partial(self._drain, runner, drawn)

    def _drain(self, runner: jobs.Runner, drawn: Studio) -> None:
        """Calls that outlive the grace are perhaps billed: booked so now, since nobody will hear their answer."""
        drained = runner.drain(self._house.settings.imagelane_drain_seconds)
        if not drained:
            _logged(drawn.abandon)
        log.info("stopped")
        if not drained:
            sys.stderr.flush()
            os._exit(0)  # threads that still wait for an answer would keep the process alive

    def _ring(self) -> Callable[[], None]:
        press = wiring.press(self._house, "no runner")

        watch = StoreWatch(self._house)

        def swept() -> None:
            _logged(watch.look)
            _logged(lambda: sweep(self._house, self._studio))
            _logged(lambda: press.sweep(lambda *job: self._house.enqueuer.enqueue_now(wiring.digest_job(*job))))

        rings = scheduler.build(swept, partial(_logged, lambda: tidy(self._house)))
        rings.start()
        self._moved = partial(rings.add_job, swept)  # at once, on a thread of the scheduler's
        return partial(rings.shutdown, wait=False)

    def _follow_clock(self) -> None:
        """Only beside a playground; when that ends, so does its bot."""
        if self._house.settings.imagelane_clock_url:
            follow = partial(self._house.timepiece.follow, self._moved, self._stopping.set)
            threading.Thread(target=follow, name="timepiece", daemon=True).start()

    def _serve(self) -> Callable[[], None]:
        settings = self._house.settings
        server = Server(self._app(), settings.imagelane_host, settings.port, GRACE_SECONDS)
        served = threading.Thread(target=self._until_stopped, args=(server,), name="web")
        served.start()
        lines = self._connect()

        def end() -> None:
            server.should_exit = True
            served.join()
            if lines is not None:
                lines.close()
            self._talk.shutdown(wait=True)

        return end

    def _app(self) -> FastAPI:
        settings = self._house.settings
        reached = wiring.fail_point(settings)
        guard = slack.Guard(settings.signing_secrets, self._real_seconds)
        answer = slack.receiver(self._door.app, guard)
        counted = metrics.Metrics(http_served.figures(self._house))
        for store in (self._house.store, self._house.quick):
            store.on_error(counted.store_failed)

        def receive(headers: slack.Headers, body: bytes) -> slack.HttpReply:
            reply = answer(headers, body)
            reached("unanswered")
            return reply

        return http.build(
            receive,
            self._problems,
            metrics=counted.text,
            rule=http_served.may_scrape(settings),
            acked=counted.acked,
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
        return self._house.real().timestamp()

    def _later(self, task: Callable[[], None]) -> None:
        self._talk.submit(_logged, task)


class StoreWatch:
    """Admins hear once that nothing can be stored, and once that it can again."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._told: str | None = None

    def look(self) -> None:
        trouble = self._trouble()
        if trouble != self._told:
            self._told = trouble
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


def sweep(house: House, drawn: Studio) -> None:
    """Once a minute: dead calls, jobs of dead processes, budgets near their end, rows whose job was lost, ends
    that a message may not tell, messages of benches and verdicts that never came, the bill of a new day, what killed
    imports left.

    A job's id holds the ten minutes.
    """
    _take_up_lapsed(house, drawn)
    wiring.comparisons(house, drawn).sweep()
    house.enqueuer.take_over()
    nears = wiring.thresholds(house)
    for team_id in house.store.workspaces():
        nears.look(team_id)
    real, slot = house.real(), _slot(house)
    unplaced = BenchRows(house.store.engine).unplaced(real)
    for bench in unplaced:
        house.enqueuer.enqueue_now(wiring.bench_job(*bench, f":{int(real.timestamp()) // PLACE_AGAIN_SECONDS}"))
    for generation in house.store.stuck(real):
        team_id, drawing_id = generation.team_id, generation.drawing_id
        drawing = house.store.drawing(team_id, drawing_id)
        if (team_id, drawing.bench_id) in unplaced:
            continue  # nothing is spent before its message stands
        if drawing.bench_id is not None:
            house.enqueuer.enqueue_now(wiring.cell_job(drawing, generation, slot))
        elif drawing.source == "terminal":
            house.store.release(team_id, drawing_id, "interrupted", house.real())
        elif generation.state is PictureState.RESERVED:
            house.enqueuer.enqueue_now(wiring.place_job(team_id, drawing_id, slot))
        else:
            house.enqueuer.enqueue_now(wiring.draw_job(team_id, generation.id, generation.spec.model, slot))
    for team_id, drawing_id in house.store.unseen(real):
        house.enqueuer.enqueue_now(jobs.Job("show", f"{team_id}:{drawing_id}:ended{slot}", (team_id, drawing_id)))
    for team_id, bench_id in BenchRows(house.store.engine).untold(house.now()):
        house.enqueuer.enqueue_now(jobs.Job("verdict", f"{team_id}:{bench_id}{slot}", (team_id, bench_id)))
    if reader := wiring.bill_reader(house):
        wiring.begin_bill(house, reader)
    Records(house.store.engine).undo_left_behind(real)


def _take_up_lapsed(house: House, drawn: Studio) -> None:
    """Where there is no folder to look into, by a process that has one: a picture may be there."""
    if house.pictures.there():
        drawn.sweep()
        return
    for one in house.store.lapsed(house.real()):
        house.enqueuer.enqueue_now(jobs.Job("recover", f"{one.team_id}:{one.id}{_slot(house)}", (one.team_id, one.id)))


def _slot(house: House) -> str:
    return f":{int(house.real().timestamp()) // 600}"


def tidy(house: House) -> None:
    """Once a day: pictures past their days, jobs long finished and words long answered go; the books are added up."""
    for difference in house.store.audit_sums():
        house.tell_admins(f"The books do not add up. {difference}.")
    if house.settings.openai_admin_key and len(house.store.workspaces()) > 1:
        house.tell_admins(WHOSE_BILL)
    if house.pictures.there():
        prune(house)
    else:
        house.enqueuer.enqueue_now(jobs.Job("prune", f"{house.real():%Y-%m-%d}", ()))
    house.enqueuer.prune(house.real() - JOBS_KEPT)
    Answered(house.store.engine).forget_words(house.real() - WORDS_KEPT)


def prune(house: House) -> None:
    """By people's clock, but never a picture that is perhaps still on its way to its message."""
    past = house.now() - timedelta(days=house.settings.imagelane_pictures_days)
    needed = BenchRows(house.store.engine).needed_pictures(house.now() - BENCH_KEPT)
    house.pictures.prune(min(past, house.real() - ON_ITS_WAY), needed)


def _logged(task: Callable[[], None]) -> None:
    """What a thread of ours raises has no caller to read it."""
    try:
        task()
    except Exception as error:  # noqa: BLE001 - one failed sweep must not end the clock
        log.error("failed: %s", slack.trace(error))
