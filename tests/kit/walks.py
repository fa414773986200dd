"""Walks: a story told anew for each place where it may be cut, until it comes to its end without being cut.

Some of the places in `make test`, all of them in `make soak`:

    @walked(3)
    def test_...(places: range) -> None:
        for place in places:
            ...
            if not cut:
                return
        raise AssertionError(ENDLESS)
"""

import pytest

MOST_PLACES = 60  # a picture's way has about twenty
ENDLESS = "the walk never came to its end"


def walked(stride: int) -> pytest.MarkDecorator:
    """`places` count from 1: each so many of them, or all."""
    whole = pytest.param(range(1, MOST_PLACES), id="every place", marks=pytest.mark.soak)
    some = pytest.param(range(stride, MOST_PLACES, stride), id=f"each {stride}")
    return pytest.mark.parametrize("places", [some, whole])
