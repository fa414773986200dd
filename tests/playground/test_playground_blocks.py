"""The local Slack judges blocks and views, and takes late answers, as Slack would."""

from collections.abc import Iterator
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.webhook import WebhookClient

from bot.playground import block_checks
from bot.playground.far_end import FarEnd
from bot.playground.people import ANA, BEN, DM_OF_TWO, STUDIO
from tests.kit import cells
from tests.kit.playground_made import actions, button, modal, refusal, section


@pytest.fixture
def slack() -> Iterator[FarEnd]:
    with FarEnd() as server:
        yield server


@pytest.fixture
def client(slack: FarEnd) -> WebClient:
    return WebClient(token=slack.bot_token, base_url=slack.base_url, retry_handlers=[], timeout=5)


TABLE = {"type": "table", "rows": [[{"type": "raw_text", "text": "x" * 100}] * 10] * 10}
FINE = [
    [section("x" * 3000)] * 50,
    [{"type": "header", "text": {"type": "plain_text", "text": "x" * 150}}],
    [actions(button(value="x" * 2000), button(action_id="image.reject"))],
    [TABLE],
    [{"type": "image", "image_url": "https://sample.invalid/a.png", "alt_text": "x" * 2000}],
    [{"type": "data_table", "caption": "x", "rows": []}],
]
BAD = [
    [section()] * 51,
    [section("x" * 3001)],
    [section("")],
    [{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}],
    [{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}],
    [actions(button(value="x" * 2001))],
    [actions(button(text={"type": "plain_text", "text": "x" * 76}))],
    [actions(button(), button())],
    [actions()],
    [actions(button(made_up=True))],
    [section(block_id="a"), section(block_id="a")],
    [section(block_id="x" * 256)],
    [TABLE, TABLE],
    [{"type": "table", "rows": [[{"type": "raw_text", "text": "x" * 101}] * 10] * 10}],
    [{"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]] * 101}],
    [{"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * 21]}],
    [{"type": "table", "rows": [[{"type": "raw_text", "text": ""}]]}],
    [{"type": "image", "image_url": "https://sample.invalid/a.png", "alt_text": "x" * 2001}],
    [{"type": "image", "image_url": "https://sample.invalid/a.png"}],
    [{"type": "image", "alt_text": "x", "slack_file": {"id": "F0UNKNOWN"}}],
    [{"type": "image", "alt_text": "x", "slack_file": {"id": "F0", "url": "https://sample.invalid"}}],
    [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": ""}]}]}],
    [section(accessory={"type": "overflow", "action_id": "a", "options": []})],
    [{"type": "alert", "text": {"type": "plain_text", "text": "x"}}],
    [{"type": "no_such_block"}],
    ["no block"],
]


def test_blocks_within_the_limits_pass(client: WebClient) -> None:
    def pass_(blocks: list[Any]) -> None:
        client.chat_postMessage(channel=STUDIO, text="x", blocks=blocks)

    cells.hold(FINE, pass_)


def test_blocks_beyond_a_limit_are_refused_everywhere(slack: FarEnd, client: WebClient) -> None:
    ts = client.chat_postMessage(channel=STUDIO, text="before")["ts"]

    def are_refused(blocks: list[Any]) -> None:
        for call, more in (
            (client.chat_postMessage, {}),
            (client.chat_update, {"ts": ts}),
            (client.chat_postEphemeral, {"user": ANA}),
        ):
            assert refusal(call, channel=STUDIO, text="x", blocks=blocks, **more) == "invalid_blocks"
        url = slack.desk.new_reply_url("actions", STUDIO, ANA)
        assert WebhookClient(url).send(text="x", blocks=blocks).status_code == 400
        assert [message.text for message in slack.messages()] == ["before"]
        assert not slack.ephemerals()

    cells.hold(BAD, are_refused)


# views


def test_a_trigger_opens_one_view_within_three_seconds(slack: FarEnd, client: WebClient) -> None:
    trigger, late = slack.desk.new_trigger(ANA), slack.desk.new_trigger(ANA)
    opened = client.views_open(trigger_id=trigger, view=modal(private_metadata="x" * 3000))
    assert refusal(client.views_open, trigger_id=trigger, view=modal()) == "exchanged_trigger_id"
    assert refusal(client.views_open, trigger_id="1.2.x", view=modal()) == "invalid_trigger_id"
    slack.desk.expire(late)
    assert refusal(client.views_open, trigger_id=late, view=modal()) == "expired_trigger_id"
    shown = slack.modal(ANA)
    assert shown is not None
    assert shown.id == opened["view"]["id"]


def test_a_view_is_updated_by_id_unless_its_hash_is_old(slack: FarEnd, client: WebClient) -> None:
    first = client.views_open(trigger_id=slack.desk.new_trigger(ANA), view=modal())["view"]
    client.views_update(view_id=first["id"], hash=first["hash"], view=modal(blocks=[section("new")]))
    assert refusal(client.views_update, view_id=first["id"], hash=first["hash"], view=modal()) == "hash_conflict"
    shown = slack.modal(ANA)
    assert shown is not None
    assert shown.payload["blocks"][0]["text"]["text"] == "new"


IN_MESSAGES_ONLY = [
    TABLE,
    {"type": "markdown", "text": "x"},
    {"type": "card", "title": {"type": "plain_text", "text": "x"}},
    {"type": "carousel", "elements": []},
    {"type": "data_table", "caption": "x", "rows": []},
    {"type": "data_visualization", "title": "x"},
]


def test_a_window_and_a_home_hold_nothing_that_is_drawn_in_messages_only(slack: FarEnd, client: WebClient) -> None:
    def is_refused(block: dict[str, Any]) -> None:
        views = (modal(blocks=[section(), block]), {"type": "home", "blocks": [section(), block]})
        for view in views:
            said = block_checks.view_problems(view, slack.workspace.file_for_block)
            assert f"[ERROR] {block['type']} blocks are for messages [json-pointer:/view/blocks/1]" in said
        assert refusal(client.views_publish, user_id=ANA, view=views[1]) == "invalid_blocks"

    cells.hold(IN_MESSAGES_ONLY, is_refused)


BAD_VIEWS = [
    modal(title={"type": "plain_text", "text": "x" * 25}),
    modal(private_metadata="x" * 3001),
    modal(blocks=[section()] * 101),
    modal(blocks=[]),
    {"type": "modal", "blocks": [section()]},
    modal(
        blocks=[
            {
                "type": "input",
                "label": {"type": "plain_text", "text": "x"},
                "element": {"type": "plain_text_input", "action_id": "a"},
            }
        ]
    ),
]


def test_a_view_beyond_a_limit_is_refused(slack: FarEnd, client: WebClient) -> None:
    def is_refused(view: dict[str, Any]) -> None:
        trigger = slack.desk.new_trigger(ANA)
        assert refusal(client.views_open, trigger_id=trigger, view=view) == "invalid_blocks"
        assert slack.modal(ANA) is None

    cells.hold(BAD_VIEWS, is_refused)


def test_a_stack_holds_three_views(slack: FarEnd, client: WebClient) -> None:
    client.views_open(trigger_id=slack.desk.new_trigger(ANA), view=modal())
    for _ in range(2):
        client.views_push(trigger_id=slack.desk.new_trigger(ANA), view=modal())
    assert refusal(client.views_push, trigger_id=slack.desk.new_trigger(ANA), view=modal()) == "push_limit_reached"


def test_a_home_is_published_for_one_person(slack: FarEnd, client: WebClient) -> None:
    client.views_publish(user_id=ANA, view={"type": "home", "blocks": [section("mine")]})
    home = slack.home(ANA)
    assert home is not None
    assert home.payload["blocks"][0]["text"]["text"] == "mine"
    assert slack.home(BEN) is None


# response_url


def test_a_response_url_is_good_five_times(slack: FarEnd) -> None:
    hook = WebhookClient(slack.desk.new_reply_url("commands", DM_OF_TWO, ANA))
    assert [hook.send(text=f"{n}").status_code for n in range(6)] == [200] * 5 + [404]
    assert hook.send(text="x").body == '{"ok": false, "error": "used_url"}'
    assert len(slack.ephemerals(ANA, DM_OF_TWO)) == 5


def test_a_response_url_ends_after_half_an_hour(slack: FarEnd) -> None:
    url = slack.desk.new_reply_url("commands", STUDIO, ANA)
    slack.desk.expire(url)
    assert "expired_url" in WebhookClient(url).send(text="x").body


def test_a_response_url_posts_for_all_replaces_and_deletes(slack: FarEnd, client: WebClient) -> None:
    ts = client.chat_postMessage(channel=STUDIO, text="source")["ts"]
    source = slack.message(STUDIO, ts)
    hook = WebhookClient(slack.desk.new_reply_url("actions", STUDIO, ANA, source))
    hook.send(text="for all", response_type="in_channel")
    hook.send(text="replaced", replace_original=True)
    assert [message.text for message in slack.messages(STUDIO)] == ["replaced", "for all"]
    hook.send(delete_original=True)
    assert [message.text for message in slack.messages(STUDIO)] == ["for all"]
    assert hook.send(text="").status_code == 400
