"""`digest` as typed: what to do, when and where, and the sentence for what is not read."""

from datetime import date, time

from bot.digest.command import Digest
from bot.entrypoints.commands import COMMANDS
from bot.periods import iso_week
from tests.grammar.test_grammar import DAY, VOCABULARY, refusal
from tests.kit import cells

W46 = iso_week(2026, 46)


def test_digest_is_read_in_any_order() -> None:
    table = [
        ("digest", Digest()),
        ("DIGEST Preview", Digest("preview")),
        ("digest preview --week 2026-W46", Digest("preview", W46)),
        ("digest --week 2026-w46", Digest(week=W46)),
        ("digest post --week=2026-W46", Digest("post", W46)),
        ("digest preview --on 2026-11-22", Digest("preview", on=DAY)),
        ("digest on", Digest("on")),
        ("digest on mon 09:00", Digest("on", weekday=0, at=time(9))),
        ("digest on 9:05 Thurs", Digest("on", weekday=3, at=time(9, 5))),
        ("digest sunday 23:59 on", Digest("on", weekday=6, at=time(23, 59))),
        ("digest on europe/berlin tue", Digest("on", weekday=1, zone="Europe/Berlin")),
        ("digest on fri 00:00 utc in #C0SAMPLE", Digest("on", None, 4, time(0), "UTC", "C0SAMPLE")),
        ("digest off in #C0SAMPLE", Digest("off", channel_id="C0SAMPLE")),
        ("digest off", Digest("off")),
        ("digest watch on", Digest("watch on")),
        ("digest WATCH on in #C0SAMPLE", Digest("watch on", channel_id="C0SAMPLE")),
        ("digest watch off", Digest("watch off")),
    ]

    def check(text: str, command: Digest) -> None:
        assert COMMANDS.parse(text, VOCABULARY) == command
        assert COMMANDS.parse_words(text.split(), VOCABULARY) == command
        assert COMMANDS.parse(command.words(), VOCABULARY) == command

    cells.hold(table, check)


def test_what_digest_does_not_read_is_refused_with_a_sentence() -> None:
    table = [
        ("digest previw", "did you mean `preview`?"),
        ("digest on mondya 09:00", "did you mean `Monday`?"),
        ("digest on mon 09:00 europe/berln", "did you mean `Europe/Berlin`?"),
        ("digest on mon 24:00", "I read times from 00:00 to 23:59, like 09:00; I could not read '24:00'."),
        ("digest on mon 9", "I could not read '9'"),
        ("digest on mon 9am", "I could not read '9am'"),
        ("digest on mon tue 09:00", "I read two weekdays: name one."),
        ("digest on off", "I read two things to do: name one."),
        ("digest watch", "Say `digest watch on` or `digest watch off`."),
        ("digest watch preview", "Say `digest watch on` or `digest watch off`."),
        ("digest watch on mon 09:00", "go with `on` only"),
        ("digest watch off in #C0SAMPLE", "goes with `on` and `off` only"),
        ("digest watch on --week 2026-W46", "`digest watch on` is about all of them"),
        ("digest wacth on", "did you mean `watch`?"),
        ("digest mon 09:00", "go with `on` only"),
        ("digest preview in #C0SAMPLE", "A channel goes with `on` and `off` only"),
        ("digest on in", "In which channel?"),
        ("digest on in #general", "choose it from Slack's list"),
        ("digest on --week 2026-W46", "A week goes with `preview` and `post`"),
        ("digest post --on 2026-11-22", "`--on` a day goes with `preview` only."),
        ("digest --week 2026-11", "I read weeks like 2026-W46; I could not read '2026-11'."),
        ("digest --week 2026-W54", "There is no week `2026-W54`."),
        ("digest --week", "`--week` needs a week, like 2026-W46, after it."),
        ("digest --weak 2026-W46", "did you mean `--week`?"),
        ("digest zzzzzz", "Here `digest` reads preview, post, on, off or watch"),
    ]
    cells.agree(table, refusal, by=cells.within)


def test_a_week_may_be_said_by_its_days() -> None:
    assert COMMANDS.parse("digest post --week 2026-11-09..2026-11-15", VOCABULARY) == Digest("post", W46)
    assert W46.first == date(2026, 11, 9)
