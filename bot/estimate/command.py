"""`estimate` as typed: how many pictures, of what, on which lanes or models, and by which keep rate."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from bot.errors import NotUnderstood
from bot.grammar import numbers, options
from bot.grammar.canonical import joined, quoted_name, with_option
from bot.grammar.row import At, CommandRow, CommandUsage, FactAnswer, always, to_thread
from bot.grammar.sorting import at_most_one, at_most_three, bare_options, only, sort
from bot.grammar.vocabulary import Kind, Vocabulary
from bot.grammar.words import echo

USAGE = CommandUsage(
    "estimate",
    "estimate COUNT [QUALITY] [SIZE] [LANE or MODEL]... [--batch] [--keep RATE|own] [--retries N] [--for KIND] "
    "[--on DATE]",
    "What that many pictures cost on each lane, or on the one, two or three you name. `--for` counts with what your "
    "bench of that kind of work kept.",
    (
        "estimate 5000 high square",
        "estimate 200 medium 1536x1024 premium --batch",
        "estimate 100 high budget premium",
        "estimate 5000 high square --keep 55% --retries 1",
        "estimate 5000 high square --on 2026-03-27",
    ),
    spoken="A count; then in any order a quality, a size (square, portrait, landscape or like 1536x1024), lanes "
    "or models. Also --batch, --keep 55% (or own), --retries 1, --for product-shots and --on 2026-11-22.",
    topic="Price",
    gist="what your pictures would cost on each lane",
    begin=("Price 5,000", "estimate 5000 high square"),
)
_OPTIONS = {
    "batch": None,
    "keep": "a rate, like 0.55 or 55%, or own",
    "retries": "a number, like 1,",
    **options.FOR_KIND,
}


@dataclass(frozen=True)
class Estimate:
    """`size` is a shape or like 1024x1536, `choice` a lane or a model, `others` up to two more beside it, `keep` a rate
    above 0 and at most 1.

    `keep_own` asks for the rate the store knows; `keep` is None then. `kind` is a kind of work a bench was about.
    """

    name: ClassVar[str] = "estimate"

    count: int
    quality: str | None = None
    size: str | None = None
    choice: str | None = None
    batch: bool = False
    keep: Decimal | None = None
    keep_own: bool = False
    retries: int | None = None
    kind: str | None = None
    on: date | None = None
    others: tuple[str, ...] = ()

    def words(self) -> str:
        keep = "own" if self.keep_own else None if self.keep is None else numbers.rate_words(self.keep)
        return joined(
            "estimate",
            str(self.count),
            self.quality,
            self.size,
            self.choice,
            *self.others,
            "--batch" if self.batch else None,
            with_option("keep", keep),
            with_option("retries", self.retries),
            with_option("for", quoted_name(self.kind)),
            with_option("on", self.on),
        )


def read(words: Sequence[str], vocabulary: Vocabulary) -> Estimate:
    plain, typed = bare_options(USAGE, words, _OPTIONS)
    on = options.day(typed)
    slots = sort(USAGE, plain, (Kind.COUNT, Kind.QUALITY, Kind.SIZE, Kind.CHOICE), vocabulary.on(on))
    count = at_most_one(slots, Kind.COUNT)
    if count is None:
        raise NotUnderstood(f"How many pictures? For example `{USAGE.examples[0]}`.")
    choice, *others = at_most_three(slots, Kind.CHOICE) or (None,)
    keep, retries = only(typed, "keep"), only(typed, "retries")
    own = keep is not None and keep.lower() == "own"
    return Estimate(
        count=numbers.count(count),
        quality=at_most_one(slots, Kind.QUALITY),
        size=at_most_one(slots, Kind.SIZE),
        choice=choice,
        batch=only(typed, "batch") is not None,
        keep=None if keep is None or own else numbers.keep_rate(keep),
        keep_own=own,
        retries=None if retries is None else numbers.retries(retries),
        kind=options.kind(typed),
        on=on,
        others=tuple(others),
    )


def from_fields(
    vocabulary: Vocabulary, count: str, quality: str, size: str, of: str, batch: str, keep: str
) -> Estimate:
    """As a program asks: each in a place of its own, "" where it is left out, and none read as another; `of` is up to
    three lanes or models with commas between them. Raises NotUnderstood."""

    def slot(text: str, kind: Kind) -> str | None:
        return at_most_one(sort(USAGE, [text], (kind,), vocabulary), kind) if text else None

    if not count:
        raise NotUnderstood("How many pictures? For example count=5000.")
    if batch not in ("", "true", "false"):
        raise NotUnderstood(f"I read batch=true or batch=false, not `{echo(batch)}`.")
    names = [name.strip() for name in of.split(",")] if of else []
    choice, *others = at_most_three(sort(USAGE, names, (Kind.CHOICE,), vocabulary), Kind.CHOICE) or (None,)
    is_own = keep.lower() == "own"
    return Estimate(
        count=numbers.count(count),
        quality=slot(quality, Kind.QUALITY),
        size=slot(size, Kind.SIZE),
        choice=choice,
        batch=batch == "true",
        keep=numbers.keep_rate(keep) if keep and not is_own else None,
        keep_own=is_own,
        others=tuple(others),
    )


ESTIMATE = CommandRow(
    USAGE,
    read,
    FactAnswer(
        At("bot.estimate.answer:estimate"),
        At("bot.estimate.blocks:quotes"),
        own=lambda command: command.kind is not None or command.keep_own,
        details=At("bot.estimate.blocks:details"),
    ),
    to_thread,
    always,
    printout=At("bot.estimate.printout:rendered"),
    extras=("--workspace",),
    verbs=("cost", "costs", "price", "prices", "pricing", "quote", "calculate"),
)
