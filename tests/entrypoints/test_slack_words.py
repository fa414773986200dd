"""Slack's markup back to what the person typed, once and never twice."""

import html
import time

from hypothesis import given
from hypothesis import strategies as st

from bot.slack.words import addressed, command_words, named, said_directly, typed
from tests.kit import cells

FORMS = [
    ("a &lt; b &amp; c &gt; d", "a < b & c > d"),
    ("for <@U1|sam>", "for @sam"),
    ("for <@U1>", "for @U1"),
    ("in <#C1|general>", "in #general"),
    ("in <#C1|>", "in #C1"),
    ("hey <!channel> <!here|here> <!everyone>", "hey @channel @here @everyone"),
    ("ask <!subteam^S1|@designers> <!subteam^S2>", "ask @designers @subteam"),
    ("on <!date^1392734382^{date}|Feb 18>", "on Feb 18"),
    ("see <https://x|x>", "see https://x"),
    ("see <https://a.example/?p=1&amp;q=2>", "see https://a.example/?p=1&q=2"),
    ("see <https://bad.example|https://good.example>", "see https://bad.example"),
    ("use <http://node.js|node.js>", "use node.js"),
    ("to <mailto:a@b.example|a@b.example>", "to a@b.example"),
    ("1 < 2 > 0 <> < a > <b>", "1 < 2 > 0 <> < a > <b>"),
    ("“smart” — ‘quotes’\nand lines", "“smart” — ‘quotes’\nand lines"),
    ("a <@U1|x&lt;!channel&gt;>", "a @x<!channel>"),
]


def test_slacks_own_forms_become_the_words_that_were_typed() -> None:
    cells.agree(FORMS, typed)


MENTIONS = [
    ("<@U0BOT> estimate 5", "estimate 5"),
    ("  <@U0BOT|imagelane>: estimate 5", "estimate 5"),
    ("<@U0BOT>", ""),
    ("thanks, <@U0BOT>", "thanks"),
    ("<@U1> and <@U0BOT>: estimate 5", "estimate 5"),
    ('<@U0BOT> try "for <@U1>"', 'try "for @U1"'),
]


def test_the_bots_own_name_is_no_part_of_the_words() -> None:
    cells.agree(MENTIONS, lambda sent: addressed(sent, "U0BOT").words)


def test_R65_what_was_typed_as_an_entity_stays_one() -> None:
    assert typed("&amp;lt;!channel&amp;gt;") == "&lt;!channel&gt;"
    assert typed("&amp;amp;amp;") == "&amp;amp;"


@given(st.text())
def test_R65_whatever_is_typed_comes_back_as_it_was(words: str) -> None:
    assert typed(html.escape(words, quote=False)) == words


CHANNELS = [
    ("spend in <#C1|general> by lane", "spend in #C1 by lane"),
    (" SPEND in <#C1>", " SPEND in #C1"),
    ("digest on in <#C1|general>", "digest on in #C1"),
    ("spend in project a &amp; b", "spend in project a & b"),
    ("try spend it in <#C1|general>", "try spend it in #general"),
    ("spend of <@U1|ana> in <#C1|general>", "spend of @U1 in #C1"),
    ("digest for <@U1|ana>", "digest for @ana"),
]


def test_a_channel_keeps_its_id_where_it_can_be_asked_about() -> None:
    cells.agree(CHANNELS, command_words)
    cells.agree(
        [(f"<@U0BOT> {sent}", words.lstrip()) for sent, words in CHANNELS], lambda sent: addressed(sent, "").words
    )


LETTERS = 12_000  # what people can send in one message
RUNS = [
    " ",
    "\n",
    ", ",
    "a ",
    "• ",
    "`",
    "&gt; ",
    "&gt;\n",
    "1. ",
    "<",
    "<@",
    "<@U1> ",
    "<@U1>",
    "<@U1|",
    "<@U0BOT> ",
    "imagelane ",
]


def test_no_message_holds_up_the_others_while_it_is_read() -> None:
    """Reading is done on a thread that lets no other one run: a pattern that takes its time silences the bot."""

    def is_quick(run: str) -> None:
        long = run * (LETTERS // len(run))
        for text in (long, f"{long}x", f"<@U0BOT> {long}x", f"hey <@U0BOT> {long}x", f"{long}x <@U0BOT>"):
            began = time.thread_time()
            addressed(text, "U0BOT")
            said_directly(text, "U0BOT")
            command_words(named(text, str))
            assert time.thread_time() - began < 1, f"{text[:20]!r}"

    cells.hold(RUNS, is_quick)


BEFORE_NAMES = [
    ("estimate 5 <@U1>", "estimate 5"),
    ("estimate 5, <@U1>, <@U2|ben>!", "estimate 5"),
    ("estimate 5 <@U1> x", ""),
    ("estimate 5 .", ""),
    ("<@U1>", ""),
]


def test_names_at_the_end_may_be_no_part_of_a_command() -> None:
    cells.agree(BEFORE_NAMES, lambda text: next(iter(addressed(f"<@U0BOT> x {text}", "U0BOT").parts), "x ")[2:])
