"""The one message of a drawing: the prompt, then each picture with its price, its verdict and its own buttons."""

from bot import money
from bot.ledger.pictures import JUDGEABLE, WAITING, Drawing, Generation, Left, PictureState
from bot.samples.outcomes import IN_THREAD, alt_text, looks, name, status
from bot.slack.message import (
    Block,
    Element,
    Message,
    actions,
    button,
    message,
    option,
    paragraph,
    person,
    picture,
    quote,
    rich,
    section,
    small,
    stamped,
    words,
)
from bot.slack.text import line

INTERRUPTED = "If this does not change in 10 minutes it was interrupted."
DEMO = "Demo pictures: drawn without the image service, free, and in no keep rate or total."
PICTURES = 12  # three blocks each: what more there is would not fit Slack's 50
UNDER_WAY = (*WAITING, PictureState.CALLING)
TEXT_PROMPT_LIMIT = 150


def placeholder(drawing: Drawing, *, costs: bool = True) -> Message:
    """What stands in the channel before anything was drawn; from here on the message is only updated."""
    return _composed(drawing, None, costs)


def drawing(drawing: Drawing, left: Left | None, *, costs: bool = True) -> Message:
    """`left` is what remains of the budget. Without `costs` no amount stands in it: Details have them."""
    return _composed(drawing, left, costs)


def _composed(drawing: Drawing, left: Left | None, costs: bool) -> Message:
    blocks = [_asked(drawing)]
    for generation in drawing.generations[:PICTURES]:
        blocks += one(drawing, generation, costs=costs)
    blocks.append(_foot(drawing, left))
    return stamped(message(_text(drawing, costs), blocks), f"{drawing.id}:{drawing.version}")


def one(drawing: Drawing, generation: Generation, *, costs: bool = True) -> list[Block]:
    """A picture, its line, its buttons."""
    blocks = []
    if generation.file_id and generation.state in JUDGEABLE and generation.reason != IN_THREAD:
        blocks.append(picture(generation.file_id, alt_text(drawing, generation)))
    blocks.append(
        paragraph(words(name(generation), bold=True), f" {looks(generation)}\n", status(generation, costs=costs))
    )
    if generation.state not in UNDER_WAY:
        blocks.append(actions(*_buttons(generation)))
    return blocks


def _asked(drawing: Drawing) -> Block:
    count = len(drawing.generations)
    what = "a picture" if count == 1 else f"{count} pictures"
    wish = f" asked for {what} again:" if drawing.parent_id else f" asked for {what}:"
    return rich(section(person(drawing.person_id), wish), quote(drawing.prompt))


def _buttons(generation: Generation) -> list[Element]:
    """Every value is the generation's id and nothing else: what may be done is decided when it is pressed."""
    if generation.state not in JUDGEABLE:
        return [_press("Try again", "retry", generation), _more(generation)]
    return [
        _press("Keep", "keep", generation),
        _press("Reject", "reject", generation),
        _press("Retry", "retry", generation),
        _more(generation),
    ]


def _press(text: str, act: str, generation: Generation) -> Element:
    return button(text, f"sample.{act}", generation.id, f"{text}: {name(generation)}")


def _more(generation: Generation) -> Element:
    """The chosen option's value is `details` or `report`, a colon and the generation's id."""
    choices = [option("Details", f"details:{generation.id}"), option("Report", f"report:{generation.id}")]
    return {"type": "overflow", "action_id": "sample.more", "options": choices}


def _foot(drawing: Drawing, left: Left | None) -> Block:
    notes = []
    over = len(drawing.generations) - PICTURES
    if over > 0:
        rest = ", ".join(generation.id for generation in drawing.generations[PICTURES:])
        notes.append(f"{over} more, each by /imagelane show ID: {rest}")
    if any(generation.state in UNDER_WAY for generation in drawing.generations):
        notes.append(INTERRUPTED)
    if any(generation.demo for generation in drawing.generations):
        notes.append(DEMO)
    notes.append("ID " + ", ".join(generation.id for generation in drawing.generations[:PICTURES]))
    if left is not None:
        notes.append(remaining(left))
    return small(*notes)


def remaining(left: Left) -> str:
    reserved = f" ({money.booked(left.reserved_nanousd)} of it reserved)" if left.reserved_nanousd else ""
    return f"Left in {left.period}: {money.booked(left.left_nanousd)} of {money.booked(left.limit_nanousd)}{reserved}."


def _text(drawing: Drawing, costs: bool) -> str:
    outcomes = " ".join(f"{name(one)}: {status(one, costs=costs)}" for one in drawing.generations[:PICTURES])
    waits = f" {INTERRUPTED}" if any(generation.state in UNDER_WAY for generation in drawing.generations) else ""
    return f"{outcomes}{waits} Prompt: {line(drawing.prompt, TEXT_PROMPT_LIMIT)}"
