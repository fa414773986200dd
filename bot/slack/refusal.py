"""What went wrong, as one sentence to the one person it concerns."""

from bot.slack.message import Message, message, paragraph


def sentence(error_text: str) -> Message:
    """The text of an expected error. It may repeat what the person typed, so it is shown letter by letter."""
    return message(error_text, [paragraph(error_text)])
