"""The evidence room against a reference table made with mpmath at 22-40 digits, checked with scipy and statsmodels.

Its columns: the function, its arguments as JSON, which output, the value to 12 digits and how far off one may be.
"""

import csv
import json
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bot import evidence
from tests.kit import cells
from tests.kit.outcomes import operating_characteristic

DOLLARS = {"c", "h", "c_new", "c_old", "c_lo", "c_hi"}
with (Path(__file__).parent / "stats_reference.csv").open(newline="") as file:
    ROWS = list(csv.DictReader(file))


def _function(name: str) -> Any:
    return operating_characteristic if name == "operating_characteristic" else getattr(evidence, name)


def _value(row: dict[str, str]) -> float:
    found = _function(row["function"])(**_arguments(row))
    return float(getattr(found, row["output"]) if isinstance(found, tuple) else found)


def _arguments(row: dict[str, str]) -> dict[str, Any]:
    """Dollars as decimals, never as a float on the way; chances and ratios as floats."""
    found: dict[str, Any] = json.loads(row["inputs_json"], parse_float=Decimal)
    return {
        name: Decimal(value) if name in DOLLARS else float(value) if isinstance(value, Decimal) else value
        for name, value in found.items()
    }


def _tolerance(row: dict[str, str]) -> float:
    figure = row["tolerance_abs"].removeprefix("rel ")
    return float(figure) * (abs(float(row["value"])) if row["tolerance_abs"].startswith("rel") else 1)


RULES = sorted({_arguments(row)["rule"] for row in ROWS if row["function"] == "operating_characteristic"})


def _hold(rows: list[dict[str, str]]) -> None:
    cells.agree([(row, pytest.approx(float(row["value"]), abs=_tolerance(row), rel=0)) for row in rows], _value)


def test_every_row_of_the_reference_table_holds() -> None:
    _hold([row for row in ROWS if row["function"] != "operating_characteristic"])


@pytest.mark.soak
@pytest.mark.parametrize("rule", RULES)
def test_every_row_counted_over_every_outcome_holds(rule: str) -> None:
    _hold([row for row in ROWS if row["function"] == "operating_characteristic" and _arguments(row)["rule"] == rule])


def test_every_function_of_the_table_is_there() -> None:
    cells.agree([(row["function"], True) for row in ROWS], lambda name: callable(_function(name)))


def test_the_table_is_whole() -> None:
    assert len({row["id"] for row in ROWS}) == len(ROWS) == 232
    assert Counter(row["function"] for row in ROWS) == {
        "always_valid_interval": 16,
        "break_even_keep_rate": 10,
        "break_even_reject_cost": 6,
        "calls_for_N_accepted": 6,
        "calls_for_N_accepted_uncertain": 2,
        "clopper_pearson": 8,
        "cohen_kappa": 1,
        "cpa": 24,
        "cpa_interval": 12,
        "e_value": 8,
        "jeffreys": 10,
        "krippendorff_alpha": 1,
        "mcnemar_exact": 5,
        "mean_calls_capped": 5,
        "operating_characteristic": 36,
        "p_accept_within": 4,
        "p_cheaper": 18,
        "p_cheaper_unpaired": 3,
        "prompts_needed": 3,
        "ratio_interval": 6,
        "wilson": 48,
    }


QUOTED = [
    (evidence.wilson, (17, 20), (0.639581, 0.947631)),
    (evidence.wilson, (0, 10), (0, 0.277533)),
    (evidence.wilson, (10, 10), (0.722467, 1)),
    (evidence.cpa_interval, (Decimal("0.034"), 17, 20), (0.035879, 0.053160)),
    (evidence.always_valid_interval, (14, 20), (0.373069, 0.924572)),
    (evidence.p_cheaper, (9, 8, 2, 0.284 / 0.261), 0.939062),
    (evidence.p_cheaper, (9, 8, 2, 0.534 / 0.511), 0.958977),
    (evidence.p_cheaper, (8, 1, 4, 0.011 / 0.042), 0.999765),
    (evidence.e_value, (9, 8, 2, 0.034 / 0.011), (0.1342, 8.2122)),
    (evidence.e_value, (9, 8, 2, 0.534 / 0.511), (3.0587, 0.1256)),
    (evidence.p_cheaper_unpaired, (17, 20, 11, 20), 0.978464),
    (evidence.calls_for_N_accepted_uncertain, (20, 11, 20), 58),
    (evidence.prompts_needed, (0.85, 0.55, 0.284 / 0.261), 43),
]


def _as_quoted(found: Any, quoted: Any) -> bool:
    numbers = [float(one) for one in found] if isinstance(found, tuple) else float(found)
    close = 0.5 if isinstance(quoted, int) else 6e-5 if isinstance(found, evidence.EValues) else 6e-7
    return bool(numbers == pytest.approx(quoted, abs=close, rel=0))


def test_what_the_method_quotes_besides_holds() -> None:
    cells.agree(QUOTED, lambda function, given: function(*given), by=_as_quoted)
