"""Votes of blind tests: by the seats of a prompt, counted until it is sealed, opened only then."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, and_, distinct, func, or_, select, update

from bot.bench import rows_read
from bot.bench.letters import LETTERS, order
from bot.bench.outcome import Ballot, Judged
from bot.bench.plan import NOT_NAMED, Bench, not_open
from bot.bench.rows_calls import Begin, note
from bot.bench.steps import Cell, standing
from bot.errors import BadPlan, Blind, NotAllowed, NotOpen
from bot.ledger import sealed
from bot.ledger import votes as ledger_votes
from bot.ledger.bench_states import BenchState
from bot.ledger.bench_tables import bench_prompts, benches
from bot.ledger.pictures import Vote
from bot.ledger.rows import fields
from bot.ledger.tables import drawings, generations, votes


def vote(
    connection: Connection,
    team_id: str,
    bench_id: str,
    person_id: str,
    ballots: Sequence[Ballot],
    now: datetime,
    after: Begin | None = None,
) -> Bench:
    """All of these or none. The last vote that completes the bench seals it; `after` is handed it as it is by then.
    What stands already may come once more even then: a second press hears what became of the first.

    Raises NotOpen unless it is being reviewed and every image is one of it, NotAllowed when a prompt has its reviewers
    or others are named to judge it.
    """
    bench, cells = rows_read.locked(connection, team_id, bench_id)
    if bench.state is BenchState.SEALED and _all_stand(connection, team_id, person_id, ballots):
        return bench
    if bench.state is not BenchState.REVIEWING:
        raise not_open(bench)
    images = {cell.generation_id: cell for cell in standing(bench, cells)}
    for ballot in ballots:
        if ballot.generation_id not in images:
            raise NotOpen
    for place in sorted({images[ballot.generation_id].place for ballot in ballots}):
        _take_seat(connection, bench, place, person_id)
    for ballot in ballots:
        ledger_votes.cast_if_new(
            connection,
            team_id,
            ballot.generation_id,
            Vote(person_id, ballot.verdict, ballot.reason, now, ballot.confidence),
        )
    _seal(connection, bench, cells, person_id, now)
    return _after(connection, team_id, bench_id, after)


def close(
    connection: Connection, team_id: str, bench_id: str, person_id: str, now: datetime, after: Begin | None = None
) -> Bench:
    """Seal it with the prompts that have all their votes; the others are dropped.

    Raises NotOpen, or BadPlan when none has.
    """
    bench, cells = rows_read.locked(connection, team_id, bench_id)
    if bench.state is not BenchState.REVIEWING:
        raise not_open(bench)
    c = bench_prompts.c
    here = (c.team_id == team_id, c.bench_id == bench_id, c.place.in_(_short(connection, bench, cells)))
    connection.execute(update(bench_prompts).where(*here).values(dropped="not_judged"))
    if not _seal(connection, *rows_read.whole(connection, team_id, bench_id), person_id, now):
        raise BadPlan("No prompt has all its votes yet, so there is nothing to seal. Cancelling ends it.")
    return _after(connection, team_id, bench_id, after)


def closable(connection: Connection, team_id: str, bench_id: str) -> bool:
    """Whether closing it now would seal anything: some prompt has all its votes."""
    bench, cells = rows_read.whole(connection, team_id, bench_id)
    return {prompt.place for prompt in bench.remaining} > _short(connection, bench, cells)


def _after(connection: Connection, team_id: str, bench_id: str, after: Begin | None) -> Bench:
    bench = rows_read.bench(connection, team_id, bench_id)
    if after is not None:
        after(connection, bench)
    return bench


def sheet(
    connection: Connection, team_id: str, bench_id: str, place: int, person_id: str
) -> tuple[tuple[str, str, Vote | None], ...]:
    """One prompt as this reviewer sees it: letter, image and the person's own vote on it. Raises NotOpen."""
    bench, cells = rows_read.whole(connection, team_id, bench_id)
    if bench.state not in (BenchState.REVIEWING, BenchState.SEALED):
        raise not_open(bench)
    images = {cell.entrant: cell.generation_id for cell in standing(bench, cells) if cell.place == place}
    if len(images) < len(bench.plan.entrants):
        raise NotOpen
    ids = [images[entrant] for entrant in order(bench.seed, person_id, place, len(images))]
    mine = [
        next((vote for vote in ledger_votes.standing(connection, team_id, one) if vote.person_id == person_id), None)
        for one in ids
    ]
    return tuple(zip(LETTERS, ids, mine, strict=False))


def judged(connection: Connection, team_id: str, bench_id: str) -> tuple[Bench, tuple[Judged, ...]]:
    """Every call of a sealed bench with the votes that count. Raises Blind before."""
    bench, cells = rows_read.whole(connection, team_id, bench_id)
    if bench.state is not BenchState.SEALED:
        raise Blind
    reasons = {prompt.place: prompt.dropped for prompt in bench.prompts}
    stands = {cell.generation_id for cell in standing(bench, cells)}
    by_image = _standing(connection, bench)
    return bench, tuple(
        Judged(
            **fields(cell, ("place", "entrant", "attempt", "generation_id", "state", "charged_nanousd")),
            votes=by_image.get(cell.generation_id, ()),
            dropped=reasons[cell.place],
            stands=cell.generation_id in stands,
        )
        for cell in cells
    )


def _standing(connection: Connection, bench: Bench) -> dict[str, tuple[Vote, ...]]:
    """The votes that count, by image, all in one statement."""
    in_order = select(votes).where(rows_read.votes_of(bench.team_id, bench.id)).order_by(votes.c.number)
    by_image: dict[str, dict[str, Vote]] = {}
    for row in connection.execute(in_order):
        by_image.setdefault(row.generation_id, {})[row.person_id] = ledger_votes.read(row)
    return {one: tuple(sorted(last.values(), key=lambda vote: vote.at)) for one, last in by_image.items()}


def evidence(connection: Connection, team_id: str, bench_id: str) -> tuple[tuple[Bench, tuple[Judged, ...]], ...]:
    """With the sealed benches of the same question before it, the earliest first. Raises NotOpen or Blind.

    Of demos and of real pictures apart: one says nothing about the other.
    """
    last = judged(connection, team_id, bench_id)
    bench = last[0]
    c = benches.c
    before = or_(c.ended_at < bench.ended_at, and_(c.ended_at == bench.ended_at, c.id < bench_id))
    same = (c.team_id == team_id, c.question == bench.question, c.demo == bench.demo, c.state == BenchState.SEALED)
    earlier = connection.execute(select(c.id).where(*same, before).order_by(c.ended_at, c.id)).scalars().all()
    return (*(judged(connection, team_id, one) for one in earlier), last)


def _all_stand(connection: Connection, team_id: str, person_id: str, ballots: Sequence[Ballot]) -> bool:
    stand = [ledger_votes.last(connection, team_id, one.generation_id, person_id) for one in ballots]
    return all(vote and vote.verdict == one.verdict for vote, one in zip(stand, ballots, strict=True))


def _take_seat(connection: Connection, bench: Bench, place: int, person_id: str) -> None:
    """A reviewer judges all images of a prompt, so the seats are those of the prompt."""
    if not bench.may_judge(person_id):
        raise NotAllowed(NOT_NAMED)
    people = (
        select(votes.c.person_id)
        .join(generations, rows_read.voted_on())
        .join(drawings, sealed.joined())
        .where(rows_read.votes_of(bench.team_id, bench.id), drawings.c.bench_place == place)
        .distinct()
    )
    seats = set(connection.execute(people).scalars())
    if person_id not in seats and len(seats) >= bench.plan.reviewers:
        raise NotAllowed("This prompt has all its reviewers already; nothing was changed.")


def _short(connection: Connection, bench: Bench, cells: Sequence[Cell]) -> set[int]:
    """Places of the remaining prompts with an image that has fewer votes than it needs."""
    places = {cell.generation_id: cell.place for cell in standing(bench, cells)}
    counts = select(votes.c.generation_id, func.count(distinct(votes.c.person_id)).label("voters"))
    of_it = counts.where(rows_read.votes_of(bench.team_id, bench.id)).group_by(votes.c.generation_id)
    voters = {row.generation_id: row.voters for row in connection.execute(of_it)}
    return {place for image, place in places.items() if voters.get(image, 0) < bench.plan.reviewers}


def _seal(connection: Connection, bench: Bench, cells: Sequence[Cell], person_id: str, now: datetime) -> bool:
    """If every image of every remaining prompt has its votes. The bench must be locked."""
    if not bench.remaining or _short(connection, bench, cells):
        return False
    reviewed = update(benches).where(rows_read.is_(bench.team_id, bench.id), benches.c.state == BenchState.REVIEWING)
    connection.execute(reviewed.values(state=BenchState.SEALED, ended_at=now))
    note(connection, bench, person_id, {"did": "seal"}, now)
    return True
