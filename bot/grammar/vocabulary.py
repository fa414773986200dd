"""The words that can stand in a command: which kind a word is of, and what it was perhaps meant to be."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from bot.errors import BadNumber, NotUnderstood, Slip
from bot.grammar.hints import hint
from bot.grammar.numbers import is_count
from bot.grammar.words import echo, either, hidden, listed
from bot.pricing import dated
from bot.pricing.facts import LANES, Catalog, Model

SITUATIONS = ("new", "existing", "quality", "unsure")
SHAPES = ("square", "portrait", "landscape")
DIMENSIONS = ("lane", "model", "quality", "source", "person", "project", "kind", "day")

_PIXELS = re.compile(r"([1-9][0-9]{1,4})[xX×]([1-9][0-9]{1,4})")
_MEANT_AS_PIXELS = re.compile(r"[\d.,_]+[xX×*][\d.,_]+(?:px)?")
_NEARLY_PIXELS = re.compile(r"([1-9][0-9]{2,4})(?:px)?[xX×*]([1-9][0-9]{2,4})(?:px)?")
_RATIO = re.compile(r"([1-9]|[12][0-9])[:xX×]([1-9]|[12][0-9])")
_SHAPE_WORDS = {
    "vertical": "portrait",
    "tall": "portrait",
    "upright": "portrait",
    "horizontal": "landscape",
    "wide": "landscape",
    "quadratic": "square",
}


class Kind(StrEnum):
    """The value is how an answer calls it."""

    COUNT = "count"
    QUALITY = "quality"
    SIZE = "size"
    CHOICE = "lane or model"
    MODEL = "model"
    SITUATION = "situation"
    COMMAND = "command"


_OF_MODELS = (Kind.CHOICE, Kind.MODEL)
_PLURAL = {Kind.QUALITY: "qualities", Kind.CHOICE: "lanes or models"}


def plural(kind: Kind) -> str:
    return _PLURAL.get(kind, f"{kind}s")


@dataclass(frozen=True)
class Vocabulary:
    """What the catalogue names: models by their ids and those of their snapshots, and the quality words of any.

    `day` is the one asked about: today, until a command names another. None: no model is suggested.
    """

    models: Mapping[str, Model]
    qualities: tuple[str, ...]
    day: date | None = None

    def on(self, day: date | None) -> "Vocabulary":
        """For the day a command names, if it does."""
        return self if day is None else replace(self, day=day)

    def names(self, kind: Kind) -> tuple[str, ...]:
        """The words of a kind; a count has none, and a size more than these."""
        return {
            Kind.QUALITY: self.qualities,
            Kind.SIZE: SHAPES,
            Kind.CHOICE: (*LANES, *self.models),
            Kind.MODEL: tuple(self.models),
            Kind.SITUATION: SITUATIONS,
        }.get(kind, ())

    def find(self, word: str, kind: Kind) -> str | None:
        """The word in its right spelling, or None if it is not of that kind."""
        if kind is Kind.COUNT:
            return word if is_count(word) else None
        pixels = _PIXELS.fullmatch(word) if kind is Kind.SIZE and not _RATIO.fullmatch(word) else None
        if pixels:
            return f"{pixels[1]}x{pixels[2]}"
        if kind in _OF_MODELS and dated.bare(word) in self.models:
            return dated.bare(word)
        return next((name for name in self.names(kind) if name.lower() == word.lower()), None)

    def read(self, word: str, kind: Kind) -> str:
        """Like find, for a word that can only be of this kind. Raises NotUnderstood."""
        name = self.find(word, kind)
        if name is None:
            refuse_bad_size(word, (kind,))
            raise self.misspelled(word, (kind,)) or NotUnderstood(
                f"I could not read `{echo(word)}` as a {kind}{hidden(word)}: I read {self.readable((kind,))}.",
                Slip(word),
            )
        return name

    def misspelled(self, word: str, kinds: tuple[Kind, ...]) -> NotUnderstood | None:
        """The question whether a near name was meant, if one of these kinds has such, or which model takes no calls."""
        shape = shape_meant(word) if Kind.SIZE in kinds else None
        if shape:
            return did_you_mean(word, Kind.SIZE, (shape,))
        kind_of = {name: kind for kind in reversed(kinds) for name in self.names(kind)}
        others = [name for name in kind_of if name not in self.models]
        models = [name for name in kind_of if name in self.models] if self.day else []
        living = [name for name in models if self._is_alive(name)]
        short = self._short(word, living)
        if short:
            return did_you_mean(word, "model", short)
        suggestion = hint(word, others, living, [name for name in models if name not in living])
        if suggestion.absent:
            return self._absent(word, self.models[suggestion.absent], suggestion.absent)
        if not suggestion.words:
            return None
        return did_you_mean(word, _called(suggestion.words[0], kind_of[suggestion.words[0]]), suggestion.words)

    def _absent(self, word: str, model: Model, name: str) -> NotUnderstood:
        released = self.day is not None and dated.is_released(model, self.day)
        state = f"was shut down on {model.shutdown}" if released else f"was not out on {self.day}"
        return NotUnderstood(
            f"I know no model `{echo(word)}`{hidden(word)}, and `{name}`, which it looks like, {state}: "
            "`models` lists the living ones.",
            Slip(word),
        )

    def _short(self, word: str, living: Sequence[str]) -> tuple[str, ...]:
        """The living models people call by the last part of their name (`flare`): those whose price somebody
        published, where there is one."""
        if not word.isalpha():
            return ()
        called = [name for name in living if name == self.models[name].id and name.endswith(f"-{word.lower()}")]
        priced = [name for name in called if self.models[name].tokens or self.models[name].ladders]
        return tuple(priced or called)[:2]

    def _is_alive(self, name: str) -> bool:
        return self.day is not None and dated.is_alive(self.models[name], self.day)

    def readable(self, kinds: tuple[Kind, ...]) -> str:
        words = {
            Kind.COUNT: "a count like 5000",
            Kind.QUALITY: f"a quality ({listed(self.qualities, 'or')})",
            Kind.SIZE: f"a size ({', '.join(SHAPES)} or like 1024x1024)",
            Kind.CHOICE: f"a lane ({listed(LANES, 'or')}) or a model (`models` lists them)",
            Kind.MODEL: "a model (`models` lists them)",
            Kind.SITUATION: f"a situation ({listed(SITUATIONS, 'or')})",
        }
        return listed(words[kind] for kind in kinds)


def _called(name: str, kind: Kind) -> str:
    if kind is Kind.CHOICE:
        return "lane" if name in LANES else "model"
    return kind


def did_you_mean(word: str, called: str, near: tuple[str, ...]) -> NotUnderstood:
    article = "an" if called[0] in "aeiou" else "a"
    sentence = f"I read `{echo(word)}` as {article} {called}{hidden(word)}: did you mean {either(near)}?"
    return NotUnderstood(sentence, Slip(word, near))


def shape_meant(word: str) -> str | None:
    """Of a ratio, such as 16:9, or another word for a shape; None where it is neither."""
    ratio = _RATIO.fullmatch(word)
    if ratio is None:
        return _SHAPE_WORDS.get(word.lower())
    wide, high = int(ratio[1]), int(ratio[2])
    return "square" if wide == high else "landscape" if wide > high else "portrait"


def refuse_bad_size(word: str, kinds: tuple[Kind, ...]) -> None:
    """Raises BadNumber for a word surely meant as a size, where one can stand."""
    if Kind.SIZE in kinds and _MEANT_AS_PIXELS.fullmatch(word):
        pixels = _NEARLY_PIXELS.fullmatch(word)
        meant = f"{pixels[1]}x{pixels[2]}" if pixels else shape_meant(word)
        sentence = f"I read sizes like 1024x1024; I could not read '{echo(word)}'{hidden(word)}."
        raise BadNumber(sentence, Slip(word, (meant,) if meant else ()))


def vocabulary(catalog: Catalog, today: date | None = None) -> Vocabulary:
    """The words the catalogue adds to the grammar."""
    models = catalog.models.values()
    by_name = {name: model for model in models for name in (model.id, *model.snapshots)}
    return Vocabulary(by_name, tuple(dict.fromkeys(word for model in models for word in model.qualities)), today)
