"""One prompt as one reviewer sees it: pictures under letters, and nothing that says whose they are."""

from dataclasses import dataclass

from bot.ledger.pictures import Vote


@dataclass(frozen=True)
class PagePicture:
    """`file_id` is the picture alone in Slack, None before it was brought there. `vote` is the reviewer's own."""

    letter: str
    generation_id: str
    file_id: str | None
    vote: Vote | None


@dataclass(frozen=True)
class Page:
    """`place` counts from 0 through all prompts, `number` from 1 through the `of` that are judged. `file_id` are the
    pictures side by side, None before they were brought to Slack. `earlier`: there is a page to go back to."""

    bench_id: str
    place: int
    prompt: str
    number: int
    of: int
    pictures: tuple[PagePicture, ...]
    file_id: str | None = None
    earlier: bool = False

    @property
    def votes(self) -> tuple[Vote, ...]:
        """Of the reviewer, once on all of them."""
        cast = tuple(picture.vote for picture in self.pictures if picture.vote is not None)
        return cast if len(cast) == len(self.pictures) else ()


@dataclass(frozen=True)
class Pending:
    """A bench somebody began to review, started or is to judge: how many of its prompts they may still judge, each of
    `lanes` pictures."""

    bench_id: str
    kind: str
    channel_id: str | None
    left: int
    lanes: int
