"""The page without a browser: its HTML as a tree, and what its scripts send, sent as they send it."""

from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder
from zoneinfo import ZoneInfo

from fastapi.testclient import TestClient

from bot.playground import page
from bot.playground.far_end import FarEnd
from bot.playground.people import ANA, STUDIO

BERLIN = ZoneInfo("Europe/Berlin")
PORT = 8765
HERE = f"http://127.0.0.1:{PORT}"
EMPTY = ("br", "hr", "img", "input", "link", "meta")
EVIL = [
    """<script>document.title='owned'</script><img src=x onerror="document.title='owned'">" onmouseover="x""",
    "javascript:alert(1) <javascript:alert(1)|https://openai.com> [x](javascript:alert(1))",
    "<!channel> <@U0SAMPLEBEN> @here <https://bad.example|https://openai.com>",
    "</blockquote></li><script>1</script> ``` *bold* {{ 7*7 }} {% raw %}",
    "\u202egnp.exe a\u0301\u0301\u0301\u0301\u0301",
]


def client(slack: FarEnd, up_seconds: float = 0) -> TestClient:
    """The page of that Slack, asked without a socket."""
    return TestClient(page.build(slack, [], BERLIN, up_seconds), HERE)


@dataclass(frozen=True)
class Visitor:
    """One person at one place."""

    site: TestClient
    person: str = ANA
    place: str = STUDIO

    def sees(self, **where: str) -> Element:
        """The whole page; `where`: thread, tab, wire."""
        answer = self.site.get("/", params={"person": self.person, "place": self.place, **where})
        assert answer.status_code == 200
        return tree(answer.text)

    def does(self, act: str, **body: Any) -> str | None:
        """What Slack has to say about it."""
        answer = self.site.post(f"/acts/{act}", json={"person": self.person, **body})
        assert answer.status_code == 200, answer.text
        says: str | None = answer.json()["says"]
        return says

    def says(self, text: str, thread_ts: str | None = None) -> str | None:
        return self.does("say", channel=self.place, text=text, thread_ts=thread_ts)

    def last(self) -> Element:
        """The newest message in the channel."""
        return list(part(self.sees(), "channel"))[-1]

    def presses(self, message: Element, action: str) -> str | None:
        """The first button of that message with that action."""
        button = next(each for each in message.iter("button") if _is(each.get("data-action"), action))
        where = {"channel": message.get("data-channel"), "ts": message.get("data-ts")}
        what = {"action_id": button.get("data-action"), "block_id": button.get("data-block")}
        return self.does("press", value=button.get("value"), **what, **where)


def tree(markup: str) -> Element:
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    return reader.made.close()


def part(whole: Element, name: str) -> Element:
    """The element with that id."""
    found = whole.find(f".//*[@id='{name}']")
    assert found is not None, name
    return found


def words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.made = TreeBuilder()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.made.start(tag, {name: value or "" for name, value in attrs})
        if tag in EMPTY:
            self.made.end(tag)

    def handle_endtag(self, tag: str) -> None:
        self.made.end(tag)

    def handle_data(self, data: str) -> None:
        self.made.data(data)


def _is(action_id: str | None, action: str) -> bool:
    """Numbered or not: within a row each button has a number of its own."""
    return (action_id or "").split(":")[0] == action
