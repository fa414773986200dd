"""Two kinds of jobs for tests of the engine: named as real ones were in 0.1.0, with an argument of their own."""

from bot.jobs import Job, kind


@kind("picture.draw", was="draw", calls=True)
def draw(name: str, /) -> None: ...


@kind("picture.show", was="show")
def show(name: str, more: str = "", /) -> None: ...


def drawing(name: str, model: str = "flare", turn: int = 0) -> Job:
    return draw(f"T1:{name}", name).on(model, turn)
