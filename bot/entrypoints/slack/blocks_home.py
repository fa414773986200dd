"""The App Home of one person: what they can ask, what they spent, their last pictures."""

from collections.abc import Iterator, Sequence

from bot import money
from bot.bench.pages import Pending
from bot.budgets.lines import BudgetLine
from bot.budgets.words import left as budget_left
from bot.entrypoints.slack.blocks_help import DOORS, listed
from bot.grammar import CommandUsage
from bot.ledger.pictures import Drawing, Generation, Left
from bot.samples.outcomes import name, status
from bot.slack.message import Block, Element, View, bullets, channel, header, paragraph, quote, rich, section, words
from bot.slack.text import line

PICTURES = 10
PROMPT_LIMIT = 80


def home(
    spent_nanousd: int,
    left: Left,
    drawings: Sequence[Drawing],
    usages: Sequence[CommandUsage],
    mine: Sequence[BudgetLine] = (),
    pending: Sequence[Pending] = (),
) -> View:
    """`spent_nanousd` is this person's in the budget period of `left`; `drawings` are theirs, newest first.

    `mine` is the budget this person has, if there is one; `pending` are reviews that wait for them.
    """
    blocks = [header("Reviews that wait for you"), rich(bullets(*map(_review, pending)))] if pending else []
    blocks += [header("What you can ask"), listed(usages), paragraph(DOORS), header("Your spend")]
    blocks += [_spend(spent_nanousd, left), *(paragraph(f"Your own budget: {budget_left(one)}.") for one in mine)]
    blocks += [header("Your last pictures"), _pictures(drawings)]
    return {"type": "home", "blocks": blocks}


def _spend(spent_nanousd: int, left: Left) -> Block:
    when = "this week" if "W" in left.period else "this month"
    sums = (spent_nanousd, left.left_nanousd, left.limit_nanousd)
    spent, over, limit = (money.cents(money.usd(each)) for each in sums)
    return paragraph(f"You spent {spent} {when}. The workspace has {over} of {limit} left.")


def _review(one: Pending) -> Sequence[Element | str]:
    prompts = "1 prompt" if one.left == 1 else f"{one.left} prompts"
    told: list[Element | str] = [f"Blind test of {one.kind}: {prompts} left"]
    return [*told, ", in ", channel(one.channel_id)] if one.channel_id else told


def _pictures(drawings: Sequence[Drawing]) -> Block:
    pairs = [(drawing, generation) for drawing in drawings for generation in drawing.generations][:PICTURES]
    if not pairs:
        return paragraph("None yet. Start with ", words('/imagelane try "a red kite"', code=True), ".")
    return rich(*(element for drawing, generation in pairs for element in _picture(drawing, generation)))


def _picture(drawing: Drawing, generation: Generation) -> Iterator[Element]:
    yield section(f"{name(generation)}: {status(generation)}")
    yield quote(line(drawing.prompt, PROMPT_LIMIT))
