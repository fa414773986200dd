"""What one drawing came to beside those drawn before it: so that the cells of a table share one studio at work."""

from dataclasses import dataclass

from bot.ledger import questions
from bot.ledger.pictures import Drawing, PictureState
from bot.playground.people import TEAM
from bot.playground.workspace import PostedMessage
from tests.kit.at_work import AtWork


@dataclass(frozen=True)
class Sums:
    """Of everything so far: charges; nano-dollars of them, in the budget, beside keep rates; POSTs; pictures."""

    charges: int
    charged: int
    booked: int
    kept: int
    posts: int
    images: int

    @classmethod
    def of(cls, work: AtWork) -> "Sums":
        counted = work.store.read(questions.keep_counts, TEAM, work.now.replace(year=2026, month=1))
        amounts = [amount for _, amount, _ in work.charges()]
        return cls(
            len(amounts),
            sum(amounts),
            work.booked()[0],
            sum(one.spent_nanousd for one in counted),
            len(work.openai.posts),
            sum(one.images for one in counted),
        )


class Ending:
    """Made before a drawing is asked for, asked when it has ended; nothing else may be under way."""

    def __init__(self, work: AtWork) -> None:
        self._work, self._before = work, Sums.of(work)
        self._shown = {message.ts for message in work.showing()}

    def of(self, drawing: Drawing) -> tuple[PictureState, int, int, bool]:
        """State, nano-dollars booked (row, ledger and budget agree), POSTs, and whether it counts as a picture."""
        row, before, after = self._work.drawing(drawing).generations[0], self._before, Sums.of(self._work)
        assert row.charged_nanousd == after.charged - before.charged == after.booked - before.booked
        assert row.charged_nanousd == after.kept - before.kept
        assert self._work.booked()[1] == 0
        return row.state, row.charged_nanousd, after.posts - before.posts, after.images - before.images == 1

    def charges(self) -> int:
        return Sums.of(self._work).charges - self._before.charges

    def shown(self) -> list[PostedMessage]:
        """Messages that show a picture and did not before."""
        return [message for message in self._work.showing() if message.ts not in self._shown]
