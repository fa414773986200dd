"""How much Python a bench costs: `python -m tests.speed.calls [PROMPTS] [LANES]`, 10 and 2 where nothing is said.

Counts the calls of functions whose code lies in bot/, those of generators and comprehensions among them, from a
bench's first step to its last booking: a real store (SQLite), the real studio, folder and books, and a provider and a
Slack that answer at once. The count is no time: it stays the same on a busy machine. `sql` are the statements sent
meanwhile. `terminal` is followed by nobody, `Slack` in a channel, where each picture is brought, too.
"""

import io
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import CodeType, FrameType

import sqlalchemy as sa
from PIL import Image

import bot
from bot import catalog, providers
from bot.bench import rows_calls, verdicts
from bot.bench.drawing import Comparisons, Teller
from bot.bench.plan import Bench
from bot.bench.posts import SlackTelling
from bot.image_files import ImageFiles
from bot.ledger import holds
from bot.ledger.bench_states import BenchState
from bot.ledger.ledger import Ledger, open_ledger
from bot.ledger.slack_answers import SlackAnswers
from bot.pricing.spec import ImageSpec
from bot.pricing.usage import Usage
from bot.providers import Painting
from bot.samples.studio import Studio
from bot.slack.guests import Guests
from bot.slack.message import Block
from bot.slack.names import SlackNames
from bot.slack.posts import Posts
from bot.slack.readers import Readers
from tests.kit import databases
from tests.kit.benches_made import ROOMY, grid, plan, planned
from tests.kit.clock import moment, standing
from tests.kit.wishes import NOW

OURS = str(Path(bot.__file__).parent)
MOST = 10


@dataclass
class Counted:
    calls: Counter[CodeType] = field(default_factory=Counter)
    statements: int = 0

    def heard(self, frame: FrameType, event: str, _argument: object) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(OURS):
            self.calls[frame.f_code] += 1

    def sent(self, *_: object) -> None:
        self.statements += 1


class Quiet:
    """Nobody follows this bench."""

    def begin(self, bench: Bench, reply_url: str | None = None, *, last: bool = False) -> bool:
        return True

    def tell(self, bench: Bench) -> None: ...

    def bring(self, team_id: str, bench_id: str, place: int) -> bool:
        return False


class QuickProvider:
    """Paid for, and always the same picture."""

    demo = False

    def __init__(self) -> None:
        file = io.BytesIO()
        Image.new("RGB", (16, 16)).save(file, "PNG")
        self._png = file.getvalue()

    def paint(self, spec: ImageSpec, prompt: str, person_hash: str) -> Painting:
        return Painting(self._png, Usage(text_in=20, image_out=1000), spec.quality, str(spec.size), "req_sample")


class QuickSlack(Posts):
    """Nothing is sent."""

    def __init__(self) -> None:
        super().__init__("xoxb-sample")

    def post(self, channel: str, text: str, blocks: Sequence[Block], thread_ts: str | None = None) -> str:
        return "1763800000.000100"

    def update(self, channel: str, ts: str, text: str, blocks: Sequence[Block]) -> None: ...

    def upload(
        self,
        png: bytes,
        filename: str,
        title: str,
        alt: str,
        channel: str | None = None,
        thread_ts: str | None = None,
        comment: str | None = None,
    ) -> str:
        return "F0SAMPLE"

    def shared_outside(self, channel: str) -> bool:
        return False


def telling(store: Ledger, pictures: ImageFiles) -> SlackTelling:
    posts, answers = QuickSlack(), SlackAnswers(store.engine)
    prove = partial(verdicts.of, store)
    readers, guests = Readers(answers, posts, lambda: NOW), Guests(answers, posts, lambda: NOW, allowed=True)
    return SlackTelling(store, posts, pictures.read, prove, readers, guests, SlackNames(posts))


def studio(store: Ledger, pictures: ImageFiles) -> Studio:
    return Studio(
        store=store,
        catalog=catalog.load(),
        provider=QuickProvider(),
        pictures=pictures,
        tell_admins=lambda sentence, paused: None,
        hash_person=partial(providers.person_hash, b"sample"),
        owner="worker-1",
        alive=lambda owner: False,
        clock=standing(NOW),
    )


@contextmanager
def counting(store: Ledger) -> Iterator[Counted]:
    """Of every thread that is begun meanwhile, too."""
    counted = Counted()
    sa.event.listen(store.engine, "after_cursor_execute", counted.sent)
    threading.setprofile(counted.heard)
    sys.setprofile(counted.heard)
    try:
        yield counted
    finally:
        sys.setprofile(None)
        threading.setprofile(None)
        sa.event.remove(store.engine, "after_cursor_execute", counted.sent)


def drawn(store: Ledger, pictures: ImageFiles, teller: Teller, prompts: int, lanes: int) -> Counted:
    asked = planned(store, plan(prompts=prompts, lanes=lanes))
    bench, _ = store.write(rows_calls.start, "T1", asked.id, grid(asked.plan), ROOMY, moment(NOW))
    compared = Comparisons(store, studio(store, pictures), teller, None)
    with counting(store) as counted:
        compared.begin("T1", bench.id)
        bench = compared.draw_here("T1", bench.id, at_once=1)
    assert (bench.state, bench.progress.done) == (BenchState.REVIEWING, prompts * lanes), bench
    assert store.read(holds.differences) == []
    return counted


def main(prompts: int = 10, lanes: int = 2) -> None:
    with tempfile.TemporaryDirectory() as name:
        url, pictures = f"sqlite:///{Path(name) / 'imagelane.db'}", ImageFiles(Path(name) / "pictures")
        databases.make(url)
        with closing(open_ledger(url, busy_seconds=10)) as store:
            for door, teller in (("terminal", Quiet()), ("Slack", telling(store, pictures))):
                drawn(store, pictures, teller, prompts, lanes)  # what is made once is made now
                show(f"{door}, {prompts * lanes} cells", drawn(store, pictures, teller, prompts, lanes))


def show(what: str, counted: Counted) -> None:
    print(f"{what}: {counted.calls.total():,} calls in bot/, {counted.statements:,} sql")
    for code, count in counted.calls.most_common(MOST):
        print(f"{count:>8,}  {Path(code.co_filename).relative_to(OURS)}:{code.co_firstlineno} {code.co_qualname}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
