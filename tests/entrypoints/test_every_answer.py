"""Every answer of every command, as it leaves the door: it leads with its point and ends in the next step."""

from datetime import timedelta
from typing import Any

import pytest

from bot.entrypoints.commands import COMMANDS
from bot.playground.far_end import FarEnd
from bot.playground.people import ANA, BEN, STUDIO
from bot.playground.workspace import PostedMessage
from bot.slack.message import Message
from tests.kit import cells, looks
from tests.kit.records import put, record
from tests.kit.slack_door import DAY, House

ASKED = (
    *("help", "help estimate", "help budget", "estimate 5000 high square", "estimate 1 low portrait premium"),
    *("estimate 100 high budget premium legacy", "estimate 5 medium square gpt-image-2.6-flare"),
    *("estimate 800 medium landscape premium --keep 70% --retries 2", "estimate 200 low 1536x1024 --batch"),
    *("estimate 5000 high gpt-image-1-mini", "estimate 5000 high square --on 2026-03-27", "estimate 10 --keep own"),
    *("recommend", "recommend new", "recommend existing gpt-image-1-mini", "recommend existing gpt-image-2"),
    *("recommend quality", "recommend unsure", "recommend new --on 2026-03-27", "models", "models gpt-image-1-mini"),
    *("models gpt-image-2.6-flare", "models gpt-image-1", "models --on 2026-03-27"),
    *("migrate", "migrate gpt-image-1-mini", "migrate gpt-image-1", "migrate gpt-image-2.5-flare", "migrate --all"),
    *("migrate --all --to premium --quality high --batch", "migrate gpt-image-1.5 --to gpt-image-2.6-sunburst"),
    *(
        "spend",
        "spend today",
        "spend last week",
        "spend last 3 days by day",
        "spend all by model",
        "spend today by kind",
    ),
    *(
        "spend today by kind",
        "spend today by person",
        "spend today of premium",
        "spend 2026-10",
        "spend today in project kites",
    ),
    *("budget", "budget all", "budget show for project kites", "budget requests", "digest", "digest preview"),
    *("digest on", "digest off", "budget set 0 per month for project kites", "budget off for project kites"),
    *("bench list", "bench run --prompts product-shots --lanes budget,premium", "bench list"),
    *("try a red kite", 'try "a red kite" budget premium legacy', "try a red kite premium high"),
)


@pytest.fixture
def filled(door: House) -> House:
    """A week with pictures, records, an unknown price and twelve projects with long names."""
    door.owners = (ANA,)
    door.drawn(BEN, prompt="a kettle at night")
    named = [f"{number} a project with rather a long name" for number in range(12)]
    put(door.store, *(record(team_id="T0SAMPLE1", occurred_at=DAY - timedelta(hours=1), project=one) for one in named))
    put(door.store, record(team_id="T0SAMPLE1", occurred_at=DAY, amount_nanousd=None, basis="unknown", project="kites"))
    put(door.store, record(team_id="T0SAMPLE1", occurred_at=DAY - timedelta(days=7), kept=3, rejected=1))
    return door


def as_message(shown: PostedMessage) -> Message:
    return Message(shown.text, [without_id(block) for block in shown.blocks])


def without_id(block: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in block.items() if name != "block_id"}


def test_every_answer_keeps_the_rules_of_every_message(filled: House) -> None:
    filled.per_minute = 1000

    def keeps_them(words: str) -> None:
        answer = filled.far_end.command(words, ANA, STUDIO).shown
        assert answer is not None
        looks.holds(as_message(answer))

    cells.hold(ASKED, keeps_them)


def test_no_command_is_left_out_of_the_walk() -> None:
    walked = {words.split()[0] for words in ASKED}
    assert set(COMMANDS.names) - walked == {"show"}  # it answers with a picture's own message, held beside `try`'s


# A press


def test_a_press_under_what_one_person_sees_takes_its_place(filled: House) -> None:
    slack = filled.far_end
    answer = slack.command("spend today", ANA, STUDIO).shown
    assert answer is not None
    slack.press(answer, "command.pick", "spend today by model")
    filled.wait_for_words()
    (left,) = slack.ephemerals(ANA)
    assert left.ts == answer.ts
    assert "gpt-image-2.5-flare" in left.text
    slack.press(left, "command.run:1")
    filled.wait_for_words()
    assert [each.ts for each in slack.ephemerals(ANA)] == [answer.ts]


def test_an_error_of_a_press_stands_beside_what_was_pressed(filled: House) -> None:
    slack = filled.far_end
    answer = slack.command("spend today", ANA, STUDIO).shown
    assert answer is not None
    slack.press(answer, "command.pick", "spend 2027-01 by model")
    filled.wait_for_words()
    first, error = slack.ephemerals(ANA)
    assert first.text == answer.text
    assert "begins on" in error.text


def shared_answer(house: House) -> PostedMessage:
    slack = house.far_end
    answer = slack.command("estimate 5000 high square", ANA, STUDIO).shown
    assert answer is not None
    slack.press(answer, "answer.share:2")
    house.wait_for_words()
    return slack.messages(STUDIO)[-1]


def test_a_press_under_a_message_for_all_answers_who_presses_alone(filled: House) -> None:
    slack, posted = filled.far_end, shared_answer(filled)
    before = posted.text
    for _ in range(2):
        slack.press(posted, "command.run:1", user=BEN)
        filled.wait_for_words()
    assert slack.messages(STUDIO)[-1].text == before
    assert all(told.only_for == BEN and "$131.70" in told.text for told in slack.ephemerals(BEN))
    assert len(slack.ephemerals(BEN)) == 2


def test_a_press_a_week_later_is_answered_too(filled: House, slack: FarEnd) -> None:
    posted = shared_answer(filled)
    slack.desk.real = lambda: DAY.timestamp() + 10 * 365 * 86_400  # its response_url ended long ago
    slack.press(posted, "command.run:1", user=BEN)
    filled.wait_for_words()
    assert "$131.70" in slack.ephemerals(BEN)[-1].text
