"""The way in, whole: uvicorn, the bounded body, the guard, Bolt. What is unsigned stays out, and out of every log."""

import http.client
import logging
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlencode, urlsplit

import pytest

from bot.entrypoints import slack as door_room
from bot.entrypoints.slack.lines import CONNECTIONS
from bot.ledger.ledger import Ledger
from bot.playground import faults
from bot.playground.far_end import FarEnd
from bot.playground.people import ANA, STUDIO
from bot.playground.signed import Reply, Sent, signature
from tests.kit import cells
from tests.kit.slack_door import JOBS, House, by_kind, end_lines
from tests.kit.waiting import until

FORM = "application/x-www-form-urlencoded"
REFUSED = (401, {"error": "invalid request"})


def sent(slack: FarEnd, headers: dict[str, str], body: bytes) -> Reply:
    """Exactly these headers and this body."""
    return slack.again(Sent("raw", {}, body, headers))


def altered(original: Sent, **headers: str) -> Sent:
    return replace(original, headers={**original.headers, **{name.replace("_", "-"): v for name, v in headers.items()}})


CASES = [
    "no headers",
    "no signature",
    "no timestamp",
    "another secret",
    "one byte changed",
    "one byte more",
    "upper case",
    "another timestamp",
]


def _changed(case: str, original: Sent) -> tuple[dict[str, str], bytes]:
    headers, body = dict(original.headers), original.body
    stamp = headers["X-Slack-Request-Timestamp"]
    if case in ("no headers", "no signature"):
        del headers["X-Slack-Signature"]
    if case in ("no headers", "no timestamp"):
        del headers["X-Slack-Request-Timestamp"]
    if case == "another secret":
        headers["X-Slack-Signature"] = signature("another", stamp, body)
    if case == "another timestamp":
        headers["X-Slack-Request-Timestamp"] = str(int(stamp) - 1)
    if case == "upper case":
        headers["X-Slack-Signature"] = headers["X-Slack-Signature"].upper()
    body = {"one byte changed": body.replace(b"kite", b"kitf"), "one byte more": body + b"x"}.get(case, body)
    return headers, body


def test_R01_an_unsigned_or_altered_command_is_refused_and_nothing_is_stored(door: House, slack: FarEnd) -> None:
    asked = {"command": "/imagelane", "text": "try a red kite", "team_id": "T0SAMPLE1", "user_id": ANA}
    original = slack.signed.prepared("slash_commands", asked)

    def is_refused(case: str) -> None:
        reply = sent(slack, *_changed(case, original))
        assert (reply.status, reply.json) == REFUSED
        assert door.jobs == []

    cells.hold(CASES, is_refused)
    assert slack.again(original).text.startswith("Drawing")  # untouched it would have been let in


MALFORMED = ["abc", "", "nan", "1e9", "9" * 5000, "1_795_348_800", "-1"]


def test_R03_a_malformed_timestamp_is_401_though_it_is_signed(slack: FarEnd, caplog: pytest.LogCaptureFixture) -> None:
    def is_refused(timestamp: str) -> None:
        caplog.clear()
        reply = slack.deliver("slash_commands", {"command": "/imagelane", "text": "help"}, timestamp)
        assert (reply.status, reply.json) == REFUSED
        lines = [record for record in caplog.records if record.name.startswith("bot")]
        assert len(lines) == 1
        assert "Traceback" not in caplog.text

    cells.hold(MALFORMED, is_refused)


def test_R03_a_signature_that_is_not_ascii_and_one_of_10_kb_are_401(slack: FarEnd) -> None:
    original = slack.command("help").sent
    for value in ("v0=é", "v0=" + "a" * 10_000):
        reply = slack.again(altered(original, X_Slack_Signature=value))
        assert (reply.status, reply.json) == REFUSED


def test_R03_a_header_sent_twice_is_401(slack: FarEnd) -> None:
    original = slack.command("help").sent

    def is_refused(name: str) -> None:
        connection = http.client.HTTPConnection(urlsplit(slack.bot_url or "").netloc, timeout=5)
        connection.putrequest("POST", "/slack/events")
        for header, value in [*original.headers.items(), (name, original.headers[name])]:
            connection.putheader(header, value)
        connection.putheader("Content-Length", str(len(original.body)))
        connection.endheaders(original.body)
        assert connection.getresponse().status == 401
        connection.close()

    cells.hold(["X-Slack-Signature", "X-Slack-Request-Timestamp"], is_refused)


def test_R03_a_body_that_is_not_utf_8_is_401(slack: FarEnd) -> None:
    stamp, body = str(int(time.time())), b"text=\xff\xfe"
    headers = {
        "Content-Type": FORM,
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": signature(slack.signing_secret, stamp, body),
    }
    reply = sent(slack, headers, body)
    assert (reply.status, reply.json) == REFUSED


def test_R05_an_unsigned_ssl_check_is_401(door: House, slack: FarEnd) -> None:
    def is_refused(more: dict[str, str]) -> None:
        reply = sent(slack, {"Content-Type": FORM}, urlencode({"ssl_check": "1", "token": "x", **more}).encode())
        assert (reply.status, reply.json) == REFUSED
        assert door.jobs == []

    cells.hold([{}, {"command": "/imagelane", "text": "try a red kite", "team_id": "T0SAMPLE1"}], is_refused)


def test_a_signed_url_verification_is_answered_with_its_challenge(slack: FarEnd) -> None:
    assert slack.verify_url("sample-challenge").json == {"challenge": "sample-challenge"}


def test_R06_nothing_of_a_refused_or_answered_request_is_in_any_log(
    door: House, slack: FarEnd, caplog: pytest.LogCaptureFixture
) -> None:
    canary = "canaryprompt"
    with caplog.at_level(logging.DEBUG):
        for text in (f"try {canary}", f"estimate {canary}", f"{canary} 5", f"show {canary}"):
            original = slack.command(text).sent
            refused = slack.again(altered(original, X_Slack_Signature="v0=" + "0" * 64))
            assert refused.status == 401
            slack.again(replace(original, body=original.body + b"%zz"))
        slack.mention(f"try {canary}")
        door.run("answer")
        slack.press(door.shown(door.drawn(prompt=canary)), "sample.keep", canary)
        slack.event({"type": canary, "text": canary, "user": ANA, "channel": STUDIO})
        slack.deliver("interactive", {"type": "shortcut", "callback_id": canary, "user": {"id": ANA}, "team": None})
        door.wait_for_words()
    ours = [record for record in caplog.records if record.name.startswith(("bot", "slack", "uvicorn"))]
    lines = [record.getMessage() for record in ours]
    assert [line for line in lines if canary in line] == []
    assert [line for line in lines if "v0=" in line] == []
    assert [line for line in lines if slack.bot_token in line or slack.signing_secret in line] == []
    refusals = [line for line in lines if line.startswith("request refused with 401")]
    assert len(refusals) == 8
    assert all("bytes)" in line for line in refusals)


def test_a_request_of_a_kind_nobody_knows_is_acknowledged_quietly(
    slack: FarEnd, caplog: pytest.LogCaptureFixture
) -> None:
    requests: list[tuple[str, dict[str, object]]] = [
        ("slash_commands", {"command": "/other", "text": "x", "team_id": "T0SAMPLE1", "user_id": ANA}),
        (
            "events_api",
            {"type": "event_callback", "team_id": "T0SAMPLE1", "event_id": "Ev1", "event": {"type": "pin_added"}},
        ),
        ("interactive", {"type": "view_closed", "view": {"callback_id": "x", "blocks": []}, "user": {"id": ANA}}),
        (
            "interactive",
            {"type": "message_action", "callback_id": "x", "user": {"id": ANA}, "team": {"id": "T0SAMPLE1"}},
        ),
        (
            "interactive",
            {"type": "block_suggestion", "action_id": "x", "block_id": "x", "value": "x", "user": {"id": ANA}},
        ),
    ]
    for kind, payload in requests:
        reply = slack.deliver(kind, payload)
        assert (reply.status, reply.body) == (200, b"")
    assert "[Suggestion]" not in caplog.text


def test_a_command_without_a_workspace_is_refused_in_a_sentence(slack: FarEnd) -> None:
    reply = slack.deliver("slash_commands", {"command": "/imagelane", "text": "try a red kite", "user_id": ANA})
    assert "I could not tell which workspace this comes from" in reply.text


def test_slow_listeners_silence_nobody(door: House, slack: FarEnd) -> None:
    """Ten windows that Slack does not open: an eleventh person is answered meanwhile."""
    message = door.shown(door.drawn())
    slack.fail("views.open", faults.hangs(), times=10)
    waiting = [threading.Thread(target=slack.press, args=(message, "sample.retry")) for _ in range(10)]
    for thread in waiting:
        thread.start()
    until(lambda: len(slack.calls_of("views.open")) == 10)
    reply = slack.command("estimate 5000 high square")
    slack.let_go()
    for thread in waiting:
        thread.join()
    assert "$263.40" in reply.text


# Socket Mode


@pytest.fixture
def socketed(quick_store: Ledger) -> Iterator[House]:
    """The same door, reached through Socket Mode instead of HTTP."""
    JOBS.metadata.create_all(quick_store.engine)
    with FarEnd() as far_end:
        made = House(quick_store, far_end)
        door = made.door()
        made.handlers = by_kind(door.jobs)
        lines = door_room.Lines(door.app, far_end.app_token, far_end.base_url)
        lines.connect()
        far_end.sockets.wait_connected(CONNECTIONS)
        yield made
        end_lines(lines, far_end)
        made.wait_for_words()


def test_a_command_through_a_socket_is_answered_like_any_other(socketed: House) -> None:
    reply = socketed.far_end.command("estimate 5000 high square")
    assert "$263.40" in reply.text


def test_R12_the_same_envelope_twice_is_one_job(socketed: House) -> None:
    slack = socketed.far_end
    first = slack.command("try a red kite")
    again = slack.again(first)
    assert first.text == again.text
    assert [job.kind for job in socketed.jobs] == ["place"]
    mention = slack.mention("models")
    slack.again(mention, retry=1)
    assert [job.kind for job in socketed.jobs] == ["place", "answer"]


def test_R12_a_reconnect_in_the_middle_loses_nothing(socketed: House) -> None:
    slack = socketed.far_end
    slack.command("try a red kite")
    slack.sockets.disconnect()
    slack.sockets.wait_connected()
    mention = slack.mention("models")
    assert mention.status == 200
    slack.again(mention)
    assert [job.kind for job in socketed.jobs].count("place") == 1
    assert len({job.key for job in socketed.jobs}) == len(socketed.jobs)
