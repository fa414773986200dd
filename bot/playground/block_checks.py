"""Judges blocks and views as Slack would: slack_sdk's own validation, then the limits it does not check.

An empty list means fine. Each problem is one line as in Slack's `response_metadata.messages`. Limits:
docs.slack.dev/reference/block-kit; "must be more than 0 characters" holds in tables and rich text too (seen in the
field, vercel/chat#373).
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.playground.workspace import File, Json

FileOf = Callable[[str], File | None]  # by id; None when unknown
NEWER = ("data_table", "data_visualization")  # slack_sdk 3.47 has no class for these two
LOOKS_FOR = ("png", "jpg", "gif")
IN_MESSAGES_ONLY = ("table", "markdown", "card", "carousel", "data_table", "data_visualization")  # no window draws them
OPTIONS = {"overflow": 5, "radio_buttons": 10, "checkboxes": 10}


def message_problems(blocks: Any, file_of: FileOf) -> list[str]:
    return _problems(blocks, 50, "/blocks", file_of)


def view_problems(view: Any, file_of: FileOf) -> list[str]:
    if not isinstance(view, dict):
        return _say("must be an object", "/view")
    found = _problems(view.get("blocks"), 100, "/view/blocks", file_of, needed=True)
    found += _shape_of(view)
    try:
        View(**view).validate_json()
    except (SlackObjectFormationError, TypeError, AttributeError) as error:
        found += _say(str(error), "/view")
    return found


def _shape_of(view: Json) -> Iterator[str]:
    """What slack_sdk's View leaves unchecked."""
    has_input = any(isinstance(each, dict) and each.get("type") == "input" for each in view.get("blocks") or [])
    if view.get("type") == "modal" and not view.get("title"):
        yield from _say("missing required field: title", "/view")
    if view.get("type") == "modal" and has_input and not view.get("submit"):
        yield from _say("submit is required when an input block is there", "/view")
    if len(json.dumps(view, ensure_ascii=False).encode()) > 250_000:
        yield from _say("view_too_large", "/view")


def _say(problem: str, where: str) -> list[str]:
    return [f"[ERROR] {problem} [json-pointer:{where}]"]


def _problems(blocks: Any, most: int, where: str, file_of: FileOf, needed: bool = False) -> list[str]:
    if not blocks and not needed:
        return []
    if not isinstance(blocks, list) or not blocks or not all(isinstance(each, dict) for each in blocks):
        return _say("must be a list of blocks", where)
    found: list[str] = []
    if len(blocks) > most:
        found += _say(f"no more than {most} items allowed", where)
    for index, block in enumerate(blocks):
        found += _judged_by_sdk(block, f"{where}/{index}")
        found += _walk(block, f"{where}/{index}", file_of)
    return [*found, *_across(blocks, where)]


def _across(blocks: Sequence[Json], where: str) -> Iterator[str]:
    """Rules between blocks, and of where they stand: unique ids, one table, 12,000 characters of markdown in all."""
    ids = Counter(block["block_id"] for block in blocks if block.get("block_id"))
    for block_id, times in ids.items():
        if times > 1:
            yield from _say(f"block_id already exists: {block_id}", where)
    if sum(block.get("type") == "table" for block in blocks) > 1:
        yield from _say("only_one_table_allowed", where)
    if sum(len(str(block.get("text"))) for block in blocks if block.get("type") == "markdown") > 12_000:
        yield from _say("markdown blocks hold at most 12000 characters in all", where)
    if where == "/blocks" and any(block.get("type") == "alert" for block in blocks):
        yield from _say("alert blocks are for modals", where)
    if where != "/blocks":
        for index, block in enumerate(blocks):
            if block.get("type") in IN_MESSAGES_ONLY:
                yield from _say(f"{block['type']} blocks are for messages", f"{where}/{index}")


def _judged_by_sdk(block: Json, where: str) -> list[str]:
    """slack_sdk's own word, nested objects too; a property it drops in a round trip is one it does not know."""
    if block.get("type") in NEWER:
        return []
    try:
        parsed = Block.parse(block)
        if parsed is None:
            return _say(f"unsupported type: {block.get('type')}", where)
        parsed.validate_json()
        known = parsed.to_dict()
    except (SlackObjectFormationError, TypeError, AttributeError, KeyError, ValueError) as error:
        return _say(str(error), where)
    return [line for path in _lost(block, known, where) for line in _say("invalid additional property", path)]


def _lost(sent: Any, known: Any, where: str) -> Iterator[str]:
    if isinstance(sent, dict) and isinstance(known, dict):
        for key, value in sent.items():
            if key in known:
                yield from _lost(value, known[key], f"{where}/{key}")
            elif value not in (None, [], {}, ""):
                yield f"{where}/{key}"
    elif isinstance(sent, list | tuple) and isinstance(known, list | tuple) and len(sent) == len(known):
        for index, (value, other) in enumerate(zip(sent, known, strict=True)):
            yield from _lost(value, other, f"{where}/{index}")
    elif sent != known:
        yield where


def _walk(node: Any, where: str, file_of: FileOf) -> Iterator[str]:
    """Every object in the block, by its type."""
    if isinstance(node, list):
        for index, each in enumerate(node):
            yield from _walk(each, f"{where}/{index}", file_of)
    if not isinstance(node, dict):
        return
    check = CHECKS.get(str(node.get("type")))
    if check:
        yield from check(node, where)
    if "slack_file" in node or node.get("type") == "image":
        yield from _picture(node, where, file_of)
    if "options" in node:
        yield from _options(node, where)
    if len(str(node.get("action_id", ""))) > 255:
        yield from _say("must be less than 256 characters", f"{where}/action_id")
    for key, value in node.items():
        yield from _walk(value, f"{where}/{key}", file_of)


def _text(holder: Json, key: str, where: str, most: int, plain: bool = False) -> Iterator[str]:
    text = holder.get(key)
    if not isinstance(text, dict):
        return
    if plain and text.get("type") != "plain_text":
        yield from _say("must be plain_text", f"{where}/{key}")
    if len(str(text.get("text", ""))) > most:
        yield from _say(f"must be less than {most + 1} characters", f"{where}/{key}/text")


def _some_text(node: Json, where: str) -> Iterator[str]:
    """Any text: plain_text, mrkdwn, text of rich text, raw_text of a table, markdown."""
    text = node.get("text")
    if not isinstance(text, str) or not text:
        yield from _say("must be more than 0 characters", f"{where}/text")
    elif node["type"] in ("plain_text", "mrkdwn") and len(text) > 3000:
        yield from _say("must be less than 3001 characters", f"{where}/text")


def _button(node: Json, where: str) -> Iterator[str]:
    yield from _text(node, "text", where, 75, plain=True)
    if len(str(node.get("value", ""))) > 2000:
        yield from _say("must be less than 2001 characters", f"{where}/value")
    if len(str(node.get("url", ""))) > 3000:
        yield from _say("must be less than 3001 characters", f"{where}/url")


def _section(node: Json, where: str) -> Iterator[str]:
    for index, each in enumerate(node.get("fields") or []):
        yield from _text({"field": each}, "field", f"{where}/fields/{index}", 2000)


def _header(node: Json, where: str) -> Iterator[str]:
    yield from _text(node, "text", where, 150, plain=True)


def _row(node: Json, where: str) -> Iterator[str]:
    elements = node.get("elements")
    if not isinstance(elements, list) or not elements:
        yield from _say("must have at least 1 element", f"{where}/elements")
        return
    ids = [each.get("action_id") for each in elements if isinstance(each, dict) and each.get("action_id")]
    if len(set(ids)) < len(ids):
        yield from _say("action_id already exists", f"{where}/elements")


def _rich(node: Json, where: str) -> Iterator[str]:
    if not node.get("elements"):
        yield from _say("missing element", f"{where}/elements")


def _options(node: Json, where: str) -> Iterator[str]:
    options, most = node["options"], OPTIONS.get(str(node.get("type")), 100)
    if not isinstance(options, list) or not 1 <= len(options) <= most:
        yield from _say(f"must have 1 to {most} options", f"{where}/options")
        return
    for index, each in enumerate(options):
        yield from _text(each, "text", f"{where}/options/{index}", 75)
        if len(str(each.get("value", ""))) > 150:
            yield from _say("must be less than 151 characters", f"{where}/options/{index}/value")


def _table(node: Json, where: str) -> Iterator[str]:
    rows = node.get("rows") or []
    if not 1 <= len(rows) <= 100:
        yield from _say("must have 1 to 100 rows", f"{where}/rows")
    if any(not 1 <= len(row) <= 20 for row in rows):
        yield from _say("must have 1 to 20 cells", f"{where}/rows")
    if len({len(row) for row in rows}) > 1:
        yield from _say("rows must have the same number of cells", f"{where}/rows")
    if sum(_letters(row) for row in rows) > 10_000:
        yield from _say("a table holds at most 10000 characters", f"{where}/rows")


def _letters(node: Any) -> int:
    if isinstance(node, list):
        return sum(_letters(each) for each in node)
    if isinstance(node, dict):
        own = len(node["text"]) if isinstance(node.get("text"), str) else 0
        return own + sum(_letters(value) for value in node.values() if isinstance(value, list | dict))
    return 0


def _picture(node: Json, where: str, file_of: FileOf) -> Iterator[str]:
    if not isinstance(node.get("alt_text"), str) or not 1 <= len(node["alt_text"]) <= 2000:
        yield from _say("must have 1 to 2000 characters", f"{where}/alt_text")
    if ("slack_file" in node) == ("image_url" in node):
        yield from _say("needs image_url or slack_file, not both", where)
    if "slack_file" not in node:
        return
    by = node["slack_file"]
    if not isinstance(by, dict) or len(by) != 1 or not set(by) <= {"id", "url"}:
        yield from _say("slack_file needs id or url, not both", f"{where}/slack_file")
        return
    file = file_of(str(by["id"]) if "id" in by else "".join(str(by["url"]).split("/")[-2:-1]))
    if file is None or not file.complete or file.refusals > 0 or file.kind not in LOOKS_FOR:
        yield from _say("invalid slack file", f"{where}/slack_file")


CHECKS: dict[str, Callable[[Json, str], Iterator[str]]] = {
    "plain_text": _some_text,
    "mrkdwn": _some_text,
    "text": _some_text,
    "raw_text": _some_text,
    "markdown": _some_text,
    "button": _button,
    "section": _section,
    "header": _header,
    "actions": _row,
    "context": _row,
    "rich_text": _rich,
    "rich_text_section": _rich,
    "rich_text_quote": _rich,
    "rich_text_preformatted": _rich,
    "table": _table,
}
