"""What the bot says first in its own conversation with a person."""

from bot.slack import frame
from bot.slack.message import Message

READS = "Ask me here what pictures cost, which model to use, or for a picture."
DEAF = "I can't read what you write here: begin with /imagelane."
EXAMPLES = "For example: estimate 5000 high square; try a red kite; spend last week; help."


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
