"""A verdict's picture and its contact sheet: the figures of the text, in the verdict's own post and in its thread."""

import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from PIL import Image as Picture

from bot.bench import blocks_verdict as view
from bot.bench import chart as verdict_chart
from bot.bench import verdict_details
from bot.bench import verdict_words as say
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
        for (name, (_, low, high)), said in zip(drawn.rates.items(), say.costs(told), strict=True):
            assert said.startswith(f"{name} kept ")
            assert f"luck allows {low:.0f}% to {high:.0f}%" in said
            assert said in view.alt(told)
        assert drawn.rates["budget"][0] == pytest.approx(kept["flare"] * 5)

    cells.hold([{"flare": 11, "sunburst": 17}, {"flare": 20, "sunburst": 1, "old": 5}], is_said)


def test_where_nothing_was_kept_a_kept_picture_has_no_cost_and_no_saving() -> None:
    told = proof(flare=0, sunburst=12)
    assert verdict_chart.proof(told).rates["budget"][:2] == (0, 0)
    shown = view.verdict(told)
    assert "budget kept 0 of 20, luck allows 0% to 16%." in shown.text
    assert "1,000 kept pictures" not in shown.text
    assert "none yet" in str(shown.blocks)
    budget = next(said for name, said in verdict_details.chapters(told) if name.startswith("budget"))
    assert "None was kept yet: $0.22 was spent." in budget
    assert "A kept picture would cost $0.0683 at least." in budget


def test_the_leader_stands_first_and_every_lane_has_its_colour() -> None:
    assert [*verdict_chart.proof(proof(flare=11, sunburst=17, old=14)).rates] == ["premium", OLD, "budget"]


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
    assert alt.startswith("Kept, with what luck allows. premium kept 10 of 10, luck allows 72% to 100%;")
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
        sealed(door, **SHORT)
        sheets = len(sheets_in(door))
        slack.fail(method, fault)
        door.run("verdict")
        assert verdict_in(door).text.startswith("Not decided yet with 5 prompts:")
        assert pictures(verdict_in(door).blocks) == []
        assert len(sheets_in(door)) == sheets + 1

    cells.hold(NOT_TAKEN, goes_without)


def test_a_picture_that_is_never_ready_holds_no_verdict_up(door: House, slack: FarEnd) -> None:
    sealed(door, **SHORT)
    slack.desk.refusals = 99
    door.run("verdict")
    assert verdict_in(door).text.startswith("Not decided yet with 5 prompts:")
    assert pictures(verdict_in(door).blocks) == []


def test_a_sheet_slack_refuses_takes_no_verdict_back(door: House, slack: FarEnd) -> None:
    bench_id = sealed(door, **SHORT)
    made = telling(door)
    slack.fail("upload", faults.broken(500), times=2)
    made.announce(TEAM, bench_id)
    made.announce(TEAM, bench_id)
    assert len([one for one in slack.messages(STUDIO) if "Own prompts by sample-ana: 5 prompts" in one.text]) == 1
    assert sheets_in(door) == []


def test_pictures_that_are_gone_from_the_folder_stop_neither(door: House, slack: FarEnd) -> None:
    bench_id = sealed(door, **SHORT)
    telling(door, lambda _team, _id: None).announce(TEAM, bench_id)
    assert verdict_in(door).text.startswith("Not decided yet with 5 prompts:")
    assert len(sheets_in(door)) == 1


def test_where_others_read_there_is_neither_picture_nor_sheet(door: House, slack: FarEnd) -> None:
    sealed(door, SHARED, **SHORT)
    before = len(slack.workspace.files)
    door.run("verdict")
    assert "not for all who read here" in verdict_in(door, SHARED).text
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
    told = [one for one in slack.messages(STUDIO)[before:] if "Own prompts by sample-ana: 5 prompts" in one.text]
    assert [say.AGAIN in one.text for one in told] == [False, True][not stands :]
    telling(door).announce(TEAM, bench_id)
    assert verdict_in(door).ts == told[-1].ts
    assert len(sheets_in(door)) == 1
