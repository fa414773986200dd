"""K13: whatever a signed request looks like, it is answered with 200 or refused with 400, and never breaks anything."""

import copy
import json
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode

import pytest

from bot.entrypoints import slack as room
from bot.playground.people import ANA, BOT_USER, STUDIO, TEAM
from bot.playground.signed import signature
from tests.kit.slack_door import SECRET, House

FORM = "application/x-www-form-urlencoded"
GONE = object()
JUNK: tuple[Any, ...] = (None, [], {"a": 1}, 1, "\ud800")

EVENT = {
    "type": "event_callback",
    "team_id": TEAM,
    "event_id": "Ev0SHAPE",
    "authorizations": [{"team_id": TEAM, "user_id": BOT_USER, "is_bot": True}],
    "enterprise": None,
}
MENTION = {"type": "app_mention", "user": ANA, "text": f"<@{BOT_USER}> models", "ts": "1.1", "channel": STUDIO}
ACTING = {
    "user": {"id": ANA, "team_id": TEAM},
    "team": {"id": TEAM, "domain": "sample"},
    "enterprise": None,
    "trigger_id": "1.2",
    "channel": {"id": STUDIO, "name": "sample"},
    "response_url": "",
}
BUTTON = {"type": "button", "action_id": "command.run", "block_id": "b", "value": "models", "action_ts": "1.3"}
MENU = {"type": "overflow", "action_id": "sample.more", "selected_option": {"value": "details:0000000000"}}
WINDOW = {
    "id": "V1",
    "type": "modal",
    "callback_id": "budget.edit",
    "private_metadata": "0:channel:C1",
    "title": {"type": "plain_text", "text": "Budget"},
    "blocks": [{"type": "input", "block_id": "usd", "element": {"type": "plain_text_input", "action_id": "usd"}}],
    "state": {"values": {"usd": {"usd": {"value": "5"}}, "per": {"per": {"selected_option": {"value": "week"}}}}},
}
PAYLOADS: dict[str, dict[str, Any]] = {
    "mention": {**EVENT, "event": MENTION},
    "home": {**EVENT, "event": {"type": "app_home_opened", "user": ANA, "tab": "home", "channel": "D1"}},
    "tokens": {**EVENT, "event": {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": []}}},
    "button": {"type": "block_actions", **ACTING, "container": {"message_ts": "1.1"}, "actions": [BUTTON]},
    "menu": {"type": "block_actions", **ACTING, "container": {"type": "message"}, "actions": [MENU]},
    "window": {"type": "view_submission", **ACTING, "view": WINDOW},
    "closed": {"type": "view_closed", **ACTING, "view": WINDOW},
    "command": {"command": "/imagelane", "text": "models", "team_id": TEAM, "user_id": ANA, "channel_id": STUDIO},
}


def places(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a payload, from the outside in."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, each in inner:
        yield (*way, name)
        yield from places(each, (*way, name))


def altered(payload: dict[str, Any], way: tuple[Any, ...], junk: Any) -> dict[str, Any]:
    changed = copy.deepcopy(payload)
    at: Any = changed
    for name in way[:-1]:
        at = at[name]
    if junk is GONE:
        del at[way[-1]]
    else:
        at[way[-1]] = junk
    return changed


@pytest.fixture
def status(door: House) -> Callable[[Any], int]:
    """How the whole way in answers a signed JSON value, or an interaction in its form."""
    receive = room.receiver(door.door().app, room.Guard([SECRET], time.time))

    def answered(payload: Any) -> int:
        interactive = isinstance(payload, dict) and "trigger_id" in payload
        text = json.dumps(payload)
        body = (urlencode({"payload": text}) if interactive else text).encode()
        stamp = str(int(time.time()))
        headers = [
            (b"content-type", FORM.encode() if interactive else b"application/json"),
            (b"x-slack-request-timestamp", stamp.encode()),
            (b"x-slack-signature", signature(SECRET, stamp, body).encode()),
        ]
        return receive(headers, body).status

    return answered


@pytest.mark.parametrize("value", [[], None, 1, "x", {}, {"type": []}, {"type": None}, {"event": None}, [[]]])
def test_K13_R112_signed_json_that_is_no_payload_is_400(status: Callable[[Any], int], value: Any) -> None:
    assert status(value) == 400


@pytest.mark.parametrize("event", [None, [], "x", {}, {"type": "app_mention"}, {**MENTION, "channel": None}])
def test_K13_R112_an_event_without_what_it_needs_is_400(status: Callable[[Any], int], event: Any) -> None:
    assert status({**EVENT, "event": event}) == 400


@pytest.mark.parametrize("kind", PAYLOADS)
def test_K13_R112_no_signed_payload_breaks_anything(
    door: House, status: Callable[[Any], int], kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    whole = PAYLOADS[kind]
    assert status(whole) == 200
    for number, way in enumerate(places(whole)):
        for junk in (GONE, JUNK[number % len(JUNK)]):
            answer = status(altered(whole, way, junk))
            assert answer in (200, 400), (way, junk, answer)
    door.wait_for_words()
    assert "Failed to run" not in caplog.text  # what Bolt says where it stumbles itself
