"""What reviewers see of a blind comparison, prompt by prompt; and whether its verdict was posted."""

from collections.abc import Iterable

from sqlalchemy import Connection, select, update

from bot.bench import rows_read, rows_votes
from bot.bench.letters import LETTERS, order
from bot.bench.pages import Page, PagePicture, Pending
from bot.bench.plan import Bench
from bot.bench.steps import Cell, standing
from bot.errors import NotOpen
from bot.ledger import sealed
from bot.ledger import votes as ledger_votes
from bot.ledger.bench_states import BenchState
from bot.ledger.bench_tables import benches
from bot.ledger.pictures import Vote
from bot.ledger.tables import drawings, generations, votes

Seats = dict[int, dict[str, set[str]]]  # by place and person: the images they voted on
Shown = dict[int, dict[int, Cell]]  # by place and entrant: the image to be judged


def page(
    connection: Connection, team_id: str, bench_id: str, person_id: str, after: int | None, mine: bool
) -> Page | None:
    bench, cells = rows_read.whole(connection, team_id, bench_id)
    if bench.state is not BenchState.REVIEWING:
        raise NotOpen
    shown, seats = _shown(bench, cells), _seats(connection, bench)
    wanted = _judged_by if mine else _open_to
    places = [place for place in shown if wanted(bench, seats.get(place, {}), person_id, len(shown[place]))]
    if not places:
        return None
    following = [each for each in places if after is None or each > after]
    if mine and not following:
        return None
    return _page(connection, bench, person_id, (following or places)[0], shown, len(places))


def own(connection: Connection, team_id: str, bench_id: str, person_id: str) -> tuple[Page, ...]:
    bench, cells = rows_read.whole(connection, team_id, bench_id)
    if bench.state not in (BenchState.REVIEWING, BenchState.SEALED):
        raise NotOpen
    shown, seats = _shown(bench, cells), _seats(connection, bench)
    places = [place for place in shown if person_id in seats.get(place, {})]
    return tuple(_page(connection, bench, person_id, place, shown, len(places)) for place in places)


def _shown(bench: Bench, cells: Iterable[Cell]) -> Shown:
    shown: Shown = {}
    for cell in standing(bench, cells):
        shown.setdefault(cell.place, {})[cell.entrant] = cell
    return shown


def _page(connection: Connection, bench: Bench, person_id: str, place: int, shown: Shown, left: int) -> Page:
    images = [shown[place][entrant] for entrant in order(bench.seed, person_id, place, len(shown[place]))]
    return Page(
        bench_id=bench.id,
        place=place,
        prompt=bench.prompts[place].text,
        of=len(shown),
        left=left,
        pictures=tuple(
            PagePicture(letter, one.generation_id, one.file_id, _vote(connection, bench, one, person_id))
            for letter, one in zip(LETTERS, images, strict=False)
        ),
    )


def pending(connection: Connection, team_id: str, person_id: str) -> tuple[Pending, ...]:
    """Nobody hears of a bench by this who was not in its channel: only who started it or judged some of it."""
    open_ = select(benches.c.id).where(benches.c.team_id == team_id, benches.c.state == BenchState.REVIEWING)
    found = []
    for bench_id in connection.execute(open_.order_by(benches.c.created_at)).scalars().all():
        bench = rows_read.bench(connection, team_id, bench_id)
        seats, each = _seats(connection, bench), len(bench.plan.entrants)
        if bench.by != person_id and not any(person_id in seated for seated in seats.values()):
            continue
        left = sum(_open_to(bench, seats.get(one.place, {}), person_id, each) for one in bench.remaining)
        found.append(Pending(bench.id, bench.plan.kind, bench.channel_id, left))
    return tuple(one for one in found if one.left)


def brought(connection: Connection, team_id: str, generation_id: str, file_id: str) -> None:
    c = generations.c
    first = update(generations).where(c.team_id == team_id, c.id == generation_id, c.file_id.is_(None))
    connection.execute(first.values(file_id=file_id, version=c.version + 1))


def claim_verdict(connection: Connection, team_id: str, bench_id: str) -> bool | None:
    here = update(benches).where(rows_read.is_(team_id, bench_id), benches.c.state == BenchState.SEALED)
    if connection.execute(here.where(benches.c.verdict_ts.is_(None)).values(verdict_ts="")).rowcount:
        return True
    found = select(benches.c.verdict_ts).where(rows_read.is_(team_id, bench_id))
    return False if connection.execute(found).scalar() == "" else None


def verdict_posted(connection: Connection, team_id: str, bench_id: str, ts: str | None) -> None:
    begun = update(benches).where(rows_read.is_(team_id, bench_id), benches.c.verdict_ts == "")
    connection.execute(begun.values(verdict_ts=ts))


def _seats(connection: Connection, bench: Bench) -> Seats:
    asked = (
        select(drawings.c.bench_place, votes.c.person_id, votes.c.generation_id)
        .join_from(votes, generations, rows_votes.voted_on())
        .join(drawings, sealed.joined())
        .where(rows_read.votes_of(bench.team_id, bench.id))
        .distinct()
    )
    found: Seats = {}
    for place, person_id, generation_id in connection.execute(asked):
        found.setdefault(place, {}).setdefault(person_id, set()).add(generation_id)
    return found


def _open_to(bench: Bench, seated: dict[str, set[str]], person_id: str, images: int) -> bool:
    """A seat of theirs with images left, or a free one."""
    if person_id in seated:
        return len(seated[person_id]) < images
    return len(seated) < bench.plan.reviewers


def _judged_by(_: Bench, seated: dict[str, set[str]], person_id: str, _images: int) -> bool:
    return person_id in seated


def _vote(connection: Connection, bench: Bench, image: Cell, person_id: str) -> Vote | None:
    cast = ledger_votes.standing(connection, bench.team_id, image.generation_id)
    return next((vote for vote in cast if vote.person_id == person_id), None)
