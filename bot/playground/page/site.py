"""The page's own addresses. It shows with templates and acts through the far end; it keeps nothing of its own."""

import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from fastapi import FastAPI, HTTPException, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse
from fastapi.sse import EventSourceResponse
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, PackageLoader
from pydantic import BaseModel

from bot.playground.far_end import FarEnd
from bot.playground.page import composer
from bot.playground.page.mrkdwn import circles, pieces, safe_url
from bot.playground.page.seen import ACTORS, Where, picture_of, pixels, seen
from bot.playground.workspace import PostedMessage, View

HERE = Path(__file__).parent
LOOK_EVERY_SECONDS = 1.0
POLICY = (
    "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
UP_SECONDS = 20.0
GONE = "That is no longer there."

Completions = Sequence[Mapping[str, Any]]


class SaidOnPage(BaseModel):
    person: str
    channel: str
    text: str
    thread_ts: str | None = None


class Pressed(BaseModel):
    """On a message (`channel`, `ts`), or on a view, whose fields go with it as they stand (`values`)."""

    person: str
    action_id: str
    block_id: str | None = None
    value: str | None = None
    channel: str = ""
    ts: str = ""
    view_id: str = ""
    values: dict[str, str | list[str] | None] = {}


class Edited(BaseModel):
    """A message of this person's own, in other words."""

    person: str
    channel: str
    ts: str
    text: str


class Filled(BaseModel):
    person: str
    view_id: str
    values: dict[str, str | list[str] | None]


class Seeing(BaseModel):
    person: str
    channel: str = ""
    ts: str = ""
    view_id: str = ""


class Looking(BaseModel):
    person: str
    tab: Literal["home", "messages"] = "home"


class TakenShortcut(BaseModel):
    person: str
    callback_id: str


class Moved(BaseModel):
    """`to`: hour, day, monday (the next one, 09:00) or now (real time again)."""

    to: str


class Told(BaseModel):
    """`says` is what went wrong, for the one who did it."""

    says: str | None = None


def build(slack: FarEnd, completions: Completions, zone: ZoneInfo, up_seconds: float = UP_SECONDS) -> FastAPI:
    """`completions`: what the composer can complete; `zone`: the one "next Monday 09:00" is meant in; `up_seconds`: how
    long a command waits for a bot that is still starting."""
    site = FastAPI(title="imagelane playground", docs_url=None, redoc_url=None, openapi_url=None)
    site.middleware("http")(_only_this_page)
    site.mount("/static", StaticFiles(directory=HERE / "static"))
    for person in ACTORS:
        slack.workspace.open_dm(person)
    _show(site, slack, completions)
    _act(site, slack, zone, up_seconds)
    return site


def _show(site: FastAPI, slack: FarEnd, completions: Completions) -> None:
    templates = _templates(slack)
    for name in templates.list_templates():
        templates.get_template(name)  # compiled before anybody waits for it
    page = templates.get_template("page.html")

    @site.get("/", response_class=HTMLResponse)
    def whole(where: Annotated[Where, Query()]) -> HTMLResponse:
        try:
            return HTMLResponse(page.render(seen=seen(slack, where), completions=list(completions)))
        except LookupError:
            raise HTTPException(404, "Nobody, or nowhere, of that name.") from None

    @site.get("/changes", response_class=EventSourceResponse)
    async def changes(request: Request, since: int = 0) -> AsyncIterator[int]:
        """The version of the workspace, each time it is another one."""
        version = since
        while not await request.is_disconnected():
            now = await run_in_threadpool(_changed, slack, version)
            if now != version:
                version = now
                yield version

    @site.get("/files/{file_id}")
    def file(file_id: str) -> Response:
        found = slack.workspace.files.get(file_id)
        if found is None or found.data is None or found.kind is None:
            raise HTTPException(404, GONE)
        kept = {"Cache-Control": "private, max-age=3600", "X-Content-Type-Options": "nosniff"}
        return Response(found.data, media_type=f"image/{found.kind}".replace("jpg", "jpeg"), headers=kept)


def _changed(slack: FarEnd, version: int) -> int:
    """The version once it is another; the same one when nothing changed for a while."""
    try:
        slack.wait(lambda: slack.workspace.version != version, LOOK_EVERY_SECONDS)
    except TimeoutError:
        return version
    return slack.workspace.version


def _act(site: FastAPI, slack: FarEnd, zone: ZoneInfo, up_seconds: float) -> None:
    @site.post("/acts/say")
    def say(said: SaidOnPage) -> Told:
        _here(slack, said.person, said.channel)
        where = (said.person, said.channel, said.thread_ts)
        return Told(says=composer.send(slack, said.text, *where, up_seconds))

    @site.post("/acts/press")
    def press(pressed: Pressed) -> Told:
        where = _view(slack, pressed) if pressed.view_id else _message(slack, pressed)
        try:
            about = (pressed.action_id, pressed.value, pressed.person, pressed.block_id)
            reply = slack.press(where, *about, filled=pressed.values)
        except LookupError:
            raise HTTPException(404, GONE) from None
        return Told(says=composer.trouble(reply))

    @site.post("/acts/submit")
    def submit(filled: Filled) -> Told:
        view = _view(slack, Seeing(person=filled.person, view_id=filled.view_id))
        try:
            return Told(says=composer.trouble(slack.submit(view, filled.values, filled.person)))
        except ValueError:
            return Told(says="Fill in every field that is not optional.")

    @site.post("/acts/close")
    def close(seeing: Seeing) -> Told:
        return Told(says=composer.trouble(slack.close(_view(slack, seeing), seeing.person)))

    @site.post("/acts/home")
    def home(looking: Looking) -> Told:
        """Into the bot's own conversation: its Home, or its messages."""
        return Told(says=composer.trouble(slack.open_home(looking.person, looking.tab)))

    @site.post("/acts/edit")
    def edit(edited: Edited) -> Told:
        message = _message(slack, edited)
        if message.author != edited.person:
            raise HTTPException(404, GONE)
        return Told(says=composer.trouble(slack.edit(message, edited.text)))

    @site.post("/acts/shortcut")
    def shortcut(taken: TakenShortcut) -> Told:
        return Told(says=composer.trouble(slack.shortcut(taken.callback_id, taken.person)))

    @site.post("/acts/dismiss")
    def dismiss(seeing: Seeing) -> Told:
        message = _message(slack, seeing)
        if message.only_for == seeing.person:
            slack.workspace.delete(message)
        return Told()

    @site.post("/acts/clock")
    def clock(moved: Moved) -> Told:
        now = datetime.fromtimestamp(slack.workspace.now(), UTC)
        try:
            slack.move_clock(0 if moved.to == "now" else slack.offset_seconds + _way(moved.to, now, zone))
        except ValueError as error:
            return Told(says=f"{error}.".capitalize())
        return Told()


def _way(to: str, now: datetime, zone: ZoneInfo) -> int:
    """Whole seconds from now."""
    ways = {"hour": timedelta(hours=1), "day": timedelta(days=1)}
    if to in ways:
        return int(ways[to].total_seconds())
    if to != "monday":
        raise HTTPException(422, "The clock moves by an hour, by a day, to Monday, or back to now.")
    local = now.astimezone(zone)
    monday = local.date() + timedelta(days=7 - local.weekday())
    nine = datetime(monday.year, monday.month, monday.day, 9, tzinfo=zone)
    return int((nine.astimezone(UTC) - now).total_seconds()) + 1


def _here(slack: FarEnd, person: str, channel: str) -> None:
    place = slack.workspace.channels.get(channel)
    if person not in ACTORS or place is None or person not in place.members:
        raise HTTPException(404, GONE)


def _message(slack: FarEnd, seeing: Seeing | Pressed | Edited) -> PostedMessage:
    """One this person can see."""
    _here(slack, seeing.person, seeing.channel)
    message = slack.message(seeing.channel, seeing.ts)
    if message is None or message.deleted or message.only_for not in (None, seeing.person):
        raise HTTPException(404, GONE)
    return message


def _view(slack: FarEnd, seeing: Seeing | Pressed) -> View:
    """This person's own window, still open, or their Home."""
    home = slack.home(seeing.person)
    view = slack.workspace.views.get(seeing.view_id) or (home if home and home.id == seeing.view_id else None)
    if view is None or view.user != seeing.person or view.state != "open":
        raise HTTPException(404, GONE)
    return view


async def _only_this_page(request: Request, answer: Callable[[Request], Awaitable[Response]]) -> Response:
    """Refuses what another page in the same browser sends, and a name that was made to point at this machine."""
    port = request.scope["server"][1]
    ours = {f"{host}:{port}" for host in ("127.0.0.1", "localhost", "[::1]")}
    if request.headers.get("host") not in ours:
        return Response("only from this machine", 403)
    if request.method == "POST" and not _sent_here(request, ours):
        return Response("only from this page", 403)
    given = await answer(request)
    given.headers["Content-Security-Policy"] = POLICY
    given.headers["Referrer-Policy"] = "no-referrer"
    return given


def _sent_here(request: Request, ours: set[str]) -> bool:
    """A form of another page can send no JSON unasked, and its script would have to name its own origin."""
    origin = request.headers.get("origin", "")
    as_json = request.headers.get("content-type", "").startswith("application/json")
    return as_json and (not origin or origin.removeprefix("http://") in ours)


def _templates(slack: FarEnd) -> Environment:
    made = Environment(
        loader=PackageLoader("bot.playground.page"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"pieces": pieces, "circles": circles, "safe_url": safe_url, "digest": _digest}
    made.globals |= {"picture_of": partial(picture_of, slack), "pixels": pixels}
    return made


def _digest(markup: str) -> str:
    """Short, and another one when the markup is another: the page leaves alone what has not changed."""
    return f"{zlib.crc32(str(markup).encode()):08x}"
