"""A month's work as it was, and the same month on another model: sums of its parts, and what they rest on."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from bot.errors import UnknownModel
from bot.ledger.mix_parts import MixPart
from bot.money import rounded, usd
from bot.pricing import model_named
from bot.pricing.facts import Catalog, Model
from bot.recommend.repricing import NOTHING, Bounds, Elsewhere, Target, as_drawn, elsewhere

LEAST_JUDGED = 20  # pictures of one word, before its keep rate is evidence
FOUR_DIGITS = Decimal("0.0001")


@dataclass(frozen=True)
class Sum:
    """US dollars: `usd` where it is known, else between `low_usd` and `high_usd`; None: nothing bounds it there.
    `likely_usd` is by the median of the team's own calls where nobody published a price."""

    usd: Decimal | None
    low_usd: Decimal | None
    high_usd: Decimal | None
    likely_usd: Decimal | None = None


@dataclass(frozen=True)
class WordMonth:
    """The pictures of one quality word, None where it was not told: what they cost, and what they would. `judged` are
    the team's own of the word they would be drawn at there."""

    quality: str | None
    images: int
    now: Sum
    there: Sum
    judged: int = 0


@dataclass(frozen=True)
class MonthNow:
    """What was drawn, and what it cost: as booked, and where a price was unknown as its own model's prices say.

    Pictures: `images` in all, of them `retries`, `batch`, `edits`, `reported` by pipelines and the rest drawn here,
    `metered` those with tokens. `unpriced` of the `records` had no known price.
    """

    cost: Sum
    images: int
    records: int
    unpriced: int
    retries: int
    batch: int
    edits: int
    reported: int
    metered: int
    kept: int
    judged: int


@dataclass(frozen=True)
class Lack:
    """What has no twin there, and how many pictures that is about."""

    what: str
    images: int


@dataclass(frozen=True)
class NearestWord:
    quality: str
    there: str


@dataclass(frozen=True)
class MonthElsewhere:
    """The same month on `model`: `cost` at the same quality words (or all of it at `quality`), `nearest` at those that
    cost most nearly the same, `nearest_words` being which.

    Pictures by what was reckoned with: `by_tokens` their own tokens scaled, `by_spec` their quality and size. `lane` is
    the one the model fills. `is_named`: OpenAI names it as the replacement. `cost_ratio` is to what it costs now, and
    so how much more often pictures must be kept there to pay; `keep_needed` the rate that is, from the team's own, over
    1 where none would do. `kept` of `judged` pictures are the team's own of those words there, and `per_kept_usd` what
    one of the month would cost kept so often, None without evidence. `metered_calls` of theirs stand for prices nobody
    published.
    """

    model: str
    lane: str | None
    quality: str | None
    batch: bool | None
    cost: Sum
    nearest: Sum
    nearest_words: tuple[NearestWord, ...]
    by_tokens: int
    by_spec: int
    lacks: tuple[Lack, ...]
    words: tuple[WordMonth, ...]
    is_named: bool = False
    cost_ratio: Decimal | None = None
    keep_needed: Decimal | None = None
    kept: int = 0
    judged: int = 0
    per_kept_usd: Decimal | None = None
    metered_calls: int = 0
    notes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        quality, batch = f" {self.quality}" if self.quality else "", " in batch" if self.batch else ""
        return f"{self.model}{quality}{batch}"


def month_now(catalog: Catalog, parts: Sequence[MixPart], on: date) -> MonthNow:
    def pictures(chosen: Iterable[MixPart]) -> int:
        return sum(part.images for part in chosen)

    return MonthNow(
        cost=summed(booked(catalog, part, on) for part in parts),
        images=pictures(parts),
        records=sum(part.records for part in parts),
        unpriced=sum(part.unknown for part in parts),
        retries=sum(part.retries for part in parts),
        batch=pictures(part for part in parts if part.batch),
        edits=pictures(part for part in parts if part.kind == "edit"),
        reported=sum(part.reported for part in parts),
        metered=pictures(part for part in parts if part.is_metered),
        kept=sum(part.kept for part in parts),
        judged=sum(part.judged for part in parts),
    )


def booked(catalog: Catalog, part: MixPart, on: date) -> Bounds:
    """As booked; where a record has no known price, at least that and at most what its own model's prices say,
    where those bound it."""
    spent = Fraction(part.spent_nanousd, 10**9)
    if not part.unknown:
        return Bounds(spent, spent)
    if part.unbounded:
        return Bounds(spent, None)
    model = known_model(catalog, part.model)
    listed = as_drawn(part, model, on) if model else Bounds(None, None)
    if part.unknown == part.records:
        return listed if listed.low is not None else Bounds(spent, listed.high)
    return Bounds(spent, None if listed.high is None else spent + listed.high)


def month_on(
    catalog: Catalog, parts: Sequence[MixPart], target: Target, on: date, lane: str | None = None
) -> MonthElsewhere:
    """Without what is compared: `against` adds that."""
    models = [known_model(catalog, part.model) for part in parts]
    same = [elsewhere(part, old, target, on) for part, old in zip(parts, models, strict=True)]
    near = [elsewhere(part, old, target, on, by_cost=True) for part, old in zip(parts, models, strict=True)]
    scaled = [one.part.images for one in same if one.by_tokens]
    return MonthElsewhere(
        model=target.model.id,
        lane=lane,
        quality=target.quality,
        batch=target.batch,
        cost=summed(one.usd for one in same),
        nearest=summed(one.usd for one in near),
        nearest_words=tuple(_nearest_words(near)),
        by_tokens=sum(scaled),
        by_spec=sum(part.images for part in parts) - sum(scaled),
        lacks=tuple(_lacking(same)),
        words=tuple(_by_word(catalog, same, on)),
        metered_calls=sum(one.calls for one in target.metered if one.spec.model == target.model.id),
    )


def against(there: MonthElsewhere, now: MonthNow, everything: Sequence[MixPart]) -> MonthElsewhere:
    """With how often pictures must be kept there to pay, and how often they were: by `everything` the team drew."""
    ratio = _ratio(there.cost.usd, now.cost.usd)
    rate = Fraction(now.kept, now.judged) if now.judged else None
    kept, words, expected = _evidence(there, everything)
    judged = sum(word.judged for word in words)
    return replace(
        there,
        cost_ratio=ratio,
        keep_needed=None if ratio is None or rate is None else (ratio * _decimal(rate)).quantize(FOUR_DIGITS),
        kept=kept,
        judged=judged,
        words=words,
        per_kept_usd=None if there.cost.usd is None or not expected else rounded(there.cost.usd / _decimal(expected)),
    )


def per_kept_now(now: MonthNow) -> Decimal | None:
    """What a kept picture of this month costs at its own keep rate; None where too few were judged."""
    if now.judged < LEAST_JUDGED or not now.kept or now.cost.usd is None:
        return None
    return rounded(now.cost.usd / _decimal(Fraction(now.images * now.kept, now.judged)))


def known_model(catalog: Catalog, name: str) -> Model | None:
    try:
        return model_named(catalog, name)
    except UnknownModel:
        return None


def summed(costs: Iterable[Bounds]) -> Sum:
    """Rounded once, to the nano-dollar."""
    total = NOTHING
    for cost in costs:
        total = total.plus(cost)
    low, high, known = _usd(total.low), _usd(total.high), total.known
    return Sum(None if known is None else low, low, high, None if known is not None else _usd(total.likely))


def _usd(exact: Fraction | None) -> Decimal | None:
    return None if exact is None else rounded(usd(round(exact * 10**9)))


def _decimal(exact: Fraction) -> Decimal:
    return Decimal(exact.numerator) / Decimal(exact.denominator)


def _ratio(there: Decimal | None, now: Decimal | None) -> Decimal | None:
    return (there / now).quantize(FOUR_DIGITS) if there is not None and now else None


def _nearest_words(near: Iterable[Elsewhere]) -> Iterator[NearestWord]:
    pairs = [NearestWord(one.part.quality, word) for one in near if one.part.quality for word in one.qualities]
    yield from dict.fromkeys(pairs)


def _lacking(parts: Iterable[Elsewhere]) -> Iterator[Lack]:
    images: dict[str, int] = {}
    for one in parts:
        for what in one.lacks:
            images[what] = images.get(what, 0) + one.part.images
    yield from (Lack(what, count) for what, count in images.items())


def _by_word(catalog: Catalog, parts: Sequence[Elsewhere], on: date) -> Iterator[WordMonth]:
    for word in dict.fromkeys(one.part.quality for one in parts):
        these = [one for one in parts if one.part.quality == word]
        yield WordMonth(
            word,
            sum(one.part.images for one in these),
            summed(booked(catalog, one.part, on) for one in these),
            summed(one.usd for one in these),
        )


def _evidence(
    there: MonthElsewhere, everything: Sequence[MixPart]
) -> tuple[int, tuple[WordMonth, ...], Fraction | None]:
    """Kept of the words this month would be drawn at there, each word with how many were judged, and how many of the
    month would then be kept: None where one of the words was judged too seldom."""
    mine = [part for part in everything if part.model == there.model]
    kept, words = 0, []
    expected: Fraction | None = Fraction(0)
    for word in there.words:
        alike = [part for part in mine if part.quality == (there.quality or word.quality)]
        word_kept, word_judged = sum(part.kept for part in alike), sum(part.judged for part in alike)
        kept += word_kept
        words.append(replace(word, judged=word_judged))
        if expected is not None:
            enough = word_judged >= LEAST_JUDGED
            expected = expected + Fraction(word.images * word_kept, word_judged) if enough else None
    return kept, tuple(words), expected
