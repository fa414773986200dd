"""What a picture's message tells: names, the tightest budget, what failed; no amount where others read."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.budgets.rows import BudgetRows
from bot.ledger import votes
from bot.ledger.ledger import Ledger
from bot.ledger.limits import Scope
from bot.ledger.pictures import Drawing, PictureState
from bot.playground.people import ANA, BEN, CHI, DM_OF_ANA, SHARED, STUDIO, TEAM
from bot.slack.message import Message
from tests.kit import cells, looks
from tests.kit import far_openai_trouble as trouble
from tests.kit.at_work import AtWork, at_work


@pytest.fixture
def work(quick_store: Ledger, tmp_path: Path) -> Iterator[AtWork]:
    with at_work(quick_store, tmp_path) as work:
        yield work


def shown(work: AtWork, drawing: Drawing) -> Message:
    """Its message, which looks as it should."""
    posted = work.message(drawing)
    message = Message(posted.text, [dict(block) for block in posted.blocks])
    blocks = [block for block in message.blocks if block["type"] != "image"]  # its file is none of the judge's
    looks.holds(Message(posted.text, blocks))
    return message


def grey(message: Message) -> list[str]:
    return [element["text"] for block in message.blocks if block["type"] == "context" for element in block["elements"]]


def limit(work: AtWork, scope: Scope, usd_nano: int, per: str = "week") -> None:
    BudgetRows(work.store.engine).change(TEAM, scope, (usd_nano, per), 0, BEN, work.now, work.limits)


def test_who_asked_and_who_voted_are_told_by_name(work: AtWork) -> None:
    drawing = work.drawn()
    image = drawing.generations[0].id
    for person, verdict in ((ANA, "keep"), (BEN, "reject")):
        work.store.write(votes.vote, TEAM, image, person, verdict, None, work.now)
    work.publisher.show(TEAM, drawing.id)
    message = shown(work, drawing)
    assert message.text.startswith("Drawn for sample-ana: budget, medium, $0.0132. Kept by sample-ana, rejected by ")
    assert "rejected by sample-ben: a tie, so not kept." in message.text
    work.store.write(votes.vote, TEAM, image, BEN, "reject", None, work.now, None, 2)
    work.store.write(votes.vote, TEAM, image, CHI, "keep", None, work.now)
    work.publisher.show(TEAM, drawing.id)
    assert "Kept by sample-ana and sample-chi." in shown(work, drawing).text


def test_a_vote_that_leaves_the_counts_alone_is_shown_all_the_same(work: AtWork) -> None:
    """One is taken back as another is cast, after the row was read and before the message is written."""
    drawing = work.drawn()
    image = drawing.generations[0].id
    work.store.write(votes.vote, TEAM, image, ANA, "keep", None, work.now)
    gather, gathered = work.delivery.beside, list[object]()

    def gather_late(which: Drawing, with_budget: bool) -> object:
        beside = gather(which, with_budget)
        if not gathered:
            gathered.append(beside)
            work.store.write(votes.vote, TEAM, image, ANA, "keep", None, work.now, None, 1)
            work.store.write(votes.vote, TEAM, image, BEN, "keep", None, work.now)
        return beside

    object.__setattr__(work.delivery, "beside", gather_late)
    work.publisher.show(TEAM, drawing.id)
    assert "Kept by sample-ben." in shown(work, drawing).text


TIGHTEST = [
    ([(Scope("channel", STUDIO), 60_000_000, "week")], STUDIO, "$0.046 left this week in #sample-studio."),
    ([(Scope("channel", STUDIO), 10**12, "month")], STUDIO, "$99.98 left this month."),
    (
        [(Scope("person", ANA), 60_000_000, "week")],
        STUDIO,
        "The tightest budget here is one person's own: More says what is left of it.",
    ),
    ([(Scope("person", ANA), 60_000_000, "week")], DM_OF_ANA, "$0.046 left this week of your own budget."),
]


@pytest.mark.parametrize(("budgets", "channel", "told"), TIGHTEST)
def test_B2_the_foot_names_the_tightest_budget_that_applied(
    store: Ledger, tmp_path: Path, budgets: list[tuple[Scope, int, str]], channel: str, told: str
) -> None:
    with at_work(store, tmp_path) as work:
        for scope, usd_nano, per in budgets:
            limit(work, scope, usd_nano, per)
        assert grey(shown(work, work.drawn(channel_id=channel))) == [told]


def test_B1_in_a_channel_shared_with_another_workspace_no_amount_is_told(work: AtWork) -> None:
    def tells_none(fault: trouble.Trouble | None) -> None:
        if fault is not None:
            work.openai.next(fault)
        message = shown(work, work.drawn("a red kite", "budget", "premium", channel_id=SHARED))
        assert "$" not in f"{message.text} {message.blocks}"
        assert grey(message) == []

    cells.hold([(None,), (trouble.broken(500),), (trouble.blocked("output"),)], tells_none)


def test_B9_a_fault_of_the_image_service_is_said_as_what_it_was(work: AtWork) -> None:
    def is_said(status: int) -> None:
        work.openai.next(trouble.broken(status))
        drawing = work.drawn()
        assert drawing.generations[0].state is PictureState.UNCERTAIN
        message = shown(work, drawing)
        assert message.text.startswith(f"The image service had a fault ({status}). Perhaps billed: $0.013")
        ((_, button),) = work.message(drawing).elements("sample.retry")
        assert (button["text"]["text"], button["style"]) == ("Try again", "primary")

    cells.hold([500, 502, 503], is_said)
