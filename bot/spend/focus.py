"""FOCUS 1.2, the FinOps cost and usage form, with the provider names of 1.3 beside it: the ledger's calls as charges.

A row is what one meter of a call took where its tokens are known, else its pictures at a price each, else the request
as a whole; so ListCost is always ListUnitPrice * PricingQuantity, and the rows add up to what `spend` says.
"""

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache, partial
from operator import itemgetter
from typing import NamedTuple, TextIO

from bot.errors import NoPrice, UnknownModel
from bot.money import plain, usd
from bot.pricing import Usage, model_named, rates_on
from bot.pricing.dated import reseller
from bot.pricing.facts import Catalog, Rates
from bot.pricing.prices import MILLION, token_meters
from bot.pricing.usage import PARTIAL_IMAGE_TOKENS
from bot.printing.spreadsheets import safe

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
OPEN_BENCH = "open bench"
COLUMNS = (
    *("BilledCost", "BillingAccountId", "BillingAccountName", "BillingAccountType", "BillingCurrency"),
    *("BillingPeriodEnd", "BillingPeriodStart", "ChargeCategory", "ChargeClass", "ChargeDescription"),
    *("ChargeFrequency", "ChargePeriodEnd", "ChargePeriodStart", "ConsumedQuantity", "ConsumedUnit"),
    *("ContractedCost", "ContractedUnitPrice", "EffectiveCost", "HostProviderName", "InvoiceId", "InvoiceIssuerName"),
    *("ListCost", "ListUnitPrice", "PricingCategory", "PricingQuantity", "PricingUnit", "ProviderName"),
    *("PublisherName", "ServiceCategory", "ServiceName", "ServiceProviderName", "ServiceSubcategory", "SkuId"),
    *("SkuMeter", "SkuPriceDetails", "SkuPriceId", "SubAccountId", "SubAccountName", "SubAccountType", "Tags"),
    *("x_Images", "x_PriceBasis", "x_Kept"),
)
ALWAYS = {
    "BillingAccountType": "Workspace",
    "BillingCurrency": "USD",
    "ChargeCategory": "Usage",
    "ChargeFrequency": "Usage-Based",
    "ServiceCategory": "AI and Machine Learning",
    "ServiceSubcategory": "Generative AI",
}
REMEMBERED = 8192  # of one kind: a month has few specs, providers and tags
_ROW = itemgetter(*COLUMNS)
Cells = dict[str, str]


class BillingProvider(NamedTuple):
    name: str
    service: str


OPENAI = BillingProvider("OpenAI", "OpenAI API")
# As their own FOCUS exports and invoices name them.
SOLD_BY = {
    "azure": BillingProvider("Microsoft", "Azure OpenAI"),
    "openrouter": BillingProvider("OpenRouter", "OpenRouter API"),
}


class LedgerCall(NamedTuple):
    """What one call or record came to. `at` is the moment it counts in, `priced_on` the day whose rates it was booked
    by; `amount_nanousd` None: nobody published its price. `images` None: not told. `veiled`: an open bench drew it,
    so nothing may tell by which model. `daily`: it is all that was used from `at` on for a day, not one call."""

    at: datetime
    priced_on: date
    amount_nanousd: int | None
    basis: str
    usage: Usage | None
    model: str
    quality: str | None
    size: str | None
    images: int | None
    partial_images: int
    tier: str
    kept: bool | None
    lane: str | None
    project: str | None
    channel_id: str | None
    person_id: str | None
    reseller: str | None
    veiled: bool
    daily: bool = False


class ChargePart(NamedTuple):
    """So much of one unit at a price each, exact."""

    meter: str
    unit: str
    quantity: int
    each_usd: Decimal

    @property
    def usd(self) -> Decimal:
        return self.quantity * self.each_usd


@dataclass(frozen=True)
class FocusCount:
    """How many rows were written; `unpriced` calls have no known price and no row."""

    rows: int
    unpriced: int

    def left_out(self) -> str:
        """In words, for who reads the file."""
        calls = "1 call" if self.unpriced == 1 else f"{self.unpriced:,} calls"
        return f"{calls} without a price left out."


class FocusSheet:
    """The file of one team. `people`: who asked is among the tags."""

    def __init__(self, team_id: str, catalog: Catalog, people: bool = False) -> None:
        self._people = people
        self._blank = {**dict.fromkeys(COLUMNS, ""), **ALWAYS, "BillingAccountId": safe(team_id)}
        self._provider = lru_cache(REMEMBERED)(partial(_provider_cells, catalog))
        self._rates = lru_cache(REMEMBERED)(partial(_rates, catalog))

    def write(self, calls: Iterable[LedgerCall], to: TextIO) -> FocusCount:
        """Opened with newline="": the line ends are ours."""
        out, rows, unpriced = csv.writer(to, lineterminator="\r\n"), 0, 0
        out.writerow(COLUMNS)
        veiled: dict[tuple[datetime, str | None], tuple[int, int]] = {}
        for call in calls:
            if call.amount_nanousd is None:
                unpriced += 1
            elif call.veiled:
                key = (_day(call.at), call.project)
                count, nanousd = veiled.get(key, (0, 0))
                veiled[key] = count + (call.images or 0), nanousd + call.amount_nanousd
            else:
                lines = [_ROW(cells) for cells in self._of_call(call, call.amount_nanousd)]
                out.writerows(lines)
                rows += len(lines)
        for (day, project), (images, nanousd) in veiled.items():
            out.writerow(_ROW(self._of_bench(day, project, images, usd(nanousd))))
        return FocusCount(rows + len(veiled), unpriced)

    def _of_call(self, call: LedgerCall, nanousd: int) -> Iterator[Cells]:
        hour = call.at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
        person = call.person_id if self._people else None
        cells = {
            **self._blank,
            **_period(hour, DAY if call.daily else HOUR),
            **self._provider(call.model, call.reseller),
            **_sub_account(call.project),
            "SkuPriceDetails": _json(("x_Model", call.model), ("x_Quality", call.quality), ("x_Size", call.size)),
            "Tags": _json(("lane", call.lane), ("channel", call.channel_id), ("person", person)),
            "x_PriceBasis": call.basis,
            "x_Kept": "" if call.kept is None else str(call.kept).lower(),
        }
        spec = "/".join(word for word in (call.quality, call.size) if word)
        for place, part in enumerate(parts_of(call, nanousd, self._rates(call.model, call.priced_on, call.tier))):
            # Of the first row alone: whoever adds the column up counts a picture once.
            images = "" if place or call.images is None else str(call.images)
            yield {**cells, **_priced(part, call.model, call.tier, spec), "x_Images": images}

    def _of_bench(self, day: datetime, project: str | None, images: int, amount_usd: Decimal) -> Cells:
        """What an open bench drew on a day, as one sum: a row a picture would say whose it is."""
        return {
            **self._blank,
            **_period(day, DAY),
            **_cells_of(OPENAI),
            **_sub_account(project),
            **_priced(ChargePart(OPEN_BENCH, "Requests", 1, amount_usd), OPEN_BENCH.replace(" ", "-"), "standard"),
            "x_Images": str(images),
            "x_PriceBasis": OPEN_BENCH,
        }


def parts_of(call: LedgerCall, nanousd: int, rates: Rates | None) -> tuple[ChargePart, ...]:
    """By the tokens where the day's rates make the amount of the books of them, else by the picture where each costs
    the same, else whole."""
    tokens = _tokens(call.usage, rates) if call.basis == "metered" else ()
    if tokens and sum(part.usd for part in tokens) == usd(nanousd):
        return tokens
    partials = Usage(image_out=call.partial_images * PARTIAL_IMAGE_TOKENS)
    beside = _tokens(partials, rates) if call.partial_images and call.images else ()
    rest = nanousd - int(sum(part.usd for part in beside) * 1_000_000_000)
    if call.images and rest > 0 and rest % call.images == 0:
        return (ChargePart("images", "Images", call.images, usd(rest // call.images)), *beside)
    return (ChargePart("requests", "Requests", 1, usd(nanousd)),)


def provider_of(catalog: Catalog, model: str, sold_by: str | None) -> BillingProvider:
    """Who sold it, else who makes it: all models of the catalogue are OpenAI's. Of a model we do not know it is what
    stands before a slash in its name, or else the name itself: no guess."""
    by = sold_by or reseller(model)
    if by is not None:
        return SOLD_BY.get(by) or BillingProvider(by, f"{by} API")
    try:
        model_named(catalog, model)
    except UnknownModel:
        maker = model.partition("/")[0] or model
        return OPENAI if maker == "openai" else BillingProvider(maker, f"{maker} API")
    return OPENAI


def _rates(catalog: Catalog, model: str, on: date, tier: str) -> Rates | None:
    try:
        return rates_on(model_named(catalog, model), on, tier)
    except UnknownModel:
        return None


def _tokens(usage: Usage | None, rates: Rates | None) -> tuple[ChargePart, ...]:
    try:
        meters = () if rates is None or usage is None else token_meters(usage, rates)
    except NoPrice:
        return ()
    return tuple(ChargePart(f"{one.name} tokens", "Tokens", one.tokens, one.usd_per_mtok / MILLION) for one in meters)


@lru_cache(REMEMBERED)
def _priced(part: ChargePart, model: str, tier: str, spec: str = "") -> Cells:
    """`spec`: what the price of a picture hangs on beside its model."""
    cost, each, quantity = _decimal(part.usd), _decimal(part.each_usd), str(part.quantity)
    of_spec = f"/{spec}" if part.unit == "Images" and spec else ""
    sku = safe(f"{model}/{part.meter.removesuffix(' tokens').replace(' ', '-')}")
    return {
        **dict.fromkeys(("BilledCost", "EffectiveCost", "ContractedCost", "ListCost"), cost),
        **dict.fromkeys(("ListUnitPrice", "ContractedUnitPrice"), each),
        **dict.fromkeys(("PricingQuantity", "ConsumedQuantity"), quantity),
        **dict.fromkeys(("PricingUnit", "ConsumedUnit"), part.unit),
        "PricingCategory": "Other" if part.unit == "Requests" else "Standard",
        "ChargeDescription": safe(f"{model}, {part.meter}"),
        "SkuId": sku,
        "SkuMeter": part.meter,
        "SkuPriceId": f"{sku}{of_spec}/{tier}",
    }


@lru_cache(64)  # the calls come in the order of their hours
def _period(start: datetime, length: timedelta) -> Cells:
    month = _day(start).replace(day=1)
    return {
        "BillingPeriodStart": _moment(month),
        "BillingPeriodEnd": _moment((month + 31 * DAY).replace(day=1)),
        "ChargePeriodStart": _moment(start),
        "ChargePeriodEnd": _moment(start + length),
    }


def _provider_cells(catalog: Catalog, model: str, sold_by: str | None) -> Cells:
    return _cells_of(provider_of(catalog, model, sold_by))


def _cells_of(provider: BillingProvider) -> Cells:
    columns = ("ProviderName", "PublisherName", "InvoiceIssuerName", "ServiceProviderName", "HostProviderName")
    return {**dict.fromkeys(columns, safe(provider.name)), "ServiceName": safe(provider.service)}


def _sub_account(project: str | None) -> Cells:
    if project is None:
        return {}
    return {"SubAccountId": safe(project), "SubAccountName": safe(project), "SubAccountType": "Project"}


@lru_cache(REMEMBERED)
def _json(*values: tuple[str, str | None]) -> str:
    """Null, which is an empty cell, where nothing is told."""
    there = {name: value for name, value in values if value is not None}
    return json.dumps(there, ensure_ascii=False) if there else ""


def _decimal(amount: Decimal) -> str:
    return f"{plain(amount):f}"


def _day(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"
