"""`recommend` and `models` as typed: in which situation, which model, and on which day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from bot.errors import NotUnderstood
from bot.grammar import options
from bot.grammar.canonical import joined, quoted_name, with_option
from bot.grammar.row import At, CommandRow, CommandUsage, FactAnswer, always, to_thread
from bot.grammar.sorting import at_most_one, bare_options, sort
from bot.grammar.vocabulary import Kind, Vocabulary

USAGE = CommandUsage(
    "recommend",
    "recommend [new | existing MODEL | quality | unsure] [--for KIND] [--on DATE]",
    "Which lane to take in your situation, and why. `--for` names a kind of work: where a blind test of yours "
    "proved something for it, that decides.",
    (
        "recommend new",
        "recommend existing gpt-image-1.5",
        "recommend quality --for product-shots",
        "recommend unsure --on 2026-03-27",
    ),
    spoken="With new, existing and a model, quality, or unsure. Also --for product-shots and --on 2026-11-22.",
    topic="Choose",
    gist="which lane to take, and why",
    begin=("Which lane?", "recommend"),
)
MODELS_USAGE = CommandUsage(
    "models",
    "models [MODEL] [--on DATE]",
    "Which models can be used, until when, and what they cost.",
    ("models", "models gpt-image-2", "models --on 2026-11-30"),
    spoken="With one model, or alone for all of them. Also --on 2026-11-22.",
    topic="Choose",
    gist="what each model costs, and which end soon",
    begin=("All models", "models"),
)


@dataclass(frozen=True)
class Recommend:
    """`model` goes with the situation `existing`, and only with it. `kind` is a kind of work a bench was about."""

    name: ClassVar[str] = "recommend"

    situation: str | None = None
    model: str | None = None
    kind: str | None = None
    on: date | None = None

    def words(self) -> str:
        kind = quoted_name(self.kind)
        return joined("recommend", self.situation, self.model, with_option("for", kind), with_option("on", self.on))


@dataclass(frozen=True)
class Models:
    name: ClassVar[str] = "models"

    model: str | None = None
    on: date | None = None

    def words(self) -> str:
        return joined("models", self.model, with_option("on", self.on))


def read(words: Sequence[str], vocabulary: Vocabulary) -> Recommend:
    plain, typed = bare_options(USAGE, words, options.FOR_KIND)
    on = options.day(typed)
    slots = sort(USAGE, plain, (Kind.SITUATION, Kind.MODEL), vocabulary.on(on))
    situation, model = at_most_one(slots, Kind.SITUATION), at_most_one(slots, Kind.MODEL)
    if situation == "existing" and model is None:
        raise NotUnderstood("Which model does your workflow use? I read `recommend existing MODEL`.")
    if situation not in (None, "existing") and model is not None:
        raise NotUnderstood(f"I read both `{situation}` and `{model}`: a model goes with `existing` only.")
    # A model alone can only be the one in use.
    return Recommend("existing" if model else situation, model, options.kind(typed), on)


def read_models(words: Sequence[str], vocabulary: Vocabulary) -> Models:
    plain, typed = bare_options(MODELS_USAGE, words, options.DATED)
    on = options.day(typed)
    slots = sort(MODELS_USAGE, plain, (Kind.MODEL,), vocabulary.on(on))
    return Models(at_most_one(slots, Kind.MODEL), on)


RECOMMEND = CommandRow(
    USAGE,
    read,
    FactAnswer(
        At("bot.recommend.answer:recommend"),
        At("bot.recommend.blocks:recommendation"),
        own=lambda command: command.kind is not None,
        details=At("bot.recommend.blocks:details"),
    ),
    to_thread,
    always,
    printout=At("bot.recommend.printout:rendered"),
    extras=("--workspace",),
    verbs=("suggest", "choose", "advise"),
)
MODELS = CommandRow(
    MODELS_USAGE,
    read_models,
    FactAnswer(
        At("bot.recommend.answer:models"),
        At("bot.recommend.blocks_models:models"),
        details=At("bot.recommend.blocks_models:details"),
    ),
    to_thread,
    always,
    printout=At("bot.recommend.printout_models:rendered"),
    verbs=("lanes",),  # a terminal's own word
)
