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
NAMED = re.compile(r"<(?P<sign>[@#])(?P<id>[^<>|]+)(?:\|[^<>]*)?>")
CIRCLE = re.compile(":(?:large_(?P<large>green|yellow)|(?P<small>red))_circle:")  # as Slack calls them
STYLES = ("code", "bold", "italic", "strike")
WEB = ("https://", "http://", "mailto:")


@dataclass(frozen=True)
class Piece:
    """`style`: text, code, bold, italic, strike, mention, circle or link; `url` for a link alone."""

    text: str
    style: str = "text"
    url: str = ""


def pieces(text: str, names: Mapping[str, str]) -> tuple[Piece, ...]:
    """`names` maps the ids of people and channels to what they are called."""
    return tuple(_pieces(text, names))


def circles(text: str) -> tuple[Piece, ...]:
    """Plain text; of the codes of emoji in it those that our bars begin with are circles, with the colour as text."""
    return tuple(_parted(text))


def _parted(text: str) -> Iterator[Piece]:
    end = 0
    for found in CIRCLE.finditer(text):
        yield Piece(text[end : found.start()])
        yield Piece(found["large"] or found["small"], "circle")
        end = found.end()
    yield Piece(text[end:])


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
            # Slack calls people and channels by their names within a style, too.
            called = NAMED.sub(lambda one: one["sign"] + names.get(one["id"], one["id"]), found[style])
            return Piece(html.unescape(called), style)
    token, label = found["token"], html.unescape(found["label"] or "")
    if token[0] in "@#!":
        sign = "#" if token[0] == "#" else "@"
        return Piece(sign + names.get(token[1:], label.removeprefix(sign) or token[1:]), "mention")
    url = html.unescape(token)
    return Piece(label or url, "link", url) if safe_url(url) else Piece(label or url)
