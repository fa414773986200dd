"""What Slack shows: a message with its plain text, and the few safe ways to put somebody's words into a block.

No field made here is mrkdwn. What people wrote stands in rich_text `text` elements, which Slack shows letter by letter:
it can't mention, link, format or leave its quote. Only `Message.text` is read as mrkdwn; `message` escapes it.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.slack.text import MORE, clip, escaped, lines, plain, width

Block = dict[str, Any]
Element = dict[str, Any]
View = dict[str, Any]
Cell = str | Element

TEXT_LIMIT = 3000
WORDS_LIMIT = 3000
MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
QUOTE_LIMIT = 1000
QUOTE_LINES = 12
SMALL_LIMIT = 1000
SMALL_ELEMENTS = 10
TABLE_ROWS = 100
TABLE_LETTERS = 9_500  # Slack takes 10,000 over all cells; the rest is for the row that says what was left out
CELL_LIMIT = 90
BUTTON_LIMIT = 75
DIRECT = "D"  # how ids of direct conversations begin
VALUE_LIMIT = 2000
TITLE_LIMIT = 24
BLOCK_ID_LIMIT = 255
EMPTY = "(nothing that can be shown)"
ADDRESS = re.compile(r"(https://[^\s<>|;]{1,2000})")
PERSON = re.compile(r"[UW][A-Z0-9]{1,30}")


@dataclass(frozen=True)
class Message:
    """One Slack message. `text` alone says it all: it is what notifications and screen readers get."""

    text: str
    blocks: list[Block] = field(default_factory=list)


def message(text: str, blocks: Iterable[Block]) -> Message:
    """`text` as it should read: it is escaped here, so nobody escapes it before."""
    return Message(escaped(text, TEXT_LIMIT) or EMPTY, within(blocks, MESSAGE_BLOCKS))


def stamped(shown: Message, stamp: str) -> Message:
    """Block ids that change with `stamp`: Slack wants new ones on every update. One a block has is kept at its end."""
    head = plain(stamp, BLOCK_ID_LIMIT - 20)
    return replace(
        shown, blocks=[{**block, "block_id": _stamp(head, n, block)} for n, block in enumerate(shown.blocks)]
    )


def _stamp(head: str, place: int, block: Block) -> str:
    own = block.get("block_id")
    return f"{head}:{place}:{own}" if own else f"{head}:{place}"


# Parts of a line


def words(text: str, *, bold: bool = False, code: bool = False) -> Element:
    part: Element = {"type": "text", "text": clip(text, WORDS_LIMIT) or EMPTY}
    style = {name: True for name, on in (("bold", bold), ("code", code)) if on}
    return {**part, "style": style} if style else part


def prose(sentence: str) -> list[Element]:
    """One of our own sentences; what stands between its backticks is shown as code."""
    pieces = sentence.split("`")
    if len(pieces) % 2 == 0:
        return [words(sentence)]
    return [words(piece, code=bool(n % 2)) for n, piece in enumerate(pieces) if piece] or [words(sentence)]


def unmarked(sentence: str) -> str:
    """The same where no code can be shown: in a notification, under a field."""
    return "".join(part["text"] for part in prose(sentence)) if "`" in sentence else sentence


def person(person_id: str) -> Element:
    """Slack's own person element; somebody Slack does not know (a terminal's user) is words."""
    return {"type": "user", "user_id": person_id} if PERSON.fullmatch(person_id) else words(person_id)


def sources(ref: str) -> list[Element]:
    """Where a figure of ours comes from: addresses as links, the words between them as words."""
    pieces = ADDRESS.split(ref)
    return [{"type": "link", "url": piece} if n % 2 else words(piece) for n, piece in enumerate(pieces) if piece]


def emoji(name: str) -> Element:
    return {"type": "emoji", "name": name}


def channel(channel_id: str) -> Element:
    """Slack's own channel element."""
    return {"type": "channel", "channel_id": channel_id}


# Elements of a rich_text block


def section(*parts: Element | str) -> Element:
    return {"type": "rich_text_section", "elements": _parts(parts)}


def quote(text: str, limit: int = QUOTE_LIMIT, most_lines: int = QUOTE_LINES) -> Element:
    """Somebody's words, fenced off from ours."""
    return {"type": "rich_text_quote", "elements": [words(lines(text, limit, most_lines))]}


def bullets(*items: Sequence[Element | str]) -> Element:
    rows = [section(*item) for item in items]
    return {"type": "rich_text_list", "style": "bullet", "elements": rows}


# Blocks


def rich(*elements: Element) -> Block:
    return {"type": "rich_text", "elements": [element for element in elements if element["elements"]]}


def paragraph(*parts: Element | str) -> Block:
    return rich(section(*parts))


def header(text: str) -> Block:
    return {"type": "header", "text": plain_text(text, 150)}


def small(*sentences: str) -> Block:
    """Grey lines under the rest, of our own words."""
    shown = [plain_text(unmarked(sentence), SMALL_LIMIT) for sentence in sentences]
    return {"type": "context", "elements": shown[:SMALL_ELEMENTS]}


def picture(file_id: str, alt_text: str) -> Block:
    return {"type": "image", "slack_file": {"id": file_id}, "alt_text": plain(alt_text, 2000)}


def table(rows: Sequence[Sequence[Cell]], right: Collection[int] = ()) -> Block:
    """The first row is the heading; columns numbered in `right` are right-aligned. Rows that do not fit are counted.

    A cell is words, or an element of Slack's such as a person.
    """
    shown: list[list[Cell]] = [[_cell(cell) for cell in row] for row in rows]
    fit = _rows_that_fit(shown)
    if fit < len(shown):
        rest: list[Cell] = [f"{MORE} {len(shown) - fit} more", *["–"] * (len(shown[0]) - 1)]
        shown = [*shown[:fit], rest]
    columns = range(len(shown[0]))
    return {
        "type": "table",
        "column_settings": [{"align": "right" if n in right else "left", "is_wrapped": True} for n in columns],
        "rows": [
            [{"type": "raw_text", "text": cell} if isinstance(cell, str) else paragraph(cell) for cell in row]
            for row in shown
        ],
    }


def button(text: str, action_id: str, value: str, label: str | None = None) -> Element:
    """`label` is read out instead of the text, where several buttons of a message say the same."""
    made: Element = {
        "type": "button",
        "action_id": action_id,
        "text": plain_text(text, BUTTON_LIMIT),
        "value": value,
    }
    return {**made, "accessibility_label": plain(label, BUTTON_LIMIT)} if label else made


def actions(*elements: Element) -> Block:
    return {"type": "actions", "elements": list(elements)}


def within(blocks: Iterable[Block], most: int) -> list[Block]:
    """Without the blocks that hold nothing, and no more than Slack takes."""
    full = [block for block in blocks if block.get("elements") != []]
    return full if len(full) <= most else [*full[: most - 1], small(MORE)]


def _cell(cell: Cell) -> Cell:
    """Somebody Slack does not know is words like any others."""
    if isinstance(cell, str):
        return plain(cell, CELL_LIMIT) or "–"
    return cell if "text" not in cell else plain(cell["text"], CELL_LIMIT) or "–"


def _rows_that_fit(rows: Sequence[Sequence[Cell]]) -> int:
    letters = 0
    for n, row in enumerate(rows):
        letters += sum(width(cell) for cell in row if isinstance(cell, str))
        if letters > TABLE_LETTERS or (n == TABLE_ROWS - 1 and len(rows) > TABLE_ROWS):
            return n
    return len(rows)


def plain_text(text: str, limit: int) -> Element:
    return {"type": "plain_text", "emoji": False, "text": plain(text, limit) or MORE}


def _parts(parts: Iterable[Element | str]) -> list[Element]:
    return [words(part) if isinstance(part, str) else part for part in parts]
