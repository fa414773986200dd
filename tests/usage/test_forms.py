"""The same calls, in whatever order, batches or form they arrive, come to the same sums; and voided, to nothing."""

import csv
import io
import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import catalog, periods
from bot.ledger import mixes
from bot.ledger.ledger import Ledger
from bot.spend.rows import SpendRows
from bot.spend.sums import Sums
from bot.usage.importing import Import, WantedImport
from bot.usage.pipelines import Pipelines
from bot.usage.plain import COLUMNS
from bot.usage.reading import Desk
from bot.usage.records import Correction
from bot.usage.rows import Records
from tests.kit.usage_made import NOW, UTC_ZONE

START = datetime(2026, 11, 1, tzinfo=UTC)
MONTH = periods.span(periods.Days(date(2026, 11, 1), date(2026, 11, 30)), UTC_ZONE)
BY = ("lane", "model", "quality", "source", "person", "project")
MODELS = ("gpt-image-2", "azure/gpt-image-2", "GPT-Image-2.5-flare", "gpt-image-2.6-sunburst", "nobody-knows")
USAGE = {"input_tokens": 600, "output_tokens": 5268, "input_tokens_details": {"text_tokens": 600, "image_tokens": 0}}
_teams = count()


@st.composite
def calls(draw: Callable[..., Any]) -> dict[str, Any]:
    images = draw(st.integers(0, 4))
    kept = draw(st.none() | st.integers(0, images))
    told = draw(st.sampled_from([{}, {"usage": USAGE}, {"usd": "0.021065999999999998"}, {"usd": "5.2e-05"}]))
    return {
        "occurred_at": (START + timedelta(hours=draw(st.integers(0, 500)))).isoformat(),
        "model": draw(st.sampled_from(MODELS)),
        "quality": draw(st.sampled_from(["high", "High", "low"])),
        "size": draw(st.sampled_from(["1024x1024", "1024\u00d71536"])),
        "images": images,
        "kept": kept,
        "rejected": draw(st.none() | st.integers(0, images - (kept or 0))),
        "batch": draw(st.sampled_from([None, True, False])),
        "project": draw(st.sampled_from([None, "kites"])),
        "source": draw(st.sampled_from(["nightly", "shop"])),
        **told,
    }


def singly(store: Ledger, team_id: str, records: list[dict[str, Any]], _folder: Path) -> None:
    for one in records:
        Pipelines(store, Desk(catalog.load())).take(team_id, json.dumps(one).encode(), NOW)


def at_once(store: Ledger, team_id: str, records: list[dict[str, Any]], _folder: Path) -> None:
    if records:
        Pipelines(store, Desk(catalog.load())).take(team_id, json.dumps(records).encode(), NOW)


def as_csv(store: Ledger, team_id: str, records: list[dict[str, Any]], folder: Path) -> None:
    text = io.StringIO()
    out = csv.writer(text)
    out.writerow(COLUMNS)
    for one in records:
        out.writerow([_cell(one.get(name)) for name in COLUMNS])
    _brought(store, team_id, folder / f"{team_id}.csv", text.getvalue())


def as_json_lines(store: Ledger, team_id: str, records: list[dict[str, Any]], folder: Path) -> None:
    text = "".join(f"{json.dumps(one)}\n" for one in records)
    if text:
        _brought(store, team_id, folder / f"{team_id}.jsonl", text)


def _brought(store: Ledger, team_id: str, path: Path, text: str) -> None:
    path.write_text(text)
    refused: list[Any] = []
    Import(store, Desk(catalog.load()), team_id, WantedImport({}), NOW, lambda *line: refused.append(line)).run(path)
    assert refused == []


def _cell(value: Any) -> str:
    if isinstance(value, dict):
        return json.dumps(value)
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def told(store: Ledger, team_id: str) -> list[set[Sums]]:
    return [set(SpendRows(store.engine).sums(team_id, [MONTH], by)) for by in (None, *BY)]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    drawn=st.lists(calls(), max_size=8),
    turn=st.randoms(use_true_random=False),
)
def test_R121_the_sum_depends_on_neither_order_nor_batch_nor_form(
    store: Ledger, tmp_path: Path, drawn: list[dict[str, Any]], turn: Any
) -> None:
    records = [{"id": f"call-{number}", **one} for number, one in enumerate(drawn)]
    sums = []
    for bring in (singly, at_once, as_csv, as_json_lines):
        team_id = f"T{next(_teams)}"
        turned = turn.sample(records, len(records))
        bring(store, team_id, [{k: v for k, v in one.items() if v is not None} for one in turned], tmp_path)
        sums.append(told(store, team_id))
    assert all(sums[0] == other for other in sums)
    whole = SpendRows(store.engine).sums(team_id, [MONTH])[0]
    assert whole.records == len(records)
    for by in BY:
        parts = SpendRows(store.engine).sums(team_id, [MONTH], by)
        assert sum(part.spent_nanousd for part in parts) == whole.spent_nanousd
        assert sum(part.pending_nanousd for part in parts) == whole.pending_nanousd


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=st.lists(calls(), min_size=1, max_size=8))
def test_R122_what_was_imported_and_voided_leaves_nothing_anywhere(
    store: Ledger, tmp_path: Path, drawn: list[dict[str, Any]]
) -> None:
    team_id = f"T{next(_teams)}"
    records = [{"id": f"call-{number}", **one} for number, one in enumerate(drawn)]
    as_csv(store, team_id, [{k: v for k, v in one.items() if v is not None} for one in records], tmp_path)
    books = Records(store.engine)
    for one in records:
        books.void(team_id, one["source"], one["id"], Correction("terminal:sample", NOW))
    (whole,) = SpendRows(store.engine).sums(team_id, [MONTH])
    assert whole == Sums(MONTH.key)
    assert all(SpendRows(store.engine).sums(team_id, [MONTH], by) == () for by in BY)
    assert store.read(mixes.used, team_id, MONTH) == ()
    assert books.each(team_id, list) == []
    assert SpendRows(store.engine).earliest(team_id) is None
