"""May this person draw on the team's money? Slack knows who is a member; what it said is remembered for a day.

The ack refuses whom the store knows (`slack_answers.refuse_known`); jobs ask here, before any post or call.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bot.errors import NotAllowed
from bot.ledger.slack_answers import FOR_MEMBERS, PERSON_KEPT, About, SlackAnswers, Standing
from bot.slack.failures import PostFailed, Revoked
from bot.slack.posts import Posts

UNTOLD = (
    "Slack did not tell me whether you are a member of this workspace, so I drew nothing and nothing was charged: "
    "please try again in a moment."
)

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Guests:
    """`allowed`: guests and people of other workspaces draw like members. `real` is this machine's time."""

    answers: SlackAnswers
    posts: Posts
    real: Callable[[], datetime]
    allowed: bool

    def refuse(self, team_id: str, person_id: str) -> None:
        """Asks Slack, so never before an ack. Raises NotAllowed, also where Slack does not say who that is;
        Revoked where it never will."""
        if not self.allowed and self.standing(team_id, person_id) is not Standing.MEMBER:
            raise NotAllowed(FOR_MEMBERS)

    def standing(self, team_id: str, person_id: str) -> Standing:
        """As `refuse` asks, and raises. Who was deactivated is of no workspace any more."""
        about, ask = About(team_id, "person", person_id), partial(self._asked, team_id, person_id)
        return Standing(self.answers.known(about, PERSON_KEPT, self.real, ask))

    def _asked(self, team_id: str, person_id: str) -> Standing:
        try:
            person = self.posts.person(person_id, patient=True)
        except Revoked:
            raise
        except PostFailed as failed:
            log.warning("who wants to draw can't be told: %s", failed.code)
            raise NotAllowed(UNTOLD) from None
        if person.team_id != team_id or person.gone:
            return Standing.OUTSIDER
        return Standing.GUEST if person.guest else Standing.MEMBER
