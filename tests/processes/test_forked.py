"""What all tests of real processes rest on: each is forked from one that has loaded all it will need."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from tests.kit import forked
from tests.kit.books import installed
from tests.kit.processes import end
from tests.kit.waiting import until

pytestmark = pytest.mark.waits


def serve_and_list(words: Sequence[str], environment: Mapping[str, str], folder: Path, log: Path, loaded: Path) -> None:
    """Runs as `forked.start` does; once it ended, the modules it loaded by itself stand in that file."""
    before = set(sys.modules)
    try:
        forked.become(list(words), dict(environment), folder, log, log, "")
    finally:
        loaded.write_text("\n".join(sorted(set(sys.modules) - before)))


def test_a_process_that_draws_a_picture_loads_nothing_that_was_not_loaded_before_it_was_forked(
    sqlite_url: str, tmp_path: Path
) -> None:
    log, loaded = tmp_path / "log", tmp_path / "loaded"
    with installed(sqlite_url, tmp_path) as house:
        house.processes.append(forked.begin(serve_and_list, ["serve"], house.bot.environment, tmp_path, log, loaded))
        until(lambda: house.bot.answers("/readyz"), seconds=60)
        house.ask("a red kite")
        house.come_to_rest()
        assert len(house.lines()) == 1
        end(house.processes[-1])
    assert loaded.read_text().split() == []
