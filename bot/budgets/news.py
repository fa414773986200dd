"""When people are told that a budget nears its end, or has room again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.ledger.pictures import Left

OVER, BACK = "over", "back"


@dataclass(frozen=True)
class News:
    """Thresholds in per cent, lowest first: reached and not told yet, and told but no longer reached."""

    over: tuple[int, ...] = ()
    back: tuple[int, ...] = ()


def news(left: Left, thresholds: Sequence[int], states: Mapping[int, str]) -> News:
    """`states` says of each threshold what was said of it in this period: OVER, and after that at most once BACK.

    A threshold no longer in the settings is not taken back; nor is anything where a limit of $0 stops all work.
    """
    if left.limit_nanousd <= 0:
        return News()
    reached = {each for each in thresholds if 100 * left.spent_nanousd >= each * left.limit_nanousd}
    return News(
        tuple(sorted(each for each in reached if each not in states)),
        tuple(sorted(each for each in thresholds if states.get(each) == OVER and each not in reached)),
    )
