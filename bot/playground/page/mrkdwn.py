"""Slack's text markup as pieces: what stands in one is text and nothing else, so it can be shown but never run."""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

MARKUP = re.compile(
    r"<(?P<token>[@#!]?[^<>\s|][^<>|]*)(?:\|(?P<label>[^<>]*))?>"
    r"|`(?P<code>[^`\n]+)`"
    r"|(?<![\w*])\*(?P<bold>[^*\n]+)\*(?![\w*])"
    r"|(?<![\w_])_(?P<italic>[^_\n]+)_(?![\w_])"
    r"|(?<![\w~])~(?P<strike>[^~\n]+)~(?![\w~])"
)
CIRCLES = {
    ":large_green_circle:": "\N{LARGE GREEN CIRCLE}",
    ":large_yellow_circle:": "\N{LARGE YELLOW CIRCLE}",
    ":red_circle:": "\N{LARGE RED CIRCLE}",
}
CODE = re.compile("|".join(CIRCLES))
STYLES = ("code", "bold", "italic", "strike")
WEB = ("https://", "http://", "mailto:")


@dataclass(frozen=True)
class Piece:
    """`style`: text, code, bold, italic, strike, mention or link; `url` for a link alone."""

    text: str
    style: str = "text"
    url: str = ""


def pieces(text: str, names: Mapping[str, str]) -> tuple[Piece, ...]:
    """`names` maps the ids of people and channels to what they are called."""
    return tuple(_pieces(text, names))


def circles(text: str) -> str:
    """Those codes of emoji that our bars begin with, as what Slack draws for them."""
    return CODE.sub(lambda code: CIRCLES[code[0]], text)


def safe_url(url: str) -> str:
    """The address, or nothing when a click on it could do more than open a page."""
    return url if url.startswith(WEB) else ""


def _pieces(text: str, names: Mapping[str, str]) -> Iterator[Piece]:
    end = 0
    for found in MARKUP.finditer(text):
        if found.start() > end:
            yield Piece(html.unescape(text[end : found.start()]))
        yield _marked(found, names)
        end = found.end()
    if end < len(text):
        yield Piece(html.unescape(text[end:]))


def _marked(found: re.Match[str], names: Mapping[str, str]) -> Piece:
    for style in STYLES:
        if found[style]:
            return Piece(html.unescape(found[style]), style)
    token, label = found["token"], html.unescape(found["label"] or "")
    if token[0] in "@#!":
        sign = "#" if token[0] == "#" else "@"
        return Piece(sign + names.get(token[1:], label.removeprefix(sign) or token[1:]), "mention")
    url = html.unescape(token)
    return Piece(label or url, "link", url) if safe_url(url) else Piece(label or url)
