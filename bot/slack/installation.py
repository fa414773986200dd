"""Which workspace this installation serves: the one its bot token belongs to, and no other."""

import hashlib
import logging

from bot.errors import BadSettings
from bot.ledger import workspaces
from bot.ledger.ledger import Ledger
from bot.slack.failures import PostFailed
from bot.slack.posts import Posts
from bot.slack.replies import SlackWorkspace as Told

log = logging.getLogger(__name__)


class Installation:
    """`team_id` is None until Slack said whose the token is, now or when this database last heard of it."""

    def __init__(self, store: Ledger, posts: Posts, token: str) -> None:
        self._store, self._posts = store, posts
        self._token_hash = hashlib.sha256(token.encode()).hexdigest()  # of a random token: there is nothing to guess
        self.team_id: str | None = None
        self.sure = False  # whether Slack itself has said so

    def learn(self) -> None:
        """Ask Slack; where it can't be asked, what was remembered of this token counts.

        Raises BadSettings for a token of another workspace than the database's.
        """
        try:
            told = self._posts.workspace()
        except PostFailed as failed:
            log.warning("Slack could not be asked who we are: %s", failed.code)
            self.team_id = self.team_id or self._store.read(workspaces.of_token, self._token_hash)
            return
        self._refuse_another(told)
        self._store.write(workspaces.remember, told.team_id, told.name, told.bot_user_id, self._token_hash)
        self._store.write(workspaces.start, told.team_id)
        self.team_id, self.sure = told.team_id, True

    def _refuse_another(self, told: Told) -> None:
        known = self._store.read(workspaces.installed)
        if known and told.team_id not in known:
            theirs = " and ".join(_named(name, team_id) for team_id, name in known.items())
            raise BadSettings(
                f"SLACK_BOT_TOKEN is of workspace {_named(told.name, told.team_id)}, but the database is of {theirs}. "
                "Set the token of that workspace, or a DATABASE_URL of its own for this one."
            )


def _named(name: str, team_id: str) -> str:
    return f"{''.join(letter for letter in name if letter.isprintable())[:80]} ({team_id[:20]})"
