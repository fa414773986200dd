"""How a call ended, in words: what happened, what it cost, what was not done. One table, one sentence an end."""

from collections.abc import Mapping

from bot import money
from bot.ledger.pictures import JUDGEABLE, Drawing, Generation, PictureState, Tally
from bot.slack.text import escaped, plain

HAPPENED: Mapping[tuple[PictureState, str | None], str] = {
    (PictureState.BLOCKED, None): (
        "The image service refused this prompt under its safety rules. No image; it was not tried again."
    ),
    (PictureState.FAILED, None): "No picture was drawn.",
    (PictureState.FAILED, "rejected"): "The image service rejected our key/model.",
    (PictureState.FAILED, "busy"): "The image service is busy: I asked for a minute, then stopped.",
    (PictureState.FAILED, "no_money"): "The image service says our account has no money left or is at its limit.",
    (PictureState.FAILED, "unreachable"): "The image service could not be reached, so nothing was sent.",
    (PictureState.FAILED, "bad_request"): "The image service did not accept this request.",
    (PictureState.FAILED, "cannot_post"): "I could not post here, so nothing was sent.",
    (PictureState.FAILED, "not_allowed"): "Slack did not say that who asked is a member here, so nothing was sent.",
    (PictureState.FAILED, "paused"): "Paid pictures are paused just now, so nothing was sent.",
    (PictureState.FAILED, "other_painter"): "The image service was switched on or off meanwhile, so nothing was drawn.",
    (PictureState.UNCERTAIN, None): "No answer in time.",
    (PictureState.UNUSABLE, None): "The image service sent an answer without a usable picture.",
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
COUNTED = "What it may have cost stands in Details."
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


def sentence(state: PictureState, reason: str | None, amount_nanousd: int) -> str:
    """`amount_nanousd` is what the ledger holds for it. An unknown `reason` is never shown: it may be foreign."""
    if state in WAITS:
        return WAITS[state]
    happened = HAPPENED.get((state, reason)) or HAPPENED[state, None]
    return f"{happened} {_money(state, amount_nanousd)}"


def _money(state: PictureState, amount_nanousd: int) -> str:
    if not amount_nanousd:
        return NOTHING_CHARGED
    about = money.booked(amount_nanousd)
    if state is PictureState.BLOCKED:
        return f"It may have cost about {about}, which I have counted."
    if state is PictureState.UNUSABLE:
        return f"It cost about {about}, which I have counted. I did not try again."
    return f"It may have cost about {about}, which I have counted. I did not try again."


def not_placed(code: str) -> str:
    """Why nothing was drawn: Slack's own error code, or `unsure` where it never answered."""
    return NOT_PLACED.get(code, INVITE)


def verdict(tally: Tally) -> str:
    if tally.verdict is None:
        return "not judged yet"
    word = "kept" if tally.verdict == "kept" else "not kept"
    return f"{tally.keep} kept, {tally.reject} rejected: {word}"


def price(generation: Generation) -> str:
    return "demo, $0.00" if generation.demo else money.booked(generation.charged_nanousd)


def name(generation: Generation) -> str:
    """Lane and model, as one says them: budget gpt-image-2.5-flare."""
    return f"{generation.lane} {generation.spec.model}" if generation.lane else generation.spec.model


def looks(generation: Generation) -> str:
    """Quality and size as they came back, else as they were asked for."""
    spec = generation.spec
    return f"{generation.returned_quality or spec.quality}, {generation.returned_size or spec.size}"


def status(generation: Generation, *, costs: bool = True) -> str:
    """The line under a picture's name: price and verdict, or how it ended without a picture."""
    return _priced(generation) if costs else _unpriced(generation)


def _unpriced(generation: Generation) -> str:
    """The same where people of another workspace read: no amount stands in it."""
    state = generation.state
    if state in JUDGEABLE and (generation.file_id or state is PictureState.DELIVERED):
        return f"{verdict(generation.tally).capitalize()}.{_elsewhere(generation.reason or '')}"
    if state in WAITS:
        return WAITS[state]
    happened = HAPPENED.get((state, generation.reason)) or HAPPENED[state, None]
    return f"{happened} {COUNTED if generation.charged_nanousd else NOTHING_CHARGED}"


def _priced(generation: Generation) -> str:
    if generation.state in JUDGEABLE and (generation.file_id or generation.state is PictureState.DELIVERED):
        line = f"{price(generation)}. {verdict(generation.tally).capitalize()}."
        return f"{line}{_elsewhere(generation.reason or '')}"
    if generation.state in JUDGEABLE:
        return f"{price(generation)}. {sentence(generation.state, None, 0)}"
    if generation.state in HAPPENED_STATES:
        return sentence(generation.state, generation.reason, generation.charged_nanousd)
    return f"{sentence(generation.state, None, 0)} Expected cost {_expected(generation)}."


def _expected(generation: Generation) -> str:
    return "$0.00, it is a demo" if generation.demo else money.booked(generation.expected_nanousd)


def _elsewhere(reason: str) -> str:
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
