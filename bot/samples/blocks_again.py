"""One picture shown again to who asked, and everything known about it."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from bot import money
from bot.ledger.limits import BudgetStanding
from bot.ledger.pictures import JUDGEABLE, Drawing, Generation, PictureState, Vote
from bot.periods import day_words
from bot.pricing.usage import Usage
from bot.samples.blocks import (
    TEXT_PROMPT_LIMIT,
    buttons,
    is_pictured,
    remaining,
    told_of,
)
from bot.samples.outcomes import UNDER_WAY, alt_text, known, name, price, status
from bot.slack.message import (
    Block,
    Element,
    Message,
    View,
    actions,
    bullets,
    button,
    header,
    message,
    paragraph,
    person,
    quote,
    rich,
    section,
    stamped,
    words,
)
from bot.slack.message import picture as pictured
from bot.slack.text import line
from bot.slack.windows import modal

VOTES = 20
TOKENS = (
    ("text_in", "text in"),
    ("image_in", "image in"),
    ("image_out", "image out"),
    ("text_out", "text out"),
    ("text_in_cached", "cached text in"),
    ("image_in_cached", "cached image in"),
)


def picture(generation: Generation, drawing: Drawing, votes: Sequence[Vote], today: date) -> Message:
    """The picture with its price and votes, and the buttons it has in the channel; all the rest is behind More."""
    lead = known(generation)
    blocks = [
        paragraph(words(lead, bold=True)),
        rich(_asked(drawing, today), quote(drawing.prompt)),
        *([pictured(generation.file_id or "", alt_text(drawing, generation))] if is_pictured(generation) else []),
    ]
    if votes:
        blocks.append(paragraph(*told_of(generation, votes)))
    if generation.state not in UNDER_WAY:
        blocks.append({**actions(*buttons(generation)), "block_id": f"v{generation.cast}"})
    text = f"{lead} Prompt: {line(drawing.prompt, TEXT_PROMPT_LIMIT)}"
    return stamped(message(text, blocks), f"show:{generation.id}:{generation.version}")


def _asked(drawing: Drawing, today: date) -> Element:
    day = day_words(drawing.created_at.date(), today)
    return section("Asked for by ", person(drawing.person_id), f" on {day}:")


def details_modal(
    generation: Generation,
    drawing: Drawing,
    votes: Sequence[Vote],
    left: BudgetStanding | None = None,
    place: str = "",
) -> View:
    """Behind More; `left` is the tightest budget of it, `place` where that is."""
    heading = section("Asked for by ", person(drawing.person_id), f" on {_minute(drawing.created_at)}:")
    blocks = [
        paragraph(words(name(generation), bold=True), "\n", status(generation)),
        rich(bullets(*_facts(generation), *([_budget(left, place)] if left else []))),
        *_votes(votes),
        rich(heading, quote(drawing.prompt)),
        actions(button("Report…", "sample.report", generation.id)),
    ]
    return modal("This picture", blocks)


def _budget(standing: BudgetStanding, place: str) -> Sequence[Element | str]:
    left = standing.left
    held = f", {money.booked(left.reserved_nanousd)} of it held for work under way" if left.reserved_nanousd else ""
    return (f"Budget {money.booked(left.limit_nanousd)}: {remaining(standing, place)}{held}",)


def _facts(generation: Generation) -> Iterator[Sequence[Element | str]]:
    spec = generation.spec
    yield ("ID ", words(generation.id, code=True), f", state {generation.state}")
    yield (f"Model asked {spec.model}",)
    yield (f"Quality asked {spec.quality}, returned {generation.returned_quality or 'not said'}",)
    yield (f"Size asked {spec.size}, returned {generation.returned_size or 'not said'}",)
    yield (f"Price {price(generation)}: {_basis(generation)}",)
    if generation.usage:
        yield (f"Tokens: {_tokens(generation.usage)}",)
    if generation.service_request_id:
        yield ("Request id of the image service ", words(generation.service_request_id, code=True))
    if generation.drawn_at:
        yield (f"Drawn {_minute(generation.drawn_at)}",)


def _basis(generation: Generation) -> str:
    if generation.demo:
        return "a demo, counted nowhere"
    if not generation.charged_nanousd:
        return "nothing is charged"
    if generation.state not in JUDGEABLE:
        return f"{_bill(generation)}. I did not try again"
    return _metered(generation)


def _bill(generation: Generation) -> str:
    if generation.state is PictureState.UNUSABLE:
        return f"billed and counted, {_metered(generation)}"
    return "perhaps billed, and counted as what was reserved"


def _metered(generation: Generation) -> str:
    if generation.usage:
        return "metered, from the tokens the image service reported"
    return "what was reserved, since the image service reported no tokens"


def _tokens(usage: Usage) -> str:
    counts = ((getattr(usage, field), words) for field, words in TOKENS)
    return ", ".join(f"{count:,} {words}" for count, words in counts if count) or "none"


def _votes(votes: Sequence[Vote]) -> list[Block]:
    """Who voted what, newest first, each reason fenced off in a quote of its own."""
    if not votes:
        return []
    newest = sorted(votes, key=lambda vote: vote.at, reverse=True)[:VOTES]
    elements = [element for vote in newest for element in _vote(vote)]
    return [header("Votes"), rich(*elements)]


def _vote(vote: Vote) -> Iterator[Element]:
    yield section(person(vote.person_id), f": {vote.verdict}, {_minute(vote.at)}")
    if vote.reason:
        yield quote(vote.reason, limit=300, most_lines=3)


def _minute(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"
