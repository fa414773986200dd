"""Leaving a model: a month's own work re-priced on each that may take it over, the test that would prove it, and when.

Also the same month on anything that can be named. Values in, values out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal

from bot.bench.findings import chose, finding
from bot.bench.proof import Proof
from bot.errors import BadSpec
from bot.lanes.bindings import heirs, lane_it_filled
from bot.lanes.existing import RETEST
from bot.lanes.finding import Finding
from bot.lanes.life import last_day, lasts
from bot.lanes.scene import BlindTest, Scene, challenger, scene
from bot.ledger.mix_parts import MixPart
from bot.money import plain, usd
from bot.periods import Days, LastDays, days
from bot.pricing import list_price, resolve_size, successors_on
from bot.pricing.dated import announced_end, is_alive, transparency
from bot.pricing.facts import Catalog, Model
from bot.pricing.prices import LEAST_CALLS
from bot.pricing.spec import ImageSpec
from bot.recommend.month import MonthElsewhere, MonthNow, against, known_model, month_now, month_on
from bot.recommend.plans import MONTH_DAYS, BackTest, MovePlan, Uncounted, Work
from bot.recommend.repricing import Target

GENERIC = {"low": 250, "medium": 500, "high": 250}  # pictures: of a model nobody here uses
PROMPTS = 10  # of the blind test that is offered
FEWEST_KEPT = 10  # prompts, for a test on one's own


def canonical(catalog: Catalog, parts: Sequence[MixPart]) -> tuple[MixPart, ...]:
    """Each under its model's id, also what was drawn on a dated snapshot."""
    models = [known_model(catalog, part.model) for part in parts]
    return tuple(
        part if model is None else replace(part, model=model.id) for part, model in zip(parts, models, strict=True)
    )


def month_of(on: date) -> Days:
    return days(LastDays(MONTH_DAYS), on)


def ending_in_use(catalog: Catalog, work: Work, on: date) -> tuple[Model, ...]:
    """Models the month was drawn on that end or have ended, the soonest first."""
    models = {model.id: model for part in (*work.parts, *work.uncounted) if (model := known_model(catalog, part.model))}
    ends = [(end, model.id) for model in models.values() if (end := announced_end(model, on))]
    return tuple(models[model_id] for _, model_id in sorted(ends))


def plan(catalog: Catalog, work: Work, model: Model, on: date, horizon_days: int) -> MovePlan:
    """Raises NoLanes before the first binding."""
    at, mine, span = scene(catalog, on, horizon_days), work.of(model), month_of(on)
    parts = mine.parts
    is_generic = not parts
    if is_generic:
        parts = tuple(generic(model, on))
    now = month_now(catalog, parts, on)
    there = tuple(
        replace(
            _there(at, work, parts, now, Target(other)),
            is_named=other.id in _named(model, on),
            notes=tuple(_transparent(model, other, on)),
        )
        for other in candidates(at, model)
    )
    end, quality, tested = announced_end(model, on), _commonest(parts), list(_tested(at, work, model, there))
    is_proven = any(chose(proof, said, model.id, there[0].model) for proof, said in tested[:1])
    return MovePlan(
        day=on,
        model=model.id,
        lane=lane_it_filled(catalog, model, on),
        first=span.first,
        last=span.last,
        ends_on=end,
        is_gone=not is_alive(model, on),
        is_generic=is_generic,
        last_used=max((part.last_at for part in (*mine.parts, *mine.uncounted)), default=None),
        now=now,
        there=there,
        until=_until(at, model),
        test=None if is_proven else blind_test(at, model, there, quality),
        test_quality=quality,
        own_prompts=PROMPTS if work.kept_prompts >= FEWEST_KEPT else 0,
        retest=RETEST,
        notes=tuple(_notes(mine, model, parts, now, there)),
        tested=tuple(said for _, said in tested),
        is_proven=is_proven,
        since_end=next((one for one in work.since_end if one.model == model.id), None),
        uncounted=uncounted(mine),
    )


def uncounted(work: Work) -> Uncounted | None:
    parts = work.uncounted
    spent = plain(usd(sum(part.spent_nanousd for part in parts)))
    records = sum(part.records for part in parts)
    return Uncounted(records, spent, sum(part.unknown for part in parts)) if parts else None


def _tested(at: Scene, work: Work, model: Model, there: Sequence[MonthElsewhere]) -> Iterator[tuple[Proof, Finding]]:
    others = {other.model for other in there}
    for proof in work.proofs:
        models = {side.model for side in proof.sides}
        if proof.sealed_on <= at.on and model.id in models and models & others:
            yield proof, finding(at.catalog, proof, at.on, at.horizon_days, leaving=model.id)


def _transparent(model: Model, other: Model, on: date) -> Iterator[str]:
    """Where the model that is left draws them and the other one perhaps does not: the books know not who uses them."""
    there = transparency(other, on)
    if transparency(model, on) is not None and there != "yes":
        state = "in preview there" if there else "nobody says that it draws them"
        yield f"Transparent backgrounds, if you use them: {state}"


def candidates(at: Scene, model: Model) -> tuple[Model, ...]:
    """Who may take its work over: its lane's model first, the other lane of new work, whom OpenAI names, the
    challenger. All of them last; those whose price is known stand before those whose is not."""
    stood_for = lane_it_filled(at.catalog, model, at.on)
    lanes = dict.fromkeys((stood_for, "budget", "premium"))
    filling = [at.lanes[lane].model for lane in lanes if lane in at.lanes]
    named = list(heirs(at.catalog, model, at.on, at.horizon_days))
    others = [one for one in [challenger(at)] if one is not None]
    each = {one.id: one for one in (*filling, *named, *others) if one.id != model.id}
    return tuple(sorted(each.values(), key=lambda one: not has_price(one, at.on)))


def has_price(model: Model, on: date) -> bool:
    return _square_usd(model, "medium" if "medium" in model.qualities else model.qualities[0], on) is not None


def ended_in(catalog: Catalog, month: Days) -> tuple[tuple[Model, date], ...]:
    """Models that ended on a day of it, as known on its last."""
    ends = ((model, announced_end(model, month.last)) for model in catalog.models.values())
    return tuple((model, end) for model, end in ends if end and month.first <= end <= month.last)


def back_test(
    catalog: Catalog, work: Work, model: Model | None, targets: Sequence[Target], on: date, horizon_days: int
) -> BackTest:
    """`targets`: what is named, or all that may take new work. Raises NoLanes, BadSpec for a word it has not."""
    at, span = scene(catalog, on, horizon_days), month_of(on)
    mine = work if model is None else work.of(model)
    parts = mine.parts
    now = month_now(catalog, parts, on)
    return BackTest(
        day=on,
        model=None if model is None else model.id,
        first=span.first,
        last=span.last,
        now=now,
        there=tuple(_there(at, work, parts, now, target) for target in targets),
        per_kept_usd=None,
        uncounted=uncounted(mine),
        choices=choices(at),
        qualities=targets[0].model.qualities if len(targets) == 1 else (),
    )


def choices(at: Scene) -> tuple[str, ...]:
    """Models that may take a month over, for a select: lanes first, then all that live and last."""
    lanes = [filling.model.id for filling in at.lanes.values()]
    lasting = [one.id for one in at.catalog.models.values() if lasts(one, at.on, at.horizon_days)]
    return tuple(dict.fromkeys([*lanes, *reversed(lasting)]))


def _there(at: Scene, work: Work, parts: Sequence[MixPart], now: MonthNow, target: Target) -> MonthElsewhere:
    mine = replace(target, metered=work.metered)
    month = month_on(at.catalog, parts, mine, at.on, at.lane_of(target.model))
    return against(month, now, work.parts)


def generic(model: Model, on: date) -> Iterator[MixPart]:
    """1,000 square pictures nobody drew: half of them medium, a quarter each low and high, or one word for all."""
    known = {word: images for word, images in GENERIC.items() if word in model.qualities}
    shares = known if len(known) == len(GENERIC) else {model.qualities[0]: sum(GENERIC.values())}
    at = datetime.combine(on, time.min, UTC)
    for word, images in shares.items():
        size = model.shapes["square"]
        yield MixPart(
            *(model.id, word, size, "draw", False, False),
            *(images, images, 0, 0, 0, 0, 0, images),
            last_at=at,
        )


def _named(model: Model, on: date) -> tuple[str, ...]:
    named = successors_on(model, on)
    return named.models if named else ()


def _until(at: Scene, model: Model) -> date:
    """30 days, or its last day where that comes first."""
    last = last_day(model, at.on)
    return min(at.window_ends, last) if last and is_alive(model, at.on) else at.window_ends


def _commonest(parts: Sequence[MixPart]) -> str:
    images: dict[str, int] = {}
    for part in parts:
        if part.quality:
            images[part.quality] = images.get(part.quality, 0) + part.images
    return max(images, key=lambda word: (images[word], word == "medium", word), default="medium")


def blind_test(at: Scene, model: Model, there: Sequence[MonthElsewhere], quality: str) -> BlindTest | None:
    """The model that is left against the one it would be left for; of one that is gone, the two nearest to take over.
    None where fewer than two of them draw that quality."""
    named = [model, *(at.catalog.models[one.model] for one in there if one.cost.usd is not None)]
    living = [one for one in named if is_alive(one, at.on) and quality in one.qualities][:2]
    if len(living) < 2:
        return None
    each = [_square_usd(one, quality, at.on) for one in living]
    known = [usd for usd in each if usd is not None]
    total = plain(PROMPTS * sum(known, Decimal(0))) if len(known) == len(each) else None
    return BlindTest((living[0].id, living[1].id), PROMPTS, total)


def _square_usd(model: Model, quality: str, on: date) -> Decimal | None:
    try:
        return list_price(model, ImageSpec(model.id, quality, resolve_size(model, "square")), on)
    except BadSpec:
        return None


def _notes(
    mine: Work, model: Model, parts: Sequence[MixPart], now: MonthNow, there: Sequence[MonthElsewhere]
) -> Iterator[str]:
    """What the figures rest on and what they leave out."""
    if not mine.parts:
        drawn = f"was drawn on {model.id} in {MONTH_DAYS} days"
        words = ", ".join(f"{part.images} {part.quality}" for part in parts)
        yield (
            f"{f'How much {drawn} is not told' if mine.uncounted else f'Nothing {drawn}'}: "
            f"this is {now.images:,} square pictures nobody drew, {words}."
        )
    if now.unpriced and mine.parts:
        cost = (
            "a service tier or an SVG may have cost more" if any(map(_is_unbounded, parts)) else "the cost is bounded"
        )
        yield f"{now.unpriced:,} of {now.records:,} records have no known price: {cost}."
    bare_edits = sum(part.images for part in parts if part.kind == "edit" and not part.is_metered)
    if bare_edits:
        yield f"{bare_edits:,} edits brought no tokens: their reference pictures are not in the figures."
    if now.metered:
        yield (
            f"{now.metered:,} pictures brought their tokens: their image output is scaled by what one picture takes "
            "on each model, prompts and reference pictures are counted at its rates."
        )
    if any(one.cost.usd is None and one.cost.likely_usd is None for one in there):
        yield (
            f"Where no price per picture is published, the most it can cost is told: {LEAST_CALLS} calls of yours, "
            "with their tokens, would say more."
        )


def _is_unbounded(part: MixPart) -> bool:
    return part.unbounded > 0


def in_lane_order(at: Scene) -> tuple[Target, ...]:
    """What new work may be drawn on: every lane's model, each once."""
    return tuple(Target(model) for model in {one.model.id: one.model for one in at.lanes.values()}.values())
