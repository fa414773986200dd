"""Durable jobs. A job is one plain function with typed arguments, stored and started under its own id.

    kinds       what a feature declares: kinds of jobs, duties; it loads no engine
    enqueuer    hands jobs in; runner does them; liveness: who is alive; the only users of DBOS

The engine runs a job at least once and knows nothing of money: what must not happen twice is claimed on its own row.
"""

from bot.jobs.kinds import Duties, EnqueueJob, Handler, Job, JobKind, Start, kind

__all__ = ["Duties", "EnqueueJob", "Handler", "Job", "JobKind", "Start", "kind"]
