"""A sealed bench's verdict: SWITCH, STAY or KEEP TESTING, and the best bet beside it. Values in, values out.

Proof and best bet are two things: a verdict is safe to repeat to others, the bet is what to do on Monday.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import isfinite

from bot.evidence.agreement import Agreement, agreement
from bot.evidence.comparing import p_cheaper
from bot.evidence.costs import break_even_reject_cost, price_ratio
from bot.evidence.sides import Image, Side, side_of, without_unsure
from bot.evidence.words import LEAST_PROMPTS, MOST_LOOKS, Word, verdict_word
from bot.money import rounded

REJECT_USD = Decimal("0.25")  # 30 seconds of a person at $30 an hour
USD_PER_HOUR = Decimal(30)
SAVING_FOR = 1000
TENTH = Decimal("0.1")
DIGITS = 9  # chances closer than this are the same: an integral is right to about ten


@dataclass(frozen=True)
class BreakEven:
    """One reject costs as much as this where both lanes cost the same; above it `dearer`, which is kept more often,
    is the cheaper one for each accepted image. `seconds` of a person's time."""

    usd: Decimal
    seconds: Decimal
    dearer: str


@dataclass(frozen=True)
class Duel:
    """A challenger against the current lane, on the prompts judged on both.

    `price_ratio` has the reject in it; None where only the current lane is free. `cheaper` is the chance that the
    challenger is cheaper for each accepted image, `cheaper_if_sure` the same without votes of confidence 1 and 2.
    `saving_usd` for 1,000 accepted images in money, `saving_effort_usd` with the rejects' effort; negative: it costs
    more, None: nothing accepted on one of them. `break_even` is None where the same lane wins at any cost of a reject.
    """

    challenger: str
    current: str
    both: int
    new_only: int
    old_only: int
    neither: int
    prompts: int
    price_ratio: float | None
    cheaper: float
    word: Word
    cheaper_if_sure: float
    word_if_sure: Word
    saving_usd: Decimal | None
    saving_effort_usd: Decimal | None
    break_even: BreakEven | None


@dataclass(frozen=True)
class Bet:
    """The lane to take if one must choose today: `chance` that it is the cheaper one against `rival`, its closest."""

    lane: str
    rival: str
    chance: float


@dataclass(frozen=True)
class Verdict:
    """`winner` only where it is proven. `look` counts the verdicts on this question, this one included: four at most.
    `prompts` were judged on both lanes of every duel at least. No `bet` where only one lane was judged at all."""

    word: Word
    winner: str | None
    current: str
    prompts: int
    look: int
    reject_usd: Decimal
    sides: tuple[Side, ...]
    duels: tuple[Duel, ...]
    bet: Bet | None
    agreement: Agreement
    holds_if_sure: bool

    def side(self, lane: str) -> Side:
        return next(each for each in self.sides if each.lane == lane)


def verdict(
    images: Sequence[Image],
    current: str,
    reject_usd: Decimal = REJECT_USD,
    looks_before: int = 0,
    usd_per_hour: Decimal = USD_PER_HOUR,
) -> Verdict:
    """What a complete bench proves, its images of earlier benches on the same question included.

    `looks_before` are verdicts given on them; fewer than ten prompts on two lanes give none. Raises ValueError for
    fewer than two lanes, a current lane that is none of them, and for two images of one prompt on one lane: they
    would count it twice.
    """
    lanes = sorted({image.lane for image in images})
    if len(lanes) < 2 or current not in lanes or len({(image.prompt, image.lane) for image in images}) < len(images):
        raise ValueError("a bench has two lanes or more, the current one too, and one image for each prompt and lane")
    sides = {lane: side_of(lane, images, reject_usd) for lane in lanes}
    tables = _Tables(images, sides, reject_usd)
    sure = _Tables(without_unsure(images), sides, reject_usd)
    challengers = [lane for lane in lanes if lane != current]
    duels = tuple(_duel(tables, sure, lane, current, looks_before + 1, usd_per_hour) for lane in challengers)
    is_look = any(duel.prompts >= LEAST_PROMPTS for duel in duels)
    word = _together([duel.word for duel in duels])
    return Verdict(
        word=word,
        winner=_winner(word, duels, sides),
        current=current,
        prompts=min(duel.prompts for duel in duels),
        look=min(looks_before + is_look, MOST_LOOKS),
        reject_usd=reject_usd,
        sides=tuple(sides.values()),
        duels=duels,
        bet=_bet(tables, [lane for lane in lanes if sides[lane].judged], current),
        agreement=agreement(_ratings(images)),
        holds_if_sure=word == _together([duel.word_if_sure for duel in duels]),
    )


class _Tables:
    """Paired counts and chances for any two lanes, each chance worked out once."""

    def __init__(self, images: Sequence[Image], sides: dict[str, Side], reject_usd: Decimal) -> None:
        self.sides, self.reject_usd = sides, reject_usd
        self.keeps = {lane: {image.prompt: image.kept for image in images if image.lane == lane} for lane in sides}
        self.chances: dict[tuple[str, str], float] = {}

    def counts(self, new: str, old: str) -> tuple[int, int, int, int]:
        """Prompts kept on both, on `new` only, on `old` only, on neither; others do not count."""
        pairs = [(kept, self.keeps[old].get(prompt)) for prompt, kept in self.keeps[new].items()]
        return (
            pairs.count((True, True)),
            pairs.count((True, False)),
            pairs.count((False, True)),
            pairs.count((False, False)),
        )

    def ratio(self, new: str, old: str) -> float:
        """1 where nothing was judged on one of them: what a judged image costs there is not known."""
        if not self.sides[new].judged or not self.sides[old].judged:
            return 1.0
        return price_ratio(self.sides[new].call_usd, self.sides[old].call_usd, self.reject_usd)

    def cheaper(self, new: str, old: str) -> float:
        """One of two is the cheaper one: the chance is worked out in one direction, so that the two add up to 1."""
        if new > old:
            return 1 - self.cheaper(old, new)
        if (new, old) not in self.chances:
            both, new_only, old_only, _ = self.counts(new, old)
            self.chances[new, old] = p_cheaper(both, new_only, old_only, self.ratio(new, old))
        return self.chances[new, old]


def _duel(tables: _Tables, sure: _Tables, lane: str, current: str, look: int, usd_per_hour: Decimal) -> Duel:
    counts = both, new_only, old_only, neither = tables.counts(lane, current)
    new, old = tables.sides[lane], tables.sides[current]
    ratio = tables.ratio(lane, current)
    cheaper, cheaper_if_sure = tables.cheaper(lane, current), sure.cheaper(lane, current)
    return Duel(
        challenger=lane,
        current=current,
        both=both,
        new_only=new_only,
        old_only=old_only,
        neither=neither,
        prompts=sum(counts),
        price_ratio=ratio if isfinite(ratio) else None,
        cheaper=cheaper,
        word=verdict_word(cheaper, sum(counts), look),
        cheaper_if_sure=cheaper_if_sure,
        word_if_sure=verdict_word(cheaper_if_sure, sum(sure.counts(lane, current)), look),
        saving_usd=_saving(new.accepted_usd, old.accepted_usd),
        saving_effort_usd=_saving(new.effort_usd, old.effort_usd),
        break_even=_break_even(new, old, usd_per_hour),
    )


def _saving(new: Decimal | None, old: Decimal | None) -> Decimal | None:
    return None if new is None or old is None else rounded(SAVING_FOR * (old - new))


def _break_even(one: Side, other: Side, usd_per_hour: Decimal) -> BreakEven | None:
    if one.rate is None or other.rate is None:
        return None
    lo, hi = (one, other) if one.call_usd <= other.call_usd else (other, one)
    usd = break_even_reject_cost(lo.call_usd, lo.rate or 0, hi.call_usd, hi.rate or 0)
    if usd is None or usd <= 0:
        return None
    return BreakEven(rounded(usd), (usd / usd_per_hour * 3600).quantize(TENTH), hi.lane)


def _together(words: Sequence[Word]) -> Word:
    """Each challenger is held against the current lane by itself: with 20 prompts some false winner comes in 4.5%."""
    if Word.SWITCH in words:
        return Word.SWITCH
    if all(word is Word.STAY for word in words):
        return Word.STAY
    return next(word for word in words if word is not Word.STAY)


def _winner(word: Word, duels: Sequence[Duel], sides: dict[str, Side]) -> str | None:
    """The current lane, or of the challengers that are proven cheaper the one that costs least with effort."""
    if word is Word.STAY:
        return duels[0].current
    challengers = [duel.challenger for duel in duels if duel.word is Word.SWITCH]
    return min(challengers, key=lambda lane: (sides[lane].effort_usd or 0, lane), default=None)


def _bet(tables: _Tables, lanes: Sequence[str], current: str) -> Bet | None:
    """The lane whose closest rival is furthest; where two are the same the current one, since moving costs work."""
    bets = [
        Bet(lane, rival, tables.cheaper(lane, rival)) for lane in lanes for rival in _rivals(tables, lanes, lane)[:1]
    ]
    return max(bets, key=lambda bet: (round(bet.chance, DIGITS), bet.lane == current), default=None)


def _rivals(tables: _Tables, lanes: Sequence[str], lane: str) -> list[str]:
    """The other lanes, the one that is likeliest cheaper than `lane` first."""
    others = [other for other in lanes if other != lane]
    return sorted(others, key=lambda other: round(tables.cheaper(lane, other), DIGITS))


def _ratings(images: Sequence[Image]) -> list[list[bool | None]]:
    """One row a reviewer, one column an image."""
    reviewers = sorted({vote.reviewer for image in images for vote in image.votes})
    votes = [{vote.reviewer: vote.kept for vote in image.votes} for image in images]
    return [[vote.get(reviewer) for vote in votes] for reviewer in reviewers]
