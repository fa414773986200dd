"""What to do with the model a workflow runs on: keep it for continuity with an end date, or leave it."""

from bot.lanes.bindings import ending, heirs, lane_it_filled
from bot.lanes.effect import Effect, change, effects, ladder
from bot.lanes.life import last_day, lasts
from bot.lanes.scene import (
    Offer,
    Recommendation,
    Scene,
    alternatives,
    challenge,
    challenger,
    comparison,
    lever,
    positioning,
    ratio,
    warnings,
)
from bot.money import dollars
from bot.pricing.dated import is_alive, successors_on
from bot.pricing.facts import Model
from bot.pricing.sizes import listed

RETEST = (
    "prompts tuned on the old model: look, text in the picture, composition",
    "the quality word: it does not carry over between families, choose it again by look and price",
    "sizes, transparent backgrounds and reference images, where you use them",
    "keep rate, retries and reviewer confidence, for the cost per kept picture",
)


def existing(at: Scene, model: Model) -> Recommendation:
    if not lasts(model, at.on, at.horizon_days):
        return _leave(at, model)
    lane = at.lane_of(model)
    return _stay(at, model, lane) if lane in ("budget", "premium") else _keep(at, model)


def _stay(at: Scene, model: Model, lane: str) -> Recommendation:
    """It is one of the day's own lanes: there is nothing to migrate to."""
    other = "premium" if lane == "budget" else "budget"
    return Recommendation(
        day=at.on,
        situation="existing",
        lane=lane,
        model=model.id,
        reasons=(
            f"{model.id} is the {lane} lane itself: nothing to migrate.",
            *positioning(model, at.on),
            *comparison(at),
            *lever(model, at.on),
            *challenge(at),
        ),
        tradeoff=f"You stay on {lane}; whether {other} would keep more of your pictures is not tested yet.",
        next_step=_compare(at, model, f"by {at.window_ends}"),
        warnings=warnings(at, model, model),
        alternatives=alternatives(at, model, _offers(at, model)),
        existing=model.id,
        window_ends=at.window_ends,
        ladder=ladder(model, at.on),
    )


def _keep(at: Scene, model: Model) -> Recommendation:
    """It lives: continuity only, until the end of the window or its last day, whichever is earlier."""
    budget = at.model("budget")
    last = last_day(model, at.on)
    ends = min(at.window_ends, last) if last else at.window_ends
    return Recommendation(
        day=at.on,
        situation="existing",
        lane="legacy",
        model=model.id,
        reasons=(
            _continuity(at, model),
            f"It {ending(model, at.on)}, as known on {at.on}.",
            *positioning(model, at.on),
            *_beside(at, model),
            f"A new build would not start here but on budget, {budget.id}.",
        ),
        tradeoff=f"You are staying on {model.id}, not on the current default, {budget.id}.",
        next_step=f"Migration window until {ends}. " + _compare(at, model, f"until {ends}"),
        warnings=warnings(at, model, model),
        alternatives=alternatives(at, model, _offers(at, model)),
        existing=model.id,
        window_ends=ends,
        price_effect=effects(model, budget, at.on),
        retest=RETEST,
        ladder=ladder(model, at.on),
    )


def _leave(at: Scene, model: Model) -> Recommendation:
    """It is gone, or ends within the horizon: the lane it stood for decides, with what that does to the price."""
    stood_for = lane_it_filled(at.catalog, model, at.on)
    lane = stood_for if at.has(stood_for) else "budget"
    new = at.model(lane)
    price_effect = effects(model, new, at.on)
    last = last_day(model, at.on) or at.on
    ends = min(at.window_ends, last) if is_alive(model, at.on) else at.window_ends
    return Recommendation(
        day=at.on,
        situation="existing",
        lane=lane,
        model=new.id,
        reasons=(
            f"{model.id} {ending(model, at.on)}: continuity with it can't be had any more.",
            _succession(at, model, lane, new),
            *_replacement(at, model),
            *positioning(new, at.on),
            *comparison(at),
        ),
        tradeoff=_price_change(model, new, price_effect),
        next_step=_move(at, model, new),
        warnings=warnings(at, new, model),
        alternatives=alternatives(at, new, _offers(at, model)),
        existing=model.id,
        window_ends=ends,
        price_effect=price_effect,
        retest=RETEST,
        ladder=ladder(new, at.on),
    )


def _continuity(at: Scene, model: Model) -> str:
    if at.has("premium") and model.released > at.model("premium").released:
        return (
            f"{model.id} is newer than the lanes and fills none: keep it for what runs on it until a comparison ends."
        )
    return f"{model.id} lives: keep it for continuity only, while prompts, baselines and approvals built on it move."


def _succession(at: Scene, model: Model, lane: str, new: Model) -> str:
    rows = [row for row in at.catalog.bindings if row.since <= at.on]
    if any(row.model == model.id and row.lane == lane for row in rows):
        return f"It stood for {lane}: {lane} is {new.id} now."
    never_bound = all(row.model != model.id for row in rows)
    if never_bound and any(at.catalog.models[row.model].family == model.family for row in rows):
        return f"Its family stood for {lane}: {lane} is {new.id} now."
    return f"Its work starts where a new build starts, on {lane}: {new.id}."


def _replacement(at: Scene, model: Model) -> tuple[str, ...]:
    replacement = successors_on(model, at.on)
    if replacement is None:
        return ("OpenAI has named no replacement that we know of.",)
    return (f"OpenAI names {' and '.join(replacement.models)} as its replacement (since {replacement.since}).",)


def _beside(at: Scene, model: Model) -> tuple[str, ...]:
    beside = ratio(at, model)
    return (f"It costs {beside}.",) if beside else ("Its price per picture is not published: its totals are unknown.",)


def _price_change(model: Model, new: Model, price_effect: tuple[Effect, ...]) -> str:
    if not price_effect:
        return f"What leaving {model.id} for {new.id} does to the price of a picture is not published."
    moves = [
        f"{e.quality} {dollars(e.usd)} -> {dollars(e.same_word_usd)} ({change(e.usd, e.same_word_usd)})"
        for e in price_effect
        if e.same_word_usd
    ]
    others = "".join(f" {e.quality} {dollars(e.usd)} has {e.by_cost}." for e in price_effect if not e.has_twin)
    word = f"At the same word a square picture goes {', '.join(moves)}." if moves else "No quality word carries over."
    return f"You gain a model that lives and change its price and look. {word}{others}"


def _move(at: Scene, model: Model, new: Model) -> str:
    prompts = f"run 10 to 20 of your real prompts on {new.id}"
    if not is_alive(model, at.on):
        return f"Move now; by {at.window_ends}, {prompts} and choose quality by look and price."
    last = last_day(model, at.on)
    return f"Move by {last}, its last day: until then {prompts} beside {model.id}, whose pictures are your baseline."


def _compare(at: Scene, model: Model, when: str) -> str:
    lanes = [at.model(lane).id for lane in ("budget", "premium") if at.has(lane)]
    on = listed(dict.fromkeys((model.id, *lanes)))
    return (
        f"Run the same 10 to 20 real prompts {when} on {on}; count keeps, retries and reviewer confidence, and take "
        "what costs least per kept picture."
    )


def _offers(at: Scene, model: Model) -> list[Offer]:
    lanes: list[Offer] = [
        (at.model(lane), lane, why)
        for lane, why in (("budget", "where new work starts"), ("premium", "for better output: test it blind"))
        if at.has(lane)
    ]
    replacements: list[Offer] = [
        (heir, at.lane_of(heir), f"named by OpenAI as the replacement of {model.id}")
        for heir in heirs(at.catalog, model, at.on, at.horizon_days)
    ]
    return [
        *lanes,
        *replacements,
        (challenger(at), None, "newer challenger of premium; its price per picture is not published"),
    ]
