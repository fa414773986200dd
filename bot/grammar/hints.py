"""What an unknown word was perhaps meant to be.

Who follows a hint pays what it names. So nobody is led to a model that takes no calls on the day, nor from one model to
another with another price: where the one that was meant is gone, nothing stands in for it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.grammar.words import begun, most_alike, nearest
from bot.pricing import dated

_DAY = re.compile(r"-[0-9]{4}-?[0-9]{2}-?[0-9]{2}$")
_MARKS = re.compile(r"[^a-z0-9]")


@dataclass(frozen=True)
class Hint:
    """The words to offer, or the model that was meant and takes no calls."""

    words: tuple[str, ...] = ()
    absent: str | None = None


def hint(word: str, others: Sequence[str], living: Sequence[str], absent: Sequence[str]) -> Hint:
    """`others` are no models; `living` and `absent` are the models that take calls on the day, and the rest."""
    if not (living or absent):
        return Hint(nearest(word, others))
    name = dated.bare(word)
    models = (*living, *absent)
    sure = _same(name, models) or _extended(name, models)
    if sure:
        return Hint(absent=sure) if sure in absent else Hint((sure,))
    if _undated(name) != name:
        return _dated(name, models, absent)
    return _alike(name, (*others, *living), absent)


def _same(name: str, models: Iterable[str]) -> str | None:
    """The model it is save for the marks in it (`gpt_image_1-5`), or a day at its end."""
    for text in (name, _undated(name)):
        for model in models:
            if _MARKS.sub("", model) == _MARKS.sub("", text):
                return model
    return None


def _extended(name: str, models: Sequence[str]) -> str | None:
    """The longest model it begins with, or, where what follows is nearly the rest of a longer one, that."""
    base = max((model for model in models if name.startswith(f"{model}-")), key=len, default=None)
    if base is None:
        return None
    start = f"{base}-"
    rests = {model.removeprefix(start): model for model in _without_day(models) if model.startswith(start)}
    near = nearest(_undated(name).removeprefix(start), rests)
    return rests[near[0]] if near else base


def _dated(name: str, models: Sequence[str], absent: Sequence[str]) -> Hint:
    """By what stands before the day: the days of two snapshots are alike whatever their models are."""
    near = most_alike(_undated(name), _without_day(models))
    if len(near) != 1:
        return Hint()
    return Hint(absent=near[0]) if near[0] in absent else Hint(near)


def _alike(name: str, there: Sequence[str], absent: Sequence[str]) -> Hint:
    longer = begun(name, there)
    if longer:
        return Hint(longer)
    near = most_alike(name, (*there, *absent))
    usable = tuple(one for one in near if one not in absent)
    return Hint(usable[:1]) if usable or not near else Hint(absent=near[0])


def _without_day(models: Iterable[str]) -> list[str]:
    return [model for model in models if _undated(model) == model]


def _undated(name: str) -> str:
    return _DAY.sub("", name)
