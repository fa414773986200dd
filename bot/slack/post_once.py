"""Posting a thing once: whoever posts has claimed its row before, and notes there afterwards what came of it.

A post whose answer was lost may stand or not. It is sent once more, under a new claim, and says that it may be there
twice; so a thing is missing in a channel only where nobody can tell.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from bot.slack.failures import CantPost, NotReady, PostFailed, Unsure

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Posted:
    """`ts` None: nobody can tell whether it stands."""

    ts: str | None


@dataclass(frozen=True)
class NotPosted:
    """Surely. `passing`: it may be tried again later; else Slack won't have it."""

    code: str
    passing: bool


def never() -> bool:
    """Where what may stand already is not sent again."""
    return False


def post_once(
    what: str, post: Callable[[bool], str], claim_again: Callable[[], bool], *, again: bool = False
) -> Posted | NotPosted:
    """`post` sends it and gives its ts; it is told whether it may stand there already, as `again` says of the first
    time. `what` names it in the log."""
    try:
        return Posted(post(again))
    except Unsure as lost:
        log.warning("%s may stand or not: %s", what, lost.code)
    except PostFailed as failed:
        log.warning("%s was not posted: %s", what, failed.code)
        return NotPosted(failed.code, passing=not isinstance(failed, CantPost | NotReady))
    return Posted(_once_more(what, post) if claim_again() else None)


def _once_more(what: str, post: Callable[[bool], str]) -> str | None:
    try:
        return post(True)
    except PostFailed as failed:
        log.warning("nor could %s be sent again: %s", what, failed.code)
        return None
