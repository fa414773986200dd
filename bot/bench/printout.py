"""Benches as a terminal tells of them. Before sealing there are sums only; `sides` and `seed` come with it."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from rich.console import Group, RenderableType
from rich.text import Text

from bot import money
from bot.bench import blocks as view
from bot.bench import blocks_quote, printout_verdict
from bot.bench.outcome import Outcome
from bot.bench.plan import Bench
from bot.bench.proof import Proof
from bot.bench.quote import BenchQuote
from bot.ledger.bench_states import BenchState
from bot.money import usd
from bot.pricing import dollars, plain
from bot.printing.shapes import Paragraph, section, table_of, title
from bot.slack.text import plain as harmless

PROMPT_LIMIT = 60


@dataclass(frozen=True)
class SideLine:
    lane: str | None
    model: str
    quality: str
    size: str
    judged: int
    kept: int
    spent_usd: Decimal
    per_accepted_usd: Decimal | None
    mean_confidence: Decimal | None


@dataclass(frozen=True)
class BenchShown:
    id: str
    kind: str
    state: str
    compared: tuple[str, ...]
    prompts: int
    dropped: int
    reviewers: int
    images: int
    done: int
    failed: int
    votes: int
    spent_usd: Decimal
    reject_usd: Decimal
    demo: bool
    started_by: str
    created_at: datetime
    ended_at: datetime | None
    parent: str | None
    reason: str | None
    said: str
    bar: str
    sides: tuple[SideLine, ...] = ()
    seed: str | None = None


@dataclass(frozen=True)
class BenchList:
    benches: tuple[BenchShown, ...]


def line(bench: Bench, result: Outcome | None = None) -> BenchShown:
    """`result` only of a sealed one."""
    so_far, plan = bench.progress, bench.plan
    return BenchShown(
        id=bench.id,
        kind=plan.kind,
        state=bench.state.value,
        compared=tuple(f"{one.lane or ''} {one.spec}".strip() for one in plan.entrants),
        prompts=len(bench.prompts),
        dropped=len(bench.prompts) - len(bench.remaining),
        reviewers=plan.reviewers,
        images=so_far.images,
        done=so_far.done,
        failed=so_far.failed,
        votes=so_far.votes,
        spent_usd=plain(usd(so_far.spent_nanousd)),
        reject_usd=plan.effort.usd,
        demo=bench.demo,
        started_by=bench.by,
        created_at=bench.created_at,
        ended_at=bench.ended_at,
        parent=bench.parent_id,
        reason=bench.reason,
        said=view.status(bench),
        bar=view.bar(bench),
        sides=() if result is None else tuple(_side_line(result, number) for number in range(len(result.sides))),
        seed=bench.seed if bench.state is BenchState.SEALED else None,
    )


def _side_line(result: Outcome, number: int) -> SideLine:
    side = result.sides[number]
    lane, spec = side.entrant.lane, side.entrant.spec
    cost = (side.spent_usd, side.per_accepted_usd, side.mean_confidence)
    return SideLine(lane, spec.model, spec.quality, str(spec.size), side.judged, side.kept, *cost)


def rendered(answer: BenchQuote | BenchShown | BenchList | Proof, details: bool = False) -> RenderableType:
    match answer:
        case Proof():
            return printout_verdict.rendered(answer, details=details)
        case BenchQuote():
            return _quoted(answer, details=details)
        case BenchShown():
            return _shown(answer)
        case BenchList():
            return _listed(answer)


def _quoted(answer: BenchQuote, *, details: bool) -> RenderableType:
    """What is decided, its price by side, what so many prompts can show; what is reserved, since it asks at once."""
    quote = answer.quote
    rows = {
        "Lane": [share.lane or "-" for share in quote.shares],
        "Each": [money.each(share.each_usd) for share in quote.shares],
        "Total": [dollars(share.total_usd) for share in quote.shares],
        "Model": [f"{share.model} {share.quality}" for share in quote.shares],
    }
    return Group(
        title(blocks_quote.lead(answer)),
        table_of(rows, right=("Each", "Total")),
        Text(),
        Paragraph(blocks_quote.enough(answer), style="bold"),
        Paragraph(f"{harmless(answer.kind, PROMPT_LIMIT)}: bench {answer.id}."),
        *([] if answer.demo else [Paragraph(blocks_quote.reserve(answer))]),
        *(section("Good to know", blocks_quote.mind(answer)) if details else ()),
    )


def _shown(answer: BenchShown) -> RenderableType:
    about = f"{' against '.join(answer.compared)}; {answer.prompts} prompts, {answer.reviewers} reviewing each"
    blind = "Nothing is told by lane until it is sealed." if answer.state in ("drawing", "reviewing") else ""
    return Group(
        title(f"Bench {answer.id}: {harmless(answer.kind, PROMPT_LIMIT)}"),
        Paragraph(about),
        Text(f"{answer.bar}  {answer.said}"),
        *([Paragraph(blind)] if blind else []),
        *([_sides(answer)] if answer.sides else []),
    )


def _sides(answer: BenchShown) -> RenderableType:
    rows = {
        "Lane": [side.lane or "-" for side in answer.sides],
        "Model": [f"{side.model} {side.quality}" for side in answer.sides],
        "Kept": [f"{side.kept} of {side.judged}" for side in answer.sides],
        "Spent": [money.about(side.spent_usd) for side in answer.sides],
        "Per kept": [money.about(side.per_accepted_usd) if side.kept else "none yet" for side in answer.sides],
    }
    return table_of(rows, right=("Kept", "Spent", "Per kept"))


def _listed(answer: BenchList) -> RenderableType:
    if not answer.benches:
        return Paragraph("There is no bench yet: imagelane help bench says how to start one.")
    rows = {
        "Bench": [one.id for one in answer.benches],
        "Kind": [harmless(one.kind, PROMPT_LIMIT) for one in answer.benches],
        "State": [one.state for one in answer.benches],
        "Pictures": [f"{one.done:,} of {one.images:,}" for one in answer.benches],
        "Cost": [money.about(one.spent_usd) for one in answer.benches],
    }
    return table_of(rows, right=("Pictures", "Cost"))
