"""Servers that stand as long as the test process: starting and ending one for each test took a third of the suite.

Each is lent to one test after another: `served` gives an app an address, `lent` gives one to whatever answers requests,
and `StandingFarEnd` is a Slack that remembers nothing of the tests before it.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Self

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.playground.far_end import FarEnd
from bot.playground.loopback import LOST, Answer, Loopback, Request, as_json
from tests.kit.waiting import until


class StandingWeb:
    """uvicorn on a free port of this machine, for the app of whoever has it now."""

    def __init__(self) -> None:
        self.app: ASGIApp | None = None
        self.at_work = 0
        config = uvicorn.Config(
            self._answer,
            host="127.0.0.1",
            port=0,
            interface="asgi3",
            log_config=None,
            lifespan="off",
            ws="none",
            access_log=False,
        )
        self._server = uvicorn.Server(config)
        threading.Thread(target=self._server.run, name="uvicorn", daemon=True).start()
        until(lambda: self._server.started, every=0.005)
        self.url = f"http://127.0.0.1:{self._server.servers[0].sockets[0].getsockname()[1]}"

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        assert self.app is not None, "a request after the end of its test"
        self.at_work += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self.at_work -= 1


class StandingLoopback:
    """A loopback server for whoever answers now; without anybody it hangs up."""

    def __init__(self) -> None:
        self.answer: Callable[[Request], Answer] | None = None
        self.now: Callable[[], float] = time.time
        self.failures: list[Exception] = []
        self._at_work = 0
        self._turn = threading.Condition()
        self._server = Loopback(self._answer, lambda: self.now()).start()
        self.url = self._server.url

    def give_back(self) -> None:
        """Wait for the requests under way; raise what broke inside `answer`, if anything."""
        self.answer, self.now = None, time.time
        with self._turn:
            assert self._turn.wait_for(lambda: self._at_work == 0, timeout=60), "an answer never came"
        failures, self.failures = self.failures, []
        _loopbacks.append(self)
        if failures:
            raise failures[0]

    def _answer(self, request: Request) -> Answer:
        with self._turn:
            answer, self._at_work = self.answer, self._at_work + 1
        try:
            return LOST if answer is None else answer(request)
        except Exception as error:  # noqa: BLE001 - a fault of the fake itself: raised when it is given back
            self.failures.append(error)
            return as_json({"ok": False, "error": f"far end broke: {error!r}"}, 500)
        finally:
            with self._turn:
                self._at_work -= 1
                self._turn.notify_all()


_webs: list[StandingWeb] = []
_loopbacks: list[StandingLoopback] = []


@contextmanager
def served(app: ASGIApp) -> Iterator[str]:
    """The address of the app, until its requests are answered."""
    web = _webs.pop() if _webs else StandingWeb()
    web.app = app
    try:
        yield web.url
        until(lambda: web.at_work == 0, seconds=60)
        _webs.append(web)
    finally:
        web.app = None


def lent() -> StandingLoopback:
    """Somebody's address; it answers once `answer` is set, until `give_back`."""
    return _loopbacks.pop() if _loopbacks else StandingLoopback()


class StandingFarEnd(FarEnd):
    """A FarEnd that answers through a lent server in place of one of its own."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self._server._server.server_close()
        self._lent = lent()
        self.desk.origin = self._lent.url

    def start(self) -> Self:
        self._lent.answer, self._lent.now = self.web_api.answer, self.desk.real
        return self

    def stop(self) -> None:
        self.web_api.released.set()
        self._server.stopping.set()
        self.clock.stop()
        self.sockets.stop()
        self._lent.give_back()
