"""Votes: kept as history, one counts for each person and image."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from bot.errors import NotOpen
from bot.ledger.pictures import JUDGEABLE, WITHDRAWN, Drawing, Generation, Vote
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
    seen: int | None = None,
) -> tuple[Generation, bool]:
    """The image with its votes, and whether anything changed. `seen`: how many votes the message that was pressed told
    of. The same press again on what tells of the person's vote takes it back; on what was drawn before, it is that
    vote."""
    lock_generation(connection, team_id, generation_id)
    image = generation(connection, team_id, generation_id)
    if image.state not in JUDGEABLE or _of_bench(connection, image):
        raise NotOpen
    pressed = Vote(person_id, verdict, reason, now)
    theirs = _of_person(connection, team_id, generation_id, person_id)
    if seen is not None and theirs:
        pressed = _meant(pressed, theirs, seen >= theirs[-1][0])
    if not cast_if_new(connection, team_id, generation_id, pressed):
        return image, False
    if enqueue is not None:
        enqueue(connection, drawing(connection, team_id, image.drawing_id))
    return generation(connection, team_id, generation_id), True


def _meant(pressed: Vote, theirs: Sequence[tuple[int, Vote]], tells_of_it: bool) -> Vote:
    """A double click comes from one drawing of the message: its second half is the first once more."""
    last = theirs[-1][1]
    taken_back = last.verdict == WITHDRAWN
    before = theirs[-2][1].verdict if taken_back and len(theirs) > 1 else None
    if tells_of_it:
        return replace(pressed, verdict=WITHDRAWN) if pressed.verdict == last.verdict else pressed
    return last if pressed.verdict == before else pressed


def reject_retried(connection: Connection, team_id: str, generation_id: str, person_id: str, now: datetime) -> None:
    """Who asks for another did not keep this one, unless they have said otherwise. Raises NotOpen when unknown."""
    lock_generation(connection, team_id, generation_id)
    image = generation(connection, team_id, generation_id)
    judgeable = image.state in JUDGEABLE and not _of_bench(connection, image)
    stands = last(connection, team_id, generation_id, person_id)
    if judgeable and (stands is None or stands.verdict == WITHDRAWN):
        _cast(connection, team_id, generation_id, Vote(person_id, "reject", "retried", now))


def history(connection: Connection, team_id: str, generation_id: str) -> tuple[Vote, ...]:
    """Every vote ever cast on the image, first to last."""
    return tuple(vote for _, vote in _numbered(connection, team_id, generation_id))


def _numbered(connection: Connection, team_id: str, generation_id: str) -> tuple[tuple[int, Vote], ...]:
    question = select(votes).where(votes.c.team_id == team_id, votes.c.generation_id == generation_id)
    return tuple((row.number, read(row)) for row in connection.execute(question.order_by(votes.c.number)))


def read(row: Row[Any]) -> Vote:
    return Vote(row.person_id, row.verdict, row.reason, row.at, row.confidence)


def standing(connection: Connection, team_id: str, generation_id: str) -> tuple[Vote, ...]:
    """The last vote of each person who did not take it back, in the order they were cast."""
    last = {vote.person_id: vote for vote in history(connection, team_id, generation_id)}
    return tuple(sorted((vote for vote in last.values() if vote.verdict != WITHDRAWN), key=lambda vote: vote.at))


def of_drawing(connection: Connection, whole: Drawing) -> dict[str, tuple[Vote, ...]]:
    """The votes on each of its images, as they stand, by the image's id."""
    return {one.id: standing(connection, whole.team_id, one.id) for one in whole.generations if one.cast}


def cast_if_new(connection: Connection, team_id: str, generation_id: str, vote: Vote) -> bool:
    """False when the person's vote stands like that already. A reason stays as long as the verdict does. The image's
    row, or its bench's, must be locked."""
    stands = last(connection, team_id, generation_id, vote.person_id)
    if stands is not None and stands.verdict == vote.verdict:
        vote = replace(vote, reason=vote.reason or stands.reason)
    if stands is not None and replace(vote, at=stands.at) == stands:
        return False
    _cast(connection, team_id, generation_id, vote)
    return True


def _of_bench(connection: Connection, image: Generation) -> bool:
    """Those are judged where nobody sees whose they are, and not at all once that is known."""
    here = (drawings.c.team_id == image.team_id, drawings.c.id == image.drawing_id)
    return connection.execute(select(drawings.c.bench_id).where(*here)).scalar() is not None


def last(connection: Connection, team_id: str, generation_id: str, person_id: str) -> Vote | None:
    """How that person's vote stands."""
    theirs = _of_person(connection, team_id, generation_id, person_id)
    return theirs[-1][1] if theirs else None


def _of_person(
    connection: Connection, team_id: str, generation_id: str, person_id: str
) -> tuple[tuple[int, Vote], ...]:
    every = _numbered(connection, team_id, generation_id)
    return tuple((number, vote) for number, vote in every if vote.person_id == person_id)


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
