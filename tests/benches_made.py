"""Sample benches for tests, and the short ways through one."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import count
from typing import Any

from bot.benches import Ballot, Bench, Entrant, Judged, Plan, Progress, Prompt, Wanted, question
from bot.benches import State as BenchState
from bot.drawings import Limits, Outcome, Paid, State, Vote, Wished
from bot.pricing.spec import ImageSpec, Size
from bot.store import Store
from tests.wishes import CENT, LEASE, LIMITS, NEEDED, NOW

MODELS = {"budget": "gpt-image-2.5-flare", "premium": "gpt-image-2.5-sunburst", "legacy": "gpt-image-2"}
ROOMY = replace(LIMITS, limit_nanousd=100_000 * CENT)
COST = 2 * CENT

_numbers = count()

Keeps = Callable[[int, str], bool]  # by the place of a prompt and the model


def better(_place: int, model: str) -> bool:
    return "sunburst" in model


def alike(place: int, _model: str) -> bool:
    return place % 2 == 0


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


def judged(asked: Plan, keeps: Keeps) -> tuple[Bench, list[Judged]]:
    """A sealed bench that no store has seen, with one reviewer's votes."""
    prompts = tuple(Prompt(place, text) for place, text in enumerate(asked.prompts))
    bench = Bench(
        team_id="T1",
        id="7f3k2q9xd4",
        plan=asked,
        state=BenchState.SEALED,
        by="U1",
        source="slack",
        channel_id="C1",
        message_ts=None,
        demo=False,
        parent_id=None,
        question=question(asked),
        held_nanousd=0,
        reason=None,
        created_at=NOW,
        ended_at=NOW,
        prompts=prompts,
        progress=Progress(),
        seed="s",
    )
    return bench, [
        _image(place, n, keeps(place, entrant.spec.model))
        for place in range(len(prompts))
        for n, entrant in enumerate(asked.entrants)
    ]


def _image(place: int, entrant: int, keep: bool) -> Judged:
    vote = Vote("U2", "keep" if keep else "reject", None, NOW, 4)
    return Judged(place, entrant, 1, f"{place}-{entrant}", State.DELIVERED, COST, (vote,), None, stands=True)


def sealed(store: Store, asked: Plan | None = None, **changes: Any) -> Bench:
    return judge(store, drawn(store, asked, **changes), "U2")


def decided(store: Store, asked: Plan, keeps: Keeps, hours: int = 0, **changes: Any) -> Bench:
    """Judged by one person, and sealed."""
    bench = drawn(store, asked, **changes)
    at = NOW + timedelta(hours=hours)
    for prompt in bench.remaining:
        sheet = store.benches.sheet("T1", bench.id, prompt.place, "U2")
        models = [(image, store.generation("T1", image).spec.model) for _, image, _ in sheet]
        ballots = [Ballot(image, "keep" if keeps(prompt.place, model) else "reject", 4) for image, model in models]
        bench = store.benches.vote("T1", bench.id, "U2", ballots, at)
    return bench
