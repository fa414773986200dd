"""Files: ask for an address, send the bytes there, complete; and the way back to the bytes."""

from dataclasses import replace

from bot.playground.desk import DeskRefused, WorkspaceDesk, refuse_if, unpacked
from bot.playground.loopback import Answer, Request
from bot.playground.workspace import File, Json


def get_upload_url(desk: WorkspaceDesk, args: Json) -> Json:
    name, length = str(args.get("filename") or ""), str(args.get("length") or "")
    if not name or not length.isascii() or not length.isdigit() or int(length) < 1:
        raise DeskRefused(
            "invalid_arguments", response_metadata={"messages": ["[ERROR] filename and length are needed"]}
        )
    file_id = f"F0SAMPLE{desk.workspace.number():05d}"
    desk.workspace.put(File(file_id, name, int(length), str(args.get("alt_txt") or "")))
    return {"upload_url": f"{desk.origin}/upload/v1/{file_id}", "file_id": file_id}


def take(desk: WorkspaceDesk, request: Request) -> Answer:
    """The POST of the bytes; they must be as many as announced."""
    file = desk.workspace.files.get(request.path.rsplit("/", 1)[-1])
    if file is None or request.method != "POST":
        return Answer(404, b"not found")
    if len(request.body) != file.length:
        return Answer(400, f"expected {file.length} bytes, got {len(request.body)}".encode())
    desk.workspace.put(replace(file, data=request.body))
    return Answer(200, f"OK - {file.length}".encode())


def complete(desk: WorkspaceDesk, args: Json, shared: bool = True) -> Json:
    """`shared=False` says ok and shares nothing, as was seen in the field."""
    files = [_completed(desk, each) for each in unpacked(args.get("files") or "[]")]
    if not files:
        raise DeskRefused("invalid_arguments", response_metadata={"messages": ["[ERROR] files is needed"]})
    for channel_id in _channels(args):
        channel = desk.channel(channel_id)
        if shared:
            _share(desk, channel.id, files, args)
    for file in files:
        desk.workspace.put(replace(desk.workspace.files[file.id], complete=True, refusals=desk.refusals))
    return {"files": [described(desk, each) for each in files]}


def _channels(args: Json) -> list[str]:
    several = str(args.get("channels") or "")
    return [each for each in [str(args.get("channel_id") or ""), *several.split(",")] if each]


def _completed(desk: WorkspaceDesk, wanted: Json) -> File:
    file = desk.workspace.files.get(str(wanted.get("id")))
    if file is None or file.data is None:
        raise DeskRefused("file_not_found")
    return file


def _share(desk: WorkspaceDesk, channel: str, files: list[File], args: Json) -> None:
    text = str(args.get("initial_comment") or "")
    blocks = unpacked(args.get("blocks") or "[]")
    if any(each.get("type") == "markdown" for each in blocks):
        raise DeskRefused("internal_error")
    if blocks:
        refuse_if([] if not text else ["[ERROR] initial_comment and blocks exclude each other"])
        text, blocks = desk.content({"text": text, "blocks": blocks})
    ids = tuple(file.id for file in files)
    desk.new_message(
        channel, (text, desk.named(blocks)), "files.completeUploadExternal", files=ids, thread_ts=args.get("thread_ts")
    )
    for file in files:
        now = desk.workspace.files[file.id]
        desk.workspace.put(replace(now, shared_in=(*now.shared_in, channel)))


def described(desk: WorkspaceDesk, file: File) -> Json:
    return {
        "id": file.id,
        "name": file.name,
        "title": file.name,
        "size": file.length,
        "filetype": file.kind or "binary",
        "url_private": f"{desk.origin}/files/{file.id}/{file.name}",
        "permalink": f"{desk.origin}/files/{file.id}/{file.name}",
    }


def give(desk: WorkspaceDesk, request: Request) -> Answer:
    """GET /files/<id>/<name>, for whoever shows the message."""
    file = desk.workspace.files.get("".join(request.path.split("/")[2:3]))
    if file is None or file.data is None:
        return Answer(404, b"not found")
    kind = {"png": "image/png", "jpg": "image/jpeg", "gif": "image/gif"}.get(
        file.kind or "", "application/octet-stream"
    )
    return Answer(200, file.data, {"Content-Type": kind, "X-Content-Type-Options": "nosniff"})
