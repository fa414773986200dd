"""The tables of a plan and of the same month elsewhere, the same at every door."""

from bot.lanes.effect import change
from bot.money import about
from bot.pricing.lead import pictures
from bot.recommend.lead_migration import by_kept, money
from bot.recommend.month import MonthElsewhere, Sum
from bot.recommend.plans import BackTest, MoveList, MovePlan

RIGHT = ("Same quality", "Nearest cost", "A month", "Cost", "Per kept", "Now", "After", "Change")
NONE = "–"
SAME = "the same"  # told once: two long amounts leave a name no room on a phone
UNTOLD = "not told"


def plan(answer: MovePlan) -> dict[str, list[str]]:
    """What it is now, and each that may take it over; one amount where the same quality word is the nearest by cost."""
    if not answer.there:
        return {}
    now, same = money(answer.now.cost), [money(one.cost) for one in answer.there]
    nearest = [money(one.nearest) for one in answer.there]
    others = [SAME if amount == here else amount for here, amount in zip(same, nearest, strict=True)]
    alike = {"Cost" if answer.is_generic else "A month": [now, *same]}
    apart = {"Same quality": [now, *same], "Nearest cost": [NONE, *others]}
    return {
        **(alike if same == nearest else apart),
        "Model": [f"{answer.model}, now", *(one.model for one in answer.there)],
    }


def plans(answer: MoveList) -> dict[str, list[str]]:
    if not answer.plans:
        return {}
    return {
        "Now": [NONE if plan.is_generic else money(plan.now.cost) for plan in answer.plans],
        "After": [money(plan.to.cost) if plan.to and not plan.is_generic else NONE for plan in answer.plans],
        "Move": [f"{plan.model} to {plan.to.model}" if plan.to else plan.model for plan in answer.plans],
    }


def back_test(answer: BackTest) -> dict[str, list[str]]:
    """Of one model by quality word; of several each in a row."""
    if not answer.now.images:
        return {}
    if len(answer.there) == 1:
        words = answer.there[0].words
        return {
            "Quality": [word.quality or UNTOLD for word in words],
            "Now": [money(word.now) for word in words],
            "After": [money(word.there) for word in words],
            "Change": [_change(word.now, word.there) for word in words],
        }
    per_kept = {"Per kept": [about(answer.per_kept_usd), *(about(one.per_kept_usd) for one in answer.there)]}
    return {
        "A month": [money(answer.now.cost), *(money(one.cost) for one in answer.there)],
        **(per_kept if by_kept(answer) else {}),
        "Model": ["as it was", *(one.name for one in answer.there)],
    }


def columns(answer: MovePlan | MoveList | BackTest) -> dict[str, list[str]]:
    match answer:
        case MovePlan():
            return plan(answer)
        case MoveList():
            return plans(answer)
        case BackTest():
            return back_test(answer)


def in_words(answer: MovePlan | MoveList | BackTest) -> str:
    """The rows as sentences, for who hears them."""
    match answer:
        case MovePlan():
            each = (f"{one.model}: {_told(one)}." for one in answer.there)
            span = "" if answer.is_generic else " a month"
            return " ".join([f"{answer.model} now: {money(answer.now.cost)}{span}.", *each])
        case MoveList():
            return " ".join(map(_move, answer.plans))
        case BackTest():
            return " ".join(f"{one.name}: {money(one.cost)}." for one in answer.there) if answer.now.images else ""


def _told(there: MonthElsewhere) -> str:
    same, nearest = money(there.cost), money(there.nearest)
    return same if same == nearest else f"{same}, by nearest cost {nearest}"


def _move(plan: MovePlan) -> str:
    if plan.is_generic:
        return f"{plan.model}: how many pictures is not told."
    there = f", {money(plan.to.cost)} on {plan.to.model}" if plan.to else ""
    return f"{plan.model}, {pictures(plan.now.images)}: {money(plan.now.cost)} now{there}."


def _change(now: Sum, there: Sum) -> str:
    return change(now.usd, there.usd) if now.usd and there.usd is not None else NONE
