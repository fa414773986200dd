"""The rules every answer is held to: a bold sentence that decides, one table, one grey line, the next step first."""

import re
from collections.abc import Iterator
from typing import Any

from bot.slack.frame import GREY_LETTERS, LABEL_LETTERS, LEAD_LETTERS, MOST_STEPS
from bot.slack.message import Message, View
from tests.kit.views_made import check, check_view, nodes

ID = re.compile(r"\b(?:[CDGUW][A-Z0-9]{5,}|[0-9a-f]{10,})\b")
BRACKETS = re.compile(r"\[[A-Z]|\||COUNT|QUALITY\b|\bSIZE\b")


def holds(shown: Message, *, lead_letters: int = LEAD_LETTERS, ids: bool = False) -> None:
    """Raises AssertionError. `ids`: it is about one picture or test and may say which."""
    check(shown)
    lead = lead_of(shown)
    assert 0 < len(lead) <= lead_letters, f"its first block is no bold sentence of {lead_letters}: {lead!r}"
    assert begins(plainly(shown.text), shown), f"its text begins otherwise: {shown.text[:90]!r}, not {lead!r}"
    tables = [block for block in shown.blocks if block["type"] == "table"]
    assert len(tables) <= 1, "more than one table"
    grey = [block for block in shown.blocks if block["type"] == "context"]
    assert len(grey) <= 1, "more than one grey line"
    for block in grey:
        assert len(block["elements"]) == 1, "several grey elements stand side by side in Slack"
        assert len(block["elements"][0]["text"]) <= GREY_LETTERS, f"too long a line: {block['elements'][0]['text']!r}"
    _buttons(shown.blocks)
    _read_out(shown.blocks)
    for text in texts(shown.blocks):
        assert "`" not in text, f"a backtick is shown as one: {text!r}"
        assert not BRACKETS.search(text), f"grammar is for terminals: {text!r}"
        assert ids or not ID.search(text), f"an id says nothing: {text!r}"
    assert ids or not ID.search(shown.text), f"an id says nothing: {shown.text!r}"


def window(view: View) -> None:
    """Windows and Homes: no table, no backtick that is shown as one, and no button called like the window's own."""
    check_view(view)
    ends = {view[name]["text"] for name in ("close", "submit") if view.get(name)}
    pressed = [one for block in view["blocks"] if block["type"] == "actions" for one in block["elements"]]
    assert not [one for one in pressed if one.get("text", {}).get("text") in ends], "two buttons of one name"
    assert not [block for block in view["blocks"] if block["type"] == "table"], "a window holds no table"
    _read_out(view["blocks"])
    for text in texts(view["blocks"]):
        assert "`" not in text, f"a backtick is shown as one: {text!r}"


def lead_of(shown: Message) -> str:
    """The bold sentence of the first block; empty where there is none."""
    first = shown.blocks[0]
    if first["type"] != "rich_text":
        return ""
    parts = first["elements"][0]["elements"]
    if not all(part.get("style", {}).get("bold") or part["type"] in ("user", "channel") for part in parts):
        return ""
    return "".join(part.get("text", "") for part in parts)


def begins(text: str, shown: Message) -> bool:
    """Whether it begins with the first block; a person or channel there stands for any words."""
    parts = shown.blocks[0]["elements"][0]["elements"]
    return re.match("".join(re.escape(part["text"]) if "text" in part else ".+?" for part in parts), text) is not None


def plainly(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def texts(blocks: Any) -> Iterator[str]:
    """Every text of ours that is shown, save what somebody wrote: quotes and code."""
    if isinstance(blocks, list):
        for block in blocks:
            yield from texts(block)
    elif isinstance(blocks, dict) and blocks.get("type") != "rich_text_quote" and not _is_code(blocks):
        if isinstance(blocks.get("text"), str):
            yield blocks["text"]
        for value in blocks.values():
            if isinstance(value, dict | list):
                yield from texts(value)


def _is_code(part: dict[str, Any]) -> bool:
    style = part.get("style")
    return isinstance(style, dict) and bool(style.get("code"))


def _read_out(blocks: list[dict[str, Any]]) -> None:
    for one in nodes(blocks):
        spoken = one.get("accessibility_label")
        assert spoken is None or spoken.startswith(one["text"]["text"]), f"it is seen otherwise: {spoken!r}"


def _buttons(blocks: list[dict[str, Any]]) -> None:
    rows = [block["elements"] for block in blocks if block["type"] == "actions"]
    primary = 0
    for row in rows:
        assert len(row) <= MOST_STEPS, f"{len(row)} buttons in a row"
        buttons = [element for element in row if element["type"] == "button"]
        for one in buttons:
            label = one["text"]["text"]
            assert len(label) <= LABEL_LETTERS, f"Slack cuts {label!r}"
        styled = [place for place, one in enumerate(row) if one.get("style") == "primary"]
        assert styled in ([], [0]), "the next step stands first, and alone is primary"
        primary += len(styled)
        last = [one["action_id"].split(":")[0] for one in buttons if one["action_id"].startswith("answer.")]
        assert [one["action_id"].split(":")[0] for one in buttons][-len(last) or len(buttons) :] == last, (
            "Share and Details stand last"
        )
    assert primary <= 1, "one next step"
