"""Where a bench can be followed: one message, updated in place, in sums that give nothing away."""

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from rich.progress import Progress

from bot.bench import blocks as view
from bot.bench import rows_calls, rows_composites, rows_read, rows_votes, verdicts
from bot.bench.drawing import Comparisons
from bot.bench.plan import Progress as SoFar
from bot.bench.posts import SlackTelling
from bot.entrypoints.cli.benches import ProgressBar
from bot.ledger import holds, rows, settlement
from bot.ledger.bench_states import BenchState
from bot.ledger.ledger import Ledger
from bot.ledger.pictures import PictureState as Call
from bot.money import nanousd
from bot.playground import faults
from bot.playground.people import ANA, STUDIO, TEAM
from bot.slack.names import SlackNames
from tests.kit.at_work import AtWork, at_work
from tests.kit.benches_made import grid, plan, planned
from tests.kit.clock import moment
from tests.kit.far_openai_trouble import broken
from tests.kit.wishes import NOW

DRAWN = "Drawn 12 of 12. Judged: 0 of 6 prompts; one person judges each."
GIVE_AWAY = ("flare", "sunburst", "gpt-image", "budget", "premium", "medium", "1024")


def telling(work: AtWork) -> SlackTelling:
    prove = partial(verdicts.of, work.store)
    return SlackTelling(
        work.store,
        work.delivery.posts,
        work.pictures.read,
        prove,
        work.readers,
        work.guests,
        SlackNames(work.delivery.posts),
    )


def comparisons(work: AtWork) -> Comparisons:
    return Comparisons(work.store, work.studio, telling(work), None)


def begun(work: AtWork) -> tuple[Comparisons, str]:
    bench = planned(work.store, plan(), team_id=TEAM, person_id=ANA, channel_id=STUDIO)
    work.store.write(rows_calls.start, TEAM, bench.id, grid(bench.plan), work.limits, moment(NOW))
    compared = comparisons(work)
    compared.begin(TEAM, bench.id)
    return compared, bench.id


def test_one_message_is_posted_and_updated_and_says_nothing_by_lane(store: Ledger, tmp_path: Path) -> None:
    with at_work(store, tmp_path) as work:
        compared, bench_id = begun(work)
        compared.begin(TEAM, bench_id)  # the job once more, after a crash
        compared.draw_here(TEAM, bench_id, at_once=1)
        (message,) = work.slack.messages(STUDIO)
        assert message.text == f"Blind test: budget or premium, by sample-ana. {DRAWN}"
        heard = work.slack_heard().replace("budget or premium", "")  # what is compared is told, not what is whose
        assert not [word for word in GIVE_AWAY if word in heard]
        assert 2 <= len(work.slack.calls_of("chat.update")) <= 14


def test_reviewers_get_every_picture_under_one_name_and_nobody_else_sees_it(
    quick_store: Ledger, tmp_path: Path
) -> None:
    with at_work(quick_store, tmp_path) as work:
        compared, bench_id = begun(work)
        compared.draw_here(TEAM, bench_id, at_once=1)
        files = [*work.slack.workspace.files.values()]
        assert {(file.name, file.alt_text) for file in files} == {("picture.png", "Picture to be judged")}
        assert [file.shared_in for file in files] == [()] * 24  # each alone, and both orders of each prompt
        assert quick_store.read(rows_composites.unbrought, TEAM, bench_id) == ()


@pytest.mark.parametrize("drawn_in_a_terminal", [False, True])
def test_the_numbers_of_files_in_slack_say_nothing_of_whose_they_are(
    quick_store: Ledger, tmp_path: Path, drawn_in_a_terminal: bool
) -> None:
    """Calls are made in the order of lanes, and a cheaper model answers sooner; files are brought by random ids."""
    with at_work(quick_store, tmp_path) as work:
        compared, bench_id = begun(work)
        if drawn_in_a_terminal:
            compared = replace(compared, teller=ProgressBar(Progress(disable=True)))
        compared.draw_here(TEAM, bench_id, at_once=1)
        telling(work).bring_all(TEAM, bench_id)
        sheets = [quick_store.read(rows_votes.sheet, TEAM, bench_id, place, ANA) for place in range(6)]
        shown = [[quick_store.read(rows.generation, TEAM, image) for _, image, _ in sheet] for sheet in sheets]
        for images in shown:
            by_file = sorted(images, key=lambda image: image.file_id or "")
            assert [image.id for image in by_file] == sorted(image.id for image in images)


def test_no_picture_of_a_prompt_is_brought_before_all_are_there(quick_store: Ledger, tmp_path: Path) -> None:
    with at_work(quick_store, tmp_path) as work:
        compared, bench_id = begun(work)
        first, second, *_ = quick_store.read(rows_calls.waiting, TEAM, bench_id)
        compared.draw(TEAM, second)
        assert work.slack.workspace.files == {}
        compared.draw(TEAM, first)
        assert len(work.slack.workspace.files) == 4


def test_a_message_that_is_gone_later_stops_no_picture(quick_store: Ledger, tmp_path: Path) -> None:
    with at_work(quick_store, tmp_path) as work:
        compared, bench_id = begun(work)
        work.slack.fail("chat.update", faults.refused("message_not_found"), faults.FOREVER)
        assert compared.draw_here(TEAM, bench_id, at_once=2).state is BenchState.REVIEWING
        assert work.store.read(holds.differences) == []


def test_R31_an_error_of_the_service_is_drawn_again_once_and_the_log_names_no_lane(
    quick_store: Ledger, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with at_work(quick_store, tmp_path) as work:
        work.openai.next(broken(500))
        compared, bench_id = begun(work)
        bench = compared.draw_here(TEAM, bench_id, at_once=1)
        assert (bench.progress.done, bench.progress.failed, len(bench.remaining)) == (12, 1, 6)
        assert len(work.openai.posts) == 13
        assert bench.progress.spent_nanousd >= nanousd(work.openai.billed_usd())
        assert not [word for word in GIVE_AWAY if word in caplog.text]


def test_a_dead_process_s_call_moves_its_bench_on_at_the_sweep(quick_store: Ledger, tmp_path: Path) -> None:
    with at_work(quick_store, tmp_path) as work:
        compared, bench_id = begun(work)
        first, *rest = quick_store.read(rows_calls.waiting, TEAM, bench_id)
        quick_store.write(settlement.claim, TEAM, first, "dead", NOW, NOW)
        for generation_id in rest:
            compared.draw(TEAM, generation_id)
        work.pass_time(minutes=11)
        work.sweep()
        compared.sweep()
        assert quick_store.read(rows.generation, TEAM, first).state is Call.UNCERTAIN
        (again,) = quick_store.read(rows_calls.waiting, TEAM, bench_id)
        compared.draw(TEAM, again)
        assert quick_store.read(rows_read.bench, TEAM, bench_id).state is BenchState.REVIEWING
        assert (
            "Drawn 12 of 12. Judged: 0 of 6 prompts; one person judges each. 1 call failed."
            in work.slack.messages(STUDIO)[0].text
        )


def test_what_is_said_counts_images_failures_money_and_prompts_left_out(quick_store: Ledger) -> None:
    bench = replace(planned(quick_store), state=BenchState.DRAWING, progress=SoFar(12, 5, 2, 130_000_000))
    dropped = replace(bench, prompts=(replace(bench.prompts[0], dropped="moderation"), *bench.prompts[1:]))
    assert view.status(dropped) == "Drawing: 5 of 12 pictures, 2 calls failed, $0.13 so far. 1 prompt left out."
    assert view.status(replace(bench, progress=SoFar(12, 0), demo=True)) == "Drawing: 0 of 12 pictures, demo, $0.00."
