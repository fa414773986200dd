"""The bulk of a sample bench is what its calls and votes leave behind when they are made one by one."""

from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.bench import rows_calls, rows_votes
from bot.bench.outcome import Ballot
from bot.bench.plan import Plan
from bot.ledger import holds
from bot.ledger import rows as ledger_rows
from bot.ledger.ledger import Ledger, open_ledger
from tests.kit.benches_made import Keeps, better, call, decided, drawn, judge, plan, started
from tests.kit.clock import moment
from tests.kit.wishes import NOW
from tests.store.test_both_databases import rows

BY_THREE = plan(prompts=5, lanes=3, reviewers=3)
BY_ONE = replace(BY_THREE, reviewers=1)
PEOPLE = ["U2", "U3", "U4"]


def at_once(store: Ledger, demo: bool) -> None:
    bench = drawn(store, BY_THREE, demo=demo, request_key="1")
    for places in (3, None):
        for person in PEOPLE:
            judge(store, bench, person, places=places)
    decided(store, BY_ONE, better, hours=1, demo=demo, request_key="2")


def one_by_one(store: Ledger, demo: bool) -> None:
    judged(store, BY_THREE, PEOPLE, lambda _place, _model: True, demo=demo, request_key="1")
    judged(store, BY_ONE, ["U2"], better, hours=1, demo=demo, request_key="2")


def judged(store: Ledger, asked: Plan, people: list[str], keeps: Keeps, hours: int = 0, **changes: Any) -> None:
    bench = started(store, asked, **changes)
    for generation_id in store.read(rows_calls.waiting, "T1", bench.id):
        call(store, generation_id)
    store.write(rows_calls.advance, "T1", bench.id, moment(NOW))
    for person in people:
        for place in range(len(asked.prompts)):
            for _, image, _ in store.read(rows_votes.sheet, "T1", bench.id, place, person):
                keep = keeps(place, store.read(ledger_rows.generation, "T1", image).spec.model)
                ballot = Ballot(image, "keep" if keep else "reject", 4)
                store.write_once(rows_votes.vote, "T1", bench.id, person, [ballot], NOW + timedelta(hours=hours))


@pytest.mark.parametrize("demo", [False, True])
def test_a_bench_written_at_once_is_the_one_made_call_by_call_and_vote_by_vote(
    sqlite_url: str, postgres_url: str, demo: bool
) -> None:
    with closing(open_ledger(sqlite_url, 10)) as first, closing(open_ledger(postgres_url, 10)) as second:
        at_once(first, demo)
        one_by_one(second, demo)
        assert first.read(holds.differences) == second.read(holds.differences) == []
        assert rows(first) == rows(second)
