"""The four things a verdict may say, and when."""

from enum import StrEnum

from bot.evidence.rates import REAL

LEAST_PROMPTS = 10
MOST_LOOKS = 4


class Word(StrEnum):
    SWITCH = "SWITCH"
    STAY = "STAY"
    KEEP_TESTING = "KEEP TESTING"
    NO_CLEAR_DIFFERENCE = "no clear difference"


def verdict_word(cheaper: float, prompts: int, look: int) -> Word:
    """The word for a chance that the challenger is cheaper; `look` counts from 1.

    Where lanes truly cost the same, one look at 20 prompts names a winner in 4.7% of benches, four at 10, 20, 30 and
    40 in 12.1% (both directions, counted over every outcome).
    """
    if look > MOST_LOOKS:
        return Word.NO_CLEAR_DIFFERENCE
    if prompts < LEAST_PROMPTS:
        return Word.KEEP_TESTING
    if cheaper >= REAL:
        return Word.SWITCH
    if 1 - cheaper >= REAL:
        return Word.STAY
    return Word.NO_CLEAR_DIFFERENCE if look == MOST_LOOKS else Word.KEEP_TESTING
