"""Reading `try`: where the prompt ends, and on what it is to be drawn."""

from collections.abc import Sequence

from bot.errors import BadPrompt, NotUnderstood
from bot.grammar.commands import Try
from bot.grammar.prompts import checked
from bot.grammar.quotes import cut, opens
from bot.grammar.sorting import Sorted, at_most_one, bare_options, sort, unknown_option
from bot.grammar.usages import usage
from bot.grammar.vocabulary import Kind, Vocabulary
from bot.grammar.words import MARKS, WHITE, bare, nearest, option, split

MOST_CHOICES = 3

_KINDS = (Kind.QUALITY, Kind.SIZE, Kind.CHOICE)
_KIND_OF = {"lane": Kind.CHOICE, "quality": Kind.QUALITY, "size": Kind.SIZE}
_OPTIONS = {
    "lane": "a lane or model, like premium,",
    "quality": "a quality, like high,",
    "size": "a size, like square or 1024x1024,",
}


def from_text(text: str, vocabulary: Vocabulary) -> Try:
    text = text.strip(WHITE)
    if opens(text):
        prompt, rest = cut(text)
        return _quoted(prompt, split(rest), vocabulary)
    return _unquoted(text, vocabulary)


def from_words(words: Sequence[str], vocabulary: Vocabulary) -> Try:
    """A shell takes the quotes away: a first word with white space in it, or nothing at all, was quoted."""
    if words and (not words[0] or any(letter in WHITE for letter in words[0])):
        return _quoted(words[0], words[1:], vocabulary)
    return from_text(" ".join(words), vocabulary)


def _quoted(prompt: str, words: Sequence[str], vocabulary: Vocabulary) -> Try:
    checked(prompt)
    try:
        plain, given = bare_options("try", words, _OPTIONS)
        return _drawn(prompt, plain, [(name, one) for name, values in given.items() for one in values], vocabulary)
    except NotUnderstood as error:
        if not any(mark in word for mark in MARKS for word in words[:20]):
            raise
        raise type(error)(f'{error} A quote mark inside the prompt is written \\".') from None


def _unquoted(text: str, vocabulary: Vocabulary) -> Try:
    """All of it is the prompt, save the options at its end."""
    try:
        prompt, given = _peeled(text)
        _refuse_options_first(checked(prompt))
        return _drawn(prompt, [], given, vocabulary)
    except BadPrompt:
        raise
    except NotUnderstood as error:
        raise type(error)(f"{error} If it belongs to the prompt, put the whole prompt in quotes.") from None


def _refuse_options_first(prompt: str) -> None:
    first = option(split(prompt[:100])[0])
    if first and first[0] in _OPTIONS:
        raise BadPrompt(f"Options go after the prompt: {usage('try').usage}.")


def _peeled(text: str) -> tuple[str, list[tuple[str, str]]]:
    """The text without the options at its end, and these in their order."""
    given: list[tuple[str, str]] = []
    # A prompt takes few options: more than these is a mistake to be told of, and not worth reading to its end.
    while len(given) <= MOST_CHOICES + len(_OPTIONS):
        head, last = _parted(text)
        before, second = _parted(head)
        named, pair = option(last), option(second)
        if named and named[0] in _OPTIONS:
            if not named[1]:
                raise NotUnderstood(f"`--{named[0]}` needs {_OPTIONS[named[0]]} after it.")
            given.insert(0, (named[0], bare(named[1])))
            text = head
        elif pair and pair[0] in _OPTIONS and pair[1] is None:
            given.insert(0, (pair[0], bare(last)))
            text = before
        else:
            _refuse_misspelled(second)
            break
    return text, given


def _parted(text: str) -> tuple[str, str]:
    """The last word, and what stands before it."""
    end = len(text.rstrip(WHITE))
    start = max(text.rfind(white, 0, end) for white in WHITE) + 1
    return text[:start].rstrip(WHITE), text[start:end]


def _refuse_misspelled(word: str) -> None:
    """Only after two hyphens: a long dash before a word is often just a dash."""
    named = option(word) if word.startswith("--") else None
    if named and nearest(named[0], _OPTIONS):
        raise unknown_option("try", word, named[0], _OPTIONS)


def _drawn(prompt: str, plain: Sequence[str], given: Sequence[tuple[str, str]], vocabulary: Vocabulary) -> Try:
    found: Sorted = sort("try", plain, _KINDS, vocabulary)
    for name, value in given:
        found[_KIND_OF[name]].append(vocabulary.read(value, _KIND_OF[name]))
    choices = tuple(found[Kind.CHOICE])
    _refuse_choices(choices)
    return Try(prompt, choices, at_most_one(found, Kind.QUALITY), at_most_one(found, Kind.SIZE))


def _refuse_choices(choices: tuple[str, ...]) -> None:
    twice = next((name for name in choices if choices.count(name) > 1), None)
    if twice:
        raise NotUnderstood(f"I read `{twice}` twice: name each lane or model once.")
    if len(choices) > MOST_CHOICES:
        raise NotUnderstood(f"`try` draws on at most {MOST_CHOICES} lanes or models at once; I read {len(choices)}.")
