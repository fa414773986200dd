"""The image API outwards, against a local one with a bill: one paid call, and what is known when it goes wrong."""

import logging
import socket
import subprocess
import sys
import traceback
from collections.abc import Iterator

import pytest

from bot import providers
from bot.playground.loopback import Answer, Loopback, Request
from bot.pricing.spec import ImageSpec, Size
from bot.pricing.usage import Usage
from bot.providers.openai import OpenAIProvider
from tests.kit import cells
from tests.kit import far_openai_trouble as trouble
from tests.kit.far_openai import FarOpenAI
from tests.kit.far_openai_trouble import Trouble
from tests.kit.painting_failures import KEY, WRONG

SPEC = ImageSpec("gpt-image-2.5-flare", "medium", Size(1024, 1024))
PROMPT = "canary-prompt a red kite"
PERSON = providers.person_hash(b"secret", "T1", "U1")


@pytest.fixture
def far() -> Iterator[FarOpenAI]:
    with FarOpenAI(KEY) as server:
        yield server


@pytest.fixture
def provider(far: FarOpenAI) -> OpenAIProvider:
    return OpenAIProvider(KEY, far.base_url, timeout=5)


def test_a_painting_carries_picture_usage_and_what_was_returned(far: FarOpenAI, provider: OpenAIProvider) -> None:
    painting = provider.paint(SPEC, PROMPT, PERSON)
    [billed] = far.billed_calls()
    assert painting.png.startswith(b"\x89PNG")
    assert painting.usage == Usage(text_in=billed.text_tokens, image_out=billed.image_tokens)
    assert (painting.returned_quality, painting.returned_size) == ("medium", "1024x1024")
    assert painting.request_id == billed.request_id


def test_quality_and_size_are_always_named_and_the_person_is_a_hash(far: FarOpenAI, provider: OpenAIProvider) -> None:
    provider.paint(SPEC, PROMPT, PERSON)
    [post] = far.posts
    assert post.body == {
        "model": "gpt-image-2.5-flare",
        "prompt": PROMPT,
        "n": 1,
        "quality": "medium",
        "size": "1024x1024",
        "output_format": "png",
        "safety_identifier": PERSON,
    }
    assert post.headers["authorization"] == f"Bearer {KEY}"


def test_the_hash_of_a_person_is_steady_keyed_and_short_enough() -> None:
    assert providers.person_hash(b"secret", "T1", "U1") == PERSON
    others = [(b"other", "T1", "U1"), (b"secret", "T2", "U1"), (b"secret", "T1", "U2"), (b"secret", "T1U", "1")]
    assert PERSON not in {providers.person_hash(*other) for other in others}
    assert len(PERSON) == 64
    assert "U1" not in PERSON


def test_the_answer_names_what_was_drawn_when_it_is_not_what_was_asked(
    far: FarOpenAI, provider: OpenAIProvider
) -> None:
    far.next(trouble.other_spec(quality="low"), trouble.holds(trouble.png_saying(1536, 1024)))
    assert provider.paint(SPEC, PROMPT, PERSON).returned_quality == "low"
    assert provider.paint(SPEC, PROMPT, PERSON).returned_size == "1536x1024"


def test_a_picture_without_usable_usage_is_still_a_picture(far: FarOpenAI, provider: OpenAIProvider) -> None:
    far.next(trouble.no_usage(), trouble.other_spec(usage="free"))
    assert provider.paint(SPEC, PROMPT, PERSON).usage is None
    assert provider.paint(SPEC, PROMPT, PERSON).usage is None


def test_usage_without_output_details_counts_all_output_as_image(far: FarOpenAI, provider: OpenAIProvider) -> None:
    far.next(trouble.no_output_details())
    usage = provider.paint(SPEC, PROMPT, PERSON).usage
    assert usage is not None
    assert (usage.image_out, usage.text_out) == (far.billed_calls()[0].image_tokens, 0)


# R27 to R34: one POST each, and what is known about the bill


def test_R27_to_R34_and_R81_a_failure_is_one_post_says_what_is_known_of_the_bill_and_tells_no_secret(
    far: FarOpenAI, provider: OpenAIProvider, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    def fails_so(_name: str, wrong: Trouble, kind: type[providers.PaintingFailed], billed: str) -> None:
        caplog.clear()
        before = len(far.posts)
        far.rule = lambda _: wrong
        with pytest.raises(providers.PaintingFailed) as failed:
            provider.paint(SPEC, PROMPT, PERSON)
        assert (type(failed.value), failed.value.billed) == (kind, billed)
        assert len(far.posts) == before + 1
        written = "".join(traceback.format_exception(failed.value)) + repr(vars(failed.value)) + caplog.text
        assert "canary" not in written

    cells.hold([(name, *each) for name, each in WRONG.items()], fails_so)


def test_R27_a_block_tells_its_stage(far: FarOpenAI, provider: OpenAIProvider) -> None:
    def tells(stage: str) -> None:
        far.next(trouble.blocked(stage))
        with pytest.raises(providers.ImageBlocked) as blocked:
            provider.paint(SPEC, PROMPT, PERSON)
        assert blocked.value.stage == stage

    cells.hold(["input", "output"], tells)


NO_PICTURES = {name: wrong for name, (wrong, kind, _) in WRONG.items() if kind is providers.NoPicture}


def test_R34_what_was_billed_for_no_picture_is_carried_along(far: FarOpenAI, provider: OpenAIProvider) -> None:
    def is_carried_along(name: str, wrong: Trouble) -> None:
        far.next(wrong)
        with pytest.raises(providers.NoPicture) as failed:
            provider.paint(SPEC, PROMPT, PERSON)
        billed = far.billed_calls()[-1]
        usage = Usage(text_in=billed.text_tokens, image_out=billed.image_tokens)
        assert failed.value.usage == (None if name in ("R34 html page", "R34 nothing") else usage)
        assert failed.value.request_id == billed.request_id

    cells.hold(NO_PICTURES.items(), is_carried_along)


def test_R32_a_time_out_after_sending_is_unclear_and_one_post(far: FarOpenAI) -> None:
    far.next(trouble.hangs())
    with pytest.raises(providers.Unclear, match="timeout"):
        OpenAIProvider(KEY, far.base_url, timeout=0.3).paint(SPEC, PROMPT, PERSON)
    assert len(far.posts) == len(far.billed_calls()) == 1


def test_R32_an_answer_that_drips_past_the_limit_is_a_time_out(far: FarOpenAI) -> None:
    ticks = iter(range(0, 10_000, 4))
    slow = OpenAIProvider(KEY, far.base_url, timeout=5, clock=lambda: next(ticks))
    far.next(trouble.holds(bytes(300_000)))
    with pytest.raises(providers.Unclear, match="timeout"):
        slow.paint(SPEC, PROMPT, PERSON)


@pytest.mark.parametrize(("room", "too_long"), [(-1, True), (0, False)])
def test_R34_an_answer_over_the_limit_is_not_read_on(far: FarOpenAI, room: int, too_long: bool) -> None:
    length = len(_answer_of(far))
    bounded = OpenAIProvider(KEY, far.base_url, timeout=5, most_bytes=length + room)
    if too_long:
        with pytest.raises(providers.NoPicture, match="too long"):
            bounded.paint(SPEC, PROMPT, PERSON)
    else:
        bounded.paint(SPEC, PROMPT, PERSON)


def _answer_of(far: FarOpenAI) -> bytes:
    import httpx2

    answer = httpx2.post(
        f"{far.base_url}/images/generations",
        headers={"Authorization": f"Bearer {KEY}"},
        json={"model": SPEC.model, "prompt": PROMPT, "n": 1, "quality": SPEC.quality, "size": str(SPEC.size)},
    )
    return answer.content


def test_R33_a_refused_connection_is_surely_not_sent() -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))  # bound, not listening: whoever connects is refused
        port = held.getsockname()[1]
        with pytest.raises(providers.NotSent):
            OpenAIProvider(KEY, f"http://127.0.0.1:{port}/v1").paint(SPEC, PROMPT, PERSON)


def test_R33_an_unknown_name_is_surely_not_sent() -> None:
    with pytest.raises(providers.NotSent):
        OpenAIProvider(KEY, "http://no-such-name.invalid/v1").paint(SPEC, PROMPT, PERSON)


def test_what_cannot_be_encoded_is_not_sent_and_not_repeated(far: FarOpenAI) -> None:
    for key, prompt in [(KEY, "canary \ud800 kite"), (f"{KEY}\x00", PROMPT), (f"{KEY}é", PROMPT)]:
        with pytest.raises(providers.BadRequest) as failed:
            OpenAIProvider(key, far.base_url).paint(SPEC, prompt, PERSON)
        assert "canary" not in "".join(traceback.format_exception(failed.value))
    assert far.posts == []


def test_an_image_service_on_this_machine_is_not_asked_through_a_proxy(
    far: FarOpenAI, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert OpenAIProvider(KEY, far.base_url, timeout=5).paint(SPEC, PROMPT, PERSON).png


def test_R74_no_redirect_is_followed(far: FarOpenAI, provider: OpenAIProvider) -> None:
    knocks: list[Request] = []

    def stranger(request: Request) -> Answer:
        knocks.append(request)
        return Answer(200, b"{}")

    with Loopback(stranger, now=lambda: 1.8e9) as elsewhere:

        def is_not_followed(status: int) -> None:
            there = Answer(status, b"", {"Location": f"{elsewhere.url}/v1/images/generations"})
            far.next(Trouble(False, there))
            with pytest.raises(providers.ProviderRefused):
                provider.paint(SPEC, PROMPT, PERSON)
            assert knocks == []

        cells.hold([301, 302, 307, 308], is_not_followed)


def test_the_client_is_imported_with_the_first_picture_and_not_before() -> None:
    script = (
        "import sys; from bot.providers.openai import OpenAIProvider; OpenAIProvider('sk-sample');"
        "print('openai' in sys.modules, 'httpx2' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
