"""What went wrong, as one sentence to the one person it concerns."""

from bot.views.message import Message, message, paragraph, prose


def sentence(error_text: str) -> Message:
    """The text of an expected error, what stands between its backticks as code. What the person typed is no markup."""
    return message(error_text, [paragraph(*prose(error_text))])
