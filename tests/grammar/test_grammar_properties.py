"""Any words: only refusals of our own come out, and canonical words are read back as the same command."""

from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.budgets.command import BudgetCommand
from bot.digest.command import Digest
from bot.entrypoints.commands import COMMANDS
from bot.entrypoints.help import Help
from bot.errors import BadPrompt, NotUnderstood
from bot.estimate.command import Estimate
from bot.grammar import LANES, SHAPES, Command
from bot.grammar.vocabulary import DIMENSIONS
from bot.grammar.words import option
from bot.ledger.limits import WORKSPACE, Scope
from bot.periods import Days, LastDays, NamedPeriod, month_of, week_of
from bot.recommend.command import Models, Recommend
from bot.samples.command import Show, Try, checked
from bot.spend.command import Spend
from tests.grammar.test_grammar import VOCABULARY

TYPICAL = (
    "help estimate recommend models try show spend budget 5000 0 5k -1 NaN high hgih low square 1024x1024 1x1 ９９ "
    "premium legacy new existing quality gpt-image-2 gpt-image-9 --batch —batch --keep 0.55 55% own --retries 3 "
    "--on 2026-11-22 2026-02-30 --on=2026-11-22 --lane --lane=budget --quality --size= -- — - = this last week month "
    "digest preview post on off mon Thursday 09:00 9:5 24:00 Europe/Berlin --week 2026-w46 "
    "days 7 by lane person in project #C0SAMPLE #general all today 2026-W46 2026-W54 2026-10 2026-10-05..2026-10-11 to "
    '\' " “ ” „ « » ‘ ’ \\ \\" ` '
    "it's a kite, <!here> set off for per workspace @U0SAMPLE "
    "\u200b \x00 \ud800 \u202e 🪁"
)
FRAGMENTS = st.sampled_from(TYPICAL.split())
TYPED = st.text(max_size=60) | st.lists(FRAGMENTS | st.text(max_size=5), max_size=9).flatmap(
    lambda words: st.sampled_from(
        [
            " ".join(words),
            "".join(words),
            "spend " + " ".join(words),
            "budget " + " ".join(words),
            "digest " + " ".join(words),
            "try " + " ".join(words),
            'try "' + "".join(words),
        ]
    )
)
DAYS = st.none() | st.dates(date(2020, 1, 1), date(2099, 12, 31))
PIXELS = st.integers(30, 99_999)  # two sides below 30 are a ratio, as in 16x9
SIZES = st.none() | st.sampled_from(SHAPES) | st.builds(lambda width, height: f"{width}x{height}", PIXELS, PIXELS)
QUALITIES = st.none() | st.sampled_from(VOCABULARY.qualities)
MODELS = st.sampled_from(tuple(VOCABULARY.models))
CHOICES = st.sampled_from(LANES) | MODELS
KEEPS = st.builds(lambda part: Decimal(part) / 1_000_000, st.integers(1, 1_000_000))
KEPT = st.none() | KEEPS


def usable(prompt: str) -> bool:
    try:
        return bool(checked(prompt))
    except BadPrompt:
        return False


def spoken(name: str) -> bool:
    """Not a word of the grammar itself, nor an option or a channel: those are read as what they are."""
    words = name.split()
    return bool(words) and name != "project" and not any(option(word) for word in words)


PROMPTS = (st.text(min_size=1, max_size=60) | st.text(alphabet="a\\\"'“”„ \n—-", min_size=1, max_size=20)).filter(
    usable
)
SPAN = st.dates(date(2020, 1, 1), date(2099, 12, 31))
WEEKS = st.dates(date(2020, 1, 10), date(2099, 12, 20)).map(week_of)
PERSON_IDS = st.from_regex(r"[UW][A-Z0-9]{2,20}", fullmatch=True)
CHANNEL_IDS = st.from_regex(r"[CGD][A-Z0-9]{2,20}", fullmatch=True)
PERIODS = st.one_of(
    st.sampled_from(NamedPeriod),
    st.integers(1, 366).map(LastDays),
    st.builds(lambda one, other: Days(min(one, other), max(one, other)), SPAN, SPAN),
    SPAN.map(month_of),
    WEEKS,
)
WORD = st.text(min_size=1, max_size=12).filter(lambda word: word.isprintable() and not word.isspace())
PROJECTS = st.lists(WORD, min_size=1, max_size=3).map(lambda words: " ".join(" ".join(words).split())).filter(spoken)
KINDS = PROJECTS.filter(lambda name: name[0].isalnum())
AMOUNTS = st.builds(lambda part: Decimal(part) / 10_000, st.integers(0, 9_999_999_999))
BUDGET_SCOPES = st.one_of(
    st.just(WORKSPACE),
    st.from_regex(r"[CGD][A-Z0-9]{2,20}", fullmatch=True).map(lambda name: Scope("channel", name)),
    PERSON_IDS.map(lambda name: Scope("person", name)),
    PROJECTS.map(lambda name: Scope("project", name)),
)
TYPED_COMMANDS: st.SearchStrategy[Command] = st.one_of(
    st.builds(
        Estimate,
        st.integers(1, 999_999),
        QUALITIES,
        SIZES,
        st.none() | CHOICES,
        batch=st.booleans(),
        keep=KEPT,
        retries=st.none() | st.integers(0, 99),
        kind=st.none() | KINDS,
        on=DAYS,
    ),
    st.lists(CHOICES, min_size=2, max_size=3, unique=True).map(
        lambda named: Estimate(100, choice=named[0], others=tuple(named[1:]))
    ),
    st.builds(Estimate, st.integers(1, 999_999), keep_own=st.just(True), on=DAYS),
    st.builds(Recommend, st.sampled_from([None, "new", "quality", "unsure"]), kind=st.none() | KINDS, on=DAYS),
    st.builds(Recommend, st.just("existing"), MODELS, on=DAYS),
    st.builds(Models, st.none() | MODELS, DAYS),
    st.builds(Help, st.sampled_from([None, *(usage.name for usage in COMMANDS.usages)])),
    st.builds(Show, st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,63}", fullmatch=True)),
    st.builds(Spend, st.none() | PERIODS, st.none() | st.sampled_from(DIMENSIONS), st.none() | PROJECTS, on=DAYS),
    st.builds(Spend, st.none() | PERIODS, project=st.none() | PROJECTS, lane=st.sampled_from(LANES)),
    st.builds(Spend, by=st.none() | st.sampled_from(DIMENSIONS), model=MODELS, on=DAYS),
    st.builds(Spend, channel_id=st.none() | CHANNEL_IDS, person_id=PERSON_IDS),
    st.builds(BudgetCommand),
    st.just(BudgetCommand("all")),
    st.builds(BudgetCommand, st.just("one"), scope=BUDGET_SCOPES),
    st.builds(BudgetCommand, st.just("off"), scope=BUDGET_SCOPES),
    st.builds(BudgetCommand, st.just("set"), AMOUNTS, st.sampled_from(["week", "month"]), BUDGET_SCOPES),
    st.builds(Spend, channel_id=CHANNEL_IDS, by=st.none()),
    st.builds(Digest, st.sampled_from([None, "preview"]), st.none() | WEEKS, on=DAYS),
    st.builds(Digest, st.just("post"), st.none() | WEEKS),
    st.builds(
        Digest,
        st.just("on"),
        weekday=st.none() | st.integers(0, 6),
        at=st.none() | st.builds(time, st.integers(0, 23), st.integers(0, 59)),
        zone=st.none() | st.sampled_from(["UTC", "America/Argentina/Buenos_Aires", "Etc/GMT+12", "EST5EDT"]),
        channel_id=st.none() | CHANNEL_IDS,
    ),
    st.builds(Digest, st.just("off"), channel_id=st.none() | CHANNEL_IDS),
    st.builds(Try, PROMPTS, st.lists(CHOICES, max_size=3, unique=True).map(tuple), QUALITIES, SIZES),
)


def check_refusals(text: str) -> None:
    for words in (None, text.split(), text.split(" ")):
        try:
            command = COMMANDS.parse(text, VOCABULARY) if words is None else COMMANDS.parse_words(words, VOCABULARY)
        except NotUnderstood as error:
            sentence = str(error)
            assert 10 < len(sentence) < 500
            assert "\x00" not in sentence
            sentence.encode()  # a lone surrogate in it would break the answer
        else:
            assert COMMANDS.parse(command.words(), VOCABULARY) == command


def check_words(command: Command) -> None:
    assert COMMANDS.parse(command.words(), VOCABULARY) == command
    assert COMMANDS.parse(f"  {command.words()}\n", VOCABULARY) == command


@settings(max_examples=100, deadline=None)
@given(TYPED)
def test_R66_any_text_is_read_or_refused_with_a_sentence(text: str) -> None:
    check_refusals(text)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TYPED_COMMANDS)
def test_canonical_words_are_read_back_as_the_same_command(command: Command) -> None:
    check_words(command)


@pytest.mark.soak
@pytest.mark.timeout(900)
@settings(max_examples=20_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TYPED)
def test_R66_any_text_is_read_or_refused_with_a_sentence_20_000_times(text: str) -> None:
    check_refusals(text)


@pytest.mark.soak
@pytest.mark.timeout(900)
@settings(max_examples=20_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TYPED_COMMANDS)
def test_canonical_words_are_read_back_as_the_same_command_20_000_times(command: Command) -> None:
    check_words(command)
