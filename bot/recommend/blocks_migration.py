"""A plan to leave a model, or the same month elsewhere: what it comes to, the test that would prove it, the rest in a
window."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot import money
from bot.bench.command import BenchCommand
from bot.recommend.behind_migration import sections
from bot.recommend.columns_migration import RIGHT, columns, in_words
from bot.recommend.command_migrate import Migrate
from bot.recommend.plans import BackTest, MoveList, MovePlan
from bot.slack import frame
from bot.slack.message import Block, Element, Message, View, bullets, paragraph, prose, rich, section, table, words
from bot.slack.windows import modal

Migration = MovePlan | MoveList | BackTest
SET = "product-shots"  # where too few prompts of one's own are kept


def migration(answer: Migration, share: Migrate) -> Message:
    """`share` is the question tied to its day."""
    asked = share.words()
    return frame.framed(
        answer.lead,
        *_table(answer),
        rest=f"{in_words(answer)} {answer.foot}".strip(),
        grey=answer.foot,
        steps=[*_steps(answer, share), *frame.share(asked), *frame.details(asked)],
    )


def _table(answer: Migration) -> list[Block]:
    cells = columns(answer)
    right = [n for n, name in enumerate(cells) if name in RIGHT]
    return [table([list(cells), *zip(*cells.values(), strict=True)], right)] if cells else []


def _steps(answer: Migration, share: Migrate) -> Iterator[Element]:
    match answer:
        case MovePlan():
            yield from _blind_test(answer) or _try(answer)
            if not answer.is_generic:
                yield from _month_on(answer.model, [one.model for one in answer.there], share)
        case MoveList():
            plans = ((plan.model, Migrate(plan.model, on=share.on).words()) for plan in answer.plans)
            yield from frame.pick("Plan…", plans) if answer.plans else []
            yield from _month_on(None, answer.choices, share)
        case BackTest():
            yield from _month_on(answer.model, answer.choices if answer.now.images else (), share, answer.qualities)
            if answer.model is not None and answer.is_for_today:
                yield from frame.run("Plan the move", Migrate(answer.model).words())


def _blind_test(answer: MovePlan) -> list[Element]:
    """On the day itself."""
    asked = test_words(answer)
    if answer.test is None or asked is None or not answer.is_for_today:
        return []
    usd = answer.test.usd
    return frame.run("Blind test…" if usd is None else f"Blind test: {money.cents(usd)}", asked)


def _try(answer: MovePlan) -> list[Element]:
    """What took its place, where no test is left to make."""
    return frame.draw("Try it…", [answer.to.model]) if answer.to and answer.is_for_today else []


def test_words(answer: MovePlan) -> str | None:
    """What opens the window that plans it, filled in: on one's own kept prompts where there are enough."""
    test = answer.test
    if test is None:
        return None
    prompts = f"kept:{test.prompts}" if answer.own_prompts else SET
    quality = None if answer.test_quality == "medium" else answer.test_quality
    sides = tuple((side, None) for side in test.sides)
    return BenchCommand("plan", prompts=prompts, lanes=sides, quality=quality).words()


def _month_on(
    model: str | None, choices: Sequence[str], share: Migrate, qualities: Sequence[str] = ()
) -> list[Element]:
    """The same month on each; on the one that is named at each quality, on that or the first in batch."""
    if not choices:
        return []
    here = Migrate(model, model is None, share.to or choices[0], on=share.on)
    each = [(name, replace(here, to=name)) for name in choices]
    words = [(f"{here.to}, {quality}", replace(here, quality=quality)) for quality in qualities]
    batch = (f"{here.to}, batch", replace(here, batch=True))
    return frame.pick("Same month on…", ((label, command.words()) for label, command in [*each, *words, batch]))


def details(answer: Migration) -> View:
    """The month, each that may take it over with what it rests on, the test, what to test again."""
    blocks = [paragraph(words(answer.lead, bold=True))]
    for name, sentences in sections(answer):
        if sentences:
            blocks.append(rich(section(words(name, bold=True)), bullets(*map(prose, sentences))))
    return modal("The move" if isinstance(answer, MovePlan) else "A month", blocks)
