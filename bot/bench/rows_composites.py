"""Which pictures reviewers can see in Slack by now: each alone, and side by side in every order."""

from dataclasses import dataclass

from sqlalchemy import Connection, select, update

from bot.bench import rows_read
from bot.bench.letters import by_chance, key
from bot.bench.plan import Bench
from bot.bench.steps import Cell, complete
from bot.ledger.bench_states import BenchState
from bot.ledger.bench_tables import bench_composites, bench_prompts, benches
from bot.ledger.rows import insert_if_new
from bot.ledger.tables import generations

GONE = "picture_gone"


@dataclass(frozen=True)
class Unbrought:
    """What Slack lacks of a prompt that has all its images, which are `images`, in the order of entrants.

    `alone` are those no file is known of, in the order of their ids, which are drawn by chance; `together` are orders
    (`letters.key`), mixed by the secret seed.
    """

    place: int
    images: tuple[str, ...]
    alone: tuple[str, ...]
    together: tuple[str, ...]


def unbrought(connection: Connection, team_id: str, bench_id: str, place: int | None = None) -> tuple[Unbrought, ...]:
    """Of that prompt, or of all. Raises Unknown."""
    bench, cells = rows_read.whole(connection, team_id, bench_id)
    files = _files(connection, team_id, bench_id)
    prompts = [
        _lacking(bench, images, {order for at, order in files if at == here})
        for here, images in complete(bench, cells).items()
        if place in (None, here)
    ]
    return tuple(one for one in prompts if one.alone or one.together)


def _lacking(bench: Bench, images: tuple[Cell, ...], there: set[str]) -> Unbrought:
    place = images[0].place
    return Unbrought(
        place=place,
        images=tuple(cell.generation_id for cell in images),
        alone=tuple(sorted(cell.generation_id for cell in images if cell.file_id is None)),
        together=tuple(name for each in by_chance(bench.seed, place, len(images)) if (name := key(each)) not in there),
    )


def pictures(connection: Connection, team_id: str, bench_id: str) -> tuple[tuple[str, ...], ...]:
    """The images of each prompt that has all of them."""
    prompts = complete(*rows_read.whole(connection, team_id, bench_id))
    return tuple(tuple(cell.generation_id for cell in images) for images in prompts.values())


def alone(connection: Connection, team_id: str, generation_id: str, file_id: str) -> None:
    """Only the first file counts."""
    c = generations.c
    first = update(generations).where(c.team_id == team_id, c.id == generation_id, c.file_id.is_(None))
    connection.execute(first.values(file_id=file_id, version=c.version + 1))


def together(connection: Connection, team_id: str, bench_id: str, place: int, order: str, file_id: str) -> None:
    """Only the first file counts."""
    row = {"team_id": team_id, "bench_id": bench_id, "place": place, "shown_order": order, "file_id": file_id}
    insert_if_new(connection, bench_composites, row)


def file(connection: Connection, team_id: str, bench_id: str, place: int, order: str) -> str | None:
    """Slack's, of the pictures of a prompt in that order."""
    c = bench_composites.c
    here = (c.team_id == team_id, c.bench_id == bench_id, c.place == place, c.shown_order == order)
    return connection.execute(select(c.file_id).where(*here)).scalar()


def leave_out(connection: Connection, team_id: str, bench_id: str, place: int) -> None:
    """A prompt with a picture that is gone, for all entrants alike."""
    c = bench_prompts.c
    here = (c.team_id == team_id, c.bench_id == bench_id, c.place == place, c.dropped.is_(None))
    connection.execute(update(bench_prompts).where(*here).values(dropped=GONE))


def waiting(connection: Connection) -> tuple[tuple[str, str], ...]:
    """Team and id of benches in a channel that are drawn and can't be judged, since Slack lacks pictures of them."""
    reviewed = (benches.c.state == BenchState.REVIEWING, benches.c.channel_id.is_not(None))
    ids = connection.execute(select(benches.c.team_id, benches.c.id).where(*reviewed).order_by(benches.c.created_at))
    return tuple((team, one) for team, one in ids.all() if not rows_read.bench(connection, team, one).judgeable)


def _files(connection: Connection, team_id: str, bench_id: str) -> set[tuple[int, str]]:
    c = bench_composites.c
    rows = connection.execute(select(c.place, c.shown_order).where(c.team_id == team_id, c.bench_id == bench_id))
    return {(row.place, row.shown_order) for row in rows}
