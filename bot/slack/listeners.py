"""What a feature hands the Slack door."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from slack_bolt.kwargs_injection.args import Args

from bot.slack.message import Message, View
from bot.slack.request import SlackRequest

Says = Callable[[Args], Message | None]
Answers = Callable[[Args], dict[str, Any] | None]
Does = Callable[[Args], None]


@dataclass(frozen=True)
class CommandAnswer:
    """How this door answers the commands of one name that facts alone do not answer. Each raises ImagelaneError.

    answer   (request, command) to a message, or None where a window opened instead
    shared   (team_id, command) to the same message once more, for Share; None: it is not shared
    details  (team_id, command) to the window behind Details; None: there is none
    offer    what the button says that runs the command, found behind other words; None: that it does
    """

    answer: Callable[[SlackRequest, Any], Message | None]
    shared: Callable[[str, Any], Message] | None = None
    offer: Callable[[Any], str] | None = None
    details: Callable[[str, Any], View] | None = None


@dataclass(frozen=True)
class Listeners:
    """`buttons` by action id, `windows` that somebody sent and global `shortcuts` by callback id, `answers` by the
    command's name. Each returns what is said; the door acks."""

    buttons: Mapping[str, Says] = field(default_factory=dict)
    windows: Mapping[str, Answers] = field(default_factory=dict)
    shortcuts: Mapping[str, Says] = field(default_factory=dict, kw_only=True)
    answers: Mapping[str, CommandAnswer] = field(default_factory=dict)
