"""Our own check of a FOCUS file, by the specification of 1.2: columns, types, nulls, allowed values, sums of a row.

The validator on PyPI knows FOCUS up to 1.0 only and wants a file it downloads; so this is ours, of what we write.
"""

import csv
import io
import json
import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal

MANDATORY = (
    *("BilledCost", "BillingAccountId", "BillingAccountName", "BillingCurrency", "BillingPeriodEnd"),
    *("BillingPeriodStart", "ChargeCategory", "ChargeClass", "ChargeDescription", "ChargePeriodEnd"),
    *("ChargePeriodStart", "ContractedCost", "EffectiveCost", "InvoiceIssuerName", "ListCost", "PricingQuantity"),
    *("PricingUnit", "ProviderName", "PublisherName", "ServiceCategory", "ServiceName"),
)
PROVIDERS = ("ServiceProviderName", "HostProviderName")  # of 1.3
OF_USAGE = ("SkuId", "SkuPriceId", "ConsumedQuantity", "ConsumedUnit", "ListUnitPrice", "ContractedUnitPrice")
MAY_BE_NULL = ("BillingAccountName", "ChargeClass", "ChargeDescription")
COSTS = ("BilledCost", "EffectiveCost", "ContractedCost", "ListCost")
DECIMALS = (*COSTS, "ListUnitPrice", "ContractedUnitPrice", "PricingQuantity", "ConsumedQuantity")
MOMENTS = ("BillingPeriodStart", "BillingPeriodEnd", "ChargePeriodStart", "ChargePeriodEnd")
ALLOWED = {
    "BillingCurrency": {"USD"},
    "ChargeCategory": {"Usage"},
    "ChargeClass": {""},
    "ChargeFrequency": {"Usage-Based"},
    "InvoiceId": {""},
    "PricingCategory": {"Standard", "Other"},
    "PricingUnit": {"Tokens", "Images", "Requests"},
    "ServiceCategory": {"AI and Machine Learning"},
    "ServiceSubcategory": {"Generative AI"},
    "SubAccountType": {"", "Project"},
    "x_Kept": {"", "true", "false"},
    "x_PriceBasis": {"metered", "assumed", "reported", "published", "tokens", "open bench"},
}
DECIMAL = re.compile(r"[0-9]+(\.[0-9]+)?", re.ASCII)
MOMENT = "%Y-%m-%dT%H:%M:%SZ"


def rows(text: str) -> list[dict[str, str]]:
    """Those of a file, each checked."""
    whole = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    lines = list(whole)
    assert whole.fieldnames is not None
    assert len(whole.fieldnames) == len(set(whole.fieldnames))
    assert {*MANDATORY, *PROVIDERS, *OF_USAGE} <= set(whole.fieldnames)
    for line in lines:
        _check(line)
    return lines


def billed(lines: list[dict[str, str]]) -> Decimal:
    return sum((Decimal(line["BilledCost"]) for line in lines), Decimal(0))


def _check(row: dict[str, str]) -> None:
    assert None not in row
    assert None not in row.values()
    for name in (*MANDATORY, *PROVIDERS, *OF_USAGE):
        assert row[name] or name in MAY_BE_NULL, name
    for name, values in ALLOWED.items():
        assert row[name] in values, (name, row[name])
    for name in DECIMALS:
        assert DECIMAL.fullmatch(row[name]), (name, row[name])
    for name in ("Tags", "SkuPriceDetails"):
        assert row[name] == "" or all(isinstance(value, str) for value in json.loads(row[name]).values())
    assert all(key.startswith("x_") for key in json.loads(row["SkuPriceDetails"] or "{}"))
    _check_sums(row)
    _check_periods(row)


def _check_sums(row: dict[str, str]) -> None:
    of = {name: Decimal(row[name]) for name in DECIMALS}
    assert of["ListUnitPrice"] * of["PricingQuantity"] == of["ListCost"]
    assert of["ContractedUnitPrice"] * of["PricingQuantity"] == of["ContractedCost"]
    assert len({of[name] for name in COSTS}) == 1
    assert (row["ConsumedQuantity"], row["ConsumedUnit"]) == (row["PricingQuantity"], row["PricingUnit"])


def _check_periods(row: dict[str, str]) -> None:
    month, month_end, start, end = (datetime.strptime(row[name], MOMENT).replace(tzinfo=UTC) for name in MOMENTS)
    assert month <= start < end <= month_end
    assert (month.day, month_end.day, month.hour, month_end.hour) == (1, 1, 0, 0)
    assert month_end - month <= timedelta(days=31)
