"""A blind comparison by hand in the playground's page: planned, started, judged in turn, its verdict read."""

import re
from collections.abc import Sequence

from playwright.sync_api import Page, expect

from tests.browser.browser import button, last, send

PROMPTS = [
    f"{thing} {where}"
    for thing in ("a red kite", "a blue kettle", "a pair of boots", "a paper lamp", "an oak chair")
    for where in ("over a harbour", "on a marble table")
]


def planned(page: Page, prompts: Sequence[str] = PROMPTS) -> None:
    """Its price stands in the channel, for who planned it."""
    send(page, "/imagelane bench")
    modal = page.locator("#modal")
    modal.get_by_label("My own Those I paste below").check()
    modal.get_by_label("My own prompts").fill("\n".join(prompts))
    button(modal, "Show the price").click()
    expect(modal).to_contain_text("The price comes to the channel")
    closed(page)
    expect(button(last(page), "Start")).to_be_visible()


def closed(page: Page) -> None:
    page.locator("#modal-close").click()
    expect(page.locator("#modal")).to_be_hidden()


def judged(page: Page, prompts: int) -> None:
    """So many prompts in the window that is open: the first picture kept, the others rejected, every other time."""
    modal = page.locator("#modal")
    for place in range(prompts):
        before = modal.locator("blockquote").inner_text()
        keeps = modal.get_by_label("Keep", exact=True)
        rejects = modal.get_by_label("Reject", exact=True)
        for number in range(keeps.count()):
            (keeps if number == place % 2 else rejects).nth(number).check()
        for sure in modal.get_by_label(re.compile("How sure are you")).all():
            sure.select_option("4")
        button(modal, "Next").click()
        expect(modal.locator("blockquote").filter(has_text=before)).to_have_count(0)
