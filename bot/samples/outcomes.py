"""How a call ended, in words: what happened and what it cost. One table, one sentence an end."""

import re
from collections.abc import Mapping, Sequence

from bot import money
from bot.grammar.words import listed
from bot.ledger.pictures import JUDGEABLE, WAITING, Drawing, Generation, PictureState, Tally, Wished
from bot.slack.text import escaped, plain

UNDER_WAY = (*WAITING, PictureState.CALLING)
FAULT = "fault_"  # the reason of a call that the service answered with a fault, before its status
HAPPENED: Mapping[tuple[PictureState, str | None], str] = {
    (PictureState.BLOCKED, None): "The image service's safety rules refused this prompt.",
    (PictureState.FAILED, None): "No picture was drawn.",
    (PictureState.FAILED, "rejected"): "The image service rejected our key or this model.",
    (PictureState.FAILED, "busy"): "The image service stayed busy for a minute.",
    (PictureState.FAILED, "no_money"): "Our image account has no money left or is at its limit.",
    (PictureState.FAILED, "unreachable"): "The image service could not be reached.",
    (PictureState.FAILED, "bad_request"): "The image service did not accept this request.",
    (PictureState.FAILED, "cannot_post"): "I could not post here, so nothing was sent.",
    (PictureState.FAILED, "not_allowed"): "Slack did not tell who asked, so nothing was sent.",
    (PictureState.FAILED, "paused"): "Paid pictures are paused just now.",
    (PictureState.FAILED, "other_painter"): "The image service was switched on or off meanwhile.",
    (PictureState.UNCERTAIN, None): "No answer in time.",
    (PictureState.UNUSABLE, None): "The image service sent no usable picture.",
    (PictureState.UNUSABLE, "not_written"): "The picture was drawn, but I could not store it.",
}
WAITS = {
    PictureState.RESERVED: "Waiting its turn.",
    PictureState.PLACED: "Waiting its turn.",
    PictureState.CALLING: "Being drawn.",
    PictureState.PAID: "Drawn; the picture is on its way here.",
    PictureState.DELIVERED: "Drawn.",
}
NOTHING_CHARGED = "Nothing was charged."
COUNTED = "Perhaps billed: see More."
INVITE = "Nothing was charged. Invite me with /invite @imagelane, or ask in our direct message."
NOT_PLACED = {
    "is_archived": "This channel is archived, so I drew nothing. Nothing was charged.",
    "revoked": "imagelane was removed from this workspace, so I drew nothing. Nothing was charged.",
    "unsure": "Slack did not confirm my message, so I drew nothing. Nothing was charged. Try again in a moment.",
}
IN_THREAD = "thread"  # the reason of a picture that stands below the message, not in it
FILE_TITLE_LIMIT = 200
ALT_LIMIT = 2000
CAPTION_LIMIT = 500
WHAT_LETTERS = 52  # of what was drawn, in a lead
_FAULT = re.compile(rf"{FAULT}([0-9]{{3}})")


def sentence(state: PictureState, reason: str | None, amount_nanousd: int) -> str:
    """`amount_nanousd` is what the ledger holds for it. An unknown `reason` is never shown: it may be foreign."""
    return WAITS.get(state) or f"{_happened(state, reason)} {_money(state, amount_nanousd)}"


def _happened(state: PictureState, reason: str | None) -> str:
    fault = _FAULT.fullmatch(reason or "") if state is PictureState.UNCERTAIN else None
    if fault:
        return f"The image service had a fault ({fault[1]})."
    return HAPPENED.get((state, reason)) or HAPPENED[state, None]


def _money(state: PictureState, amount_nanousd: int) -> str:
    if not amount_nanousd:
        return NOTHING_CHARGED
    billed = "Billed" if state is PictureState.UNUSABLE else "Perhaps billed"
    return f"{billed}: {money.booked(amount_nanousd)}."


def not_placed(code: str) -> str:
    """Why nothing was drawn: Slack's own error code, or `unsure` where it never answered."""
    return NOT_PLACED.get(code, INVITE)


def verdict(tally: Tally) -> str:
    """`kept by 2, rejected by 1: kept`"""
    if tally.verdict is None:
        return "not judged yet"
    sides = ((tally.keep, "kept"), (tally.reject, "rejected"))
    return ", ".join(f"{word} by {count}" for count, word in sides if count) + decided(tally)


def decided(tally: Tally) -> str:
    """What votes of both kinds come to."""
    if not (tally.keep and tally.reject):
        return ""
    tie = ": a tie, so not kept" if tally.keep == tally.reject else ": not kept"
    return ": kept" if tally.keep > tally.reject else tie


def price(generation: Generation) -> str:
    return "demo, $0.00" if generation.demo else money.booked(generation.charged_nanousd)


def name(generation: Generation) -> str:
    """Lane and model, as one says them: budget gpt-image-2.5-flare."""
    return f"{generation.lane} {generation.spec.model}" if generation.lane else generation.spec.model


def called(generation: Generation) -> str:
    """By its lane, or by its model where it was named itself."""
    return generation.lane or generation.spec.model


def looks(generation: Generation) -> str:
    """Quality and size as they came back, else as they were asked for."""
    return f"{quality(generation)}, {generation.returned_size or generation.spec.size}"


def quality(generation: Generation) -> str:
    return generation.returned_quality or generation.spec.quality


def what(generations: Sequence[Generation]) -> str:
    """`budget and premium, medium`, `3 by premium, high`; how many there are, where that is too long."""
    return each_by([(called(one), quality(one)) for one in generations])


def each_by(pictured: Sequence[tuple[str, str]]) -> str:
    """The same of (lane or model, quality)."""
    names, qualities = (list(dict.fromkeys(words)) for words in zip(*pictured, strict=True))
    by, copies = listed(names), len(pictured) // len(names)
    if copies > 1:
        by = f"{copies} by {by}" if len(names) == 1 else f"{copies} each by {by}"
    words = plain(f"{by}, {qualities[0]}" if len(qualities) == 1 else by, 1000)
    return words if len(words) <= WHAT_LETTERS else pictures(len(pictured))


def pictures(count: int) -> str:
    return "a picture" if count == 1 else f"{count} pictures"


def cost(generations: Sequence[Generation]) -> str:
    """Of all of them: one to three figures, a sum to the cent."""
    if all(one.demo for one in generations):
        return free(len(generations))
    return summed([one.charged_nanousd for one in generations])


def result(generations: Sequence[Generation], *, costs: bool = True) -> tuple[str, str]:
    """`Drawn` and `budget, medium, $0.0132.`; a single one that failed has no verb, but what happened."""
    drawn = [one for one in generations if one.state in JUDGEABLE]
    if any(one.state in UNDER_WAY for one in generations):
        price = free(len(generations)) if all(one.demo for one in generations) else expected(generations)
        return "Drawing", _with_cost(what(generations), price, costs)
    if not drawn and len(generations) == 1:
        return "", status(generations[0], costs=costs)
    if not drawn:
        return "Not drawn", f"{what(generations)}."
    part = f"{len(drawn)} of {pictures(len(generations))}"
    return "Drawn", _with_cost(what(generations) if len(drawn) == len(generations) else part, cost(generations), costs)


def known(generation: Generation) -> str:
    """What one picture is and what people think of it, or how it ended without one."""
    if generation.state not in JUDGEABLE:
        return status(generation)
    part = what([generation])
    return f"{part[:1].upper()}{part[1:]}, {cost([generation])}: {verdict(generation.tally)}."


def _with_cost(part: str, price: str, costs: bool) -> str:
    return f"{part}, {price}." if costs else f"{part}."


def free(count: int) -> str:
    return "a demo, $0.00" if count == 1 else "demos, $0.00"


def summed(nanousd: Sequence[int]) -> str:
    return money.booked(nanousd[0]) if len(nanousd) == 1 else money.cents(money.usd(sum(nanousd)))


def expected(pictured: Sequence[Wished | Generation]) -> str:
    """`about $0.0132`; where no price is published, the most it can be."""
    most = any(one.expected_nanousd >= one.reserved_nanousd > 0 for one in pictured)
    total = summed([one.expected_nanousd for one in pictured])
    return f"at most {total}" if most else f"about {total}"


def status(generation: Generation, *, costs: bool = True) -> str:
    """The line under a picture's name: price and verdict, or how it ended without a picture."""
    return _priced(generation) if costs else unpriced(generation)


def unpriced(generation: Generation) -> str:
    """The same where people of another workspace read: no amount stands in it."""
    state = generation.state
    if is_shown(generation):
        return f"{verdict(generation.tally).capitalize()}.{elsewhere(generation.reason or '')}"
    if state in WAITS:
        return WAITS[state]
    return f"{_happened(state, generation.reason)} {COUNTED if generation.charged_nanousd else NOTHING_CHARGED}"


def is_shown(generation: Generation) -> bool:
    """Its picture stands in the message, or went elsewhere."""
    return generation.state in JUDGEABLE and (
        generation.file_id is not None or generation.state is PictureState.DELIVERED
    )


def _priced(generation: Generation) -> str:
    if is_shown(generation):
        return f"{price(generation)}. {unpriced(generation)}"
    if generation.state in JUDGEABLE:
        return f"{price(generation)}. {WAITS[generation.state]}"
    if generation.state in HAPPENED_STATES:
        return sentence(generation.state, generation.reason, generation.charged_nanousd)
    return f"{WAITS[generation.state]} Expected: {free(1) if generation.demo else expected([generation])}."


def elsewhere(reason: str) -> str:
    if reason.startswith("moved:"):
        return " It went to the person who asked."
    return " It is in the thread below." if reason == IN_THREAD else ""


HAPPENED_STATES = frozenset(state for state, _ in HAPPENED)


# Words that go with the file itself


def title(generation: Generation) -> str:
    return plain(f"{name(generation)}, {looks(generation)}", FILE_TITLE_LIMIT)


def alt_text(drawing: Drawing, generation: Generation) -> str:
    """For screen readers: what it was drawn by, and from which words."""
    demo = "Demo picture" if generation.demo else "Picture"
    return plain(f"{demo} by {name(generation)}, {looks(generation)}. Prompt: {drawing.prompt}", ALT_LIMIT)


def caption(generation: Generation) -> str:
    """A line for Slack to read as mrkdwn, so escaped."""
    return escaped(f"{name(generation)}, {looks(generation)}, {price(generation)}.", CAPTION_LIMIT)
