"""A typed line with all its slips mended at once, to be offered and never run by itself.

A word is mended where it can only have meant one thing. Words that say nothing to a command are left out.
"""

import re
from collections.abc import Callable, Sequence

from bot.errors import NotUnderstood, Slip
from bot.grammar.row import Command
from bot.grammar.words import WHITE, bare, split

MOST_SLIPS = 12
OPENERS = frozenset(split("can could do does how i is please we what when where which who why would you"))
_SAY_NOTHING = OPENERS | frozenset(
    split(
        "a about all an and are as at be did for from get give have image images in it many me model most much my need "
        "of on one our per pics picture pictures quality should size some that the them then these they this those to "
        "us use want will with"
    )
)
_PIECE = re.compile(f"[{WHITE}]+|[^{WHITE}]+")
_END_OF_SENTENCE = "?!.,;:"

Read = Callable[[Sequence[str]], Command]
Put = Callable[[str], Sequence[str]]
IsName = Callable[[str, str], bool]


def pieces_of(text: str) -> list[str]:
    """Words and the white space between them: put together again they are the text, letter by letter."""
    return _PIECE.findall(text)


def mended(line: Sequence[str], read: Read, put: Put, is_name: IsName) -> str | None:
    """The canonical words of the command that `line` was meant to be; None where that is not clear.

    put      several words as the pieces that take the place of one
    is_name  (first word, word) whether it calls a command, which says nothing behind the first
    """
    for _ in range(MOST_SLIPS):
        try:
            return read(line).words()
        except NotUnderstood as error:
            mend = _with_one_mended(line, error.slip, put, is_name)
        if mend is None:
            return None
        line = mend
    return None


def plainly(word: str) -> str:
    return bare(word).lower().rstrip(_END_OF_SENTENCE)


def _with_one_mended(line: Sequence[str], slip: Slip | None, put: Put, is_name: IsName) -> Sequence[str] | None:
    place = None if slip is None else _place(line, slip.word)
    if slip is None or place is None:
        return None
    head, piece, tail = line[:place], line[place], line[place + 1 :]
    if place and (_says_nothing(slip) or is_name(line[0], slip.word)):
        return [*head, *tail]
    if len(slip.meant) != 1:
        return None
    return [*head, *put(_exchanged(piece, slip.word, slip.meant[0])), *tail]


def _says_nothing(slip: Slip) -> bool:
    """`by model` is what `model` was meant to be, where that can stand."""
    word = plainly(slip.word)
    return word in _SAY_NOTHING and not any(word in split(meant) for meant in slip.meant)


def _place(line: Sequence[str], word: str) -> int | None:
    """Of the one piece that is this word, behind the command's name if it can be there."""
    places = [n for n, piece in enumerate(line) if _is(piece, word)]
    behind = [n for n in places if n]
    if len(behind) > 1:  # it could be either, and a prompt may hold it, too
        return None
    return behind[0] if behind else next(iter(places), None)


def _is(piece: str, word: str) -> bool:
    name, _, value = piece.partition("=")
    return word.lower() in (piece.lower(), bare(piece).lower(), name.lower(), bare(value).lower())


def _exchanged(piece: str, word: str, meant: str) -> str:
    name, equals, value = piece.partition("=")
    if not equals or piece.lower() == word.lower():
        return meant
    return f"{meant}={value}" if name.lower() == word.lower() else f"{name}={meant}"
