"""`/imagelane` through the real Bolt app, signed, over HTTP: what is answered, and what is stored."""

import json
import threading
from dataclasses import replace
from datetime import timedelta
from urllib.parse import quote_plus

from sqlalchemy import func, select

from bot.errors import StoreBusy
from bot.ledger import rows as ledger_rows
from bot.ledger import settlement, votes, workspaces
from bot.ledger.ledger import Ledger, open_ledger
from bot.ledger.pictures import Blocked, PictureState
from bot.ledger.tables import budget_periods, drawings, generations
from bot.playground.far_end import FarEnd
from bot.playground.people import ANA, BEN, DM_OF_TWO, STUDIO, TEAM, UNINVITED
from bot.playground.signed import Reply, signature
from tests.kit import cells
from tests.kit.clock import moment
from tests.kit.slack_door import House, house


def rows(door: House) -> tuple[int, int]:
    """How many drawings and generations are stored."""
    with door.store.engine.begin() as connection:
        return (
            connection.execute(select(func.count()).select_from(drawings)).scalar_one(),
            connection.execute(select(func.count()).select_from(generations)).scalar_one(),
        )


def actions(reply: Reply) -> dict[str, str]:
    found = [element for block in reply.json["blocks"] if block["type"] == "actions" for element in block["elements"]]
    return {element["action_id"].split(":")[0]: element["value"] for element in found}


def raw(slack: FarEnd, body: bytes, stamp: str) -> Reply:
    """Any bytes, signed."""
    sent = slack.sent[-1]
    signed = {**sent.headers, "X-Slack-Signature": signature(slack.signing_secret, stamp, body)}
    return slack.again(replace(sent, body=body, headers=signed))


def test_an_estimate_is_the_ack_itself_and_is_seen_by_who_asked(slack: FarEnd) -> None:
    reply = slack.command("estimate 5000 high square")
    assert (reply.in_time, reply.problems, reply.json["response_type"]) == (True, (), "ephemeral")
    assert "$263.40" in reply.text
    assert slack.calls_of() == []


def test_an_answer_can_be_shared_by_its_canonical_words_with_their_day(slack: FarEnd) -> None:
    reply = slack.command("ESTIMATE high 5000 square")
    assert actions(reply)["answer.share"] == "estimate 5000 high square --on 2026-11-22"
    dated = slack.command("estimate 5000 high square --on 2026-03-27")
    assert actions(dated)["answer.share"] == "estimate 5000 high square --on 2026-03-27"
    assert "$180.00" in dated.text


QUESTIONS = [
    ("recommend new", "Start on budget (gpt-image-2.5-flare)"),
    ("models", "gpt-image-2.5-sunburst"),
    ("models gpt-image-1", "shut down"),
    ("help", "Price: what your pictures would cost on each lane"),
    ("help try", "/imagelane try a high castle"),
    ("", "Price: what your pictures would cost on each lane"),
]


def test_every_question_has_its_answer(slack: FarEnd) -> None:
    def is_answered(text: str, said: str) -> None:
        reply = slack.command(text)
        assert reply.problems == ()
        assert said in reply.text

    cells.hold(QUESTIONS, is_answered)


NO_QUESTIONS = [
    ("estimate 5000 hgih", "Did you mean estimate 5000 high?"),
    ("models gpt-image", "did you mean gpt-image-2 or gpt-image-1.5?"),
    ("estimate 5 gpt-image-1-mini-2025-10-07", "Did you mean estimate 5 gpt-image-1-mini?"),
    ("estimate 5 gpt-image-1-2025-04-16", "gpt-image-1, which it looks like, was shut down on 2026-10-23"),
    ("estimate 5k", "5k"),
    ("estimate ٥", "I read"),
    ("fly me to the moon", "fly"),
    ("show 0000000000", "I know no picture 0000000000 here."),
    ("estimate 10 --on 2020-01-01", "2020-01-01"),
]


def test_what_can_t_be_answered_is_one_sentence_to_who_asked(door: House) -> None:
    def is_one_sentence(text: str, said: str) -> None:
        reply = door.far_end.command(text)
        assert (reply.in_time, reply.problems, reply.json["response_type"]) == (True, (), "ephemeral")
        assert said in reply.text
        assert door.jobs == []
        assert door.far_end.messages() == []

    cells.hold(NO_QUESTIONS, is_one_sentence)


def test_an_estimate_knows_what_the_team_keeps_and_asks_for_it_once_a_minute(door: House) -> None:
    generation = door.drawn()
    door.store.write(votes.vote, TEAM, generation.id, BEN, "keep", None, door.now)
    first = door.far_end.command("estimate 100 medium square")
    assert first.in_time
    door.far_end.press(first.shown, "answer.details")
    assert "100%" in json.dumps(door.window().payload)


def test_a_team_that_was_removed_can_still_ask_but_not_draw(door: House) -> None:
    door.store.write(workspaces.stop, TEAM, door.now)
    assert "$" in door.far_end.command("estimate 5").text
    assert "was removed from this workspace" in door.far_end.command("try a red kite").text


def test_a_try_is_stored_with_its_job_before_it_is_acknowledged(door: House) -> None:
    reply = door.far_end.command('try "a red kite" budget premium high portrait', ANA, STUDIO)
    assert reply.text.startswith("Drawing for you: budget and premium, high, about $0.08.")
    assert rows(door) == (1, 2)
    (job,) = door.jobs
    drawing = door.store.read(ledger_rows.drawing, *job.arguments)
    assert (job.kind, drawing.person_id, drawing.channel_id, drawing.prompt) == ("place", ANA, STUDIO, "a red kite")
    assert drawing.reply_url is not None
    assert all(generation.state is PictureState.RESERVED for generation in drawing.generations)
    assert all(0 < g.expected_nanousd < g.reserved_nanousd for g in drawing.generations)
    assert door.far_end.calls_of() == []


def test_what_a_try_left_out_is_said(door: House) -> None:
    reply = door.far_end.command("try a high castle")
    assert "budget, medium, square" in reply.text
    assert door.store.read(ledger_rows.drawing, *door.jobs[0].arguments).prompt == "a high castle"


def test_a_demo_try_reserves_nothing_and_says_so(quick_store: Ledger) -> None:
    with house(quick_store, demo=True, limit_nanousd=0) as door:
        assert "a demo, $0.00" in door.far_end.command("try a red kite").text
        (generation,) = door.store.read(ledger_rows.drawing, *door.jobs[0].arguments).generations
    assert (generation.demo, generation.reserved_nanousd, generation.expected_nanousd) == (True, 0, 0)


NOT_DRAWN = [
    ('try "a red kite" gpt-image-1', "OpenAI names"),
    ('try "a red kite" premium --quality ultra', "ultra"),
    ('try "a red kite" 17x17', "17x17"),
    ('try "a red kite" dall-e-2', "dall-e-2 was shut down on"),
]


def test_a_try_that_can_t_be_drawn_is_refused_in_the_ack(door: House) -> None:
    def is_refused(text: str, said: str) -> None:
        assert said in door.far_end.command(text).text
        assert rows(door) == (0, 0)
        assert door.jobs == []

    cells.hold(NOT_DRAWN, is_refused)


def test_over_budget_is_refused_in_the_ack_and_nothing_is_posted(quick_store: Ledger) -> None:
    with house(quick_store, limit_nanousd=1_000_000) as door:
        reply = door.far_end.command("try a red kite")
        assert reply.text.startswith("Not drawn: it needs $0.014 and the workspace has $0.001 left this month.")
        assert reply.text.endswith("Nothing was charged. Workspace admins can raise it.")
        assert rows(door) == (0, 0)
        assert door.far_end.messages() == []


def test_R11_when_the_queue_is_full_the_ack_says_busy(quick_store: Ledger) -> None:
    with house(quick_store, queue=1) as door:
        assert door.far_end.command("try a red kite").text.startswith("Drawing")
        reply = door.far_end.command("try a blue kite")
    assert reply.text == "Busy: nothing was run or charged. Try again in a minute."


def test_R43_a_locked_store_is_said_within_a_second_and_a_bit(sqlite_url: str) -> None:
    impatient, other = open_ledger(sqlite_url, busy_seconds=1), open_ledger(sqlite_url, busy_seconds=1)
    with house(impatient) as door, other.engine.connect() as connection:
        connection.exec_driver_sql("SELECT 1")  # BEGIN IMMEDIATE: holds the write lock
        reply = door.far_end.command("try a red kite")
        assert "$263.40" in door.far_end.command("estimate 5000 high square").text
        connection.rollback()
    assert reply.text == "Storage is busy: nothing was run or charged. Try again in a moment."
    assert reply.seconds < 2.5
    impatient.close()
    other.close()


def test_R04_the_same_try_sent_20_times_at_once_is_one_drawing(either_door: House) -> None:
    slack = either_door.far_end
    first = slack.command("try a red kite")
    copies: list[Reply] = []
    start = threading.Barrier(20)

    def send() -> None:
        start.wait()
        copies.append(slack.again(first))

    threads = [threading.Thread(target=send) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {copy.text for copy in copies} == {first.text}
    assert rows(either_door) == (1, 1)
    assert len(either_door.jobs) == 1


def test_R04_a_try_whose_first_copy_arrives_20_times_at_once_is_one_drawing(either_door: House) -> None:
    slack = either_door.far_end
    sent = slack.command("help").sent
    copy = slack.signed.prepared("slash_commands", {**sent.payload, "text": "try a red kite", "trigger_id": "9.9.new"})
    start = threading.Barrier(20)
    answers: list[str] = []

    def send() -> None:
        start.wait()
        answers.append(slack.again(copy).text)

    threads = [threading.Thread(target=send) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(answers) - {str(StoreBusy())}) == 1  # a busy machine may turn some away, with nothing run
    assert rows(either_door) == (1, 1)
    assert len(either_door.stored_jobs()) == 1


def test_two_tries_of_the_same_words_are_two_drawings(door: House) -> None:
    door.far_end.command("try a red kite")
    door.far_end.command("try a red kite")
    assert rows(door) == (2, 2)


def test_R62_one_person_may_try_five_times_a_minute_and_others_are_not_held_up(door: House) -> None:
    for second in range(5):
        door.now += timedelta(seconds=second)
        assert door.far_end.command("try a red kite", ANA).text.startswith("Drawing")
    refused = door.far_end.command("try a red kite", ANA)
    assert refused.text == "Slow down: next one in 50 s."
    assert door.far_end.command("try a red kite", BEN).text.startswith("Drawing")
    door.now += timedelta(seconds=50)
    assert door.far_end.command("try a red kite", ANA).text.startswith("Drawing")
    assert rows(door) == (7, 7)


NO_PROMPTS = [
    ("try", "try "),
    ("try   ", "try "),
    ('try ""', "try "),
    ("try \u200b\u200d", "Say what to draw"),
    ("try " + "x" * 32_001, "That prompt has 32,001 characters; the limit is 32,000."),
    ("try " + "x" * 200_000, "That prompt has 200,000 characters; the limit is 32,000."),
]


def test_R66_a_prompt_that_can_t_be_one_is_told_what_is_wrong(door: House) -> None:
    def is_refused(text: str, said: str) -> None:
        assert said in door.far_end.command(text).text
        assert rows(door) == (0, 0)

    cells.hold(NO_PROMPTS, is_refused)


def test_R66_a_prompt_of_the_full_length_goes_through(door: House) -> None:
    assert door.far_end.command("try " + "x" * 32_000).text.startswith("Drawing")


def test_R67_a_character_nothing_can_store_is_refused(either_door: House) -> None:
    def is_refused(letter: str) -> None:
        reply = either_door.far_end.command(f"try a{letter}b")
        assert reply.text == "The prompt has a character I cannot use (position 2)."
        assert rows(either_door) == (0, 0)

    cells.hold(["\x00", "\x07", "\x9b"], is_refused)


def test_R67_a_lone_surrogate_in_a_form_is_a_broken_form(slack: FarEnd) -> None:
    sent = slack.command("help").sent
    body = sent.body.replace(b"text=help", b"text=try+a%ED%A0%80b")
    stamp = sent.headers["X-Slack-Request-Timestamp"]
    assert raw(slack, body, stamp).status == 400


BROKEN_FORMS = [b"command=%zz", b"command=%2", b"command", b"a=1&&b=2", b"a=%FF", b"payload=%7B", b"a=1&b"]


def test_R07_a_broken_form_is_refused_though_it_is_signed(slack: FarEnd) -> None:
    stamp = slack.command("help").sent.headers["X-Slack-Request-Timestamp"]

    def is_refused(body: bytes) -> None:
        reply = raw(slack, body, stamp)
        assert (reply.status, reply.json) == (400, {"error": "invalid request"})

    cells.hold(BROKEN_FORMS, is_refused)


def test_a_payload_of_another_shape_is_refused_though_it_is_signed(slack: FarEnd) -> None:
    stamp = slack.command("help").sent.headers["X-Slack-Request-Timestamp"]

    def is_refused(body: bytes) -> None:
        assert raw(slack, body, stamp).status == 400

    cells.hold([b"payload=[1]", b"payload=1", b"payload=" + quote_plus("[" * 20_000).encode()], is_refused)


ODD_PROMPTS = ["safe \u202egnp.exe", "\u2066isolated\u2069", "zero\u200bwidth", "z" + "\u0301" * 10_000]


def test_R68_odd_letters_are_stored_as_sent(either_door: House) -> None:
    def is_stored(prompt: str) -> None:
        assert either_door.far_end.command(f"try {prompt}").text.startswith("Drawing")
        assert either_door.store.read(ledger_rows.drawing, *either_door.jobs[-1].arguments).prompt == prompt

    cells.hold(ODD_PROMPTS, is_stored)


def test_R65_a_prompt_is_stored_as_it_was_typed(door: House) -> None:
    def is_stored(prompt: str) -> None:
        door.far_end.command(f"try {prompt}")
        assert door.store.read(ledger_rows.drawing, *door.jobs[-1].arguments).prompt == prompt

    marked_up = "for @sample-ben in #sample-general, see https://a.example/?p=1&q=2"
    cells.hold(["a < b & c > d", "&lt;!channel&gt;", marked_up], is_stored)


def test_questions_are_answered_where_the_bot_is_no_member(slack: FarEnd) -> None:
    def is_answered(channel: str) -> None:
        assert "$263.40" in slack.command("estimate 5000 high square", ANA, channel).text

    cells.hold([UNINVITED, DM_OF_TWO], is_answered)


def test_a_picture_is_shown_again_to_who_asks_and_follows_by_direct_message(door: House) -> None:
    generation = door.drawn()
    reply = door.far_end.command(f"show {generation.id}", BEN)
    assert reply.problems == ()
    assert reply.text == "Budget, medium, $0.0132: not judged yet. Prompt: a red kite"
    (job,) = door.jobs
    assert (job.kind, job.arguments) == ("hand", (TEAM, generation.id, BEN))


def test_what_was_never_drawn_is_shown_without_a_picture(door: House) -> None:
    door.far_end.command("try a red kite")
    drawing = door.store.read(ledger_rows.drawing, *door.jobs.pop().arguments)
    door.store.write(settlement.placed, TEAM, drawing.id, "1.0", door.now)
    generation = drawing.generations[0]
    door.store.write(settlement.claim, TEAM, generation.id, "test", door.now, door.now)
    door.store.settle(TEAM, generation.id, Blocked("moderation", "input"), moment(door.now))
    assert "safety rules" in door.far_end.command(f"show {generation.id}").text
    assert door.jobs == []


def test_what_a_try_may_cost_is_reserved_in_the_period_it_is_asked_in(door: House) -> None:
    door.far_end.command("try a red kite")
    with door.store.engine.begin() as connection:
        (row,) = connection.execute(select(budget_periods)).all()
    assert (row.team_id, row.period) == (TEAM, "2026-11")
    assert row.reserved_nanousd > 0


def test_R04_a_try_sent_again_to_the_bot_that_started_anew_is_one_drawing(store: Ledger) -> None:
    with house(store) as door:
        sent = door.far_end.command("try a red kite").sent
    with house(store) as door:
        reply = door.far_end.again(sent)
        assert reply.text.startswith("Drawing")
        assert rows(door) == (1, 1)
        assert door.jobs == []
