"""A recommendation: the lane and its model first, then why, what it costs you, and what to do next."""

from collections.abc import Iterator, Sequence

from bot import money
from bot.lanes.scene import Alternative, Recommendation
from bot.slack.message import Element, Message, answer_buttons, bullets, message, prose, rich, section, small, words


def recommendation(answer: Recommendation, share: str) -> Message:
    """`share` is the question in its canonical words with its day."""
    blocks = [
        rich(
            section(words(heading(answer), bold=True), f", on {answer.day}."),
            bullets(*map(prose, answer.reasons)),
            *_story(answer),
        )
    ]
    if answer.alternatives:
        blocks.append(rich(section(words("Instead", bold=True)), bullets(*map(_alternative, answer.alternatives))))
    blocks += [small(*answer.warnings), small(*answer.defaults, answer.surface), answer_buttons(share)]
    return message(_text(answer), blocks)


def heading(answer: Recommendation) -> str:
    """Take premium: gpt-image-2.5-sunburst"""
    return f"Take {answer.lane}: {answer.model}" if answer.lane else f"Take {answer.model}"


def _story(answer: Recommendation) -> Iterator[Element]:
    yield section(words("Trade-off: ", bold=True), *prose(answer.tradeoff))
    yield section(words("Next: ", bold=True), *prose(answer.next_step))
    if answer.window_ends:
        yield section(words("Until: ", bold=True), str(answer.window_ends))
    if answer.price_effect:
        yield section(words("What it does to the price of one square image", bold=True))
        yield bullets(*(prose(effect.sentence) for effect in answer.price_effect))
    if answer.evidence:
        yield section(words("Your own evidence", bold=True))
        yield bullets(*(prose(finding.sentence) for finding in answer.evidence))
    if answer.retest:
        yield section(words("Test again", bold=True))
        yield bullets(*map(prose, answer.retest))


def _alternative(other: Alternative) -> Sequence[Element | str]:
    each = f" ({money.each(other.each_usd)} a medium square image)" if other.each_usd is not None else ""
    name = f"{other.lane} {other.model}" if other.lane else other.model
    return (words(name, bold=True), f"{each}: ", *prose(other.why))


def _text(answer: Recommendation) -> str:
    evidence = (finding.sentence for finding in answer.evidence)
    advice = (*answer.reasons[:1], answer.tradeoff, answer.next_step)
    return " ".join([f"{heading(answer)}, on {answer.day}.", *advice, *evidence, *answer.warnings])
