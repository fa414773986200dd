"""The far end's organization API: a sample bill by UTC day, told in pages, that can be restated or told badly.

openai.bill.costs[day] = [cost("0.42", "gpt-image-2 image")]      # told from now on, in place of what was there
openai.bill.next(trouble.rate_limited(30))                        # the coming answers, one each
"""

from collections import deque
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from bot.playground.loopback import LOST, Answer, Request, as_json
from tests.kit.far_openai_trouble import Trouble

Json = dict[str, Any]
DAY = timedelta(days=1)
ADMIN_KEY = "sk-admin-sample-0123456789"


def cost(value: object, item: str | None = "gpt-image-2.5-flare image", **more: Any) -> Json:
    """`value` as JSON would hold it: a number, or a string as it was seen too."""
    amount = {"value": value, "currency": "usd"}
    return {"object": "organization.costs.result", "amount": amount, "line_item": item, "project_id": None, **more}


def counted(images: int, model: str = "gpt-image-2.5-flare") -> Json:
    return {"object": "organization.usage.images.result", "images": images, "model": model, "project_id": None}


class Bill:
    """`page_size` is how many days a page holds. `bend` changes each page before it is told."""

    def __init__(self, admin_key: str = ADMIN_KEY) -> None:
        self.admin_key = admin_key
        self.costs: dict[date, list[Json]] = {}
        self.usage: dict[date, list[Json]] = {}
        self.page_size = 31
        self.bend: Callable[[Json], Json] = lambda page: page
        self.asked: list[dict[str, list[str]]] = []
        self._script: deque[Trouble | None] = deque()

    def next(self, *troubles: Trouble | None) -> None:
        self._script.extend(troubles)

    def answer(self, request: Request) -> Answer:
        asked = parse_qs(urlsplit(request.target).query)
        self.asked.append(asked)
        trouble = self._script.popleft() if self._script else None
        if trouble is not None:
            return trouble.answer or LOST
        if request.headers.get("authorization") != f"Bearer {self.admin_key}":
            return as_json({"error": {"message": "Incorrect API key provided.", "code": "invalid_api_key"}}, 401)
        told = {"/v1/organization/costs": self.costs, "/v1/organization/usage/images": self.usage}.get(request.path)
        if told is None:
            return as_json({"error": {"message": "Invalid URL"}}, 404)
        return as_json(self.bend(self._page(asked, told)))

    def _page(self, asked: dict[str, list[str]], told: dict[date, list[Json]]) -> Json:
        first, end = (datetime.fromtimestamp(int(asked[name][0]), UTC).date() for name in ("start_time", "end_time"))
        days = [first + number * DAY for number in range((end - first).days)]
        at = int(asked.get("page", ["0"])[0].removeprefix("page_"))
        shown, more = days[at : at + self.page_size], at + self.page_size < len(days)
        return {
            "object": "page",
            "data": [bucket(day, told.get(day, [])) for day in shown],
            "has_more": more,
            "next_page": f"page_{at + self.page_size}" if more else None,
        }


def bucket(day: date, results: list[Json]) -> Json:
    start = int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())
    return {"object": "bucket", "start_time": start, "end_time": start + 86_400, "results": results}
