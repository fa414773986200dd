"""Sample benches for tests, and the short ways through one.

What a bench is made of is written at once: its calls, and the votes on all prompts but the last one judged, which goes
the store's own way. test_benches_made holds that to calls and votes made one by one.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import Connection, insert, select, update

from bot.bench import rows_calls, rows_composites, rows_read, rows_votes
from bot.bench.letters import key, orders
from bot.bench.outcome import Ballot, Judged
from bot.bench.plan import Bench, Plan, Progress, Prompt, WantedBench, question
from bot.bench.steps import Cell, standing
from bot.ledger import holds, settlement
from bot.ledger.bench_states import BenchState
from bot.ledger.ledger import Ledger
from bot.ledger.pictures import Limits, Outcome, Paid, PictureState, Vote, Wished
from bot.ledger.rows import new_id
from bot.ledger.tables import charges, generations, votes
from bot.pricing.spec import ImageSpec, Size
from bot.samples.priced_images import Entrant
from bot.store.engine import writing
from tests.kit.clock import moment
from tests.kit.wishes import CENT, LEASE, LIMITS, NEEDED, NOW

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


def planned(store: Ledger, asked: Plan | None = None, **changes: Any) -> Bench:
    asked = asked or plan()
    wanted = WantedBench("T1", f"bench-click-{next(_numbers)}", "U1", "C1", "slack", asked, False)
    return store.write(rows_calls.plan, replace(wanted, **changes), grid(asked), NOW)


def started(store: Ledger, asked: Plan | None = None, limits: Limits = ROOMY, **changes: Any) -> Bench:
    bench = planned(store, asked, **changes)
    return store.write(rows_calls.start, "T1", bench.id, grid(bench.plan), limits, moment(NOW))[0]


def call(store: Ledger, generation_id: str, outcome: Outcome | None = None) -> None:
    """One call from claim to its end, as a worker makes it."""
    store.write(settlement.claim, "T1", generation_id, "w", LEASE, NOW)
    settled = store.settle("T1", generation_id, outcome or Paid(COST, None, "medium", "1024x1024", "req"), moment(NOW))
    if settled.state is PictureState.PAID:
        store.write(settlement.delivered, "T1", generation_id, None, "bench", NOW)


def drawn(store: Ledger, asked: Plan | None = None, **changes: Any) -> Bench:
    """Every image is there, and the review has begun."""
    bench = started(store, asked, **changes)
    with writing(store.engine) as connection:
        _call_all(connection, bench)
    return store.write(rows_calls.advance, "T1", bench.id, moment(NOW))


def in_slack(store: Ledger, bench: Bench) -> None:
    """Its pictures are where they are judged, as if Slack had taken all of them."""
    with writing(store.engine) as connection:
        for prompt in bench.remaining:
            for each in orders(len(bench.plan.entrants)):
                rows_composites.together(connection, bench.team_id, bench.id, prompt.place, key(each), "F012ABC")


def _call_all(connection: Connection, bench: Bench) -> None:
    """As `call` leaves them, one by one."""
    cells = rows_read.cells(connection, "T1", bench.id)
    mine = generations.c.id.in_([cell.generation_id for cell in cells])
    if not bench.demo:
        under = holds.under_of(connection, "T1", mine)
        connection.execute(insert(charges), [_charge(cell.generation_id, under.month) for cell in cells])
        holds.book(connection, under, COST * len(cells), sum(cell.reserved_nanousd for cell in cells))
    connection.execute(update(generations).where(generations.c.team_id == "T1", mine).values(_DELIVERED))


def _charge(generation_id: str, month: str) -> dict[str, Any]:
    key = {"team_id": "T1", "id": new_id(16), "generation_id": generation_id}
    return {**key, "kind": "metered", "amount_nanousd": COST, "period": month, "at": NOW}


_DELIVERED: dict[Any, Any] = {
    "state": PictureState.DELIVERED,
    "state_at": NOW,
    "version": generations.c.version + 3,  # claimed, settled, delivered
    "reason": "bench",
    "returned_quality": "medium",
    "returned_size": "1024x1024",
    "service_request_id": "req",
    "drawn_at": NOW,
}


def ballots(store: Ledger, bench: Bench, place: int, person: str, verdict: str = "keep") -> list[Ballot]:
    return [Ballot(shown, verdict, 4) for _, shown, _ in store.read(rows_votes.sheet, "T1", bench.id, place, person)]


def judge(store: Ledger, bench: Bench, person: str, verdict: str = "keep", places: int | None = None) -> Bench:
    """One reviewer through the prompts, or the first so many of them; what the person judged before stays."""
    return _judge(store, bench, person, lambda _place, _model: verdict == "keep", NOW, places)


def _judge(store: Ledger, bench: Bench, person: str, keeps: Keeps, at: datetime, places: int | None = None) -> Bench:
    *most, last = [prompt.place for prompt in bench.remaining[:places]]
    with writing(store.engine) as connection:
        cells = standing(bench, rows_read.cells(connection, "T1", bench.id))
        _vote_all(connection, person, _ballots(bench, cells, most, keeps), at)
    return store.write_once(rows_votes.vote, "T1", bench.id, person, _ballots(bench, cells, [last], keeps), at)


def _ballots(bench: Bench, cells: Sequence[Cell], places: Sequence[int], keeps: Keeps) -> list[Ballot]:
    models = [entrant.spec.model for entrant in bench.plan.entrants]
    return [
        Ballot(cell.generation_id, _verdict(keeps(cell.place, models[cell.entrant])), 4)
        for cell in cells
        if cell.place in places
    ]


def _verdict(keep: bool) -> str:
    return "keep" if keep else "reject"


def _vote_all(connection: Connection, person: str, cast: Sequence[Ballot], at: datetime) -> None:
    here = (votes.c.team_id == "T1", votes.c.generation_id.in_([ballot.generation_id for ballot in cast]))
    before = connection.execute(select(votes.c.generation_id, votes.c.person_id).where(*here)).all()
    numbers = Counter(row.generation_id for row in before)
    mine = {row.generation_id for row in before if row.person_id == person}
    new = [_vote(ballot, person, numbers[ballot.generation_id] + 1, at) for ballot in cast]
    new = [row for row in new if row["generation_id"] not in mine]
    if new:
        connection.execute(insert(votes), new)
        counted = generations.c.id.in_([row["generation_id"] for row in new])
        connection.execute(update(generations).where(counted).values(version=generations.c.version + 1))


def _vote(ballot: Ballot, person: str, number: int, at: datetime) -> dict[str, Any]:
    which = {"team_id": "T1", "generation_id": ballot.generation_id, "number": number, "person_id": person}
    return {**which, "verdict": ballot.verdict, "at": at, "confidence": ballot.confidence}


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
    vote = Vote("U2", _verdict(keep), None, NOW, 4)
    return Judged(place, entrant, 1, f"{place}-{entrant}", PictureState.DELIVERED, COST, (vote,), None, stands=True)


def sealed(store: Ledger, asked: Plan | None = None, **changes: Any) -> Bench:
    return judge(store, drawn(store, asked, **changes), "U2")


def decided(store: Ledger, asked: Plan, keeps: Keeps, hours: int = 0, **changes: Any) -> Bench:
    """Judged by one person, and sealed."""
    return _judge(store, drawn(store, asked, **changes), "U2", keeps, NOW + timedelta(hours=hours))
