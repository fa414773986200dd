"""The image API of OpenAI: one POST, never repeated here, its answer read and checked by ourselves; and its models.

Left alone, the client sends a paid POST up to three times, follows redirects and hands back a `str` for an HTML page.
So its retries and redirects are off and the body is taken raw. It costs 0.8 s to import: that happens with the first
picture.
"""

import re
import ssl
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, cast

from bot.pricing.spec import ImageSpec
from bot.providers import BadRequest, NoPicture, NotSent, Painting, PaintingFailed, Unclear, answer, refusals

if TYPE_CHECKING:
    import httpx2
    from openai import OpenAI

OPENAI = "https://api.openai.com/v1"
MOST_BYTES = 64 * 1024 * 1024
MOST_LIST_BYTES = 4 * 1024 * 1024
MOST_ERROR_BYTES = 64 * 1024
THIS_MACHINE = ("http://127.0.0.1", "http://localhost", "http://[::1]")
REQUEST_ID = re.compile(r"[A-Za-z0-9_-]{1,100}")


class OpenAIProvider:
    """`timeout` bounds the whole call, `connect` the connection, both in seconds; `clock` is a monotonic one."""

    demo = False

    def __init__(
        self,
        api_key: str,
        base_url: str | None = None,
        *,
        timeout: float = 600.0,
        connect: float = 5.0,
        most_bytes: int = MOST_BYTES,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._api_key = api_key.strip()
        self._base_url = base_url or OPENAI  # named: the client would take an empty OPENAI_BASE_URL for an address
        self._timeout = timeout
        self._connect = connect
        self._most_bytes = most_bytes
        self._clock = clock

    def paint(self, spec: ImageSpec, prompt: str, person_hash: str) -> Painting:
        """Quality and size are always named, never auto: they set the price."""
        with _our_failures():
            body, request_id = self._post(spec, prompt, person_hash)
        return answer.read(body, request_id)

    def models(self) -> bytes:
        """The answer of GET /v1/models. Raises PaintingFailed, though nothing of it costs anything."""
        until = self._clock() + self._timeout
        with _our_failures(), self._client.models.with_streaming_response.list() as response:
            return self._body(response.iter_bytes(), until, _request_id(response.headers))

    def _post(self, spec: ImageSpec, prompt: str, person_hash: str) -> tuple[bytes, str | None]:
        until = self._clock() + self._timeout
        with self._client.images.with_streaming_response.generate(
            model=spec.model,
            prompt=prompt,
            n=1,
            quality=cast(Any, spec.quality),  # the client's list of words is older than our catalogue may be
            size=str(spec.size),
            output_format="png",
            safety_identifier=person_hash,
        ) as response:
            request_id = _request_id(response.headers)
            return self._body(response.iter_bytes(), until, request_id), request_id

    def _body(self, chunks: Iterable[bytes], until: float, request_id: str | None) -> bytes:
        body = bytearray()
        for chunk in chunks:
            body += chunk
            if len(body) > self._most_bytes:
                raise NoPicture("the answer is too long", None, request_id)
            if self._clock() > until:
                raise Unclear("timeout", request_id)
        return bytes(body)

    @cached_property
    def _client(self) -> "OpenAI":
        import httpx2
        import openai

        timeout = openai.Timeout(self._timeout, connect=self._connect)
        # No kept connections: one that the far end closed meanwhile would look like a call cut in the middle.
        wire = openai.DefaultHttpxClient(
            timeout=timeout,
            verify=_trusted(),
            follow_redirects=False,
            limits=httpx2.Limits(max_connections=None, max_keepalive_connections=0),
            event_hooks={"response": [_refuse]},
            mounts=dict.fromkeys(THIS_MACHINE),  # never through a proxy
        )
        return openai.OpenAI(
            api_key=self._api_key, base_url=self._base_url, timeout=timeout, max_retries=0, http_client=wire
        )


def shutdown_dates(api_key: str, base_url: str | None, seconds: float) -> dict[str, date | None]:
    """When each model this key may use ends, as OpenAI lists it; None: no day announced. Raises PaintingFailed.

    A model whose day can't be read is left out.
    """
    listing = OpenAIProvider(api_key, base_url, timeout=seconds, connect=seconds, most_bytes=MOST_LIST_BYTES).models()
    return answer.shutdown_dates(listing)


@contextmanager
def _our_failures() -> Iterator[None]:
    """The client's failures as ours. `from None` everywhere: its own hold the request, so the key and the prompt."""
    import httpx2
    import openai

    try:
        yield
    except openai.APIConnectionError as error:
        raise _no_answer(error.__cause__) from None
    except (httpx2.HTTPError, OSError) as error:
        raise _no_answer(error) from None
    except UnicodeEncodeError:
        raise BadRequest("not_encodable") from None
    except openai.OpenAIError:
        raise Unclear("client") from None


@cache
def _trusted() -> ssl.SSLContext:
    """Whom to trust is read once for all clients: it takes longer than all else a client does before its call."""
    import httpx2

    return httpx2.create_ssl_context()


def _refuse(response: "httpx2.Response") -> None:
    """Turn everything but a 200 into our failure before the client reads it: its own errors quote the service."""
    if response.status_code == 200:
        return
    body = bytearray()
    for chunk in response.iter_bytes():
        body += chunk
        if len(body) > MOST_ERROR_BYTES:
            break
    raise refusals.failure(response.status_code, bytes(body), response.headers, _request_id(response.headers))


def _no_answer(cause: BaseException | None) -> PaintingFailed:
    """No answer: did anything leave us? Only a connection that never stood says surely not."""
    import httpx2

    never = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout, httpx2.ProxyError)
    unsendable = (httpx2.UnsupportedProtocol, httpx2.LocalProtocolError)
    if isinstance(cause, never):
        return NotSent("connect_failed")
    if isinstance(cause, unsendable):
        return BadRequest("not_encodable")
    return Unclear("timeout" if isinstance(cause, httpx2.TimeoutException) else "cut")


def _request_id(headers: Mapping[str, str]) -> str | None:
    value = headers.get("x-request-id", "")
    return value if REQUEST_ID.fullmatch(value) else None
