"""What the writer of a mention alone reads: that an edit was seen, or what was found behind other words."""

from bot.slack.message import VALUE_LIMIT, Message, actions, button, message, paragraph, quote, rich, section, words
from bot.slack.text import width

EDITED = "I saw your edit. Send it as a new message:"
FOUND = "You named me behind other words, so nothing was run or charged. I found:"
TOO_LONG = "Send it as a message of its own that begins with my name."


def edited(typed: str) -> Message:
    """`typed` as the person would send it anew."""
    return message(f"{EDITED} {typed}", [rich(section(EDITED), quote(typed))])


def offered(command: str, label: str) -> Message:
    """`command` in its canonical words, which the button carries; a press runs it once."""
    told = rich(section(FOUND, " ", words(command, code=True)))
    if width(command) > VALUE_LIMIT:
        return message(f"{FOUND} {command} {TOO_LONG}", [told, paragraph(TOO_LONG)])
    return message(f"{FOUND} {command}", [told, actions(button(label, "command.run", command))])
