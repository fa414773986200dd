"""What people and channels are called, for the words of a notification: there an id says nothing to anybody.

In blocks they are Slack's own elements, which name them by themselves.
"""

import logging
from collections.abc import Callable
from threading import Lock
from typing import Protocol

from cachetools import TTLCache, cached

from bot.ledger.limits import Scope
from bot.slack.failures import PostFailed
from bot.slack.message import DIRECT
from bot.slack.posts import Posts

REMEMBERED, REMEMBERED_SECONDS = 1_000, 3_600
SOMEBODY, A_CHANNEL, ALONE = "somebody", "a channel", "a direct message"

log = logging.getLogger(__name__)


class Names(Protocol):
    def person(self, person_id: str) -> str: ...

    def channel(self, channel_id: str) -> str:
        """With its #, where it has one."""
        ...


def calling(names: Names) -> Callable[[Scope], str]:
    """What whoever has a budget is called; a project's name is its id."""
    return lambda scope: names.channel(scope.id) if scope.kind == "channel" else names.person(scope.id)


class SlackNames:
    """Asks Slack once an hour for each; where it does not say, a word that says nothing wrong."""

    def __init__(self, posts: Posts) -> None:
        self._posts = posts
        self.person = _remembered(self._person)
        self.channel = _remembered(self._channel)

    def _person(self, person_id: str) -> str:
        return self._asked(self._posts.person_name, person_id, SOMEBODY)

    def _channel(self, channel_id: str) -> str:
        if channel_id.startswith(DIRECT):
            return ALONE
        name = self._asked(self._posts.channel_name, channel_id, "")
        return f"#{name}" if name else A_CHANNEL

    def _asked(self, ask: Callable[[str], str], its_id: str, otherwise: str) -> str:
        try:
            return ask(its_id) or otherwise
        except PostFailed as failed:
            log.info("a name was not told: %s", failed.code)
            return otherwise


def _remembered(ask: Callable[[str], str]) -> Callable[[str], str]:
    return cached(TTLCache[str, str](REMEMBERED, REMEMBERED_SECONDS), lock=Lock())(ask)
