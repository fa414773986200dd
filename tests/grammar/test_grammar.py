"""The grammar, command by command: what is read, and the sentence for what is not."""

import subprocess
import sys
from datetime import date
from decimal import Decimal

import pytest

from bot import catalog
from bot.entrypoints.commands import COMMANDS
from bot.entrypoints.help import Help
from bot.errors import BadNumber, NotUnderstood
from bot.estimate.command import Estimate
from bot.grammar import Vocabulary
from bot.grammar.completions import completions, option_values
from bot.pricing import model_named
from bot.recommend.command import Models, Recommend
from bot.samples.command import Show, Try
from tests.kit import cells

MODELS = {
    name: model_named(catalog.load(), name)
    for name in (
        "dall-e-3",
        "gpt-image-1",
        "gpt-image-1-mini",
        "gpt-image-1.5",
        "gpt-image-2",
        "gpt-image-2.5-flare",
        "gpt-image-2.5-sunburst",
        "gpt-image-2.5-sunburst-2026-09-08",
    )
}
DAY = date(2026, 11, 22)
VOCABULARY = Vocabulary(MODELS, ("low", "medium", "high", "xhigh", "max", "standard", "hd"), DAY)


def refusal(text: str) -> str:
    return cells.refusal(NotUnderstood, COMMANDS.parse, text, VOCABULARY)


def test_words_become_a_command_in_any_order_and_case() -> None:
    table = [
        ("", Help()),
        (" \n\t ", Help()),
        ("help", Help()),
        ("HELP Estimate", Help("estimate")),
        ("--help", Help()),
        ("estimate --help", Help("estimate")),
        ("try --help", Help("try")),
        ("estimate 5000", Estimate(5000)),
        ("estimate 1", Estimate(1)),
        ("estimate 999999", Estimate(999_999)),
        ("estimate 5000 high square premium", Estimate(5000, "high", "square", "premium")),
        ("estimate premium square high 5000", Estimate(5000, "high", "square", "premium")),
        ("ESTIMATE 5000 High SQUARE GPT-Image-2", Estimate(5000, "high", "square", "gpt-image-2")),
        ("  estimate\u00a05000\n high ", Estimate(5000, "high")),
        ("estimate 5000 1024X1536", Estimate(5000, size="1024x1536")),
        ("estimate 5000 10×99999", Estimate(5000, size="10x99999")),
        (
            "estimate 5000 gpt-image-2.5-sunburst-2026-09-08",
            Estimate(5000, choice="gpt-image-2.5-sunburst-2026-09-08"),
        ),
        ("estimate 100 high budget premium", Estimate(100, "high", choice="budget", others=("premium",))),
        ("estimate --batch 5000", Estimate(5000, batch=True)),
        ("estimate 5000 —batch –keep 55% ——retries=2", Estimate(5000, batch=True, keep=Decimal("0.55"), retries=2)),
        ("estimate 5000 --keep own", Estimate(5000, keep_own=True)),
        ("estimate 5000 --KEEP=OWN --retries 0", Estimate(5000, keep_own=True, retries=0)),
        ("estimate 5000 --on 2026-11-22", Estimate(5000, on=DAY)),
        ('estimate 5000 --keep="55%" --on “2026-11-22”', Estimate(5000, keep=Decimal("0.55"), on=DAY)),
        ("estimate --on=2026-11-22 5000", Estimate(5000, on=DAY)),
        ("estimate “5000” `high` --on '2026-11-22'", Estimate(5000, "high", on=DAY)),
        ("recommend", Recommend()),
        ("recommend new", Recommend("new")),
        ("recommend Quality --on 2026-11-22", Recommend("quality", on=DAY)),
        ("recommend existing gpt-image-1.5", Recommend("existing", "gpt-image-1.5")),
        ("recommend gpt-image-1.5 existing", Recommend("existing", "gpt-image-1.5")),
        ("recommend gpt-image-1.5", Recommend("existing", "gpt-image-1.5")),
        ("models", Models()),
        ("models DALL-E-3 --on 2026-11-22", Models("dall-e-3", DAY)),
        ("show 7f3k2q", Show("7f3k2q")),
        ("show AbC-9", Show("AbC-9")),
    ]
    cells.agree(table, lambda text: COMMANDS.parse(text, VOCABULARY))


def test_a_misspelled_word_is_asked_back_with_the_nearest_that_could_stand_there() -> None:
    table = [
        ("estimate 5000 hgih", "I read `hgih` as a quality: did you mean `high`?"),
        ("estimate 5000 sqaure", "I read `sqaure` as a size: did you mean `square`?"),
        ("estimate 5000 premum", "I read `premum` as a lane: did you mean `premium`?"),
        ("estimate 5000 gpt-imge-2", "I read `gpt-imge-2` as a model: did you mean `gpt-image-2`?"),
        (
            "estimate 5000 gpt-image-2.5",
            "I read `gpt-image-2.5` as a model: did you mean `gpt-image-2.5-flare` or `gpt-image-2.5-sunburst`?",
        ),
        ("estimate hgih", "I read `hgih` as a quality: did you mean `high`?"),
        ("estimate 5000 --bacth", "I read `--bacth` as an option: did you mean `--batch`?"),
        ("estmate 5000", "I read `estmate` as a command: did you mean `estimate`?"),
        ("help recomend", "I read `recomend` as a command: did you mean `recommend`?"),
        ("recommend unsre", "I read `unsre` as a situation: did you mean `unsure`?"),
        ("models gpt-image-3", "I read `gpt-image-3` as a model: did you mean `gpt-image-2`?"),
        (
            "estimate 5000 high\u200b",
            "I read `high` as a quality (it holds a character that cannot be seen): did you mean `high`?",
        ),
    ]
    cells.agree(table, refusal)


def test_a_word_of_a_kind_already_read_is_no_longer_suggested() -> None:
    assert "did you mean" not in refusal("estimate 5000 low hgih")


def test_a_doubled_word_is_refused_naming_both() -> None:
    table = [
        ("estimate 5000 low high", "I read two qualities, `low` and `high`: name one."),
        ("estimate 5000 High high", "I read two qualities, `high` and `high`: name one."),
        ("estimate 5000 square 1024x1024", "I read two sizes, `square` and `1024x1024`: name one."),
        ("estimate 5000 budget budget", "I read `budget` twice: name it once."),
        (
            "estimate 5000 budget premium legacy gpt-image-1",
            "I read 4 lanes or models: name three at most.",
        ),
        ("estimate 5000 10", "I read two counts, `5000` and `10`: name one."),
        ("recommend new unsure", "I read two situations, `new` and `unsure`: name one."),
        ("models gpt-image-1 gpt-image-2", "I read two models, `gpt-image-1` and `gpt-image-2`: name one."),
        ("estimate 5 --batch --batch", "`--batch` stands there twice. Give it once."),
        ("estimate 5 --keep 0.5 --keep own", "`--keep` stands there twice: '0.5' and 'own'. Give it once."),
        ("help estimate models", "I read `estimate` and `models`: `help` takes one word only."),
        ("show a b", "I read `a` and `b`: `show` takes one word only."),
    ]
    cells.agree(table, refusal)


def test_what_cannot_be_read_is_named() -> None:
    table = [
        ("blend", "`blend`"),
        ("5000 high", "`5000`"),
        ('"a red kite"', '`"a`'),
        ("estimate", "How many pictures? For example `estimate 5000 high square`."),
        ("estimate 5000 zzz", "`zzz`"),
        ("estimate 5000 zzz", "a quality (low, medium, high, xhigh, max, standard or hd)"),
        ("estimate 5000 \u200b", "`U+200B` (it holds a character that cannot be seen)"),
        ("estimate 5000 --batch=yes", "'yes'"),
        ("estimate 5000 --keep", "`--keep` needs a rate"),
        ("estimate 5000 --keep --batch", "`--keep` needs a rate"),
        ("estimate 5000 --on=", "`--on` needs a day"),
        ("models --batch", "`models` has no option `--batch`"),
        ("models --", "`models` has no option `--`"),
        ("show 7f --on 2026-11-22", "`show` has no option `--on`: `help show` shows what it reads."),
        ("show", "Which picture? Name its ID, as in `show 7f3k2q`."),
        ("show a/b", "`a/b`"),
        ("show " + "a" * 65, "as the ID of a picture"),
        ("recommend existing", "`recommend existing MODEL`"),
        ("recommend new gpt-image-2", "I read both `new` and `gpt-image-2`"),
    ]
    cells.agree(table, refusal, by=cells.within)


def test_a_bad_size_is_refused_as_a_number() -> None:
    sizes = ["1x1", "100000x10", "0100x100", "1,024x1,024", "1024*1024", "٥٠x٥٠", "10x10px"]
    table = [("1024x", "counts like 5000"), *((size, "1024x1024") for size in sizes)]

    def answer(size: str) -> str:
        return cells.refusal(BadNumber, COMMANDS.parse, f"estimate {size}", VOCABULARY)

    cells.agree(table, answer, by=cells.within)


def test_an_answer_repeats_at_most_thirty_characters_and_none_that_is_invisible() -> None:
    assert refusal("help " + "x" * 30).startswith(f"I know no command `{'x' * 30}`:")
    assert refusal("help " + "x" * 31).startswith(f"I know no command `{'x' * 29}…`:")
    assert refusal("help zz\u202ezz\x1b`zz").startswith("I know no command `zzzz'zz`")


def test_a_word_of_a_shell_with_white_space_in_it_was_quoted() -> None:
    table = [
        ([], Help()),
        (["estimate", "5000", "high", "--on", "2026-11-22"], Estimate(5000, "high", on=DAY)),
        (["estimate", "--help"], Help("estimate")),
        (["try", "-h"], Help("try")),
        (["try", "a red kite", "premium", "--quality", "high"], Try("a red kite", ("premium",), "high")),
        (["try", ' a "red" kite\\'], Try(' a "red" kite\\')),
        (["try", "a", "high", "castle"], Try("a high castle")),
        (["try", "a", "castle", "--lane", "premium"], Try("a castle", ("premium",))),
        (["try", "it's", "a", "dog's", "bed"], Try("it's a dog's bed")),
        (["try", '"a', 'kite"', "premium"], Try("a kite", ("premium",))),
    ]
    cells.agree(table, lambda words: COMMANDS.parse_words(words, VOCABULARY))


@pytest.mark.parametrize("words", [["try", "", "premium"], ["try", " "], ["try"], ["estimate 5000"], ["estimate", ""]])
def test_words_of_a_shell_are_refused_like_a_text(words: list[str]) -> None:
    with pytest.raises(NotUnderstood):
        COMMANDS.parse_words(words, VOCABULARY)


def test_every_example_parses_as_its_command_and_its_words_again() -> None:
    table = [example for row in COMMANDS.usages for example in row.examples]

    def check(example: str) -> None:
        command = COMMANDS.parse(example, VOCABULARY)
        assert example.startswith(type(command).__name__.lower().removesuffix("command"))
        assert COMMANDS.parse(command.words(), VOCABULARY) == command

    cells.hold(table, check)


def test_the_usages_stand_in_the_order_of_the_help() -> None:
    names = [row.name for row in COMMANDS.usages]
    assert names == [
        *("help", "estimate", "recommend", "models", "migrate", "try", "show", "bench", "spend", "budget", "digest")
    ]
    assert all(row.usage.startswith(row.name) and row.examples for row in COMMANDS.usages)


def test_canonical_words() -> None:
    table = [
        (Estimate(5000, "high", "square", on=DAY), "estimate 5000 high square --on 2026-11-22"),
        (
            Estimate(100, "high", choice="gpt-image-2", others=("budget", "gpt-image-2.5-flare"), on=DAY),
            "estimate 100 high gpt-image-2 budget gpt-image-2.5-flare --on 2026-11-22",
        ),
        (
            Estimate(5, choice="budget", batch=True, keep=Decimal("0.5500"), retries=0),
            "estimate 5 budget --batch --keep 0.55 --retries 0",
        ),
        (Estimate(5, keep=Decimal("0.123456")), "estimate 5 --keep 12.3456%"),
        (Estimate(5, keep=Decimal(1)), "estimate 5 --keep 1"),
        (Estimate(5, keep_own=True), "estimate 5 --keep own"),
        (Recommend("existing", "gpt-image-1", on=DAY), "recommend existing gpt-image-1 --on 2026-11-22"),
        (Recommend("new", kind="product-shots"), "recommend new --for product-shots"),
        (Recommend(kind="own prompts", on=DAY), 'recommend --for "own prompts" --on 2026-11-22'),
        (Estimate(5, kind="own prompts", batch=True), 'estimate 5 --batch --for "own prompts"'),
        (Try('a "red" kite', ("premium",), "high", "64x64"), 'try "a \\"red\\" kite" premium high 64x64'),
        (Help(), "help"),
        (Show("7f"), "show 7f"),
    ]
    cells.agree(table, lambda command: command.words())


def test_a_kind_of_work_keeps_the_marks_within_its_quotes() -> None:
    names = ["0' 0", "a' b", 'a" b', 'x "y" z', "x' \"y", "it's red", "0'", "0» 0", "0” 0", "a “b” c", 'a\\” "b']
    cells.agree(
        [(Recommend(kind=name).words(), Recommend(kind=name)) for name in names],
        lambda text: COMMANDS.parse(text, VOCABULARY),
    )


def test_marks_that_do_not_go_together_hold_one_word() -> None:
    typed = {
        'recommend --for "shoes» new': "shoes",
        "recommend --for “shoes« new": "shoes",
        'recommend --for "a” new': "a",
    }
    cells.agree(
        [(text, Recommend("new", kind=kind)) for text, kind in typed.items()],
        lambda text: COMMANDS.parse(text, VOCABULARY),
    )


def test_the_grammar_loads_nothing_but_the_standard_library_and_errors() -> None:
    script = "import sys, bot.grammar; print(*{name.split('.')[0] for name in sys.modules})"
    loaded = subprocess.run([sys.executable, "-I", "-c", script], capture_output=True, text=True, check=False)
    if "No module named 'bot'" in loaded.stderr:  # -I leaves the folder out where bot is not installed
        loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    foreign = {name for name in loaded.stdout.split() if name not in sys.stdlib_module_names and name != "bot"}
    assert not {"pydantic", "rich", "slack_sdk", "sqlalchemy", "openai"} & foreign


def test_B20_only_words_that_the_grammar_reads_are_offered() -> None:
    offered = {each.name: set(each.words) for each in completions(COMMANDS, VOCABULARY)}
    assert not offered["bench"] & {"in", "a", "terminal", "and", "csv", "png", "seconds", "usd", "--reject", "kept:N"}
    assert {"lane", "day", "--on"} <= offered["spend"]
    bare = {each.name: set(each.words) for each in completions(COMMANDS, VOCABULARY, values=False)}
    assert "own" in offered["estimate"] - bare["estimate"]
    assert option_values(COMMANDS, VOCABULARY)["--keep"] == ("own",)
