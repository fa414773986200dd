"""What reviewers see of a blind test, prompt by prompt; and whether its verdict was posted."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import Connection, select, update

from bot.bench import rows_composites, rows_read
from bot.bench.letters import LETTERS, key, order
from bot.bench.pages import Page, PagePicture, Pending
from bot.bench.plan import Bench, not_open
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


def page(connection: Connection, team_id: str, bench_id: str, person_id: str, after: int | None = None) -> Page | None:
    """The next prompt this person may judge, after that place or else from the first; None when there is none.

    Raises NotOpen unless it is reviewed.
    """
    reviewed = _reviewed(connection, team_id, bench_id)
    places = [place for place in reviewed.images if reviewed.is_open(place, person_id)]
    following = [each for each in places if after is None or each > after]
    return _seen(connection, reviewed, person_id, (following or places)[0]) if places else None


def back(connection: Connection, team_id: str, bench_id: str, person_id: str, before: int) -> Page | None:
    """The last prompt before that place this person judged or may judge. Raises NotOpen unless it is reviewed."""
    reviewed = _reviewed(connection, team_id, bench_id)
    places = [place for place in reviewed.images if place < before and reviewed.is_theirs(place, person_id)]
    return _seen(connection, reviewed, person_id, places[-1]) if places else None


def at(connection: Connection, team_id: str, bench_id: str, person_id: str, place: int) -> Page:
    """Raises NotOpen unless it is reviewed and that prompt is one this person judged or may judge."""
    reviewed = _reviewed(connection, team_id, bench_id)
    if place not in reviewed.images or not reviewed.is_theirs(place, person_id):
        raise NotOpen
    return _seen(connection, reviewed, person_id, place)


@dataclass(frozen=True)
class _Reviewed:
    bench: Bench
    images: Shown
    seats: Seats

    def is_open(self, place: int, person_id: str) -> bool:
        return _open_to(self.bench, self.seats.get(place, {}), person_id, len(self.images[place]))

    def is_theirs(self, place: int, person_id: str) -> bool:
        return person_id in self.seats.get(place, {}) or self.is_open(place, person_id)


def _reviewed(connection: Connection, team_id: str, bench_id: str) -> _Reviewed:
    bench, cells = rows_read.whole(connection, team_id, bench_id)
    if bench.state is not BenchState.REVIEWING:
        raise not_open(bench)
    return _Reviewed(bench, _shown(bench, cells), _seats(connection, bench))


def _seen(connection: Connection, reviewed: _Reviewed, person_id: str, place: int) -> Page:
    bench = reviewed.bench
    page = _page(connection, bench, person_id, place, reviewed.images)
    shown = order(bench.seed, person_id, place, len(page.pictures))
    return replace(
        page,
        file_id=rows_composites.file(connection, bench.team_id, bench.id, place, key(shown)),
        earlier=any(each < place and reviewed.is_theirs(each, person_id) for each in reviewed.images),
    )


def own(connection: Connection, team_id: str, bench_id: str, person_id: str) -> tuple[Page, ...]:
    """All this person judged, as they saw it. Raises NotOpen unless it is reviewed or sealed."""
    bench, cells = rows_read.whole(connection, team_id, bench_id)
    if bench.state not in (BenchState.REVIEWING, BenchState.SEALED):
        raise not_open(bench)
    images, seats = _shown(bench, cells), _seats(connection, bench)
    places = [place for place in images if person_id in seats.get(place, {})]
    return tuple(_page(connection, bench, person_id, place, images) for place in places)


def _shown(bench: Bench, cells: Iterable[Cell]) -> Shown:
    images: Shown = {}
    for cell in standing(bench, cells):
        images.setdefault(cell.place, {})[cell.entrant] = cell
    return images


def _page(connection: Connection, bench: Bench, person_id: str, place: int, by_place: Shown) -> Page:
    images = [by_place[place][entrant] for entrant in order(bench.seed, person_id, place, len(by_place[place]))]
    return Page(
        bench_id=bench.id,
        place=place,
        prompt=bench.prompts[place].text,
        number=[*by_place].index(place) + 1,
        of=len(by_place),
        pictures=tuple(
            PagePicture(letter, one.generation_id, one.file_id, _vote(connection, bench, one, person_id))
            for letter, one in zip(LETTERS, images, strict=False)
        ),
    )


def pending(connection: Connection, team_id: str, person_id: str) -> tuple[Pending, ...]:
    """With prompts left for this person, and all their pictures in Slack. Who was not in its channel hears of no bench
    by this: only who started it, judged some of it or is named as one of its judges."""
    open_ = select(benches.c.id).where(benches.c.team_id == team_id, benches.c.state == BenchState.REVIEWING)
    open_benches = []
    for bench_id in connection.execute(open_.order_by(benches.c.created_at)).scalars().all():
        bench = rows_read.bench(connection, team_id, bench_id)
        seats, each = _seats(connection, bench), len(bench.plan.entrants)
        known = person_id in (bench.by, *bench.plan.judges) or any(person_id in seated for seated in seats.values())
        if not known or not bench.judgeable:
            continue
        prompts = sum(_open_to(bench, seats.get(one.place, {}), person_id, each) for one in bench.remaining)
        open_benches.append(Pending(bench.id, bench.plan.kind, bench.channel_id, prompts, each))
    return tuple(one for one in open_benches if one.left)


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
    if person_id in seats:
        return len(seats[person_id]) < images
    return bench.may_judge(person_id) and len(seats) < bench.plan.reviewers


def _vote(connection: Connection, bench: Bench, image: Cell, person_id: str) -> Vote | None:
    in_force = ledger_votes.standing(connection, bench.team_id, image.generation_id)
    return next((vote for vote in in_force if vote.person_id == person_id), None)
