"""Durable jobs: the only user of DBOS. A job is one plain function, stored and started under its own id.

The engine runs a job at least once and knows nothing of money: what must not happen twice is claimed on its own row.
"""

from bot.jobs.enqueuer import QUEUES, Enqueuer, Job, install
from bot.jobs.runner import Pace, Runner

__all__ = ["QUEUES", "Enqueuer", "Job", "Pace", "Runner", "install"]
