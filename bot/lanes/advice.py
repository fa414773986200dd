"""Which lane for a situation: a new build, a running one, better output, or not sure yet."""

from datetime import date

from bot.errors import NotUnderstood
from bot.lanes.bindings import HORIZON_DAYS
from bot.lanes.effect import ladder
from bot.lanes.existing import existing
from bot.lanes.life import released_model
from bot.lanes.scene import (
    Offer,
    Recommendation,
    Scene,
    alternatives,
    challenge,
    challenger,
    comparison,
    costs_the_same,
    lever,
    positioning,
    quotations,
    ratio,
    scene,
    warnings,
    why_bound,
)
from bot.pricing.facts import Catalog


def recommend(
    catalog: Catalog, situation: str, model_id: str | None, on: date, horizon_days: int = HORIZON_DAYS
) -> Recommendation:
    """Raises NoLanes before the first binding or when nothing that lasts is left, UnknownModel, NotUnderstood."""
    at = scene(catalog, on, horizon_days)
    if situation == "existing":
        if model_id is None:
            raise NotUnderstood("Say which model you run now: `recommend existing MODEL`.")
        return existing(at, released_model(catalog, model_id, on))
    answers = {"new": _new, "quality": _quality, "unsure": _unsure}
    if situation not in answers:
        raise NotUnderstood(f"I know the situations new, existing, quality, unsure, not `{situation}`.")
    return answers[situation](at)


def _new(at: Scene) -> Recommendation:
    budget = at.model("budget")
    return Recommendation(
        day=at.on,
        situation="new",
        lane="budget",
        model=budget.id,
        reasons=(
            f"A new build starts on budget: {budget.id}.",
            *why_bound(at, "budget"),
            *positioning(budget, at.on),
            *comparison(at),
            *lever(budget, at.on),
        ),
        tradeoff=_flagship(at),
        next_step=(
            f"Draw 10 to 20 of your real prompts on {budget.id}, from the lowest quality upwards, and stay at the "
            'first you keep: `try "your prompt" budget low`.'
        ),
        warnings=warnings(at, budget),
        alternatives=alternatives(at, budget, _others(at)),
        ladder=ladder(budget, at.on),
    )


def _quality(at: Scene) -> Recommendation:
    premium = at.model("premium")
    legacy = f", {at.model('legacy').id}," if at.has("legacy") else ""
    return Recommendation(
        day=at.on,
        situation="quality",
        lane="premium",
        model=premium.id,
        reasons=(
            f"Better output is a question for budget and premium; going back to legacy{legacy} is no upgrade.",
            *(challenge(at) or why_bound(at, "premium")),
            *positioning(premium, at.on),
            *(positioning(at.model("budget"), at.on) if at.has("budget") else ()),
            *comparison(at),
            *lever(premium, at.on),
        ),
        tradeoff=_premium_price(at),
        next_step=_bench(at),
        warnings=warnings(at, premium),
        alternatives=alternatives(at, premium, _others(at)),
        window_ends=at.window_ends,
        ladder=ladder(premium, at.on),
    )


def _unsure(at: Scene) -> Recommendation:
    budget, premium = at.model("budget"), at.model("premium")
    return Recommendation(
        day=at.on,
        situation="unsure",
        lane="budget",
        model=budget.id,
        reasons=(
            f"Start on budget, {budget.id}, and test premium, {premium.id}, blind on your own prompts.",
            *positioning(budget, at.on),
            *positioning(premium, at.on),
            *comparison(at),
            *lever(budget, at.on),
        ),
        tradeoff="You still need to run the comparison on your own prompts.",
        next_step=_bench(at),
        warnings=warnings(at, budget),
        alternatives=alternatives(at, budget, _others(at)),
        window_ends=at.window_ends,
        ladder=ladder(budget, at.on),
    )


def _flagship(at: Scene) -> str:
    sentence = "You are still choosing the budget lane, not the flagship"
    if not at.has("premium"):
        return f"{sentence}."
    premium = at.model("premium")
    if costs_the_same(at):
        words = f" ({quotations(premium, at.on)[0]})" if quotations(premium, at.on) else ""
        return f"{sentence}: {premium.id}{words} costs the same at the same quality word."
    return f"{sentence}, {premium.id}."


def _premium_price(at: Scene) -> str:
    premium = at.model("premium")
    if at.has("budget") and costs_the_same(at):
        budget = at.model("budget")
        words = f": {quotations(budget, at.on)[0]}" if quotations(budget, at.on) else ""
        return f"At the same quality word it costs nothing extra; you give up what OpenAI says of {budget.id}{words}."
    dearer = ratio(at, premium) if at.has("budget") else None
    return f"You pay substantially more: {dearer}." if dearer else "What it costs beside budget is not published."


def _bench(at: Scene) -> str:
    if not (at.has("budget") and at.has("premium")):
        return f"Run 10 to 20 of your real prompts by {at.window_ends} and judge by cost per kept picture."
    return (
        f"By {at.window_ends}, run 10 to 20 of your real prompts on {at.model('budget').id} and "
        f"{at.model('premium').id}; count keeps, retries and reviewer confidence, and take the lane that costs less "
        'per kept picture: `try "your prompt" budget premium`.'
    )


def _others(at: Scene) -> list[Offer]:
    """The other living lanes and the challenger; legacy is never an alternative for new or better work."""
    return [
        (
            at.model("premium") if at.has("premium") else None,
            "premium",
            "for better output: test it blind",
        ),
        (at.model("budget") if at.has("budget") else None, "budget", "the lane to compare it with"),
        (challenger(at), None, "newer challenger of premium; its price per picture is not published"),
    ]
