"""The bot whole, a process between a local Slack and a local OpenAI: what a person sees from click to verdict."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.ledger import holds
from bot.ledger.ledger import open_ledger
from bot.playground.far_end import FarEnd
from bot.playground.people import ANA, BEN, STUDIO
from tests.kit.far_openai import FarOpenAI
from tests.kit.processes import Bot

pytestmark = pytest.mark.waits


@pytest.fixture
def slack() -> Iterator[FarEnd]:
    with FarEnd() as far:
        yield far


@pytest.fixture
def openai() -> Iterator[FarOpenAI]:
    with FarOpenAI() as far:
        yield far


def test_a_try_is_drawn_judged_and_accounted_for(
    slack: FarEnd, openai: FarOpenAI, database_url: str, tmp_path: Path
) -> None:
    bot = Bot(slack, openai, database_url, tmp_path)
    with bot.running("serve"):
        reply = slack.command('try "product shot" budget premium')
        assert reply.in_time
        assert "Drawing for you: budget" in reply.text
        (message,) = slack.wait(lambda: [m for m in slack.messages(STUDIO) if str(m.blocks).count("slack_file") == 2])
        slack.press(message, "sample.keep", user=ANA)
        slack.press(message, "sample.reject", user=BEN)
        slack.wait(lambda: ": a tie, so not kept." in str(slack.messages(STUDIO)[0].blocks))
    assert len(openai.posts) == 2
    assert not openai.double_billed()
    store = open_ledger(database_url, busy_seconds=5)
    assert store.read(holds.differences) == []
    store.close()


def test_in_socket_mode_the_same_envelope_twice_draws_once(
    slack: FarEnd, openai: FarOpenAI, sqlite_url: str, tmp_path: Path
) -> None:
    bot = Bot(slack, openai, sqlite_url, tmp_path, SLACK_APP_TOKEN=slack.app_token, SLACK_SIGNING_SECRET="")
    slack.bot_url = None
    with bot.running("serve"):
        slack.sockets.wait_connected()
        reply = slack.command('try "a red kite" low')
        assert "Drawing for you: budget" in reply.text
        slack.again(reply)
        slack.wait(lambda: [m for m in slack.messages(STUDIO) if "slack_file" in str(m.blocks)])
        slack.sockets.stop()
    assert len(openai.posts) == 1
    assert len(slack.calls_of("chat.postMessage")) == 1
