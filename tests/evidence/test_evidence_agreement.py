"""Whether reviewers agree: for any number of them, with votes missing; a warning on both sides of its edge."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.evidence import agreement, cohen_kappa, krippendorff_alpha

ANY_SPEED = settings(deadline=None)  # the machine may be busy
VOTE = st.sampled_from([True, False, None])
TABLES = st.integers(1, 25).flatmap(
    lambda items: st.lists(st.lists(VOTE, min_size=items, max_size=items), min_size=1, max_size=4)
)


@ANY_SPEED
@given(TABLES)
def test_who_reviewed_first_and_what_does_not_matter(units: list[list[bool | None]]) -> None:
    turned = [list(reversed(row)) for row in reversed(units)]
    assert agreement(turned).raw == agreement(units).raw
    for way in (agreement(turned), agreement(units)):
        assert way.alpha == pytest.approx(krippendorff_alpha(units))
        assert way.kappa == pytest.approx(cohen_kappa(*units) if len(units) == 2 else None)


@ANY_SPEED
@given(TABLES)
def test_agreement_is_never_above_one(units: list[list[bool | None]]) -> None:
    found = agreement(units)
    assert found.raw is None or 0 <= found.raw <= 1
    assert all(one is None or -1 <= one <= 1 for one in (found.alpha, found.kappa))


@ANY_SPEED
@given(st.lists(st.booleans(), min_size=2, max_size=20).filter(lambda votes: len(set(votes)) == 2))
def test_people_who_always_agree_agree_wholly(votes: list[bool]) -> None:
    found = agreement([votes, votes])
    assert (found.raw, found.alpha, found.kappa) == (1, 1, 1)


@pytest.mark.parametrize("units", [[], [[True, False]], [[True, None], [None, True]], [[True, True], [True, True]]])
def test_what_cannot_be_told_is_none(units: list[list[bool | None]]) -> None:
    found = agreement(units)
    assert (found.alpha, found.kappa) == (None, None)
    assert found.low is False


@pytest.mark.parametrize(
    ("agreed", "shared", "low"), [(14, 20, False), (13, 20, True), (13, 19, False), (0, 19, False), (0, 20, True)]
)
def test_a_warning_needs_less_than_seventy_percent_of_twenty_images(agreed: int, shared: int, low: bool) -> None:
    one = [True] * shared
    other = [item < agreed for item in range(shared)]
    assert agreement([one, other]).low is low


def test_an_image_that_one_person_judged_tells_nothing_of_agreement() -> None:
    assert agreement([[True, False, None], [True, None, False]]).shared == 1
