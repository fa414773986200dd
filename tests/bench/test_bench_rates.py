"""Whole benches through the store, from plan to verdict: their verdicts come as often as the method says.

What is drawn by chance is only what people vote. Both lanes share how hard a prompt is: d of Beta(0.65, 0.28), which
has mean m and deviation s. A lane that keeps p of all its images keeps p + sqrt(phi p (1 - p)) (d - m) / s of those of
such a prompt. So each keeps its p, and what is kept of one prompt on both lanes correlates by phi.
"""

import random
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from math import sqrt

import pytest
import sqlalchemy as sa

from bot.bench import rows_calls, rows_votes, verdicts
from bot.bench.outcome import Ballot
from bot.bench.plan import Effort, Plan, WantedBench
from bot.evidence import Word
from bot.ledger import holds
from bot.ledger.bench_states import BenchState
from bot.ledger.ledger import Ledger, open_ledger
from bot.ledger.pictures import Limits, Wished
from bot.ledger.pictures import PictureState as Call
from bot.ledger.rows import new_id
from bot.ledger.tables import charges, generations
from bot.pricing.spec import ImageSpec, Size
from bot.samples.priced_images import Entrant
from tests.kit.clock import moment
from tests.kit.wishes import NOW

PROMPTS, PHI, SEED = 20, 0.2, 20261122
ALPHA, BETA = 0.65, 0.28
MEAN = ALPHA / (ALPHA + BETA)
DEVIATION = sqrt(MEAN * (1 - MEAN) / (ALPHA + BETA + 1))
KEEPS, COSTS = (0.55, 0.85), (11_000_000, 34_000_000)  # of gpt-image-1-mini, which is used today, and gpt-image-1.5
SIDES = tuple(
    Entrant(lane, ImageSpec(model, "medium", Size(1024, 1024)))
    for lane, model in (("budget", "gpt-image-1-mini"), ("premium", "gpt-image-1.5"))
)
GRID = [[Wished(one.lane, one.spec, cost, cost) for one, cost in zip(SIDES, COSTS, strict=True)]] * PROMPTS
ROOM = Limits("2026-11", limit_nanousd=10**15, per_minute=10**6, per_hour=10**6, queue=10**6, week="2026-W47")
EXACT = {  # by the seconds a reject costs: every outcome counted, as tests.evidence.test_evidence_outcomes does it
    0: {Word.SWITCH: 0.000, Word.STAY: 0.792, Word.KEEP_TESTING: 0.208},
    30: {Word.SWITCH: 0.463, Word.STAY: 0.000, Word.KEEP_TESTING: 0.537},
}
ROUNDING = 0.0006


def kept(chance: random.Random) -> list[tuple[bool, ...]]:
    """For each prompt, whether its image is kept on each lane."""
    hardness = [(chance.betavariate(ALPHA, BETA) - MEAN) / DEVIATION for _ in range(PROMPTS)]
    return [tuple(chance.random() < p + sqrt(PHI * p * (1 - p)) * d for p in KEEPS) for d in hardness]


def pay(store: Ledger, images: Sequence[str]) -> None:
    """Every call answered and booked at its price: as settling them one by one leaves it, in a tenth of the time."""
    theirs = generations.c.id.in_(images)
    costs = list(zip(images, COSTS * PROMPTS, strict=True))
    with store.transaction() as connection:
        under = holds.under_of(connection, "T1", theirs)
        holds.book(connection, under, spent=sum(cost for _, cost in costs), returned=sum(cost for _, cost in costs))
        ended = {"state": Call.DELIVERED, "drawn_at": NOW, "version": 4}
        connection.execute(sa.update(generations).where(theirs).values(ended))
        paid = {"team_id": "T1", "kind": "metered", "period": ROOM.period, "at": NOW}
        booked = [{**paid, "id": new_id(16), "generation_id": one, "amount_nanousd": cost} for one, cost in costs]
        connection.execute(sa.insert(charges), booked)


def word(store: Ledger, number: int, effort: Effort, votes: list[tuple[bool, ...]]) -> Word:
    """Of a bench planned, started, settled image by image, judged and sealed. Its kind of work is its own question."""
    plan = Plan(tuple(f"kite {n}" for n in range(PROMPTS)), SIDES, f"kites {number}", effort=effort)
    wanted = WantedBench("T1", f"click {number}", "U1", "C1", "slack", plan, demo=False)
    bench = store.write(rows_calls.plan, wanted, GRID, NOW)
    store.write(rows_calls.start, "T1", bench.id, GRID, ROOM, moment(NOW))
    images = store.read(rows_calls.waiting, "T1", bench.id)
    pay(store, images)
    store.write(rows_calls.advance, "T1", bench.id, moment(NOW))
    said = [Ballot(image, "keep" if keep else "reject", 4) for image, keep in zip(images, sum(votes, ()), strict=True)]
    assert store.write_once(rows_votes.vote, "T1", bench.id, "U2", said, NOW).state is BenchState.SEALED
    return verdicts.of(store, "T1", bench.id).verdict.word


def check(url: str, seconds: int, benches: int) -> None:
    """Within four standard errors of every outcome counted, which the table gives to three digits."""
    chance, store = random.Random(SEED), open_ledger(url, busy_seconds=10)
    effort = Effort(Decimal(seconds), Decimal(30))
    found = Counter(word(store, number, effort, kept(chance)) for number in range(benches))
    assert store.read(holds.differences) == []
    store.close()
    print(f"{benches:,} benches at {seconds} s a reject: {found}")
    for one, p in EXACT[seconds].items():
        assert found[one] / benches == pytest.approx(p, abs=4 * sqrt(p * (1 - p) / benches) + ROUNDING), found


def test_verdicts_come_about_as_often_as_the_method_says(sqlite_url: str) -> None:
    check(sqlite_url, seconds=30, benches=10)


@pytest.mark.soak
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("seconds", EXACT)
def test_in_two_thousand_benches_verdicts_come_as_often_as_the_method_says(sqlite_url: str, seconds: int) -> None:
    check(sqlite_url, seconds, benches=2000)
