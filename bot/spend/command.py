"""`spend` as typed: a period, a dimension and a part, in any order."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, TypeVar

from bot.errors import NotUnderstood, Slip
from bot.grammar import numbers, options
from bot.grammar.canonical import joined, quoted_name, with_option
from bot.grammar.dates import between, is_day, read_days
from bot.grammar.names import channel, person, project, project_name
from bot.grammar.row import At, Audience, BookAnswer, CommandRow, CommandUsage, always
from bot.grammar.sorting import only, take_options
from bot.grammar.vocabulary import DIMENSIONS, Kind, Vocabulary, did_you_mean
from bot.grammar.words import bare, echo, hidden, listed, nearest, split
from bot.periods import AnyPeriod, LastDays, NamedPeriod
from bot.periods import words as period_words
from bot.pricing import dated
from bot.pricing.facts import LANES

T = TypeVar("T")

USAGE = CommandUsage(
    "spend",
    "spend [PERIOD] [by DIMENSION] [in PROJECT or #CHANNEL] [of LANE, MODEL or @PERSON] [--on DATE]",
    "What a period cost, how much of it was kept, and what one kept picture cost. A period is today, this week, "
    "last month, last 7 days, 2026-W46, 2026-10, 2026-10-05..2026-10-11 or all; a dimension is lane, model, "
    "quality, source, person, project, kind (draw or edit) or day. Of a person only you see the answer.",
    (
        "spend",
        "spend last week by model",
        "spend 2026-10 by day",
        "spend last 30 days by source in project kites",
        "spend 2026-10-05..2026-10-11 by person",
        "spend this week by kind of premium",
    ),
    spoken="In any order: a period, by and a dimension, in a project or #channel, of a lane, a model or a "
    "@person. Also --on 2026-11-22.",
    topic="Money",
    gist="what last week cost and kept",
    begin=("Last week", "spend last week"),
)
MOST_DAYS = 366

_BESIDE = ("by", "in", "of")
_FIRST_WORDS = ("today", "yesterday", "this", "last", "all", *_BESIDE)
_AFTER = {"this": ("week", "month"), "last": ("week", "month", "days")}
_IN_WHAT = "In what? I read `in` a project's name or a #channel."
_OF_WHAT = f"Of what? I read `of` a lane ({listed(LANES, 'or')}), a model (`models` lists them) or a @person."
_PERIODS = "today, yesterday, this week, last month, last 7 days, 2026-W46, 2026-10, 2026-10-05..2026-10-11 or all"


@dataclass(frozen=True)
class Spend:
    """`by` is a dimension of `spend`; at most one of `project` and `channel_id` is named, and of `lane`, `model` (by
    its id or a snapshot's) and `person_id`."""

    name: ClassVar[str] = "spend"

    period: AnyPeriod | None = None
    by: str | None = None
    project: str | None = None
    channel_id: str | None = None
    lane: str | None = None
    model: str | None = None
    person_id: str | None = None
    on: date | None = None

    @property
    def about_people(self) -> bool:
        """Figures by or of a person: for who asks, and for nobody else."""
        return self.by == "person" or self.person_id is not None

    def words(self) -> str:
        return joined(
            "spend",
            None if self.period is None else period_words(self.period),
            None if self.by is None else f"by {self.by}",
            None if self.project is None else f"in project {quoted_name(self.project)}",
            None if self.channel_id is None else f"in #{self.channel_id}",
            None if self.lane is None else f"of {self.lane}",
            None if self.model is None else f"of {self.model}",
            None if self.person_id is None else f"of @{self.person_id}",
            with_option("on", self.on),
        )


@dataclass(frozen=True)
class _Whose:
    """What stands after `of`: one of them, or none."""

    lane: str | None = None
    model: str | None = None
    person_id: str | None = None


@dataclass
class _Slots:
    periods: list[AnyPeriod] = field(default_factory=list)
    dimensions: list[str] = field(default_factory=list)
    projects: list[str] = field(default_factory=list)
    channels: list[str] = field(default_factory=list)
    whose: list[_Whose] = field(default_factory=list)


def read(words: Sequence[str], vocabulary: Vocabulary) -> Spend:
    """A word with white space in it was quoted in a shell."""
    plain, typed = take_options(USAGE, words, options.DATED)
    on = only(typed, "on")
    slots, rest = _Slots(), plain
    while rest:
        rest = _take(slots, bare(rest[0]).lower(), rest, vocabulary)
    if len(slots.projects) + len(slots.channels) > 1:
        raise NotUnderstood("I read two things after `in`: name one project or one channel.")
    if len(slots.whose) > 1:
        raise NotUnderstood("I read two things after `of`: name one lane, one model or one person.")
    whose = slots.whose[0] if slots.whose else _Whose()
    return Spend(
        period=_one(slots.periods, "periods"),
        by=_one(slots.dimensions, "dimensions"),
        project=_one(slots.projects, "projects"),
        channel_id=_one(slots.channels, "channels"),
        lane=whose.lane,
        model=whose.model,
        person_id=whose.person_id,
        on=None if on is None else numbers.day(on),
    )


def from_fields(vocabulary: Vocabulary, period: str, by: str, part: str, of: str) -> Spend:
    """As a program asks: each in a place of its own, "" where it is left out, and none read as another."""
    is_channel = part.startswith("#")
    whose = _whose(of, vocabulary) if of else _Whose()
    return Spend(
        period=_whole_period(split(period)),
        by=_dimension([by]) if by else None,
        project=project_name(part, _IN_WHAT) if part and not is_channel else None,
        channel_id=channel(part) if is_channel else None,
        lane=whose.lane,
        model=whose.model,
        person_id=whose.person_id,
    )


def _one(values: list[T], called: str) -> T | None:
    if len(values) > 1:
        raise NotUnderstood(f"I read two {called}: name one.")
    return values[0] if values else None


def _take(slots: _Slots, word: str, words: list[str], vocabulary: Vocabulary) -> list[str]:
    """What one or more words at the start say goes into `read`; the words after them."""
    if word == "by":
        slots.dimensions.append(_dimension(words[1:]))
        return words[2:]
    if word == "in":
        return _part(slots, words[1:])
    if word == "of":
        slots.whose.append(_whose(bare(words[1]) if words[1:] else "", vocabulary))
        return words[2:]
    period, count = _period(word, [bare(one).lower() for one in words[1:3]], words[0])
    slots.periods.append(period)
    return words[count:]


def _dimension(words: Sequence[str]) -> str:
    word = bare(words[0]) if words else ""
    if word.lower() in DIMENSIONS:
        return word.lower()
    near = nearest(word, DIMENSIONS)
    if near:
        raise did_you_mean(word, "dimension", near)
    raise NotUnderstood(f"By what? I read by {listed(DIMENSIONS, 'or')}{hidden(word)}.")


def _part(slots: _Slots, words: list[str]) -> list[str]:
    if words and words[0].startswith("#"):
        slots.channels.append(channel(words[0]))
        return words[1:]
    name, rest = project(words[1:] if words and words[0].lower() == "project" else words, _IN_WHAT)
    slots.projects.append(name)
    return rest


def _whose(word: str, vocabulary: Vocabulary) -> _Whose:
    if word.startswith("@"):
        return _Whose(person_id=person(word))
    if word.lower() in LANES:
        return _Whose(lane=word.lower())
    model = vocabulary.find(dated.bare(word), Kind.MODEL)
    if model is None:
        raise vocabulary.misspelled(word, (Kind.CHOICE,)) or NotUnderstood(f"{_OF_WHAT[:-1]}{hidden(word)}.")
    return _Whose(model=model)


def _whole_period(words: Sequence[str]) -> AnyPeriod | None:
    if not words:
        return None
    plain = [bare(word).lower() for word in words]
    if plain[0] in _BESIDE:
        raise NotUnderstood(f"I read a period here, which is {_PERIODS}; `{plain[0]}` stands beside it.")
    period, count = _period(plain[0], plain[1:3], words[0])
    if words[count:]:
        raise NotUnderstood(f"I could not read `{echo(words[count])}` after the period{hidden(words[count])}.")
    return period


def _period(word: str, after: Sequence[str], typed: str) -> tuple[AnyPeriod, int]:
    """The period, and how many words say it."""
    following = after[0] if after else ""
    if word == "last" and len(after) == 2 and numbers.is_count(following) and after[1] in ("days", "day"):
        return LastDays(_few(following)), 3
    if f"{word} {following}" in tuple(NamedPeriod):
        return NamedPeriod(f"{word} {following}"), 2
    if word in tuple(NamedPeriod):
        return NamedPeriod(word), 1
    if is_day(word) and following == "to" and len(after) == 2:
        return between(word, after[1]), 3
    days = read_days(word)
    if days is None:
        raise _unread(word, following, typed)
    return days, 1


def _few(text: str) -> int:
    count = numbers.count(text)
    if count > MOST_DAYS:
        raise NotUnderstood(f"I read `last` up to {MOST_DAYS} days; for more, say from when to when.")
    return count


def _unread(word: str, following: str, typed: str) -> NotUnderstood:
    if word in _AFTER:
        near = nearest(following, _AFTER[word])
        if near:
            question = did_you_mean(f"{word} {following}", "period", tuple(_spoken(word, one) for one in near))
            question.slip = Slip(following, tuple(_spoken(word, one).partition(" ")[2] for one in near))
            return question
    elif word in DIMENSIONS:
        return did_you_mean(typed, "dimension", (f"by {word}",))
    elif word in LANES:
        return did_you_mean(typed, "lane", (f"of {word}",))
    else:
        near = nearest(word, (*_FIRST_WORDS, *DIMENSIONS))
        if near:
            return did_you_mean(typed, "period" if near[0] in _FIRST_WORDS[:5] else "word", near)
    return NotUnderstood(
        f"I could not read `{echo(typed)}`{hidden(typed)}. Here `spend` reads a period ({_PERIODS}), "
        f"by {listed(DIMENSIONS, 'or')}, in a project or #channel, and of a lane, model or @person.",
        Slip(typed),
    )


def _spoken(word: str, following: str) -> str:
    return "last 7 days" if following == "days" else f"{word} {following}"


SPEND = CommandRow(
    USAGE,
    read,
    BookAnswer(slow=always),
    lambda command: Audience.ASKER if command.about_people else Audience.INSIDE,
    always,
    printout=At("bot.spend.printout:rendered"),
    extras=("--png", "--workspace"),
    verbs=("spent", "spending"),
)
