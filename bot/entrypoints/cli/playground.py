"""The playground: a local Slack with a page, and the bot itself as a process of its own beside it."""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from zoneinfo import ZoneInfo

import uvicorn

from bot import catalog
from bot import settings as environment
from bot.entrypoints.commands import COMMANDS
from bot.errors import BadSettings
from bot.grammar import vocabulary
from bot.grammar.completions import completions
from bot.playground import page
from bot.playground.far_end import FarEnd, fresh_numbers
from bot.playground.people import ANA, sample_people
from bot.settings import Settings

HOME = Path("var/playground")
HOST = "127.0.0.1"
PORTS_TRIED = 20
READY_SECONDS = 30.0
ENDS_SECONDS = 10.0

GREETING = """imagelane playground: {url}
A Slack of sample people on this machine: no account, no key, no cost; pictures are demos.
Its store is kept in {home} (`make clean-playground` forgets it), what the bot logs in {log}. Ctrl+C stops it."""


def run(socket_mode: bool = False) -> int:
    """Until SIGTERM or SIGINT. Raises BadSettings when a playground runs already, or no port is free."""
    setting = environment.read().port
    HOME.mkdir(parents=True, exist_ok=True)
    with _only_one() as note, _listening(setting) as listening:
        port = listening.getsockname()[1]
        url = f"http://{HOST}:{port}"
        note(f"{url} (process {os.getpid()})")
        if setting not in (0, port):
            print(f"Port {setting} is taken; the next free one is {port}.")
        return _live(listening, url, socket_mode)


def _live(listening: socket.socket, url: str, socket_mode: bool) -> int:
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    bot_port = _free_port()
    # Without an address of the bot, this Slack sends everything through Socket Mode.
    with FarEnd(None if socket_mode else f"http://{HOST}:{bot_port}", first_number=fresh_numbers()) as slack:
        bot = _start_bot(slack, bot_port)
        try:
            with _serve(slack, listening):
                bot = _ready(bot, slack, bot_port, stopping)
                print(GREETING.format(url=url, home=HOME, log=HOME / "log"), flush=True)
                while not stopping.wait(0.2) and bot.poll() is None:
                    pass
        finally:
            status = _end(bot)
    if stopping.is_set():
        return 0
    print(f"The bot ended by itself (exit {status}): {_last_words()}", file=sys.stderr)
    return 1


@contextmanager
def _only_one() -> Iterator[Callable[[str], None]]:
    """Holds the folder's lock; yields how to note where this one can be found."""
    with (HOME / "lock").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise BadSettings(
                f"A playground runs already at {file.read().strip()}: open it there, or stop it first."
            ) from None

        def note(where: str) -> None:
            file.truncate(0)
            file.write(where)
            file.flush()

        yield note


@contextmanager
def _listening(first: int) -> Iterator[socket.socket]:
    """On the wanted port, or the next free one."""
    for port in range(first, first + PORTS_TRIED if first else 1):
        listening = socket.socket()
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((HOST, port))
        except OSError:
            listening.close()
            continue
        with listening:
            yield listening
        return
    raise BadSettings(f"PORT: none of {first} to {first + PORTS_TRIED - 1} is free.")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def _serve(slack: FarEnd, listening: socket.socket) -> Iterator[None]:
    commands = completions(COMMANDS, vocabulary.vocabulary(catalog.load()))
    site = page.build(slack, [asdict(each) for each in commands], zone())
    config = uvicorn.Config(site, log_level="warning", lifespan="off", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, name="page")
    thread.start()
    try:
        yield
    finally:
        server.should_exit = True
        thread.join()


def zone() -> ZoneInfo:
    """Where its people are."""
    return ZoneInfo(next(person.tz for person in sample_people() if person.id == ANA))


def _start_bot(slack: FarEnd, port: int) -> "subprocess.Popen[bytes]":
    """As on a machine of its own: none of the settings around us, and a folder without an .env."""
    ours = {name.upper() for name in Settings.model_fields}
    around = {name: value for name, value in os.environ.items() if name.upper() not in ours}
    settings = {
        "SLACK_API_URL": slack.base_url,
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "SLACK_APP_TOKEN": "" if slack.bot_url else slack.app_token,
        "PORT": str(port),
        "IMAGELANE_HOST": HOST,
        "IMAGELANE_CLOCK_URL": slack.clock_url,
        "IMAGELANE_ZONE": str(zone()),
        "IMAGELANE_ADMINS": ANA,
        "IMAGELANE_DRAIN_SECONDS": "5",
        "IMAGELANE_PER_MINUTE": "60",  # a demo costs nothing, and who plays is quick
        "IMAGELANE_PER_HOUR": "600",
    }
    command = [sys.executable, "-m", "bot", "serve"]
    with (HOME / "log").open("ab") as log:
        # A session of its own: Ctrl+C reaches us alone, and we end it in order.
        return subprocess.Popen(  # noqa: S603 - our own program, by its own words
            command, env=around | settings, cwd=HOME, stdout=log, stderr=log, start_new_session=True
        )


def _ready(
    bot: "subprocess.Popen[bytes]", slack: FarEnd, port: int, stopping: threading.Event
) -> "subprocess.Popen[bytes]":
    """Once it answers. One that finds its store still held, by the bot of a killed playground, is started again."""
    deadline = time.monotonic() + READY_SECONDS
    while not _answers(port) and not stopping.wait(0.05) and time.monotonic() < deadline:
        if bot.poll() == 2:
            bot = _start_bot(slack, port)
        elif bot.poll() is not None:
            break
    return bot


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://{HOST}:{port}/readyz", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _end(bot: "subprocess.Popen[bytes]") -> int:
    bot.terminate()
    try:
        return bot.wait(ENDS_SECONDS)
    except subprocess.TimeoutExpired:
        bot.kill()
        return bot.wait()


def _last_words() -> str:
    lines = (HOME / "log").read_text(errors="replace").splitlines()
    return lines[-1] if lines else "it said nothing"
