"""Votes: kept as history, one counts for each person and image."""

from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from bot.errors import NotOpen
from bot.ledger.pictures import JUDGEABLE, Generation, Vote
from bot.ledger.rows import Enqueue, drawing, generation, lock_generation
from bot.ledger.tables import drawings, generations, votes


def vote(
    connection: Connection,
    team_id: str,
    generation_id: str,
    person_id: str,
    verdict: str,
    reason: str | None,
    now: datetime,
    enqueue: Enqueue | None = None,
) -> tuple[Generation, bool]:
    """The image with its votes, and whether anything changed. The same press again changes nothing."""
    lock_generation(connection, team_id, generation_id)
    image = generation(connection, team_id, generation_id)
    if image.state not in JUDGEABLE or _of_bench(connection, image):
        raise NotOpen
    if not cast_if_new(connection, team_id, generation_id, Vote(person_id, verdict, reason, now)):
        return image, False
    if enqueue is not None:
        enqueue(connection, drawing(connection, team_id, image.drawing_id))
    return generation(connection, team_id, generation_id), True


def reject_retried(connection: Connection, team_id: str, generation_id: str, person_id: str, now: datetime) -> None:
    """Who asks for another did not keep this one, unless they have said otherwise. Raises NotOpen when unknown."""
    lock_generation(connection, team_id, generation_id)
    image = generation(connection, team_id, generation_id)
    judgeable = image.state in JUDGEABLE and not _of_bench(connection, image)
    if judgeable and _last(connection, team_id, generation_id, person_id) is None:
        _cast(connection, team_id, generation_id, Vote(person_id, "reject", "retried", now))


def history(connection: Connection, team_id: str, generation_id: str) -> tuple[Vote, ...]:
    """Every vote ever cast on the image, first to last."""
    question = select(votes).where(votes.c.team_id == team_id, votes.c.generation_id == generation_id)
    rows = connection.execute(question.order_by(votes.c.number))
    return tuple(map(read, rows))


def read(row: Row[Any]) -> Vote:
    return Vote(row.person_id, row.verdict, row.reason, row.at, row.confidence)


def standing(connection: Connection, team_id: str, generation_id: str) -> tuple[Vote, ...]:
    """The last vote of each person, in the order they were cast."""
    last = {vote.person_id: vote for vote in history(connection, team_id, generation_id)}
    return tuple(sorted(last.values(), key=lambda vote: vote.at))


def cast_if_new(connection: Connection, team_id: str, generation_id: str, vote: Vote) -> bool:
    """False when the person's vote stands like that already. The image's row, or its bench's, must be locked."""
    stands = _last(connection, team_id, generation_id, vote.person_id)
    if stands is not None and replace(vote, at=stands.at, reason=vote.reason or stands.reason) == stands:
        return False
    _cast(connection, team_id, generation_id, vote)
    return True


def _of_bench(connection: Connection, image: Generation) -> bool:
    """Those are judged where nobody sees whose they are, and not at all once that is known."""
    here = (drawings.c.team_id == image.team_id, drawings.c.id == image.drawing_id)
    return connection.execute(select(drawings.c.bench_id).where(*here)).scalar() is not None


def _last(connection: Connection, team_id: str, generation_id: str, person_id: str) -> Vote | None:
    theirs = [vote for vote in history(connection, team_id, generation_id) if vote.person_id == person_id]
    return theirs[-1] if theirs else None


def _cast(connection: Connection, team_id: str, generation_id: str, vote: Vote) -> None:
    """Under a lock: the votes of an image are numbered one after the other."""
    here = (votes.c.team_id == team_id, votes.c.generation_id == generation_id)
    number = connection.execute(select(func.count()).select_from(votes).where(*here)).scalar_one() + 1
    connection.execute(
        insert(votes).values(
            team_id=team_id,
            generation_id=generation_id,
            number=number,
            **asdict(vote),
        )
    )
    connection.execute(
        update(generations)
        .where(generations.c.team_id == team_id, generations.c.id == generation_id)
        .values(version=generations.c.version + 1)
    )
