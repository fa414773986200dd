"""The page of the playground without a browser: what one person sees, what they may do, who may ask at all."""

import http.client
import re
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import urlsplit

import pytest
from fastapi.testclient import TestClient

from bot import catalog
from bot.entrypoints.commands import COMMANDS
from bot.grammar import vocabulary
from bot.grammar.completions import completions
from bot.playground import modals, page
from bot.playground.far_end import FarEnd
from bot.playground.page import composer
from bot.playground.page.mrkdwn import Piece, pieces
from bot.playground.page.seen import Where, seen
from bot.playground.people import ANA, ARCHIVED, BEN, BOT_USER, DM_OF_ANA, DM_OF_TWO, GENERAL, GUEST, STUDIO, UNINVITED
from bot.playground.workspace import File, PostedMessage
from tests.browser.page_visit import BERLIN, EVIL, HERE, PORT, Visitor, client, part, words
from tests.kit import cells
from tests.kit.standing import served

HELP = {"person": ANA, "channel": STUDIO, "text": "/imagelane help"}
NAMES = {"U1": "Ben", "C1": "general"}


@pytest.fixture
def slack() -> Iterator[FarEnd]:
    with FarEnd(bot_url="http://127.0.0.1:9") as far_end:
        yield far_end


@pytest.fixture
def site(slack: FarEnd) -> TestClient:
    return client(slack)


@pytest.fixture
def ana(site: TestClient) -> Visitor:
    return Visitor(site)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a &lt;b&gt; &amp;amp; c", [Piece("a <b> &amp; c")]),
        ("*bold* not*bold*", [Piece("bold", "bold"), Piece(" not*bold*")]),
        ("`a*b*` _it_ ~no~", [Piece("a*b*", "code"), Piece(" "), Piece("it", "italic"), Piece(" "),
         Piece("no", "strike")]),
        ("<@U1> <#C1|x> <@U9|zoe> <!here>", [Piece("@Ben", "mention"), Piece(" "), Piece("#general", "mention"),
         Piece(" "), Piece("@zoe", "mention"), Piece(" "), Piece("@here", "mention")]),
        ("<https://a.example/?x=1&amp;y|see>", [Piece("see", "link", "https://a.example/?x=1&y")]),
        ("<javascript:alert(1)|see>", [Piece("see")]),
        ("&lt;script&gt;", [Piece("<script>")]),
        ("`<@U1> in <#C1|x>` *<@U9>*", [Piece("@Ben in #general", "code"), Piece(" "), Piece("@U9", "bold")]),
        ("`&lt;@U1&gt;`", [Piece("<@U1>", "code")]),
    ],
)  # fmt: skip
def test_R63_text_becomes_pieces_that_are_text_and_links_that_only_open_pages(text: str, shown: list[Piece]) -> None:
    assert list(pieces(text, NAMES)) == shown


def test_nobody_sees_what_was_said_to_another_alone_or_elsewhere(slack: FarEnd) -> None:
    slack.workspace.post(PostedMessage(STUDIO, slack.workspace.new_ts(), BOT_USER, "for Ana", only_for=ANA))
    slack.workspace.post(PostedMessage(DM_OF_TWO, slack.workspace.new_ts(), BEN, "between us"))
    assert [line.message.text for line in seen(slack, Where(person=ANA)).lines] == ["for Ana"]
    assert seen(slack, Where(person=BEN)).lines == ()
    with pytest.raises(LookupError):
        seen(slack, Where(person=GUEST))
    with pytest.raises(LookupError):
        seen(slack, Where(person=ANA, place="C0SAMPLENONE"))
    slack.workspace.change_channel(GENERAL, members=frozenset({BEN}))
    with pytest.raises(LookupError):
        seen(slack, Where(person=ANA, place=GENERAL))


def test_replies_stand_in_their_thread_and_are_counted_under_its_first_message(slack: FarEnd) -> None:
    first = slack.say("first")
    slack.say("second", thread_ts=first.ts)
    slack.say("elsewhere")
    shown = seen(slack, Where(thread=first.ts))
    assert [(line.message.text, line.replies) for line in shown.lines] == [("first", 1), ("elsewhere", 0)]
    assert [line.message.text for line in shown.thread] == ["first", "second"]


ASKED_BY = [
    ({}, 200),
    ({"host": f"localhost:{PORT}"}, 200),
    ({"host": f"rebound.example:{PORT}"}, 403),
    ({"host": "127.0.0.1:1"}, 403),
    ({"origin": HERE}, 200),
    ({"origin": "https://elsewhere.example"}, 403),
    ({"origin": "null"}, 403),
    ({"content-type": "text/plain"}, 403),
]


def test_only_this_page_on_this_machine_may_act(site: TestClient, slack: FarEnd) -> None:
    body = {"person": ANA, "channel": STUDIO, "text": "hello"}
    answered = [(each, site.post("/acts/say", json=body, headers=each).status_code) for each, _ in ASKED_BY]
    assert answered == ASKED_BY
    assert len(slack.messages(STUDIO, ANA)) == 3


def test_it_listens_on_this_machine_alone() -> None:
    with pytest.raises(ValueError, match="only this machine"):
        FarEnd(host="0.0.0.0")


def test_what_is_gone_or_another_persons_is_refused_and_changes_nothing(site: TestClient, slack: FarEnd) -> None:
    private = slack.workspace.post(PostedMessage(STUDIO, slack.workspace.new_ts(), BOT_USER, "for Ana", only_for=ANA))
    acts: list[tuple[str, dict[str, str | dict[str, str]]]] = [
        ("say", {"person": GUEST, "channel": STUDIO, "text": "x"}),
        ("say", {"person": ANA, "channel": "C0SAMPLENONE", "text": "x"}),
        ("press", {"person": BEN, "channel": STUDIO, "ts": private.ts, "action_id": "answer.share"}),
        ("press", {"person": ANA, "channel": STUDIO, "ts": "1.0", "action_id": "answer.share"}),
        ("press", {"person": ANA, "channel": STUDIO, "ts": private.ts, "action_id": "no.such"}),
        ("dismiss", {"person": BEN, "channel": STUDIO, "ts": private.ts}),
        ("submit", {"person": ANA, "view_id": "V1", "values": {}}),
        ("close", {"person": ANA, "view_id": "V1"}),
    ]
    answers = [(act, body, site.post(f"/acts/{act}", json=body)) for act, body in acts]
    gone = (404, {"detail": "That is no longer there."})
    assert [each for each in answers if (each[2].status_code, each[2].json()) != gone] == []
    assert slack.workspace.messages(author=None) == []
    assert slack.ephemerals() == [private]
    assert slack.sent == []


def test_a_dismissed_message_is_gone_for_the_one_who_saw_it(ana: Visitor, slack: FarEnd) -> None:
    private = slack.workspace.post(PostedMessage(STUDIO, slack.workspace.new_ts(), BOT_USER, "for Ana", only_for=ANA))
    ana.does("dismiss", channel=STUDIO, ts=private.ts)
    assert slack.ephemerals() == []


def test_B15_while_the_bot_is_not_up_the_page_says_that_it_is_starting(slack: FarEnd) -> None:
    assert client(slack, 0.1).post("/acts/say", json=HELP).json()["says"] == composer.STARTING
    assert slack.messages(author=ANA) == []


def test_B15_a_command_waits_for_a_bot_that_comes_up(slack: FarEnd) -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
    slack.signed.aim(f"http://127.0.0.1:{port}")
    server = HTTPServer(("127.0.0.1", port), BaseHTTPRequestHandler, bind_and_activate=False)
    with server, ThreadPoolExecutor() as together:
        said = together.submit(client(slack, 30).post, "/acts/say", json=HELP)
        server.server_bind()
        server.server_activate()
        server.handle_request()  # the look whether it is up
        server.handle_request()
        assert "status 501" in said.result().json()["says"]  # it knows no POST


def test_B16_messages_are_stamped_by_the_clock_that_is_shown(ana: Visitor, slack: FarEnd) -> None:
    slack.say("before")
    slack.move_clock(7 * 86_400)
    later = slack.say("a week on")
    slack.move_clock(0)
    now = slack.say("back again")
    assert later.at > now.at + 6 * 86_400
    assert now.ts > later.ts
    times = [time.get("datetime") or "" for time in part(ana.sees(), "channel").iter("time")]
    assert times[-1] < times[-2]


def test_slack_itself_says_when_the_bot_does_not_answer(slack: FarEnd) -> None:
    assert "operation_timeout" in str(composer.trouble(slack.command("help")))


def test_what_slack_would_not_pass_on_is_said_to_the_sender(site: TestClient, slack: FarEnd) -> None:
    slack.desk.scopes = frozenset({"chat:write"})
    sent = [
        ("/imagine x", STUDIO, "/imagine is not a command here"),
        ("@imagelane models", UNINVITED, "did not hear you"),
        ("models", DM_OF_ANA, "begin with /imagelane"),
        ("/imagelane help", ARCHIVED, "archived"),
    ]
    said = [(told, str(Visitor(site, ANA, channel).says(text))) for text, channel, told in sent]
    assert [each for each in said if each[0] not in each[1]] == []
    assert slack.sent == []


@pytest.mark.parametrize(("to", "seconds"), [("hour", 3600), ("day", 86_400), ("now", 0)])
def test_the_clock_moves_from_where_it_stands_and_back(ana: Visitor, slack: FarEnd, to: str, seconds: int) -> None:
    slack.move_clock(1000)
    ana.does("clock", to=to)
    assert slack.offset_seconds == (1000 + seconds if seconds else 0)


@pytest.mark.parametrize(
    ("at", "lands"),
    [
        (1793638800, 1793952001),  # Mon 2026-11-02 18:00 Berlin -> Mon 2026-11-09 09:00:01
        (1792832400, 1793347201),  # Sat 2026-10-24 11:00, the night the clocks go back -> Mon 2026-10-26 ... 09:00
    ],
)
def test_next_monday_is_nine_oclock_there(at: int, lands: int) -> None:
    with FarEnd(now=lambda: float(at)) as slack:
        Visitor(client(slack)).does("clock", to="monday")
        landed = datetime.fromtimestamp(slack.workspace.now(), UTC).astimezone(BERLIN)
    assert (landed.strftime("%a %H:%M"), landed.second) == ("Mon 09:00", 1)
    assert 0 < slack.offset_seconds <= 7 * 86_400 + 3601


def test_a_clock_can_not_be_moved_by_other_words(site: TestClient, slack: FarEnd) -> None:
    assert site.post("/acts/clock", json={"to": "christmas"}).status_code == 422
    assert slack.offset_seconds == 0


def test_each_change_is_told_to_a_page_that_listens(slack: FarEnd) -> None:
    with served(page.build(slack, [], BERLIN)) as address:
        connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
        connection.request("GET", f"/changes?since={slack.workspace.version}")
        stream = connection.getresponse()
        slack.say("hello")
        line = stream.readline()
        while not line.startswith(b"data:"):
            line = stream.readline()
        assert int(line.removeprefix(b"data:")) == slack.workspace.version
        connection.close()


def test_a_file_is_given_only_as_the_picture_it_is(site: TestClient, slack: FarEnd) -> None:
    slack.workspace.put(File("F1", "x.png", 8, data=b"\x89PNG\r\n\x1a\n", complete=True))
    slack.workspace.put(File("F2", "x.html", 8, data=b"<script>", complete=True))
    assert [site.get(f"/files/{each}").status_code for each in ("F1", "F2", "F3")] == [200, 404, 404]


def test_every_command_and_its_words_can_be_completed() -> None:
    known = {each.name: each for each in completions(COMMANDS, vocabulary.vocabulary(catalog.load()))}
    assert set(known) == {row.name for row in COMMANDS.usages}
    assert {"low", "xhigh", "square", "premium", "gpt-image-2", "--batch", "--keep", "own"} <= set(
        known["estimate"].words
    )
    assert {"new", "existing", "quality", "unsure"} <= set(known["recommend"].words)
    assert "estimate" in known["help"].words
    assert "or" not in known["try"].words


def test_a_bar_s_circle_is_drawn_where_slack_draws_it_and_nowhere_else(slack: FarEnd, ana: Visitor) -> None:
    bar = ":large_green_circle: ▰▱ :large_yellow_circle: :red_circle: :tada:"
    text = {"type": "plain_text", "text": bar}
    plain: dict[str, Any] = {"type": "section", "text": text}
    three = ["green circle", "yellow circle", "red circle"]
    named = {"type": "rich_text_section", "elements": [{"type": "emoji", "name": "red_circle"}]}
    rows = [
        ({**plain, "text": {**text, "emoji": True}}, three, ":tada:"),
        (plain, [], bar),
        ({"type": "rich_text", "elements": [named]}, ["red circle"], ""),
    ]

    def is_drawn(block: dict[str, Any], circles: list[str], shown: str) -> None:
        said = slack.say("see")
        slack.workspace.post(replace(said, blocks=({**block, "block_id": "b1"},)))
        last = ana.last()
        assert [each.get("aria-label") for each in last.iter("span") if each.get("role") == "img"] == circles
        assert shown in words(last)

    cells.hold(rows, is_drawn)


def test_blocks_this_page_does_not_draw_are_named_and_not_lost(slack: FarEnd, ana: Visitor) -> None:
    strange = {"type": "data_table", "block_id": "b1"}
    said = slack.say("see")
    slack.workspace.post(replace(said, blocks=(strange,)))
    assert "does not draw a block of type data_table" in words(ana.last())


def test_a_field_for_a_place_begins_with_the_direct_conversation_it_was_given(ana: Visitor, slack: FarEnd) -> None:
    place: dict[str, Any] = {"type": "conversations_select", "action_id": "to", "initial_conversation": DM_OF_ANA}
    label = {"type": "plain_text", "text": "Where"}
    entry = {"type": "input", "block_id": "to", "label": label, "element": place}
    modals.put(slack.desk, ANA, {"type": "modal", "title": label, "submit": label, "blocks": [entry]})
    chosen = [each for each in ana.sees().iter("option") if each.get("selected") is not None]
    assert [(each.get("value"), words(each)) for each in chosen] == [(DM_OF_ANA, "Direct message with imagelane")]


def test_a_first_visit_offers_four_commands_until_something_was_sent(ana: Visitor, slack: FarEnd) -> None:
    offers = part(ana.sees(), "start").iter("button")
    assert [(each.get("data-fill"), words(each)) for each in offers] == [
        (text, text)
        for text in (
            "/imagelane estimate 5000 high square",
            "/imagelane recommend existing gpt-image-1-mini",
            '/imagelane try "product shot"',
            "/imagelane help",
        )
    ]
    slack.command("help")
    assert list(part(ana.sees(), "start")) == []


def test_a_moved_clock_is_seen_on_top_and_on_what_is_said() -> None:
    with FarEnd(now=lambda: 1793638800.0) as slack:  # Mon 2026-11-02 18:00 in Berlin
        ana = Visitor(client(slack))
        ana.does("clock", to="monday")
        ana.says("hello")
        assert [words(each) for each in ana.last().iter("time")] == ["Mon 09:00"]
        assert words(part(ana.sees(), "clock")) == "Mon 09 Nov 09:00 moved"
        ana.does("clock", to="now")
        assert words(part(ana.sees(), "clock")) == "Mon 02 Nov 18:00"


def test_a_place_says_when_others_spoke_there_last(ana: Visitor, slack: FarEnd) -> None:
    def latest() -> str | None:
        return part(ana.sees(), f"in-{GENERAL}").get("data-latest")

    slack.say("mine", GENERAL, ANA)
    assert latest() == ""
    said = slack.say("good morning", GENERAL, BEN)
    assert latest() == said.ts


def test_R63_to_R68_a_prompt_stands_in_the_page_as_text_alone(ana: Visitor, slack: FarEnd) -> None:
    before = [each.tag for each in ana.sees().iter() if each.tag in ("script", "iframe", "object")]
    for text in EVIL:
        slack.say(text)
        element = {"type": "rich_text_quote", "elements": [{"type": "text", "text": text}]}
        quote = {"type": "rich_text", "block_id": "b1", "elements": [element]}
        slack.workspace.post(PostedMessage(STUDIO, slack.workspace.new_ts(), BOT_USER, text, (quote,)))
    whole = ana.sees()
    assert [(each.text, list(each)) for each in whole.iter("blockquote")] == [(text, []) for text in EVIL]
    assert [each.tag for each in whole.iter() if each.tag in ("script", "iframe", "object")] == before
    assert [name for each in whole.iter() for name in each.attrib if name.startswith("on")] == []
    links = [each.get("href") or "" for each in part(whole, "channel").iter("a")]
    assert [link for link in links if not re.match(r"/\?|/files/|https://", link)] == []


def test_F1_a_person_edits_a_message_of_their_own_and_no_other(ana: Visitor, slack: FarEnd) -> None:
    mine, theirs = slack.say("a red kite", STUDIO, ANA), slack.say("a blue kite", STUDIO, BEN)
    ana.does("edit", channel=STUDIO, ts=mine.ts, text="@imagelane models")
    (sent,) = slack.sent
    assert sent.payload["event"]["edited"]["user"] == ANA
    body = {"person": ANA, "channel": STUDIO, "ts": theirs.ts, "text": "@imagelane models"}
    assert ana.site.post("/acts/edit", json=body).status_code == 404
    assert [("(edited)" in words(each)) for each in part(ana.sees(), "channel")] == [True, False]
