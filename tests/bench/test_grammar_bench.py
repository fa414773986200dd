"""`bench` as typed: what is drawn on what, in the same words at every door."""

import shlex
from decimal import Decimal

import pytest

from bot.bench.command import BenchCommand
from bot.entrypoints.commands import COMMANDS
from bot.entrypoints.help import Help
from bot.errors import NotUnderstood
from tests.grammar.test_grammar import VOCABULARY
from tests.kit import cells

RUN = "bench run --prompts product-shots --lanes budget,premium"


def read(line: str) -> object:
    return COMMANDS.parse_words(shlex.split(line), VOCABULARY)


def test_a_bench_is_read() -> None:
    table = [
        ("bench", BenchCommand("plan")),
        (
            "bench plan --lanes budget,premium --prompts kept:20 --quality HIGH",
            BenchCommand("plan", lanes=(("budget", None), ("premium", None)), prompts="kept:20", quality="high"),
        ),
        ("bench list", BenchCommand("list")),
        ("bench verdict 7f3k2q9xd4", BenchCommand("verdict", "7f3k2q9xd4")),
        ("bench close 7f3k2q9xd4", BenchCommand("close", "7f3k2q9xd4")),
        ("BENCH Show 7f3k2q9xd4", BenchCommand("show", "7f3k2q9xd4")),
        ("bench export 7f3k2q9xd4 'my bench.csv'", BenchCommand("export", "7f3k2q9xd4", file="my bench.csv")),
        (RUN, BenchCommand("run", prompts="product-shots", lanes=(("budget", None), ("premium", None)))),
        (
            "bench run --prompts 'my prompts.txt' --lanes Budget:low,premium:HIGH,gpt-image-2 --quality medium "
            "--size square --reviewers 3 --cap 2.50 --tag 'spring banners' --reject-seconds 60 "
            "--reject-usd-per-hour 45 --yes",
            BenchCommand(
                "run",
                prompts="my prompts.txt",
                lanes=(("budget", "low"), ("premium", "high"), ("gpt-image-2", None)),
                quality="medium",
                size="square",
                reviewers=3,
                cap=Decimal("2.50"),
                tag="spring banners",
                reject_seconds=Decimal(60),
                reject_usd_per_hour=Decimal(45),
                yes=True,
            ),
        ),
        (
            "bench rerun 7f3k2q9xd4 --lanes premium,legacy",
            BenchCommand("rerun", "7f3k2q9xd4", lanes=(("premium", None), ("legacy", None))),
        ),
        ("bench --help", Help("bench")),
        ("help bench", Help("bench")),
    ]

    def check(line: str, command: BenchCommand | Help) -> None:
        assert read(line) == command
        assert read(command.words()) == command

    cells.hold(table, check)


def test_what_cannot_be_read_is_refused_in_a_sentence() -> None:
    table = [
        ("bench runn", "did you mean `run`"),
        ("bench run --lanes budget,premium", "needs --prompts"),
        ("bench run --prompts product-shots", "needs --lanes"),
        ("bench rerun 7f3k2q9xd4 --lanes budget,premium --prompts x", "no --prompts"),
        (f"{RUN} now", "could not read `now`"),
        (f"{RUN.replace('premium', 'premum')}", "did you mean `premium`"),
        (f"{RUN}:hgih", "did you mean `high`"),
        (f"{RUN} --cap 5k", "amounts like 25"),
        (f"{RUN} --reviewers three", "whole numbers"),
        ("bench show", "Which bench?"),
        ("bench show ../../etc", "as the ID of a bench"),
        ("bench show 7f3k2q9xd4 --yes", "takes no `--yes`"),
        ("bench stop 7f3k2q9xd4 8f3k2q9xd4", "could not read `8f3k2q9xd4`"),
    ]
    cells.agree(table, lambda line: cells.refusal(NotUnderstood, read, line), by=cells.within)


@pytest.mark.parametrize("line", ["bench", "bench list", "bench show 7f3k2q9xd4", RUN])
def test_it_is_read_alike_at_every_door(line: str) -> None:
    assert COMMANDS.parse(line, VOCABULARY) == read(line)


def test_every_example_of_its_usage_is_understood() -> None:
    (usage,) = [row for row in COMMANDS.usages if row.name == "bench"]
    for example in usage.examples:
        assert isinstance(read(example), BenchCommand)
