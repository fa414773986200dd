"""Pictures as a terminal tells of them: what each cost, how it ended, where its file is."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from rich.console import Group, RenderableType
from rich.text import Text

from bot.ledger.pictures import JUDGEABLE, Drawing, Generation
from bot.money import usd
from bot.pricing import dollars
from bot.printing.shapes import title
from bot.samples.outcomes import known, result, sentence, verdict


@dataclass(frozen=True)
class PrintedPicture:
    """One image. `cost_usd` is what the ledger holds for it; None while nothing is booked."""

    id: str
    lane: str | None
    model: str
    quality: str
    size: str
    state: str
    cost_usd: Decimal | None
    expected_usd: Decimal
    demo: bool
    kept: int
    rejected: int
    said: str
    file: str | None


@dataclass(frozen=True)
class PrintedPictures:
    """What `try` made, or the one that `show` found; `sentence` says it in short. `taken` are the words that were left
    out and filled in."""

    prompt: str
    pictures: tuple[PrintedPicture, ...]
    taken: tuple[str, ...] = ()
    sentence: str = ""


def printed(
    drawing: Drawing, file_of: Callable[[Generation], Path | None], taken: tuple[str, ...] = ()
) -> PrintedPictures:
    verb, rest = result(drawing.generations)
    made = tuple(picture(one, file_of(one)) for one in drawing.generations)
    return PrintedPictures(drawing.prompt, made, taken, f"{verb}: {rest}" if verb else rest)


def printed_again(generation: Generation, drawing: Drawing, file: Path | None) -> PrintedPictures:
    return PrintedPictures(drawing.prompt, (picture(generation, file),), sentence=known(generation))


def picture(generation: Generation, file: Path | None) -> PrintedPicture:
    spec, is_judgeable = generation.spec, generation.state in JUDGEABLE
    said = (
        verdict(generation.tally)
        if is_judgeable
        else sentence(generation.state, generation.reason, generation.charged_nanousd)
    )
    return PrintedPicture(
        id=generation.id,
        lane=generation.lane,
        model=spec.model,
        quality=generation.returned_quality or spec.quality,
        size=generation.returned_size or str(spec.size),
        state=generation.state.value,
        cost_usd=usd(generation.charged_nanousd) if generation.charged_nanousd or is_judgeable else None,
        expected_usd=usd(generation.expected_nanousd),
        demo=generation.demo,
        kept=generation.tally.keep,
        rejected=generation.tally.reject,
        said=said,
        file=None if file is None else str(file),
    )


def rendered(answer: PrintedPictures, details: bool = False) -> RenderableType:
    """The sentence and where each picture is; with `details` all that is known of each."""
    lines = [line for one in answer.pictures for line in (_told(one) if details else _short(one, answer))]
    taken = f"Not named, so taken: {', '.join(answer.taken)}." if answer.taken else ""
    return Group(title(answer.sentence), *lines, *([Text(taken)] if taken else []))


def _short(one: PrintedPicture, answer: PrintedPictures) -> list[Text]:
    """Alone, the sentence says how it ended."""
    where = one.file or ("no longer on this disk" if one.state in JUDGEABLE else "")
    if len(answer.pictures) == 1:
        return [Text(f"  {where}")] if where else []
    return [Text(f"  {one.lane or one.model}: {where or one.said}")]


def _told(one: PrintedPicture) -> list[Text]:
    cost = "demo, $0.00" if one.demo else dollars(one.cost_usd) if one.cost_usd is not None else "nothing charged"
    name = f"{one.lane} {one.model}" if one.lane else one.model
    told = [Text(f"{one.id}  {name}, {one.quality}, {one.size}: {cost}", style="bold"), Text(f"  {one.said}")]
    return [*told, Text(f"  {one.file}")] if one.file else told
