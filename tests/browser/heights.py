"""How high each answer stands at 380 px, in the playground's page: python -m tests.browser.heights [folder]

Sample data of a workspace that also drew something is taken in first. With a folder, a picture of every answer is left
there: on the phone in light and dark, and at 1280 px.
"""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.browser import Playground, chromium, playground, send, take_sample

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
}
SETTLED_MS = 6_000  # a chart follows its words
PAGES = {"phone": (380, "light"), "phone-dark": (380, "dark"), "wide": (1280, "light")}


def main(folder: Path | None) -> None:
    with tempfile.TemporaryDirectory() as place, chromium() as browser, playground(Path(place)) as running:
        take_sample(Path(place))
        for name, height in measured(browser, running, folder):
            print(f"{name:<22}{height:>6.0f} px", flush=True)


def measured(browser: Browser, running: Playground, folder: Path | None) -> Iterator[tuple[str, float]]:
    for look, (width, theme) in PAGES.items() if folder else [("phone", PAGES["phone"])]:
        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=theme)  # type: ignore[arg-type]
        page.goto(running.at())
        for name, words in ANSWERS.items():
            answer = answered(page, words)
            if folder:
                answer.screenshot(path=folder / f"{name.replace(' ', '-')}-{look}.png")
            box = answer.bounding_box()
            if look == "phone" and box:
                yield name, box["height"]
        page.close()


def answered(page: Page, words: str) -> Locator:
    messages = page.locator("#channel > li")
    answer = messages.nth(messages.count())
    send(page, f"/imagelane {words}")
    expect(answer).to_be_visible()
    page.wait_for_timeout(SETTLED_MS)
    return answer


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
