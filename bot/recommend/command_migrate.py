"""`migrate` as typed: which model is left, or the same month on what is named."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from bot.grammar import options
from bot.grammar.canonical import joined, with_option
from bot.grammar.row import At, Audience, BookAnswer, CommandRow, CommandUsage, always
from bot.grammar.sorting import at_most_one, bare_options, only, sort
from bot.grammar.vocabulary import Kind, Vocabulary

USAGE = CommandUsage(
    "migrate",
    "migrate [MODEL] [--all] [--to LANE or MODEL] [--quality QUALITY] [--batch] [--on DATE]",
    "What moving off a model costs on your own last 30 days. It says what has no twin and offers the blind test that "
    "would prove it; alone it is for every model you use that ends. `--to`, `--quality` and `--batch` reckon the same "
    "month there, and `--all` the whole month of all models.",
    (
        "migrate",
        "migrate gpt-image-1-mini",
        "migrate gpt-image-1-mini --to premium --quality medium",
        "migrate --all --to gpt-image-2.5-flare --batch",
    ),
    spoken="With a model, or alone for all you use that end. Also --all, --to budget, --quality medium, --batch and "
    "--on 2026-11-22.",
    topic="Choose",
    gist="what moving off a model costs you",
    begin=("Plan a move", "migrate"),
)
_OPTIONS = {
    "all": None,
    "to": "a lane or a model, like budget,",
    "quality": "a quality, like medium,",
    "batch": None,
    **options.DATED,
}


@dataclass(frozen=True)
class Migrate:
    """`model` is the one that is left, None for all that end. `is_all`: the month of every model. `to` is a lane or a
    model, `quality` a word for all of it; any of them, or `batch`, asks for the same month there."""

    name: ClassVar[str] = "migrate"

    model: str | None = None
    is_all: bool = False
    to: str | None = None
    quality: str | None = None
    batch: bool = False
    on: date | None = None

    @property
    def is_back_test(self) -> bool:
        return self.is_all or self.batch or self.to is not None or self.quality is not None

    def words(self) -> str:
        return joined(
            "migrate",
            self.model,
            "--all" if self.is_all else None,
            with_option("to", self.to),
            with_option("quality", self.quality),
            "--batch" if self.batch else None,
            with_option("on", self.on),
        )


def read(words: Sequence[str], vocabulary: Vocabulary) -> Migrate:
    """Without a model, what is reckoned elsewhere is the month of all."""
    plain, typed = bare_options(USAGE, words, _OPTIONS)
    on = options.day(typed)
    known = vocabulary.on(on)
    model = at_most_one(sort(USAGE, plain, (Kind.MODEL,), known), Kind.MODEL)
    to, quality, batch = only(typed, "to"), only(typed, "quality"), only(typed, "batch") is not None
    elsewhere = batch or to is not None or quality is not None
    return Migrate(
        model=model,
        is_all=model is None and (elsewhere or only(typed, "all") is not None),
        to=None if to is None else known.read(to, Kind.CHOICE),
        quality=None if quality is None else known.read(quality, Kind.QUALITY),
        batch=batch,
        on=on,
    )


def audience(_command: Migrate) -> Audience:
    return Audience.INSIDE


MIGRATE = CommandRow(
    USAGE,
    read,
    BookAnswer(slow=always),
    audience,
    always,
    printout=At("bot.recommend.printout_migration:rendered"),
    extras=("--workspace",),
    verbs=("migration", "move", "leave", "replace"),
)
