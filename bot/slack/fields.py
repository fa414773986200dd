"""What somebody filled into a window, by the name of the field."""

from typing import Any

from bot.slack.message import View


def written(view: View, name: str) -> str | None:
    """What was typed into a field; None where the window has none of that name."""
    found = _found(view, name)
    return None if found is None else found.get("value") or ""


def chosen(view: View, name: str, action_id: str | None = None) -> str | None:
    """The value of the one option that was picked; None without one. `action_id`: where it is not the block's name."""
    option = (_found(view, name, action_id) or {}).get("selected_option") or {}
    return None if option.get("value") is None else str(option["value"])


def listed(view: View, name: str) -> str | None:
    """The id of the person or channel chosen from Slack's own list; None without one."""
    found = _found(view, name) or {}
    return found.get("selected_user") or found.get("selected_conversation")


def people(view: View, name: str) -> tuple[str, ...]:
    """The ids of all people chosen from Slack's own list."""
    return tuple(map(str, (_found(view, name) or {}).get("selected_users") or ()))


def ticked(view: View, name: str) -> set[str]:
    """The values of the options that were ticked."""
    return {str(option["value"]) for option in (_found(view, name) or {}).get("selected_options") or []}


def _found(view: View, name: str, action_id: str | None = None) -> dict[str, Any] | None:
    found: dict[str, Any] | None = view["state"]["values"].get(name, {}).get(action_id or name)
    return found
