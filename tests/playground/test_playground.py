"""The local Slack, asked by the real slack_sdk: messages, files, views, block checks, and what breaks on demand."""

import io
from collections.abc import Iterator
from itertools import product
from typing import Any
from urllib.error import HTTPError, URLError

import pytest
from PIL import Image
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from bot.playground import faults
from bot.playground.far_end import FarEnd
from bot.playground.people import (
    ANA,
    ARCHIVED,
    BEN,
    DM_OF_ANA,
    DM_OF_TWO,
    GENERAL,
    GONE,
    OUTSIDER,
    PRIVATE,
    STUDIO,
    UNINVITED,
)
from tests.kit import cells
from tests.kit.playground_made import png, refusal, section


@pytest.fixture
def slack() -> Iterator[FarEnd]:
    with FarEnd() as server:
        yield server


@pytest.fixture
def client(slack: FarEnd) -> WebClient:
    return WebClient(token=slack.bot_token, base_url=slack.base_url, retry_handlers=[], timeout=5)


def test_only_this_machine_is_listened_on() -> None:
    def is_refused(host: str) -> None:
        with pytest.raises(ValueError, match="only this machine"):
            FarEnd(host=host)

    cells.hold(["0.0.0.0", "10.0.0.1", "example.com", "::", ""], is_refused)


def test_only_a_bot_on_this_machine_is_spoken_to() -> None:
    with pytest.raises(ValueError, match="only this machine"):
        FarEnd("http://hooks.example.com:3000")


def test_a_wrong_token_is_refused(slack: FarEnd) -> None:
    def is_refused(token: str, error: str) -> None:
        client = WebClient(token=token, base_url=slack.base_url)
        assert refusal(client.chat_postMessage, channel=STUDIO, text="hi") == error
        assert not slack.messages()

    tokens = [("xoxb-other", "invalid_auth"), ("", "not_authed"), ("xapp-sample", "not_allowed_token_type")]
    cells.hold(tokens, is_refused)


def test_a_message_is_posted_changed_and_its_history_kept(slack: FarEnd, client: WebClient) -> None:
    posted = client.chat_postMessage(channel=STUDIO, text="Drawing", blocks=[section("one")])
    client.chat_update(channel=STUDIO, ts=posted["ts"], text="Done", blocks=[section("two")])
    [message] = slack.messages(STUDIO)
    assert (message.text, message.blocks[0]["text"]["text"]) == ("Done", "two")
    assert [edit.text for edit in message.edits] == ["Drawing"]
    assert message.blocks[0]["block_id"]
    client.chat_update(channel=STUDIO, ts=posted["ts"], text="No blocks")
    assert slack.messages(STUDIO)[0].blocks == ()


CLOSED = [
    (UNINVITED, "not_in_channel"),
    (PRIVATE, "channel_not_found"),
    (DM_OF_TWO, "channel_not_found"),
    (ARCHIVED, "is_archived"),
    ("C0UNKNOWN", "channel_not_found"),
]


def test_a_bot_posts_only_where_it_is_a_member(slack: FarEnd, client: WebClient) -> None:
    def is_refused(channel: str, error: str) -> None:
        assert refusal(client.chat_postMessage, channel=channel, text="hi") == error
        assert refusal(client.chat_postEphemeral, channel=channel, user=ANA, text="hi") == error
        assert not slack.messages()
        assert not slack.ephemerals()

    cells.hold(CLOSED, is_refused)


def test_a_channel_may_close_between_a_post_and_its_update(slack: FarEnd, client: WebClient) -> None:
    ts = client.chat_postMessage(channel=STUDIO, text="Drawing")["ts"]
    assert refusal(client.chat_update, channel=GENERAL, ts=ts, text="x") == "message_not_found"
    slack.workspace.change_channel(STUDIO, is_archived=True)
    assert refusal(client.chat_update, channel=STUDIO, ts=ts, text="x") == "is_archived"
    slack.workspace.change_channel(STUDIO, is_archived=False, members=frozenset({ANA}))
    assert refusal(client.chat_update, channel=STUDIO, ts=ts, text="x") == "not_in_channel"
    slack.workspace.change_channel(STUDIO, members=frozenset({ANA, "U0SAMPLEBOT"}))
    client.chat_delete(channel=STUDIO, ts=ts)
    assert refusal(client.chat_update, channel=STUDIO, ts=ts, text="x") == "message_not_found"


def test_a_persons_message_is_not_the_bots_to_change(slack: FarEnd, client: WebClient) -> None:
    said = slack.say("mine")
    assert refusal(client.chat_update, channel=STUDIO, ts=said.ts, text="x") == "cant_update_message"


def test_text_is_needed_and_has_an_end(client: WebClient) -> None:
    ts = client.chat_postMessage(channel=STUDIO, text="x" * 40_000)["ts"]
    assert refusal(client.chat_postMessage, channel=STUDIO, text="x" * 40_001) == "msg_too_long"
    assert refusal(client.api_call, api_method="chat.postMessage", json={"channel": STUDIO}) == "no_text"
    client.chat_update(channel=STUDIO, ts=ts, text="x" * 4_000)
    assert refusal(client.chat_update, channel=STUDIO, ts=ts, text="x" * 4_001) == "msg_too_long"


def test_an_ephemeral_is_for_one_member_alone(slack: FarEnd, client: WebClient) -> None:
    client.chat_postEphemeral(channel=STUDIO, user=BEN, text="only you")
    assert refusal(client.chat_postEphemeral, channel=STUDIO, user=OUTSIDER, text="x") == "user_not_in_channel"
    assert [message.text for message in slack.ephemerals(BEN)] == ["only you"]
    assert not slack.ephemerals(ANA)
    assert not slack.messages()


def test_a_direct_message_opens_once_and_takes_posts(slack: FarEnd, client: WebClient) -> None:
    first = client.conversations_open(users=BEN)
    assert first["channel"]["id"] == client.conversations_open(users=[BEN])["channel"]["id"]
    client.chat_postMessage(channel=BEN, text="hello")
    assert [message.channel for message in slack.messages()] == [first["channel"]["id"]]
    assert client.conversations_open(users=ANA)["channel"]["id"] == DM_OF_ANA
    assert refusal(client.conversations_open, users="U0NOBODY") == "user_not_found"
    assert refusal(client.conversations_open, users=GONE) == "user_disabled"


def test_people_and_channels_answer_what_rights_are_decided_by(client: WebClient) -> None:
    assert client.users_info(user=ANA)["user"]["is_admin"] is True
    assert client.users_info(user=OUTSIDER)["user"]["team_id"] != client.team_info()["team"]["id"]
    assert client.conversations_info(channel=UNINVITED)["channel"]["is_member"] is False
    assert refusal(client.conversations_info, channel=PRIVATE) == "channel_not_found"


def test_a_missing_scope_names_what_is_needed_and_what_is_there() -> None:
    with FarEnd(scopes=["chat:write", "commands"]) as slack:
        client = WebClient(token=slack.bot_token, base_url=slack.base_url)
        client.chat_postMessage(channel=STUDIO, text="hi")
        with pytest.raises(SlackApiError) as caught:
            client.conversations_open(users=ANA)
    answer = caught.value.response
    assert (answer["error"], answer["needed"]) == ("missing_scope", "im:write")
    assert answer["provided"] == "chat:write,commands"


# files


def test_an_uploaded_picture_is_shared_and_shown_once_it_is_processed(slack: FarEnd, client: WebClient) -> None:
    slack.desk.refusals = 2
    done = client.files_upload_v2(file=png(), filename="kite.png", channel=STUDIO, initial_comment="Here")
    image = {"type": "image", "alt_text": "a kite", "slack_file": {"id": done["file"]["id"]}}
    by_url = {"type": "image", "alt_text": "a kite", "slack_file": {"url": done["file"]["url_private"]}}
    with pytest.raises(SlackApiError) as caught:
        client.chat_postMessage(channel=STUDIO, text="x", blocks=[image])
    assert caught.value.response["error"] == "invalid_blocks"
    assert "invalid slack file" in caught.value.response["response_metadata"]["messages"][0]
    assert refusal(client.chat_postMessage, channel=STUDIO, text="x", blocks=[by_url]) == "invalid_blocks"
    client.chat_postMessage(channel=STUDIO, text="x", blocks=[image])
    [shared, shown] = slack.messages(STUDIO)
    assert (shared.text, shared.files, shown.files) == ("Here", (done["file"]["id"],), ())


def test_a_file_without_a_channel_stays_unshared_and_can_be_shown(slack: FarEnd, client: WebClient) -> None:
    file = client.files_upload_v2(file=png(), filename="kite.png")["file"]
    assert not slack.messages()
    image = {"type": "image", "alt_text": "a kite", "slack_file": {"id": file["id"]}}
    client.chat_postMessage(channel=STUDIO, text="x", blocks=[image])
    assert slack.workspace.files[file["id"]].data == png()


def test_only_png_jpg_and_gif_can_stand_in_a_block(slack: FarEnd, client: WebClient) -> None:
    held = io.BytesIO()
    Image.new("RGB", (8, 8)).save(held, "WEBP")
    file = client.files_upload_v2(file=held.getvalue(), filename="kite.webp")["file"]
    image = {"type": "image", "alt_text": "a kite", "slack_file": {"id": file["id"]}}
    assert refusal(client.chat_postMessage, channel=STUDIO, text="x", blocks=[image]) == "invalid_blocks"


def test_a_file_that_was_never_sent_cannot_be_completed(client: WebClient) -> None:
    file_id = client.files_getUploadURLExternal(filename="a.png", length=5)["file_id"]
    assert refusal(client.files_completeUploadExternal, files=[{"id": file_id}]) == "file_not_found"


def test_a_share_may_be_said_and_not_done(slack: FarEnd, client: WebClient) -> None:
    slack.fail("files.completeUploadExternal", faults.unshared())
    assert client.files_upload_v2(file=png(), filename="kite.png", channel=STUDIO)["ok"]
    assert not slack.messages()


# what breaks


def test_a_rate_limit_comes_with_any_retry_after(slack: FarEnd, client: WebClient) -> None:
    def comes_with(retry_after: Any, header: str | None) -> None:
        before = len(slack.messages())
        slack.fail("chat.postMessage", faults.rate_limited(retry_after))
        with pytest.raises(SlackApiError) as caught:
            client.chat_postMessage(channel=STUDIO, text="hi")
        assert caught.value.response.status_code == 429
        assert caught.value.response.headers.get("Retry-After") == header
        assert len(slack.messages()) == before
        client.chat_postMessage(channel=STUDIO, text="hi")
        assert len(slack.messages()) == before + 1

    cells.hold([(30, "30"), ("abc", "abc"), (99999, "99999"), (None, None)], comes_with)


def test_a_server_error_may_hide_a_post_that_was_made(slack: FarEnd, client: WebClient) -> None:
    def may_hide(status: int, worked: bool) -> None:
        before = len(slack.messages())
        slack.fail("chat.postMessage", faults.broken(status, worked))
        with pytest.raises(SlackApiError) as caught:
            client.chat_postMessage(channel=STUDIO, text="hi")
        assert caught.value.response.status_code == status
        assert len(slack.messages()) - before == worked

    cells.hold(product([500, 503], [True, False]), may_hide)


def test_a_lost_answer_makes_stock_slack_sdk_post_twice(slack: FarEnd) -> None:
    slack.fail("chat.postMessage", faults.lost())
    WebClient(token=slack.bot_token, base_url=slack.base_url).chat_postMessage(channel=STUDIO, text="hi")
    assert len(slack.messages()) == 2
    assert [(call.status, call.worked) for call in slack.calls_of("chat.postMessage")] == [(0, True), (200, True)]


def test_a_dropped_connection_or_silence_leaves_the_caller_without_an_answer(slack: FarEnd) -> None:
    client = WebClient(token=slack.bot_token, base_url=slack.base_url, retry_handlers=[], timeout=1)
    slack.fail("chat.postMessage", faults.lost(worked=False))
    slack.fail("chat.postMessage", faults.hangs())
    with pytest.raises((URLError, ConnectionError)):
        client.chat_postMessage(channel=STUDIO, text="lost")
    with pytest.raises(TimeoutError):
        client.chat_postMessage(channel=STUDIO, text="hung")
    assert [message.text for message in slack.messages()] == ["hung"]


def test_any_error_can_be_given_until_healed(slack: FarEnd, client: WebClient) -> None:
    slack.fail("*", faults.refused("account_inactive"), faults.FOREVER)
    assert refusal(client.chat_postMessage, channel=STUDIO, text="hi") == "account_inactive"
    assert refusal(client.auth_test) == "account_inactive"
    slack.heal()
    assert client.auth_test()["ok"]


def test_uploads_and_response_urls_break_too(slack: FarEnd, client: WebClient) -> None:
    slack.fail("upload", faults.broken(500))
    with pytest.raises(HTTPError, match="500"):
        client.files_upload_v2(file=png(), filename="kite.png")
    slack.fail("response_url", faults.broken(503))
    hook = WebhookClient(slack.desk.new_reply_url("commands", STUDIO, ANA))
    assert [hook.send(text="x").status_code for _ in range(2)] == [503, 200]


def test_the_clock_of_slack_can_be_off(slack: FarEnd, client: WebClient) -> None:
    slack.desk.clock_skew_seconds = -86_400 * 366
    assert client.auth_test().headers["Date"] != ""
    late = client.auth_test().headers["Date"]
    slack.desk.clock_skew_seconds = 0
    assert client.auth_test().headers["Date"][12:16] != late[12:16]


def test_every_call_is_kept_in_order_with_what_was_sent_and_answered(slack: FarEnd, client: WebClient) -> None:
    client.chat_postMessage(channel=STUDIO, text="hi", unfurl_links=False)
    refusal(client.chat_postMessage, channel=ARCHIVED, text="hi")
    first, second = slack.calls_of()
    assert (first.payload["unfurl_links"], first.worked, first.token) == (False, True, slack.bot_token)
    assert second.answer == {"ok": False, "error": "is_archived"}
    assert not second.worked


def test_waiting_ends_with_what_was_seen_when_nothing_comes(slack: FarEnd) -> None:
    with pytest.raises(TimeoutError, match=r"calls: \[\]"):
        slack.wait(slack.messages, seconds=0.05)
