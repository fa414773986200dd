"""What is done unasked: changes of lanes are announced to programs."""

from collections.abc import Callable
from datetime import datetime

from bot.jobs import Duties
from bot.recommend.programs import LaneDesk


def duties(desk: LaneDesk, now: Callable[[], datetime]) -> Duties:
    return Duties(sweep=(lambda: desk.announce(now().date()),))
