"""Pictures side by side: every order of one size, letters drawn in, and nothing of a maker's file left."""

import io
from itertools import pairwise

import pytest
from PIL import Image, PngImagePlugin

from bot.bench import composites
from bot.slack.charts import GROUND

COLOURS = ("#D03020", "#2050C0", "#20A050")


def png(colour: str, size: tuple[int, int] = (400, 400)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "PNG")
    return out.getvalue()


def opened(picture: bytes) -> Image.Image:
    with Image.open(io.BytesIO(picture)) as image:
        image.load()
        return image.convert("RGB")


def near(picture: Image.Image, at: tuple[float, float], colour: str) -> bool:
    """Of the width and height; a picture's own colours are not changed."""
    place = round(at[0] * picture.width), round(at[1] * picture.height)
    return picture.getpixel(place) == Image.new("RGB", (1, 1), colour).getpixel((0, 0))


@pytest.mark.parametrize("order", ["01", "10"])
def test_two_stand_side_by_side_in_their_order(order: str) -> None:
    drawn = composites.drawn([png(colour) for colour in COLOURS[:2]])
    assert drawn is not None
    whole = opened(drawn.together[order])
    assert (whole.width, whole.height) == (806, 400)
    assert near(whole, (0.25, 0.5), COLOURS[int(order[0])])
    assert near(whole, (0.75, 0.5), COLOURS[int(order[1])])
    assert near(whole, (0.5, 0.5), GROUND)


@pytest.mark.parametrize(("size", "places"), [((400, 400), "two over one"), ((400, 600), "in a row")])
def test_three_stand_two_over_one_and_upright_ones_in_a_row(size: tuple[int, int], places: str) -> None:
    drawn = composites.drawn([png(colour, size) for colour in COLOURS])
    assert drawn is not None
    assert len(drawn.together) == 6
    whole = opened(drawn.together["201"])
    over = [(0.25, 0.25), (0.75, 0.25), (0.5, 0.75)]
    row = [(1 / 6, 0.5), (0.5, 0.5), (5 / 6, 0.5)]
    for at, entrant in zip(over if places == "two over one" else row, (2, 0, 1), strict=True):
        assert near(whole, at, COLOURS[entrant])
    assert whole.width >= whole.height


@pytest.mark.parametrize(("lanes", "side"), [(2, 2048), (3, 1536)])
def test_a_tile_is_no_larger_than_it_may_be_and_a_picture_alone_is_whole(lanes: int, side: int) -> None:
    drawn = composites.drawn([png(colour, (1600, 1600)) for colour in COLOURS[:lanes]])
    assert drawn is not None
    assert side < opened(drawn.together["012"[:lanes]]).width <= side + side // 50
    assert {opened(one).size for one in drawn.alone} == {(1600, 1600)}


def test_all_of_a_kind_are_of_one_size_in_bytes_and_of_the_same_kind_of_file() -> None:
    loud = io.BytesIO()
    Image.effect_noise((300, 300), 90).save(loud, "PNG")  # in grey, which is another kind of file
    drawn = composites.drawn([png("#102030", (300, 300)), loud.getvalue()])
    assert drawn is not None
    for pictures in (drawn.alone, [*drawn.together.values()]):
        assert len({len(one) for one in pictures}) == 1
        assert len({one[:33] for one in pictures}) == 1  # width, height, depth and colours
        for one in pictures:
            opened(one)


@pytest.mark.parametrize("length", [0, 1, 70_000])
def test_what_is_added_changes_no_pixel(length: int) -> None:
    picture, larger = png("#102030"), png("#102030") + bytes(length)
    padded, other = composites.padded([picture, larger])
    assert (len(padded), len(other)) == (len(larger) + 12, len(larger) + 12)
    assert opened(padded).tobytes() == opened(picture).tobytes()


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P"])
def test_reviewers_get_the_pixels_and_nothing_of_their_maker(mode: str) -> None:
    note, out = PngImagePlugin.PngInfo(), io.BytesIO()
    note.add_text("Software", "gpt-image-2.5-flare")
    note.add_itxt("prompt", "a red kite")
    made = Image.new("RGBA", (9, 9), (200, 30, 40, 255)).convert(mode)
    made.save(out, "PNG", pnginfo=note, dpi=(72, 72), icc_profile=b"flare")
    drawn = composites.drawn([out.getvalue() + b"signed by flare", png("#102030", (9, 9))])
    assert drawn is not None
    assert opened(drawn.alone[0]).tobytes() == made.convert("RGB").tobytes()
    for one in (*drawn.alone, *drawn.together.values()):
        with Image.open(io.BytesIO(one)) as image:
            assert image.info == {}
        assert not [word for word in (b"flare", b"kite") if word in one]


@pytest.mark.parametrize("broken", [None, b"", b"GIF8", png("#102030")[:-30]])
def test_without_one_whole_picture_there_is_none(broken: bytes | None) -> None:
    assert composites.drawn([png("#102030"), broken]) is None


def test_a_smaller_picture_stands_in_the_middle_of_its_box() -> None:
    drawn = composites.drawn([png(COLOURS[0], (400, 400)), png(COLOURS[1], (200, 200))])
    assert drawn is not None
    sizes = {opened(one).size for one in drawn.together.values()}
    assert sizes == {(806, 400)}
    whole = opened(drawn.together["01"])
    assert near(whole, (0.75, 0.5), COLOURS[1])
    assert near(whole, (0.98, 0.5), GROUND)
    assert all(one.size == two.size for one, two in pairwise(opened(each) for each in drawn.together.values()))
