"""What can go wrong on demand: values that `FarEnd.fail(method, fault, times=...)` queues for a Web API method.

`method` is a Web API name such as `chat.postMessage`, `upload` (the POST of a file's bytes), `response_url`, or `*` for
any Web API method. Faults of one method are used up in the order they were queued, one a request.
"""

import threading
from collections import defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

FOREVER = 1_000_000_000


@dataclass(frozen=True)
class Fault:
    """One broken answer. `worked` says whether Slack does what was asked before it answers wrongly.

    status     answered with an empty or JSON body, e.g. 500
    error      answered with 200 and ok:false, e.g. is_archived
    lost       the connection is closed without a byte of an answer
    hangs      no answer and no close until the far end stops or `FarEnd.let_go()` is called
    seconds    a delay before the answer, in real seconds
    unshared   completeUploadExternal says ok, but nothing is shared
    """

    worked: bool = False
    status: int | None = None
    error: str | None = None
    more: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    lost: bool = False
    hangs: bool = False
    seconds: float = 0.0
    unshared: bool = False


def rate_limited(retry_after: int | str | None = 1) -> Fault:
    """429. `retry_after` goes out as it is: 30, "abc", "99999"; None leaves the header out."""
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    return Fault(status=429, error="ratelimited", headers=headers)


def broken(status: int = 500, worked: bool = False) -> Fault:
    return Fault(status=status, error="internal_error", worked=worked)


def refused(error: str, **more: Any) -> Fault:
    """ok:false with that error, as `refused("missing_scope", needed="im:write", provided="commands")`."""
    return Fault(error=error, more=more)


def lost(worked: bool = True) -> Fault:
    """The request is accepted and done (or, with worked=False, not), then the connection drops without an answer."""
    return Fault(lost=True, worked=worked)


def hangs(worked: bool = True) -> Fault:
    """Done, but no answer: the caller runs into its read time-out."""
    return Fault(hangs=True, worked=worked)


def late(seconds: float) -> Fault:
    return Fault(seconds=seconds, worked=True)


def unshared() -> Fault:
    return Fault(unshared=True, worked=True)


class Faults:
    """The queues, one a method."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._queues: dict[str, deque[Fault]] = defaultdict(deque)
        self._lasting: dict[str, Fault] = {}

    def add(self, method: str, fault: Fault, times: int) -> None:
        with self._lock:
            if times >= FOREVER:
                self._lasting[method] = fault
            else:
                self._queues[method].extend([fault] * times)

    def clear(self, method: str | None = None) -> None:
        with self._lock:
            for name in [method] if method else [*self._queues, *self._lasting]:
                self._queues.pop(name, None)
                self._lasting.pop(name, None)

    def take(self, method: str) -> Fault | None:
        """The next fault for this method, used up; one for `*` counts for the Web API alone."""
        names = [method] if method in ("upload", "response_url") else [method, "*"]
        with self._lock:
            for name in names:
                if self._queues[name]:
                    return self._queues[name].popleft()
            return next((self._lasting[name] for name in names if name in self._lasting), None)
