"""Somebody else's words made fit to be shown: nothing hidden, nothing endless, never longer than Slack takes.

Lengths are counted in UTF-16 units, the stricter of the two ways Slack may count, so a text that fits here fits there.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal

MORE = "…"
CELLS = 10
MARKS = 3
BIDI_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
LINE_ENDS = {ord("\r"): "\n", ord("\u2028"): "\n", ord("\u2029"): "\n"}
# Nearly all words shown are our own and need none of the care below: these say so at once.
ORDINARY = re.compile(r"[ -~\n\t]*")
UNESCAPED = re.compile(r"[ -%'-;=?-~\n\t]*")  # ordinary, without & < >
ONE_LINE = re.compile(r"[!-;=?-~]+(?: [!-;=?-~]+)*")  # ordinary, without < >, single spaces between words
ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
BRACKETS = {ord("<"): "‹", ord(">"): "›"}


def width(text: str) -> int:
    return len(text) if text.isascii() else len(text) + sum(letter > "\uffff" for letter in text)


def shown(text: str) -> str:
    """Without bidi controls, with at most 3 combining marks a letter; control characters and lone halves as U+FFFD."""
    if ORDINARY.fullmatch(text):
        return text
    kept: list[str] = []
    marks = 0
    for letter in text.replace("\r\n", "\n").translate(LINE_ENDS):
        category = unicodedata.category(letter)
        if letter in BIDI_CONTROLS:
            continue
        if category[0] == "M":
            marks += 1
            if marks > MARKS:
                continue
        elif category != "Cf":  # an invisible letter between marks must not start the count anew
            marks = 0
        kept.append("\ufffd" if category in ("Cc", "Cs") and letter not in "\n\t" else letter)
    return "".join(kept)


def clip(text: str, limit: int) -> str:
    """What can be shown of the text, cut with … at `limit`."""
    return _fitted(shown(text), limit)


def line(text: str, limit: int) -> str:
    """The same on a single line."""
    return _fitted(" ".join(shown(text).split()), limit)


def lines(text: str, limit: int, most: int) -> str:
    """The same on at most `most` lines: a prompt of line ends can't fill a channel."""
    rows = shown(text).strip("\n").split("\n")
    return _fitted("\n".join(rows) if len(rows) <= most else "\n".join([*rows[:most], MORE]), limit)


def escaped(text: str, limit: int) -> str:
    """For fields Slack reads as mrkdwn: & < > written as entities, once, and never cut inside one."""
    if len(text) <= limit and UNESCAPED.fullmatch(text):
        return text
    return _fitted([ESCAPES.get(letter, letter) for letter in shown(text)], limit)


def plain(text: str, limit: int) -> str:
    """For plain fields: angle brackets become ‹ ›, so nothing reads as a mention or link however Slack takes it."""
    if len(text) <= limit and ONE_LINE.fullmatch(text):
        return text
    return line(text.translate(BRACKETS), limit)


def _fitted(pieces: str | Sequence[str], limit: int) -> str:
    """All pieces, or as many whole ones as leave room for the …"""
    whole = "".join(pieces)
    if width(whole) <= limit:
        return whole
    return "".join(_leading(pieces, limit - width(MORE))).rstrip() + MORE


def _leading(pieces: Iterable[str], room: int) -> Iterable[str]:
    for piece in pieces:
        room -= width(piece)
        if room < 0:
            return
        yield piece


def bar(rate: Decimal | None) -> str:
    """Ten cells; never full before all is spent. The same stands beside it in words, for who has it read out."""
    full = CELLS if rate is None else min(CELLS, int(rate * CELLS))
    return "▰" * full + "▱" * (CELLS - full)  # squares vanish or glare in one of Slack's themes
