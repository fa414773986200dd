"""What a 200 must hold to be a picture: fixtures, mutated PNGs, token counts. No pixel is ever decoded."""

import base64
import json
import random
import struct
import subprocess
import sys
import zlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.pricing.usage import Usage
from bot.providers import NoPicture, Painting, answer
from tests.kit import cells
from tests.kit.far_openai_shapes import picture
from tests.kit.far_openai_trouble import HTML, SVG, png_saying

REAL = picture("1024x1024")
USAGE = {
    "input_tokens": 12,
    "input_tokens_details": {"text_tokens": 12, "image_tokens": 0},
    "output_tokens": 439,
    "output_tokens_details": {"image_tokens": 439, "text_tokens": 0},
    "total_tokens": 451,
}


def body(png: bytes, **changed: Any) -> bytes:
    whole = {"data": [{"b64_json": base64.b64encode(png).decode()}], "usage": USAGE, "quality": "medium"}
    return json.dumps({**whole, **changed}).encode()


def chunk(kind: bytes, held: bytes) -> bytes:
    return struct.pack(">I", len(held)) + kind + held + struct.pack(">I", zlib.crc32(kind + held))


def png(*chunks: bytes) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def header(width: int = 16, height: int = 16, rest: bytes = b"\x08\x02\x00\x00\x00") -> bytes:
    return chunk(b"IHDR", struct.pack(">II", width, height) + rest)


DATA, END = chunk(b"IDAT", zlib.compress(bytes(900))), chunk(b"IEND", b"")


SIZES = [
    (1024, 1024, "1024x1024"),
    (3840, 2160, "3840x2160"),
    (2160, 3840, "2160x3840"),
    (3841, 16, "impossible size"),
    (16, 3841, "impossible size"),
    (3840, 2161, "impossible size"),
    (60_000, 60_000, "impossible size"),
    (2**31 - 1, 1, "impossible size"),
    (1, 1, "1x1"),
    (0, 16, "impossible size"),
    (16, 0, "impossible size"),
]


def test_R34_the_declared_size_must_be_one_the_api_draws() -> None:
    def returned(width: int, height: int) -> str | None:
        try:
            return answer.read(body(png_saying(width, height)), None).returned_size
        except NoPicture as refused:
            return str(refused)

    cells.agree(SIZES, returned, by=lambda came, expected: expected in came)


BAD_PICTURES = {
    "nothing": b"",
    "svg": SVG,
    "html": HTML,
    "jpeg": b"\xff\xd8\xff\xe0" + bytes(100),
    "webp": b"RIFF\x24\x00\x00\x00WEBPVP8 " + bytes(100),
    "magic alone": REAL[:8],
    "cut in the header": REAL[:20],
    "cut in the middle": REAL[: len(REAL) // 2],
    "last byte missing": REAL[:-1],
    "no IEND": png(header(), DATA),
    "no IDAT": png(header(), END),
    "no IHDR": png(DATA, END),
    "IHDR not first": png(DATA, header(), END),
    "IHDR too long": png(chunk(b"IHDR", bytes(14)), DATA, END),
    "a wrong checksum": png(header()[:-1] + b"\x00", DATA, END),
    "a length past the end": png(header(), b"\xff\xff\xff\xff" + DATA[4:], END),
    "line ends changed on the way": REAL.replace(b"\r\n", b"\n", 1),
}
BAD_HEADERS = [
    b"\x03\x02\x00\x00\x00",
    b"\x08\x05\x00\x00\x00",
    b"\x08\x02\x01\x00\x00",
    b"\x08\x02\x00\x01\x00",
    b"\x08\x02\x00\x00\x02",
]


def test_R34_bytes_that_are_no_whole_png_are_no_picture() -> None:
    def is_no_picture(_name: str, bad: bytes) -> None:
        with pytest.raises(NoPicture) as failed:
            answer.read(body(bad), "req_1")
        assert (failed.value.usage, failed.value.request_id) == (Usage(text_in=12, image_out=439), "req_1")

    cells.hold(BAD_PICTURES.items(), is_no_picture)


def test_R34_a_header_no_png_can_have_is_no_picture() -> None:
    def is_no_picture(rest: bytes) -> None:
        with pytest.raises(NoPicture, match="header"):
            answer.read(body(png(header(rest=rest), DATA, END)), None)

    cells.hold(BAD_HEADERS, is_no_picture)


BAD_BODIES = {
    "nothing": b"",
    "html": HTML,
    "cut": body(REAL)[:1000],
    "a list": b"[]",
    "a word": b'"ok"',
    "not UTF-8": b'{"data": "\xff"}',
    "NaN": b'{"data": NaN}',
    "deep": b"[" * 100_000,
    "data null": body(REAL, data=None),
    "data a word": body(REAL, data="x"),
    "item null": body(REAL, data=[None]),
    "no field": body(REAL, data=[{}]),
    "null field": body(REAL, data=[{"b64_json": None}]),
    "number": body(REAL, data=[{"b64_json": 7}]),
    "not base64": body(REAL, data=[{"b64_json": "!!!!"}]),
    "not ASCII": body(REAL, data=[{"b64_json": "é" * 8}]),
    "base64 with line ends": body(REAL, data=[{"b64_json": base64.encodebytes(REAL).decode()}]),
    "a data address": body(REAL, data=[{"b64_json": "data:image/png;base64," + base64.b64encode(REAL).decode()}]),
    "padding missing": body(
        REAL, data=[{"b64_json": base64.b64encode(REAL + b"x" * (2 - len(REAL) % 3)).decode()[:-1]}]
    ),
}


def test_R34_an_answer_of_another_shape_is_no_picture() -> None:
    def is_no_picture(_name: str, bad: bytes) -> None:
        with pytest.raises(NoPicture):
            answer.read(bad, None)

    cells.hold(BAD_BODIES.items(), is_no_picture)


def test_what_follows_the_last_chunk_is_cut_off() -> None:
    assert answer.read(body(REAL + b"<script>"), None).png == REAL


def test_a_picture_that_would_fill_the_memory_when_decoded_is_judged_by_its_header() -> None:
    bomb = png(header(3840, 2160), chunk(b"IDAT", zlib.compress(bytes(40_000_000), 9)), END)
    assert answer.read(body(bomb), None).png == bomb


def test_judging_a_picture_loads_nothing_that_could_decode_it() -> None:
    script = "import sys, bot.providers.answer; print('PIL' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def mutated(chance: random.Random) -> bytes:
    """A small real PNG with one to four things done to it."""
    held = bytearray(SMALL)
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(held)) if held else 0
        kind = chance.randrange(6)
        if kind == 0 and held:
            held[place] ^= 1 << chance.randrange(8)
        elif kind == 1:
            del held[place:]
        elif kind == 2:
            held[place:place] = chance.randbytes(chance.randint(1, 9))
        elif kind == 3:
            del held[place : place + chance.randint(1, 9)]
        elif kind == 4:
            held[place : place + 4] = chance.choice([b"\xff" * 4, bytes(4), b"\x7f\xff\xff\xff", b"IEND", b"IDAT"])
        else:
            held += held[place:]
    return bytes(held)


SMALL = picture("64x64")


def check_mutated(seeds: range) -> None:
    """A mutation is refused, or it left the picture whole (it happened after the last chunk)."""
    for seed in seeds:
        changed = mutated(random.Random(seed))
        try:
            painting = answer.read(body(changed), None)
        except NoPicture:
            continue
        assert (painting.png, painting.returned_size) == (SMALL, "64x64"), seed


def test_R34_mutated_pngs_are_refused_or_whole() -> None:
    check_mutated(range(200))


@pytest.mark.soak
def test_R34_two_thousand_mutated_pngs_are_refused_or_whole() -> None:
    check_mutated(range(200, 2200))


USAGES: list[tuple[object, Usage | None]] = [
    (USAGE, Usage(text_in=12, image_out=439)),
    ({**USAGE, "output_tokens_details": None}, Usage(text_in=12, image_out=439)),
    ({"input_tokens": 12, "output_tokens": 439}, Usage(text_in=12, image_out=439)),
    (
        {
            "input_tokens": 300,
            "input_tokens_details": {"text_tokens": 12, "image_tokens": 288},
            "output_tokens": 449,
            "output_tokens_details": {"image_tokens": 439, "text_tokens": 10},
        },
        Usage(text_in=12, image_in=288, image_out=439, text_out=10),
    ),
    # What the details leave out is counted all the same.
    ({**USAGE, "output_tokens_details": {"image_tokens": 0, "text_tokens": 9}}, Usage(12, 0, 430, 9)),
    ({**USAGE, "input_tokens": 20}, Usage(text_in=20, image_out=439)),
    # Unknown is never free.
    ({**USAGE, "output_tokens": 0, "output_tokens_details": None}, None),
    ({}, None),
    (None, None),
    ("439", None),
    ([], None),
    ({**USAGE, "output_tokens": -1}, None),
    ({**USAGE, "output_tokens": "439"}, None),
    ({**USAGE, "output_tokens": 439.5}, None),
    ({**USAGE, "output_tokens": True}, None),
    ({**USAGE, "output_tokens": 10**30}, None),
    ({**USAGE, "input_tokens_details": []}, None),
]


def test_usage_is_read_strictly_and_never_too_low() -> None:
    cells.agree(USAGES, answer.usage_of)


def test_a_returned_quality_that_is_no_plain_word_is_not_kept() -> None:
    def is_not_kept(quality: object) -> None:
        assert answer.read(body(REAL, quality=quality), None).returned_quality is None

    cells.hold([None, 3, "", "a b", "x" * 33, "<!channel>", "médium"], is_not_kept)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None)
@given(data=JSON, usage=JSON, quality=JSON)
def test_R34_whatever_json_comes_it_is_a_painting_or_no_picture(data: object, usage: object, quality: object) -> None:
    try:
        painting = answer.read(json.dumps({"data": data, "usage": usage, "quality": quality}).encode(), None)
    except NoPicture:
        return
    assert isinstance(painting, Painting)
