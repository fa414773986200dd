"""Slack's markup back to what the person typed. Decoded exactly once: `&amp;lt;` is the typed text `&lt;`."""

import re
from dataclasses import dataclass

# One pass over both forms: what a token holds is never looked at a second time.
MARKUP = re.compile(r"<(?P<token>[@#!]?[^<>\s|][^<>|]*)(?:\|(?P<label>[^<>]*))?>|&(?P<entity>amp|lt|gt);")
ENTITIES = {"amp": "&", "lt": "<", "gt": ">"}
AFTER_NAME = r"(?:\|[^<>]*)?>[\s,:]*"
LEADING_MENTION = re.compile(rf"\A\s*<@[A-Z0-9]+{AFTER_NAME}")
CHANNEL = re.compile(r"<#([A-Z0-9]+)(?:\|[^<>]*)?>")
PERSON = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")
ABOUT_CHANNELS = re.compile(r"\s*(?:spend|budget|digest)\s", re.IGNORECASE)
ABOUT_PEOPLE = re.compile(r"\s*(?:spend|budget)\s", re.IGNORECASE)
SCHEMES = ("http://", "https://", "mailto:", "tel:")


def typed(text: str) -> str:
    """`<@U1|sam> &amp; <#C1|general>` -> `@sam & #general`."""
    return MARKUP.sub(_typed, text)


def command_words(text: str) -> str:
    """The words of a command. Who and where keep their ID where they can be asked about; in a prompt they are names."""
    if ABOUT_PEOPLE.match(text):
        text = PERSON.sub(r"@\1", text)
    return typed(CHANNEL.sub(r"#\1", text) if ABOUT_CHANNELS.match(text) else text)


@dataclass(frozen=True)
class Addressed:
    """What was said to the bot. `opens`: its name stands first, so what follows was certainly meant for it."""

    words: str
    opens: bool


def addressed(text: str, bot_user_id: str) -> Addressed:
    """The words behind the bot's name, or before it where nothing follows. Without its id the first name is its own."""
    found = re.search(f"<@{re.escape(bot_user_id)}{AFTER_NAME}", text) if bot_user_id else None
    name = found or LEADING_MENTION.match(text)
    if name is None:
        return Addressed(command_words(text), opens=False)
    before, after = text[: name.start()].strip(), text[name.end() :]
    if before and not after.strip():
        return Addressed(command_words(before.rstrip(",: ")), opens=False)
    return Addressed(command_words(after), opens=not before)


def _typed(found: re.Match[str]) -> str:
    entity, token, label = found["entity"], found["token"], found["label"]
    if entity:
        return ENTITIES[entity]
    if token[0] in "@#!":
        return _name(token, label and entities(label))
    if token.startswith(SCHEMES):
        return _address(entities(token), entities(label or ""))
    return entities(found[0])


def entities(text: str) -> str:
    return re.sub(r"&(amp|lt|gt);", lambda found: ENTITIES[found[1]], text)


def _name(token: str, label: str | None) -> str:
    """A person, a channel, or a special mention such as `!here`, `!subteam^S1` or `!date^...`."""
    sigil = "#" if token[0] == "#" else "@"
    if token.startswith("!date^"):
        return label or ""
    name = label or token[1:].split("^")[0]
    return name if name.startswith(sigil) else sigil + name


def _address(address: str, label: str) -> str:
    """Slack makes `node.js` into a link and adds the scheme; any other label could name another place than the link."""
    return label if label and address in ("http://" + label, "mailto:" + label, "tel:" + label) else address
