"""Random ledgers for tests of spend: pictures of the bot with charges and votes, and usage records, put in as rows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from sqlalchemy import insert

from bot.ledger.ledger import Ledger
from bot.ledger.pictures import PictureState
from bot.ledger.tables import charges, drawings, generations, votes
from bot.ledger.usage_tables import usage_records
from tests.kit.records import record

LANES = ("budget", "premium", None)
MODELS = ("gpt-image-2.5-flare", "gpt-image-2", "gpt-image-2-2026-04-21")
KINDS = ("draw", "edit")
CHANNELS = ("C1", "C2", None)
PEOPLE = ("U1", "U2")
ENDED_AT = datetime(2027, 1, 1, tzinfo=UTC)
PROJECTS = ("kites", "boats", None)


@dataclass(frozen=True)
class Picture:
    """One call of the bot. `ballots` are every vote in its order; the last one of a person counts."""

    at: datetime
    state: PictureState
    demo: bool
    lane: str | None
    model: str
    person: str
    channel: str | None
    source: str
    booked: tuple[int, ...]
    ballots: tuple[tuple[str, str], ...]
    retried: bool
    project: str | None

    @property
    def pictured(self) -> bool:
        return self.state in (PictureState.PAID, PictureState.DELIVERED)

    @property
    def verdict(self) -> str | None:
        last = dict(self.ballots)
        keeps = sum(vote == "keep" for vote in last.values())
        return None if not last else "keep" if 2 * keeps > len(last) else "reject"


@dataclass(frozen=True)
class SampleLedger:
    pictures: tuple[Picture, ...]
    records: tuple[dict[str, Any], ...]

    @property
    def standing(self) -> list[dict[str, Any]]:
        """The records that nobody ended."""
        return [one for one in self.records if one["reason"] is None]


def ledgers(start: datetime, hours: int) -> st.SearchStrategy[SampleLedger]:
    """Everything in it lies within so many hours after `start`."""
    at = st.integers(0, hours * 60).map(lambda minutes: start + timedelta(minutes=minutes))
    return st.builds(
        SampleLedger, st.lists(pictures(at), max_size=12).map(tuple), st.lists(records(at), max_size=12).map(tuple)
    )


def pictures(at: st.SearchStrategy[datetime]) -> st.SearchStrategy[Picture]:
    amounts = st.integers(0, 10**10)
    return st.builds(
        Picture,
        at,
        st.sampled_from([*PictureState, PictureState.DELIVERED, PictureState.DELIVERED, PictureState.PAID]),
        st.sampled_from([False, False, False, True]),
        st.sampled_from(LANES),
        st.sampled_from(MODELS),
        st.sampled_from(PEOPLE),
        st.sampled_from(CHANNELS),
        st.sampled_from(["slack", "terminal"]),
        st.sampled_from([1, 2]).flatmap(lambda count: st.tuples(*[amounts] * count)) | st.just(()),
        st.lists(st.tuples(st.sampled_from(["U1", "U2", "U3"]), st.sampled_from(["keep", "reject"])), max_size=5).map(
            tuple
        ),
        st.booleans(),
        st.sampled_from(PROJECTS),
    )


@st.composite
def records(draw: Callable[..., Any], at: st.SearchStrategy[datetime]) -> dict[str, Any]:
    images = draw(st.integers(1, 9) | st.sampled_from([0, None]))
    source = draw(st.sampled_from(["catalogue", "ads", "unreviewed"]))
    most = 0 if source == "unreviewed" else images or 0
    kept = draw(st.none() | st.integers(0, most)) if most else None
    amount = draw(st.none() | st.integers(0, 10**12))
    ended = draw(st.sampled_from([None, None, None, "void", "replaced"]))
    return {
        "occurred_at": draw(at),
        "images": images,
        "kept": kept,
        "rejected": draw(st.none() | st.integers(0, most - (kept or 0))) if most else None,
        "kind": draw(st.sampled_from(KINDS)),
        "ended_at": ended and ENDED_AT,
        "ended_by": ended and "sample",
        "reason": ended,
        "amount_nanousd": amount,
        "basis": "unknown" if amount is None else "usage",
        "lane": draw(st.sampled_from(LANES)),
        "model": draw(st.sampled_from(MODELS)),
        "source": source,
        "project": draw(st.sampled_from(PROJECTS)),
        "person_id": draw(st.sampled_from([*PEOPLE, None])),
    }


def put(store: Ledger, team_id: str, ledger: SampleLedger) -> None:
    rows = [record(team_id=team_id, **changes) for changes in ledger.records]
    with store.transaction() as connection:
        if rows:
            connection.execute(insert(usage_records), rows)
        for number, picture in enumerate(ledger.pictures):
            _put_picture(connection, team_id, f"g{number}", picture)


def _put_picture(connection: Any, team_id: str, name: str, picture: Picture) -> None:
    drawn = picture.at if picture.pictured else None
    asked_at = picture.at if drawn is None else picture.at - timedelta(days=3)  # a queue may hold it over a midnight
    drawing = {
        "team_id": team_id,
        "id": name,
        "request_key": name,
        "person_id": picture.person,
        "channel_id": picture.channel,
        "source": picture.source,
        "prompt": "a red kite",
        "parent_id": None,
        "project": picture.project,
        "created_at": asked_at,
    }
    generation = {
        "team_id": team_id,
        "id": name,
        "drawing_id": name,
        "position": 0,
        "lane": picture.lane,
        "model": picture.model,
        "quality": "medium",
        "width": 1024,
        "height": 1024,
        "state": picture.state,
        "state_at": picture.at,
        "expected_nanousd": 0,
        "reserved_nanousd": 0,
        "period": "2026-11",
        "demo": picture.demo,
        "version": 1,
        "created_at": asked_at,
        "drawn_at": drawn,
    }
    connection.execute(insert(drawings), [drawing])
    connection.execute(insert(generations), [generation])
    if picture.retried:
        again = {"id": f"{name}-again", "request_key": f"{name}-again", "parent_id": name}
        connection.execute(insert(drawings), [drawing | again])
    for kind, amount in zip(("assumed", "correction"), picture.booked, strict=False):
        booked = {"team_id": team_id, "id": f"{name}-{kind}", "generation_id": name, "kind": kind}
        connection.execute(
            insert(charges), [booked | {"amount_nanousd": amount, "period": "2026-11", "at": picture.at}]
        )
    for number, (person, verdict) in enumerate(picture.ballots, 1):
        vote = {"team_id": team_id, "generation_id": name, "number": number, "person_id": person}
        connection.execute(insert(votes), [vote | {"verdict": verdict, "at": picture.at}])
