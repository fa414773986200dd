"""How many output tokens one image takes."""

from fractions import Fraction
from functools import lru_cache
from math import ceil

from bot.pricing.facts import Formula, Model, TokenTable
from bot.pricing.spec import Size


@lru_cache(4096)  # every estimate asks for the same few cells, and fractions are slow
def by_formula(base: int, size: Size) -> int:
    """The official docs calculator for gpt-image-2 and 2.5, in exact arithmetic.

    The short side is rounded half to even, as the calculator's code does: half up would differ in 295 cells. The
    calculator itself computes in floating point, which misses the tie at five sizes (1536x944 is one).
    """
    long, short = max(size.width, size.height), min(size.width, size.height)
    rows = round(Fraction(base * short, long))  # round() of a Fraction goes half to even
    return ceil(Fraction(base * rows * (2_000_000 + size.width * size.height), 4_000_000))


def tokens_per_image(model: Model, quality: str, size: Size) -> int | None:
    """None where no table or formula covers that quality and size."""
    match model.tokens:
        case TokenTable(cells=cells):
            return cells.get((quality, size))
        case Formula(base=base) if quality in base:
            return by_formula(base[quality], size)
        case _:
            return None


def twin_quality(quality: str, of: Model, on: Model) -> str | None:
    """The quality of `on` that takes as many tokens as `quality` does on `of`; None without a formula or a twin."""
    if not isinstance(of.tokens, Formula) or not isinstance(on.tokens, Formula):
        return None
    base = of.tokens.base.get(quality)
    return next((name for name, other in on.tokens.base.items() if other == base), None)
