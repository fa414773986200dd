"""Which picture a press is about, and whether it may be pressed here.

What a button carries is only an id: team, person and channel come from the signed payload. An id that is unknown here,
another team's, or none at all is answered in the same words, and leaves a row in the audit.
"""

import json
import re
from dataclasses import dataclass

from bot.clock import Clock
from bot.errors import NotOpen
from bot.ledger import questions, workspaces
from bot.ledger.ledger import Ledger
from bot.ledger.pictures import Drawing, Generation
from bot.slack.asker import Asker

ID = re.compile(r"[0-9a-z]{4,32}")
MOST_DETAIL = 5000


@dataclass(frozen=True)
class KnownPictures:
    store: Ledger
    clock: Clock

    def id(self, who: Asker, value: object) -> str:
        """Raises NotOpen."""
        if not isinstance(value, str) or not ID.fullmatch(value):
            raise self.forged(who, value)
        return value

    def find(self, who: Asker, generation_id: str, *, anywhere: bool = False) -> tuple[Generation, Drawing]:
        """Raises NotOpen, or Blind."""
        try:
            generation, drawing = self.store.read(questions.picture, who.team_id, generation_id)
        except NotOpen:
            raise self.forged(who, generation_id) from None
        if not anywhere:
            refuse_elsewhere(who, drawing)
        return generation, drawing

    def forged(self, who: Asker, value: object) -> NotOpen:
        self.audit(who, "unknown picture", value)
        return NotOpen()

    def audit(self, who: Asker, what: str, detail: object) -> None:
        """In ASCII and short: whatever it is, a database can hold it."""
        self.store.write(
            workspaces.audit, who.team_id, who.person_id, what, json.dumps(detail)[:MOST_DETAIL], self.clock.now()
        )


def refuse_elsewhere(who: Asker, drawing: Drawing) -> None:
    """A picture is judged in its channel; who asked for it may do so wherever it is shown to them."""
    if drawing.channel_id not in (None, who.channel_id) and drawing.person_id != who.person_id:
        raise NotOpen
