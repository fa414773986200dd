"""Digests and the retirement watch as jobs: posted when they are due, or when somebody asks."""

from functools import partial

from bot.digest.posting import FRESH, DigestPoster
from bot.digest.posting_watch import WatchPoster
from bot.jobs import Duties, Start, kind


@kind("digest.post", was="digest")
def post(team_id: str, channel_id: str, week: str, request: str = "", asked_by: str = "") -> None:
    """By its schedule, or once more because somebody asked (`request` names that)."""


@kind("digest.chart", was="chart")
def show_chart(team_id: str, channel_id: str, week: str, person_id: str) -> None:
    """The picture of a preview, to who asked for one."""


@kind("watch.post")
def tell_ends(team_id: str) -> None:
    """That models the team uses end, where that is to be told now."""


def duties(poster: DigestPoster, start: Start) -> Duties:
    watch = WatchPoster.beside(poster)
    return Duties(
        handlers=(post.done_by(poster.post), show_chart.done_by(poster.show_chart), tell_ends.done_by(watch.post)),
        sweep=(partial(begin_due, poster, start), partial(begin_watch, watch, start)),
    )


def begin_due(poster: DigestPoster, start: Start) -> None:
    """Any number of processes may do so. An id runs once; what has to be tried again gets another one every ten
    minutes."""
    for place, again in poster.due():
        slot = f":{int(poster.clock.real().timestamp()) // FRESH.seconds}" if again else ""
        key = f"{place.team_id}:{place.channel_id}:{place.week}{slot}"
        start(post(key, place.team_id, place.channel_id, place.week))


def begin_watch(watch: WatchPoster, start: Start) -> None:
    """The same, asked anew every ten minutes: what is in use is known only to the job. People's clock may be moved, and
    then it is asked at once."""
    clock = watch.digest.clock
    moments = (clock.now(), clock.real())
    slot = ":".join(str(int(moment.timestamp()) // FRESH.seconds) for moment in moments)
    for team_id in watch.due():
        start(tell_ends(f"{team_id}:{slot}", team_id))
