"""What Slack said of channels and people, remembered for a while: one memory for all processes."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection, Engine, bindparam, select, update
from sqlalchemy.sql.elements import ColumnElement

from bot.errors import NotAllowed, StoreTrouble
from bot.ledger.rows import insert_if_new
from bot.ledger.slack_tables import slack_answers
from bot.store.again import repeated
from bot.store.engine import reading, writing

PERSON_KEPT = timedelta(days=1)
FOR_MEMBERS = (
    "Pictures here are paid for by the team, so please ask one of its members to draw this for you: nothing was run or "
    "charged."
)

log = logging.getLogger(__name__)


class Standing(StrEnum):
    """A guest is restricted in any way; an outsider is of another workspace."""

    MEMBER = "member"
    GUEST = "guest"
    OUTSIDER = "outsider"


@dataclass(frozen=True)
class About:
    """`kind` is channel or person."""

    team_id: str
    kind: str
    id: str


@dataclass(frozen=True)
class Memory:
    """`answer` None: not known, or too long ago. `version` counts how often it was forgotten or learnt; None: never."""

    answer: str | None
    version: int | None


class SlackAnswers:
    """One method, one transaction; `known` asks Slack between two."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def known(self, about: About, lifetime: timedelta, real: Callable[[], datetime], ask: Callable[[], str]) -> str:
        """What Slack said within `lifetime`, else what `ask` hears now; what can't be remembered is asked for again."""
        memory = self.recall(about, real(), lifetime)
        if memory.answer is not None:
            return memory.answer
        answer = ask()
        try:
            self.learn(about, answer, memory, real())
        except StoreTrouble as trouble:
            log.info("what Slack said of a %s could not be remembered: %s", about.kind, trouble.code)
        return answer

    def recall(self, about: About, real: datetime, lifetime: timedelta) -> Memory:
        with reading(self._engine) as connection:
            return _recalled(connection, about, real, lifetime)

    @repeated
    def learn(self, about: About, answer: str, memory: Memory, real: datetime) -> None:
        """What Slack said after `memory` was recalled. Forgotten meanwhile, it says nothing of what holds now."""
        with writing(self._engine) as connection:
            if memory.version is None:
                insert_if_new(connection, slack_answers, _row(about) | _said(answer, real, 0))
                return
            same = (*_this(about), slack_answers.c.version == memory.version)
            connection.execute(update(slack_answers).where(*same).values(_said(answer, real, memory.version + 1)))

    @repeated
    def forget(self, about: About, real: datetime) -> None:
        """An answer that is being waited for is not taken any more either."""
        c = slack_answers.c
        with writing(self._engine) as connection:
            if not insert_if_new(connection, slack_answers, _row(about) | _said(None, real, 0)):
                nothing = {"answer": None, "asked_at": real, "version": c.version + 1}
                connection.execute(update(slack_answers).where(*_this(about)).values(nothing))


def refuse_known(connection: Connection, team_id: str, person_id: str, real: datetime) -> None:
    """Whoever is no member, as far as that is known by now. Raises NotAllowed."""
    answer = _recalled(connection, About(team_id, "person", person_id), real, PERSON_KEPT).answer
    if answer not in (None, Standing.MEMBER):
        raise NotAllowed(FOR_MEMBERS)


def _recalled(connection: Connection, about: About, real: datetime, lifetime: timedelta) -> Memory:
    row = connection.execute(_ANSWER, _row(about)).first()
    if row is None:
        return Memory(None, None)
    fresh = abs(real - row.asked_at) < lifetime  # one from the future is of a clock that was set back since
    return Memory(row.answer if fresh else None, row.version)


def _row(about: About) -> dict[str, object]:
    return {"team_id": about.team_id, "kind": about.kind, "id": about.id}


def _said(answer: str | None, real: datetime, version: int) -> dict[str, object]:
    return {"answer": answer, "asked_at": real, "version": version}


def _this(about: About) -> tuple[ColumnElement[bool], ...]:
    c = slack_answers.c
    return c.team_id == about.team_id, c.kind == about.kind, c.id == about.id


_ANSWER = select(slack_answers.c.answer, slack_answers.c.asked_at, slack_answers.c.version).where(
    *(slack_answers.c[name] == bindparam(name) for name in ("team_id", "kind", "id"))
)
