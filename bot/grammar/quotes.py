"""Quoted prompts: where a quotation that opens a text ends, and how to quote any prompt so that it is read back whole.

Straight and smart quotes close as a person expects. A backslash counts only right before a quote mark: `\\"` is the
mark itself and `\\\\"` a backslash and then the mark; anywhere else a backslash is a backslash.
"""

import re
from dataclasses import dataclass

from bot.grammar.words import WHITE


@dataclass(frozen=True)
class _Ending:
    """Marks that close, and a mark that opens an inner quotation which must close first."""

    closing: str
    nesting: str = ""


# For each opening mark its endings, the natural one first: the next is tried where the text holds none of it.
_ENDINGS = {
    '"': (_Ending('"'), _Ending("”", "“")),
    "“": (_Ending("”", "“"), _Ending('"'), _Ending("“")),
    "”": (_Ending("”"), _Ending('"')),
    "„": (_Ending("“”"), _Ending('"')),
    "‟": (_Ending("”"), _Ending('"')),
    "«": (_Ending("»", "«"), _Ending('"')),
    "»": (_Ending("«"), _Ending("»"), _Ending('"')),
    "'": (_Ending("'"), _Ending("’", "‘")),
    "‘": (_Ending("’", "‘"), _Ending("'"), _Ending("‘")),
    "’": (_Ending("’"), _Ending("'")),
    "‚": (_Ending("‘’"), _Ending("'")),
    "‛": (_Ending("’"), _Ending("'")),
}
_SINGLE = "'‘’‚‛"


def opens(text: str) -> bool:
    return text[:1] in _ENDINGS


def closes(text: str) -> bool:
    """Whether the quotation that opens the text ends in it."""
    return any(_end(text, ending) is not None for ending in _ENDINGS[text[0]])


def cut(text: str) -> tuple[str, str]:
    """The prompt of a text that opens with a quote mark, and what follows it. Left open, all of it is the prompt."""
    endings = _ENDINGS[text[0]]
    for ending in endings:
        end = _end(text, ending)
        if end is not None:
            # With its closing mark, so that backslashes right before that one count too.
            return _unescaped(text[1 : end + 1], ending.closing)[:-1], text[end + 1 :]
    return _unescaped(text[1:], endings[0].closing).strip(WHITE), ""


def quote(prompt: str) -> str:
    """The prompt in straight quotes; `cut` gives it back letter by letter."""
    escaped = re.sub(r'(?<!\\)(\\*+)"', r'\1\1\\"', prompt)
    tail = len(escaped) - len(escaped.rstrip("\\"))
    return f'"{escaped}{escaped[len(escaped) - tail :]}"'


def _end(text: str, ending: _Ending) -> int | None:
    depth = 0
    # The look-behind keeps a long run of backslashes from being walked once for each of them.
    for match in re.finditer(rf"(?<!\\)(\\*+)([{ending.closing}{ending.nesting}])", text[1:]):
        at = match.end()
        if len(match[1]) % 2:
            continue
        if match[2] == ending.nesting:
            depth += 1
        elif _within_a_word(text, at):
            continue
        elif depth:
            depth -= 1
        else:
            return at
    return None


def _within_a_word(text: str, at: int) -> bool:
    """An apostrophe: a single mark with a letter or digit right after it."""
    return text[at] in _SINGLE and text[at + 1 : at + 2].isalnum()


def _unescaped(body: str, closing: str) -> str:
    return re.sub(rf"(?<!\\)(\\++)([{closing}])", lambda run: run[1][: len(run[1]) // 2] + run[2], body)
