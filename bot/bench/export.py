"""A sealed bench as CSV that no spreadsheet runs: one row for each vote, and for each call that has none."""

import csv
from collections.abc import Sequence
from typing import TextIO

from bot.bench.letters import LETTERS, order
from bot.bench.outcome import Judged
from bot.bench.plan import Bench
from bot.ledger.pictures import Vote
from bot.money import usd
from bot.printing.spreadsheets import safe

HEADER = (
    *("bench", "kind", "prompt_no", "prompt", "lane", "model", "quality", "size", "image", "attempt", "state"),
    *("usd", "counted", "dropped", "kept", "reviewer", "vote", "confidence", "reason", "letter", "voted_at"),
)


def write(bench: Bench, images: Sequence[Judged], to: TextIO) -> int:
    """How many rows. Opened with newline="": the line ends are ours."""
    out, count = csv.writer(to, lineterminator="\r\n"), 0
    out.writerow(HEADER)
    for image in images:
        for vote in image.votes or (None,):
            out.writerow([*_of_image(bench, image), *_of_vote(bench, image, vote)])
            count += 1
    return count


def _of_image(bench: Bench, image: Judged) -> list[str | int | None]:
    entrant = bench.plan.entrants[image.entrant]
    return [
        *(bench.id, safe(bench.plan.kind), image.place + 1, safe(bench.prompts[image.place].text)),
        *(entrant.lane, entrant.spec.model, entrant.spec.quality, str(entrant.spec.size)),
        *(image.generation_id, image.attempt, image.state, f"{usd(image.charged_nanousd):f}"),
        *("yes" if image.counted else "no", image.dropped),
        ("yes" if image.kept else "no") if image.counted else None,
    ]


def _of_vote(bench: Bench, image: Judged, vote: Vote | None) -> list[str | int | None]:
    if vote is None:
        return [None] * 6
    letters_of = order(bench.seed, vote.person_id, image.place, len(bench.plan.entrants))
    letter = LETTERS[letters_of.index(image.entrant)]
    vote_cells = (safe(vote.person_id), vote.verdict, vote.confidence, safe(vote.reason or ""))
    return [*vote_cells, letter, vote.at.isoformat()]
