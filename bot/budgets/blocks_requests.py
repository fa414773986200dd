"""Asking for more in Slack: the button under a refusal, who is asked and how, what came of it, and what waits.

`called` says what a person or a channel is called, such as Ana or #art: an id says nothing to anybody.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot import periods
from bot.budgets.lines import BudgetLine
from bot.budgets.requests import (
    APPROVED,
    DECLINED,
    EXPIRED,
    BudgetRequest,
    WaitingRequests,
    lacking_usd,
    tightest,
)
from bot.budgets.words import Called, begun
from bot.errors import OverBudget
from bot.ledger.limits import Scope
from bot.money import cents, nanousd, short_usd
from bot.slack import frame, refusal
from bot.slack.message import (
    DIRECT,
    VALUE_LIMIT,
    Element,
    Message,
    bullets,
    button,
    paragraph,
    quote,
    rich,
    table,
)
from bot.slack.text import line as one_line
from bot.slack.text import plain, width

NAME_LETTERS, PROJECT_LETTERS = 18, 14  # in a sentence of 80
TEXT_PROMPT = 200
COLUMNS = ("Who", "More", "Where", "Until")


def refused(error: OverBudget, words: str) -> Message:
    """The refusal, and the button that asks for what is short; without it where the command does not fit a button."""
    said = refusal.over_budget(error)
    if width(words) > VALUE_LIMIT:
        return said
    return replace(said, blocks=[*said.blocks, frame.stepped([button(label(error), "budget.ask", words)])])


def label(error: OverBudget) -> str:
    return f"Ask for {cents(lacking_usd(error.shortfalls))}"


def asked(request: BudgetRequest, called: Called, now: datetime, zone: ZoneInfo, *, before: bool) -> Message:
    """To who asks; `before`: it waited already, perhaps from another place."""
    people = _people([each.person_id for each in request.people], called)
    if before:
        lead = f"{people} {_are(request)} asked already: no answer yet."
        grey = _waits(request, called, now, zone)
    else:
        lead = f"Asked {people} for {cents(request.usd)} more."
        grey = f"Until {moment(request.until, now, zone)}. No money is held meanwhile."
    return frame.framed(begun(lead), rest=grey, grey=grey)


def asks(request: BudgetRequest, lines: Sequence[BudgetLine], called: Called, now: datetime, zone: ZoneInfo) -> Message:
    """To who is asked, while it waits."""
    short = tightest(request.shortfalls)
    who, words = _person(request.person_id, called), _drawing(request)
    lead = f"{who} asks for {cents(request.usd)} more {_where(Scope(short.scope, short.scope_id), called)}"
    lead = begun(f"{lead} this {short.per}.")
    most = short_usd(request.hold_nanousd, "ROUND_CEILING")
    stands = [f"It may cost up to {most}.", *(f"{begun(left(one, called))}." for one in lines)]
    grey = _waits(request, called, now, zone)
    return frame.framed(
        lead,
        *([rich(quote(words))] if words else []),
        rich(bullets(*([each] for each in stands))),
        rest=" ".join([f"To draw {one_line(words, TEXT_PROMPT)}.", *stands, grey]),
        grey=grey,
        steps=answering(request.id),
    )


def answering(request_id: str) -> list[Element]:
    return [button("Approve", "budget.approve", request_id), button("Decline", "budget.decline", request_id)]


def ended(request: BudgetRequest, called: Called) -> Message:
    """The same message once it ended: there is nothing left to press."""
    who, more, by = _person(request.person_id, called), cents(request.usd), _person(request.answered_by, called)
    lead = {
        APPROVED: f"{by} approved {more} more for {who}.",
        DECLINED: f"{by} declined {more} more for {who}.",
        EXPIRED: f"{who} needs no answer any more." if request.reason else f"Nobody answered {who} in time.",
    }.get(request.state, f"{by} approved it for {who}; it can't be drawn.")
    return _reasoned(lead, request)


def outcome(request: BudgetRequest, called: Called) -> Message:
    """To who asked, in their direct messages."""
    more, by = cents(request.usd), _person(request.answered_by, called)
    lead = {
        APPROVED: f"{by} approved {more} more: it is drawn {_in(request.channel_id, called)}.",
        DECLINED: f"{by} declined {more} more. Nothing was drawn or charged.",
        EXPIRED: "Nobody answered in time. Nothing was drawn or charged.",
    }.get(request.state, f"{by} approved {more} more, but it can't be drawn.")
    return _reasoned(lead, request)


def already(request: BudgetRequest, called: Called) -> Message:
    """To who answers one that has ended."""
    if request.state != EXPIRED:
        return _reasoned(f"{_person(request.answered_by, called)} has answered already.", request)
    return _reasoned("It no longer waits." if request.reason else "Its time is over: nothing was drawn.", request)


def waiting(answer: WaitingRequests, called: Called) -> Message:
    """To those who may change budgets. One alone can be answered here."""
    rows, lead = cells(answer, called), waiting_lead(answer, called)
    shown = frame.run("Show budgets", "budget show")
    if not rows:
        return frame.framed(lead, steps=shown)
    return frame.framed(
        lead,
        table([COLUMNS, *rows], right=(COLUMNS.index("More"),)),
        rest=" ".join(f"{who}: {more}, {where}, until {when}." for who, more, where, when in rows),
        steps=answering(answer.waiting[0].id) if len(rows) == 1 else shown,
    )


def waiting_lead(answer: WaitingRequests, called: Called) -> str:
    if not answer.waiting:
        return "Nobody waits for more."
    first, count = answer.waiting[0], len(answer.waiting)
    who = _person(first.person_id, called)
    if count == 1:
        return begun(f"{who} waits for {cents(first.usd)} more.")
    return f"{count} requests for more wait, {who}'s the longest."


def cells(answer: WaitingRequests, called: Called) -> list[tuple[str, ...]]:
    """Under `COLUMNS`, the oldest first."""
    zone = ZoneInfo(answer.zone)
    return [
        (
            _person(one.person_id, called),
            cents(one.usd),
            _in(one.channel_id, called),
            moment(one.until, answer.as_of, zone),
        )
        for one in answer.waiting
    ]


def left(one: BudgetLine, called: Called) -> str:
    """`#art has $0.01 of $2.00 left this week`"""
    has = {"workspace": "This workspace has", "project": f"Project {plain(one.scope_id, PROJECT_LETTERS)} has"}
    whose = has.get(one.scope) or f"{_name(Scope(one.scope, one.scope_id), called)} has"
    if one.left_usd <= 0:
        return f"{whose} nothing of {cents(one.limit_usd)} left this {one.per}"
    rest = short_usd(nanousd(one.left_usd), "ROUND_FLOOR")
    return f"{whose} {rest} of {cents(one.limit_usd)} left this {one.per}"


def moment(at: datetime, now: datetime, zone: ZoneInfo) -> str:
    """`23 Nov, 14:30 CET`, as clocks there show it: who reads it may live by others."""
    local = at.astimezone(zone)
    return f"{periods.day_words(local.date(), now.astimezone(zone).date())}, {local:%H:%M %Z}"


def _waits(request: BudgetRequest, called: Called, now: datetime, zone: ZoneInfo) -> str:
    return f"Asked {_in(request.channel_id, called)}, waits until {moment(request.until, now, zone)}."


def _reasoned(lead: str, request: BudgetRequest) -> Message:
    reason = request.reason or ""
    return frame.framed(begun(lead), *([paragraph(reason)] if reason else []), rest=reason)


def _people(ids: Sequence[str], called: Called) -> str:
    if len(ids) <= 2:
        return " and ".join(_person(each, called) for each in ids)
    return f"{_person(ids[0], called)} and {len(ids) - 1} others"


def _are(request: BudgetRequest) -> str:
    return "is" if len(request.people) == 1 else "are"


def _person(person_id: str | None, called: Called) -> str:
    return "Nobody" if person_id is None else _name(Scope("person", person_id), called)


def _name(scope: Scope, called: Called) -> str:
    return plain(called(scope), NAME_LETTERS)


def _where(scope: Scope, called: Called) -> str:
    places = {
        "workspace": "in this workspace",
        "person": "on their own budget",
        "project": f"for project {plain(scope.id, PROJECT_LETTERS)}",
    }
    return places.get(scope.kind) or f"in {plain(called(scope), NAME_LETTERS)}"


def _in(channel_id: str, called: Called) -> str:
    if channel_id.startswith(DIRECT):
        return "in a direct message"
    return f"in {plain(called(Scope('channel', channel_id)), NAME_LETTERS)}"


def _drawing(request: BudgetRequest) -> str:
    """What was asked to be drawn, as it was typed."""
    return (request.words or "").removeprefix("try ")
