"""A bench as a contact sheet: all of it once it is sealed, a reviewer's own votes before, and no letter stops it."""

import io
import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest
from PIL import Image

from bot.bench import contact_sheet, rows_calls, rows_pages, rows_votes, sheet_words
from bot.bench.pages import Page, PagePicture
from bot.bench.sheets import contact, own
from bot.errors import Blind, NotOpen
from bot.ledger.ledger import Ledger
from bot.ledger.pictures import PictureState as Call
from bot.ledger.pictures import Uncertain
from bot.pricing.spec import ImageSpec, Size
from bot.providers.demo import DemoProvider
from bot.samples.priced_images import Entrant
from tests.kit.benches_made import call, drawn, judge, plan, sealed, started
from tests.kit.clock import moment
from tests.kit.wishes import NOW

GIVE_AWAY = ("flare", "sunburst", "gpt-image", "budget", "premium", "medium", "1024", "$")
ODD = [
    "word" * 200,
    "",
    "صورة لقطة برتقالية على سطح منزل",
    "一只红色的风筝在天空中飞翔",
    "🎨🔥👩‍👩‍👧 kite",
    "\x00\x07\x1b[31m \ud800 \u202eevil\u202c \u2028 line",
    "a" + "\u0301" * 900,
    "\n\n\n",
    "\ufdfd" * 60,
]


def png(colour: str = "red", size: tuple[int, int] = (64, 48), mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, "PNG")
    return out.getvalue()


def chunks(image: bytes) -> set[bytes]:
    found, place = set(), 8
    while place < len(image):
        found.add(image[place + 4 : place + 8])
        place += 12 + int.from_bytes(image[place : place + 4], "big")
    return found


def opened(image: bytes) -> Image.Image:
    read = Image.open(io.BytesIO(image))
    read.load()
    return read


def words(drawn_: contact_sheet.DrawnSheet) -> str:
    return " ".join(drawn_.words)


def test_a_sealed_bench_shows_every_picture_with_its_votes_and_cost(store: Ledger) -> None:
    bench = sealed(store, plan(lanes=3))
    sheet = contact(store, lambda _: png(), "T1", bench.id)
    said = words(sheet)
    assert sheet.words[0] == "Blind test of kites"
    for lane, model in (("budget", "flare"), ("premium", "sunburst"), ("legacy", "gpt-image-2")):
        assert lane in sheet.words
        assert any(model in each for each in sheet.words)
        assert said.count(f"$0.02 {lane}") == 6
    assert said.count("medium 1024x1024") == 3
    assert said.count("✓ kept by 1 of 1") == 18
    assert [f"{prompt.place + 1}. {prompt.text}" in sheet.words for prompt in bench.prompts] == [True] * 6
    assert opened(sheet.png).mode == "RGB"


def test_a_majority_against_a_picture_rejects_it(store: Ledger) -> None:
    bench = drawn(store, plan(reviewers=3))
    for person, verdict in (("U2", "keep"), ("U3", "reject"), ("U4", "reject")):
        judge(store, bench, person, verdict)
    assert words(contact(store, lambda _: png(), "T1", bench.id)).count("✗ rejected by 2 of 3") == 12


def test_until_it_is_sealed_there_is_no_sheet_of_all(store: Ledger) -> None:
    bench = judge(store, drawn(store), "U2", places=3)
    with pytest.raises(Blind):
        contact(store, lambda _: png(), "T1", bench.id)
    with pytest.raises(NotOpen):
        contact(store, lambda _: png(), "T2", bench.id)


def test_a_dropped_prompt_stands_there_and_says_so_with_what_it_cost(store: Ledger) -> None:
    bench = judge(store, drawn(store), "U2", places=5)
    store.write_once(rows_votes.close, "T1", bench.id, "U2", NOW)
    said = words(contact(store, lambda _: png(), "T1", bench.id))
    assert said.count("left out: not judged") == 1
    assert said.count("not counted") == 2
    assert said.count("$0.02 budget") == 6


def test_a_picture_that_was_drawn_again_costs_both_its_calls(store: Ledger) -> None:
    bench = started(store)
    first, *rest = store.read(rows_calls.waiting, "T1", bench.id)
    call(store, first, Uncertain("timeout"))
    for generation_id in rest:
        call(store, generation_id)
    store.write(rows_calls.advance, "T1", bench.id, moment(NOW))
    (again,) = store.read(rows_calls.waiting, "T1", bench.id)
    call(store, again)
    judge(store, store.write(rows_calls.advance, "T1", bench.id, moment(NOW)), "U2")
    _, images = store.read(rows_votes.judged, "T1", bench.id)
    both = sum(one.charged_nanousd for one in images if (one.place, one.entrant) == (0, 0))
    assert both > 20_000_000
    assert f"${both / 10**9:g} budget" in words(contact(store, lambda _: png(), "T1", bench.id))


def test_a_picture_that_is_gone_or_broken_is_an_empty_box_that_says_so(store: Ledger) -> None:
    bench = sealed(store)
    whole, broken = DemoProvider().paint(bench.plan.entrants[0].spec, "kite", "").png, iter(range(12))

    def read(generation_id: str) -> bytes | None:
        return [None, whole[:5000], b"no picture", whole][next(broken) % 4]

    assert words(contact(store, read, "T1", bench.id)).count("the picture is gone") == 9


def test_no_call_no_picture(store: Ledger) -> None:
    bench, images = store.read(rows_votes.judged, "T1", sealed(store).id)
    failed = [replace(image, state=Call.BLOCKED) if image.entrant else image for image in images]
    assert words(sheet_words.contact(bench, failed, {})).count("no picture was drawn") == 6


def test_no_prompt_in_any_script_stops_the_sheet_and_none_takes_more_than_two_lines(store: Ledger) -> None:
    bench, images = store.read(rows_votes.judged, "T1", sealed(store).id)
    plain = opened(sheet_words.contact(bench, images, {}).png)
    for text in ODD:
        prompts = tuple(replace(prompt, text=text) for prompt in bench.prompts)
        odd = replace(bench, prompts=prompts, plan=replace(bench.plan, kind=text))
        sheet = sheet_words.contact(odd, images, {})
        assert opened(sheet.png).width == plain.width
        assert opened(sheet.png).height <= plain.height + (len(prompts) + 1) * 40  # a line more each
        assert all(letter.isprintable() or letter == "\u200d" for each in sheet.words for letter in each)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_kind_of_png_becomes_a_thumbnail_that_keeps_its_shape(mode: str) -> None:
    colour: Any = 1 if mode in ("1", "L", "P", "I;16") else (9, 0) if mode == "LA" else (9, 9, 9, 0)
    small = contact_sheet.thumb(png(colour, (900, 600), mode), 300)
    assert small is not None
    assert (small.mode, small.size) == ("RGB", (300, 200))
    if mode in ("LA", "RGBA"):  # what is transparent shows the ground
        assert small.getpixel((9, 9)) == (32, 38, 45)


def test_the_largest_bench_of_pure_noise_is_still_less_than_slack_takes() -> None:
    length = contact_sheet.side(120)
    noise = contact_sheet.thumb(_noise(), length)
    tile = contact_sheet.Tile(noise, ("kept", "$1"), True)
    rows = tuple(contact_sheet.SheetRow(f"{n}. kite", (tile, tile, tile)) for n in range(40))
    sheet = contact_sheet.draw(contact_sheet.ContactSheet("Bench", rows))
    assert len(sheet.png) < 10_000_000
    assert max(opened(sheet.png).size) < 16_384  # what a viewer may draw at once


def _noise() -> bytes:
    import random

    out = io.BytesIO()
    data = random.Random(1).randbytes(512 * 512 * 3)
    Image.frombytes("RGB", (512, 512), data).save(out, "PNG")
    return out.getvalue()


def test_the_same_sheet_is_the_same_bytes_and_holds_nothing_but_pixels(store: Ledger) -> None:
    bench = sealed(store)
    first, second = (contact(store, lambda _: png(), "T1", bench.id).png for _ in range(2))
    assert first == second
    assert chunks(first) == {b"IHDR", b"IDAT", b"IEND"}


# A reviewer's own


def test_one_s_own_sheet_has_one_s_votes_under_one_s_letters_and_nothing_by_lane(store: Ledger) -> None:
    bench = drawn(store, plan(reviewers=3))
    judge(store, bench, "U2", "keep", places=2)
    judge(store, bench, "U3", "reject", places=4)
    sheet = own(store, lambda _: png(), "T1", bench.id, "U2")
    assert sheet is not None
    said = words(sheet)
    assert sheet.words[0] == "Your own votes"
    assert (said.count("A: ✓ keep"), said.count("B: ✓ keep"), said.count("confidence 4 of 5")) == (2, 2, 4)
    assert "reject" not in said
    assert not [word for word in (*GIVE_AWAY, "U2", "U3") if word in said]
    assert chunks(sheet.png) == {b"IHDR", b"IDAT", b"IEND"}


def test_each_picture_stands_under_the_letter_its_reviewer_saw(store: Ledger) -> None:
    bench = judge(store, drawn(store, plan(reviewers=3)), "U2")
    seen: list[str] = []
    own(store, lambda image: seen.append(image), "T1", bench.id, "U2")
    shown = [
        image
        for prompt in bench.prompts
        for _, image, _ in store.read(rows_votes.sheet, "T1", bench.id, prompt.place, "U2")
    ]
    assert seen == shown


def test_whose_picture_is_under_which_letter_changes_no_word(store: Ledger) -> None:
    bench = judge(store, drawn(store, plan(reviewers=3)), "U2")
    pages = store.read(rows_pages.own, "T1", bench.id, "U2")
    swapped = [replace(page, pictures=_other_way_round(page)) for page in pages]
    assert sheet_words.own(pages, {}) == sheet_words.own(swapped, {})


def _other_way_round(page: Page) -> tuple[PagePicture, ...]:
    one, other = page.pictures
    return replace(one, generation_id=other.generation_id), replace(other, generation_id=one.generation_id)


def test_other_lanes_models_and_prices_make_the_same_sheet_of_one_s_own(store: Ledger) -> None:
    asked, found = plan(reviewers=3), []
    for model in ("gpt-image-2", "gpt-image-2.5-sunburst"):
        dearer = Entrant("premium", ImageSpec(model, "high", Size(1024, 1024)))
        bench = drawn(store, replace(asked, entrants=(asked.entrants[0], dearer)))
        judge(store, bench, "U2", places=3)
        pages = store.read(rows_pages.own, "T1", bench.id, "U2")
        found.append(sheet_words.own([replace(page, bench_id="b1") for page in pages], {}))
    assert found[0] == found[1]


def test_there_is_an_own_sheet_while_it_is_reviewed_or_sealed_for_who_judged(store: Ledger) -> None:
    bench = started(store)
    with pytest.raises(NotOpen):
        own(store, lambda _: None, "T1", bench.id, "U2")
    bench = judge(store, drawn(store), "U2", places=1)
    assert own(store, lambda _: None, "T1", bench.id, "U3") is None
    judge(store, bench, "U2")
    assert own(store, lambda _: None, "T1", bench.id, "U2") is not None
    with pytest.raises(NotOpen):
        own(store, lambda _: None, "T2", bench.id, "U2")


def test_pillow_is_loaded_only_when_one_is_drawn() -> None:
    script = "import sys, bot.wiring, bot.bench.sheet_words; print('PIL' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
