"""The examples of docs/pipelines.md, run as they are printed, between a local OpenAI and the real /v1/."""

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from time import sleep
from typing import Any

import pytest
import sqlalchemy as sa

from bot.entrypoints.cli import main
from bot.ledger.ledger import open_ledger
from bot.ledger.usage_tables import usage_records
from bot.money import usd
from bot.usage.rows import Records
from bot.usage.rows_tokens import TokenRows
from tests.kit.far_openai import FarOpenAI
from tests.kit.far_openai_shapes import picture
from tests.kit.far_openai_trouble import blocked
from tests.kit.usage_made import NOW, Served, given, record, serving

TEAM = "local"  # a terminal's, where Slack is not installed
PAGE = (Path(__file__).parents[2] / "docs/pipelines.md").read_text()
FLARE, MEDIUM = "gpt-image-2.5-flare", ("medium", 1024)
SPEC = {"model": FLARE, "quality": "medium", "size": "1024x1024"}


def examples(kind: str) -> dict[str, str]:
    """The last block of that kind in each section, by its heading; the ten lines are those of "Reporting ..."."""
    sections = [section.partition("\n") for section in re.split(r"^##? ", PAGE, flags=re.MULTILINE)[1:]]
    blocks = {
        title: re.findall(rf"^```{kind}\n(.*?)^```", text, re.MULTILINE | re.DOTALL) for title, _, text in sections
    }
    return {title: block for title, found in blocks.items() for block in found}


PYTHON, SHELL = examples("python"), examples("sh")
OPENING = PYTHON["Reporting from a pipeline"]
BATCH = [{"prompt": prompt, **SPEC} for prompt in ("a red kite", "a tall kite")]
DRAWN: dict[str, list[tuple[Any, ...]]] = {  # kind, batch, model, quality and width, images, usd, basis
    "Several images in one call": [("draw", False, FLARE, *MEDIUM, 4, "0.05276", "usage")],
    "Edits": [("edit", False, FLARE, *MEDIUM, 1, "0.021392", "usage")],
    "Streaming": [("draw", False, FLARE, *MEDIUM, 1, "0.019195", "usage")],
    "Batch": [("draw", True, FLARE, *MEDIUM, 1, "0.0065925", "usage")] * 2,
    "The image tool of the Responses API": [("draw", False, FLARE, *MEDIUM, 1, "0.01319", "usage")],
}
RECKONED: dict[str, list[tuple[Any, ...]]] = {
    "Azure and gateways": [
        ("draw", False, FLARE, *MEDIUM, 1, "0.01317", "tokens"),
        ("draw", False, "shop-image-prod", *MEDIUM, 1, None, "unknown"),
    ],
    "A refused call": [("draw", False, FLARE, *MEDIUM, 0, "0.01317", "reported")],
    "What nobody told": [
        ("draw", False, "gpt-image-2", None, None, 1, "0.013205", "usage"),
        ("draw", False, "gpt-image-2", None, None, None, "12.40", "reported"),
    ],
}


class Pipeline:
    """A program with the page's examples in it, in this process."""

    def __init__(self, openai: FarOpenAI, api: Served) -> None:
        self.openai, self.api = openai, api
        self.names: dict[str, Any] = {}
        self.run(OPENING)
        (self._first,) = self._rows()

    def run(self, example: str) -> None:
        exec(compile(example, "docs/pipelines.md", "exec"), self.names)

    def close(self) -> None:
        self.names["client"].close()

    def after_the_first(self) -> list[Any]:
        return [row for row in self._rows() if row.id != self._first.id]

    def stored(self) -> list[tuple[Any, ...]]:
        return [
            (row.kind, row.batch, row.model, row.quality, row.width, row.images, dollars(row), row.basis)
            for row in self.after_the_first()
        ]

    def _rows(self) -> list[Any]:
        c = usage_records.c
        with self.api.store.engine.connect() as connection:
            return list(connection.execute(sa.select(usage_records).order_by(c.occurred_at, c.id, c.revision)))


def dollars(row: Any) -> Decimal | None:
    return None if row.amount_nanousd is None else usd(row.amount_nanousd)


def exact(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return [(*first, None if cost is None else Decimal(cost), basis) for *first, cost, basis in rows]


@pytest.fixture
def pipeline(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pipeline]:
    store = open_ledger(sqlite_url, busy_seconds=10)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    with FarOpenAI(most_images=10) as openai, serving(store, now=lambda: datetime.now(UTC), team_id=TEAM) as api:
        for name, value in settings(openai, api).items():
            monkeypatch.setenv(name, value)
        program = Pipeline(openai, api)
        yield program
        program.close()
    store.close()


def settings(openai: FarOpenAI, api: Served) -> dict[str, str]:
    return {
        "OPENAI_API_KEY": openai.key,
        "OPENAI_BASE_URL": openai.base_url,
        "IMAGELANE_URL": api.address,
        "IMAGELANE_TOKEN": api.token,
    }


def run_shell(title: str) -> None:
    for line in SHELL[title].splitlines():
        assert main(shlex.split(line, comments=True)[1:]) == 0, line


@pytest.mark.parametrize("title", ["Reporting from a pipeline", "Asking for a lane"])
def test_the_example_has_ten_lines_at_most(title: str) -> None:
    assert len([line for line in PYTHON[title].splitlines() if line]) <= 10


def test_each_example_is_run_by_a_test_here() -> None:
    assert set(PYTHON) == {"Reporting from a pipeline", "Asking for a lane", "Corrections", *DRAWN, *RECKONED}
    assert set(SHELL) == {"Corrections", "What a token may do"}
    assert PAGE.count("```python") + PAGE.count("```sh") == len(PYTHON) + len(SHELL)


def test_the_example_reports_what_the_image_service_billed_and_prints_what_the_page_says(sqlite_url: str) -> None:
    store = open_ledger(sqlite_url, busy_seconds=10)
    with FarOpenAI() as openai, serving(store, now=lambda: datetime.now(UTC)) as api:
        done = subprocess.run(
            [sys.executable, "-c", OPENING], env=os.environ | settings(openai, api), capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        with store.engine.connect() as connection:
            (row,) = connection.execute(sa.select(usage_records)).all()
        assert (usd(row.amount_nanousd), row.basis, row.lane) == (openai.billed_usd(), "usage", "budget")
    store.close()
    (printed,) = json.loads(examples("json")["Reporting from a pipeline"])["records"]
    assert json.loads(done.stdout) == {"records": [printed | {"id": row.id}]}


def test_a_program_draws_on_what_a_lane_means_and_on_what_it_meant_last_time_where_nobody_answers(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    premium = PYTHON["Asking for a lane"].replace('lane("budget")', 'lane("premium")')
    pipeline.run(premium)
    assert [row[2:6] for row in pipeline.stored()] == [("gpt-image-2.5-sunburst", *MEDIUM, 1)]
    asks, _ = premium.split("drawn =")
    monkeypatch.setenv("IMAGELANE_URL", "http://127.0.0.1:9")
    pipeline.run(asks.replace('"gpt-image-2.5-flare"', '"otherwise"'))
    assert pipeline.names["spec"]["model"] == "gpt-image-2.5-sunburst"
    Path("lanes.json").unlink()
    pipeline.run(asks.replace('"gpt-image-2.5-flare"', '"otherwise"'))
    assert pipeline.names["spec"]["model"] == "otherwise"


@pytest.mark.parametrize("title", DRAWN)
def test_F8_each_way_to_draw_is_stored_at_what_it_was_billed(pipeline: Pipeline, title: str) -> None:
    Path("kite.png").write_bytes(picture("1024x1024"))
    if title == "Batch":
        pipeline.openai.finish_batch("batch_sample", *BATCH)
    pipeline.run(PYTHON[title])
    assert pipeline.stored() == exact(DRAWN[title])
    billed = sum(cost for *_, cost, _ in pipeline.stored())
    assert billed == sum(call.usd for call in pipeline.openai.billed_calls()[1:])


@pytest.mark.parametrize("title", RECKONED)
def test_F5_what_tells_no_usage_is_stored_as_the_page_says(
    pipeline: Pipeline, title: str, capsys: pytest.CaptureFixture[str]
) -> None:
    pipeline.openai.next(blocked("output"))
    capsys.readouterr()
    pipeline.run(PYTHON[title])
    assert pipeline.stored() == exact(RECKONED[title])
    comments = re.findall(r"print\(.*\)  # (.*)", PYTHON[title])
    assert capsys.readouterr().out.splitlines() == comments


def test_the_output_of_a_batch_that_is_read_again_adds_nothing(pipeline: Pipeline) -> None:
    pipeline.openai.finish_batch("batch_sample", *BATCH)
    pipeline.run(PYTHON["Batch"])
    sleep(1)  # the moment a batch ended is told in whole seconds, and stays what it was
    pipeline.run(PYTHON["Batch"])
    assert [row.id for row in pipeline.after_the_first()] == ["batch_sample_req_0", "batch_sample_req_1"]


def test_a_call_that_was_refused_at_its_input_is_no_record(pipeline: Pipeline) -> None:
    pipeline.openai.next(blocked("input"))
    pipeline.run(PYTHON["A refused call"])
    assert pipeline.stored() == []
    assert len(pipeline.openai.billed_calls()) == 1


def test_F8_the_text_models_own_usage_of_a_response_is_refused(pipeline: Pipeline) -> None:
    example = PYTHON["The image tool of the Responses API"].replace("answer.tool_usage.image_gen", "answer.usage")
    with pytest.raises(Exception, match="422"):
        pipeline.run(example)
    assert pipeline.stored() == []


def test_F6_a_program_replaces_and_voids_what_it_reported(pipeline: Pipeline) -> None:
    pipeline.run(PYTHON["Corrections"])
    rows = [(row.id, row.revision, row.images, row.reason) for row in pipeline.after_the_first()]
    assert rows == [("kite-7", 1, 1, "replaced"), ("kite-7", 2, 2, "void")]
    assert pipeline.api.spend(period="today").json["total"]["spend_usd"] == "0.013205"


def test_F6_a_terminal_voids_replaces_and_reprices(pipeline: Pipeline) -> None:
    wrong = record(id="kite-10", images=1)._replace(amount_nanousd=None, basis="unknown")
    Records(pipeline.api.store.engine).take(TEAM, [wrong], NOW)
    pipeline.api.post(body=given(id="kite-8", source="nightly"))
    pipeline.api.post(body=given(id="kite-9", source="csv", model="gpt-image-2"))
    Path("mended.csv").write_text(
        "id,occurred_at,model,quality,size,images\nkite-9,2026-11-20T10:00:00Z,gpt-image-2,high,1024x1024,1\n"
    )
    run_shell("Corrections")
    rows = {(row.id, row.revision): (row.reason, dollars(row)) for row in pipeline.after_the_first()}
    assert rows == {
        ("kite-8", 1): ("void", Decimal("0.21072")),
        ("kite-9", 1): ("replaced", Decimal("0.844")),
        ("kite-9", 2): (None, Decimal("0.211")),
        ("kite-10", 1): ("repriced", None),
        ("kite-10", 2): (None, Decimal("0.05268")),
    }


def test_a_token_is_made_with_the_rights_that_are_named(pipeline: Pipeline) -> None:
    run_shell("What a token may do")
    made = {token.name: token.rights for token in TokenRows(pipeline.api.store.engine).listed(TEAM)}
    assert made == {"sample": ("report", "read"), "nightly": ("report",), "dashboard": ("read",)}
