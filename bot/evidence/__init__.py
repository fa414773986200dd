"""What counts of kept and rejected images can prove: ranges, chances and costs, by closed forms.

rates      how often images are kept, and whether that changed
chances    the numerics under them
"""

from bot.evidence.rates import Range, always_valid_interval, changed, p_higher, wilson

__all__ = [
    "Range",
    "always_valid_interval",
    "changed",
    "p_higher",
    "wilson",
]
