"""The day before a model ends, walked by a browser: told, planned, tested blind and decided."""

from pathlib import Path

import pytest

from bot.playground.people import BEN
from tests.browser import browser_retirement as story
from tests.browser.browser import button, chromium, last, opened

pytestmark = [pytest.mark.waits, pytest.mark.xdist_group("browser"), pytest.mark.timeout(900)]


def test_an_end_is_told_a_day_ahead_planned_tested_blind_and_decided(tmp_path: Path) -> None:
    with (
        chromium() as browser,
        story.eve(tmp_path) as place,
        opened(browser, place.at()) as ana,
        opened(browser, place.at(BEN)) as ben,
    ):
        story.it_is_told_a_day_ahead(ana, place)
        story.its_plan_is_a_press_away(ana)
        story.its_blind_test_is_quoted(ana)
        button(last(ana), "Start").click()
        story.it_is_judged((ana, ben))
        for page in (ana, ben):
            story.it_is_decided(page)
