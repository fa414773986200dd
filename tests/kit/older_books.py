"""A store of version 0.1.0 as SQL text, and what that version told of it. tests/kit/write_older_store.py wrote them.

    load(url, sql_file("sqlite").read_text())
    assert told(url, tmp_path) == figures()["told"]      # released on the way, and asked by the commands of a terminal
    assert counted(url) == figures()["rows"]

What it holds is made up: see tests/kit/older_filled.py.
"""

import contextlib
import io
import json
import os
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import sqlalchemy as sa
from sqlalchemy import make_url

from bot.playground.far_end import FarEnd
from tests.kit import databases, forked

DATA = Path(__file__).parents[1] / "data"
KINDS = ("sqlite", "postgresql")
FIGURES = DATA / "store-0.1.0.json"
NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
SEALED, IN_REVIEW, DRAWN_FOR_IT = "1bbef3f79e", "516b8a558e", "c9f44ea612"
KEPT, CAME_LATE, UNUSABLE = "5cd8a36022", "850ca21a15", "ef6ede9350"
QUESTIONS = (
    *(f"spend all by {by}" for by in ("lane", "model", "quality", "source", "person", "project")),
    "spend today by lane",
    "spend this week by day",
    "spend last week by person",
    "spend this month by project",
    "spend last month by lane",
    "spend 2026-W46 by model",
    "spend 2026-11-18..2026-11-20 by day",
    "spend last week in project kites",
    "spend this month by quality in #C0SHOP",
    "spend all by lane --workspace T2",
    "spend all by lane --on 2026-11-18",
    "digest --on 2026-11-24",
    "digest --week 2026-W46 --on 2026-11-24",
    "budget",
    "budget --workspace T2",
    "bench list",
    f"bench show {SEALED}",
    f"bench show {IN_REVIEW}",
    f"bench verdict {SEALED}",
    f"bench verdict {IN_REVIEW}",
    f"show {KEPT}",
    f"show {CAME_LATE}",
    f"show {UNUSABLE}",
    f"show {DRAWN_FOR_IT}",
    "token list",
)
WORDS = ("measures", "notes", "defaults", "sentence", "said", "bar", "message")  # of an answer: they may be put better
ADVICE = ("endings", "move", "offer")  # by the catalogue of prices, which learns


def sql_file(kind: str) -> Path:
    return DATA / f"store-0.1.0.{kind}.sql"


def figures() -> Any:
    """As version 0.1.0 told them: `told` by question, and `rows` by table."""
    return json.loads(FIGURES.read_text())


def load(url: str, text: str) -> None:
    """Into a database without tables."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        with closing(sqlite3.connect(address.database or "")) as connection:
            connection.executescript(text)
        return
    with psycopg.connect(databases.text_of(address.set(drivername="postgresql")), autocommit=True) as server:
        server.execute(text.encode())


def counted(url: str) -> dict[str, int]:
    """How many rows there are in each table of ours and of the job engine that has any."""
    engine = sa.create_engine(make_url(url))
    schemas = [name for name in sa.inspect(engine).get_schema_names() if name in ("main", "public", "dbos")]
    with closing(engine.connect()) as connection:
        found = {
            table: connection.execute(sa.text(f'SELECT count(*) FROM "{schema}"."{table}"')).scalar_one()
            for schema in schemas
            for table in sa.inspect(connection).get_table_names(schema)
        }
    engine.dispose()
    return {table: count for table, count in found.items() if count}


def told(url: str, folder: Path) -> dict[str, Any]:
    """The answers to all questions, at the moment the store was written for."""
    out = folder / "told.json"
    with FarEnd() as slack:
        slack.move_clock(round((NOW - datetime.now(UTC)).total_seconds()))
        environment = {
            "PATH": os.environ["PATH"],
            "DATABASE_URL": url,
            "SLACK_API_URL": slack.base_url,
            "IMAGELANE_CLOCK_URL": slack.clock_url,
            "IMAGELANE_PICTURES": str(folder / "pictures"),
        }
        process = forked.begin(_ask, QUESTIONS, environment, folder, out)
        assert process.wait(100) == 0
    answers: dict[str, Any] = json.loads(out.read_text(), parse_float=_alike)
    return {question: _figures(answer) for question, answer in answers.items()}


def _ask(questions: Sequence[str], environment: Mapping[str, str], folder: Path, out: Path) -> None:
    """In a process of its own, which ends with what the commands leave open."""
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    from bot.entrypoints.cli import main

    assert main(["release"]) == 0
    out.write_text(json.dumps({question: _answer(main, question) for question in questions}))


def _answer(main: Callable[[Sequence[str]], int], question: str) -> Any:
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        main([*question.split(), "--json"])
    return json.loads(said.getvalue())


def _alike(number: str) -> float:
    """A chance is added up by libraries that may differ in its last digits."""
    return round(float(number), 9)


def _figures(answer: Any) -> Any:
    """The answer without what may be said otherwise tomorrow."""
    if isinstance(answer, list):
        return [_figures(each) for each in answer]
    if not isinstance(answer, dict):
        return answer
    return {name: _figures(each) for name, each in answer.items() if name not in (*WORDS, *ADVICE)}
