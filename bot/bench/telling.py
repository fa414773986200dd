"""How far a bench is, in the one message of its channel."""

from dataclasses import dataclass

from bot.benches import Bench, State
from bot.posts import Posts
from bot.store import Store
from bot.views.bench import progress

TELLINGS = 10  # while it is drawn, besides the first and the last: Slack takes 50 updates a minute
ROUNDS = 5


@dataclass(frozen=True)
class SlackTelling:
    store: Store
    posts: Posts

    def begin(self, bench: Bench) -> None:
        if bench.channel_id is None or bench.message_ts is not None:
            return
        message = progress(bench)
        ts = self.posts.post(bench.channel_id, message.text, message.blocks)
        self._show(self.store.benches.posted(bench.team_id, bench.id, ts))

    def tell(self, bench: Bench) -> None:
        ended = bench.progress.done + bench.progress.failed
        if bench.state is State.DRAWING and ended % max(1, bench.progress.images // TELLINGS):
            return
        self._show(bench)

    def _show(self, bench: Bench) -> None:
        """Until what is shown is what stands, so that two jobs that overtake one another end right."""
        for _ in range(ROUNDS):
            if bench.channel_id is None or bench.message_ts is None:
                return
            message = progress(bench)
            self.posts.update(bench.channel_id, bench.message_ts, message.text, message.blocks)
            shown, bench = bench, self.store.benches.bench(bench.team_id, bench.id)
            if bench.state is State.DRAWING or progress(bench) == progress(shown):
                return
