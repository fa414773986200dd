"""Who may change budgets, by what Slack says of them."""

import logging
from collections.abc import Sequence

from bot.errors import NotAllowed
from bot.slack.failures import PostFailed
from bot.slack.posts import Posts

NOT_ASKED = "I could not ask Slack who may change budgets; nothing was changed. Try again in a moment."

log = logging.getLogger(__name__)


def refuse(posts: Posts, owners: Sequence[str], team_id: str, person_id: str) -> None:
    """Raises NotAllowed with the rule's name, or where Slack does not say who that is. Without `owners` admins may."""
    try:
        found = posts.person(person_id)
    except PostFailed as failed:
        log.warning("who may change a budget can't be told: %s", failed.code)
        raise NotAllowed(NOT_ASKED) from None
    rules = (
        (found.team_id != team_id, "Only people of this workspace can change budgets"),
        (found.bot, "Bots can't change budgets"),
        (found.gone, "Deactivated people can't change budgets"),
        (found.guest, "Guests can't change budgets"),
        (bool(owners) and person_id not in owners, "Only the people in IMAGELANE_BUDGET_OWNERS can"),
        (not owners and not found.admin, "Only admins of this workspace can change budgets"),
    )
    for broken, rule in rules:
        if broken:
            raise NotAllowed(f"{rule}; nothing was changed.")


def may_be_asked(posts: Posts, team_id: str, person_id: str) -> bool:
    """Whoever set a budget decides about it as long as they are a member. Raises PostFailed."""
    found = posts.person(person_id)
    return found.team_id == team_id and not (found.bot or found.gone or found.guest)
