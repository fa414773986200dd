"""The page with the real bot behind it, without a browser: what is asked there, and the HTML that comes of it."""

import pytest

from bot.playground.people import ANA, BEN, DM_OF_ANA
from tests.browser.page_visit import Visitor, client, part, words
from tests.kit.slack_door import House


@pytest.fixture
def ana(door: House) -> Visitor:
    return Visitor(client(door.far_end))


def test_an_estimate_is_a_table_only_its_asker_sees_until_it_is_shared(door: House, ana: Visitor) -> None:
    ben = Visitor(ana.site, BEN)
    assert ana.says("/imagelane estimate 5000 high square") is None
    answer = ana.last()
    assert "Only visible to you" in words(answer)
    rows = [[words(cell) for cell in row] for row in answer.iter("tr")]
    assert ["budget", "$263.40", "$0.0527", "gpt-image-2.5-flare"] in rows
    assert ["legacy", "$1,055.00", "$0.211", "gpt-image-2"] in rows
    assert words(part(ben.sees(), "channel")) == ""
    ana.presses(answer, "answer.share")
    door.wait_for_words()
    assert "Shared by sample-ana." in words(ben.last())
    assert "$1,055.00" in words(ben.last())


def test_a_wrong_word_gets_its_suggestion(ana: Visitor) -> None:
    ana.says("/imagelane estimate 5000 hgih")
    assert "Did you mean estimate 5000 high?" in words(ana.last())


def test_a_mention_is_answered_in_its_thread_where_a_command_is_refused(door: House, ana: Visitor) -> None:
    ana.says("@imagelane models gpt-image-2")
    door.run("answer")
    asked = ana.last()
    thread = asked.get("data-ts") or ""
    assert "1 reply" in words(asked)
    replies = list(part(ana.sees(thread=thread), "thread"))
    assert len(replies) == 2
    assert "gpt-image-2" in words(replies[1])
    assert "not supported in threads" in str(ana.says("/imagelane models", thread))


def test_a_window_shows_what_is_wrong_under_its_field(door: House, ana: Visitor) -> None:
    door.shown(door.drawn(prompt="a lamp"))
    ana.presses(ana.last(), "sample.retry")
    view = door.window().id
    window = part(ana.sees(), "modal")
    (box,) = window.iter("textarea")
    assert (window.get("data-view"), words(box)) == (view, "a lamp")
    assert ana.does("submit", view_id=view, values={"prompt": ""}) == "Fill in every field that is not optional."
    ana.does("submit", view_id=view, values={"prompt": "a lamp\u200b\u0007"})
    assert "character I cannot use" in words(part(ana.sees(), box.get("aria-describedby") or ""))
    ana.does("close", view_id=view)
    assert list(part(ana.sees(), "modal")) == []


def test_the_home_of_the_app_is_shown(door: House, ana: Visitor) -> None:
    home = Visitor(ana.site, ANA, DM_OF_ANA)
    assert home.does("home") is None
    door.run("home")
    assert "Which model?" in words(part(home.sees(tab="home"), "home"))


def test_the_wire_shows_what_was_sent_and_received_without_tokens(door: House, ana: Visitor) -> None:
    ana.says("/imagelane help")
    door.shown(door.drawn())
    wire = words(part(ana.sees(wire="true"), "wire"))
    assert "Slack → bot slash_commands 200" in wire
    assert "bot → Slack chat.postMessage 200" in wire
    assert '"command": "/imagelane"' in wire
    for secret in (door.far_end.bot_token, "sample-verification-token", "/commands/T0SAMPLE1/"):
        assert secret not in wire
