"""F10, F11 at their edges: what no person wrote, the hour's bound, names in prompts, and words around a command."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
import sqlalchemy as sa

from bot.entrypoints.slack.blocks_home import STRANGER
from bot.entrypoints.slack.mentions import ENOUGH, MOST_AN_HOUR
from bot.ledger.ledger import Ledger
from bot.ledger.tables import generations
from bot.playground import faults
from bot.playground.far_end import FarEnd
from bot.playground.people import ANA, BEN, BOT_USER, GUEST, OUTSIDER, STUDIO, TEAM
from bot.slack.words import MOST_NAMED
from bot.store.engine import reading
from tests.entrypoints.test_direct import answers, prompts
from tests.kit import cells
from tests.kit.slack_door import House, house
from tests.kit.wishes import at_once

Say = Callable[..., Any]


def directly(slack: FarEnd, text: str, ts: str = "1764300000.000100", **more: Any) -> Any:
    place = {"channel": slack.workspace.open_dm(ANA)[0].id, "channel_type": "im"}
    event = {"type": "message", "user": ANA, "ts": ts, "team": TEAM, **place, "text": named(text)}
    return slack.event({**event, **more})


def mentioned(slack: FarEnd, text: str, ts: str = "1764300000.000100", **more: Any) -> Any:
    event = {"type": "app_mention", "user": ANA, "ts": ts, "channel": STUDIO, "team": TEAM, "text": named(text)}
    return slack.event({**event, **more})


def named(text: str) -> str:
    return text.replace("BOT", BOT_USER).replace("BEN", BEN)


def kinds(door: House) -> list[str]:
    return [job.kind for job in door.jobs]


def qualities(door: House) -> list[str]:
    with reading(door.store.engine) as connection:
        return list(connection.execute(sa.select(generations.c.quality)).scalars())


# R131: of a person, or not


@pytest.mark.parametrize("say", [directly, mentioned])
def test_F10_R131_what_slack_or_a_machine_wrote_is_nobody_s(door: House, slack: FarEnd, say: Say) -> None:
    def is_not_heard(more: dict[str, Any]) -> None:
        assert say(slack, "<@BOT> models", **more).status == 200
        assert door.jobs == []

    cells.hold(
        [
            {"user": BOT_USER},
            {"user": "USLACKBOT"},
            {"bot_id": "B0SAMPLE"},
            {"bot_profile": {"id": "B0SAMPLE"}},
            {"hidden": True},
            {"subtype": "bot_message"},
            {"subtype": "message_changed", "message": {"text": "models"}},
            {"subtype": "message_deleted", "deleted_ts": "1764300000.000100"},
            {"subtype": "file_share", "files": [{"id": "F0SAMPLE"}]},
        ],
        is_not_heard,
    )


@pytest.mark.parametrize("say", [directly, mentioned])
def test_F10_R131_a_reply_sent_to_the_channel_too_is_answered(door: House, slack: FarEnd, say: Say) -> None:
    say(slack, "<@BOT> models", subtype="thread_broadcast", thread_ts="1764300000.000050")
    assert kinds(door) == ["answer"]


# R132: the hour


def test_F10_R132_the_greeting_is_none_of_the_sixty(either_door: House) -> None:
    either_door.far_end.open_home(ANA, "messages")
    for _ in range(MOST_AN_HOUR):
        either_door.far_end.direct("models")
    assert kinds(either_door).count("answer") == MOST_AN_HOUR
    assert "direct.enough" not in kinds(either_door)


def test_F10_R132_whoever_writes_on_is_answered_again_after_the_hour(either_door: House) -> None:
    for _ in range(MOST_AN_HOUR + 1):
        either_door.far_end.direct("models")
    for _ in range(MOST_AN_HOUR + 10):
        either_door.now += timedelta(seconds=50)
        either_door.far_end.direct("models")
    assert kinds(either_door).count("direct.enough") == 1
    either_door.now += timedelta(minutes=2)
    either_door.jobs.clear()
    either_door.far_end.direct("models")
    assert kinds(either_door) == ["answer"]


def test_F10_R132_of_many_at_once_sixty_are_answered_and_one_is_told(either_door: House) -> None:
    for number in range(MOST_AN_HOUR - 3):
        directly(either_door.far_end, "models", f"1764300000.{number:06}")
    late = [
        partial(directly, either_door.far_end, "models", f"1764300001.{number:06}", event_id=f"Ev{number}")
        for number in range(8)
    ]
    at_once(late)
    assert kinds(either_door).count("answer") == MOST_AN_HOUR
    either_door.run("direct.enough")
    assert [told.text for told in answers(either_door.far_end)] == [ENOUGH]


# R133: the greeting


def test_F10_R133_a_greeting_that_slack_would_not_take_is_said_at_the_next_look(door: House, slack: FarEnd) -> None:
    slack.fail("chat.postMessage", faults.refused("is_archived"), times=1)
    for _ in range(3):
        slack.open_home(ANA, "messages")
        door.run("direct.greet")
    assert len(answers(slack)) == 1


def test_F10_R133_a_greeting_that_may_stand_already_is_not_said_again(door: House, slack: FarEnd) -> None:
    slack.fail("chat.postMessage", faults.lost(), times=1)
    for _ in range(3):
        slack.open_home(ANA, "messages")
        door.run("direct.greet")
    assert len(answers(slack)) == 1


def greeted(door: House, person: str) -> tuple[str, list[str]]:
    """What it says, and the labels of its buttons."""
    slack = door.far_end
    slack.open_home(person, "messages")
    door.run("direct.greet")
    (greeting,) = slack.messages(slack.workspace.open_dm(person)[0].id)
    rows = [block["elements"] for block in greeting.blocks if block["type"] == "actions"]
    return greeting.text, [each["text"]["text"] for row in rows for each in row]


@pytest.mark.parametrize("allowed", [False, True])
def test_F10_R133_who_may_not_draw_is_offered_no_picture(quick_store: Ledger, allowed: bool) -> None:
    with house(quick_store, guests=allowed) as door:
        text, labels = greeted(door, GUEST)
        assert ("Draw a picture…" in labels, "try a red kite" in text) == (allowed, allowed)
        assert labels[-3:] == ["Price 1,000 pictures", "Which model?", "What was spent?"]


def test_F10_R133_whoever_is_of_another_workspace_is_offered_nothing(door: House) -> None:
    assert greeted(door, OUTSIDER) == (STRANGER, [])


def test_F10_R133_while_slack_does_not_say_who_looks_no_picture_is_offered(door: House, slack: FarEnd) -> None:
    slack.fail("users.info", faults.refused("missing_scope"), times=9)
    assert "Draw a picture…" not in greeted(door, ANA)[1]


def test_F10_R133_a_greeting_that_an_older_version_put_off_is_said(door: House, slack: FarEnd) -> None:
    door.handlers["direct.greet"](TEAM, slack.workspace.open_dm(ANA)[0].id)
    assert answers(slack)[0].text.startswith("Ask me here")


# Names in prompts


def test_F11_a_word_that_looks_like_an_id_stays_as_it_was_typed(door: House, slack: FarEnd) -> None:
    slack.direct("try a poster that says @UNICORNS")
    door.run("answer")
    assert prompts(door) == ["a poster that says @UNICORNS"]


@pytest.mark.parametrize(
    ("name", "words", "prompt", "quality"),
    [
        ('Ben "Benny" Sample', 'try "a portrait of <@BEN>" high', "a portrait of @Ben 'Benny' Sample", "high"),
        ("Ben “B” Sample", "try “a portrait of <@BEN>” high", "a portrait of @Ben 'B' Sample", "high"),
        ("Ben\nSample", 'try "a portrait of <@BEN>" high', "a portrait of @Ben Sample", "high"),
        ("Ben --quality max x", "try a portrait of <@BEN>", "a portrait of @Ben quality max x", "medium"),
        ("--quality", "try a portrait of <@BEN>", "a portrait of @quality", "medium"),
        ("<!channel>", "try a portrait of <@BEN>", "a portrait of @<!channel>", "medium"),
    ],
)
def test_F11_what_somebody_calls_themselves_sets_no_option_and_ends_no_prompt(
    door: House, slack: FarEnd, name: str, words: str, prompt: str, quality: str
) -> None:
    slack.workspace.put(replace(slack.workspace.people[BEN], name=name))
    mentioned(slack, f"<@BOT> {words}")
    door.run("answer")
    assert (prompts(door), qualities(door)) == ([prompt], [quality])


def test_F11_an_option_in_somebody_s_name_draws_nothing_dearer(door: House, slack: FarEnd) -> None:
    slack.workspace.put(replace(slack.workspace.people[BEN], name="Ben --quality max"))
    mentioned(slack, "<@BOT> try a portrait of <@BEN>")
    door.run("answer")
    assert qualities(door) == []
    assert "options, or part of the prompt?" in slack.ephemerals(ANA)[-1].text


def test_F11_of_thousands_of_names_slack_is_asked_a_few(door: House, slack: FarEnd) -> None:
    mentioned(slack, "<@BOT> try a crowd of " + " ".join(f"<@U{number:09}>" for number in range(3_000)))
    door.run("answer")
    assert len(slack.calls_of("users.info")) <= MOST_NAMED
    assert len(prompts(door)) == 1


# Words around a command

PRICE = "$263.40"
ASK = "estimate 5000 high square"


@pytest.mark.parametrize(
    "sent",
    [
        f"hey <@BOT> {ASK}",
        f"{ASK} <@BOT>",
        f"<@BOT> {ASK} <@BOT>",
        f"1. {ASK}",
        f"◦ {ASK}",
        f"`/imagelane {ASK}`",
        f"imagelane {ASK}",
        f"@imagelane {ASK}",
        f"&gt; {ASK}\nhow much is that?",
        f"<@BEN> {ASK}",
    ],
)
def test_F10_F11_what_stands_around_a_question_hides_it_from_nobody(door: House, slack: FarEnd, sent: str) -> None:
    directly(slack, sent)
    door.run("answer")
    assert PRICE in answers(slack)[-1].text


@pytest.mark.parametrize(
    "sent",
    [
        f"<@BOT> {ASK} <@BOT>",
        f"{ASK} <@BEN> <@BOT>",
        f"<@BOT> — {ASK}",
        f"<@BOT> imagelane {ASK}",
        f"1. <@BOT> {ASK}\n2. something else",
        f"   ◦ <@BOT> {ASK}\n   ◦ something else",
        f"&gt; <@BOT> {ASK}\nthat one",
    ],
)
def test_F11_a_question_is_read_in_nested_lists_and_between_names(door: House, slack: FarEnd, sent: str) -> None:
    mentioned(slack, sent)
    door.run("answer")
    (answer,) = slack.messages(STUDIO)
    assert PRICE in answer.text


@pytest.mark.parametrize(
    ("say", "sent"),
    [
        (mentioned, "&gt; <@BOT> try a red kite\nno, don't"),
        (mentioned, "see\n&gt; <@BOT> try a red kite"),
        (directly, "&gt; try a red kite\nwhy was that refused?"),
        (directly, "hey <@BOT> try a red kite"),
        (directly, "budget set 5 per week\nthanks"),
        (mentioned, "<@BOT> budget set 5 per week\nthanks"),
    ],
)
def test_F11_what_pays_or_writes_among_other_words_is_only_a_button(
    door: House, slack: FarEnd, say: Say, sent: str
) -> None:
    say(slack, sent)
    door.run("answer")
    assert (prompts(door), kinds(door), door.audits()) == ([], [], [])
    (shown,) = [*answers(slack), *slack.ephemerals(ANA)]
    assert "nothing was run or charged" in shown.text
    assert shown.elements("command.run")


def test_F11_the_whole_of_a_quote_is_the_prompt(door: House, slack: FarEnd) -> None:
    directly(slack, "&gt; try a red kite\n&gt; over a harbour")
    door.run("answer")
    assert prompts(door) == ["a red kite\nover a harbour"]
