"""What a wish counts under besides its team."""

import pytest

from bot.budgets.rows import BudgetRows
from bot.errors import OverBudget
from bot.ledger.ledger import Ledger
from bot.ledger.limits import Scope
from tests.kit.clock import moment
from tests.kit.wishes import LIMITS, NEEDED, NOW, wish


def test_a_wish_is_held_against_the_project_of_its_channel(store: Ledger) -> None:
    BudgetRows(store.engine).tie("T1", "C1", "kites", "U9", NOW)
    BudgetRows(store.engine).change("T1", Scope("project", "kites"), (NEEDED, "month"), 0, "U9", NOW, LIMITS)
    store.admit(wish(channel_id="C2"), LIMITS, moment(NOW))
    store.admit(wish(), LIMITS, moment(NOW))
    with pytest.raises(OverBudget, match="and project kites has nothing left this month"):
        store.admit(wish(), LIMITS, moment(NOW))
