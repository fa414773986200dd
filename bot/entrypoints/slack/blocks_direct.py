"""What the bot says first in its own conversation with a person."""

from collections.abc import Sequence
from dataclasses import replace

from bot.entrypoints.slack import blocks_home
from bot.errors import NotUnderstood
from bot.grammar.words import plainly, split
from bot.slack import frame, refusal
from bot.slack.message import Element, Message

READS = "Ask me here what pictures cost, which model to use, or for a picture."
READS_A_GUEST = "Ask me here what pictures cost, or which model to use."
DEAF = "I can't read what you write here: begin with /imagelane."
NOT_READ = "I could not read a command in that. Perhaps one of these:"
NEAREST = 3
USUAL = ("estimate", "recommend", "try")
# Words of everyday that name no command.
HINTS = {
    **dict.fromkeys(("much", "expensive", "cheap"), "estimate"),
    **dict.fromkeys(("which", "model", "lane", "better", "best"), "recommend"),
    **dict.fromkeys(("picture", "pictures", "image", "images", "photo"), "try"),
    **dict.fromkeys(("left", "remaining"), "budget"),
    **dict.fromkeys(("money", "bill", "paid"), "spend"),
}
PRICE, DRAWING, OTHERS = "estimate 5000 high square", "try a red kite", ("spend last week", "help")


def unread(error: NotUnderstood, typed: str, named: Sequence[str]) -> Message:
    """What no command reads, nor could be mended into one: one sentence, and the nearest commands as buttons, `named`
    in `typed` or hinted at there."""
    ways, is_no_name = _ways(), bool(error.word) and typed.startswith(error.word or "")
    said = refusal.sentence(NOT_READ if is_no_name else error.sentence)
    hinted = [HINTS[word] for word in map(plainly, split(typed)) if word in HINTS]
    near = [name for name in dict.fromkeys([*error.meant, *named, *hinted, *USUAL]) if name in ways][:NEAREST]
    steps = [step for name in near for step in ways[name]]
    return replace(said, blocks=[*said.blocks, frame.stepped([*steps, *frame.run("What can I ask?", "help")])])


def _ways() -> dict[str, list[Element]]:
    """One button for each command that is worth one."""
    return {
        "estimate": frame.run("Price 1,000 pictures", "estimate 1000"),
        "recommend": frame.run("Which model?", "recommend new"),
        "models": frame.run("All models", "models"),
        "try": frame.draw("Draw a picture…", ["budget"]),
        "bench": frame.run("Blind test…", "bench"),
        "spend": frame.run("What was spent?", "spend last week"),
        "budget": frame.run("What is left?", "budget show"),
        "digest": frame.run("Weekly post", "digest preview"),
    }


def greeting(*, reads: bool, may_draw: bool = True) -> Message:
    """With things to begin with; who may not draw on the team's money is not offered it."""
    ways = _ways()
    first = ("try", "estimate", "recommend", "spend") if may_draw else ("estimate", "recommend", "spend")
    words = "; ".join((PRICE, *((DRAWING,) if may_draw else ()), *OTHERS))
    examples = f"For example: {'' if reads else '/imagelane '}{words}."
    lead = (READS if may_draw else READS_A_GUEST) if reads else DEAF
    return frame.framed(lead, rest=examples, grey=examples, steps=[step for name in first for step in ways[name]])


def to_a_stranger() -> Message:
    """Whatever a person of another workspace asks is refused."""
    return refusal.sentence(blocks_home.STRANGER)
