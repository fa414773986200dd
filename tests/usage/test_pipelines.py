"""The example of docs/pipelines.md, run as it is printed, between a local OpenAI and the real /v1/."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from bot.ledger.ledger import open_ledger
from bot.ledger.usage_tables import usage_records
from bot.money import usd
from tests.kit.far_openai import FarOpenAI
from tests.kit.usage_made import serving

PAGE = (Path(__file__).parents[2] / "docs/pipelines.md").read_text()
EXAMPLE = PAGE.split("```python\n")[1].split("```")[0]


def test_the_example_has_ten_lines_at_most() -> None:
    assert len([line for line in EXAMPLE.splitlines() if line]) <= 10


def test_the_example_reports_what_the_image_service_billed(sqlite_url: str) -> None:
    store = open_ledger(sqlite_url, busy_seconds=10)
    with FarOpenAI() as openai, serving(store, now=lambda: datetime.now(UTC)) as api:
        settings = {
            "OPENAI_API_KEY": openai.key,
            "OPENAI_BASE_URL": openai.base_url,
            "IMAGELANE_URL": api.address,
            "IMAGELANE_TOKEN": api.token,
        }
        done = subprocess.run(
            [sys.executable, "-c", EXAMPLE], env=os.environ | settings, capture_output=True, text=True
        )
        assert '"result":"stored"' in done.stdout, done.stderr
        with store.engine.connect() as connection:
            (row,) = connection.execute(sa.select(usage_records)).all()
        assert (usd(row.amount_nanousd), row.basis, row.lane) == (openai.billed_usd(), "usage", "budget")
    store.close()
