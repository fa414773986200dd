"""Slack outwards: response_url, which addresses are followed, and that errors and logs hold nothing secret."""

import logging
import traceback
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import pytest

from bot.playground import faults
from bot.playground.far_end import FarEnd
from bot.playground.faults import FOREVER, Fault
from bot.playground.loopback import Answer, Loopback, Request
from bot.playground.people import ANA, STUDIO, UNINVITED
from bot.slack import failures
from bot.slack.posts import Posts
from bot.slack.wire import is_slack
from tests.kit import cells

PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
BLOCKS: list[dict[str, Any]] = [{"type": "section", "text": {"type": "plain_text", "text": "Drawing a red kite."}}]
PROMPT = "canary-prompt a red kite"
TOKEN = "xoxb-canary-token"


@pytest.fixture
def slack() -> Iterator[FarEnd]:
    with FarEnd() as far_end:
        yield far_end


@pytest.fixture
def ours(slack: FarEnd) -> Posts:
    return Posts(slack.bot_token, slack.base_url, seconds=5)


@pytest.fixture
def stranger() -> Iterator[tuple[str, list[Request]]]:
    """A server nobody may ever knock at: its address, and who did."""
    knocks: list[Request] = []

    def answer(request: Request) -> Answer:
        knocks.append(request)
        return Answer(200, b'{"ok": true, "ts": "1.2"}', {"Content-Type": "application/json"})

    with Loopback(answer, now=lambda: 1.8e9) as server:
        yield server.url, knocks


# R19: response_url


def test_a_response_url_shows_an_answer_to_one_or_to_all(slack: FarEnd, ours: Posts) -> None:
    url = slack.desk.new_reply_url("commands", UNINVITED, ANA)
    ours.respond(url, "Only you", BLOCKS)
    ours.respond(url, "For all", BLOCKS, in_channel=True)
    assert [each.text for each in slack.ephemerals(ANA)] == ["Only you"]
    assert [each.text for each in slack.messages(UNINVITED)] == ["For all"]


def test_R19_a_response_url_used_five_times_is_told_apart_from_a_refusal(slack: FarEnd, ours: Posts) -> None:
    url = slack.desk.new_reply_url("commands", STUDIO, ANA)
    for _ in range(5):
        ours.respond(url, "once more", BLOCKS)
    with pytest.raises(failures.LinkExpired, match="used_url"):
        ours.respond(url, "once too often", BLOCKS)


def test_R19_a_response_url_older_than_half_an_hour_is_expired(slack: FarEnd, ours: Posts) -> None:
    url = slack.desk.new_reply_url("commands", STUDIO, ANA)
    slack.desk.expire(url)
    with pytest.raises(failures.LinkExpired, match="expired_url"):
        ours.respond(url, "late", BLOCKS)


def test_a_refusal_through_a_response_url_is_raised_and_not_swallowed(slack: FarEnd, ours: Posts) -> None:
    url = slack.desk.new_reply_url("commands", STUDIO, ANA)
    with pytest.raises(failures.NotReady):
        ours.respond(url, "bad blocks", [{"type": "nonsense"}])


@pytest.mark.parametrize(
    ("word", "kind"), [("expired_url", failures.LinkExpired), ("action_prohibited", failures.CantPost)]
)
def test_R19_a_refusal_with_status_200_is_one_all_the_same(
    slack: FarEnd, ours: Posts, word: str, kind: type[failures.PostFailed]
) -> None:
    slack.fail("response_url", faults.refused(word))
    with pytest.raises(kind):
        ours.respond(slack.desk.new_reply_url("commands", STUDIO, ANA), "hello", BLOCKS)


# R74: addresses

LOCAL = "http://127.0.0.1:3000/api/"
ADDRESSES = [
    ("https://hooks.slack.com/commands/T0/1/x", True),
    ("https://files.slack.com/upload/v1/x", True),
    ("https://slack.com/api/chat.postMessage", True),
    ("https://hooks.slack.com:443/commands/x", True),
    ("http://127.0.0.1:3000/commands/x", True),
    ("http://hooks.slack.com/commands/x", False),
    ("https://hooks.slack.com:8443/x", False),
    ("https://hooks.slack.com.evil.tld/x", False),
    ("https://evil.tld/hooks.slack.com", False),
    ("https://evilslack.com/x", False),
    ("https://x.slack.com/x", False),
    ("https://hooks.slack.com@evil.tld/x", False),
    ("https://evil.tld@hooks.slack.com/x", False),
    ("https://hooks.slack.com\\@evil.tld/x", False),
    ("https://evil.tld\\.hooks.slack.com/x", False),
    ("https://hooks.slack.com\t.evil.tld/x", False),
    ("https://hooks.slack.com /x", False),
    ("https://hооks.slack.com/x", False),
    (" https://hooks.slack.com/x", False),
    ("https://hooks.slack.com\n/x", False),
    ("https://hooks.slack.com/x\r\nHost: evil.tld", False),
    ("https://hooks.slack.com/\u202ex", False),
    ("https://hooks.slack.com./x", False),
    ("http://169.254.169.254/latest/meta-data", False),
    ("http://[::1]:3000/x", False),
    ("https://127.0.0.1:3000/x", False),
    ("http://127.0.0.1:3001/x", False),
    ("http://127.0.0.1/x", False),
    ("http://127.1:3000/x", False),
    ("http://localhost:3000/x", False),
    ("http://user:pw@127.0.0.1:3000/x", False),
    ("file:///etc/passwd", False),
    ("ftp://slack.com/x", False),
    ("//hooks.slack.com/x", False),
    ("https://hooks.slack.com:99999999/x", False),
    ("https://[hooks.slack.com/x", False),
    ("", False),
]


def test_R74_only_slack_itself_and_the_configured_address_are_followed() -> None:
    cells.agree([(url, LOCAL, followed) for url, followed in ADDRESSES], is_slack)


def test_R74_a_response_url_on_another_host_is_never_connected_to(
    ours: Posts, stranger: tuple[str, list[Request]]
) -> None:
    with pytest.raises(failures.WrongAddress):
        ours.respond(f"{stranger[0]}/commands/x", "hello", BLOCKS)
    assert stranger[1] == []


def test_R74_an_upload_address_on_another_host_is_never_connected_to(stranger: tuple[str, list[Request]]) -> None:
    def answer(_: Request) -> Answer:
        return Answer(200, f'{{"ok": true, "file_id": "F1", "upload_url": "{stranger[0]}/x"}}'.encode())

    with Loopback(answer, now=lambda: 1.8e9) as bent, pytest.raises(failures.WrongAddress):
        Posts("xoxb-sample", f"{bent.url}/api/").upload(PNG, "kite.png", "red kite", "a red kite")
    assert stranger[1] == []


def test_R74_no_redirect_is_followed_anywhere(slack: FarEnd, ours: Posts, stranger: tuple[str, list[Request]]) -> None:
    url = slack.desk.new_reply_url("commands", STUDIO, ANA)
    acts: dict[str, Callable[[], object]] = {
        "chat.postMessage": lambda: ours.post(STUDIO, "Drawing", BLOCKS),
        "upload": lambda: ours.upload(PNG, "kite.png", "red kite", "a red kite"),
        "response_url": lambda: ours.respond(url, "hello", BLOCKS),
    }

    def is_not_followed(status: int, method: str) -> None:
        slack.fail(method, Fault(status=status, headers={"Location": f"{stranger[0]}/stolen"}))
        with pytest.raises(failures.CantPost, match=f"status_{status}"):
            acts[method]()
        assert stranger[1] == []

    cells.hold(product([301, 302, 303, 307, 308], acts), is_not_followed)


def test_a_slack_on_this_machine_is_not_asked_for_through_a_proxy(
    slack: FarEnd, stranger: tuple[str, list[Request]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", stranger[0])
    Posts(slack.bot_token, slack.base_url).post(STUDIO, "Drawing", BLOCKS)
    assert (len(slack.messages(STUDIO)), stranger[1]) == (1, [])


# R81: nothing secret in errors or logs

ODD = [
    faults.refused("invalid_auth"),
    faults.refused(PROMPT, token=TOKEN),
    faults.broken(500),
    faults.rate_limited("abc"),
    faults.lost(),
    faults.refused("invalid_blocks", response_metadata={"messages": [PROMPT]}),
]


def test_R81_neither_prompt_nor_token_is_in_an_error_or_a_log(slack: FarEnd, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    slack.desk.bot_token = TOKEN

    def is_in_neither(odd: Fault) -> None:
        slack.fail("chat.postMessage", odd, times=FOREVER)
        with pytest.raises(failures.PostFailed) as failed:
            Posts(TOKEN, slack.base_url, sleep=lambda _: None).post(STUDIO, PROMPT, BLOCKS)
        written = "".join(traceback.format_exception(failed.value)) + repr(failed.value) + caplog.text
        assert "canary" not in written

    cells.hold(ODD, is_in_neither)
