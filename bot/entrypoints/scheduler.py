"""Keeps time, and only time: APScheduler in memory rings, the work is done elsewhere and is safe to be rung twice."""

from collections.abc import Callable

from apscheduler.schedulers.background import BackgroundScheduler

LATE_IS_FINE_SECONDS = 3600


def build(sweep: Callable[[], None], tidy: Callable[[], None]) -> BackgroundScheduler:
    """A sweep each minute and one tidying a day, in this process's memory: nothing to restore or to lose."""
    scheduler = BackgroundScheduler(
        timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": LATE_IS_FINE_SECONDS}
    )
    for name, act, every in (("sweep", sweep, {"minutes": 1}), ("tidy", tidy, {"days": 1})):
        scheduler.add_job(act, id=f"first {name}")  # what an earlier process left behind need not wait
        scheduler.add_job(act, "interval", id=name, **every)
    return scheduler
