"""Reading `spend`: a period, a dimension and a part, in any order."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from bot.errors import NotUnderstood
from bot.grammar import numbers
from bot.grammar.commands import DIMENSIONS, Spend
from bot.grammar.quotes import cut, opens
from bot.grammar.sorting import only, take_options
from bot.grammar.vocabulary import did_you_mean
from bot.grammar.words import WHITE, bare, echo, hidden, listed, nearest, split
from bot.ledger.limits import PROJECT_LETTERS
from bot.periods import Asked, Days, LastDays, Named, iso_week, month_of

T = TypeVar("T")

MOST_DAYS = 366
CHANNEL = re.compile(r"#([CGD][A-Z0-9]{2,20})")

_DATED = {"on": "a day, like 2026-11-22,"}
_WEEK = re.compile(r"([0-9]{4})-w([0-9]{1,2})")
_MONTH = re.compile(r"([0-9]{4})-([0-9]{1,2})")
_DAY = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}")
_FIRST_WORDS = ("today", "yesterday", "this", "last", "all", "by", "in")
_AFTER = {"this": ("week", "month"), "last": ("week", "month", "days")}
_IN_WHAT = "In what? I read `in` a project's name or a #channel."
_PERIODS = "today, yesterday, this week, last month, last 7 days, 2026-W46, 2026-10, 2026-10-05..2026-10-11 or all"


@dataclass
class _Read:
    periods: list[Asked] = field(default_factory=list)
    dimensions: list[str] = field(default_factory=list)
    projects: list[str] = field(default_factory=list)
    channels: list[str] = field(default_factory=list)


def from_words(words: Sequence[str]) -> Spend:
    """A word with white space in it was quoted in a shell."""
    plain, given = take_options("spend", words, _DATED)
    on = only(given, "on")
    read, rest = _Read(), plain
    while rest:
        rest = _take(read, bare(rest[0]).lower(), rest)
    if len(read.projects) + len(read.channels) > 1:
        raise NotUnderstood("I read two things after `in`: name one project or one channel.")
    return Spend(
        period=_one(read.periods, "periods"),
        by=_one(read.dimensions, "dimensions"),
        project=_one(read.projects, "projects"),
        channel_id=_one(read.channels, "channels"),
        on=None if on is None else numbers.day(on),
    )


def from_fields(period: str, by: str, part: str) -> Spend:
    """As a program asks: each in a place of its own, "" where it is left out, and none read as another."""
    is_channel = part.startswith("#")
    return Spend(
        period=_whole_period(split(period)),
        by=_dimension([by]) if by else None,
        project=_named(part, _IN_WHAT) if part and not is_channel else None,
        channel_id=channel(part) if is_channel else None,
    )


def _one(found: list[T], called: str) -> T | None:
    if len(found) > 1:
        raise NotUnderstood(f"I read two {called}: name one.")
    return found[0] if found else None


def _take(read: _Read, word: str, words: list[str]) -> list[str]:
    """What one or more words at the start say goes into `read`; the words after them."""
    if word == "by":
        read.dimensions.append(_dimension(words[1:]))
        return words[2:]
    if word == "in":
        return _part(read, words[1:])
    period, taken = _period(word, [bare(one).lower() for one in words[1:3]], words[0])
    read.periods.append(period)
    return words[taken:]


def _dimension(words: Sequence[str]) -> str:
    word = bare(words[0]) if words else ""
    if word.lower() in DIMENSIONS:
        return word.lower()
    near = nearest(word, DIMENSIONS)
    if near:
        raise did_you_mean(word, "dimension", near)
    raise NotUnderstood(f"By what? I read by {listed(DIMENSIONS, 'or')}{hidden(word)}.")


def _part(read: _Read, words: list[str]) -> list[str]:
    if words and words[0].startswith("#"):
        read.channels.append(channel(words[0]))
        return words[1:]
    name, rest = project(words[1:] if words and words[0].lower() == "project" else words, _IN_WHAT)
    read.projects.append(name)
    return rest


def project(named: list[str], asking: str) -> tuple[str, list[str]]:
    """The name at the start, quoted or one word, and the words after it. `asking` is said where there is none."""
    if not named:
        raise NotUnderstood(asking)
    if opens(named[0]) and not any(white in named[0] for white in WHITE):
        name, rest = cut(" ".join(named))
        words = split(rest)
    else:
        name, words = named[0], named[1:]
    return _named(name, asking), words


def _named(name: str, asking: str) -> str:
    if not name.strip(WHITE):
        raise NotUnderstood(asking)
    if len(name) > PROJECT_LETTERS:
        raise NotUnderstood(f"A project's name has {PROJECT_LETTERS} characters at most; that one has {len(name):,}.")
    if not name.isprintable():
        raise NotUnderstood(f"I could not read `{echo(name)}` as the name of a project{hidden(name)}.")
    return name


def channel(word: str) -> str:
    """The id Slack put in for a channel chosen from its list. Raises NotUnderstood."""
    found = CHANNEL.fullmatch(word)
    if found is None:
        raise NotUnderstood(f"I could not find the channel `{echo(word)}`: choose it from Slack's list as you type it.")
    return found[1]


def _whole_period(words: Sequence[str]) -> Asked | None:
    if not words:
        return None
    plain = [bare(word).lower() for word in words]
    if plain[0] in ("by", "in"):
        raise NotUnderstood(f"I read a period here, which is {_PERIODS}; `{plain[0]}` stands beside it.")
    period, taken = _period(plain[0], plain[1:3], words[0])
    if words[taken:]:
        raise NotUnderstood(f"I could not read `{echo(words[taken])}` after the period{hidden(words[taken])}.")
    return period


def _period(word: str, after: Sequence[str], typed: str) -> tuple[Asked, int]:
    """The period, and how many words say it."""
    following = after[0] if after else ""
    if word == "last" and len(after) == 2 and numbers.is_count(following) and after[1] in ("days", "day"):
        return LastDays(_few(following)), 3
    if f"{word} {following}" in tuple(Named):
        return Named(f"{word} {following}"), 2
    if word in tuple(Named):
        return Named(word), 1
    if _DAY.fullmatch(word) and following == "to" and len(after) == 2:
        return _between(word, after[1]), 3
    days = written(word)
    if days is None:
        raise _unread(word, following, typed)
    return days, 1


def written(word: str) -> Days | None:
    """Days, weeks and months by their numbers, in small letters. Raises NotUnderstood for one there never was."""
    first, dots, last = word.partition("..")
    if dots:
        return _between(first, last)
    if _DAY.fullmatch(word):
        return _between(word, word)
    found = _WEEK.fullmatch(word) or _MONTH.fullmatch(word)
    if found is None:
        return None
    year, number = int(found[1]), int(found[2])
    try:
        whole = iso_week(year, number) if "w" in word else month_of(date(year, number, 1))
    except ValueError:
        what = "week" if "w" in word else "month"
        raise NotUnderstood(f"There is no {what} `{echo(word.upper())}`.") from None
    numbers.day(str(whole.first))
    return whole


def _between(first: str, last: str) -> Days:
    found = Days(numbers.day(first), numbers.day(last))
    if found.count < 1:
        raise NotUnderstood(f"I read days from {found.first} to {found.last}: that ends before it begins.")
    return found


def _few(text: str) -> int:
    count = numbers.count(text)
    if count > MOST_DAYS:
        raise NotUnderstood(f"I read `last` up to {MOST_DAYS} days; for more, say from when to when.")
    return count


def _unread(word: str, following: str, typed: str) -> NotUnderstood:
    if word in _AFTER:
        near = nearest(following, _AFTER[word])
        if near:
            return did_you_mean(f"{word} {following}", "period", tuple(_spoken(word, one) for one in near))
    elif word in DIMENSIONS:
        return did_you_mean(typed, "dimension", (f"by {word}",))
    else:
        near = nearest(word, (*_FIRST_WORDS, *DIMENSIONS))
        if near:
            return did_you_mean(typed, "period" if near[0] in _FIRST_WORDS[:5] else "word", near)
    return NotUnderstood(
        f"I could not read `{echo(typed)}`{hidden(typed)}. Here `spend` reads a period ({_PERIODS}), "
        f"by {listed(DIMENSIONS, 'or')}, and in a project or #channel."
    )


def _spoken(word: str, following: str) -> str:
    return "last 7 days" if following == "days" else f"{word} {following}"
