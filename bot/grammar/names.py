"""Names that stand in a command: a project's, in quote marks or one word, and ids as Slack put them in."""

import re

from bot.errors import NotUnderstood
from bot.grammar.quotes import cut, opens
from bot.grammar.words import WHITE, echo, hidden, split
from bot.ledger.limits import PROJECT_LETTERS

_CHANNEL = re.compile(r"#([CGD][A-Z0-9]{2,20})")
_PERSON = re.compile(r"@([UW][A-Z0-9]{2,20})")


def project(typed_words: list[str], asking: str) -> tuple[str, list[str]]:
    """The name at the start, quoted or one word, and the words after it. `asking` is said where there is none."""
    if not typed_words:
        raise NotUnderstood(asking)
    if opens(typed_words[0]) and not any(white in typed_words[0] for white in WHITE):
        name, rest = cut(" ".join(typed_words))
        words = split(rest)
    else:
        name, words = typed_words[0], typed_words[1:]
    return project_name(name, asking), words


def project_name(name: str, asking: str) -> str:
    if not name.strip(WHITE):
        raise NotUnderstood(asking)
    if len(name) > PROJECT_LETTERS:
        raise NotUnderstood(f"A project's name has {PROJECT_LETTERS} characters at most; that one has {len(name):,}.")
    if not name.isprintable():
        raise NotUnderstood(f"I could not read `{echo(name)}` as the name of a project{hidden(name)}.")
    return name


def channel(word: str) -> str:
    """The id Slack put in for a channel chosen from its list. Raises NotUnderstood."""
    match = _CHANNEL.fullmatch(word)
    if match is None:
        raise NotUnderstood(f"I could not find the channel `{echo(word)}`: choose it from Slack's list as you type it.")
    return match[1]


def person(word: str) -> str:
    """The same of a person."""
    match = _PERSON.fullmatch(word)
    if match is None:
        raise NotUnderstood(f"I could not find the person `{echo(word)}`: choose them from Slack's list as you type.")
    return match[1]
