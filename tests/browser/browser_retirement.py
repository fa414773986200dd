"""The day before a model ends, in the playground's page: what is told, the plan, its blind test and the verdict."""

import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from bot.clock import Clock
from bot.playground.far_end import FarEnd
from bot.playground.page import site as page_site
from bot.playground.people import ANA
from tests.browser.browser import button, last, send
from tests.browser.browser_bench import closed, kept_by_colour
from tests.browser.browser_site import MINUTE, Site
from tests.kit.far_openai import FarOpenAI
from tests.kit.far_openai_shapes import colour_of
from tests.kit.processes import Bot
from tests.kit.standing import served

MINI, FLARE = "gpt-image-1-mini", "gpt-image-2.5-flare"
BEFORE_NINE = datetime(2026, 11, 30, 8, 30, tzinfo=UTC)
PROJECTS = ("sample shop", "sample kites")


@dataclass(frozen=True)
class Eve(Site):
    slack: FarEnd

    def morning(self) -> None:
        """The clock passes nine."""
        self.slack.move_clock(self.slack.offset_seconds + 3600)


@contextmanager
def eve(folder: Path) -> Iterator[Eve]:
    """The morning of 30 November 2026, with the sample data and forty sample pictures of the model that ends."""
    with FarEnd(seconds=MINUTE) as slack, FarOpenAI() as openai:
        slack.desk.trigger_seconds = MINUTE
        slack.move_clock(int((BEFORE_NINE - Clock().real()).total_seconds()))
        usual = {"IMAGELANE_ADMINS": ANA, "IMAGELANE_DRAIN_SECONDS": "5", "IMAGELANE_CLOCK_URL": slack.clock_url}
        bot = Bot(slack, openai, "", folder, **usual)
        page = page_site.build(slack, [], ZoneInfo("Europe/Berlin"))
        with bot.running("serve"), served(page) as url:
            for words in (("--sample",), (str(forty_pictures(folder / "sample_mini.csv")), "--source", "sample")):
                taken = bot.run("import", *words)
                assert taken.returncode == 0, taken.stdout + taken.stderr
            yield Eve(url, slack)


def forty_pictures(path: Path) -> Path:
    """Labelled sample, two a day, low and medium, three of four kept."""
    with path.open("w", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(["id", "occurred_at", "model", "quality", "size", "images", "kept", "rejected", "project"])
        for number in range(20):
            at = BEFORE_NINE - timedelta(days=4 + number)
            quality, project = ("low", "medium")[number % 2], PROJECTS[number % 2]
            kept = 1 if number % 2 else 2
            lines.writerow(
                [f"sample-mini-{number}", at.isoformat(), MINI, quality, "1024x1024", 2, kept, 2 - kept, project]
            )
    return path


def it_is_told_a_day_ahead(page: Page, place: Eve) -> None:
    send(page, "/imagelane digest watch on")
    expect(last(page)).to_contain_text("When a model you use ends, it is told in")
    place.morning()
    expect(last(page)).to_contain_text(f"{MINI} stops tomorrow, on 1 Dec.")
    expect(last(page)).to_contain_text("It drew 40 pictures for $0.32 in 30 days, last on 26 Nov, for sample kites and")


def its_plan_is_a_press_away(page: Page) -> None:
    button(last(page), "Plan the move").click()
    expect(last(page)).to_contain_text(f"{MINI} ends tomorrow")


def its_blind_test_is_quoted(page: Page) -> None:
    button(page.locator("#channel > li").filter(has_text="stops tomorrow"), "Test it blind").click()
    modal = page.locator("#modal")
    expect(modal).to_be_visible()
    button(modal, "Show the price").click()
    expect(modal).to_contain_text("The price comes to the channel")
    closed(page)
    expect(last(page)).to_contain_text("20 pictures, $0.24")
    expect(button(last(page), "Start")).to_be_visible()


def it_is_judged(pages: Sequence[Page]) -> None:
    """Half of the prompts each, the picture of one model kept every time."""
    for page in pages:
        waiting = page.locator("#channel > li").filter(has_text=f"Blind test: {MINI} or {FLARE}")
        expect(waiting).to_contain_text("Drawn 20 of 20.")
        button(waiting, "Review").click()
        kept_by_colour(page, 5, ",".join(map(str, colour_of(FLARE))))
        closed(page)


def it_is_decided(page: Page) -> None:
    expect(last(page)).to_contain_text(f"Switch to {FLARE}")
    expect(last(page).get_by_role("img", name="Kept, with what luck allows")).to_be_visible()
