"""What has to happen next while a bench is drawn: decided from its calls, so it can be decided again after a crash."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.ledger.pictures import JUDGEABLE, OPEN, PictureState

MOST_ATTEMPTS = 2
PASSING = ("busy", "unreachable")  # reasons of a failed call that may be gone at the next


@dataclass(frozen=True)
class Cell:
    """One call for one prompt (by its place) and one entrant. `attempt` counts from 1."""

    place: int
    entrant: int
    attempt: int
    generation_id: str
    drawing_id: str
    state: PictureState
    reason: str | None
    reserved_nanousd: int
    charged_nanousd: int = 0


@dataclass(frozen=True)
class Steps:
    """`again` are calls to be made once more, `drop` the places of prompts that can't be completed, with the reason.

    `over`: nothing is under way, and every remaining prompt has all its images.
    """

    again: tuple[Cell, ...] = ()
    drop: tuple[tuple[int, str], ...] = ()
    over: bool = False


def steps(cells: Iterable[Cell], remaining: Sequence[int], held_nanousd: int, *, stopped: bool = False) -> Steps:
    """A prompt that misses one image is dropped for all entrants: compared is only what all of them drew.

    `stopped`: what still waits to be called is no longer wanted.
    """
    again: list[Cell] = []
    drop: dict[int, str] = {}
    listed, open_ = list(cells), False
    for place in remaining:
        mine = [cell for cell in listed if cell.place == place]
        missing = [last for last in _lasts(mine) if pictured(mine, last.entrant) is None]
        lost = [cell for cell in missing if cell.state not in OPEN]
        wanted = [cell for cell in lost if _worth_it(cell) and not stopped]
        needed = sum(cell.reserved_nanousd for cell in wanted)
        if len(wanted) < len(lost):
            drop[place] = next(cell.reason or cell.state for cell in lost if cell not in wanted)
        elif stopped and any(cell.state is not PictureState.CALLING for cell in missing):
            drop[place] = "stopped"
        elif needed > held_nanousd:
            drop[place] = "no_spare"
        else:
            again += wanted
            held_nanousd -= needed
            open_ = open_ or bool(missing)
    return Steps(tuple(again), tuple(drop.items()), not open_)


def pictured(cells: Sequence[Cell], entrant: int) -> Cell | None:
    """The image that stands for an entrant: of two, the later call's; none while that one is under way."""
    mine = sorted((cell for cell in cells if cell.entrant == entrant), key=lambda cell: -cell.attempt)
    if mine and mine[0].state in OPEN:
        return None
    return next((cell for cell in mine if cell.state in JUDGEABLE), None)


def _lasts(cells: Sequence[Cell]) -> list[Cell]:
    return list({cell.entrant: cell for cell in sorted(cells, key=lambda cell: cell.attempt)}.values())


def _worth_it(cell: Cell) -> bool:
    passing = cell.state is PictureState.UNCERTAIN or (cell.state is PictureState.FAILED and cell.reason in PASSING)
    return passing and cell.attempt < MOST_ATTEMPTS
