"""What a picture costs that people keep: rejects and retries included."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from bot.errors import BadNumber
from bot.money import dollars, rounded
from bot.pricing.quotes import KeepCount, Quote, Workload
from bot.pricing.spec import ImageSpec

FOUR_DIGITS = Decimal("0.0001")


@dataclass(frozen=True)
class Keep:
    """The share of images kept, and whose figure that is."""

    rate: Decimal
    basis: str


def check_workload(workload: Workload) -> None:
    """Raises BadNumber for a count, keep rate or number of retries that can't be."""
    if workload.count < 1:
        raise BadNumber("The number of pictures must be 1 or more.")
    if workload.keep is not None and not 0 < workload.keep <= 1:
        raise BadNumber("A keep rate lies over 0 and up to 1: 0.6 means 6 of 10 pictures are kept.")
    if workload.retries is not None and workload.retries < 0:
        raise BadNumber("The number of retries must be 0 or more.")


def keep_for(spec: ImageSpec, keeps: Iterable[KeepCount], fallback: Decimal | None) -> Keep | None:
    """The team's own rate on that spec where there are votes, else the one given. Votes of one spec have one origin."""
    own = [count for count in keeps if count.spec == spec and count.judged > 0]
    if own:
        kept, judged = sum(count.kept for count in own), sum(count.judged for count in own)
        return Keep(Decimal(kept) / Decimal(judged), f"{own[0].by} {kept} of {judged}")
    return Keep(fallback, "as given") if fallback is not None else None


def with_keep_rate(quote: Quote, workload: Workload, keep: Keep | None) -> Quote:
    """The quote with what rests on a keep rate or on retries; money only where the price of one image is known.

    A rejected image is drawn again up to `retries` times, so K = retries + 1 draws at most: calls for one image are
    (1 - (1 - p)^K) / p, or 1 / p without a limit. Cost per accepted is each / p either way.
    """
    if keep is None and workload.retries is None:
        return quote
    each, rate = quote.each_usd, keep.rate if keep else None
    calls = calls_per_image(rate, workload.retries)
    total = (
        rounded(workload.count * calls * each) if workload.retries is not None and calls and each is not None else None
    )
    return replace(
        quote,
        keep_rate=rate.quantize(FOUR_DIGITS) if rate is not None else None,
        keep_basis=keep.basis if keep else None,
        per_accepted_usd=rounded(each / rate) if each is not None and rate else None,
        calls_expected=calls.quantize(FOUR_DIGITS) if calls is not None else None,
        expected_usd=total,
        notes=quote.notes + _notes(workload, each, keep),
    )


def calls_per_image(rate: Decimal | None, retries: int | None) -> Decimal | None:
    """Expected calls; without a keep rate the worst case. None where there is no end to them, or nothing was asked."""
    if retries is None:
        return 1 / rate if rate else None
    if not rate:
        return Decimal(retries + 1)
    return (1 - (1 - rate) ** (retries + 1)) / rate


def _notes(workload: Workload, each_usd: Decimal | None, keep: Keep | None) -> tuple[str, ...]:
    notes = []
    if keep and keep.basis != "as given" and workload.keep is not None:
        notes.append(f"The keep rate is {keep.basis}, not the {workload.keep} given.")
    if keep and not keep.rate:
        notes.append("None was kept so far: cost per kept picture has no figure yet.")
    elif keep and workload.retries is not None:
        share = 1 - (1 - keep.rate) ** (workload.retries + 1)
        notes.append(f"About {workload.count * share:,.0f} of {workload.count:,} pictures end up kept.")
    if workload.retries is not None and keep is None and each_usd is not None:
        worst = dollars(workload.count * (workload.retries + 1) * each_usd)
        notes.append(f"At worst, with every picture drawn {workload.retries + 1} times: {worst}.")
    return tuple(notes)
