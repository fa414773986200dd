"""Whether a process is alive, asked by many at once: what hangs on it is whether a dead one's call is given up."""

from contextlib import closing

from bot.jobs.enqueuer import Enqueuer
from bot.ledger.ledger import Ledger
from tests.kit.wishes import at_once


def test_R39_a_dead_process_is_dead_to_all_who_ask_at_the_same_time(store: Ledger) -> None:
    with closing(Enqueuer(store.engine, store.transaction)) as enqueuer:
        assert at_once([lambda: enqueuer.alive("imagelane-dead")] * 10) == [False] * 10
