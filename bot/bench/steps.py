"""What has to happen next while a bench is drawn: decided from its calls, so it can be decided again after a crash.

Calls are given in the order of prompts, entrants and attempts, as the rows have them.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.bench.plan import Bench, Progress
from bot.ledger.bench_states import BenchState
from bot.ledger.pictures import JUDGEABLE, OPEN, PictureState

MOST_ATTEMPTS = 2
PASSING = ("busy", "unreachable")  # reasons of a failed call that may be gone at the next
UNDER_WAY = (BenchState.DRAWING, BenchState.REVIEWING)


@dataclass(frozen=True)
class Cell:
    """One call for one prompt (by its place) and one entrant. `attempt` counts from 1, `file_id` is Slack's."""

    place: int
    entrant: int
    attempt: int
    generation_id: str
    drawing_id: str
    state: PictureState
    reason: str | None
    reserved_nanousd: int
    charged_nanousd: int = 0
    file_id: str | None = None


@dataclass(frozen=True)
class Steps:
    """`again` are calls to be made once more, `drop` the places of prompts that can't be completed, with the reason.

    `over`: nothing is under way, and every remaining prompt has all its images.
    """

    again: tuple[Cell, ...] = ()
    drop: tuple[tuple[int, str], ...] = ()
    over: bool = False


NOTHING = Steps()
Place = tuple[int, int]  # of a prompt, and of an entrant


def steps(cells: Iterable[Cell], remaining: Sequence[int], held_nanousd: int, *, stopped: bool = False) -> Steps:
    """A prompt that misses one image is dropped for all entrants: compared is only what all of them drew.

    `stopped`: what still waits to be called is no longer wanted.
    """
    again: list[Cell] = []
    drop: dict[int, str] = {}
    open_ = False
    gaps = _missing(list(cells))
    for place in remaining:
        if place not in gaps:
            continue
        waiting, lost = gaps[place]
        cost = sum(cell.reserved_nanousd for cell in lost)
        why = _given_up(waiting, lost, stopped=stopped) if lost or stopped else None
        if why is not None or cost > held_nanousd:
            drop[place] = why or "no_spare"
        else:
            again += lost
            held_nanousd -= cost
            open_ = True
    return Steps(tuple(again), tuple(drop.items()), not open_)


def _missing(cells: Sequence[Cell]) -> dict[int, tuple[list[Cell], list[Cell]]]:
    """By prompt the last calls of entrants that have no image: those under way, and those that came to nothing."""
    images = pictures(cells)
    gaps: dict[int, tuple[list[Cell], list[Cell]]] = {}
    for key, last in {(cell.place, cell.entrant): cell for cell in cells}.items():
        if images[key] is None:
            waiting, lost = gaps.setdefault(last.place, ([], []))
            (waiting if last.state in OPEN else lost).append(last)
    return gaps


def _given_up(waiting: Sequence[Cell], lost: Sequence[Cell], *, stopped: bool) -> str | None:
    """Why a prompt is not to be completed; None: it is, if there is money for it."""
    hopeless = [cell for cell in lost if stopped or not _worth_it(cell)]
    if hopeless:
        return hopeless[0].reason or hopeless[0].state
    all_called = all(cell.state is PictureState.CALLING for cell in waiting)
    return "stopped" if stopped and not all_called else None


def _worth_it(cell: Cell) -> bool:
    passing = cell.state is PictureState.UNCERTAIN or (cell.state is PictureState.FAILED and cell.reason in PASSING)
    return passing and cell.attempt < MOST_ATTEMPTS


def pictures(cells: Iterable[Cell]) -> Mapping[Place, Cell | None]:
    """The image that stands for each entrant: of two, the later call's; none while that one is under way."""
    images: dict[Place, Cell | None] = {}
    for cell in cells:
        key = cell.place, cell.entrant
        if cell.state in JUDGEABLE:
            images[key] = cell
        elif cell.state in OPEN or key not in images:
            images[key] = None
    return images


def progress(cells: Sequence[Cell], votes: Sequence[tuple[str, int, int]] = (), in_slack: int = 0) -> Progress:
    """`votes`: a person, the place of a prompt, and on how many of its images that person voted."""
    images = pictures(cells)
    lanes = len({entrant for _, entrant in images})
    return Progress(
        images=len(images),
        done=len(images) - [*images.values()].count(None),
        failed=len([cell for cell in cells if cell.state not in (*OPEN, *JUDGEABLE)]),
        spent_nanousd=sum([cell.charged_nanousd for cell in cells]),
        votes=sum(voted for _, _, voted in votes),
        judged=tuple(Counter(person for person, _, voted in votes if voted == lanes).items()),
        in_slack=in_slack,
    )


def standing(bench: Bench, cells: Iterable[Cell]) -> list[Cell]:
    """Those to be judged, in the order of prompts and entrants."""
    drops = {prompt.place for prompt in bench.prompts if prompt.dropped is not None}
    return [cell for cell in pictures(cells).values() if cell is not None and cell.place not in drops]


def complete(bench: Bench, cells: Iterable[Cell]) -> dict[int, tuple[Cell, ...]]:
    """By place the images of prompts that have all of them, in the order of entrants; of a bench under way."""
    by_place: dict[int, tuple[Cell, ...]] = {}
    for cell in standing(bench, cells) if bench.state in UNDER_WAY else []:
        by_place[cell.place] = (*by_place.get(cell.place, ()), cell)
    return {place: images for place, images in by_place.items() if len(images) == len(bench.plan.entrants)}
