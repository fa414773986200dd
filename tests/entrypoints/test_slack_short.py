"""Short answers, one sentence or two: none shows a backtick as one, and a notification names nobody by an id."""

import ast
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from bot import errors
from bot.bench import blocks as bench_blocks
from bot.bench import blocks_plan, blocks_review, slack_plan
from bot.bench import slack as bench_slack
from bot.digest import blocks as digest_blocks
from bot.digest import slack as digest_slack
from bot.digest.schedule import Schedule
from bot.entrypoints.slack import blocks_mention, sharing
from bot.slack import ack, refusal
from bot.slack.in_time import COMING
from bot.store.troubles import TooMuchMoney
from bot.usage.errors import NoToken
from tests.kit import cells, looks
from tests.kit.views_made import check

BOT = Path(__file__).parents[2] / "bot"
NOW, FIRST = datetime(2026, 11, 27, 10, tzinfo=UTC), datetime(2026, 11, 30, 9, tzinfo=UTC)
LONG_ZONE = "America/Argentina/ComodRivadavia"
PLAIN = {"small", "button", "header", "option", "modal", "form", "beside", "text_input", "choice_input", "chips_input"}


def schedule(zone: str = "Europe/Berlin") -> Schedule:
    return Schedule("T0SAMPLE1", "C0SAMPLESTU", 2, 9, 0, zone, "U0SAMPLEANA", NOW)


LEFT_OUT = ("Monday", "09:00", LONG_ZONE, "this channel")
CONFIRMED = {
    "on": digest_blocks.switched_on(schedule(), "#sample-studio", FIRST.date(), ()),
    "on, all left out": digest_blocks.switched_on(schedule(LONG_ZONE), "#sample-studio", FIRST.date(), LEFT_OUT),
    "off": digest_blocks.switched_off("#sample-studio", ended=True),
    "off, none": digest_blocks.switched_off("#sample-studio", ended=False),
    "not posted": digest_blocks.not_posted("2026-W46", "#sample-studio", "not in channel", NOW.date()),
    "edited": blocks_mention.edited("@imagelane try a kite"),
    "offered": blocks_mention.offered("digest on mon 09:00", "Run it"),
    "meant": blocks_mention.meant("estimate 5000 high square", "Run it", "I read counts like 5000."),
}
SENTENCES = [
    sharing.OUTSIDE,
    sharing.BY_PERSON,
    digest_slack.OUTSIDE,
    bench_slack.IN_A_TERMINAL,
    slack_plan.NO_WINDOW,
    slack_plan.NO_PLACE.format(id="7f3k2q9xd4"),
    bench_blocks.NONE_YET,
    ack.NOT_OPENED,
    refusal.BROKEN,
    COMING,
    *(str(error()) for error in (errors.Blind, errors.NotOpen, errors.NotKnownYet, errors.ForOnePerson)),
    *(str(error()) for error in (errors.StoreBusy, errors.StoreUnsure, TooMuchMoney, NoToken)),
    str(errors.Unknown("blind test", "zzzz")),
    str(errors.StoreAway("is full")),
    *(f"The blind test was ended: {why}" for why in (bench_blocks.INVITE, *bench_blocks.NOT_BEGUN.values())),
]


def test_B12_what_is_confirmed_keeps_the_rules_of_every_message() -> None:
    def holds(name: str) -> None:
        looks.holds(CONFIRMED[name])
        assert "`" not in CONFIRMED[name].text

    cells.hold(CONFIRMED, holds)


def test_B12_a_sentence_shows_no_backtick_and_no_grammar() -> None:
    def is_plain(sentence: str) -> None:
        told = refusal.sentence(sentence)
        check(told)
        assert "`" not in told.text
        for part in looks.texts(told.blocks):
            assert "`" not in part
            assert not looks.BRACKETS.search(part)

    cells.hold(SENTENCES, is_plain)


def test_B12_a_window_that_only_says_something_shows_no_backtick() -> None:
    windows = [blocks_review.sentence_modal(sentence) for sentence in SENTENCES]
    windows += [blocks_plan.planned_modal("7f3k2q9xd4"), blocks_review.sealed_modal("7f3k2q9xd4")]
    windows += [ack.in_window(sentence, {"type": "modal", "blocks": []})["view"] for sentence in SENTENCES]
    cells.hold(windows, looks.window)


def test_B12_no_plain_field_is_written_with_a_backtick() -> None:
    """As the source has it, whatever the test above did not think of."""
    written = [(file.relative_to(BOT), text) for file in sorted(BOT.rglob("*.py")) for text in plain_texts(file)]
    assert len(written) > 100
    assert [found for found in written if "`" in found[1]] == []


def plain_texts(file: Path) -> Iterator[str]:
    """What stands in the source as an argument of something that makes plain_text."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in PLAIN:
            for argument in node.args:
                parts = argument.values if isinstance(argument, ast.JoinedStr) else [argument]
                constants = (part.value for part in parts if isinstance(part, ast.Constant))
                yield from (value for value in constants if isinstance(value, str))
