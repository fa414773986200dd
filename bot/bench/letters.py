"""Under which letter a reviewer sees which entrant.

The prompts of a bench go in blocks of as many as there are orders: 2 of two entrants, 6 of three. In each block every
order stands once, in ascending SHA-256 of "seed:reviewer:block:order". So each entrant is first as often as the others
in every whole block, and the same seed gives the same letters on every machine and in every version of Python.
"""

from hashlib import sha256
from itertools import permutations

LETTERS = "ABC"


def order(seed: str, reviewer: str, place: int, entrants: int) -> tuple[int, ...]:
    """The entrants (from 0) as they stand under A, B and C of the prompt at that place (from 0)."""
    orders = list(permutations(range(entrants)))
    block, within = divmod(place, len(orders))

    def mixed(one: tuple[int, ...]) -> bytes:
        return sha256(f"{seed}:{reviewer}:{block}:{one}".encode()).digest()

    return sorted(orders, key=mixed)[within]
