"""Blind comparisons in the books: reserved whole, drawn on, dropped by whole prompts; never one cent twice."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from bot import periods
from bot.bench import rows_calls, rows_ends, rows_pages, rows_read, rows_votes
from bot.bench.plan import Bench, BenchCost, quote
from bot.budgets.rows import BudgetRows
from bot.errors import Busy, NotOpen, OverBudget, Paused, SlowDown
from bot.ledger import holds, mix_sums, mixes, pauses, questions, settlement
from bot.ledger import rows as ledger_rows
from bot.ledger.bench_states import BenchState
from bot.ledger.ledger import Ledger
from bot.ledger.limits import WORKSPACE, Scope
from bot.ledger.metered import metered
from bot.ledger.pictures import Blocked, Drawing, Failed, Limits, Outcome, Uncertain
from bot.ledger.pictures import PictureState as Call
from bot.ledger.tables import audits, generations
from bot.money import nanousd
from tests.kit.benches_made import COST, ROOMY, call, drawn, grid, judge, plan, planned, started
from tests.kit.clock import moment
from tests.kit.wishes import IMAGE, LIMITS, NEEDED, NOW, PAID, at_once, called, wish


def left(store: Ledger, scope: Scope = WORKSPACE) -> tuple[int, int]:
    """Spent and reserved of a budget, which must agree with the rows."""
    assert store.read(holds.differences) == []
    (found,) = BudgetRows(store.engine).standings("T1", ROOMY, [scope])[-1:]
    return found.left.spent_nanousd, found.left.reserved_nanousd


def quoted(bench: Bench) -> BenchCost:
    return quote(bench.plan, grid(bench.plan))


def test_a_plan_costs_nothing_and_the_same_click_makes_it_once(store: Ledger) -> None:
    first = planned(store, request_key="click")
    assert planned(store, request_key="click").id == first.id
    assert (first.state, len(first.prompts), first.progress.images) == (BenchState.PLANNED, 6, 0)
    assert store.read(holds.differences) == []
    assert store.read(rows_calls.waiting, "T1", first.id) == ()
    assert [bench.id for bench in store.read(rows_read.listed, "T1", 5)] == [first.id]
    with pytest.raises(NotOpen):
        store.read(rows_read.bench, "T2", first.id)


def test_R61_a_bench_is_reserved_whole_against_every_budget(store: Ledger) -> None:
    BudgetRows(store.engine).tie("T1", "C1", "kites", "U9", NOW)
    scopes = [Scope("channel", "C1"), Scope("person", "U1"), Scope("project", "kites")]
    for scope in scopes:
        BudgetRows(store.engine).change("T1", scope, (100 * NEEDED, "week"), 0, "U9", NOW, ROOMY)
    bench = started(store)
    whole = nanousd(quoted(bench).most_usd)
    assert whole == 14 * NEEDED  # 12 calls, and 2 that may be made again
    for scope in (WORKSPACE, *scopes):
        assert left(store, scope) == (0, whole)
    assert bench.state is BenchState.DRAWING
    assert len(store.read(rows_calls.waiting, "T1", bench.id)) == 12


@pytest.mark.parametrize("scope", [WORKSPACE, Scope("channel", "C1"), Scope("person", "U1")])
def test_R61_with_money_for_half_nothing_is_reserved_and_both_amounts_are_said(store: Ledger, scope: Scope) -> None:
    bench = planned(store)
    BudgetRows(store.engine).change("T1", scope, (14 * NEEDED - 1, "month"), 0, "U9", NOW, ROOMY)
    with pytest.raises(OverBudget, match=r"it needs \$0\.476 and .* \$0\.475 left"):
        store.write(rows_calls.start, "T1", bench.id, grid(bench.plan), ROOMY, moment(NOW))
    assert left(store, scope) == (0, 0)
    assert store.read(rows_read.bench, "T1", bench.id).state is BenchState.PLANNED
    assert store.read(rows_calls.waiting, "T1", bench.id) == ()
    BudgetRows(store.engine).change("T1", scope, (14 * NEEDED, "month"), 1, "U9", NOW, ROOMY)
    store.write(rows_calls.start, "T1", bench.id, grid(bench.plan), ROOMY, moment(NOW))
    with pytest.raises(OverBudget):
        store.admit(wish(), ROOMY, moment(NOW))


def test_its_cap_holds_at_planning_and_when_prices_have_risen_since(store: Ledger) -> None:
    with pytest.raises(OverBudget, match=r"needs up to \$0\.476 and its cap is \$0\.475"):
        planned(store, plan(cap_nanousd=14 * NEEDED - 1))
    bench = planned(store, plan(cap_nanousd=14 * NEEDED))
    with pytest.raises(OverBudget, match="its cap"):
        store.write(rows_calls.start, "T1", bench.id, grid(bench.plan, NEEDED + 1), ROOMY, moment(NOW))
    assert store.read(holds.differences) == []


def test_started_by_many_at_once_it_is_reserved_once(store: Ledger) -> None:
    bench = planned(store)
    work = partial(store.write, rows_calls.start, "T1", bench.id, grid(bench.plan), ROOMY, moment(NOW))
    assert sorted(new for _, new in at_once([work] * 8)) == [False] * 7 + [True]
    assert left(store) == (0, 14 * NEEDED)


def test_it_is_held_against_pauses_queue_and_pace_like_any_command(store: Ledger) -> None:
    bench = planned(store)

    def start(limits: Limits) -> None:
        store.write(rows_calls.start, "T1", bench.id, grid(bench.plan), limits, moment(NOW))

    with pytest.raises(Busy):
        start(replace(ROOMY, queue=11))
    store.admit(wish(), ROOMY, moment(NOW))
    with pytest.raises(SlowDown):
        start(replace(ROOMY, per_minute=1))
    store.write(
        pauses.pause, "gpt-image-2.5-sunburst", NOW, "No access.", NOW
    )  # its time is over, but nobody has tried
    with pytest.raises(Paused, match="try` one first"):
        start(ROOMY)
    store.write(pauses.unpause, "gpt-image-2.5-sunburst")
    start(ROOMY)
    store.admit(wish(), replace(ROOMY, per_minute=2), moment(NOW))  # its images are no commands of that person


def test_settled_by_the_same_books_it_ends_with_what_it_cost_and_nothing_reserved(store: Ledger) -> None:
    bench = drawn(store)
    assert (bench.state, bench.progress.done, bench.progress.failed) == (BenchState.REVIEWING, 12, 0)
    assert left(store) == (12 * COST, 0)
    assert bench.progress.spent_nanousd == 12 * COST
    assert store.read(rows_read.drawing) == ()


@pytest.mark.parametrize("outcome", [Uncertain("no_answer"), Failed("busy")])
def test_R31_a_lost_call_is_made_once_more_inside_the_reservation_and_never_twice(
    store: Ledger, outcome: Outcome
) -> None:
    bench = started(store)
    whole = left(store)[1]
    first, *_ = store.read(rows_calls.waiting, "T1", bench.id)
    made: list[Drawing] = []
    call(store, first, outcome)
    for _ in range(2):
        bench = store.write(rows_calls.advance, "T1", bench.id, moment(NOW), lambda _, drawing: made.append(drawing))
    ((again,),) = [drawing.generations for drawing in made]
    assert (again.lane, again.state, again.reserved_nanousd) == ("budget", Call.PLACED, NEEDED)
    assert bench.held_nanousd == NEEDED
    spent, reserved = left(store)
    assert (spent, reserved) == ((NEEDED, whole - NEEDED) if outcome != Failed("busy") else (0, whole - NEEDED))
    call(store, again.id, outcome)
    bench = store.write(rows_calls.advance, "T1", bench.id, moment(NOW))
    assert [prompt.place for prompt in bench.prompts if prompt.dropped] == [0]
    assert bench.held_nanousd == NEEDED
    for generation_id in store.read(rows_calls.waiting, "T1", bench.id):
        call(store, generation_id)
    bench = store.write(rows_calls.advance, "T1", bench.id, moment(NOW))
    assert (bench.state, len(bench.remaining), left(store)[1]) == (BenchState.REVIEWING, 5, 0)


def test_without_spare_a_lost_call_costs_its_prompt_and_lanes_stay_equal(store: Ledger) -> None:
    bench = started(store, plan(prompts=5))  # 10 calls, 1 spare
    budget, premium, second, *_ = store.read(rows_calls.waiting, "T1", bench.id)
    call(store, budget, Uncertain("no_answer"))
    call(store, second, Uncertain("no_answer"))
    bench = store.write(rows_calls.advance, "T1", bench.id, moment(NOW))
    assert [(prompt.place, prompt.dropped) for prompt in bench.prompts if prompt.dropped] == [(1, "no_spare")]
    assert store.read(ledger_rows.generation, "T1", premium).state is Call.PLACED
    assert left(store)[0] == 2 * NEEDED


def test_R61_a_call_that_fails_for_good_drops_its_prompt_and_gives_the_other_lane_s_money_back(store: Ledger) -> None:
    bench = started(store)
    blocked, other, *_ = store.read(rows_calls.waiting, "T1", bench.id)
    call(store, blocked, Blocked("moderation", "input"))
    bench = store.write(rows_calls.advance, "T1", bench.id, moment(NOW))
    assert bench.prompts[0].dropped == "moderation"
    assert (
        store.read(ledger_rows.generation, "T1", other).state,
        store.read(ledger_rows.generation, "T1", other).reason,
    ) == (Call.FAILED, "dropped")
    assert left(store) == (0, 12 * NEEDED)


def test_R61_stopped_in_the_middle_whole_prompts_are_dropped_and_their_money_is_free_again(store: Ledger) -> None:
    bench = started(store)
    for generation_id in store.read(rows_calls.waiting, "T1", bench.id)[:5]:
        call(store, generation_id)
    store.write(
        settlement.claim, "T1", store.read(rows_calls.waiting, "T1", bench.id)[0], "w", NOW, NOW
    )  # on its way: it can't be taken back
    bench = store.write_once(rows_ends.stop, "T1", bench.id, "U1", moment(NOW))
    assert (bench.state, len(bench.remaining)) == (BenchState.DRAWING, 3)
    assert left(store) == (5 * COST, 3 * NEEDED)
    store.settle("T1", store.read(rows_calls.waiting, "T1", bench.id)[0], PAID, moment(NOW))
    bench = store.write(rows_calls.advance, "T1", bench.id, moment(NOW))
    assert (bench.state, [prompt.place for prompt in bench.remaining]) == (BenchState.REVIEWING, [0, 1, 2])
    assert left(store) == (6 * COST, 0)
    with pytest.raises(NotOpen):
        store.write_once(rows_ends.stop, "T1", bench.id, "U1", moment(NOW))


def test_stopped_before_any_prompt_is_whole_it_has_no_review(store: Ledger) -> None:
    bench = started(store)
    call(store, store.read(rows_calls.waiting, "T1", bench.id)[0])
    bench = store.write_once(rows_ends.stop, "T1", bench.id, "U1", moment(NOW))
    assert (bench.state, bench.reason, left(store)) == (BenchState.CANCELLED, "nothing_drawn", (COST, 0))


@pytest.mark.parametrize("how_far", ["planned", "started", "drawn"])
def test_cancelled_it_holds_no_money_and_never_moves_again(store: Ledger, how_far: str) -> None:
    bench = {"planned": planned, "started": started, "drawn": drawn}[how_far](store)
    bench = store.write_once(rows_ends.cancel, "T1", bench.id, "U1", moment(NOW))
    assert (bench.state, store.read(rows_calls.waiting, "T1", bench.id)) == (BenchState.CANCELLED, ())
    assert store.read(holds.differences) == []
    assert store.read(holds.left, "T1", ROOMY).reserved_nanousd == 0
    assert store.write(rows_calls.advance, "T1", bench.id, moment(NOW)) == bench
    for act in (rows_ends.cancel, rows_ends.stop):
        with pytest.raises(NotOpen):
            store.write_once(act, "T1", bench.id, "U1", moment(NOW))
    with pytest.raises(NotOpen):
        store.write(rows_calls.start, "T1", bench.id, grid(bench.plan), ROOMY, moment(NOW))


def test_what_is_dropped_was_never_started_and_what_was_started_is_not_dropped(store: Ledger) -> None:
    unwanted, running = planned(store, request_key="click 1"), planned(store, request_key="click 2")
    store.write(rows_calls.start, "T1", running.id, grid(running.plan), ROOMY, moment(NOW))
    dropped = store.write_once(rows_ends.drop, "T1", unwanted.id, "U1", moment(NOW))
    assert (dropped.state, dropped.reason) == (BenchState.CANCELLED, "cancelled")
    with pytest.raises(NotOpen, match="is still being drawn"):
        store.write_once(rows_ends.drop, "T1", running.id, "U1", moment(NOW))
    assert store.read(rows_read.bench, "T1", running.id).state is BenchState.DRAWING


def test_a_budget_first_set_while_a_bench_holds_money_starts_from_all_of_it(store: Ledger) -> None:
    started(store)
    BudgetRows(store.engine).change("T1", Scope("channel", "C1"), (100 * NEEDED, "week"), 0, "U9", NOW, ROOMY)
    assert left(store, Scope("channel", "C1")) == (0, 14 * NEEDED)


def test_a_late_answer_to_a_call_drawn_again_is_booked_and_does_not_displace_the_other(store: Ledger) -> None:
    bench = started(store, plan(prompts=5))
    late, *_ = store.read(rows_calls.waiting, "T1", bench.id)
    call(store, late, Uncertain("no_answer"))
    store.write(rows_calls.advance, "T1", bench.id, moment(NOW))
    for generation_id in store.read(rows_calls.waiting, "T1", bench.id):
        call(store, generation_id)
    store.settle("T1", late, PAID, moment(NOW))
    bench = store.write(rows_calls.advance, "T1", bench.id, moment(NOW))
    assert (bench.state, bench.progress.done, left(store)) == (BenchState.REVIEWING, 10, (11 * COST, 0))
    assert late not in [shown for _, shown, _ in store.read(rows_votes.sheet, "T1", bench.id, 0, "U2")]


def test_what_people_did_with_a_bench_is_in_the_audit(store: Ledger) -> None:
    first, second = started(store), started(store)
    store.write_once(rows_ends.stop, "T1", first.id, "U3", moment(NOW))
    store.write_once(rows_ends.cancel, "T1", second.id, "U4", moment(NOW))
    with store.engine.connect() as connection:
        rows = connection.execute(sa.select(audits.c.person_id, audits.c.detail).where(audits.c.what == "bench")).all()
    assert sorted(row.person_id for row in rows) == ["U1", "U1", "U3", "U4"]
    assert all(first.id in row.detail or second.id in row.detail for row in rows)


def test_a_demo_reserves_nothing(store: Ledger) -> None:
    bench = started(store, limits=replace(LIMITS, limit_nanousd=0), demo=True)
    assert (bench.held_nanousd, left(store)) == (0, (0, 0))
    assert (
        store.read(ledger_rows.generation, "T1", store.read(rows_calls.waiting, "T1", bench.id)[0]).reserved_nanousd
        == 0
    )


def test_a_person_s_try_still_works_beside_it(store: Ledger) -> None:
    started(store)
    row = called(store, images=(IMAGE,))
    assert store.settle("T1", row.id, PAID, moment(NOW)).charged_nanousd == COST
    assert store.read(holds.differences) == []


def test_what_an_open_bench_took_is_told_once_it_is_sealed(store: Ledger) -> None:
    bench = drawn(store)
    models = tuple(side.spec.model for side in bench.plan.entrants)
    with store.transaction() as connection:
        connection.execute(sa.update(generations).values(usage='{"image_out": 439}'))
    judge(store, bench, "U2", places=3)
    month = periods.Period("month", NOW - periods.DAY, NOW + periods.DAY)
    assert store.read(metered, "T1", models, month.start, month.end) == ()
    judge(store, bench, "U2")
    assert {one.spec.model for one in store.read(metered, "T1", models, month.start, month.end)} == set(models)
    assert store.read(mix_sums.parts, "T1", month) == ()  # a test is no part of the work


def test_a_bench_is_no_part_of_what_a_team_works_with(store: Ledger) -> None:
    """Neither of the mix a digest prices nor of the keep rates an estimate takes, before it is sealed and after."""
    bench, week = drawn(store), periods.week(NOW, ZoneInfo("UTC"))
    judge(store, bench, "U2", places=3)
    assert (store.read(mixes.used, "T1", week), store.read(questions.keep_counts, "T1", NOW)) == ((), ())
    judge(store, bench, "U2")
    assert (store.read(mixes.used, "T1", week), store.read(questions.keep_counts, "T1", NOW)) == ((), ())


def test_no_question_about_a_bench_reads_all_that_its_team_drew_or_voted(quick_store: Ledger) -> None:
    """SQLite knows no sizes: it takes an index by team alone where it may, and a vote then took seconds."""
    asked: list[tuple[str, Any]] = []
    bench = started(quick_store, plan(prompts=5))

    @sa.event.listens_for(quick_store.engine, "before_cursor_execute")
    def listen(_connection: Any, _cursor: Any, statement: str, values: Any, _context: Any, many: bool) -> None:
        if "bench" in statement and not many:
            asked.append((statement, values))

    for generation_id in quick_store.read(rows_calls.waiting, "T1", bench.id):
        call(quick_store, generation_id)
    bench = quick_store.write(rows_calls.advance, "T1", bench.id, moment(NOW))
    quick_store.read(rows_pages.page, "T1", bench.id, "U2")
    judge(quick_store, bench, "U2")
    quick_store.read(rows_votes.evidence, "T1", bench.id)
    with quick_store.engine.connect() as connection:
        plans = {
            (statement, row.detail)
            for statement, values in dict(asked).items()
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        }
    assert len({statement for statement, _ in plans}) > 10
    assert [plan for plan in plans if plan[1].endswith("(team_id=?)")] == []


def test_a_step_reads_the_bench_once_however_far_it_is(store: Ledger) -> None:
    bench = started(store)
    sent: list[str] = []
    for generation_id in store.read(rows_calls.waiting, "T1", bench.id)[:-1]:
        store.write(settlement.claim, "T1", generation_id, "w", NOW, NOW)
        store.settle("T1", generation_id, PAID, moment(NOW))
        with listened(store, sent):
            after, cells = store.write(rows_calls.step, "T1", bench.id, generation_id, moment(NOW))
    assert len([one for one in sent if "FROM benches" in one]) == 11
    assert len([one for one in sent if "FROM generations" in one]) == 11
    assert len(sent) <= 5 * 11  # a lock, the bench, its prompts, its calls, and its picture handed over
    assert (after.progress.done, len([cell for cell in cells if cell.state is Call.DELIVERED])) == (11, 10)
    assert store.read(rows_read.bench, "T1", bench.id).progress == after.progress


@contextmanager
def listened(store: Ledger, sent: list[str]) -> Iterator[None]:
    """Every statement sent meanwhile."""

    def hear(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)

    sa.event.listen(store.engine, "after_cursor_execute", hear)
    yield
    sa.event.remove(store.engine, "after_cursor_execute", hear)
