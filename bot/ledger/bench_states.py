"""How far a blind test is, and while nobody may learn which image is whose."""

from enum import StrEnum


class BenchState(StrEnum):
    """`planned` costs nothing yet; `sealed` is open to all, and nothing in it changes any more."""

    PLANNED = "planned"
    DRAWING = "drawing"
    REVIEWING = "reviewing"
    SEALED = "sealed"
    CANCELLED = "cancelled"


BLIND = (BenchState.PLANNED, BenchState.DRAWING, BenchState.REVIEWING)  # nobody may learn which image is whose
