"""One prompt as one reviewer sees it: pictures under letters, and nothing that says whose they are."""

from dataclasses import dataclass

from bot.ledger.pictures import Vote


@dataclass(frozen=True)
class PagePicture:
    """`file_id` is the picture in Slack, None before it was brought there. `vote` is the reviewer's own."""

    letter: str
    generation_id: str
    file_id: str | None
    vote: Vote | None


@dataclass(frozen=True)
class Page:
    """`place` counts from 0, `of` all prompts that are judged; `left` those this person may still judge, this one
    included."""

    bench_id: str
    place: int
    prompt: str
    of: int
    left: int
    pictures: tuple[PagePicture, ...]

    @property
    def ready(self) -> bool:
        return all(picture.file_id for picture in self.pictures)


@dataclass(frozen=True)
class Pending:
    """A bench somebody began to review, started or is to judge: how many of its prompts they may still judge, each of
    `lanes` pictures."""

    bench_id: str
    kind: str
    channel_id: str | None
    left: int
    lanes: int
