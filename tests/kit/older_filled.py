"""One small store with something in every table, all of it sample data, by the ways a running bot takes.

What is chosen at random on these ways (ids, letters of a bench) is named anew by `names`.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bot import catalog
from bot.bench import rows_calls, rows_ends, rows_read, rows_votes
from bot.bench.outcome import Ballot
from bot.bench.plan import Bench, Plan
from bot.billing.rows import BillBooks
from bot.budgets.rows import BudgetRows
from bot.digest.rows import DigestRows, PostPlace
from bot.digest.schedule import Schedule
from bot.jobs.enqueuer import Enqueuer
from bot.ledger import answered, pauses, rows, settlement, votes
from bot.ledger import workspaces as ledger_workspaces
from bot.ledger.answered import Said
from bot.ledger.ledger import Ledger
from bot.ledger.limits import WORKSPACE, Scope
from bot.ledger.pictures import Blocked, Drawing, Failed, Limits, Outcome, Paid, Uncertain, Unusable, Wished
from bot.ledger.slack_answers import About, Memory, SlackAnswers
from bot.ledger.workers import Worker, Workers
from bot.pricing import ImageSpec, Size, Usage
from bot.samples import jobs as samples_jobs
from bot.usage import rows_imports as imports
from bot.usage import tokens as api_tokens
from bot.usage.pipelines import Pipelines
from bot.usage.reading import Desk
from bot.usage.rows import Records
from bot.usage.rows_tokens import TokenRows
from tests.kit import benches_made as made
from tests.kit.bills_made import images as counted
from tests.kit.bills_made import line
from tests.kit.clock import moment
from tests.kit.older_books import NOW
from tests.kit.records import put
from tests.kit.records import record as row
from tests.kit.usage_made import USAGE, given
from tests.kit.wishes import CENT, IMAGE, LIMITS, wish
from tests.kit.wishes import NOW as BENCHED

TEAM, GONE = "T1", "T2"
ANA, BEN, CLEO = "U1", "U2", "U3"
STUDIO, SHOP = "C0STUDIO", "C0SHOP"
SETTING = 50 * 10**9  # what IMAGELANE_MONTH_LIMIT_USD is where nobody sets it


def at(month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


OPEN_IMPORT = "0penimp0rt000001"
PREMIUM = Wished("premium", ImageSpec("gpt-image-2.5-sunburst", "high", Size(1536, 1024)), 16 * CENT, 20 * CENT)
LEGACY = Wished(None, ImageSpec("gpt-image-2", "low", Size(1024, 1024)), CENT, 2 * CENT)


def paid(nanousd: int, tokens: int = 439) -> Paid:
    usage = Usage(text_in=12, image_out=tokens)
    return Paid(nanousd, usage, "medium", "1024x1024", "req_sample", "sample rates, USD for 1M tokens")


@dataclass(frozen=True)
class Sample:
    """One drawing: when and how it was asked for, how each of its calls ended, and who said what of its first image."""

    name: str
    at: datetime
    outcomes: tuple[Outcome, ...]
    images: tuple[Wished, ...] = (IMAGE,)
    said: tuple[tuple[str, str, str | None], ...] = ()
    retry_of: str | None = None
    wish: dict[str, Any] = field(default_factory=dict)


KEPT, LOST = ((ANA, "keep", None),), ((BEN, "reject", "wrong text"),)
SAMPLES = (
    Sample("october", at(10, 14), (paid(13_170_000),), said=KEPT),
    Sample("october-lost", at(10, 29), (paid(161_003_000, 5366),), (PREMIUM,), LOST),
    Sample("week-45", at(11, 4), (paid(13_171_000),), said=KEPT),
    Sample("week-46", at(11, 11), (paid(13_172_000),), said=KEPT, wish={"person_id": BEN}),
    Sample("week-46-legacy", at(11, 12), (paid(9_007_000, 300),), (LEGACY,), LOST, wish={"channel_id": SHOP}),
    Sample("pair", at(11, 16), (paid(13_173_000), paid(160_011_000, 5333)), (IMAGE, PREMIUM), KEPT),
    Sample("tie", at(11, 17), (paid(13_174_000),), said=(*KEPT, (CLEO, "reject", "too dark"))),
    Sample("changed", at(11, 17, 15), (paid(13_175_000),), said=(*LOST, (BEN, "keep", None))),
    Sample("rejected", at(11, 18), (paid(160_013_000, 5333),), (PREMIUM,), LOST, wish={"person_id": BEN}),
    Sample("retried", at(11, 18, 10), (paid(13_176_000),), wish={"person_id": BEN}),
    Sample("again", at(11, 18, 11), (paid(13_177_000),), said=KEPT, retry_of="retried", wish={"person_id": BEN}),
    Sample("unjudged", at(11, 19), (paid(9_011_000, 300),), (LEGACY,), wish={"channel_id": SHOP}),
    Sample("refused-early", at(11, 19, 10), (Blocked("moderation_blocked", "input"),)),
    Sample("refused-late", at(11, 19, 11), (Blocked("moderation_blocked", "output"),)),
    Sample("failed", at(11, 19, 12), (Failed("rate_limited"),), wish={"channel_id": SHOP}),
    Sample("uncertain", at(11, 20), (Uncertain("no_answer"),), wish={"person_id": CLEO}),
    Sample("came-late", at(11, 20, 10), (Uncertain("no_answer"), paid(13_179_000)), said=KEPT),
    Sample("unusable", at(11, 20, 11), (Unusable("no_picture", 12_000_000, None, "req_sample"),)),
    Sample("terminal", at(11, 21), (paid(13_181_000),), wish={"channel_id": None, "source": "terminal"}),
    Sample("demo", at(11, 21, 10), (paid(0, 0),), wish={"demo": True}),
    Sample("this-week", at(11, 23, 10), (paid(13_183_000),), said=KEPT),
    Sample("this-week-premium", at(11, 24, 10), (paid(160_017_000, 5333),), (PREMIUM,), KEPT, wish={"person_id": BEN}),
)


def limits(when: datetime) -> Limits:
    year, week, _ = when.isocalendar()
    return replace(LIMITS, period=f"{when:%Y-%m}", week=f"{year}-W{week:02}", limit_nanousd=SETTING)


def fill(store: Ledger, enqueuer: Enqueuer) -> None:
    workspaces(store)
    budgets(store)
    pictures(store)
    reported(store)
    bills(store)
    benches(store)
    digests(store)
    machine(store)
    under_way(store, enqueuer)


def workspaces(store: Ledger) -> None:
    store.write(
        ledger_workspaces.remember, TEAM, "Sample workspace", "U0SAMPLEBOT", hashlib.sha256(b"sample").hexdigest()
    )
    store.write(ledger_workspaces.remember, GONE, "Sample workspace that left", None)
    drawn(store, Sample("elsewhere", at(11, 17), (paid(13_190_000),), said=KEPT, wish={"team_id": GONE}))
    store.write(ledger_workspaces.stop, GONE, at(11, 20))


def budgets(store: Ledger) -> None:
    """Of each kind, each changed once; one is taken away."""
    changes: tuple[tuple[Scope, Sequence[tuple[int, str] | None]], ...] = (
        (WORKSPACE, ((40 * 10**9, "month"), (45 * 10**9, "month"))),
        (Scope("channel", STUDIO), ((6 * 10**9, "month"), (7 * 10**9, "week"))),
        (Scope("person", BEN), ((2 * 10**9, "month"), (120 * CENT, "month"))),
        (Scope("project", "kites"), ((3 * 10**9, "week"), (4 * 10**9, "month"))),
        (Scope("person", CLEO), ((10**9, "week"), None)),
    )
    for scope, steps in changes:
        for version, wanted in enumerate(steps):
            when = at(10, 1 + version)
            BudgetRows(store.engine).change(TEAM, scope, wanted, version, ANA, when, limits(when))
    BudgetRows(store.engine).tie(TEAM, STUDIO, "boats", ANA, at(10, 1))
    BudgetRows(store.engine).tie(TEAM, STUDIO, "kites", ANA, at(11, 1))


def pictures(store: Ledger) -> None:
    drawings: dict[str, Drawing] = {}
    for one in SAMPLES:
        parent = drawings[one.retry_of].generations[0].id if one.retry_of else None
        drawings[one.name] = drawn(store, one, parent)


def asked(store: Ledger, one: Sample, parent_id: str | None = None, **more: Any) -> Drawing:
    plain = {"request_key": f"click-{one.name}", "channel_id": STUDIO, "prompt": f"a sample picture: {one.name}"}
    wanted = wish(images=one.images, parent_id=parent_id, **{**plain, **one.wish})
    return store.admit(wanted, limits(one.at), moment(one.at), **more)[0]


def placed(store: Ledger, one: Sample, parent_id: str | None = None) -> Drawing:
    drawing = asked(store, one, parent_id)
    return store.write(settlement.placed, drawing.team_id, drawing.id, f"{one.at.timestamp():.6f}", one.at)


def drawn(store: Ledger, one: Sample, parent_id: str | None = None) -> Drawing:
    """More outcomes than images: the last one came late."""
    drawing = placed(store, one, parent_id)
    ids = [each.id for each in drawing.generations]
    for number, outcome in enumerate(one.outcomes):
        generation_id = ids[min(number, len(ids) - 1)]
        store.write(
            settlement.claim,
            drawing.team_id,
            generation_id,
            "worker-1",
            one.at + timedelta(minutes=10),
            one.at,
            f"c-{one.name}",
        )
        done = one.at + timedelta(minutes=1 + number)
        if store.settle(drawing.team_id, generation_id, outcome, moment(done)).state == "paid":
            file_id = f"F0{one.name.upper()}{number}"
            store.write(settlement.uploaded, drawing.team_id, generation_id, file_id)
            store.write(settlement.delivered, drawing.team_id, generation_id, file_id, None, done)
    for hours, (person, verdict, reason) in enumerate(one.said, 1):
        store.write(votes.vote, drawing.team_id, ids[0], person, verdict, reason, one.at + timedelta(hours=hours))
    return drawing


def reported(store: Ledger) -> None:
    """By a pipeline, with a review; by a file; and by one that was killed on its way, whose record counts nowhere."""
    desk = Desk(catalog.load())
    body = [
        given(id="usage", occurred_at="2026-11-10T08:00:00Z", images=1, usage=USAGE, project="kites", person=BEN),
        given(id="published", occurred_at="2026-11-17T08:00:00Z", kept=2, rejected=1),
        given(id="own-price", occurred_at="2026-11-18T08:00:00Z", model="own-model", usd="0.4211", project="kites"),
        given(id="no-price", occurred_at="2026-11-19T08:00:00Z", model="own-model", source="other-pipeline"),
        given(id="this-week", occurred_at="2026-11-24T08:00:00Z", quality="low", images=20, person=CLEO),
    ]
    pipelines = Pipelines(store, desk)
    pipelines.take(TEAM, json.dumps(body).encode(), at(11, 24, 10))
    pipelines.review(TEAM, "this-week", b'{"kept": 14, "rejected": 3}', at(11, 24, 11))
    of_a_file = [desk.record(given(id="1", source="csv", occurred_at="2026-11-16T08:00:00Z", kept=4), NOW)]
    Records(store.engine).take_all(
        TEAM,
        [of_a_file],
        at(11, 24, 12),
        told=lambda _batch, _taken: None,
        agreed=lambda: True,
        real=lambda: at(11, 24, 12),
        rest=lambda _: None,
    )
    imports.begin(store.engine, TEAM, OPEN_IMPORT, at(11, 25, 11, 55))
    unseen = row(team_id=TEAM, id="2", source="csv", occurred_at=at(11, 18), amount_nanousd=99 * 10**9)
    put(store, unseen | {"import_id": OPEN_IMPORT})
    first, _ = (
        TokenRows(store.engine).create(TEAM, f"sample {number}", api_tokens.digest(f"sample {number}"), at(11, number))
        for number in (1, 2)
    )
    TokenRows(store.engine).revoke(TEAM, first.id, at(11, 3))


def bills(store: Ledger) -> None:
    days = [date(2026, 11, day) for day in range(16, 22)]
    lines = [line(2, day) for day in days]
    lines += [line(31, days[2], "gpt-image-2.5-sunburst image"), line(700, days[0], "sample-text-model input")]
    lines += [counted(4, days[0]), counted(3, days[2])]
    BillBooks(store.engine).replace(TEAM, days, lines, at(11, 22, 6))
    for day in (date(2026, 11, 22), date(2026, 11, 23)):
        began = datetime(day.year, day.month, day.day, 6, tzinfo=UTC)
        BillBooks(store.engine).begin(TEAM, day, began, timedelta(hours=1), lambda _connection, _day: None)
    BillBooks(store.engine).done(TEAM, date(2026, 11, 22), at(11, 22, 6, 1))
    BillBooks(store.engine).failed(TEAM, date(2026, 11, 23), at(11, 23, 7), "The provider's bill could not be read.")


def benches(store: Ledger) -> None:
    """One that is sealed, with a call made again, a prompt left out and a vote changed; one in review, one being drawn,
    one cancelled."""
    sealed = started(store, "sealed", 12)
    call_all(store, sealed, {3: "busy", 9: "rate_limited"})
    judge(store, store.read(rows_read.bench, TEAM, sealed.id), 12)
    in_review = started(store, "in review", 5)
    call_all(store, in_review)
    judge(store, store.read(rows_read.bench, TEAM, in_review.id), 2)
    under_way = started(store, "being drawn", 5)
    for generation_id in store.read(rows_calls.waiting, TEAM, under_way.id)[:3]:
        call(store, generation_id)
    cancelled = made.planned(store, plan("cancelled", 5), request_key="bench-cancelled", channel_id=STUDIO)
    store.write_once(rows_ends.cancel, TEAM, cancelled.id, ANA, moment(BENCHED))


def plan(name: str, prompts: int) -> Plan:
    return replace(made.plan(), prompts=tuple(f"sample {name} {number}" for number in range(prompts)))


NONE_FAILS: Mapping[int, str] = {}


def started(store: Ledger, name: str, prompts: int) -> Bench:
    return made.started(store, plan(name, prompts), request_key=f"bench-{name}", channel_id=SHOP)


def call(store: Ledger, generation_id: str, outcome: Outcome | None = None) -> None:
    better = store.read(rows.generation, TEAM, generation_id).lane == "premium"
    made.call(store, generation_id, outcome or paid(3 * CENT if better else 1 * CENT))


def call_all(store: Ledger, bench: Bench, failing: Mapping[int, str] = NONE_FAILS) -> None:
    """The calls of these numbers fail, and are made again where their reason may pass."""
    waiting = store.read(rows_calls.waiting, TEAM, bench.id)
    for number, generation_id in enumerate(waiting):
        call(store, generation_id, Failed(failing[number]) if number in failing else None)
    store.write(rows_calls.advance, TEAM, bench.id, moment(BENCHED))
    for generation_id in store.read(rows_calls.waiting, TEAM, bench.id):
        call(store, generation_id)
    store.write(rows_calls.advance, TEAM, bench.id, moment(BENCHED))


def judge(store: Ledger, bench: Bench, prompts: int) -> None:
    """Ben keeps nearly all of premium, and of budget what he says at first of the first prompt and a third."""
    for prompt in bench.remaining[:prompts]:
        kept = (prompt.place % 3 == 1, prompt.place != 5)
        if prompt.place == 0:
            vote(store, bench, 0, (True, True))
        vote(store, bench, prompt.place, kept)


def vote(store: Ledger, bench: Bench, place: int, kept: Sequence[bool]) -> None:
    shown = [image for _, image, _ in store.read(rows_votes.sheet, TEAM, bench.id, place, BEN)]
    shown.sort(key=lambda image: store.read(rows.generation, TEAM, image).position)
    cast = [
        Ballot(image, "keep" if keep else "reject", 3 + (place + keep) % 3)
        for image, keep in zip(shown, kept, strict=True)
    ]
    store.write_once(rows_votes.vote, TEAM, bench.id, BEN, cast, BENCHED + timedelta(minutes=place + 1))


def digests(store: Ledger) -> None:
    """Posted once and refused once; another channel has stopped its own."""
    for channel, zone in ((STUDIO, "UTC"), (SHOP, "Europe/Berlin")):
        DigestRows(store.engine).set(Schedule(TEAM, channel, 0, 9, 0, zone, ANA, at(11, 1)))
    DigestRows(store.engine).end(TEAM, SHOP, ANA, at(11, 20))
    week_47 = PostPlace(TEAM, STUDIO, "2026-W47")
    DigestRows(store.engine).claim(week_47, "worker-1", at(11, 23))
    DigestRows(store.engine).posted(week_47, "1763888400.000100", at(11, 23), 1_234_567_890)
    week_46 = PostPlace(TEAM, SHOP, "2026-W46")
    DigestRows(store.engine).claim(week_46, "worker-1", at(11, 16))
    DigestRows(store.engine).refused(week_46)


def machine(store: Ledger) -> None:
    """What processes tell each other."""
    Workers(store.engine).tell("worker-1", Worker("sample-worker", None), NOW)
    for about, answer in ((About(TEAM, "person", ANA), "member"), (About(TEAM, "channel", STUDIO), "ours")):
        SlackAnswers(store.engine).learn(about, answer, Memory(None, None), at(11, 25))
    for number in range(2):
        said = Said(TEAM, STUDIO, f"1763888500.00010{number}", "@imagelane help")
        store.write(answered.take, said, at(11, 23 - 10 * number), lambda _connection, _delivery: None)
    store.write_once(answered.forget_words, at(11, 20))
    store.write(ledger_workspaces.audit, TEAM, ANA, "sample", "a note of the sample data", at(11, 24))
    BudgetRows(store.engine).tell(TEAM, limits(NOW), (5, 50), NOW)
    store.write(pauses.pause, "gpt-image-1-mini", NOW + timedelta(hours=1), "The sample account is out of credit.", NOW)
    store.write(pauses.pause, "*", NOW, "The sample key was refused.", NOW)
    store.write(pauses.unpause, "*")


def under_way(store: Ledger, enqueuer: Enqueuer) -> None:
    """A picture in each state that is none of its ends, the first with its job in the queue."""

    def place(connection: sa.Connection, drawing: Drawing) -> None:
        enqueuer.enqueue(connection, samples_jobs.placed(drawing))

    asked(store, Sample("reserved", NOW, ()), enqueue=place)
    placed(store, Sample("placed", NOW, ()))
    calling = placed(store, Sample("calling", NOW, ())).generations[0]
    store.write(settlement.claim, TEAM, calling.id, "worker-1", NOW + timedelta(minutes=10), NOW, "c-calling")
    owed = placed(store, Sample("paid", NOW, ())).generations[0]
    store.write(settlement.claim, TEAM, owed.id, "worker-1", NOW + timedelta(minutes=10), NOW, "c-paid")
    store.settle(TEAM, owed.id, paid(13_189_000), moment(NOW))


# Names for what was chosen at random

Names = dict[str, str]


def name(kind: str, length: int) -> str:
    """Always the same for the same, in letters that make an id of ours and a number in hexadecimal digits."""
    return hashlib.sha256(kind.encode()).hexdigest()[:length]


def names(connection: sa.Connection) -> Names:
    found: Names = {}
    for id_, key, seed in _rows(connection, "SELECT id, request_key, seed FROM benches"):
        found |= {id_: name(f"bench {key}", 10), seed: name(f"seed {key}", 32)}
    for id_, team, key in _rows(connection, "SELECT id, team_id, request_key FROM drawings"):
        found[id_] = name(f"drawing {team} {renamed(key, found)}", 10)
    for id_, drawing, place in _rows(connection, "SELECT id, drawing_id, position FROM generations"):
        found[id_] = name(f"generation {found[drawing]} {place}", 10)
    for id_, generation, kind in _rows(connection, "SELECT id, generation_id, kind FROM charges"):
        found[id_] = name(f"charge {found[generation]} {kind}", 16)
    for id_, token in _rows(connection, "SELECT id, name FROM api_tokens"):
        found[id_] = name(f"token {token}", 10)
    found |= {id_: name("import", 16) for (id_,) in _rows(connection, CLOSED_IMPORT)}
    audits = _rows(connection, "SELECT id, at, what, detail FROM audits")
    told = sorted((str(when), what, renamed(detail, found), id_) for id_, when, what, detail in audits)
    found |= {id_: name(f"audit {number}", 16) for number, (*_, id_) in enumerate(told)}
    return found


CLOSED_IMPORT = "SELECT DISTINCT import_id FROM usage_records WHERE import_id NOT IN (SELECT id FROM open_imports)"


def renamed(text: str, found: Names) -> str:
    for old, new in found.items():
        text = text.replace(old, new)
    return text


def _rows(connection: sa.Connection, asks: str) -> Iterator[Any]:
    yield from connection.execute(sa.text(asks)).all()
