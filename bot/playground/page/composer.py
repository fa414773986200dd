"""What becomes of the words a person sends: a command, a mention of the bot, or just a message."""

import re

from bot.playground.far_end import FarEnd
from bot.playground.people import BOT_USER
from bot.playground.signed import Reply

COMMAND = re.compile(r"/(\S+)\s*(.*)", re.DOTALL)
OURS = "imagelane"
STARTING = "imagelane is still starting. Send it again in a moment."


def send(slack: FarEnd, text: str, person: str, channel: str, thread_ts: str | None, up_seconds: float) -> str | None:
    """What Slack itself has to say about it to the sender; None when all went well. A command waits `up_seconds` for a
    bot that is still starting."""
    command = COMMAND.fullmatch(text.strip())
    if command is None:
        return _say(slack, text, person, channel, thread_ts)
    name, words = command.groups()
    if name.lower() != OURS:
        return f"/{name} is not a command here: this workspace has /{OURS}."
    if thread_ts:
        return f"/{OURS} is not supported in threads. Sorry! Mention @{OURS} instead."
    if slack.workspace.channels[channel].is_archived:
        return "This channel is archived."
    if not slack.is_up(up_seconds):
        return STARTING
    return trouble(slack.command(words, person, channel))


def _say(slack: FarEnd, text: str, person: str, channel: str, thread_ts: str | None) -> str | None:
    place = slack.workspace.channels[channel]
    if place.is_archived:
        return "This channel is archived."
    message = slack.say(text, channel, person, thread_ts)
    heard = f"<@{BOT_USER}>" in message.text and place.kind != "dm"
    if heard and BOT_USER in place.members:
        return trouble(slack.heard(message))
    if heard:
        return f"@{OURS} is not in this channel, so it did not hear you."
    if place.kind == "dm" and BOT_USER in place.members:
        if not slack.reads_direct:
            return f"imagelane does not read direct messages: begin with /{OURS}."
        return trouble(slack.heard_directly(message))
    return None


def trouble(reply: Reply | None) -> str | None:
    """Why an answer of the bot was not taken as it is."""
    if reply is None:
        return None
    if reply.status == 0:
        return f"/{OURS} failed with the error “operation_timeout”: no answer within {reply.seconds:.0f} s."
    if reply.status != 200:
        return f"The bot answered with status {reply.status}."
    if reply.problems:
        return f"Slack would have refused this answer: {' '.join(reply.problems)}"
    return None
