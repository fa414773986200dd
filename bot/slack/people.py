"""What Slack says of a person, as far as rights hang on it. What it does not say plainly counts against them."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Person:
    """`admin` of the workspace or its owner; `guest` restricted in any way, `gone` deactivated."""

    team_id: str
    admin: bool
    guest: bool
    bot: bool
    gone: bool


def person(told: Any) -> Person:
    """From the `user` of users.info."""
    known = told if isinstance(told, dict) else {}
    return Person(
        team_id=str(known.get("team_id") or ""),
        admin=known.get("is_admin") is True or known.get("is_owner") is True,
        guest=not all(known.get(name) is False for name in ("is_restricted", "is_ultra_restricted")),
        bot=known.get("is_bot") is not False,
        gone=known.get("deleted") is not False,
    )
