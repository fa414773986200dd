"""Budgets in words and bars: what is left, where the month will end, who can raise it; the form to change one; news.

edit_modal   callback budget.edit   fields `usd` (empty takes the budget away), `per`, and for a channel `project`
"""

from decimal import Decimal

from bot import money
from bot.budgets.forecast import Forecast
from bot.budgets.lines import BudgetLine, Budgets, Changed, line
from bot.budgets.news import News
from bot.errors import BudgetChanged
from bot.ledger.limits import PER, PROJECT_LETTERS, BudgetStanding, Scope
from bot.slack.message import (
    Block,
    Element,
    Message,
    View,
    actions,
    button,
    channel,
    choice_input,
    form,
    message,
    option,
    paragraph,
    person,
    small,
    text_input,
    words,
)
from bot.slack.text import bar

AMOUNT_LETTERS = 12
ELSEWHERE = "What pipelines report is spent elsewhere already: it is shown beside a budget, not held against it."


def budgets(answer: Budgets, channel_id: str | None, may_change: bool) -> Message:
    """`channel_id` is where it was asked. Only those who may change a budget get the buttons for it."""
    blocks: list[Block] = []
    for one in answer.lines:
        blocks += _shown(one, may_change)
    if may_change and channel_id and not any(one.scope == "channel" for one in answer.lines):
        blocks.append(actions(button("Set one for this channel", "budget.edit", f"channel:{channel_id}")))
    blocks += [_who(answer), small(*notes(answer))]
    sentences = [f"{name(one.scope, one.scope_id)}: {said(one)}" for one in answer.lines]
    return message(" ".join([*sentences, owners(answer), *notes(answer)]), blocks)


def name(kind: str, scope_id: str) -> str:
    return {"workspace": "This workspace", "channel": f"#{scope_id}", "person": f"@{scope_id}"}.get(
        kind, f"Project {scope_id}"
    )


def said(one: BudgetLine) -> str:
    used = "" if one.used_rate is None else f" ({percent(one.used_rate)}%)"
    reserved = f", {money.about(one.reserved_usd)} reserved" if one.reserved_usd else ""
    left = max(one.left_usd, Decimal())
    return (
        f"{money.about(one.spent_usd)} of {money.about(one.limit_usd)} per {one.per} spent{used}{reserved}, "
        f"{money.about(left)} left in {one.period}.{over(one)}{_beside(one)}"
    )


def over(one: BudgetLine) -> str:
    """By whose leave it stands over its limit."""
    if one.left_usd >= 0 or one.granted_by is None:
        return ""
    return f" Over by {money.about(-one.left_usd)}, granted by @{one.granted_by}."


def _beside(one: BudgetLine) -> str:
    ahead = "" if one.forecast is None else f" {foretold(one.forecast)}"
    reported = "" if one.reported_usd is None else f" Pipelines reported {money.about(one.reported_usd)} beside it."
    return ahead + reported


def foretold(ahead: Forecast) -> str:
    low, high = money.about(ahead.low_usd), money.about(ahead.high_usd)
    return f"By the {ahead.days} whole days so far the month ends near {money.about(ahead.usd)} ({low} to {high})."


def percent(rate: Decimal) -> int:
    """Rounded down, so that 100 means that all of it is spent."""
    return int(rate * 100)


def owners(answer: Budgets) -> str:
    listed = ", ".join(f"@{each}" for each in answer.owners)
    return f"{listed or 'Workspace admins'} can change it: budget set 50 per month."


def notes(answer: Budgets) -> tuple[str, ...]:
    percents = ", ".join(f"{each}%" for each in answer.thresholds)
    return (
        *([f"Told at {percents}, once each in its week or month."] if answer.thresholds else []),
        *(["The workspace's limit is that of the settings."] if any(not one.version for one in answer.lines) else []),
        *([f"What is drawn in this channel is for project {answer.project}."] if answer.project else []),
        ELSEWHERE,
        f"Weeks and months of {answer.zone}, as of {answer.as_of}.",
    )


def changed(answer: Changed) -> Message:
    sentence = outcome(answer)
    return message(
        f"{name(answer.scope, answer.scope_id)}: {sentence}",
        [paragraph(*_element(Scope(answer.scope, answer.scope_id)), f": {sentence}")],
    )


def outcome(answer: Changed) -> str:
    if answer.old == answer.new:
        return "nothing was changed, that is how it stands already."
    before = f"it was {answer.old}" if answer.old else "there was none"
    if answer.new is None:
        back = " The limit of the settings holds again." if answer.scope == "workspace" else ""
        return f"the budget is taken away; {before}.{back}"
    full = answer.line is not None and answer.line.left_usd <= 0
    refused = " That is spent already: what runs is finished, new pictures are refused." if full else ""
    return f"the budget is {answer.new} now; {before}.{refused}"


def overtaken(error: BudgetChanged) -> Message:
    """Somebody else was faster."""
    return message(error.sentence, overtaken_blocks(error))


def overtaken_blocks(error: BudgetChanged) -> list[Block]:
    return [paragraph(person(error.person_id) if error.person_id else "Somebody", f" {error.did}")]


def edit_modal(scope: Scope, stands: BudgetLine | None, project: str | None, about_id: str) -> View:
    """`about_id` comes back with it; it says of which budget, in which version, this is about."""
    first = None if stands is None else f"{stands.limit_usd:f}"
    options = {per: option(f"per {per}", per) for per in PER}
    blocks = [
        paragraph(*_element(scope), ": ", "no budget yet." if stands is None else said(stands)),
        text_input("usd", "Dollars (empty: no budget)", initial=first, most=AMOUNT_LETTERS, optional=True, short=True),
        choice_input("per", "For each", list(options.values()), options["month" if stands is None else stands.per]),
    ]
    if scope.kind == "channel":
        label = "Project of what is drawn here (empty: none)"
        blocks.append(text_input("project", label, initial=project, most=PROJECT_LETTERS, optional=True, short=True))
    return form("Budget", [*blocks, small(ELSEWHERE)], "budget.edit", about_id, "Save")


def alert(standing: BudgetStanding, news: News) -> Message:
    """Over before back: of several thresholds reached the highest is named, of several recovered the lowest."""
    one, scope = line(standing), standing.budget.scope
    if news.over:
        what = f" has reached {news.over[-1]}% of its budget. "
    else:
        what = f" is back under {news.back[0]}% of its budget. "
    return message(
        f"{name(scope.kind, scope.id)}{what}{said(one)}",
        [paragraph(*_element(scope), what, said(one)), paragraph(words(bar(one.used_rate), code=True))],
    )


def _shown(one: BudgetLine, may_change: bool) -> list[Block]:
    scope = Scope(one.scope, one.scope_id)
    filled = words(f"{bar(one.used_rate)}", code=True)
    blocks = [paragraph(*_element(scope), f": {said(one)}\n", filled)]
    if may_change:
        value = f"{one.scope}:{one.scope_id}"
        blocks.append(actions(button("Edit", "budget.edit", value, f"Edit: {name(one.scope, one.scope_id)}")))
    return blocks


def _element(scope: Scope) -> list[Element]:
    if scope.kind == "channel":
        return [channel(scope.id)]
    return [person(scope.id) if scope.kind == "person" else words(name(scope.kind, scope.id), bold=True)]


def _who(answer: Budgets) -> Block:
    people: list[Element | str] = [part for each in answer.owners for part in (person(each), " ")]
    example = words("budget set 50 per month", code=True)
    return paragraph(*(people or ["Workspace admins "]), "can change it: ", example, ".")
