"""A database as revision 0012 left it, with as many sample records as wanted: before records had revisions."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

import bot.store
from bot.store.engine import open_engine

_NUMBERS = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows}) ",
    "postgresql": "WITH n AS (SELECT generate_series(CAST(1 AS bigint), {rows}) AS i) ",
}
_MOMENT = {
    "sqlite": "datetime('2026-10-01', '+' || (i % 80000) || ' minutes') || '.000000'",
    "postgresql": "timestamptz '2026-10-01' + (i % 80000) * interval '1 minute'",
}
_USAGE = (
    """'{{"text_in": 50, "image_in": ' || (i % 7) || ', "image_out": ' || (i % 9000 + 1) || """
    """', "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}}'"""
)
_FILL = (
    "{numbers}INSERT INTO usage_records (team_id, source, id, occurred_at, received_at, lane, model, quality, width, "
    "height, images, kept, usage, amount_nanousd, basis, rates) SELECT 'T1', 'sample', 'sample-' || i, {moment}, "
    "{moment}, 'budget', 'gpt-image-2.5-flare', 'medium', 1024, 1024, 4, i % 5, CASE WHEN i % 3 = 0 THEN NULL ELSE "
    + _USAGE
    + " END, i * 1000, 'usage', 'sample rates of about as many characters as the real ones have' FROM n"
)


def make(url: sa.URL, rows: int) -> None:
    """`url`: of a database that is there, or of a file that is not."""
    engine = open_engine(url, 30, make=True)
    config = Config()
    config.set_main_option("script_location", str(Path(bot.store.__file__).parent / "migrations"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0012")
        kind = connection.dialect.name
        if kind == "postgresql":
            connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        numbers, moment = _NUMBERS[kind].format(rows=rows), _MOMENT[kind]
        connection.execute(sa.text(_FILL.format(numbers=numbers, moment=moment)))
    engine.dispose()


def sums(url: sa.URL) -> tuple[int, int, int, int]:
    """Records, nano-dollars, kept and image output tokens, of a database that has revisions."""
    engine = open_engine(url, 30)
    with engine.connect() as connection:
        row = connection.exec_driver_sql(
            "SELECT count(*), sum(amount_nanousd), sum(kept), sum(image_out_tokens) FROM usage_records"
        ).one()
    engine.dispose()
    return int(row[0]), int(row[1]), int(row[2]), int(row[3])


def expected(rows: int) -> tuple[int, int, int, int]:
    numbers = range(1, rows + 1)
    tokens = sum(i % 9000 + 1 for i in numbers if i % 3)
    return rows, sum(i * 1000 for i in numbers), sum(i % 5 for i in numbers), tokens
