"""Figures for Prometheus, and the only user of its client: times and counts, no names, no prompts, and of money only
what is perhaps billed. deploy/alerts.yaml says which of them should wake somebody."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily, Metric

from bot.ledger.pictures import PictureState

# Around what was promised: 0.5 s and 1 s for nearly all, never more than 3.
ACK_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0, 5.0)


@dataclass(frozen=True)
class Overdue:
    """What should be done by now: the age of the oldest job that no worker has taken, by queue; calls whose lease ended
    and whose hold stands; what is perhaps billed, ever; by how much the latest digest is late."""

    job_seconds: Mapping[str, float] = field(default_factory=dict)
    holds: int = 0
    uncertain_usd: Decimal = Decimal(0)
    digest_seconds: float = 0.0


@dataclass(frozen=True)
class MetricFigures:
    """What the database holds at one moment, all teams together: `jobs` are those not yet finished, by queue.

    `writable` tells of each process that draws whether it can store pictures; `degraded` is what /readyz says besides.
    """

    images: Mapping[PictureState, int]
    jobs: Mapping[str, int]
    pauses: int
    late: Overdue = field(default_factory=Overdue)
    writable: Mapping[str, bool] = field(default_factory=dict)
    degraded: tuple[str, ...] = ()


def degraded(writable: Mapping[str, bool], waiting: int, queue: int) -> tuple[str, ...]:
    """What does not work as it should though everybody is answered; `queue` is how many images may wait at most."""
    unwritable = ("a process can't store pictures",) if not all(writable.values()) else ()
    full = ("the queue is full",) if waiting >= queue else ()
    return (*unwritable, *full)


class Metrics:
    """Of one process. `ask` reads the figures at each scrape; None when the database can't be asked."""

    def __init__(self, ask: Callable[[], MetricFigures | None]) -> None:
        self._ask = ask
        self._registry = CollectorRegistry()
        self._acks = Histogram(
            "imagelane_acks_seconds",
            "How long /slack/events took to answer, by HTTP status",
            ["status"],
            buckets=ACK_BUCKETS,
            registry=self._registry,
        )
        self._acks.labels("200")  # a series that is there from the start can be compared with later
        self._store_errors = Counter(
            "imagelane_store_errors",
            "Errors the database gave this process; who waits for somebody else's lock is none",
            registry=self._registry,
        )
        ProcessCollector(registry=self._registry)
        PlatformCollector(registry=self._registry)
        self._registry.register(self)

    def acked(self, status: int, seconds: float) -> None:
        self._acks.labels(str(status)).observe(seconds)

    def store_failed(self) -> None:
        self._store_errors.inc()

    def text(self) -> bytes:
        """In the Prometheus text format, version 0.0.4."""
        return generate_latest(self._registry)

    def collect(self) -> Iterator[Metric]:
        """What the registry calls at each scrape."""
        figures = self._ask()
        yield GaugeMetricFamily("imagelane_store_up", "1 when the database answered this scrape", figures is not None)
        if figures is None:
            return
        yield _gauge("imagelane_images", "Images ever asked for, by the state they are in", "state", figures.images)
        yield _gauge("imagelane_jobs_waiting", "Jobs not yet finished, by queue", "queue", figures.jobs)
        yield GaugeMetricFamily("imagelane_pauses", "Models or services not called for the moment", figures.pauses)
        yield from _late(figures.late)
        can = "1 when the process can store pictures; it draws none while it can't"
        yield _gauge("imagelane_pictures_writable", can, "process", figures.writable)
        yield GaugeMetricFamily("imagelane_degraded", "1 when /readyz answers degraded", bool(figures.degraded))


def _late(late: Overdue) -> Iterator[Metric]:
    yield _gauge("imagelane_oldest_job_seconds", "Age of the oldest job not taken yet", "queue", late.job_seconds)
    yield GaugeMetricFamily("imagelane_holds_past_lease", "Calls nobody waits for whose money is held", late.holds)
    uncertain = float(late.uncertain_usd)
    yield GaugeMetricFamily("imagelane_uncertain_dollars", "Booked for calls that are perhaps billed, ever", uncertain)
    yield GaugeMetricFamily("imagelane_digest_lag_seconds", "How late the latest digest is", late.digest_seconds)


def _gauge(name: str, words: str, label: str, values: Mapping[PictureState, int] | Mapping[str, float]) -> Metric:
    family = GaugeMetricFamily(name, words, labels=[label])
    for key, value in values.items():
        family.add_metric([str(key)], value)
    return family
