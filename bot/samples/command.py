"""`try` and `show` as typed: where a prompt ends, on what it is to be drawn, and which picture is meant."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from bot.errors import BadPrompt, NotUnderstood
from bot.grammar import numbers, options, prompts
from bot.grammar.canonical import joined, with_option
from bot.grammar.quotes import cut, opens, quote
from bot.grammar.row import At, Audience, BookAnswer, CommandRow, CommandUsage, always
from bot.grammar.sorting import Sorted, at_most_one, bare_options, sort, unknown_option
from bot.grammar.vocabulary import Kind, Vocabulary
from bot.grammar.words import MARKS, WHITE, bare, echo, hidden, nearest, option, split

USAGE = CommandUsage(
    "try",
    'try "PROMPT" [LANE or MODEL]... [QUALITY] [SIZE] [xN], '
    "or try PROMPT [--lane LANE or MODEL]... [--quality QUALITY] [--size SIZE] [--count N]",
    "Sample pictures in the channel, to keep, reject or retry. Only a text that begins with a quote mark has options "
    "without dashes after the prompt.",
    (
        'try "a red kite over a harbour" budget premium high square',
        'try "a red kite over a harbour" premium x3',
        "try a high castle",
        "try a high castle --lane premium --size portrait",
    ),
    spoken="A prompt in quote marks, then up to three lanes or models, a quality and a size. Without quote marks "
    "all of it is the prompt, save --lane, --quality and --size at its end.",
    topic="Draw",
    gist="sample pictures, to keep or reject",
    begin=("How to draw", "help try"),
)
SHOW_USAGE = CommandUsage(
    "show",
    "show ID",
    "One picture again, to you alone: its state, cost and votes.",
    ("show 7f3k2q",),
    spoken="With the ID of the picture.",
    topic="Draw",
    gist="one picture again: its state, cost and votes",
)
MOST_CHOICES = 3
MOST_COPIES = 4

_KINDS = (Kind.QUALITY, Kind.SIZE, Kind.CHOICE)
_KIND_OF = {"lane": Kind.CHOICE, "quality": Kind.QUALITY, "size": Kind.SIZE}
_OPTIONS = {
    "lane": "a lane or model, like premium,",
    "quality": "a quality, like high,",
    "size": "a size, like square or 1024x1024,",
    "count": "how many, like 3,",
}
_TIMES = re.compile(r"[xX×][0-9]{1,6}")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,63}")


@dataclass(frozen=True)
class Try:
    """`choices` are lanes and models, at most three and each once; the prompt is as typed. `count`: pictures of each.

    `perhaps`: the same with the last words of an unquoted prompt as options. What was meant is asked before anything is
    drawn.
    """

    name: ClassVar[str] = "try"

    prompt: str
    choices: tuple[str, ...] = ()
    quality: str | None = None
    size: str | None = None
    count: int = 1
    perhaps: "Try | None" = None

    def words(self) -> str:
        if self.perhaps is None:
            return joined("try", quote(self.prompt), *self.options())
        lanes = (with_option("lane", choice) for choice in self.choices)
        rest = with_option("quality", self.quality), with_option("size", self.size)
        return joined("try", self.prompt, *lanes, *rest, with_option("count", self.count if self.count > 1 else None))

    def options(self) -> tuple[str, ...]:
        """As they stand after a quoted prompt."""
        times = f"x{self.count}" if self.count > 1 else None
        return tuple(word for word in (*self.choices, self.quality, self.size, times) if word)


@dataclass(frozen=True)
class Show:
    name: ClassVar[str] = "show"

    id: str

    def words(self) -> str:
        return joined("show", self.id)


def checked(prompt: str) -> str:
    """The prompt, unchanged. Raises BadPrompt."""
    return prompts.checked(prompt, f"Say what to draw, as in `{USAGE.examples[0]}`.")


def read_text(text: str, vocabulary: Vocabulary) -> Try:
    text = text.strip(WHITE)
    if opens(text):
        prompt, rest = cut(text)
        return _quoted(prompt, split(rest), vocabulary)
    return _unquoted(text, vocabulary)


def read(words: Sequence[str], vocabulary: Vocabulary) -> Try:
    """A shell takes the quotes away: a first word with white space in it, or nothing at all, was quoted."""
    if words and (not words[0] or any(letter in WHITE for letter in words[0])):
        return _quoted(words[0], words[1:], vocabulary)
    return read_text(" ".join(words), vocabulary)


def _quoted(prompt: str, words: Sequence[str], vocabulary: Vocabulary) -> Try:
    checked(prompt)
    try:
        plain, by_name = bare_options(USAGE, words, _OPTIONS)
        return _drawn(prompt, plain, [(name, one) for name, values in by_name.items() for one in values], vocabulary)
    except NotUnderstood as error:
        if not any(mark in word for mark in MARKS for word in words[:20]):
            raise
        raise type(error)(f'{error} A quote mark inside the prompt is written \\".', error.slip) from None


def _unquoted(text: str, vocabulary: Vocabulary) -> Try:
    """All of it is the prompt, save the options at its end."""
    try:
        prompt, pairs = _peeled(text)
        _refuse_options_first(checked(prompt))
        asked = _drawn(prompt, [], pairs, vocabulary)
        return replace(asked, perhaps=_other_reading(prompt, pairs, vocabulary))
    except BadPrompt:
        raise
    except NotUnderstood as error:
        raise type(error)(f"{error} If it belongs to the prompt, put the whole prompt in quotes.", error.slip) from None


def _other_reading(prompt: str, pairs: list[tuple[str, str]], vocabulary: Vocabulary) -> Try | None:
    """With as many of its last words as can be options; None where the last one can't."""
    reading: Try | None = None
    head, words = prompt, list[str]()
    while len(words) < MOST_CHOICES + len(_OPTIONS):
        head, last = _parted(head)
        words.insert(0, last)
        if not head or not _may_be_option(last, vocabulary):
            break
        try:
            reading = _drawn(checked(head), words, pairs, vocabulary)
        except NotUnderstood:
            break
    return reading


def _may_be_option(word: str, vocabulary: Vocabulary) -> bool:
    return bool(_TIMES.fullmatch(word)) or any(vocabulary.find(word, kind) for kind in _KINDS)


def _refuse_options_first(prompt: str) -> None:
    first = option(split(prompt[:100])[0])
    if first and first[0] in _OPTIONS:
        raise BadPrompt(f"Options go after the prompt, as in `{USAGE.examples[-1]}`.")


def _peeled(text: str) -> tuple[str, list[tuple[str, str]]]:
    """The text without the options at its end, and these in their order."""
    pairs: list[tuple[str, str]] = []
    # A prompt takes few options: more than these is a mistake to be told of, and not worth reading to its end.
    while len(pairs) <= MOST_CHOICES + len(_OPTIONS):
        head, last = _parted(text)
        before, second = _parted(head)
        last_option, second_option = option(last), option(second)
        if last_option and last_option[0] in _OPTIONS:
            if not last_option[1]:
                raise NotUnderstood(f"`--{last_option[0]}` needs {_OPTIONS[last_option[0]]} after it.")
            pairs.insert(0, (last_option[0], bare(last_option[1])))
            text = head
        elif second_option and second_option[0] in _OPTIONS and second_option[1] is None:
            pairs.insert(0, (second_option[0], bare(last)))
            text = before
        else:
            _refuse_misspelled(second)
            break
    return text, pairs


def _parted(text: str) -> tuple[str, str]:
    """The last word, and what stands before it."""
    end = len(text.rstrip(WHITE))
    start = max(text.rfind(white, 0, end) for white in WHITE) + 1
    return text[:start].rstrip(WHITE), text[start:end]


def _refuse_misspelled(word: str) -> None:
    """Only after two hyphens: a long dash before a word is often just a dash."""
    word_option = option(word) if word.startswith("--") else None
    if word_option and nearest(word_option[0], _OPTIONS):
        raise unknown_option(USAGE, word, word_option[0], _OPTIONS)


def _drawn(prompt: str, plain: Sequence[str], pairs: Sequence[tuple[str, str]], vocabulary: Vocabulary) -> Try:
    values: Sorted = sort(USAGE, [word for word in plain if not _TIMES.fullmatch(word)], _KINDS, vocabulary)
    counts = [word[1:] for word in plain if _TIMES.fullmatch(word)]
    for name, value in pairs:
        if name == "count":
            counts.append(value)
        else:
            values[_KIND_OF[name]].append(vocabulary.read(value, _KIND_OF[name]))
    choices = tuple(values[Kind.CHOICE])
    _refuse_choices(choices)
    return Try(prompt, choices, at_most_one(values, Kind.QUALITY), at_most_one(values, Kind.SIZE), _copies(counts))


def _copies(counts: Sequence[str]) -> int:
    if len(counts) > 1:
        raise NotUnderstood(f"I read two counts, `{echo(counts[0])}` and `{echo(counts[1])}`: name one.")
    count = numbers.count(counts[0]) if counts else 1
    if count > MOST_COPIES:
        raise NotUnderstood(f"`try` draws at most {MOST_COPIES} pictures of each at once; I read {count}.")
    return count


def _refuse_choices(choices: tuple[str, ...]) -> None:
    twice = next((name for name in choices if choices.count(name) > 1), None)
    if twice:
        raise NotUnderstood(f"I read `{twice}` twice: name each lane or model once.")
    if len(choices) > MOST_CHOICES:
        raise NotUnderstood(f"`try` draws on at most {MOST_CHOICES} lanes or models at once; I read {len(choices)}.")


def read_show(words: Sequence[str], _vocabulary: Vocabulary) -> Show:
    plain, _ = bare_options(SHOW_USAGE, words, {})
    options.refuse_more_than_one("show", plain)
    if not plain:
        raise NotUnderstood(f"Which picture? Name its ID, as in `{SHOW_USAGE.examples[0]}`.")
    if not _ID.fullmatch(plain[0]):
        raise NotUnderstood(f"I could not read `{echo(plain[0])}` as the ID of a picture{hidden(plain[0])}.")
    return Show(plain[0])


TRY = CommandRow(
    USAGE,
    read,
    BookAnswer(),
    lambda asked: Audience.ASKER if asked.perhaps else Audience.POSTED,
    only_asks=lambda asked: asked.perhaps is not None,
    read_text=read_text,
    printout=At("bot.samples.printout:rendered"),
    extras=("--out", "--workspace"),
    verbs=("draw", "generate", "make", "create", "paint", "imagine"),
)
SHOW = CommandRow(
    SHOW_USAGE,
    read_show,
    BookAnswer(),
    only_asks=always,
    printout=At("bot.samples.printout:rendered"),
    extras=("--workspace",),
)
