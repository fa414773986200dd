"""The demo provider: real size, always the same, different by model and words, and plainly marked."""

import base64
import io
import time

from PIL import Image

from bot.pricing.spec import ImageSpec, Size
from bot.providers import answer
from bot.providers.demo import MARK, DemoProvider
from tests.kit import cells
from tests.kit.far_openai_prices import BASE

SQUARE, SMALL = Size(1024, 1024), Size(480, 480)


def drawn(
    model: str = "gpt-image-2", quality: str = "medium", size: Size = SQUARE, prompt: str = "a red kite"
) -> bytes:
    return DemoProvider().paint(ImageSpec(model, quality, size), prompt, "hash").png


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png))


def test_a_demo_picture_has_the_size_asked_for_and_passes_the_check_of_a_paid_one() -> None:
    def is_as_asked_for(size: Size) -> None:
        png, declared = answer.picture(base64.b64encode(drawn(size=size)).decode())
        assert declared == size
        assert opened(png).size == (size.width, size.height)

    sizes = [SQUARE, Size(1024, 1536), Size(1536, 1024), Size(480, 1440), Size(3840, 2160)]
    cells.hold(sizes, is_as_asked_for)


def test_a_demo_costs_nothing_and_says_so_in_the_file() -> None:
    provider = DemoProvider()
    painting = provider.paint(ImageSpec("gpt-image-2", "low", SQUARE), "a red kite", "hash")
    assert provider.demo is True
    assert (painting.usage, painting.request_id) == (None, None)
    assert (painting.returned_quality, painting.returned_size) == ("low", "1024x1024")
    assert opened(painting.png).info["Comment"] == MARK == "demo, not made by a model, $0.00"


def test_the_mark_is_printed_on_a_light_strip_at_the_foot() -> None:
    """Most of the strip is paper, some of it ink; above it is the picture."""
    foot = opened(drawn()).convert("L").crop((0, 1024 - 120, 1024, 1024))
    shades = foot.histogram()
    assert sum(shades[240:]) > 0.8 * 1024 * 120
    assert sum(shades[:120]) > 1000


def test_the_strip_is_the_same_whatever_model_and_quality_it_stands_for() -> None:
    """In a bench it would say whose picture it is."""
    specs = [("gpt-image-2.5-flare", "low"), ("gpt-image-2", "high")]
    strips = {opened(drawn(*spec)).crop((0, 1024 - 120, 1024, 1024)).tobytes() for spec in specs}
    assert len(strips) == 1


def test_the_same_words_draw_the_same_bytes_and_others_do_not() -> None:
    assert drawn() == drawn()
    assert len({drawn(prompt=prompt) for prompt in ("a red kite", "a blue kite", "two kites")}) == 3


def test_nothing_printed_tells_whose_a_picture_is() -> None:
    """A bench is blind in the playground, too."""
    specs = [("gpt-image-2.5-flare", "low"), ("gpt-image-2", "high")]
    feet = {opened(drawn(*spec)).crop((0, 1024 - 120, 1024, 1024)).tobytes() for spec in specs}
    assert len(feet) == 1


def test_each_model_of_todays_lanes_draws_in_its_own_way() -> None:
    """Not only in other colours: the pictures above the strip differ in grey, too."""
    models = ("gpt-image-2.5-flare", "gpt-image-2.5-sunburst", "gpt-image-2", "gpt-image-2.6-sunburst")
    greys = {opened(drawn(model)).convert("L").crop((0, 0, 1024, 800)).resize((8, 8)).tobytes() for model in models}
    assert len(greys) == 4


def test_every_quality_can_be_drawn() -> None:
    def is_drawn(quality: str) -> None:
        assert opened(drawn(quality=quality, size=SMALL)).size == (480, 480)

    cells.hold([*BASE["2.5"], "something new"], is_drawn)


PROMPTS = ["", " \n\t", "x" * 32_000, "東京の夜", "a\x00b", "\ud800", "\u202eevil", "🪁" * 50, "word " * 6_000]


def test_no_prompt_breaks_the_drawing() -> None:
    def is_drawn(prompt: str) -> None:
        assert opened(drawn(prompt=prompt, size=SMALL)).size == (480, 480)

    cells.hold(PROMPTS, is_drawn)


def test_a_prompt_never_gets_as_wide_as_the_picture() -> None:
    """The strip's right edge stays paper: long words are clipped, not cut at the border."""
    edge = opened(drawn(prompt="W" * 5_000)).convert("L").crop((1000, 910, 1024, 1024))
    assert sum(edge.histogram()[:240]) == 0


def test_the_largest_size_takes_less_than_a_second() -> None:
    started = time.thread_time()
    drawn(model="gpt-image-2.5-flare", quality="max", size=Size(3840, 2160))
    assert time.thread_time() - started < 1.0
