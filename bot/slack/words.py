"""Slack's markup back to what the person typed. Decoded exactly once: `&amp;lt;` is the typed text `&lt;`."""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

# One pass over both forms: what a token holds is never looked at a second time.
MARKUP = re.compile(r"<(?P<token>[@#!]?[^<>\s|][^<>|]*)(?:\|(?P<label>[^<>]*))?>|&(?P<entity>amp|lt|gt);")
ENTITIES = {"amp": "&", "lt": "<", "gt": ">"}
AFTER_NAME = r"(?:\|[^<>]*)?>[\s,:]*"
LEADING_MENTION = re.compile(rf"\A\s*<@[A-Z0-9]+{AFTER_NAME}")
CHANNEL = re.compile(r"<#([A-Z0-9]+)(?:\|[^<>]*)?>")
PERSON = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")
NAMELESS = re.compile(r"<@([UW][A-Z0-9]+)\|?>")
NAME = re.compile(r"<@[A-Z0-9]+(?:\|[^<>]*)?>")
CALLED = re.compile(r"[/@]?imagelane(?:[\s,:]+|\Z)", re.IGNORECASE)  # as in a channel, or in a terminal
BULLET, NUMBER = "[•◦▪▫‣⁃]\ufe0e?", r"(?:[0-9]{1,4}|[a-z]|[ivx]{2,5})[.)]"  # Slack's own marks, nested ones too
OPENING = re.compile(
    rf"(?:```|[`*_~>]|{BULLET}|&gt;|(?:[-–—]|{NUMBER})(?:\s|\Z))+\s*"
)  # of code, bold, a quote, a list
LIST_MARK = re.compile(rf"\s*(?:{BULLET}|[*-]|{NUMBER})\s*")
QUOTE_MARK = re.compile(r"[ \t]*(?:&gt;[ \t]*)+")
ABOUT_CHANNELS = re.compile(r"\s*(?:spend|budget|digest)\s", re.IGNORECASE)
ABOUT_PEOPLE = re.compile(r"\s*(?:spend|budget)\s", re.IGNORECASE)
MOST_NAMED = 30  # each is asked of Slack
UNTOLD = "somebody"
QUOTES = re.compile('["“”„‟«»]')
SCHEMES = ("http://", "https://", "mailto:", "tel:")


def typed(text: str) -> str:
    """`<@U1|sam> &amp; <#C1|general>` -> `@sam & #general`."""
    return MARKUP.sub(_typed, text)


def command_words(text: str) -> str:
    """The words of a command. Who and where keep their ID where they can be asked about; in a prompt they are names."""
    if ABOUT_PEOPLE.match(text):
        text = PERSON.sub(r"@\1", text)
    return typed(CHANNEL.sub(r"#\1", text) if ABOUT_CHANNELS.match(text) else text)


def named(text: str, called: Callable[[str], str]) -> str:
    """With what people are called in the place of their ids, as it was typed. Of a long list the first ones only."""
    people = list(dict.fromkeys(NAMELESS.findall(text)))[:MOST_NAMED]
    names = {person_id: _harmless(called(person_id)) for person_id in people}
    return NAMELESS.sub(lambda one: f"<@{one[1]}|{names.get(one[1], UNTOLD)}>", text)


def _harmless(name: str) -> str:
    """What somebody calls themselves ends no quoted prompt, and is no option of a command."""
    words = QUOTES.sub("'", name).split()
    return html.escape(" ".join(filter(None, (word.lstrip("-–—") for word in words))), quote=False) or UNTOLD


@dataclass(frozen=True)
class Addressed:
    """What was said to the bot. `opens`: its name stands first, so what follows was certainly meant for it.

    `parts`: of these words, what may be a command where the whole is none: one line, or without names at the end.
    """

    words: str
    opens: bool
    parts: tuple[str, ...] = ()


def addressed(text: str, bot_user_id: str) -> Addressed:
    """The words behind the bot's name, or before it where nothing follows. Without its id the first name is its own."""
    found = re.search(f"<@{re.escape(bot_user_id)}{AFTER_NAME}", text) if bot_user_id else None
    name = found or LEADING_MENTION.match(text)
    if name is None:
        return _said("", text)
    before, after = text[: name.start()], text[name.end() :]
    if _bare(before) and not _bare(after, bot_user_id).strip(" .,:;!?"):
        return replace(_said("", before.rstrip(",: ")), opens=False)
    return _said(before, after, bot_user_id)


def said_directly(text: str, bot_user_id: str) -> Addressed:
    """In its own conversation all is meant for the bot, named or not."""
    found = addressed(text, bot_user_id)
    if not (bot_user_id and f"<@{bot_user_id}" in text):
        return _said("", text, bot_user_id)
    if found.opens:
        return found
    whole = _said("", text, bot_user_id)
    return replace(whole, parts=(*whole.parts, found.words, *found.parts))


def _said(before: str, after: str, bot_user_id: str = "") -> Addressed:
    """`before` is what stands in front of the bot's name: only marks of a list, a quote or code say nothing."""
    listed, beside = before.rpartition("\n")[2], ""
    if LIST_MARK.fullmatch(listed):  # an item of a list ends with its line
        after = after.partition("\n")[0]
    elif QUOTE_MARK.match(listed + after):  # and what is quoted with the last line that is marked so
        after, beside = _quoted(after)
    words = _bare(after, bot_user_id, "" if _bare(before) else before)
    parts = dict.fromkeys((words.partition("\n")[0].strip(), _before_names(words)))
    opens = not _bare(before) and not beside.strip()
    return Addressed(command_words(words), opens, tuple(command_words(part) for part in parts if part != words.strip()))


def _before_names(text: str) -> str:
    """Without the names it ends with."""
    end = whole = _end(text, len(text), ".,:;!?")
    while (start := text.rfind("<@", 0, end)) >= 0 and NAME.fullmatch(text, start, end):
        end = _end(text, start, ",")
    return text if end == whole else text[:end]


def _end(text: str, end: int, marks: str) -> int:
    """Where the words before `end` end. Step by step: a pattern looks at a long run of blanks from each of its places,
    and holds up every thread meanwhile."""
    while end and (text[end - 1].isspace() or text[end - 1] in marks):
        end -= 1
    return end


def _quoted(text: str) -> tuple[str, str]:
    """The quote that `text` stands in, without its marks, and what follows it."""
    first, *rest = text.split("\n")
    count = next((n for n, each in enumerate(rest) if not QUOTE_MARK.match(each)), len(rest))
    quoted = [first, *(QUOTE_MARK.sub("", each, count=1) for each in rest[:count])]
    return "\n".join(quoted), "\n".join(rest[count:])


def _bare(text: str, bot_user_id: str = "", opened: str = "") -> str:
    """Without what somebody wrapped around the whole of it: code, bold, a quote; and without other names before it.

    `opened`: marks in front of the name, which close behind the words.
    """
    bare = text.strip()
    ours = re.compile(LEADING_MENTION.pattern)
    while True:
        marks = OPENING.match(bare)
        name = (ours.match(bare) or CALLED.match(bare)) if bot_user_id else None
        if marks:
            opened, bare = opened + marks[0], bare[marks.end() :].lstrip()
        elif name:
            bare = bare[name.end() :]
        else:
            break
    for mark in ("```", "`", "*", "_", "~"):
        if mark in opened and bare.endswith(mark):
            bare = bare.removesuffix(mark).rstrip()
    return bare


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
