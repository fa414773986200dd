"""Windows and their fields: what was filled in comes back by the name of a field."""

from collections.abc import Collection, Sequence

from bot.slack.message import BUTTON_LIMIT, TITLE_LIMIT, VIEW_BLOCKS, Block, Element, View, plain_text, within

ABOVE = "said"  # how the blocks above the fields of a window are called
_SENT = ("type", "title", "close", "submit", "callback_id", "private_metadata")


def modal(title: str, blocks: Sequence[Block]) -> View:
    """A window to read in."""
    return {
        "type": "modal",
        "title": plain_text(title, TITLE_LIMIT),
        "close": plain_text("Close", TITLE_LIMIT),
        "blocks": within(blocks, VIEW_BLOCKS),
    }


def form(title: str, blocks: Sequence[Block], callback_id: str, about_id: str, submit: str) -> View:
    """A window to send: `about_id` comes back with it as its private_metadata."""
    return {
        **modal(title, blocks),
        "close": plain_text("Cancel", TITLE_LIMIT),
        "submit": plain_text(submit, TITLE_LIMIT),
        "callback_id": callback_id,
        "private_metadata": about_id,
    }


def topped(view: View, said: Sequence[Block]) -> View:
    """The same window with this above the rest, in place of what stood there so before. What was typed stays: Slack
    keeps it in fields of the same name."""
    above = [{**block, "block_id": f"{ABOVE}{n}"} for n, block in enumerate(said)]
    rest = [block for block in view["blocks"] if not str(block.get("block_id")).startswith(ABOVE)]
    kept = {name: view[name] for name in _SENT if view.get(name)}
    return {**kept, "blocks": within([*above, *rest], VIEW_BLOCKS)}


def choice_input(name: str, label: str, options: Sequence[Element], initial: Element | None) -> Block:
    """One of several; the value of the chosen option comes back under `name`."""
    return _one_of("static_select", name, label, options, initial)


def radio_input(name: str, label: str, options: Sequence[Element], initial: Element | None) -> Block:
    """The same with all of them in sight."""
    return _one_of("radio_buttons", name, label, options, initial)


def _one_of(kind: str, name: str, label: str, options: Sequence[Element], initial: Element | None) -> Block:
    element: Element = {"type": kind, "action_id": name, "options": list(options)}
    return {
        "type": "input",
        "block_id": name,
        "label": plain_text(label, 150),
        "element": {**element, "initial_option": initial} if initial else element,
    }


def chips_input(name: str, label: str, options: Sequence[Element], ticked: Collection[str]) -> Block:
    """Any of several, or none; `ticked` are values."""
    element: Element = {"type": "checkboxes", "action_id": name, "options": list(options)}
    initial = [each for each in options if each["value"] in ticked]
    return {
        "type": "input",
        "block_id": name,
        "optional": True,
        "label": plain_text(label, 150),
        "element": {**element, "initial_options": initial} if initial else element,
    }


def several_input(name: str, label: str, options: Sequence[Element], chosen: Collection[str], most: int) -> Block:
    """Up to `most` of many, at least one; `chosen` are values, of which no more stand there at first."""
    element: Element = {"type": "multi_static_select", "action_id": name, "options": list(options)}
    initial = [each for each in options if each["value"] in chosen][:most]
    return {
        "type": "input",
        "block_id": name,
        "label": plain_text(label, 150),
        "element": {**element, "max_selected_items": most, **({"initial_options": initial} if initial else {})},
    }


def people_input(name: str, label: str, people: Sequence[str], most: int) -> Block:
    """Up to `most` people by Slack's own list, or nobody; `people` stand there at first."""
    element: Element = {"type": "multi_users_select", "action_id": name, "max_selected_items": most}
    return {
        "type": "input",
        "block_id": name,
        "optional": True,
        "label": plain_text(label, 150),
        "element": {**element, "initial_users": list(people)} if people else element,
    }


def text_input(
    name: str, label: str, *, initial: str | None = None, most: int, optional: bool = False, short: bool = False
) -> Block:
    """A field of several lines, or of one (`short`); its value comes back under `name`, for block and action alike."""
    element: Element = {"type": "plain_text_input", "action_id": name, "multiline": not short, "max_length": most}
    return {
        "type": "input",
        "block_id": name,
        "optional": optional,
        "label": plain_text(label, 150),
        "element": {**element, "initial_value": initial} if initial else element,
    }


def place_input(name: str, label: str, initial: str | None = None) -> Block:
    """A conversation; `initial` stands there at first."""
    element: Element = {
        "type": "conversations_select",
        "action_id": name,
        "filter": {"include": ["public", "private", "im"], "exclude_bot_users": False},
    }
    chosen = {"initial_conversation": initial} if initial else {}
    return {
        "type": "input",
        "block_id": name,
        "label": plain_text(label, 150),
        "element": {**element, **chosen},
    }


def option(text: str, value: str, description: str = "") -> Element:
    made = {"text": plain_text(text, BUTTON_LIMIT), "value": value}
    return {**made, "description": plain_text(description, BUTTON_LIMIT)} if description else made
