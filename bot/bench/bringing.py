"""Brings the pictures of a prompt to Slack, where its judges see them: each alone, then side by side in every order.

What leaves is the same for every lane: names, titles, sizes in bytes; and what comes first is drawn by chance. A prompt
is brought once all its pictures are there. It may end anywhere: what is there stands in the store, the rest comes next.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from bot.bench import composites, rows_composites
from bot.bench.composites import PromptPictures
from bot.bench.rows_composites import Unbrought
from bot.ledger.ledger import Ledger
from bot.samples.delivery import PASSING
from bot.samples.unwritten import Unwritten
from bot.slack.failures import PostFailed
from bot.slack.posts import Posts

FILE, TITLE = "picture.png", "Picture to be judged"  # the same for all: a name would say whose it is

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Bringing:
    """`read` gives a picture by team and id. `uploads` is what Slack has and the store could not be told yet."""

    store: Ledger
    posts: Posts
    read: Callable[[str, str], bytes | None]
    uploads: Unwritten[str] = field(default_factory=Unwritten)

    def bring(self, team_id: str, bench_id: str, place: int | None = None) -> bool:
        """Of that prompt, or of all, whatever Slack lacks; whether it lacked any. What it refuses is left for the next
        time."""
        read, key = self.store.read, (team_id, bench_id)
        lacking = read(rows_composites.unbrought, *key, place)
        for turn, each in enumerate(lacking):
            # Those behind the first are asked for anew: another process may have been at them meanwhile.
            prompts = read(rows_composites.unbrought, *key, each.place) if turn else (each,)
            try:
                self._bring(*key, prompts)
            except PostFailed as failed:
                log.warning("pictures of bench %s could not be brought to its judges: %s", bench_id, failed.code)
                if isinstance(failed, PASSING):
                    break
        return bool(lacking)

    def _bring(self, team_id: str, bench_id: str, prompts: Sequence[Unbrought]) -> None:
        for prompt in prompts:
            pictures = composites.drawn([self.read(team_id, image) for image in prompt.images])
            if pictures is None:
                self._without(team_id, bench_id, prompt.place)
            else:
                self._alone(team_id, prompt, pictures)
                self._together(team_id, bench_id, prompt, pictures)

    def _alone(self, team_id: str, prompt: Unbrought, pictures: PromptPictures) -> None:
        for image in prompt.alone:
            png = pictures.alone[prompt.images.index(image)]
            self.uploads.once((team_id, image), partial(self._upload, png), partial(self._note_alone, team_id, image))

    def _note_alone(self, team_id: str, image: str, file_id: str) -> None:
        self.store.write(rows_composites.alone, team_id, image, file_id)

    def _together(self, team_id: str, bench_id: str, prompt: Unbrought, pictures: PromptPictures) -> None:
        for order in prompt.together:
            which = team_id, bench_id, prompt.place, order
            upload, note = partial(self._upload, pictures.together[order]), partial(self._note_together, which)
            self.uploads.once((team_id, f"{bench_id}:{prompt.place}:{order}"), upload, note)

    def _note_together(self, which: tuple[str, str, int, str], file_id: str) -> None:
        self.store.write(rows_composites.together, *which, file_id)

    def _upload(self, png: bytes) -> str:
        """Seen by nobody before a window shows it; a spare copy hurts nobody."""
        return self.posts.upload(png, FILE, TITLE, TITLE)

    def _without(self, team_id: str, bench_id: str, place: int) -> None:
        """Left out for all lanes alike; where no picture of it can be read, it is the folder that is away."""
        prompts = self.store.read(rows_composites.pictures, team_id, bench_id)
        if any(self._readable(team_id, images) for images in prompts):
            log.warning("a picture of bench %s is gone: its prompt %d is left out", bench_id, place + 1)
            self.store.write(rows_composites.leave_out, team_id, bench_id, place)
        else:
            log.warning("no picture of bench %s can be read: it can't be judged", bench_id)

    def _readable(self, team_id: str, images: Sequence[str]) -> bool:
        return all(self.read(team_id, image) is not None for image in images)
