"""The chart that follows an answer by day."""

from bot.jobs import Duties, kind
from bot.spend.series import Series


@kind("series.show", was="series")
def show(team_id: str, channel_id: str, words: str, person_id: str, thread_ts: str) -> None:
    """To who asked; `words` are the question's canonical ones."""


def duties(series: Series) -> Duties:
    return Duties(handlers=(show.done_by(series.show),))
