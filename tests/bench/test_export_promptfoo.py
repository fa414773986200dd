"""A sealed bench as promptfoo's results: votes become passes, what counts for no lane is an error, costs are whole."""

import json
from dataclasses import replace
from typing import Any

from bot.bench import rows_votes
from bot.bench.export_promptfoo import results
from bot.bench.outcome import Judged
from bot.bench.plan import Bench, Prompt
from bot.ledger.ledger import Ledger
from bot.ledger.pictures import PictureState
from tests.kit.benches_made import decided, plan


def half(place: int, model: str) -> bool:
    return "sunburst" in model or place < 2


def sealed(store: Ledger) -> tuple[Bench, tuple[Judged, ...]]:
    return store.read(rows_votes.judged, "T1", decided(store, plan(5), half).id)


def document(bench: Bench, images: tuple[Judged, ...]) -> Any:
    return json.loads(json.dumps(results(bench, images)))


def test_a_column_is_a_lane_and_a_cell_a_picture_with_its_votes(store: Ledger) -> None:
    bench, images = sealed(store)
    whole = document(bench, images)
    summary = whole["results"]
    assert (whole["evalId"], summary["version"], whole["shareableUrl"]) == (f"imagelane-{bench.id}", 3, None)
    assert whole["config"]["tests"] == [{"vars": {"prompt": text}} for text in bench.plan.prompts]
    assert [one["id"] for one in whole["config"]["providers"]] == [
        "openai:image:gpt-image-2.5-flare",
        "openai:image:gpt-image-2.5-sunburst",
    ]
    assert (summary["stats"]["successes"], summary["stats"]["failures"], summary["stats"]["errors"]) == (7, 3, 0)
    budget, premium = summary["prompts"]
    assert budget["provider"] == whole["config"]["providers"][0]["label"]
    assert (budget["metrics"]["testPassCount"], premium["metrics"]["testPassCount"]) == (2, 5)
    assert [budget["metrics"]["cost"], premium["metrics"]["cost"]] == [0.1, 0.1]
    cells = {(cell["testIdx"], cell["promptIdx"]): cell for cell in summary["results"]}
    assert [*cells] == [(place, entrant) for place in range(5) for entrant in range(2)]
    kept, rejected = cells[0, 0], cells[4, 0]
    assert (kept["success"], kept["score"], kept["failureReason"], kept["cost"]) == (True, 1.0, 0, 0.02)
    assert (rejected["success"], rejected["score"], rejected["failureReason"]) == (False, 0.0, 1)
    assert rejected["vars"] == {"prompt": bench.plan.prompts[4]} == rejected["testCase"]["vars"]
    (vote,) = rejected["gradingResult"]["componentResults"]
    assert (vote["pass"], vote["assertion"], vote["metadata"]["confidence"]) == (False, {"type": "human"}, 4)
    assert rejected["response"] == {"output": next(i.generation_id for i in images if (i.place, i.entrant) == (4, 0))}


def test_what_counts_for_no_lane_is_an_error_and_its_cost_stays(store: Ledger) -> None:
    bench, images = sealed(store)
    dropped = Prompt(0, bench.prompts[0].text, "refused on premium")
    bench = replace(bench, prompts=(dropped, *bench.prompts[1:]))
    changed = tuple(replace(image, dropped=dropped.dropped) if image.place == 0 else image for image in images)
    lost = replace(images[2], generation_id="lost", attempt=2, stands=False, votes=())
    unseen = replace(images[-1], state=PictureState.BLOCKED, stands=False, votes=())
    whole = document(bench, (*changed[:-1], unseen, lost))
    cells = {(cell["testIdx"], cell["promptIdx"]): cell for cell in whole["results"]["results"]}
    assert whole["results"]["stats"]["errors"] == 3
    assert cells[0, 1]["error"] == "left out on all lanes: refused on premium"
    assert (cells[0, 1]["failureReason"], cells[0, 1]["gradingResult"], cells[0, 1]["cost"]) == (2, None, 0.02)
    assert (cells[4, 1]["error"], cells[4, 1]["response"]) == ("no picture: blocked", None)
    assert (cells[1, 0]["cost"], cells[1, 0]["metadata"]) == (0.04, {"calls": 2})
    assert sum(column["metrics"]["cost"] for column in whole["results"]["prompts"]) == 0.22
