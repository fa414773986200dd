"""What the ack of a modal's submission does to the modal: errors, update, push, clear, or closed."""

from dataclasses import replace

from bot.playground import modals
from bot.playground.desk import DeskRefused, WorkspaceDesk
from bot.playground.signed import Reply
from bot.playground.workspace import Json, View


def follow(desk: WorkspaceDesk, view: View, reply: Reply) -> Reply:
    """The reply with `view` as the person then sees it, and with what Slack would have refused."""
    if reply.status != 200:
        return reply
    said = reply.json or {}
    try:
        return replace(reply, view=_acted(desk, view, said))
    except DeskRefused as refused:
        return replace(reply, problems=(refused.error, *refused.more.get("errors", ())))


def _acted(desk: WorkspaceDesk, view: View, said: Json) -> View | None:
    match said.get("response_action"):
        case "errors":
            return _with_errors(desk, view, said.get("errors") or {})
        case "update":
            return modals.changed(desk, view, _judged(desk, said))
        case "push":
            return modals.put(desk, view.user, _judged(desk, said), view)
        case "clear":
            modals.close(desk, view, whole_stack=True)
        case None:
            modals.close(desk, view)
        case other:
            raise DeskRefused("invalid_response_action", errors=[str(other)])
    return None


def _with_errors(desk: WorkspaceDesk, view: View, errors: Json) -> View:
    """Each error must name an input's block_id, or Slack shows "We had some trouble connecting" instead."""
    inputs = {each["block_id"] for each in view.payload["blocks"] if each.get("type") == "input"}
    if not errors or set(errors) - inputs:
        raise DeskRefused("invalid_errors", errors=[f"no input block {name}" for name in sorted(set(errors) - inputs)])
    marked = replace(view, errors=errors)
    desk.workspace.put(marked)
    return marked


def _judged(desk: WorkspaceDesk, said: Json) -> Json:
    problems = modals.problems(desk, said.get("view"))
    if problems:
        raise DeskRefused("invalid_blocks", errors=problems)
    return dict(said["view"])
