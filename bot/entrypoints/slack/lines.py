"""Socket Mode in place of HTTP: two connections to Slack, so that while one is dead and not noticed the other goes on.

slack_sdk pings every so often, and takes a line for dead when no pong came for more than four such intervals, which it
looks at once in each; then it waits for its own read to end, three seconds at most. A line that is cut hard is noticed
within 5 + 3 s; measured with slack-sdk 3.48.0: 5.3 to 6.0 s. While Slack is away it would also ask for a new address
in each interval, and log that twice: here it asks at once, and then ever later.
"""

import logging
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from threading import Event, Thread

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError
from slack_sdk.socket_mode import SocketModeClient

CONNECTIONS = 2  # Slack allows ten, and sends each envelope through one of them
PING_SECONDS = 1.0
ASK_SECONDS = 5  # for an address to connect to: a call into a dead network ends soon
AGAIN_SECONDS = 5.0
MOST_SECONDS = 30.0  # between two tries

log = logging.getLogger(__name__)


class Lines:
    """`connect` begins, `close` ends it. The app token opens them, not the bot's."""

    def __init__(
        self,
        app: App,
        app_token: str,
        base_url: str,
        ping_seconds: float = PING_SECONDS,
        again_seconds: float = AGAIN_SECONDS,
    ) -> None:
        self._closing, self._again_seconds = Event(), again_seconds
        self.handlers = [_handler(app, app_token, base_url, ping_seconds) for _ in range(CONNECTIONS)]

    def connect(self) -> None:
        """Slack out of reach is tried again until it is not; what breaks later slack_sdk mends."""
        for handler in self.handlers:
            Thread(target=self._open, args=(handler,), name="socket mode", daemon=True).start()

    def close(self) -> None:
        self._closing.set()
        with ThreadPoolExecutor(CONNECTIONS) as together:  # each waits for a read to end
            list(together.map(_ended, self.handlers))

    def _open(self, handler: SocketModeHandler) -> None:
        while not self._closing.is_set():
            try:
                handler.client.connect()
            except (SlackClientError, OSError, HTTPException) as failed:
                log.warning("Socket Mode could not be opened: %s", type(failed).__name__)
                self._closing.wait(self._again_seconds)
            else:
                return


def _ended(handler: SocketModeHandler) -> None:
    """A session that was being made while the line was closed is closed, too: slack_sdk would leave it open."""
    handler.client.close()
    handler.client.disconnect()


class _Line(SocketModeClient):
    """Comes back at once, and while that fails after twice as long each time."""

    _pause, _not_before = 0.0, 0.0

    def connect_to_new_endpoint(self, force: bool = False) -> None:
        if time.monotonic() < self._not_before:
            return
        try:
            super().connect_to_new_endpoint(force)
        finally:
            self._pause = 0.0 if self.is_connected() else min(max(1.0, 2 * self._pause), MOST_SECONDS)
            self._not_before = time.monotonic() + self._pause


class _Handler(SocketModeHandler):
    """On a line of ours; slack_bolt's own makes one itself, and its threads with it."""

    def __init__(self, app: App, line: _Line) -> None:
        self.app, self.app_token, self.client = app, line.app_token, line
        line.socket_mode_request_listeners.append(self.handle)  # type: ignore[arg-type]  # as slack_bolt does


def _handler(app: App, app_token: str, base_url: str, ping_seconds: float) -> SocketModeHandler:
    client = WebClient(token=app_token, base_url=base_url, retry_handlers=[], logger=app.logger, timeout=ASK_SECONDS)
    return _Handler(app, _Line(app_token, app.logger, client, ping_interval=ping_seconds))
