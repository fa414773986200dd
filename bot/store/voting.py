"""Votes: kept as history, one counts for each person and image."""

from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from bot.drawings import JUDGEABLE, Generation, Vote
from bot.errors import NotOpen
from bot.store.rows import Enqueue, drawing, generation, lock_generation
from bot.store.tables import generations, votes


def vote(
    connection: Connection,
    team_id: str,
    generation_id: str,
    person_id: str,
    verdict: str,
    reason: str | None,
    now: datetime,
    enqueue: Enqueue | None,
) -> tuple[Generation, bool]:
    """The image with its votes, and whether anything changed. The same press again changes nothing."""
    lock_generation(connection, team_id, generation_id)
    seen = generation(connection, team_id, generation_id)
    if seen.state not in JUDGEABLE:
        raise NotOpen
    stands = _last(connection, seen, person_id)
    if stands is not None and stands.verdict == verdict and reason in (None, stands.reason):
        return seen, False
    _cast(connection, seen, Vote(person_id, verdict, reason, now))
    if enqueue is not None:
        enqueue(connection, drawing(connection, team_id, seen.drawing_id))
    return generation(connection, team_id, generation_id), True


def reject_retried(connection: Connection, team_id: str, generation_id: str, person_id: str, now: datetime) -> None:
    """Who asks for another did not keep this one, unless they have said otherwise. Raises NotOpen when unknown."""
    lock_generation(connection, team_id, generation_id)
    seen = generation(connection, team_id, generation_id)
    if seen.state in JUDGEABLE and _last(connection, seen, person_id) is None:
        _cast(connection, seen, Vote(person_id, "reject", "retried", now))


def history(connection: Connection, team_id: str, generation_id: str) -> tuple[Vote, ...]:
    """Every vote ever cast on the image, first to last."""
    question = select(votes).where(votes.c.team_id == team_id, votes.c.generation_id == generation_id)
    rows = connection.execute(question.order_by(votes.c.number))
    return tuple(Vote(row.person_id, row.verdict, row.reason, row.at) for row in rows)


def standing(connection: Connection, team_id: str, generation_id: str) -> tuple[Vote, ...]:
    """The last vote of each person, in the order they were cast."""
    last = {vote.person_id: vote for vote in history(connection, team_id, generation_id)}
    return tuple(sorted(last.values(), key=lambda vote: vote.at))


def _last(connection: Connection, image: Generation, person_id: str) -> Vote | None:
    cast = [vote for vote in history(connection, image.team_id, image.id) if vote.person_id == person_id]
    return cast[-1] if cast else None


def _cast(connection: Connection, image: Generation, vote: Vote) -> None:
    """The image's row must be locked: its votes are numbered one after the other."""
    here = (votes.c.team_id == image.team_id, votes.c.generation_id == image.id)
    number = connection.execute(select(func.count()).select_from(votes).where(*here)).scalar_one() + 1
    connection.execute(
        insert(votes).values(
            team_id=image.team_id,
            generation_id=image.id,
            number=number,
            person_id=vote.person_id,
            verdict=vote.verdict,
            reason=vote.reason,
            at=vote.at,
        )
    )
    connection.execute(
        update(generations)
        .where(generations.c.team_id == image.team_id, generations.c.id == image.id)
        .values(version=generations.c.version + 1)
    )
