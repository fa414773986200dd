"""The windows behind a picture's buttons and those to draw from. Fields come back by name.

draw_form      callbacks sample.retry and sample.wish; fields `prompt` (absent when it goes again unchanged), `choice`,
               `quality`, `size` and `count`; private_metadata is `forms.Behind`
reject_modal   callback sample.reject   fields `reasons` (checkboxes) and `note`; private_metadata is the picture's id
report_modal   callback sample.report   field `note`; the same
"""

from collections.abc import Sequence

from bot.ledger.pictures import Generation
from bot.samples import reasons
from bot.samples.command import MOST_COPIES, Try
from bot.samples.forms import Behind, DrawForm
from bot.samples.outcomes import pictures
from bot.slack.message import Block, View, paragraph, quote, rich, section, words
from bot.slack.text import width
from bot.slack.windows import choice_input, form, option, place_input, text_input

INPUT_LIMIT = 3000
NOTE_LIMIT = 500
CHANGED = "That costs more than this window said. Look at the new price, then send it again."


def draw_form(shown: DrawForm, behind: Behind, price: str, *, changed: bool = False) -> View:
    """`price` of all its pictures; `changed`: it is another than the person saw. Slack's inputs take 3,000 characters:
    longer prompts go unchanged."""
    asked, is_retry = shown.asked, behind.parent_id is not None
    fields = [_prompt(asked.prompt)]
    if shown.choices:
        fields.append(_choice("choice", "Lane or model", shown.choices, asked.choices[0]))
    fields.append(_choice("quality", "Quality", [(each, each) for each in shown.qualities], asked.quality))
    fields.append(_choice("size", "Size", [(each, each) for each in shown.sizes], asked.size))
    if shown.choices:
        counts = [(str(each), str(each)) for each in range(1, MOST_COPIES + 1)]
        fields.append(_choice("count", "How many", counts, str(asked.count)))
    if behind.anywhere:
        fields.append(place_input("to", "Where", behind.channel_id))
    callback = "sample.retry" if is_retry else "sample.wish"
    title = "Draw it again" if is_retry else "Draw"
    return form(title, [*fields, _cost(asked, price, is_retry, changed)], callback, behind.stored(), "Draw")


def _prompt(prompt: str) -> Block:
    if width(prompt) <= INPUT_LIMIT:
        return text_input("prompt", "Prompt", initial=prompt or None, most=INPUT_LIMIT)
    sentence = (
        f"This prompt has {len(prompt):,} characters and Slack lets you edit {INPUT_LIMIT:,}: it can only be sent "
        "again unchanged. To change it, use try with the new text. It begins:"
    )
    return rich(section(sentence), quote(prompt))


def _choice(name: str, label: str, offered: Sequence[tuple[str, str]], now: str | None) -> Block:
    options = [option(text, value) for text, value in offered]
    return choice_input(name, label, options, next((each for each in options if each["value"] == now), None))


def _cost(asked: Try, price: str, is_retry: bool, changed: bool) -> Block:
    count = max(1, len(asked.choices)) * asked.count
    total = f"{pictures(count).replace('a picture', '1 picture')}, {price}."
    rest = [" The old one stays."] if is_retry else []
    return paragraph(*([f"{CHANGED} "] if changed else []), words(total, bold=True), *rest)


def reject_modal(generation: Generation) -> View:
    """Why it was rejected, asked once the vote stands; everything may be left empty."""
    blocks = [
        paragraph("Your vote stands. If you say why, it helps to choose a lane; closing this changes nothing."),
        reasons.chips("reasons", "What is wrong with it"),
        text_input("note", "Anything else", most=NOTE_LIMIT, optional=True),
    ]
    return form("Why rejected?", blocks, "sample.reject", generation.id, "Send")


def report_modal(generation: Generation) -> View:
    sentence = (
        "This tells the people who run imagelane here that something is wrong with this picture. It changes no vote."
    )
    blocks = [paragraph(sentence), text_input("note", "What is wrong", most=NOTE_LIMIT)]
    return form("Report a picture", blocks, "sample.report", generation.id, "Report")
