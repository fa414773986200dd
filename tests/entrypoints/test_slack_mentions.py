"""`@imagelane` in a channel or thread: stored before the ack, answered by a job, in the thread, for all."""

import threading

import pytest

from bot.ledger import rows
from bot.ledger.ledger import open_ledger
from bot.playground import faults
from bot.playground.far_end import FarEnd
from bot.playground.people import ANA, BEN, BOT, BOT_USER, OUTSIDER, SHARED, STUDIO, TEAM
from bot.playground.signed import Reply
from tests.kit import cells
from tests.kit.since import Since
from tests.kit.slack_door import House, house


def test_a_mention_is_only_stored_before_the_ack(door: House) -> None:
    assert door.far_end.mention("estimate 5000 high square").status == 200
    assert [job.kind for job in door.jobs] == ["answer"]
    assert door.far_end.messages() == []


def test_a_question_is_answered_in_its_thread_for_all(door: House, slack: FarEnd) -> None:
    asked = slack.say("what would it cost?", STUDIO, BEN)
    slack.mention("estimate 5000 high square", STUDIO, asked.ts)
    door.run("answer")
    (answer,) = slack.messages(STUDIO)
    assert (answer.thread_ts, answer.only_for) == (asked.ts, None)
    assert "$263.40" in answer.text


def test_a_mention_outside_a_thread_opens_one(door: House, slack: FarEnd) -> None:
    slack.mention("models")
    door.run("answer")
    (asked,) = slack.messages(STUDIO, author=ANA)
    assert slack.messages(STUDIO)[0].thread_ts == asked.ts


def test_what_can_t_be_answered_is_told_to_that_person_only(door: House, slack: FarEnd) -> None:
    def is_told_alone(text: str, said: str) -> None:
        since = Since(door)
        slack.mention(text, user=BEN)
        door.run("answer")
        (told,) = since.told(BEN)
        assert said in told
        assert slack.messages(STUDIO) == []
        assert slack.ephemerals(ANA) == []

    cells.hold(
        [("estimate 5000 hgih", "Did you mean estimate 5000 high?"), ("show 0000000000", "I know no picture")],
        is_told_alone,
    )


def test_a_mention_without_words_is_told_what_can_be_asked(door: House, slack: FarEnd) -> None:
    slack.mention("", user=BEN)
    door.run("answer")
    told = [*slack.ephemerals(BEN), *slack.messages(STUDIO)]
    assert "Price: what your pictures would cost on each lane" in told[0].text


def test_a_try_in_a_thread_is_drawn_in_that_thread(door: House, slack: FarEnd) -> None:
    asked = slack.say("let us see", STUDIO)
    slack.mention("try “a red kite” premium", STUDIO, asked.ts, BEN)
    door.run("answer")
    (place,) = door.jobs
    drawing = door.store.read(rows.drawing, *place.arguments)
    assert (drawing.prompt, drawing.person_id, drawing.channel_id, drawing.thread_ts) == (
        "a red kite",
        BEN,
        STUDIO,
        asked.ts,
    )
    assert slack.messages(STUDIO) == []  # its placeholder is that job's to post


def test_a_refused_try_in_a_thread_is_told_to_who_asked(sqlite_url: str) -> None:
    store = open_ledger(sqlite_url, busy_seconds=10)
    with house(store, limit_nanousd=0) as door:
        door.far_end.mention("try a red kite", user=BEN)
        door.run("answer")
        (told,) = door.far_end.ephemerals(BEN)
        assert told.text.startswith("Not drawn:")
        assert door.far_end.messages(STUDIO) == []
        assert door.jobs == []
    store.close()


def test_R10_the_repeats_of_an_event_are_no_second_work(door: House, slack: FarEnd) -> None:
    first = slack.mention("try a red kite")
    for number in (1, 2, 3):
        assert slack.again(first, retry=number).status == 200
    assert door.run("answer") == 1
    assert [job.kind for job in door.jobs] == ["place"]


def test_R10_a_repeat_whose_original_never_came_is_worked_on(door: House, slack: FarEnd) -> None:
    first = slack.mention("try a red kite").sent.payload
    first = {**first, "event_id": "Ev0NEVERCAME", "event": {**first["event"], "ts": "1.1"}}
    sent = slack.signed.prepared(
        "events_api", first, more={"X-Slack-Retry-Num": "2", "X-Slack-Retry-Reason": "http_timeout"}
    )
    assert slack.again(sent).status == 200
    assert len([job for job in door.jobs if job.key == f"{TEAM}:Ev0NEVERCAME"]) == 1


def test_R10_three_copies_at_once_are_one_job(either_door: House) -> None:
    slack = either_door.far_end
    first = slack.mention("models").sent.payload
    payload = {**first, "event_id": "Ev0ATONCE", "event": {**first["event"], "ts": "1.1"}}
    sent = slack.signed.prepared("events_api", payload)
    start = threading.Barrier(3)
    replies: list[Reply] = []

    def send() -> None:
        start.wait()
        replies.append(slack.again(sent))

    threads = [threading.Thread(target=send) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 200 in {reply.status for reply in replies}
    assert either_door.stored_jobs().count(f"answer:{TEAM}:Ev0ATONCE") == 1


def test_an_event_whose_job_can_t_be_stored_is_asked_for_again(sqlite_url: str) -> None:
    impatient, other = open_ledger(sqlite_url, busy_seconds=0.2), open_ledger(sqlite_url, busy_seconds=1)
    with house(impatient) as door:
        with other.engine.connect() as connection:
            connection.exec_driver_sql("SELECT 1")
            replies = [
                door.far_end.mention("models"),
                *(door.far_end.open_home(ANA, tab) for tab in ("home", "messages")),
            ]
            assert [reply.status for reply in replies] == [503] * 3
            connection.rollback()
        assert [door.far_end.again(reply, retry=1).status for reply in replies] == [200] * 3
        assert [door.run(kind) for kind in ("answer", "home", "direct.greet")] == [1] * 3
    impatient.close()
    other.close()


def test_what_a_bot_says_is_not_answered(door: House, slack: FarEnd) -> None:
    event = {"type": "app_mention", "user": BOT_USER, "text": "<@U0> models", "ts": "1.0", "channel": STUDIO}

    def is_not_answered(more: dict[str, str | None]) -> None:
        assert slack.event({**event, **more}).status == 200
        assert door.jobs == []

    cells.hold([{"bot_id": BOT}, {"bot_id": "B0OTHER"}, {"subtype": "bot_message"}, {"user": None}], is_not_answered)


def test_people_of_another_workspace_are_told_so_and_cost_nothing(door: House, slack: FarEnd) -> None:
    slack.mention("try a red kite", SHARED, user=OUTSIDER)
    door.run("answer")
    (told,) = slack.ephemerals(OUTSIDER)
    assert told.text == "Only people of this workspace can use imagelane here; nothing was changed."
    assert door.jobs == []


def test_R67_a_character_nothing_can_store_waits_in_a_job_all_the_same(either_door: House) -> None:
    door = either_door

    def waits(number: int, text: str) -> None:
        since, asked = Since(door), f"<@{BOT_USER}> {text}"
        where = {"ts": f"{number}.0", "channel": STUDIO, "team": TEAM}
        assert door.far_end.event({"type": "app_mention", "user": ANA, "text": asked, **where}).status == 200
        assert all(argument.isascii() and "\x00" not in argument for job in door.jobs for argument in job.arguments)
        assert door.run("answer") == 1
        (told,) = since.told(ANA)
        assert told
        assert door.jobs == []

    cells.hold(enumerate(["try a\x00b", "try a\ud800b", "est\x00imate 5"]), waits)


def test_an_answer_slack_does_not_take_ends_the_job_quietly(door: House, slack: FarEnd) -> None:
    slack.fail("chat.postMessage", faults.refused("is_archived"))
    slack.mention("models")
    door.run("answer")
    assert slack.messages(STUDIO) == []


def test_something_broken_is_told_and_logged_without_the_words(
    door: House, slack: FarEnd, caplog: pytest.LogCaptureFixture
) -> None:
    with door.store.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TRIGGER no BEFORE INSERT ON drawings BEGIN SELECT RAISE(ABORT, 'no'); END")
    slack.mention("try a canary kite")
    door.run("answer")
    (told,) = slack.ephemerals(ANA)
    assert told.text == "Something broke on our side. Nothing was changed."
    assert "IntegrityError" in caplog.text
    assert "canary" not in caplog.text
