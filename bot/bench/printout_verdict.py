"""The verdict of a sealed test on a terminal: what Slack's post says; with `--details` all that is behind it."""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.text import Text

from bot.bench import verdict_details
from bot.bench import verdict_words as say
from bot.bench.proof import Proof
from bot.bench.verdict_money import each
from bot.printing.shapes import Paragraph, section, table_of, title
from bot.slack.text import plain as harmless

NAME = 120


def rendered(answer: Proof, *, details: bool = False) -> RenderableType:
    sentences = (say.DEMO,) if answer.demo else (say.sureness(answer), *say.choice(answer))
    return Group(
        title(say.lead(answer)),
        Text(),
        Paragraph(" ".join(sentence for sentence in sentences if sentence)),
        Text(),
        _sides(answer),
        Text(),
        Paragraph(say.grey(answer)),
        *(_chapters(answer) if details else [Paragraph("How this was worked out: --details.")]),
    )


def _sides(answer: Proof) -> RenderableType:
    sides = say.ranked(answer)
    figures = {
        "Kept": [f"{side.kept} of {side.judged}" for side in sides],
        "Luck allows": [say.rates(side) for side in sides],
        "Per kept": [each(side.accepted_usd) for side in sides],
        "With rejects' time": [each(side.effort_usd) for side in sides],
    }
    names = [harmless(say.called(answer, side.lane), NAME) for side in sides]
    return table_of({"Lane": names, **figures}, right=[*figures])


def _chapters(answer: Proof) -> Iterator[RenderableType]:
    for name, sentences in verdict_details.chapters(answer):
        yield from section(name, sentences)
    lanes = answer.offer.words if answer.offer else "..."
    yield Text()
    yield Paragraph(f"The same prompts on other lanes: imagelane bench rerun {answer.bench} --lanes {lanes}")
