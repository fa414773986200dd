"""What Slack sends to a bot, shaped as Slack shapes it: slash commands, clicks, submissions, events."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bot.playground import modals
from bot.playground.desk import WorkspaceDesk
from bot.playground.people import APP, BOT_USER, TEAM, Channel, SamplePerson
from bot.playground.workspace import Json, PostedMessage, View, Workspace

TOKEN = "sample-verification-token"  # noqa: S105 - a made-up value in an old field nobody should trust
CHOSEN = {
    "static_select": "selected_option",
    "radio_buttons": "selected_option",
    "overflow": "selected_option",
    "checkboxes": "selected_options",
    "multi_static_select": "selected_options",
    "users_select": "selected_user",
    "multi_users_select": "selected_users",
    "channels_select": "selected_channel",
    "conversations_select": "selected_conversation",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
}
_WORDS = re.compile(r"https?://[^\s<>|]+|[@#][A-Za-z0-9._-]+|[&<>]")
_SIGNS = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    "@here": "<!here>",
    "@channel": "<!channel>",
    "@everyone": "<!everyone>",
}


def escaped(text: str, workspace: Workspace, labels: bool = True) -> str:
    """Typed text as a manifest with should_escape gets it: <@U1|name>, <#C1|name>, <https://link>, &amp; &lt; &gt;.

    `labels=False` leaves the |name out, as in the text of messages and mentions.
    """
    people = {f"@{each.name}": each.id for each in workspace.people.values()}
    channels = {f"#{each.name}": each.id for each in workspace.channels.values() if each.name}

    def one(found: re.Match[str]) -> str:
        word = found[0]
        label = f"|{word[1:]}" if labels else ""
        if word in people:
            return f"<@{people[word]}{label}>"
        if word in channels:
            return f"<#{channels[word]}{label}>"
        if word.startswith("http"):
            return f"<{word.replace('&', '&amp;')}>"
        return _SIGNS.get(word, word)

    return _WORDS.sub(one, text)


def command(desk: WorkspaceDesk, name: str, text: str, person: SamplePerson, channel: Channel) -> dict[str, str]:
    return {
        "token": TOKEN,
        "team_id": TEAM,
        "team_domain": "sample",
        "channel_id": channel.id,
        "channel_name": channel.name_in_payloads,
        "user_id": person.id,
        "user_name": person.name,
        "command": name,
        "text": text,
        "api_app_id": APP,
        "is_enterprise_install": "false",
        "response_url": desk.new_reply_url("commands", channel.id, person.id),
        "trigger_id": desk.new_trigger(person.id),
    }


def _interaction(desk: WorkspaceDesk, kind: str, person: SamplePerson) -> Json:
    return {
        "type": kind,
        "user": {"id": person.id, "username": person.name, "name": person.name, "team_id": person.team_id},
        "api_app_id": APP,
        "token": TOKEN,
        "team": {"id": TEAM, "domain": "sample"},
        "enterprise": None,
        "is_enterprise_install": False,
        "trigger_id": desk.new_trigger(person.id),
    }


def shortcut(desk: WorkspaceDesk, callback_id: str, person: SamplePerson) -> Json:
    """A global one: from nowhere in particular."""
    return {
        **_interaction(desk, "shortcut", person),
        "callback_id": callback_id,
        "action_ts": desk.workspace.new_ts(),
    }


def click_in_message(desk: WorkspaceDesk, message: PostedMessage, action: Json, person: SamplePerson) -> Json:
    """A click on an ephemeral message comes without the message itself."""
    channel = desk.workspace.channels[message.channel]
    where = {"type": "message", "message_ts": message.ts, "channel_id": channel.id}
    body = {
        **_interaction(desk, "block_actions", person),
        "container": {**where, "is_ephemeral": message.only_for is not None},
        "channel": {"id": channel.id, "name": channel.name_in_payloads},
        "state": {"values": {}},
        "response_url": desk.new_reply_url("actions", channel.id, person.id, message),
        "actions": [action],
    }
    if message.thread_ts:
        body["container"]["thread_ts"] = message.thread_ts
    return body if message.only_for else {**body, "message": message.payload}


def click_in_view(desk: WorkspaceDesk, view: View, action: Json, person: SamplePerson, values: Json) -> Json:
    """With what its fields hold."""
    container = {"type": "view", "view_id": view.id}
    shown = {**modals.shown(view), "state": {"values": values}}
    return {
        **_interaction(desk, "block_actions", person),
        "container": container,
        "view": shown,
        "actions": [action],
    }


def action(desk: WorkspaceDesk, block: Json, element: Json, value: str | None) -> Json:
    """One entry of `actions`. A value no such element holds goes out all the same: that is a forged click."""
    said: Json = {
        "type": element["type"],
        "action_id": element["action_id"],
        "block_id": block.get("block_id", ""),
        "action_ts": desk.workspace.new_ts(),
    }
    if element["type"] == "button":
        return {**said, "text": element.get("text"), "value": element.get("value", "") if value is None else value}
    return {**said, **_chosen(element, value)}


def _chosen(element: Json, value: Any) -> Json:
    """What an element holds once `value` was typed or picked; options by their value."""
    field = CHOSEN.get(element["type"], "value")
    if field == "selected_option":
        return {field: None if value is None else _option(element, value)}
    if field == "selected_options":
        return {field: [_option(element, each) for each in value or []]}
    if field == "selected_users":
        return {field: list(value or [])}
    return {field: value}


def _option(element: Json, value: str) -> Json:
    unknown = {"text": {"type": "plain_text", "text": value}, "value": value}
    return next((dict(each) for each in element.get("options") or [] if each.get("value") == value), unknown)


def state(view: View, values: Mapping[str, Any]) -> Json:
    """state.values: what was filled in, by action_id or block_id, or picked, else what stood there at first."""
    filled: Json = {}
    for block, element in _stateful(view):
        name, picked = element["action_id"], view.chosen.get(block["block_id"], {})
        value = values.get(name, values.get(block["block_id"], _initial(element)))
        filled.setdefault(block["block_id"], {})[name] = picked.get(name) or {
            "type": element["type"],
            **_chosen(element, value),
        }
    return filled


def _stateful(view: View) -> Iterator[tuple[Json, Json]]:
    """Blocks with each of their elements that holds something."""
    for block in view.payload.get("blocks") or []:
        of_row = block.get("elements") if block.get("type") == "actions" else None
        for element in of_row or [block.get("element") or block.get("accessory") or {}]:
            holds = block.get("type") in ("input", "section", "actions") and element.get("type") != "button"
            if holds and "action_id" in element:
                yield block, element


def left_empty(view: View, values: Json) -> list[str]:
    """block_ids of inputs that must be filled and are not: Slack's own window would not let these go."""
    needed = [b for b in view.payload.get("blocks") or [] if b.get("type") == "input" and not b.get("optional")]
    return [b["block_id"] for b in needed if not any(v for k, v in _held(values, b).items() if k != "type")]


def _held(values: Json, block: Json) -> Json:
    return next(iter(values.get(block["block_id"], {}).values()), {})


def _initial(element: Json) -> Any:
    if element.get("initial_option"):
        return element["initial_option"]["value"]
    if element.get("initial_options"):
        return [each["value"] for each in element["initial_options"]]
    starts = ("value", "user", "users", "channel", "conversation", "date", "time")
    return next((element[f"initial_{each}"] for each in starts if f"initial_{each}" in element), None)


def submission(desk: WorkspaceDesk, view: View, values: Json, person: SamplePerson) -> Json:
    shown = {**modals.shown(view), "state": {"values": values}}
    return {**_interaction(desk, "view_submission", person), "view": shown, "response_urls": []}


def closing(desk: WorkspaceDesk, view: View, person: SamplePerson, cleared: bool) -> Json:
    body = _interaction(desk, "view_closed", person)
    del body["trigger_id"]
    return {**body, "view": modals.shown(view), "is_cleared": cleared}


def event(desk: WorkspaceDesk, inner: Json, event_id: str, shared: bool = False) -> Json:
    by_bot = {
        "enterprise_id": None,
        "team_id": TEAM,
        "user_id": BOT_USER,
        "is_bot": True,
        "is_enterprise_install": False,
    }
    return {
        "token": TOKEN,
        "team_id": TEAM,
        "context_team_id": TEAM,
        "context_enterprise_id": None,
        "api_app_id": APP,
        "event": inner,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": int(desk.workspace.now()),
        "authorizations": [by_bot],
        "is_ext_shared_channel": shared,
        "event_context": f"4-{event_id}",
    }


def mention(desk: WorkspaceDesk, message: PostedMessage, person: SamplePerson) -> Json:
    body = {
        "type": "app_mention",
        "user": person.id,
        "text": message.text,
        "ts": message.ts,
        "channel": message.channel,
        "event_ts": message.ts,
        "team": person.team_id,
        "client_msg_id": f"sample-{desk.workspace.number()}",
    }
    if person.team_id != TEAM:
        body["user_team"] = person.team_id
    return {**body, "thread_ts": message.thread_ts} if message.thread_ts else body


def direct(desk: WorkspaceDesk, message: PostedMessage, person: SamplePerson) -> Json:
    """What somebody writes to the bot in its own conversation."""
    said = mention(desk, message, person)
    return {**said, "type": "message", "channel_type": "im"}


def changed(desk: WorkspaceDesk, message: PostedMessage, before: str, person: SamplePerson) -> Json:
    """A message that was edited, as a bot hears of it that may read there."""
    said = {"type": "message", "user": person.id, "text": message.text, "ts": message.ts}
    edited = {"user": person.id, "ts": desk.workspace.new_ts()}
    return {
        "type": "message",
        "subtype": "message_changed",
        "hidden": True,
        "channel": message.channel,
        "channel_type": "im",
        "ts": desk.workspace.new_ts(),
        "event_ts": desk.workspace.new_ts(),
        "message": {**said, "edited": edited},
        "previous_message": {**said, "text": before},
    }


def home_opened(desk: WorkspaceDesk, person: SamplePerson, tab: str) -> Json:
    home = desk.workspace.homes.get(person.id)
    body: Json = {
        "type": "app_home_opened",
        "user": person.id,
        "channel": desk.workspace.open_dm(person.id)[0].id,
        "tab": tab,
        "event_ts": desk.workspace.new_ts(),
    }
    return {**body, "view": modals.shown(home)} if home else body
