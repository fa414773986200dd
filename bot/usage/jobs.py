"""What killed imports left goes within a minute."""

from collections.abc import Callable
from datetime import datetime

from bot.jobs import Duties
from bot.usage.rows import Records


def duties(records: Records, real: Callable[[], datetime]) -> Duties:
    return Duties(sweep=(lambda: records.undo_left_behind(real()),))
