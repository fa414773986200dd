"""Writes data/sample_usage.csv: six weeks of a made-up team, the same each time. python -m tests.kit.sample_usage

Sample data, every name in it says so. Weeks 2026-W41 to W46; a workflow that stays on gpt-image-1 until that model is
shut down on 2026-10-23 and moves to gpt-image-2.5-flare the Monday after.
"""

import csv
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

FILE = Path(__file__).parents[2] / "data" / "sample_usage.csv"
FIRST, DAYS = date(2026, 10, 5), 42
LAST_OF_1, MOVED = date(2026, 10, 22), date(2026, 10, 26)
SEED = 41
HEADER = (
    *("source", "id", "occurred_at", "model", "quality", "size", "images"),
    *("usd", "kept", "rejected", "project", "person"),
)


@dataclass(frozen=True)
class Workflow:
    """`keep` is the chance of one image; `runs` how often on a working day, each `images` at most."""

    name: str
    model: str
    quality: str
    size: str
    keep: float
    runs: int
    images: int
    since: date = FIRST
    until: date = FIRST + timedelta(DAYS)


WORKFLOWS = (
    Workflow("sample shop", "gpt-image-2.5-flare", "medium", "1024x1024", 0.78, 6, 8),
    Workflow("sample campaign", "gpt-image-2.5-sunburst", "high", "1536x1024", 0.86, 4, 4),
    Workflow("sample catalogue", "gpt-image-2", "high", "1024x1024", 0.81, 4, 4),
    Workflow("sample mascots", "gpt-image-1", "medium", "1024x1536", 0.58, 4, 5, until=LAST_OF_1),
    Workflow("sample mascots", "gpt-image-2.5-flare", "high", "1024x1536", 0.74, 4, 5, since=MOVED),
)
PEOPLE = ("sample ana", "sample ben", "sample chi")


def rows() -> Iterator[tuple[object, ...]]:
    chance, number = random.Random(SEED), 0
    for day in (FIRST + timedelta(days) for days in range(DAYS)):
        for work in WORKFLOWS:
            for _ in range(_runs(work, day, chance)):
                number += 1
                yield _row(number, day, work, chance)


def _runs(work: Workflow, day: date, chance: random.Random) -> int:
    if not work.since <= day <= work.until:
        return 0
    return chance.randint(0, work.runs) if day.weekday() < 5 else chance.random() < 0.15


def _row(number: int, day: date, work: Workflow, chance: random.Random) -> tuple[object, ...]:
    at = datetime.combine(day, time(chance.randint(7, 18), chance.randint(0, 59)), UTC)
    images = chance.randint(1, work.images)
    judged = chance.random() < 0.9
    kept = sum(chance.random() < work.keep for _ in range(images))
    return (
        *("sample", f"sample-{number:04}", f"{at:%Y-%m-%dT%H:%M:%SZ}", work.model, work.quality, work.size, images, ""),
        *((kept, images - kept) if judged else ("", "")),
        *(work.name, chance.choice(PEOPLE)),
    )


def main() -> None:
    with FILE.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(HEADER)
        out.writerows(rows())


if __name__ == "__main__":
    main()
