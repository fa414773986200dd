"""What reviewers see of a blind comparison, prompt by prompt; and whether its verdict was posted."""

from collections.abc import Iterable

from sqlalchemy import Connection, select, update

from bot.bench import rows_read, steps
from bot.bench.letters import LETTERS, order
from bot.bench.pages import Page, PagePicture, Pending
from bot.bench.plan import Bench, may_judge, not_open
from bot.bench.steps import Cell, standing
from bot.ledger import sealed
from bot.ledger import votes as ledger_votes
from bot.ledger.bench_states import BenchState
from bot.ledger.bench_tables import benches
from bot.ledger.pictures import Vote
from bot.ledger.tables import drawings, generations, votes

Seats = dict[int, dict[str, set[str]]]  # by place and person: the images they voted on
Shown = dict[int, dict[int, Cell]]  # by place and entrant: the image to be judged


def page(
    connection: Connection,
    team_id: str,
    bench_id: str,
    person_id: str,
    after: int | None = None,
    *,
    mine: bool = False,
) -> Page | None:
    """The next prompt this person may judge, after that place or else from the first; None when there is none.

    `mine`: of those the person has judged, to change a vote, once through. Raises NotOpen unless it is reviewed.
    """
    bench, cells = rows_read.whole(connection, team_id, bench_id)
    if bench.state is not BenchState.REVIEWING:
        raise not_open(bench)
    images, seats = _shown(bench, cells), _seats(connection, bench)
    fits = _judged_by if mine else _open_to
    places = [place for place in images if fits(bench, seats.get(place, {}), person_id, len(images[place]))]
    if not places:
        return None
    following = [each for each in places if after is None or each > after]
    if mine and not following:
        return None
    return _page(connection, bench, person_id, (following or places)[0], images, len(places))


def own(connection: Connection, team_id: str, bench_id: str, person_id: str) -> tuple[Page, ...]:
    """All this person judged, as they saw it. Raises NotOpen unless it is reviewed or sealed."""
    bench, cells = rows_read.whole(connection, team_id, bench_id)
    if bench.state not in (BenchState.REVIEWING, BenchState.SEALED):
        raise not_open(bench)
    images, seats = _shown(bench, cells), _seats(connection, bench)
    places = [place for place in images if person_id in seats.get(place, {})]
    return tuple(_page(connection, bench, person_id, place, images, len(places)) for place in places)


def _shown(bench: Bench, cells: Iterable[Cell]) -> Shown:
    images: Shown = {}
    for cell in standing(bench, cells):
        images.setdefault(cell.place, {})[cell.entrant] = cell
    return images


def _page(connection: Connection, bench: Bench, person_id: str, place: int, by_place: Shown, prompts: int) -> Page:
    images = [by_place[place][entrant] for entrant in order(bench.seed, person_id, place, len(by_place[place]))]
    return Page(
        bench_id=bench.id,
        place=place,
        prompt=bench.prompts[place].text,
        of=len(by_place),
        left=prompts,
        pictures=tuple(
            PagePicture(letter, one.generation_id, one.file_id, _vote(connection, bench, one, person_id))
            for letter, one in zip(LETTERS, images, strict=False)
        ),
    )


def pending(connection: Connection, team_id: str, person_id: str) -> tuple[Pending, ...]:
    """With prompts left for this person. Who was not in its channel hears of no bench by this: only who started it,
    judged some of it or is named as one of its judges."""
    open_ = select(benches.c.id).where(benches.c.team_id == team_id, benches.c.state == BenchState.REVIEWING)
    open_benches = []
    for bench_id in connection.execute(open_.order_by(benches.c.created_at)).scalars().all():
        bench = rows_read.bench(connection, team_id, bench_id)
        seats, each = _seats(connection, bench), len(bench.plan.entrants)
        known = (bench.by, *bench.plan.judges)
        if person_id not in known and not any(person_id in seated for seated in seats.values()):
            continue
        prompts = sum(_open_to(bench, seats.get(one.place, {}), person_id, each) for one in bench.remaining)
        open_benches.append(Pending(bench.id, bench.plan.kind, bench.channel_id, prompts, each))
    return tuple(one for one in open_benches if one.left)


def unbrought(connection: Connection, team_id: str, bench_id: str, place: int | None = None) -> tuple[str, ...]:
    return steps.unbrought(*rows_read.whole(connection, team_id, bench_id), place)


def brought(connection: Connection, team_id: str, generation_id: str, file_id: str) -> None:
    """Only the first file counts."""
    c = generations.c
    first = update(generations).where(c.team_id == team_id, c.id == generation_id, c.file_id.is_(None))
    connection.execute(first.values(file_id=file_id, version=c.version + 1))


def claim_verdict(connection: Connection, team_id: str, bench_id: str) -> bool | None:
    """Whether to post it: True the first time, False when that was begun and perhaps done, None when it stands."""
    here = update(benches).where(rows_read.is_(team_id, bench_id), benches.c.state == BenchState.SEALED)
    if connection.execute(here.where(benches.c.verdict_ts.is_(None)).values(verdict_ts="")).rowcount:
        return True
    ts = select(benches.c.verdict_ts).where(rows_read.is_(team_id, bench_id))
    return False if connection.execute(ts).scalar() == "" else None


def verdict_posted(connection: Connection, team_id: str, bench_id: str, ts: str | None) -> None:
    """None: surely not posted."""
    claim = update(benches).where(rows_read.is_(team_id, bench_id), benches.c.verdict_ts == "")
    connection.execute(claim.values(verdict_ts=ts))


def _seats(connection: Connection, bench: Bench) -> Seats:
    question = (
        select(drawings.c.bench_place, votes.c.person_id, votes.c.generation_id)
        .join_from(votes, generations, rows_read.voted_on())
        .join(drawings, sealed.joined())
        .where(rows_read.votes_of(bench.team_id, bench.id))
        .distinct()
    )
    seats: Seats = {}
    for place, person_id, generation_id in connection.execute(question):
        seats.setdefault(place, {}).setdefault(person_id, set()).add(generation_id)
    return seats


def _open_to(bench: Bench, seats: dict[str, set[str]], person_id: str, images: int) -> bool:
    """A seat of theirs with images left, or a free one."""
    if not may_judge(bench.plan, person_id):
        return False
    if person_id in seats:
        return len(seats[person_id]) < images
    return len(seats) < bench.plan.reviewers


def _judged_by(_: Bench, seats: dict[str, set[str]], person_id: str, _images: int) -> bool:
    return person_id in seats


def _vote(connection: Connection, bench: Bench, image: Cell, person_id: str) -> Vote | None:
    in_force = ledger_votes.standing(connection, bench.team_id, image.generation_id)
    return next((vote for vote in in_force if vote.person_id == person_id), None)
