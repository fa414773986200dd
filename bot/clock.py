"""Keeps time, and only time: APScheduler in memory rings, the work is done elsewhere and is safe to be rung twice."""

from collections.abc import Callable

from apscheduler.schedulers.background import BackgroundScheduler

LATE_IS_FINE_SECONDS = 3600


def build(sweep: Callable[[], None], prune: Callable[[], None]) -> BackgroundScheduler:
    """A sweep at once and each minute, one pruning a day, in this process's memory: nothing to restore or to lose."""
    scheduler = BackgroundScheduler(
        timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": LATE_IS_FINE_SECONDS}
    )
    scheduler.add_job(sweep, id="first sweep")  # what an earlier process left behind need not wait for its minute
    scheduler.add_job(sweep, "interval", minutes=1, id="sweep")
    scheduler.add_job(prune, "interval", days=1, id="prune")
    return scheduler
