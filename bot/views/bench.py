"""A bench while it is drawn and reviewed: sums only, nothing by lane, model or image."""

from decimal import Decimal

from bot.benches import Bench, State
from bot.views import budget, money
from bot.views.message import Message, message, paragraph, stamped, words


def progress(bench: Bench) -> Message:
    """One message, updated in place."""
    head = f"Bench {bench.id}: {bench.plan.kind}"
    blocks = [paragraph(words(head, bold=True)), paragraph(words(bar(bench))), paragraph(said(bench))]
    return stamped(message(f"{head}. {said(bench)}", blocks), f"{bench.id}:{bench.progress.done}:{bench.state}")


def bar(bench: Bench) -> str:
    of = len(bench.remaining) * len(bench.plan.entrants) if bench.state is State.SEALED else bench.progress.images
    return budget.bar(Decimal(bench.progress.done) / of if of else Decimal(0))


def said(bench: Bench) -> str:
    """Drawing: 14 of 40 images, 1 call failed, about $0.18 so far. 1 prompt left out."""
    so_far = bench.progress
    failed = f", {_counted(so_far.failed, 'call')} failed" if so_far.failed else ""
    cost = "demo, $0.00" if bench.demo else f"{money.booked(so_far.spent_nanousd)} so far"
    dropped = len(bench.prompts) - len(bench.remaining)
    left_out = f" {_counted(dropped, 'prompt')} left out." if dropped else ""
    return f"{_state(bench)}: {so_far.done:,} of {so_far.images:,} images{failed}, {cost}.{left_out}"


def _state(bench: Bench) -> str:
    if bench.state is State.REVIEWING:
        needed = len(bench.remaining) * len(bench.plan.entrants) * bench.plan.reviewers
        return f"Reviewing, {min(bench.progress.votes, needed):,} of {needed:,} votes"
    return bench.state.capitalize()


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what if count == 1 else f'{what}s'}"
