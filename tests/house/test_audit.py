"""tests/kit/audit.py: what it makes of pip-audit's reports, played by a program that prints them."""

import json
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SKIPPED = {"name": "sample", "skip_reason": "Dependency not found and could not be audited: sample (1.0)"}
WHOLE: dict[str, Any] = {"name": "whole", "version": "2.0", "vulns": []}
HOLE = {"id": "SAMPLE-2026-1", "fix_versions": ["1.1", "2.0"], "aliases": [], "description": "a sample"}
HOLED = {"name": "holed", "version": "1.0", "vulns": [HOLE, HOLE | {"id": "SAMPLE-2026-2", "fix_versions": []}]}


def auditor(folder: Path, out: str, status: int = 0, err: str = "") -> Path:
    """A pip-audit that says this whatever it is asked, and writes down what that was."""
    script = folder / "pip-audit"
    lines = [f'printf "%s" "$*" > {shlex.quote(str(folder / "asked"))}', f"printf %s {shlex.quote(out)}"]
    script.write_text("\n".join(["#!/bin/sh", *lines, f"printf %s {shlex.quote(err)} >&2", f"exit {status}"]))
    script.chmod(0o755)
    return script


def audited(program: Path, lock: str = "requirements-dev.lock") -> "subprocess.CompletedProcess[str]":
    words = [sys.executable, "-m", "tests.kit.audit", str(program), lock]
    return subprocess.run(words, capture_output=True, text=True, cwd=ROOT)


def report(*dependencies: dict[str, Any]) -> str:
    return json.dumps({"dependencies": dependencies, "fixes": []})


def test_R83_a_known_hole_fails_the_check_and_is_named_with_the_release_that_mends_it(tmp_path: Path) -> None:
    done = audited(auditor(tmp_path, report(WHOLE, HOLED, SKIPPED), status=1))
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "packages with known holes:",
        "  holed 1.0: SAMPLE-2026-1, mended in 1.1, 2.0",
        "  holed 1.0: SAMPLE-2026-2, mended in no release yet",
    ]


def test_R83_where_every_package_was_looked_up_it_says_audited(tmp_path: Path) -> None:
    done = audited(auditor(tmp_path, report(WHOLE, WHOLE)))
    assert (done.returncode, done.stdout) == (0, "audited: 2 packages, no known hole\n")
    asked = (tmp_path / "asked").read_text().split()
    assert asked[-2:] == ["--requirement", "requirements-dev.lock"]
    assert {"--require-hashes", "--disable-pip"} <= set(asked)  # nothing is installed to find out


@pytest.mark.parametrize(
    ("out", "err", "status", "why"),
    [
        (report(SKIPPED, SKIPPED), "No known vulnerabilities found", 0, "2 of 2 packages could not be looked up"),
        (report(WHOLE, SKIPPED), "No known vulnerabilities found", 0, "1 of 2 packages could not be looked up"),
        (report(), "", 0, "0 of 0 packages could not be looked up"),
        ("", "Traceback\nConnectionError: no way", 1, "pip-audit gave no report (exit 1): ConnectionError: no way"),
        ("{}", "", 0, "pip-audit gave no report (exit 0): no word"),
        ("null", "", 2, "pip-audit gave no report (exit 2): no word"),
    ],
)
def test_R83_where_advisories_can_t_be_reached_it_says_not_audited_and_is_no_failure(
    tmp_path: Path, out: str, err: str, status: int, why: str
) -> None:
    done = audited(auditor(tmp_path, out, status, err))
    assert (done.returncode, done.stdout) == (0, f"not audited: {why}\n")


def test_R83_without_pip_audit_it_says_not_audited(tmp_path: Path) -> None:
    done = audited(tmp_path / "pip-audit")
    assert (done.returncode, done.stdout) == (0, "not audited: pip-audit is not installed\n")


def test_R83_the_check_asks_about_the_lock_that_holds_every_package() -> None:
    script, makefile = (ROOT / ".ci/run").read_text(), (ROOT / "Makefile").read_text()
    assert "make audit" in script.splitlines()
    assert "-m tests.kit.audit build/audit/bin/pip-audit requirements-dev.lock" in makefile
