"""May those who were named judge? Slack knows who is a member; who is not is called by name."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from bot.slack.failures import PostFailed
from bot.slack.names import Names
from bot.slack.people import Person
from bot.slack.posts import Posts
from bot.slack.text import plain

NAME_LETTERS = 30
UNTOLD = "Slack did not tell me who {name} is: plan the test again in a moment."

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Judges:
    posts: Posts
    names: Names

    def refused(self, team_id: str, judges: Sequence[str]) -> str | None:
        """A sentence on the first who may not judge. Asks Slack, so never before an ack."""
        return next((sentence for one in judges if (sentence := self._refused(team_id, one))), None)

    def _refused(self, team_id: str, person_id: str) -> str | None:
        name = plain(self.names.person(person_id), NAME_LETTERS)
        try:
            why = unfit(self.posts.person(person_id, patient=True), team_id)
        except PostFailed as failed:
            log.warning("whether somebody may judge was not told: %s", failed.code)
            return UNTOLD.format(name=name)
        return f"{name} can't judge it: {why}." if why else None


def unfit(person: Person, team_id: str) -> str | None:
    """Why this person judges nothing here; None where they may."""
    if person.team_id != team_id:
        return "of another workspace"
    if person.gone:
        return "no longer of this workspace"
    if person.bot:
        return "a bot"
    return "a guest" if person.guest else None
