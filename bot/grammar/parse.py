"""The way in: which command it is, and its words read one command at a time."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from bot.errors import NotUnderstood
from bot.grammar import numbers
from bot.grammar.commands import Command, Estimate, Help, Models, Recommend, Show
from bot.grammar.sorting import at_most_one, bare_options, only, sort
from bot.grammar.usages import USAGES, usage
from bot.grammar.vocabulary import Kind, Vocabulary, did_you_mean
from bot.grammar.words import MARKS, WHITE, bare, echo, hidden, nearest, split

_NAMES = tuple(row.name for row in USAGES)
_HELP = ("--help", "-h")
_DATED = {"on": "a day, like 2026-11-22,"}
_RECOMMEND_OPTIONS = {"for": "a kind of work, like product-shots,", **_DATED}
_ESTIMATE_OPTIONS = {
    "batch": None,
    "keep": "a rate, like 0.55 or 55%, or own",
    "retries": "a number, like 1,",
    **_RECOMMEND_OPTIONS,
}
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,63}")
# `try"a kite"` is as clear as with a space.
_FIRST = re.compile(f"[^{WHITE}]?[^{WHITE}{MARKS}]*")


def parse(text: str, vocabulary: Vocabulary) -> Command:
    """One typed line, without the bot's own name. Raises NotUnderstood, BadNumber or BadPrompt, and nothing else."""
    text = text.strip(WHITE)
    first = _FIRST.match(text)
    name, rest = (first[0], text[first.end() :]) if first else ("", text)
    if not name:
        return Help()
    if _command(name) == "try" and split(rest[:100]) not in [[word] for word in _HELP]:
        from bot.grammar import tries  # here and below: a start reads one command, and loads no reader of another

        return tries.from_text(rest, vocabulary)
    return _answer(name, split(rest), vocabulary)


def parse_words(words: Sequence[str], vocabulary: Vocabulary) -> Command:
    """The same from a shell, where a word that holds white space was quoted."""
    if not words:
        return Help()
    if _command(words[0]) == "try" and list(words[1:]) not in [[word] for word in _HELP]:
        from bot.grammar import tries

        return tries.from_words(words[1:], vocabulary)
    return _answer(words[0], words[1:], vocabulary)


def _command(word: str) -> str:
    """The name of the command. Raises NotUnderstood."""
    name = bare(word).lower()
    if name in _HELP:
        return "help"
    if name in _NAMES:
        return name
    near = nearest(name, _NAMES)
    if near:
        raise did_you_mean(word, Kind.COMMAND, near)
    raise NotUnderstood(f"I know no command `{echo(word)}`{hidden(word)}: `help` shows what you can ask.")


def _answer(word: str, words: Sequence[str], vocabulary: Vocabulary) -> Command:
    name = _command(word)
    if len(words) == 1 and words[0].lower() in _HELP:
        return Help(None if name == "help" else name)
    if name == "spend":  # here and in `budget` quote marks hold the name of a project together
        from bot.grammar import spends

        return spends.from_words(words)
    if name == "budget":
        from bot.grammar import budgets

        return budgets.from_words(words)
    if name == "bench":  # and the name of a file
        from bot.grammar import benches

        return benches.from_words(words, vocabulary)
    if name == "digest":
        from bot.grammar import digests

        return digests.from_words(words, vocabulary)
    return _READERS[name](words, vocabulary)


def _help(words: Sequence[str], _vocabulary: Vocabulary) -> Help:
    plain, _ = bare_options("help", words, {})
    _refuse_more_than_one("help", plain)
    return Help(_command(plain[0])) if plain else Help()


def _estimate(words: Sequence[str], vocabulary: Vocabulary) -> Estimate:
    plain, given = bare_options("estimate", words, _ESTIMATE_OPTIONS)
    found = sort("estimate", plain, (Kind.COUNT, Kind.QUALITY, Kind.SIZE, Kind.CHOICE), vocabulary)
    count = at_most_one(found, Kind.COUNT)
    if count is None:
        raise NotUnderstood(f"How many images? I read {usage('estimate').usage}.")
    keep, retries = only(given, "keep"), only(given, "retries")
    own = keep is not None and keep.lower() == "own"
    return Estimate(
        count=numbers.count(count),
        quality=at_most_one(found, Kind.QUALITY),
        size=at_most_one(found, Kind.SIZE),
        choice=at_most_one(found, Kind.CHOICE),
        batch=only(given, "batch") is not None,
        keep=None if keep is None or own else numbers.keep_rate(keep),
        keep_own=own,
        retries=None if retries is None else numbers.retries(retries),
        kind=_kind(given),
        on=_day(given),
    )


def _recommend(words: Sequence[str], vocabulary: Vocabulary) -> Recommend:
    plain, given = bare_options("recommend", words, _RECOMMEND_OPTIONS)
    found = sort("recommend", plain, (Kind.SITUATION, Kind.MODEL), vocabulary)
    situation, model = at_most_one(found, Kind.SITUATION), at_most_one(found, Kind.MODEL)
    if situation == "existing" and model is None:
        raise NotUnderstood("Which model does your workflow use? I read `recommend existing MODEL`.")
    if situation not in (None, "existing") and model is not None:
        raise NotUnderstood(f"I read both `{situation}` and `{model}`: a model goes with `existing` only.")
    # A model alone can only be the one in use.
    return Recommend("existing" if model else situation, model, _kind(given), _day(given))


def _models(words: Sequence[str], vocabulary: Vocabulary) -> Models:
    plain, given = bare_options("models", words, _DATED)
    found = sort("models", plain, (Kind.MODEL,), vocabulary)
    return Models(at_most_one(found, Kind.MODEL), _day(given))


def _show(words: Sequence[str], _vocabulary: Vocabulary) -> Show:
    plain, _ = bare_options("show", words, {})
    _refuse_more_than_one("show", plain)
    if not plain:
        raise NotUnderstood(f"Which picture? I read {usage('show').usage}.")
    if not _ID.fullmatch(plain[0]):
        raise NotUnderstood(f"I could not read `{echo(plain[0])}` as the ID of a picture{hidden(plain[0])}.")
    return Show(plain[0])


def _day(given: Mapping[str, list[str]]) -> date | None:
    on = only(given, "on")
    return None if on is None else numbers.day(on)


def _kind(given: Mapping[str, list[str]]) -> str | None:
    kind = only(given, "for")
    if kind is not None and not (kind[0].isalnum() and kind.isprintable()):
        raise NotUnderstood(f"I could not read `{echo(kind)}` as a kind of work{hidden(kind)}.")
    return kind


def _refuse_more_than_one(command: str, words: Sequence[str]) -> None:
    if len(words) > 1:
        raise NotUnderstood(f"I read `{echo(words[0])}` and `{echo(words[1])}`: `{command}` takes one word only.")


_READERS: dict[str, Callable[[Sequence[str], Vocabulary], Command]] = {
    "help": _help,
    "estimate": _estimate,
    "recommend": _recommend,
    "models": _models,
    "show": _show,
}
