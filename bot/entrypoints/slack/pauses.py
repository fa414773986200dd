"""The button under the news that the image service refused us: it lets the next picture try at once."""

from slack_bolt.kwargs_injection.args import Args

from bot.errors import ImagelaneError, NotOpen
from bot.ledger import pauses, workspaces
from bot.slack import refusal
from bot.slack.asker import asker
from bot.slack.message import Message
from bot.slack.parts import Parts


class Pauses:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def lift(self, args: Args) -> Message:
        who, parts = asker(args), self._parts
        if who.person_id not in parts.admins:
            raise ImagelaneError("Only the people listed in IMAGELANE_ADMINS can end a pause; nothing was changed.")
        scope = args.body["actions"][0].get("value")
        if scope not in ("*", *parts.vocabulary.models):
            raise NotOpen
        parts.store.write(pauses.unpause, scope)
        parts.store.write(workspaces.audit, who.team_id, who.person_id, "pause lifted", scope, parts.now())
        return refusal.sentence("The pause is over: the next picture is tried at once.")
