"""The windows to draw from, and the question what was meant: nothing is paid for that was not said."""

import json
from collections.abc import Callable

import pytest

from bot.ledger import holds, rows
from bot.ledger.ledger import Ledger
from bot.ledger.pictures import Drawing
from bot.playground.far_end import FarEnd
from bot.playground.people import ANA, BEN, STUDIO, TEAM
from bot.playground.workspace import View
from bot.samples.blocks_windows import CHANGED
from tests.kit import cells, looks
from tests.kit.since import Since
from tests.kit.slack_door import House, house
from tests.kit.views_made import nodes, said
from tests.kit.wishes import at_once

CLOSED = "That is no longer open; nothing was changed."


def drawings(door: House) -> list[Drawing]:
    return [door.store.read(rows.drawing, *job.arguments) for job in door.jobs if job.kind == "place"]


def drawn(door: House) -> list[tuple[str | None, str, str, str]]:
    """Lane, model, quality and size of all that waits to be drawn."""
    every = (one for drawing in drawings(door) for one in drawing.generations)
    return [(one.lane, one.spec.model, one.spec.quality, str(one.spec.size)) for one in every]


def retrying(door: House, person: str = BEN) -> View:
    door.far_end.press(door.shown(door.drawn()), "sample.retry", user=person)
    return door.window(person)


# Retry


def test_a_retry_offers_lane_quality_size_and_how_many_as_they_were(door: House) -> None:
    view = retrying(door)
    looks.window(view.payload)
    fields = {block["block_id"]: block["element"] for block in view.payload["blocks"] if block["type"] == "input"}
    assert fields["prompt"]["initial_value"] == "a red kite"
    first = {name: fields[name]["initial_option"]["value"] for name in ("choice", "quality", "size", "count")}
    assert first == {"choice": "budget", "quality": "medium", "size": "square", "count": "1"}
    offered = [each["text"]["text"] for each in fields["choice"]["options"]]
    assert offered[:2] == ["budget (gpt-image-2.5-flare)", "premium (gpt-image-2.5-sunburst)"]
    assert "gpt-image-1" not in offered  # shut down
    assert "1 picture, about $0.0132. The old one stays." in said(view.payload["blocks"]).replace("\n", "")


def test_a_retry_that_costs_more_than_its_window_said_is_asked_about_before_it_is_drawn(
    door: House, slack: FarEnd
) -> None:
    wanted = {"choice": "premium", "quality": "high", "size": "portrait", "count": "2"}
    changed = slack.submit(retrying(door), wanted)
    assert drawings(door) == []
    assert changed.view is not None
    looks.window(changed.view.payload)
    told = said(changed.view.payload["blocks"])
    assert CHANGED in told
    assert "2 pictures, about $0.08." in told
    slack.submit(changed.view)
    assert drawn(door) == [("premium", "gpt-image-2.5-sunburst", "high", "1024x1536")] * 2
    (drawing,) = drawings(door)
    assert drawing.parent_id is not None


def test_a_retry_that_costs_less_is_drawn_at_once(door: House, slack: FarEnd) -> None:
    slack.submit(retrying(door), {"quality": "low"})
    assert [quality for _, _, quality, _ in drawn(door)] == ["low"]


def test_what_a_model_does_not_draw_is_said_in_the_window(door: House, slack: FarEnd) -> None:
    reply = slack.submit(retrying(door), {"choice": "gpt-image-2", "quality": "max"})
    assert reply.view is not None
    assert "has no quality max" in reply.view.errors["prompt"]
    assert drawings(door) == []


@pytest.mark.parametrize("forged", ["", "no JSON", "[]", '{"usd": "1"}', '{"usd": "x", "choices": []}'])
def test_R18_a_window_that_is_none_of_ours_draws_nothing(door: House, slack: FarEnd, forged: str) -> None:
    view = retrying(door)
    view.payload["private_metadata"] = forged
    reply = slack.submit(view)
    assert reply.view is not None
    assert reply.view.errors == {"prompt": CLOSED}
    assert [row.what for row in door.audits()] == ["unknown picture"]


# Draw, under an answer


WISH = {"choices": ["budget", "premium", "legacy"], "quality": "high", "size": None}


def wished(door: House, value: str = json.dumps(WISH), person: str = BEN) -> View:
    door.far_end.press(door.shown(door.drawn()), "sample.wish", value, person)
    return door.window(person)


def test_a_button_to_draw_asks_for_the_prompt_and_says_what_all_of_it_costs(door: House, slack: FarEnd) -> None:
    view = wished(door)
    looks.window(view.payload)
    assert "3 pictures, about $0.32." in said(view.payload["blocks"])
    slack.submit(view, {"prompt": "a blue kite"})
    (drawing,) = drawings(door)
    assert (drawing.prompt, drawing.channel_id, drawing.person_id) == ("a blue kite", STUDIO, BEN)
    assert drawing.parent_id is None
    assert [(lane, quality) for lane, _, quality, _ in drawn(door)] == [
        ("budget", "high"),
        ("premium", "high"),
        ("legacy", "high"),
    ]


def test_a_window_to_draw_sent_twenty_times_is_one_drawing(either_door: House) -> None:
    view = wished(either_door)
    at_once([lambda: either_door.far_end.submit(view, {"prompt": "a blue kite"})] * 20)
    assert len(drawings(either_door)) == 1


def test_a_window_to_draw_is_held_against_the_budget_as_a_try_is(quick_store: Ledger) -> None:
    with house(quick_store, limit_nanousd=60_000_000) as door:
        reply = door.far_end.submit(wished(door), {"prompt": "a blue kite"})
        assert reply.view is not None
        assert "Not drawn:" in said(reply.view.payload["blocks"][:1])
        assert drawings(door) == []


FORGED = [
    "",
    "x",
    "[]",
    '{"choices": "budget"}',
    '{"choices": [1]}',
    '{"choices": ["budget", "budget"]}',
    '{"choices": ["budget"], "quality": {"a": 1}}',
    json.dumps({"choices": ["a", "b", "c", "d"]}),
]


def test_R18_a_forged_wish_opens_nothing_and_leaves_an_audit_row(door: House, slack: FarEnd) -> None:
    message = door.shown(door.drawn())

    def opens_nothing(value: str) -> None:
        since = Since(door)
        slack.press(message, "sample.wish", value, BEN)
        assert since.told(BEN) == [CLOSED]
        assert [row.what for row in since.audits()] == ["unknown picture"]
        assert slack.modal(BEN) is None

    cells.hold(FORGED, opens_nothing)


def test_a_wish_for_a_model_that_is_gone_says_so(door: House, slack: FarEnd) -> None:
    since = Since(door)
    slack.press(door.shown(door.drawn()), "sample.wish", json.dumps({**WISH, "choices": ["gpt-image-1"]}), BEN)
    (told,) = since.told(BEN)
    assert told.startswith("gpt-image-1 was shut down on 2026-10-23")


# So many of each


def test_x3_is_one_drawing_of_three_with_one_hold_however_often_it_is_sent(either_door: House) -> None:
    slack = either_door.far_end
    first = slack.command('try "a red kite" premium x3')
    assert first.text.startswith("Drawing for you: 3 by premium, medium, about $0.04.")
    at_once([lambda: slack.again(first)] * 10)
    (drawing,) = drawings(either_door)
    assert len(drawing.generations) == 3
    held = sum(one.reserved_nanousd for one in drawing.generations)
    assert either_door.left(TEAM).reserved_nanousd == held
    assert either_door.store.read(holds.differences) == []


def test_a_budget_for_two_of_three_draws_none_of_them(store: Ledger) -> None:
    with house(store, limit_nanousd=30_000_000) as door:
        assert door.far_end.command('try "a red kite" x3').text.startswith("Not drawn: it needs $0.0")
        assert drawings(door) == []
        assert door.left(TEAM).reserved_nanousd == 0
        assert door.far_end.command('try "a red kite" x2').text.startswith("Drawing for you: 2 by budget")


def test_two_who_want_three_at_once_where_only_three_fit_get_them_one_of_them(store: Ledger) -> None:
    with house(store, limit_nanousd=50_000_000) as door:
        asks: list[Callable[[], object]] = [
            lambda: door.far_end.command('try "a red kite" x3', ANA),
            lambda: door.far_end.command('try "a red kite" x3', BEN),
        ]
        at_once(asks)
        (drawing,) = drawings(door)
        assert len(drawing.generations) == 3
        assert door.store.read(holds.differences) == []


RATES = [
    (["x3", "x2"], "Drawing"),
    (["x3", "x3"], "Slow down: next one in 60 s."),
    (["budget premium", "legacy x3"], "Drawing"),
    (["x4", "budget premium"], "Slow down: next one in 60 s."),
    (["budget premium x3"], "That is 6 pictures at once, and 5 are allowed. Nothing was run or charged."),
]


def test_R62_each_picture_counts_in_a_person_s_rate(store: Ledger) -> None:
    def is_answered(options: list[str], answer: str) -> None:
        with house(store) as door:
            door.now = door.now.replace(day=RATES.index((options, answer)) + 1)
            replies = [door.far_end.command(f'try "a red kite" {each}').text for each in options]
            assert replies[-1].startswith(answer)

    cells.hold(RATES, is_answered)


# Options, or part of the prompt?


def test_last_words_that_may_be_options_are_asked_about_before_money_goes(door: House, slack: FarEnd) -> None:
    shown = slack.command("try a red kite premium high").shown
    assert shown is not None
    assert shown.text.startswith("Premium, high: options, or part of the prompt?")
    assert "With options: about $0.0527; all as the prompt: about $0.0132." in shown.text
    assert door.jobs == []
    labels = [node["text"]["text"] for node in nodes(list(shown.blocks)) if node.get("type") == "button"]
    assert labels == ["Premium, high", "It's all the prompt"]
    for action, prompt, lane in (
        ("command.run", "a red kite", "premium"),
        ("command.run:1", "a red kite premium high", "budget"),
    ):
        slack.press(shown, action)
        door.wait_for_words()
        assert slack.ephemerals(ANA)[0].text.startswith("Drawing for you: ")  # in the question's place
        assert (drawings(door)[-1].prompt, drawn(door)[-1][0]) == (prompt, lane)


def test_by_mention_the_question_is_for_the_writer_alone(door: House, slack: FarEnd) -> None:
    since = Since(door)
    slack.mention("try a red kite premium high", STUDIO, user=BEN)
    door.run("answer")
    (told,) = since.told(BEN)
    assert told.startswith("Premium, high: options, or part of the prompt?")
    assert slack.messages(STUDIO) == []
    assert drawings(door) == []


def test_B6_an_id_nobody_knows_is_answered_as_such(door: House, slack: FarEnd) -> None:
    assert slack.command("show zzz").text == "I know no picture zzz here."
