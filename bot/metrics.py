"""Figures for Prometheus, and the only user of its client: times and counts, no money, no names, no prompts."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from prometheus_client import CollectorRegistry, Histogram, PlatformCollector, ProcessCollector, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric

from bot.drawings import State

# Around what was promised: 0.5 s and 1 s for nearly all, never more than 3.
ACK_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0, 5.0)


@dataclass(frozen=True)
class Figures:
    """What the database holds at one moment, all teams together: `jobs` are those not yet finished, by queue."""

    images: Mapping[State, int]
    jobs: Mapping[str, int]
    pauses: int


class Metrics:
    """Of one process. `ask` reads the figures at each scrape; None when the database can't be asked."""

    def __init__(self, ask: Callable[[], Figures | None]) -> None:
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
        ProcessCollector(registry=self._registry)
        PlatformCollector(registry=self._registry)
        self._registry.register(self)

    def acked(self, status: int, seconds: float) -> None:
        self._acks.labels(str(status)).observe(seconds)

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


def _gauge(name: str, words: str, label: str, values: Mapping[State, int] | Mapping[str, int]) -> Metric:
    family = GaugeMetricFamily(name, words, labels=[label])
    for key, value in values.items():
        family.add_metric([str(key)], value)
    return family
