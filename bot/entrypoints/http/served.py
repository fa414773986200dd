"""What the web process serves beside Slack: who may scrape it, its figures, and what /v1/ stands on."""

from collections.abc import Callable
from dataclasses import replace

from bot.bench import verdicts
from bot.digest.rows import DigestRows
from bot.entrypoints import http
from bot.entrypoints.http import metrics
from bot.entrypoints.http.metrics import MetricFigures, Overdue
from bot.jobs.enqueuer import QUEUES, Enqueuer
from bot.ledger import admission, questions
from bot.ledger import pauses as ledger_pauses
from bot.ledger.workers import Workers
from bot.money import usd
from bot.settings import Settings
from bot.spend.answer import Books
from bot.store.troubles import NO_ANSWER
from bot.usage.pipelines import Pipelines
from bot.usage.reading import Desk
from bot.usage.rows_tokens import TokenRows
from bot.wiring import House, digest_poster, lane_desk


def may_scrape(settings: Settings) -> http.Rule:
    return http.Rule(everybody=settings.on_loopback, token=settings.metrics_token)


def usage_api(house: House) -> http.Api:
    """For pipelines. They wait for the database no longer than an ack may: they can come again."""
    return http.Api(
        pipelines=Pipelines(house.quick, Desk(house.catalog)),
        books=lambda team_id: Books.of(house.quick, team_id, house.settings.imagelane_zone, house.catalog),
        lanes=lane_desk(house, house.quick),
        own=lambda team_id: verdicts.all_own(house.quick, house.catalog, team_id, house.clock.now()),
        holder=TokenRows(house.quick.engine).holder,
        per_minute=house.settings.imagelane_usage_per_minute,
        now=house.clock.now,
    )


def figures(house: House) -> Callable[[], MetricFigures | None]:
    """What each scrape asks the database, waiting for it no longer than an ack may; None when it can't be asked."""
    enqueuer = Enqueuer(house.quick.looking, house.quick.transaction)
    looked_at = replace(digest_poster(house, "no runner"), digests=DigestRows(house.quick.engine), alive=enqueuer.alive)

    def ask() -> MetricFigures | None:
        real = house.clock.real()
        try:
            images, pauses = house.quick.read(questions.states), len(house.quick.read(ledger_pauses.in_force, real))
            late = Overdue(
                job_seconds=enqueuer.oldest(real),
                holds=len(house.quick.read(questions.lapsed, real)),
                uncertain_usd=usd(house.quick.read(questions.uncertain)),
                digest_seconds=looked_at.lag().total_seconds(),
            )
            waiting = dict.fromkeys(QUEUES, 0) | enqueuer.backlog()
            return MetricFigures(images, waiting, pauses, late, _writable(house), degraded(house))
        except NO_ANSWER:
            return None

    return ask


def degraded(house: House) -> tuple[str, ...]:
    """What /readyz tells besides: nothing where the database can't be asked."""
    try:
        return metrics.degraded(_writable(house), house.quick.read(admission.waiting), house.settings.imagelane_queue)
    except NO_ANSWER:
        return ()


def _writable(house: House) -> dict[str, bool]:
    return {worker.name: worker.unable is None for worker in Workers(house.quick.engine).seen(house.clock.real())}
