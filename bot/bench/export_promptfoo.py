"""A sealed bench in the shape of promptfoo's results, version 3: a column is a lane, a row a prompt, a cell a picture.

Read from its reference on 2026-11-28: OutputFile, EvaluateSummaryV3, EvaluateResult, CompletedPrompt.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.bench.outcome import Judged
from bot.bench.plan import Bench
from bot.bench.prompt_templates import PASSED_ON
from bot.ledger.pictures import Vote
from bot.money import usd

VERSION = 3
PASSED, FAILED, ERROR = 0, 1, 2  # failureReason
NOT_MEASURED: dict[str, Any] = {"latencyMs": 0, "tokenUsage": {}}  # a bench keeps neither
Json = dict[str, Any]


@dataclass(frozen=True)
class ResultCell:
    """All calls for one prompt on one entrant, and the picture of them that was judged."""

    place: int
    entrant: int
    calls: tuple[Judged, ...]

    @property
    def image(self) -> Judged | None:
        return next((call for call in self.calls if call.stands), None)

    @property
    def usd(self) -> float:
        """A float because promptfoo's is one: of nine decimals at most, so it is written as it is."""
        return float(usd(sum(call.charged_nanousd for call in self.calls)))

    @property
    def error(self) -> str | None:
        if self.image is None:
            return f"no picture: {self.calls[-1].state}"
        return None if self.image.dropped is None else f"left out on all lanes: {self.image.dropped}"

    @property
    def failure(self) -> int:
        if self.error is not None or self.image is None:
            return ERROR
        return PASSED if self.image.kept else FAILED

    @property
    def score(self) -> float:
        """The part of the votes that keep it."""
        votes = self.image.votes if self.image is not None and self.error is None else ()
        return sum(vote.verdict == "keep" for vote in votes) / len(votes) if votes else 0


def results(bench: Bench, images: Sequence[Judged]) -> Json:
    """As JSON; a column is an entrant, in the order of the plan."""
    cells = _cells(images)
    ended_at = (bench.ended_at or bench.created_at).isoformat()
    summary = {
        "version": VERSION,
        "timestamp": ended_at,
        "prompts": [_column(bench, n, cells) for n in range(len(bench.plan.entrants))],
        "results": [_result(bench, cell) for cell in cells],
        "stats": dict(zip(("successes", "failures", "errors"), _counts(cells), strict=True)) | {"tokenUsage": {}},
    }
    origin = {"exportedBy": "imagelane", "evaluationCreatedAt": bench.created_at.isoformat(), "demo": bench.demo}
    return {
        "evalId": f"imagelane-{bench.id}",
        "results": summary,
        "config": _config(bench),
        "shareableUrl": None,
        "vars": ["prompt"],
        "metadata": origin,
    }


def _cells(images: Sequence[Judged]) -> tuple[ResultCell, ...]:
    """Those that were called for, prompt by prompt."""
    by_cell: dict[tuple[int, int], list[Judged]] = {}
    for image in images:
        by_cell.setdefault((image.place, image.entrant), []).append(image)
    return tuple(ResultCell(*key, tuple(by_cell[key])) for key in sorted(by_cell))


def _counts(cells: Sequence[ResultCell]) -> tuple[int, int, int]:
    failures = [cell.failure for cell in cells]
    return failures.count(PASSED), failures.count(FAILED), failures.count(ERROR)


def _config(bench: Bench) -> Json:
    """What promptfoo would be given to draw the same."""
    providers = [
        {**_provider(bench, n), "config": {"size": str(one.spec.size), "quality": one.spec.quality}}
        for n, one in enumerate(bench.plan.entrants)
    ]
    return {
        "description": f"Blind test of {bench.plan.kind}",
        "prompts": [PASSED_ON],
        "providers": providers,
        "tests": [{"vars": {"prompt": prompt.text}} for prompt in bench.prompts],
    }


def _provider(bench: Bench, entrant: int) -> Json:
    one = bench.plan.entrants[entrant]
    label = f"{one.lane}: {one.spec}" if one.lane else f"{one.spec}"
    return {"id": f"openai:image:{one.spec.model}", "label": label}


def _column(bench: Bench, entrant: int, cells: Sequence[ResultCell]) -> Json:
    mine = [cell for cell in cells if cell.entrant == entrant]
    counts = zip(("testPassCount", "testFailCount", "testErrorCount"), _counts(mine), strict=True)
    metrics = {
        "score": sum(cell.score for cell in mine),
        **dict(counts),
        "assertPassCount": sum(_votes(cell, "keep") for cell in mine),
        "assertFailCount": sum(_votes(cell, "reject") for cell in mine),
        "totalLatencyMs": NOT_MEASURED["latencyMs"],
        "tokenUsage": NOT_MEASURED["tokenUsage"],
        "namedScores": {},
        "namedScoresCount": {},
        "cost": float(usd(sum(call.charged_nanousd for cell in mine for call in cell.calls))),
    }
    return {"raw": PASSED_ON, "label": PASSED_ON, "provider": _provider(bench, entrant)["label"], "metrics": metrics}


def _votes(cell: ResultCell, verdict: str) -> int:
    return sum(vote.verdict == verdict for vote in cell.image.votes) if cell.image and cell.error is None else 0


def _result(bench: Bench, cell: ResultCell) -> Json:
    prompt = bench.prompts[cell.place].text
    image = cell.image
    return {
        "promptIdx": cell.entrant,
        "testIdx": cell.place,
        "promptId": f"imagelane-{bench.id}-{cell.entrant}",
        "testCase": {"vars": {"prompt": prompt}},
        "provider": _provider(bench, cell.entrant),
        "prompt": {"raw": prompt, "label": PASSED_ON},
        "vars": {"prompt": prompt},
        "response": None if image is None else {"output": image.generation_id},
        "error": cell.error,
        "failureReason": cell.failure,
        "success": cell.failure == PASSED,
        "score": cell.score,
        "gradingResult": None if image is None or cell.error else _grading(cell, image),
        "namedScores": {},
        "cost": cell.usd,
        "metadata": {"calls": len(cell.calls)},
        **NOT_MEASURED,
    }


def _grading(cell: ResultCell, image: Judged) -> Json:
    keeps = _votes(cell, "keep")
    return {
        "pass": image.kept,
        "score": cell.score,
        "reason": f"kept by {keeps} of {len(image.votes)}",
        "componentResults": [_vote(vote) for vote in image.votes],
    }


def _vote(vote: Vote) -> Json:
    keep = vote.verdict == "keep"
    return {
        "pass": keep,
        "score": int(keep),
        "reason": vote.reason or vote.verdict,
        "assertion": {"type": "human"},
        "metadata": {"reviewer": vote.person_id, "confidence": vote.confidence, "votedAt": vote.at.isoformat()},
    }
