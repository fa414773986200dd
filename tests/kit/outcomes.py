"""Every outcome of a bench, counted: how often a rule says SWITCH or STAY for a truth, with no simulation.

Prompts are independent; within one, both lanes are kept together as often as the correlation `phi` says.
"""

from collections.abc import Callable
from functools import cache
from itertools import product
from math import sqrt
from typing import NamedTuple

from bot.evidence import Word, e_value, p_cheaper, verdict_word

Counts = tuple[int, int, int]  # prompts kept on both lanes, only on the new one, only on the old one
Rule = Callable[[Counts, int], Word]  # what it says for counts after so many prompts
RARE = 1e-12  # outcomes rarer than this are let run on unasked


class Outcomes(NamedTuple):
    p_switch: float
    p_stay: float
    p_keep_testing: float
    mean_prompts: float


@cache
def operating_characteristic(k: float, p_new: float, p_old: float, phi: float, rule: str) -> Outcomes:
    """`rule` as the reference table words it."""
    ways: dict[str, tuple[range, Rule]] = {
        "look at 20, 0.975": (range(20, 21), looks(k, [20])),
        "naive: every click to 20, 0.95": (range(1, 21), lambda counts, _: _naive(counts, k)),
        "e>=20 every click to 40": (range(1, 41), lambda counts, _: _betting(counts, k)),
    }
    asked, says = ways[rule]
    return enumerated(p_new, p_old, phi, asked, says)


def looks(k: float, at: list[int]) -> Rule:
    """The product's own rule, looked at after each of the numbers of prompts in `at`."""
    return lambda counts, prompts: verdict_word(_chance(counts, k), prompts, at.index(prompts) + 1)


def enumerated(p_new: float, p_old: float, phi: float, asked: range | list[int], says: Rule) -> Outcomes:
    """The rule is asked after each number of prompts in `asked`; a bench ends with its first SWITCH or STAY."""
    both = p_new * p_old + phi * sqrt(p_new * (1 - p_new) * p_old * (1 - p_old))
    steps = [
        ((1, 0, 0), both),
        ((0, 1, 0), p_new - both),
        ((0, 0, 1), p_old - both),
        ((0, 0, 0), 1 - p_new - p_old + both),
    ]
    open_ways: dict[Counts, float] = {(0, 0, 0): 1.0}
    ended = dict.fromkeys(Word, 0.0)
    prompts_seen = 0.0
    for prompts in range(1, max(asked) + 1):
        open_ways = _one_more(open_ways, steps)
        if prompts not in asked:
            continue
        for counts, chance in list(open_ways.items()):
            word = says(counts, prompts) if chance > RARE else Word.KEEP_TESTING
            if word in (Word.SWITCH, Word.STAY):
                ended[word] += open_ways.pop(counts)
                prompts_seen += prompts * chance
    left = sum(open_ways.values())
    return Outcomes(ended[Word.SWITCH], ended[Word.STAY], left, prompts_seen + left * max(asked))


def _one_more(ways: dict[Counts, float], steps: list[tuple[Counts, float]]) -> dict[Counts, float]:
    found: dict[Counts, float] = {}
    for ((a, b, c), chance), ((more_a, more_b, more_c), step) in product(ways.items(), steps):
        counts = a + more_a, b + more_b, c + more_c
        found[counts] = found.get(counts, 0.0) + chance * step
    return found


@cache
def _chance(counts: Counts, k: float) -> float:
    return p_cheaper(*counts, k)


def _naive(counts: Counts, k: float) -> Word:
    chance = _chance(counts, k)
    return Word.SWITCH if chance >= 0.95 else Word.STAY if chance <= 0.05 else Word.KEEP_TESTING


@cache
def _betting(counts: Counts, k: float) -> Word:
    odds = e_value(*counts, k)
    return Word.SWITCH if odds.e_new >= 20 else Word.STAY if odds.e_old >= 20 else Word.KEEP_TESTING
