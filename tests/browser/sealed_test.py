"""A blind test that was drawn and judged, for a playground that stands: its own sweep posts the verdict."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot import catalog
from bot.bench import rows_calls, rows_votes
from bot.bench.outcome import Ballot
from bot.bench.plan import Bench, Plan, WantedBench, grid
from bot.clock import Moment
from bot.entrypoints.cli.playground import HOME
from bot.ledger import rows, settlement
from bot.ledger.ledger import Ledger, open_ledger
from bot.ledger.pictures import Limits, Paid
from bot.playground.people import ANA, BEN, CHI, STUDIO, TEAM
from bot.samples.priced_images import entrants
from bot.settings import LOCAL_STORE

AGO = timedelta(minutes=11)  # a verdict that did not come within ten is posted by the sweep
MEDIUM = 13_170_000  # nano-dollars
NINE, SEVEN = (*range(9),), (*range(6), 9)  # the prompts whose picture is kept
PROMPTS = tuple(f"a product shot of sample thing {number}" for number in range(10))


def seal(folder: Path) -> str:
    """Ten prompts on budget and premium, judged by three as looks.md has them; its id."""
    store = open_ledger(f"sqlite:///{folder / HOME / LOCAL_STORE}", busy_seconds=30)
    real = datetime.now(UTC)
    at = Moment(real - AGO, real)
    try:
        bench = _drawn(store, at)
        for person in (ANA, BEN, CHI):
            for place in range(len(PROMPTS)):
                ballots = _ballots(store, bench, place, person)
                store.write(rows_votes.vote, TEAM, bench.id, person, ballots, at.now)
    finally:
        store.close()
    return bench.id


def _drawn(store: Ledger, at: Moment) -> Bench:
    facts, day = catalog.load(), at.now.date()
    sides = entrants([("budget", None), ("premium", None)], None, facts, day)
    plan = Plan(PROMPTS, sides, "product-shots", reviewers=3)
    images = grid(plan, facts, day)
    wanted = WantedBench(TEAM, f"sealed:{at.real.isoformat()}", ANA, STUDIO, "slack", plan, False)
    bench = store.write(rows_calls.plan, wanted, images, at.now)
    limits = Limits(f"{at.now:%Y-%m}", 10**12, 1000, 1000, 1000, f"{at.now:%G-W%V}")
    store.write(rows_calls.start, TEAM, bench.id, images, limits, at)
    for generation_id in store.read(rows_calls.waiting, TEAM, bench.id):
        store.write(settlement.claim, TEAM, generation_id, "sample", at.real + AGO, at.real)
        store.settle(TEAM, generation_id, Paid(MEDIUM, None, "medium", "1024x1024", None), at)
        store.write(settlement.delivered, TEAM, generation_id, None, None, at.real)
    return store.write(rows_calls.advance, TEAM, bench.id, at)


def _ballots(store: Ledger, bench: Bench, place: int, person: str) -> Sequence[Ballot]:
    shown = store.read(rows_votes.sheet, TEAM, bench.id, place, person)
    return [Ballot(one, _verdict(store, one, place), 4) for _, one, _ in shown]


def _verdict(store: Ledger, generation_id: str, place: int) -> str:
    lane = store.read(rows.generation, TEAM, generation_id).lane
    return "keep" if place in (NINE if lane == "premium" else SEVEN) else "reject"
