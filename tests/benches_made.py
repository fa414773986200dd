"""Sample benches for tests, and the short ways through one."""

from dataclasses import replace
from itertools import count
from typing import Any

from bot.benches import Ballot, Bench, Entrant, Plan, Wanted
from bot.drawings import Limits, Outcome, Paid, State, Wished
from bot.pricing.spec import ImageSpec, Size
from bot.store import Store
from tests.wishes import CENT, LEASE, LIMITS, NEEDED, NOW

MODELS = {"budget": "gpt-image-2.5-flare", "premium": "gpt-image-2.5-sunburst", "legacy": "gpt-image-2"}
ROOMY = replace(LIMITS, limit_nanousd=100_000 * CENT)
COST = 2 * CENT

_numbers = count()


def plan(prompts: int = 6, lanes: int = 2, **changes: Any) -> Plan:
    texts = tuple(f"kite {next(_numbers)}" for _ in range(prompts))
    entrants = tuple(
        Entrant(lane, ImageSpec(model, "medium", Size(1024, 1024))) for lane, model in [*MODELS.items()][:lanes]
    )
    return replace(Plan(texts, entrants, "kites"), **changes)


def grid(asked: Plan, reserved: int = NEEDED) -> list[list[Wished]]:
    row = [Wished(entrant.lane, entrant.spec, 3 * CENT, reserved) for entrant in asked.entrants]
    return [row for _ in asked.prompts]


def planned(store: Store, asked: Plan | None = None, **changes: Any) -> Bench:
    asked = asked or plan()
    wanted = Wanted("T1", f"bench-click-{next(_numbers)}", "U1", "C1", "slack", asked, False)
    return store.benches.plan(replace(wanted, **changes), grid(asked), NOW)


def started(store: Store, asked: Plan | None = None, limits: Limits = ROOMY, **changes: Any) -> Bench:
    bench = planned(store, asked, **changes)
    return store.benches.start("T1", bench.id, grid(bench.plan), limits, NOW)[0]


def call(store: Store, generation_id: str, outcome: Outcome | None = None) -> None:
    """One call from claim to its end, as a worker makes it."""
    store.claim("T1", generation_id, "w", LEASE, NOW)
    settled = store.settle("T1", generation_id, outcome or Paid(COST, None, "medium", "1024x1024", "req"), NOW)
    if settled.state is State.PAID:
        store.delivered("T1", generation_id, None, "bench", NOW)


def drawn(store: Store, asked: Plan | None = None, **changes: Any) -> Bench:
    """Every image is there, and the review has begun."""
    bench = started(store, asked, **changes)
    for generation_id in store.benches.waiting("T1", bench.id):
        call(store, generation_id)
    return store.benches.advance("T1", bench.id, NOW, NOW)


def ballots(store: Store, bench: Bench, place: int, person: str, verdict: str = "keep") -> list[Ballot]:
    return [Ballot(shown, verdict, 4) for _, shown, _ in store.benches.sheet("T1", bench.id, place, person)]


def judge(store: Store, bench: Bench, person: str, verdict: str = "keep", places: int | None = None) -> Bench:
    """One reviewer through the prompts, or the first so many of them."""
    for prompt in bench.remaining[:places]:
        bench = store.benches.vote("T1", bench.id, person, ballots(store, bench, prompt.place, person, verdict), NOW)
    return bench


def sealed(store: Store, asked: Plan | None = None, **changes: Any) -> Bench:
    return judge(store, drawn(store, asked, **changes), "U2")
