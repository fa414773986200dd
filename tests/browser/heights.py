"""How high each answer stands at 380 px, in the playground's page: python -m tests.browser.heights [folder]

Sample data of a workspace that also drew something is taken in first; the last ones are of the day before a model
ends. With a folder, a picture of every answer is left there: on the phone in light and dark, and at 1280 px.
"""

import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser import browser_retirement as retirement
from tests.browser.browser import Playground, button, chromium, last, playground, send, take_sample
from tests.browser.browser_bench import closed, planned
from tests.browser.sealed_test import seal

ANSWERS = {
    "estimate": "estimate 5000 high square",
    "estimate with keeps": "estimate 5000 high square --keep 70% --retries 2",
    "recommend new": "recommend new",
    "recommend existing": "recommend existing gpt-image-1-mini",
    "models": "models",
    "help": "help",
    "spend": "spend last week",
    "budget": "budget",
    "digest": "digest preview",
    "try": 'try "a red kite over a harbour" budget premium',
    "a slip": "price 5k hgih square",
    "price of a test": "bench run --prompts product-shots --lanes budget,premium",
    "blind tests": "bench list",
    "verdict": "",  # nobody asks for it: it is posted
}
REVIEWS = {"review of two": ["premium"], "review of three": ["premium", "legacy"]}
DRAWN_MS = 180_000
SETTLED_MS = 6_000  # a chart follows its words
PAGES = {"phone": (380, "light"), "phone-dark": (380, "dark"), "wide": (1280, "light")}


def main(folder: Path | None) -> None:
    with tempfile.TemporaryDirectory() as place, chromium() as browser, playground(Path(place)) as running:
        take_sample(Path(place))
        seal(Path(place))
        drawn(browser, running)
        for name, height in measured(browser, running, folder):
            print(f"{name:<22}{height:>6.0f} px", flush=True)
    with tempfile.TemporaryDirectory() as place, chromium() as browser, retirement.eve(Path(place)) as eve:
        for name, height in ending(browser, eve, folder):
            print(f"{name:<22}{height:>6.0f} px", flush=True)


def ending(browser: Browser, eve: retirement.Eve, folder: Path | None) -> Iterator[tuple[str, float]]:
    """What is told a day ahead, and the plan it has a button for."""
    width, theme = PAGES["phone"]
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=theme)  # type: ignore[arg-type]
    page.goto(eve.at())
    retirement.it_is_told_a_day_ahead(page, eve)
    yield "end told", seen(page, "end-told", folder)
    retirement.its_plan_is_a_press_away(page)
    yield "plan", seen(page, "plan", folder)
    page.close()


def seen(page: Page, name: str, folder: Path | None) -> float:
    """Its height on the phone, and its pictures."""
    heights = {}
    for look, (width, theme) in PAGES.items() if folder else [("phone", PAGES["phone"])]:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        box = last(page).bounding_box()
        heights[look] = box["height"] if box else 0.0
        if folder:
            last(page).screenshot(path=folder / f"{name}-{look}.png")
    phone, light = PAGES["phone"]
    page.set_viewport_size({"width": phone, "height": 900})
    page.emulate_media(color_scheme=light)  # type: ignore[arg-type]
    return heights["phone"]


def drawn(browser: Browser, running: Playground) -> None:
    """Blind tests that wait to be judged, the last of them with most lanes."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(running.at())
    for number, compare in enumerate(REVIEWS.values(), start=1):
        planned(page, compare=compare)
        button(last(page), "Start").click()
        expect(page.get_by_role("button", name=re.compile("^Review"))).to_have_count(number, timeout=DRAWN_MS)
    page.close()


def measured(browser: Browser, running: Playground, folder: Path | None) -> Iterator[tuple[str, float]]:
    for look, (width, theme) in PAGES.items() if folder else [("phone", PAGES["phone"])]:
        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=theme)  # type: ignore[arg-type]
        page.goto(running.at())
        for name, words in ANSWERS.items():
            answer = answered(page, words) if words else posted(page)
            if folder:
                answer.screenshot(path=folder / f"{name.replace(' ', '-')}-{look}.png")
            box = answer.bounding_box()
            if look == "phone" and box:
                yield name, box["height"]
        for number, name in enumerate(REVIEWS):
            window = judged(page, number)
            if folder:
                window.screenshot(path=folder / f"{name.replace(' ', '-')}-{look}.png")
            if look == "phone":
                yield name, window.evaluate("window => window.scrollHeight")
            closed(page)
        page.close()


def posted(page: Page) -> Locator:
    """The verdict of the test that was sealed at first, with its picture."""
    verdict = page.locator("#channel > li").filter(has_text="Not decided yet, but premium leads")
    expect(verdict.get_by_alt_text("Kept, with what luck allows")).to_be_visible()
    return verdict


def judged(page: Page, number: int) -> Locator:
    """The window after both or all were rejected, which is when it asks most."""
    page.get_by_role("button", name=re.compile("^Review")).nth(number).click()
    window = page.locator("#modal")
    before = window.locator("blockquote").inner_text()
    if number:
        for each in window.get_by_label("Reject", exact=True).all():
            each.check()
    button(window, "Next" if number else "Neither").click()
    expect(window.locator("blockquote").filter(has_text=before)).to_have_count(0)
    page.wait_for_timeout(SETTLED_MS // 6)
    return window


def answered(page: Page, words: str) -> Locator:
    messages = page.locator("#channel > li")
    answer = messages.nth(messages.count())
    send(page, f"/imagelane {words}")
    expect(answer).to_be_visible()
    page.wait_for_timeout(SETTLED_MS)
    return answer


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
