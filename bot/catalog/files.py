"""Where the files of data/ are, and opening one."""

import tomllib
from pathlib import Path

from bot.catalog.table import Table
from bot.errors import BadCatalog


def shipped() -> Path:
    """data/: in the package of a wheel, beside it in a tree."""
    package = Path(__file__).resolve().parents[1]
    within = package / "data"
    return within if within.is_dir() else package.parent / "data"


DATA = shipped()


def read_table(path: Path) -> Table:
    """Raises BadCatalog."""
    name = f"{path.parent.name}/{path.name}"
    try:
        return Table(name, tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as failure:
        raise BadCatalog(f"{name} can't be read: {failure.strerror}.") from failure
    except ValueError as failure:  # not TOML, or not UTF-8
        raise BadCatalog(f"{name} is not TOML: {failure}.") from failure
