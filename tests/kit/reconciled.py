"""After everything went wrong: what the far ends saw, against the books, the disk and what people can read."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from bot.ledger import holds
from bot.ledger.pictures import JUDGEABLE, PictureState
from bot.money import nanousd
from bot.playground.people import ANA
from tests.kit.books import House, Line
from tests.kit.chaos import Ring
from tests.kit.far_openai import Post

NEVER_PLACED = "Slack did not confirm my message"


@dataclass(frozen=True)
class Found:
    """What does not add up, each as a sentence; `counts` to be read by people."""

    wrong: tuple[str, ...]
    counts: Counter[str]


def reconciled(ring: Ring) -> Found:
    house = ring.house
    lines = house.lines()
    wrong = [*house.store.read(holds.differences)]
    wrong += [f"paid twice: {prompt}" for prompt in house.openai.double_billed()]
    wrong += [f"paid and in no book: {post.prompt} {post.model}" for post in unbooked(house, lines)]
    for line in lines:
        wrong += [f"{fault}: {line.drawing.prompt} {line.row}" for fault in faults_of(ring, line)]
    wrong += [f"acked and in no book: {prompt}" for prompt in lost(ring, lines)]
    unplaced, words = not_placed(house, lines)
    wrong += [f"{unplaced} without a message, {words} told so"] * (words < unplaced)
    return Found(tuple(wrong), counts(ring, lines))


def counts(ring: Ring, lines: list[Line]) -> Counter[str]:
    found = Counter(line.row.state.value for line in lines)
    found["commands"] = len(ring.replies)
    found["answered"] = sum(reply.status == 200 for reply in ring.replies.values())
    found["paid calls"] = len(ring.house.openai.billed_calls())
    return found


def lost(ring: Ring, lines: list[Line]) -> list[str]:
    """Commands that were answered as taken."""
    known = {line.drawing.prompt for line in lines}
    taken = [prompt for prompt, reply in ring.replies.items() if reply.text.startswith("Drawing ")]
    return [prompt for prompt in taken if prompt not in known]


def not_placed(house: House, lines: list[Line]) -> tuple[int, int]:
    """Drawings without a message, and how often somebody was told of one."""
    said = [one.text for one in (*house.slack.ephemerals(ANA), *house.slack.messages())]
    unplaced = {line.drawing.id for line in lines if line.drawing.message_ts is None}
    return len(unplaced), sum(NEVER_PLACED in text for text in said)


def unbooked(house: House, lines: list[Line]) -> list[Post]:
    rows = {(line.drawing.prompt, line.row.spec.model) for line in lines if line.kinds}
    return [post for post in house.openai.posts if post.billed and (post.prompt, post.model) not in rows]


def faults_of(ring: Ring, line: Line) -> list[str]:
    """Of one picture: its money, its file, and whether its person knows."""
    house, row = ring.house, line.row
    posts = [post for post in house.openai.calls_for(line.drawing.prompt) if post.model == row.spec.model]
    billed = [each.usd for each in house.openai.billed_for(line.drawing.prompt) if each.model == row.spec.model]
    over = row.charged_nanousd - nanousd(sum(billed, start=Decimal(0)))
    pictured = row.state in JUDGEABLE
    kept = (ring.pictures / row.team_id / f"{row.id}.png").exists()
    checks = {
        "not at its end": row.state not in (*JUDGEABLE, PictureState.FAILED, PictureState.UNCERTAIN),
        "under the bill": over < 0,
        "over the bill": over > 0 and row.state is not PictureState.UNCERTAIN,
        "not what was held": row.state is PictureState.UNCERTAIN and row.charged_nanousd != row.reserved_nanousd,
        "no file": pictured and not kept,
        "received and not kept": not pictured and received(posts) and row.id not in ring.calling,
        "nobody was shown it": pictured and not seen(house, line),
        "nobody was told": not pictured and not told(house, line),
    }
    return [name for name, so in checks.items() if so]


def received(posts: list[Post]) -> bool:
    """The far end gave a whole picture; where the process that waited for it was killed, nobody had it."""
    return any(post.status == 200 for post in posts)


def seen(house: House, line: Line) -> bool:
    """In its message, below it, or in person."""
    file = house.slack.workspace.files.get(line.row.file_id or "")
    shown = [block["slack_file"]["id"] for one in house.messages() for block in one.blocks if block["type"] == "image"]
    names = {f"{line.row.id}.png"}
    shared = [one for one in house.slack.workspace.files.values() if one.name in names and one.shared_in]
    return line.row.file_id in shown or bool(shared) or bool(file and file.shared_in)


def told(house: House, line: Line) -> bool:
    """Its message says how it ended; those without a message are counted as a whole."""
    if line.drawing.message_ts is None:
        return True
    words = house.message(line)
    return "Waiting its turn" not in words and "Being drawn" not in words
