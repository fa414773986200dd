"""A bench before it is sealed: how far it is in sums only, nothing by lane, model or image; and all there are."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from bot import money
from bot.bench.blocks_quote import NAME_LETTERS, TITLE, Called, either
from bot.bench.plan import Bench, compared
from bot.ledger.bench_states import BenchState
from bot.periods import day_words
from bot.samples.blocks import INTERRUPTED
from bot.slack import frame, text
from bot.slack.message import (
    PERSON,
    Element,
    Message,
    View,
    actions,
    bullets,
    button,
    emoji,
    message,
    paragraph,
    rich,
    stamped,
    table,
    words,
)
from bot.slack.windows import modal

MOST_NAMED = 6
KIND_LETTERS = 40
INVITE = (
    "I can't post in its channel. Nothing was charged. Invite me there with /invite @imagelane, then plan it again."
)
NOT_BEGUN = {
    "is_archived": "its channel is archived. Nothing was charged. Plan it again in another channel.",
    "revoked": "imagelane was removed from this workspace. Nothing was charged.",
    "unsure": "Slack did not confirm my message. Nothing was charged. Plan it again.",
}
NONE_YET = "There is no blind test yet."
A_TERMINAL = "a terminal"
OPEN = (BenchState.DRAWING, BenchState.REVIEWING)


def progress(bench: Bench, called: Called, *, first: bool = False, may_judge: bool = True) -> Message:
    """One message, updated in place, that holds no amount: people of another workspace may read it. `first`: the
    message as it is posted, which may come twice. `may_judge`: whoever sees it."""
    lead, facts = heading(bench, called), how_far(bench, called)
    body = [
        paragraph(facts),
        *([paragraph(emoji("large_green_circle"), f" {bar(bench)}")] if bench.state in OPEN else []),
    ]
    grey = " ".join([*([INTERRUPTED] if first else []), *lost(bench)])
    steps = _steps(bench, may_judge=may_judge)
    shown = frame.framed(lead, *body, rest=f"{facts} {grey}".strip(), grey=grey, steps=steps)
    so_far = bench.progress
    return stamped(shown, f"{bench.id}:{so_far.done}:{so_far.votes}:{bench.state}:{bench.judgeable}")


def heading(bench: Bench, called: Called) -> str:
    """Blind test: budget or premium, by Ana."""
    by = text.plain(called(bench.by), NAME_LETTERS) if PERSON.fullmatch(bench.by) else A_TERMINAL
    what = "Demo blind test" if bench.demo else "Blind test"
    room = frame.LEAD_LETTERS - len(f"{what}: , by {by}.")
    return f"{what}: {text.plain(either(compared(bench.plan)), room)}, by {by}."


def how_far(bench: Bench, called: Called) -> str:
    """Drawn 20 of 20. Judged: Ana 7, Ben 0 of 10 prompts."""
    match bench.state:
        case BenchState.PLANNED:
            return "It was not started: who planned it starts it from its quote."
        case BenchState.DRAWING:
            return f"{_drawn(bench)} Judging begins when all are there."
        case BenchState.REVIEWING:
            return f"{_drawn(bench)} {_judged(bench, called) if bench.judgeable else coming(bench)}"
        case BenchState.SEALED:
            return f"All of {_prompts(len(bench.remaining))} are judged: it is sealed."
        case BenchState.CANCELLED:
            return "It was cancelled: its pictures count for nothing, and what was drawn stays paid."


def _drawn(bench: Bench) -> str:
    return f"Drawn {bench.progress.done:,} of {bench.progress.images:,}."


def _judged(bench: Bench, called: Called) -> str:
    counts = dict(bench.progress.judged)
    people = bench.plan.judges or tuple(counts)
    named = ", ".join(f"{text.plain(called(one), NAME_LETTERS)} {counts.get(one, 0)}" for one in people[:MOST_NAMED])
    more = f" and {len(people) - MOST_NAMED} more" if len(people) > MOST_NAMED else ""
    seats = "" if len(people) >= bench.plan.reviewers else f"; {_people(bench.plan.reviewers)} each"
    return f"Judged: {named or 0}{more} of {_prompts(len(bench.remaining))}{seats}."


def coming(bench: Bench) -> str:
    """Why it can't be judged yet, though all is drawn."""
    if not bench.remaining:
        return "No prompt is left to be judged."
    seen, of = bench.progress.in_slack, len(bench.remaining)
    return f"Review comes once Slack has its pictures: {seen:,} of {of:,} prompts so far, tried again by itself."


def _people(count: int) -> str:
    return "one person judges" if count == 1 else f"{count} people judge"


def _prompts(count: int) -> str:
    return counted(count, "prompt")


def lost(bench: Bench) -> Iterator[str]:
    """1 call failed. 2 prompts left out."""
    if bench.progress.failed:
        yield f"{counted(bench.progress.failed, 'call')} failed."
    drops = len(bench.prompts) - len(bench.remaining)
    if drops:
        yield f"{counted(drops, 'prompt')} left out."


def _steps(bench: Bench, *, may_judge: bool) -> list[Element]:
    """What only one person may do stands behind More."""
    more = button("More", "bench.more", bench.id, "More of this blind test")
    match bench.state:
        case BenchState.DRAWING:
            return [more]
        case BenchState.REVIEWING:
            review = button("Review", "bench.review", bench.id, "Review this blind test")
            return [review, more] if bench.judgeable and may_judge else [more]
        case BenchState.SEALED:
            return frame.run("Verdict", f"bench verdict {bench.id}")
        case _:
            return []


def bar(bench: Bench) -> str:
    """Of what goes on now: drawing, or judging."""
    so_far = bench.progress
    if bench.state is not BenchState.REVIEWING:
        return text.bar(Decimal(so_far.done) / so_far.images if so_far.images else Decimal(0))
    votes = bench.votes_due
    return text.bar(Decimal(min(so_far.votes, votes)) / votes if votes else Decimal(0))


# More


def more_modal(bench: Bench, called: Called, *, may_end: bool, closable: bool) -> View:
    """`may_end`: it is for who started it. `closable`: some prompt is judged by all, so there is something to seal."""
    facts = bullets(*([fact] for fact in _facts(bench, called)))
    blocks = [paragraph(words(heading(bench, called), bold=True)), rich(facts)]
    if not may_end:
        return modal(TITLE, [*blocks, paragraph(FOR_STARTER)])
    return modal(TITLE, [*blocks, actions(*_endings(bench, closable=closable))])


FOR_STARTER = "Who started it can close or cancel it."


def _facts(bench: Bench, called: Called) -> Iterator[str]:
    yield how_far(bench, called)
    yield f"{text.plain(bench.plan.kind, KIND_LETTERS)}, {_prompts(len(bench.prompts))}"
    yield "demo pictures, $0" if bench.demo else f"{money.booked(bench.progress.spent_nanousd)} so far"
    yield from lost(bench)
    if bench.plan.judges:
        yield "only who is named judges it"


def _endings(bench: Bench, *, closable: bool) -> Iterator[Element]:
    if bench.state is BenchState.DRAWING:
        yield button("Stop drawing", "bench.stop", bench.id, "Stop drawing: judge what is there")
    elif closable:
        yield button("Close the test", "bench.close", bench.id, "Close the test: seal the prompts that all have judged")
    cancel = button("Cancel the test", "bench.cancel", bench.id)
    yield frame.asking_first(cancel, "Cancel it?", "Its pictures count for nothing then.", "Cancel it")


def superseded() -> Message:
    """In place of a message that came second."""
    sentence = "Another message here follows this blind test; this one does not change any more."
    return message(sentence, [paragraph(words(sentence, bold=True))])


def not_begun(bench: Bench, code: str) -> str:
    """It was ended before its first call, so its Start works no more: Slack's own error code says why, or `unsure`."""
    return f"The blind test of {text.line(bench.plan.kind, KIND_LETTERS)} was ended: {NOT_BEGUN.get(code, INVITE)}"


# All there are


def listed(benches: Sequence[Bench], today: date) -> Message:
    """The newest first."""
    begin = frame.run("Blind test…", "bench")
    if not benches:
        return frame.framed(NONE_YET, steps=begin)
    rows = [["Work", "State", "Compares"]]
    rows += [[one.plan.kind, _state(one, today), either(compared(one.plan))] for one in benches]
    sentences = " ".join(f"{one.plan.kind}: {_state(one, today)}." for one in benches)
    choices = [(f"{text.line(one.plan.kind, 30)}: {_state(one, today)}", _opens(one)) for one in benches]
    return frame.framed(_counts(benches), table(rows), rest=sentences, steps=[*begin, *frame.pick("Show…", choices)])


def _counts(benches: Sequence[Bench]) -> str:
    """1 blind test is open, 3 are sealed, 1 was cancelled."""
    kinds = Counter("open" if one.state in OPEN else one.state.value for one in benches)
    order = ("open", "planned", "sealed", "cancelled")
    said = [f"{kinds[kind]} {kind}" for kind in order if kinds[kind]]
    return f"Blind tests: {', '.join(said).replace('planned', 'not started')}."


def _state(bench: Bench, today: date) -> str:
    so_far = bench.progress
    match bench.state:
        case BenchState.PLANNED:
            return "not started"
        case BenchState.DRAWING:
            return f"drawn {so_far.done:,} of {so_far.images:,}"
        case BenchState.REVIEWING:
            votes = bench.votes_due
            return f"judged {min(so_far.votes, votes) * 100 // votes if votes else 0}%"
        case BenchState.SEALED | BenchState.CANCELLED:
            return f"{bench.state} {day_words((bench.ended_at or bench.created_at).date(), today)}"


def _opens(bench: Bench) -> str:
    return f"bench {'verdict' if bench.state is BenchState.SEALED else 'show'} {bench.id}"


# For a terminal


def status(bench: Bench) -> str:
    """Drawing: 14 of 40 pictures, 1 call failed, $0.18 so far. 1 prompt left out."""
    so_far = bench.progress
    failed = f", {counted(so_far.failed, 'call')} failed" if so_far.failed else ""
    cost = ", demo, $0.00" if bench.demo else f", {money.booked(so_far.spent_nanousd)} so far"
    drops = len(bench.prompts) - len(bench.remaining)
    left_out = f" {counted(drops, 'prompt')} left out." if drops else ""
    return f"{_stage(bench)}: {so_far.done:,} of {so_far.images:,} pictures{failed}{cost}.{left_out}"


def _stage(bench: Bench) -> str:
    if bench.state is BenchState.REVIEWING:
        votes = bench.votes_due
        return f"Reviewing, {min(bench.progress.votes, votes):,} of {votes:,} votes"
    return bench.state.capitalize()


def counted(count: int, what: str) -> str:
    return f"{count:,} {what if count == 1 else f'{what}s'}"
