"""START HERE: builds every part from settings and joins them. The only place that knows all of them."""

import os
import signal
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial

from bot import catalog, periods, providers
from bot.bench import jobs as bench_jobs
from bot.bench import prompt_sets, verdicts
from bot.bench.drawing import Comparisons
from bot.bench.posts import SlackTelling
from bot.bench.proof import Proof
from bot.billing import jobs as billing_jobs
from bot.billing import reader as billing_reader
from bot.billing.reader import BillReader
from bot.budgets import jobs as budgets_jobs
from bot.budgets import jobs_requests, posts_requests
from bot.budgets.alerts import BudgetAlerts
from bot.budgets.rows import BudgetRows
from bot.clock import Clock
from bot.digest import answer, posting
from bot.digest import jobs as digest_jobs
from bot.digest.rows import DigestRows
from bot.errors import StoreTrouble
from bot.image_files import ImageFiles
from bot.jobs import Duties
from bot.jobs.enqueuer import Enqueuer
from bot.jobs.enqueuer import install as install_jobs
from bot.ledger import holds
from bot.ledger.ledger import Ledger, open_ledger
from bot.ledger.pictures import Drawing, Generation, Left, Limits
from bot.ledger.slack_answers import SlackAnswers
from bot.ledger.workers import Workers
from bot.money import nanousd
from bot.pricing.facts import Catalog
from bot.recommend import jobs as recommend_jobs
from bot.recommend.programs import LaneDesk
from bot.recommend.reader import model_list_reader
from bot.samples import jobs as samples_jobs
from bot.samples.beside import gather
from bot.samples.delivery import SlackDelivery
from bot.samples.folder import Folder
from bot.samples.publisher import Publisher
from bot.samples.studio import Studio
from bot.settings import Settings
from bot.slack import alerts
from bot.slack.guests import Guests
from bot.slack.names import SlackNames
from bot.slack.posts import Posts
from bot.slack.readers import Readers
from bot.spend import jobs as spend_jobs
from bot.store import Connection, prepare
from bot.usage import jobs as usage_jobs
from bot.usage.rows import Records

ACK_WAITS_SECONDS, JOBS_WAIT_SECONDS = 1.0, 30.0


def ready_store(settings: Settings) -> str:
    """The database's address, once it may be used; only the default file is made on the way. Raises StoreUnusable."""
    url, default = settings.store_url, settings.database_url is None
    prepare(url, default)
    if default:
        install_jobs(url)
    return url


@dataclass(frozen=True)
class House:
    """The parts of one process. `store` waits for its turn as jobs may, `quick` as an ack may."""

    settings: Settings
    catalog: Catalog
    store: Ledger
    quick: Ledger
    enqueuer: Enqueuer
    posts: Posts
    pictures: ImageFiles
    provider: providers.Provider
    clock: Clock

    @cached_property
    def publisher(self) -> Publisher:
        """Shows in Slack, and lets jobs draw. One a process: it remembers what Slack has and the store does not."""

        def begin(connection: Connection, drawing: Drawing) -> None:
            for generation in drawing.generations:
                self.enqueuer.enqueue(connection, samples_jobs.drawn(generation))

        beside = partial(gather, self.store, SlackNames(self.posts), lambda: self.limits(self.clock.now()))
        return Publisher(
            store=self.store,
            pictures=self.pictures,
            delivery=SlackDelivery(self.posts, beside, self.pictures.read, self.readers, self.guests),
            begin=begin,
            clock=self.clock,
            reached=fail_point(self.settings),
        )

    @cached_property
    def names(self) -> SlackNames:
        """One a process: it remembers them for an hour."""
        return SlackNames(self.posts)

    @property
    def readers(self) -> Readers:
        return Readers(SlackAnswers(self.store.engine), self.posts, self.clock.real)

    @property
    def guests(self) -> Guests:
        return Guests(SlackAnswers(self.store.engine), self.posts, self.clock.real, self.settings.imagelane_guests)

    def limits(self, at: datetime) -> Limits:
        return limits(self.settings, at)

    def tell_admins(self, sentence: str, paused: str | None = None) -> None:
        """By direct message to those the settings name, and to the log. `paused`: the pause they may lift."""
        alerts.tell(self.posts, self.settings.imagelane_admins, sentence, paused)


def ready(settings: Settings) -> House:
    """A house that may be used. Raises BadSettings when its clock tells no time, StoreUnusable."""
    clock = Clock(settings.imagelane_clock_url)
    clock.set()  # first of all: what is stamped with another time can't be stamped again
    return build(settings, ready_store(settings), clock)


def build(settings: Settings, url: str, clock: Clock | None = None) -> House:
    """Opens no connection and makes no call. Without a clock that was set it is real time."""
    store, token = open_ledger(url, JOBS_WAIT_SECONDS), settings.slack_bot_token
    return House(
        settings=settings,
        catalog=catalog.load(),
        store=store,
        quick=open_ledger(url, ACK_WAITS_SECONDS),
        enqueuer=Enqueuer(store.engine, store.transaction),
        posts=Posts(token.get_secret_value() if token else "", settings.slack_api_url),
        pictures=ImageFiles(settings.imagelane_pictures),
        provider=provider(settings),
        clock=clock or Clock(),
    )


def provider(settings: Settings) -> providers.Provider:
    """The image service when there is a key for it, else the free stand-in."""
    from bot.providers import demo, openai, patience

    if settings.openai_api_key is None:
        return demo.DemoProvider()
    key = settings.openai_api_key.get_secret_value()
    return patience.patient(
        openai.OpenAIProvider(key, settings.openai_base_url, timeout=float(settings.imagelane_image_timeout))
    )


def limits(settings: Settings, at: datetime) -> Limits:
    return Limits(
        period=periods.month(at, settings.imagelane_zone).key,
        week=periods.week(at, settings.imagelane_zone).key,
        limit_nanousd=nanousd(settings.imagelane_month_limit_usd),
        per_minute=settings.imagelane_per_minute,
        per_hour=settings.imagelane_per_hour,
        queue=settings.imagelane_queue,
        raised_by="The budget owners" if settings.imagelane_budget_owners else "Workspace admins",
        guests=settings.imagelane_guests,
    )


def fail_point(settings: Settings) -> Callable[[str], None]:
    """Dies the hardest way at the point the tests named."""

    def reached(name: str) -> None:
        if name == settings.imagelane_failpoint:
            os.kill(os.getpid(), signal.SIGKILL)

    return reached


def studio(house: House, owner: str) -> Studio:
    def booked(generation: Generation) -> None:
        """What the booking of a call crosses is told by a job; where that can't be stored, by the next sweep."""
        with suppress(StoreTrouble):
            house.enqueuer.enqueue_now(budgets_jobs.booked(generation))

    return Studio(
        store=house.store,
        catalog=house.catalog,
        provider=house.provider,
        pictures=house.pictures,
        tell_admins=house.tell_admins,
        hash_person=providers.person_hasher(house.settings.openai_api_key),
        owner=owner,
        alive=house.enqueuer.alive,
        clock=house.clock,
        reached=fail_point(house.settings),
        booked=booked,
    )


def folder(house: House, owner: str) -> Folder:
    return Folder(
        house.pictures, Workers(house.store.engine), owner, process_name(), house.tell_admins, house.clock.real
    )


def process_name() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"


def comparisons(house: House, drawn: Studio) -> Comparisons:
    """Told in Slack, and drawn by jobs."""

    def enqueue(connection: Connection, drawing: Drawing) -> None:
        for one in drawing.generations:
            house.enqueuer.enqueue(connection, bench_jobs.draw_job(drawing, one))

    def bring(team_id: str, bench_id: str, place: int) -> None:
        house.enqueuer.enqueue_now(bench_jobs.bring_prompt_job(team_id, bench_id, place))

    return Comparisons(house.store, drawn, bench_telling(house), enqueue, bring)


def prove(house: House, store: Ledger) -> Callable[[str, str], Proof]:
    """The verdict of a bench as of now, by its team and id."""

    sets, days = prompt_sets.prompt_sets(), house.settings.imagelane_horizon_days
    context = verdicts.VerdictContext(store, house.catalog, sets, days)
    return lambda team_id, bench_id: context.of(team_id, bench_id, house.clock.now())


def bench_telling(house: House) -> SlackTelling:
    proof = prove(house, house.store)
    slack = house.posts, house.pictures.read, proof, house.readers, house.guests, house.names
    return SlackTelling(house.store, *slack)


def budget_alerts(house: House) -> BudgetAlerts:
    return BudgetAlerts(
        budgets=BudgetRows(house.store.engine),
        posts=house.posts,
        readers=house.readers,
        names=SlackNames(house.posts),
        percents=house.settings.imagelane_budget_alerts,
        limits=house.limits,
        tell_admins=house.tell_admins,
        now=house.clock.now,
    )


def digest_weeks(house: House, store: Ledger) -> answer.DigestWeeks:
    zone, days = house.settings.imagelane_zone, house.settings.imagelane_horizon_days

    def left(team_id: str) -> Left:
        return store.read(holds.left, team_id, house.limits(house.clock.now()))

    return answer.DigestWeeks(store, house.catalog, left, zone, days)


def digest_poster(house: House, owner: str) -> posting.DigestPoster:
    weeks, digests, alive = digest_weeks(house, house.store), DigestRows(house.store.engine), house.enqueuer.alive
    slack, reached = (house.posts, house.readers), fail_point(house.settings)
    return posting.DigestPoster(weeks, digests, *slack, owner, alive, house.clock, house.names, reached)


def bill_reader(house: House) -> BillReader | None:
    """None without an admin key: then nobody ever asks for a bill."""
    return billing_reader.of(house.settings, house.store, house.tell_admins, house.clock.real)


def lane_desk(house: House, store: Ledger) -> LaneDesk:
    return LaneDesk(store, house.catalog, house.settings.imagelane_horizon_days)


def duties(house: House, drawn: Studio) -> tuple[Duties, ...]:
    """What each feature does unasked, in the order of a sweep."""
    start = house.enqueuer.enqueue_now
    days, zone = house.settings.imagelane_pictures_days, house.settings.imagelane_zone
    others = house.settings.imagelane_budget_owners or house.settings.imagelane_admins
    slack, now = (house.posts, house.names), house.clock.now
    reader = model_list_reader(house.settings, house.store, house.catalog, house.tell_admins, house.clock.real)
    asking = posts_requests.RequestPosts(house.store, *slack, house.limits, now, zone, others)
    return (
        samples_jobs.duties(
            drawn, house.publisher, start, lambda: bench_jobs.needed_pictures(house.store, house.clock.now()), days
        ),
        bench_jobs.duties(comparisons(house, drawn), bench_telling(house), start),
        house.enqueuer.duties(house.clock.real),
        budgets_jobs.duties(budget_alerts(house), house.store),
        jobs_requests.duties(asking, house.enqueuer.enqueue, start, house.clock),
        billing_jobs.duties(bill_reader(house), house.enqueuer.enqueue),
        recommend_jobs.duties(lane_desk(house, house.store), reader, house.enqueuer.enqueue, now),
        usage_jobs.duties(Records(house.store.engine), house.clock.real),
        digest_jobs.duties(digest_poster(house, drawn.owner), start),
        spend_jobs.duties(spend_jobs.SpendCharts(house.catalog, house.store, house.posts, zone, now)),
    )
