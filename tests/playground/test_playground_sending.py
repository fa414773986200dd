"""The local Slack, speaking to a real Bolt app over signed HTTP and through Socket Mode."""

import json
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from slack_bolt import App, BoltRequest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.signature import SignatureVerifier

from bot.playground import signed
from bot.playground.far_end import FarEnd
from bot.playground.loopback import Answer, Loopback, Request
from bot.playground.people import ANA, BEN, DM_OF_TWO, GENERAL, OUTSIDER, SHARED, STUDIO
from bot.playground.workspace import PostedMessage, View
from tests.kit import cells
from tests.kit.playground_made import Heard, keep_button, little_bot


@contextmanager
def over_http(app: App) -> Iterator[str]:
    def answer(request: Request) -> Answer:
        response = app.dispatch(BoltRequest(body=request.body.decode(), headers=dict(request.headers)))
        headers = {name: values[0] for name, values in response.headers.items()}
        return Answer(response.status, response.body.encode(), headers)

    with Loopback(answer, time.time) as server:
        yield server.url


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def slack(heard: Heard) -> Iterator[FarEnd]:
    with FarEnd() as server, over_http(little_bot(server, heard)) as url:
        server.bot_url = url
        yield server


def opened(slack: FarEnd) -> View:
    slack.press(slack.command("x").shown, "keep")
    view = slack.modal(ANA)
    assert view is not None
    return view


def test_a_signature_is_the_one_slack_publishes_as_an_example() -> None:
    body = (
        b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar"
        b"&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com"
        b"%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121"
        b".803a0bc887a14d10d2c447fce8b6703c"
    )
    made = signed.signature("8f742231b10e8888abcd99yyyzzz85a5", "1531420618", body)
    assert made == "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"


def test_a_command_is_answered_for_its_asker_alone(slack: FarEnd, heard: Heard) -> None:
    reply = slack.command("estimate 5000", user=BEN, channel=DM_OF_TWO)
    assert (reply.status, reply.text, reply.problems) == (200, "read: estimate 5000", ())
    assert reply.shown == slack.ephemerals(BEN, DM_OF_TWO)[0]
    body = heard.commands[0]
    assert (body["user_id"], body["channel_id"], body["channel_name"]) == (BEN, DM_OF_TWO, "directmessage")


TYPED = [
    ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
    ("ask @sample-ben in #sample-general", f"ask <@{BEN}|sample-ben> in <#{GENERAL}|sample-general>"),
    ("@here and @nobody", "<!here> and @nobody"),
    ("see https://sample.invalid/a?b=1&c=2", "see <https://sample.invalid/a?b=1&amp;c=2>"),
    ("&lt;!channel&gt;", "&amp;lt;!channel&amp;gt;"),
]


def test_command_text_arrives_escaped(slack: FarEnd, heard: Heard) -> None:
    def arrived(typed: str) -> str:
        slack.command(typed)
        return str(heard.commands[-1]["text"])

    cells.agree(TYPED, arrived)


def test_an_ack_slack_would_refuse_is_not_shown(slack: FarEnd) -> None:
    with over_http_saying({"text": "x", "blocks": [{"type": "header"}]}) as url:
        slack.bot_url = url
        reply = slack.command("x")
    assert reply.shown is None
    assert reply.problems[0] == "invalid_blocks"


@contextmanager
def over_http_saying(body: dict[str, Any]) -> Iterator[str]:
    said = Answer(200, json.dumps(body).encode(), {"Content-Type": "application/json"})
    with Loopback(lambda _: said, time.time) as server:
        yield server.url


def test_an_ack_for_all_is_shown_to_all_even_where_the_bot_is_no_member(slack: FarEnd) -> None:
    with over_http_saying({"text": "hello", "response_type": "in_channel"}) as url:
        slack.bot_url = url
        slack.command("x", channel=DM_OF_TWO)
    assert [message.text for message in slack.messages(DM_OF_TWO)] == ["hello"]


def test_a_bot_that_does_not_answer_in_time_gives_status_0() -> None:
    never = threading.Event()

    def silent(_: Request) -> Answer:
        never.wait(5)
        return Answer()

    with Loopback(silent, time.time) as bot, FarEnd(bot.url, seconds=0.1) as slack:
        reply = slack.command("x")
        never.set()
    assert (reply.status, reply.in_time, reply.shown) == (0, False, None)


def test_a_click_carries_its_message_and_opens_a_modal(slack: FarEnd, heard: Heard) -> None:
    client = WebClient(token=slack.bot_token, base_url=slack.base_url)
    client.chat_postMessage(channel=STUDIO, text="a picture", blocks=[keep_button()])
    [message] = slack.messages(STUDIO)
    assert slack.press(message, "keep", user=BEN).status == 200
    click = heard.clicks[0]
    assert (click["actions"][0]["value"], click["user"]["id"]) == ("picture-1", BEN)
    assert click["message"]["ts"] == click["container"]["message_ts"] == message.ts
    assert slack.modal(BEN) is not None
    assert slack.modal(ANA) is None


def test_a_click_on_an_ephemeral_comes_without_the_message(slack: FarEnd, heard: Heard) -> None:
    slack.press(slack.command("x").shown, "keep")
    assert "message" not in heard.clicks[0]
    assert heard.clicks[0]["container"]["is_ephemeral"] is True


def test_a_click_can_be_forged_but_not_made_on_nothing(slack: FarEnd, heard: Heard) -> None:
    shown = slack.command("x").shown
    slack.press(shown, "keep", value="' OR 1=1")
    assert heard.clicks[0]["actions"][0]["value"] == "' OR 1=1"
    with pytest.raises(LookupError):
        slack.press(shown, "reject")
    assert isinstance(shown, PostedMessage)


def test_a_submission_sends_what_was_typed_and_closes_the_modal(slack: FarEnd, heard: Heard) -> None:
    reply = slack.submit(opened(slack), {"prompt": "a blue kite"})
    view = heard.submitted[0]["view"]
    assert view["state"]["values"]["words"]["prompt"] == {"type": "plain_text_input", "value": "a blue kite"}
    assert (view["private_metadata"], view["callback_id"]) == ("picture-1", "retry")
    assert (reply.status, slack.modal(ANA)) == (200, None)


def test_an_input_keeps_what_stood_in_it(slack: FarEnd, heard: Heard) -> None:
    slack.submit(opened(slack))
    assert heard.submitted[0]["view"]["state"]["values"]["words"]["prompt"]["value"] == "a red kite"


def test_an_error_keeps_the_modal_open_and_must_name_an_input(slack: FarEnd) -> None:
    view = opened(slack)
    reply = slack.submit(view, {"words": "bad"})
    assert reply.view is not None
    assert reply.view.errors == {"words": "Say more."}
    assert slack.modal(ANA) == reply.view
    assert slack.submit(view, {"words": "wrong"}).problems[0] == "invalid_errors"


def test_a_needed_input_left_empty_is_not_sent_unless_forged(slack: FarEnd, heard: Heard) -> None:
    view = opened(slack)
    with pytest.raises(ValueError, match="words must be filled in"):
        slack.submit(view, {"prompt": ""})
    assert not heard.submitted
    slack.submit(view, {"prompt": ""}, forged=True)
    assert len(heard.submitted) == 1


def test_events_arrive_in_slacks_envelope(slack: FarEnd, heard: Heard) -> None:
    slack.mention("models @sample-ben", GENERAL, thread_ts="1.2", user=BEN)
    slack.open_home(BEN)
    slack.mention("models", SHARED, user=OUTSIDER)
    mention, home, foreign = heard.events
    assert mention["event"]["text"] == f"<@U0SAMPLEBOT> models <@{BEN}>"
    assert (mention["event"]["thread_ts"], mention["event"]["channel"]) == ("1.2", GENERAL)
    assert (home["event"]["user"], home["event"]["tab"]) == (BEN, "home")
    assert foreign["event"]["user_team"] != foreign["team_id"]
    assert foreign["is_ext_shared_channel"] is True
    assert len({event["event_id"] for event in heard.events}) == 3


def test_leaving_is_told_and_the_token_dies(slack: FarEnd, heard: Heard) -> None:
    slack.uninstall()
    slack.revoke_tokens()
    assert [event["event"]["type"] for event in heard.events][:1] == ["app_uninstalled"]
    call = WebClient(token=slack.bot_token, base_url=slack.base_url).api_call
    with pytest.raises(Exception, match="token_revoked"):
        call("auth.test")


def test_the_url_check_is_answered_with_its_challenge(slack: FarEnd) -> None:
    assert slack.verify_url("abc").json == {"challenge": "abc"}


def test_a_repeated_delivery_is_the_same_event_with_its_retry_number(slack: FarEnd, heard: Heard) -> None:
    first = slack.mention("models")
    slack.again(first, retry=1)
    slack.again(first, retry=2, reason="http_error")
    assert len({event["event_id"] for event in heard.events}) == 1
    assert heard.retries == ["1", "2"]
    assert slack.sent[0].body == slack.sent[2].body


def test_a_timestamp_can_be_given(slack: FarEnd) -> None:
    def status(seconds: int) -> int:
        body = {"type": "url_verification", "challenge": "abc"}
        return slack.deliver("events_api", body, timestamp=str(int(time.time()) + seconds)).status

    cells.agree([(0, 200), (-299, 200), (-301, 401)], status)


def test_the_signature_is_good_for_slack_sdk(slack: FarEnd) -> None:
    sent = slack.command("x").sent
    assert SignatureVerifier(slack.signing_secret).is_valid_request(sent.body, dict(sent.headers))


# As its own process


@contextmanager
def own_process() -> Iterator[dict[str, str]]:
    words = [sys.executable, "-m", "bot.playground", "--port", "0"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield json.loads(process.stdout.readline())
        finally:
            process.terminate()
    assert process.returncode == 0


def test_it_runs_as_its_own_process_and_is_driven_over_its_control_door() -> None:
    with own_process() as where:
        client = WebClient(token="xoxb-sample", base_url=where["base_url"], retry_handlers=[])
        client.chat_postMessage(channel=STUDIO, text="hi")
        control(where, "faults", {"method": "chat.postMessage", "status": 500})
        with pytest.raises(SlackApiError):
            client.chat_postMessage(channel=STUDIO, text="hi")
        with urllib.request.urlopen(where["control_url"] + "state") as answer:
            state = json.load(answer)
        control(where, "do", {"act": "move_clock", "seconds": 86_400})
        with urllib.request.urlopen(where["clock_url"]) as answer:
            assert json.load(answer) == {"offset_seconds": 86_400}
    assert [message["text"] for message in state["messages"]] == ["hi"]
    assert [call["status"] for call in state["calls"]] == [200, 500]


def control(where: dict[str, str], what: str, body: dict[str, Any]) -> None:
    headers = {"Content-Type": "application/json"}
    asked = urllib.request.Request(where["control_url"] + what, json.dumps(body).encode(), headers)
    with urllib.request.urlopen(asked) as answer:
        assert answer.status == 200


def test_its_process_refuses_any_other_host() -> None:
    words = [sys.executable, "-m", "bot.playground", "--host", "0.0.0.0"]
    done = subprocess.run(words, capture_output=True, text=True, timeout=30)
    assert done.returncode == 2
    assert "only this machine" in done.stderr
