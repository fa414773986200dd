"""F2: OpenAI's two usage exports by `imagelane import`: each picture and each dollar once, on both databases.

All values are samples.
"""

from decimal import Decimal
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.errors import BadFile
from bot.ledger.ledger import Ledger
from bot.ledger.tables import audits
from bot.usage.errors import DayAgain
from bot.usage.importing import LEFT_OUT
from bot.usage.printout import rendered
from bot.usage.rows import Records
from tests.entrypoints.test_printouts import printed
from tests.kit import usage_made, wishes
from tests.kit.imported_files import NOW, SAMPLES, Desktop

PICTURES = "images_usage_2026-11-01_2026-11-27.csv"
TOKENS = "completions_usage_2026-11-01_2026-11-27.csv"
# 4,567 text in at $5, 194 image in at $8, 42,240 image out at $30 a million; by batch 600 text in at $2.50 and 5,268
# image out at $15.
PLAIN, FLARE = Decimal("0.022835") + Decimal("0.001552") + Decimal("1.2672"), Decimal("0.0015") + Decimal("0.07902")
PAIR, NONE = Decimal("1.372107"), Decimal(0)


@pytest.fixture
def desktop(store: Ledger, tmp_path: Path) -> Desktop:
    return Desktop(store, tmp_path)


@pytest.fixture
def light(quick_store: Ledger, tmp_path: Path) -> Desktop:
    """On SQLite alone: for what ends before the store."""
    return Desktop(quick_store, tmp_path)


@pytest.mark.parametrize("order", list(permutations([PICTURES, TOKENS])))
def test_F2_openais_two_usage_exports_come_to_forty_pictures_and_their_tokens(
    desktop: Desktop, order: tuple[str, str]
) -> None:
    assert PLAIN + FLARE == PAIR
    for name in order:
        assert desktop.bring(name).refused == 0
    assert desktop.spent() == (PAIR, 40)
    for name in order:
        again = desktop.bring(name)
        assert (again.stored, again.refused, again.duplicates > 0) == (0, 0, True)
    assert desktop.spent() == (PAIR, 40)


def test_F2_openais_images_alone_are_forty_pictures_without_a_price(desktop: Desktop) -> None:
    done = desktop.bring(PICTURES)
    assert (done.rows, done.stored, done.images, done.usd) == (3, 1, 40, NONE)
    assert done.skipped == {"empty bucket": 1}
    assert [one.records for one in done.unknown] == [1]
    assert desktop.spent() == (NONE, 40)
    text = printed(rendered(done), width=200)
    assert f"Stored 1 daily bucket from 3 lines of {PICTURES}." in text
    assert "import the completions export of the same days, too" in text


def test_F2_openais_completions_alone_cost_what_their_tokens_do(desktop: Desktop) -> None:
    done = desktop.bring(TOKENS)
    assert (done.rows, done.stored, done.images, done.usd) == (4, 2, 0, PAIR)
    assert done.skipped == {"empty bucket": 1, "text model": 1}
    assert desktop.spent() == (PAIR, 0)
    done = desktop.bring(PICTURES)
    assert (done.stored, done.replaced, done.usd, done.images) == (1, 1, PLAIN, 40)
    assert "Stored 1 daily bucket from 3 lines" in printed(rendered(done))
    assert ", 1 of them in the place of others." in " ".join(printed(rendered(done)).split())


def test_F2_days_1_to_20_and_then_10_to_27_count_once(desktop: Desktop) -> None:
    for days in (range(1, 21), range(10, 28)):
        for of in (PICTURES, TOKENS):
            desktop.bring(desktop.days("some.csv", days, of))
    assert desktop.spent() == (27 * PAIR, 27 * 40)


def test_F2_days_restated_replace_themselves_and_are_one_line_of_the_audit(desktop: Desktop) -> None:
    desktop.bring(desktop.days("some.csv", range(1, 4), TOKENS))
    desktop.written("more.csv", "42240.0", "84480.0", of="some.csv")
    done = desktop.bring("more.csv")
    assert (done.stored, done.replaced, done.duplicates) == (3, 3, 3)
    assert desktop.spent()[0] == 3 * (PAIR + Decimal("1.2672"))
    with desktop.store.engine.connect() as connection:
        lines = connection.execute(sa.select(audits.c.what, audits.c.detail)).all()
    assert lines == [("usage replaced", "3 records")]


def here_already(desktop: Desktop) -> None:
    at = "2026-11-02T12:00:00Z"
    reported = usage_made.record(model="gpt-image-2", images=12, usd="1", occurred_at=at)
    Records(desktop.store.engine).take("T1", [reported], NOW)


SENTENCE = "2026-11-02 gpt-image-2: 12 pictures are here already"


@pytest.mark.parametrize("dry_run", [False, True])
def test_F2_what_is_here_already_is_refused_by_name_and_nothing_stored(desktop: Desktop, dry_run: bool) -> None:
    here_already(desktop)
    done = desktop.bring(TOKENS, dry_run=dry_run, skip_bad=True)
    assert (done.stored, done.refused, done.overlaps, desktop.refused) == (0, 1, (SENTENCE,), [(None, SENTENCE)])
    assert "All or nothing: take what is not here yet with --skip-overlap." in printed(rendered(done))
    assert desktop.spent() == (Decimal(1), 12)


def test_F2_what_is_here_already_is_left_out_where_that_is_wanted(desktop: Desktop) -> None:
    here_already(desktop)
    done = desktop.bring(TOKENS, skip_overlap=True)
    assert (done.stored, done.refused, done.overlaps) == (1, 0, (SENTENCE,))
    assert "Left out, since it is here already: 1 day of a model." in printed(rendered(done))
    assert desktop.spent() == (1 + FLARE, 12)


def test_F2_a_wrong_line_refuses_the_file_unless_it_is_to_be_skipped(desktop: Desktop) -> None:
    desktop.written("wrong.csv", ",5268.0,", ",many,", of=TOKENS)
    done = desktop.bring("wrong.csv")
    assert (done.stored, [number for number, _ in desktop.refused]) == (0, [4])
    assert desktop.spent() == (NONE, 0)
    assert desktop.bring("wrong.csv", skip_bad=True).stored == 1
    assert desktop.spent() == (PLAIN, 0)


def test_F2_of_a_day_and_model_with_a_wrong_line_nothing_is_taken_for_the_whole(desktop: Desktop) -> None:
    desktop.bring(PICTURES)
    desktop.bring(TOKENS)
    before = desktop.spent()
    done = desktop.bring(desktop.written("wrong.csv", ",39.0,1024", ",many,1024", of=PICTURES), skip_bad=True)
    assert (done.stored, done.refused, desktop.spent()) == (0, 1, before)
    assert desktop.refused[1:] == [(None, f"2026-11-02 gpt-image-2-2026-04-21: {LEFT_OUT}")]
    assert done.skipped == {"empty bucket": 1, LEFT_OUT: 1}
    assert "No line could be taken: mend the lines above." in printed(rendered(done))


@pytest.mark.parametrize("dry_run", [True, False])
def test_F2_an_import_of_another_tool_says_where_openai_told_of_the_same_day_and_model(
    desktop: Desktop, dry_run: bool
) -> None:
    desktop.bring(PICTURES)
    header = "request_id,call_type,spend,startTime,model,status\n"
    row = "{},image_generation,0.05,2026-11-{} 09:00:00,{},success\n"
    calls = [("a", "02", "gpt-image-2"), ("b", "03", "gpt-image-2"), ("c", "02", "gpt-image-1.5")]
    calls += [("d", "02", "azure/gpt-image-2")]
    (desktop.folder / "logs.csv").write_text(header + "".join(row.format(*call) for call in calls[1:]))
    assert desktop.bring("logs.csv").beside == ()
    (desktop.folder / "logs.csv").write_text(header + "".join(row.format(*call) for call in calls))
    done = desktop.bring("logs.csv", dry_run=dry_run)
    assert (done.stored, done.refused, done.beside) == (1, 0, ("2026-11-02 gpt-image-2",))
    assert (
        "OpenAI's usage exports told of these here already: 2026-11-02 gpt-image-2. "
        f"The same pictures {'would ' if dry_run else ''}count twice."
    ) in " ".join(printed(rendered(done)).split())


def test_F2_two_exports_in_one_file_are_told_so(light: Desktop) -> None:
    text = (SAMPLES / PICTURES).read_text()
    (light.folder / "twice.csv").write_text(text + text.partition("\n")[2])
    with pytest.raises(DayAgain, match="2026-11-01 stand in two places"):
        light.bring("twice.csv")


@pytest.mark.parametrize(
    ("change", "to", "reason"),
    [
        ("1793577600,1793664000", "1793577600,1793581200", "until must be a day after its start"),
        ("1793577600,1793664000", "1793581200,1793667600", "occurred_at must be the start of a UTC day"),
        ("39.0,1024x1024", "-39.0,1024x1024", "images must be a whole number"),
        ("image.generation", "image.dream", "kind must be"),
    ],
)
def test_F2_what_is_no_day_of_pictures_is_refused_with_its_line(
    light: Desktop, change: str, to: str, reason: str
) -> None:
    light.bring(light.written("odd.csv", change, to, of=PICTURES))
    number, why = light.refused[0]
    assert (number, reason in why) == (3, True), why


@pytest.mark.parametrize("name", [PICTURES, TOKENS, "cost_2026-11-01_2026-11-27.csv"])
def test_F2_an_empty_bucket_of_a_day_to_come_is_skipped_and_refuses_nothing(light: Desktop, name: str) -> None:
    ahead = light.written("ahead.csv", "1793491200,1793577600,2026-11-01", "1798761600,1798848000,2027-01-01", of=name)
    done = light.bring(ahead)
    assert (done.refused, done.skipped["empty bucket"]) == (0, 1)
    assert done.bill is None or done.bill.days == 1


def test_F2_calls_that_brought_no_picture_are_paid_all_the_same(light: Desktop) -> None:
    row = "5268.0,0.0,600.0,600.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,5268.0"
    light.bring(light.written("none.csv", row, "0.0,0.0,600.0,600.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0", of=TOKENS))
    assert light.spent() == (PLAIN + Decimal("0.0015"), 0)


def test_F2_lines_of_chosen_projects_and_keys_are_taken_and_the_rest_is_counted(desktop: Desktop) -> None:
    header, *rows = (SAMPLES / TOKENS).read_text().splitlines()
    other = rows[1].replace("proj_A", "proj_B").replace("key_A", "key_B")
    (desktop.folder / "both.csv").write_text("\n".join([header, *rows[:3], other]) + "\n")
    done = desktop.bring("both.csv", chosen={"project": frozenset({"proj_B"})})
    assert (done.stored, done.skipped) == (1, {"empty bucket": 1, "of another project or key": 2})
    assert desktop.spent() == (PLAIN, 0)
    assert desktop.bring(
        "both.csv", chosen={"key": frozenset({"key_A", "key_B"}), "project": frozenset({"proj_A"})}
    ).stored
    assert desktop.spent() == (PLAIN + PAIR, 0)


def test_F2_who_chooses_says_that_it_is_not_what_the_bot_drew(desktop: Desktop) -> None:
    day = wishes.paid(desktop.store).spec.model, wishes.NOW.date()
    name = desktop.days("flare.csv", [day[1].day], TOKENS, only="flare")
    before = desktop.spent()
    assert desktop.bring(name).overlaps == (f"{day[1]} {day[0]}: 1 picture is here already",)
    done = desktop.bring(name, chosen={"project": frozenset({"proj_A"})})
    assert (done.stored, done.overlaps) == (1, ())
    assert desktop.spent() == (before[0] + FLARE, before[1])
    reported = usage_made.record(model="gpt-image-2", images=12, usd="1", occurred_at="2026-11-02T12:00:00Z")
    Records(desktop.store.engine).take("T1", [reported], NOW)
    assert desktop.bring(TOKENS, chosen={"project": frozenset({"proj_A"})}).overlaps == (SENTENCE,)


@pytest.mark.parametrize(
    ("name", "wanted", "sentence"),
    [
        ("litellm_spendlogs.csv", {"chosen": {"project": {"a"}}}, "leave out --project-id and --api-key-id"),
        ("helicone.csv", {"skip_overlap": True}, "leave out --skip-overlap"),
        (TOKENS, {"replace": True}, "leave out --replace"),
        (PICTURES, {"source": "shop"}, "leave out --source"),
    ],
)
def test_F2_an_option_that_does_not_go_with_a_file_is_refused(
    light: Desktop, name: str, wanted: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(BadFile, match=sentence):
        light.bring(name, **wanted)


def test_F2_a_dry_run_shows_what_it_would_store_and_stores_nothing(desktop: Desktop) -> None:
    done = desktop.bring(TOKENS, dry_run=True)
    first = [(one.model, one.images, one.usd, one.basis, one.project) for one in done.first]
    assert first == [
        ("gpt-image-2", None, PLAIN, "usage", "proj_A"),
        ("gpt-image-2.5-flare", None, FLARE, "usage", "proj_A"),
    ]
    assert desktop.spent() == (NONE, 0)
    text = printed(rendered(done))
    assert "2026-11-02 00:00     -               -   $0.08052  proj_A" in text
    assert "gpt-image-2.5-flare  -                      usage" in text
    assert "In all $1.372107" in text
