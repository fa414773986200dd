"""Kinds of jobs, each declared by its feature as a function with typed arguments and no body; it loads no engine.

    @kind("picture.draw", was="draw", calls=True)
    def draw(team_id: str, generation_id: str) -> None: ...

    start(draw(key, team_id, one.id))    # a Job; a wrong argument is an error of mypy's
    show.done_by(publisher.show)         # a Handler; so is a function that takes others

What is stored is the name and the arguments in their order.
"""

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from types import NoneType, UnionType
from typing import Any, Generic, ParamSpec, get_args, get_type_hints

P = ParamSpec("P")
Plain = str | int | float | bool | None  # what stays the same through JSON


@dataclass(frozen=True)
class Job:
    """`id` makes the job the same job. `partition` is the model of a paid call.

    Of the calls of one model those with a lower `turn` are made first.
    """

    id: str
    name: str
    args: tuple[Plain, ...]
    calls: bool = False
    partition: str | None = None
    turn: int = 0

    def on(self, model: str, turn: int = 0) -> "Job":
        return replace(self, partition=model, turn=turn)


Start = Callable[[Job], None]
EnqueueJob = Callable[[Any, Job], None]  # in the transaction of that connection, which is no matter of who hands it on


@dataclass(frozen=True)
class Handler:
    """A plain function and the names of the jobs it does."""

    names: tuple[str, ...]
    calls: bool
    takes: Callable[[Sequence[Plain]], bool]
    run: Callable[..., None]


class JobKind(Generic[P]):
    """`was`: its name in version 0.1.0. Jobs of that name still run, and ids begin with it: what an older version
    queued, and a newer one would queue again, is one job. `calls`: it makes a paid call.

    A new argument comes last and has a default; anything else is a new kind, or what is queued could not run.
    """

    def __init__(self, name: str, declared: Callable[P, None], was: str | None, calls: bool) -> None:
        self.name = name
        self.names = (name,) if was is None else (name, was)
        self.calls = calls
        self._signature = inspect.signature(declared)
        for argument, hint in get_type_hints(declared).items():
            if not _plain(hint):
                raise TypeError(f"{name}: {argument} is not the same after a way through JSON")

    def __call__(self, key: str, /, *args: P.args, **kwargs: P.kwargs) -> Job:
        """The job that this key makes the same job: begin it with the team."""
        bound = self._signature.bind(*args, **kwargs)
        bound.apply_defaults()
        return Job(f"{self.names[-1]}:{key}", self.name, bound.args, self.calls)

    def done_by(self, run: Callable[P, None]) -> Handler:
        return Handler(self.names, self.calls, self._takes, run)

    def _takes(self, arguments: Sequence[Plain]) -> bool:
        try:
            self._signature.bind(*arguments)
        except TypeError:
            return False
        return True


def _plain(hint: object) -> bool:
    if isinstance(hint, UnionType):
        return all(map(_plain, get_args(hint)))
    return hint in (str, int, float, bool, NoneType)


def kind(name: str, *, was: str | None = None, calls: bool = False) -> Callable[[Callable[P, None]], JobKind[P]]:
    """Of a function that only declares arguments."""

    def declare(declared: Callable[P, None]) -> JobKind[P]:
        return JobKind(name, declared, was, calls)

    return declare


@dataclass(frozen=True)
class Duties:
    """What a feature does unasked: its jobs, its part of the minute's sweep and of the daily tidy.

    Every part may run in any number of processes at once. One that fails is logged and keeps none of the others.
    """

    handlers: tuple[Handler, ...] = ()
    sweep: tuple[Callable[[], object], ...] = ()
    tidy: tuple[Callable[[], object], ...] = ()
