"""A fault in a copy of the tree, and pytest of its subject's tests in a fork."""

import gc
import importlib.util
import io
import json
import multiprocessing
import os
import resource
import signal
import subprocess
import sys
import tarfile
import warnings
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import wait
from multiprocessing.context import ForkProcess
from pathlib import Path
from time import monotonic

import pytest

from tests.mutants.draw import Fault, Mutant
from tests.mutants.subjects import SUBJECTS, Subject

REPOSITORY = Path(__file__).parents[2]
SECONDS = 60  # of the processor, so that a busy machine kills nothing
PATIENCE = 900.0  # seconds, for what waits and does not work
KILLED, TIMED_OUT, SURVIVED = ENDINGS = ("killed", "timed out", "survived")
FORKS = multiprocessing.get_context("fork")
# The races of R57 start fifty processes each: they are about many at once, and take longer than all others together.
NAMES = "not postgresql and not R57"
PYTEST = ("-x", "-q", "-n", "0", "--timeout=0", "-p", "no:cacheprovider", "-m", "not soak", "-k", NAMES)
PRELOADED = ("-W", "ignore::pytest.PytestAssertRewriteWarning")  # a plugin that was there before pytest


@dataclass(frozen=True)
class Result:
    """`by`: the test that failed first, as pytest names it."""

    mutant: Mutant
    ending: str
    by: str
    seconds: float


@dataclass(frozen=True)
class Run:
    """A process of its own that holds the subject's tests against a tree."""

    process: ForkProcess
    tree: Path
    fault: Fault | None
    began: float

    @property
    def seconds(self) -> float:
        return monotonic() - self.began

    @property
    def log(self) -> Path:
        return self.tree.with_suffix(".log")


def copy(revision: str, folder: Path) -> Path:
    packed = subprocess.run(["git", "archive", revision], cwd=REPOSITORY, check=True, stdout=subprocess.PIPE).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(folder, filter="data")
    return folder


def preload(tree: Path) -> None:
    """Import what the tests import of other people's, so that a fork of this process need not."""
    everything = [name for subject in SUBJECTS for name in subject.test_files(tree)]
    listed = tree.with_suffix(".modules")
    process = FORKS.Process(target=_tests, args=(tree, ["--collect-only", *everything], listed))
    process.start()
    process.join()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in json.loads(listed.read_text()):
            with suppress(ImportError):
                importlib.import_module(name)
    gc.collect()
    gc.freeze()  # or each fork goes through all of it again and again


def _tests(tree: Path, arguments: Sequence[str], listed: Path | None = None) -> None:
    """In a fork: pytest in that tree, with the tree's own `bot` and `tests`."""
    os.setsid()
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    with tree.with_suffix(".log").open("w") as log:
        os.dup2(log.fileno(), 1)
        os.dup2(log.fileno(), 2)
    for name in [each for each in sys.modules if _ours(each)]:
        del sys.modules[name]
    os.chdir(tree)
    sys.path.insert(0, str(tree))
    status = pytest.main([*PYTEST, *PRELOADED, f"--basetemp={tree.with_suffix('.tmp')}", *arguments])
    if listed is not None:
        listed.write_text(json.dumps([name for name in sys.modules if name != "__main__" and not _ours(name)]))
    sys.stdout.flush()
    os._exit(status)


def _ours(module: str) -> bool:
    return module.partition(".")[0] in ("bot", "tests")


def start(tree: Path, subject: Subject, fault: Fault | None = None) -> Run:
    process = FORKS.Process(target=_tests, args=(tree, subject.test_files(tree)))
    process.start()
    return Run(process, tree, fault, monotonic())


def ending(run: Run) -> tuple[str, str]:
    """How the run ended, and the first test that failed."""
    overdue = run.process.is_alive()
    with suppress(ProcessLookupError):
        os.killpg(run.process.pid or 0, signal.SIGKILL)
    run.process.join()
    if overdue or run.process.exitcode in (-signal.SIGXCPU, -signal.SIGKILL):
        return TIMED_OUT, ""
    if run.process.exitcode == 0:
        return SURVIVED, ""
    output = run.log.read_text()
    failed = (line for line in output.splitlines() if line.startswith(("FAILED ", "ERROR ")))
    return KILLED, next(failed, output.strip()[-200:])


def must_pass(tree: Path, subject: Subject) -> None:
    """It leaves its byte code, which makes the trials quicker."""
    run = start(tree, subject)
    run.process.join(PATIENCE)
    how, by = ending(run)
    print(f"{subject.name:<12}{run.seconds:>4.0f} s without a fault: {' '.join(subject.test_files(tree))}", flush=True)
    if how != SURVIVED:
        sys.exit(f"Without a fault the tests of {subject.name} must pass; they were {how}. {by}")


def trials(faults: Sequence[Fault], trees: Sequence[Path]) -> Iterator[Result]:
    """As many at once as there are trees.

    Byte code is only read: it is known by its file's size and second of change, which a fault may share.
    """
    sys.dont_write_bytecode = True
    waiting, free, runs = deque(faults), deque(trees), list[Run]()
    while waiting or runs:
        while waiting and free:
            runs.append(_with_fault(free.popleft(), waiting.popleft()))
        wait([run.process.sentinel for run in runs], timeout=PATIENCE - max(run.seconds for run in runs))
        for run in [each for each in runs if not each.process.is_alive() or each.seconds >= PATIENCE]:
            runs.remove(run)
            yield _without_fault(run)
            free.append(run.tree)


def _with_fault(tree: Path, fault: Fault) -> Run:
    path = tree / fault.mutant.path
    Path(importlib.util.cache_from_source(str(path))).unlink(missing_ok=True)
    path.write_text(fault.text)
    return start(tree, next(each for each in SUBJECTS if each.name == fault.mutant.subject), fault)


def _without_fault(run: Run) -> Result:
    seconds = round(run.seconds, 1)
    how, by = ending(run)
    assert run.fault is not None
    (run.tree / run.fault.mutant.path).write_text(run.fault.sound)
    return Result(run.fault.mutant, how, by, seconds)
