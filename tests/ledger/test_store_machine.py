"""R59: whatever happens in whatever order, the books add up after every step."""

from dataclasses import dataclass
from itertools import count

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from bot.budgets.rows import BudgetRows
from bot.errors import NotOpen, OverBudget
from bot.ledger import holds, settlement, votes
from bot.ledger import rows as ledger_rows
from bot.ledger.ledger import Ledger
from bot.ledger.limits import WORKSPACE, BudgetStanding, Scope
from bot.ledger.pictures import OPEN, Blocked, Failed, Limits, Outcome, Paid, PictureState, Uncertain, Unusable
from tests.kit.clock import moment
from tests.kit.wishes import IMAGE, LEASE, NEEDED, NOW, wish

OUTCOMES: tuple[Outcome, ...] = (
    Paid(20_000_000, None, None, None, None),
    Paid(50_000_000, None, None, None, None),  # more than was reserved
    Unusable("x", None, None, None),
    Unusable("x", 1, None, None),
    Blocked("x", "input"),
    Blocked("x", "output"),
    Failed("x"),
    Uncertain("x"),
)
PEOPLE, CHANNELS = ("U1", "U2"), ("C1", "C2")
SCOPES = (
    WORKSPACE,
    Scope("channel", "C1"),
    Scope("person", "U1"),
    Scope("project", "kites"),
    Scope("project", "boats"),
)
_teams = count()


@dataclass
class Row:
    """What the model believes of a generation. `scopes` are those it counts under."""

    drawing_id: str
    scopes: frozenset[Scope]
    state: PictureState = PictureState.RESERVED
    charged: int = 0


def settle(row: Row, outcome: Outcome) -> None:
    """The rules of drawings.py, told a second time and otherwise."""
    if isinstance(outcome, Paid) and row.state in (PictureState.CALLING, PictureState.UNCERTAIN):
        row.state, row.charged = PictureState.PAID, outcome.cost_nanousd
    elif isinstance(outcome, Failed) and row.state in OPEN:
        row.state = PictureState.FAILED
    elif row.state is PictureState.CALLING:
        if isinstance(outcome, Unusable):
            row.state, row.charged = (
                PictureState.UNUSABLE,
                NEEDED if outcome.cost_nanousd is None else outcome.cost_nanousd,
            )
        elif isinstance(outcome, Blocked):
            row.state, row.charged = PictureState.BLOCKED, 0 if outcome.stage == "input" else NEEDED
        elif isinstance(outcome, Uncertain):
            row.state, row.charged = PictureState.UNCERTAIN, NEEDED


class Books(RuleBasedStateMachine):
    rows = Bundle("rows")
    store: Ledger

    def __init__(self) -> None:
        super().__init__()
        self.team = f"T{next(_teams)}"
        self.limits = Limits("2026-11", 10 * NEEDED, 1000, 1000, 100_000, "2026-W47")
        self.model: dict[str, Row] = {}

    @rule(target=rows, images=st.integers(1, 3), person=st.sampled_from(PEOPLE), channel=st.sampled_from(CHANNELS))
    def admit(self, images: int, person: str, channel: str) -> object:
        project = BudgetRows(self.store.engine).project_of(self.team, channel)
        named = [("channel", channel), ("person", person), ("project", project)]
        scopes = frozenset([WORKSPACE, *(Scope(kind, name) for kind, name in named if name)])
        left = min(one.left.left_nanousd for one in self._standings() if one.budget.scope in scopes)
        asked = wish(team_id=self.team, images=(IMAGE,) * images, person_id=person, channel_id=channel)
        try:
            drawing, _ = self.store.admit(asked, self.limits, moment(NOW))
        except OverBudget:
            assert left < images * NEEDED
            return multiple()
        assert left >= images * NEEDED
        self.model |= {part.id: Row(drawing.id, scopes) for part in drawing.generations}
        return multiple(*(part.id for part in drawing.generations))

    @rule(
        scope=st.sampled_from(SCOPES),
        wanted=st.none() | st.tuples(st.integers(0, 12 * NEEDED), st.sampled_from(["week", "month"])),
    )
    def set_budget(self, scope: Scope, wanted: tuple[int, str] | None) -> None:
        seen = BudgetRows(self.store.engine).version(self.team, scope)
        BudgetRows(self.store.engine).change(self.team, scope, wanted, seen, "U9", NOW, self.limits)

    @rule(channel=st.sampled_from(CHANNELS), project=st.sampled_from([None, "kites", "boats"]))
    def tie(self, channel: str, project: str | None) -> None:
        BudgetRows(self.store.engine).tie(self.team, channel, project, "U9", NOW)

    def _standings(self) -> tuple[BudgetStanding, ...]:
        return BudgetRows(self.store.engine).standings(self.team, self.limits)

    @rule(row=rows)
    def place(self, row: str) -> None:
        self.store.write(settlement.placed, self.team, self.model[row].drawing_id, "1.1", NOW)
        self._move(row, {PictureState.RESERVED: PictureState.PLACED})

    @rule(row=rows)
    def release(self, row: str) -> None:
        self.store.write(settlement.release, self.team, self.model[row].drawing_id, "x", NOW)
        self._move(row, {PictureState.RESERVED: PictureState.FAILED, PictureState.PLACED: PictureState.FAILED})

    def _move(self, row: str, steps: dict[PictureState, PictureState]) -> None:
        """All of the drawing of this row that stand at such a step."""
        for other in self.model.values():
            if other.drawing_id == self.model[row].drawing_id:
                other.state = steps.get(other.state, other.state)

    @rule(row=rows, owner=st.sampled_from(["one", "two"]))
    def claim(self, row: str, owner: str) -> None:
        claimed = self.store.write(settlement.claim, self.team, row, owner, LEASE, NOW)
        assert (claimed is not None) == (self.model[row].state is PictureState.PLACED)
        if claimed is not None:
            self.model[row].state = PictureState.CALLING

    @rule(row=rows, outcome=st.sampled_from(OUTCOMES))
    def draw(self, row: str, outcome: Outcome) -> None:
        """The usual way at one go, so that many rows get as far as an end."""
        self.place(row)
        self.claim(row, "one")
        self.settle(row, outcome)

    @rule(row=rows, outcome=st.sampled_from(OUTCOMES))
    def settle(self, row: str, outcome: Outcome) -> None:
        settle(self.model[row], outcome)
        assert self.store.settle(self.team, row, outcome, moment(NOW)).state is self.model[row].state

    @rule(row=rows)
    def deliver(self, row: str) -> None:
        self.store.write(settlement.delivered, self.team, row, "F1", None, NOW)
        if self.model[row].state is PictureState.PAID:
            self.model[row].state = PictureState.DELIVERED

    @rule(row=rows, person=st.sampled_from(["U1", "U2"]), verdict=st.sampled_from(["keep", "reject"]))
    def vote(self, row: str, person: str, verdict: str) -> None:
        judgeable = self.model[row].state in (PictureState.PAID, PictureState.DELIVERED)
        try:
            self.store.write(votes.vote, self.team, row, person, verdict, None, NOW)
        except NotOpen:
            assert not judgeable
        else:
            assert judgeable

    @rule(row=consumes(rows))
    def forget(self, row: str) -> None:
        """Let the rules turn to other rows."""
        assert self.store.read(ledger_rows.generation, self.team, row).state is self.model[row].state

    @invariant()
    def the_books_add_up(self) -> None:
        assert self.store.read(holds.differences) == []
        for one in self._standings():
            rows = [row for row in self.model.values() if one.budget.scope in row.scopes]
            assert one.left.spent_nanousd == sum(row.charged for row in rows)
            assert one.left.reserved_nanousd == sum(NEEDED for row in rows if row.state in OPEN)


def _run(store: Ledger, examples: int, steps: int) -> None:
    class Here(Books):
        pass

    Here.store = store
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_R59_the_books_add_up_after_every_step(store: Ledger) -> None:
    """The rules are told once for both databases, so the slower one follows fewer stories."""
    _run(store, examples=15 if store.engine.dialect.name == "sqlite" else 6, steps=25)


@pytest.mark.soak
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("_hundred", range(20))
def test_R59_the_books_add_up_after_every_step_of_two_thousand_runs(store: Ledger, _hundred: int) -> None:
    """Each hundred has a store of its own: every step looks through all books, those of earlier runs too."""
    _run(store, examples=100, steps=50)
