"""Asking for more, as values and as it is shown: who is asked, and every message by the rules of looks."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.budgets import blocks_requests, lines, printout_requests, requests
from bot.budgets.requests import AskedPerson, BudgetRequest
from bot.errors import OverBudget, Shortfall
from bot.ledger.limits import Budget, BudgetStanding, Scope
from bot.ledger.pictures import Left
from bot.printing.shapes import terminal
from tests.kit import cells, looks
from tests.kit.slack_door import UTC_ZONE

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
CENT = 10_000_000
ART = Shortfall("channel", "C02ART77", "week", "2026-W47", 4 * CENT, "U02BEN77")
OWN = Shortfall("person", "U01ANA77", "month", "2026-11", 123_456_000_000, "terminal")
WHOLE = Shortfall("workspace", "", "month", "2026-11", 1, None)
KITES = Shortfall("project", "the long name of a project about kites", "week", "2026-W47", CENT, None)
NAMES = {"U01ANA77": "Ana", "U02BEN77": "Ben", "U03CHI77": "Chi with quite a long name of her own", "C02ART77": "#art"}
REQUEST = BudgetRequest(
    team_id="T1",
    id="8fw8efkkc5",
    request_key="ask:1",
    person_id="U01ANA77",
    channel_id="C02ART77",
    thread_ts=None,
    words='try "a red kite" premium high',
    hold_nanousd=5 * CENT,
    shortfalls=(ART,),
    asked_at=NOW,
    until=NOW + timedelta(hours=12),
    people=(AskedPerson("U02BEN77"),),
)


def called(scope: Scope) -> str:
    return NAMES.get(scope.id, "a channel" if scope.kind == "channel" else "somebody")


def line(short: Shortfall, left_nanousd: int = CENT) -> lines.BudgetLine:
    budget = Budget(Scope(short.scope, short.scope_id), short.per, 200 * CENT, 1, "U02BEN77", NOW)
    return lines.line(BudgetStanding(budget, Left(short.period, 200 * CENT - left_nanousd, 0, 200 * CENT)))


def test_who_is_asked() -> None:
    ben, ana, chi = "U02BEN77", "U01ANA77", "U03CHI77"
    table = [
        ((ART,), (chi,), (ana,), "U9", (ben,)),  # who set it last
        ((OWN,), (chi, ben), (ana,), "U9", (chi, ben)),  # a terminal set it: its owners
        ((WHOLE,), (), (ana,), "U9", (ana,)),  # nobody did, and there are none: admins
        ((WHOLE,), (), (), "U9", ()),
        ((ART, OWN), (chi, ben), (), "U9", (ben, chi)),  # each budget's own, nobody twice
        ((ART,), (), (), ben, ()),  # themself
        ((ART, OWN), (chi,), (), chi, ()),
    ]
    cells.agree(table, requests.askable)


def test_what_is_short_is_told_up_to_the_cent() -> None:
    table = [
        ((ART,), Decimal("0.04")),
        ((WHOLE,), Decimal("0.01")),
        ((ART, WHOLE), Decimal("0.04")),
        ((replace(ART, short_nanousd=4 * CENT + 1),), Decimal("0.05")),
    ]
    cells.agree(table, requests.lacking_usd)


def test_every_message_of_a_request_keeps_the_rules_of_looks() -> None:
    shorts = [(ART,), (OWN,), (WHOLE,), (KITES,), (ART, OWN, WHOLE, KITES)]
    people = [("U02BEN77", "U03CHI77"), ("U03CHI77", "U02BEN77", "U9", "U8")]
    places = ["C02ART77", "D0ANA777", "C9UNKNOWN"]

    def holds(short: tuple[Shortfall, ...], whom: tuple[str, ...], place: str, words: str, who: str) -> None:
        one = replace(
            REQUEST,
            shortfalls=short,
            people=tuple(map(AskedPerson, whom)),
            channel_id=place,
            words=f'try "{words}"',
            person_id=who,
        )
        for before in (False, True):
            looks.holds(blocks_requests.asked(one, called, NOW, UTC_ZONE, before=before))
        for left in (CENT, 0, -CENT):
            standing = [line(each, left) for each in short]
            looks.holds(blocks_requests.asks(one, standing, called, NOW, UTC_ZONE))
        for state in (requests.APPROVED, requests.DECLINED, requests.REFUSED, requests.EXPIRED):
            for reason in (None, "The project's budget is $0.02 short this week. Nothing was charged."):
                over = replace(one, state=state, answered_by="U03CHI77", answered_at=NOW, words=None, reason=reason)
                for shown in (blocks_requests.ended, blocks_requests.outcome, blocks_requests.already):
                    looks.holds(shown(over, called))

    words = ["kite " * 390, "<!channel> `kite` *bold*\n\n\n" * 30]
    table = [(short, whom, place, text, who) for short in shorts for whom in people for place in places
             for text in words for who in ("U01ANA77", "U03CHI77")]  # fmt: skip
    cells.hold(table, holds)


def test_what_waits_keeps_the_rules_of_looks_and_reads_the_same_in_a_terminal() -> None:
    for count in (0, 1, 2, 12, 150):
        waiting = [replace(REQUEST, id=f"id{n:08}", shortfalls=((ART, OWN)[n % 2],)) for n in range(count)]
        answer = requests.listed(waiting, UTC_ZONE, NOW)
        shown = blocks_requests.waiting(answer, called)
        looks.holds(shown)
        with terminal().capture() as printed:
            terminal().print(printout_requests.rendered(answer))
        assert printed.get() is not None
    assert requests.listed([REQUEST], UTC_ZONE, REQUEST.until).waiting == ()


def test_a_moment_names_its_clock() -> None:
    assert blocks_requests.moment(NOW, NOW, ZoneInfo("Europe/Berlin")) == "22 Nov, 13:00 CET"


def test_a_refusal_that_can_be_asked_for_has_its_price_on_the_button() -> None:
    error = OverBudget("Not drawn: it needs $0.05.", needed_nanousd=5 * CENT, shortfalls=(ART,))
    shown = blocks_requests.refused(error, 'try "a red kite"')
    looks.holds(shown)
    (row,) = [block for block in shown.blocks if block["type"] == "actions"]
    assert [(one["text"]["text"], one["value"]) for one in row["elements"]] == [("Ask for $0.04", 'try "a red kite"')]
    long = blocks_requests.refused(error, 'try "' + "k" * 2000 + '"')
    assert [block for block in long.blocks if block["type"] == "actions"] == []
