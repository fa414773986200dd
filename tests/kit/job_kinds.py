"""Two kinds of jobs for tests of the engine: named as real ones were in 0.1.0, with an argument of their own."""

from bot.jobs import Job, kind


@kind("picture.draw", was="draw", calls=True)
def draw(name: str, /) -> None: ...


@kind("picture.show", was="show")
def show(name: str, more: str = "", /) -> None: ...


def drawing(name: str, model: str = "flare", turn: int = 0) -> Job:
    return draw(f"T1:{name}", name).on(model, turn)


@kind("picture.later")
def later(name: str, more: str = "", again: str = "", /) -> None:
    """Of a version that is not there yet."""


@kind("picture.later")
def sooner(name: str, /) -> None:
    """The same before it had its other arguments."""
