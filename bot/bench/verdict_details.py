"""How a verdict was worked out: every figure behind it, a name and its sentences, for a window and a terminal."""

from collections.abc import Iterator
from datetime import date

from bot import money
from bot.bench import verdict_money
from bot.bench import verdict_words as say
from bot.bench.proof import Offer, Proof, Traffic
from bot.bench.quote import GUESS_HIGH, GUESS_LOW
from bot.evidence import (
    MOST_LOOKS,
    BreakEven,
    Duel,
    Side,
    Word,
    break_even_keep_rate,
    calls_for_N_accepted_uncertain,
)
from bot.slack.text import plain

KEPT = 100  # pictures a plan is reckoned for
SURE_OF_5 = 5
HUNDRED = 100

Chapter = tuple[str, tuple[str, ...]]  # its name, and its sentences


def chapters(proof: Proof) -> tuple[Chapter, ...]:
    sides = [(_named(proof, side), tuple(_side(proof, side))) for side in say.ranked(proof)]
    duels = [(_against(proof, duel), tuple(_duel(proof, duel))) for duel in proof.verdict.duels]
    return (*sides, *duels, ("This test", tuple(_test(proof))))


def follow_up(offer: Offer) -> str:
    """The same 20 prompts on premium (gpt-image-1.5), beside legacy again: about $0.90."""
    cost = "what that costs is unknown"
    if offer.total_usd is not None:
        cost = f"{2 * offer.prompts:,} pictures for about {money.about(offer.total_usd)}"
    again = f"The same {offer.prompts:,} prompts on premium ({offer.model}), beside {offer.sides[0][0]} again: {cost}."
    return f"Budget was kept less often. {again}"


def _named(proof: Proof, side: Side) -> str:
    named, name = proof.named(side.lane), say.called(proof, side.lane)
    model = "" if name == named.name else f"{named.model}, "
    return f"{name}: {model}{named.quality}, {named.size}"


def _side(proof: Proof, side: Side) -> Iterator[str]:
    yield f"Kept {side.kept} of {side.judged}; by luck the true rate may be {say.rates(side)}."
    if side.kept:
        yield f"{money.about(side.accepted_usd)} for each kept picture ({_range(side)})."
        yield f"{money.about(side.effort_usd)} with {money.each(proof.verdict.reject_usd)} of time for each reject."
        yield f"{side.calls:.2f} pictures drawn for each kept one ({side.calls_low:.2f} to {_end(side.calls_high)})."
        calls = calls_for_N_accepted_uncertain(KEPT, side.kept, side.judged)
        if calls is not None:
            yield f"To keep {KEPT}, draw {calls:,}: that is enough in 95 of 100 cases."
    else:
        yield f"None was kept yet: {money.about(side.spent_usd)} was spent."
        yield f"A kept picture would cost {money.about(side.accepted_low_usd)} at least."
    yield from (_real(one) for one in proof.traffic if one.lane == side.lane)
    if proof.confident and side.confidence is not None:
        yield f"Reviewers were {side.confidence:.1f} of {SURE_OF_5} sure."


def _range(side: Side) -> str:
    """$0.0148 to $0.0322: what each kept picture may truly cost."""
    return f"{money.about(side.accepted_low_usd)} to {money.about(side.accepted_high_usd)}"


def _end(value: float | None) -> str:
    return "any number" if value is None else f"{value:.2f}"


def _real(traffic: Traffic) -> str:
    """What was really drawn, beside the test and never mixed with it."""
    begin = f"In 30 days outside blind tests: {traffic.images:,} pictures of yours ({verdict_money.origin(traffic)})"
    return f"{begin}, {traffic.kept:,} kept." if not traffic.kept else f"{begin}, {_each_kept(traffic)}."


def _each_kept(traffic: Traffic) -> str:
    return f"{traffic.kept:,} kept: {traffic.images / traffic.kept:.2f} drawn for each kept one"


def _against(proof: Proof, duel: Duel) -> str:
    return f"{say.called(proof, duel.challenger)} against {say.called(proof, duel.current)}, prompt by prompt"


def _duel(proof: Proof, duel: Duel) -> Iterator[str]:
    new, old = say.called(proof, duel.challenger), say.called(proof, duel.current)
    yield f"Both kept {duel.both}, only {new} {duel.new_only}, only {old} {duel.old_only}, neither {duel.neither}."
    yield f"{new} costs less with {say.chance(duel.cheaper)}; {say.ASKED_FOR} either way is called decided."
    pair = (duel.challenger, duel.current)
    savings = (verdict_money.saving(proof, *pair, new), verdict_money.monthly(proof, *pair, new))
    yield from (sentence for sentence in savings if sentence)
    yield _break_even(proof, duel.break_even)
    yield from _keep_rate(proof, duel, new)


def _break_even(proof: Proof, point: BreakEven | None) -> str:
    if point is None:
        return "What a reject costs does not turn the answer."
    reject = f"{money.about(point.usd)} a reject, {point.seconds:f} seconds of a person"
    return f"Break-even: {say.called(proof, point.dearer)} costs less from {reject}."


def _keep_rate(proof: Proof, duel: Duel, new: str) -> Iterator[str]:
    one, old = (proof.verdict.side(lane) for lane in (duel.challenger, duel.current))
    if old.rate and one.judged:
        needed = break_even_keep_rate(one.call_usd, old.call_usd, old.rate, proof.verdict.reject_usd)
        often = (
            f"as soon as more than {needed * HUNDRED:.0f}% of its pictures are kept"
            if needed <= 1
            else "at no keep rate"
        )
        yield f"Break-even: {new} costs less {often}."


def _test(proof: Proof) -> Iterator[str]:
    result, tests = proof.verdict, len(proof.benches)
    yield f"Blind test {proof.bench} of {plain(proof.kind, 40)}, sealed on {_day(proof.sealed_on)}."
    together = f", of {tests} tests together" if tests > 1 else ""
    yield f"{result.prompts} prompts{together}; this is look {result.look} of {MOST_LOOKS} at this question."
    if result.word is Word.KEEP_TESTING:
        yield "New prompts on the same lanes add up with these."
    if proof.more:
        all_told = result.prompts + proof.more.wanted
        yield f"{proof.more.wanted} more make {all_told}: enough to tell {GUESS_LOW:.0%} kept from {GUESS_HIGH:.0%}."
    if result.bet:
        bet, rival = (say.called(proof, lane) for lane in (result.bet.lane, result.bet.rival))
        yield f"Best bet: {bet} costs less than {rival} with {say.chance(result.bet.chance)}."
    if proof.confident:
        changes = "does not change" if result.holds_if_sure else "changes"
        yield f"Without the votes that were not sure the answer {changes}."
    yield from _agreement(proof)
    if proof.dropped:
        yield f"{proof.dropped} prompts of this test count for nobody."
    if proof.offer:
        yield follow_up(proof.offer)
    hourly = f"{proof.reject_seconds:f} seconds at {money.each(proof.usd_per_hour)} an hour"
    yield f"A reject counts as {money.each(result.reject_usd)} of people's time: {hourly}."
    yield "Ranges are 95% ones after Wilson; the chance compares the same prompt on both, price and rejects counted in."
    yield "Pictures for each kept one hold if a rejected prompt is as likely to be kept next time."


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def _agreement(proof: Proof) -> Iterator[str]:
    agreement = proof.verdict.agreement
    if agreement.raw is None:
        return
    by_name = (("alpha", agreement.alpha), ("kappa", agreement.kappa))
    coefficients = [f"{name} {value:.2f}" for name, value in by_name if value is not None]
    beside = f" ({', '.join(coefficients)})" if coefficients else ""
    alike = f"agree on {agreement.raw * HUNDRED:.0f}% of {agreement.shared} pictures"
    yield f"{agreement.reviewers} people {alike}{beside}."
    if agreement.low:
        yield "That is little: say together what a keep is."
