"""What a signed payload must look like before a listener or Bolt reaches into it: only the fields we read, by type.

Slack adds fields at will, so what is not named here is not looked at.
"""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

Id = Annotated[str, Field(pattern=r"^[!-~]{0,255}$")]  # Slack's are ASCII without blanks, and a database can hold them


class Shape(BaseModel):
    model_config = ConfigDict(strict=True)


class NamedShape(Shape):
    id: Id


class PersonShape(NamedShape):
    team_id: Id | None = None


class Asking(Shape):
    """A slash command."""

    command: str
    text: str | None = None
    team_id: Id | None = None
    user_id: Id | None = None
    channel_id: Id | None = None
    response_url: str | None = None
    trigger_id: Id | None = None


class Typed(Shape):
    type: str


class Happened(Shape):
    event: Typed
    event_id: Id
    team_id: Id | None = None
    authorizations: list[dict[str, Any]] | None = None


class Mentioned(Shape):
    channel: Id
    ts: Id
    user: Id | None = None
    text: str | None = None
    thread_ts: Id | None = None
    team: Id | None = None
    user_team: Id | None = None


class Written(Shape):
    """A message in a conversation the bot may read: what is no person's has no user, an edit no ts of its own."""

    channel: Id
    channel_type: str | None = None
    subtype: str | None = None
    ts: Id | None = None
    user: Id | None = None
    text: str | None = None
    thread_ts: Id | None = None
    team: Id | None = None
    user_team: Id | None = None


class HomeOpened(Shape):
    user: Id
    channel: Id | None = None
    tab: str | None = None


class TokensRevoked(Shape):
    tokens: dict[str, Any] = Field(default_factory=dict)


class SharingChanged(Shape):
    channel: Id


class Interacted(Shape):
    user: PersonShape | None = None
    team: NamedShape | None = None
    channel: NamedShape | None = None
    container: dict[str, Any] | None = None
    response_url: str | None = None
    trigger_id: Id | None = None


class Action(Shape):
    action_id: str
    type: str | None = None
    selected_option: dict[str, Any] | None = None


class PressedShape(Interacted):
    actions: list[Action] = Field(min_length=1)
    view: dict[str, Any] | None = None


class Block(Shape):
    type: str
    block_id: str | None = None


class StateShape(Shape):
    values: dict[str, dict[str, dict[str, Any]]]


class LeftShape(Shape):
    callback_id: str


class Window(LeftShape):
    type: str
    id: str | None = None
    private_metadata: str | None = None
    state: StateShape | None = None
    blocks: list[Block] | None = None


class SentShape(Interacted):
    view: Window


class Closed(Interacted):
    view: LeftShape


class ShortcutShape(Interacted):
    callback_id: str


SHAPES: dict[str, type[Shape]] = {
    "event_callback": Happened,
    "block_actions": PressedShape,
    "view_submission": SentShape,
    "view_closed": Closed,
    "shortcut": ShortcutShape,
}
EVENTS: dict[str, type[Shape]] = {
    "app_mention": Mentioned,
    "message": Written,
    "app_home_opened": HomeOpened,
    "tokens_revoked": TokensRevoked,
    "channel_shared": SharingChanged,
    "channel_unshared": SharingChanged,
}


def fault(payload: Mapping[str, Any]) -> str | None:
    """The dotted name of the first field that is missing or of a wrong type; None where all are as they should be."""
    kind = payload.get("type")
    if kind is None:
        return _fault(Asking, payload) if "ssl_check" not in payload else None
    if not isinstance(kind, str):
        return "type"
    wrong = _fault(SHAPES.get(kind, Shape), payload)
    if wrong is None and kind == "event_callback":
        return _fault(EVENTS.get(payload["event"]["type"], Shape), payload["event"])
    return wrong


def _fault(shape: type[Shape], given: Any) -> str | None:
    try:
        shape.model_validate(given)
    except ValidationError as wrong:
        return ".".join(str(part) for part in wrong.errors(include_url=False, include_input=False)[0]["loc"])
    return None
