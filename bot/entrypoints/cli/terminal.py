"""What the commands of a terminal share: whose books are meant, pictures drawn here and now, and files to write."""

import io
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import IO, Literal, TextIO

from bot import settings, wiring
from bot.errors import BadFile, CantStore, StoreTrouble, StoreUnsure
from bot.samples.studio import Studio
from bot.wiring import House

PERSON = "terminal"


def enter(workspace: str | None) -> tuple[House, str]:
    """The house, and the id of the workspace that is named or the only one."""
    house = wiring.ready(settings.read())
    return house, house.quick.workspace(workspace)


def studio(house: House) -> Studio:
    """No job is left for others: the next sweep tells what a threshold has to say."""
    return replace(wiring.studio(house, f"terminal-{uuid.uuid4()}"), booked=lambda _generation: None)


@contextmanager
def left_off(then: str) -> Iterator[None]:
    """From the first call on nobody may say that nothing was charged."""
    try:
        yield
    except StoreTrouble as trouble:
        raise StoreUnsure(
            "Storage went away while this was drawn. What was paid for is kept on the disk, and booked within minutes "
            f"of its return while the bot runs; {then}."
        ) from trouble
    except CantStore as cant:
        raise CantStore(
            cant.why,
            f"Pictures can't be stored any more: {cant.why}. What was paid for before is booked, and nothing else is "
            f"run or charged; {then}.",
        ) from cant


@contextmanager
def open_file(file: str | Path, mode: Literal["wb", "xb"]) -> Iterator[IO[bytes]]:
    """Raises BadFile; with "xb" for one that is there, too."""
    try:
        with Path(file).open(mode) as binary:
            yield binary
    except OSError as failure:
        raise BadFile(f"{file} can't be written: {failure.strerror}.") from failure


def write_csv(file: str | Path | None, rows: str, write: Callable[[TextIO], int]) -> None:
    """To a new file, or to the screen; `write` answers how many `rows` there were. Raises BadFile."""
    if file is None:
        sys.stdout.reconfigure(newline="")  # type: ignore[union-attr]
        write(sys.stdout)
        return
    with open_file(file, "xb") as binary, io.TextIOWrapper(binary, encoding="utf-8", newline="") as text:
        count = write(text)
    print(f"Wrote {count:,} {rows} to {file}.", file=sys.stderr)
