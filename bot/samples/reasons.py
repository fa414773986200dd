"""Why a picture was rejected: chips and a note, kept as one line of words."""

from collections.abc import Collection

from bot.slack.message import Block
from bot.slack.windows import chips_input, option

REASONS = (
    ("prompt", "Not what the prompt says"),
    ("quality", "Flaws in the picture"),
    ("style", "Wrong style or colours"),
    ("text", "Words in it are wrong"),
)
JOINT = "; "


def chips(name: str, label: str, ticked: Collection[str] = ()) -> Block:
    """Their values come back under `name`."""
    return chips_input(name, label, [option(text, value) for value, text in REASONS], ticked)


def joined(ticked: Collection[str], note: str) -> str | None:
    """prompt; style; the kite is a bird. None where nothing was said."""
    said = [value for value, _ in REASONS if value in ticked] + ([note] if note else [])
    return JOINT.join(said) or None


def parted(reason: str | None) -> tuple[tuple[str, ...], str]:
    """The chips and the note it was joined from."""
    known, words = {value for value, _ in REASONS}, (reason or "").split(JOINT)
    ticked = []
    while words and words[0] in known and words[0] not in ticked:
        ticked.append(words.pop(0))
    return tuple(ticked), JOINT.join(words)
