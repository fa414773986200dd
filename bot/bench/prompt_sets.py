"""The named sets of prompts in data/prompts/: one file a set, one prompt a line."""

from functools import cache

from bot.bench.plan import prompts_in
from bot.catalog.files import DATA
from bot.errors import BadCatalog

PROMPTS = DATA / "prompts"
OF_A_SET = 20  # its first, where nobody said how many


@cache
def prompt_sets() -> dict[str, tuple[str, ...]]:
    """By name, as a bench is asked for with it. Raises BadCatalog."""
    try:
        return {path.stem: prompts_in(path.read_text(encoding="utf-8")) for path in sorted(PROMPTS.glob("*.txt"))}
    except (OSError, ValueError) as failure:
        raise BadCatalog(f"The prompts in {PROMPTS.name}/ can't be read: {failure}.") from failure
