"""A person's Home: what waits for them, four ways to begin, what is left, their week, their last pictures.

Every header holds its figure. Its private_metadata is our direct conversation: what is pressed here is done there.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.bench.pages import Pending
from bot.bench.plan import judging_minutes
from bot.budgets import blocks as budget_blocks
from bot.budgets import blocks_requests
from bot.budgets import words as budget_words
from bot.budgets.lines import Budgets
from bot.budgets.requests import WaitingRequests
from bot.digest.endings import Ending
from bot.entrypoints.slack.home_sheet import Shown, verdict
from bot.periods import ahead_words
from bot.samples.outcomes import name
from bot.slack import frame
from bot.slack.message import Block, Element, View, actions, button, emoji, header, paragraph, picture, small, words
from bot.slack.text import bar, line
from bot.slack.windows import option
from bot.spend import sentences as spent
from bot.spend.measures import Spending

MOST_WAITING = 10
FIRST_WORDS = 3  # pictures told in words while there is no sheet of them
PROMPT_LETTERS, OPTION_LETTERS = 80, 45
SOON_DAYS = 30
ANSWER = "Approve or decline under Messages."
STRANGER = "imagelane answers people of its own workspace only."
NONE_YET = "No pictures yet"
NO_POST = "No weekly post is set."
SHEET = "Your last pictures, each with its prompt and what became of it"


@dataclass(frozen=True)
class HomeDesk:
    """`requests`, `week` and `last` are this person's; `weekly` where and when the post comes. `sheet_id` is of exactly
    `last`. `may_draw`: on the team's money, as guests may not. `old_facts` says how old they are once they are."""

    requests: WaitingRequests
    pending: tuple[Pending, ...]
    endings: tuple[Ending, ...]
    budgets: Budgets
    may_change: bool
    may_draw: bool
    week: Spending
    week_asked: str
    last: tuple[Shown, ...]
    sheet_id: str | None
    weekly: str | None
    called: budget_words.Called
    old_facts: str = ""


def home(desk: HomeDesk, direct_id: str) -> View:
    blocks = [*_waiting(desk), _beginnings(desk), *_budget(desk), *_week(desk), *_pictures(desk), _settings()]
    weekly = f"Weekly post: {desk.weekly}." if desk.weekly else NO_POST
    blocks.append(small(f"{weekly} {desk.old_facts}".strip()))
    return {"type": "home", "private_metadata": direct_id, "blocks": blocks}


def _waiting(desk: HomeDesk) -> Iterator[Block]:
    yield from _requests(desk)
    pending = desk.pending[:MOST_WAITING]
    if pending:
        count = len(desk.pending)
        yield header(f"{'A blind test waits' if count == 1 else f'{count} blind tests wait'} for you")
    for one in pending:
        yield frame.beside(f"{line(one.kind, PROMPT_LETTERS)}: {_prompts(one)}", _review(one))
    for ending in (each for each in desk.endings if each.days_left <= SOON_DAYS):
        yield header(f"{ending.model} stops {ahead_words(ending.days_left)}")
        drew = f"It drew {ending.images:,} pictures in four weeks."
        yield frame.beside(drew, button("Plan the move", "answer.details", f"migrate {ending.model}"))


def _requests(desk: HomeDesk) -> Iterator[Block]:
    """Their buttons stand under what was written to this person."""
    rows = blocks_requests.cells(desk.requests, desk.called)
    if rows:
        yield header(blocks_requests.waiting_lead(desk.requests, desk.called))
        each = [f"{who}: {more} more, {where}, until {when}." for who, more, where, when in rows[:MOST_WAITING]]
        yield paragraph("\n".join([*each, ANSWER]))


def _prompts(one: Pending) -> str:
    left, minutes = one.left, judging_minutes(one.left * one.lanes)
    return f"{left} {'prompt' if left == 1 else 'prompts'}, about {minutes} {'minute' if minutes == 1 else 'minutes'}"


def _review(one: Pending) -> Element:
    return button("Review", "bench.review", one.bench_id, f"Review {line(one.kind, 40)}")


def of_a_stranger() -> View:
    """Nothing of the team's, and no button: whatever a person of another workspace presses is refused."""
    return {"type": "home", "private_metadata": "", "blocks": [paragraph(words(STRANGER))]}


def _beginnings(desk: HomeDesk) -> Block:
    return frame.stepped(
        [
            *(frame.draw("Draw…", ["budget"]) if desk.may_draw else []),
            button("Estimate…", "home.estimate", "estimate"),
            *(frame.run("Blind test…", "bench") if desk.may_draw else []),
            button("Which model?", "answer.details", "recommend new"),
        ]
    )


def _budget(desk: HomeDesk) -> Iterator[Block]:
    yield header(budget_words.answer_lead(desk.budgets, desk.called))
    lines = budget_words.tightest(desk.budgets.lines)
    if lines:
        one = lines[0]
        filled = "Stopped" if budget_words.state(one) == budget_words.STOPPED else bar(one.used_rate)
        yield paragraph(emoji(budget_blocks.circle(one)), f" {filled}")
        if desk.may_change:
            scope = f"show:{one.scope}:{one.scope_id}"
            yield actions(button("Edit budget…", "budget.edit", scope))


def _week(desk: HomeDesk) -> Iterator[Block]:
    row, scope = desk.week.total, desk.week.scope
    change = spent.changed(row, scope)
    yield header(f"Your week: {spent.amount(row)}{f', {change}' if change else ''}" if row.records else "Your week")
    told = spent.kept(row) or ("Nothing judged yet." if row.records else "Nothing was drawn or reported yet.")
    yield frame.beside(told, button("Details", "answer.details", desk.week_asked))


def _pictures(desk: HomeDesk) -> Iterator[Block]:
    if not desk.last:
        yield header(NONE_YET)
        return
    yield header("Your last pictures")
    if desk.sheet_id:
        yield picture(desk.sheet_id, f"{SHEET}: {'; '.join(map(_words, desk.last))}")
    else:
        yield paragraph("\n".join(map(_words, desk.last[:FIRST_WORDS])))
    options = [option(_choice(each), f"details:{each[1].id}") for each in desk.last]
    yield actions(frame.select("Open a picture…", "sample.more", options))


def _words(shown: Shown) -> str:
    drawing, one = shown
    return f"{line(drawing.prompt, PROMPT_LETTERS)}: {name(one)}, {verdict(one)}"


def _choice(shown: Shown) -> str:
    """In a select: the prompt is cut, what became of it never."""
    drawing, one = shown
    return f"{line(drawing.prompt, OPTION_LETTERS)}: {verdict(one)}"


def _settings() -> Block:
    return actions(button("Settings…", "home.settings", "settings"), button("Help", "answer.details", "help"))
