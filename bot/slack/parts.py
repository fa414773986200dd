"""What this door is handed: facts, the store, Slack outwards, and the ways to start work. It fetches none of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.clock import Moment
from bot.grammar import Vocabulary
from bot.jobs import EnqueueJob, Start
from bot.ledger.ledger import Ledger
from bot.ledger.pictures import Limits
from bot.ledger.rows import Enqueue
from bot.pricing.facts import Catalog
from bot.slack.posts import Posts
from bot.slack.readers import Readers

Task = Callable[[], None]


@dataclass(frozen=True)
class Parts:
    """`now` and `real` are aware UTC: what people take for now, and this machine's time, by which pauses go.

    `served` is the one workspace that is answered; None: Slack has not said yet.
    `store` waits at most a second for a lock: an ack waits for it.

    place, show   enqueue the job that posts a drawing, or brings its message up to date, in the transaction they get
    enqueue       enqueues one job in the transaction it gets
    start         enqueues one job in a transaction of its own; the same one once only
    later         runs a task on a thread after the ack; lost when the process ends, so for words only
    admins        the people who may end a pause
    owners        the people who may change budgets; empty: the workspace's admins
    thresholds    at how many per cent of a budget people are told
    prompt_sets   prompts for a bench, by the name of their set
    demo          pictures are drawn without the image service, at no cost
    patience_seconds   how long an ack waits for an answer before it says that one follows
    """

    catalog: Catalog
    vocabulary: Vocabulary
    store: Ledger
    posts: Posts
    readers: Readers
    place: Enqueue
    show: Enqueue
    enqueue: EnqueueJob
    start: Start
    later: Callable[[Task], None]
    tell_admins: Callable[[str], None]
    admins: tuple[str, ...]
    now: Callable[[], datetime]
    real: Callable[[], datetime]
    served: Callable[[], str | None]
    limits: Callable[[datetime], Limits]
    zone: ZoneInfo
    horizon_days: int
    demo: bool
    owners: tuple[str, ...] = ()
    thresholds: tuple[int, ...] = ()
    prompt_sets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    patience_seconds: float = 1.5

    def moment(self) -> Moment:
        return Moment(self.now(), self.real())
