"""Rows as eight exports write them, drawn at random, and what they come to by rules written down here once more.

Nothing of our readers is used: a row is a dict of text by column, and its worth is reckoned from those texts.
"""

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from hypothesis import strategies as st

Row = Mapping[str, str]
NANO = 10**9


@dataclass(frozen=True)
class Worth:
    """Of one row, or of many: pictures counted, nano-dollars, records without an amount, and what is no record."""

    records: int = 0
    pictures: int = 0
    nanousd: int = 0
    unknown: int = 0
    skipped: int = 0
    refused: int = 0

    def __add__(self, other: "Worth") -> "Worth":
        return Worth(*(a + b for a, b in zip(_of(self), _of(other), strict=True)))


def _of(worth: Worth) -> tuple[int, ...]:
    return (worth.records, worth.pictures, worth.nanousd, worth.unknown, worth.skipped, worth.refused)


SKIPPED, REFUSED = Worth(skipped=1), Worth(refused=1)


@dataclass(frozen=True)
class DrawnExport:
    """`columns` are drawn independently of each other; `worth` reckons a row."""

    columns: Mapping[str, st.SearchStrategy[str]]
    worth: Callable[[Row], Worth]

    def rows(self) -> st.SearchStrategy[list[dict[str, str]]]:
        return st.lists(st.fixed_dictionaries(dict(self.columns)), min_size=1, max_size=12)


# Drawing


def _written(nanousd: int, tail: str) -> str:
    whole, part = divmod(nanousd, NANO)
    return f"{whole}.{part:09}{tail}"


TAILS = st.sampled_from(["", "", "0", "000000", "4", "5", "50", "51", "6", "499999999999", "500000000001"])
AMOUNTS = st.builds(_written, st.integers(1, 5_000_000_000), TAILS)
ZEROS = st.sampled_from(["", "0", "0.0", "0.000000000000"])
WRONG_AMOUNTS = st.sampled_from(["0,052", "-0.05", "five", "1,234"])
USD = st.one_of(AMOUNTS, AMOUNTS, ZEROS, ZEROS, st.sampled_from(["5.2e-05", "1,053.60"]), WRONG_AMOUNTS)
DAYS = st.integers(1, 27).map(lambda day: f"2026-11-{day:02}")
WRONG_MOMENTS = st.sampled_from(["yesterday", "2026-11-31", "1999-01-01 10:00:00"])
MOMENTS = st.one_of(*[DAYS.map(lambda day: f"{day} 09:30:00.123456")] * 6, WRONG_MOMENTS)
MODELS = st.sampled_from(["gpt-image-2", "gpt-image-2.5-flare", "openai/gpt-image-2", "dall-e-3", "gpt-4o-mini"])
NAMES = st.sampled_from(["ana", "ben", "läden; und, mehr", ""])
IDS = st.integers(0, 999).map(lambda number: f"sample-{number}")
COUNTS = st.sampled_from(["0", "1", "39", "39.0", "1,000", "12000"])
TOKENS = st.integers(1, 90_000).map(str)


# Reckoning


def _nano(text: str) -> int | None:
    """None for what is no amount, and for what is less than a nano-dollar; halves to the even one."""
    if text in ("0,052", "-0.05", "five", "1,234"):
        return None
    exact = Fraction(Decimal(text.replace(",", ""))) * NANO
    return None if exact and not round(exact) else round(exact)


def _told(row: Row, moment: str, usd: str, pictures: int, zero_is_no_price: bool) -> Worth:
    """A record of what it says, or none for a moment or an amount that can't be."""
    if row[moment] in ("yesterday", "2026-11-31", "1999-01-01 10:00:00"):
        return REFUSED
    if row[usd] == "" or (zero_is_no_price and set(row[usd]) <= {"0", "."}):
        return Worth(1, pictures, unknown=1)
    nanousd = _nano(row[usd])
    return REFUSED if nanousd is None else Worth(1, pictures, nanousd)


def _count(text: str) -> int:
    return int(Decimal(text.replace(",", "") or "0"))


def _of_text(model: str) -> bool:
    return model == "gpt-4o-mini"


def _litellm(row: Row) -> Worth:
    if row["call_type"] == "acompletion":
        return SKIPPED
    failed = row["status"] == "failure"
    return _told(row, "startTime", "spend", 0 if failed else 1, not failed and row["cache_hit"] != "True")


def _litellm_ui(row: Row) -> Worth:
    empty = set(row["Spend ($)"]) <= {"0", "."} and row["Requests"] in ("", "0")
    if empty or _of_text(row["Model"]):
        return SKIPPED
    pictures = _count(row["Successful"])
    return _told(row, "Date", "Spend ($)", pictures, row["Successful"] != "0")


def _helicone(row: Row) -> Worth:
    if _of_text(row["model"]):
        return SKIPPED
    succeeded = row["status"] in ("200", "201", "success")
    return _told(row, "request_created_at", "cost_usd", int(succeeded), succeeded)


def _langfuse(row: Row) -> Worth:
    if row["type"] != "GENERATION" or _of_text(row["provided_model_name"]):
        return SKIPPED
    failed = row["level"] == "ERROR"
    return _told(row, "start_time", "total_cost", 0 if failed else 1, not failed)


def _azure(row: Row) -> Worth:
    if "image" not in row["MeterName"].lower():
        return SKIPPED
    return REFUSED if row["BillingCurrencyCode"] != "USD" else _told(row, "Date", "CostInBillingCurrency", 0, False)


def _costs(row: Row) -> Worth:
    if not row["amount_value"] and not row["line_item"]:
        return SKIPPED
    if row["amount_currency"] != "usd":
        return REFUSED
    return _told(row, "start_time", "amount_value", 0, False)


def _images(row: Row) -> Worth:
    if not row["model"] and row["images"] in ("", "0"):
        return SKIPPED
    if not row["model"]:
        return REFUSED
    return Worth(1, _count(row["images"]), unknown=1)


# Nano-dollars a token, of both models that are drawn; by batch it is half of each.
TEXT_IN, IMAGE_IN, IMAGE_OUT = 5_000, 8_000, 30_000


def _usage(row: Row) -> Worth:
    if not row["model"]:
        return SKIPPED if row["num_model_requests"] in ("", "0") else REFUSED
    if row["model"].startswith("gpt-4o"):
        return SKIPPED
    text_in, image_in, image_out = (
        int(row[f"{kind}_tokens"]) for kind in ("input_text", "input_image", "output_image")
    )
    nanousd = text_in * TEXT_IN + image_in * IMAGE_IN + image_out * IMAGE_OUT
    return Worth(1, 0, nanousd // 2 if row["batch"] == "True" else nanousd)


EXPORTS = {
    "litellm": DrawnExport(
        {
            "request_id": IDS,
            "call_type": st.sampled_from(["image_generation", "aimage_generation", "image_edit", "acompletion"]),
            "spend": USD,
            "startTime": MOMENTS,
            "model": st.sampled_from(["gpt-image-2", "azure/gpt-image-2"]),
            "user": NAMES,
            "cache_hit": st.sampled_from(["True", "False", ""]),
            "status": st.sampled_from(["success", "failure", ""]),
        },
        _litellm,
    ),
    "litellm-ui": DrawnExport(
        {
            "Date": st.one_of(DAYS, DAYS, DAYS, st.just("yesterday")),
            "Team ID": NAMES,
            "Model": MODELS,
            "Spend ($)": USD,
            "Requests": st.sampled_from(["", "0", "1", "2000"]),
            "Successful": COUNTS,
        },
        _litellm_ui,
    ),
    "helicone": DrawnExport(
        {
            "request_id": IDS,
            "request_created_at": MOMENTS,
            "model": MODELS,
            "status": st.sampled_from(["200", "201", "success", "400", "500", "error"]),
            "cost_usd": USD,
            "user_id": NAMES,
        },
        _helicone,
    ),
    "langfuse": DrawnExport(
        {
            "id": IDS,
            "type": st.sampled_from(["GENERATION", "GENERATION", "GENERATION", "SPAN", "EVENT"]),
            "start_time": MOMENTS,
            "provided_model_name": MODELS,
            "level": st.sampled_from(["DEFAULT", "WARNING", "ERROR"]),
            "total_cost": USD,
            "user_id": NAMES,
        },
        _langfuse,
    ),
    "azure": DrawnExport(
        {
            "Date": st.one_of(DAYS.map(lambda day: f"11/{day[-2:]}/2026"), st.just("yesterday")),
            "MeterId": IDS,
            "MeterName": st.sampled_from(["GPT Image 2 img Outp glbl Tokens", "gpt-image-2 Inp", "D4s v5", ""]),
            "Quantity": TOKENS,
            "CostInBillingCurrency": USD,
            "BillingCurrencyCode": st.sampled_from(["USD", "USD", "USD", "EUR", ""]),
        },
        _azure,
    ),
    "openai-costs": DrawnExport(
        {
            "start_time": st.one_of(MOMENTS, st.just("1793577600")),
            "end_time": st.just("1793664000"),
            "amount_value": USD,
            "amount_currency": st.sampled_from(["usd", "usd", "usd", "eur", ""]),
            "line_item": st.sampled_from(["", "gpt-image-2, image output"]),
            "project_id": NAMES,
        },
        _costs,
    ),
    "openai-images": DrawnExport(
        {
            "start_time": st.just("1793577600"),
            "end_time": st.just("1793664000"),
            "num_model_requests": COUNTS,
            "project_id": IDS,
            "api_key_id": IDS,
            "model": st.sampled_from(["gpt-image-2", "gpt-image-2.5-flare", ""]),
            "images": st.sampled_from(["0", "0", "1", "39.0", "1,000"]),
            "size": st.sampled_from(["1024x1024", "1024x1536"]),
            "source": st.sampled_from(["image.generation", "image.edit", "image.variation"]),
        },
        _images,
    ),
    "openai-usage": DrawnExport(
        {
            "start_time": st.just("1793577600"),
            "end_time": st.just("1793664000"),
            "num_model_requests": st.sampled_from(["", "0", "3"]),
            "project_id": IDS,
            "api_key_id": IDS,
            "model": st.sampled_from(["gpt-image-2", "gpt-image-2-2026-04-21", "gpt-image-2.5-flare", "gpt-4o", ""]),
            "batch": st.sampled_from(["True", "False"]),
            "input_text_tokens": TOKENS,
            "input_image_tokens": TOKENS,
            "output_image_tokens": TOKENS,
        },
        _usage,
    ),
}


def completed(row: dict[str, str]) -> dict[str, str]:
    """The columns of tokens add up, and a text model's rows have no image tokens."""
    if "input_text_tokens" not in row:
        return row
    if row["model"].startswith("gpt-4o"):
        row = row | {"output_image_tokens": "0"}
    total = int(row["input_text_tokens"]) + int(row["input_image_tokens"])
    return row | {"input_tokens": str(total), "output_tokens": row["output_image_tokens"]}


# Writing


def as_text(rows: Sequence[Row], columns: Sequence[str], form: str, capitals: bool) -> str:
    """`form` is a delimiter, or "json"; `capitals`: the names of the columns are."""
    names = {column: column.upper() if capitals else column for column in columns}
    if form == "json":
        return "".join(_json_line({names[column]: row[column] for column in columns}) for row in rows)
    file = io.StringIO()
    writer = csv.writer(file, delimiter=form, lineterminator="\n")
    writer.writerow(names.values())
    writer.writerows([row[column] for column in columns] for row in rows)
    return file.getvalue()


def _json_line(row: Row) -> str:
    """What is a number of JSON stands as one, and what is empty as null."""
    return "{" + ", ".join(f"{json.dumps(name)}: {_json(cell)}" for name, cell in row.items()) + "}\n"


def _json(cell: str) -> str:
    try:
        return cell if isinstance(json.loads(cell), int | float) else json.dumps(cell)
    except ValueError:
        return json.dumps(cell or None)
