"""What somebody filled into the window that plans a blind test, by the names of its fields."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from bot import grammar
from bot.bench.command import BenchCommand
from bot.bench.plan import kept_wanted
from bot.bench.prompt_files import PromptFile, read_prompts
from bot.errors import BadPlan, ImagelaneError, NotOpen
from bot.slack.fields import chosen, people, ticked, written
from bot.slack.message import View, unmarked

KEPT = "kept"
OWN = "own"  # in place of the name of a set
OWN_KIND = "own prompts"
SAME = "same"
T = TypeVar("T")
COUNTS = ("10", "20", "40")
BEHIND_MORE = ("quality", "today_quality", "size", "seconds", "hourly", "cap", "tag")


@dataclass(frozen=True)
class PlanFields:
    """What stands in the window. `rest`: those behind More, by name; None while they are not shown."""

    today: str = "budget"
    compare: tuple[str, ...] = ("premium",)
    source: str = ""
    count: str = COUNTS[0]
    prompts: str = ""
    reviewers: str = "1"
    judges: tuple[str, ...] = ()
    rest: Mapping[str, str] | None = None


def begun(command: BenchCommand) -> PlanFields:
    """What the window begins with. Raises BadPlan for a number of kept prompts that can't be."""
    today, *compare = [choice for choice, _ in command.lanes] or ["budget", "premium"]
    kept = kept_wanted(command.prompts or "")
    count = next((one for one in COUNTS if kept and int(one) >= kept), COUNTS[0])
    return PlanFields(
        today=today,
        compare=tuple(compare) or PlanFields.compare,
        source=KEPT if kept else command.prompts or "",
        count=count,
        rest={"quality": command.quality} if command.quality else None,
    )


def filled(window: View) -> PlanFields:
    """Raises NotOpen for a window without those fields, such as one of an older version."""
    today, compare = chosen(window, "today"), ticked(window, "compare")
    if today is None or not compare:
        raise NotOpen
    rest = {name: (chosen(window, name) or written(window, name) or "").strip() for name in BEHIND_MORE}
    return PlanFields(
        today=today,
        compare=tuple(sorted(compare)),
        source=chosen(window, "set") or OWN,
        count=chosen(window, "count") or COUNTS[0],
        prompts=written(window, "prompts") or "",
        reviewers=chosen(window, "reviewers") or "1",
        judges=people(window, "judges"),
        rest={name: value for name, value in rest.items() if value},
    )


@dataclass(frozen=True)
class WrongField(Exception):
    """What was filled in and can't be read: `sentence` belongs under the field of that name."""

    name: str
    sentence: str

    @property
    def reply(self) -> dict[str, Any]:
        return {"response_action": "errors", "errors": {self.name: unmarked(self.sentence)}}


def amount(fields: PlanFields, name: str) -> Decimal | None:
    """Raises WrongField."""
    text = (fields.rest or {}).get(name)
    return under(name, lambda: grammar.money(text)) if text else None


def under(name: str, read: Callable[[], T]) -> T:
    """What it reads from that field. Raises WrongField where it would raise ImagelaneError."""
    try:
        return read()
    except ImagelaneError as error:
        raise WrongField(name, error.sentence) from error


def pasted(text: str) -> PromptFile:
    """One prompt a line, or in a form of promptfoo's. Raises BadFile."""
    return read_prompts(text) if text.strip() else PromptFile(())


def prompts_of(fields: PlanFields) -> tuple[tuple[str, ...], str, str | None, int | None]:
    """Those that were pasted and their kind of work, or the name of what was chosen and how many of it."""
    own, count = pasted(fields.prompts).prompts, grammar.whole(fields.count)
    if fields.source == OWN:
        return own, OWN_KIND, None, None
    if own:
        raise BadPlan("You chose a set and pasted prompts, too: choose one of the two.")
    named = f"kept:{count}" if fields.source == KEPT else fields.source
    return (), "", named, count
