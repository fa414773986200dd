"""Asks pip-audit whether a locked package has a known hole, and says plainly when nobody could be asked.

    python -m tests.kit.audit PIP_AUDIT requirements-dev.lock

pip-audit calls a package that it could not look up "skipped", and ends with "No known vulnerabilities found" when it
skipped them all. Here that is "not audited". Exit status 1 for a hole alone: advisories out of reach are no failure of
the tree.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SECONDS = 300
OPTIONS = ["--format", "json", "--progress-spinner", "off", "--require-hashes", "--disable-pip", "--requirement"]
NOT_AUDITED = "not audited"


@dataclass(frozen=True)
class Report:
    """`holes` are lines for people, `looked_up` how many packages were compared with the advisories, of `packages`."""

    holes: tuple[str, ...] = ()
    looked_up: int = 0
    packages: int = 0
    why: str = ""

    @property
    def words(self) -> str:
        if self.holes:
            return "\n".join(["packages with known holes:", *self.holes])
        if self.looked_up < self.packages or not self.packages:
            whole = f"{self.packages - self.looked_up} of {self.packages} packages could not be looked up"
            return f"{NOT_AUDITED}: {self.why or whole}"
        return f"audited: {self.packages} packages, no known hole"


def audit(program: str, lock: Path) -> Report:
    """What pip-audit found out about the packages of this lock file."""
    if shutil.which(program) is None:
        return Report(why="pip-audit is not installed")
    try:
        done = subprocess.run([program, *OPTIONS, str(lock)], capture_output=True, text=True, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        return Report(why=f"pip-audit gave no answer in {SECONDS} s")
    try:
        return read(json.loads(done.stdout)["dependencies"])
    except (ValueError, LookupError, TypeError):
        return Report(why=f"pip-audit gave no report (exit {done.returncode}): {_last(done.stderr)}")


def read(dependencies: Sequence[Mapping[str, Any]]) -> Report:
    looked_up = [each for each in dependencies if "skip_reason" not in each]
    holes = tuple(_line(each, hole) for each in looked_up for hole in each["vulns"])
    return Report(holes, len(looked_up), len(dependencies))


def _line(package: Mapping[str, Any], hole: Mapping[str, Any]) -> str:
    mended = ", ".join(hole["fix_versions"]) or "no release yet"
    return f"  {package['name']} {package['version']}: {hole['id']}, mended in {mended}"


def _last(text: str) -> str:
    return (text.strip().splitlines() or ["no word"])[-1][:200]


def main(words: Sequence[str]) -> int:
    program, lock = words
    report = audit(program, Path(lock))
    print(report.words)
    return 1 if report.holes else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
