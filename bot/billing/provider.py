"""The organization API of OpenAI: what it billed and counted, read with an admin key; nothing is ever written there.

Source: the organization costs and usage endpoints as of openai 3.54. Nothing is asked twice here: whoever reads the
bill comes back another time. Only amounts, counts and names of line items are kept of what is said.
"""

import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cached_property, partial
from typing import TYPE_CHECKING, Annotated, Any, NoReturn
from urllib.parse import urlsplit

from pydantic import BaseModel, Field, ValidationError

from bot.billing.reconcile import COST, USAGE, Bucket
from bot.errors import BillUnread

if TYPE_CHECKING:
    import httpx2
    from openai import OpenAI

OPENAI = "https://api.openai.com/v1"
DAY = timedelta(days=1)
MOST_DAYS = 31  # buckets a page may hold
MOST_PAGES = 200
MOST_BYTES = 4 * 1024 * 1024
MOST_USD = 1_000_000_000
MOST_WAIT_SECONDS = 86_400.0
LONGEST_NAME = 200
LOOPBACK = ("127.0.0.1", "localhost", "::1")
THIS_MACHINE = ("http://127.0.0.1", "http://localhost", "http://[::1]")

NO_KEY = "OpenAI does not accept OPENAI_ADMIN_KEY. It must be an admin key (sk-admin-...) of your organization."
NO_RIGHT = "OPENAI_ADMIN_KEY may not see the organization's costs. Give it the right to read usage (api.usage.read)."
NO_ADDRESS = "OPENAI_BASE_URL names no organization API (status 404)."
REDIRECT = "OpenAI's address answered with a redirect, which is never followed. Look at OPENAI_BASE_URL."
NOT_SAFE = "OPENAI_BASE_URL must begin with https:// before an admin key is sent there."
UNREADABLE = "the answer has another shape than the one that is documented."

Asked = Callable[..., AbstractContextManager[Any]]
Count = Annotated[Decimal, Field(ge=0, allow_inf_nan=False)]


class _Amount(BaseModel):
    """A number, though it was seen as a string too."""

    value: Decimal = Field(ge=-MOST_USD, le=MOST_USD, allow_inf_nan=False)
    currency: str = Field(pattern="^(usd|USD)$")


class _Line(BaseModel):
    """A cost (`amount`, by line item) or a usage (`images`, by model)."""

    project_id: str | None = None
    line_item: str | None = None
    amount: _Amount | None = None
    quantity: Count | None = None
    quantity_unit: str | None = None
    model: str | None = None
    images: int | None = Field(None, ge=0)


class _Day(BaseModel):
    start_time: int
    end_time: int
    results: list[_Line]


class _Page(BaseModel):
    data: list[_Day]
    has_more: bool
    next_page: str | None = None


class Bills:
    """`seconds` is the longest one reading may take, all its pages together; `clock` is a monotonic one."""

    def __init__(
        self,
        admin_key: str,
        base_url: str | None = None,
        *,
        seconds: float = 60.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._admin_key = admin_key.strip()
        self._base_url = base_url or OPENAI
        self._seconds = seconds
        self._clock = clock

    def read(self, first: date, last: date) -> tuple[Bucket, ...]:
        """All that is billed and counted for these UTC days, 31 at most, both inside. Raises BillUnread.

        Either every page was read, or nothing is handed back: a day is replaced whole.
        """
        until, start, end = self._clock() + self._seconds, _seconds(first), _seconds(last + DAY)
        usage = self._client.admin.organization.usage.with_streaming_response
        span = partial(partial, start_time=start, end_time=end, bucket_width="1d", limit=MOST_DAYS)
        costs = span(usage.costs, group_by=["project_id", "line_item"])
        counts = span(usage.images, group_by=["project_id", "model"])
        buckets: dict[tuple[str, str, str, datetime], Bucket] = {}
        for kind, question in ((COST, costs), (USAGE, counts)):
            for page in self._pages(question, until):
                for day in page.data:
                    buckets |= _buckets(kind, day, range(start, end))
        return tuple(buckets.values())

    def _pages(self, question: Asked, until: float) -> Iterator[_Page]:
        """A page names the next one; one that was read already would go round for ever."""
        tokens: list[str] = []
        page = self._page(question, until)
        yield page
        while page.has_more:
            if not page.next_page or page.next_page in tokens or len(tokens) == MOST_PAGES:
                raise BillUnread("its pages lead to no end.")
            tokens.append(page.next_page)
            page = self._page(partial(question, page=page.next_page), until)
            yield page

    def _page(self, question: Asked, until: float) -> _Page:
        with _told_apart(), question() as response:
            body = self._body(response.iter_bytes(), until)
        return _read(body)

    def _body(self, chunks: Iterable[bytes], until: float) -> bytes:
        body = bytearray()
        for chunk in chunks:
            body += chunk
            if len(body) > MOST_BYTES:
                raise BillUnread("one of its pages is too long.")
            if self._clock() > until:
                raise BillUnread(f"it takes longer than {self._seconds:.0f} s.")
        return bytes(body)

    @cached_property
    def _client(self) -> "OpenAI":
        import httpx2
        import openai

        if not _safe(self._base_url):
            raise BillUnread(NOT_SAFE)
        timeout = openai.Timeout(min(10.0, self._seconds), connect=5.0)
        wire = openai.DefaultHttpxClient(
            timeout=timeout,
            follow_redirects=False,
            limits=httpx2.Limits(max_keepalive_connections=0),
            event_hooks={"response": [_refuse]},
            mounts=dict.fromkeys(THIS_MACHINE),  # never through a proxy
        )
        return openai.OpenAI(
            api_key=self._admin_key,  # left out, the client would take OPENAI_API_KEY and send that one
            admin_api_key=self._admin_key,
            base_url=self._base_url,
            timeout=timeout,
            max_retries=0,
            http_client=wire,
        )


def _read(body: bytes) -> _Page:
    """Amounts come as JSON numbers: taken as the digits they are written in, never as floats."""
    try:
        return _Page.model_validate(json.loads(body, parse_float=Decimal, parse_constant=_no_number))
    except (ValidationError, ValueError, RecursionError):
        raise BillUnread(UNREADABLE) from None


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)


def _buckets(kind: str, day: _Day, span: range) -> dict[tuple[str, str, str, datetime], Bucket]:
    """The lines of one day by their key; lines that share one are parts of it."""
    whole_day = day.start_time in span and day.start_time % 86_400 == 0 and day.end_time == day.start_time + 86_400
    if not whole_day:
        raise BillUnread("it is not told by the UTC days that were asked for.")
    buckets: dict[tuple[str, str, str, datetime], Bucket] = {}
    for line in day.results:
        bucket = _bucket(kind, line, datetime.fromtimestamp(day.start_time, UTC))
        before = buckets.get(bucket.key)
        buckets[bucket.key] = bucket if before is None else before.plus(bucket)
    return buckets


def _bucket(kind: str, line: _Line, start: datetime) -> Bucket:
    project, end = _name(line.project_id), start + DAY
    if kind == COST and line.amount is not None:
        amount = int((line.amount.value * 1_000_000_000).to_integral_value())
        return Bucket(
            COST, project, _name(line.line_item), start, end, amount, line.quantity, _name(line.quantity_unit) or None
        )
    if kind == USAGE and line.images is not None:
        return Bucket(USAGE, project, _name(line.model), start, end, None, Decimal(line.images), "images")
    raise BillUnread(UNREADABLE)  # an amount nobody told is not $0


def _name(name: str | None) -> str:
    """As a database can hold it: neither of them takes every character."""
    return "".join(letter if letter.isprintable() else " " for letter in (name or "")[:LONGEST_NAME])


def _seconds(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def _safe(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)


@contextmanager
def _told_apart() -> Iterator[None]:
    """The client's failures as ours. `from None`: its own hold the request, so the key."""
    import httpx2
    import openai

    try:
        yield
    except (openai.APIConnectionError, httpx2.HTTPError, OSError) as lost:
        raise BillUnread(f"OpenAI gave no whole answer ({_kind(lost)}).") from None
    except (openai.OpenAIError, UnicodeEncodeError):
        raise BillUnread(NO_KEY) from None


def _kind(lost: Exception) -> str:
    return type(lost.__cause__ or lost).__name__


def _refuse(response: "httpx2.Response") -> None:
    """Everything but a 200 as a sentence, before the client reads it: its own errors quote the key."""
    status = response.status_code
    if status == 200:
        return
    if status == 429:
        wait = _wait(response.headers)
        raise BillUnread(f"OpenAI asks us to wait {wait:.0f} s first.", wait)
    if 300 <= status < 400:
        raise BillUnread(REDIRECT)
    sentences = {401: NO_KEY, 403: NO_RIGHT, 404: NO_ADDRESS}
    raise BillUnread(sentences.get(status, f"OpenAI answered with status {status}."))


def _wait(headers: Mapping[str, str]) -> float:
    """Seconds; a minute where the header is absent or no plain number."""
    seconds = headers.get("retry-after", "")
    return min(float(seconds), MOST_WAIT_SECONDS) if seconds.isascii() and seconds.isdigit() else 60.0
