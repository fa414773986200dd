"""A whole blind comparison in a real browser: two people judge in turn, and the verdict comes when all is judged."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from bot.playground.people import BEN
from tests.browser import button, chromium, last, playground
from tests.browser_bench import PROMPTS, SLOWLY, closed, judged, planned


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


def test_a_bench_is_planned_drawn_judged_by_two_in_turn_and_decided(browser: Browser, tmp_path: Path) -> None:
    with playground(tmp_path) as place:
        ana, ben = browser.new_page(), browser.new_page()
        for page, address in ((ana, place.at()), (ben, place.at(BEN))):
            page.set_default_timeout(SLOWLY)
            page.goto(address)
        planned(ana)
        button(last(ana), "Start").click()
        progress = ana.locator("#channel > li").filter(has_text="Reviewing")
        expect(progress).to_contain_text("20 of 20 images", timeout=SLOWLY)
        left = len(PROMPTS)
        for page, count in ((ana, 3), (ben, 4), (ana, 3)):
            button(page.locator("#channel > li").filter(has_text="Reviewing"), "Review").click()
            expect(page.locator("#modal img")).to_have_count(2, timeout=SLOWLY)
            judged(page, count)
            left -= count
            if left:
                closed(page)
        expect(ana.locator("#modal")).to_contain_text("the bench is sealed")
        verdict = ben.locator("#channel > li").filter(has_text="look 1 of 4")
        expect(verdict).to_contain_text("own prompts: KEEP TESTING", timeout=SLOWLY)
        expect(verdict).to_contain_text("Demo pictures: this says how the bench works")
