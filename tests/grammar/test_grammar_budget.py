"""`budget` as people type it."""

from decimal import Decimal

from bot.budgets.command import BudgetCommand
from bot.entrypoints.commands import COMMANDS
from bot.ledger.limits import WORKSPACE, Scope
from tests.grammar.test_grammar import VOCABULARY, refusal
from tests.kit import cells


def test_a_budget_is_read() -> None:
    table = [
        ("budget", BudgetCommand()),
        ("Budget SHOW", BudgetCommand()),
        ("budget requests", BudgetCommand("requests")),
        ("budget set 50 per month", BudgetCommand("set", Decimal(50), "month")),
        ("budget set $12.50 PER Week for workspace", BudgetCommand("set", Decimal("12.5"), "week", WORKSPACE)),
        (
            "budget set 0 per week for #C0SAMPLEGEN",
            BudgetCommand("set", Decimal(0), "week", Scope("channel", "C0SAMPLEGEN")),
        ),
        (
            "budget set 5 per week for @U0SAMPLEANA",
            BudgetCommand("set", Decimal(5), "week", Scope("person", "U0SAMPLEANA")),
        ),
        (
            "budget set 5 per week for project kites",
            BudgetCommand("set", Decimal(5), "week", Scope("project", "kites")),
        ),
        ('budget off for project "red kites"', BudgetCommand("off", scope=Scope("project", "red kites"))),
        ("budget off", BudgetCommand("off")),
        ("budget all", BudgetCommand("all")),
        ("budget show for workspace", BudgetCommand("one", scope=WORKSPACE)),
        ("budget show for project kites", BudgetCommand("one", scope=Scope("project", "kites"))),
        ("budget show for #C0SAMPLEGEN", BudgetCommand("one", scope=Scope("channel", "C0SAMPLEGEN"))),
        ("budget show for @U0SAMPLEANA", BudgetCommand("one", scope=Scope("person", "U0SAMPLEANA"))),
    ]
    cells.agree(table, lambda typed: COMMANDS.parse(typed, VOCABULARY))


def test_a_shell_may_have_quoted_the_project() -> None:
    words = ["budget", "off", "for", "project", "red kites"]
    assert COMMANDS.parse_words(words, VOCABULARY) == BudgetCommand("off", scope=Scope("project", "red kites"))


def test_what_could_mean_two_things_is_asked_about() -> None:
    table = [
        ("budget set", "How much? I read `budget set 50 per month`"),
        ("budget set 50", "Per week or per month? I read `budget set 50 per month`."),
        ("budget set 5k per month", "I read amounts like 25 or 12.50; I could not read '5k'."),
        ("budget set -5 per month", "I could not read"),
        ("budget set 50 per mnth", "I read `mnth` as a period: did you mean `month`?"),
        ("budget set 50 per day", "a budget is per week or per month."),
        ("budget sett 50 per month", "did you mean `set`?"),
        ("budget set 50 per month for", "For whom?"),
        ("budget set 50 per month for all", "For whom?"),
        ("budget set 50 per month for #general", "choose it from Slack's list"),
        ("budget set 50 per month for @sam", "I could not find the person `@sam`"),
        ("budget set 50 per month for project", "For whom?"),
        ("budget off now", "I could not read `now`"),
        ("budget request", "did you mean `requests`?"),
        ("budget requests for me", "I could not read `for`"),
        ("budget show me", "I could not read `me`"),
        ("budget show for", "For whom?"),
        ("budget all of them", "I could not read `of`"),
    ]
    cells.agree(table, refusal, by=cells.within)
