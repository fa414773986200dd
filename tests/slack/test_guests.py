"""Who is no member draws nothing that is paid: refused kindly, before anything is posted or called (K15)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from bot import wiring
from bot.bench import rows_calls, rows_read, verdicts
from bot.bench.drawing import Comparisons
from bot.bench.posts import SlackTelling
from bot.errors import NotAllowed
from bot.ledger.bench_states import BenchState
from bot.ledger.ledger import Ledger
from bot.ledger.pictures import PictureState
from bot.ledger.slack_answers import FOR_MEMBERS, About, Memory, SlackAnswers, Standing
from bot.playground import faults
from bot.playground.people import ANA, BEN, GUEST, OUTSIDER, SHARED, STUDIO, TEAM
from bot.settings import Settings
from bot.slack.failures import PostFailed
from bot.slack.guests import UNTOLD
from bot.slack.names import SlackNames
from tests.kit.at_work import HUNDRED, AtWork, at_work
from tests.kit.benches_made import grid, plan, planned
from tests.kit.clock import moment
from tests.kit.slack_bench import SHORT, id_in
from tests.kit.slack_bench import planned as planned_in_window
from tests.kit.slack_door import House
from tests.kit.wishes import NOW

ASKED = "users.info"


def known(store: Ledger, person: str, standing: Standing, door: House | None = None) -> None:
    when = NOW if door is None else door.now
    SlackAnswers(store.engine).learn(About(TEAM, "person", person), standing, Memory(None, None), when)


# In the ack: whoever is known


def by_command(door: House, person: str) -> str:
    shown = door.far_end.command("try a red kite", person).shown
    return "" if shown is None else shown.text


def by_mention(door: House, person: str) -> str:
    door.far_end.mention("try a red kite", STUDIO, user=person)
    door.run("answer")
    return told(door, person)


def by_the_button_of_an_offer(door: House, person: str) -> str:
    message = door.shown(door.drawn(person=ANA))
    door.far_end.press(message, "command.run", "try a red kite", person)
    return told(door, person)


def by_retry(door: House, person: str) -> str:
    door.far_end.press(door.shown(door.drawn()), "sample.retry", user=person)
    sent = door.far_end.submit(door.window(person))
    return str(sent.body)


def by_bench_start(door: House, person: str) -> str:
    quote = planned_in_window(door, person, **SHORT)
    door.far_end.press(quote, "bench.start", user=person)
    assert door.store.read(rows_read.bench, TEAM, id_in(quote)).state is BenchState.PLANNED
    return told(door, person)


def told(door: House, person: str) -> str:
    door.wait_for_words()
    said = door.far_end.ephemerals(person)
    return said[-1].text if said else ""


WAYS: list[Callable[[House, str], str]] = [
    by_command,
    by_mention,
    by_the_button_of_an_offer,
    by_retry,
    by_bench_start,
]


@pytest.mark.parametrize("way", WAYS)
def test_K15_R114_a_known_guest_is_refused_in_the_ack(door: House, way: Callable[[House, str], str]) -> None:
    known(door.store, GUEST, Standing.GUEST, door)
    assert FOR_MEMBERS in way(door, GUEST)
    assert [job.kind for job in door.jobs if job.kind in ("place", "bench")] == []
    assert door.left(TEAM).reserved_nanousd == 0
    assert door.far_end.calls_of(ASKED) == []


def test_K15_R114_a_known_outsider_is_refused_as_a_guest_is(door: House) -> None:
    known(door.store, OUTSIDER, Standing.OUTSIDER, door)
    shown = door.far_end.command("try a red kite", OUTSIDER, SHARED).shown
    assert shown is not None
    assert shown.text == FOR_MEMBERS
    everybody = door.far_end.workspace.channels[STUDIO].members | {OUTSIDER}
    door.far_end.workspace.change_channel(STUDIO, members=everybody)
    for way in (by_mention, by_the_button_of_an_offer):
        assert way(door, OUTSIDER).startswith("Only people of this workspace can use imagelane here")
    assert door.jobs == []


@pytest.mark.parametrize("person", [ANA, GUEST])
def test_K15_R114_the_ack_asks_slack_nothing(door: House, person: str) -> None:
    """Nobody is known yet: all of them are taken up, and the placing job asks."""
    before = len(door.far_end.calls_of())
    assert by_command(door, person).startswith("Drawing for you: budget")
    assert len(door.far_end.calls_of()) == before
    assert [job.kind for job in door.jobs] == ["place"]


def test_K15_R114_what_is_known_is_forgotten_after_a_day(door: House) -> None:
    known(door.store, GUEST, Standing.GUEST, door)
    door.now += timedelta(hours=23, minutes=59)
    assert by_command(door, GUEST) == FOR_MEMBERS
    door.now += timedelta(minutes=1)
    assert by_command(door, GUEST).startswith("Drawing for you: budget")


def test_K15_R114_the_setting_lets_a_known_guest_draw(door: House) -> None:
    door.guests = True
    known(door.store, GUEST, Standing.GUEST, door)
    assert by_command(door, GUEST).startswith("Drawing for you: budget")


# In the placing job: whoever is not known yet


def refused(work: AtWork, person: str, why: str) -> None:
    heard = len(work.slack.ephemerals(person))
    drawing = work.drawn(person_id=person)
    assert (drawing.generations[0].state, drawing.generations[0].reason) == (PictureState.FAILED, "not_allowed")
    assert work.booked() == (0, 0)
    assert (work.openai.posts, work.slack.messages()) == ([], [])
    assert [each.text for each in work.slack.ephemerals(person)[heard:]] == [why]


@pytest.mark.parametrize("person", [GUEST, OUTSIDER])
def test_K15_R114_who_turns_out_to_be_no_member_is_refused_before_any_post_or_call(
    quick_store: Ledger, tmp_path: Path, person: str
) -> None:
    with at_work(quick_store, tmp_path) as work:
        everybody = work.slack.workspace.channels[STUDIO].members | {OUTSIDER}
        work.slack.workspace.change_channel(STUDIO, members=everybody)
        refused(work, person, FOR_MEMBERS)
        with pytest.raises(NotAllowed):
            work.ask(person_id=person)
        assert len(work.slack.calls_of(ASKED)) == 1


def test_K15_R114_a_member_draws_and_slack_is_asked_once_a_day(quick_store: Ledger, tmp_path: Path) -> None:
    with at_work(quick_store, tmp_path) as work:
        for asked, hours in ((1, 0), (1, 23), (2, 1)):
            work.pass_time(hours=hours)
            assert work.drawn(person_id=BEN).generations[0].state is PictureState.DELIVERED
            assert len(work.slack.calls_of(ASKED)) == asked + 1  # and once for the name it is told by


@pytest.mark.parametrize("fault", [faults.lost(), faults.refused("missing_scope"), faults.rate_limited(1)])
def test_K15_R114_while_slack_is_silent_nothing_paid_is_drawn(
    quick_store: Ledger, tmp_path: Path, fault: faults.Fault
) -> None:
    with at_work(quick_store, tmp_path) as work:
        work.slack.fail(ASKED, fault, times=faults.FOREVER)
        refused(work, BEN, UNTOLD)
        work.slack.heal()
        assert work.drawn(person_id=BEN).generations[0].state is PictureState.DELIVERED


def test_K15_R114_a_guest_who_cannot_be_told_now_is_told_later_and_the_same(
    quick_store: Ledger, tmp_path: Path
) -> None:
    with at_work(quick_store, tmp_path) as work:
        for method in ("chat.postEphemeral", "chat.postMessage"):
            work.slack.fail(method, faults.broken(503))
        drawing = work.ask(person_id=GUEST)
        with pytest.raises(PostFailed):
            work.publisher.place(TEAM, drawing.id)
        assert work.slack.ephemerals(GUEST) == []
        assert work.drawing(drawing).generations[0].state is PictureState.RESERVED
        work.publisher.place(TEAM, drawing.id)
        assert [each.text for each in work.slack.ephemerals(GUEST)] == [FOR_MEMBERS]
        assert work.drawing(drawing).generations[0].reason == "not_allowed"
        assert work.booked() == (0, 0)


def test_K15_R114_the_setting_lets_anybody_draw_and_slack_is_not_asked(quick_store: Ledger, tmp_path: Path) -> None:
    with at_work(quick_store, tmp_path, limits=replace(HUNDRED, guests=True)) as work:
        assert work.drawn(person_id=GUEST).generations[0].state is PictureState.DELIVERED
        assert len(work.slack.calls_of(ASKED)) == 1  # only for the name it is told by


def test_K15_R114_a_demo_is_for_everybody(quick_store: Ledger, tmp_path: Path) -> None:
    with at_work(quick_store, tmp_path) as work:
        known(quick_store, GUEST, Standing.GUEST)
        work.placed(person_id=GUEST, demo=True)
        assert len(work.slack.messages(STUDIO)) == 1


@pytest.mark.parametrize("person", [GUEST, BEN])
def test_K15_R114_a_bench_of_a_guest_ends_before_its_first_call(
    quick_store: Ledger, tmp_path: Path, person: str
) -> None:
    with at_work(quick_store, tmp_path) as work:
        bench = planned(quick_store, plan(), team_id=TEAM, person_id=person, channel_id=STUDIO)
        quick_store.write(rows_calls.start, TEAM, bench.id, grid(bench.plan), work.limits, moment(NOW))
        calls: list[str] = []
        prove = partial(verdicts.of, quick_store)
        slack = work.delivery.posts, work.pictures.read, prove, work.readers, work.guests
        telling = SlackTelling(quick_store, *slack, SlackNames(work.delivery.posts))
        compared = Comparisons(quick_store, work.studio, telling, lambda _, drawing: calls.append(drawing.id))
        compared.begin(TEAM, bench.id)
        member = person == BEN
        assert bool(calls) is member
        assert (quick_store.read(rows_read.bench, TEAM, bench.id).state is BenchState.CANCELLED) is not member
        assert (work.booked()[1] == 0) is not member
        assert [each.text for each in work.slack.ephemerals(person)] == ([] if member else [FOR_MEMBERS])


def test_K15_R114_guests_draw_only_where_the_setting_says_so() -> None:
    assert Settings(_env_file=None).imagelane_guests is False
    for typed in (False, True):
        settings = Settings(_env_file=None, imagelane_guests=typed)
        assert wiring.limits(settings, NOW).guests is typed
