"""Blind to the byte: all that leaves for Slack, held against the same blind test with its lanes the other way round.

Three worlds begin as one store: as it is; with the lanes' names, models and costs reversed; and with their pictures
reversed. Two people judge in each by letters. What leaves must be the same for all, save that in the last the same
pictures stand in other files.
"""

import io
import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from PIL import Image

from bot.bench import rows_calls, rows_composites, rows_read
from bot.bench.letters import by_chance, key, orders
from bot.ledger.bench_tables import benches
from bot.ledger.ledger import Ledger, open_ledger
from bot.ledger.tables import charges, drawings, generations
from bot.playground.people import BEN, CHI, TEAM
from bot.playground.workspace import View
from tests.kit.benches_made import drawn as drawn_of
from tests.kit.benches_made import plan
from tests.kit.clock import moment
from tests.kit.slack_bench import CENT, draw_all, id_in, is_page, message_of, opened, place_of, planned, press, telling
from tests.kit.slack_door import House, house

LANES = ["budget", "premium", "legacy"]
COSTS = [CENT, 3 * CENT, 7 * CENT]
CHANGING = re.compile(
    r"V0\w+|b\d{5}\b|\d+\.\d+\.[0-9a-f]{6,}|\d{10}\.\d+|20\d\d-\d\d-\d\dT[\d:.]+(?:Z|\+00:00)|127\.0\.0\.1:\d+"
)
HEADING = re.compile(r"Blind test: .*?, by ")  # names what is compared, in the order it was planned
FILE_ID = re.compile(r"F0SAMPLE\d+")


@dataclass(frozen=True)
class Left:
    """What left: every call with its arguments, every answer to a press, and the bytes of every file in turn."""

    words: str
    files: tuple[bytes, ...]


@contextmanager
def standing(path: Path) -> Iterator[House]:
    with closing(open_ledger(f"sqlite:///{path}", busy_seconds=10)) as store, house(store) as door:
        yield door


def drawn(path: Path, lanes: int) -> str:
    """Started, and all its images are there; nothing of it was said in its channel yet."""
    with standing(path) as door:
        quote = planned(door, today=LANES[0], compare=LANES[1:lanes])
        door.far_end.press(quote, "bench.start")
        draw_all(door, id_in(quote), COSTS[:lanes])
        return id_in(quote)


def copied(path: Path, name: str) -> Path:
    copy = path.with_name(name)
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
        for (trigger,) in [*target.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]:
            target.execute(f"DROP TRIGGER {trigger}")
        target.commit()
    return copy


def renamed(path: Path, lanes: int) -> None:
    """Names, models and costs of the lanes the other way round."""
    with closing(open_ledger(f"sqlite:///{path}", busy_seconds=10)) as store, store.engine.begin() as connection:
        plan = json.loads(connection.execute(sa.select(benches.c.plan)).scalar_one())
        entrants = plan["entrants"][::-1]
        connection.execute(sa.update(benches).values(plan=json.dumps({**plan, "entrants": entrants})))
        for position, (lane, model, *_) in enumerate(entrants):
            here = generations.c.position == position
            connection.execute(sa.update(generations).where(here).values(lane=lane, model=model))
            ids = sa.select(generations.c.id).where(here)
            cost = COSTS[lanes - 1 - position]
            connection.execute(sa.update(charges).where(charges.c.generation_id.in_(ids)).values(amount_nanousd=cost))


def pictures(path: Path, lanes: int, *, reverse: bool = False) -> Callable[[str, str], bytes | None]:
    """Of every image by the place of its prompt and its entrant: of other sizes in bytes, and signed by a maker."""
    with closing(open_ledger(f"sqlite:///{path}", busy_seconds=10)) as store, store.engine.begin() as connection:
        own = sa.and_(drawings.c.team_id == generations.c.team_id, drawings.c.id == generations.c.drawing_id)
        rows = connection.execute(sa.select(generations, drawings.c.bench_place).join_from(generations, drawings, own))
        turn = [*range(lanes)][::-1] if reverse else [*range(lanes)]
        by_id = {row.id: _png(row.bench_place, turn[row.position]) for row in rows}
    return lambda _team, image: by_id.get(image)


def _png(place: int, entrant: int) -> bytes:
    out = io.BytesIO()
    _speckled(place, entrant).save(
        out, "PNG", dpi=(72 + entrant, 72), icc_profile=f"profile of maker {entrant}".encode()
    )
    return out.getvalue()


def _speckled(place: int, entrant: int) -> Any:
    """The more the entrant, the less it can be pressed together."""
    made = Image.new("RGB", (40, 40), (20 * place, 90 * entrant, 60))
    for n in range(400 * entrant):
        made.putpixel(((n * 7 + place) % 40, (n * n + 3 * place) % 40), (n % 251, (n * 5) % 241, (n * 11) % 239))
    return made


def judged(path: Path, bench_id: str, read: Callable[[str, str], bytes | None]) -> Left:
    """Told, brought, and judged by two people up to the last prompts, by letters and by every way a window has."""
    with standing(path) as door:
        made = telling(door, read)
        made.begin(door.store.read(rows_read.bench, TEAM, bench_id))
        for place in range(10):
            made.bring(TEAM, bench_id, place)
        made.tell(door.store.write(rows_calls.advance, TEAM, bench_id, moment(door.now)))
        message = message_of(door, door.store.read(rows_read.bench, TEAM, bench_id))
        for person in (BEN, CHI):
            walk(door, opened(door, message, person))
        door.run("told")
        files = tuple(file.data or b"" for file in door.far_end.workspace.files.values())
        return Left(heard(door), files)


def walk(door: House, view: View) -> None:
    """Four prompts of one person: how sure, a vote, its reason, back, another vote, larger, skip."""
    for kept in ("A", "", "B"):
        door.far_end.press(view, "review.sure", "4", view.user)
        view = voted(door, view, kept)
    for value in re.findall(r"[0-9a-z]+:\d+:[A-C]:style", str(view.payload)):
        door.far_end.press(view, "review.why", value, view.user)
    door.far_end.press(view, "review.larger", user=view.user)
    door.far_end.press(view, "review.back", user=view.user)
    view = voted(door, shown(door, view), "A")
    door.far_end.press(view, "review.skip", user=view.user)
    voted(door, shown(door, view), "B")


def shown(door: House, view: View) -> View:
    """The window as it stands, under whatever stands over it."""
    return door.far_end.workspace.views[view.id]


def voted(door: House, view: View, kept: str) -> View:
    assert is_page(view)
    if view.payload.get("submit"):
        place = place_of(view)
        said = {f"{place}:{one}:verdict": "keep" if one in kept else "reject" for one in "ABC"}
        door.far_end.submit(view, said)
    else:
        press(door, view, kept)
    return shown(door, view)


def heard(door: House) -> str:
    """What changes from run to run is left out; a file is named by its turn."""
    calls = [(call.method, call.payload) for call in door.far_end.calls_of()]
    replies = [(reply.status, reply.body) for _, reply in door.far_end.replies]
    turns: dict[str, str] = {}
    words = HEADING.sub("", CHANGING.sub("", f"{calls} {replies}"))
    return FILE_ID.sub(lambda found: turns.setdefault(found[0], f"file {len(turns)}"), words)


@pytest.mark.parametrize("lanes", [2, 3])
def test_what_leaves_for_slack_is_the_same_to_the_byte_whichever_lane_is_which(
    sqlite_url: str, tmp_path: Path, lanes: int
) -> None:
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    bench_id = drawn(path, lanes)
    paths = [copied(path, f"{name}.db") for name in ("as it is", "renamed", "reversed")]
    renamed(paths[1], lanes)
    reads = [pictures(path, lanes), pictures(path, lanes), pictures(path, lanes, reverse=True)]
    as_it_is, other_names, other_pictures = (
        judged(path, bench_id, read) for path, read in zip(paths, reads, strict=True)
    )
    assert other_names == as_it_is
    assert other_pictures.words == as_it_is.words  # announced sizes in bytes among them
    assert other_pictures.files != as_it_is.files
    each = lanes + len(orders(lanes))
    assert len(as_it_is.files) == 10 * each
    for place in range(10):
        mine, theirs = (left.files[place * each : (place + 1) * each] for left in (as_it_is, other_pictures))
        assert sorted(mine) == sorted(theirs)
        assert len({len(png) for png in mine[:lanes]}) == 1
        assert len({len(png) for png in mine[lanes:]}) == 1
    assert not [png for png in as_it_is.files if b"maker" in png]
    assert not [name for name in (*LANES[1:], "gpt-image", "flare", "sunburst") if name in as_it_is.words]


@pytest.mark.parametrize("lanes", [2, 3])
def test_no_order_of_lanes_goes_to_slack_first_more_often_than_chance_has_it(lanes: int) -> None:
    firsts = [by_chance(f"seed {seed}", place, lanes)[0] for seed in range(30) for place in range(40)]
    expected = len(firsts) / len(orders(lanes))
    assert all(abs(firsts.count(one) - expected) < 5 * expected**0.5 for one in orders(lanes))


@pytest.mark.parametrize("lanes", [2, 3])
def test_what_is_brought_first_is_drawn_by_chance_for_every_prompt(quick_store: Ledger, lanes: int) -> None:
    bench = drawn_of(quick_store, plan(prompts=40, lanes=lanes))
    lacking = quick_store.read(rows_composites.unbrought, "T1", bench.id)
    assert len(lacking) == 40
    assert {one.images.index(one.alone[0]) for one in lacking} == set(range(lanes))
    assert {one.together[0] for one in lacking} == {key(order) for order in orders(lanes)}
    assert all(sorted(one.together) == sorted(map(key, orders(lanes))) for one in lacking)
