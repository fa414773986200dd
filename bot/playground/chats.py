"""chat.*, conversations.*, users.info, team.info, auth.test: messages and who may see them."""

from bot.playground.desk import DeskRefused, WorkspaceDesk
from bot.playground.people import APP, BOT, BOT_USER, TEAM, Channel
from bot.playground.workspace import Json, PostedMessage

MOST_TEXT_IN_UPDATE = 4_000  # chat.update is stricter than chat.postMessage


def auth_test(desk: WorkspaceDesk, _args: Json) -> Json:
    return {
        "url": f"{desk.origin}/",
        "team": "Sample workspace",
        "user": "imagelane",
        "team_id": TEAM,
        "user_id": BOT_USER,
        "bot_id": BOT,
        "is_enterprise_install": False,
    }


def api_test(_desk: WorkspaceDesk, args: Json) -> Json:
    return {"args": args}


def team_info(_desk: WorkspaceDesk, _args: Json) -> Json:
    return {"team": {"id": TEAM, "name": "Sample workspace", "domain": "sample"}}


def users_info(desk: WorkspaceDesk, args: Json) -> Json:
    person = desk.workspace.people.get(str(args.get("user")))
    if person is None:
        raise DeskRefused("user_not_found")
    return {"user": person.profile}


def conversations_info(desk: WorkspaceDesk, args: Json) -> Json:
    channel = desk.workspace.channels.get(str(args.get("channel")))
    if channel is None or (channel.kind != "public" and BOT_USER not in channel.members):
        raise DeskRefused("channel_not_found")
    return {"channel": channel.profile}


def conversations_open(desk: WorkspaceDesk, args: Json) -> Json:
    users = args.get("users") or ""
    names = users.split(",") if isinstance(users, str) else list(users)
    if len(names) != 1:
        raise DeskRefused("not_enough_users" if not names else "too_many_users")
    person = desk.workspace.people.get(names[0])
    if person is None:
        raise DeskRefused("user_not_found")
    if person.deleted:
        raise DeskRefused("user_disabled")
    channel, already = desk.workspace.open_dm(person.id)
    return {"channel": {"id": channel.id}, "already_open": already, "no_op": already}


def post_message(desk: WorkspaceDesk, args: Json) -> Json:
    channel = desk.channel(args.get("channel"))
    content = desk.content(args)
    message = desk.new_message(channel.id, content, "chat.postMessage", thread_ts=args.get("thread_ts"))
    return _answer(message)


def post_ephemeral(desk: WorkspaceDesk, args: Json) -> Json:
    channel = desk.channel(args.get("channel"))
    user = str(args.get("user"))
    if user not in channel.members:
        raise DeskRefused("user_not_in_channel")
    content = desk.content(args)
    message = desk.new_message(
        channel.id, content, "chat.postEphemeral", thread_ts=args.get("thread_ts"), only_for=user
    )
    return {"message_ts": message.ts}


def update(desk: WorkspaceDesk, args: Json) -> Json:
    """Text without blocks removes the blocks; blocks without text keep the text."""
    message = _own(desk, desk.channel(args.get("channel")), args, "cant_update_message")
    text, blocks = desk.content(args, MOST_TEXT_IN_UPDATE)
    return _answer(desk.workspace.edit(message, text or message.text, blocks))


def delete(desk: WorkspaceDesk, args: Json) -> Json:
    channel = desk.channel(args.get("channel"))
    message = _own(desk, channel, args, "cant_delete_message")
    desk.workspace.delete(message)
    return {"channel": channel.id, "ts": message.ts}


def _own(desk: WorkspaceDesk, channel: Channel, args: Json, otherwise: str) -> PostedMessage:
    message = desk.workspace.message(channel.id, str(args.get("ts")))
    if message is None or message.deleted or message.only_for:
        raise DeskRefused("message_not_found")
    if message.author != BOT_USER:
        raise DeskRefused(otherwise)
    return message


def _answer(message: PostedMessage) -> Json:
    body = {**message.payload, "app_id": APP, "team": TEAM}
    return {"channel": message.channel, "ts": message.ts, "text": message.text, "message": body}
