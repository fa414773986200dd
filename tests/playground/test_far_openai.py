"""The far end of the image API, asked by the real openai client."""

import base64
import io
import socket
import threading
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

import openai
import pytest
from PIL import Image

from tests.kit import cells
from tests.kit import far_openai_prices as prices
from tests.kit import far_openai_trouble as trouble
from tests.kit.far_openai import FarOpenAI


@pytest.fixture
def far() -> Iterator[FarOpenAI]:
    with FarOpenAI() as server:
        yield server


@pytest.fixture
def client(far: FarOpenAI) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(api_key=far.key, base_url=far.base_url, max_retries=0, timeout=5) as made:
        yield made


def draw(client: openai.OpenAI, prompt: str = "a red kite", **changed: Any) -> Any:
    asked = {"model": "gpt-image-2.5-flare", "quality": "medium", "size": "1024x1024", "n": 1, "prompt": prompt}
    return client.images.generate(**{**asked, **changed})


def test_a_picture_comes_with_its_usage_and_one_line_on_the_bill(far: FarOpenAI, client: openai.OpenAI) -> None:
    answer = draw(client, size="1536x1024", quality="low")
    with Image.open(io.BytesIO(base64.b64decode(answer.data[0].b64_json))) as picture:
        assert (picture.format, picture.size) == ("PNG", (1536, 1024))
    assert (answer.usage.input_tokens, answer.usage.output_tokens, answer.usage.total_tokens) == (3, 158, 161)
    [billed] = far.billed_for("a red kite")
    assert (billed.text_tokens, billed.image_tokens, billed.usd) == (3, 158, Decimal("0.004755"))
    assert [post.billed for post in far.posts] == [True]
    assert answer._request_id == billed.request_id


POINTS = [
    ("gpt-image-1-mini", "high", "1024x1536", 6240),
    ("gpt-image-2", "low", "1024x1024", 196),
    ("gpt-image-2", "medium", "1024x1024", 1756),
    ("gpt-image-2", "low", "1024x800", 136),
    ("gpt-image-2.5-flare", "max", "1024x1024", 7024),
    ("gpt-image-2.5-sunburst", "xhigh", "1024x1024", 3122),
    ("gpt-image-2.5-sunburst", "high", "3840x2160", 3336),
    ("gpt-image-2.6-flare", "low", "1536x1024", 632),
]


def test_the_bill_knows_the_published_points() -> None:
    cells.agree(POINTS, prices.image_tokens)


OPEN: list[dict[str, Any]] = [
    {"n": 2},
    {"quality": "auto"},
    {"size": "auto"},
    {"size": "1000x1000"},
    {"model": "gpt-image-2", "quality": "xhigh"},
    {"prompt": "x" * 32_001},
]


def test_a_body_that_leaves_something_open_is_refused_and_not_billed(far: FarOpenAI, client: openai.OpenAI) -> None:
    def is_refused(changed: dict[str, Any]) -> None:
        before = len(far.posts)
        with pytest.raises(openai.BadRequestError):
            draw(client, **changed)
        assert not far.billed_calls()
        assert len(far.posts) == before + 1

    cells.hold(OPEN, is_refused)


REFUSALS: list[tuple[trouble.Trouble, int, str | None, bool]] = [
    (trouble.blocked("input"), 400, "moderation_blocked", False),
    (trouble.blocked("output"), 400, "moderation_blocked", True),
    (trouble.blocked("output", billed=False), 400, "moderation_blocked", False),
    (trouble.key_rejected("sk-sam***789"), 401, "invalid_api_key", False),
    (trouble.forbidden(), 403, None, False),
    (trouble.model_not_found(), 404, "model_not_found", False),
    (trouble.does_not_exist(), 400, "invalid_value", False),
    (trouble.rate_limited(7), 429, "rate_limit_exceeded", False),
    (trouble.slow_down(), 429, "slow_down", False),
    (trouble.out_of_money("project_spend_limit_exceeded"), 429, "project_spend_limit_exceeded", False),
    (trouble.broken(500), 500, None, True),
    (trouble.broken(502, billed=False), 502, None, False),
    (trouble.broken(503), 503, "server_is_overloaded", True),
]


def test_a_refusal_reaches_the_client_with_its_code_and_its_own_rule_of_billing(
    far: FarOpenAI, client: openai.OpenAI
) -> None:
    def reaches_it(fault: trouble.Trouble, status: int, code: str | None, billed: bool) -> None:
        before = len(far.billed_calls())
        far.next(fault)
        with pytest.raises(openai.APIStatusError) as caught:
            draw(client)
        assert (caught.value.status_code, caught.value.code) == (status, code)
        assert len(far.billed_calls()) == before + billed
        draw(client)
        assert len(far.billed_calls()) == before + billed + 1

    cells.hold(REFUSALS, reaches_it)


def test_a_refusal_keeps_its_details_and_headers(far: FarOpenAI, client: openai.OpenAI) -> None:
    far.next(trouble.rate_limited(7), trouble.rate_limited(None), trouble.blocked("output"))
    caught = []
    for _ in range(3):
        with pytest.raises(openai.APIStatusError) as each:
            draw(client)
        caught.append(each.value)
    assert [each.response.headers.get("retry-after") for each in caught] == ["7", None, None]
    body = caught[2].body
    assert isinstance(body, dict)
    assert body["moderation_details"]["moderation_stage"] == "output"


def test_a_broken_connection_was_paid_all_the_same(far: FarOpenAI, client: openai.OpenAI) -> None:
    def was_paid(prompt: str, fault: trouble.Trouble) -> None:
        far.next(fault)
        with pytest.raises(openai.APIConnectionError):
            draw(client, prompt)
        assert len(far.billed_for(prompt)) == 1
        draw(client, prompt)
        assert prompt in far.double_billed()

    cells.hold([("a red kite", trouble.lost()), ("a blue kite", trouble.half_body())], was_paid)


def test_a_call_that_hangs_runs_into_the_clients_time_out_and_is_billed(far: FarOpenAI, client: openai.OpenAI) -> None:
    far.next(trouble.hangs())
    with pytest.raises(openai.APITimeoutError):
        draw(client.with_options(timeout=0.2))
    assert len(far.billed_calls()) == 1


PICTURES: list[tuple[trouble.Trouble, Callable[[Any], bool]]] = [
    (trouble.no_data(), lambda answer: answer.data == []),
    (trouble.null_data(), lambda answer: answer.data is None),
    (trouble.bad_base64(), lambda answer: answer.data[0].b64_json.startswith("!")),
    (trouble.holds(b""), lambda answer: answer.data[0].b64_json == ""),
    (trouble.holds(trouble.SVG), lambda answer: base64.b64decode(answer.data[0].b64_json) == trouble.SVG),
    (trouble.page(), lambda answer: isinstance(answer, str)),
    (trouble.page(b""), lambda answer: answer == ""),
    (trouble.no_usage(), lambda answer: answer.usage is None),
    (trouble.no_output_details(), lambda answer: answer.usage.output_tokens_details is None),
    (trouble.other_spec(size="1024x1536"), lambda answer: answer.size == "1024x1536"),
]


def test_a_200_can_be_no_picture_and_is_billed(far: FarOpenAI, client: openai.OpenAI) -> None:
    def is_billed(fault: trouble.Trouble, as_said: Callable[[Any], bool]) -> None:
        before = len(far.billed_calls())
        far.next(fault)
        assert as_said(draw(client))
        assert len(far.billed_calls()) == before + 1

    cells.hold(PICTURES, is_billed)


def test_a_png_can_claim_sixty_thousand_pixels_a_side_in_a_few_bytes() -> None:
    held = trouble.png_saying(60_000, 60_000)
    assert len(held) < 100
    with pytest.raises(Image.DecompressionBombError):
        Image.open(io.BytesIO(held))


def test_usage_above_the_table_stands_on_the_bill_too(far: FarOpenAI, client: openai.OpenAI) -> None:
    far.next(trouble.more_usage(3))
    assert draw(client).usage.output_tokens == 3 * 439
    assert far.billed_calls()[0].image_tokens == 3 * 439


def test_a_rule_decides_by_the_request(far: FarOpenAI, client: openai.OpenAI) -> None:
    far.rule = lambda post: trouble.broken(500, billed=False) if "kite" in post.prompt else None
    with pytest.raises(openai.InternalServerError):
        draw(client)
    draw(client, "a boat", safety_identifier="h_1")
    assert [post.body.get("safety_identifier") for post in far.calls_for("a boat")] == ["h_1"]
    assert far.billed_usd() == Decimal("0.01318")


def test_held_calls_are_billed_and_counted_before_they_are_answered(far: FarOpenAI, client: openai.OpenAI) -> None:
    far.hold()
    drawn: list[Any] = []
    threads = [threading.Thread(target=lambda n=n: drawn.append(draw(client, f"kite {n}"))) for n in range(5)]
    for thread in threads:
        thread.start()
    assert far.wait(lambda: far.in_flight == 5 and len(far.billed_calls()) == 5)
    assert not drawn
    far.release()
    for thread in threads:
        thread.join()
    assert len(drawn) == 5
    assert far.in_flight == 0


def test_the_list_of_models_carries_shutdown_dates_and_a_dead_model_is_gone() -> None:
    with (
        FarOpenAI(today=date(2026, 11, 22)) as far,
        openai.OpenAI(api_key=far.key, base_url=far.base_url, max_retries=0) as client,
    ):
        listed = {model.id: model.shutdown_date for model in client.models.list()}
        with pytest.raises(openai.BadRequestError, match="does not exist"):
            draw(client, model="gpt-image-1")
        draw(client, model="gpt-image-1-mini")
    assert "gpt-image-1" not in listed
    assert listed["gpt-image-1-mini"] == "2026-12-01"
    assert listed["gpt-image-2.5-flare"] is None


def test_a_wrong_key_is_refused(far: FarOpenAI) -> None:
    with (
        openai.OpenAI(api_key="sk-other", base_url=far.base_url, max_retries=0) as client,
        pytest.raises(openai.AuthenticationError),
    ):
        draw(client)
    assert not far.posts


def test_a_request_whose_sender_died_before_its_end_is_none() -> None:
    with FarOpenAI() as openai:
        place = urlsplit(openai.base_url)
        with socket.create_connection((place.hostname or "", place.port or 0)) as dying:
            dying.sendall(b"POST /v1/images/generations HTTP/1.1\r\nAuthorization: Bearer " + openai.key.encode())
            dying.sendall(b"\r\nContent-Length: 90\r\n\r\n{")
            dying.shutdown(socket.SHUT_WR)
            assert dying.recv(1) == b""
    assert openai.posts == []
