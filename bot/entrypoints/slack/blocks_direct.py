"""What the bot says first in its own conversation with a person."""

from dataclasses import replace

from bot.entrypoints.slack import blocks_home
from bot.slack import frame, refusal
from bot.slack.message import Message

READS = "Ask me here what pictures cost, which model to use, or for a picture."
READS_A_GUEST = "Ask me here what pictures cost, or which model to use."
DEAF = "I can't read what you write here: begin with /imagelane."
PRICE, DRAWING, OTHERS = "estimate 5000 high square", "try a red kite", ("spend last week", "help")


def unread(error_text: str) -> Message:
    """What no command reads, nor could be mended into one: one sentence, and the nearest commands as buttons."""
    said = refusal.sentence(error_text)
    steps = [
        *frame.run("What can I ask?", "help"),
        *frame.run("Price 1,000 pictures", "estimate 1000"),
        *frame.run("Which model?", "recommend new"),
    ]
    return replace(said, blocks=[*said.blocks, frame.stepped(steps)])


def greeting(*, reads: bool, may_draw: bool = True) -> Message:
    """With things to begin with; who may not draw on the team's money is not offered it."""
    steps = [
        *(frame.draw("Draw a picture…", ["budget"]) if may_draw else []),
        *frame.run("Price 1,000 pictures", "estimate 1000"),
        *frame.run("Which model?", "recommend new"),
        *frame.run("What was spent?", "spend last week"),
    ]
    words = "; ".join((PRICE, *((DRAWING,) if may_draw else ()), *OTHERS))
    examples = f"For example: {'' if reads else '/imagelane '}{words}."
    lead = (READS if may_draw else READS_A_GUEST) if reads else DEAF
    return frame.framed(lead, rest=examples, grey=examples, steps=steps)


def to_a_stranger() -> Message:
    """Whatever a person of another workspace asks is refused."""
    return refusal.sentence(blocks_home.STRANGER)
