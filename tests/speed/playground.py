"""How soon the playground answers: `python -m tests.speed.playground [RUNS]`. Medians, beside bare Python and FastAPI.

page       from starting the process until the page is given
ready      until it says where it is: the bot answers
first      the first estimate, from Enter in the browser to its figures on the page
next       another one
"""

import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, expect

from tests.browser.browser import READY, chromium, last, playground, send


def main(runs: int) -> None:
    taken: dict[str, list[float]] = {}
    with chromium() as browser:
        for _ in range(runs):
            for name, milliseconds in one_run(browser).items():
                taken.setdefault(name, []).append(milliseconds)
    for name, each in taken.items():
        print(f"{name:<24} {median(each):>7.0f} ms   ({min(each):.0f} to {max(each):.0f})")


def one_run(browser: Browser) -> dict[str, float]:
    found = {
        "python -c pass": whole_process("pass"),
        "import fastapi, uvicorn": whole_process("import fastapi, uvicorn"),
    }
    with tempfile.TemporaryDirectory() as folder:
        began = time.monotonic()
        with playground(Path(folder)) as running:
            running.said(READY)
            found["ready"] = since(began)
            with urllib.request.urlopen(running.url, timeout=10):
                found["page, once ready"] = since(began) - found["ready"]
            page = browser.new_page()
            page.goto(running.at())
            for name, count in (("first estimate", "5000"), ("next estimate", "4000")):
                began = time.monotonic()
                send(page, f"/imagelane estimate {count} high square")
                expect(last(page)).to_contain_text("gpt-image-2.5-flare")
                expect(last(page)).to_contain_text(f"{int(count):,} images")
                found[name] = since(began)
            page.close()
    return found


def whole_process(code: str) -> float:
    began = time.monotonic()
    subprocess.run([sys.executable, "-c", code], check=True)
    return since(began)


def since(began: float) -> float:
    return (time.monotonic() - began) * 1000


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
