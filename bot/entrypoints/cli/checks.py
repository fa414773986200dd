"""What the doctor looks at: each check reads one thing of an installation and changes nothing."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from urllib.parse import urlsplit

from bot import providers, store
from bot.entrypoints.cli.printouts_health import Check, Status
from bot.errors import BadSettings, StoreUnusable
from bot.image_files import ImageFiles
from bot.lanes import listed
from bot.pricing.dated import old_facts
from bot.pricing.facts import Catalog
from bot.providers import openai
from bot.settings import LOCAL_STORE, Settings
from bot.slack.failures import PostFailed, Revoked, Unreachable
from bot.slack.posts import Greeting, Posts

READS_DIRECT = "im:history"
SKEW_SECONDS = 300  # Slack's signed requests are good for five minutes


@dataclass(frozen=True)
class Visit:
    """What every check is handed. `catalog` is None when it can't be read: `wrong` then says why."""

    settings: Settings
    now: Callable[[], datetime]
    catalog: Catalog | None
    wrong: str
    seconds: int


# ---- this machine ----


def settings_check(visit: Visit) -> tuple[Check, ...]:
    try:
        visit.settings.for_slack()
    except BadSettings as wrong:
        return (Check("settings", "fail", wrong.sentence, "Set it in the environment or .env: deploy/env.example."),)
    way = "Socket Mode" if visit.settings.slack_app_token else "signed requests"
    return (Check("settings", "ok", f"complete, for Slack by {way}"),)


def database_check(visit: Visit) -> tuple[Check, ...]:
    settings, url = visit.settings, visit.settings.store_url
    if settings.database_url is None and not LOCAL_STORE.exists():
        return (_missing("database", LOCAL_STORE, "ok", "made at the first start"),)
    if urlsplit(url).netloc.count("@") > 1:  # the tail of the password would be told as the host
        return (Check("database", "fail", "DATABASE_URL holds more than one @", "Write @ in a password as %40."),)
    try:
        whole = store.glance(url, visit.seconds)
    except (BadSettings, StoreUnusable) as wrong:
        mend = "DATABASE_URL names it; deploy/runbook.md says more under `Database refused`."
        return (Check("database", "fail", wrong.sentence, mend),)
    kind = "SQLite" if url.startswith("sqlite") else "PostgreSQL"
    unread = "" if whole else f"; too large to be read to its end in {visit.seconds} s"
    return (Check("database", "ok", f"{kind}, writable and of this version{unread}"),)


def pictures_check(visit: Visit) -> tuple[Check, ...]:
    folder = visit.settings.imagelane_pictures
    if not os.path.lexists(folder):
        # One that was named on purpose is perhaps a volume that is not mounted.
        on_purpose = "imagelane_pictures" in visit.settings.model_fields_set
        return (_missing("pictures", folder, "warn" if on_purpose else "ok", "made with the first picture"),)
    if not _writable(folder):
        return (Check("pictures", "fail", f"{folder} is no folder we may write to", _folder_mend(folder)),)
    unable = ImageFiles(folder).unable()  # what a mount or a full disk allows, no mode tells
    if unable is not None:
        mend = f"{_folder_mend(folder)} There must be room in it, too."
        return (Check("pictures", "fail", f"nothing can be stored in {folder}: {unable}", mend),)
    return (Check("pictures", "ok", f"{folder} is writable"),)


def _missing(name: str, path: Path, status: Status, when: str) -> Check:
    above = next(parent for parent in path.absolute().parents if parent.exists())
    if not _writable(above):
        return Check(name, "fail", f"{path} is missing and can't be made in {above}", _folder_mend(above))
    mend = "Mount the volume, if it is to be one." if status == "warn" else None
    return Check(name, status, f"{path} is missing: {when}", mend)


def _writable(folder: Path) -> bool:
    return folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)


def _folder_mend(folder: Path) -> str:
    return f"Make {folder} a folder this user may write to."


# ---- Slack ----


def slack_check(visit: Visit) -> tuple[Check, ...]:
    token = visit.settings.slack_bot_token
    if token is None:
        mend = "Set SLACK_BOT_TOKEN."
        return Check("Slack", "warn", "not asked: there is no token", mend), _no_clock(mend)
    posts = Posts(token.get_secret_value(), visit.settings.slack_api_url, quick_seconds=visit.seconds)
    try:
        greeting = posts.greeting()
    except PostFailed as failed:
        return _slack_failed(failed), _no_clock("Mend the way to Slack first.")
    return _greeted(greeting), _clock(greeting.at, visit.now())


def _greeted(greeting: Greeting) -> Check:
    if greeting.workspace is None:
        return _slack_failed(greeting.failed or PostFailed("no_answer"))
    found = f"workspace {greeting.workspace.name[:80]} ({greeting.workspace.team_id[:20]})"
    if greeting.scopes is not None and READS_DIRECT not in greeting.scopes:
        mend = (
            f"Give the app the scope {READS_DIRECT} and the event message.im (deploy/slack-manifest.json), and install "
            "it anew; or leave it so: commands with /imagelane work there."
        )
        return Check("Slack", "warn", f"{found}; what people write to it directly it may not read", mend)
    return Check("Slack", "ok", found)


def _slack_failed(failed: PostFailed) -> Check:
    match failed:
        case Revoked():
            trouble, mend = "the token is not good", "Install the app again and set SLACK_BOT_TOKEN to its bot token."
        case Unreachable():
            trouble, mend = "can't be reached", "Check network, proxy and SLACK_API_URL."
        case _:
            trouble, mend = (
                "gave no good answer",
                "Try again in a minute; SLACK_BOT_TOKEN must be a bot token (xoxb-...).",
            )
    return Check("Slack", "fail", f"{trouble} ({failed.code})", mend)


def _clock(theirs: datetime | None, ours: datetime) -> Check:
    if theirs is None:
        return _no_clock("Slack's answer had no readable Date header: is SLACK_API_URL Slack's?")
    seconds = round(abs((ours - theirs).total_seconds()))
    difference = f"clock differs from Slack by {seconds} s"
    if seconds > SKEW_SECONDS:
        return Check(
            "clock", "fail", difference, f"Set this machine's clock (NTP): over {SKEW_SECONDS} s nothing is answered."
        )
    return Check("clock", "ok", difference)


def _no_clock(mend: str) -> Check:
    return Check("clock", "warn", "not compared with Slack's", mend)


# ---- OpenAI and the catalogue ----


def openai_check(visit: Visit) -> tuple[Check, ...]:
    key = visit.settings.openai_api_key
    if key is None:
        mend = "Set OPENAI_API_KEY to have them compared."
        return Check("OpenAI", "ok", "no key: demo pictures"), _not_compared("there is no key", mend)
    try:
        shutdowns = openai.shutdown_dates(key.get_secret_value(), visit.settings.openai_base_url, float(visit.seconds))
    except providers.PaintingFailed as failed:
        return _openai_failed(failed), _not_compared("OpenAI gave no list", "Mend the way to OpenAI first.")
    return Check("OpenAI", "ok", "the key is good"), _retirement(visit, shutdowns)


def _openai_failed(failed: providers.PaintingFailed) -> Check:
    match failed:
        case providers.ProviderRefused():
            trouble, mend = "the key was refused", "Set OPENAI_API_KEY to a living key that may list models."
        case providers.NotSent():
            trouble, mend = "can't be reached", "Check network, proxy and OPENAI_BASE_URL."
        case _:
            trouble, mend = "gave no good answer", "Try again in a minute; check OPENAI_BASE_URL."
    return Check("OpenAI", "fail", f"{trouble} ({failed.code})", mend)


def _retirement(visit: Visit, shutdowns: dict[str, date | None]) -> Check:
    """A date of OpenAI's that is not the catalogue's is told, and never taken over."""
    if visit.catalog is None:
        return _not_compared("the catalogue can't be read", "Mend the catalogue first.")
    if not listed.is_openais(visit.catalog, shutdowns):
        return _not_compared("its list tells of none of the catalogue's models", "Check OPENAI_BASE_URL.")
    differ = [
        f"{row.model}: catalogue {_day(row.known)}, OpenAI {_day(row.listed)}"
        for row in listed.dates_that_differ(visit.catalog, shutdowns)
    ]
    if differ:
        mend = (
            "Check OpenAI's deprecations page and mend data/catalog.toml, with the source; until then its days count."
        )
        return Check("retirement", "warn", "; ".join(differ), mend)
    return Check("retirement", "ok", f"the dates of {listed.compared(visit.catalog, shutdowns)} models are OpenAI's")


def _day(end: date | None) -> str:
    return "no end" if end is None else end.isoformat()


def _not_compared(why: str, mend: str) -> Check:
    return Check("retirement", "warn", f"dates not compared: {why}", mend)


def catalogue_check(visit: Visit) -> tuple[Check, ...]:
    if visit.catalog is None:
        return (Check("catalogue", "fail", visit.wrong, "Mend that line, or install imagelane again."),)
    if old := old_facts(visit.catalog, visit.now().date()):
        return (Check("catalogue", "warn", old, "Update imagelane, or add dated rows to data/ with their sources."),)
    checked_on = visit.catalog.checked_on
    days = (visit.now().date() - checked_on).days
    return (Check("catalogue", "ok", f"checked on {checked_on}, {days} {'day' if days == 1 else 'days'} ago"),)
