"""The health of an installation as a terminal tells of it: one check a row, and under it how to mend it."""

from dataclasses import dataclass
from typing import Literal

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

Status = Literal["ok", "warn", "fail"]
STYLES: dict[Status, str] = {"ok": "green", "warn": "yellow", "fail": "bold red"}


@dataclass(frozen=True)
class Check:
    """`mend` is None when there is nothing to mend."""

    name: str
    status: Status
    found: str
    mend: str | None = None


@dataclass(frozen=True)
class Health:
    checks: tuple[Check, ...]

    @property
    def failed(self) -> bool:
        return any(check.status == "fail" for check in self.checks)


def rendered(answer: Health) -> RenderableType:
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    for _ in range(3):
        table.add_column(overflow="fold")
    for check in answer.checks:
        words = f"{check.found}\n{check.mend}" if check.mend else check.found
        table.add_row(Text(check.status, style=STYLES[check.status]), Text(check.name, style="bold"), Text(words))
    return Group(table, Text(), Text(_sum(answer), style="bold"))


def _sum(answer: Health) -> str:
    count = {status: sum(check.status == status for check in answer.checks) for status in STYLES}
    warned = f", {count['warn']} to look at" if count["warn"] else ""
    return (f"{count['fail']} failed" if count["fail"] else "Nothing failed") + f"{warned}."
