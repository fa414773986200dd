"""Batches that have come to their end: who asks for one finds its output, a line a picture, not in the order asked."""

import json
import time
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from bot.playground.loopback import Answer, Request, as_json
from tests.kit import far_openai_shapes as shapes
from tests.kit.far_openai_prices import tokens

BATCH_SHARE = Decimal("0.5")  # of the price of the same call by itself
Json = dict[str, Any]


class Batches:
    def __init__(self) -> None:
        self._lines: dict[str, list[Json]] = {}
        self._ended: dict[str, int] = {}  # unix time

    def finish(self, batch_id: str, bodies: Sequence[Json]) -> list[Json]:
        """What was drawn: as asked for, and one image each where they do not say."""
        drawn = [{"n": 1, **body} for body in bodies]
        lines = [_line(batch_id, number, body) for number, body in enumerate(drawn)]
        self._lines[batch_id], self._ended[batch_id] = lines[::-1], int(time.time())
        return drawn

    def answer(self, request: Request) -> Answer | None:
        """None for what is no question about a batch."""
        match request.path.split("/")[2:]:
            case ["batches", batch_id] if batch_id in self._lines:
                return as_json(self._told(batch_id))
            case ["files", name, "content"] if (batch_id := name.removeprefix("file-")) in self._lines:
                return Answer(200, "".join(json.dumps(line) + "\n" for line in self._lines[batch_id]).encode())
        return None

    def _told(self, batch_id: str) -> Json:
        count = len(self._lines[batch_id])
        return {
            "id": batch_id,
            "object": "batch",
            "endpoint": shapes.GENERATIONS,
            "input_file_id": "file-sample",
            "output_file_id": f"file-{batch_id}",
            "completion_window": "24h",
            "status": "completed",
            "created_at": self._ended[batch_id] - 60,
            "completed_at": self._ended[batch_id],
            "request_counts": {"total": count, "completed": count, "failed": 0},
        }


def _line(batch_id: str, number: int, body: Json) -> Json:
    answer = {"status_code": 200, "request_id": f"req_{batch_id}_{number}", "body": shapes.images(body, tokens(body))}
    return {"id": f"{batch_id}_req_{number}", "custom_id": f"kite-{number}", "response": answer, "error": None}
