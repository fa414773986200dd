"""Who asks, and from where: read from the signed payload, never from what a button carries."""

from dataclasses import dataclass

from slack_bolt.kwargs_injection.args import Args

from bot.errors import ImagelaneError, NotKnownYet, NotServed
from bot.slack.after_ack import of_home

NOWHERE = "I could not tell which workspace this comes from; nothing was changed."
NOT_OURS = "This imagelane belongs to another workspace. Nothing was run or charged."
HOMELESS = "I could not tell which workspace you are of; nothing was changed."


@dataclass(frozen=True)
class Asker:
    """`trigger_id` is new with every command, press or sent window: it names this one request."""

    team_id: str
    person_id: str
    channel_id: str | None
    reply_url: str | None
    trigger_id: str


def asker(args: Args) -> Asker:
    """Raises ImagelaneError for a request without a workspace, and for people of another one."""
    context, user = args.context, args.body.get("user")
    if not context.team_id or not context.user_id:
        raise ImagelaneError(NOWHERE)
    if user is not None:  # a command has none, and comes from the workspace it is typed in
        home_team_id = user.get("team_id") if isinstance(user, dict) else None
        if not home_team_id:
            raise ImagelaneError(HOMELESS)
        refuse_outsiders(context.team_id, home_team_id)
    channel_id = context.channel_id or of_home(args.body)
    return Asker(context.team_id, context.user_id, channel_id, context.response_url, args.body.get("trigger_id", ""))


def refuse_strangers(team_id: str | None, served: str | None) -> None:
    """Only one workspace is answered. Raises NotKnownYet or NotServed."""
    if not team_id:
        raise NotServed(NOWHERE)
    if served is None:
        raise NotKnownYet
    if team_id != served:
        raise NotServed(NOT_OURS)


def refuse_outsiders(team_id: str, home_team_id: str | None) -> None:
    """In a shared channel people of other workspaces see our messages; their clicks must cost ours nothing."""
    if home_team_id and home_team_id != team_id:
        raise ImagelaneError("Only people of this workspace can use imagelane here; nothing was changed.")
