"""One installation between its two far ends, and its books: do ledger, bill and channel say the same?

with installed(database_url, tmp_path) as house:
    house.start(IMAGELANE_FAILPOINT="calling")
    house.ask("a red kite")
    ...
    house.come_to_rest()
    house.check()
"""

import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import sqlalchemy as sa

from bot.jobs.enqueuer import Enqueuer
from bot.ledger import holds, questions
from bot.ledger import rows as ledger_rows
from bot.ledger.ledger import Ledger, open_ledger
from bot.ledger.pictures import JUDGEABLE, OPEN, Drawing, Generation, PictureState
from bot.ledger.rows import generations_where
from bot.ledger.tables import charges
from bot.money import nanousd
from bot.playground.far_end import FarEnd
from bot.playground.people import STUDIO
from bot.playground.signed import Reply
from bot.playground.workspace import PostedMessage
from bot.store.engine import reading
from tests.kit.far_openai import FarOpenAI
from tests.kit.forked import Running
from tests.kit.processes import Bot, end
from tests.kit.waiting import until

SPARE = "If this does not change in 10 minutes it was interrupted."


@dataclass(frozen=True)
class Line:
    """One generation with its drawing and the kinds of its charges."""

    row: Generation
    drawing: Drawing
    kinds: tuple[str, ...]


@dataclass
class House:
    slack: FarEnd
    openai: FarOpenAI
    bot: Bot
    store: Ledger
    enqueuer: Enqueuer
    processes: list[Running]

    def start(self, process: str = "serve", **settings: str) -> Running:
        self.processes.append(self.bot.start(process, **settings))
        return self.processes[-1]

    def ask(self, prompt: str, words: str = "") -> Reply:
        """Give each its own prompt: by it the calls of a row are found in the bill."""
        return self.slack.command(f'try "{prompt}" {words}'.strip())

    def kill(self, process: Running) -> None:
        assert end(process, signal.SIGKILL) == -signal.SIGKILL

    def killed(self, process: Running) -> None:
        """It died at its fail point."""
        assert process.wait(30) == -signal.SIGKILL

    # what the books say

    def lines(self) -> list[Line]:
        with reading(self.store.engine) as connection:
            rows = generations_where(connection, sa.true())
            booked = connection.execute(sa.select(charges.c.generation_id, charges.c.kind)).all()
        return [
            Line(
                row,
                self.store.read(ledger_rows.drawing, row.team_id, row.drawing_id),
                tuple(sorted(kind for of, kind in booked if of == row.id)),
            )
            for row in rows
        ]

    def line(self) -> Line:
        (only,) = self.lines()
        return only

    def messages(self) -> list[PostedMessage]:
        return self.slack.messages(STUDIO)

    def message(self, line: Line) -> str:
        """The one message of its drawing, blocks and all."""
        found = self.slack.message(STUDIO, line.drawing.message_ts or "")
        assert found is not None
        return str(found.blocks)

    def come_to_rest(self, seconds: float = 30) -> None:
        """Every row ended, every picture handed over, no job left."""

        def at_rest() -> bool:
            states = self.store.read(questions.states)
            return not any(states[state] for state in (*OPEN, PictureState.PAID)) and not self.enqueuer.backlog()

        until(at_rest, seconds, every=0.05)

    def check(self) -> None:
        """At rest: one call a row at most, every bill booked, every excess an `uncertain`, each picture shown once."""
        assert self.openai.double_billed() == []
        assert self.store.read(holds.differences) == []
        lines = self.lines()
        excess = sum(self._checked(line) for line in lines)
        ledger = sum(line.row.charged_nanousd for line in lines)
        assert ledger - nanousd(self.openai.billed_usd()) == excess >= 0
        self._check_channel(lines)

    def _checked(self, line: Line) -> int:
        """By how many nano-dollars the ledger holds more than the bill for this row."""
        row = line.row
        calls = [post for post in self.openai.calls_for(line.drawing.prompt) if post.model == row.spec.model]
        bill = [each for each in self.openai.billed_for(line.drawing.prompt) if each.model == row.spec.model]
        assert len(calls) <= 1, f"{len(calls)} calls for {row}"
        over = row.charged_nanousd - nanousd(sum((each.usd for each in bill), start=Decimal(0)))
        if row.state is PictureState.DELIVERED:
            assert len(bill) == 1
            assert over == 0, f"booked {over} nano-dollars besides the bill for {row}"
            assert line.kinds in (("metered",), ("assumed", "correction"))
        elif row.state is PictureState.UNCERTAIN:
            assert line.kinds == ("assumed",)
            assert row.charged_nanousd == row.reserved_nanousd
            assert over >= 0
        else:
            assert (row.state, line.kinds, bill) == (PictureState.FAILED, (), [])
        return over

    def _check_channel(self, lines: list[Line]) -> None:
        shown = Counter(
            block["slack_file"]["id"]
            for message in self.messages()
            for block in message.blocks
            if block["type"] == "image"
        )
        assert shown == Counter(line.row.file_id for line in lines if line.row.state in JUDGEABLE)
        theirs = {line.drawing.message_ts for line in lines}
        spare = [message for message in self.messages() if message.ts not in theirs]
        assert all(SPARE in message.text for message in spare)


@contextmanager
def installed(database_url: str, folder: Path, *, seconds: float = 0.0, **settings: str) -> Iterator[House]:
    """`seconds` is how long each picture takes. Whatever still runs at the end is killed."""
    with FarEnd() as slack, FarOpenAI(seconds=seconds) as openai, closing(open_ledger(database_url, 10)) as store:
        enqueuer = Enqueuer(store.engine, store.transaction)
        house = House(slack, openai, Bot(slack, openai, database_url, folder, **settings), store, enqueuer, [])
        try:
            yield house
        finally:
            for process in house.processes:
                if process.poll() is None:
                    process.send_signal(signal.SIGCONT)
                end(process, signal.SIGKILL)
            enqueuer.close()
