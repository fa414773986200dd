"""A line that can't be read is mended as a whole, offered and never run; what could mean two things is not guessed."""

from collections.abc import Callable
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from bot import catalog
from bot.entrypoints.commands import COMMANDS
from bot.errors import BadNumber, NotUnderstood
from bot.grammar import Command
from bot.grammar.vocabulary import vocabulary
from bot.pricing.dated import is_alive, model_named
from tests.kit import cells

FACTS = catalog.load()
TODAY, AFTER = date(2026, 11, 28), date(2026, 12, 1)
NOT_MENDED = None


def mended(text: str, today: date = TODAY) -> str | None:
    """At both doors the same; what is read as it stands fails."""
    words = vocabulary(FACTS, today)
    typed = _mended(COMMANDS.parse, text, words)
    if not text.startswith(("try", "draw")):  # a shell takes the quote marks away
        assert _mended(COMMANDS.parse_words, text.split(), words) == typed
    return typed


def _mended(read: Callable[..., Command], *line: object) -> str | None:
    try:
        command = read(*line)
    except NotUnderstood as error:
        return error.mended
    raise AssertionError(f"read as {command.words()}")


def test_all_slips_of_a_line_are_mended_at_once() -> None:
    table = [
        ("price 5k hgih 1:1 flare", "estimate 5000 high square gpt-image-2.5-flare"),
        ("lanes", "models"),
        ("cost 5,000 hihg 9:16 sunburst --batc", "estimate 5000 high portrait gpt-image-2.5-sunburst --batch"),
        ("estmate 5_000 mediun landscpae premuim", "estimate 5000 medium landscape premium"),
        ("spend last wek by modl", "spend last week by model"),
        ("spend lsat week model", "spend last week by model"),
        ("spend premium last dys", "spend last 7 days of premium"),
        ("budgt set 50 per mnth", "budget set 50 per month for workspace"),
        ("digst on mnday 09:00", "digest on Monday 09:00"),
        ("bnch lst", "bench list"),
        ("hepl cost", "help estimate"),
        ('draw "a red kite" hgih 16:9', 'try "a red kite" high landscape'),
        ("draw a red kite --qualty hgih", 'try "a red kite" high'),
    ]
    cells.agree(table, mended)


def test_a_count_is_mended_where_it_can_only_be_that_one() -> None:
    table = [
        ("estimate 5k", "estimate 5000"),
        ("estimate 5K high", "estimate 5000 high"),
        ("estimate 1.5k", "estimate 1500"),
        ("estimate 5,000", "estimate 5000"),
        ("estimate 5_000", "estimate 5000"),
        ("estimate 999,999", "estimate 999999"),
        ("estimate 1,000,000", NOT_MENDED),
        ("estimate 1000k", NOT_MENDED),
        ("estimate 0k", NOT_MENDED),
        ("estimate 5,00", NOT_MENDED),
        ("estimate 50,00,000", NOT_MENDED),
        ("estimate 5.000", NOT_MENDED),
        ("estimate 5,000_000", NOT_MENDED),
        ("estimate five", NOT_MENDED),
        ("budget set 1,000 per month", NOT_MENDED),
    ]
    cells.agree(table, mended)


def test_R69_what_no_count_can_be_read_from_is_refused_and_not_mended() -> None:
    table = [("1e3",), ("٥",), ("٥٠٠٠",), ("５０００",), ("5k\u200b",), ("-5k",), ("+5",), ("0x10",), ("1/2",), ("²",)]

    def refused(figure: str) -> None:
        cells.refusal(BadNumber, COMMANDS.parse, f"estimate {figure} hgih", vocabulary(FACTS, TODAY))
        assert mended(f"estimate {figure} high") is NOT_MENDED
        assert mended(f"estimate {figure} hgih") is NOT_MENDED

    cells.hold(table, refused)


def test_a_shape_is_mended_from_a_ratio_or_another_word_for_it() -> None:
    words = {"1:1": "square", "1x1": "square", "16:9": "landscape", "16x9": "landscape", "9:16": "portrait"}
    words |= {"vertical": "portrait", "wide": "landscape", "1024*1536": "1024x1536", "1024x1024px": "1024x1024"}
    cells.agree([(f"estimate 10 {word}", f"estimate 10 {shape}") for word, shape in words.items()], mended)


def test_a_short_name_is_mended_to_the_living_model_whose_price_is_known() -> None:
    table = [
        ("estimate 10 flare", TODAY, "estimate 10 gpt-image-2.5-flare"),
        ("estimate 10 Sunburst", TODAY, "estimate 10 gpt-image-2.5-sunburst"),
        ("recommend existing mini", TODAY, "recommend existing gpt-image-1-mini"),
        ("recommend existing mini", AFTER, NOT_MENDED),
        ("estimate 10 flare", date(2026, 9, 1), NOT_MENDED),
    ]
    cells.agree(table, mended)


def test_B18_a_question_in_plain_words_leads_to_the_nearest_command() -> None:
    table = [
        ("how much do 5000 images cost?", "estimate 5000"),
        ("How much would 5k pictures in hgih quality cost?", "estimate 5000 high"),
        ("what did we spend last week?", "spend last week"),
        ("can you draw a red kite over a harbour", 'try "a red kite over a harbour"'),
        ("estimate 5k images of high quality, please", "estimate 5000 high"),
        ("how are you", NOT_MENDED),
        ("how", NOT_MENDED),
    ]
    cells.agree(table, mended)
    sentence = cells.refusal(NotUnderstood, COMMANDS.parse, "how much do 5000 images cost?", vocabulary(FACTS, TODAY))
    assert sentence == "I know no command `how`: `help` shows what you can ask."


def test_what_could_have_meant_two_things_is_not_mended() -> None:
    table = [
        ("models gpt-image", NOT_MENDED),
        ("estimate 5k 5k", NOT_MENDED),
        ("estimate 5k high low", NOT_MENDED),
        ("estimate 5k zzzzz", NOT_MENDED),
        ('try "a hgih kite" hgih', NOT_MENDED),  # the prompt stays as it was typed
    ]
    cells.agree(table, mended)


def test_what_is_mended_is_read_back_as_the_same_words() -> None:
    lines = ("price 5k hgih 1:1 flare", "spend last wek by modl", 'draw "a \\"red\\" kite" hgih', "spend last dys")

    def read_back(line: str) -> None:
        whole = mended(line)
        assert whole is not None
        assert COMMANDS.parse(whole, vocabulary(FACTS, TODAY)).words() == whole

    cells.hold(lines, read_back)


WORDS = st.sampled_from(
    [
        "estimate",
        "price",
        "5k",
        "5,000",
        "1e3",
        "hgih",
        "1:1",
        "flare",
        "mini",
        "gpt-imge-1",
        "vertical",
        "--batc",
        "how",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS | st.text(max_size=6), max_size=7).map(" ".join), st.dates(date(2025, 1, 1), date(2027, 6, 30)))
def test_B18_nothing_is_mended_to_a_dead_model(line: str, day: date) -> None:
    try:
        COMMANDS.parse(line, vocabulary(FACTS, day))
    except NotUnderstood as error:
        words = set((error.mended or "").split()) - set(line.lower().split())
        assert all(is_alive(model_named(FACTS, word), day) for word in words if word in FACTS.models)
