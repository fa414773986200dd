"""Words as typed: where they part, which of them are options, how they are echoed, and the nearest right one."""

import re
from collections.abc import Iterable, Sequence

# Not `\s`: that also takes in control characters, which must be refused and not swallowed.
WHITE = (
    " \t\n\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006"
    "\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)
_DOUBLE, _SINGLE = '"“”„‟«»', "'‘’‚‛"
MARKS = _DOUBLE + _SINGLE
ECHOED = 30

_CLOSED = r".+(?<!\\)(?:\\\\)*+"  # up to a mark that no backslash makes a letter
_AROUND = re.compile(f"[{_DOUBLE}]{_CLOSED}[{_DOUBLE}]|[{_SINGLE}]{_CLOSED}[{_SINGLE}]|`.+`", re.DOTALL)
_WORD = re.compile(f"[^{WHITE}]+")
# Phones and Macs write "--" as one long dash.
_OPTION = re.compile(r"(?:--|[–—―]{1,2}(?=[A-Za-z])|-[–—](?=[A-Za-z]))([^=]*)(?:=(.*))?", re.DOTALL)


def split(text: str) -> list[str]:
    return _WORD.findall(text)


def bare(word: str) -> str:
    """The word without quote marks or backticks around it. `"it'` opens a quotation and does not end it."""
    return word[1:-1] if _AROUND.fullmatch(word) else word


def option(word: str) -> tuple[str, str | None] | None:
    """Name in small letters and the value after `=`, or None for a plain word."""
    match = _OPTION.fullmatch(word)
    return (match[1].lower(), match[2]) if match else None


def echo(word: str) -> str:
    """The word as an answer may repeat it: at most 30 characters, none of them invisible, no backtick."""
    text = _visible(word)
    if word and not text:
        return f"U+{ord(word[0]):04X}"
    return text if len(text) <= ECHOED and len(word) <= 10 * ECHOED else text[: ECHOED - 1] + "…"


def hidden(word: str) -> str:
    """A remark for a word that looks right but holds a character nobody sees, else nothing."""
    start = word[: 10 * ECHOED]
    return " (it holds a character that cannot be seen)" if len(_visible(start)) < len(start) else ""


def _visible(word: str) -> str:
    return "".join(letter for letter in word[: 10 * ECHOED] if letter.isprintable()).replace("`", "'")


def nearest(word: str, candidates: Iterable[str]) -> tuple[str, ...]:
    """Up to two candidates the word was perhaps meant to be: those it begins, else the one most alike."""
    names = list(dict.fromkeys(candidates))
    return begun(word, names) or most_alike(word, names)[:1]


def begun(word: str, candidates: Iterable[str]) -> tuple[str, ...]:
    """The two shortest candidates that begin with the word."""
    start = word.lower()
    longer = [name for name in candidates if len(start) > 1 and name.lower().startswith(start)]
    return tuple(sorted(longer, key=len)[:2])


def most_alike(word: str, candidates: Sequence[str]) -> tuple[str, ...]:
    """The candidate most alike, and those just as much so; none where nothing is alike enough."""
    from difflib import SequenceMatcher, get_close_matches  # only a mistyped word pays for loading it

    start, by_lower = word.lower(), {name.lower(): name for name in reversed(candidates)}
    close = get_close_matches(start, by_lower, n=len(by_lower) or 1)
    likeness = {name: SequenceMatcher(None, name, start).ratio() for name in close}
    return tuple(by_lower[name] for name in close if likeness[name] == likeness[close[0]])


def either(names: Iterable[str]) -> str:
    return " or ".join(f"`{name}`" for name in names)


def listed(names: Iterable[str], joint: str = "and") -> str:
    *first, last = names
    return f"{', '.join(first)} {joint} {last}" if first else last


def plainly(word: str) -> str:
    """As a sentence holds it: in small letters, without quotes and what ends a sentence."""
    return bare(word).lower().rstrip("?!.,;:")


OPENERS = frozenset(split("can could do does how i is please we what when where which who why would you"))
