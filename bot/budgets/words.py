"""Budgets in sentences, the same at every door: what is left of them, now and at the end, and what a change came to.

`called` says what a channel or a person is called, such as #art or Ana.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot import periods
from bot.budgets.lines import BudgetLine, Budgets, Changed, PastChange
from bot.budgets.news import News
from bot.ledger.limits import WORKSPACE, Scope
from bot.money import cents, dollars
from bot.slack import text

Called = Callable[[Scope], str]

LEAD_LETTERS = 80
GREY_LETTERS = 90
NAME_LETTERS = 24
WHOLE = " in this workspace"
NEARLY = Decimal("0.8")
FINE, NEAR, SPENT, STOPPED = "fine", "near", "spent", "stopped"
ELSEWHERE = "What pipelines report is spent elsewhere already: it is shown beside a budget, not held against it"
REFUSED = "What runs is finished, new pictures are refused."


def state(one: BudgetLine) -> str:
    """What is held for pictures under way is no longer there for others."""
    if not one.limit_usd:
        return STOPPED
    if one.left_usd <= 0:
        return SPENT
    return NEAR if one.used_rate is not None and one.used_rate >= NEARLY else FINE


def tightest(lines: Iterable[BudgetLine]) -> list[BudgetLine]:
    """The one that will refuse first stands first."""
    return sorted(lines, key=lambda one: (one.left_usd, one.limit_usd, one.scope, one.scope_id))


# One budget


def name(scope: Scope, called: Called, letters: int = NAME_LETTERS) -> str:
    """As it stands within a sentence: this workspace, #art, Ana, project kites."""
    if scope == WORKSPACE:
        return "this workspace"
    if scope.kind == "project":
        return f"project {text.plain(scope.id, letters)}"
    return text.plain(called(scope), letters)


def left(one: BudgetLine) -> str:
    """`$7.40 of $12.00 left this week`."""
    if state(one) == STOPPED:
        return "stopped, no paid pictures"
    if state(one) == SPENT:
        over = f", over by {cents(-one.left_usd)}" if one.left_usd < 0 else ""
        return f"nothing of {cents(one.limit_usd)} is left this {one.per}{over}"
    return f"{cents(one.left_usd)} of {cents(one.limit_usd)} left this {one.per}"


def lead(one: BudgetLine, called: Called) -> str:
    """What is left, of whose budget, and what will be left at its end where that fits."""
    if state(one) == STOPPED:
        return _fitting("Stopped: no paid pictures", _of(one.whose, called) or WHOLE, ".")
    sentence = begun(left(one))
    whole = f"{sentence}{_of(one.whose, called)}{_granted(one, called)}{_at_its_end(one)}."
    return whole if len(whole) <= LEAD_LETTERS else _fitting(sentence, _of(one.whose, called), ".")


def sentence(one: BudgetLine, called: Called) -> str:
    """The same of one among several: its name first."""
    return f"{begun(name(one.whose, called))}: {left(one)}{_granted(one, called)}{_at_its_end(one)}."


def _granted(one: BudgetLine, called: Called) -> str:
    """By whose leave it stands over its limit."""
    return f", granted by {who(one.granted_by, called)}" if one.granted_by else ""


def _of(scope: Scope, called: Called) -> str:
    before = {"workspace": "", "channel": " in "}.get(scope.kind, " for ")
    return before and before + name(scope, called)


def _at_its_end(one: BudgetLine) -> str:
    if one.forecast is None or state(one) in (SPENT, STOPPED):
        return ""
    rest = one.limit_usd - one.forecast.usd
    if rest <= 0:
        return "; nothing will be left at its end"
    is_rough = rest >= 10 and one.left_usd - rest >= 1  # or it could seem to grow
    return f"; about {f'${rest:,.0f}' if is_rough else cents(rest)} will be left at its end"


# All that was asked about


def answer_lead(answer: Budgets, called: Called) -> str:
    if not answer.lines:
        return _fitting("", begun(name(answer.asked or WORKSPACE, called)), " has no budget of its own.")
    return lead(tightest(answer.lines)[0], called)


def all_lead(lines: Sequence[BudgetLine], called: Called) -> str:
    if len(lines) == 1:
        return lead(lines[0], called)
    states = [state(one) for one in lines]
    said = {STOPPED: "stopped", SPENT: "spent"}
    parts = [f"{states.count(each)} {_are(states.count(each))} {word}" for each, word in said.items() if each in states]
    near = states.count(NEAR)
    parts += [f"{near} {'has' if near == 1 else 'have'} a fifth left or less"] if near else []
    return f"{len(lines)} budgets{': ' + ', '.join(parts) if parts else ', all with more than a fifth left'}."


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def grey(answer: Budgets, lead: str, called: Called, hidden: int = 0) -> str:
    """What was filled in and the one caution, as far as they fit; first of all what the lead had no room for."""
    project = text.plain(answer.project or "", NAME_LETTERS)
    reported = next((one for one in answer.lines if one.reported_usd), None)
    settings = any(not one.version for one in answer.lines) and not answer.others
    parts = (
        _granted_beside(answer, lead, called),
        f"{hidden} more under All." if hidden else "",
        f"What is drawn here is for project {project}." if project else "",
        "Pictures are demos here and cost nothing." if answer.demo else "",
        ""
        if reported is None
        else f"Pipelines reported {cents(reported.reported_usd)} beside it, not held against it.",
        "The workspace's limit is that of the settings." if settings else "",
    )
    return together(parts)


def _granted_beside(answer: Budgets, lead: str, called: Called) -> str:
    """Only of the budget that the lead tells of."""
    first = next(iter(tightest(answer.lines)), None)
    if first is None or not first.granted_by or not lead.startswith(begun(left(first))):
        return ""
    return "" if _granted(first, called) in lead else f"What is over was granted by {who(first.granted_by, called)}."


def together(parts: Iterable[str], most: int = 2) -> str:
    """The first `most` of those that say something, as long as they fit a grey line."""
    said = [part for part in parts if part][:most]
    return " ".join(said) if len(" ".join(said)) <= GREY_LETTERS else said[0]


# Everything behind it


def details(one: BudgetLine, answer: Budgets, called: Called) -> list[str]:
    """Of one budget, every digit: what its figures are made of, and who set it."""
    day = answer.as_of
    span = periods.week_of(day) if one.per == "week" else periods.month_of(day)
    held = f", {dollars(one.reserved_usd)} held for pictures under way" if one.reserved_usd else ""
    over = f", over by {dollars(-one.left_usd)}" if one.left_usd < 0 else f", {dollars(one.left_usd)} left"
    points = [f"{dollars(one.spent_usd)} of {dollars(one.limit_usd)} spent{held}{over}{_granted(one, called)}"]
    if one.used_rate is not None:
        points.append(f"{percent(one.used_rate)}% used, {periods.span_words(span, day)}")
    if one.forecast is not None:
        ahead = one.forecast
        points.append(
            f"By the {ahead.days} whole days so far {cents(ahead.usd)} will be spent at its end, "
            f"{cents(ahead.low_usd)} to {cents(ahead.high_usd)} four times of five"
        )
    if one.reported_usd is not None:
        points.append(f"Pipelines reported {dollars(one.reported_usd)} beside it")
    return [*points, _set_by(one, answer, called)]


def _set_by(one: BudgetLine, answer: Budgets, called: Called) -> str:
    if not one.version or one.changed_at is None:
        return "The limit of the settings: nobody set one"
    return f"Set by {who(one.changed_by, called)} on {_day(one.changed_at, answer)}"


def rules(answer: Budgets, called: Called) -> list[str]:
    """Who may change them, who is told, and what they count."""
    owners = ", ".join(who(each, called) for each in answer.owners)
    percents = ", ".join(f"{each}%" for each in answer.thresholds)
    return [
        f"{owners or 'Workspace admins'} can change budgets",
        *([f"Told at {percents}, once each in a week or month"] if percents else []),
        *([f"What is drawn in this channel is for project {answer.project}"] if answer.project else []),
        *(["Pictures are demos here and cost nothing"] if answer.demo else []),
        ELSEWHERE,
        f"Weeks and months of {answer.zone}, as of {periods.day_words(answer.as_of, answer.as_of)}",
    ]


def past(one: PastChange, answer: Budgets, called: Called) -> str:
    whose = begun(name(one.whose, called))
    after = f"{_spoken(one.new)}, before {_spoken(one.old)}"
    return f"{_day(one.changed_at, answer)}, {who(one.changed_by, called)}: {whose} {after}"


def who(person_id: str | None, called: Called) -> str:
    return "somebody" if person_id is None else text.plain(called(Scope("person", person_id)), NAME_LETTERS)


def percent(rate: Decimal) -> int:
    """Rounded down, so that 100 means that all of it is spent."""
    return int(rate * 100)


def _day(moment: datetime, answer: Budgets) -> str:
    day: date = moment.astimezone(ZoneInfo(answer.zone)).date()
    return periods.day_words(day, answer.as_of)


def _spoken(amount: str | None) -> str:
    return "none" if amount is None else amount.replace(" per ", " a ")


# What a change came to


def changed(answer: Changed, called: Called) -> str:
    scope, line = Scope(answer.scope, answer.scope_id), answer.line
    if line is None:
        already = answer.old == answer.new
        return _fitting(
            "", begun(name(scope, called)), " has no budget, as before." if already else " has no budget now."
        )
    if state(line) == STOPPED:
        return _fitting("Paid pictures are stopped", _of(scope, called) or WHOLE, " now.")
    amount = f"{cents(line.limit_usd)} a {line.per}"
    rest = "; nothing of it is left" if state(line) == SPENT else f", {cents(line.left_usd)} of it left"
    if answer.new is None:
        verb = f" is back at the settings' {amount}"
    else:
        verb = f" has {amount} already" if answer.old == answer.new else f" now has {amount}"
    return _fitting("", begun(name(scope, called)), f"{verb}{rest}.")


def before(answer: Changed) -> str:
    """What a change replaced, and what it means for what runs."""
    was = f"It was {_spoken(answer.old)}." if answer.old else "There was none before."
    if answer.scope == "workspace" and answer.old is None:
        was = "It was that of the settings."
    was = "Nothing was changed." if answer.old == answer.new else was
    full = answer.line is not None and state(answer.line) in (SPENT, STOPPED)
    return together((was, REFUSED if full else ""))


# What a threshold has to say


def news(one: BudgetLine, what: News, called: Called) -> str:
    """Over before back: of several thresholds reached the highest is named, of several recovered the lowest."""
    whose = begun(name(one.whose, called))
    if what.over and state(one) == SPENT:
        return _fitting("", whose, f": {left(one)}.")
    said = f"has used {what.over[-1]}%" if what.over else f"is back under {what.back[0]}%"
    whole = f"{whose} {said} of its budget: {left(one)}."
    return whole if len(whole) <= LEAD_LETTERS else _fitting("", whose, f" {said} of its budget.")


def _fitting(head: str, whose: str, tail: str) -> str:
    """The name gives way where a sentence would grow too long."""
    room = max(1, LEAD_LETTERS - len(head) - len(tail))
    return head + (whose if len(whose) <= room else whose[: room - 1].rstrip() + text.MORE) + tail


def begun(words: str) -> str:
    return words[:1].upper() + words[1:]
