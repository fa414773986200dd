"""What is held for one call is never less than what the service may count for it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.ledger.ledger import Ledger
from tests.kit.at_work import AtWork, at_work
from tests.kit.far_openai_trouble import Trouble

IMAGE_TOKENS = 439  # a medium square of gpt-image-2.5-flare, at 30,000 nano-dollars each
TEXT_NANOUSD = 5_000  # for each text token


@pytest.fixture
def work(store: Ledger, tmp_path: Path) -> Iterator[AtWork]:
    with at_work(store, tmp_path) as work:
        yield work


def counted(text_tokens: int) -> Trouble:
    usage = {"input_tokens": text_tokens, "output_tokens": IMAGE_TOKENS, "total_tokens": text_tokens + IMAGE_TOKENS}

    def bend(body: dict[str, Any]) -> dict[str, Any]:
        return {**body, "usage": usage}

    return Trouble(True, bend=bend)


@pytest.mark.parametrize("prompt", ["a", "é", "a red kite over the sea " * 40])
@pytest.mark.parametrize("overhead", [6, 100])
def test_K12_R111_a_hold_covers_a_hundred_text_tokens_of_the_service_itself(
    work: AtWork, prompt: str, overhead: int
) -> None:
    work.openai.next(counted(len(prompt.encode()) + overhead))
    (row,) = work.drawn(prompt).generations
    assert row.charged_nanousd == IMAGE_TOKENS * 30_000 + (len(prompt.encode()) + overhead) * TEXT_NANOUSD
    assert row.charged_nanousd <= row.reserved_nanousd
    assert row.reserved_nanousd - row.charged_nanousd == (100 - overhead) * TEXT_NANOUSD


def test_K12_R111_what_is_counted_beyond_the_hold_is_booked_as_it_is(work: AtWork) -> None:
    work.openai.next(counted(1 + 101))
    (row,) = work.drawn("a").generations
    assert row.charged_nanousd - row.reserved_nanousd == TEXT_NANOUSD
    assert work.booked() == (row.charged_nanousd, 0)
