"""How long the mix of a month takes out of many usage records, and the whole plan: python -m tests.speed.migrate_plan

Arguments: [sqlite|postgresql] [size...], a size being rows and the weeks they are spread over, such as 1000000/52. Each
figure is the median of several, taken in turns with the same group-by in bare SQL over the bare driver. Target: a plan
within a second out of 1,000,000 records.
"""

import sqlite3
import sys
from datetime import UTC
from zoneinfo import ZoneInfo

import psycopg
from sqlalchemy import URL

from bot import catalog, periods
from bot.ledger import mix_sums
from bot.ledger.ledger import Ledger
from bot.recommend.answer_migration import WorkBooks
from bot.recommend.command_migrate import Migrate
from bot.recommend.migration import month_of
from tests.speed.spend import END, TEAM, Ask, runs

SIZES = ("100000/52", "1000000/52", "1000000/6", "1000000/4")
BARE = """
SELECT model, quality, width, height, kind, batch, coalesce(image_out_tokens, 0) > 0, count(*), sum(images), sum(kept),
    sum(rejected), sum(amount_nanousd), max(occurred_at), sum(image_out_tokens), sum(text_in_tokens)
FROM usage_records WHERE team_id = 'T1' AND occurred_at >= {0} AND occurred_at < {0} AND ended_at IS NULL
GROUP BY 1, 2, 3, 4, 5, 6, 7
"""


def bare(url: URL, month: periods.Period) -> Ask:
    if url.get_backend_name() == "sqlite":
        lite = sqlite3.connect(url.database or "")
        bounds = [f"{at:%Y-%m-%d %H:%M:%S.%f}" for at in (month.start, month.end)]
        return lambda: lite.execute(BARE.format("?"), bounds).fetchall()
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    post = psycopg.connect(address, autocommit=True)
    return lambda: post.execute(BARE.format("%s").encode(), (month.start, month.end)).fetchall()


def questions(store: Ledger, url: URL) -> dict[str, Ask]:
    on = END.astimezone(UTC).date() - periods.DAY
    month = periods.span(month_of(on), ZoneInfo("UTC"))
    books = WorkBooks(store, TEAM, ZoneInfo("UTC"), catalog.load())
    return {
        "bare SQL": bare(url, month),
        "mix of the month": lambda: store.read(mix_sums.parts, TEAM, month),
        "whole plan": lambda: books.answer(Migrate("gpt-image-2", on=on), END),
    }


def main(kinds: list[str], sizes: list[str]) -> None:
    for kind, rows, weeks, first, taken in runs(kinds, sizes, questions):
        if first:
            print(f"{kind + ', ms':<16}{'weeks':>6}" + "".join(f"{name:>24}" for name in taken))
        figures = "".join(f"{each:>24.1f}" for each in taken.values())
        ratios = " and ".join(f"{taken[name] / taken['bare SQL']:.2f}" for name in list(taken)[1:])
        print(f"{rows:>16,}{weeks:>6}{figures}   {ratios} times bare", flush=True)


if __name__ == "__main__":
    chosen = [word for word in sys.argv[1:] if "/" not in word]
    main(chosen or ["sqlite", "postgresql"], [word for word in sys.argv[1:] if "/" in word] or list(SIZES))
