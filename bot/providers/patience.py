"""The only rule by which a paid call is sent again: nothing left us, or the service asked us to come back."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from tenacity import RetryCallState, Retrying, retry_if_exception

from bot.pricing.spec import ImageSpec
from bot.providers import NotSent, Painting, Provider, ProviderBusy

BUSY_REPEATS = 3
NOT_SENT_REPEATS = 2
WITHIN_SECONDS = 60.0


@dataclass(frozen=True)
class Patient:
    """Repeats at most 3 times (60 s of waiting in all) on Busy and twice on NotSent, and nothing else, ever."""

    provider: Provider
    sleep: Callable[[float], None] = time.sleep

    @property
    def demo(self) -> bool:
        return self.provider.demo

    def paint(self, spec: ImageSpec, prompt: str, person_hash: str) -> Painting:
        again = Retrying(
            retry=retry_if_exception(_may_repeat), stop=_enough, wait=_pause, sleep=self.sleep, reraise=True
        )
        return again(self.provider.paint, spec, prompt, person_hash)


def patient(provider: Provider, sleep: Callable[[float], None] = time.sleep) -> Provider:
    return Patient(provider, sleep)


def _may_repeat(failure: BaseException) -> bool:
    return isinstance(failure, NotSent) or (isinstance(failure, ProviderBusy) and failure.may_repeat)


def _pause(state: RetryCallState) -> float:
    """Seconds: what the service asked for, else 2, 4, 8 when busy and 1, 2 when nothing was sent."""
    failure = _failure(state)
    if isinstance(failure, ProviderBusy):
        return failure.retry_after if failure.retry_after is not None else 2.0**state.attempt_number
    return 2.0 ** (state.attempt_number - 1)


def _enough(state: RetryCallState) -> bool:
    repeats = BUSY_REPEATS if isinstance(_failure(state), ProviderBusy) else NOT_SENT_REPEATS
    return state.attempt_number > repeats or state.idle_for + state.upcoming_sleep > WITHIN_SECONDS


def _failure(state: RetryCallState) -> BaseException | None:
    return state.outcome.exception() if state.outcome else None
