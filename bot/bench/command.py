"""`bench` as typed: what to do with which comparison. Slack's window takes the place of the options of `run`."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from bot.errors import NotUnderstood
from bot.grammar import numbers
from bot.grammar.canonical import joined, plain_usd, quoted_name, with_option
from bot.grammar.row import At, BookAnswer, CommandRow, CommandUsage
from bot.grammar.sorting import only, take_options
from bot.grammar.vocabulary import Kind, Vocabulary, did_you_mean
from bot.grammar.words import bare, echo, hidden, nearest

USAGE = CommandUsage(
    "bench",
    "bench [list | show ID | verdict ID | stop ID | close ID | cancel ID], or in a terminal "
    "bench run --prompts SET or FILE or kept:N [--template TEXT] --lanes LANE[:QUALITY],LANE[:QUALITY] "
    "[--quality QUALITY] [--size SIZE] [--reviewers 1|3|5] [--cap USD] [--tag KIND] [--reject-seconds N] "
    "[--reject-usd-per-hour USD] [--yes], bench rerun ID --lanes ..., bench resume ID and "
    "bench export ID [FILE.csv | FILE.json | FILE.png]",
    "A blind test of two or three lanes or models on the same prompts. It takes 5 to 40 prompts, one picture each, "
    "the lane you use today first. In Slack `bench` alone opens the window to plan one. It shows what it costs and "
    "asks before it spends; nothing is told by lane until every picture is judged, then `verdict` says what is proven. "
    "`stop` draws no more, `close` seals what is judged, `cancel` ends it without a verdict: all three are for who "
    "started it. Sets are product-shots, social-posts and editorial-scenes; a file has one prompt a line or is "
    "one of promptfoo's (--template is filled in where it has values alone), and kept:20 are the prompts of the last "
    "20 pictures that were kept.",
    (
        "bench",
        "bench list",
        "bench show 7f3k2q9xd4",
        "bench verdict 7f3k2q9xd4",
    ),
    spoken="Say list; or show, verdict, stop, close or cancel and the ID of one. Alone it opens the window to "
    "plan one.",
    topic="Decide",
    gist="a blind test on your own prompts",
    begin=("Blind test…", "bench"),
)
ACTS = ("plan", "list", "show", "verdict", "stop", "close", "cancel", "run", "resume", "export", "rerun")
_OPTIONS = {
    "prompts": "a set of prompts or a file,",
    "template": 'a prompt with {{name}} in it, like "A photo of a {{subject}}",',
    "lanes": "two or three lanes or models, like budget,premium,",
    "quality": "a quality, like medium,",
    "size": "a size, like square or 1024x1024,",
    "reviewers": "1, 3 or 5",
    "cap": "an amount in USD, like 5,",
    "tag": "a name for this kind of work",
    "reject-seconds": "whole seconds, like 30,",
    "reject-usd-per-hour": "an amount in USD, like 30,",
    "yes": None,
}
_DRAWS = ("run", "rerun")
_OF_A_PLAN = ("lanes", "prompts", "quality")
_ID = re.compile(r"[0-9a-z]{4,32}")


@dataclass(frozen=True)
class BenchCommand:
    """`act` is plan where nothing was said. `lanes` are lanes and models, each with a quality of its own or None for
    `quality`. `prompts` names a set or a file, `template` is for a file of values. Everything but `act` and `id` goes
    with run and rerun, save `file`, which goes with export, and `lanes`, `prompts` and `quality`, which the window of
    plan begins with, too."""

    name: ClassVar[str] = "bench"

    act: str
    id: str | None = None
    prompts: str | None = None
    template: str | None = None
    lanes: tuple[tuple[str, str | None], ...] = ()
    quality: str | None = None
    size: str | None = None
    reviewers: int | None = None
    cap: Decimal | None = None
    tag: str | None = None
    reject_seconds: Decimal | None = None
    reject_usd_per_hour: Decimal | None = None
    yes: bool = False
    file: str | None = None

    def words(self) -> str:
        lanes = ",".join(f"{choice}:{quality}" if quality else choice for choice, quality in self.lanes)
        return joined(
            "bench",
            self.act,
            self.id,
            quoted_name(self.file),
            with_option("prompts", quoted_name(self.prompts)),
            with_option("template", quoted_name(self.template)),
            with_option("lanes", lanes or None),
            with_option("quality", self.quality),
            with_option("size", self.size),
            with_option("reviewers", self.reviewers),
            with_option("cap", plain_usd(self.cap)),
            with_option("tag", quoted_name(self.tag)),
            with_option("reject-seconds", plain_usd(self.reject_seconds)),
            with_option("reject-usd-per-hour", plain_usd(self.reject_usd_per_hour)),
            "--yes" if self.yes else None,
        )


def read(words: Sequence[str], vocabulary: Vocabulary) -> BenchCommand:
    """Words as a shell has split them: the name of a file stays whole."""
    plain, options = take_options(USAGE, words, _OPTIONS)
    act, rest = (bare(plain[0]).lower(), plain[1:]) if plain else ("plan", [])
    if act not in ACTS:
        near = nearest(act, ACTS)
        raise did_you_mean(plain[0], "word", near) if near else _unread(plain[0])
    unread = [name for name in options if act not in _DRAWS and not (act == "plan" and name in _OF_A_PLAN)]
    if unread:
        raise NotUnderstood(f"`bench {act}` takes no `--{unread[0]}`.")
    most = {"plan": 0, "run": 0, "list": 0, "export": 2}.get(act, 1)
    if len(rest) > most:
        raise _unread(rest[most])
    bench_id = None if act in ("plan", "run", "list") else _id(act, rest)
    file = rest[1] if len(rest) == 2 else None
    if act in _DRAWS:
        return _drawn(act, bench_id, options, vocabulary)
    lanes, quality = only(options, "lanes"), only(options, "quality")
    return BenchCommand(
        act,
        bench_id,
        prompts=only(options, "prompts"),
        file=file,
        lanes=sides(lanes, vocabulary) if lanes else (),
        quality=None if quality is None else vocabulary.read(quality, Kind.QUALITY),
    )


def _drawn(act: str, bench_id: str | None, options: Mapping[str, list[str]], vocabulary: Vocabulary) -> BenchCommand:
    prompts, lanes = only(options, "prompts"), only(options, "lanes")
    if lanes is None or (act == "run") != (prompts is not None):
        need = "--lanes" if lanes is None else "--prompts" if act == "run" else "no --prompts: it keeps those it had"
        raise NotUnderstood(f"`bench {act}` needs {need}. `help bench` shows how it is written.")
    quality, size, cap, reviewers = (only(options, name) for name in ("quality", "size", "cap", "reviewers"))
    seconds, hourly = only(options, "reject-seconds"), only(options, "reject-usd-per-hour")
    return BenchCommand(
        act=act,
        id=bench_id,
        prompts=prompts,
        template=only(options, "template"),
        lanes=sides(lanes, vocabulary),
        quality=None if quality is None else vocabulary.read(quality, Kind.QUALITY),
        size=None if size is None else vocabulary.read(size, Kind.SIZE),
        reviewers=None if reviewers is None else numbers.whole(reviewers),
        cap=None if cap is None else numbers.money(cap),
        tag=only(options, "tag"),
        reject_seconds=None if seconds is None else Decimal(numbers.whole(seconds)),
        reject_usd_per_hour=None if hourly is None else numbers.money(hourly),
        yes="yes" in options,
    )


def sides(lanes: str, vocabulary: Vocabulary) -> tuple[tuple[str, str | None], ...]:
    """budget,premium:high: each with its own quality, if it has one. Raises NotUnderstood."""
    return tuple(_side(word, vocabulary) for word in lanes.split(","))


def _side(word: str, vocabulary: Vocabulary) -> tuple[str, str | None]:
    """budget, or budget:low with a quality of its own."""
    name, _, quality = bare(word.strip()).partition(":")
    return vocabulary.read(name, Kind.CHOICE), vocabulary.read(quality, Kind.QUALITY) if quality else None


def _id(act: str, words: Sequence[str]) -> str:
    if not words:
        raise NotUnderstood(f"Which bench? I read `bench {act} ID`; `bench list` shows them.")
    if not _ID.fullmatch(words[0]):
        raise NotUnderstood(f"I could not read `{echo(words[0])}` as the ID of a bench{hidden(words[0])}.")
    return words[0]


def _unread(word: str) -> NotUnderstood:
    return NotUnderstood(f"I could not read `{echo(word)}`{hidden(word)}: `help bench` shows what it does.", word)


BENCH = CommandRow(
    USAGE,
    read,
    BookAnswer(slow=lambda asked: asked.act != "plan"),
    only_asks=lambda asked: asked.act in ("plan", "list", "show", "verdict"),
    printout=At("bot.bench.printout:rendered"),
    extras=("--workspace",),
    verbs=("compare", "test", "benchmark"),
)
