"""Planning in Slack: few fields, named judges, more prompts of the same work; every answer in its frame."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.bench import blocks, blocks_plan, blocks_quote, rows_read
from bot.bench.plan import NOT_NAMED, Bench, Progress
from bot.ledger import settlement, votes
from bot.ledger.bench_states import BenchState
from bot.ledger.ledger import Ledger
from bot.playground.far_end import FarEnd
from bot.playground.people import ANA, BEN, BOT_USER, CHI, GUEST, OUTSIDER, SHARED, STUDIO, TEAM
from bot.playground.workspace import PostedMessage
from bot.slack.message import Message
from tests.entrypoints.test_every_answer import as_message
from tests.entrypoints.test_slack_sharing import home_of
from tests.kit import cells, looks
from tests.kit.benches_made import plan
from tests.kit.benches_made import planned as stored
from tests.kit.slack_bench import PLAN, SHORT, id_in, judge, opened, planned, reviewing, told, whole
from tests.kit.slack_door import House
from tests.kit.views_made import said
from tests.kit.wishes import NOW


def bench_of(door: House, quote: PostedMessage) -> Bench:
    return door.store.read(rows_read.bench, TEAM, id_in(quote))


def labels(quote: PostedMessage) -> list[str]:
    return [element["text"]["text"] for element in quote.blocks[-1]["elements"]]


def kept(door: House, prompts: int, person: str = ANA) -> None:
    """So many prompts whose pictures were kept."""
    for number in range(prompts):
        generation = door.drawn(person, prompt=f"kept kite {number:02}")
        door.store.write(settlement.delivered, TEAM, generation.id, None, None, door.now)
        door.store.write(votes.vote, TEAM, generation.id, BEN, "keep", None, door.now)
    door.now += timedelta(hours=2)  # so many are all that one may draw in an hour


# The window


def test_a_press_of_more_brings_the_other_fields_and_keeps_what_was_filled_in(door: House, slack: FarEnd) -> None:
    slack.command("bench")
    few = door.window()
    filled = {"today": "legacy", "compare": ["budget"], "set": "own", "prompts": "one\ntwo", "judges": [BEN]}
    more = whole(door, few, **filled)
    looks.window(few.payload)
    looks.window(more.payload)
    assert len(more.payload["blocks"]) == len(few.payload["blocks"]) + 6
    elements = {block["block_id"]: block["element"] for block in more.payload["blocks"] if block["type"] == "input"}
    assert elements["today"]["initial_option"]["value"] == "legacy"
    assert [one["value"] for one in elements["compare"]["initial_options"]] == ["budget"]
    assert elements["set"]["initial_option"]["value"] == "own"
    assert elements["prompts"]["initial_value"] == "one\ntwo"
    assert elements["judges"]["initial_users"] == [BEN]


def test_nothing_has_to_be_typed_to_plan_one(door: House, slack: FarEnd) -> None:
    slack.command("bench")
    assert slack.submit(door.window(), {}).problems == ()
    door.wait_for_words()
    bench = bench_of(door, slack.ephemerals(ANA)[-1])
    assert [one.lane for one in bench.plan.entrants] == ["budget", "premium"]
    assert (len(bench.plan.prompts), bench.plan.reviewers, bench.plan.judges) == (10, 1, ())


def test_what_is_used_today_may_have_a_quality_of_its_own(door: House) -> None:
    bench = bench_of(door, planned(door, compare=["budget"], today_quality="low", size="landscape"))
    assert [one.spec.quality for one in bench.plan.entrants] == ["low", "medium"]
    assert {str(one.spec.size) for one in bench.plan.entrants} == {"1536x1024"}


# Named judges


def test_named_people_alone_judge_and_from_wherever_they_are(door: House, slack: FarEnd) -> None:
    bench, message = reviewing(door, judges=[BEN])
    slack.press(message, "bench.review", user=CHI)
    assert told(door, CHI) == NOT_NAMED
    assert bench.plan.judges == (BEN,)
    assert "Judged: sample-ben 0 of 10 prompts." in message.text
    judge(door, opened(door, message, BEN), most=2)
    door.run("told")
    assert "Judged: sample-ben 2 of 10 prompts." in slack.messages(STUDIO)[-1].text


def test_a_named_judge_finds_it_on_home(door: House, slack: FarEnd) -> None:
    reviewing(door, judges=[BEN])
    for person, waits in ((BEN, True), (ANA, False)):
        slack.open_home(person)
        door.run("home")
        home = home_of(slack, person)
        assert ("A blind test waits for you" in home) is waits


REFUSED = [
    (GUEST, "sample-guest can't judge it: a guest."),
    (BOT_USER, "imagelane can't judge it: a bot."),
    (OUTSIDER, "sample-outsider can't judge it: of another workspace."),
]


def test_who_may_not_judge_is_named_in_place_of_the_price(door: House, slack: FarEnd) -> None:
    def is_refused(person: str, sentence: str) -> None:
        slack.command("bench")
        slack.submit(door.window(), PLAN | {"judges": [BEN, person, CHI]})
        door.wait_for_words()
        answer = slack.ephemerals(ANA)[-1]
        looks.holds(as_message(answer))
        assert answer.text.startswith(sentence)
        (newest, *_) = door.store.read(rows_read.listed, TEAM, 9)
        assert newest.state is BenchState.CANCELLED

    cells.hold(REFUSED, is_refused)


def test_who_left_since_is_named_before_more_prompts_of_theirs_are_priced(door: House, slack: FarEnd) -> None:
    kept(door, 30)
    quote = planned(door, set="kept", prompts="", judges=[BEN])
    people = slack.workspace.people
    people[BEN] = replace(people[BEN], is_restricted=True)
    slack.press(quote, "bench.use:1")
    door.wait_for_words()
    answer = slack.ephemerals(ANA)[-1]
    assert answer.text.startswith("sample-ben can't judge it: a guest.")
    assert not answer.elements("bench.start")


WRONG = [
    ("size", "round", "as a size"),
    ("seconds", "1e3", "could not read '1e3'"),
    ("hourly", "NaN", "could not read 'NaN'"),
    ("cap", "5,000", "could not read '5,000'"),
    ("prompts", "a {{name}}\nb", "nothing to put there"),
]


def test_what_cannot_be_read_is_said_under_its_own_field(door: House, slack: FarEnd) -> None:
    def is_said(name: str, value: str, sentence: str) -> None:
        slack.command("bench")
        reply = slack.submit(whole(door, door.window()), PLAN | {name: value})
        errors = (reply.view and reply.view.errors) or {}
        assert list(errors) == [name]
        assert sentence in errors[name]

    cells.hold(WRONG, is_said)


def test_more_lanes_than_a_window_takes_open_it_with_as_many_as_it_takes(door: House, slack: FarEnd) -> None:
    assert slack.command("bench --lanes budget,premium,legacy,gpt-image-2").text == ""
    (compare,) = [one["element"] for one in door.window().payload["blocks"] if one.get("block_id") == "compare"]
    assert len(compare["initial_options"]) == compare["max_selected_items"] == 2


def test_review_is_offered_only_to_who_may_judge_there(door: House, slack: FarEnd) -> None:
    bench, _ = reviewing(door, judges=[BEN], **SHORT)
    open_to_all, _ = reviewing(door, tag="others", **SHORT)

    def is_offered(bench_id: str, person: str, channel: str, offered: bool) -> None:
        slack.command(f"bench show {bench_id}", person, channel)
        door.wait_for_words()
        assert bool(slack.ephemerals(person)[-1].elements("bench.review")) is offered

    shows = [
        (bench.id, BEN, SHARED, True),
        (bench.id, CHI, STUDIO, False),
        (bench.id, ANA, STUDIO, False),
        (open_to_all.id, CHI, STUDIO, True),
        (open_to_all.id, CHI, SHARED, False),
        (open_to_all.id, ANA, SHARED, True),
    ]
    cells.hold(shows, is_offered)


# More prompts


def test_use_plans_the_same_test_with_as_many_prompts_as_are_safer(door: House, slack: FarEnd) -> None:
    kept(door, 30)
    quote = planned(door, set="kept", prompts="", judges=[BEN])
    looks.holds(as_message(quote))
    assert labels(quote) == ["Start", "Use 27: $0.71", "Cancel", "Details"]
    slack.press(quote, "bench.use:1")
    door.wait_for_words()
    more = slack.ephemerals(ANA)[-1]
    looks.holds(as_message(more))
    assert more.text.startswith("54 pictures, $0.71, about 22 minutes of judging. 27 prompts are enough")
    first, second = bench_of(door, quote), bench_of(door, more)
    assert (first.state, second.state, second.parent_id) == (BenchState.CANCELLED, BenchState.PLANNED, first.id)
    assert second.plan.prompts[:10] == first.plan.prompts
    assert (len(second.plan.prompts), second.plan.judges, second.question) == (27, (BEN,), first.question)


def test_where_too_few_are_there_its_window_asks_for_them(door: House, slack: FarEnd) -> None:
    quote = planned(door)
    assert labels(quote)[1] == "Use 27…"
    slack.press(quote, "bench.use:1")
    window = door.window()
    looks.window(window.payload)
    assert "17 more prompts are wanted." in said(window.payload["blocks"])
    reply = slack.submit(window, {"prompts": "kite 3"})
    assert "stands there twice" in str(reply.view and reply.view.errors)
    slack.submit(window, {"prompts": "\n".join(f"boat {n}" for n in range(17))})
    door.wait_for_words()
    bench = bench_of(door, slack.ephemerals(ANA)[-1])
    assert len(bench.plan.prompts) == 27
    assert bench_of(door, quote).state is BenchState.CANCELLED


def test_only_who_planned_it_uses_more(door: House, slack: FarEnd) -> None:
    kept(door, 30)
    quote = planned(door, set="kept", prompts="")
    slack.press(quote, "bench.use:1", user=BEN)
    assert "Only who started a blind test" in told(door, BEN)
    mine, theirs = planned(door, tag="mine"), planned(door, BEN, tag="theirs")
    slack.press(theirs, "bench.use:1", user=BEN)
    body = slack.submit(door.window(BEN), {"prompts": "boat"}).sent.payload
    forged = {**body["view"], "private_metadata": f"use:{id_in(mine)}"}
    reply = slack.deliver("interactive", {**body, "view": forged})
    assert "Only who started a blind test" in json.dumps(reply.json)
    assert bench_of(door, mine).state is BenchState.PLANNED


def test_test_n_more_asks_the_same_of_prompts_nobody_judged_for_it(door: House, slack: FarEnd) -> None:
    kept(door, 30)
    bench, message = reviewing(door, set="kept", prompts="")
    slack.press(message, "bench.test", bench.id, user=BEN)
    assert "no longer open" in told(door, BEN)
    judge(door, opened(door, message, BEN))
    slack.press(message, "bench.test", bench.id, user=BEN)
    door.wait_for_words()
    quote = slack.ephemerals(BEN)[-1]
    assert quote.text.startswith("34 pictures, $0.45,")
    more = bench_of(door, quote)
    assert (more.by, more.parent_id, more.question, len(more.plan.prompts)) == (BEN, bench.id, bench.question, 17)
    assert not set(more.plan.prompts) & set(bench.plan.prompts)


# The frame


def test_details_of_a_price_say_what_is_reserved_and_what_was_assumed(door: House, slack: FarEnd) -> None:
    quote = planned(door)
    slack.press(quote, "answer.details:3")
    window = door.window()
    looks.window(window.payload)
    words = said(window.payload["blocks"])
    assert "budget: gpt-image-2.5-flare, medium, 1024x1024" in words
    assert "is reserved, with 2 spare for calls that are lost; $50.00 is left." in words


def shown(bench: Bench) -> tuple[Message, ...]:
    return (
        blocks.progress(bench, called),
        blocks.progress(bench, called, first=True),
        blocks.listed([bench], NOW.date()),
    )


def called(_: str) -> str:
    return "a person with rather a long name, and more of it"


def test_every_stage_of_a_test_keeps_the_rules_of_every_message(quick_store: Ledger) -> None:
    long = replace(plan(prompts=10, lanes=3), kind="k" * 40, judges=("U1", "U2", "U3"), reviewers=3)
    bench = stored(quick_store, long)
    for state in BenchState:
        for demo in (False, True):
            so_far = Progress(30, 12, 2, 130_000_000, 9, (("U1", 3),))
            for message in shown(replace(bench, state=state, demo=demo, progress=so_far)):
                looks.holds(message)
    dropped = replace(bench.prompts[0], dropped="moderation")
    stopped = replace(bench, state=BenchState.REVIEWING, prompts=(dropped, *bench.prompts[1:]))
    assert "1 prompt left out." in blocks.progress(stopped, called).text
    looks.holds(blocks.listed([], NOW.date()))
    looks.holds(blocks_quote.refused("Somebody can't judge it: a guest."))
    for may_end in (False, True):
        looks.window(blocks.more_modal(stopped, called, may_end=may_end, closable=may_end))


def test_a_field_holds_whole_prompts_only() -> None:
    long: Any = blocks_plan.prompts_modal("use:b1", 40, tuple(f"{n} " + "x" * 990 for n in range(9)))
    looks.window(long)
    (field,) = [block["element"] for block in long["blocks"] if block["type"] == "input"]
    assert len(field["initial_value"].splitlines()) == 3


def test_a_set_of_ours_holds_as_many_as_are_safer(door: House) -> None:
    quote = planned(door, set="product-shots", prompts="")
    assert len(bench_of(door, quote).plan.prompts) == 10
    assert [label for label in labels(quote) if label.startswith("Use ") and ": $" in label]


# Pasted


CONFIG = """prompts:
  - a {{colour}} kite over a harbour
defaultTest:
  assert: [{type: contains, value: kite}]
tests:
"""


def test_a_paste_in_promptfoos_form_is_filled_in_and_what_is_left_out_is_said(door: House, slack: FarEnd) -> None:
    colours = ["red", "blue", "green", "white", "black"]
    paste = CONFIG + "".join(f"  - vars: {{colour: {colour}}}\n" for colour in colours)
    slack.command("bench")
    window = door.window()
    reply = slack.submit(window, PLAN | {"prompts": paste})
    assert "Left out of what you pasted: assert." in said(door.window().payload["blocks"])
    assert (reply.problems, reply.view and reply.view.errors) == ((), {})
    door.wait_for_words()
    quote = slack.ephemerals(ANA)[-1]
    assert bench_of(door, quote).plan.prompts == tuple(f"a {colour} kite over a harbour" for colour in colours)


def test_a_paste_that_would_fetch_something_is_refused_and_plans_nothing(door: House, slack: FarEnd) -> None:
    slack.command("bench")
    reply = slack.submit(door.window(), PLAN | {"prompts": "prompts: [file://prompts.txt]"})
    assert "What you pasted" in str(reply.json)
    assert slack.ephemerals(ANA) == []
