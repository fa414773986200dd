"""The lane a channel chose: one a channel, each change in the audit."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

from sqlalchemy import select

from bot.ledger import lane_choices
from bot.ledger.lane_choices import LaneChoice
from bot.ledger.ledger import Ledger
from bot.ledger.tables import audits
from tests.kit.wishes import NOW, at_once

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
    rows = chosen_in_audit(store)
    assert rows == [
        ("lane choice taken back", "U2", "C1"),
        ("lane chosen", "U1", "C1: legacy medium, blind test 8g4m3r0ye5"),
        ("lane chosen", "U1", "C1: premium high, blind test 7f3k2q9xd4"),
    ]


def chosen_in_audit(store: Ledger) -> list[tuple[str, str, str]]:
    with store.engine.begin() as connection:
        rows = connection.execute(select(audits.c.what, audits.c.person_id, audits.c.detail)).all()
    return sorted((row.what, row.person_id, row.detail) for row in rows)


def test_many_who_choose_the_same_at_once_choose_it_once_and_nobody_hears_of_a_fault(store: Ledger) -> None:
    for turn in range(10):
        presses = [partial(store.write, lane_choices.choose, "T1", f"C{turn}", f"U{n}", PREMIUM, NOW) for n in range(4)]
        assert sorted(map(str, at_once(presses))) == ["False", "False", "False", "True"]
    assert len(chosen_in_audit(store)) == 10


def test_the_same_lane_after_another_blind_test_changes_nothing(store: Ledger) -> None:
    store.write(lane_choices.choose, "T1", "C1", "U1", PREMIUM, NOW)
    again = replace(PREMIUM, bench_id=LEGACY.bench_id)
    assert not store.write(lane_choices.choose, "T1", "C1", "U2", again, NOW)
    assert store.write(lane_choices.choose, "T1", "C1", "U2", replace(PREMIUM, quality="low"), NOW)
