"""Takes the pictures of the playground that README and docs show, in headless Chromium: `python -m docs.screens`."""

import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from bot.playground.people import ANA, BEN
from tests.browser import browser_retirement as story
from tests.browser.browser import Playground, button, chromium, last, playground, send, take_sample
from tests.browser.browser_bench import closed, judged, planned

HERE = Path(__file__).parent
PATIENCE = 30_000


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, chromium() as browser, playground(Path(folder)) as running:
        whole(browser, running)
        window(browser, running)
        phone(browser, running)
        bench(browser, running)
        digest(browser, running, Path(folder))
        for theme in ("light", "dark"):
            answers(browser, running, theme)
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        retirement(browser, Path(folder))


def opened(browser: Browser, address: str, theme: str, width: int, height: int) -> Page:
    page = browser.new_page(
        viewport={"width": width, "height": height},
        color_scheme=theme,  # type: ignore[arg-type]
        device_scale_factor=1.5,
    )
    page.set_default_timeout(PATIENCE)
    page.goto(address)
    return page


def drawn(page: Page, words: str, prompt: str) -> None:
    send(page, words)
    expect(last(page).locator("blockquote")).to_have_text(prompt)
    expect(button(last(page), "Keep").first).to_be_visible(timeout=PATIENCE)


def whole(browser: Browser, running: Playground) -> None:
    page = opened(browser, running.at(), "light", 1180, 1100)
    send(page, "/imagelane estimate 5000 high square")
    expect(last(page)).to_contain_text("$263.40")
    drawn(page, '/imagelane try "a red kite over a harbour" landscape', "a red kite over a harbour")
    button(last(page), "Keep").click()
    expect(last(page)).to_contain_text("Kept by")
    page.screenshot(path=HERE / "playground.png")
    page.close()


def window(browser: Browser, running: Playground) -> None:
    page = opened(browser, running.at(BEN, wire="true"), "dark", 1400, 800)
    drawn(page, '/imagelane try "a kettle at night" budget premium', "a kettle at night")
    button(last(page), "Retry").first.click()
    expect(page.locator("#modal")).to_be_visible()
    page.screenshot(path=HERE / "playground-window.png")
    page.keyboard.press("Escape")
    expect(page.locator("#modal")).to_be_hidden()
    page.close()


def phone(browser: Browser, running: Playground) -> None:
    page = opened(browser, running.at(), "dark", 380, 720)
    send(page, "/imagelane recommend quality")
    expect(last(page)).to_contain_text("premium")
    send(page, "/imagelane estimate 5000 high square")
    expect(last(page)).to_contain_text("$263.40")
    page.screenshot(path=HERE / "playground-phone.png")
    page.close()


def digest(browser: Browser, running: Playground, folder: Path) -> None:
    take_sample(folder)
    page = opened(browser, running.at(), "light", 1180, 1280)
    send(page, "/imagelane digest on mon 09:00")
    expect(last(page)).to_contain_text("each Monday at 09:00")
    page.click("#clock-summary")
    button(page, "Next Monday 09:00").click()
    page.keyboard.press("Escape")
    expect(last(page).get_by_role("img")).to_be_visible(timeout=PATIENCE)
    page.screenshot(path=HERE / "playground-digest.png")
    page.close()


def answers(browser: Browser, running: Playground, theme: str) -> None:
    """What README shows: an estimate, last week's digest and a budget, each for both themes."""
    page = opened(browser, running.at(), theme, 760, 1200)
    asked = {"estimate": "estimate 5000 high square", "budget": "budget", "digest": "digest post"}
    for name, words in asked.items():
        messages = page.locator("#channel > li")
        answer = messages.nth(messages.count() + (name == "digest"))  # the post itself follows its ack
        send(page, f"/imagelane {words}")
        expect(answer).to_be_visible(timeout=PATIENCE)
        if name == "digest":
            expect(answer.get_by_role("img")).to_be_visible(timeout=PATIENCE)
        answer.screenshot(path=HERE / f"answer-{name}-{theme}.png")
    page.close()


def retirement(browser: Browser, folder: Path) -> None:
    """The day before a model ends: the post, the plan, the price of its blind test and the verdict."""
    with story.eve(folder) as place:
        ana, ben = (opened(browser, place.at(person), "light", 760, 1300) for person in (ANA, BEN))
        story.it_is_told_a_day_ahead(ana, place)
        last(ana).screenshot(path=HERE / "retirement-post.png")
        story.its_plan_is_a_press_away(ana)
        last(ana).screenshot(path=HERE / "retirement-plan.png")
        story.its_blind_test_is_quoted(ana)
        last(ana).screenshot(path=HERE / "retirement-test.png")
        button(last(ana), "Start").click()
        story.it_is_judged((ana, ben))
        story.it_is_decided(ana)
        last(ana).screenshot(path=HERE / "retirement-verdict.png")
        ana.close()
        ben.close()


def bench(browser: Browser, running: Playground) -> None:
    """Two people judge in turn; the review of one prompt, and the verdict with its picture."""
    ana = opened(browser, running.at(), "light", 900, 1150)
    ben = opened(browser, running.at(BEN), "light", 900, 1500)
    planned(ana)
    button(last(ana), "Start").click()
    for page, count in ((ana, 4), (ben, 6)):
        waiting = page.locator("#channel > li").filter(has_text="lind test: ")
        expect(waiting).to_contain_text("Drawn 20 of 20.", timeout=PATIENCE)
        button(waiting, "Review").click()
        expect(page.locator("#modal img")).to_have_count(1, timeout=PATIENCE)
        if page is ana:
            page.locator("#modal").screenshot(path=HERE / "bench-review.png")
        judged(page, count)
        closed(page)
    shown = ben.locator("#channel > li").filter(has_text="Demo. ")
    expect(shown.get_by_role("img").first).to_be_visible(timeout=PATIENCE)
    shown.screenshot(path=HERE / "bench-verdict.png")
    ana.close()
    ben.close()


if __name__ == "__main__":
    main()
