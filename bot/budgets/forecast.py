"""Where a month will end, with the range it may lie in."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.money import rounded

FORECAST_AFTER_DAYS = 7
EIGHTY_PERCENT = Decimal("1.2816")  # standard deviations either side that hold 80% of a normal distribution
FOUR_DIGITS = Decimal("0.0001")


@dataclass(frozen=True)
class Forecast:
    """Spend at the period's end: from low to high four times of five, if the days to come are like those before."""

    days: int
    usd: Decimal
    low_usd: Decimal
    high_usd: Decimal


def forecast(daily: Sequence[int], spent_nanousd: int, days_left: int) -> Forecast | None:
    """None before a week of whole days, and where none cost anything.

    `daily` is the spend of each whole day so far, those without any too.

    By ratio: with n whole days that cost S, and r days left (today is the first of them), S + r * S / n, which is
    S times the length of the period over n. The range is 1.2816 * s * sqrt(r * (1 + r / n)) either side, with s the
    standard deviation of the days (divisor n - 1): r more days scatter by s * sqrt(r), and their mean is itself known
    to s / sqrt(n) only. Nothing ends below what is spent already.
    """
    days = len(daily)
    if days < FORECAST_AFTER_DAYS or days_left < 1 or not any(daily):
        return None
    total = Decimal(sum(daily))
    mean = total / days
    spread = (sum(((each - mean) ** 2 for each in daily), Decimal()) / (days - 1)).sqrt()
    middle = total + days_left * mean
    reach = EIGHTY_PERCENT * spread * (Decimal(days_left) * (1 + Decimal(days_left) / days)).sqrt()
    ends = (max(Decimal(spent_nanousd), end) for end in (middle, middle - reach, middle + reach))
    return Forecast(days, *(rounded(end / 1_000_000_000) for end in ends))
