"""The windows in which a budget is changed or another one set.

edit      callback budget.edit   fields `usd` (empty takes the budget away), `per`, and for a channel `project`
another   callback budget.set    fields `kind`, `channel`, `person`, `project`, `usd`, `per`
"""

from bot.budgets.blocks import whose
from bot.budgets.lines import BudgetLine
from bot.budgets.words import ELSEWHERE, left
from bot.ledger.limits import PER, PROJECT_LETTERS, Scope
from bot.slack.message import Block, Element, View, paragraph, small
from bot.slack.windows import choice_input, form, option, radio_input, text_input

AMOUNT_LETTERS = 12
KINDS = {"workspace": "The whole workspace", "channel": "A channel", "person": "A person", "project": "A project"}


def edit(scope: Scope, stands: BudgetLine | None, project: str | None, about_id: str) -> View:
    """`about_id` comes back with it; it says of which budget, in which version, this is about."""
    first = None if stands is None else f"{stands.limit_usd:f}"
    blocks = [
        paragraph(*whose(scope), ": ", "no budget yet." if stands is None else f"{left(stands)}."),
        text_input("usd", "Dollars (empty: no budget)", initial=first, most=AMOUNT_LETTERS, optional=True, short=True),
        _per("month" if stands is None else stands.per),
    ]
    if scope.kind == "channel":
        label = "Project of what is drawn here (empty: none)"
        blocks.append(text_input("project", label, initial=project, most=PROJECT_LETTERS, optional=True, short=True))
    return form("Budget", [*blocks, small(f"{ELSEWHERE}.")], "budget.edit", about_id, "Save")


def another(channel_id: str | None) -> View:
    """For the channel it was asked in, unless something else is chosen."""
    options = {kind: option(label, kind) for kind, label in KINDS.items()}
    channels: Element = {"type": "conversations_select", "filter": {"include": ["public", "private"]}}
    if channel_id:
        channels["initial_conversation"] = channel_id
    blocks = [
        radio_input("kind", "For", list(options.values()), options["channel" if channel_id else "project"]),
        _listed("channel", "Channel", channels),
        _listed("person", "Person", {"type": "users_select"}),
        text_input("project", "Project", most=PROJECT_LETTERS, optional=True, short=True),
        text_input("usd", "Dollars (0 stops all paid pictures there)", most=AMOUNT_LETTERS, short=True),
        _per("month"),
    ]
    return form("Another budget", [*blocks, small(f"{ELSEWHERE}.")], "budget.set", "another", "Save")


def _per(chosen: str) -> Block:
    options = {per: option(f"per {per}", per) for per in PER}
    return choice_input("per", "For each", list(options.values()), options[chosen])


def _listed(name: str, label: str, element: Element) -> Block:
    """Slack's own list of people or channels; it may stay empty."""
    text = {"type": "plain_text", "emoji": False, "text": label}
    return {
        "type": "input",
        "block_id": name,
        "optional": True,
        "label": text,
        "element": {**element, "action_id": name},
    }
