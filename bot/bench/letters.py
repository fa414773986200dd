"""Under which letter a reviewer sees which entrant.

The prompts of a bench go in blocks of as many as there are orders: 2 of two entrants, 6 of three. In each block every
order stands once, in ascending SHA-256 of "seed:reviewer:block:order". So each entrant is first as often as the others
in every whole block, and the same seed gives the same letters on every machine and in every version of Python.
"""

from hashlib import sha256
from itertools import permutations

LETTERS = "ABC"
Order = tuple[int, ...]  # entrants (from 0) as they stand under A, B and C


def order(seed: str, reviewer: str, place: int, entrants: int) -> Order:
    """Of the prompt at that place (from 0)."""
    every = orders(entrants)
    block, within = divmod(place, len(every))
    return _mixed(every, f"{seed}:{reviewer}:{block}")[within]


def orders(entrants: int) -> list[Order]:
    return list(permutations(range(entrants)))


def by_chance(seed: str, place: int, entrants: int) -> list[Order]:
    """All orders of a prompt, as its pictures go to Slack: the same after a crash, and in turn with no entrant."""
    return _mixed(orders(entrants), f"{seed}:files:{place}")


def key(one: Order) -> str:
    """Of three entrants 201, say."""
    return "".join(map(str, one))


def _mixed(every: list[Order], name: str) -> list[Order]:
    return sorted(every, key=lambda one: sha256(f"{name}:{one}".encode()).digest())
