"""The verdict of a sealed bench: the word, what each side came to, what is proven and what to do on Monday.

Every sentence here stands in a terminal, too.
"""

from collections.abc import Sequence
from decimal import Decimal

from bot import money
from bot.bench.proof import NamedSide, Offer, Proof, Traffic
from bot.evidence import MOST_LOOKS, NONE_ACCEPTED, Bet, BreakEven, Duel, Side, Word
from bot.slack.message import (
    Message,
    actions,
    bullets,
    button,
    message,
    paragraph,
    picture,
    prose,
    rich,
    small,
    table,
    words,
)
from bot.slack.text import plain

NEEDED = "97.5% needed"
ONE_IN = 0.005  # chances nearer to an end than this are not rounded to it
AGAIN = "(perhaps posted twice: I was interrupted)"
TITLE_LIMIT, ALT_LIMIT = 200, 1000
COLUMNS = ("Kept", "Range", "Each kept", "With rejects")


def verdict(proof: Proof, *, again: bool = False, file_id: str | None = None) -> Message:
    """`file_id` is its picture, uploaded."""
    head = heading(proof)
    rows = [["Side", *COLUMNS], *([proof.named(side.lane).name, *cells(side)] for side in proof.verdict.sides)]
    premium = button("Quote it on premium", "bench.premium", proof.bench, f"Quote bench {proof.bench} on premium")
    blocks = [
        paragraph(words(head, bold=True), *([f" {AGAIN}"] if again else [])),
        *([picture(file_id, alt(proof))] if file_id else []),
        table(rows, right=range(1, 1 + len(COLUMNS))),
        rich(bullets(*([sentence] for sentence in (*tries(proof), *comparisons(proof))))),
        *[paragraph(*prose(sentence)) for sentence in advice(proof)],
        *([actions(premium)] if proof.offer else []),
        small(*beside(proof)),
    ]
    sides = [outcome(proof, side) for side in proof.verdict.sides]
    sentences = [f"{head}.", *([AGAIN] if again else []), *sides, *comparisons(proof), *advice(proof), *beside(proof)]
    return message(" ".join(sentences), blocks)


def kept_inside(proof: Proof) -> Message:
    """For a channel where people of another workspace read: no figure, no name."""
    sentence = f"Bench {proof.bench} is sealed. People of another workspace may read here: "
    ask = f"`/imagelane bench verdict {proof.bench}` shows its verdict to you."
    return message(sentence + ask, [paragraph(*prose(sentence + ask))])


def title(proof: Proof) -> str:
    """Of its picture."""
    return plain(heading(proof), TITLE_LIMIT)


def alt(proof: Proof) -> str:
    """Its picture in words."""
    return plain(" ".join((f"{heading(proof)}.", *(outcome(proof, side) for side in proof.verdict.sides))), ALT_LIMIT)


def heading(proof: Proof) -> str:
    """Bench 7f3k2q, kites: SWITCH to gpt-image-1.5"""
    result = proof.verdict
    whom = "" if result.winner is None else proof.named(result.winner).name
    word = {Word.SWITCH: f"SWITCH to {whom}", Word.STAY: f"STAY with {whom}"}.get(result.word, result.word.value)
    return f"Bench {proof.bench}, {proof.kind}: {word}"


def cells(side: Side) -> list[str]:
    """Under COLUMNS."""
    both = (side.accepted_usd, side.effort_usd)
    count = f"{side.kept} of {side.judged}"
    return [count, rates(side), *("none yet" if one is None else money.about(one) for one in both)]


def outcome(proof: Proof, side: Side) -> str:
    """mini kept 11 of 20 (34-74%), $0.0200 each accepted ($0.0148-$0.0322), $0.225 with your $0.25 a reject."""
    entrant, h = proof.named(side.lane), money.each(proof.verdict.reject_usd)
    rate = f"{entrant.name}{_role(entrant)} kept {side.kept} of {side.judged} ({rates(side)})"
    if not side.kept:
        return f"{rate}, {NONE_ACCEPTED}.{_sure(side)}"
    each = f"{money.about(side.accepted_usd)} each accepted ({costs(side)})"
    effort = f"{money.about(side.effort_usd)} with your {h} a reject"
    return f"{rate}, {each}, {effort}, {_calls(side)}.{_sure(side)}"


def tries(proof: Proof) -> tuple[str, ...]:
    """mini: 1.82 calls for each accepted (1.35-2.92). Mean confidence 4.1."""
    sides = [side for side in proof.verdict.sides if side.kept]
    return tuple(f"{proof.named(side.lane).name}: {_calls(side)}.{_sure(side)}" for side in sides)


def _calls(side: Side) -> str:
    return f"{side.calls:.2f} calls for each accepted ({side.calls_low:.2f}-{_number(side.calls_high)})"


def comparisons(proof: Proof) -> tuple[str, ...]:
    """What is compared, two by two."""
    return tuple(each for duel in proof.verdict.duels for each in (counts(proof, duel), *comparison(proof, duel)))


def advice(proof: Proof) -> tuple[str, ...]:
    """The best bet, and what its proof would take."""
    result = proof.verdict
    more = "New prompts on the same lanes add up with these."
    return (
        *([_best(proof, result.bet)] if result.bet else []),
        *([more] if result.word is Word.KEEP_TESTING else []),
        *([follow_up(proof.offer)] if proof.offer else []),
        f"The same prompts on other lanes: `imagelane bench rerun {proof.bench} --lanes "
        f"{proof.offer.words if proof.offer else '...'}` in a terminal.",
    )


def follow_up(offer: Offer) -> str:
    """The same 20 prompts on premium (gpt-image-1.5), beside legacy again: about $0.90."""
    beside, cost = offer.sides[0][0], "what that costs is unknown"
    if offer.total_usd is not None:
        cost = f"{2 * offer.prompts:,} images for about {money.about(offer.total_usd)}"
    why = "Budget was kept less often."
    return f"{why} The same {offer.prompts:,} prompts on premium ({offer.model}), beside {beside} again: {cost}."


def _best(proof: Proof, bet: Bet) -> str:
    name = proof.named(bet.lane).name
    return f"If you must choose today: {name} ({chance(bet.chance)} likely to be the cheaper one)."


def beside(proof: Proof) -> tuple[str, ...]:
    """What a reader needs to judge the verdict."""
    result = proof.verdict
    others = len(proof.benches) - 1
    together = f" of {others + 1} benches" if others else ""
    changes = "does not change" if result.holds_if_sure else "changes"
    return (
        *(["Demo pictures: this says how the bench works, and nothing about a model."] if proof.demo else []),
        f"{result.prompts} prompts{together}; look {result.look} of {MOST_LOOKS} at this question.",
        f"Without votes of confidence 1 and 2 the verdict {changes}.",
        *_agreement(proof),
        *([f"{proof.dropped} prompts of this bench count for no side."] if proof.dropped else []),
        "1/p calls hold if a rejected prompt is as likely to be kept next time.",
        *(_real(proof, each) for each in proof.traffic),
    )


def _real(proof: Proof, traffic: Traffic) -> str:
    """In 30 days outside benches, mini took 48 calls for 30 kept: 1.60 for each."""
    calls = f"In 30 days outside benches, {proof.named(traffic.lane).name} took {traffic.images:,} calls"
    if not traffic.kept:
        return f"{calls}."
    return f"{calls} for {traffic.kept:,} kept: {traffic.images / traffic.kept:.2f} for each."


def chance(p: float) -> str:
    """94%; what is not certain is never shown as 100%."""
    if p > 1 - ONE_IN:
        return "over 99%"
    return "under 1%" if p < ONE_IN else f"{p * 100:.0f}%"


def counts(proof: Proof, duel: Duel) -> str:
    """Both 9, only 1.5 8, only mini 2, neither 1."""
    new, old = proof.named(duel.challenger).name, proof.named(duel.current).name
    return f"Both {duel.both}, only {new} {duel.new_only}, only {old} {duel.old_only}, neither {duel.neither}."


def comparison(proof: Proof, duel: Duel) -> Sequence[str]:
    new, h = proof.named(duel.challenger).name, money.each(proof.verdict.reject_usd)
    odds = f"At {h} a reject {new} is cheaper with {chance(duel.cheaper)} probability: {duel.word} ({NEEDED})."
    return (odds, *_saving(proof, duel), *_monthly(proof, duel), _break_even(proof, duel.break_even))


def _saving(proof: Proof, duel: Duel) -> Sequence[str]:
    if duel.saving_usd is None or duel.saving_effort_usd is None:
        return ()
    new, old = proof.named(duel.challenger).name, proof.named(duel.current).name
    saving = _saved(duel.saving_usd, duel.saving_effort_usd)
    return (f"Against {old}, for 1,000 accepted, {new} {saving}.",)


def _monthly(proof: Proof, duel: Duel) -> Sequence[str]:
    """On what the team draws on the current lane, accepted as often as here."""
    traffic = next((each for each in proof.traffic if each.lane == duel.current), None)
    rate = proof.verdict.side(duel.current).rate
    if traffic is None or not rate or duel.saving_usd is None or duel.saving_effort_usd is None:
        return ()
    kept = Decimal(traffic.images) * Decimal(rate)
    saving = _saved(*(one * kept / 1000 for one in (duel.saving_usd, duel.saving_effort_usd)))
    old, new = proof.named(duel.current).name, proof.named(duel.challenger).name
    pictures = f"On the {traffic.images:,} pictures of yours on {old} in 30 days ({_origin(traffic)})"
    return (f"{pictures}, about {kept:,.0f} of them kept, {new} {saving}.",)


def _origin(traffic: Traffic) -> str:
    here = traffic.images - traffic.reported
    if not here:
        return "all reported or imported"
    return f"{here:,} drawn here, {traffic.reported:,} reported or imported" if traffic.reported else "all drawn here"


def _saved(*usd: Decimal) -> str:
    """saves $2.00 in money and costs $1.00 more with the rejects' time"""
    in_money, effort = map(_cheaper, usd)
    return f"{in_money} in money and {effort} with the rejects' time"


def _cheaper(usd: Decimal) -> str:
    if not usd:
        return "costs the same"
    return f"saves {money.about(usd)}" if usd > 0 else f"costs {money.about(-usd)} more"


def _break_even(proof: Proof, point: BreakEven | None) -> str:
    if point is None:
        return "What a reject costs does not turn it."
    dearer = proof.named(point.dearer).name
    return f"{dearer} starts to pay at {money.about(point.usd)} a reject, {point.seconds:f} seconds."


def _agreement(proof: Proof) -> Sequence[str]:
    agreement = proof.verdict.agreement
    if agreement.raw is None:
        return ()
    by_name = (("alpha", agreement.alpha), ("kappa", agreement.kappa))
    coefficients = [f"{name} {value:.2f}" for name, value in by_name if value is not None]
    beside_it = f" ({', '.join(coefficients)})" if coefficients else ""
    alike = f"agree on {agreement.raw * 100:.0f}% over {agreement.shared} images"
    sentence = f"{agreement.reviewers} reviewers {alike}{beside_it}."
    return (sentence, *(["That is little: say together what a keep is."] if agreement.low else []))


def rates(side: Side) -> str:
    """34-74%: the range of its keep rate."""
    return f"{side.low * 100:.0f}-{side.high * 100:.0f}%"


def costs(side: Side) -> str:
    """$0.0148-$0.0322: the range of what each accepted costs; only where one was."""
    return f"{money.about(side.accepted_low_usd)}-{money.about(side.accepted_high_usd)}"


def _number(value: float | None) -> str:
    return "?" if value is None else f"{value:.2f}"


def _role(entrant: NamedSide) -> str:
    return f" ({entrant.role})" if entrant.role else ""


def _sure(side: Side) -> str:
    return "" if side.confidence is None else f" Mean confidence {side.confidence:.1f}."
