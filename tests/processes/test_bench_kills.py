"""kill -9 in the middle of a blind test: no call is paid twice, every dollar is booked, lanes stay equal."""

import random
from collections import defaultdict
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Connection

from bot import catalog, wiring
from bot.bench import jobs as bench_jobs
from bot.bench import plan as bench_plan
from bot.bench import rows_calls, rows_composites, rows_read, rows_votes
from bot.bench.plan import Bench, Plan, WantedBench
from bot.ledger import holds
from bot.ledger.bench_states import BenchState
from bot.ledger.pictures import JUDGEABLE
from bot.ledger.pictures import PictureState as Call
from bot.money import nanousd
from bot.playground import faults
from bot.playground.people import ANA, STUDIO, TEAM
from bot.samples import priced_images
from bot.settings import Settings
from tests.kit.books import House, installed
from tests.kit.clock import moment
from tests.kit.far_openai_trouble import broken

pytestmark = pytest.mark.waits

SEED = 20261122
FACTS = catalog.load()


def start(house: House, prompts: int, lanes: tuple[str, ...] = ("budget", "premium")) -> str:
    """As a door does it: planned and started, its one job handed in with it."""
    on = datetime.now(UTC)
    sides = priced_images.entrants([(lane, "medium") for lane in lanes], "square", FACTS, on.date())
    plan = Plan(tuple(f"kite {number}" for number in range(prompts)), sides, "kites")
    images = bench_plan.grid(plan, FACTS, on.date())
    bench = house.store.write(
        rows_calls.plan, WantedBench(TEAM, "click", ANA, STUDIO, "slack", plan, False), images, on
    )

    def begin(connection: Connection, started: Bench) -> None:
        house.enqueuer.enqueue(connection, bench_jobs.begin_job(started.team_id, started.id))

    limits = wiring.limits(Settings(), on)
    house.store.write(rows_calls.start, TEAM, bench.id, images, limits, moment(on), begin)
    return bench.id


def calls(house: House, at_least: int) -> None:
    house.openai.wait(lambda: len(house.openai.posts) >= at_least, seconds=60)


def check(house: House, bench_id: str) -> Bench:
    """Reviewing; for each prompt and model no more calls than rows, and the ledger over the bill only by lost calls."""
    assert house.store.read(holds.differences) == []
    bench = house.store.read(rows_read.bench, TEAM, bench_id)
    rows = defaultdict(list)
    for line in house.lines():
        rows[line.drawing.prompt, line.row.spec.model].append(line.row)
    for (prompt, model), mine in rows.items():
        posts = [post for post in house.openai.calls_for(prompt) if post.model == model]
        billed = [each.usd for each in house.openai.billed_for(prompt) if each.model == model]
        over = sum(row.charged_nanousd for row in mine) - nanousd(sum(billed, start=Decimal(0)))
        lost = [row for row in mine if row.state is Call.UNCERTAIN]
        assert len(posts) <= len(mine) <= 2
        assert len(mine) == 1 or lost
        assert over >= 0
        assert over == 0 or lost, f"{over} nano-dollars besides the bill for {prompt}"
    assert bench.state is BenchState.REVIEWING
    assert bench.progress.spent_nanousd >= nanousd(house.openai.billed_usd())
    for one in bench.remaining:
        assert len(house.store.read(rows_votes.sheet, TEAM, bench_id, one.place, ANA)) == len(bench.plan.entrants)
    return bench


def check_books(house: House, bench: Bench) -> None:
    """Every cell is pictured, or of a prompt that was dropped; the budget holds what its calls were charged."""
    drawn = {(line.drawing.bench_place, line.row.spec.model) for line in house.lines() if line.row.state in JUDGEABLE}
    remain = {(one.place, side.spec.model) for one in bench.remaining for side in bench.plan.entrants}
    assert remain <= drawn
    assert all(prompt.dropped for prompt in bench.prompts if prompt not in bench.remaining)
    left = house.store.read(holds.left, TEAM, wiring.limits(Settings(), datetime.now(UTC)))
    charged = sum(line.row.charged_nanousd for line in house.lines())
    assert (left.spent_nanousd, left.reserved_nanousd) == (charged, 0)
    assert bench.progress.spent_nanousd == charged


@pytest.mark.timeout(180)
def test_a_bench_killed_in_the_middle_is_drawn_to_its_end_and_nothing_is_paid_twice(
    database_url: str, tmp_path: Path
) -> None:
    with installed(database_url, tmp_path, seconds=0.3) as house:
        process = house.start(IMAGELANE_PER_MODEL="2")
        bench_id = start(house, prompts=6)
        calls(house, at_least=6)
        house.kill(process)
        house.start()
        house.come_to_rest(90)
        bench = check(house, bench_id)
        check_books(house, bench)
        assert len(bench.remaining) >= 4  # two models, two calls of each under way, two spare
        (message,) = house.messages()
        assert f"Drawn {bench.progress.done} of 12" in message.text


@pytest.mark.timeout(120)
def test_a_model_that_answers_now_and_then_costs_its_prompts_and_no_more(sqlite_url: str, tmp_path: Path) -> None:
    with installed(sqlite_url, tmp_path) as house:
        house.openai.rule = lambda post: broken(500) if post.prompt in ("kite 1", "kite 4") else None
        house.start()
        bench_id = start(house, prompts=6)
        house.come_to_rest(60)
        bench = check(house, bench_id)
        assert [prompt.place for prompt in bench.remaining] == [0, 2, 3, 5]


@pytest.mark.timeout(180)
def test_a_process_killed_between_two_uploads_goes_on_with_those_that_lack(database_url: str, tmp_path: Path) -> None:
    with installed(database_url, tmp_path, seconds=0.05) as house:
        house.slack.fail("files.completeUploadExternal", faults.late(0.5), 15)
        process = house.start()
        bench_id = start(house, prompts=5)
        house.slack.wait(lambda: len(house.slack.calls_of("files.completeUploadExternal")) >= 6, seconds=60)
        house.kill(process)
        house.start()
        house.come_to_rest(90)
        bench = check(house, bench_id)
        assert (bench.judgeable, bench.progress.in_slack) == (True, 5)
        assert house.store.read(rows_composites.unbrought, TEAM, bench_id) == ()
        (message,) = house.messages()
        assert "bench.review" in str(message.blocks)


def six_kills(database_url: str, folder: Path, workers: int) -> None:
    """20 x 3, and what all that can be counted says once it has come to rest."""
    chance = random.Random(SEED)
    with installed(database_url, folder, seconds=0.5) as house:
        house.start("clock")
        running = [house.start("worker", IMAGELANE_PER_MODEL="3") for _ in range(workers)]
        bench_id = start(house, prompts=20, lanes=("budget", "premium", "legacy"))
        for kill in range(6):
            calls(house, at_least=6 * kill + 4)
            house.kill(running.pop(chance.randrange(workers)))
            running.append(house.start("worker", IMAGELANE_PER_MODEL="3"))
        house.come_to_rest(240)
        bench = check(house, bench_id)
        check_books(house, bench)
        (message,) = house.messages()
        assert f"Drawn {bench.progress.done} of 60" in message.text
        print(f"{len(bench.remaining)} of 20 prompts remain, {len(house.openai.posts)} calls, after 6 kills")


@pytest.mark.soak
@pytest.mark.timeout(900)
def test_twenty_by_three_through_six_kills_of_three_workers(postgres_url: str, tmp_path: Path) -> None:
    six_kills(postgres_url, tmp_path, workers=3)


@pytest.mark.soak
@pytest.mark.timeout(900)
def test_twenty_by_three_through_six_kills_of_the_one_worker_sqlite_has(sqlite_url: str, tmp_path: Path) -> None:
    six_kills(sqlite_url, tmp_path, workers=1)
