"""How long a vote of a blind test takes: `python -m tests.speed.votes [VOTES]`. Medians and the slowest, of 40.

40 prompts on 3 lanes wait in a store (SQLite) with three reviewers each, and 40 on 2 lanes. Every vote is a signed
request to the door as it runs, answered once it is stored and the next prompt is on its way to the window. Bare Bolt
acks the same press and changes the window once, with nothing stored. Slack is a local one, in the same process as both:
its part is in all figures. Target: 300 ms.
"""

import logging
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from fastapi import FastAPI
from fastapi.concurrency import run_in_threadpool
from slack_bolt import Ack, App, BoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from starlette.requests import Request
from starlette.responses import Response

from bot.ledger.ledger import Ledger, open_ledger
from bot.playground.far_end import FarEnd
from bot.playground.people import BEN
from bot.playground.workspace import View
from tests.kit import databases
from tests.kit.slack_bench import opened, place_of, press, reviewing
from tests.kit.slack_door import SECRET, House, house
from tests.kit.standing import served

PROMPTS = "\n".join(f"kite {n}" for n in range(40))
VOTES = 40


def bare(far_end: FarEnd) -> FastAPI:
    app = App(
        client=WebClient(token=far_end.bot_token, base_url=far_end.base_url),
        signing_secret=SECRET,
        process_before_response=True,
        authorize=lambda enterprise_id, team_id: AuthorizeResult(
            enterprise_id=enterprise_id, team_id=team_id, bot_token=far_end.bot_token
        ),
    )

    @app.action("review.a")
    def pressed(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        ack()
        kept = ("type", "title", "close", "blocks", "private_metadata")
        view = {name: value for name, value in body["view"].items() if name in kept}
        client.views_update(view_id=body["view"]["id"], view=view)

    answering = FastAPI()

    @answering.post("/slack/events")
    async def events(request: Request) -> Response:
        told = BoltRequest(body=(await request.body()).decode(), headers=dict(request.headers))
        answer = await run_in_threadpool(app.dispatch, told)
        return Response(answer.body, answer.status, answer.first_headers())

    return answering


def main(votes: int) -> None:
    logging.disable(logging.WARNING)
    with tempfile.TemporaryDirectory() as name, doors(Path(name)) as door:
        two = timed(door, votes, lambda view: press(door, view, "A"))
        three = timed(door, votes, lambda view: sent(door, view), compare=["premium", "legacy"])
        show("40 prompts x 3 lanes, sent", three)
        show("40 prompts x 2 lanes, pressed", two)
        show("bare Bolt, pressed", beside(door, votes))


@contextmanager
def doors(folder: Path) -> Iterator[House]:
    url = f"sqlite:///{folder / 'imagelane.db'}"
    databases.make(url)
    store: Ledger
    with closing(open_ledger(url, busy_seconds=10)) as store, house(store) as door:
        yield door


def timed(door: House, votes: int, vote: Callable[[View], object], **fields: Any) -> list[float]:
    """Milliseconds of each of so many votes of one person."""
    _, message = reviewing(door, prompts=PROMPTS, reviewers="3", **fields)
    view, taken = opened(door, message, BEN), list[float]()
    for _ in range(votes):
        began = time.perf_counter()
        vote(view)
        taken.append(1000 * (time.perf_counter() - began))
        view = door.window(BEN)
    return taken


def sent(door: House, view: View) -> None:
    place = place_of(view)
    door.far_end.submit(view, {f"{place}:{letter}:verdict": "keep" for letter in "ABC"})


def beside(door: House, votes: int) -> list[float]:
    """The same presses, in a window of a test nobody judged yet."""
    _, message = reviewing(door, prompts=PROMPTS, reviewers="3", tag="beside")
    view, ours = opened(door, message, BEN), door.far_end.bot_url
    with served(bare(door.far_end)) as address:
        door.far_end.bot_url = address
        taken = list[float]()
        for _ in range(votes):
            began = time.perf_counter()
            press(door, view, "A")
            taken.append(1000 * (time.perf_counter() - began))
        door.far_end.bot_url = ours
    return taken


def show(what: str, taken: list[float]) -> None:
    print(f"{what:<30} {median(taken):>6.0f} ms   slowest {max(taken):>6.0f} ms", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else VOTES)
