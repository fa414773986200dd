"""What Slack replied: a value of ours, or the failure it means."""

from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPException

from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.slack import wire
from bot.slack.failures import (
    PostFailed,
    Unsure,
    refusal,
)


@dataclass(frozen=True)
class SlackWorkspace:
    team_id: str
    name: str
    bot_user_id: str | None


def answered(act: Callable[[], SlackResponse]) -> tuple[SlackResponse, PostFailed | None]:
    """Slack's answer, with its refusal if it is one. Raises PostFailed when there is none."""
    try:
        return act(), None
    except SlackApiError as refused:
        answer = refused.response
        return answer, refusal(answer.status_code, answer.get("error"), answer.headers.get("retry-after"))
    except (OSError, HTTPException) as broken:
        raise wire.lost(broken) from None  # slack_sdk's own errors quote what was sent and answered


def workspace_of(answer: SlackResponse) -> SlackWorkspace:
    return SlackWorkspace(given(answer.get("team_id")), given(answer.get("team")), answer.get("user_id"))


def accepted(answer: wire.SlackAnswer) -> None:
    """response_url and upload addresses answer with a status, and say why in JSON or in a bare word."""
    said = answer.json()
    word = said.get("error") if isinstance(said, dict) else answer.body[:64].decode("ascii", "replace").strip()
    if answer.status != 200 or (isinstance(said, dict) and said.get("ok") is False):
        raise refusal(answer.status, word, answer.retry_after)


def given(answer: object) -> str:
    """What Slack named for us, such as a ts; Unsure when it said yes without it."""
    if not isinstance(answer, str) or not answer:
        raise Unsure("incomplete_answer")
    return answer


def inner(answer: SlackResponse, thing: str, key: str) -> str:
    inner = answer.get(thing)
    return given(inner.get(key) if isinstance(inner, dict) else None)
