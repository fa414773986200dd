import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import StringIO
from typing import Any

from rich.console import Console, RenderableType

from bot import catalog
from bot.bench import own
from bot.entrypoints.commands import COMMANDS
from bot.estimate import answer as estimate_answer
from bot.estimate import printout as estimate_printout
from bot.estimate.command import Estimate
from bot.pricing import ImageSpec, KeepCount, Quotes, Size
from tests.kit import cells, terminal_answers

FACTS = catalog.load()
TODAY = date(2026, 11, 22)


def asked(words: str) -> Any:
    return terminal_answers.answer(FACTS, words, TODAY)


def page(words: str, *, details: bool = True) -> RenderableType:
    shown: RenderableType = COMMANDS.row(words.split()[0]).printout(asked(words), details)
    return shown


def printed(printout: RenderableType, width: int = 80, terminal: bool = False) -> str:
    console = Console(
        file=StringIO(), width=width, force_terminal=terminal, highlight=False, markup=False, _environ={"TERM": "xterm"}
    )
    console.print(printout, crop=False)
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def flat(text: str) -> str:
    return " ".join(text.split())


QUESTIONS = [
    "estimate 5000 high square",
    "estimate 5000 high square --keep 55% --retries 1 --batch",
    "estimate 999999 max 3840x2160 gpt-image-2.5-sunburst-2026-09-08",
    "estimate 1 --on 2026-08-01",
    "recommend",
    "recommend quality",
    "recommend unsure --on 2026-03-27",
    "recommend existing gpt-image-1-mini",
    "recommend existing gpt-image-2",
    "recommend existing dall-e-3",
    "models",
    "models --on 2026-03-27",
    "models gpt-image-2.6-sunburst",
    "help",
    "help try",
]


def test_a_pipe_gets_plain_lines_of_at_most_80_columns() -> None:
    def check(words: str) -> None:
        text = printed(page(words))
        assert "\x1b" not in text
        assert text.isascii()
        too_long = [line for line in text.splitlines() if len(line.rstrip()) > 80]
        assert all(re.fullmatch(r"\s*\S+", line) for line in too_long), too_long

    cells.hold(QUESTIONS, check)


def test_a_narrow_terminal_loses_no_word() -> None:
    prose = re.compile(r"^- (.*?)(?=\n- |\n\n|\Z)", re.MULTILINE | re.DOTALL)

    def check(words: str) -> None:
        wide, narrow = printed(page(words), width=200), printed(page(words), width=60)
        assert "…" not in narrow
        assert [flat(one) for one in prose.findall(narrow)] == [flat(one) for one in prose.findall(wide)]

    cells.hold(QUESTIONS, check)


def test_the_sentence_that_decides_then_the_table_of_an_estimate() -> None:
    lines = printed(page("estimate 5000 high square", details=False)).splitlines()
    assert [line.rstrip() for line in lines] == [
        "$263.40 on budget or premium; legacy would cost 4 times as much.",
        "",
        "Lane         Total     Each  Model",
        "budget     $263.40  $0.0527  gpt-image-2.5-flare",
        "premium    $263.40  $0.0527  gpt-image-2.5-sunburst",
        "legacy   $1,055.00   $0.211  gpt-image-2",
        "",
        "5,000 pictures, high, square. What 2.5 calls high, gpt-image-2 calls medium:",
        "$265.00.",
    ]


def test_details_sources_assumptions_and_hints_are_there_when_asked_for() -> None:
    text = flat(printed(page("estimate 5000 high")))
    for part in (
        "high 1024x1024, $0.05268 each, $263.40 in all; by tokens; 1,756 tokens each",
        "4 times as much",
        "$0.211 listed, $0.21072 by tokens.",
        "(checked 2026-11-22)",
        "No size named: square.",
        "prompt text adds about $0.0005 per 100 tokens",
        "Landscape is 22% cheaper",
    ):
        assert part in text


def test_the_cost_of_a_kept_picture_takes_the_place_of_each_and_an_end_stands_in_the_details() -> None:
    def header(words: str) -> str:
        return printed(page(words)).splitlines()[2]

    assert header("estimate 10 --on 2026-04-21").split() == ["Lane", "Total", "Each", "Model"]
    assert header("estimate 10 --keep 0.5").split() == ["Lane", "Total", "Per", "kept", "Model"]
    assert "ends on" not in printed(page("estimate 10 --on 2026-04-21"))
    assert "ends on 2026-10-23" in flat(printed(page("estimate 10 --on 2026-04-22")))


def test_one_row_is_no_table() -> None:
    assert printed(page("estimate 100 high premium", details=False)).splitlines() == [
        "$5.27 for 100 pictures on premium (gpt-image-2.5-sunburst), $0.0527 each.",
        "",
        "100 pictures, high, square. Landscape would cost 22% less.",
    ]


def test_an_unknown_price_is_called_unknown() -> None:
    text = printed(page("estimate 10 low square gpt-image-2.6-flare"))
    assert text.startswith("What 10 pictures on gpt-image-2.6-flare would cost is unknown.")
    assert "no published price" in text


def test_the_teams_own_figures_are_in_the_details() -> None:
    square = Size(1024, 1024)
    command = Estimate(100, keep_own=True)
    keeps = (KeepCount(ImageSpec("gpt-image-2.5-flare", "medium", square), 41, 50),)
    answer = estimate_answer.estimate(FACTS, command, TODAY, own.Own(keeps, ImageSpec("gpt-image-2", "medium", square)))
    text = flat(printed(estimate_printout.rendered(answer, True)))
    assert "82% kept, your own 41 of 50" in text
    assert "$3.983 less than what you run today" in text
    assert "the same as what you run today" in text


def test_a_recommendation_says_what_to_do_by_when() -> None:
    text = flat(printed(page("recommend existing gpt-image-1-mini")))
    for part in (
        "Move to gpt-image-2.5-flare by 30 Nov: gpt-image-1-mini shuts down in 9 days. Quality Now After Change",
        "low $0.005 $0.00588 +18%",
        "budget: gpt-image-2.5-flare, until 2026-11-30, on 2026-11-22",
        "Move by 2026-11-30, its last day",
        "A square picture on gpt-image-2.5-flare instead of gpt-image-1-mini",
        "Test again",
        "Image API for one picture or one edit",
    ):
        assert part in text
    assert "legacy: gpt-image-2, until 2026-12-22" in printed(page("recommend existing gpt-image-2"))


def test_the_list_of_models_says_what_ends_when_and_what_replaces_it() -> None:
    text = printed(page("models"))
    assert text.startswith("3 lanes are set; 3 models end on 1 Dec.")
    assert re.search(r"gpt-image-1-mini +\$0.011 +30 Nov\n", text)
    assert re.search(r"gpt-image-2.5-flare +budget +\$0.0132", text)
    assert re.search(r"gpt-image-2.6-flare +unknown", text)
    assert "gpt-image-1-mini: ends 2026-12-01; a square picture $0.005 to $0.036" in text
    assert "gpt-image-1: ended 2026-10-23" in text
    assert "gpt-image-2.6-flare: active; a square picture not published" in text
    assert "gpt-image-1: gpt-image-2.5-sunburst, gpt-image-2.5-flare" in text


def test_one_model_shows_its_dates_rates_and_sources() -> None:
    text = flat(printed(page("models gpt-image-1-mini")))
    for part in ("released 2025-10-06", "ends 2026-12-01 (9 days)", "batch: text in 1.00", "high $0.036", "https://"):
        assert part in text


def strange(answer: Quotes) -> Iterator[Quotes]:
    words = "[bold red]x[/bold red] [link=https://a.example]y[/link] :smile: [/]"
    yield replace(answer, deciding=words)
    yield replace(answer, hints=(words,))
    yield replace(answer, quotes=tuple(replace(quote, model=words) for quote in answer.quotes))


def test_words_are_never_read_as_markup() -> None:
    answer = asked("estimate 5")
    assert isinstance(answer, Quotes)
    for marked in strange(answer):
        text = flat(printed(estimate_printout.rendered(marked, True), width=200))
        assert "[bold red]x[/bold red] [link=https://a.example]y[/link] :smile: [/]" in text


def test_a_terminal_gets_colour() -> None:
    assert "\x1b[" in printed(page("recommend"), terminal=True)
