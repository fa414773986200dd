"""Prompts: where they begin and end, what they may hold, and that a huge one is refused at once."""

from dataclasses import replace
from operator import lt

import pytest

from bot.entrypoints.commands import COMMANDS
from bot.errors import BadPrompt, NotUnderstood
from bot.samples.command import USAGE, Try
from tests.grammar.test_grammar import VOCABULARY, refusal
from tests.kit import cells


def test_a_text_without_a_quote_in_front_is_a_prompt_save_the_options_at_its_end() -> None:
    table = [
        ("try a high castle", Try("a high castle")),
        ("TRY   a  high\ncastle ", Try("a  high\ncastle")),
        ('try a "high" castle', Try('a "high" castle')),
        ("try a castle --lane premium", Try("a castle", ("premium",))),
        (
            "try a castle --size=portrait —lane premium –lane BUDGET",
            Try("a castle", ("premium", "budget"), None, "portrait"),
        ),
        ('try a castle --quality "high"', Try("a castle", (), "high")),
        ("try how --lane premium looks here", Try("how --lane premium looks here")),
        ("try a castle --batch", Try("a castle --batch")),
        ("try a poster: --50% sale", Try("a poster: --50% sale")),
        ("try a girl —lone wolf", Try("a girl —lone wolf")),
    ]
    cells.agree(table, lambda text: COMMANDS.parse(text, VOCABULARY))


PERHAPS = [
    ("a red kite premium high", "a red kite", ("premium",), "high", 1),
    ("a castle high", "a castle", (), "high", 1),
    ("a kite x3", "a kite", (), None, 3),
    ('a "high" castle premium', 'a "high" castle', ("premium",), None, 1),
    ("a kite medium high", "a kite medium", (), "high", 1),  # two qualities can't both be options
]


def test_the_last_words_of_a_prompt_without_quotes_are_perhaps_options() -> None:
    def may_be_both(text: str, prompt: str, choices: tuple[str, ...], quality: str | None, count: int) -> None:
        read = parsed(f"try {text}")
        assert read == Try(text, perhaps=Try(prompt, choices, quality, None, count))
        assert COMMANDS.parse(read.words(), VOCABULARY) == read
        assert read.perhaps is not None
        assert COMMANDS.parse(read.perhaps.words(), VOCABULARY) == read.perhaps
        assert COMMANDS.parse(replace(read, perhaps=None).words(), VOCABULARY) == replace(read, perhaps=None)

    cells.hold(PERHAPS, may_be_both)


def test_a_prompt_is_asked_about_only_where_its_last_word_may_be_an_option() -> None:
    table = ["a high castle", "premium", "high premium castle", "a kite x9", "a castle, high.", "premium of the kite"]
    wanted = [(text, None) for text in table if text != "a kite x9"]
    cells.agree(wanted, lambda text: parsed(f"try {text}").perhaps)


def parsed(text: str) -> Try:
    read = COMMANDS.parse(text, VOCABULARY)
    assert isinstance(read, Try)
    return read


def test_so_many_of_each_are_read_as_x3_or_by_name() -> None:
    table = [
        ('try "a kite" x3', Try("a kite", count=3)),
        ('try "a kite" premium X2 high', Try("a kite", ("premium",), "high", None, 2)),
        ('try "a kite" --count 4', Try("a kite", count=4)),
        ("try a kite --count 3 --lane premium", Try("a kite", ("premium",), count=3)),
        ('try "a kite" x1', Try("a kite")),
    ]
    cells.agree(table, lambda text: COMMANDS.parse(text, VOCABULARY))
    assert Try("a kite", ("premium",), count=3).words() == 'try "a kite" premium x3'
    refused = [
        ('try "a kite" x5', "`try` draws at most 4 pictures of each at once; I read 5."),
        ('try "a kite" x0', "I read counts from 1 to 999999; I could not read '0'."),
        ('try "a kite" x2 --count 3', "I read two counts, `2` and `3`: name one."),
        ('try "a kite" --count', "`--count` needs how many, like 3, after it."),
    ]
    cells.agree(refused, refusal)


def test_after_a_quoted_prompt_words_stand_in_any_order() -> None:
    table = [
        ('try "a kite" premium high square', Try("a kite", ("premium",), "high", "square")),
        (
            'try "a kite" square --lane budget HIGH gpt-image-2',
            Try("a kite", ("gpt-image-2", "budget"), "high", "square"),
        ),
        ('try "a kite"premium', Try("a kite", ("premium",))),
        ('try"a kite" premium', Try("a kite", ("premium",))),
        ('try " a kite\n\tor two "', Try(" a kite\n\tor two ")),
        ('try "a kite" budget premium legacy', Try("a kite", ("budget", "premium", "legacy"))),
    ]
    cells.agree(table, lambda text: COMMANDS.parse(text, VOCABULARY))


def test_R66_quotes_open_and_close_as_a_person_expects() -> None:
    table = [
        ("“a kite”", "a kite"),
        ("„a kite“", "a kite"),
        ("„a kite”", "a kite"),
        ("”a kite”", "a kite"),
        ("“a kite“", "a kite"),
        ("«a kite»", "a kite"),
        ("»a kite«", "a kite"),
        ("»a kite»", "a kite"),
        ("'a kite'", "a kite"),
        ("‘a kite’", "a kite"),
        ("’a kite’", "a kite"),
        ("‚a kite‘", "a kite"),
        ('"a kite”', "a kite"),
        ('“a kite"', "a kite"),
        ("'a dog's bed'", "a dog's bed"),
        ("‘a dog’s bed’", "a dog’s bed"),
        ('"a dog\'s bed"', "a dog's bed"),
        ("“a sign “open” here”", "a sign “open” here"),
        ('"a sign “open” here"', "a sign “open” here"),
        ("«a sign «open» here»", "a sign «open» here"),
        ('"a sign \\"open\\" here"', 'a sign "open" here'),
        ("'a sign \\'open\\' here'", "a sign 'open' here"),
        ('"ends in a backslash\\\\"', "ends in a backslash\\"),
        ('"c:\\new\\\\dir"', "c:\\new\\\\dir"),
        ('"a --lane premium"', "a --lane premium"),
        ('"a\nkite"', "a\nkite"),
    ]
    wanted = [(quoted, Try(prompt, ("premium",))) for quoted, prompt in table]
    cells.agree(wanted, lambda quoted: COMMANDS.parse(f"try {quoted} premium", VOCABULARY))


def test_R66_a_quote_left_open_makes_all_the_rest_the_prompt() -> None:
    table = [
        ('"a kite premium', "a kite premium"),
        ("“a kite --lane premium", "a kite --lane premium"),
        ("'a dog's bed", "a dog's bed"),
        ('"he said “hello” and left ', "he said “hello” and left"),
        ('" a kite ', "a kite"),
        ('"a \\"kite', 'a "kite'),
        ('"one\\\\\\"', 'one\\"'),
    ]
    cells.agree([(text, Try(prompt)) for text, prompt in table], lambda text: COMMANDS.parse(f"try {text}", VOCABULARY))


def test_R66_a_prompt_with_nothing_to_see_gets_an_example() -> None:
    table = [
        "",
        "   ",
        '""',
        '" "',
        '"',
        "“”",
        "'' premium",
        "\u200b",
        '"\u200b\ufeff\u2060"',
        "\u00ad",
        "\u3164",
        '"\n\t"',
        "\u0301",
        "--lane premium",
        '"" premium',
    ]

    def answer(prompt: str) -> str:
        return cells.refusal(BadPrompt, COMMANDS.parse, f"try {prompt}", VOCABULARY)

    cells.agree([(prompt, f"Say what to draw, as in `{USAGE.examples[0]}`.") for prompt in table], answer)


def test_R66_one_visible_character_is_a_prompt() -> None:
    table = ["a", "🪁", "\U0001faea", "\u200ba", "?", "5", "א"]
    cells.agree([(prompt, Try(prompt)) for prompt in table], lambda prompt: COMMANDS.parse(f"try {prompt}", VOCABULARY))


@pytest.mark.parametrize("form", ["{}", '"{}"', '"{}" premium', '"{}', "{} --lane premium", "“{}” high"])
def test_R66_a_prompt_has_up_to_32_000_characters(form: str) -> None:
    full = "é" * 32_000
    read = COMMANDS.parse("try " + form.format(full), VOCABULARY)
    assert isinstance(read, Try)
    assert read.prompt == full
    assert refusal("try " + form.format(full + "é")) == "That prompt has 32,001 characters; the limit is 32,000."


@pytest.mark.timeout(60)  # moments measured; many minutes if a reading went quadratic
def test_R66_a_megabyte_is_refused_in_a_moment() -> None:
    table = [
        "try " + "a" * 1_000_000,
        'try "' + "a" * 1_000_000 + '"',
        "try '" + "'a" * 500_000,
        'try "' + "\\" * 1_000_000,
        "try a" + " --lane premium" * 70_000,
        "try ‘" + "‘’" * 500_000,
        'try "a" ' + "b " * 500_000,
        "try " + " " * 1_000_000,
        "estimate " + "x" * 1_000_000,
        "estimate " + "5" * 1_000_000,
        "estimate 5 --" + "x" * 1_000_000,
        "y" * 1_000_000,
        "estimate 5 " + '--for "a b" ' * 90_000,
        "recommend " + '--for "a ' * 110_000,
    ]
    cells.agree([(text, 500) for text in table], lambda text: len(refusal(text)), by=lt)


def test_R66_the_sentence_counts_the_prompt_alone() -> None:
    assert refusal('try "' + "a" * 40_000 + '" high') == "That prompt has 40,000 characters; the limit is 32,000."
    assert refusal("try " + "a" * 1_000_000) == "That prompt has 1,000,000 characters; the limit is 32,000."


def test_R67_a_character_storage_cannot_take_is_refused_with_its_place() -> None:
    letters = ["\x00", "\x01", "\x08", "\x0b", "\x0c", "\x1b", "\x1f", "\x7f", "\x85", "\ud800", chr(0xDFFF)]
    forms = [("{}", 2), ('"{}"', 2), ('" {}" high', 3), ('"\\"{}', 3)]
    table = [
        ("try " + form.format(f"a{letter}b"), f"The prompt has a character I cannot use (position {position}).")
        for letter in letters
        for form, position in forms
    ]
    cells.agree(table, lambda text: cells.refusal(BadPrompt, COMMANDS.parse, text, VOCABULARY))


@pytest.mark.parametrize("text", ["\x00", "\x1ca", "a\x1f", "a\x1c--lane premium", "\x85"])
def test_R67_control_characters_are_never_swallowed_as_white_space(text: str) -> None:
    with pytest.raises(BadPrompt, match="a character I cannot use"):
        COMMANDS.parse(f"try {text}", VOCABULARY)


def test_R67_line_breaks_tabs_and_marks_of_direction_are_kept_as_sent() -> None:
    table = ["\n", "\t", "\r", "\u202e", "\u2066", "\u200d", "\ufeff", "\ue000", "\ufffd", "\x20", "\xa0"]
    wanted = [(letter, Try(f"a{letter}b")) for letter in table]
    cells.agree(wanted, lambda letter: COMMANDS.parse(f'try "a{letter}b"', VOCABULARY))


def test_a_mistake_around_the_prompt_is_refused_before_anything_is_paid() -> None:
    table = [
        ('try "a" premum', "I read `premum` as a lane: did you mean `premium`?"),
        ('try "a" budget premium legacy gpt-image-2', "`try` draws on at most 3 lanes or models at once; I read 4."),
        ('try "a" premium --lane Premium', "I read `premium` twice: name each lane or model once."),
        ('try "a" low --quality high', "I read two qualities, `low` and `high`: name one."),
        ('try "a" square --size 64x64', "I read two sizes, `square` and `64x64`: name one."),
        ('try "a" --quality hgih', "I read `hgih` as a quality: did you mean `high`?"),
        ('try "a" --size 1x1', "I read sizes like 1024x1024; I could not read '1x1'."),
        ('try "a" --lane', "`--lane` needs a lane or model, like premium, after it."),
        ('try "a" --lnae premium', "I read `--lnae` as an option: did you mean `--lane`?"),
        ("try --lane premium a kite", f"Options go after the prompt, as in `{USAGE.examples[-1]}`."),
    ]
    cells.agree(table, refusal)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("try a castle --lane premum", "I read `premum` as a lane: did you mean `premium`?"),
        ("try a castle --lnae premium", "I read `--lnae` as an option: did you mean `--lane`?"),
        ("try a castle --lane", "`--lane` needs a lane or model, like premium, after it."),
        ("try a castle --lane legacy --lane legacy", "I read `legacy` twice: name each lane or model once."),
    ],
)
def test_a_mistake_at_the_end_of_an_unquoted_prompt_says_how_to_keep_it_as_prompt(text: str, sentence: str) -> None:
    assert refusal(text) == f"{sentence} If it belongs to the prompt, put the whole prompt in quotes."


def test_a_quote_inside_quotes_is_refused_with_the_way_to_write_it() -> None:
    with pytest.raises(NotUnderstood, match='written \\\\"'):
        COMMANDS.parse('try "a sign saying "open" on a door" premium', VOCABULARY)
