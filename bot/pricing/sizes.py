"""Which qualities and sizes a model draws; every refusal says the rule and what comes nearest."""

import re
from collections.abc import Iterable

from bot.errors import BadSpec
from bot.pricing.facts import Model, SizeRules
from bot.pricing.spec import Size

PIXELS = re.compile(r"([1-9][0-9]{0,5})x([1-9][0-9]{0,5})", re.ASCII)


def resolve_size(model: Model, word: str) -> Size:
    """The size meant by square, portrait, landscape or WIDTHxHEIGHT on this model. Raises BadSpec."""
    if (shape := model.shapes.get(word.lower())) is not None:
        return shape
    if (size := parse_size(word)) is not None:
        check_size(model, size)
        return size
    if word.lower() in ("square", "portrait", "landscape"):
        raise BadSpec(f"{model.id} draws {listed(model.shapes, 'or')} only, not {word.lower()}.")
    raise BadSpec(
        f"I can't read {word!r} as a size: say square, portrait, landscape or WIDTHxHEIGHT such as 1024x1536."
    )


def parse_size(word: str) -> Size | None:
    """WIDTHxHEIGHT in plain digits, or None."""
    match = PIXELS.fullmatch(word.lower())
    return Size(int(match[1]), int(match[2])) if match else None


def check_quality(model: Model, quality: str) -> None:
    """Raises BadSpec, naming the qualities there are."""
    if quality not in model.qualities:
        raise BadSpec(f"{model.id} has no quality {quality}; it has {listed(model.qualities, 'or')}.")


def check_size(model: Model, size: Size) -> None:
    """Raises BadSpec, naming the rule that is broken and the nearest size that is not."""
    if model.sizes is not None:
        if size not in model.sizes:
            raise BadSpec(
                f"{model.id} draws {listed(model.sizes, 'or')}, not {size}; the nearest is {nearest(model, size)}."
            )
    elif model.size_rules is not None and (broken := broken_rule(model.size_rules, size)) is not None:
        raise BadSpec(f"{model.id} can't draw {size}: {broken}. The nearest size is {nearest(model, size)}.")


def broken_rule(rules: SizeRules, size: Size) -> str | None:
    """The first rule this size breaks, in words."""
    long, short = max(size.width, size.height), min(size.width, size.height)
    pixels = size.width * size.height
    if size.width % rules.multiple_of or size.height % rules.multiple_of:
        return f"both sides must be multiples of {rules.multiple_of}"
    if long > rules.max_edge:
        return f"no side may be longer than {rules.max_edge}"
    if long > short * rules.max_ratio:
        return f"the long side may be at most {rules.max_ratio} times the short one"
    if pixels < rules.min_pixels:
        return f"it has {pixels:,} pixels, fewer than {rules.min_pixels:,}"
    if pixels > rules.max_pixels:
        return f"it has {pixels:,} pixels, more than {rules.max_pixels:,}"
    return None


def nearest(model: Model, size: Size) -> Size:
    """The size this model draws whose sides differ least from the one asked for."""

    def distance(other: Size) -> tuple[int, Size]:
        return (other.width - size.width) ** 2 + (other.height - size.height) ** 2, other

    if model.size_rules is None:
        return min(model.sizes or model.shapes.values(), key=distance)
    rules = model.size_rules
    widths = range(rules.multiple_of, rules.max_edge + 1, rules.multiple_of)
    return min((fit for width in widths if (fit := _fitting(rules, width, size.height)) is not None), key=distance)


def _fitting(rules: SizeRules, width: int, height: int) -> Size | None:
    """The allowed size of this width whose height comes nearest."""
    step = rules.multiple_of
    low = max(-(-rules.min_pixels // width), -(-width // rules.max_ratio))
    high = min(rules.max_edge, width * rules.max_ratio, rules.max_pixels // width)
    low, high = -(-low // step) * step, high // step * step
    if low > high:
        return None
    multiple = (height + step // 2) // step * step
    return Size(width, min(max(multiple, low), high))


def listed(words: Iterable[object], joint: str = "and") -> str:
    *most, last = [str(word) for word in words]
    return f"{', '.join(most)} {joint} {last}" if most else last
