"""Which test process runs what: three for each core, of which half take the tests that mostly wait.

Those of real processes and of the browser spend their time in other processes or asleep, and would leave cores idle.
"""

import functools
import os
from pathlib import Path

from xdist.scheduler import LoadScopeScheduling
from xdist.workermanage import WorkerController

ROOT = Path(__file__).parents[2]


def workers() -> int:
    return 3 * len(os.sched_getaffinity(0))


@functools.cache
def marked(file: str, mark: str) -> bool:
    """Whether the module bears that mark: who hands out the tests sees their names alone."""
    return f"pytest.mark.{mark}" in (ROOT / file).read_text()


def waits(unit: str) -> bool:
    return marked(unit.split("::")[0], "waits")


class Beside(LoadScopeScheduling):
    """Every other worker prefers the tests that wait; whoever has none of its own left takes of the others.

    A unit of work is a test function with all its cells, or a file whose tests share what only one process should have.
    Where each takes minutes, as in `make soak`, a cell is one.
    """

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.split("::")[0]
        if marked(file, "xdist_group"):
            return file
        return nodeid if self.config.option.markexpr == "soak" else nodeid.split("[")[0]

    def _assign_work_unit(self, node: WorkerController) -> None:
        prefers_waiting = int(node.gateway.id.removeprefix("gw")) % 2 == 1
        own = (unit for unit in self.workqueue if waits(unit) == prefers_waiting)
        self.workqueue.move_to_end(next(own, next(iter(self.workqueue))), last=False)
        super()._assign_work_unit(node)
