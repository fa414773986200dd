"""The table of a recommendation, the same at every door: one square picture by quality."""

from bot.lanes.effect import change
from bot.lanes.scene import Recommendation
from bot.money import about
from bot.recommend.lead import is_move

RIGHT = ("Now", "After", "Change", "Each")
NONE = "none"  # no such word there


def columns(answer: Recommendation) -> dict[str, list[str]]:
    """What a move does to the price, else what the recommended model costs; empty where nobody published it."""
    effects = answer.price_effect if is_move(answer) else ()
    if any(effect.same_word_usd is not None for effect in effects):
        return {
            "Quality": [effect.quality for effect in effects],
            "Now": [about(effect.usd) for effect in effects],
            "After": [NONE if effect.same_word_usd is None else about(effect.same_word_usd) for effect in effects],
            "Change": [
                NONE if effect.same_word_usd is None else change(effect.usd, effect.same_word_usd) for effect in effects
            ],
        }
    if not answer.ladder:
        return {}
    return {
        "Quality": [step.quality for step in answer.ladder],
        "Each": [about(step.usd) for step in answer.ladder],
    }


def in_words(answer: Recommendation) -> str:
    """The rows as a sentence, for who hears them."""
    shown = columns(answer)
    if not shown:
        return ""
    rows = list(zip(*shown.values(), strict=True))
    if "After" not in shown:
        return "One square picture: " + ", ".join(f"{quality} {each}" for quality, each in rows) + "."
    moves = (
        f"{quality} {now}, after {'no such word' if after == NONE else f'{after} ({difference})'}"
        for quality, now, after, difference in rows
    )
    return f"One square picture: {'; '.join(moves)}."
