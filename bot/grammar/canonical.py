"""The canonical words of a command, put together so that they are read back as the same value."""

from decimal import Decimal

from bot.grammar.quotes import opens, quote
from bot.grammar.words import WHITE


def joined(*words: str | None) -> str:
    return " ".join(word for word in words if word is not None)


def with_option(name: str, value: object) -> str | None:
    return None if value is None else f"--{name} {value}"


def quoted_name(name: str | None) -> str | None:
    """In quote marks where it would not be read as one word."""
    if name is None or not (opens(name) or any(letter in WHITE for letter in name)):
        return name
    return quote(name)


def plain_usd(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount.normalize():f}"
