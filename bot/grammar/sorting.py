"""The words of one command sorted by kind, in any order, and its options by name."""

from collections import deque
from collections.abc import Mapping, Sequence

from bot.errors import NotUnderstood, Slip
from bot.grammar.numbers import count_meant, is_count, no_count
from bot.grammar.quotes import closes, cut, opens
from bot.grammar.row import CommandUsage
from bot.grammar.vocabulary import Kind, Vocabulary, did_you_mean, plural, refuse_bad_size
from bot.grammar.words import bare, echo, hidden, nearest, option, split

# What follows an option, as the sentence for a missing one says it; a flag has nothing to follow.
Options = Mapping[str, str | None]
Sorted = dict[Kind, list[str]]
LONGEST_QUOTED = 200  # characters of a name in quotes: what is longer is none, and is not looked through


def take_options(
    command: CommandUsage, words: Sequence[str], options: Options
) -> tuple[list[str], dict[str, list[str]]]:
    """The plain words, and the values given to each option in their order ("" for a flag). Raises NotUnderstood."""
    plain: list[str] = []
    values: dict[str, list[str]] = {}
    queue = deque(words)  # a list would move all that are left at each
    while queue:
        word = queue.popleft()
        name_and_value = option(word)
        if name_and_value is None:
            plain.append(word)
            continue
        name, value = name_and_value
        if name not in options:
            raise unknown_option(command, word, name, options)
        if options[name] is None:
            _refuse_value(name, value)
            value = ""
        elif value is None:
            value = queue.popleft() if queue else None
        if value:
            value = _whole(value, queue)
        values.setdefault(name, []).append(_present(name, value, options[name]))
    return plain, values


def bare_options(
    command: CommandUsage, words: Sequence[str], options: Options
) -> tuple[list[str], dict[str, list[str]]]:
    """The same where no plain word needs its quote marks."""
    plain, values = take_options(command, words, options)
    return [bare(word) for word in plain], values


def _whole(value: str, queue: deque[str]) -> str:
    """A value with the words that a quote mark holds together with it, which then wait no longer."""
    if not opens(value):
        return value
    parts, length = [value], len(value)
    while queue and length < LONGEST_QUOTED:
        parts.append(queue.popleft())
        length += 1 + len(parts[-1])
    text = " ".join(parts)
    if bare(value) != value and not closes(text):  # it is in marks that do not go together
        queue.extendleft(reversed(parts[1:]))
        return value
    whole, rest = cut(text)  # with what follows: the mark that goes with the first may come after one that might
    queue.extendleft(reversed(split(rest)))
    return whole


def _refuse_value(name: str, value: str | None) -> None:
    if value is not None:
        raise NotUnderstood(f"`--{name}` stands alone; I could not read '{echo(value)}' after it.")


def _present(name: str, value: str | None, hint: str | None) -> str:
    if hint is None:
        return ""
    if not value or option(value):
        raise NotUnderstood(f"`--{name}` needs {hint} after it.")
    return bare(value)


def unknown_option(command: CommandUsage, word: str, name: str, options: Options) -> NotUnderstood:
    near = nearest(name, options)
    if near:
        return did_you_mean(word.partition("=")[0], "option", tuple(f"--{one}" for one in near))
    return NotUnderstood(
        f"`{command.name}` has no option `{echo(word)}`: `help {command.name}` shows what it reads.", Slip(word)
    )


def sort(command: CommandUsage, words: Sequence[str], kinds: tuple[Kind, ...], vocabulary: Vocabulary) -> Sorted:
    """Each word in its right spelling under the first kind it is of. Raises NotUnderstood."""
    by_kind: Sorted = {kind: [] for kind in kinds}
    for word in words:
        kind, name = next(
            ((kind, name) for kind in kinds if (name := vocabulary.find(word, kind)) is not None), (None, None)
        )
        if kind is None or name is None:
            still_open = tuple(kind for kind in kinds if not by_kind[kind])
            raise _unread(command, word, words, still_open or kinds, vocabulary)
        by_kind[kind].append(name)
    return by_kind


def _unread(
    command: CommandUsage, word: str, words: Sequence[str], kinds: tuple[Kind, ...], vocabulary: Vocabulary
) -> NotUnderstood:
    """What to say to a word that is of none of these kinds."""
    refuse_bad_size(word, kinds)
    if Kind.COUNT in kinds and count_meant(word):
        return no_count(word)
    misspelled = vocabulary.misspelled(word, kinds)
    if misspelled:
        return misspelled
    if Kind.COUNT in kinds and not any(is_count(one) for one in words):
        return no_count(word)
    return NotUnderstood(
        f"I could not read `{echo(word)}`{hidden(word)}. Here `{command.name}` reads {vocabulary.readable(kinds)}.",
        Slip(word),
    )


def at_most_one(by_kind: Sorted, kind: Kind) -> str | None:
    """The only word of that kind, or None without one. Raises NotUnderstood for two."""
    words = by_kind[kind]
    if len(words) > 1:
        raise NotUnderstood(f"I read two {plural(kind)}, `{words[0]}` and `{words[1]}`: name one.")
    return words[0] if words else None


def at_most_three(by_kind: Sorted, kind: Kind) -> tuple[str, ...]:
    """The words of that kind. Raises NotUnderstood for a fourth, and for the same one twice."""
    words = by_kind[kind]
    for place, word in enumerate(words):
        if word in words[:place]:
            raise NotUnderstood(f"I read `{word}` twice: name it once.")
    if len(words) > 3:
        raise NotUnderstood(f"I read {len(words)} {plural(kind)}: name three at most.")
    return tuple(words)


def only(values: Mapping[str, list[str]], name: str) -> str | None:
    """The value of an option, or None without it. Raises NotUnderstood if it was given twice."""
    texts = values.get(name, [])
    if len(texts) > 1:
        both = f": '{echo(texts[0])}' and '{echo(texts[1])}'" if texts[0] else ""
        raise NotUnderstood(f"`--{name}` stands there twice{both}. Give it once.")
    return texts[0] if texts else None
