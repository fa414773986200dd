"""What a planned bench says before anything is spent, and how many prompts would settle its question."""

from dataclasses import dataclass
from decimal import Decimal
from math import ceil, isfinite

from bot.bench.more import MorePrompts
from bot.bench.plan import Bench, BenchCost, Effort, Grid, compared, quote
from bot.evidence import price_ratio, prompts_needed
from bot.money import plain, usd

GUESS_LOW, GUESS_HIGH = 0.55, 0.85  # keep rates of the cheaper and of the dearer lane, where nothing is known yet
MOST_NEEDED = 10**6


@dataclass(frozen=True)
class BenchQuote:
    """`prompts_needed` would settle the question at these prices if the guess is right; None where no number would.
    `more` are those that are missing for it. `judges` are ids of people; without them anybody judges."""

    id: str
    kind: str
    compared: tuple[str, ...]
    quote: BenchCost
    demo: bool
    cap_usd: Decimal
    left_usd: Decimal
    reject_usd: Decimal
    looks: int
    prompts_needed: int | None
    reviewers: int = 1
    judges: tuple[str, ...] = ()
    more: MorePrompts | None = None


def bench_quote(bench: Bench, images: Grid, priced: Grid, left_nanousd: int, looks: int) -> BenchQuote:
    """`images` as they would be drawn; `priced` at the prices of the day, which a demo's are not."""
    cost = quote(bench.plan, images)
    return BenchQuote(
        id=bench.id,
        kind=bench.plan.kind,
        compared=compared(bench.plan),
        quote=cost,
        demo=bench.demo,
        cap_usd=plain(usd(bench.plan.cap_nanousd or 0)),
        left_usd=plain(usd(left_nanousd)),
        reject_usd=bench.plan.effort.usd,
        looks=looks,
        prompts_needed=prompts_to_settle(quote(bench.plan, priced), bench.plan.effort),
        reviewers=bench.plan.reviewers,
        judges=bench.plan.judges,
    )


def prompts_to_settle(cost: BenchCost, effort: Effort) -> int | None:
    """Of the lanes held against the first, the one that is hardest to tell from it; the dearer of two gets the higher
    guess."""
    first, *others = [share.total_usd / share.images for share in cost.shares]
    counts = [_prompts(min(first, other), max(first, other), effort.usd) for other in others]
    most = max(counts)
    return ceil(most) if isfinite(most) and most <= MOST_NEEDED else None


def _prompts(cheaper_usd: Decimal, dearer_usd: Decimal, reject_usd: Decimal) -> float:
    return prompts_needed(GUESS_HIGH, GUESS_LOW, price_ratio(dearer_usd, cheaper_usd, reject_usd))
