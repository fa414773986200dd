"""What we stand on: the packages that were chosen, the locks that hold them, and what runs before our first line."""

import re
import site
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from importlib.metadata import distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock", ".ci/audit.lock")
# Chosen one by one. A new one is a decision: add it here with the change that needs it.
DIRECT = {
    "alembic",
    "apscheduler",
    "cachetools",
    "dbos",
    "fastapi",
    "jinja2",
    "matplotlib",
    "openai",
    "pillow",
    "prometheus-client",
    "psycopg",
    "pydantic",
    "pydantic-settings",
    "pyyaml",
    "rich",
    "slack-bolt",
    "sqlalchemy",
    "structlog",
    "tenacity",
    "uvicorn",
    "websockets",
}
BESIDE_THE_LOCK = {"imagelane", "pip", "setuptools", "wheel"}  # ourselves, and what an empty environment has
# Files that Python reads at each start, and the lines in them that it runs. setuptools brings the second one.
PTH_FILES = {"_editable_impl_imagelane.pth", "a1_coverage.pth", "distutils-precedence.pth"}
PTH_CODE = {
    # coverage comes with mutmut, and measures only where the environment asks for it
    'import sys; exec(\'import os\\n\\nif os.getenv("COVERAGE_PROCESS_START") or '
    'os.getenv("COVERAGE_PROCESS_CONFIG"):\\n try:\\n  import coverage\\n except:\\n  pass\\n else:\\n'
    '  coverage.process_startup(slug="pth")\')',
    "import os; var = 'SETUPTOOLS_USE_DISTUTILS'; enabled = os.environ.get(var, 'local') == 'local'; "
    "enabled and __import__('_distutils_hack').add_shim();",
}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pinned(lock: str) -> dict[str, tuple[str, frozenset[str]]]:
    """Version and hashes of each package of a lock."""
    entries = re.split(r"\n(?=\S)", (ROOT / lock).read_text().strip())
    found = [re.match(r"([A-Za-z0-9._-]+)(?:\[[a-z,]+\])?==(\S+)", entry) for entry in entries]
    hashes = [frozenset(re.findall(r"--hash=sha256:([0-9a-f]{64})", entry)) for entry in entries]
    assert all(found), f"{lock}: a line without a version"
    return {normal(one[1]): (one[2], own) for one, own in zip(found, hashes, strict=True) if one}


def site_files(pattern: str) -> Iterator[Path]:
    for folder in site.getsitepackages():
        yield from sorted(Path(folder).glob(pattern))


def test_R82_the_direct_dependencies_are_those_that_were_chosen() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    listed = [normal(re.split(r"[\[<>=~! ]", line)[0]) for line in project["dependencies"]]
    assert len(listed) == len(set(listed))
    assert set(listed) == DIRECT


@pytest.mark.parametrize("lock", LOCKS)
def test_R82_every_locked_package_has_a_version_and_hashes_and_no_address(lock: str) -> None:
    packages = pinned(lock)
    assert [name for name, (_, hashes) in packages.items() if not hashes] == []
    text = (ROOT / lock).read_text()
    assert not re.search(r"https?:|--index|--find-links|--trusted| @ ", text)


def test_R82_the_tests_run_on_the_very_packages_that_are_shipped() -> None:
    shipped, tested = pinned("requirements.lock"), pinned("requirements-dev.lock")
    assert set(shipped) >= DIRECT
    assert {name: tested.get(name) for name in shipped} == shipped


def test_R82_no_package_stands_in_this_environment_that_no_lock_names() -> None:
    here = {normal(each.metadata["Name"]) for each in distributions(path=site.getsitepackages())}
    assert here >= DIRECT
    assert here - set(pinned("requirements-dev.lock")) - BESIDE_THE_LOCK == set()


def test_R82_only_known_pth_files_stand_in_this_environment_and_run_only_known_lines() -> None:
    files = list(site_files("*.pth"))
    assert {path.name for path in files} <= PTH_FILES
    code = {line.strip() for path in files for line in path.read_text().splitlines() if line.startswith("import")}
    assert code <= PTH_CODE


def test_R82_nothing_else_runs_at_the_start_of_every_python_here() -> None:
    assert [path.name for name in ("sitecustomize", "usercustomize") for path in site_files(f"{name}*")] == []


def installers() -> list[str]:
    """Every command of ours that installs packages from a list."""
    files = ("Makefile", "deploy/Dockerfile", "deploy/runbook.md", ".ci/run")
    lines = [line for name in files for line in (ROOT / name).read_text().splitlines()]
    return [line for line in lines if re.search(r"pip install\b", line) and "--no-deps" not in line]


def test_R82_whatever_installs_packages_takes_them_from_a_lock_by_their_hashes() -> None:
    commands = installers()
    assert len(commands) >= 3
    for command in commands:
        assert re.search(r"--require-hashes -r \S*(requirements|requirements-dev|audit)\.lock", command), command


def test_R82_what_was_released_in_the_last_seven_days_is_not_locked() -> None:
    """A release that somebody took over is mostly noticed by then."""
    assert tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["uv"] == {"exclude-newer": "7 days"}
    assert not re.search(r"--exclude-newer|--no-config|--config-file", (ROOT / "Makefile").read_text())


# What the option does, tried with a package made here


def wheel(folder: Path) -> Path:
    path = folder / "sample_part-1.0-py3-none-any.whl"
    info = "sample_part-1.0.dist-info"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("sample_part.py", "")
        made.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: sample-part\nVersion: 1.0\n")
        made.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nGenerator: sample\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        made.writestr(f"{info}/RECORD", f"sample_part.py,,\n{info}/METADATA,,\n{info}/WHEEL,,\n{info}/RECORD,,\n")
    return path


def installed(folder: Path, lines: str) -> "subprocess.CompletedProcess[str]":
    """As `make setup` does it, from this folder alone and into a folder of its own."""
    (folder / "sample.lock").write_text(lines)
    options = ["--quiet", "--disable-pip-version-check", "--no-index", "--no-cache-dir", "--find-links", str(folder)]
    words = ["-m", "pip", "install", *options, "--target", str(folder / "target"), "--require-hashes"]
    return subprocess.run(
        [sys.executable, *words, "-r", "sample.lock"], cwd=folder, capture_output=True, text=True, env={"PATH": ""}
    )


def test_R82_a_package_with_another_hash_or_without_one_is_not_installed(tmp_path: Path) -> None:
    digest = sha256(wheel(tmp_path).read_bytes()).hexdigest()
    other = sha256(b"another").hexdigest()
    wrong = installed(tmp_path, f"sample-part==1.0 --hash=sha256:{other}\n")
    assert wrong.returncode != 0
    assert "DO NOT MATCH THE HASHES" in wrong.stderr
    unlisted = installed(tmp_path, "sample-part==1.0\n")
    assert unlisted.returncode != 0
    assert "--hash" in unlisted.stderr
    assert not (tmp_path / "target").exists()
    right = installed(tmp_path, f"sample-part==1.0 --hash=sha256:{digest}\n")
    assert (right.returncode, right.stderr) == (0, "")
    assert (tmp_path / "target/sample_part.py").exists()
