"""The words that can stand in a command: which kind a word is of, and what it was perhaps meant to be."""

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.errors import BadNumber, NotUnderstood
from bot.grammar.numbers import is_count
from bot.grammar.words import echo, either, hidden, listed, nearest
from bot.pricing.facts import LANES, Catalog

SITUATIONS = ("new", "existing", "quality", "unsure")
SHAPES = ("square", "portrait", "landscape")
DIMENSIONS = ("lane", "model", "quality", "source", "person", "project", "day")

_PIXELS = re.compile(r"([1-9][0-9]{1,4})[xX×]([1-9][0-9]{1,4})")
_MEANT_AS_PIXELS = re.compile(r"[\d.,_]+[xX×*][\d.,_]+(?:px)?")


class Kind(StrEnum):
    """The value is how an answer calls it."""

    COUNT = "count"
    QUALITY = "quality"
    SIZE = "size"
    CHOICE = "lane or model"
    MODEL = "model"
    SITUATION = "situation"
    COMMAND = "command"


_PLURAL = {Kind.QUALITY: "qualities", Kind.CHOICE: "lanes or models"}


def plural(kind: Kind) -> str:
    return _PLURAL.get(kind, f"{kind}s")


@dataclass(frozen=True)
class Vocabulary:
    """What the catalogue names: model ids with their snapshots, and the quality words of any model."""

    models: tuple[str, ...]
    qualities: tuple[str, ...]

    def names(self, kind: Kind) -> tuple[str, ...]:
        """The words of a kind; a count has none, and a size more than these."""
        return {
            Kind.QUALITY: self.qualities,
            Kind.SIZE: SHAPES,
            Kind.CHOICE: LANES + self.models,
            Kind.MODEL: self.models,
            Kind.SITUATION: SITUATIONS,
        }.get(kind, ())

    def find(self, word: str, kind: Kind) -> str | None:
        """The word in its right spelling, or None if it is not of that kind."""
        if kind is Kind.COUNT:
            return word if is_count(word) else None
        pixels = _PIXELS.fullmatch(word) if kind is Kind.SIZE else None
        if pixels:
            return f"{pixels[1]}x{pixels[2]}"
        return next((name for name in self.names(kind) if name.lower() == word.lower()), None)

    def read(self, word: str, kind: Kind) -> str:
        """Like find, for a word that can only be of this kind. Raises NotUnderstood."""
        name = self.find(word, kind)
        if name is None:
            refuse_bad_size(word, (kind,))
            raise self.misspelled(word, (kind,)) or NotUnderstood(
                f"I could not read `{echo(word)}` as a {kind}{hidden(word)}: I read {self.readable((kind,))}."
            )
        return name

    def misspelled(self, word: str, kinds: tuple[Kind, ...]) -> NotUnderstood | None:
        """The question whether a near name was meant, if one of these kinds has such."""
        kind_of = {name: kind for kind in reversed(kinds) for name in self.names(kind)}
        near = nearest(word, kind_of)
        if not near:
            return None
        return did_you_mean(word, _called(near[0], kind_of[near[0]]), near)

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
    return NotUnderstood(f"I read `{echo(word)}` as {article} {called}{hidden(word)}: did you mean {either(near)}?")


def refuse_bad_size(word: str, kinds: tuple[Kind, ...]) -> None:
    """Raises BadNumber for a word surely meant as a size, where one can stand."""
    if Kind.SIZE in kinds and _MEANT_AS_PIXELS.fullmatch(word):
        raise BadNumber(f"I read sizes like 1024x1024; I could not read '{echo(word)}'{hidden(word)}.")


def vocabulary(catalog: Catalog) -> Vocabulary:
    """The words the catalogue adds to the grammar."""
    models = catalog.models.values()
    names = tuple(name for model in models for name in (model.id, *model.snapshots))
    return Vocabulary(names, tuple(dict.fromkeys(word for model in models for word in model.qualities)))
