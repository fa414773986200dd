"""The contracts of the house hold what they say: a tree that breaks each of them is refused."""

import ast
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

from tests.kit.processes import ROOT

BREAKS = {
    "ledger/pictures.py": "from bot.bench import plan",  # up, from the ground to a feature
    "budgets/news.py": "from bot.digest import schedule",  # along no arrow
    "spend/answer.py": "import sqlalchemy",
    "bench/blocks.py": "import pydantic",
    "spend/command.py": "from bot.spend import answer",
}
CONTRACTS = [
    "Entrypoints, features, ground",
    "The arrows between features",
    "Only rows, tables, the ledger and the store know SQL",
    "Rules, blocks and printouts know no outside thing",
    "A typed command knows the grammar, and its answer by name only",
]


def test_each_import_contract_fails_when_it_is_broken(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "bot", tmp_path / "bot", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for place, line in BREAKS.items():
        path = tmp_path / "bot" / place
        path.write_text(f"{path.read_text()}\n\n{line}\n")
    lint = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(lint, cwd=tmp_path, env={"PYTHONPATH": str(tmp_path)}, capture_output=True, text=True)
    assert done.returncode == 1
    assert re.findall(r"^(.*) BROKEN", done.stdout, re.MULTILINE) == CONTRACTS


def test_a_public_class_name_stands_once_in_the_tree() -> None:
    named = Counter(
        node.name
        for path in (ROOT / "bot").rglob("*.py")
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    assert [name for name, times in named.items() if times > 1] == []
