"""Words that are not understood come back as the whole command on a button, and nothing is run until it is pressed."""

from typing import Any

import pytest

from bot.entrypoints.slack import blocks_mention
from bot.playground.far_end import FarEnd
from bot.playground.people import ANA, BEN, STUDIO
from bot.playground.signed import Reply
from bot.playground.workspace import PostedMessage
from bot.slack import refusal
from bot.slack.message import Message
from tests.kit import cells, looks
from tests.kit.slack_bench import PLAN, whole
from tests.kit.slack_door import House
from tests.kit.views_made import ATTACKS, check


def as_message(posted: PostedMessage | None) -> Message:
    assert posted is not None
    return Message(posted.text, list(posted.blocks))


def buttons(reply: Reply) -> list[Any]:
    assert reply.shown is not None
    return list(reply.shown.elements("command.run"))


def offered(slack: FarEnd, text: str) -> tuple[str, str, str]:
    """The sentence that leads, what the button says and what it runs."""
    reply = slack.command(text)
    assert (reply.in_time, reply.problems, reply.json["response_type"]) == (True, (), "ephemeral")
    looks.holds(as_message(reply.shown))
    ((_, button),) = buttons(reply)
    return looks.lead_of(as_message(reply.shown)), button["text"]["text"], button["value"]


def test_a_mended_line_stands_on_a_button(door: House, slack: FarEnd) -> None:
    flare = "estimate 5000 high square gpt-image-2.5-flare"
    table = [
        ("price 5k hgih 1:1 flare", (f"Did you mean {flare}?", "Run it", flare)),
        ("how much do 5000 images cost?", ("Did you mean estimate 5000?", "Run it", "estimate 5000")),
        ("draw a red kite", ('Did you mean try "a red kite"?', "Draw it: $0.0132", 'try "a red kite"')),
        ("digst post", ("Did you mean digest post?", "Run it", "digest post")),
    ]
    cells.agree(table, lambda text: offered(slack, text))
    assert door.jobs == []
    assert slack.messages(STUDIO) == []


def test_a_press_runs_the_mended_line(door: House, slack: FarEnd) -> None:
    reply = slack.command("estimate 5k hgih 1:1")
    slack.press(reply.shown, "command.run")
    door.wait_for_words()
    assert "$263.40" in slack.ephemerals(ANA)[-1].text


def test_of_a_number_it_is_said_what_is_read(slack: FarEnd) -> None:
    text = slack.command("estimate 5k").text
    assert text == "Did you mean estimate 5000? I read counts like 5000; I could not read '5k'."


def test_a_mention_that_is_not_understood_is_mended_for_its_writer_alone(door: House, slack: FarEnd) -> None:
    slack.mention("draw a red kite 16:9", user=BEN)
    door.run("answer")
    (offer,) = slack.ephemerals(BEN)
    assert slack.messages(STUDIO) == []
    assert door.jobs == []
    looks.holds(as_message(offer))
    ((_, button),) = offer.elements("command.run")
    assert button["value"] == 'try "a red kite 16:9"'  # all that follows is the prompt


def test_what_would_not_be_drawn_is_not_offered(slack: FarEnd) -> None:
    reply = slack.command('draw "a red kite" gpt-image-1')
    assert buttons(reply) == []
    assert "shut down" in reply.text


def test_what_is_too_long_for_a_button_is_not_offered(slack: FarEnd) -> None:
    reply = slack.command(f"draw {'a kite ' * 300}")
    assert buttons(reply) == []
    assert reply.text == "I read draw as a command: did you mean try?"


def test_a_long_mended_line_stands_under_a_short_question() -> None:
    command = (
        'try "a red kite over a harbour in the first light of a cold morning, seen from a boat" premium high square'
    )
    question = blocks_mention.meant(command, "Draw it: $0.0132")
    looks.holds(question)
    assert looks.lead_of(question) == "Did you mean this?"
    assert command in question.text


def test_what_is_told_of_a_mention_keeps_the_rules() -> None:
    def holds(typed: str) -> None:
        for told in (
            blocks_mention.edited(f"@imagelane try {typed} a kite"),
            blocks_mention.offered(f'try "{typed} a kite"', "Draw it: $0.0132"),
            blocks_mention.offered(f'try "{typed} a kite{" and a boat" * 300}"', "Draw it: $0.0132"),
        ):
            looks.holds(told)

    cells.hold([attack for attack in ATTACKS if "`" not in attack], holds)


REFUSED = [
    "",
    "estimate",
    "estimate 5000 zzzzz",
    "models gpt-image",
    "estimate 5 --zzz",
    "estimate ٥",
    "fly me to the moon",
    "recommend existing",
    "recommend new gpt-image-2",
    "try",
    "try --lane premium",
    'try "a kite" zzzzz',
    "show",
    "show zzz",
    "spend zzzzz",
    "spend by",
    "spend of",
    "spend in",
    "budget zzzzz",
    "budget set",
    "budget set 5",
    "budget set 5 per month for",
    "digest zzzzz",
    "digest on 9am",
    "digest off --week 2026-W46",
    "bench zzzzz",
    "bench verdict",
    "bench verdict zzzz",
    "bench run --prompts x",
    "bench run --prompts x --lanes budget,premium",
    "estimate 10 --on 2020-01-01",
    "estimate 10 xhigh gpt-image-1.5",
    "try a kite --size 17x31",
]


def test_B12_no_refusal_shows_a_backtick_or_grammar(slack: FarEnd) -> None:
    def is_plain(text: str) -> None:
        reply = slack.command(text)
        assert reply.problems == ()
        assert "`" not in reply.text
        assert len(reply.text) <= 320, "more than a few lines"
        for part in looks.texts(reply.json["blocks"]):
            assert "`" not in part
            assert not looks.BRACKETS.search(part), part

    cells.hold([text for text in REFUSED if text], is_plain)


def test_B12_commands_in_a_refusal_are_code() -> None:
    told = refusal.sentence("No budget is left: `budget` shows what was spent.")
    check(told)
    parts: list[dict[str, Any]] = told.blocks[0]["elements"][0]["elements"]
    assert [part["text"] for part in parts if part.get("style")] == ["budget"]
    assert told.text == "No budget is left: budget shows what was spent."


@pytest.mark.parametrize("field", ["cap", "size"])
def test_B12_a_refusal_under_a_field_has_no_backtick(door: House, slack: FarEnd, field: str) -> None:
    slack.command("bench")
    sent = slack.submit(whole(door, door.window()), PLAN | {field: "premuim,budgt"})
    (error,) = sent.json["errors"].values()
    assert "`" not in error
