"""A real browser on a real playground: Debian's chromium, driven by Playwright; skipped where there is none."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, Queue
from threading import Thread

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from bot.playground.people import ANA, STUDIO
from tests.kit.processes import ROOT

MISSING = "no chromium on this machine (Debian: apt-get install chromium)"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 120_000  # ms that a sight or an act may take: the machine may be busy
READY = re.compile(r"Ctrl\+C stops it")
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")


@contextmanager
def playground(folder: Path, *words: str, **settings: str) -> Iterator["Playground"]:
    """`imagelane playground` in that folder, once it says where it is."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PORT": "0", **settings}
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", *(words or ("playground",))],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    running = Playground(process)
    try:
        running.url = running.said(ADDRESS)
        yield running
    finally:
        running.end()


class Playground:
    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process
        self.url = ""
        self.lines: list[str] = []
        self._news: Queue[str] = Queue()
        self.heard = Thread(target=self._hear, daemon=True)
        self.heard.start()

    def end(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(10)
        self.heard.join(10)

    def said(self, pattern: re.Pattern[str], seconds: float = 240) -> str:
        """The first such words it prints."""
        try:
            while not (found := pattern.search("\n".join(self.lines))):
                self.lines.append(self._news.get(timeout=seconds))
        except Empty:
            raise AssertionError(f"it said only: {self.lines}") from None
        return found[0]

    def _hear(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as said:
            for line in said:
                self._news.put(line)

    def at(self, person: str = ANA, place: str = STUDIO, **more: str) -> str:
        return address(self.url, person, place, **more)


def address(url: str, person: str = ANA, place: str = STUDIO, **more: str) -> str:
    rest = "".join(f"&{name}={value}" for name, value in more.items())
    return f"{url}/?person={person}&place={place}{rest}"


@contextmanager
def chromium() -> Iterator[Browser]:
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.skip(MISSING)
    expect.set_options(timeout=PATIENCE)
    # Its profile and its driver stay out of the tests' folders, which may have paths too long for its sockets.
    with tempfile.TemporaryDirectory() as home, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=FLAGS, env={**os.environ, "HOME": home})
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def opened(browser: Browser, url: str, width: int = 1280, height: int = 860) -> Iterator[Page]:
    """A fresh page, in which nothing may go wrong."""
    context = browser.new_context(viewport={"width": width, "height": height})
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    try:
        page.goto(url)
        yield page
    finally:
        context.close()
    assert wrong == []


def take_sample(folder: Path) -> str:
    """Sample usage for the playground that runs in that folder, until this week; what the import said."""
    words = [sys.executable, "-m", "bot", "import", "--sample", "--playground"]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    return subprocess.run(words, cwd=folder, env=environment, check=True, capture_output=True, text=True).stdout


def send(page: Page, words: str, box: str = "composer") -> None:
    page.fill(f"#{box}-text", words)
    page.press(f"#{box}-text", "Escape")  # the completions, if there are any
    page.press(f"#{box}-text", "Enter")


def last(page: Page, log: str = "channel") -> Locator:
    return page.locator(f"#{log} > li").last


def button(where: Page | Locator, name: str) -> Locator:
    return where.get_by_role("button", name=re.compile(f"^{re.escape(name)}"))
