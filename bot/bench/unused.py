"""The prompts a question has not seen yet: of its set, or of what was kept; how many it lacks, and what they cost."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from bot import money
from bot.bench import rows_read
from bot.bench.more import MorePrompts
from bot.bench.plan import FEWEST_PROMPTS, KEPT_KIND, MOST_PROMPTS, Bench, grid, quote
from bot.bench.quote import prompts_to_settle
from bot.errors import BadSpec, ModelRetired, NoPrice
from bot.evidence import LEAST_PROMPTS, MOST_LOOKS
from bot.ledger import questions
from bot.ledger.ledger import Ledger
from bot.pricing.facts import Catalog

MOST_KEPT = 200
NO_MORE = (ModelRetired, BadSpec, NoPrice)
Sets = Mapping[str, tuple[str, ...]]


def safer(
    store: Ledger, catalog: Catalog, sets: Sets, bench: Bench, needed: int | None, on: date
) -> MorePrompts | None:
    """What a test that is planned lacks of those that would settle it, as far as one may have them."""
    missing = min(needed or 0, MOST_PROMPTS) - len(bench.plan.prompts)
    return more(store, catalog, sets, bench, missing, on)


def further(store: Ledger, catalog: Catalog, sets: Sets, bench: Bench, on: date) -> MorePrompts | None:
    """What a test that was judged lacks of those that would settle it; else ten, which is how far looks lie apart."""
    try:
        needed = prompts_to_settle(quote(bench.plan, grid(bench.plan, catalog, on)), bench.plan.effort)
    except NO_MORE:
        return None
    missing = (needed or 0) - len(store.read(rows_read.answered, bench.team_id, bench.question, demo=bench.demo))
    wanted = min(max(missing, FEWEST_PROMPTS), MOST_PROMPTS) if missing > 0 else LEAST_PROMPTS
    return more(store, catalog, sets, bench, wanted, on)


def more(store: Ledger, catalog: Catalog, sets: Sets, bench: Bench, wanted: int, on: date) -> MorePrompts | None:
    """None where all looks at its question are taken, and where a model of it draws no more."""
    look = 1 + store.read(rows_read.looks, bench.team_id, bench.question, demo=bench.demo)
    if look > MOST_LOOKS or wanted < 1:
        return None
    unused = unused_prompts(store, sets, bench)[:wanted]
    try:
        each = _each_usd(catalog, bench, on)
    except NO_MORE:
        return None
    total = Decimal(0) if bench.demo else money.plain(each * wanted)
    return MorePrompts(bench.id, wanted, unused, total, look, bench.demo)


def unused_prompts(store: Ledger, sets: Sets, bench: Bench) -> tuple[str, ...]:
    """Of the set its prompts are of, or of what who started it kept: without its own and those that were answered in
    looks before. None of other work: that would be another question."""
    own = frozenset(bench.plan.prompts)
    answered = store.read(rows_read.answered, bench.team_id, bench.question, demo=bench.demo)
    pool = next((prompts for prompts in sets.values() if own & set(prompts)), ())
    if not pool:
        by = None if bench.source == "terminal" else bench.by
        kept = store.read(questions.kept_prompts, bench.team_id, by, MOST_KEPT)
        pool = kept if bench.plan.kind == KEPT_KIND or own <= set(kept) else ()
    return tuple(prompt for prompt in pool if prompt not in own and prompt not in answered)


def _each_usd(catalog: Catalog, bench: Bench, on: date) -> Decimal:
    """Of one prompt for all lanes, as its own cost on the average."""
    cost = quote(bench.plan, grid(bench.plan, catalog, on))
    return cost.total_usd / cost.prompts
