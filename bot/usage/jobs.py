"""What killed imports left goes within a minute."""

from collections.abc import Callable
from datetime import datetime

from bot.jobs import Duties
from bot.usage.rows import Records


def duties(records: Records, real: Callable[[], datetime]) -> Duties:
    def undo() -> None:
        records.undo_left_behind(real())

    return Duties(sweep=(undo,))
