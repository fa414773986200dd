"""A blind test by hand in the playground's page: planned, started, judged in turn, its verdict read."""

from collections.abc import Sequence

from playwright.sync_api import Locator, Page, expect

from tests.browser.browser import button, last, send

PROMPTS = [
    f"{thing} {where}"
    for thing in ("a red kite", "a blue kettle", "a pair of boots", "a paper lamp", "an oak chair")
    for where in ("over a harbour", "on a marble table")
]

HALVES = """async image => { await image.decode();
  const pen = Object.assign(document.createElement('canvas'), {width: 4, height: 2}).getContext('2d');
  pen.drawImage(image, 0, 0, 4, 2);
  const seen = left => pen.getImageData(left, 1, 1, 1).data.slice(0, 3).join();
  return [seen(0), seen(3)]; }"""


def planned(page: Page, prompts: Sequence[str] = PROMPTS, compare: Sequence[str] = ("premium",)) -> None:
    """Its price stands in the channel, for who planned it."""
    send(page, "/imagelane bench")
    modal = page.locator("#modal")
    modal.get_by_label("Compare with").select_option(compare)
    modal.get_by_label("My own Those I paste below").check()
    modal.get_by_label("My own prompts").fill("\n".join(prompts))
    button(modal, "Show the price").click()
    expect(modal).to_contain_text("The price comes to the channel")
    closed(page)
    expect(button(last(page), "Start")).to_be_visible()


def planned_as_it_stands(page: Page) -> None:
    """Nothing is chosen and nothing filled in: what the window offers."""
    send(page, "/imagelane bench")
    button(page.locator("#modal"), "Show the price").click()
    expect(page.locator("#modal")).to_contain_text("The price comes to the channel")
    closed(page)


def closed(page: Page) -> None:
    page.locator("#modal-close").click()
    expect(page.locator("#modal")).to_be_hidden()


def judged(page: Page, prompts: int) -> None:
    """So many prompts in the window that is open, a press each where there are two pictures: A, then B, in turn."""
    modal = page.locator("#modal")
    for place in range(prompts):
        before = modal.locator("blockquote").inner_text()
        if modal.get_by_label("Keep", exact=True).count():
            _marked(modal, place)
        else:
            button(modal, "Only B" if place % 2 else "Only A").click()
        expect(modal.locator("blockquote").filter(has_text=before)).to_have_count(0)


def kept_by_colour(page: Page, prompts: int, colour: str) -> None:
    """A press a prompt, by what is seen in both halves of its picture."""
    modal = page.locator("#modal")
    for _ in range(prompts):
        before = modal.locator("blockquote").inner_text()
        halves = modal.locator("img").evaluate(HALVES)
        kept = [letter for letter, seen in zip("AB", halves, strict=True) if seen == colour]
        button(modal, f"Only {kept[0]}").click()
        expect(modal.locator("blockquote").filter(has_text=before)).to_have_count(0)


def _marked(modal: Locator, place: int) -> None:
    """One of three is kept."""
    keeps, rejects = modal.get_by_label("Keep", exact=True), modal.get_by_label("Reject", exact=True)
    for number in range(keeps.count()):
        (keeps if number == place % 2 else rejects).nth(number).check()
    button(modal, "Next").click()
