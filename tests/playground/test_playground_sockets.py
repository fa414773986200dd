"""The local Slack, speaking to a real Bolt app through Socket Mode."""

import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from bot.playground.far_end import FarEnd
from bot.playground.people import ANA
from bot.playground.sockets import Sockets
from tests.kit.playground_made import Heard, little_bot
from tests.kit.waiting import until


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def socketed(heard: Heard) -> Iterator[FarEnd]:
    with FarEnd() as server:
        web_client = WebClient(token=server.app_token, base_url=server.base_url)
        app = little_bot(server, heard)
        client = SocketModeHandler(app, server.app_token, web_client=web_client, ping_interval=1).client
        client.connect()
        server.sockets.wait_connected()
        yield server
        client.auto_reconnect_enabled = False
        server.sockets.stop()  # first, or slack_sdk waits 3 s for a word from a silent connection
        until(lambda: not client.is_connected())
        client.close()


def test_socket_mode_carries_commands_clicks_submissions_and_events(socketed: FarEnd, heard: Heard) -> None:
    reply = socketed.command("estimate 5000")
    assert reply.text == "read: estimate 5000"
    assert socketed.press(reply.shown, "keep").in_time
    refused = socketed.submit(socketed.modal(ANA), {"prompt": "bad"})
    assert refused.view is not None
    assert refused.view.errors == {"words": "Say more."}
    assert socketed.submit(refused.view, {"prompt": "good"}).in_time
    assert socketed.modal(ANA) is None
    assert socketed.mention("models").in_time
    assert heard.events[0]["event"]["type"] == "app_mention"


def test_an_envelope_can_come_twice_and_as_a_retry(socketed: FarEnd, heard: Heard) -> None:
    first = socketed.mention("models")
    assert socketed.again(first, retry=1).in_time
    assert len({event["event_id"] for event in heard.events}) == 1
    assert heard.retries[-1] == "1"
    assert len({ack["envelope_id"] for ack in socketed.sockets.acks}) == 1


def test_a_client_asked_to_come_back_opens_a_new_connection(socketed: FarEnd) -> None:
    socketed.sockets.disconnect()
    assert socketed.command("x").in_time
    assert len(socketed.calls_of("apps.connections.open")) == 2


def test_a_connection_can_be_cut_and_is_opened_again(socketed: FarEnd) -> None:
    socketed.sockets.cut()
    socketed.wait(lambda: len(socketed.calls_of("apps.connections.open")) == 2, seconds=30)
    socketed.sockets.wait_connected()
    assert socketed.command("x").in_time


def test_a_socket_needs_the_app_token_and_a_ticket_opens_once(socketed: FarEnd) -> None:
    bot = WebClient(token=socketed.bot_token, base_url=socketed.base_url)
    with pytest.raises(Exception, match="not_allowed_token_type"):
        bot.apps_connections_open(app_token=socketed.bot_token)


def test_a_bot_that_asks_while_the_sockets_end_is_told_an_address_that_refuses_it() -> None:
    sockets = Sockets("127.0.0.1", 1)
    sockets.url()
    sockets.stop()
    address = urlsplit(sockets.url())
    with socket.socket() as probe:
        assert probe.connect_ex((address.hostname, address.port)) != 0
