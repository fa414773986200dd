"""The server: uvicorn, with what it has no setting for. Who connects and sends no request must not keep out who does.

uvicorn closes a connection that idles after an answer, and none that never sends a whole header; its own limit of
connections answers 503 to whoever comes last, which would be Slack. Here a connection has a deadline until its headers
are there, and where there are too many, the one that has been waiting longest makes room for the newest.
"""

import asyncio
import logging
import resource
import socket
import time
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

HEADER_SECONDS = 5.0
MOST_CONNECTIONS = 1000
ACCEPTED_AT_ONCE = 128  # in one turn of the loop, before anybody can make room
QUEUED = 1024  # by the kernel meanwhile
RECEIVED_AT_ONCE = 64 * 1024  # bytes a connection may bring in one turn: hundreds may
TOLD_EVERY_SECONDS = 60.0

log = logging.getLogger(__name__)


def most_connections() -> int:
    """Half of the files this process may open: the rest is for databases, pictures, Slack and the image service."""
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return MOST_CONNECTIONS if soft == resource.RLIM_INFINITY else min(MOST_CONNECTIONS, soft // 2)


class Crowd:
    """The connections of one server. Those that wait for something from outside are kept in the order of waiting."""

    def __init__(self, most: int, seconds: float = HEADER_SECONDS) -> None:
        self.most, self.seconds = most, seconds
        self._all: set[Visitor] = set()
        self._waiting: dict[Visitor, None] = {}
        self._cut, self._told_at = 0, float("-inf")

    def __len__(self) -> int:
        return len(self._all)

    def enter(self, visitor: "Visitor") -> None:
        self._all.add(visitor)
        self._waiting[visitor] = None
        if len(self._all) > self.most:
            self.cut(next(iter(self._waiting)))

    def wait(self, visitor: "Visitor") -> None:
        """From now on, unless it waits already."""
        if visitor in self._all:
            self._waiting.setdefault(visitor)

    def served(self, visitor: "Visitor") -> None:
        self._waiting.pop(visitor, None)

    def leave(self, visitor: "Visitor") -> None:
        self._all.discard(visitor)
        self._waiting.pop(visitor, None)

    def cut(self, visitor: "Visitor") -> None:
        self.leave(visitor)
        visitor.transport.abort()
        self._cut += 1
        now = time.monotonic()
        if now - self._told_at >= TOLD_EVERY_SECONDS:
            log.warning("connections cut that sent no whole request: %d", self._cut)
            self._cut, self._told_at = 0, now


class Visitor(H11Protocol):
    """One connection."""

    crowd: Crowd

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        connection = transport.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVED_AT_ONCE)
        self._deadline: asyncio.TimerHandle | None = None
        self._wait()
        self.crowd.enter(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        self.crowd.leave(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self._under_way():
            self._stop_waiting()
            if not self.cycle.more_body:
                self.crowd.served(self)
        else:
            self._wait()

    def on_response_complete(self) -> None:
        self.cycle.body = bytearray()  # what nobody asked for is not kept until the next request
        super().on_response_complete()
        if not self._under_way():
            self._wait(self.timeout_keep_alive)

    def _under_way(self) -> bool:
        """The headers are there, and the answer is not complete."""
        return self.cycle is not None and not self.cycle.response_complete

    def _wait(self, idle_seconds: float = 0) -> None:
        """For the headers, or for the rest of a body nobody wants; after an answer uvicorn itself ends what idles."""
        self.crowd.wait(self)
        if self._deadline is None:
            self._deadline = self.loop.call_later(idle_seconds + self.crowd.seconds, self.crowd.cut, self)

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None


class Server(uvicorn.Server):
    """`crowd` is who is connected."""

    def __init__(
        self, app: Any, host: str, port: int, grace_seconds: int, crowd: Crowd | None = None, idle_seconds: int = 5
    ) -> None:
        self.crowd = Crowd(most_connections()) if crowd is None else crowd
        super().__init__(
            uvicorn.Config(
                app,
                host=host,
                port=port,
                http=type("Guest", (Visitor,), {"crowd": self.crowd}),
                ws="none",
                log_config=None,
                access_log=False,
                lifespan="off",
                backlog=ACCEPTED_AT_ONCE,
                timeout_keep_alive=idle_seconds,
                timeout_graceful_shutdown=grace_seconds,
            )
        )

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """asyncio has one number for what it accepts in a turn and for what the kernel queues: these are two."""
        await super().startup(sockets)
        for server in self.servers if self.started else ():
            for listening in server.sockets:
                with listening.dup() as same:
                    same.listen(QUEUED)
