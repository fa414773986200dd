"""`digest` as typed: what to do, and for `on` a weekday, a time, a zone and a channel, in any order."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time
from functools import lru_cache
from typing import ClassVar, TypeVar
from zoneinfo import available_timezones

from bot.errors import NotUnderstood
from bot.grammar import numbers, options
from bot.grammar.canonical import joined, with_option
from bot.grammar.dates import read_days
from bot.grammar.names import channel
from bot.grammar.row import At, BookAnswer, CommandRow, CommandUsage, always
from bot.grammar.sorting import bare_options, only
from bot.grammar.vocabulary import Vocabulary, did_you_mean
from bot.grammar.words import echo, hidden, listed, nearest
from bot.periods import WEEKDAYS, Days

T = TypeVar("T")

USAGE = CommandUsage(
    "digest",
    "digest [preview | post | on DAY TIME [ZONE] [in #CHANNEL] | off | watch on [in #CHANNEL] | watch off] "
    "[--week WEEK] [--on DATE]",
    "The weekly post: what was spent and kept, what changed, what ends, what to try. `preview` shows it to you, "
    "`post` posts it here once more, `on` has it posted every week, `off` ends that. `watch on` has a channel told "
    "90, 30, 7 and 1 days before a model you use ends, and the day after if it is still called; without it that goes "
    "where the digest goes. Left out: the last closed week, Monday 09:00, the workspace's time zone, this channel.",
    (
        "digest preview",
        "digest on mon 09:00",
        "digest on thursday 16:30 America/New_York",
        "digest post --week 2026-W46",
        "digest off",
        "digest watch on",
    ),
    spoken="Say preview; post; on and a weekday, a time, a time zone and in a #channel; off; watch on and in a "
    "#channel; or watch off. Also --week 2026-W46 and --on 2026-11-22.",
    topic="Money",
    gist="the weekly post, as it would be now",
    begin=("Preview", "digest preview"),
)
ACTS = ("preview", "post", "on", "off")
WATCH, WATCHES = "watch", ("watch on", "watch off")

_OPTIONS = {"week": "a week, like 2026-W46,", **options.DATED}
_TIME = re.compile(r"([0-9]{1,2}):([0-9]{2})")
_MEANT_AS_TIME = re.compile(r"[0-9]{1,2}([:.h][0-9]*)?(am|pm|h)?")
_SHORTEST = 3  # letters of a weekday


@dataclass(frozen=True)
class Digest:
    """`act` is one of ACTS or WATCHES. With `on`: `weekday` 0 is Monday, `at` the time on the clocks of `zone`."""

    name: ClassVar[str] = "digest"

    act: str | None = None
    week: Days | None = None
    weekday: int | None = None
    at: time | None = None
    zone: str | None = None
    channel_id: str | None = None
    on: date | None = None

    def words(self) -> str:
        return joined(
            "digest",
            self.act,
            None if self.weekday is None else WEEKDAYS[self.weekday],
            None if self.at is None else f"{self.at:%H:%M}",
            self.zone,
            None if self.channel_id is None else f"in #{self.channel_id}",
            with_option("week", None if self.week is None else self.week.words()),
            with_option("on", self.on),
        )


@dataclass
class _Read:
    acts: list[str] = field(default_factory=list)
    watches: list[str] = field(default_factory=list)
    weekdays: list[int] = field(default_factory=list)
    times: list[time] = field(default_factory=list)
    zones: list[str] = field(default_factory=list)
    channels: list[str] = field(default_factory=list)


def read(words: Sequence[str], _vocabulary: Vocabulary) -> Digest:
    plain, given = bare_options(USAGE, words, _OPTIONS)
    found, rest = _Read(), plain
    while rest:
        rest = _take(found, rest)
    week, on = only(given, "week"), only(given, "on")
    command = Digest(
        act=_act(found),
        week=None if week is None else _week(week),
        weekday=_one(found.weekdays, "weekdays"),
        at=_one(found.times, "times"),
        zone=_one(found.zones, "time zones"),
        channel_id=_one(found.channels, "channels"),
        on=None if on is None else numbers.day(on),
    )
    _refuse_what_does_not_go(command)
    return command


def _take(read: _Read, words: list[str]) -> list[str]:
    word = words[0]
    if word.lower() in ACTS:
        read.acts.append(word.lower())
    elif word.lower() == WATCH:
        read.watches.append(WATCH)
    elif word.lower() == "in":
        if len(words) < 2:
            raise NotUnderstood("In which channel? I read `in` a #channel.")
        read.channels.append(channel(words[1]))
        return words[2:]
    elif (weekday := _weekday(word)) is not None:
        read.weekdays.append(weekday)
    elif _MEANT_AS_TIME.fullmatch(word.lower()):
        read.times.append(_time(word))
    elif word.lower() in _zones():
        read.zones.append(_zones()[word.lower()])
    else:
        raise _unread(word)
    return words[1:]


def _act(read: _Read) -> str | None:
    act = _one(read.acts, "things to do")
    if not read.watches:
        return act
    if act not in ("on", "off"):
        raise NotUnderstood(
            "Is the watch on models that end to go on or off? Say `digest watch on` or `digest watch off`."
        )
    return f"{WATCH} {act}"


def _one(found: list[T], called: str) -> T | None:
    if len(found) > 1:
        raise NotUnderstood(f"I read two {called}: name one.")
    return found[0] if found else None


def _weekday(word: str) -> int | None:
    """`mon`, `thurs` and `Sunday`."""
    begun = [n for n, name in enumerate(WEEKDAYS) if name.lower().startswith(word.lower())]
    return begun[0] if len(word) >= _SHORTEST and begun else None


def _time(word: str) -> time:
    found = _TIME.fullmatch(word)
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        raise NotUnderstood(f"I read times from 00:00 to 23:59, like 09:00; I could not read '{echo(word)}'.")
    return time(int(found[1]), int(found[2]))


def _week(word: str) -> Days:
    found = read_days(word.lower())
    if found is None or not found.is_week:
        raise NotUnderstood(f"I read weeks like 2026-W46; I could not read '{echo(word)}'{hidden(word)}.")
    return found


@lru_cache
def _zones() -> dict[str, str]:
    return {name.lower(): name for name in available_timezones()}


def _refuse_what_does_not_go(command: Digest) -> None:
    when = command.weekday is not None or command.at is not None or command.zone is not None
    if when and command.act != "on":
        raise NotUnderstood("A weekday, a time and a time zone go with `on` only: `digest on mon 09:00`.")
    if command.channel_id and command.act not in ("on", "off", "watch on"):
        raise NotUnderstood(
            "A channel goes with `on` and `off` only, and with `watch on`: `digest on mon 09:00 in #channel`."
        )
    if command.week and command.act in ("on", "off", *WATCHES):
        raise NotUnderstood(f"A week goes with `preview` and `post`; `digest {command.act}` is about all of them.")
    if command.on and command.act not in (None, "preview"):
        raise NotUnderstood("`--on` a day goes with `preview` only.")


def _unread(word: str) -> NotUnderstood:
    for called, names in (
        ("word", (*ACTS, WATCH, "in")),
        ("weekday", WEEKDAYS),
        ("time zone", tuple(_zones().values())),
    ):
        near = nearest(word, names)
        if near:
            return did_you_mean(word, called, near)
    return NotUnderstood(
        f"I could not read `{echo(word)}`{hidden(word)}. Here `digest` reads {listed((*ACTS, WATCH), 'or')}, "
        "and after `on` a weekday, a time like 09:00, a time zone like Europe/Berlin, and in a #channel.",
        word,
    )


DIGEST = CommandRow(
    USAGE,
    read,
    BookAnswer(slow=always),
    only_asks=lambda asked: asked.act in (None, "preview"),
    printout=At("bot.digest.printout:rendered"),
    extras=("--png", "--workspace"),
    verbs=("report", "summary"),
)
