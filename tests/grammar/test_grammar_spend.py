"""`spend` as typed: periods, dimensions and parts in any order, and the sentence for what is not read."""

from datetime import date

import pytest

from bot.entrypoints.commands import COMMANDS
from bot.errors import NotUnderstood
from bot.periods import Days, LastDays, NamedPeriod, iso_week, month_of
from bot.spend.command import Spend
from tests.grammar.test_grammar import DAY, VOCABULARY, refusal
from tests.kit import cells

OCTOBER = month_of(date(2026, 10, 1))


def test_spend_is_read_in_any_order() -> None:
    table = [
        ("spend", Spend()),
        ("SPEND Today", Spend(NamedPeriod.TODAY)),
        ("spend yesterday", Spend(NamedPeriod.YESTERDAY)),
        ("spend this week", Spend(NamedPeriod.THIS_WEEK)),
        ("spend last month by Lane", Spend(NamedPeriod.LAST_MONTH, "lane")),
        ("spend by day last 7 days", Spend(LastDays(7), "day")),
        ("spend last 1 day", Spend(LastDays(1))),
        ("spend last 366 days", Spend(LastDays(366))),
        ("spend all by person", Spend(NamedPeriod.ALL, "person")),
        ("spend 2026-W46", Spend(iso_week(2026, 46))),
        ("spend 2026-w53", Spend(iso_week(2026, 53))),
        ("spend 2026-10", Spend(OCTOBER)),
        ("spend 2026-10-01..2026-10-31", Spend(OCTOBER)),
        ("spend 2026-10-05 to 2026-10-06 by source", Spend(Days(date(2026, 10, 5), date(2026, 10, 6)), "source")),
        ("spend 2026-11-22", Spend(Days(DAY, DAY))),
        ("spend in project kites", Spend(project="kites")),
        ("spend in kites this week", Spend(NamedPeriod.THIS_WEEK, project="kites")),
        ("spend in project project", Spend(project="project")),
        ('spend in project "spring launch" by model', Spend(by="model", project="spring launch")),
        ("spend in “spring launch”", Spend(project="spring launch")),
        ("spend in project `kites`", Spend(project="`kites`")),
        ("spend in #C0SAMPLE by lane", Spend(by="lane", channel_id="C0SAMPLE")),
        ("spend in project #kites", Spend(project="#kites")),
        ("spend --on 2026-11-22 by quality", Spend(by="quality", on=DAY)),
        ("spend this week by kind", Spend(NamedPeriod.THIS_WEEK, "kind")),
        ("spend of Premium", Spend(lane="premium")),
        ("spend of premium in kites by day", Spend(by="day", project="kites", lane="premium")),
        ("spend of GPT-Image-2 today", Spend(NamedPeriod.TODAY, model="gpt-image-2")),
        ("spend of azure/eu/GPT-image-2", Spend(model="gpt-image-2")),
        ("spend of openai/gpt-image-2.5-sunburst-2026-09-08", Spend(model="gpt-image-2.5-sunburst-2026-09-08")),
        ("spend of `gpt-image-2`", Spend(model="gpt-image-2")),
        ("spend of @U0SAMPLE by model in #C0SAMPLE", Spend(by="model", channel_id="C0SAMPLE", person_id="U0SAMPLE")),
        ("spend in project of of budget", Spend(project="of", lane="budget")),
    ]

    def check(text: str, command: Spend) -> None:
        assert COMMANDS.parse(text, VOCABULARY) == command
        assert COMMANDS.parse(command.words(), VOCABULARY) == command

    cells.hold(table, check)


def test_a_shell_hands_quoted_words_over_whole() -> None:
    assert COMMANDS.parse_words(["spend", "this week"], VOCABULARY) == Spend(NamedPeriod.THIS_WEEK)
    words = ["spend", "in", "spring launch", "by", "lane"]
    assert COMMANDS.parse_words(words, VOCABULARY) == Spend(by="lane", project="spring launch")


def test_what_is_not_read_is_said_with_the_nearest_right_word() -> None:
    table = [
        ("spend this wek", "I read `this wek` as a period: did you mean `this week`?"),
        ("spend last dyas", "I read `last dyas` as a period: did you mean `last 7 days`?"),
        ("spend tody", "I read `tody` as a period: did you mean `today`?"),
        ("spend by lanes", "I read `lanes` as a dimension: did you mean `lane`?"),
        ("spend lane", "I read `lane` as a dimension: did you mean `by lane`?"),
        ("spend modle", "I read `modle` as a word: did you mean `model`?"),
        ("spend by", "By what? I read by lane, model, quality, source, person, project, kind or day."),
        ("spend by zzz", "By what? I read by lane, model, quality, source, person, project, kind or day."),
        ("spend in", "In what? I read `in` a project's name or a #channel."),
        ("spend in project", "In what? I read `in` a project's name or a #channel."),
        ('spend in project ""', "In what? I read `in` a project's name or a #channel."),
        ("spend in #general", "I could not find the channel `#general`: choose it from Slack's list as you type it."),
        ("spend today yesterday", "I read two periods: name one."),
        ("spend by lane by model", "I read two dimensions: name one."),
        ("spend in kites in boats", "I read two things after `in`: name one project or one channel."),
        ("spend in kites in #C0SAMPLE", "I read two things after `in`: name one project or one channel."),
        ("spend 2025-W53", "There is no week `2025-W53`."),
        ("spend 2026-13", "There is no month `2026-13`."),
        ("spend 0000-W01", "There is no week `0000-W01`."),
        ("spend 1999-10", "I read days from 2020-01-01 to 2099-12-31"),
        ("spend 2026-11-31", "I read days from 2020-01-01 to 2099-12-31"),
        ("spend 2026-11-22..2026-11-21", "I read days from 2026-11-22 to 2026-11-21: that ends before it begins."),
        ("spend 2026-11-22..", "I read days from 2020-01-01 to 2099-12-31"),
        ("spend last 0 days", "I read counts from 1 to 999999; I could not read '0'."),
        ("spend last 367 days", "I read `last` up to 366 days; for more, say from when to when."),
        ("spend last 5k days", "I could not read `last`."),
        ("spend premium", "I read `premium` as a lane: did you mean `of premium`?"),
        ("spend gpt-image-2", "Here `spend` reads a period (today,"),
        ("spend of", "Of what? I read `of` a lane (budget, premium or legacy), a model (`models` lists them) or a"),
        ("spend of zzz", "Of what? I read `of` a lane (budget, premium or legacy), a model"),
        ("spend of premuim", "I read `premuim` as a lane: did you mean `premium`?"),
        ("spend of gpt-image-2.5-flar", "I read `gpt-image-2.5-flar` as a model: did you mean `gpt-image-2.5-flare`?"),
        ("spend of @ana", "I could not find the person `@ana`: choose them from Slack's list as you type."),
        ("spend of premium of budget", "I read two things after `of`: name one lane, one model or one person."),
        ("spend of @U0SAMPLE of premium", "I read two things after `of`: name one lane, one model or one person."),
        ("spend --by lane", "`spend` has no option `--by`: `help spend` shows what it reads."),
        ("spend in ki\x00tes", "I could not read `kites` as the name of a project (it holds a character"),
        ("spend in a\ud800", "I could not read `a` as the name of a project (it holds a character"),
    ]
    cells.agree(table, refusal, by=cells.within)


def test_words_of_a_shell_are_refused_like_a_text() -> None:
    for words in (["spend", ""], ["spend", "in", " "], ["spend", "in", ""]):
        with pytest.raises(NotUnderstood):
            COMMANDS.parse_words(words, VOCABULARY)
