"""Values to draw in the tests of views: hostile words, pictures in every state, and the judge of what comes out."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from hypothesis import Phase, settings
from hypothesis import strategies as st

from bot.ledger.pictures import Drawing, Generation, Left, PictureState, Tally
from bot.playground import block_checks
from bot.playground.workspace import File
from bot.pricing.spec import ImageSpec, Size
from bot.pricing.usage import Usage
from bot.slack.message import Message, View
from bot.slack.text import BIDI_CONTROLS

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
DAY = date(2026, 11, 22)
ATTACKS = (
    "<!channel>",
    "<!here>",
    "<!subteam^S1>",
    "<@U1>",
    "@here",
    "<https://bad|https://openai.com>",
    "&lt;!channel&gt;",
    "```",
    "`",
    "*bold*",
    "> ",
    "\n> quoted\n",
    "✅ Kept, cost $0.00",
    "\u202e",
    "\u2066",
    "\u200b",
    "a" + "\u0301" * 40,
    "\ud800",
    "\x00",
    "\u2028",
    "😀",
    "&",
    "<",
    ">",
)

A_FILE = File("F012ABC", "7f3k2q.png", 8, data=b"\x89PNG\r\n\x1a\n", complete=True)
LONG = ("word " * 900, "<&>" * 2000, "😀" * 2500, "\n" * 500, "https://bad.example/" * 300)

OUR_EMOJI = ("large_green_circle", "large_yellow_circle", "red_circle")
ID = re.compile("[A-Z0-9]+")

hostile = st.lists(st.sampled_from(ATTACKS) | st.text(max_size=20), max_size=6).map("".join) | st.sampled_from(LONG)
names = st.sampled_from(["budget", "premium", "legacy", "x" * 400, *ATTACKS])
money = st.integers(0, 10**13)
ids = st.text("abcdefghijkmnpqrstuvwxyz23456789", min_size=6, max_size=12)
people = st.just("U012ABC") | hostile
REASONS = ["busy", "rejected", "no_money", "moderation", "moved:is_archived", "thread"]
reasons = st.none() | st.sampled_from(REASONS) | hostile
usages = st.none() | st.builds(Usage, st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 10**6))
specs = st.builds(ImageSpec, names, names, st.builds(Size, st.integers(1, 4000), st.integers(1, 4000)))


@st.composite
def generations(draw: st.DrawFn) -> Generation:
    return Generation(
        team_id="T1",
        id=draw(ids),
        drawing_id="d1",
        position=0,
        lane=draw(st.none() | names),
        spec=draw(specs),
        state=draw(st.sampled_from(PictureState)),
        expected_nanousd=draw(money),
        reserved_nanousd=draw(money),
        charged_nanousd=draw(money),
        demo=draw(st.booleans()),
        owner=None,
        lease_until=None,
        file_id=draw(st.none() | st.just("F012ABC")),
        usage=draw(usages),
        returned_quality=draw(st.none() | names),
        returned_size=draw(st.none() | names),
        service_request_id=draw(st.none() | names),
        reason=draw(reasons),
        tally=draw(st.builds(Tally, st.integers(0, 50), st.integers(0, 50))),
        version=draw(st.integers(1, 99)),
        created_at=NOW,
        drawn_at=draw(st.none() | st.just(NOW)),
    )


def drawings(most: int = 4) -> st.SearchStrategy[Drawing]:
    made = st.lists(generations(), min_size=1, max_size=most).map(tuple)
    return st.builds(a_drawing, made, hostile, people, st.none() | st.just("g1"))


lefts = st.builds(Left, st.just("2026-11"), money, money, money)


def a_drawing(
    generations: tuple[Generation, ...],
    prompt: str = "a red kite",
    person_id: str = "U012ABC",
    parent_id: str | None = None,
) -> Drawing:
    return Drawing("T1", "d1", person_id, "C1", None, "1.2", None, "slack", prompt, parent_id, NOW, generations)


def a_generation(state: PictureState = PictureState.DELIVERED, **given: Any) -> Generation:
    """One gpt-image-2.5-flare picture on budget, as a sample."""
    usual: dict[str, Any] = {
        "team_id": "T1",
        "id": "7f3k2q",
        "drawing_id": "d1",
        "position": 0,
        "lane": "budget",
        "spec": ImageSpec("gpt-image-2.5-flare", "medium", Size(1024, 1024)),
        "expected_nanousd": 13_170_000,
        "reserved_nanousd": 34_000_000,
        "charged_nanousd": 13_170_123 if state in (PictureState.PAID, PictureState.DELIVERED) else 0,
        "demo": False,
        "owner": None,
        "lease_until": None,
        "file_id": "F012ABC" if state is PictureState.DELIVERED else None,
        "usage": None,
        "returned_quality": None,
        "returned_size": None,
        "service_request_id": None,
        "reason": None,
        "tally": Tally(),
        "version": 3,
        "created_at": NOW,
        "drawn_at": None,
    }
    return Generation(state=state, **{**usual, **given})


def trying(cases: int) -> settings:
    """Without the phase that explains a failure: it traces every line, and these values are large."""
    phases = (Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink)
    return settings(max_examples=cases, deadline=None, phases=phases)


# The judge


def check(shown: Message) -> None:
    """Slack would take it, and nobody's words can act in it."""
    problems = block_checks.message_problems(shown.blocks, _a_file)
    assert not problems, problems
    assert 0 < len(shown.text) <= 4000
    assert not re.search(r"<[!@#h]|<", shown.text), shown.text
    assert re.fullmatch(r"([^&<>]|&amp;|&lt;|&gt;)*", shown.text, re.DOTALL), shown.text
    _check_words([*strings(shown.blocks), shown.text])
    _check_fields(shown.blocks)


def check_view(view: View) -> None:
    problems = block_checks.view_problems(view, _a_file)
    assert not problems, problems
    _check_words(list(strings(view["blocks"])))
    _check_fields(view["blocks"])


def _a_file(file_id: str) -> File | None:
    return A_FILE if file_id == "F012ABC" else None


def _check_words(texts: list[str]) -> None:
    for text in texts:
        assert not BIDI_CONTROLS & set(text), text
        assert not re.search(r"[\u0300-\u036f]{4}", text), text
        text.encode()


def _check_fields(blocks: Any) -> None:
    """No mrkdwn at all; no mention or link in a plain field; every length as Slack counts it, in UTF-16 too."""
    for node in nodes(blocks):
        assert node.get("type") != "mrkdwn"
        assert node.get("type") not in ("broadcast", "usergroup")
        assert node.get("type") != "channel" or re.fullmatch(r"[CDG][A-Z0-9]+", node["channel_id"])
        assert node.get("type") != "emoji" or node["name"] in OUR_EMOJI
        if node.get("type") in ("plain_text", "raw_text"):
            assert not re.search("[<>]", node["text"])
        if isinstance(node.get("text"), str):
            assert len(node["text"].encode("utf-16-le")) <= 2 * 3000
        for name in ("alt_text", "accessibility_label", "block_id"):
            assert not re.search("[<>]", node.get(name, ""))


def nodes(node: Any) -> Iterator[dict[str, Any]]:
    """Every object in it."""
    if isinstance(node, dict):
        yield node
    for inside in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from nodes(inside)


def strings(node: Any) -> Iterator[str]:
    """Every text in it that a reader sees: no button's value, and no input, which holds the text as it was stored."""
    for each in nodes(node):
        for name, value in each.items():
            if isinstance(value, str) and name not in ("value", "initial_value"):
                yield value


def said(node: Any) -> str:
    """All its words, as one text."""
    return "\n".join(each["text"] for each in nodes(node) if isinstance(each.get("text"), str))


def quoted(blocks: Any) -> list[str]:
    return [said(each) for each in nodes(blocks) if each.get("type") == "rich_text_quote"]


def outside_quotes(node: Any) -> str:
    """Its words without those inside a quote."""
    if isinstance(node, dict) and node.get("type") == "rich_text_quote":
        return ""
    inside = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    own = node["text"] if isinstance(node, dict) and isinstance(node.get("text"), str) else ""
    return "\n".join([own, *map(outside_quotes, inside)])


def pressed(blocks: Any) -> dict[str, str]:
    """Action ids with the value each button carries."""
    return {each["action_id"]: each["value"] for each in nodes(blocks) if each.get("type") == "button"}
