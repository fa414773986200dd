"""Digests as jobs: posted when they are due, or when somebody asks."""

from functools import partial

from bot.digest.posting import FRESH, DigestPoster
from bot.jobs import Duties, Start, kind


@kind("digest.post", was="digest")
def post(team_id: str, channel_id: str, week: str, request: str = "", asked_by: str = "") -> None:
    """By its schedule, or once more because somebody asked (`request` names that)."""


@kind("digest.chart", was="chart")
def show_chart(team_id: str, channel_id: str, week: str, person_id: str) -> None:
    """The picture of a preview, to who asked for one."""


def duties(poster: DigestPoster, start: Start) -> Duties:
    return Duties(
        handlers=(post.done_by(poster.post), show_chart.done_by(poster.show_chart)),
        sweep=(partial(begin_due, poster, start),),
    )


def begin_due(poster: DigestPoster, start: Start) -> None:
    """Any number of processes may do so. An id runs once; what has to be tried again gets another one every ten
    minutes."""
    for place, again in poster.due():
        slot = f":{int(poster.clock.real().timestamp()) // FRESH.seconds}" if again else ""
        key = f"{place.team_id}:{place.channel_id}:{place.week}{slot}"
        start(post(key, place.team_id, place.channel_id, place.week))
