"""One table of commands: its rows hold together, the grammar knows none of them, and a new one is one line."""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from pkgutil import resolve_name
from typing import Any, ClassVar

import pytest

from bot.entrypoints.cli import main
from bot.entrypoints.commands import COMMANDS, with_help
from bot.entrypoints.slack.questions import Questions
from bot.errors import NotUnderstood
from bot.grammar import At, Audience, CommandRow, CommandUsage, FactAnswer, Vocabulary, options
from bot.grammar.canonical import joined, with_option
from bot.grammar.completions import completions
from bot.grammar.row import always, to_thread
from bot.grammar.sorting import bare_options
from bot.playground.people import ANA, STUDIO, TEAM
from bot.pricing.facts import Catalog
from bot.slack.asker import Asker
from bot.slack.message import Message, message, paragraph
from bot.slack.request import SlackRequest
from tests.grammar.test_grammar import VOCABULARY
from tests.kit import cells
from tests.kit.processes import ROOT
from tests.kit.slack_door import House


@dataclass(frozen=True)
class Weekday:
    name: ClassVar[str] = "weekday"

    on: date | None = None

    def words(self) -> str:
        return joined("weekday", with_option("on", self.on))


@dataclass(frozen=True)
class NamedDay:
    day: date
    called: str


USAGE = CommandUsage("weekday", "weekday [--on DATE]", "Which day of the week it is.", ("weekday --on 2026-11-28",))


def read(words: Sequence[str], _vocabulary: Vocabulary) -> Weekday:
    _, given = bare_options(USAGE, words, options.DATED)
    return Weekday(options.day(given))


def answer(_facts: Catalog, asked: Weekday, today: date, horizon_days: int = 0) -> NamedDay:
    day = asked.on or today
    return NamedDay(day, f"{day:%A}")


def blocks(found: NamedDay, _words: str) -> Message:
    return message(found.called, [paragraph(found.called)])


WEEKDAY = CommandRow(USAGE, read, FactAnswer(answer, blocks), to_thread, always, printout=lambda found, _: found.called)
TABLE = with_help({"weekday": lambda: WEEKDAY})


def places(value: Any) -> Iterator[str]:
    if isinstance(value, At):
        yield value.place
    elif isinstance(value, CommandRow) or hasattr(value, "__dataclass_fields__"):
        for field in fields(value):
            yield from places(getattr(value, field.name))


@pytest.mark.parametrize("name", COMMANDS.names)
def test_every_row_has_the_name_of_its_line_and_points_to_functions(name: str) -> None:
    row = COMMANDS.row(name)
    assert row.usage.name == name
    assert row.usage.usage.split()[0] == name
    for example in row.usage.examples:
        command = COMMANDS.parse(example, VOCABULARY)
        assert COMMANDS.of(command) is row
    for place in places(row):
        assert callable(resolve_name(place)), place


def test_what_only_asks_and_who_may_see_the_answer() -> None:
    table = [
        ("help", (True, Audience.THREAD)),
        ("estimate 5", (True, Audience.THREAD)),
        ("try a kite", (False, Audience.POSTED)),
        ("show 7f3k2q", (True, Audience.ASKER)),
        ("spend by lane", (True, Audience.INSIDE)),
        ("spend by person", (True, Audience.ASKER)),
        ("budget", (True, Audience.ASKER)),
        ("budget all", (True, Audience.ASKER)),
        ("budget show for project kites", (True, Audience.ASKER)),
        ("budget off", (False, Audience.ASKER)),
        ("digest preview", (True, Audience.ASKER)),
        ("digest post", (False, Audience.ASKER)),
        ("bench verdict 7f3k2q9xd4", (True, Audience.ASKER)),
        ("bench stop 7f3k2q9xd4", (False, Audience.ASKER)),
    ]

    def told(words: str) -> tuple[bool, Audience]:
        command = COMMANDS.parse(words, VOCABULARY)
        row = COMMANDS.of(command)
        return row.only_asks(command), row.audience(command)

    cells.agree(table, told)


def test_the_grammar_knows_no_command_by_name() -> None:
    for path in (ROOT / "bot/grammar").glob("*.py"):
        said = {node.value for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Constant)}
        assert not said & set(COMMANDS.names), path


def test_a_new_command_is_read_and_explained_by_its_row() -> None:
    assert TABLE.parse("weekday --on 2026-11-28", VOCABULARY) == Weekday(date(2026, 11, 28))
    assert TABLE.parse("weekday --help", VOCABULARY) == TABLE.parse("help weekday", VOCABULARY)
    assert [each.words for each in completions(TABLE, VOCABULARY)] == [("weekday",), ("--on",)]
    with pytest.raises(NotUnderstood, match="did you mean `weekday`"):
        TABLE.parse("weekdy", VOCABULARY)
    with pytest.raises(NotUnderstood, match=r"I know no command `estimate`: `help` shows"):
        TABLE.parse("estimate 5000", VOCABULARY)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["weekday", "--on", "2026-11-28"], "Saturday"),
        (["weekday", "--on", "2026-11-28", "--json"], '"called": "Saturday"'),
        (["help"], "imagelane weekday"),
        (["help", "--details"], "weekday [--on DATE]"),
        (["weekday", "--help"], "imagelane weekday --on 2026-11-28"),
    ],
)
def test_a_new_command_is_answered_in_a_terminal(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words, TABLE) == 0
    assert said in capsys.readouterr().out


def test_a_new_command_is_answered_and_shared_in_slack(door: House) -> None:
    house = door.house()
    questions = Questions(TABLE, {}, house.catalog, VOCABULARY, house.quick, house.clock, 30)
    command = questions.carried("weekday --on 2026-11-28")
    request = SlackRequest(Asker(TEAM, ANA, STUDIO, None, ""), "key")
    said = questions.answer(request, command)
    assert said == questions.again(TEAM, command)
    assert said is not None
    assert said.text == "Saturday"
    assert questions.audience(TEAM, command) is Audience.THREAD
