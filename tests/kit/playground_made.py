"""Small made-up Slack things for the tests of the local Slack, and a little Bolt app that talks to it."""

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from PIL import Image
from slack_bolt import App, BoltRequest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.playground.far_end import FarEnd


def refusal(call: Any, **arguments: Any) -> str:
    """The error Slack refuses the call with."""
    with pytest.raises(SlackApiError) as caught:
        call(**arguments)
    return str(caught.value.response["error"])


def section(text: str = "x", **more: Any) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def button(**more: Any) -> dict[str, Any]:
    return {"type": "button", "text": {"type": "plain_text", "text": "Keep"}, "action_id": "image.keep", **more}


def actions(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements)}


def modal(**more: Any) -> dict[str, Any]:
    return {"type": "modal", "title": {"type": "plain_text", "text": "Details"}, "blocks": [section()], **more}


def png() -> bytes:
    held = io.BytesIO()
    Image.new("RGB", (8, 8)).save(held, "PNG")
    return held.getvalue()


@dataclass
class Heard:
    """What the little bot below was told."""

    commands: list[dict[str, Any]] = field(default_factory=list)
    clicks: list[dict[str, Any]] = field(default_factory=list)
    submitted: list[dict[str, Any]] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)
    retries: list[str] = field(default_factory=list)


def keep_button(value: str = "picture-1") -> dict[str, Any]:
    text = {"type": "plain_text", "text": "Keep"}
    return {"type": "actions", "elements": [{"type": "button", "text": text, "action_id": "keep", "value": value}]}


def form(text: str = "a red kite") -> dict[str, Any]:
    prompt = {"type": "plain_text_input", "action_id": "prompt", "initial_value": text}
    label = {"type": "plain_text", "text": "Prompt"}
    return {
        "type": "modal",
        "callback_id": "retry",
        "private_metadata": "picture-1",
        "title": {"type": "plain_text", "text": "Retry"},
        "submit": {"type": "plain_text", "text": "Draw"},
        "blocks": [{"type": "input", "block_id": "words", "label": label, "element": prompt}],
    }


def little_bot(slack: FarEnd, heard: Heard) -> App:
    """Acks a command with a button; opens a modal on a click; refuses an empty-handed submission."""
    client = WebClient(token=slack.bot_token, base_url=slack.base_url)
    app = App(client=client, signing_secret=slack.signing_secret, process_before_response=True)

    def on_command(ack: Callable[..., Any], body: dict[str, Any]) -> None:
        heard.commands.append(body)
        ack(text=f"read: {body['text']}", blocks=[keep_button()])

    def on_click(ack: Callable[..., Any], body: dict[str, Any], client: WebClient) -> None:
        heard.clicks.append(body)
        client.views_open(trigger_id=body["trigger_id"], view=form())
        ack()

    def on_submit(ack: Callable[..., Any], body: dict[str, Any]) -> None:
        heard.submitted.append(body)
        words = body["view"]["state"]["values"]["words"]["prompt"]["value"]
        if words == "bad":
            ack(response_action="errors", errors={"words": "Say more."})
        elif words == "wrong":
            ack(response_action="errors", errors={"nowhere": "Say more."})
        else:
            ack()

    def on_event(body: dict[str, Any], request: BoltRequest) -> None:
        heard.events.append(body)
        heard.retries.extend(request.headers.get("x-slack-retry-num", []))

    app.command("/imagelane")(on_command)
    app.action("keep")(on_click)
    app.view("retry")(on_submit)
    for name in ("app_mention", "app_home_opened", "app_uninstalled", "tokens_revoked"):
        app.event(name)(on_event)
    return app
