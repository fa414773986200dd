"""Reading `bench`: what to do with which comparison. Slack's window takes the place of the options of `run`."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from bot.errors import NotUnderstood
from bot.grammar import numbers
from bot.grammar.commands import BenchCommand
from bot.grammar.sorting import only, take_options
from bot.grammar.usages import usage
from bot.grammar.vocabulary import Kind, Vocabulary, did_you_mean
from bot.grammar.words import bare, echo, hidden, nearest

ACTS = ("plan", "list", "show", "verdict", "stop", "close", "cancel", "run", "resume", "export", "rerun")
_OPTIONS = {
    "prompts": "a set of prompts or a file,",
    "lanes": "two or three lanes or models, like budget,premium,",
    "quality": "a quality, like medium,",
    "size": "a size, like square or 1024x1024,",
    "reviewers": "1, 3 or 5",
    "cap": "an amount in USD, like 5,",
    "tag": "a name for this kind of work",
    "reject-seconds": "whole seconds, like 30,",
    "reject-usd-per-hour": "an amount in USD, like 30,",
    "yes": None,
}
_DRAWS = ("run", "rerun")
_ID = re.compile(r"[0-9a-z]{4,32}")


def from_words(words: Sequence[str], vocabulary: Vocabulary) -> BenchCommand:
    """Words as a shell has split them: the name of a file stays whole."""
    plain, given = take_options("bench", words, _OPTIONS)
    act, rest = (bare(plain[0]).lower(), plain[1:]) if plain else ("plan", [])
    if act not in ACTS:
        near = nearest(act, ACTS)
        raise did_you_mean(plain[0], "word", near) if near else _unread(plain[0])
    if act not in _DRAWS and given:
        raise NotUnderstood(f"`bench {act}` takes no `--{next(iter(given))}`.")
    most = {"plan": 0, "run": 0, "list": 0, "export": 2}.get(act, 1)
    if len(rest) > most:
        raise _unread(rest[most])
    bench_id = None if act in ("plan", "run", "list") else _id(act, rest)
    file = rest[1] if len(rest) == 2 else None
    return _drawn(act, bench_id, given, vocabulary) if act in _DRAWS else BenchCommand(act, bench_id, file=file)


def _drawn(act: str, bench_id: str | None, given: Mapping[str, list[str]], vocabulary: Vocabulary) -> BenchCommand:
    prompts, lanes = only(given, "prompts"), only(given, "lanes")
    if lanes is None or (act == "run") != (prompts is not None):
        missing = "--lanes" if lanes is None else "--prompts" if act == "run" else "no --prompts: it keeps those it had"
        raise NotUnderstood(f"`bench {act}` needs {missing}. I read {usage('bench').usage}.")
    quality, size, cap, reviewers = (only(given, name) for name in ("quality", "size", "cap", "reviewers"))
    seconds, hourly = only(given, "reject-seconds"), only(given, "reject-usd-per-hour")
    return BenchCommand(
        act=act,
        id=bench_id,
        prompts=prompts,
        lanes=sides(lanes, vocabulary),
        quality=None if quality is None else vocabulary.read(quality, Kind.QUALITY),
        size=None if size is None else vocabulary.read(size, Kind.SIZE),
        reviewers=None if reviewers is None else numbers.whole(reviewers),
        cap=None if cap is None else numbers.money(cap),
        tag=only(given, "tag"),
        reject_seconds=None if seconds is None else Decimal(numbers.whole(seconds)),
        reject_usd_per_hour=None if hourly is None else numbers.money(hourly),
        yes="yes" in given,
    )


def sides(lanes: str, vocabulary: Vocabulary) -> tuple[tuple[str, str | None], ...]:
    """budget,premium:high: each with its own quality, if it has one. Raises NotUnderstood."""
    return tuple(_side(word, vocabulary) for word in lanes.split(","))


def _side(word: str, vocabulary: Vocabulary) -> tuple[str, str | None]:
    """budget, or budget:low with a quality of its own."""
    name, _, quality = bare(word.strip()).partition(":")
    return vocabulary.read(name, Kind.CHOICE), vocabulary.read(quality, Kind.QUALITY) if quality else None


def _id(act: str, words: Sequence[str]) -> str:
    if not words:
        raise NotUnderstood(f"Which bench? I read `bench {act} ID`; `bench list` shows them.")
    if not _ID.fullmatch(words[0]):
        raise NotUnderstood(f"I could not read `{echo(words[0])}` as the ID of a bench{hidden(words[0])}.")
    return words[0]


def _unread(word: str) -> NotUnderstood:
    return NotUnderstood(f"I could not read `{echo(word)}`{hidden(word)}: I read {usage('bench').usage}.")
