"""F10: what somebody writes to the bot in its own conversation is answered there, in the thread of the message."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.entrypoints.slack.mentions import ENOUGH, MOST_AN_HOUR
from bot.ledger.tables import drawings
from bot.playground.far_end import FarEnd
from bot.playground.people import ANA, BEN, BOT_USER, STUDIO, TEAM
from bot.playground.workspace import PostedMessage
from bot.store.engine import reading
from tests.kit import cells
from tests.kit.slack_door import House


def written(slack: FarEnd) -> PostedMessage:
    """The newest message of Ana's in the bot's own conversation."""
    return slack.messages(slack.workspace.open_dm(ANA)[0].id, ANA)[-1]


def answers(slack: FarEnd) -> list[PostedMessage]:
    return slack.messages(slack.workspace.open_dm(ANA)[0].id)


def prompts(door: House) -> list[str]:
    with reading(door.store.engine) as connection:
        return list(connection.execute(sa.select(drawings.c.prompt)).scalars())


def test_F10_R130_what_is_written_directly_is_answered_in_its_thread(either_door: House) -> None:
    slack = either_door.far_end
    slack.direct("estimate 5000 high square")
    either_door.run("answer")
    (answer,) = answers(slack)
    assert "$263.40" in answer.text
    assert (answer.thread_ts, answer.only_for) == (written(slack).ts, None)


def test_F10_words_no_command_reads_get_a_sentence_there(door: House, slack: FarEnd) -> None:
    slack.direct("hello there")
    door.run("answer")
    (answer,) = answers(slack)
    assert answer.text == "I could not read a command in that. Perhaps one of these:"
    slack.press(answer, "command.run")
    door.wait_for_words()
    assert "1,000 pictures" in slack.ephemerals(ANA)[-1].text


@pytest.mark.parametrize(
    ("typed", "said", "nearest"),
    [
        ("hi", "I could not read a command in that.", "Price 1,000 pictures"),
        ("how much is a picture?", "I could not read a command in that.", "Price 1,000 pictures"),
        ("which model should I use?", "I could not read a command in that.", "Which model?"),
        ("what's left?", "I could not read a command in that.", "What is left?"),
        ("estimate five hundred", "I read counts like 5000; I could not read 'five'.", "Price 1,000 pictures"),
        ("estimate", "How many pictures?", "Price 1,000 pictures"),
        ("try", "Say what to draw", "Draw a picture…"),
        ("estmate five hundred", "I could not read a command in that.", "Price 1,000 pictures"),
        ("pictures of our money", "I could not read a command in that.", "Draw a picture…"),
    ],
)
def test_F10_what_is_not_read_has_the_command_nearest_to_it_first_and_help_last(
    door: House, slack: FarEnd, typed: str, said: str, nearest: str
) -> None:
    slack.direct(typed)
    door.run("answer")
    (answer,) = answers(slack)
    (row,) = [block["elements"] for block in answer.blocks if block["type"] == "actions"]
    assert answer.text.startswith(said)
    labels = [button["text"]["text"] for button in row]
    assert (labels[0], labels[-1], len(labels)) == (nearest, "What can I ask?", 4)


def test_F10_where_nobody_else_reads_there_is_no_button_to_share(door: House, slack: FarEnd) -> None:
    slack.direct("estimate 5000 high square")
    slack.mention("estimate 5000 high square", STUDIO)
    door.run("answer")
    (direct,), (public,) = answers(slack), slack.messages(STUDIO)[-1:]

    def labels(message: PostedMessage) -> list[str]:
        (row,) = [block["elements"] for block in message.blocks if block["type"] == "actions"]
        return [each["text"]["text"] for each in row]

    assert "Share" in labels(public)
    assert labels(direct) == [label for label in labels(public) if label != "Share"]


def test_F10_figures_by_person_are_answered_there_too(door: House, slack: FarEnd) -> None:
    slack.direct("spend today by person")
    door.run("answer")
    (answer,) = answers(slack)
    assert answer.only_for is None
    assert slack.ephemerals(ANA) == []


def test_F10_R130_it_is_answered_once_however_often_it_comes(either_door: House) -> None:
    slack = either_door.far_end
    reply = slack.direct("models")
    assert reply is not None
    slack.again(reply, retry=1)
    slack.heard_directly(written(slack))  # under a new event id
    either_door.run("answer")
    assert len(answers(slack)) == 1


def test_F10_R131_an_edited_direct_message_is_not_answered_again(either_door: House) -> None:
    slack = either_door.far_end
    slack.direct("try a red kite")
    slack.edit(written(slack), "try a blue kite")
    assert [job.kind for job in either_door.jobs] == ["answer"]


def test_F10_R131_joins_files_bots_and_its_own_messages_are_never_answered(door: House, slack: FarEnd) -> None:
    channel = slack.workspace.open_dm(ANA)[0].id
    said = {"type": "message", "channel": channel, "channel_type": "im", "ts": "1764300000.000100", "text": "models"}

    def is_not_heard(**more: str) -> None:
        assert slack.event({**said, **more}).status == 200
        assert door.jobs == []

    cases = [
        {"user": ANA, "subtype": "file_share"},
        {"user": ANA, "subtype": "channel_join"},
        {"user": BOT_USER, "bot_id": "B0SAMPLE"},
        {"user": ANA, "channel_type": "channel", "channel": STUDIO},
        {"user": ANA, "text": ""},
        {},
    ]
    cells.hold([(case,) for case in cases], lambda case: is_not_heard(**case))


def test_F10_R132_after_sixty_answers_within_an_hour_it_says_so_once_and_waits(either_door: House) -> None:
    slack = either_door.far_end
    for _ in range(MOST_AN_HOUR + 3):
        slack.direct("models")
    assert [job.kind for job in either_door.jobs].count("answer") == MOST_AN_HOUR
    either_door.run("direct.enough")
    assert [told.text for told in answers(slack)] == [ENOUGH]
    either_door.now += timedelta(hours=1, minutes=1)
    slack.direct("models")
    assert [job.kind for job in either_door.jobs].count("answer") == MOST_AN_HOUR + 1


def test_F10_R133_the_first_look_is_greeted_once_with_four_things_to_begin_with(either_door: House) -> None:
    slack = either_door.far_end
    for _ in range(2):
        slack.open_home(ANA, "messages")
    either_door.run("direct.greet")
    (greeting,) = answers(slack)
    (buttons,) = [block["elements"] for block in greeting.blocks if block["type"] == "actions"]
    assert len(buttons) == 4
    assert greeting.text.startswith("Ask me here")


def test_F10_R133_without_the_scope_the_greeting_says_what_to_type(door: House, slack: FarEnd) -> None:
    slack.desk.scopes = frozenset({"chat:write", "im:write"})
    assert slack.direct("models") is None
    slack.open_home(ANA, "messages")
    door.run("direct.greet")
    (greeting,) = answers(slack)
    assert greeting.text.startswith("I can't read what you write here: begin with /imagelane.")


def test_F10_people_named_in_a_prompt_are_the_words_that_were_typed(door: House, slack: FarEnd) -> None:
    slack.direct("try a portrait for @sample-ben")
    door.run("answer")
    assert prompts(door) == ["a portrait for @sample-ben"]


@pytest.mark.parametrize(
    ("sent", "answered"),
    [
        ("hey <@BOT> estimate 5000 high square", True),
        ("estimate 5000 high square <@BOT>", True),
        ("<@BOT> `estimate 5000 high square`", True),
        ("*<@BOT> estimate 5000 high square*", True),
        ("&gt; <@BOT> estimate 5000 high square", True),
        ("```<@BOT> estimate 5000 high square```", True),
        ("• <@BOT> estimate 5000 high square\n• and something else", True),
        ("<@BEN> <@BOT> estimate 5000 high square", True),
        ("<@BOT> <@BEN> estimate 5000 high square", True),
        ("morning all\n<@BOT> estimate 5000 high square\nthanks", True),
        ("hey <@BOT> good morning", False),
    ],
)
def test_F11_a_mention_is_read_wherever_it_stands(door: House, slack: FarEnd, sent: str, answered: bool) -> None:
    event = {"type": "app_mention", "user": ANA, "ts": "1764300000.000100", "channel": STUDIO, "team": TEAM}
    slack.event({**event, "text": sent.replace("BOT", BOT_USER).replace("BEN", BEN)})
    door.run("answer")
    assert [("$263.40" in answer.text) for answer in slack.messages(STUDIO)] == [True] * answered


@pytest.mark.parametrize("sent", ["• <@BOT> try a red kite", "<@BOT> `try a red kite`", "*<@BOT> try a red kite*"])
def test_F11_a_picture_asked_for_in_code_bold_or_a_list_is_the_bare_prompt(
    door: House, slack: FarEnd, sent: str
) -> None:
    event = {"type": "app_mention", "user": ANA, "ts": "1764300000.000100", "channel": STUDIO, "team": TEAM}
    slack.event({**event, "text": sent.replace("BOT", BOT_USER).replace("BEN", BEN)})
    door.run("answer")
    assert prompts(door) == ["a red kite"]
