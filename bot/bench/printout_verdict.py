"""The verdict of a sealed bench on a terminal: two tables, and the sentences Slack has."""

from rich.console import Group, RenderableType
from rich.text import Text

from bot.bench import blocks_verdict as view
from bot.bench.proof import Proof
from bot.printing.shapes import section, table_of, title
from bot.slack.text import plain as harmless

LINE = 120


def rendered(answer: Proof) -> RenderableType:
    return Group(
        title(harmless(view.heading(answer), LINE)),
        _sides(answer),
        Text(),
        _pairs(answer),
        *section("Sides", (view.outcome(answer, side) for side in answer.verdict.sides)),
        *section("Compared", (sentence for duel in answer.verdict.duels for sentence in view.comparison(answer, duel))),
        *section("Today", (sentence.replace("`", "") for sentence in view.advice(answer))),
        *section("Mind", view.beside(answer)),
    )


def _sides(answer: Proof) -> RenderableType:
    sides = answer.verdict.sides
    columns = zip(*(view.cells(side) for side in sides), strict=True)
    rows = {"Side": [answer.named(side.lane).name for side in sides]}
    return table_of(
        rows | {name: [*cells] for name, cells in zip(view.COLUMNS, columns, strict=True)}, right=view.COLUMNS
    )


def _pairs(answer: Proof) -> RenderableType:
    """Prompts by which side was kept on them."""
    duels = answer.verdict.duels
    counts = {
        "Both": [f"{duel.both}" for duel in duels],
        "Only new": [f"{duel.new_only}" for duel in duels],
        "Only old": [f"{duel.old_only}" for duel in duels],
        "Neither": [f"{duel.neither}" for duel in duels],
        "New cheaper": [view.chance(duel.cheaper) for duel in duels],
    }
    names = [f"{answer.named(duel.challenger).name} against {answer.named(duel.current).name}" for duel in duels]
    return table_of({"New against old": names, **counts}, right=[*counts])
