"""A local Slack that the real slack_sdk and the real Bolt talk to. START HERE.

    with FarEnd(bot_url="http://127.0.0.1:3000") as slack:          # bot_url may be set later: slack.bot_url = ...
        client = WebClient(token=slack.bot_token, base_url=slack.base_url)
        reply = slack.command("estimate 5000 high square")           # signed, waits for the ack
        assert reply.in_time and "$263.40" in reply.text             # reply.shown is the ephemeral it made
        slack.press(reply.shown, "estimate.share", user=BEN)         # a click; value=... picks or forges one
        view = slack.wait(lambda: slack.modal(ANA))                  # a modal the bot opened with views.open
        slack.submit(view, {"prompt": "a red kite"})                 # by action_id or block_id
        slack.mention("models", STUDIO, thread_ts=...)               # app_mention in a thread
        message = slack.wait(lambda: slack.messages(STUDIO))[0]      # no sleeping: woken by every change
        slack.fail("chat.update", faults.rate_limited(30), times=2)  # see `faults` for all of them
        slack.calls_of("chat.postMessage")                           # every call: payload, answer, whether it worked
        slack.again(reply, retry=1)                                  # the same request once more, byte for byte
        slack.desk.refusals = 2                                      # new files are refused twice in a slack_file block
        slack.desk.expire(trigger_or_response_url)                   # too old from now on
        slack.desk.clock_skew_seconds = 600                          # Slack's Date header is off
        slack.move_clock(7 * 86_400)                                 # a week later for people, and for a bot that
                                                                     # follows slack.clock_url (IMAGELANE_CLOCK_URL)
        slack.workspace.change_channel(STUDIO, is_archived=True)     # what may happen between two calls
        slack.signed.send(Sent("raw", {}, body, headers))            # anything at all, unsigned or badly signed

Without a `bot_url` everything goes through Socket Mode instead (`slack.sockets.wait_connected()` first).
People and channels are in `people` (ANA, BEN, GUEST, STUDIO, UNINVITED, DM_OF_TWO, ARCHIVED ...). As its own process:
`python -m bot.playground --bot http://127.0.0.1:3000`, which prints its address as one JSON line.
"""

import threading
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import TracebackType
from typing import Any, Self, TypeVar

from bot.playground import faults, modals, payloads, response_urls, signed, submissions
from bot.playground.clock import SharedClock
from bot.playground.desk import DeskRefused, WorkspaceDesk
from bot.playground.loopback import Loopback
from bot.playground.people import ANA, BOT_USER, STUDIO
from bot.playground.signed import Reply, Sent, Signed
from bot.playground.sockets import Sockets
from bot.playground.web_api import WebApi
from bot.playground.workspace import Call, Json, PostedMessage, View, Workspace

T = TypeVar("T")


class FarEnd:
    """One workspace. `seconds` is how long Slack waits for an ack. `scopes=None` grants every scope.

    `first_number` begins the numbers in its ids: higher at every run beside one store, since a bot never takes up an
    event or a window whose id it knows. `now` is real time: signatures, tickets and Date headers keep to it.
    """

    def __init__(
        self,
        bot_url: str | None = None,
        signing_secret: str = "sample-signing-secret",  # noqa: S107 - made up, good on this machine alone
        bot_token: str = "xoxb-sample",  # noqa: S107
        app_token: str = "xapp-sample",  # noqa: S107
        *,
        scopes: Sequence[str] | None = None,
        host: str = "127.0.0.1",
        port: int = 0,
        bot_path: str = "/slack/events",
        seconds: float = 3.0,
        should_escape: bool = True,
        first_number: int = 1,
        now: Callable[[], float] = time.time,
    ) -> None:
        self.clock = SharedClock(now)
        self.signed = Signed(signing_secret, now, bot_path, seconds)
        self.bot_url = bot_url
        self.workspace = Workspace(self.clock.now, first_number)
        granted = None if scopes is None else frozenset(scopes)
        self.desk = WorkspaceDesk(self.workspace, bot_token, app_token, granted, real=now)
        self.faults = faults.Faults()
        self.web_api = WebApi(self.desk, self.faults, self.clock, lambda: self._server.stopping)
        self._server = Loopback(self.web_api.answer, now, host, port)
        self.sockets = Sockets(host, seconds)
        self.should_escape = should_escape
        self.sent: list[Sent] = []
        self.replies: list[tuple[float, Reply]] = []  # each with the moment it came
        self.desk.origin = self._server.url
        self.desk.socket_url = self.sockets.url

    @property
    def base_url(self) -> str:
        """For SLACK_API_URL and WebClient(base_url=...)."""
        return f"{self.desk.origin}/api/"

    @property
    def clock_url(self) -> str:
        """For IMAGELANE_CLOCK_URL."""
        return f"{self.desk.origin}/clock"

    @property
    def bot_token(self) -> str:
        return self.desk.bot_token

    @property
    def app_token(self) -> str:
        return self.desk.app_token

    @property
    def signing_secret(self) -> str:
        return self.signed.secret

    @property
    def bot_url(self) -> str | None:
        return self._bot_url

    @bot_url.setter
    def bot_url(self, url: str | None) -> None:
        if url is not None:
            self.signed.aim(url)
        self._bot_url: str | None = url

    def start(self) -> Self:
        self._server.start()
        return self

    def stop(self) -> None:
        self.web_api.released.set()
        self.clock.stop()
        self.sockets.stop()
        self._server.stop()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    # what a person does

    def command(self, text: str, user: str = ANA, channel: str = STUDIO, name: str = "/imagelane") -> Reply:
        """A slash command; its ack is shown as Slack shows it."""
        typed = payloads.escaped(text, self.workspace) if self.should_escape else text
        who, where = self.workspace.people[user], self.workspace.channels[channel]
        body = payloads.command(self.desk, name, typed, who, where)
        reply = self.deliver("slash_commands", body)
        if reply.status != 200:
            return reply
        kind = reply.headers.get("content-type", "")
        try:
            return replace(reply, shown=response_urls.show_ack(self.desk, body["response_url"], reply.body, kind))
        except DeskRefused as refused:
            return replace(reply, problems=(refused.error, *refused.more.get("errors", ())))

    def is_up(self, seconds: float) -> bool:
        """Whether the bot takes connections by then; over Socket Mode it comes to us."""
        return self.bot_url is None or self.signed.is_up(seconds)

    def shortcut(self, callback_id: str, user: str = ANA) -> Reply:
        """A global shortcut of the manifest."""
        return self.deliver("interactive", payloads.shortcut(self.desk, callback_id, self.workspace.people[user]))

    def press(
        self,
        where: PostedMessage | View | None,
        action_id: str,
        value: str | None = None,
        user: str | None = None,
        block_id: str | None = None,
        values: Mapping[str, Any] | None = None,
    ) -> Reply:
        """A click on the first element with that action_id (and that value, if one has it; else the click is forged).

        The message or view is sent as it is handed in, so an older copy makes an older click. `values`: what a view's
        fields hold, by their action_id or block_id, else what stood there at first.
        """
        if where is None:
            raise LookupError(f"nothing to press {action_id} on")
        block, element = _picked(where, action_id, value, block_id)
        said = payloads.action(self.desk, block, element, value)
        if isinstance(where, View):
            where, person = modals.pick(self.desk, where, said), self.workspace.people[user or where.user]
            body = payloads.click_in_view(self.desk, where, said, person, payloads.state(where, values or {}))
        else:
            person = self.workspace.people[user or where.only_for or ANA]
            body = payloads.click_in_message(self.desk, where, said, person)
        return self.deliver("interactive", body)

    def submit(
        self, view: View | None, values: Mapping[str, Any] | None = None, user: str | None = None, forged: bool = False
    ) -> Reply:
        """Send a modal. Inputs keep their initial value unless `values` names their action_id or block_id.

        ValueError when a needed input is empty, as Slack's window would not let it go (unless `forged`).
        """
        if view is None:
            raise LookupError("no modal to submit")
        state = payloads.state(modals.as_chosen(self.desk, view), values or {})
        empty = payloads.left_empty(view, state)
        if empty and not forged:
            raise ValueError(f"Slack would not send this: {', '.join(empty)} must be filled in")
        person = self.workspace.people[user or view.user]
        reply = self.deliver("interactive", payloads.submission(self.desk, view, state, person))
        return submissions.follow(self.desk, view, reply)

    def close(self, view: View, user: str | None = None) -> Reply | None:
        """Close a modal; the bot hears of it only if the view says notify_on_close."""
        modals.close(self.desk, view)
        if not view.payload.get("notify_on_close"):
            return None
        person = self.workspace.people[user or view.user]
        return self.deliver("interactive", payloads.closing(self.desk, view, person, cleared=False))

    def say(self, text: str, channel: str = STUDIO, user: str = ANA, thread_ts: str | None = None) -> PostedMessage:
        """A person's message; the bot is told nothing."""
        text = payloads.escaped(text, self.workspace, labels=False)
        return self.workspace.post(PostedMessage(channel, self.workspace.new_ts(), user, text, thread_ts=thread_ts))

    def mention(self, text: str, channel: str = STUDIO, thread_ts: str | None = None, user: str = ANA) -> Reply:
        """@imagelane and the text, as a message in the channel or thread."""
        message = self.say(text, channel, user, thread_ts)
        return self.heard(self.workspace.post(replace(message, text=f"<@{BOT_USER}> {message.text}")))

    def heard(self, message: PostedMessage) -> Reply:
        """The event of a message that names the bot."""
        shared = self.workspace.channels[message.channel].is_ext_shared
        return self.event(payloads.mention(self.desk, message, self.workspace.people[message.author]), shared=shared)

    def direct(self, text: str, user: str = ANA, thread_ts: str | None = None) -> Reply | None:
        """Written to the bot in its own conversation; None: it may not read there."""
        channel, _ = self.workspace.open_dm(user)
        return self.heard_directly(self.say(text, channel.id, user, thread_ts))

    def heard_directly(self, message: PostedMessage) -> Reply | None:
        if not self.reads_direct:
            return None
        return self.event(payloads.direct(self.desk, message, self.workspace.people[message.author]))

    @property
    def reads_direct(self) -> bool:
        return self.desk.scopes is None or "im:history" in self.desk.scopes

    def edit(self, message: PostedMessage, text: str) -> Reply | None:
        """Its writer changes a message; what the bot hears of it, if anything."""
        text = payloads.escaped(text, self.workspace, labels=False)
        person = self.workspace.people[message.author]
        edited = self.workspace.edit(message, text, message.blocks)
        if self.workspace.channels[message.channel].kind == "dm":
            return self.event(payloads.changed(self.desk, edited, message.text, person)) if self.reads_direct else None
        if f"<@{BOT_USER}>" not in text:
            return None
        said = payloads.mention(self.desk, edited, person)
        return self.event({**said, "edited": {"user": person.id, "ts": self.workspace.new_ts()}})

    def open_home(self, user: str = ANA, tab: str = "home") -> Reply:
        return self.event(payloads.home_opened(self.desk, self.workspace.people[user], tab))

    # what Slack does by itself

    def uninstall(self) -> Reply:
        return self.event({"type": "app_uninstalled"})

    def revoke_tokens(self) -> Reply:
        """From now on the bot token is refused with token_revoked."""
        self.desk.revoked.add(self.bot_token)
        return self.event({"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [BOT_USER]}})

    def verify_url(self, challenge: str = "sample-challenge") -> Reply:
        body = {"type": "url_verification", "token": payloads.TOKEN, "challenge": challenge}
        return self.deliver("events_api", body)

    def event(self, inner: Json, event_id: str | None = None, shared: bool = False) -> Reply:
        event_id = event_id or f"Ev0SAMPLE{self.workspace.number():05d}"
        return self.deliver("events_api", payloads.event(self.desk, inner, event_id, shared))

    def deliver(self, kind: str, payload: Json, timestamp: str | None = None) -> Reply:
        """Any payload, signed and sent to the bot. `timestamp`: seconds as text, to be early or late."""
        if self.bot_url is None:
            return self._through_socket(Sent(kind, payload, envelope_id=str(uuid.uuid4())))
        return self._over_http(self.signed.prepared(kind, payload, timestamp))

    def again(self, earlier: Reply | Sent, retry: int | None = None, reason: str = "http_timeout") -> Reply:
        """The very same request once more, byte for byte; with `retry` marked as Slack's repeated delivery."""
        sent = earlier.sent if isinstance(earlier, Reply) else earlier
        if sent.envelope_id:
            return self._through_socket(sent, retry or 0, reason if retry else "")
        return self._over_http(sent if retry is None else signed.with_retry(sent, retry, reason))

    def _over_http(self, sent: Sent) -> Reply:
        self.sent.append(sent)
        return self._noted(self.signed.send(sent))

    def _through_socket(self, sent: Sent, retry: int = 0, reason: str = "") -> Reply:
        self.sent.append(sent)
        return self._noted(self.sockets.send(sent, retry, reason))

    def _noted(self, reply: Reply) -> Reply:
        self.replies.append((self.workspace.now(), reply))
        self.workspace.touch()
        return reply

    # what goes wrong

    def fail(self, method: str, fault: faults.Fault, times: int = 1) -> None:
        """`method`: a Web API method, `*`, `upload` or `response_url`. `times=faults.FOREVER` until `heal`."""
        self.faults.add(method, fault, times)

    def heal(self, method: str | None = None) -> None:
        self.faults.clear(method)

    def let_go(self) -> None:
        """Close every connection that hangs on a `faults.hangs()`."""
        self.web_api.released.set()
        self.web_api.released = threading.Event()

    # what time it is

    @property
    def offset_seconds(self) -> int:
        """How far the clock of this workspace is ahead of real time."""
        return self.clock.offset_seconds

    def move_clock(self, seconds: int) -> None:
        """So far from real time (not from where it stands); ValueError beyond ten years."""
        self.clock.move(seconds)
        self.workspace.touch()

    # what can be seen

    def wait(self, found: Callable[[], T], seconds: float = 10.0, say: str = "") -> T:
        """The first truthy answer of `found`, asked after every change, or TimeoutError. It may only look, not call."""
        return self.workspace.wait(found, seconds, say)

    def messages(self, channel: str | None = None, author: str | None = BOT_USER) -> list[PostedMessage]:
        return self.workspace.messages(channel, author)

    def message(self, channel: str, ts: str) -> PostedMessage | None:
        return self.workspace.message(channel, ts)

    def ephemerals(self, user: str | None = None, channel: str | None = None) -> list[PostedMessage]:
        return self.workspace.ephemerals(user, channel)

    def modal(self, user: str = ANA) -> View | None:
        """The modal this person looks at: the top one of their stack."""
        return modals.top(self.desk, user)

    def home(self, user: str = ANA) -> View | None:
        return self.workspace.homes.get(user)

    def calls_of(self, method: str | None = None) -> list[Call]:
        with self.workspace.changed:
            return [call for call in self.workspace.calls if method in (None, call.method)]


def fresh_numbers() -> int:
    """A `first_number` above all of earlier runs: milliseconds since 1970, which no run gets through as fast."""
    return time.time_ns() // 1_000_000


def _picked(where: PostedMessage | View, action_id: str, value: str | None, block_id: str | None) -> tuple[Json, Json]:
    found = [each for each in where.elements(action_id) if block_id in (None, each[0].get("block_id"))]
    if not found:
        if value is None:
            raise LookupError(f"no {action_id} here")
        return {"block_id": "forged"}, {"type": "button", "action_id": action_id, "text": None}
    same = [each for each in found if value is not None and each[1].get("value") == value]
    return (same or found)[0]
