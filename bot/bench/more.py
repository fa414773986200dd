"""More prompts for one question: which are unused, what drawing them costs, and which of the four looks it would be.

`bench.use` (under a quote) and `bench.test` (under a verdict) are the buttons it serves; `slack` listens to both.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot import money
from bot.bench import rows_read
from bot.bench.plan import FEWEST_PROMPTS, KEPT_KIND, MOST_PROMPTS, Bench, grid, quote
from bot.errors import BadSpec, ModelRetired, NoPrice
from bot.evidence import MOST_LOOKS
from bot.ledger import questions
from bot.ledger.ledger import Ledger
from bot.pricing.facts import Catalog

MOST_KEPT = 200
LABEL_LETTERS = 24
Sets = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class MorePrompts:
    """`wanted` prompts beside those of a bench, for its question: `unused` are there, never more than `wanted`.

    `total_usd` is what drawing `wanted` of them costs on that day, 0 in a demo; `look` counts from 1.
    """

    bench_id: str
    wanted: int
    unused: tuple[str, ...]
    total_usd: Decimal
    look: int
    demo: bool

    @property
    def enough(self) -> bool:
        return len(self.unused) >= self.wanted


def more(store: Ledger, catalog: Catalog, sets: Sets, bench: Bench, wanted: int, on: date) -> MorePrompts | None:
    """None where all looks at its question are taken, and where a model of it draws no more."""
    look = 1 + store.read(rows_read.looks, bench.team_id, bench.question, demo=bench.demo)
    if look > MOST_LOOKS or wanted < 1:
        return None
    unused = unused_prompts(store, sets, bench)[:wanted]
    try:
        each = _each_usd(catalog, bench, on)
    except (ModelRetired, BadSpec, NoPrice):
        return None
    total = Decimal(0) if bench.demo else money.plain(each * wanted)
    return MorePrompts(bench.id, wanted, unused, total, look, bench.demo)


def a_test(wanted: int) -> int:
    """As many as a test of its own may have."""
    return min(max(wanted, FEWEST_PROMPTS), MOST_PROMPTS)


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


# Its button


def test_label(one: MorePrompts) -> str:
    """Test 17 more: $0.45; 17 more, look 2/4: $0.45; with … where its window asks for prompts."""
    return _label(one, f"Test {one.wanted} more", f"{one.wanted} more", one.total_usd)


def use_label(one: MorePrompts, prompts: int, total_usd: Decimal) -> str:
    """The same for a whole test of so many prompts, which takes the place of one that is planned."""
    return _label(one, f"Use {prompts}", f"{prompts}", total_usd)


def _label(one: MorePrompts, long: str, short: str, total_usd: Decimal) -> str:
    end = f": {'$0, demo' if one.demo else money.cents(total_usd)}" if one.enough else "…"
    if one.look == 1:
        return fitting(f"{long}{end}", f"{short}{end}")
    of, slash = f"look {one.look} of {MOST_LOOKS}", f"{one.look}/{MOST_LOOKS}"
    return fitting(
        f"{long}, {of}{end}", f"{long}, look {slash}{end}", f"{short}, look {slash}{end}", f"{short} ({slash}){end}"
    )


def fitting(*labels: str) -> str:
    """The first that Slack shows whole, else the last."""
    return next((label for label in labels if len(label) <= LABEL_LETTERS), labels[-1])
