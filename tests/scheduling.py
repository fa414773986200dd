"""Which test process runs what: two for each core, of which one takes the tests that mostly wait.

Those of real processes and of the browser spend their time in other processes or asleep, and would leave cores idle.
"""

import os

from xdist.scheduler import LoadScopeScheduling
from xdist.workermanage import WorkerController

WAITING = ("tests/processes/", "tests/browser/")


def workers() -> int:
    return 2 * len(os.sched_getaffinity(0))


class Beside(LoadScopeScheduling):
    """Every other worker prefers the tests that wait; whoever has none of its own left takes of the others.

    A unit of work is a test function with all its cells; in the browser a file, which shares one browser.
    """

    def _split_scope(self, nodeid: str) -> str:
        return nodeid.split("::" if nodeid.startswith("tests/browser/") else "[")[0]

    def _assign_work_unit(self, node: WorkerController) -> None:
        prefers_waiting = int(node.gateway.id.removeprefix("gw")) % 2 == 1
        own = (scope for scope in self.workqueue if scope.startswith(WAITING) == prefers_waiting)
        self.workqueue.move_to_end(next(own, next(iter(self.workqueue))), last=False)
        super()._assign_work_unit(node)
