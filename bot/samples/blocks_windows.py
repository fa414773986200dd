"""The forms behind a picture's buttons. Each carries the picture's id as private_metadata; fields come back by name.

retry_modal    callback sample.retry    field `prompt`, absent when the prompt goes again unchanged
reject_modal   callback sample.reject   fields `reasons` (checkboxes) and `note`
report_modal   callback sample.report   field `note`
"""

from bot import money
from bot.ledger.pictures import Generation
from bot.samples import reasons
from bot.samples.outcomes import name
from bot.slack.message import Block, View, form, paragraph, quote, rich, section, text_input, words
from bot.slack.text import width

INPUT_LIMIT = 3000
NOTE_LIMIT = 500


def retry_modal(generation: Generation, prompt: str) -> View:
    """The same lane, quality and size once more. Slack's inputs take 3,000 characters: longer prompts go unchanged."""
    if width(prompt) <= INPUT_LIMIT:
        blocks = [text_input("prompt", "Prompt", initial=prompt, most=INPUT_LIMIT)]
    else:
        blocks = [_too_long(prompt)]
    return form("Draw it again", [*blocks, _cost(generation)], "sample.retry", generation.id, "Draw")


def _too_long(prompt: str) -> Block:
    sentence = (
        f"This prompt has {len(prompt):,} characters and Slack lets you edit {INPUT_LIMIT:,}: it can only be sent "
        "again unchanged. To change it, use try with the new text. It begins:"
    )
    return rich(section(sentence), quote(prompt))


def _cost(generation: Generation) -> Block:
    spec = generation.spec
    price = "$0.00, it is a demo" if generation.demo else f"about {money.booked(generation.expected_nanousd)}"
    again = f" {spec.quality}, {spec.size}. This draws a new picture for {price}; the old one stays."
    return paragraph(words(name(generation), bold=True), again)


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
