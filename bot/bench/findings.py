"""What the team's own sealed benches say on a day.

A verdict holds for the models and prices it was judged by. Once one of them ends or changes its price, or a newer model
is out, it is stale: it is still told, with what came since, and decides nothing.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from bot.bench.proof import DECISIONS, Proof
from bot.lanes.bindings import ending
from bot.lanes.finding import Finding
from bot.lanes.life import lasts
from bot.money import about, dollars
from bot.pricing import model_named
from bot.pricing.facts import Catalog
from bot.pricing.prices import list_price


def finding(catalog: Catalog, proof: Proof, on: date, horizon_days: int, leaving: str | None = None) -> Finding:
    """`leaving` is a model whose end is why somebody asks: that makes nothing stale but a test that chose it."""
    leaving = None if leaving == winning_model(proof) else leaving
    verdict, stale = proof.verdict, tuple(_stale(catalog, proof, on, horizon_days, leaving))
    winner = None if verdict.winner is None else proof.named(verdict.winner).name
    bet = None if winner or verdict.bet is None else proof.named(verdict.bet.lane).name
    size = f"{verdict.prompts} prompts, bench {proof.bench}, sealed {proof.sealed_on}"
    mark = f" Stale: {'; '.join(stale)}." if stale else ""
    return Finding(
        kind=proof.kind,
        bench=proof.bench,
        sealed_on=proof.sealed_on,
        prompts=verdict.prompts,
        word=verdict.word,
        winner=winner,
        bet=bet,
        stale=stale,
        sentence=f"{proof.kind}: {_said(proof, winner, bet)} ({size}).{mark}",
    )


def chose(proof: Proof, said: Finding, leaving: str, to: str) -> bool:
    """Whether that test of both models decided for `to`, and still does."""
    return said.decides and is_between(proof, leaving, to) and winning_model(proof) == to


def is_between(proof: Proof, *models: str) -> bool:
    return {side.model for side in proof.sides}.issuperset(models)


def winning_model(proof: Proof) -> str | None:
    return next((side.model for side in proof.sides if side.lane == proof.verdict.winner), None)


def _stale(catalog: Catalog, proof: Proof, on: date, horizon_days: int, leaving: str | None) -> Iterator[str]:
    for side in proof.sides:
        model = model_named(catalog, side.model)
        if model.id != leaving and not lasts(model, on, horizon_days):
            yield f"{side.model} {ending(model, on)}"
        then, now = (list_price(model, side.spec, day) for day in (proof.sealed_on, on))
        if then != now:
            yield f"{side.name} cost {_price(then)} then and {_price(now)} now"
    newer = (model for model in catalog.models.values() if proof.sealed_on < model.released <= on)
    yield from (f"{model.id} came out on {model.released}" for model in newer)


def _price(each_usd: Decimal | None) -> str:
    return "an unknown price" if each_usd is None else dollars(each_usd)


def _said(proof: Proof, winner: str | None, bet: str | None) -> str:
    verdict = proof.verdict
    words = DECISIONS[verdict.word]
    if winner is None:
        return f"{words}{f', best bet {bet}' if bet else ''}"
    costs = (f"{proof.named(side.lane).name} {about(side.effort_usd)}" for side in verdict.sides if side.effort_usd)
    return f"{words} {winner}; each kept picture, rejects' time included, {', '.join(costs)}"
