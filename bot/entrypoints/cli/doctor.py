"""`imagelane doctor`: looks at all the bot stands on, changes nothing, and says how to mend what is wrong."""

import time
from argparse import Namespace
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Thread
from urllib.parse import unquote

from bot import catalog
from bot import settings as environment
from bot.clock import Clock
from bot.entrypoints.cli import checks, printouts_health
from bot.entrypoints.cli.checks import Visit
from bot.entrypoints.cli.operators import OperatorResult
from bot.entrypoints.cli.printouts_health import Check, Health
from bot.errors import BadCatalog
from bot.pricing.facts import Catalog
from bot.settings import Settings

SECONDS = 5  # for each answer from outside; a whole check gets twice that
SHORTEST_SECRET = 6  # a shorter one would blot out common words


@dataclass(frozen=True)
class Subject:
    """What is looked at in one go. `mend` is for when even the looking fails."""

    names: tuple[str, ...]
    look: Callable[[Visit], tuple[Check, ...]]
    mend: str

    def failed(self, trouble: str) -> tuple[Check, ...]:
        return tuple(Check(name, "fail", trouble, self.mend) for name in self.names)


def run(_options: Namespace) -> OperatorResult:
    """Raises BadSettings when the settings can't even be read."""
    health = examine(environment.read(), Clock().real)
    return OperatorResult(1 if health.failed else 0, health, printouts_health.rendered)


def examine(
    settings: Settings,
    now: Callable[[], datetime],
    load: Callable[[], Catalog] = catalog.load,
    seconds: int = SECONDS,
) -> Health:
    """All checks at once, told in their order; none stops another, and none is waited for longer than 2 x `seconds`."""
    visit = Visit(settings, now, *_catalog(load), seconds)
    until = time.monotonic() + 2 * seconds
    looks = [(subject, _begin(subject, visit)) for subject in SUBJECTS]
    results = [check for subject, look in looks for check in _awaited(subject, look, until, 2 * seconds)]
    secrets = settings.secrets()
    return Health(tuple(_harmless(check, secrets) for check in results))


def _catalog(load: Callable[[], Catalog]) -> tuple[Catalog | None, str]:
    try:
        return load(), ""
    except BadCatalog as wrong:
        return None, wrong.sentence


def _begin(subject: Subject, visit: Visit) -> Future[tuple[Check, ...]]:
    """In a thread nobody joins: what hangs (a name server, say) has no time-out of its own."""
    future: Future[tuple[Check, ...]] = Future()

    def look() -> None:
        try:
            future.set_result(subject.look(visit))
        except Exception as error:  # noqa: BLE001 - one failing check must not stop the others; its words may hold a secret
            future.set_result(subject.failed(f"could not be checked ({type(error).__name__})"))

    Thread(target=look, name=f"doctor {subject.names[0]}", daemon=True).start()
    return future


def _awaited(subject: Subject, look: Future[tuple[Check, ...]], until: float, seconds: int) -> tuple[Check, ...]:
    try:
        return look.result(max(until - time.monotonic(), 0))
    except TimeoutError:
        return subject.failed(f"gave no answer within {seconds} s")


def _harmless(check: Check, secrets: Iterable[str]) -> Check:
    """Belt and braces (R81): a secret that reached a line is replaced there; a foreign name is one plain line."""

    def plain(text: str) -> str:
        for secret in secrets:
            for form in (secret, unquote(secret)):
                text = text.replace(form, "[secret]") if len(form) >= SHORTEST_SECRET else text
        return "".join(letter if letter.isprintable() else " " for letter in text)

    return replace(check, found=plain(check.found), mend=check.mend and plain(check.mend))


SUBJECTS = (
    Subject(("settings",), checks.settings_check, "Look at .env and deploy/env.example."),
    Subject(("database",), checks.database_check, "Look at DATABASE_URL and at what it names."),
    Subject(("pictures",), checks.pictures_check, "Look at IMAGELANE_PICTURES and at what it names."),
    Subject(("Slack", "clock"), checks.slack_check, "Look at SLACK_BOT_TOKEN and SLACK_API_URL."),
    Subject(("OpenAI", "retirement"), checks.openai_check, "Look at OPENAI_API_KEY and OPENAI_BASE_URL."),
    Subject(("catalogue",), checks.catalogue_check, "Look at data/."),
)
