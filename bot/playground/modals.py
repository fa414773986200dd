"""views.*: modals in stacks of three, and Home tabs."""

import secrets
from dataclasses import replace

from bot.playground import block_checks
from bot.playground.desk import DeskRefused, WorkspaceDesk, refuse_if, unpacked
from bot.playground.people import APP, BOT, TEAM
from bot.playground.workspace import Json, View

DEEPEST = 3


def open_(desk: WorkspaceDesk, args: Json) -> Json:
    payload = _judged(desk, args, "modal")
    user = desk.exchange(str(args.get("trigger_id")))
    return {"view": shown(put(desk, user, payload))}


def push(desk: WorkspaceDesk, args: Json) -> Json:
    payload = _judged(desk, args, "modal")
    user = desk.exchange(str(args.get("trigger_id")))
    under = top(desk, user)
    if under is None:
        raise DeskRefused("not_found")
    return {"view": shown(put(desk, user, payload, under))}


def update(desk: WorkspaceDesk, args: Json) -> Json:
    payload = _judged(desk, args, "modal")
    by_id = desk.workspace.views.get(str(args.get("view_id")))
    view = by_id or _by_external_id(desk, args.get("external_id"))
    if view is None or view.state != "open":
        raise DeskRefused("not_found")
    if args.get("hash") and args["hash"] != view.hash:
        raise DeskRefused("hash_conflict")
    return {"view": shown(changed(desk, view, payload))}


def publish(desk: WorkspaceDesk, args: Json) -> Json:
    payload = _judged(desk, args, "home")
    user = str(args.get("user_id"))
    if user not in desk.workspace.people:
        raise DeskRefused("user_not_found")
    now = desk.workspace.homes.get(user)
    if args.get("hash") and now and args["hash"] != now.hash:
        raise DeskRefused("hash_conflict")
    return {"view": shown(changed(desk, now, payload) if now else put(desk, user, payload))}


def put(desk: WorkspaceDesk, user: str, payload: Json, under: View | None = None) -> View:
    """A new view, on top of `under` when given."""
    if under and _depth(desk, under) >= DEEPEST:
        raise DeskRefused("push_limit_reached")
    view_id = f"V0SAMPLE{desk.workspace.number():05d}"
    named = {**payload, "blocks": list(desk.named(payload.get("blocks") or []))}
    view = View(view_id, user, named, _hash(desk), under.root if under else view_id, under.id if under else None)
    desk.workspace.put(view)
    return view


def changed(desk: WorkspaceDesk, view: View, payload: Json) -> View:
    named = {**payload, "blocks": list(desk.named(payload.get("blocks") or []))}
    kept = {
        block["block_id"]: view.chosen[block["block_id"]]
        for block in named["blocks"]
        if block["block_id"] in view.chosen
    }
    new = replace(view, payload=named, hash=_hash(desk), edits=(*view.edits, view.payload), errors={}, chosen=kept)
    desk.workspace.put(new)
    return new


def pick(desk: WorkspaceDesk, view: View, said: Json) -> View:
    """With what was chosen in its rows of elements, which Slack keeps as long as a block of that name stands there."""
    now = as_chosen(desk, view)
    if said["type"] != "button":
        held = {name: value for name, value in said.items() if name not in ("action_id", "block_id", "action_ts")}
        row = {**now.chosen.get(said["block_id"], {}), said["action_id"]: held}
        now = replace(now, chosen={**now.chosen, said["block_id"]: row})
        if view.id in desk.workspace.views:
            desk.workspace.put(replace(desk.workspace.views[view.id], chosen=now.chosen))
    return now


def as_chosen(desk: WorkspaceDesk, view: View) -> View:
    """An older copy of a view, as it is filled in by now."""
    now = desk.workspace.views.get(view.id)
    return replace(view, chosen=now.chosen) if now else view


def close(desk: WorkspaceDesk, view: View, whole_stack: bool = False) -> None:
    gone = [view] if not whole_stack else [each for each in desk.workspace.views.values() if each.root == view.root]
    for each in gone:
        desk.workspace.put(replace(each, state="closed"))


def top(desk: WorkspaceDesk, user: str) -> View | None:
    """The modal this person looks at."""
    with desk.workspace.changed:
        mine = [each for each in desk.workspace.views.values() if each.user == user and each.state == "open"]
    return mine[-1] if mine else None


def problems(desk: WorkspaceDesk, payload: object) -> list[str]:
    return block_checks.view_problems(payload, desk.workspace.file_for_block)


def shown(view: View) -> Json:
    """A view as Slack puts it into answers and payloads."""
    defaults = {
        "private_metadata": "",
        "callback_id": "",
        "external_id": "",
        "title": None,
        "submit": None,
        "close": None,
    }
    return {
        **defaults,
        "clear_on_close": False,
        "notify_on_close": False,
        **view.payload,
        "id": view.id,
        "team_id": TEAM,
        "state": {"values": {}},
        "hash": view.hash,
        "root_view_id": view.root,
        "previous_view_id": view.previous,
        "app_id": APP,
        "app_installed_team_id": TEAM,
        "bot_id": BOT,
    }


def _judged(desk: WorkspaceDesk, args: Json, kind: str) -> Json:
    view = unpacked(args.get("view"))
    refuse_if(problems(desk, view))
    if view.get("type") != kind:
        raise DeskRefused("invalid_arguments", response_metadata={"messages": [f"[ERROR] type must be {kind}"]})
    return dict(view)


def _by_external_id(desk: WorkspaceDesk, external_id: object) -> View | None:
    views = desk.workspace.views.values()
    return next((each for each in views if external_id and each.payload.get("external_id") == external_id), None)


def _depth(desk: WorkspaceDesk, view: View) -> int:
    return 1 + (_depth(desk, desk.workspace.views[view.previous]) if view.previous else 0)


def _hash(desk: WorkspaceDesk) -> str:
    return f"{int(desk.workspace.now())}.{secrets.token_hex(4)}"
