"""What votes and money say: the keep rate and the cost of an accepted image."""

from decimal import Decimal


def keep_rate(kept: int, judged: int) -> Decimal | None:
    """kept / judged, None before anything was judged. Unjudged, refused and failed images are in neither count."""
    return Decimal(kept) / judged if judged else None


def cost_per_accepted(spent_usd: Decimal, kept: int) -> Decimal | None:
    """All money spent, rejects and retries included, for one image kept; None while nothing was kept."""
    return spent_usd / kept if kept else None
