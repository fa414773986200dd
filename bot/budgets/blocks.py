"""Budgets as Slack shows them: what is left and a bar each, the tightest first; what a change came to; news of one."""

from collections.abc import Sequence

from bot.budgets import words as budget_words
from bot.budgets.command import BudgetCommand
from bot.budgets.lines import BudgetLine, Budgets, Changed, line
from bot.budgets.news import News
from bot.budgets.words import FINE, NEAR, SPENT, STOPPED, Called
from bot.errors import BudgetChanged
from bot.ledger.limits import BudgetStanding, Scope
from bot.slack import frame
from bot.slack.message import (
    Block,
    Element,
    Message,
    View,
    bullets,
    button,
    channel,
    emoji,
    paragraph,
    person,
    rich,
    section,
    words,
)
from bot.slack.text import bar, plain, width
from bot.slack.windows import modal, option

CIRCLES = {FINE: "large_green_circle", NEAR: "large_yellow_circle", SPENT: "red_circle", STOPPED: "red_circle"}
MOST_OTHERS = 5  # beside what holds for who asks; all of them have an answer of their own
MOST_BARS = 40
OPTION_VALUE = 150
NAME_LETTERS = 60
TITLE = "Budgets"


def budgets(answer: Budgets, asked: BudgetCommand, called: Called, may_change: bool) -> Message:
    """Only those who may change budgets get the buttons for it."""
    bars = [*budget_words.tightest(answer.lines), *budget_words.tightest(answer.others)[:MOST_OTHERS]]
    hidden = len(answer.lines) + len(answer.others) - len(bars)
    if asked.act == "all":
        lead = budget_words.all_lead(answer.lines, called)
    else:
        lead = budget_words.answer_lead(answer, called)
    grey = budget_words.grey(answer, lead, called, hidden)
    first = 0 if asked.act == "all" else 1  # which the lead has said
    sentences = [budget_words.sentence(one, called) for one in bars[first:]] if len(bars) > 1 else []
    steps = _changing(bars, asked, called) if may_change else []
    steps += frame.run(f"All {len(bars) + hidden}", "budget all") if hidden and may_change else []
    return frame.framed(
        lead,
        *([gauges(bars)] if bars else []),
        rest=" ".join([*sentences, grey]),
        grey=grey,
        steps=[*steps, _details(asked)],
    )


def gauges(lines: Sequence[BudgetLine]) -> Block:
    """A line each; what one alone stands at has been said before it."""
    rest = len(lines) - MOST_BARS
    parts: list[Element | str] = []
    for one in lines[:MOST_BARS]:
        parts += [*(["\n"] if parts else []), *_gauge(one, alone=len(lines) == 1)]
    return paragraph(*parts, *([f"\n… {rest} more"] if rest > 0 else []))


def _gauge(one: BudgetLine, *, alone: bool) -> list[Element | str]:
    filled = "Stopped" if budget_words.state(one) == STOPPED else bar(one.used_rate)
    parts = [emoji(circle(one)), f" {filled}  ", *whose(one.whose)]
    return parts if alone or budget_words.state(one) == STOPPED else [*parts, f": {budget_words.left(one)}"]


def circle(one: BudgetLine) -> str:
    return CIRCLES[budget_words.state(one)]


def whose(scope: Scope) -> list[Element | str]:
    """Slack's own elements where it has them."""
    if scope.kind == "channel":
        return [channel(scope.id)]
    if scope.kind == "person":
        return [person(scope.id)]
    return ["This workspace" if scope.kind == "workspace" else f"Project {plain(scope.id, NAME_LETTERS)}"]


def _changing(lines: Sequence[BudgetLine], asked: BudgetCommand, called: Called) -> list[Element]:
    """`Edit…` asks which where there are several. What does not fit a select is changed by its words alone."""
    if not lines:
        return [button("Set one…", "budget.edit", value(asked, asked.scope))]
    values = [(one.whose, value(asked, one.whose)) for one in lines]
    if len(values) == 1:
        edit = [button("Edit…", "budget.edit", values[0][1])]
    else:
        fit = [option(_label(scope, called), each) for scope, each in values if width(each) <= OPTION_VALUE]
        edit = [frame.select("Edit…", "budget.edit", fit[:100])] if fit else []
    return [*edit, button("Set another…", "budget.set", value(asked, asked.scope))]


def _label(scope: Scope, called: Called) -> str:
    return budget_words.begun(budget_words.name(scope, called, NAME_LETTERS))


def value(asked: BudgetCommand, scope: Scope) -> str:
    """Under which answer, and which budget: `show:channel:C012ABC`."""
    return f"{asked.act}:{scope.kind}:{scope.id}"


def _details(asked: BudgetCommand) -> Element:
    return button("Details", "budget.details", value(asked, asked.scope))


def details(answer: Budgets, called: Called) -> View:
    """Everything behind an answer: a bold name, then bullets."""
    lines = [*budget_words.tightest(answer.lines), *budget_words.tightest(answer.others)][:MOST_BARS]
    blocks = [
        rich(section(*_bold(one.whose)), bullets(*([each] for each in budget_words.details(one, answer, called))))
        for one in lines
    ]
    blocks.append(_told("Rules", budget_words.rules(answer, called)))
    if answer.changes:
        blocks.append(_told("Last changes", [budget_words.past(one, answer, called) for one in answer.changes]))
    return modal(TITLE, blocks)


def _told(title: str, sentences: Sequence[str]) -> Block:
    return rich(section(words(title, bold=True)), bullets(*([each] for each in sentences)))


def _bold(scope: Scope) -> list[Element | str]:
    return [words(part, bold=True) if isinstance(part, str) else part for part in whose(scope)]


def changed(answer: Changed, called: Called) -> Message:
    """Who changed one may change it again."""
    scope = Scope(answer.scope, answer.scope_id)
    asked = BudgetCommand("one", scope=scope)
    before = budget_words.before(answer)
    edit = [button("Edit…", "budget.edit", value(asked, scope))] if answer.line else []
    return frame.framed(
        budget_words.changed(answer, called),
        *([gauges([answer.line])] if answer.line else []),
        rest=before,
        grey=before,
        steps=[*frame.run("Show budgets", "budget show"), *edit, _details(asked)],
    )


def overtaken(error: BudgetChanged, called: Called) -> Message:
    """Somebody else was faster."""
    lead = f"{budget_words.who(error.person_id or None, called).capitalize()} {error.did}"
    return frame.framed(lead, steps=frame.run("Show budgets", "budget show"))


def overtaken_window(error: BudgetChanged) -> View:
    return modal("Budget", [paragraph(person(error.person_id) if error.person_id else "Somebody", f" {error.did}")])


def alert(standing: BudgetStanding, news: News, called: Called, raised_by: str) -> Message:
    """`raised_by` are those who can raise it, as the start of a sentence."""
    one = line(standing)
    lead = budget_words.news(one, news, called)
    left = budget_words.begun(f"{budget_words.left(one)}.")
    grey = f"{raised_by} can raise it." if news.over else ""
    said = budget_words.left(one) in lead
    return frame.framed(
        lead,
        *([] if said else [paragraph(left)]),
        gauges([one]),
        rest=" ".join(([] if said else [left]) + [grey]),
        grey=grey,
        steps=frame.run("Show budgets", "budget show"),
    )
