"""More prompts for one question, and the words of the buttons that test them.

`bench.use` stands under a price, `bench.test` under a verdict; which prompts they are is worked out in `unused`.
"""

from dataclasses import dataclass
from decimal import Decimal

from bot import money
from bot.evidence import MOST_LOOKS
from bot.slack.frame import LABEL_LETTERS


@dataclass(frozen=True)
class MorePrompts:
    """`wanted` prompts beside those of a bench, for its question: `unused` are there, never more than `wanted`.

    `total_usd` is what drawing `wanted` of them costs on that day, 0 in a demo; `look` counts from 1.
    """

    bench_id: str
    wanted: int
    unused: tuple[str, ...]
    total_usd: Decimal
    look: int
    demo: bool

    @property
    def enough(self) -> bool:
        return len(self.unused) >= self.wanted


def test_label(one: MorePrompts) -> str:
    """Test 17 more: $0.45; 17 more, look 2/4: $0.45; with … where its window asks for prompts."""
    return _label(one, f"Test {one.wanted} more", f"{one.wanted} more", one.total_usd)


def use_label(one: MorePrompts, prompts: int, total_usd: Decimal) -> str:
    """The same for a whole test of so many prompts, which takes the place of one that is planned."""
    return _label(one, f"Use {prompts}", f"{prompts}", total_usd)


def _label(one: MorePrompts, long: str, short: str, total_usd: Decimal) -> str:
    end = f": {'$0, demo' if one.demo else money.cents(total_usd)}" if one.enough else "…"
    if one.look == 1:
        return fitting(f"{long}{end}", f"{short}{end}")
    of, slash = f"look {one.look} of {MOST_LOOKS}", f"{one.look}/{MOST_LOOKS}"
    return fitting(
        f"{long}, {of}{end}", f"{long}, look {slash}{end}", f"{short}, look {slash}{end}", f"{short} ({slash}){end}"
    )


def fitting(*labels: str) -> str:
    """The first that Slack shows whole, else the last."""
    return next((label for label in labels if len(label) <= LABEL_LETTERS), labels[-1])
