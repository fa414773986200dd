"""Who may change budgets, and answer who asks for more, by what Slack says of them."""

import logging
from collections.abc import Collection, Sequence

from bot.errors import NotAllowed
from bot.slack.failures import PostFailed
from bot.slack.people import Person
from bot.slack.posts import Posts

NOT_ASKED = "I could not ask Slack who may change budgets; nothing was changed. Try again in a moment."
NOT_YOURS_TO_ANSWER = "Only those who were asked, or may change budgets, can answer. Nothing was changed."

log = logging.getLogger(__name__)


def refuse(posts: Posts, owners: Sequence[str], team_id: str, person_id: str) -> None:
    """Raises NotAllowed with the rule's name, or where Slack does not say who that is. Without `owners` admins may."""
    for rule in _broken(_known(posts, person_id), owners, team_id, person_id):
        raise NotAllowed(f"{rule}; nothing was changed.")


def refuse_to_answer(posts: Posts, owners: Sequence[str], team_id: str, person_id: str, asked: Collection[str]) -> None:
    """Those who were `asked` may answer as long as they are members, and whoever may change budgets. Raises
    NotAllowed, also where Slack does not say who that is."""
    person = _known(posts, person_id)
    if person_id in asked and _is_member(person, team_id):
        return
    if _broken(person, owners, team_id, person_id):
        raise NotAllowed(NOT_YOURS_TO_ANSWER)


def may_be_asked(posts: Posts, team_id: str, person_id: str) -> bool:
    """Whoever set a budget decides about it as long as they are a member. Raises PostFailed."""
    return _is_member(posts.person(person_id), team_id)


def _known(posts: Posts, person_id: str) -> Person:
    try:
        return posts.person(person_id)
    except PostFailed as failed:
        log.warning("who may change a budget can't be told: %s", failed.code)
        raise NotAllowed(NOT_ASKED) from None


def _is_member(person: Person, team_id: str) -> bool:
    return person.team_id == team_id and not (person.bot or person.gone or person.guest)


def _broken(person: Person, owners: Sequence[str], team_id: str, person_id: str) -> list[str]:
    """The rules that keep this person from changing budgets."""
    rules = (
        (person.team_id != team_id, "Only people of this workspace can change budgets"),
        (person.bot, "Bots can't change budgets"),
        (person.gone, "Deactivated people can't change budgets"),
        (person.guest, "Guests can't change budgets"),
        (bool(owners) and person_id not in owners, "Only the people in IMAGELANE_BUDGET_OWNERS can"),
        (not owners and not person.admin, "Only admins of this workspace can change budgets"),
    )
    return [rule for broken, rule in rules if broken]
