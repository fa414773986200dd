"""Two windows: what to price, and what it comes to, with a channel to share it in.

ask_modal      callback estimate.ask     fields `count`, `quality`, `size`, `batch` (ticked or not)
answer_modal   callback estimate.share   field `to`; the question's words come back as private_metadata
"""

from bot.slack.message import Block, Message, View, paragraph, words
from bot.slack.windows import chips_input, choice_input, form, option, place_input, text_input

COUNT_LETTERS = 12
TITLE = "Estimate"
MEDIUM, SQUARE = "medium", "square"
BATCH = "batch"


def ask_modal(qualities: tuple[str, ...], shapes: tuple[str, ...]) -> View:
    blocks = [
        text_input("count", "How many pictures?", initial="1000", most=COUNT_LETTERS, short=True),
        _choice("quality", "Quality", qualities, MEDIUM),
        _choice("size", "Size", shapes, SQUARE),
        chips_input("batch", "When it can wait a day", [option("As a batch, for half the price", BATCH)], ()),
    ]
    return form(TITLE, blocks, "estimate.ask", "", "Estimate")


def answer_modal(shown: Message, details: View, question: str) -> View:
    """`shown` leads with its point; the rest is what stands behind its Details: a window holds no table."""
    blocks = [shown.blocks[0], *details["blocks"][1:], place_input("to", "Share to…")]
    return form(TITLE, blocks, "estimate.share", question, "Share")


def shared_modal() -> View:
    return {
        "type": "modal",
        "title": {"type": "plain_text", "emoji": False, "text": TITLE},
        "close": {"type": "plain_text", "emoji": False, "text": "Close"},
        "blocks": [paragraph(words("It is there in a moment."))],
    }


def _choice(name: str, label: str, names: tuple[str, ...], initial: str) -> Block:
    options = [option(each, each) for each in names]
    return choice_input(name, label, options, next(each for each in options if each["value"] == initial))
