"""The frame of every answer: a bold sentence that decides, then a table or a picture, one grey line, the next steps.

`text`, which notifications show and screen readers read, begins with the same sentence.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.slack.message import (
    MESSAGE_BLOCKS,
    TEXT_LIMIT,
    VALUE_LIMIT,
    Block,
    Element,
    Message,
    actions,
    button,
    message,
    paragraph,
    small,
    within,
    words,
)
from bot.slack.text import escaped, plain, width
from bot.slack.windows import option

MOST_OPTIONS = 100  # of a select
LEAD_LETTERS = 80
GREY_LETTERS = 90
LABEL_LETTERS = 24
MOST_STEPS = 4
NAME_LETTERS = 40
LAST = ("answer.share", "answer.details", "budget.details", "digest.why", "bench.more")  # never the next step


def framed(
    lead: str,
    *body: Block,
    rest: str = "",
    grey: str = "",
    steps: Sequence[Element] = (),
    shown: Sequence[Element] = (),
) -> Message:
    """`rest` is what the text says after the lead, of body and grey line alike. `shown` is the lead in bold elements
    where people or channels are in it."""
    return message(
        f"{lead} {rest}".strip(),
        [
            paragraph(*(shown or [words(lead, bold=True)])),
            *body,
            *([small(grey)] if grey else []),
            stepped(steps),
        ],
    )


def stepped(steps: Sequence[Element]) -> Block:
    """A row of buttons: the first is the next step. Each has an id of its own, as Slack wants it within a block."""
    return actions(*(_numbered(step, n) for n, step in enumerate(steps)))


def _numbered(step: Element, place: int) -> Element:
    made = {**step, "action_id": f"{step['action_id']}:{place}" if place else step["action_id"]}
    is_next = place == 0 and step["type"] == "button" and step["action_id"] not in LAST
    return {**made, "style": "primary"} if is_next and "style" not in made else made


def beside(sentence: str, step: Element) -> Block:
    """A plain sentence of ours with its button beside it: no part of it can be bold."""
    text = {"type": "plain_text", "emoji": False, "text": plain(sentence, TEXT_LIMIT)}
    return {"type": "section", "text": text, "accessory": step}


def run(label: str, command: str) -> list[Element]:
    """Asks a whole command in its canonical words, with the rights of who presses. None where it is too long."""
    return [button(label, "command.run", command)] if width(command) <= VALUE_LIMIT else []


def pick(placeholder: str, choices: Iterable[tuple[str, str]]) -> list[Element]:
    """A select that asks one of several commands: (label, words) each, the first of them where Slack takes no more.
    None where all of them are too long."""
    options = [option(label, command) for label, command in choices if width(command) <= 150]
    return [select(placeholder, "command.pick", options[:MOST_OPTIONS])] if options else []


def select(placeholder: str, action_id: str, options: Sequence[Element]) -> Element:
    text = {"type": "plain_text", "emoji": False, "text": placeholder}
    return {"type": "static_select", "action_id": action_id, "placeholder": text, "options": list(options)}


def draw(label: str, choices: Sequence[str], quality: str | None = None, size: str | None = None) -> list[Element]:
    """Opens a window that asks for the prompt and says what it costs; `choices` are lanes or models."""
    wish = {"choices": list(choices), "quality": quality, "size": size}
    return [button(label, "sample.wish", json.dumps(wish))]


def share(asked: str) -> list[Element]:
    return [button("Share", "answer.share", asked)] if width(asked) <= VALUE_LIMIT else []


def details(asked: str) -> list[Element]:
    return [button("Details", "answer.details", asked)] if width(asked) <= VALUE_LIMIT else []


def asking_first(step: Element, title: str, sentence: str, yes: str) -> Element:
    """Slack asks once more before it sends the press."""
    texts = {"title": title, "text": sentence, "confirm": yes, "deny": "No"}
    return {**step, "confirm": {name: {"type": "plain_text", "text": text} for name, text in texts.items()}}


def noted(shown: Message, note: str) -> Message:
    """The same with `note` in front of its grey line."""
    place = next((n for n, block in enumerate(shown.blocks) if block["type"] == "context"), None)
    if place is None:
        last = len(shown.blocks) - (shown.blocks[-1]["type"] == "actions" if shown.blocks else 0)
        return replace(shown, blocks=[*shown.blocks[:last], small(note), *shown.blocks[last:]])
    grey = shown.blocks[place]["elements"][0]["text"]
    return replace(shown, blocks=[*shown.blocks[:place], small(f"{note} {grey}"), *shown.blocks[place + 1 :]])


def shared(shown: Message, by: str) -> Message:
    """The answer for the whole channel, saying in its grey line who shared it; there is nothing left to share."""
    note = f"Shared by {plain(by, NAME_LETTERS)}."
    whole = noted(unshared(shown), note)
    return replace(whole, text=f"{shown.text} {escaped(note, TEXT_LIMIT)}", blocks=within(whole.blocks, MESSAGE_BLOCKS))


def unshared(shown: Message) -> Message:
    """The same without the button that shares it."""
    blocks = [_without_share(block) for block in shown.blocks]
    return replace(shown, blocks=[block for block in blocks if block.get("elements") != []])


def _without_share(block: Block) -> Block:
    if block["type"] != "actions":
        return block
    return {**block, "elements": [e for e in block["elements"] if e["action_id"].split(":")[0] != "answer.share"]}
