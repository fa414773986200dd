"""A statement is compiled once a test process: SQLAlchemy does it once an engine, and every test opens engines anew."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import URL, Engine


class Compiled(dict[tuple[Any, ...], Any]):
    """What SQLAlchemy keeps by the dialect of one engine and by what a statement is: here by the latter alone."""

    def get(self, key: tuple[Any, ...], default: Any = None) -> Any:
        return super().get(key[1:], default)

    def __setitem__(self, key: tuple[Any, ...], value: Any) -> None:
        super().__setitem__(key[1:], value)


@contextmanager
def once() -> Iterator[None]:
    """For as long as it is entered, in one place for each kind of database."""
    kinds: defaultdict[str, Compiled] = defaultdict(Compiled)
    open_anew = sa.create_engine

    def create_engine(url: URL | str, **arguments: Any) -> Engine:
        engine = open_anew(url, **arguments)
        engine.update_execution_options(compiled_cache=kinds[engine.driver])
        return engine

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sa, "create_engine", create_engine)
        yield
