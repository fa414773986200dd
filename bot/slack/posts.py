"""Slack's Web API, outwards: post, update, upload, views, response_url, and the rules by which a call is repeated.

Only a 429 is waited out, since nothing happened then. A broken connection is never repeated: Slack may have posted.
What may be done again is up to the caller, who knows whether there is a message to update.
"""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from slack_sdk.web import SlackResponse
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential

from bot.slack import wire
from bot.slack.failures import NotReady, PostFailed, RateLimited, Unsure
from bot.slack.people import Person, person
from bot.slack.replies import SlackWorkspace, accepted, answered, given, inner, workspace_of

SLACK = "https://slack.com/api/"
TRIES = 5
LONGEST_PAUSE = 60.0
READY_TRIES = 6  # at once, then after 1, 2, 4, 8 and 16 s
TEXT_LENGTH = 4000  # the most chat.update takes
ALT_LENGTH = 1000
TITLE_LENGTH = 200

Block = dict[str, Any]
T = TypeVar("T")


@dataclass(frozen=True)
class Greeting:
    """Whose Slack it is, or why it would not say; and the time on its clock, if its answer had one.

    `scopes`: what our token may do; None where Slack did not say.
    """

    workspace: SlackWorkspace | None
    failed: PostFailed | None
    at: datetime | None
    scopes: frozenset[str] | None = None


class Posts:
    """One workspace's Slack. Every method raises PostFailed. `quick_seconds` is for calls before an ack.

    `text` is what notifications and screen readers get: it goes with every message, beside its blocks.
    """

    def __init__(
        self,
        token: str,
        base_url: str = SLACK,
        *,
        sleep: Callable[[float], None] = time.sleep,
        seconds: int = 30,
        quick_seconds: int = 2,
    ) -> None:
        self._client = wire.Client(token, base_url, seconds)
        self._quick = wire.Client(token, base_url, quick_seconds)
        self._sleep = sleep
        self._seconds = seconds

    def workspace(self) -> SlackWorkspace:
        """Whose Slack this is, by our token."""
        return workspace_of(self._call(lambda: self._quick.auth_test()))

    def greeting(self) -> Greeting:
        """`workspace` asked once, with nothing waited out: Slack tells its time even when it refuses."""
        answer, failed = answered(lambda: self._quick.auth_test())
        told = answer.headers.get("x-oauth-scopes")
        scopes = None if told is None else frozenset(scope.strip() for scope in told.split(","))
        workspace = None if failed else workspace_of(answer)
        return Greeting(workspace, failed, wire.moment(answer.headers.get("date")), scopes)

    def post(self, channel: str, text: str, blocks: Sequence[Block], thread_ts: str | None = None) -> str:
        """A new message; its ts."""
        answer = self._call(
            lambda: self._client.chat_postMessage(
                channel=channel,
                text=_cut(text, TEXT_LENGTH),
                blocks=list(blocks),
                thread_ts=thread_ts,
                unfurl_links=False,
                unfurl_media=False,
            )
        )
        return given(answer.get("ts"))

    def update(self, channel: str, ts: str, text: str, blocks: Sequence[Block]) -> None:
        """Replace a message of ours. Safe to repeat."""
        self._call(
            lambda: self._client.chat_update(channel=channel, ts=ts, text=_cut(text, TEXT_LENGTH), blocks=list(blocks))
        )

    def update_when_ready(self, channel: str, ts: str, text: str, blocks: Sequence[Block]) -> bool:
        """Update with a picture Slack may still be processing; False when it is not ready after 31 s."""

        def update() -> bool:
            self.update(channel, ts, text, blocks)
            return True

        return self._when_ready(update) or False

    def post_when_ready(self, channel: str, text: str, blocks: Sequence[Block]) -> str | None:
        """The same for a new message; None when it was not posted, since its picture was not ready after 31 s."""
        return self._when_ready(lambda: self.post(channel, text, blocks))

    def ephemeral_when_ready(
        self, channel: str, user: str, text: str, blocks: Sequence[Block], thread_ts: str | None = None
    ) -> bool:
        """The same for one person only; False when the picture was not ready."""

        def show() -> bool:
            self.ephemeral(channel, user, text, blocks, thread_ts)
            return True

        return self._when_ready(show) or False

    def _when_ready(self, act: Callable[[], T]) -> T | None:
        again = Retrying(
            retry=retry_if_exception_type(NotReady),
            wait=wait_exponential(multiplier=1),
            stop=stop_after_attempt(READY_TRIES),
            sleep=self._sleep,
            reraise=True,
        )
        try:
            return again(act)
        except NotReady:
            return None

    def ephemeral(
        self, channel: str, user: str, text: str, blocks: Sequence[Block], thread_ts: str | None = None
    ) -> None:
        """Seen by one person only, until they reload."""
        self._call(
            lambda: self._client.chat_postEphemeral(
                channel=channel, user=user, text=_cut(text, TEXT_LENGTH), blocks=list(blocks), thread_ts=thread_ts
            )
        )

    def open_view(self, trigger_id: str, view: dict[str, Any]) -> str:
        """A modal, before the ack: a trigger lives for 3 s, so nothing is waited out. Its view id."""
        answer = self._once(lambda: self._quick.views_open(trigger_id=trigger_id, view=view))
        return inner(answer, "view", "id")

    def push_view(self, trigger_id: str, view: dict[str, Any]) -> None:
        """A modal over the one a button was pressed in."""
        self._once(lambda: self._quick.views_push(trigger_id=trigger_id, view=view))

    def update_view(self, view_id: str, view: dict[str, Any]) -> str:
        """An open modal, changed before the ack of a button in it; its new hash."""
        return inner(self._once(lambda: self._quick.views_update(view_id=view_id, view=view)), "view", "hash")

    def update_view_when_ready(self, view_id: str, seen: str | None, view: dict[str, Any]) -> bool:
        """With a picture Slack may still be processing; False when it is not ready after 31 s. CantPost where the
        modal has closed, or changed since it had the hash `seen`; None: nobody fills anything in."""

        def update() -> bool:
            self._call(lambda: self._client.views_update(view_id=view_id, hash=seen, view=view))
            return True

        return self._when_ready(update) or False

    def publish_home_when_ready(self, user: str, view: dict[str, Any]) -> bool:
        """With a picture Slack may still be processing; False when it is not ready after 31 s."""

        def publish() -> bool:
            self._call(lambda: self._client.views_publish(user_id=user, view=view))
            return True

        return self._when_ready(publish) or False

    def direct_channel(self, user: str) -> str:
        """The D... id of our direct messages with a person (uploads take no U... id)."""
        answer = self._call(lambda: self._client.conversations_open(users=user))
        return inner(answer, "channel", "id")

    def person(self, user: str, *, patient: bool = False) -> Person:
        """Before an ack nothing is waited out; a job is `patient`."""
        if patient:
            return person(self._call(lambda: self._client.users_info(user=user)).get("user"))
        return person(self._once(lambda: self._quick.users_info(user=user)).get("user"))

    def shared_outside(self, channel: str) -> bool:
        """Whether people of another workspace read this channel, or are invited to; True where Slack does not say."""
        found = self._call(lambda: self._client.conversations_info(channel=channel)).get("channel")
        if not isinstance(found, dict):
            raise Unsure("incomplete_answer")
        return found.get("is_ext_shared") is not False or found.get("is_pending_ext_shared") is True

    def person_name(self, user: str) -> str:
        """As people read it; empty where Slack has none."""
        return _first_name(self._once(lambda: self._quick.users_info(user=user)).get("user"))

    def channel_name(self, channel: str) -> str:
        """Without its #; empty where Slack has none, as of a direct conversation."""
        found = self._once(lambda: self._quick.conversations_info(channel=channel)).get("channel")
        return str(found.get("name") or "") if isinstance(found, dict) else ""

    def upload(
        self,
        png: bytes,
        filename: str,
        title: str,
        alt: str,
        channel: str | None = None,
        thread_ts: str | None = None,
        comment: str | None = None,
    ) -> str:
        """File id of an uploaded picture; private until a message shows it, unless a channel is given.

        `comment` is mrkdwn and posted as it is: our own words only.
        """
        slot = self._call(
            lambda: self._client.files_getUploadURLExternal(
                filename=filename, length=len(png), alt_txt=_cut(alt, ALT_LENGTH)
            )
        )
        file_id = given(slot.get("file_id"))
        self._send(given(slot.get("upload_url")), png, "application/octet-stream")
        file: dict[str, str | None] = {"id": file_id, "title": _cut(title, TITLE_LENGTH)}
        self._call(
            lambda: self._client.files_completeUploadExternal(
                files=[file], channel_id=channel, thread_ts=thread_ts, initial_comment=comment
            )
        )
        return file_id

    def respond(
        self, response_url: str, text: str, blocks: Sequence[Block], *, in_channel: bool = False, replace: bool = False
    ) -> None:
        """Through a command's or a button's response_url: five times within 30 minutes, then LinkExpired."""
        message = {
            "text": _cut(text, TEXT_LENGTH),
            "blocks": list(blocks),
            "response_type": "in_channel" if in_channel else "ephemeral",
            "replace_original": replace,
            "unfurl_links": False,
            "unfurl_media": False,
        }
        self._send(response_url, json.dumps(message).encode(), "application/json; charset=utf-8")

    def _send(self, url: str, body: bytes, content_type: str) -> None:
        self._patiently(lambda: accepted(wire.send(url, body, content_type, self._client.base_url, self._seconds)))

    def _call(self, act: Callable[[], SlackResponse]) -> SlackResponse:
        return self._patiently(lambda: self._once(act))

    def _once(self, act: Callable[[], SlackResponse]) -> SlackResponse:
        answer, failed = answered(act)
        if failed:
            raise failed
        return answer

    def _patiently(self, act: Callable[[], T]) -> T:
        again = Retrying(
            retry=retry_if_exception_type(RateLimited),
            wait=_pause,
            stop=stop_after_attempt(TRIES),
            sleep=self._sleep,
            reraise=True,
        )
        return again(act)


def _first_name(user: object) -> str:
    known: dict[str, Any] = user if isinstance(user, dict) else {}
    told = known.get("profile")
    profile: dict[str, Any] = told if isinstance(told, dict) else {}
    names = (profile.get("display_name"), known.get("real_name"), profile.get("real_name"), known.get("name"))
    return str(next(filter(None, names), ""))


def _pause(state: RetryCallState) -> float:
    """Seconds after a 429: as asked, up to 60; without a plain number 1, 2, 4, 8."""
    failure = state.outcome.exception() if state.outcome else None
    asked = failure.retry_after if isinstance(failure, RateLimited) else None
    return min(asked if asked is not None else 2.0 ** (state.attempt_number - 1), LONGEST_PAUSE)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
