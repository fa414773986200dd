"""Somebody's words: what is shown of them, how they are cut, how they are escaped."""

import html
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack import refusal
from bot.slack.message import EMPTY, button, header, message, paragraph, person, prose, quote, table, words
from bot.slack.text import clip, escaped, line, lines, plain, shown, width
from tests.kit import cells
from tests.kit.views_made import ATTACKS, check, hostile, outside_quotes, said, trying

SHORT_AND_LONG = pytest.mark.parametrize("cases", [100, pytest.param(20_000, marks=pytest.mark.soak)])


def test_R68_hidden_and_piled_up_letters_are_shown_tamed() -> None:
    table = [
        ("kite \u202etxt.exe", "kite txt.exe"),
        ("\u2066isolated\u2069", "isolated"),
        ("\u200emarked\u200f and \u061c", "marked and "),
        ("a" + "\u0301" * 10_000 + "b", "a" + "\u0301" * 3 + "b"),
        ("a" + "\u0301" * 3, "a" + "\u0301" * 3),
        ("a" + "\u0301\u200d" * 5, "a" + "\u0301\u200d" * 3 + "\u200d" * 2),
        ("é e\u0301", "é e\u0301"),
        ("zero\u200bwidth", "zero\u200bwidth"),
        ("👩‍👩‍👧 flag 🇩🇪", "👩‍👩‍👧 flag 🇩🇪"),
        ("क्षत्रिय", "क्षत्रिय"),
        ("a\x00b\x1b[31m", "a\ufffdb\ufffd[31m"),
        ("half \ud800", "half \ufffd"),
        ("one\r\ntwo\u2028three", "one\ntwo\nthree"),
    ]
    cells.agree(table, shown)


@SHORT_AND_LONG
def test_R68_no_text_keeps_a_bidi_control_or_a_fourth_mark(cases: int) -> None:
    @trying(cases)
    @given(hostile)
    def holds(text: str) -> None:
        marks = 0
        for letter in shown(text):
            assert unicodedata.bidirectional(letter) not in (
                "RLO",
                "LRO",
                "RLE",
                "LRE",
                "PDF",
                "RLI",
                "LRI",
                "FSI",
                "PDI",
            )
            marks = marks + 1 if unicodedata.category(letter).startswith("M") else 0
            assert marks <= 3

    holds()


@SHORT_AND_LONG
def test_R65_what_is_escaped_reads_as_it_was_shown_when_unescaped_once(cases: int) -> None:
    @trying(cases)
    @given(hostile)
    def holds(text: str) -> None:
        out = escaped(text, 10**9)
        assert out.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == shown(text)
        assert "<" not in out
        assert ">" not in out

    holds()


def test_R65_a_prompt_that_holds_entities_is_escaped_once() -> None:
    assert message("&lt;!channel&gt;", []).text == "&amp;lt;!channel&amp;gt;"
    assert html.unescape(message("&lt;!channel&gt;", []).text) == "&lt;!channel&gt;"
    assert words("&lt;!channel&gt;")["text"] == "&lt;!channel&gt;"


@SHORT_AND_LONG
def test_R26_a_cut_text_fits_ends_with_an_ellipsis_and_never_breaks_an_entity(cases: int) -> None:
    @trying(cases)
    @given(hostile, st.integers(1, 60))
    def holds(text: str, limit: int) -> None:
        for cut in (clip, line, escaped, plain):
            out = cut(text, limit)
            assert width(out) <= limit
            assert out == cut(text, 10**9) or out.endswith("…")
        whole = escaped(text, 10**9)
        head = escaped(text, limit).removesuffix("…")
        assert whole.startswith(head)
        assert not head or head[-1] == ";" or "&" not in head[-5:].rpartition(";")[2]

    holds()


@pytest.mark.parametrize(("limit", "seen"), [(4, "<&>x"), (3, "<&…")])
def test_a_text_that_just_fits_is_not_cut(limit: int, seen: str) -> None:
    assert clip("<&>x", limit) == seen


@pytest.mark.parametrize(("limit", "seen"), [(14, "&lt;&amp;&gt;x"), (13, "&lt;&amp;…"), (4, "…"), (5, "&lt;…")])
def test_an_entity_is_kept_whole_or_left_out(limit: int, seen: str) -> None:
    assert escaped("<&>x", limit) == seen


def test_an_emoji_counts_twice_as_javascript_counts_it() -> None:
    assert clip("😀😀😀", 6) == "😀😀😀"
    assert clip("😀😀😀", 5) == "😀😀…"


def test_a_prompt_of_line_ends_does_not_fill_the_channel() -> None:
    assert lines("\n".join("abcdefgh"), 100, 8) == "\n".join("abcdefgh")
    assert lines("\n".join("abcdefghi"), 100, 8) == "\n".join("abcdefgh") + "\n…"
    assert said(quote("\n" * 500)) == EMPTY


def test_R63_a_refusal_repeats_what_was_typed_letter_by_letter() -> None:
    def repeated(attack: str) -> None:
        told = refusal.sentence(f"I read {attack} as a quality: did you mean `high`?")
        check(told)
        parts = told.blocks[0]["elements"][0]["elements"]
        assert {part["type"] for part in parts} == {"text"}
        name = "`high`" if "`" in attack else "high"  # marks that do not go together stand as they are
        assert "".join(part["text"] for part in parts) == clip(
            f"I read {attack} as a quality: did you mean {name}?", 3000
        )

    cells.hold(ATTACKS, repeated)


@SHORT_AND_LONG
def test_R63_a_refusal_of_anything_is_a_safe_message(cases: int) -> None:
    @trying(cases)
    @given(hostile)
    def holds(text: str) -> None:
        check(refusal.sentence(text))

    holds()


@pytest.mark.parametrize("name", ["U1|x", "u123", "<@U1>", "C123", "", "U012ABC\n"])
def test_only_slacks_own_ids_become_person_elements(name: str) -> None:
    assert person("U012ABC") == {"type": "user", "user_id": "U012ABC"}
    assert person(name)["type"] == "text"


def test_backticks_of_our_own_sentences_are_shown_as_code_and_an_odd_one_as_it_is() -> None:
    assert prose("no `high` there") == [words("no "), words("high", code=True), words(" there")]
    assert prose("no ` there") == [words("no ` there")]
    assert prose("``") == [words("``")]


@pytest.mark.parametrize(("rows", "told"), [(100, None), (101, "… 2 more"), (150, "… 51 more")])
def test_R26_a_table_holds_a_hundred_rows_and_counts_the_rest(rows: int, told: str | None) -> None:
    block = table([["row", str(n)] for n in range(rows)])
    check(message("a table", [block]))
    assert len(block["rows"]) == 100
    assert (block["rows"][-1][0]["text"] == told) is (told is not None)


def test_R26_a_table_stays_under_ten_thousand_letters() -> None:
    block = table([["x" * 500, "y" * 500] for _ in range(90)])
    check(message("a table", [block]))
    assert len(block["rows"]) == 53
    assert block["rows"][-1][0]["text"] == "… 38 more"


def test_R26_a_message_of_too_many_blocks_is_cut_and_says_so() -> None:
    full = message("many", [paragraph(str(n)) for n in range(50)])
    over = message("many", [paragraph(str(n)) for n in range(51)])
    check(full)
    check(over)
    assert said(full.blocks).endswith("49")
    assert len(over.blocks) == 50
    assert said(over.blocks).endswith("…")


def test_R64_no_field_of_ours_turns_colon_words_into_emoji() -> None:
    plain_fields = [button(":white_check_mark:", "a.b", "c")["text"], header(":white_check_mark:")["text"]]
    assert all(field["emoji"] is False for field in plain_fields)


def test_R64_a_quote_keeps_markup_inside() -> None:
    imitation = "```\n> *bold* `code`\n✅ Kept, cost $0.00"
    block = {"type": "rich_text", "elements": [quote(imitation)]}
    assert said(block) == imitation
    assert outside_quotes(block).strip() == ""
