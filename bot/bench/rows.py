"""Blind comparisons as the store offers them: every method is one transaction, and raises StoreBusy as others do."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Engine, func, or_, select

from bot.bench import rows_calls, rows_ends, rows_pages, rows_read, rows_votes
from bot.bench.outcome import Ballot, Judged
from bot.bench.pages import Page, Pending
from bot.bench.plan import Bench, Grid, WantedBench
from bot.bench.rows_calls import Begin
from bot.bench.steps import Cell, unbrought
from bot.ledger import sealed
from bot.ledger.bench_states import BLIND, BenchState
from bot.ledger.bench_tables import benches
from bot.ledger.pictures import Drawing, Limits, Vote
from bot.ledger.rows import Enqueue
from bot.ledger.tables import drawings, generations
from bot.store.again import looked_up, repeated
from bot.store.engine import reading, writing

TELL_WITHIN, TOLD_BY = timedelta(days=1), timedelta(minutes=10)
PLACED_BY = timedelta(minutes=1)


class BenchRows:
    """What belongs to another team is NotOpen, in the same words as what never was."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    # From the plan to the review

    @looked_up
    def plan(self, wanted: WantedBench, images: Grid, now: datetime) -> Bench:
        """Freeze its prompts; nothing is reserved. Raises BadPlan, or OverBudget when its cap is under its quote."""
        with writing(self._engine) as connection:
            return rows_calls.plan(connection, wanted, images, now)

    @looked_up
    def start(
        self,
        team_id: str,
        bench_id: str,
        images: Grid,
        limits: Limits,
        now: datetime,
        begin: Begin | None = None,
        *,
        real: datetime | None = None,
        reply_url: str | None = None,
    ) -> tuple[Bench, bool]:
        """Reserve the whole of it against every budget that applies, or refuse. False: it was started before.

        `images` are its calls at the prices of now, a row a prompt; `reply_url` answers who started it, until its
        message stands. Raises OverBudget, Paused, Busy, SlowDown, NotOpen.
        """
        with writing(self._engine) as connection:
            return rows_calls.start(connection, team_id, bench_id, images, limits, now, real or now, begin, reply_url)

    @looked_up
    def advance(
        self, team_id: str, bench_id: str, now: datetime, real: datetime, enqueue: Enqueue | None = None
    ) -> Bench:
        """What its calls ask for by now: one made again, a prompt dropped, the review begun."""
        with writing(self._engine) as connection:
            return rows_calls.step(connection, team_id, bench_id, now, real, enqueue)[0]

    @looked_up
    def ended(
        self,
        team_id: str,
        bench_id: str,
        generation_id: str,
        now: datetime,
        real: datetime,
        enqueue: Enqueue | None = None,
    ) -> tuple[Bench, tuple[Cell, ...]]:
        """The same after that call, whose picture is with its reviewers from then on; and all calls as they stand."""
        with writing(self._engine) as connection:
            return rows_calls.step(connection, team_id, bench_id, now, real, enqueue, generation_id)

    @repeated
    def stop(self, team_id: str, bench_id: str, person_id: str, now: datetime, real: datetime) -> Bench:
        """Draw no more; what all entrants drew is reviewed. Raises NotOpen unless it is being drawn."""
        with writing(self._engine) as connection:
            return rows_ends.stop(connection, team_id, bench_id, person_id, now, real)

    @repeated
    def cancel(self, team_id: str, bench_id: str, person_id: str, now: datetime, real: datetime) -> Bench:
        """No call more, and no verdict ever. Raises NotOpen once it has ended."""
        with writing(self._engine) as connection:
            return rows_ends.cancel(connection, team_id, bench_id, person_id, now, real)

    @looked_up
    def posted(self, team_id: str, bench_id: str, message_ts: str) -> Bench:
        """Its progress message stands; only the first counts: compare `message_ts` with yours."""
        with writing(self._engine) as connection:
            return rows_calls.posted(connection, team_id, bench_id, message_ts)

    @looked_up
    def cannot_post(self, team_id: str, bench_id: str, now: datetime, real: datetime) -> Bench:
        """Its message can't stand: nothing is drawn and all of it is given back. Nothing changes once it stands."""
        with writing(self._engine) as connection:
            return rows_ends.cannot_post(connection, team_id, bench_id, now, real)

    # Reviewing

    @repeated
    def vote(
        self,
        team_id: str,
        bench_id: str,
        person_id: str,
        ballots: Sequence[Ballot],
        now: datetime,
        after: Begin | None = None,
    ) -> Bench:
        """All of these or none; the last vote that was missing seals it. Raises NotOpen, or NotAllowed.

        `after` runs inside the transaction with the bench as the votes leave it.
        """
        with writing(self._engine) as connection:
            bench = rows_votes.vote(connection, team_id, bench_id, person_id, ballots, now)
            if after is not None:
                after(connection, bench)
            return bench

    @repeated
    def close(self, team_id: str, bench_id: str, person_id: str, now: datetime, after: Begin | None = None) -> Bench:
        """Seal it with the prompts that have all their votes. Raises NotOpen, or BadPlan when none has."""
        with writing(self._engine) as connection:
            bench = rows_votes.close(connection, team_id, bench_id, person_id, now)
            if after is not None:
                after(connection, bench)
            return bench

    def page(
        self, team_id: str, bench_id: str, person_id: str, after: int | None = None, *, mine: bool = False
    ) -> Page | None:
        """The next prompt this person may judge, after that place or else from the first; None when there is none.

        `mine`: of those the person has judged, to change a vote, once through. Raises NotOpen unless it is reviewed.
        """
        with reading(self._engine) as connection:
            return rows_pages.page(connection, team_id, bench_id, person_id, after, mine)

    def pending(self, team_id: str, person_id: str) -> tuple[Pending, ...]:
        """Benches that this person began to review, or started, and has prompts left in."""
        with reading(self._engine) as connection:
            return rows_pages.pending(connection, team_id, person_id)

    def own(self, team_id: str, bench_id: str, person_id: str) -> tuple[Page, ...]:
        """All this person judged, as they saw it. Raises NotOpen unless it is reviewed or sealed."""
        with reading(self._engine) as connection:
            return rows_pages.own(connection, team_id, bench_id, person_id)

    def unbrought(self, team_id: str, bench_id: str, place: int | None = None) -> tuple[str, ...]:
        """As `steps.unbrought`."""
        with reading(self._engine) as connection:
            return unbrought(*rows_read.whole(connection, team_id, bench_id), place)

    @looked_up
    def brought(self, team_id: str, generation_id: str, file_id: str) -> None:
        """Only the first file counts."""
        with writing(self._engine) as connection:
            rows_pages.brought(connection, team_id, generation_id, file_id)

    @looked_up
    def claim_verdict(self, team_id: str, bench_id: str) -> bool | None:
        """Whether to post it: True the first time, False when that was begun and perhaps done, None when it stands."""
        with writing(self._engine) as connection:
            return rows_pages.claim_verdict(connection, team_id, bench_id)

    @looked_up
    def verdict_posted(self, team_id: str, bench_id: str, ts: str | None) -> None:
        """None: surely not posted."""
        with writing(self._engine) as connection:
            rows_pages.verdict_posted(connection, team_id, bench_id, ts)

    def untold(self, now: datetime) -> tuple[tuple[str, str], ...]:
        """Team and id of those sealed within a day and not just now, whose verdict does not stand in their channel."""
        c, (first, last) = benches.c, (now - TELL_WITHIN, now - TOLD_BY)
        lost = or_(c.verdict_ts.is_(None), c.verdict_ts == "")
        asked = select(c.team_id, c.id).where(c.state == BenchState.SEALED, c.channel_id.is_not(None), lost)
        with reading(self._engine) as connection:
            found = connection.execute(asked.where(c.ended_at > first, c.ended_at <= last).order_by(c.ended_at))
            return tuple((row.team_id, row.id) for row in found)

    def sheet(
        self, team_id: str, bench_id: str, place: int, person_id: str
    ) -> tuple[tuple[str, str, Vote | None], ...]:
        """One prompt as that reviewer sees it: letter, image and the person's own vote on it. Raises NotOpen."""
        with reading(self._engine) as connection:
            return rows_votes.sheet(connection, team_id, bench_id, place, person_id)

    def judged(self, team_id: str, bench_id: str) -> tuple[Bench, tuple[Judged, ...]]:
        """Every call with the votes that count. Raises Blind until it is sealed."""
        with reading(self._engine) as connection:
            return rows_votes.judged(connection, team_id, bench_id)

    def evidence(self, team_id: str, bench_id: str) -> tuple[tuple[Bench, tuple[Judged, ...]], ...]:
        """With the sealed benches of the same question before it, the earliest first. Raises NotOpen or Blind."""
        with reading(self._engine) as connection:
            return rows_votes.evidence(connection, team_id, bench_id)

    # Questions

    def bench(self, team_id: str, bench_id: str) -> Bench:
        with reading(self._engine) as connection:
            return rows_read.bench(connection, team_id, bench_id)

    def listed(self, team_id: str, count: int) -> tuple[Bench, ...]:
        """The newest first."""
        newest = select(benches.c.id).where(benches.c.team_id == team_id)
        ordered = newest.order_by(benches.c.created_at.desc(), benches.c.id).limit(count)
        with reading(self._engine) as connection:
            found = connection.execute(ordered).scalars().all()
            return tuple(rows_read.bench(connection, team_id, bench_id) for bench_id in found)

    def drawing(self) -> tuple[tuple[str, str], ...]:
        """Team and id of every bench under way, of all teams."""
        asked = select(benches.c.team_id, benches.c.id).where(benches.c.state == BenchState.DRAWING)
        with reading(self._engine) as connection:
            return tuple((row.team_id, row.id) for row in connection.execute(asked.order_by(benches.c.created_at)))

    def unplaced(self, real: datetime) -> frozenset[tuple[str, str]]:
        """Team and id of every bench that was started, not just now, and has no message yet in its channel."""
        c, g = benches.c, generations.c
        asked = select(c.team_id, c.id).join(drawings, rows_read.its_drawings()).join(generations, sealed.joined())
        lost = (c.state == BenchState.DRAWING, c.channel_id.is_not(None), c.message_ts.is_(None))
        with reading(self._engine) as connection:
            found = connection.execute(asked.where(*lost, g.state == "placed", g.state_at <= real - PLACED_BY))
            return frozenset((row.team_id, row.id) for row in found)

    def unfinished(self, team_id: str, bench_id: str) -> list[Drawing]:
        """Its drawings with generations that have not come to their end."""
        with reading(self._engine) as connection:
            return rows_calls.unfinished(connection, team_id, bench_id)

    def waiting(self, team_id: str, bench_id: str) -> tuple[str, ...]:
        """Its generations that have not come to their end, in the order they are drawn."""
        with reading(self._engine) as connection:
            return rows_calls.waiting(connection, team_id, bench_id)

    def looks(self, team_id: str, question: str) -> int:
        """How often this question was answered: benches of it that are sealed."""
        asked = select(func.count()).where(
            benches.c.team_id == team_id, benches.c.question == question, benches.c.state == BenchState.SEALED
        )
        with reading(self._engine) as connection:
            return connection.execute(asked).scalar_one()

    def newest_sealed(self, team_id: str, kinds: int) -> tuple[str, ...]:
        """The last sealed one of each of the kinds of work that were judged last, without demos; the newest first."""
        c = benches.c
        real = (c.team_id == team_id, c.state == BenchState.SEALED, c.demo.is_(False))
        last = func.row_number().over(partition_by=c.kind, order_by=(c.ended_at.desc(), c.id.desc())).label("last")
        ranked = select(c.id, c.ended_at, last).where(*real).subquery()
        newest = select(ranked.c.id).where(ranked.c.last == 1).order_by(ranked.c.ended_at.desc(), ranked.c.id.desc())
        with reading(self._engine) as connection:
            return tuple(connection.execute(newest.limit(kinds)).scalars())

    def needed_pictures(self, since: datetime) -> frozenset[tuple[str, str]]:
        """Team and id of the pictures of benches that are open, or were sealed since then."""
        with reading(self._engine) as connection:
            return rows_read.pictures(connection, BLIND, since)
