"""`bench` in Slack: planned in a window, started from its quote, ended by who started it, told only once sealed."""

from itertools import product

from bot.bench import rows_read
from bot.ledger import holds
from bot.ledger.bench_states import BenchState
from bot.playground.far_end import FarEnd
from bot.playground.people import ANA, BEN, CHI, OUTSIDER, SHARED, STUDIO, TEAM
from tests.kit import cells
from tests.kit.since import Since
from tests.kit.slack_bench import (
    PLAN,
    SHORT,
    details_in,
    id_in,
    judge,
    message_of,
    opened,
    planned,
    reviewing,
    telling,
    told,
    verdict_in,
    whole,
    words_of,
)
from tests.kit.slack_door import House
from tests.kit.views_made import said

GIVE_AWAY = ("flare", "sunburst", "gpt-image", "budget", "premium", "medium", "1024")
COMPARED = "budget or premium"
CLOSED = "That is no longer open; nothing was changed."
ONLY_STARTER = "Only who started a blind test, or an admin of imagelane, can do that; nothing was changed."
BUTTONS = ["bench.start", "bench.drop", "bench.stop", "bench.close", "bench.cancel", "bench.more", "bench.review"]
FORGED = ["0000000000", "", "' OR '1'='1", '{"team_id": "T0SAMPLE2"}', "../../etc/passwd", "x" * 2000, "a\ud800b"]


def ids(door: House) -> list[str]:
    return [bench.id for bench in door.store.read(rows_read.listed, TEAM, 9)]


def test_the_window_plans_it_and_the_quote_asks_before_anything_is_spent(door: House) -> None:
    quote = planned(door)
    assert quote.only_for == ANA
    said = "20 pictures, $0.26, about 8 minutes of judging. 10 prompts show only big differences; 27 would be safer."
    assert quote.text == f"{said} Compares budget and premium, medium, own prompts, one person judges."
    assert [one["text"]["text"] for one in quote.payload["blocks"][-1]["elements"]] == [
        *("Start", "Use 27…", "Cancel", "Details")
    ]
    (bench_id,) = ids(door)
    assert door.store.read(rows_read.bench, TEAM, bench_id).state is BenchState.PLANNED
    assert door.jobs == []
    assert door.far_end.messages() == []


def test_start_reserves_it_and_hands_it_to_a_job_once(door: House) -> None:
    quote = planned(door)
    for _ in range(3):
        door.far_end.press(quote, "bench.start")
    assert "was started before" in told(door, ANA)
    (job,) = door.jobs
    assert (job.kind, job.arguments) == ("bench", (TEAM, id_in(quote)))
    assert door.store.read(rows_read.bench, TEAM, id_in(quote)).state is BenchState.DRAWING
    assert door.store.read(holds.differences) == []


def test_don_t_ends_it_and_costs_nothing(door: House, slack: FarEnd) -> None:
    quote = planned(door)
    slack.press(quote, "bench.drop")
    assert told(door, ANA) == "Nothing was run or charged."
    slack.press(quote, "bench.start")
    assert told(door, ANA) == CLOSED


def test_over_the_budget_it_is_refused_whole_and_said_to_who_pressed(door: House, slack: FarEnd) -> None:
    quote = planned(door)
    door.limit_nanousd = 10_000_000
    slack.press(quote, "bench.start")
    assert "it needs $" in told(door, ANA)
    assert door.jobs == []


NO_PLANS = [
    ({"prompts": "one\ntwo"}, "A bench takes 5 to 40 prompts; here are 2."),
    ({"set": "product-shots"}, "choose one of the two"),
    ({"compare": ["budget"]}, "there is nothing to compare"),
    ({"judges": [ANA, BEN]}, "so that there is a majority; here are 2."),
    ({"cap": "0.01"}, "its cap is $0.01"),
    ({"size": "1x1"}, "sizes like"),
    ({"seconds": "soon"}, "could not read"),
]


def test_what_cannot_be_planned_is_said_in_the_window(door: House, slack: FarEnd) -> None:
    slack.command("bench")
    window = whole(door, door.window())

    def is_said(fields: dict[str, str], said: str) -> None:
        reply = slack.submit(window, PLAN | fields)
        assert reply.view is not None
        assert said in " ".join(reply.view.errors.values())
        assert ids(door) == []

    cells.hold(NO_PLANS, is_said)


def test_a_named_set_needs_no_prompts_and_a_window_sent_twice_is_one_bench(door: House, slack: FarEnd) -> None:
    slack.command("bench")
    view = whole(door, door.window())
    for _ in range(2):
        slack.submit(view, {"set": "product-shots", "count": "20", "reviewers": "3", "tag": "spring"})
    (bench_id,) = ids(door)
    plan = door.store.read(rows_read.bench, TEAM, bench_id).plan
    assert (len(plan.prompts), plan.reviewers, plan.kind) == (20, 3, "spring")


def test_list_and_show_say_nothing_by_lane_before_it_is_sealed(door: House, slack: FarEnd) -> None:
    bench, message = reviewing(door, **SHORT)
    seen = [message.payload]
    for words in ("bench list", f"bench show {bench.id}"):
        shown = slack.command(words, BEN).shown
        assert shown is not None
        seen.append(shown.payload)
    seen.append(opened(door, message, BEN).payload)
    titles = [str(each).count(COMPARED) for each in seen]
    assert titles == [2, 1, 2, 0]  # what is compared, in the first words and in those of a notification
    assert not [word for word in GIVE_AWAY for each in seen if word in str(each).replace(COMPARED, "")]
    assert "nothing is told by lane or picture until it is sealed" in (
        slack.command(f"bench verdict {bench.id}", BEN).text
    )


def test_only_who_started_it_may_end_it(door: House, slack: FarEnd) -> None:
    bench, _ = reviewing(door, person=BEN, **SHORT)

    def is_refused(act: str) -> None:
        assert slack.command(f"bench {act} {bench.id}", CHI).text.endswith(ONLY_STARTER)
        assert door.store.read(rows_read.bench, TEAM, bench.id) == bench

    cells.hold(["stop", "close", "cancel"], is_refused)


def test_the_buttons_to_end_it_ask_the_same(door: House, slack: FarEnd) -> None:
    quote = planned(door, person=BEN)
    slack.press(quote, "bench.start", user=CHI)
    assert told(door, CHI) == ONLY_STARTER
    slack.press(quote, "bench.start", user=BEN)
    bench = door.store.read(rows_read.bench, TEAM, id_in(quote))
    telling(door).begin(bench)
    slack.press(message_of(door, bench), "bench.more", user=CHI)
    assert [door.window(CHI).elements(act) for act in ("bench.stop", "bench.cancel")] == [[], []]
    slack.press(message_of(door, bench), "bench.more", user=BEN)
    slack.press(door.window(BEN), "bench.stop", user=CHI)
    assert door.store.read(rows_read.bench, TEAM, bench.id).state is BenchState.DRAWING
    slack.press(door.window(BEN), "bench.stop")
    assert door.store.read(rows_read.bench, TEAM, bench.id).state is BenchState.CANCELLED  # nothing was drawn yet


def test_close_seals_what_is_judged_and_brings_the_verdict(door: House, slack: FarEnd) -> None:
    _, message = reviewing(door, **SHORT)
    judge(door, opened(door, message, BEN), most=3)
    slack.press(message, "bench.more")
    slack.press(door.window(), "bench.close")
    assert "Sealed" in said(door.window().payload["blocks"])
    assert door.run("verdict") == 1
    assert "premium kept 3 of 3" in verdict_in(door).text
    assert "2 prompts of this test count for nobody." in details_in(door, verdict_in(door), CHI)


def test_B7_close_is_offered_to_who_started_it_and_only_where_it_can_close(door: House, slack: FarEnd) -> None:
    bench, message = reviewing(door, **SHORT)
    slack.press(message, "bench.more", user=BEN)
    assert "Who started it can close or cancel it." in said(door.window(BEN).payload["blocks"])
    slack.press(message, "bench.more")
    window = door.window()
    assert window.elements("bench.close") == []
    slack.press(window, "bench.cancel")
    assert "Cancelled" in said(door.window().payload["blocks"])
    assert door.store.read(rows_read.bench, TEAM, bench.id).state is BenchState.CANCELLED


def test_a_whole_bench_in_words_brings_its_quote_to_who_asked(door: House, slack: FarEnd) -> None:
    shown = slack.command("bench run --prompts product-shots --lanes budget,premium:high --reviewers 3", BEN).shown
    assert shown is not None
    assert shown.only_for == BEN
    assert shown.elements("bench.start")
    (bench,) = door.store.read(rows_read.listed, TEAM, 9)
    assert (bench.by, bench.plan.reviewers, bench.state) == (BEN, 3, BenchState.PLANNED)
    assert [entrant.spec.quality for entrant in bench.plan.entrants] == ["medium", "high"]


def test_the_words_of_a_terminal_are_named_as_such(door: House, slack: FarEnd) -> None:
    assert "That is for a terminal" in slack.command("bench resume 7f3k2q9xd4").text
    assert "a file is for a terminal" in slack.command("bench run --prompts /etc/hosts --lanes budget,premium").text
    slack.mention("bench", STUDIO)
    door.run("answer")
    refused = slack.ephemerals(ANA)[-1]
    assert refused.text == "A window opens from a button only: this one plans your blind test."
    slack.press(refused, "command.run")
    assert door.window().payload["callback_id"] == "bench.plan"


def test_R18_a_forged_bench_changes_nothing_and_leaves_an_audit_row(door: House, slack: FarEnd) -> None:
    quote = planned(door)
    (bench_id,) = ids(door)
    bench = door.store.read(rows_read.bench, TEAM, bench_id)

    def changes_nothing(action: str, value: str) -> None:
        since = Since(door)
        slack.press(quote, action, value, BEN)
        assert since.told(BEN) == [CLOSED]
        assert [row.what for row in since.audits()] == ["unknown bench"]
        assert since.jobs() == []
        assert door.store.read(rows_read.bench, TEAM, bench_id) == bench

    cells.hold(product(BUTTONS, FORGED), changes_nothing)


def test_people_of_another_workspace_can_press_nothing(door: House, slack: FarEnd) -> None:
    quote = planned(door)

    def is_refused(action: str) -> None:
        since = Since(door)
        slack.press(quote, action, id_in(quote), OUTSIDER)
        (said,) = since.told(OUTSIDER)
        assert said.startswith("Only people of this workspace")

    cells.hold(BUTTONS, is_refused)


def test_where_others_read_the_verdict_is_named_without_an_amount_or_a_name(door: House, slack: FarEnd) -> None:
    _, message = reviewing(door, channel=SHARED, **SHORT)
    assert "sealed" in words_of(judge(door, opened(door, message, ANA)))
    door.run("verdict")
    posted = verdict_in(door, SHARED)
    assert posted.text == "A blind test is judged; its verdict is not for all who read here."
    assert not [word for word in (*GIVE_AWAY, "$") if word in said([*posted.blocks])]
    slack.press(posted, "command.run", user=BEN)
    door.wait_for_words()
    assert "premium kept 5 of 5" in slack.ephemerals(BEN)[-1].text


def test_B6_an_id_nobody_knows_is_answered_as_such(door: House, slack: FarEnd) -> None:
    def is_unknown(act: str) -> None:
        assert slack.command(f"bench {act} zzzz").text == "I know no blind test zzzz here."

    cells.hold(("show", "verdict", "stop", "close", "cancel"), is_unknown)
    assert [row.what for row in door.audits()] == ["unknown bench"] * 5


def test_B6_one_that_has_ended_is_answered_as_sealed_or_cancelled(door: House, slack: FarEnd) -> None:
    bench, message = reviewing(door, **SHORT)
    judge(door, opened(door, message, BEN))
    cancelled, _ = reviewing(door, **SHORT)
    slack.command(f"bench cancel {cancelled.id}")

    def is_told(act: str) -> None:
        sealed = f"That blind test is sealed; nothing was changed. bench verdict {bench.id} shows what it came to."
        assert slack.command(f"bench {act} {bench.id}").text == sealed
        assert (
            slack.command(f"bench {act} {cancelled.id}").text == "That blind test was cancelled; nothing was changed."
        )

    cells.hold(("stop", "close", "cancel"), is_told)


def test_the_window_begins_with_the_lanes_that_are_named(door: House) -> None:
    def lanes(words: str) -> list[str]:
        door.far_end.command(words, ANA, STUDIO)
        fields = {block["block_id"]: block for block in door.window(ANA).payload["blocks"] if block.get("block_id")}
        today, compare = (fields[name]["element"] for name in ("today", "compare"))
        return [today["initial_option"]["value"], *(one["value"] for one in compare["initial_options"])]

    assert lanes("bench") == ["budget", "premium"]
    assert lanes("bench plan --lanes gpt-image-2,premium") == ["gpt-image-2", "premium"]
