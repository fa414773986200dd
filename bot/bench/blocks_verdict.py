"""The verdict of a sealed test: what is decided, its picture, what to do about it; the window behind Details."""

from collections.abc import Iterator

from bot.bench import verdict_details
from bot.bench import verdict_words as say
from bot.bench.more import test_label
from bot.bench.proof import Offer, Proof
from bot.bench.verdict_money import each
from bot.money import cents
from bot.samples.priced_images import LANE, QUALITY
from bot.slack.frame import LABEL_LETTERS, MOST_STEPS, asking_first, details, framed, run
from bot.slack.message import (
    Block,
    Element,
    Message,
    View,
    bullets,
    button,
    paragraph,
    picture,
    rich,
    section,
    table,
    words,
)
from bot.slack.text import plain
from bot.slack.windows import modal

TITLE_LIMIT, ALT_LIMIT = 200, 1000
COMING = "The pictures are on their way. They stand here in a moment."
PICTURES = "Every picture with its votes and its cost, prompt by prompt."
NO_PICTURES = "The pictures could not be brought to Slack. Close this window and press Pictures again."
AFTER = "after a blind test. A lane that is named goes before it."
KEPT_INSIDE = "A blind test is judged; its verdict is not for all who read here."


def verdict(proof: Proof, by: str = "", *, again: bool = False, file_id: str | None = None) -> Message:
    """`by` is the name of who started it, `file_id` its picture, uploaded."""
    begin, saving = say.choice(proof)
    sentence = say.DEMO if proof.demo else say.sureness(proof)
    grey = say.grey(proof, by, again=again)
    rest = (sentence, begin, saving, *say.costs(proof), grey)
    return framed(
        say.lead(proof),
        *([picture(file_id, alt(proof))] if file_id else []),
        paragraph(sentence, *([words(f" {begin}", bold=True)] if begin else []), *([f" {saving}"] if saving else [])),
        *_table(proof, pictured=bool(file_id)),
        rest=" ".join(part for part in rest if part),
        grey=grey,
        steps=[*_steps(proof)][: MOST_STEPS - 1] + details(f"bench verdict {proof.bench}"),
    )


def _table(proof: Proof, *, pictured: bool) -> list[Block]:
    """What the picture shows stands in it only without one; a demo costs nothing, so its dollars say nothing."""
    shown = [(not pictured, "Kept"), (not proof.demo, "Per kept"), (not proof.demo, "With rejects' time")]
    names = [name for is_shown, name in shown if is_shown]
    if not names:
        return []
    rows = [["Lane", *names]]
    for side in say.ranked(proof):
        cells = {
            "Kept": f"{side.kept} of {side.judged}",
            "Per kept": each(side.accepted_usd),
            "With rejects' time": each(side.effort_usd),
        }
        rows.append([say.called(proof, side.lane), *(cells[name] for name in names)])
    return [table(rows, right=range(1, len(rows[0])))]


def _steps(proof: Proof) -> Iterator[Element]:
    """The next one first: what would decide it, else what was decided."""
    take = [*_take(proof)]
    if proof.verdict.winner is not None:
        yield from take
    elif proof.more:
        yield button(test_label(proof.more), "bench.test", proof.bench)
    if proof.offer:
        yield button(_premium_label(proof.offer), "bench.premium", proof.bench)
    yield button("Pictures", "bench.pictures", proof.bench)
    if proof.verdict.winner is None:
        yield from take


def _take(proof: Proof) -> Iterator[Element]:
    side = proof.usable
    if side is not None:
        name = say.called(proof, side.lane)
        label = f"Use {name}" if len(f"Use {name}") <= LABEL_LETTERS else f"Use {name.rpartition('-')[2]}"
        step, unproven = button(label, "bench.take", proof.bench), say.unproven(proof)
        yield asking_first(step, f"{label}?", unproven, "Use it") if unproven else step


def _premium_label(offer: Offer) -> str:
    return "Test premium…" if offer.total_usd is None else f"Test premium: {cents(offer.total_usd)}"


def details_modal(proof: Proof) -> View:
    """All that stands behind it."""
    blocks = [
        block
        for name, sentences in verdict_details.chapters(proof)
        for block in (paragraph(words(name, bold=True)), rich(bullets(*([one] for one in sentences))))
    ]
    return modal("How this was worked out", blocks)


def pictures_modal(sentence: str, *pictures: Block) -> View:
    return modal("Pictures", [paragraph(sentence), *pictures])


def kept_inside(proof: Proof) -> Message:
    """For a channel where people of another workspace read: no figure, no name."""
    return framed(KEPT_INSIDE, steps=run("Show it to me", f"bench verdict {proof.bench}"))


def title(proof: Proof) -> str:
    """Of its picture."""
    return plain(say.lead(proof), TITLE_LIMIT)


def alt(proof: Proof) -> str:
    """Its picture in words."""
    return plain(f"Kept, with what luck allows. {' '.join(say.costs(proof))}", ALT_LIMIT)


def taken(proof: Proof, person: Element) -> Message:
    """For all in the channel whose pictures are drawn on it from now on; others may read there, so it names no work."""
    side = proof.usable
    name = "" if side is None else f"{side.role or side.model}, {side.quality}"
    is_usual = side is not None and (side.role, side.quality) == (LANE, QUALITY)
    return framed(
        f"From now on pictures here are drawn on {name}.",
        rich(section(person, f" chose that {AFTER}")),
        rest=f"That was chosen {AFTER}",
        steps=[] if is_usual else [button(f"Back to {LANE}", "bench.untake", proof.bench)],
    )


def back(person: Element) -> Message:
    sentence = "Pictures here are drawn on budget again, where no lane is named."
    return framed(sentence, rich(section(person, " took the choice back.")))
