"""Files imported for a team as a terminal does it: the sample exports, and what is made of them."""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from bot import catalog, periods
from bot.entrypoints.cli import bills
from bot.ledger.ledger import Ledger
from bot.spend.rows import SpendRows
from bot.usage.importing import Import, WantedImport
from bot.usage.reading import Desk
from bot.usage.records import Imported
from tests.kit import forked
from tests.kit.usage_made import UTC_ZONE

SAMPLES = Path(__file__).parents[1] / "usage" / "exports"
NOW = datetime(2026, 11, 29, tzinfo=UTC)
MONTH = periods.span(periods.Days(date(2026, 11, 1), date(2026, 11, 30)), UTC_ZONE)


@dataclass(frozen=True)
class Terminal:
    """Commands over the books of a URL, in a folder, each a process of its own as people run them."""

    url: str
    folder: Path

    def said(self, *words: str, status: int = 0) -> str:
        done = forked.run(words, self._environment(), self.folder, 60)
        assert done.returncode == status, done.stderr
        return done.stdout + done.stderr

    def begun(self, *words: str) -> forked.Running:
        log = self.folder / "said"
        log.touch()
        return forked.start(words, self._environment(), self.folder, log, log)

    def spent(self) -> tuple[Decimal | None, int, int]:
        """Dollars, None where no price is known, pictures, and calls without a price, of November."""
        total = json.loads(self.said("spend", "2026-11", "--json"))["total"]
        usd = None if total["spend_usd"] is None else Decimal(total["spend_usd"])
        return usd, total["images"], total["unknown"]

    def _environment(self) -> dict[str, str]:
        return {**os.environ, "DATABASE_URL": self.url}


class Desktop:
    """Imports for a team, and remembers what was refused."""

    def __init__(self, store: Ledger, folder: Path, team_id: str = "T1") -> None:
        self.store, self.folder, self.team_id = store, folder, team_id
        self.refused: list[tuple[int | None, str]] = []

    def bring(self, name: str, **wanted: Any) -> Imported:
        """A sample, or a file in the folder."""
        self.refused = []
        desk, order = Desk(catalog.load()), WantedImport({}, **wanted)
        bill = bills.column(self.store, self.team_id)
        work = Import(self.store, desk, self.team_id, order, NOW, lambda *why: self.refused.append(why), take_bill=bill)
        return work.run(self.path(name))

    def path(self, name: str) -> Path:
        return self.folder / name if (self.folder / name).exists() else SAMPLES / name

    def written(self, name: str, change: str, to: str, of: str) -> str:
        """A sample with other words in it, as a file of its own."""
        text = self.path(of).read_text()
        assert change in text
        (self.folder / name).write_text(text.replace(change, to))
        return name

    def days(self, name: str, days: Sequence[int], of: str, only: str = "") -> str:
        """The lines of 2 November once for each of these days of it."""
        header, *rows = (SAMPLES / of).read_text().splitlines()
        rows = [row for row in rows if "2026-11-02T00" in row.split(",")[2] and only in row]
        lines = [row.replace("1793577600", str(1793491200 + 86_400 * (day - 1))) for day in days for row in rows]
        starts = [int(line.split(",")[0]) for line in lines]
        moved = [
            ",".join([str(start), str(start + 86_400), *line.split(",")[2:]])
            for start, line in zip(starts, lines, strict=True)
        ]
        (self.folder / name).write_text("\n".join([header, *moved]) + "\n")
        return name

    def spent(self) -> tuple[Decimal, int]:
        (sums,) = SpendRows(self.store.engine).sums(self.team_id, [MONTH])
        return Decimal(sums.spent_nanousd) / 10**9, sums.images

    def changed(self, name: str, at: datetime) -> str:
        """The file was last written at that time."""
        os.utime(self.path(name), (at.timestamp(), at.timestamp()))
        return name
