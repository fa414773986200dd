"""An open bench at every exit of the bot: no answer, log, file or count says whose a picture is, or what one cost.

Each exit is held against two things. No lane, model or price of one image may stand in what it says, where it has no
other reason to name them. And it must say the very same when the rows behind it name other lanes and other prices that
come to the same sum, so that nothing can be read between the lines either.
"""

import io
import logging
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot import money, wiring
from bot.bench import rows_calls, rows_read, verdicts
from bot.bench.drawing import Comparisons
from bot.bench.plan import Bench
from bot.bench.posts import SlackTelling
from bot.entrypoints.cli import main
from bot.entrypoints.http import served
from bot.entrypoints.http.metrics import Metrics
from bot.image_files import ImageFiles
from bot.ledger import rows as ledger_rows
from bot.ledger import settlement, workspaces
from bot.ledger.ledger import open_ledger
from bot.ledger.tables import charges, drawings, generations
from bot.money import usd
from bot.playground.people import ANA, BEN, STUDIO, TEAM
from bot.settings import Settings
from bot.slack.names import SlackNames
from bot.slack.posts import Posts
from tests.kit import cells
from tests.kit.at_work import AtWork
from tests.kit.far_openai import FarOpenAI
from tests.kit.slack_bench import id_in, judge, message_of, opened, planned
from tests.kit.slack_door import House, house
from tests.kit.usage_made import Served, serving

NAMES = ("legacy", "premium", "gpt-image", "sunburst", "flare")
DRAWN = 8  # of the twenty images, where it is still being drawn
CHANGING = re.compile(
    r"V0\w+|\d+\.\d+\.[0-9a-f]{6,}|\d{10}\.\d+|20\d\d-\d\d-\d\dT[\d:.]+(?:Z|\+00:00)|[0-9a-f]{8}-[0-9a-f-]{27}"
)


@dataclass
class World:
    """One bench with its door, its terminal and its pipelines' API on one store; `said` is all that was logged."""

    door: House
    api: Served
    folder: Path
    bench: Bench
    environment: dict[str, str]
    said: list[str]

    @property
    def images(self) -> list[str]:
        """In the order of prompts and lanes."""
        with self.door.store.engine.connect() as connection:
            return list(connection.execute(_rows().with_only_columns(generations.c.id)).scalars())

    def prices(self) -> set[str]:
        """What one image cost, in every way the bot writes an amount."""
        paid = {self.door.store.read(ledger_rows.generation, TEAM, image).charged_nanousd for image in self.images} - {
            0
        }
        assert len(paid) == 2
        ways = (lambda one: f"{usd(one):f}", lambda one: str(one), lambda one: money.each(usd(one)), money.booked)
        return {way(one).strip("$") for one in paid for way in ways}


def _rows() -> Any:
    own = sa.and_(drawings.c.team_id == generations.c.team_id, drawings.c.id == generations.c.drawing_id)
    found = sa.select(generations, drawings.c.bench_place).join_from(generations, drawings, own)
    return found.where(drawings.c.bench_id.is_not(None)).order_by(drawings.c.bench_place, generations.c.position)


class Heard(logging.Handler):
    def __init__(self, into: list[str]) -> None:
        super().__init__(logging.INFO)
        self.into = into

    def emit(self, record: logging.LogRecord) -> None:
        self.into.append(record.getMessage())


@contextmanager
def listening(into: list[str]) -> Iterator[None]:
    """To all that is logged at INFO or above, as a process of the bot writes it."""
    root = logging.getLogger()
    ears, level = Heard(into), root.level
    root.addHandler(ears)
    root.setLevel(logging.INFO)
    yield
    root.removeHandler(ears)
    root.setLevel(level)


@contextmanager
def world(stage: str, url: str, folder: Path) -> Iterator[World]:
    """Drawn by the real provider, posted by the real posts; voted on by BEN as far as the stage says."""
    now, said = partial(datetime.now, UTC), list[str]()
    with (
        closing(open_ledger(url, busy_seconds=10)) as store,
        house(store, now=now()) as door,
        FarOpenAI() as openai,
        serving(store, now=now, team_id=TEAM) as api,
    ):
        store.write(workspaces.remember, TEAM, "Sample", None)
        work = AtWork(store, door.far_end, openai, ImageFiles(folder / "pictures"), now=door.now)
        posts, prove = (
            Posts(door.far_end.bot_token, door.far_end.base_url),
            partial(verdicts.of, store),
        )
        telling = SlackTelling(store, posts, work.pictures.read, prove, work.readers, work.guests, SlackNames(posts))
        door.handlers.update(
            told=telling.show, bring=telling.bring_all, verdict=telling.announce, sheet=telling.show_own
        )
        with listening(said):
            bench = as_far_as(stage, door, Comparisons(store, work.studio, telling, None))
        environment = {"DATABASE_URL": url, "OPENAI_API_KEY": openai.key, "OPENAI_BASE_URL": openai.base_url}
        environment["IMAGELANE_PICTURES"] = str(folder / "pictures")
        yield World(door, api, folder, bench, environment, said)


def as_far_as(stage: str, door: House, compared: Comparisons) -> Bench:
    store, quote = door.store, planned(door, today="legacy", compare=["premium"])
    door.far_end.press(quote, "bench.start")
    bench_id = id_in(quote)
    compared.begin(TEAM, bench_id)
    for generation_id in store.read(rows_calls.waiting, TEAM, bench_id)[: DRAWN if stage == "drawing" else None]:
        compared.draw(TEAM, generation_id)
    if stage == "drawing":
        store.write(settlement.claim, TEAM, store.read(rows_calls.waiting, TEAM, bench_id)[0], "w", door.now, door.now)
    else:
        message = message_of(door, store.read(rows_read.bench, TEAM, bench_id))
        judge(door, opened(door, message, BEN), most=3 if stage == "reviewing" else 40)
        door.run("told")
    return store.read(rows_read.bench, TEAM, bench_id)


@pytest.fixture
def books(sqlite_url: str, tmp_path: Path) -> str:
    """Books whose charges can be told otherwise; their address."""
    with closing(sqlite3.connect(tmp_path / "imagelane.db")) as connection:
        for (name,) in [
            *connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'charges'")
        ]:
            connection.execute(f"DROP TRIGGER {name}")
    return sqlite_url


@contextmanager
def told_otherwise(world: World) -> Iterator[None]:
    """At every second prompt both images are of the first one's lane, and nearly all of the price is the other's."""
    store = world.door.store
    with store.engine.begin() as connection:
        rows = connection.execute(_rows()).mappings().all()
        paid = connection.execute(sa.select(charges.c.id, charges.c.generation_id, charges.c.amount_nanousd)).all()
        cost = {row.generation_id: row.amount_nanousd for row in paid}
        for one, other in zip(rows[2::4], rows[3::4], strict=True):
            _change(connection, other["id"], {"lane": one["lane"], "model": one["model"]}, None)
            if one["id"] in cost and other["id"] in cost:
                _change(connection, one["id"], {}, 1000)
                _change(connection, other["id"], {}, cost[one["id"]] + cost[other["id"]] - 1000)
    try:
        yield
    finally:
        with store.engine.begin() as connection:
            for row in rows:
                _change(connection, row["id"], {"lane": row["lane"], "model": row["model"]}, cost.get(row["id"]))


def _change(connection: sa.Connection, image: str, names: dict[str, str], amount: int | None) -> None:
    if names:
        connection.execute(sa.update(generations).where(generations.c.id == image).values(names))
    if amount is not None:
        here = sa.update(charges).where(charges.c.generation_id == image)
        connection.execute(here.values(amount_nanousd=amount))


# The exits


def slack(act: Callable[[World], object]) -> Callable[[World], str]:
    """All that Slack is told because of it: answers, messages, windows, the Home tab."""

    def heard(world: World) -> str:
        far = world.door.far_end
        calls, replies = len(far.calls_of()), len(far.replies)
        act(world)
        world.door.wait_for_words()
        for kind in ("home", "hand", "told", "sheet"):
            if kind in world.door.handlers:
                world.door.run(kind)
        said = [call.payload for call in far.calls_of()[calls:]]
        return f"{said} {[(reply.status, reply.body) for _, reply in far.replies[replies:]]}"

    return heard


def command(words: str) -> Callable[[World], str]:
    return slack(lambda world: world.door.far_end.command(_with_ids(words, world), BEN))


def _with_ids(words: str, world: World) -> str:
    image, other, *_ = world.images
    named = {"IMAGE": image, "OTHER": other, "BENCH": world.bench.id, "WEEK": f"{world.door.now:%G-W%V}"}
    return re.sub("[A-Z]{4,}", lambda word: named[word[0]], words)


def pressed(action: str, value: str = "IMAGE") -> Callable[[World], str]:
    """On the bench's own message, with another value: Slack would let nobody do that, a forger might."""

    def press(world: World) -> None:
        message = message_of(world.door, world.bench)
        world.door.far_end.press(message, action, _with_ids(value, world), BEN)

    return slack(press)


def sent(window: str, values: dict[str, Any]) -> Callable[[World], str]:
    """A window of a `try`, as if it had been opened for an image of the bench."""

    def submit(world: World) -> None:
        view = {
            "id": "V0FORGED", "type": "modal", "callback_id": window, "private_metadata": world.images[0],
            "state": {"values": values}, "title": {"type": "plain_text", "text": "x"}, "blocks": [],
        }  # fmt: skip
        person = {"id": BEN, "team_id": TEAM}
        body = {"type": "view_submission", "team": {"id": TEAM}, "user": person, "view": view, "trigger_id": "1.2.3"}
        world.door.far_end.deliver("interactive", body)

    return slack(submit)


def mentioned(world: World) -> None:
    world.door.far_end.mention(f"show {world.images[0]}", STUDIO, user=BEN)
    world.door.run("answer")


def terminal(words: str) -> Callable[[World], str]:
    def ask(world: World) -> str:
        out, err = io.TextIOWrapper(io.BytesIO(), encoding="utf-8"), io.StringIO()
        with pytest.MonkeyPatch.context() as shell, redirect_stdout(out), redirect_stderr(err):
            shell.chdir(world.folder)
            for setting, value in world.environment.items():
                shell.setenv(setting, value)
            status = main([*_with_ids(words, world).split(), "--workspace", TEAM])
        out.seek(0)
        return f"{status} {out.read()} {err.getvalue()}"

    return ask


def api_spend(**fields: str) -> Callable[[World], str]:
    return lambda world: world.api.spend(period="all", **fields).text


def api_review(world: World) -> str:
    return world.api.post(f"/v1/usage/{world.images[0]}/review", {"kept": 1, "rejected": 0, "source": "imagelane"}).text


def metrics(world: World) -> str:
    figures = served.figures(wiring.build(Settings(), f"sqlite:///{world.folder / 'imagelane.db'}"))
    return "\n".join(
        line
        for line in Metrics(figures).text().decode().splitlines()
        if line.startswith("imagelane_") and "_created" not in line
    )


def uploads(world: World) -> str:
    """What Slack knows of a file: its number, name, title, words for those who can't see it, and its bytes."""
    told = [call.payload for call in world.door.far_end.calls_of() if call.method.startswith("files.")]
    return f"{told} {[file.data for file in world.door.far_end.workspace.files.values()]!r}"


def channel(world: World) -> str:
    """Every message in it with its earlier wordings, in the order they stood there. The quote is no message of it."""
    return str([(one.payload, one.edits) for one in world.door.far_end.messages(STUDIO)])


def names_of_files(world: World) -> str:
    return " ".join(sorted(path.name for path in (world.folder / "pictures").rglob("*")))


def at_home(world: World) -> Any:
    """As if for the first time: what did not change is not published again."""
    world.door.far_end.workspace.homes.clear()
    return world.door.far_end.open_home(ANA)


DIMENSIONS = ("lane", "model", "quality", "source", "person", "project", "kind", "day")
PARTS = ("premium", "legacy", "gpt-image-2.5-sunburst", "gpt-image-2")
QUIET: dict[str, Callable[[World], str]] = {  # they have no reason to name a lane, a model or the price of an image
    "show": command("show IMAGE"),
    "show the other": command("show OTHER"),
    "bench verdict": command("bench verdict BENCH"),
    "spend": command("spend all"),
    **{f"spend by {by}": command(f"spend all by {by}") for by in DIMENSIONS},
    "spend by model in the channel": slack(
        lambda world: world.door.far_end.command(f"spend all by model in #{STUDIO}", BEN)
    ),
    "budget": command("budget"),
    "mention show": slack(mentioned),
    "home": slack(at_home),
    **{action: pressed(action) for action in ("sample.keep", "sample.reject", "sample.retry")},
    "bench.review": pressed("bench.review", "BENCH"),
    "bench.sheet": pressed("bench.sheet", "BENCH"),
    "bench.premium": pressed("bench.premium", "BENCH"),
    "sample.retry sent": sent("sample.retry", {}),
    "sample.reject sent": sent("sample.reject", {"reasons": {"reasons": {"selected_options": [{"value": "quality"}]}}}),
    "sample.report sent": sent("sample.report", {}),
    "terminal show": terminal("show IMAGE --details"),
    "terminal bench verdict": terminal("bench verdict BENCH --json"),
    "terminal bench export": terminal("bench export BENCH"),
    "terminal bench sheet": terminal("bench export BENCH sheet.png"),
    "terminal bench list": terminal("bench list"),
    "terminal spend by lane": terminal("spend all by lane"),
    "export": terminal("export"),
    "/v1/spend": api_spend(),
    **{f"/v1/spend by {by}": api_spend(by=by) for by in DIMENSIONS},
    "/v1/usage/ID/review": api_review,
    "/metrics": metrics,
    "log": lambda world: "\n".join(world.said),
    "uploads": uploads,
    "names of files": names_of_files,
}
OTHERS: dict[str, Callable[[World], str]] = {  # what they name are facts, and lanes without saying what is whose
    "bench list": command("bench list"),
    "bench show": command("bench show BENCH"),
    "channel": channel,
    "estimate by own keep rates": command("estimate 10 medium square --keep own"),
    "recommend": command("recommend unsure"),
    "recommend for its kind": command('recommend new --for "own prompts"'),
    "estimate for its kind": command('estimate 10 medium square --for "own prompts"'),
    "digest preview": command("digest preview --week WEEK"),
    "terminal bench list as JSON": terminal("bench list --json"),
    "terminal bench show": terminal("bench show BENCH --json"),
    "terminal estimate": terminal("estimate 10 medium square --keep own --json"),
    **{f"spend of {part} by {by}": command(f"spend all by {by} of {part}") for part in PARTS for by in DIMENSIONS},
    **{f"/v1/spend of {part}": api_spend(of=part) for part in PARTS},
    "terminal spend of premium": terminal("spend all of premium --json"),
    "terminal digest": terminal("digest preview --week WEEK --json"),
}
SPEAK_ONCE_SEALED = [
    *("show", "spend by lane", "spend by model", "home", "bench verdict", "terminal show", "terminal bench export"),
    *("terminal bench verdict", "terminal spend by lane", "/v1/spend by model", "spend by model in the channel"),
]


@pytest.mark.parametrize("stage", [pytest.param("drawing", marks=pytest.mark.soak), "reviewing"])
def test_an_open_bench_says_nothing_of_whose_an_image_is_and_what_it_cost(
    books: str, tmp_path: Path, stage: str
) -> None:
    with world(stage, books, tmp_path) as blind:
        prices = blind.prices()
        for remembered in (
            "spend by person",
            "spend by model in the channel",
            "bench show",
        ):  # a name is asked for once
            (QUIET | OTHERS)[remembered](blind)

        def says_nothing(name: str, way_out: Callable[[World], str]) -> None:
            said = CHANGING.sub("", way_out(blind))
            assert [word for word in (*NAMES, *prices) if word in said and name in QUIET] == []
            with told_otherwise(blind):
                assert CHANGING.sub("", way_out(blind)) == said

        cells.hold((QUIET | OTHERS).items(), says_nothing)


def test_the_same_exits_speak_once_it_is_sealed(books: str, tmp_path: Path) -> None:
    """So their silence before is no accident of the sample."""
    with world("sealed", books, tmp_path) as told:

        def speaks(name: str) -> None:
            assert [word for word in NAMES if word in QUIET[name](told)] != []

        cells.hold(SPEAK_ONCE_SEALED, speaks)
