"""Wishes that come in the same instant from as many processes, turn after turn."""

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing.synchronize import Barrier

from bot.errors import OverBudget
from bot.ledger.ledger import open_ledger
from bot.ledger.pictures import Wish
from tests.kit.clock import moment
from tests.kit.forked import SERVER
from tests.kit.wishes import LIMITS, NOW

RUN = "run"

_gate: Barrier


def race(url: str, wishes: Sequence[Sequence[Wish]]) -> list[list[str]]:
    """A list of wishes is what one process asks for, one a turn. RUN, or the sentence of the refusal, for each."""
    count = len(wishes)
    with ProcessPoolExecutor(count, SERVER, initializer=_meet_at, initargs=(SERVER.Barrier(count),)) as processes:
        return [work.result() for work in [processes.submit(_compete, url, asked) for asked in wishes]]


def _meet_at(gate: Barrier) -> None:
    global _gate
    _gate = gate


def _compete(url: str, wishes: Sequence[Wish]) -> list[str]:
    store = open_ledger(url, busy_seconds=60)
    answers = []
    for asked in wishes:
        _gate.wait(100)
        try:
            store.admit(asked, replace(LIMITS, queue=1_000_000), moment(NOW))
            answers.append(RUN)
        except OverBudget as refused:
            answers.append(str(refused))
    store.close()
    return answers
