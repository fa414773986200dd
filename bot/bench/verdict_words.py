"""What a verdict says: the decision in words for anybody, then how it was worked out, each a sentence by itself."""

from collections.abc import Iterator

from bot.bench.proof import DECISIONS, Proof
from bot.bench.verdict_money import each, saving
from bot.evidence import LEAST_PROMPTS, Bet, Side, Word
from bot.slack.frame import GREY_LETTERS, LEAD_LETTERS
from bot.slack.text import plain

ASKED_FOR = "97.5%"
NO_FIFTH = "Four tests are the most: with each more, luck decides more often."
ONE_IN = 0.005  # chances nearer to an end than this are not rounded to it
LEADS = 0.6  # below it nobody is said to be ahead
KIND_LETTERS, NAME_LETTERS = 24, 20
AGAIN = "Perhaps posted twice: I was interrupted."
DEMO = "These are demo pictures: this shows how a blind test works and says nothing about a model."


def called(proof: Proof, lane: str) -> str:
    """Its lane, with the quality where two sides are of one lane; a model by its name."""
    side, roles = proof.named(lane), [one.role for one in proof.sides]
    if side.role is None:
        return side.name
    return side.role if roles.count(side.role) == 1 else f"{side.role} {side.quality}"


def lead(proof: Proof) -> str:
    """Not decided yet, but premium leads: 9 of 10 pictures kept, budget 7 of 10."""
    first, *others = ranked(proof)
    name, decision = called(proof, first.lane), _decision(proof)
    count = f"{first.kept} of {first.judged}"
    begin = f"{count} pictures kept{'' if name in decision else f' on {name}'}"
    whole = [f"{called(proof, one.lane)} {one.kept} of {one.judged}" for one in others]
    short = [f"{called(proof, one.lane)} {one.kept}" for one in others]
    return _fitting(
        f"{decision}: {', '.join((begin, *whole))}.", f"{decision}: {', '.join((begin, *short))}.", f"{decision}."
    )


def ranked(proof: Proof) -> list[Side]:
    """Whoever wins or leads first, then by how often it was kept."""
    first = proof.verdict.winner or (proof.verdict.bet.lane if proof.verdict.bet else None)
    return sorted(proof.verdict.sides, key=lambda side: (side.lane != first, -(side.rate or 0)))


def _decision(proof: Proof) -> str:
    return f"{'Demo. ' if proof.demo else ''}{_decided(proof)}{', it costs less' if _surprises(proof) else ''}"


def _decided(proof: Proof) -> str:
    result, words = proof.verdict, DECISIONS[proof.verdict.word]
    if result.winner is not None:
        return f"{words} {called(proof, result.winner)}"
    ahead = leader(proof)
    if result.word is Word.NO_CLEAR_DIFFERENCE or ahead is None:
        return words
    if result.prompts < LEAST_PROMPTS:
        return f"{words} with {result.prompts} prompts"
    return f"{words}, but {called(proof, ahead.lane)} leads"


def _surprises(proof: Proof) -> bool:
    """Whoever is named first was not kept more often than the others: then the price decided."""
    if proof.verdict.winner is None:
        return False
    first, *others = ranked(proof)
    return any((other.rate or 0) >= (first.rate or 0) for other in others)


def leader(proof: Proof) -> Bet | None:
    bet = proof.verdict.bet
    return bet if bet and bet.chance >= LEADS else None


def sureness(proof: Proof) -> str:
    """How much of it may be luck."""
    result, bet = proof.verdict, proof.verdict.bet
    if result.winner is not None:
        name, sure = called(proof, result.winner), chance(_won(proof))
        return f"We are {sure} sure that {name} costs less for each kept picture, people's time counted in."
    if result.word is Word.KEEP_TESTING and result.prompts < LEAST_PROMPTS:
        return f"A decision takes at least {LEAST_PROMPTS} prompts that all were judged; here are {result.prompts}."
    if bet is None:
        return "Only one of them was judged."
    sure = f"we are {chance(bet.chance)} sure that {called(proof, bet.lane)} costs less"
    if result.word is Word.NO_CLEAR_DIFFERENCE:
        return f"That may be luck: {sure}, and ask for {ASKED_FOR}. {NO_FIFTH}"
    if leader(proof) is None:
        return f"So far they are about even: {sure}, and ask for {ASKED_FOR}."
    return f"That can still be luck: {sure}, and ask for {ASKED_FOR}."


def _won(proof: Proof) -> float:
    """The chance behind a decision."""
    result = proof.verdict
    if result.word is Word.STAY:
        return min(1 - duel.cheaper for duel in result.duels)
    return next(duel.cheaper for duel in result.duels if duel.challenger == result.winner)


def choice(proof: Proof) -> tuple[str, str]:
    """If you must choose today: premium, and what it saves. What is decided needs no such beginning. Empty in a demo
    and where nothing can be chosen."""
    result = proof.verdict
    if proof.demo:
        return "", ""
    if result.winner is not None:
        other = result.current if result.word is Word.SWITCH else _next_best(proof, result.winner)
        return "", saving(proof, result.winner, other, called(proof, result.winner))
    if result.bet is None:
        return "", ""
    bet, other = result.bet, result.bet.rival if result.bet.lane == result.current else result.current
    when = "" if result.word is Word.NO_CLEAR_DIFFERENCE else " today"
    return f"If you must choose{when}: {called(proof, bet.lane)}.", saving(proof, bet.lane, other, "it")


def _next_best(proof: Proof, lane: str) -> str:
    others = [side for side in proof.verdict.sides if side.lane != lane]
    cheapest = min(others, key=lambda side: (side.effort_usd is None, side.effort_usd or 0))
    return cheapest.lane


def costs(proof: Proof) -> Iterator[str]:
    """Picture and table in words."""
    for side in ranked(proof):
        kept = f"{called(proof, side.lane)} kept {side.kept} of {side.judged}, luck allows {rates(side)}"
        if side.kept and not proof.demo:
            yield f"{kept}; a kept one costs {each(side.accepted_usd)}, {each(side.effort_usd)} with rejects' time."
        else:
            yield f"{kept}."


def grey(proof: Proof, by: str = "", *, again: bool = False) -> str:
    """Product shots by Ana: 10 prompts, 3 people. A reject counts as $0.25 of their time. `by` is who started it."""
    reject = f"A reject counts as {each(proof.verdict.reject_usd)} of their time."
    names = [f" by {plain(by, NAME_LETTERS)}"] * bool(by) + [""]
    tails = ("",) if proof.demo else (f" {reject}", "")
    lines = [
        f"{AGAIN} {_size(proof, name)}" if again else f"{_size(proof, name)}{tail}" for tail in tails for name in names
    ]
    return next((one for one in lines if len(one) <= GREY_LETTERS), plain(lines[-1], GREY_LETTERS))


def _size(proof: Proof, by: str) -> str:
    kind = plain(proof.kind.replace("-", " "), KIND_LETTERS)
    prompts, people = proof.verdict.prompts, proof.verdict.agreement.reviewers
    return f"{kind[:1].upper()}{kind[1:]}{by}: {prompts} prompts, {people} {'person' if people == 1 else 'people'}."


def unproven(proof: Proof) -> str:
    """What is asked once more before an undecided test is acted upon; empty where it is decided."""
    bet = proof.verdict.bet
    if proof.verdict.winner is not None or bet is None:
        return ""
    return f"The test has not decided: we are {chance(bet.chance)} sure, not {ASKED_FOR}."


def chance(p: float) -> str:
    """94%; what is not certain is never shown as 100%."""
    if p > 1 - ONE_IN:
        return "over 99%"
    return "under 1%" if p < ONE_IN else f"{p * 100:.0f}%"


def rates(side: Side) -> str:
    """34% to 74%: the range of its keep rate."""
    return f"{side.low * 100:.0f}% to {side.high * 100:.0f}%"


def _fitting(*sentences: str) -> str:
    return next((one for one in sentences if len(one) <= LEAD_LETTERS), plain(sentences[-1], LEAD_LETTERS))
