"""The free stand-in: a marked demo picture, drawn here from the prompt's words, so that all can be tried at $0."""

import colorsys
import hashlib
import io
import math
import random
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont, ImageOps, PngImagePlugin

from bot.pricing.spec import ImageSpec, Size
from bot.providers import Painting

MARK = "demo, not made by a model, $0.00"
# Twice the size and then halved gives smooth edges; above this many pixels edges are fine enough without.
SMOOTH_UP_TO = 2_400_000
DETAIL = {"low": 3, "medium": 5, "high": 7, "xhigh": 9, "max": 11}
HUES = {
    "red": 0,
    "orange": 28,
    "gold": 45,
    "yellow": 52,
    "green": 130,
    "teal": 175,
    "blue": 212,
    "purple": 275,
    "pink": 330,
}
PLAIN = str.maketrans({"ß": "ss", "“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-"})
DARK = {"night", "dark", "black", "midnight", "moon", "space", "stars"}

Colour = tuple[int, int, int]


class DemoProvider:
    """Always the same bytes for the same spec and prompt. No usage: it costs nothing."""

    demo = True

    def paint(self, spec: ImageSpec, prompt: str, person_hash: str) -> Painting:
        image = _scene(spec, prompt)
        _banner(image, prompt)
        note = PngImagePlugin.PngInfo()
        note.add_text("Comment", MARK)
        file = io.BytesIO()
        image.save(file, "PNG", compress_level=3, pnginfo=note)
        return Painting(file.getvalue(), None, spec.quality, str(spec.size), None)


@dataclass(frozen=True)
class DemoSheet:
    """What a style draws on: a canvas, its colours from far to near, and chance seeded by words and model."""

    draw: ImageDraw.ImageDraw
    width: int
    height: int
    colours: tuple[Colour, ...]
    chance: random.Random

    @property
    def unit(self) -> int:
        return min(self.width, self.height)


def _scene(spec: ImageSpec, prompt: str) -> Image.Image:
    words = re.findall(r"\w+", prompt.lower())
    seed = hashlib.sha256(" ".join([spec.model, *words]).encode("utf-8", "replace")).digest()
    chance = random.Random(seed)  # noqa: S311 - a drawing, not a secret
    factor = 2 if spec.size.width * spec.size.height <= SMOOTH_UP_TO else 1
    size = (spec.size.width * factor, spec.size.height * factor)
    hue, dark = _mood(words, chance)
    image = _sky(size, hue, dark)
    colours = _ladder(hue, dark, DETAIL.get(spec.quality, 5))
    style = chance.choice(STYLES)  # one for each model would tell a reviewer whose a picture is
    style(DemoSheet(ImageDraw.Draw(image), *size, colours, chance))
    return image.reduce(factor) if factor > 1 else image


def _mood(words: list[str], chance: random.Random) -> tuple[float, bool]:
    """Hue from 0 to 1 and whether it is dark: what the words name, else by chance."""
    hues = [HUES[word] for word in words if word in HUES]
    degrees = hues[0] if hues else chance.randrange(360)
    return degrees / 360, bool(DARK & set(words))


def _colour(hue: float, saturation: float, value: float) -> Colour:
    red, green, blue = colorsys.hsv_to_rgb(hue % 1, saturation, value)
    return round(red * 255), round(green * 255), round(blue * 255)


def _sky(size: tuple[int, int], hue: float, dark: bool) -> Image.Image:
    top, low = (0.16, 0.34) if dark else (0.82, 0.98)
    shade = Image.linear_gradient("L").resize(size)
    return ImageOps.colorize(shade, _colour(hue + 0.45, 0.45, top), _colour(hue + 0.55, 0.22, low))


def _ladder(hue: float, dark: bool, steps: int) -> tuple[Colour, ...]:
    """Pale and far to deep and near, the hue wandering a little on the way."""
    most = 0.75 if dark else 0.9
    way = [step / max(steps - 1, 1) for step in range(steps)]
    return tuple(_colour(hue + 0.10 * (1 - at), 0.35 + 0.45 * at, most - 0.5 * at * most) for at in way)


def _hills(sheet: DemoSheet) -> None:
    """A sun, then ridge behind ridge."""
    _disc(sheet, sheet.chance.uniform(0.2, 0.8), sheet.chance.uniform(0.16, 0.34), 0.11, _colour(0.12, 0.35, 1.0))
    step = max(sheet.width // 240, 1)
    for place, colour in enumerate(sheet.colours):
        base = sheet.height * (0.38 + 0.52 * place / len(sheet.colours))
        waves = [(sheet.chance.uniform(0.6, 3.2), sheet.chance.uniform(0, 6.3), 0.055 / (1 + n)) for n in range(3)]
        ridge = [
            (x, base + sheet.height * sum(a * math.sin(f * 6.3 * x / sheet.width + p) for f, p, a in waves))
            for x in range(0, sheet.width + step, step)
        ]
        sheet.draw.polygon([*ridge, (sheet.width, sheet.height), (0, sheet.height)], fill=colour)


def _tiles(sheet: DemoSheet) -> None:
    """A grid of quarter circles, halves and triangles."""
    side = sheet.unit // (len(sheet.colours) + 1) + 1
    for y in range(0, sheet.height, side):
        for x in range(0, sheet.width, side):
            ground, figure = sheet.chance.sample(sheet.colours, 2)
            sheet.draw.rectangle((x, y, x + side, y + side), fill=ground)
            _figure(sheet, x, y, side, figure)


def _figure(sheet: DemoSheet, x: int, y: int, side: int, colour: Colour) -> None:
    kind, turn = sheet.chance.randrange(4), sheet.chance.randrange(4)
    corners = [(x, y), (x + side, y), (x + side, y + side), (x, y + side)]
    if kind == 0:
        cx, cy = corners[turn]
        sheet.draw.pieslice((cx - side, cy - side, cx + side, cy + side), turn * 90, turn * 90 + 90, fill=colour)
    elif kind == 1:
        sheet.draw.pieslice((x, y, x + side, y + side), turn * 90, turn * 90 + 180, fill=colour)
    elif kind == 2:
        sheet.draw.polygon([corners[turn], corners[turn - 1], corners[turn - 2]], fill=colour)
    else:
        inset = side // 5
        sheet.draw.ellipse((x + inset, y + inset, x + side - inset, y + side - inset), fill=colour)


def _scales(sheet: DemoSheet) -> None:
    """Rows of nested arcs, like waves on a print."""
    radius = sheet.unit // (len(sheet.colours) + 2)
    for row, y in enumerate(range(sheet.height // 4, sheet.height + 2 * radius, radius // 2)):
        for x in range(-radius if row % 2 else 0, sheet.width + radius, 2 * radius):
            start = sheet.chance.randrange(len(sheet.colours))
            for ring in range(4):
                colour = sheet.colours[(start + 2 * ring) % len(sheet.colours)]
                _round(sheet, x, y, radius * (1 - ring * 0.23), colour)


def _planets(sheet: DemoSheet) -> None:
    """Discs of many sizes, the big ones first, each with its lit side."""
    for place in range(len(sheet.colours) * 3):
        size = 0.30 * (0.88**place) + 0.02
        x, y = sheet.chance.random(), sheet.chance.random()
        colour = sheet.chance.choice(sheet.colours)
        _disc(sheet, x, y, size, colour)
        lit = tuple(min(255, part + 38) for part in colour)
        _disc(sheet, x - size * 0.2, y - size * 0.2, size * 0.62, (lit[0], lit[1], lit[2]))


STYLES: tuple[Callable[[DemoSheet], None], ...] = (_hills, _tiles, _scales, _planets)


def _disc(sheet: DemoSheet, x: float, y: float, size: float, colour: Colour) -> None:
    """Centre as shares of the canvas, radius as a share of its shorter side."""
    _round(sheet, x * sheet.width, y * sheet.height, size * sheet.unit, colour)


def _round(sheet: DemoSheet, x: float, y: float, radius: float, colour: Colour) -> None:
    sheet.draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)


def _banner(image: Image.Image, prompt: str) -> None:
    """The mark and the words it was drawn from, on a light strip at the foot; no spec, since a bench is blind."""
    size = Size(*image.size)
    letter = max(min(size.width // 26, size.height // 20), 8)
    margin = letter
    top = size.height - round(letter * 3.1)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, top, size.width, size.height), fill=(250, 248, 242))
    small = ImageFont.load_default(letter * 0.8)
    room = size.width - 2 * margin
    lines = [
        (0.4, MARK, ImageFont.load_default(letter), (150, 30, 30)),
        (1.8, _printable(prompt), small, (40, 40, 40)),
    ]
    for down, text, font, colour in lines:
        draw.text((margin, top + down * letter), _clip(text, font, room), font=font, fill=colour)


def _printable(prompt: str) -> str:
    """One line of what the built-in font has, which is ASCII: accents are dropped, other scripts are shown as ?."""
    text = unicodedata.normalize("NFKD", " ".join(prompt.split()).translate(PLAIN))
    letters = "".join(letter for letter in text if not unicodedata.combining(letter))
    return letters.encode("ascii", "replace").decode("ascii")


def _clip(text: str, font: ImageFont.FreeTypeFont | ImageFont.ImageFont, room: float) -> str:
    if font.getlength(text[:500]) <= room and len(text) <= 500:
        return text
    for length in range(min(len(text), 500), 0, -1):
        if font.getlength(text[:length] + "...") <= room:
            return text[:length].rstrip() + "..."
    return ""
