"""R61 from end to end: a bench of 20 x 3 asks first, is reserved whole or not at all, and stopped it stays equal."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import wiring
from bot.bench import rows_read
from bot.ledger import holds
from bot.ledger.bench_states import BenchState
from bot.playground.people import ANA, STUDIO, TEAM
from bot.settings import Settings
from tests.kit.at_work import nano
from tests.kit.books import House, installed

WINDOW = {"set": "product-shots", "count": "20", "compare": ["premium", "legacy"]}
HALF = "1.00"  # dollars; the whole needs up to about twice as much


def quoted(house: House) -> str:
    """The quote that follows the window; nothing is spent by it."""
    house.slack.command("bench")
    view = house.slack.wait(lambda: house.slack.modal(ANA))
    assert house.slack.submit(view, WINDOW).problems == ()
    house.slack.wait(lambda: house.slack.ephemerals(ANA))
    return house.slack.ephemerals(ANA)[-1].text


def started(house: House) -> str:
    """What is said once Start is pressed."""
    quote = house.slack.ephemerals(ANA)[-1]
    house.slack.press(quote, "bench.start")
    house.slack.wait(lambda: house.slack.ephemerals(ANA)[-1] != quote)
    return house.slack.ephemerals(ANA)[-1].text


def booked(house: House) -> tuple[int, int]:
    assert house.store.read(holds.differences) == []
    left = house.store.read(holds.left, TEAM, wiring.limits(Settings(), datetime.now(UTC)))
    return left.spent_nanousd, left.reserved_nanousd


@pytest.mark.timeout(180)
def test_R61_with_money_for_half_a_bench_says_its_total_asks_and_draws_nothing(sqlite_url: str, tmp_path: Path) -> None:
    with installed(sqlite_url, tmp_path, IMAGELANE_MONTH_LIMIT_USD=HALF) as house:
        house.start()
        quote = quoted(house)
        assert quote.startswith("60 pictures, $1.")
        assert "and $1.00 is left." in quote
        assert "the workspace has $1.00 left" in started(house)
        bench = house.store.read(rows_read.listed, TEAM, 9)[0]
        assert bench.state is BenchState.PLANNED
        assert (booked(house), house.lines(), house.openai.posts) == ((0, 0), [], [])
        assert house.messages() == []


@pytest.mark.timeout(180)
def test_R61_stopped_in_the_middle_it_drops_whole_prompts_and_books_what_was_drawn(
    database_url: str, tmp_path: Path
) -> None:
    with installed(database_url, tmp_path, seconds=0.3, IMAGELANE_PER_MODEL="2") as house:
        house.start()
        quoted(house)
        assert "is being drawn" in started(house)
        (bench,) = house.store.read(rows_read.listed, TEAM, 2)
        bench_id = bench.id
        house.openai.wait(lambda: len(house.openai.posts) >= 15, seconds=60)
        house.slack.command(f"bench stop {bench_id}")
        house.come_to_rest(60)
        bench = house.store.read(rows_read.bench, TEAM, bench_id)
        assert bench.state is BenchState.REVIEWING
        assert 3 <= len(bench.remaining) < 20  # about five calls of each model were made
        assert {prompt.dropped for prompt in bench.prompts if prompt not in bench.remaining} == {"stopped"}
        remain = {prompt.text for prompt in bench.remaining}
        lanes = Counter(post.model for post in house.openai.posts if post.prompt in remain)
        assert {*lanes.values()} == {len(bench.remaining)}
        assert len(lanes) == 3
        assert booked(house) == (nano(str(house.openai.billed_usd())), 0)
        (message,) = house.slack.messages(STUDIO)
        assert f"{20 - len(bench.remaining)} prompts left out" in message.text
