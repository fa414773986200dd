"""The border of usage records: what is read, and what is refused with its field named."""

import json
from decimal import Decimal
from typing import Any

import pytest

from bot import catalog
from bot.usage import strict_json
from bot.usage.errors import BadRecord
from bot.usage.reading import Desk
from tests.kit import cells
from tests.kit.usage_made import NOW, USAGE, given, record

DESK = Desk(catalog.load())


def from_text(text: str) -> Any:
    return DESK.record(strict_json.read(text.encode()), NOW)


def test_a_record_is_read_whole() -> None:
    read = record(kept=3, rejected=1, project="Sample shop", person="U1", source="nightly", usd="0.21")
    assert (read.source, read.id, read.images, read.kept, read.rejected) == ("nightly", "sample-1", 4, 3, 1)
    assert (read.width, read.height, read.project, read.person_id) == (1024, 1024, "Sample shop", "U1")
    assert read.occurred_at.isoformat() == "2026-11-20T10:00:00+00:00"


def test_a_moment_of_another_zone_is_kept_as_utc() -> None:
    assert record(occurred_at="2026-11-20T23:30:00-05:00").occurred_at.isoformat() == "2026-11-21T04:30:00+00:00"


WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"id": ""}, "id", "must not be empty"),
    ({"id": 5}, "id", "must be text"),
    ({"id": "a\x00b"}, "id", "must be one line"),
    ({"id": " a"}, "id", "must be one line"),
    ({"id": "a\n"}, "id", "must be one line"),
    ({"id": "a" * 201}, "id", "may have 200 characters at most"),
    ({"id": "\ud800"}, "id", "is not valid text"),
    ({"project": "a\u2028b"}, "project", "must be one line"),
    ({"person": "a\x1b[2J"}, "person", "must be one line"),
    ({"colour": "red"}, "colour", "is not a field I know"),
    ({"images": -1}, "images", "must be 0 or more"),
    ({"images": 1_000_000}, "images", "may be 999999 at most"),
    ({"images": True}, "images", "must be a whole number"),
    ({"images": "4"}, "images", "must be a whole number"),
    ({"images": Decimal("4.0")}, "images", "must be a whole number"),
    ({"kept": -1}, "kept", "must be 0 or more"),
    ({"kept": 3, "rejected": 2}, "kept", "are more than its images"),
    ({"rejected": 5}, "kept", "are more than its images"),
    ({"occurred_at": 1_763_800_000}, "occurred_at", "must be a moment with its zone"),
    ({"occurred_at": "2026-11-20"}, "occurred_at", "must be a moment with its zone"),
    ({"occurred_at": "2026-11-20T10:00:00"}, "occurred_at", "must be a moment with its zone"),
    ({"occurred_at": "2026-11-20T10:00:00z"}, "occurred_at", "must be a moment with its zone"),
    ({"occurred_at": "٢٠٢٦-11-20T10:00:00Z"}, "occurred_at", "must be a moment with its zone"),
    ({"occurred_at": "2026-02-30T10:00:00Z"}, "occurred_at", "does not exist"),
    ({"occurred_at": "2021-12-31T23:59:59Z"}, "occurred_at", "must be from 2022 on"),
    ({"occurred_at": "1970-01-01T00:00:00Z"}, "occurred_at", "must be from 2022 on"),
    ({"occurred_at": "0001-01-01T00:00:00+23:59"}, "occurred_at", "must be from 2022 on"),
    ({"occurred_at": "2026-11-23T09:00:01Z"}, "occurred_at", "no more than a day ahead"),
    ({"occurred_at": "2999-01-01T00:00:00Z"}, "occurred_at", "no more than a day ahead"),
    ({"usd": Decimal("0.1"), "usage": USAGE}, "usd", "can't be given beside usage"),
    ({"usd": -1}, "usd", "must be from 0"),
    ({"usd": 1_000_000}, "usd", "must be from 0"),
    ({"usd": True}, "usd", "must be an amount"),
    ({"usd": "1e3"}, "usd", "must be an amount"),
    ({"usd": "$5"}, "usd", "must be an amount"),
    ({"usd": "٥"}, "usd", "must be an amount"),
    ({"usd": "1,5"}, "usd", "must be an amount"),
    ({"usd": "0.0000000001"}, "usd", "is less than a nano-dollar"),
    ({"usd": Decimal("1e-10")}, "usd", "is less than a nano-dollar"),
    ({"usd": Decimal("1e999999")}, "usd", "must be from 0"),
    ({"size": "1024"}, "size", "must be WIDTHxHEIGHT"),
    ({"size": "0x10"}, "size", "must be WIDTHxHEIGHT"),
    ({"size": "1024X1024"}, "size", "must be WIDTHxHEIGHT"),
    ({"size": 7}, "size", "must be WIDTHxHEIGHT"),
    ({"usage": []}, "usage", "must be an object"),
    ({"usage": {}}, "usage.output_tokens", "is missing"),
    ({"usage": USAGE | {"output_tokens": 0, "total_tokens": 50}}, "usage.output_tokens", "must be 1 or more"),
    ({"usage": USAGE | {"total_tokens": 5}}, "usage", "has a total that is not"),
    ({"usage": USAGE | {"input_tokens_details": {"text_tokens": 51}}}, "usage", "has more input tokens"),
    ({"usage": USAGE | {"output_tokens_details": {"image_tokens": 1757}}}, "usage", "has more output tokens"),
    ({"usage": {"a": {"b": {"c": {}}}}}, "usage.output_tokens", "is missing"),
    ({"source": ""}, "source", "must not be empty"),
    ({"source": "slack"}, "source", "must be a name of your own: slack and terminal stand for what the bot drew"),
    ({"source": "Terminal"}, "source", "must be a name of your own"),
]


def test_R70_a_wrong_field_is_named_with_what_it_must_be() -> None:
    def is_named(changes: dict[str, Any], field: str, reason: str) -> None:
        with pytest.raises(BadRecord) as refused:
            record(**changes)
        assert refused.value.field == field
        assert reason in refused.value.reason
        assert refused.value.sentence.endswith("Nothing was stored.")

    cells.hold(WRONG, is_named)


ADDED: list[dict[str, Any]] = [
    {"surprise": 5},
    {"cached_tokens": None, "\ud800": [{}]},
    {"input_tokens_details": {"text_tokens": 50, "image_tokens": 0, "surprise_tokens": 7}},
    {"output_tokens_details": {"image_tokens": 1756, "text_tokens": 0, "reasoning_tokens": 0}},
]


def test_what_openai_adds_to_its_usage_changes_nothing() -> None:
    def changes_nothing(added: dict[str, Any]) -> None:
        assert record(usage=USAGE | added) == record(usage=USAGE)

    cells.hold(ADDED, changes_nothing)


def test_R70_a_missing_field_is_named() -> None:
    def is_named(name: str) -> None:
        with pytest.raises(BadRecord, match=f"^{name} is missing"):
            record(**{name: None})

    cells.hold(["id", "occurred_at", "model", "images"], is_named)


LET_THROUGH = [
    (json.dumps(given(images=float("nan"))), "images", "is NaN, which is no number"),
    (json.dumps(given(usd=float("inf"))), "usd", "is Infinity, which is no number"),
    (json.dumps(given(usd=float("-inf"))), "usd", "is -Infinity, which is no number"),
    (json.dumps(given())[:-1] + ', "images": 5}', "images", "is given twice"),
    (json.dumps(given(usage=USAGE))[:-2] + ', "input_tokens": 5}}', "usage.input_tokens", "is given twice"),
    (json.dumps(given(images="X")).replace('"X"', "9" * 5000), "images", "has too many digits"),
    (json.dumps(given(usd="X")).replace('"X"', "0." + "1" * 5000), "usd", "has too many digits"),
    (json.dumps(given(project=json.loads("[" * 10 + "]" * 10))), "project", "must be text"),
    ("[" * 100_000 + "]" * 100_000, "body", "is nested too deeply"),
    ("", "body", "is not JSON"),
    ("{'id': 1}", "body", "is not JSON"),
    ("7", "record", "must be an object"),
    ("null", "record", "must be an object"),
]


def test_R70_what_json_lets_through_is_refused_with_its_field() -> None:
    def is_refused(text: str, field: str, reason: str) -> None:
        with pytest.raises(BadRecord) as refused:
            from_text(text)
        assert (refused.value.field, reason in refused.value.reason) == (field, True), refused.value.sentence

    cells.hold(LET_THROUGH, is_refused)


def test_R70_a_body_that_is_not_utf8_is_refused() -> None:
    with pytest.raises(BadRecord, match="is not JSON in UTF-8"):
        strict_json.read(json.dumps(given(project="é"), ensure_ascii=False).encode("latin-1"))


AMOUNTS = [('"0.04173"', 41_730_000), ("0.04173", 41_730_000), ("5", 5 * 10**9), ("1e-05", 10_000), ("0", 0)]


def test_money_is_read_as_text_or_number_and_never_as_a_float() -> None:
    def is_read(written: str, nanousd: int) -> None:
        read = from_text(json.dumps(given(usd="X")).replace('"X"', written))
        assert (read.amount_nanousd, read.basis) == (nanousd, "reported")

    cells.hold(AMOUNTS, is_read)


def test_a_sum_of_floats_is_read_to_the_nano_dollar() -> None:
    assert from_text(json.dumps(given(usd=0.1 + 0.2))).amount_nanousd == 300_000_000


def test_the_first_and_the_last_moment_are_taken() -> None:
    for edge in ("2022-01-01T00:00:00Z", "2026-11-23T09:00:00Z"):
        assert record(occurred_at=edge).id == "sample-1"


def test_any_writing_is_taken_as_it_stands() -> None:
    def is_taken(text: str) -> None:
        assert record(project=text).project == text

    cells.hold(["Sample läden", "样品", "a", "👩🏽‍🎨 sample", "=1+1"], is_taken)
