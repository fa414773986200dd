"""A bench that somebody names by its id, and what may be done with it by whom."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.bench import jobs, rows_read
from bot.bench.plan import NOT_NAMED, Bench
from bot.clock import Clock
from bot.errors import NotAllowed, NotOpen, Unknown
from bot.jobs import EnqueueJob
from bot.ledger import workspaces
from bot.ledger.ledger import Ledger
from bot.slack.asker import Asker

ID = re.compile(r"[0-9a-z]{4,32}")
MOST_DETAIL = 5000
ONLY_STARTER = "Only who started a blind test, or an admin of imagelane, can do that; nothing was changed."


@dataclass(frozen=True)
class KnownBenches:
    """`admins` are those who run imagelane here."""

    store: Ledger
    clock: Clock
    admins: tuple[str, ...]

    def known(self, who: Asker, value: object) -> Bench:
        """Raises NotOpen for what is no bench of this workspace, and leaves a row in the audit."""
        if not isinstance(value, str) or not ID.fullmatch(value):
            raise self.forged(who, value)
        try:
            return self.store.read(rows_read.bench, who.team_id, value)
        except NotOpen:
            raise self.forged(who, value) from None

    def named(self, who: Asker, bench_id: str) -> Bench:
        """One whose id somebody typed. Raises Unknown."""
        try:
            return self.known(who, bench_id)
        except NotOpen:
            raise Unknown("blind test", bench_id) from None

    def forged(self, who: Asker, value: object) -> NotOpen:
        """In ASCII and short: whatever it is, a database can hold it."""
        detail = json.dumps(value)[:MOST_DETAIL]
        self.store.write(workspaces.audit, who.team_id, who.person_id, "unknown bench", detail, self.clock.now())
        return NotOpen()

    def only_starter(self, who: Asker, bench: Bench) -> None:
        """Of one that a terminal started, those who run imagelane here. Raises NotAllowed."""
        if not self.may_end(who, bench):
            raise NotAllowed(ONLY_STARTER)

    def only_judges(self, bench: Bench, person_id: str) -> None:
        """Raises NotAllowed."""
        if not bench.may_judge(person_id):
            raise NotAllowed(NOT_NAMED)

    def may_end(self, who: Asker, bench: Bench) -> bool:
        return who.person_id == bench.by or who.person_id in self.admins


def is_elsewhere(who: Asker, bench: Bench) -> bool:
    """A bench is judged by those who are in its channel; who started it or is named may from anywhere."""
    return bench.channel_id not in (None, who.channel_id) and who.person_id not in (bench.by, *bench.plan.judges)


def after_vote(enqueue: EnqueueJob) -> Callable[[Any, Bench], None]:
    """The jobs that show a vote, in its own transaction; the last one brings the verdict."""
    return lambda connection, bench: enqueue(connection, jobs.vote_job(bench))
