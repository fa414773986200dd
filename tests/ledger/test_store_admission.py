"""Before the ack: rate, queue, pauses, money, and that a click is work only once."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from bot.errors import Busy, NotOpen, NotUnderstood, OverBudget, Paused, SlowDown
from bot.ledger import holds, pauses, rows, settlement, votes, workspaces
from bot.ledger.ledger import Ledger, open_ledger
from bot.ledger.limits import BudgetStanding, default, refused
from bot.ledger.pictures import Drawing, Failed, Left, PictureState
from tests.kit import cells
from tests.kit.clock import moment
from tests.kit.races import RUN, race
from tests.kit.wishes import IMAGE, LEASE, LIMITS, NEEDED, NOW, PAID, SPEC, at_once, called, paid, placed, wish

NOT_RUN = "Not drawn: it needs $0.034 and the workspace has $0.014 left this month. Nothing was charged."
REFUSED = f"{NOT_RUN} Workspace admins can raise it."
MINUTE, HOUR, SECOND = timedelta(minutes=1), timedelta(hours=1), timedelta(seconds=1)


def test_a_wish_is_stored_whole_and_its_money_reserved(store: Ledger) -> None:
    asked = wish(thread_ts="1763.1", images=(IMAGE, replace(IMAGE, lane="premium")))
    drawing, new = store.admit(asked, LIMITS, moment(NOW))
    assert new
    assert store.read(rows.drawing, "T1", drawing.id) == drawing
    assert (drawing.prompt, drawing.thread_ts, drawing.reply_url) == ("a red kite", "1763.1", asked.reply_url)
    assert [(part.lane, part.spec, part.state) for part in drawing.generations] == [
        ("budget", SPEC, PictureState.RESERVED),
        ("premium", SPEC, PictureState.RESERVED),
    ]
    assert store.read(holds.left, "T1", LIMITS) == Left("2026-11", 0, 2 * NEEDED, LIMITS.limit_nanousd)
    assert set(drawing.id) <= set("0123456789abcdefghjkmnpqrstvwxyz")
    assert len(drawing.id) == 10


def test_a_demo_wish_reserves_nothing(store: Ledger) -> None:
    drawing, _ = store.admit(wish(demo=True), replace(LIMITS, limit_nanousd=0), moment(NOW))
    assert drawing.generations[0].reserved_nanousd == 0
    assert store.read(holds.left, "T1", LIMITS).reserved_nanousd == 0


@pytest.mark.parametrize(("limit", "admitted"), [(NEEDED, True), (NEEDED - 1, False)])
def test_a_budget_holds_to_the_last_nano_dollar(store: Ledger, limit: int, admitted: bool) -> None:
    limits = replace(LIMITS, limit_nanousd=limit)
    if admitted:
        assert store.admit(wish(), limits, moment(NOW))[1]
    else:
        with pytest.raises(OverBudget):
            store.admit(wish(), limits, moment(NOW))


REFUSALS = [
    (34_000_000, 986_000_000, 1_000_000_000, NOT_RUN),
    (
        1_234_500_000,
        5_000_000,
        1_000_000_000,
        "Not drawn: it needs $1.24 and the workspace has $0.995 left this month. Nothing was charged.",
    ),
    (
        30_000_000,
        12_500_000_000,
        12_500_000_000,
        "Not drawn: it needs $0.03 and the workspace has nothing left this month. Nothing was charged.",
    ),
    (
        100,
        900_000_000,
        500_000_000,
        "Not drawn: it needs $0.001 and the workspace has nothing left this month. Nothing was charged.",
    ),
    (100, 0, 0, "Not drawn: paid pictures are stopped in this workspace. Nothing was charged."),
]


def test_the_refusal_says_what_was_needed_and_what_is_left() -> None:
    def says(needed: int, spent: int, limit: int, sentence: str) -> None:
        standing = BudgetStanding(default(LIMITS), Left("2026-11", spent, 0, limit))
        assert refused(needed, standing, "Workspace admins").sentence == f"{sentence} Workspace admins can raise it."

    cells.hold(REFUSALS, says)


# R57: fifty at once, one dollar, 3.4 cents each.


def _assert_29_of_50(url: str, rounds: int) -> None:
    """Each turn is a team with a dollar of its own."""
    answers = race(
        url,
        [
            [wish(team_id=f"T{turn}", person_id=f"U{number}", request_key=f"p{number}") for turn in range(rounds)]
            for number in range(50)
        ],
    )
    for turn in range(rounds):
        assert Counter(each[turn] for each in answers) == {RUN: 29, REFUSED: 21}
    store = open_ledger(url, busy_seconds=10)
    assert store.read(holds.differences) == []
    assert store.read(holds.left, "T0", LIMITS).reserved_nanousd == 986_000_000
    store.close()


def test_R57_of_fifty_at_once_exactly_those_with_money_run(database_url: str) -> None:
    _assert_29_of_50(database_url, rounds=1)


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_R57_of_fifty_at_once_two_hundred_times(database_url: str) -> None:
    _assert_29_of_50(database_url, rounds=200)


# R04: the same request again.


def test_R04_twenty_copies_of_a_request_are_one_row_and_one_job(store: Ledger) -> None:
    jobs: list[str] = []

    def enqueue(_: Connection, drawing: Drawing) -> None:
        jobs.append(drawing.id)

    same = wish()
    answers = at_once([lambda: store.admit(same, LIMITS, moment(NOW), enqueue)] * 20)
    assert len({drawing.id for drawing, _ in answers}) == 1
    assert sorted(new for _, new in answers) == [False] * 19 + [True]
    assert len(jobs) == 1
    assert store.read(holds.left, "T1", LIMITS).reserved_nanousd == NEEDED


def test_R04_a_copy_is_known_even_when_the_budget_or_the_patience_is_used_up(store: Ledger) -> None:
    same = wish()
    first, _ = store.admit(same, LIMITS, moment(NOW))
    tight = replace(LIMITS, limit_nanousd=NEEDED, per_minute=1, queue=1)
    assert store.admit(same, tight, moment(NOW)) == (first, False)


def test_R04_a_copy_across_the_end_of_a_period_is_known(store: Ledger) -> None:
    same = wish()
    months = [replace(LIMITS, period=period) for period in ("2026-11", "2026-12")]
    works = [partial(store.admit, same, limits, moment(NOW)) for limits in months]
    answers = at_once(works)
    assert sorted(new for _, new in answers) == [False, True]
    assert store.read(holds.differences) == []


def test_R04_the_same_click_id_in_another_team_is_other_work(store: Ledger) -> None:
    assert store.admit(wish(request_key="same"), LIMITS, moment(NOW))[1]
    assert store.admit(wish(request_key="same", team_id="T2"), LIMITS, moment(NOW))[1]


def test_R37_a_job_that_could_not_be_stored_takes_its_row_with_it(store: Ledger) -> None:
    def fail(_: Connection, __: Drawing) -> None:
        raise RuntimeError("no job")

    same = wish()
    with pytest.raises(RuntimeError):
        store.admit(same, LIMITS, moment(NOW), fail)
    assert store.read(holds.left, "T1", LIMITS).reserved_nanousd == 0
    assert store.admit(same, LIMITS, moment(NOW))[1]


# R62: one person, too many.


def _tries(store: Ledger, seconds: list[float], **limits: Any) -> str:
    """What the last of somebody's commands is answered, given when each is sent."""
    answer, person = "run", f"U{seconds}"
    for second in seconds:
        try:
            store.admit(wish(person_id=person), replace(LIMITS, **limits), moment(NOW + second * SECOND))
            answer = "run"
        except SlowDown as error:
            answer = str(error)
    return answer


A_MINUTE = [
    ([0, 1, 2, 3, 4], "run"),
    ([0, 1, 2, 3, 4, 20], "Slow down: next one in 40 s."),
    ([0, 1, 2, 3, 4, 59.5], "Slow down: next one in 1 s."),
    ([0, 1, 2, 3, 4, 60], "run"),
    ([0, 1, 2, 3, 4, 60, 60.5], "Slow down: next one in 1 s."),
    ([0, 1, 2, 3, 4, 30, 30, 30, 60], "run"),  # refused ones don't count
]
AN_HOUR = [([0, 600, 1200, 3599], "Slow down: next one in 1 s."), ([0, 600, 1200, 3600], "run")]


def test_R62_five_a_minute(store: Ledger) -> None:
    cells.agree(A_MINUTE, partial(_tries, store, per_minute=5, limit_nanousd=10**12))


def test_R62_and_so_many_an_hour(store: Ledger) -> None:
    cells.agree(AN_HOUR, partial(_tries, store, per_minute=5, per_hour=3))


def test_R62_somebody_else_and_a_demo_are_held_to_their_own_rate(store: Ledger) -> None:
    hasty = replace(LIMITS, per_minute=1)
    store.admit(wish(demo=True), hasty, moment(NOW))
    store.admit(wish(person_id="U2"), hasty, moment(NOW))
    with pytest.raises(SlowDown):
        store.admit(wish(demo=True), hasty, moment(NOW))


def test_R62_twenty_at_once_get_five(store: Ledger) -> None:
    answers = at_once([lambda: store.admit(wish(), replace(LIMITS, per_minute=5), moment(NOW))] * 20)
    assert Counter(type(answer) for answer in answers) == {tuple: 5, SlowDown: 15}


# R11: a full queue.


@pytest.mark.parametrize(("queue", "admitted"), [(3, True), (2, False)])
def test_R11_a_full_queue_of_all_teams_turns_away(store: Ledger, queue: int, admitted: bool) -> None:
    placed(store, team_id="T2")
    store.admit(wish(team_id="T3"), LIMITS, moment(NOW))
    called(store, team_id="T4")  # under way, not waiting
    if admitted:
        assert store.admit(wish(), replace(LIMITS, queue=queue), moment(NOW))[1]
    else:
        with pytest.raises(Busy, match=r"^Busy: nothing was run or charged\. Try again in a minute\.$"):
            store.admit(wish(), replace(LIMITS, queue=queue), moment(NOW))


# R28, R30: pauses.

REASON = "The image service rejected our key. Nothing was charged."
UNTIL = NOW + timedelta(minutes=10)


@pytest.mark.parametrize(
    ("scope", "at", "admitted"),
    [
        ("*", UNTIL - SECOND, False),
        ("*", UNTIL, True),
        (SPEC.model, UNTIL - SECOND, False),
        ("another-model", UNTIL - SECOND, True),
    ],
)
def test_R28_what_is_paused_is_not_admitted_until_its_time(store: Ledger, scope: str, at: Any, admitted: bool) -> None:
    store.write(pauses.pause, scope, UNTIL, REASON, NOW)
    if admitted:
        assert store.admit(wish(), LIMITS, moment(at))[1]
    else:
        with pytest.raises(Paused, match=REASON):
            store.admit(wish(), LIMITS, moment(at))
    assert store.admit(wish(demo=True), LIMITS, moment(at))[1]


def test_R28_after_a_pause_exactly_one_call_tries(store: Ledger) -> None:
    store.write(pauses.pause, "*", UNTIL, REASON, NOW)
    answers = at_once([partial(store.admit, wish(team_id=f"T{n}"), LIMITS, moment(UNTIL)) for n in range(10)])
    assert Counter(type(answer) for answer in answers) == {tuple: 1, Paused: 9}
    (drawing,) = [answer[0] for answer in answers if isinstance(answer, tuple)]
    store.write(settlement.placed, drawing.team_id, drawing.id, "1.1", UNTIL)
    assert store.write(settlement.claim, drawing.team_id, drawing.generations[0].id, "w", LEASE, UNTIL)
    store.write(pauses.unpause, "*")
    assert store.admit(wish(), LIMITS, moment(UNTIL))[1]


def test_R28_of_a_command_for_several_lanes_the_first_call_tries(store: Ledger) -> None:
    store.write(pauses.pause, "*", UNTIL, REASON, NOW)
    drawing, _ = store.admit(wish(images=(IMAGE, IMAGE)), LIMITS, moment(UNTIL))
    store.write(settlement.placed, "T1", drawing.id, "1.1", UNTIL)
    first, second = (part.id for part in drawing.generations)
    with pytest.raises(Paused):
        store.write(settlement.claim, "T1", second, "w", LEASE, UNTIL)
    assert store.write(settlement.claim, "T1", first, "w", LEASE, UNTIL)


def test_R28_the_second_call_waits_ten_minutes_when_the_first_never_came_back(store: Ledger) -> None:
    store.write(pauses.pause, "*", UNTIL, REASON, NOW)
    store.admit(wish(), LIMITS, moment(UNTIL))
    with pytest.raises(Paused):
        store.admit(wish(), LIMITS, moment(UNTIL + timedelta(minutes=10) - SECOND))
    assert store.admit(wish(), LIMITS, moment(UNTIL + timedelta(minutes=10)))[1]


def test_R30_what_was_admitted_before_the_pause_is_not_called_in_it(store: Ledger) -> None:
    waiting = placed(store).generations[0]
    store.write(pauses.pause, "*", UNTIL, REASON, NOW)
    with pytest.raises(Paused):
        store.write(settlement.claim, "T1", waiting.id, "w", LEASE, NOW)
    assert store.read(rows.generation, "T1", waiting.id).state is PictureState.PLACED
    store.settle("T1", waiting.id, Failed(REASON), moment(NOW))
    assert store.read(holds.left, "T1", LIMITS).reserved_nanousd == 0


def test_R28_somebody_is_told_once_an_hour(store: Ledger) -> None:
    assert store.write(pauses.pause, "*", UNTIL, REASON, NOW)
    store.write(pauses.unpause, "*")
    assert not store.write(pauses.pause, "*", UNTIL, REASON, NOW + HOUR - SECOND)
    assert store.write(pauses.pause, "*", UNTIL + HOUR, REASON, NOW + HOUR)
    assert [pause.scope for pause in store.read(pauses.in_force, NOW + HOUR)] == ["*"]
    assert store.read(pauses.in_force, UNTIL + HOUR) == ()


def test_R25_a_stopped_workspace_runs_nothing_new_and_others_go_on(store: Ledger) -> None:
    waiting = placed(store).generations[0]
    store.write(workspaces.stop, "T1", NOW)
    with pytest.raises(Paused):
        store.admit(wish(), LIMITS, moment(NOW))
    with pytest.raises(Paused):
        store.write(settlement.claim, "T1", waiting.id, "w", LEASE, NOW)
    assert store.admit(wish(team_id="T2"), LIMITS, moment(NOW))[1]
    store.write(workspaces.start, "T1")
    assert store.write(settlement.claim, "T1", waiting.id, "w", LEASE, NOW)


def test_the_terminal_acts_for_the_only_workspace(store: Ledger) -> None:
    assert store.read(workspaces.only) == "local"
    store.write(workspaces.remember, "T1", "Sample One", "B1")
    store.write(workspaces.remember, "T1", "Sample One, renamed", "B1")
    assert store.read(workspaces.only) == "T1"
    store.write(workspaces.remember, "T2", "Sample Two", "B2")
    with pytest.raises(NotUnderstood, match="T1 or T2"):
        store.read(workspaces.only)
    store.write(workspaces.stop, "T2", NOW)
    assert store.read(workspaces.only) == "T1"


# Retry.


def test_R16_a_retry_names_its_parent_and_rejects_it_for_who_has_not_voted(store: Ledger) -> None:
    parent = paid(store)
    again, _ = store.admit(wish(person_id="U2", parent_id=parent.id, request_key="view-1"), LIMITS, moment(NOW))
    assert again.parent_id == parent.id
    assert [(vote.person_id, vote.verdict, vote.reason) for vote in store.read(votes.standing, "T1", parent.id)] == [
        ("U2", "reject", "retried")
    ]
    assert not store.admit(wish(person_id="U2", parent_id=parent.id, request_key="view-1"), LIMITS, moment(NOW))[1]


def test_R16_a_retry_leaves_a_vote_that_stands(store: Ledger) -> None:
    parent = paid(store)
    store.write(votes.vote, "T1", parent.id, "U2", "keep", None, NOW)
    store.admit(wish(person_id="U2", parent_id=parent.id), LIMITS, moment(NOW))
    assert store.read(rows.generation, "T1", parent.id).tally.keep == 1


def test_R16_a_retry_that_is_refused_casts_no_vote(store: Ledger) -> None:
    parent = paid(store)
    with pytest.raises(OverBudget):
        store.admit(wish(parent_id=parent.id), replace(LIMITS, limit_nanousd=0), moment(NOW))
    assert store.read(votes.standing, "T1", parent.id) == ()


def test_a_retry_of_what_failed_casts_no_vote(store: Ledger) -> None:
    parent = called(store)
    store.settle("T1", parent.id, Failed("no connection"), moment(NOW))
    assert store.admit(wish(parent_id=parent.id), LIMITS, moment(NOW))[1]
    assert store.read(votes.standing, "T1", parent.id) == ()


def test_R77_nothing_of_another_team_is_open(store: Ledger) -> None:
    theirs = paid(store, team_id="T2")
    with pytest.raises(NotOpen):
        store.admit(wish(parent_id=theirs.id), LIMITS, moment(NOW))
    for ask in (
        lambda: store.read(rows.generation, "T1", theirs.id),
        lambda: store.read(rows.drawing, "T1", theirs.drawing_id),
        lambda: store.write(votes.vote, "T1", theirs.id, "U1", "keep", None, NOW),
        lambda: store.settle("T1", theirs.id, PAID, moment(NOW)),
        lambda: store.write(settlement.claim, "T1", theirs.id, "w", LEASE, NOW),
        lambda: store.write(settlement.release, "T1", theirs.drawing_id, "no", NOW),
        lambda: store.write(settlement.placed, "T1", theirs.drawing_id, "1.1", NOW),
        lambda: store.write(settlement.delivered, "T1", theirs.id, None, None, NOW),
    ):
        with pytest.raises(NotOpen):
            ask()
    assert store.read(rows.generation, "T2", theirs.id) == theirs
    assert store.read(votes.standing, "T1", theirs.id) == ()
    assert store.read(holds.left, "T1", LIMITS).reserved_nanousd == 0


def test_R67_a_character_postgresql_can_not_hold_leaves_no_half_a_row(store: Ledger) -> None:
    """The door refuses it long before; here it only must not half work."""
    for prompt in ("a lone \ud800", "a\x00b") if store.engine.dialect.name == "postgresql" else ("a lone \ud800",):
        with pytest.raises((ValueError, DBAPIError)):
            store.admit(wish(prompt=prompt), LIMITS, moment(NOW))
    assert store.read(holds.left, "T1", LIMITS).reserved_nanousd == 0


@pytest.mark.parametrize("demo", [False, True])
def test_the_drawing_admit_gives_is_the_one_that_is_stored(store: Ledger, demo: bool) -> None:
    handed: list[Drawing] = []
    made, _ = store.admit(
        wish(images=(IMAGE, IMAGE), demo=demo, thread_ts="1.2"),
        LIMITS,
        moment(NOW),
        lambda _, drawing: handed.append(drawing),
    )
    assert store.read(rows.drawing, "T1", made.id) == made
    assert handed == [made]
