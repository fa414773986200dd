from decimal import Decimal

from bot.evidence import cost_per_accepted, keep_rate


def test_a_keep_rate_is_kept_of_judged_and_unknown_before_the_first_vote() -> None:
    assert keep_rate(41, 50) == Decimal("0.82")
    assert keep_rate(0, 1) == 0
    assert keep_rate(0, 0) is None


def test_all_money_is_shared_by_what_was_kept() -> None:
    assert cost_per_accepted(Decimal("1.20"), 4) == Decimal("0.30")
    assert cost_per_accepted(Decimal("1.20"), 0) is None
