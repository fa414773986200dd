"""Which paid calls are sent again, and how long is waited for it."""

from collections.abc import Callable, Iterator

import pytest

from bot import providers
from bot.pricing.spec import ImageSpec, Size
from bot.providers.openai import OpenAIProvider
from bot.providers.patience import patient
from bot.providers.refusals import retry_after
from tests.kit import cells
from tests.kit import far_openai_trouble as trouble
from tests.kit.far_openai import FarOpenAI
from tests.kit.far_openai_trouble import Trouble
from tests.kit.painting_failures import KEY, WRONG

SPEC = ImageSpec("gpt-image-2.5-flare", "medium", Size(1024, 1024))
PROMPT = "a red kite"
PERSON = "0" * 64


@pytest.fixture
def far() -> Iterator[FarOpenAI]:
    with FarOpenAI(KEY) as server:
        yield server


@pytest.fixture
def provider(far: FarOpenAI) -> OpenAIProvider:
    return OpenAIProvider(KEY, far.base_url, timeout=5)


def test_R29_a_rate_limit_is_sent_again_three_times(far: FarOpenAI, provider: OpenAIProvider) -> None:
    def is_sent_again(limited: Callable[[int], Trouble], times: int, goes_through: bool) -> None:
        pauses: list[float] = []
        posts, billed = len(far.posts), len(far.billed_calls())
        far.next(*[limited(15)] * times)
        if goes_through:
            assert patient(provider, pauses.append).paint(SPEC, PROMPT, PERSON).png
        else:
            with pytest.raises(providers.ProviderBusy):
                patient(provider, pauses.append).paint(SPEC, PROMPT, PERSON)
        assert (len(far.posts) - posts, pauses) == (4, [15, 15, 15])
        assert len(far.billed_calls()) - billed == goes_through

    kinds = [trouble.rate_limited, trouble.slow_down]
    cells.hold([(kind, *edge) for kind in kinds for edge in ((3, True), (4, False))], is_sent_again)


ASKED: list[tuple[int | str | None, list[float]]] = [
    (60, [60]),
    (61, []),
    (30, [30, 30]),
    (31, [31]),
    (20, [20, 20, 20]),
    (21, [21, 21]),
    (None, [2, 4, 8]),
    ("abc", [2, 4, 8]),
    ("99999", []),
    ("0", [0, 0, 0]),
]


def test_R29_it_is_never_waited_beyond_60_seconds(far: FarOpenAI, provider: OpenAIProvider) -> None:
    def is_waited(asked: int | str | None, pauses: list[float]) -> None:
        slept: list[float] = []
        before = len(far.posts)
        far.rule = lambda _: trouble.rate_limited(asked)
        with pytest.raises(providers.ProviderBusy):
            patient(provider, slept.append).paint(SPEC, PROMPT, PERSON)
        assert slept == pauses
        assert len(far.posts) - before == len(pauses) + 1

    cells.hold(ASKED, is_waited)


def test_R33_what_was_not_sent_is_tried_twice_more() -> None:
    slept: list[float] = []
    with pytest.raises(providers.NotSent):
        patient(OpenAIProvider(KEY, "http://no-such-name.invalid/v1"), slept.append).paint(SPEC, PROMPT, PERSON)
    assert slept == [1, 2]


FINAL = {name: each for name, each in WRONG.items() if name not in ("R29 rate limit", "R29 slow down")}


def test_R30_to_R34_nothing_else_is_ever_sent_again(far: FarOpenAI, provider: OpenAIProvider) -> None:
    def is_sent_once(_name: str, wrong: Trouble) -> None:
        slept: list[float] = []
        before = len(far.posts)
        far.rule = lambda _: wrong
        with pytest.raises(providers.PaintingFailed):
            patient(provider, slept.append).paint(SPEC, PROMPT, PERSON)
        assert (len(far.posts) - before, slept) == (1, [])

    cells.hold([(name, each[0]) for name, each in FINAL.items()], is_sent_once)


RETRY_AFTER: list[tuple[dict[str, str], float | None]] = [
    ({}, None),
    ({"retry-after": "7"}, 7.0),
    ({"retry-after": "1.5"}, 1.5),
    ({"retry-after-ms": "250", "retry-after": "7"}, 0.25),
    ({"retry-after": "-1"}, None),
    ({"retry-after": "nan"}, None),
    ({"retry-after": "1e9"}, None),
    ({"retry-after": "٣"}, None),
    ({"retry-after": "Sun, 22 Nov 2026 12:00:00 GMT"}, None),
]


def test_retry_after_is_read_as_a_plain_number_or_not_at_all() -> None:
    cells.agree(RETRY_AFTER, retry_after)
