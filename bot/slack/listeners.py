"""What a feature hands the Slack door."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.slack.ack import Answers, Says


@dataclass(frozen=True)
class Listeners:
    """`buttons` by action id, `windows` that somebody sent by callback id. Each returns what is said; the door acks."""

    buttons: Mapping[str, Says]
    windows: Mapping[str, Answers] = field(default_factory=dict)
