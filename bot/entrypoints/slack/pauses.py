"""The button under the news that the image service refused us: it lets the next picture try at once."""

from collections.abc import Collection
from dataclasses import dataclass

from slack_bolt.kwargs_injection.args import Args

from bot.clock import Clock
from bot.errors import ImagelaneError, NotOpen
from bot.ledger import pauses, workspaces
from bot.ledger.ledger import Ledger
from bot.slack import refusal
from bot.slack.asker import asker
from bot.slack.message import Message


@dataclass(frozen=True)
class Pauses:
    """`admins` are the people who may end a pause, of one of these `models` or of all."""

    store: Ledger
    clock: Clock
    admins: tuple[str, ...]
    models: Collection[str]

    def lift(self, args: Args) -> Message:
        who = asker(args)
        if who.person_id not in self.admins:
            raise ImagelaneError("Only the people listed in IMAGELANE_ADMINS can end a pause; nothing was changed.")
        scope = args.body["actions"][0].get("value")
        if scope not in ("*", *self.models):
            raise NotOpen
        self.store.write(pauses.unpause, scope)
        self.store.write(workspaces.audit, who.team_id, who.person_id, "pause lifted", scope, self.clock.now())
        return refusal.sentence("The pause is over: the next picture is tried at once.")
