"""Opening a file of data/, and saying what is wrong with it: file, key, value and why."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import ValidationError

from bot.catalog.shape import Row, Sourced
from bot.errors import BadCatalog

Shape = TypeVar("Shape", bound=Row)


def shipped() -> Path:
    """data/: in the package of a wheel, beside it in a tree."""
    package = Path(__file__).resolve().parents[1]
    within = package / "data"
    return within if within.is_dir() else package.parent / "data"


DATA = shipped()


class DataFile(Generic[Shape]):
    """One file, read and of the right shape. Raises BadCatalog."""

    def __init__(self, path: Path, shape: type[Shape]) -> None:
        self.name = f"{path.parent.name}/{path.name}"
        try:
            self.rows = shape.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
        except OSError as failure:
            raise BadCatalog(f"{self.name} can't be read: {failure.strerror}.") from failure
        except ValidationError as failure:
            raise self._first_fault(failure) from failure
        except ValueError as failure:  # not TOML, or not UTF-8
            raise BadCatalog(f"{self.name} is not TOML: {failure}.") from failure

    def wrong(self, key: str, value: object, why: str) -> BadCatalog:
        return BadCatalog(f"{self.name}: {key} is {value}: {why}.")

    def sourced(self) -> Iterator[tuple[str, Sourced]]:
        """Every row of the file that names sources, with its key."""
        return ((key, row) for key, row in _walk("", self.rows) if isinstance(row, Sourced))

    def _first_fault(self, failure: ValidationError) -> BadCatalog:
        fault = failure.errors(include_url=False)[0]
        # a fault in a key of a table ends in the mark "[key]" after that key
        parts = [part for part in fault["loc"] if part != "[key]"]
        key = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in parts).lstrip(".")
        if fault["type"] == "missing":
            why = "every figure names its source" if parts[-1] == "sources" else "it is required"
            return self.wrong(key, "missing", why)
        why = fault["msg"].removeprefix("Value error, ")
        return self.wrong(key, repr(fault["input"]), why[:1].lower() + why[1:])


def _walk(key: str, value: object) -> Iterator[tuple[str, Row]]:
    if isinstance(value, Row):
        yield key, value
        for name, inner in value:
            yield from _walk(f"{key}.{name}".lstrip("."), inner)
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _walk(f"{key}.{name}", inner)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _walk(f"{key}[{number}]", inner)
