"""What a wish counts under besides its team."""

import pytest

from bot.errors import OverBudget
from bot.ledger.limits import Scope
from bot.store import Store
from tests.wishes import LIMITS, NEEDED, NOW, wish


def test_a_wish_is_held_against_the_project_of_its_channel(store: Store) -> None:
    store.budgets.tie("T1", "C1", "kites", "U9", NOW)
    store.budgets.change("T1", Scope("project", "kites"), (NEEDED, "month"), 0, "U9", NOW, LIMITS)
    store.admit(wish(channel_id="C2"), LIMITS, NOW)
    store.admit(wish(), LIMITS, NOW)
    with pytest.raises(OverBudget, match="for project kites"):
        store.admit(wish(), LIMITS, NOW)
