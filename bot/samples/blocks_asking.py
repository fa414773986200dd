"""What stands before a picture: that it is being drawn, or the question what was meant."""

from collections.abc import Sequence
from dataclasses import replace

from bot.ledger.pictures import Wished
from bot.samples.command import Try
from bot.samples.outcomes import each_by, expected, free
from bot.slack.frame import LABEL_LETTERS, LEAD_LETTERS, framed, run
from bot.slack.message import Message, paragraph, quote, rich
from bot.slack.text import line

PROMPT = "It's all the prompt"
PROMPT_LETTERS = 150


def being_drawn(images: Sequence[Wished], note: str, demo: bool) -> Message:
    """`note`: what was filled in for the person."""
    what = each_by([(image.lane or image.spec.model, image.spec.quality) for image in images])
    return framed(f"Drawing for you: {what}, {priced(images, demo)}.", rest=note, grey=note)


def taken(words: Sequence[str], *, chosen: bool = False) -> str:
    """`chosen`: its lane is the one this channel chose after a blind test."""
    if not words:
        return ""
    return f"Not named, so taken: {', '.join(words)}{'; chosen after a blind test' if chosen else ''}."


def not_taken(choice: str, words: Sequence[str], *, ended: bool) -> str:
    """Where what the channel chose draws no more, or not this."""
    why = "has ended" if ended else "can't draw this"
    return f"{choice}, chosen here, {why}, so taken: {', '.join(words)}."


def priced(images: Sequence[Wished], demo: bool) -> str:
    return free(len(images)) if demo else expected(images)


def which(asked: Try, perhaps: Try, with_options: str, as_prompt: str) -> Message:
    """Options, or part of the prompt? Each button runs the whole command; the prices are in words."""
    options = ", ".join(perhaps.options())
    named = f"{options[:1].upper()}{options[1:]}: options, or part of the prompt?"
    lead = named if len(named) <= LEAD_LETTERS else "Are its last words options, or part of the prompt?"
    grey = f"Nothing is drawn yet. With options: {with_options}; all as the prompt: {as_prompt}."
    whole = replace(asked, perhaps=None)
    steps = [*run(_label(options), perhaps.words()), *run(PROMPT, whole.words())]
    how = "Put the prompt in quotes: what stands behind them are options."
    body = [rich(quote(perhaps.prompt)), *([] if len(steps) > 1 else [paragraph(how)])]
    rest = f"{grey} {how} Prompt: {line(perhaps.prompt, PROMPT_LETTERS)}"
    return framed(lead, *body, rest=rest, grey=grey, steps=steps if len(steps) > 1 else ())


def _label(options: str) -> str:
    return f"{options[:1].upper()}{options[1:]}" if len(options) <= LABEL_LETTERS else "With options"
