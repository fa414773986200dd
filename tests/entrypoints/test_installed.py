"""The wheel, unpacked where there is no tree: the commands, the sample and the playground's page run from it alone."""

import os
import shutil
import subprocess
import sys
import urllib.request
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

import bot
from tests.browser.browser import playground
from tests.kit.processes import ROOT

pytestmark = pytest.mark.waits


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a copy of the tree comes to, unpacked."""
    folder = tmp_path_factory.mktemp("wheel")
    for name in ("bot", "data"):
        shutil.copytree(ROOT / name, folder / "tree" / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, folder / "tree")
    words = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(words, cwd=folder / "tree", check=True, capture_output=True)
    shutil.rmtree(folder / "tree")
    with zipfile.ZipFile(packed(folder)) as file:
        file.extractall(folder / "installed")
    return folder / "installed"


def packed(folder: Path) -> Path:
    (wheel,) = folder.glob("*.whl")
    return wheel


def said(wheel: Path, *words: str) -> str:
    """In a folder of its own, where no tree is found by chance."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(wheel)}
    return run(wheel.parent / "elsewhere", environment, sys.executable, *words)


def run(place: Path, environment: Mapping[str, str], *words: str) -> str:
    place.mkdir(exist_ok=True)
    done = subprocess.run(words, cwd=place, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_B21_the_wheel_answers_from_its_own_data(wheel: Path) -> None:
    script = "import bot, bot.catalog.files as files; print(bot.__file__, files.DATA)"
    assert said(wheel, "-c", script).split() == [str(wheel / "bot" / "__init__.py"), str(wheel / "bot" / "data")]
    assert said(wheel, "-m", "bot", "--version") == f"imagelane {bot.__version__}\n"
    assert "$263.40" in said(wheel, "-m", "bot", "estimate", "5000", "high", "square")
    assert "product-shots" in said(wheel, "-c", "from bot.bench.prompt_sets import prompt_sets; print(*prompt_sets())")


def test_B21_the_wheel_opens_the_playground_with_its_page(wheel: Path, tmp_path: Path) -> None:
    with (
        playground(tmp_path, PYTHONPATH=str(wheel)) as running,
        urllib.request.urlopen(running.at(), timeout=60) as page,
    ):
        assert "/imagelane estimate 5000 high square" in page.read().decode()


@pytest.mark.soak
@pytest.mark.timeout(900)
def test_B21_the_wheel_runs_in_a_fresh_environment_with_the_locked_packages(wheel: Path, tmp_path: Path) -> None:
    """As somebody installs it: nothing of this environment is seen, and no tree."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    fresh, place = tmp_path / "fresh", tmp_path / "elsewhere"
    run(place, environment, sys.executable, "-m", "venv", str(fresh))
    pip = (str(fresh / "bin/python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    run(place, environment, *pip, "--require-hashes", "-r", str(ROOT / "requirements.lock"))
    run(place, environment, *pip, "--no-deps", str(packed(wheel.parent)))
    imagelane = str(fresh / "bin/imagelane")
    assert run(place, environment, imagelane, "--version") == f"imagelane {bot.__version__}\n"
    assert "$263.40" in run(place, environment, imagelane, "estimate", "5000", "high", "square")
    listed = run(place, environment, str(fresh / "bin/python"), "-m", "pip", "list", "--format=freeze")
    assert "pytest" not in listed
