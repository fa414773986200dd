"""The one message of a drawing: what was drawn for whom and at what price, the prompt, then each picture with its
votes and its own buttons."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot import money
from bot.ledger.limits import BudgetStanding
from bot.ledger.pictures import JUDGEABLE, Drawing, Generation, Tally, Vote
from bot.samples.outcomes import (
    IN_THREAD,
    UNDER_WAY,
    alt_text,
    called,
    cost,
    decided,
    elsewhere,
    is_shown,
    pictures,
    result,
    status,
)
from bot.slack.message import (
    Block,
    Element,
    Message,
    actions,
    button,
    message,
    paragraph,
    person,
    picture,
    quote,
    rich,
    section,
    small,
    stamped,
    words,
)
from bot.slack.text import line

INTERRUPTED = "If this does not change in 10 minutes it was interrupted."
DEMO = "Demo pictures: drawn without the image service, free, and in no keep rate or total."
PICTURES = 12  # three blocks each: what more there is would not fit Slack's 50
TEXT_PROMPT_LIMIT = 150
MOST_VOTERS = 5  # named one by one
SOMEBODY = "somebody"
JUDGING = (("Keep", "keep"), ("Reject", "reject"), ("Retry…", "retry"), ("More", "more"))
AGAIN = (("Try again", "retry"), ("More", "more"))
NAME_LETTERS = 40


@dataclass(frozen=True)
class Beside:
    """What is told beside the pictures: people's `names` by their ids, `votes` as they stand by the picture's id, and
    what is `left` of the tightest budget."""

    names: Mapping[str, str] = field(default_factory=dict)
    votes: Mapping[str, Sequence[Vote]] = field(default_factory=dict)
    left: str = ""

    def name(self, person_id: str) -> str:
        return line(self.names.get(person_id, SOMEBODY), NAME_LETTERS)


def placeholder(drawing: Drawing, beside: Beside, *, costs: bool = True) -> Message:
    """What stands in the channel before anything was drawn; from here on the message is only updated."""
    return _composed(drawing, beside, costs)


def drawing(drawing: Drawing, beside: Beside, *, costs: bool = True) -> Message:
    """Without `costs` no amount stands in it: More has them."""
    return _composed(drawing, beside, costs)


def remaining(standing: BudgetStanding, place: str) -> str:
    """`$0.007 left this week in #art`; rounded down, since a picture must fit into it."""
    left = money.short_usd(max(standing.left.left_nanousd, 0), "ROUND_FLOOR")
    return f"{left} left this {standing.budget.per}{place}"


def _composed(drawing: Drawing, beside: Beside, costs: bool) -> Message:
    shown, alone = drawing.generations[:PICTURES], len(drawing.generations) == 1
    lead = _lead(drawing, costs)
    head = [paragraph(*(person(drawing.person_id) if part is None else words(part, bold=True) for part in lead))]
    head.append(_prompt(drawing, named=None in lead))
    foot = _foot(drawing, beside)
    blocks = [block for one in shown for block in _one(drawing, one, beside, costs)]
    if alone:  # the grey line before the buttons
        blocks = [*blocks, *map(small, foot), *_buttons(shown[0], "")]
    else:
        blocks += map(small, foot)
    spoken = "".join(beside.name(drawing.person_id) if part is None else part for part in lead)
    return stamped(
        message(_text(spoken, drawing, beside, foot, costs), [*head, *blocks]), f"{drawing.id}:{drawing.version}"
    )


def _lead(drawing: Drawing, costs: bool) -> Sequence[str | None]:
    """None: who asked. One that failed is told by what happened."""
    verb, rest = result(drawing.generations, costs=costs)
    return (f"{verb} for ", None, f": {rest}") if verb else (rest,)


def _prompt(drawing: Drawing, *, named: bool) -> Block:
    """With who asked, where the lead does not say it."""
    asked = () if named else (section(person(drawing.person_id), " asked for:"),)
    return rich(*asked, quote(drawing.prompt))


def _one(drawing: Drawing, generation: Generation, beside: Beside, costs: bool) -> Iterator[Block]:
    """A picture with its votes; among several under its lane and price, and over its own buttons."""
    alone, name = len(drawing.generations) == 1, label(drawing, generation)
    if not alone:
        yield paragraph(words(_titled(name, generation, costs), bold=True), *_ended(generation, costs))
    if is_pictured(generation):
        yield picture(generation.file_id or "", alt_text(drawing, generation))
    told = told_of(generation, beside.votes.get(generation.id, ()))
    if told:
        yield paragraph(*told)
    if not alone:
        yield from _buttons(generation, name)


def is_pictured(generation: Generation) -> bool:
    return bool(generation.file_id) and generation.state in JUDGEABLE and generation.reason != IN_THREAD


def label(drawing: Drawing, generation: Generation) -> str:
    """`premium`, or `premium 2 of 3` where it is drawn several times."""
    same = [one.id for one in drawing.generations if called(one) == called(generation)]
    name = called(generation)
    return f"{name} {same.index(generation.id) + 1} of {len(same)}" if len(same) > 1 else name


def _titled(name: str, generation: Generation, costs: bool) -> str:
    return f"{name}, {cost([generation])}" if costs and generation.state in JUDGEABLE else name


def _ended(generation: Generation, costs: bool) -> tuple[str, ...]:
    return () if is_shown(generation) else (f"\n{_state(generation, costs)}",)


def _state(generation: Generation, costs: bool) -> str:
    """Its price stands in its title where it has one."""
    return status(generation, costs=costs and generation.state not in JUDGEABLE)


def told_of(generation: Generation, votes: Sequence[Vote]) -> list[Element | str]:
    """Who kept it and who rejected it, and where it went if it is not here."""
    if generation.state not in JUDGEABLE:
        return []
    sides = [people(votes, verdict) for verdict in ("keep", "reject")]
    parts: list[Element | str] = []
    for side, word in zip(sides, ("Kept by ", "Rejected by "), strict=True):
        if side:
            parts += [", " + word.lower() if parts else word, *_people(side)]
    if parts:
        parts.append(f"{decided(Tally(*map(len, sides)))}.")
    note = elsewhere(generation.reason or "") if is_shown(generation) else ""
    return [*parts, note if parts else note.strip()] if note else parts


def people(votes: Sequence[Vote], verdict: str) -> list[str]:
    return [vote.person_id for vote in votes if vote.verdict == verdict]


def _people(side: Sequence[str]) -> Iterator[Element | str]:
    """`Ana, Ben and Chi`"""
    named, more = side[:MOST_VOTERS], len(side) - MOST_VOTERS
    for place, person_id in enumerate(named):
        if place:
            yield " and " if place == len(named) - 1 and more <= 0 else ", "
        yield person(person_id)
    if more > 0:
        yield f" and {more} more"


def spoken(parts: Sequence[Element | str], beside: Beside) -> str:
    """The same in words."""
    return "".join(
        part if isinstance(part, str) else beside.name(part["user_id"]) if part["type"] == "user" else part["text"]
        for part in parts
    )


def _buttons(generation: Generation, name: str) -> Iterator[Block]:
    """Every value is the generation's id and nothing else: what may be done is decided when it is pressed. The block's
    id says how many votes the message tells of. `name` is read out with each, where there are several pictures."""
    if generation.state not in UNDER_WAY:
        row = actions(*buttons(generation, name))
        yield {**row, "block_id": f"v{generation.cast}"}


def buttons(generation: Generation, name: str = "") -> list[Element]:
    choices = JUDGING if generation.state in JUDGEABLE else AGAIN
    row = [
        button(text, f"sample.{act}", generation.id, f"{text}: {name or called(generation)}") for text, act in choices
    ]
    return row if name else [{**row[0], "style": "primary"}, *row[1:]]


def _foot(drawing: Drawing, beside: Beside) -> tuple[str, ...]:
    """At most one grey line."""
    over = len(drawing.generations) - PICTURES
    if any(generation.state in UNDER_WAY for generation in drawing.generations):
        return (INTERRUPTED,)
    if over > 0:
        return (f"{pictures(over)} more do not fit here.",)
    if any(generation.demo for generation in drawing.generations):
        return (DEMO,)
    return (f"{beside.left}.",) if beside.left else ()


def _text(lead: str, drawing: Drawing, beside: Beside, foot: Sequence[str], costs: bool) -> str:
    told = (_told(drawing, one, beside, costs) for one in drawing.generations[:PICTURES])
    return " ".join(filter(None, [lead, *told, f"Prompt: {line(drawing.prompt, TEXT_PROMPT_LIMIT)}", *foot]))


def _told(drawing: Drawing, generation: Generation, beside: Beside, costs: bool) -> str:
    alone, state = len(drawing.generations) == 1, _state(generation, costs)
    if is_shown(generation):
        state = spoken(told_of(generation, beside.votes.get(generation.id, ())), beside) or "Not judged yet."
    if alone:
        return state if generation.state in JUDGEABLE else ""  # the lead says it
    return f"{_titled(label(drawing, generation), generation, costs)}: {state}"
