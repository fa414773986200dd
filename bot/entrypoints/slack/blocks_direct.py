"""What the bot says first in its own conversation with a person."""

from dataclasses import replace

from bot.slack import frame, refusal
from bot.slack.message import Message

READS = "Ask me here what pictures cost, which model to use, or for a picture."
DEAF = "I can't read what you write here: begin with /imagelane."
EXAMPLES = "For example: estimate 5000 high square; try a red kite; spend last week; help."


def unread(error_text: str) -> Message:
    """What no command reads, nor could be mended into one: one sentence, and the nearest commands as buttons."""
    said = refusal.sentence(error_text)
    steps = [
        *frame.run("What can I ask?", "help"),
        *frame.run("Price 1,000 pictures", "estimate 1000"),
        *frame.run("Which model?", "recommend new"),
    ]
    return replace(said, blocks=[*said.blocks, frame.stepped(steps)])


def greeting(*, reads: bool) -> Message:
    """With four things to begin with."""
    steps = [
        *frame.draw("Draw a picture…", ["budget"]),
        *frame.run("Price 1,000 pictures", "estimate 1000"),
        *frame.run("Which model?", "recommend new"),
        *frame.run("What was spent?", "spend last week"),
    ]
    examples = EXAMPLES if reads else EXAMPLES.replace(": ", ": /imagelane ", 1)
    return frame.framed(READS if reads else DEAF, rest=examples, grey=examples, steps=steps)
