"""Which code is tried, and which tests must notice."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Subject:
    """`code`: globs from the tree's root. `tests`: globs of file names anywhere under tests, quick ones first."""

    name: str
    code: tuple[str, ...]
    tests: tuple[str, ...]

    def test_files(self, tree: Path) -> list[str]:
        found = (path for pattern in self.tests for path in sorted((tree / "tests").rglob(pattern)))
        return list(dict.fromkeys(str(path.relative_to(tree)) for path in found))


SUBJECTS = (
    Subject("settlement", ("bot/ledger/settlement.py",), ("test_*settlement*.py", "test_store_machine*.py")),
    Subject("admission", ("bot/ledger/admission.py",), ("test_*admission*.py",)),
    Subject(
        "budget",
        ("bot/ledger/limits.py", "bot/ledger/holds.py", "bot/budgets/rows.py", "bot/budgets/[fln]*.py"),
        ("test_budgets*.py", "test_store_budgets*.py", "test_store_machine*.py"),
    ),
    Subject("votes", ("bot/ledger/votes.py", "bot/bench/rows_votes.py"), ("test_store_votes*.py", "test_*votes*.py")),
    Subject("evidence", ("bot/evidence/*.py",), ("test_evidence*.py",)),
    Subject("plans", ("bot/recommend/repricing.py", "bot/recommend/month.py"), ("test_migration*.py",)),
    Subject("pricing", ("bot/pricing/*.py",), ("test_pricing*.py",)),
)
