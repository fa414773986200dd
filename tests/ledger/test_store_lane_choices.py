"""The lane a channel chose: one a channel, each change in the audit."""

from datetime import timedelta

from sqlalchemy import select

from bot.ledger import lane_choices
from bot.ledger.lane_choices import LaneChoice
from bot.ledger.ledger import Ledger
from bot.ledger.tables import audits
from tests.kit.wishes import NOW

PREMIUM, LEGACY = LaneChoice("premium", "high", "7f3k2q9xd4"), LaneChoice("legacy", "medium", "8g4m3r0ye5")


def test_a_channel_has_the_lane_it_chose_last_until_it_is_taken_back(store: Ledger) -> None:
    assert store.read(lane_choices.chosen, "T1", "C1") is None
    for choice, changes in ((PREMIUM, True), (PREMIUM, False), (LEGACY, True)):
        assert store.write(lane_choices.choose, "T1", "C1", "U1", choice, NOW) is changes
        assert store.read(lane_choices.chosen, "T1", "C1") == choice
    elsewhere = [store.read(lane_choices.chosen, *place) for place in (("T1", "C2"), ("T2", "C1"))]
    assert elsewhere == [None, None]
    for changes in (True, False):
        assert store.write(lane_choices.take_back, "T1", "C1", "U2", NOW + timedelta(hours=1)) is changes
        assert store.read(lane_choices.chosen, "T1", "C1") is None
    with store.engine.begin() as connection:
        rows = connection.execute(
            select(audits.c.what, audits.c.person_id, audits.c.detail).order_by(audits.c.at)
        ).all()
    assert sorted(rows) == [
        ("lane choice taken back", "U2", "C1"),
        ("lane chosen", "U1", "C1: legacy medium, blind test 8g4m3r0ye5"),
        ("lane chosen", "U1", "C1: premium high, blind test 7f3k2q9xd4"),
    ]
