"""The playground's page with a bot of its own, where nobody is in a hurry: an ack may take a minute, not three seconds.

Slack and the page live in the test's process, the bot in one that is forked: it starts sooner than a playground does.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.playground import page
from bot.playground.far_end import FarEnd
from bot.playground.people import ANA, STUDIO
from tests.browser.browser import address
from tests.kit.far_openai import FarOpenAI
from tests.kit.processes import Bot
from tests.kit.standing import served

MINUTE = 60.0


@dataclass(frozen=True)
class Site:
    url: str

    def at(self, person: str = ANA, place: str = STUDIO, **more: str) -> str:
        return address(self.url, person, place, **more)


@contextmanager
def site(folder: Path, openai: FarOpenAI | None = None, **settings: str) -> Iterator[Site]:
    """With `openai` pictures cost money, as far as that says so."""
    with FarEnd(seconds=MINUTE) as slack:
        slack.desk.trigger_seconds = MINUTE
        usual = {"IMAGELANE_ADMINS": ANA, "IMAGELANE_DRAIN_SECONDS": "5"}
        bot = Bot(slack, openai, "", folder, **{**usual, **settings})
        with bot.running("serve"), served(page.build(slack, [], ZoneInfo("Europe/Berlin"))) as url:
            yield Site(url)
