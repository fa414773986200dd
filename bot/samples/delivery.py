"""Shows drawings where they were asked for: in a Slack message, or in a folder beside a terminal."""

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol, TypeVar

from bot.errors import NotAllowed
from bot.ledger.pictures import LATER, Drawing, Generation, PictureState
from bot.samples.blocks import Beside, placeholder
from bot.samples.blocks import drawing as samples_drawing
from bot.samples.outcomes import IN_THREAD, alt_text, caption, not_placed
from bot.samples.outcomes import title as samples_title
from bot.slack import refusal
from bot.slack.failures import CantPost, PostFailed, RateLimited, Revoked, Unreachable, Unsure
from bot.slack.guests import Guests
from bot.slack.message import Message
from bot.slack.posts import Posts
from bot.slack.readers import Readers

PASSING = (Unsure, Unreachable, RateLimited)  # what may work later
TRIES = 3  # of what may be done twice when its answer was lost
MOVED = "The channel could not take it ({why}), so here it is."

log = logging.getLogger(__name__)

T = TypeVar("T")


class Delivery(Protocol):
    """Where a drawing is shown: a Slack message, or a folder beside a terminal."""

    def place(self, drawing: Drawing) -> str | None:
        """Show that it is being drawn; its message's ts, or None where nothing can be shown (the person is told).

        Raises NotAllowed for who may not draw on the team's money; that person is told, too."""

    def upload(self, drawing: Drawing, generation: Generation, png: bytes) -> str:
        """Make one picture ready to be shown; returns its file id there."""

    def show(self, drawing: Drawing, bringing: str | None = None) -> str | None:
        """Bring what is shown up to date; None once it all stands there.

        Else where the picture of the generation `bringing` went instead, or LATER when no picture was brought.
        """

    def hand(self, drawing: Drawing, generation: Generation, png: bytes, person_id: str, why: str) -> None:
        """Give one picture to one person."""


@dataclass(frozen=True)
class SlackDelivery:
    """`beside` gathers what is told beside a drawing, with what is left of its budget if it may be told there."""

    posts: Posts
    beside: Callable[[Drawing, bool], Beside]
    read: Callable[[str, str], bytes | None]
    readers: Readers
    guests: Guests

    def place(self, drawing: Drawing) -> str | None:
        """A post whose answer was lost is sent again: a spare placeholder says of itself that it was interrupted.

        Raises PostFailed where the person can't be told just now: nothing is given back unsaid. Raises NotAllowed
        before anything is posted; the person is told.
        """
        try:
            self._refuse_guests(drawing)
            return self._post(drawing)
        except Revoked:
            with suppress(PostFailed):
                self._tell(drawing, not_placed("revoked"))
            raise

    def _post(self, drawing: Drawing) -> str | None:
        try:
            costs, channel = self._costs(drawing), drawing.channel_id or ""
            message = placeholder(drawing, self.beside(drawing, False), costs=costs)
            return surely(lambda: self.posts.post(channel, message.text, message.blocks, drawing.thread_ts))
        except Revoked:
            raise
        except CantPost as error:
            self._tell(drawing, not_placed(error.code))
        except PostFailed:
            self._tell(drawing, not_placed("unsure"))
        return None

    def upload(self, drawing: Drawing, generation: Generation, png: bytes) -> str:
        """A spare file is seen by nobody: only a message shows one."""
        return surely(lambda: self._send(drawing, generation, png))

    def show(self, drawing: Drawing, bringing: str | None = None) -> str | None:
        if drawing.channel_id is None or drawing.message_ts is None:
            return None
        generation = next(
            (one for one in drawing.generations if one.id == bringing and one.state is PictureState.PAID), None
        )
        try:
            if self._update(drawing, wait=True):
                return None
            return self._bring_in_thread(drawing, generation)
        except CantPost as error:
            return self._bring_in_person(drawing, generation, error.code)

    def hand(self, drawing: Drawing, generation: Generation, png: bytes, person_id: str, why: str) -> None:
        comment = f"{why} {caption(generation)}"
        self._send(drawing, generation, png, channel=self.posts.direct_channel(person_id), comment=comment)

    def _update(self, drawing: Drawing, *, wait: bool) -> bool:
        """The one message, as things stand; False when Slack was still at work on a new picture after half a minute."""
        costs = self._costs(drawing)
        message = samples_drawing(drawing, self.beside(drawing, costs), costs=costs)
        update = self.posts.update_when_ready if wait else self.posts.update
        channel, ts = drawing.channel_id or "", drawing.message_ts or ""
        return surely(lambda: update(channel, ts, message.text, message.blocks)) is not False

    def _refuse_guests(self, drawing: Drawing) -> None:
        if all(generation.demo for generation in drawing.generations):
            return
        try:
            self.guests.refuse(drawing.team_id, drawing.person_id)
        except NotAllowed as error:
            self._tell(drawing, error.sentence)
            raise

    def _costs(self, drawing: Drawing) -> bool:
        """Whether they are told in its message."""
        return not self.readers.others(drawing.team_id, drawing.channel_id, drawing.person_id)

    def _bring_in_thread(self, drawing: Drawing, generation: Generation | None) -> str:
        """Slack never finished a new picture for a block: share the one brought as a file, or show the rest without."""
        png = None if generation is None else self.read(drawing.team_id, generation.id)
        if generation is None or png is None:
            self._update(_without_new(drawing), wait=False)
            return LATER
        self._once(drawing, generation, png, channel=drawing.channel_id, thread_ts=drawing.message_ts)
        return IN_THREAD

    def _bring_in_person(self, drawing: Drawing, generation: Generation | None, code: str) -> str:
        """The message is gone or closed to us: the money is spent, so the picture goes to the person who asked."""
        png = None if generation is None else self.read(drawing.team_id, generation.id)
        if generation is None or png is None:
            return LATER
        comment = f"{MOVED.format(why=code.replace('_', ' '))} {caption(generation)}"
        try:
            channel = self.posts.direct_channel(drawing.person_id)
            self._once(drawing, generation, png, channel=channel, comment=comment)
        except CantPost as error:
            log.warning("picture %s can be shown to nobody: %s, %s", generation.id, code, error.code)
            return f"kept:{code}"
        return f"moved:{code}"

    def _once(self, drawing: Drawing, generation: Generation, png: bytes, **where: str | None) -> None:
        """Where all would see a second copy, a lost answer counts as done: `show` gives the picture in any case."""
        try:
            self._send(drawing, generation, png, **where)
        except Unsure as unsure:
            log.warning("picture %s may not have been shown: %s", generation.id, unsure.code)

    def _send(self, drawing: Drawing, generation: Generation, png: bytes, **where: str | None) -> str:
        title, alt = samples_title(generation), alt_text(drawing, generation)
        return self.posts.upload(png, f"{generation.id}.png", title, alt, **where)

    def _tell(self, drawing: Drawing, sentence: str) -> None:
        to = Addressee(drawing.person_id, drawing.channel_id or "", drawing.reply_url, drawing.thread_ts)
        tell(self.posts, to, sentence)


@dataclass(frozen=True)
class Addressee:
    """Who asked for something, where, and the answer that its command or button still may give."""

    person_id: str
    channel_id: str
    reply_url: str | None
    thread_ts: str | None = None


def tell(posts: Posts, to: Addressee, sentence: str) -> None:
    """That person alone, by the first way that works: the command's own answer, here, in person.

    Raises PostFailed where one may work later; where none ever will, that is logged.
    """
    message, later = refusal.sentence(sentence), None
    for way in (_respond, _whisper, _write):
        try:
            if way(posts, to, message):
                return
        except PostFailed as failed:
            log.info("%s could not be told one way: %s", to.person_id, failed.code)
            later = failed if isinstance(failed, PASSING) else later
    if later is not None:
        raise later
    log.warning("%s can be told nothing", to.person_id)


def _respond(posts: Posts, to: Addressee, message: Message) -> bool:
    if to.reply_url:
        posts.respond(to.reply_url, message.text, message.blocks)
    return bool(to.reply_url)


def _whisper(posts: Posts, to: Addressee, message: Message) -> bool:
    posts.ephemeral(to.channel_id, to.person_id, message.text, message.blocks, to.thread_ts)
    return True


def _write(posts: Posts, to: Addressee, message: Message) -> bool:
    posts.post(posts.direct_channel(to.person_id), message.text, message.blocks)
    return True


def surely(act: Callable[[], T]) -> T:
    """Again when the answer was lost: only for what may be done twice."""
    for _ in range(TRIES - 1):
        with suppress(Unsure):
            return act()
    return act()


def _without_new(drawing: Drawing) -> Drawing:
    """As shown while Slack is still at work on its new pictures."""
    waiting = (replace(one, file_id=None) if one.state is PictureState.PAID else one for one in drawing.generations)
    return replace(drawing, generations=tuple(waiting))


@dataclass(frozen=True)
class FolderDelivery:
    """A terminal's pictures: `{folder}/{generation id}.png`; without a folder they stay where all pictures are kept."""

    folder: Path | None

    def place(self, drawing: Drawing) -> str | None:
        if self.folder is not None:
            self.folder.mkdir(parents=True, exist_ok=True)
        return drawing.id

    def upload(self, drawing: Drawing, generation: Generation, png: bytes) -> str:
        name = f"{generation.id}.png"
        if self.folder is not None:
            (self.folder / name).write_bytes(png)
        return name

    def show(self, drawing: Drawing, bringing: str | None = None) -> str | None:
        return None

    def hand(self, drawing: Drawing, generation: Generation, png: bytes, person_id: str, why: str) -> None:
        self.upload(drawing, generation, png)
