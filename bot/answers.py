"""One function a question: a typed command and the day in, a typed answer out. Every door asks here.

`today` is the day a command without `--on` is answered for. What a team keeps and runs is handed in, never fetched.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any, Self
from zoneinfo import ZoneInfo

from bot import grammar, lanes, periods, pricing
from bot.bench.proof import Proof
from bot.billing.reconcile import Bill, BilledDays, Metered, reconcile
from bot.errors import ImagelaneError, NoLanes, NotUnderstood
from bot.lanes import HORIZON_DAYS, ModelList, Recommendation
from bot.ledger.pictures import Kept
from bot.pricing import Asked, ImageSpec, KeepCount, Quote, Quotes
from bot.pricing.facts import Catalog
from bot.spend.measures import UTC_DAY, Only, Spending, SpendScope, Sums, spending, spending_by_day

if TYPE_CHECKING:  # a plain estimate loads no database
    from bot.store import Store

QUALITY, SIZE, SITUATION = "medium", "square", "new"
PERIOD, BY = periods.Named.THIS_MONTH, "lane"
MOST_DAYS = 366  # one statement a day

Answer = Quotes | Recommendation | ModelList | grammar.Guide


@dataclass(frozen=True)
class Books:
    """How the books of one team are asked: `sums` by a dimension or none, `earliest` for when they begin.

    `billed` is the provider's column: what it billed for the days of a period, None where nobody ever read a bill.
    """

    sums: Callable[[Sequence[periods.Period], str | None, Only], Sequence[Sums]]
    earliest: Callable[[], datetime | None]
    zone: ZoneInfo
    billed: Callable[[periods.Period], BilledDays | None] = lambda _period: None

    @classmethod
    def of(cls, store: "Store", team_id: str, zone: ZoneInfo) -> Self:
        return cls(
            sums=partial(store.sums, team_id),
            earliest=partial(store.earliest, team_id),
            zone=zone,
            billed=partial(store.bills.billed, team_id),
        )


@dataclass(frozen=True)
class Own:
    """What the team judged lately, the spec it drew most, and what its newest bench of each kind of work proved."""

    keeps: tuple[KeepCount, ...] = ()
    runs: ImageSpec | None = None
    proofs: tuple[Proof, ...] = ()

    def of(self, kind: str | None, on: date) -> Proof | None:
        """The newest bench of that kind, if it was sealed by that day."""
        named = [proof for proof in self.proofs if kind and proof.kind.lower() == kind.lower()]
        return next((proof for proof in named if proof.sealed_on <= on), None)


def own(counts: Sequence[Kept], proofs: Sequence[Proof] = ()) -> Own:
    most = max(counts, key=lambda kept: kept.images, default=None)
    keeps = tuple(KeepCount(kept.spec, kept.kept, kept.judged) for kept in counts if kept.judged)
    return Own(keeps, most.spec if most and most.images else None, tuple(proofs))


def vocabulary(catalog: Catalog) -> grammar.Vocabulary:
    """The words the catalogue adds to the grammar."""
    models = catalog.models.values()
    names = tuple(name for model in models for name in (model.id, *model.snapshots))
    return grammar.Vocabulary(names, tuple(dict.fromkeys(word for model in models for word in model.qualities)))


def answer(
    catalog: Catalog, command: grammar.Command, today: date, horizon_days: int = HORIZON_DAYS, mine: Own | None = None
) -> Answer:
    """Any question that asks for no books; `mine` is what the team's store knows, None where it was not asked."""
    match command:
        case grammar.Estimate():
            return estimate(catalog, command, today, mine or Own(), horizon_days)
        case grammar.Recommend():
            return recommend(catalog, command, today, mine or Own(), horizon_days)
        case grammar.Models():
            return models(catalog, command, today, horizon_days)
        case grammar.Help():
            return help(command)
        case _:
            raise TypeError(f"{command} is no question")


def estimate(
    catalog: Catalog,
    command: grammar.Estimate,
    today: date,
    mine: Own = Own(),
    horizon_days: int = HORIZON_DAYS,
) -> Quotes:
    """Where a kind of work is named that a bench was sealed on, keep rates are what that bench counted."""
    on = command.on or today
    filled = _fillings(catalog, command.choice, on, horizon_days)
    asked = Asked(
        count=command.count,
        quality=command.quality or QUALITY,
        size=command.size or SIZE,
        choice=command.choice,
        batch=command.batch,
        keep=command.keep,
        retries=command.retries,
    )
    names = {lane: filling.model.id for lane, filling in filled.items()}
    proof = mine.of(command.kind, on)
    keeps = _blind_first(proof, mine.keeps) if proof else mine.keeps
    quotes = pricing.compare(catalog, names, asked, on, keeps, mine.runs)
    return replace(
        quotes,
        quotes=tuple(_with_note(quote, filled) for quote in quotes.quotes),
        defaults=(
            *_defaults(command, mine.keeps),
            *([] if proof is None else [lanes.finding(catalog, proof, on, horizon_days).sentence]),
            *_no_bench(command.kind, proof),
        ),
    )


def recommend(
    catalog: Catalog,
    command: grammar.Recommend,
    today: date,
    mine: Own = Own(),
    horizon_days: int = HORIZON_DAYS,
) -> Recommendation:
    """By what was proven for the kind of work that is named, else by the general rule; all that was proven beside."""
    on = command.on or today
    found = lanes.recommend(catalog, command.situation or SITUATION, command.model, on, horizon_days)
    proof = mine.of(command.kind, on)
    if proof is not None:
        found = lanes.by_evidence(catalog, found, proof, on, horizon_days)
    known = [proof] if proof else [each for each in mine.proofs if each.sealed_on <= on]
    return replace(
        found,
        evidence=tuple(lanes.finding(catalog, each, on, horizon_days) for each in known),
        defaults=(
            *([] if command.situation else ["No situation named: answered for a new build."]),
            *_no_bench(command.kind, proof),
        ),
    )


def _blind_first(proof: Proof, keeps: Sequence[KeepCount]) -> tuple[KeepCount, ...]:
    """What a bench counted, and the team's own votes on what it did not compare: the two are never mixed."""
    by = f"your bench {proof.bench}, sealed {proof.sealed_on}:"
    sides = [(proof.named(side.lane).spec, side) for side in proof.verdict.sides]
    blind = [KeepCount(spec, side.kept, side.judged, by) for spec, side in sides]
    return (*blind, *(each for each in keeps if each.spec not in [spec for spec, _ in sides]))


def _no_bench(kind: str | None, proof: Proof | None) -> tuple[str, ...]:
    if kind is None or proof is not None:
        return ()
    return (f"No bench of {kind} is sealed by that day, so nothing is proven for it: `bench` plans one.",)


def models(catalog: Catalog, command: grammar.Models, today: date, horizon_days: int = HORIZON_DAYS) -> ModelList:
    return lanes.statuses(catalog, command.on or today, command.model, horizon_days)


def spend(books: Books, command: grammar.Spend, now: datetime) -> Spending:
    """Raises NotUnderstood for a period that has not begun, and for too many days one by one."""
    scope = _scope(books, command, now)
    told = _spending(books, scope)
    theirs = bill(books, scope.days) if scope.only == Only() else None
    return replace(told, defaults=_spend_defaults(command), bill=theirs)


def bill(books: Books, days: periods.Days) -> Bill | None:
    """The provider's bill of these dates beside what we metered, both by UTC days whatever the workspace's zone: so
    the provider counts. None where no bill was read for any of them."""
    utc = ZoneInfo("UTC")
    billed = books.billed(periods.span(days, utc))
    if billed is None or billed.since > days.last:
        return None
    both = periods.Days(max(days.first, billed.since), days.last)
    sums = books.sums((periods.span(both, utc),), UTC_DAY, Only())
    metered = {date.fromisoformat(one.name): Metered(one.spent_nanousd, one.unknown) for one in sums if one.name}
    return reconcile([day.first for day in periods.each_day(both)], metered, billed)


def _spending(books: Books, scope: SpendScope) -> Spending:
    before = () if scope.against is None else (periods.span(scope.against, books.zone),)
    if scope.by == "day":
        return _by_day(books, scope, before)
    whole = periods.span(scope.days, books.zone)
    found = books.sums((whole, *before), scope.by, scope.only)
    parts = [part for part in found if part.period == whole.key]
    return spending(scope, parts, [part for part in found if part not in parts])


def _by_day(books: Books, scope: SpendScope, before: Sequence[periods.Period]) -> Spending:
    if scope.days.count > MOST_DAYS:
        raise NotUnderstood(f"By day I show up to {MOST_DAYS} days, and {scope.days.words()} has {scope.days.count:,}.")
    eve = periods.Days(scope.days.first - periods.DAY, scope.days.first - periods.DAY)
    days = [periods.span(day, books.zone) for day in (eve, *periods.each_day(scope.days))]
    found = {part.period: part for part in books.sums((*days, *before), None, scope.only)}
    first, *rest = (found.get(day.key, Sums(day.key)) for day in days)
    return spending_by_day(scope, rest, [found[part.key] for part in before if part.key in found], first)


def _scope(books: Books, command: grammar.Spend, now: datetime) -> SpendScope:
    on = command.on or now.astimezone(books.zone).date()
    asked = command.period or PERIOD
    since = books.earliest() if asked is periods.Named.ALL else None
    whole = periods.days(asked, on, None if since is None else since.astimezone(books.zone).date())
    days = periods.until(whole, on)
    if days is None:
        raise NotUnderstood(f"{whole.words()} begins on {whole.first}, after {on}.")
    span = periods.span(days, books.zone)
    return SpendScope(
        period=periods.words(asked),
        days=days,
        start=span.start,
        end=span.end,
        zone=books.zone.key,
        against=None if asked is periods.Named.ALL else periods.before(whole, days),
        by=command.by or BY,
        only=Only(command.project, command.channel_id),
        as_of=on,
    )


def _spend_defaults(command: grammar.Spend) -> tuple[str, ...]:
    said = (
        (command.period is None, f"No period named: {PERIOD.value}."),
        (command.by is None, f"No dimension named: by {BY}."),
    )
    return tuple(sentence for left_out, sentence in said if left_out)


def help(command: grammar.Help) -> grammar.Guide:  # noqa: A001 - named as the question is, like the others
    topic = command.topic
    return grammar.Guide(topic, (grammar.usage(topic),) if topic else grammar.USAGES)


def as_json(answer: Any) -> dict[str, Any]:
    """The typed answer itself: money and ratios as decimal strings, days as YYYY-MM-DD, unknown as null."""
    if isinstance(answer, ImagelaneError):
        return {"error": {"code": answer.code, "message": answer.sentence}}
    found: dict[str, Any] = _plain(answer)
    return {"count": answer.asked.count, **found} if isinstance(answer, Quotes) else found


def _plain(value: Any) -> Any:
    match value:
        case Decimal():
            return f"{value:f}"
        case date():  # a datetime too
            return value.isoformat()
        case pricing.Size():
            return str(value)
        case Mapping():
            return {str(key): _plain(item) for key, item in value.items()}
        case list() | tuple():
            return [_plain(item) for item in value]
        case _ if is_dataclass(value):
            return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        case _:
            return value


def _fillings(catalog: Catalog, choice: str | None, on: date, horizon_days: int) -> Mapping[str, lanes.Filling]:
    """Raises NoLanes, or UnknownModel. A model named by itself has a price before the first lane was bound, too."""
    if choice is not None and choice not in lanes.LANES:
        lanes.known(catalog, choice, on)
        if not lanes.has_lanes(catalog, on):
            return {}
    filled = lanes.fillings(catalog, on, horizon_days)
    if choice in lanes.LANES and choice not in filled:
        raise NoLanes(f"On {on} no living model fills {choice}.")
    return filled


def _with_note(quote: Quote, filled: Mapping[str, lanes.Filling]) -> Quote:
    filling = filled.get(quote.lane or "")
    return replace(quote, notes=(*quote.notes, filling.note)) if filling and filling.note else quote


def _defaults(command: grammar.Estimate, keeps: Sequence[KeepCount]) -> tuple[str, ...]:
    said = (
        (command.quality is None, f"No quality named: {QUALITY}."),
        (command.size is None, f"No size named: {SIZE}."),
        (command.choice is None, "No lane or model named: every lane."),
        (command.keep_own and not keeps, "You have judged no images yet, so there is no keep rate of your own."),
    )
    return tuple(sentence for left_out, sentence in said if left_out)
