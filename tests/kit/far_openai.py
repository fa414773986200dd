"""The far end of the image API: a local server that the real openai client talks to, and a ledger of what it billed.

    with FarOpenAI() as openai:
        client = OpenAI(api_key=openai.key, base_url=openai.base_url, max_retries=0)   # OPENAI_BASE_URL for a process
        openai.next(trouble.rate_limited(1), trouble.lost())      # one a POST, in order; then it works again
        openai.rule = lambda post: trouble.broken(500) if "kite" in post.prompt else None
        openai.hold()                                             # answers wait ...
        openai.wait(lambda: openai.in_flight == 20)               # no sleeping
        openai.release()                                          # ... until here
        assert not openai.double_billed() and openai.billed_usd() == Decimal("0.0131725")

It draws at /v1/images/generations, /v1/images/edits and by the image tool of /v1/responses, streamed where asked to,
and `finish_batch` is for what a batch drew; `far_openai_shapes` has how each door asks and answers.

The ledger lives in the test's process, so it outlives a killed bot. A call is billed when its work begins, before any
answer: what is lost on the way was paid all the same. Tokens and dollars are reckoned in `far_openai_prices`, apart
from bot.pricing, so that the two can be compared. `far_openai_trouble` has everything that can go wrong, and
`far_openai_bill` what the organization is told of its bill.
"""

import threading
import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from types import TracebackType
from typing import Any, Self, TypeVar

from bot.playground.loopback import LOST, Answer, Request, as_json
from tests.kit import far_openai_prices as prices
from tests.kit import far_openai_shapes as shapes
from tests.kit.far_openai_batches import BATCH_SHARE, Batches
from tests.kit.far_openai_bill import Bill
from tests.kit.far_openai_trouble import Trouble
from tests.kit.standing import lent

T = TypeVar("T")
Json = dict[str, Any]


@dataclass(frozen=True)
class Post:
    """One POST that arrived. `billed` tells whether it stands in the ledger; header names are lower-case."""

    request_id: str
    prompt: str
    model: str
    quality: str
    size: str
    body: Json
    headers: dict[str, str]
    billed: bool = False
    status: int = 0  # as answered; 0 when no answer was given


@dataclass(frozen=True)
class Billed:
    """One line of the provider's bill."""

    request_id: str
    prompt: str
    model: str
    quality: str
    size: str
    text_tokens: int
    image_tokens: int
    usd: Decimal


class Invalid(Exception):
    """The body is refused with 400 or 404; nothing is billed."""

    def __init__(self, message: str, param: str | None, code: str = "invalid_value", status: int = 400) -> None:
        super().__init__(message)
        self.answer = as_json(_error(message, "invalid_request_error", code, param), status)


class FarOpenAI:
    """`today` makes models end on their day. `seconds` is how long each picture takes, in real time. The bot never asks
    for more than one image a call: `most_images` is for those who do. `bend_list` changes what GET /v1/models says,
    `lists` are the troubles its coming answers meet, `listings` how many there were."""

    def __init__(
        self,
        key: str = "sk-sample-0123456789",
        today: date | None = None,
        seconds: float = 0.0,
        most_images: int = 1,
    ) -> None:
        self.key = key
        self.today = today
        self.seconds = seconds
        self.most_images = most_images
        self.rule: Callable[[Post], Trouble | None] | None = None
        self.posts: list[Post] = []
        self.in_flight = 0
        self.changed = threading.Condition(threading.RLock())
        self.bill = Bill()
        self.listings = 0
        self.lists: deque[Trouble | None] = deque()
        self.bend_list: Callable[[list[Json]], list[Json]] = lambda rows: rows
        self._batches = Batches()
        self._script: deque[Trouble | None] = deque()
        self._ledger: list[Billed] = []
        self._open = threading.Event()
        self._open.set()
        self._let_go = threading.Event()
        self._server = lent()
        self.base_url = f"{self._server.url}/v1"

    def __enter__(self) -> Self:
        self._server.answer = self._answer
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._let_go.set()
        self._open.set()
        self._server.give_back()

    # what goes wrong

    def next(self, *troubles: Trouble | None) -> None:
        """The coming POSTs meet these, one each; None lets one through."""
        with self.changed:
            self._script.extend(troubles)

    def hold(self) -> None:
        """Answers wait until `release`; the calls are billed and counted in `in_flight`."""
        self._open.clear()

    def release(self) -> None:
        self._open.set()

    def finish_batch(self, batch_id: str, *bodies: Json) -> None:
        """It has drawn these bodies of /v1/images/generations, each billed at half, and its output can be read."""
        for number, line in enumerate(self._batches.finish(batch_id, bodies)):
            checked(line, self.today, self.most_images)
            self._charge(self._post(f"{batch_id}_{number}", line, {}), 1, BATCH_SHARE)

    # what was paid

    def billed_calls(self) -> list[Billed]:
        with self.changed:
            return list(self._ledger)

    def billed_for(self, prompt: str) -> list[Billed]:
        return [each for each in self.billed_calls() if each.prompt == prompt]

    def calls_for(self, prompt: str) -> list[Post]:
        """Every POST with that prompt, billed or not."""
        with self.changed:
            return [each for each in self.posts if each.prompt == prompt]

    def billed_usd(self) -> Decimal:
        return sum((each.usd for each in self.billed_calls()), Decimal(0))

    def double_billed(self) -> list[str]:
        """Prompts billed more than once for the same model, quality and size; give each `try` its own prompt."""
        found = Counter((each.prompt, each.model, each.quality, each.size) for each in self.billed_calls())
        return [spec[0] for spec, times in found.items() if times > 1]

    def wait(self, found: Callable[[], T], seconds: float = 10.0) -> T:
        """The first truthy answer of `found`, asked again after every change; TimeoutError when none comes."""
        deadline = time.monotonic() + seconds
        with self.changed:
            while not (answer := found()):
                if time.monotonic() >= deadline:
                    raise TimeoutError(f"not in {seconds} s; {len(self.posts)} POSTs, {len(self._ledger)} billed")
                self.changed.wait(0.5)
            return answer

    # answering

    def _answer(self, request: Request) -> Answer:
        if request.method == "GET" and request.path.startswith("/v1/organization/"):
            return self.bill.answer(request)
        if request.headers.get("authorization") != f"Bearer {self.key}":
            return as_json(_error("Incorrect API key provided.", "invalid_request_error", "invalid_api_key"), 401)
        if request.method == "GET" and request.path == "/v1/models":
            self.listings += 1
            trouble = self.lists.popleft() if self.lists else None
            rows = self.bend_list(prices.listed(self.today))
            return trouble.answer or LOST if trouble else as_json({"object": "list", "data": rows})
        if request.method == "POST" and request.path in shapes.DOORS:
            return self._drawn(request)
        answer = self._batches.answer(request)
        return answer or as_json(_error("Invalid URL", "invalid_request_error", None), 404)

    def _drawn(self, request: Request) -> Answer:
        post, trouble = self._arrived(request)
        try:
            answer = trouble.answer if trouble and trouble.answer else self._picture(request.path, post, trouble)
        except Invalid as invalid:
            answer = invalid.answer
        else:
            if trouble is None or trouble.billed:
                post = self._bill(post, trouble.times if trouble else 1)
            if trouble is None or not trouble.answer:
                self._wait_for(trouble)
        silent = trouble is not None and (trouble.lost or trouble.hangs)
        self._left(replace(post, status=0 if silent else answer.status))
        headers = {"x-request-id": post.request_id, **answer.headers}
        return LOST if silent else replace(answer, headers=headers)

    def _arrived(self, request: Request) -> tuple[Post, Trouble | None]:
        body = shapes.wanted(request)
        with self.changed:
            post = self._post(f"req_sample_{len(self.posts) + 1:05d}", body, dict(request.headers))
            self.posts.append(post)
            self.in_flight += 1
            trouble = self._script.popleft() if self._script else self.rule(post) if self.rule else None
            self.changed.notify_all()
        return post, trouble

    def _post(self, request_id: str, body: Json, headers: dict[str, str]) -> Post:
        prompt, model, quality, size = (str(body.get(name, "")) for name in ("prompt", "model", "quality", "size"))
        return Post(request_id, prompt, model, quality, size, body, headers)

    def _left(self, post: Post) -> None:
        with self.changed:
            self._replace(post)
            self.in_flight -= 1
            self.changed.notify_all()

    def _replace(self, post: Post) -> None:
        index = next(i for i, each in enumerate(self.posts) if each.request_id == post.request_id)
        self.posts[index] = post

    def _bill(self, post: Post, times: int) -> Post:
        with self.changed:
            self._charge(post, times)
            paid = replace(post, billed=True)
            self._replace(paid)
            self.changed.notify_all()
        return paid

    def _charge(self, post: Post, times: int, share: Decimal = Decimal(1)) -> None:
        took = prices.tokens(post.body, times)
        spec = (post.prompt, post.model, post.quality, post.size)
        with self.changed:
            usd = prices.usd(post.model, took) * share
            self._ledger.append(Billed(post.request_id, *spec, took.text, took.image, usd))

    def _wait_for(self, trouble: Trouble | None) -> None:
        self._open.wait()
        seconds = self.seconds + (trouble.seconds if trouble else 0)
        if seconds:
            self._let_go.wait(seconds)
        if trouble and trouble.hangs:
            self._let_go.wait()

    def _picture(self, door: str, post: Post, trouble: Trouble | None) -> Answer:
        checked(post.body, self.today, self.most_images)
        body = shapes.images(post.body, prices.tokens(post.body, trouble.times if trouble else 1))
        if trouble is not None:
            body = trouble.bend(body)
        answer = shapes.answer(door, post.body, body)
        return replace(answer, cut_at=len(answer.body) // 2) if trouble and trouble.half else answer


def checked(body: Json, today: date | None, most_images: int = 1) -> None:
    """As the API is strict, and stricter: n, quality and size must be said, and never auto."""
    prompt, model = body.get("prompt"), str(body.get("model"))
    if not isinstance(prompt, str) or not 1 <= len(prompt) <= 32_000:
        raise Invalid("Invalid 'prompt': 1 to 32000 characters.", "prompt")
    if body.get("n") not in range(1, most_images + 1):
        raise Invalid(f"This far end draws {most_images} images a call at most: n must be 1 to that.", "n")
    if model not in prices.MODELS:
        raise Invalid(
            f"The model '{model}' does not exist or you do not have access to it.", "model", "model_not_found", 404
        )
    if prices.ended(model, today):
        raise Invalid(f"The model '{model}' does not exist.", "model")
    if body.get("quality") not in prices.qualities(model):
        raise Invalid(f"Invalid value: {body.get('quality')!r}.", "quality")
    if not prices.draws(model, str(body.get("size"))):
        raise Invalid(f"Invalid size {body.get('size')!r}.", "size")


def _error(message: str, type_: str, code: str | None, param: str | None = None) -> Json:
    return {"error": {"message": message, "type": type_, "param": param, "code": code}}
