"""What Slack said of channels and people, remembered for a while: one memory for all processes."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine, select, update
from sqlalchemy.sql.elements import ColumnElement

from bot.store.again import repeated
from bot.store.engine import reading, writing
from bot.store.rows import insert_if_new
from bot.store.tables import slack_answers


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
    """One method, one transaction, as in `Store`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def recall(self, about: About, real: datetime, kept: timedelta) -> Memory:
        c = slack_answers.c
        with reading(self._engine) as connection:
            row = connection.execute(select(c.answer, c.asked_at, c.version).where(*_this(about))).first()
        if row is None:
            return Memory(None, None)
        fresh = abs(real - row.asked_at) < kept  # one from the future is of a clock that was set back since
        return Memory(row.answer if fresh else None, row.version)

    @repeated
    def learn(self, about: About, answer: str, seen: Memory, real: datetime) -> None:
        """What Slack said after `seen` was recalled. Forgotten meanwhile, it says nothing of what holds now."""
        with writing(self._engine) as connection:
            if seen.version is None:
                insert_if_new(connection, slack_answers, _row(about) | _said(answer, real, 0))
                return
            same = (*_this(about), slack_answers.c.version == seen.version)
            connection.execute(update(slack_answers).where(*same).values(_said(answer, real, seen.version + 1)))

    @repeated
    def forget(self, about: About, real: datetime) -> None:
        """An answer that is being waited for is not taken any more either."""
        c = slack_answers.c
        with writing(self._engine) as connection:
            if not insert_if_new(connection, slack_answers, _row(about) | _said(None, real, 0)):
                gone = {"answer": None, "asked_at": real, "version": c.version + 1}
                connection.execute(update(slack_answers).where(*_this(about)).values(gone))


def _row(about: About) -> dict[str, object]:
    return {"team_id": about.team_id, "kind": about.kind, "id": about.id}


def _said(answer: str | None, real: datetime, version: int) -> dict[str, object]:
    return {"answer": answer, "asked_at": real, "version": version}


def _this(about: About) -> tuple[ColumnElement[bool], ...]:
    c = slack_answers.c
    return c.team_id == about.team_id, c.kind == about.kind, c.id == about.id
