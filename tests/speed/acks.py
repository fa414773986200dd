"""Signed `/imagelane estimate 5000 high square` beside a bare Bolt echo: python -m tests.speed.acks [runs]

Both are one uvicorn process with the same FastAPI, the same thread pool and Bolt with process_before_response, so that
what is compared is ours: guard, grammar, answer, view. Bare Bolt checks signatures itself. The load comes from wrk
(without it, from threads) on loopback; short runs alternate, so that a busy machine slows all alike. A question that
was just asked is remembered, so a third row asks another count each time. Targets: at least 0.6 of bare Bolt's requests
a second, and a median under 8 ms for a person who is alone.
"""

import gc
import http.client
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlencode, urlsplit

import uvicorn
from fastapi import FastAPI
from fastapi.concurrency import run_in_threadpool
from slack_bolt import Ack, App, BoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from slack_sdk.signature import SignatureVerifier
from starlette.requests import Request
from starlette.responses import Response

from bot import wiring
from bot.entrypoints import http as entrypoints_http
from bot.entrypoints import slack
from bot.entrypoints.slack import door as slack_door
from bot.settings import Settings
from tests.kit import databases

SECRET = "sample-signing-secret"
NOWHERE = "http://127.0.0.1:9/api/"  # estimate calls nobody
SECONDS = 3
CROWD, THREADS = 32, 2
BARE, OURS = "bare Bolt echo", "imagelane"
COUNTS = range(5000, 9000)  # more than are remembered
WRK = """local sent = {{
{requests}
}}
local turn = 0
request = function()
  turn = turn % #sent + 1
  local headers = {{
    ["Content-Type"] = "application/x-www-form-urlencoded",
    ["X-Slack-Request-Timestamp"] = "{timestamp}",
    ["X-Slack-Signature"] = sent[turn][2],
  }}
  return wrk.format("POST", nil, headers, sent[turn][1])
end
"""


@dataclass(frozen=True)
class Run:
    per_second: float
    p50_ms: float
    p99_ms: float


def ours(folder: Path) -> FastAPI:
    url = f"sqlite:///{folder / 'imagelane.db'}"
    databases.make(url)
    house = wiring.build(Settings.model_construct(slack_api_url=NOWHERE), url)
    door = slack_door.build(house, lambda _task: None, lambda: "T0SAMPLE1")
    return entrypoints_http.build(slack.receiver(door.app, slack.Guard([SECRET], time.time)), list)


def bare() -> FastAPI:
    app = App(
        client=WebClient(base_url=NOWHERE),
        signing_secret=SECRET,
        process_before_response=True,
        authorize=lambda enterprise_id, team_id: AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id),
    )

    @app.command("/imagelane")
    def echo(ack: Ack, command: dict[str, str]) -> None:
        ack(command["text"])

    served = FastAPI()

    @served.post("/slack/events")
    async def events(request: Request) -> Response:
        body = (await request.body()).decode()
        told = BoltRequest(body=body, headers=dict(request.headers))
        answer = await run_in_threadpool(app.dispatch, told)
        return Response(answer.body, answer.status, answer.first_headers())

    return served


@contextmanager
def running(name: str) -> Iterator[str]:
    """One of the two, as a process of its own; its address."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.speed.acks", "serve", name], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    try:
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait(10)


def serve(name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        app = ours(Path(folder)) if name == "ours" else bare()
        gc.collect()
        gc.freeze()  # for both, as `imagelane serve` does once it is built
        # Named as TCP: asyncio turns Nagle off only then, and with it on every answer waits 40 ms.
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listening.bind(("127.0.0.1", 0))
        listening.listen(2048)
        print(f"http://127.0.0.1:{listening.getsockname()[1]}/slack/events", flush=True)
        uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, lifespan="off")).run([listening])


def command_script(folder: Path, counts: Sequence[int]) -> Path:
    """A script for wrk that asks for these counts in turn, signed; good for 5 minutes."""
    timestamp = str(int(time.time()))
    verifier = SignatureVerifier(SECRET)
    bodies = [_body(count) for count in counts]
    signed = [(body, verifier.generate_signature(timestamp=timestamp, body=body)) for body in bodies]
    requests = ",\n".join(f'{{"{body}", "{signature}"}}' for body, signature in signed)
    path = folder / "command.lua"
    path.write_text(WRK.format(requests=requests, timestamp=timestamp))
    return path


def _body(count: int) -> str:
    return urlencode(
        {
            "team_id": "T0SAMPLE1",
            "channel_id": "C0SAMPLESTU",
            "user_id": "U0SAMPLEANA",
            "command": "/imagelane",
            "text": f"estimate {count} high square",
            "response_url": f"{NOWHERE}commands",
            "trigger_id": "1.2.sample",
        }
    )


def load(folder: Path, address: str, counts: Sequence[int], connections: int) -> Run:
    if shutil.which("wrk"):
        return by_wrk(address, command_script(folder, counts), connections)
    return by_threads(address, counts, connections)


def by_threads(address: str, counts: Sequence[int], connections: int) -> Run:
    """Slower than wrk and less even, and it shares the machine's cores with the bot: for where there is no wrk."""
    timestamp, headers = str(int(time.time())), {"Content-Type": "application/x-www-form-urlencoded"}
    verifier, place = SignatureVerifier(SECRET), urlsplit(address)
    taken: list[float] = []
    ends = time.perf_counter() + SECONDS

    def ask(number: int) -> None:
        connection = http.client.HTTPConnection(place.netloc)
        while time.perf_counter() < ends:
            body = _body(counts[len(taken) % len(counts)])
            signature = verifier.generate_signature(timestamp=timestamp, body=body) or ""
            signed = {**headers, "X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": signature}
            began = time.perf_counter()
            connection.request("POST", place.path, body, signed)
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                raise SystemExit(f"The bot answered {answer.status}")
            taken.append(1000 * (time.perf_counter() - began))
        connection.close()

    with ThreadPoolExecutor(connections) as people:
        list(people.map(ask, range(connections)))
    cuts = quantiles(taken, n=100)
    return Run(len(taken) / SECONDS, cuts[49], cuts[98])


def by_wrk(address: str, script: Path, connections: int) -> Run:
    threads = min(THREADS, connections)
    command = ["wrk", f"-t{threads}", f"-c{connections}", f"-d{SECONDS}s", "--latency", "-s", str(script), address]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in told or "Socket errors" in told:
        raise SystemExit(f"wrk saw errors:\n{told}")
    return Run(_number("Requests/sec:", told), _milliseconds("50%", told), _milliseconds("99%", told))


def _number(label: str, told: str) -> float:
    found = re.search(rf"{re.escape(label)}\s+([\d.]+)", told)
    assert found, told
    return float(found[1])


def _milliseconds(label: str, told: str) -> float:
    found = re.search(rf"{re.escape(label)}\s+([\d.]+)(us|ms|s)\b", told)
    assert found, told
    return float(found[1]) * {"us": 0.001, "ms": 1.0, "s": 1000.0}[found[2]]


def main(runs: int) -> None:
    with tempfile.TemporaryDirectory() as folder, running("ours") as our_address, running("bare") as bare_address:
        rows = {
            BARE: (bare_address, COUNTS[:1]),
            OURS: (our_address, COUNTS[:1]),
            "ever new counts": (our_address, COUNTS),
        }
        crowd: dict[str, list[Run]] = {name: [] for name in rows}
        alone: dict[str, list[Run]] = {name: [] for name in rows}
        for _ in range(runs):
            for name, (address, counts) in rows.items():
                crowd[name].append(load(Path(folder), address, counts, CROWD))
                alone[name].append(load(Path(folder), address, counts, 1))
    _tell(crowd, alone)


def _tell(crowd: dict[str, list[Run]], alone: dict[str, list[Run]]) -> None:
    bare = _median(crowd[BARE], "per_second")
    figures = f"{'of bare':>9}{'p50 ms':>9}{'p99 ms':>9}{'alone: p50 ms':>16}{'p99 ms':>9}"
    print(f"{'':<18}{CROWD:>3} at once: a second{figures}")
    for name, runs in crowd.items():
        each = _median(runs, "per_second")
        print(
            f"{name:<18}{each:>22.0f}{each / bare:>9.2f}{_median(runs, 'p50_ms'):>9.1f}{_median(runs, 'p99_ms'):>9.1f}"
            f"{_median(alone[name], 'p50_ms'):>16.2f}{_median(alone[name], 'p99_ms'):>9.2f}"
        )


def _median(runs: list[Run], figure: str) -> float:
    return float(median(getattr(run, figure) for run in runs))


if __name__ == "__main__":
    if sys.argv[1:2] == ["serve"]:
        serve(sys.argv[2])
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
