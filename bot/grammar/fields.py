"""What a program asks by name, in the query string of an address."""

from collections.abc import Sequence

from bot.errors import NotUnderstood

Query = Sequence[tuple[str, str]]


def named_fields(query: Query, names: Sequence[str]) -> dict[str, str]:
    """A field nobody knows is refused: without it the answer would be one to another question. Raises NotUnderstood."""
    fields = dict(query)
    if len(fields) < len(query) or not fields.keys() <= set(names):
        *others, last = names
        known = f"{', '.join(others)} and {last} here, each of them once" if others else f"only {last} here, once"
        raise NotUnderstood(f"I read {known}.")
    return fields
