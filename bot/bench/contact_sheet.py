"""Pictures side by side as one PNG: a row a prompt, with what is said of each picture under it.

Pillow is loaded only when one is drawn. The letters are those matplotlib brings along: many scripts, though not all
(what is missing shows as a box). The same input gives the same bytes, and nothing is written into them but pixels.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, isqrt
from typing import Any

from bot.slack.charts import GRID, GROUND, INK, TITLE
from bot.slack.charts import PALE as GREY
from bot.slack.charts import SMALL_LETTERS as READABLE
from bot.slack.text import MORE, line

LARGEST_SIDE = 320
ALL_PIXELS = 3_200_000  # of all thumbnails: even noise, 3 bytes a pixel, is a file of less than the 10 MB Slack takes
PAD = 12
NARROWEST = 210  # a column, so that a model's name fits over it
SEEN_AS_WIDE = 360  # CSS pixels, as Slack shows a picture that nobody has opened
LINES = 2  # of one text, which is cut with … where it is longer
MOST_WORDS = 400  # letters of one text that are looked at; two lines hold fewer
KEPT, REJECTED, EMPTY = "#45C79B", "#F08A5D", "#343C45"
GONE = "the picture is gone"

Thumb = Any  # a small Image of Pillow, which is not loaded yet


@dataclass(frozen=True)
class Tile:
    """`kept` None: that was not judged. Without `thumb` there is an empty box that says `missing`."""

    thumb: Thumb | None
    lines: tuple[str, ...]
    kept: bool | None
    missing: str = GONE


@dataclass(frozen=True)
class SheetRow:
    """`note` stands under the text: why it does not count, say."""

    text: str
    tiles: tuple[Tile, ...]
    note: str | None = None


@dataclass(frozen=True)
class ContactSheet:
    """`heads` are the lines over each column, none where every picture says by itself what it is. Its letters can be
    read as small as Slack shows it to who has not opened it."""

    title: str
    rows: tuple[SheetRow, ...]
    note: str | None = None
    heads: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class DrawnSheet:
    """`words` are all that can be read on it, as they stand there."""

    png: bytes
    words: tuple[str, ...]


def side(pictures: int) -> int:
    """Pixels of a thumbnail's longer side, where there are so many of them."""
    return min(LARGEST_SIDE, isqrt(ALL_PIXELS // max(pictures, 1)))


def thumb(png: bytes | None, side: int) -> Thumb | None:
    """Of one picture, which is forgotten when this returns; None where there is none, or it can't be read."""
    if png is None:
        return None
    from PIL import Image

    try:
        with Image.open(io.BytesIO(png), formats=["PNG"]) as image:
            whole = image if image.mode == "RGB" else image.convert("RGBA")
            small = whole.reduce(max(max(whole.size) // side, 1))  # never `opened`, which holds on to the whole file
            small.thumbnail((side, side), Image.Resampling.BICUBIC)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):  # what Pillow says of a broken PNG
        return None
    if small.mode == "RGB":
        return small
    return Image.alpha_composite(Image.new("RGBA", small.size, GROUND), small).convert("RGB")


def draw(sheet: ContactSheet) -> DrawnSheet:
    columns = max(len(row.tiles) for row in sheet.rows)
    length = side(sum(len(row.tiles) for row in sheet.rows))
    pen = _Pen(columns, max(length, NARROWEST))
    strips = [pen.top(sheet), *(pen.row(row, length) for row in sheet.rows)]
    return DrawnSheet(_png(strips), tuple(pen.words))


class _Pen:
    """Draws strips as wide as the sheet, and keeps the words it wrote."""

    def __init__(self, columns: int, column: int) -> None:
        self.words: list[str] = []
        self._column = column
        self._room = columns * (column + PAD) - PAD
        self._font, self._bold, self._small = _fonts(
            *(ceil(each * (self._room + 2 * PAD) / SEEN_AS_WIDE) for each in (TITLE, READABLE))
        )

    def top(self, sheet: ContactSheet) -> Thumb:
        titles = _fitted([sheet.title], self._bold, self._room)
        notes = _fitted([sheet.note or ""], self._small, self._room)
        names = [_fitted(head[:1], self._small, self._column) for head in sheet.heads]
        rest = [_fitted(head[1:], self._small, self._column) for head in sheet.heads]
        lines = max((len(name) + len(more) for name, more in zip(names, rest, strict=True)), default=0)
        height = _height(self._font.size, len(titles)) + _height(self._small.size, len(notes) + lines)
        strip = self._strip(height + 3 * PAD)
        y = self._write(strip, PAD, PAD, titles, self._bold, INK)
        y = self._write(strip, PAD, y, notes, self._small, GREY) + PAD
        for n, (name, more) in enumerate(zip(names, rest, strict=True)):
            below = self._write(strip, self._x(n), y, name, self._small, INK)
            self._write(strip, self._x(n), below, more, self._small, GREY)
        return strip

    def row(self, row: SheetRow, side: int) -> Thumb:
        text = _fitted([row.text], self._font, self._room)
        notes = _fitted([row.note or ""], self._small, self._room)
        box = max((tile.thumb.height for tile in row.tiles if tile.thumb), default=side // 2)
        lines = max(len(said) + len(rest) for said, rest in map(self._under, row.tiles))
        above = 2 * PAD + _height(self._font.size, len(text)) + _height(self._small.size, len(notes))
        strip = self._strip(above + box + _height(self._small.size, lines) + PAD)
        strip.paste(GRID, (PAD, 0, PAD + self._room, 1))
        y = self._write(strip, PAD, PAD, text, self._font, INK)
        self._write(strip, PAD, y, notes, self._small, REJECTED)
        for n, tile in enumerate(row.tiles):
            self._tile(strip, self._x(n), above - PAD // 2, tile, (side, box))
        return strip

    def _tile(self, strip: Thumb, x: int, y: int, tile: Tile, box: tuple[int, int]) -> None:
        width, height = box
        if tile.thumb is not None:
            strip.paste(tile.thumb, (x, y))
            width = tile.thumb.width
        else:
            strip.paste(EMPTY, (x, y, x + width, y + height))
            missing = _fitted([tile.missing], self._small, width - PAD)
            self._write(strip, x + PAD // 2, y + PAD // 2, missing, self._small, GREY)
        colour = GREY if tile.kept is None else KEPT if tile.kept else REJECTED
        strip.paste(colour, (x, y + height, x + width, y + height + 4))
        said, rest = self._under(tile)
        below = self._write(strip, x, y + height + 6, said, self._small, colour)
        self._write(strip, x, below, rest, self._small, INK)

    def _under(self, tile: Tile) -> tuple[list[str], list[str]]:
        """What became of it, and the rest."""
        return _fitted(tile.lines[:1], self._small, self._column), _fitted(tile.lines[1:], self._small, self._column)

    def _strip(self, height: int) -> Thumb:
        from PIL import Image

        return Image.new("RGB", (self._room + 2 * PAD, height), GROUND)

    def _write(self, strip: Thumb, x: int, y: int, lines: Sequence[str], font: Any, colour: str) -> int:
        """Where the next line goes."""
        from PIL import ImageDraw

        for each in lines:
            ImageDraw.Draw(strip).text((x, y), each, font=font, fill=colour)
            self.words.append(each)
            y += _height(font.size, 1)
        return y

    def _x(self, column: int) -> int:
        return PAD + column * (self._column + PAD)


def _fonts(letters: int, small: int) -> tuple[Any, Any, Any]:
    from pathlib import Path

    from matplotlib import get_data_path
    from PIL.ImageFont import truetype

    place = Path(get_data_path(), "fonts", "ttf")
    plain, bold = place / "DejaVuSans.ttf", place / "DejaVuSans-Bold.ttf"
    return truetype(plain, letters), truetype(bold, letters), truetype(plain, small)


def _fitted(texts: Sequence[str], font: Any, room: int) -> list[str]:
    """The lines of texts that are not empty."""
    wrapped = [_wrapped(line(each, MOST_WORDS), font, room, LINES) for each in texts if each]
    return [part for parts in wrapped for part in parts]


def _height(letters: float, lines: int) -> int:
    return round(letters * 1.4) * lines


def _wrapped(text: str, font: Any, room: int, most: int) -> list[str]:
    """On so many lines at most, cut with … where it is longer. A word that would leave half a line empty is broken, at
    a hyphen if it has one."""
    lines: list[str] = []
    while (fits := _leading(text, font, room)) < len(text) and len(lines) < most - 1:
        space, hyphen = text.rfind(" ", 0, fits + 1), text.rfind("-", 0, fits) + 1
        end = next((each for each in (space, hyphen) if each > fits // 2), max(fits, 1))
        lines.append(text[:end])
        text = text[end:].lstrip()
    return [*lines, text if fits == len(text) else text[: _leading(text, font, room, MORE)].rstrip() + MORE]


def _leading(text: str, font: Any, room: int, more: str = "") -> int:
    """How many letters fit."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if font.getlength(text[:middle] + more) <= room else (low, middle - 1)
    return low


def _png(strips: Sequence[Thumb]) -> bytes:
    from PIL import Image

    whole, y = Image.new("RGB", (strips[0].width, sum(strip.height for strip in strips)), GROUND), 0
    for strip in strips:
        whole.paste(strip, (0, y))
        y += strip.height
    buffer = io.BytesIO()
    whole.save(buffer, "PNG", compress_level=3)
    return buffer.getvalue()
