"""A bench before it is sealed: its quote, and how far it is in sums only, nothing by lane, model or image."""

from collections.abc import Sequence
from decimal import Decimal

from bot import money
from bot.bench.plan import Bench
from bot.bench.quote import GUESS_HIGH, GUESS_LOW, BenchQuote
from bot.evidence import LEAST_PROMPTS, MOST_LOOKS
from bot.ledger.bench_states import BenchState
from bot.samples.blocks import INTERRUPTED
from bot.slack import text
from bot.slack.message import (
    Block,
    Message,
    actions,
    bullets,
    button,
    message,
    paragraph,
    prose,
    rich,
    stamped,
    table,
    words,
)

FACTOR_OF_TWO = 20  # prompts: from 10 to so many settle that much
INVITE = (
    "I can't post in its channel. Nothing was charged. Invite me there with /invite @imagelane, then plan it again."
)
NOT_BEGUN = {
    "is_archived": "its channel is archived. Nothing was charged. Plan it again in another channel.",
    "revoked": "imagelane was removed from this workspace. Nothing was charged.",
    "unsure": "Slack did not confirm my message. Nothing was charged. Plan it again.",
}
NONE_YET = "There is no bench yet: `bench` opens the window to plan one."


def quoted(answer: BenchQuote) -> Message:
    """What is asked before anything is spent: Start draws it."""
    quote = answer.quote
    head = f"Bench {answer.id}: {answer.kind}, {quote.prompts} prompts"
    rows = [["Lane", "Each", "Total"]]
    rows += [
        [f"{one.lane or ''} {one.model} {one.quality}".strip(), money.each(one.each_usd), money.total(one.total_usd)]
        for one in quote.shares
    ]
    start = button("Start", "bench.start", answer.id, f"Start bench {answer.id}")
    drop = button("Don't", "bench.drop", answer.id, f"Do not start bench {answer.id}")
    blocks = [
        paragraph(words(head, bold=True)),
        table(rows, right=(1, 2)),
        paragraph(cost(answer)),
        rich(bullets(*([sentence] for sentence in mind(answer)))),
        actions(start, drop),
    ]
    return message(f"{head}. {cost(answer)} {' '.join(mind(answer))}", blocks)


def cost(answer: BenchQuote) -> str:
    if answer.demo:
        return "Demo pictures: $0.00. There is no key for the image service."
    quote = answer.quote
    return (
        f"{quote.images:,} images for {money.total(quote.total_usd)}; {money.about(quote.most_usd)} is reserved, "
        f"with {quote.spare:,} spare for calls that are lost. {money.about(answer.left_usd)} is left of the budget."
    )


def mind(answer: BenchQuote) -> list[str]:
    guess = f"With these prices and a guess of {GUESS_LOW:.2f}/{GUESS_HIGH:.2f}".replace("0.", ".")
    enough, times = answer.prompts_needed, "once" if answer.looks == 1 else f"{answer.looks:,} times"
    return [
        f"A rejected image counts as {money.each(answer.reject_usd)} of people's time.",
        f"{guess} no number of prompts is enough."
        if enough is None
        else f"{guess} you need about {enough:,} prompts; {_enough(answer.quote.prompts, enough)}.",
        *([f"This question was answered {times} before, of {MOST_LOOKS} at most."] if answer.looks else []),
    ]


def _enough(prompts: int, enough: int) -> str:
    """What so many prompts can settle, by the power of the rule (docs of the method, prompts needed)."""
    if prompts >= enough:
        return f"here are {prompts:,}"
    if prompts < LEAST_PROMPTS:
        return f"fewer than {LEAST_PROMPTS} give no verdict, and here are {prompts:,}"
    if prompts > FACTOR_OF_TWO:
        return f"{prompts:,} will settle only differences that are larger than these"
    return f"{prompts:,} will settle only differences of about a factor of two"


def progress(bench: Bench, *, outside: bool = False) -> Message:
    """One message, updated in place. `outside`: people of another workspace read it, so no amount stands there."""
    head, sentence = f"Bench {bench.id}: {bench.plan.kind}", status(bench, money_too=not outside)
    if bench.state is BenchState.REVIEWING and not bench.judgeable:
        sentence = f"{sentence} {coming(bench)}"
    if bench.message_ts is None:  # a spare one stays as it is
        sentence = f"{sentence} {INTERRUPTED}"
    blocks = [paragraph(words(head, bold=True)), paragraph(words(bar(bench))), paragraph(sentence), _buttons(bench)]
    return stamped(
        message(f"{head}. {sentence}", blocks), f"{bench.id}:{bench.progress.done}:{bench.state}:{bench.judgeable}"
    )


def coming(bench: Bench) -> str:
    """Why it can't be judged yet, though all is drawn."""
    if not bench.remaining:
        return "No prompt is left to be judged."
    seen, of = bench.progress.in_slack, len(bench.remaining)
    return f"Review comes once Slack has its pictures: {seen:,} of {of:,} prompts so far, tried again by itself."


def superseded(bench: Bench) -> Message:
    """In place of a message that came second."""
    sentence = f"Another message here follows bench {bench.id}; this one does not change any more."
    return message(sentence, [paragraph(sentence)])


def not_begun(bench: Bench, code: str) -> str:
    """It was ended before its first call, so its Start works no more: Slack's own error code says why, or `unsure`."""
    return f"Bench {bench.id} was ended: {NOT_BEGUN.get(code, INVITE)}"


def _buttons(bench: Bench) -> Block:
    """Anybody may review; what only who started it may do stands behind More."""
    head = f"bench {bench.id}"
    match bench.state:
        case BenchState.DRAWING:
            return actions(button("Stop drawing", "bench.stop", bench.id, f"Stop drawing {head}"))
        case BenchState.REVIEWING:
            review = [button("Review", "bench.review", bench.id, f"Review {head}")] if bench.judgeable else []
            return actions(*review, button("More", "bench.more", bench.id, f"More of {head}"))
        case _:
            return actions()


def listed(benches: Sequence[Bench]) -> Message:
    """The newest first."""
    if not benches:
        return message(NONE_YET, [paragraph(*prose(NONE_YET))])
    rows = [["Bench", "State", "Images"]]
    rows += [
        [f"{one.id} {one.plan.kind}", one.state.value, f"{one.progress.done:,} of {one.progress.images:,}"]
        for one in benches
    ]
    sentences = " ".join(f"{one.id} {one.plan.kind}: {one.state}." for one in benches)
    hint = "One of them: `bench show ID`. A sealed one: `bench verdict ID`."
    return message(f"{sentences} {hint}", [table(rows, right=(2,)), paragraph(*prose(hint))])


def bar(bench: Bench) -> str:
    of = len(bench.remaining) * len(bench.plan.entrants) if bench.state is BenchState.SEALED else bench.progress.images
    return text.bar(Decimal(bench.progress.done) / of if of else Decimal(0))


def status(bench: Bench, *, money_too: bool = True) -> str:
    """Drawing: 14 of 40 images, 1 call failed, about $0.18 so far. 1 prompt left out."""
    so_far = bench.progress
    failed = f", {_counted(so_far.failed, 'call')} failed" if so_far.failed else ""
    cost = ", demo, $0.00" if bench.demo else f", {money.booked(so_far.spent_nanousd)} so far"
    drops = len(bench.prompts) - len(bench.remaining)
    left_out = f" {_counted(drops, 'prompt')} left out." if drops else ""
    return f"{_state(bench)}: {so_far.done:,} of {so_far.images:,} images{failed}{cost if money_too else ''}.{left_out}"


def _state(bench: Bench) -> str:
    if bench.state is BenchState.REVIEWING:
        votes = len(bench.remaining) * len(bench.plan.entrants) * bench.plan.reviewers
        return f"Reviewing, {min(bench.progress.votes, votes):,} of {votes:,} votes"
    return bench.state.capitalize()


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what if count == 1 else f'{what}s'}"
