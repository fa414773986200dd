"""What one side of a verdict saves against another: in money and in people's time apart, in one sentence."""

from decimal import Decimal

from bot import money
from bot.bench.proof import Proof, Traffic
from bot.evidence import SAVING_FOR

WHOLE = 10  # dollars from which cents say nothing


def each(usd: Decimal | None) -> str:
    """Of one picture, to three figures ($0.0527); none yet where none was kept."""
    return "none yet" if usd is None else money.about(usd)


def saving(proof: Proof, lane: str, other: str, name: str) -> str:
    """For 1,000 kept pictures it saves about $4.20 in money and $79 of people's time. Empty where none was kept."""
    amounts = apart(proof, lane, other)
    return f"For {SAVING_FOR:,} kept pictures {name} {saved(*amounts)}." if amounts else ""


def monthly(proof: Proof, lane: str, other: str, name: str) -> str:
    """The same on what the team draws on `other` in 30 days, kept as often as here; empty where that is nothing."""
    amounts, rate = apart(proof, lane, other), proof.verdict.side(other).rate
    traffic = next((one for one in proof.traffic if one.lane == other), None)
    if amounts is None or traffic is None or not rate:
        return ""
    kept = Decimal(traffic.images) * Decimal(rate)
    share = [usd * kept / SAVING_FOR for usd in amounts]
    pictures = f"On the {traffic.images:,} pictures of yours in 30 days ({origin(traffic)})"
    return f"{pictures}, about {kept:,.0f} of them kept, {name} {saved(*share)}."


def apart(proof: Proof, lane: str, other: str) -> tuple[Decimal, Decimal] | None:
    """Dollars of money and of people's time that `lane` saves for 1,000 kept pictures; less than nothing: it costs
    more. None where none was kept on one of them."""
    one, old = proof.verdict.side(lane), proof.verdict.side(other)
    if None in (one.accepted_usd, one.effort_usd, old.accepted_usd, old.effort_usd):
        return None
    in_money = SAVING_FOR * (_usd(old.accepted_usd) - _usd(one.accepted_usd))
    in_all = SAVING_FOR * (_usd(old.effort_usd) - _usd(one.effort_usd))
    return in_money, in_all - in_money


def origin(traffic: Traffic) -> str:
    here = traffic.images - traffic.reported
    if not here:
        return "all reported or imported"
    return f"{here:,} drawn here, {traffic.reported:,} reported or imported" if traffic.reported else "all drawn here"


def rounded(usd: Decimal) -> str:
    return f"${usd:,.0f}" if usd >= WHOLE else money.cents(usd)


def saved(in_money: Decimal, in_time: Decimal) -> str:
    if not in_money and not in_time:
        return "costs the same in money and in people's time"
    if in_money >= 0 and in_time >= 0:
        return _both("saves about", in_money, in_time)
    if in_money <= 0 and in_time <= 0:
        return _both("costs about", -in_money, -in_time)
    less, net = in_money + in_time, rounded(abs(in_money + in_time))
    all_told = f"about {net} {'less' if less > 0 else 'more'} in all" if less else "the same in all"
    if in_money > 0:
        return f"saves {rounded(in_money)} in money but takes {rounded(-in_time)} more of people's time: {all_told}"
    return f"costs {rounded(-in_money)} more in money but saves {rounded(in_time)} of people's time: {all_told}"


def _both(verb: str, in_money: Decimal, in_time: Decimal) -> str:
    more = " more" if verb.startswith("costs") else ""
    if not in_time:
        return f"{verb} {rounded(in_money)}{more} in money and takes the same time of people"
    if not in_money:
        return f"costs the same in money and {verb} {rounded(in_time)}{more} of people's time"
    return f"{verb} {rounded(in_money)}{more} in money and {rounded(in_time)}{more} of people's time"


def _usd(amount: Decimal | None) -> Decimal:
    return amount or Decimal(0)
