"""A recommendation: what to do, what a picture costs then, the next step; why and all the rest in a window."""

from collections.abc import Iterator, Sequence

from bot import money
from bot.bench.command import BenchCommand
from bot.lanes.scene import Alternative, Recommendation
from bot.recommend.columns import RIGHT, columns, in_words
from bot.recommend.lead import is_move
from bot.slack import frame
from bot.slack.message import Block, Element, Message, View, bullets, paragraph, prose, rich, section, table, words
from bot.slack.windows import modal


def recommendation(answer: Recommendation, share: str) -> Message:
    """`share` is the question in its canonical words with its day."""
    test, one = _blind_test(answer), _try(answer)
    is_open = is_move(answer) or answer.situation in ("quality", "unsure")
    steps = [*test, *one] if is_open else [*one, *test]
    rest = " ".join([in_words(answer), answer.foot.replace("One square picture. ", "", 1)]).strip()
    return frame.framed(
        answer.lead or heading(answer),
        *_table(answer),
        rest=rest,
        grey=answer.foot,
        steps=[*steps, *frame.share(share), *frame.details(share)],
    )


def heading(answer: Recommendation) -> str:
    """Take premium: gpt-image-2.5-sunburst"""
    return f"Take {answer.lane}: {answer.model}" if answer.lane else f"Take {answer.model}"


def _table(answer: Recommendation) -> list[Block]:
    shown = columns(answer)
    right = [n for n, name in enumerate(shown) if name in RIGHT]
    return [table([list(shown), *zip(*shown.values(), strict=True)], right)] if shown else []


def _blind_test(answer: Recommendation) -> list[Element]:
    test = answer.blind_test
    if test is None:
        return []
    label = "Blind test…" if test.usd is None else f"Blind test: {money.cents(test.usd)}"
    return frame.run(label, BenchCommand("plan", lanes=tuple((side, None) for side in test.sides)).words())


def _try(answer: Recommendation) -> list[Element]:
    """On the day itself: what is drawn is drawn today."""
    if not answer.is_for_today:
        return []
    is_lane = answer.lane in ("budget", "premium")
    return frame.draw("Try it…", [answer.lane if is_lane and answer.lane else answer.model])


def details(answer: Recommendation) -> View:
    """Reasons, trade-off, next step, price effects, evidence, what to test again, others, warnings."""
    blocks = [paragraph(words(heading(answer), bold=True), f", on {answer.said(answer.day)}.")]
    for name, items in _sections(answer):
        if items:
            blocks.append(rich(section(words(name, bold=True)), bullets(*items)))
    return modal("Why this one", blocks)


def _sections(answer: Recommendation) -> Iterator[tuple[str, Sequence[Sequence[Element | str]]]]:
    yield "Why", [*map(prose, answer.reasons)]
    yield "Trade-off", [prose(answer.tradeoff)]
    yield "Next", [prose(answer.next_step)]
    yield "Until", [(answer.said(answer.window_ends),)] if answer.window_ends else []
    yield "What it does to the price of one square picture", [prose(effect.sentence) for effect in answer.price_effect]
    yield "Your own evidence", [prose(finding.sentence) for finding in answer.evidence]
    yield "Test again", [*map(prose, answer.retest)]
    yield "Instead", [*map(_alternative, answer.alternatives)]
    yield "Good to know", [*map(prose, (*answer.warnings, *answer.defaults, answer.surface))]


def _alternative(other: Alternative) -> Sequence[Element | str]:
    each = f" ({money.each(other.each_usd)} a medium square picture)" if other.each_usd is not None else ""
    name = f"{other.lane} {other.model}" if other.lane else other.model
    return (words(name, bold=True), f"{each}: ", *prose(other.why))
