"""F1: a message is answered once, by its first delivery that names the bot. Slack sends an edited one again as a new
event, and whatever that says is not done: its writer reads how to ask anew."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot import store as stores
from bot.jobs import Job
from bot.ledger import answered, workspaces
from bot.ledger.tables import answered_messages, drawings
from bot.playground.far_end import FarEnd
from bot.playground.people import ANA, BEN, BOT_USER, GENERAL, STUDIO, TEAM
from bot.playground.signed import Reply
from bot.store.engine import reading
from tests.kit.older_stores import Older, opened
from tests.kit.slack_door import DAY, House, house

HINT = "I saw your edit. Send it as a new message:"


def delivered(slack: FarEnd, text: str, *, ts: str = "1764300000.000100", **more: Any) -> Reply:
    """An app_mention of Ana's with that ts and a new event id; `text` names the bot as <@BOT>."""
    named = text.replace("<@BOT>", f"<@{BOT_USER}>")
    event = {"type": "app_mention", "user": ANA, "text": named, "ts": ts, "channel": STUDIO, "team": TEAM}
    return slack.event({**event, **more})


def edited(slack: FarEnd, text: str, **more: Any) -> Reply:
    return delivered(slack, text, edited={"user": ANA, "ts": "1764300060.000000"}, **more)


def hints(slack: FarEnd) -> list[str]:
    return [told.text for told in slack.ephemerals() if HINT in told.text]


def kinds(door: House) -> list[str]:
    return [job.kind for job in door.jobs]


def asked_for(door: House) -> list[str]:
    """The request key of every drawing."""
    with reading(door.store.engine) as connection:
        return list(connection.execute(sa.select(drawings.c.request_key)).scalars())


@pytest.mark.parametrize("words", ["try a red kite over a harbour", "try a blue kite over a harbour"])
@pytest.mark.parametrize("answered_before", [True, False])
def test_F1_R115_an_edited_mention_never_draws_again(either_door: House, words: str, answered_before: bool) -> None:
    slack = either_door.far_end
    assert delivered(slack, "<@BOT> try a red kite over a harbour").status == 200
    if answered_before:
        either_door.run("answer")
    for _ in range(2):
        assert edited(slack, f"<@BOT> {words}").status == 200
    either_door.run("answer")
    either_door.run("hint")
    assert asked_for(either_door) == [f"mention:{STUDIO}:1764300000.000100"]
    assert kinds(either_door) == ["place"]
    assert slack.messages(STUDIO) == []
    assert len(hints(slack)) == (0 if "red" in words else 1)


def test_F1_R115_the_writer_alone_reads_how_to_ask_anew(door: House, slack: FarEnd) -> None:
    asked = slack.say("what would it cost?", STUDIO, BEN)
    delivered(slack, "<@BOT> estimate 5 high", thread_ts=asked.ts)
    door.run("answer")
    edited(slack, "<@BOT> estimate 50 high &amp; &lt;!channel&gt;", thread_ts=asked.ts)
    edited(slack, "<@BOT> estimate 500 high", thread_ts=asked.ts)
    assert door.run("hint") == 2
    first, second = slack.ephemerals()
    assert first.text == f"{HINT} @imagelane estimate 50 high &amp; &lt;!channel&gt;"
    assert (first.only_for, first.thread_ts, second.text) == (ANA, asked.ts, f"{HINT} @imagelane estimate 500 high")
    assert len(slack.messages(STUDIO)) == 1


@pytest.mark.parametrize("words", ["budget set 9 per week", "digest post", "digest on", "spend by day"])
def test_F1_R115_no_command_is_done_again_by_an_edit(door: House, slack: FarEnd, words: str) -> None:
    door.owners = (ANA,)
    delivered(slack, f"<@BOT> {words}")
    door.run("answer")
    before = door.stored_jobs(), door.audits(), len(slack.messages()), len(slack.ephemerals())
    edited(slack, f"<@BOT> {words}")
    edited(slack, f"<@BOT> {words}", event_ts="1764300061.000000")
    assert door.run("answer") == door.run("hint") == 0
    assert before == (
        door.stored_jobs(),
        door.audits(),
        len(slack.messages()),
        len(slack.ephemerals()),
    )


def test_F1_R115_an_edit_that_adds_the_name_is_the_first_delivery(either_door: House) -> None:
    slack = either_door.far_end
    said = slack.say("try a red kite", STUDIO, ANA)  # no event: it names nobody
    edited(slack, "<@BOT> try a red kite", ts=said.ts)
    edited(slack, "<@BOT> try a blue kite", ts=said.ts)
    assert either_door.run("answer") == 1
    assert asked_for(either_door) == [f"mention:{STUDIO}:{said.ts}"]


def test_F1_R115_what_was_refused_is_not_done_by_an_edit(either_door: House) -> None:
    slack = either_door.far_end
    either_door.limit_nanousd = 0
    delivered(slack, "<@BOT> try a red kite")
    either_door.run("answer")
    either_door.limit_nanousd = 50 * 10**9
    edited(slack, "<@BOT> try a red kite")
    edited(slack, "<@BOT> try a small red kite")
    either_door.run("answer")
    either_door.run("hint")
    assert asked_for(either_door) == []
    assert len(hints(slack)) == 1


def test_F1_R115_a_message_is_known_by_channel_and_ts(either_door: House) -> None:
    slack = either_door.far_end
    for channel, ts in ((STUDIO, "1.1"), (GENERAL, "1.1"), (STUDIO, "1.2")):
        delivered(slack, "<@BOT> models", channel=channel, ts=ts)
    assert either_door.run("answer") == 3


def test_F1_R115_what_an_older_version_took_up_is_known_by_its_event(either_door: House) -> None:
    slack = either_door.far_end
    mention = (TEAM, STUDIO, "1.1", ANA, TEAM, "Ev0OLDER", f'"<@{BOT_USER}> try a red kite"')
    either_door.start(
        Job(f"answer:{TEAM}:Ev0OLDER", "answer", mention)
    )  # as that version stored it, and had no time for it
    event = {"type": "app_mention", "user": ANA, "text": f"<@{BOT_USER}> try a red kite", "ts": "1.1"}
    assert slack.event({**event, "channel": STUDIO, "team": TEAM}, event_id="Ev0OLDER").status == 200
    assert either_door.run("answer") == 1
    assert asked_for(either_door) == ["event:Ev0OLDER"]


def test_F1_R115_words_are_forgotten_after_a_while_and_the_message_never(either_door: House) -> None:
    slack, store = either_door.far_end, either_door.store
    delivered(slack, "<@BOT> try a red kite")
    either_door.run("answer")
    assert store.write_once(answered.forget_words, either_door.now) == 0
    assert store.write_once(answered.forget_words, either_door.now + timedelta(seconds=1)) == 1
    with reading(either_door.store.engine) as connection:
        assert connection.execute(sa.select(answered_messages.c.words_hash)).scalars().all() == [None]
    edited(slack, "<@BOT> try a blue kite")
    assert either_door.run("answer") == either_door.run("hint") == 0


# A name that does not open its message may only ask.


@pytest.mark.parametrize("text", ["hey <@BOT> estimate 5000 high square", "estimate 5000 high square, <@BOT>"])
def test_F1_R115_a_question_is_answered_wherever_the_name_stands(door: House, slack: FarEnd, text: str) -> None:
    delivered(slack, text)
    door.run("answer")
    (answer,) = slack.messages(STUDIO)
    assert "$263.40" in answer.text


def test_F1_R115_what_pays_behind_other_words_comes_back_on_a_button(either_door: House) -> None:
    slack = either_door.far_end
    delivered(slack, "thanks <@BOT>, try that tomorrow")
    either_door.run("answer")
    assert asked_for(either_door) == []
    (offer,) = slack.ephemerals()
    assert offer.only_for == ANA
    ((_, button),) = offer.elements("command.run")
    assert (button["text"]["text"], button["value"]) == ("Draw it: $0.0132", 'try "that tomorrow"')
    for _ in range(2):  # a double click
        assert slack.press(offer, "command.run").status == 200
    either_door.wait_for_words()
    assert len(asked_for(either_door)) == 1
    assert kinds(either_door) == ["place"]
    assert "Drawing for you: budget" in slack.ephemerals()[-1].text


@pytest.mark.parametrize(
    "words", ["budget set 9 per week", "budget off", "digest on", "digest post", "bench close 7f3k"]
)
def test_F1_R115_what_writes_behind_other_words_comes_back_on_a_button(door: House, slack: FarEnd, words: str) -> None:
    delivered(slack, f"could somebody <@BOT> {words}")
    door.run("answer")
    (offer,) = slack.ephemerals(ANA)
    ((_, button),) = offer.elements("command.run")
    assert button["text"]["text"] == "Run it"
    assert door.audits() == []
    assert kinds(door) == []


def test_F1_R115_a_button_runs_the_command_it_shows_with_the_rights_of_who_presses(door: House, slack: FarEnd) -> None:
    door.owners = (ANA,)
    delivered(slack, "please <@BOT> budget set 9 per week for workspace")
    door.run("answer")
    (offer,) = slack.ephemerals(ANA)
    slack.press(offer, "command.run")
    door.wait_for_words()
    assert [row.what for row in door.audits()] == ["budget"]


def test_F1_R115_the_bot_knows_its_own_name_among_others(door: House, slack: FarEnd) -> None:
    delivered(slack, f"<@{BEN}> <@BOT> try a red kite")
    door.run("answer")
    assert asked_for(door) == []
    assert len(slack.ephemerals(ANA)) == 1


def test_F1_R115_without_an_id_in_the_event_it_is_the_one_slack_told_at_the_start(door: House, slack: FarEnd) -> None:
    door.store.write(workspaces.remember, TEAM, "Sample", BOT_USER)
    body = slack.mention("models").sent.payload
    event = {**body["event"], "ts": "1.9", "text": f"<@{BEN}>, ask <@{BOT_USER}>: estimate 5000 high square"}
    slack.deliver("events_api", {**body, "event": event, "event_id": "Ev0BARE", "authorizations": []})
    door.run("answer")
    assert "$263.40" in slack.messages(STUDIO)[-1].text


def test_F1_R115_what_was_drawn_before_the_update_is_not_drawn_again_by_an_edit(any_older: Older) -> None:
    url = any_older("0007")
    old: dict[str, Any] = {
        "team_id": TEAM,
        "id": "old",
        "request_key": "event:Ev0OLDER",
        "person_id": ANA,
        "channel_id": STUDIO,
    }
    old |= {"thread_ts": "1764300000.000100", "source": "slack", "prompt": "a red kite", "created_at": DAY}
    with opened(url) as store, store.transaction() as connection:
        connection.execute(sa.insert(drawings).values(old))
    stores.release(url)
    with opened(url) as store, house(store) as door:
        edited(door.far_end, "<@BOT> try a blue kite")
        assert door.run("answer") == 0
