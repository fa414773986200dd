"""The order of `.ci/run`: what it makes beside what, what it shows last, and which status it ends with."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.kit.processes import ROOT

SETUP, CHECK, AUDIT, TEST = "setup", "check", "audit", "test"
SUMMARY = "2 passed in 400.00s"


def stubbed(folder: Path, **scripts: str) -> "subprocess.CompletedProcess[str]":
    """The script beside programs that stand for make and chromium; `scripts` say what each target does."""
    programs = folder / "programs"
    for place in (folder / ".ci", programs):
        place.mkdir()
    shutil.copy(ROOT / ".ci/run", folder / ".ci/run")
    targets = "".join(f"{name}) {script};;\n" for name, script in scripts.items())
    for name, script in {"make": f'echo "made $1"\ncase "$1" in\n{targets}esac', "chromium": "true"}.items():
        (programs / name).write_text(f"#!/usr/bin/env bash\n{script}\n")
        (programs / name).chmod(0o755)
    environment = {"PATH": f"{programs}:{os.environ['PATH']}"}
    return subprocess.run(
        [folder / ".ci/run"], env=environment, capture_output=True, text=True, timeout=60, check=False
    )


def test_the_tests_run_beside_the_check_and_their_summary_comes_last(tmp_path: Path) -> None:
    """Each of the two waits for the other to begin."""
    meet = "touch {}; until [ -e {} ]; do sleep 0.05; done"
    beside = {CHECK: meet.format("checking", "testing"), TEST: f"{meet.format('testing', 'checking')}; echo {SUMMARY}"}
    done = stubbed(tmp_path, **beside)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["made setup", "made check", "made audit", "made test", SUMMARY]


@pytest.mark.parametrize("failing", [SETUP, CHECK, AUDIT, TEST])
def test_whatever_fails_the_check_fails(tmp_path: Path, failing: str) -> None:
    assert stubbed(tmp_path, **{failing: "exit 2"}).returncode == 2


def test_a_check_that_fails_interrupts_the_tests_which_clean_up(tmp_path: Path) -> None:
    tests = "trap 'touch interrupted; exit 130' INT; touch testing; while true; do sleep 0.05; done"
    done = stubbed(tmp_path, **{CHECK: "until [ -e testing ]; do sleep 0.05; done; exit 2", TEST: tests})
    assert (done.returncode, (tmp_path / "interrupted").exists()) == (2, True)
    assert "made test" not in done.stdout
