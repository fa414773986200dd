"""What one person alone reads: that an edit was seen, what was found behind other words, what was perhaps meant."""

from bot.slack.frame import LEAD_LETTERS, framed, run
from bot.slack.message import Message, paragraph, quote, rich
from bot.slack.text import width

EDITED = "I saw your edit. Send it as a new message:"
FOUND = "It stands among other words, so nothing was run or charged. I found:"
TOO_LONG = "Send it as a message of its own that begins with my name."


def edited(typed: str) -> Message:
    """`typed` as the person would send it anew."""
    return framed(EDITED, rich(quote(typed)), rest=typed)


def offered(command: str, label: str) -> Message:
    """`command` in its canonical words, which the button carries; a press runs it once."""
    button = run(label, command)
    after = [] if button else [paragraph(TOO_LONG)]
    return framed(
        FOUND, rich(quote(command)), *after, rest=command if button else f"{command} {TOO_LONG}", steps=button
    )


def meant(command: str, label: str, reason: str = "") -> Message:
    """`command` is what mistyped words were perhaps meant to be; `reason` says what is read in the place of one."""
    question, why = f"Did you mean {command}?", [paragraph(reason)] if reason else []
    if width(question) <= LEAD_LETTERS:
        return framed(question, *why, rest=reason, steps=run(label, command))
    return framed(
        "Did you mean this?", rich(quote(command)), *why, rest=f"{command} {reason}", steps=run(label, command)
    )
