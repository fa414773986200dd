"""A verdict's picture and its contact sheet: the figures of the text, in the verdict's own post and in its thread."""

import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from PIL import Image as Picture

from bot import money
from bot.bench import blocks_verdict as view
from bot.bench import chart as verdict_chart
from bot.bench.proof import NamedSide, Proof
from bot.evidence import Image, ReviewerVote, verdict
from bot.playground import faults
from bot.playground.far_end import FarEnd
from bot.playground.people import BEN, SHARED, STUDIO, TEAM
from bot.pricing.spec import Size
from tests.kit import cells
from tests.kit.slack_bench import SHORT, judge, opened, reviewing, sheets_in, telling, verdict_in
from tests.kit.slack_door import House

FLARE, SUNBURST, OLD = "gpt-image-2.5-flare", "gpt-image-2.5-sunburst", "gpt-image-2"
PRICES = {FLARE: Decimal("0.011"), SUNBURST: Decimal("0.034"), OLD: Decimal("0.042")}
ROLES = {FLARE: "budget", SUNBURST: "premium", OLD: None}


def proof(**keeps: int) -> Proof:
    """Of 20 prompts so many kept, the first ones."""
    models = {"flare": FLARE, "sunburst": SUNBURST, "old": OLD}
    images = [
        Image(f"kite {n}", models[name], PRICES[models[name]], (ReviewerVote("ann", n < kept, 4),))
        for name, kept in keeps.items()
        for n in range(20)
    ]
    sides = tuple(
        NamedSide(one, one, ROLES[one], one, "medium", Size(1024, 1024)) for one in map(models.__getitem__, keeps)
    )
    return Proof(
        bench="b1",
        kind="kites",
        demo=False,
        sealed_on=date(2026, 11, 22),
        benches=("b1",),
        dropped=0,
        reject_seconds=Decimal(30),
        usd_per_hour=Decimal(30),
        prompts=20,
        sides=sides,
        verdict=verdict(images, sides[0].lane),
    )


def test_what_is_drawn_is_what_is_said() -> None:
    def is_said(kept: dict[str, int]) -> None:
        told = proof(**kept)
        drawn = verdict_chart.proof(told)
        for side in told.verdict.sides:
            said = view.outcome(told, side)
            _, low, high = drawn.rates[side.lane]
            assert f"({low:.0f}-{high:.0f}%)" in said
            assert f"{money.about(_usd(drawn.costs[side.lane][0]))} each accepted" in said
            assert f"({'-'.join(money.about(_usd(end)) for end in drawn.costs[side.lane][1:])})" in said
        assert drawn.rates[FLARE][0] == pytest.approx(kept["flare"] * 5)

    cells.hold([{"flare": 11, "sunburst": 17}, {"flare": 20, "sunburst": 1, "old": 5}], is_said)


def _usd(amount: float | None) -> Decimal:
    return Decimal(repr(amount))


def test_where_nothing_was_kept_the_cost_has_no_figure_and_no_upper_end() -> None:
    told = proof(flare=0, sunburst=12)
    drawn = verdict_chart.proof(told)
    usd, low, high = drawn.costs[FLARE]
    assert (usd, high) == (None, None)
    assert low > 0
    assert "none accepted yet" in view.outcome(told, told.verdict.side(FLARE))
    assert drawn.rates[FLARE][:2] == (0, 0)


def test_any_counts_can_be_drawn_the_same_each_time_and_read_on_a_phone() -> None:
    def are_drawn(kept: dict[str, int]) -> None:
        first, second = verdict_chart.proof(proof(**kept)), verdict_chart.proof(proof(**kept))
        assert first.png == second.png
        with Picture.open(io.BytesIO(first.png)) as picture:
            assert picture.width == 1080 >= picture.height
            assert picture.info == {"dpi": picture.info["dpi"]}

    cells.hold([{"flare": 0, "sunburst": 0}, {"flare": 20, "sunburst": 20, "old": 20}], are_drawn)


# In Slack


def sealed(door: House, channel: str = STUDIO, **fields: str) -> str:
    bench, message = reviewing(door, channel=channel, **fields)
    judge(door, opened(door, message, BEN))
    return bench.id


def pictures(blocks: Sequence[dict[str, object]]) -> list[str]:
    return [str(block["alt_text"]) for block in blocks if block["type"] == "image"]


def test_the_verdict_carries_its_picture_and_the_sheet_follows_in_its_thread(door: House) -> None:
    bench_id = sealed(door)
    assert door.run("verdict") == 1
    told = verdict_in(door)
    (alt,) = pictures(told.blocks)
    assert alt.startswith(f"Bench {bench_id}, own prompts: SWITCH to gpt-image-2.5-sunburst.")
    assert "kept 10 of 10 (72-100%)" in alt
    (sheet,) = sheets_in(door)
    assert sheet.name == f"bench-{bench_id}.png"
    reply = door.far_end.messages(STUDIO)[-1]
    assert (reply.thread_ts, reply.text) == (told.ts, "")
    with Picture.open(io.BytesIO(sheet.data or b"")) as picture:
        picture.load()
        assert not picture.info


NOT_TAKEN = [
    ("files.getUploadURLExternal", faults.refused("missing_scope")),
    ("files.completeUploadExternal", faults.broken(500)),
]


def test_a_verdict_goes_without_the_picture_slack_will_not_have(door: House, slack: FarEnd) -> None:
    def goes_without(method: str, fault: faults.Fault) -> None:
        bench_id, sheets = sealed(door, **SHORT), len(sheets_in(door))
        slack.fail(method, fault)
        door.run("verdict")
        assert verdict_in(door).text.startswith(f"Bench {bench_id}, own prompts:")
        assert pictures(verdict_in(door).blocks) == []
        assert len(sheets_in(door)) == sheets + 1

    cells.hold(NOT_TAKEN, goes_without)


def test_a_picture_that_is_never_ready_holds_no_verdict_up(door: House, slack: FarEnd) -> None:
    bench_id = sealed(door, **SHORT)
    slack.desk.refusals = 99
    door.run("verdict")
    assert verdict_in(door).text.startswith(f"Bench {bench_id}, own prompts:")
    assert pictures(verdict_in(door).blocks) == []


def test_a_sheet_slack_refuses_takes_no_verdict_back(door: House, slack: FarEnd) -> None:
    bench_id = sealed(door, **SHORT)
    made = telling(door)
    slack.fail("upload", faults.broken(500), times=2)
    made.announce(TEAM, bench_id)
    made.announce(TEAM, bench_id)
    assert len([one for one in slack.messages(STUDIO) if f"Bench {bench_id}, own prompts:" in one.text]) == 1
    assert sheets_in(door) == []


def test_pictures_that_are_gone_from_the_folder_stop_neither(door: House, slack: FarEnd) -> None:
    bench_id = sealed(door, **SHORT)
    telling(door, lambda _team, _id: None).announce(TEAM, bench_id)
    assert verdict_in(door).text.startswith(f"Bench {bench_id}, own prompts:")
    assert len(sheets_in(door)) == 1


def test_where_others_read_there_is_neither_picture_nor_sheet(door: House, slack: FarEnd) -> None:
    sealed(door, SHARED, **SHORT)
    before = len(slack.workspace.files)
    door.run("verdict")
    assert "shows its verdict to you" in verdict_in(door, SHARED).text
    assert pictures(verdict_in(door, SHARED).blocks) == []
    assert sheets_in(door, SHARED) == []
    assert len(slack.workspace.files) == before


@pytest.mark.parametrize("stands", [True, False], ids=["it stands", "it does not"])
def test_a_verdict_whose_answer_was_lost_is_sent_once_more_and_says_so(
    door: House, slack: FarEnd, stands: bool
) -> None:
    bench_id, before = sealed(door, **SHORT), len(slack.messages(STUDIO))
    slack.fail("chat.postMessage", faults.lost(worked=stands))
    door.run("verdict")
    told = [one for one in slack.messages(STUDIO)[before:] if f"Bench {bench_id}, own prompts:" in one.text]
    assert [view.AGAIN in one.text for one in told] == [False, True][not stands :]
    telling(door).announce(TEAM, bench_id)
    assert verdict_in(door).ts == told[-1].ts
    assert len(sheets_in(door)) == 1
