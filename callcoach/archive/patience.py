"""What may pass is tried again, and how long to wait before it.

A database that restarts, a server that is away for a minute: a worker waits and goes on with what it
has in its hands, instead of losing an hour of hearing.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import wraps
from typing import Any

from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception_type,
    stop_after_delay,
    wait_exponential,
    wait_random,
)

from callcoach.core.errors import StoreUnreachable

STORE_PATIENCE_S = 300.0
FIRST_WAIT_S, LONGEST_WAIT_S = 2.0, 600.0


def waiting_s(attempt: int, *, first_s: float = FIRST_WAIT_S) -> float:
    """Seconds before the next attempt at a source: doubling from `first_s`, with some chance in it.

    Parameters
    ----------
    attempt : int
        The one that failed, from 1.
    """
    wait = wait_exponential(multiplier=first_s, max=LONGEST_WAIT_S) + wait_random(0, first_s)
    state = RetryCallState(Retrying(), None, (), {})
    state.attempt_number = attempt
    return wait(state)


@contextmanager
def undivided() -> Iterator[None]:
    """What tells a program to end waits until the body is through; told twice, it ends at once.

    Ctrl-C in the middle of a transaction would leave it open, and its lock with it, for as long as
    the exception is under way, which is where jobs are given back to the queue.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # signals are the main thread's
        return
    handlers: dict[int, Any] = {}
    told: list[int] = []
    through = False

    def hold(number: int, frame: Any) -> None:
        if told or through:
            handlers[number](number, frame)
        else:
            told.append(number)

    try:
        for number in (signal.SIGINT, signal.SIGTERM):
            before = signal.getsignal(number)
            if callable(before):
                handlers[number] = before
                signal.signal(number, hold)
        yield
    finally:
        through = True
        for number, before in handlers.items():
            signal.signal(number, before)
        for number in told:
            handlers[number](number, None)


def patiently(work: Callable[[], Any], *, patience_s: float = STORE_PATIENCE_S) -> Any:
    """Do `work`, again for a while where the store does not answer.

    Raises
    ------
    StoreUnreachable
        If it still does not after `patience_s`.
    """

    def attempt() -> Any:
        with undivided():
            return work()

    with suppress(StoreUnreachable):
        return attempt()
    return Retrying(
        retry=retry_if_exception_type(StoreUnreachable),
        wait=wait_exponential(multiplier=0.1, max=10.0) + wait_random(0, 0.1),
        stop=stop_after_delay(patience_s),
        reraise=True,
    )(attempt)


class PatientStore:
    """A store whose every method waits for a database that comes back, and that counts its time.

    Everything a store does is done whole or not at all and may be done twice, so that a call whose
    answer was lost on the way is simply made again.

    Parameters
    ----------
    store : Store
    keeps_failures : bool
        Whether `record_failure` keeps anything; a worker's job says itself what became of it.

    Attributes
    ----------
    spent_s : float
        Seconds inside the store since `reset`.
    """

    def __init__(
        self, store: Any, *, patience_s: float = STORE_PATIENCE_S, keeps_failures: bool = True
    ) -> None:
        self._store, self._patience_s, self._keeps_failures = store, patience_s, keeps_failures
        self.spent_s = 0.0

    def reset(self) -> None:
        self.spent_s = 0.0

    @property
    def queue(self) -> PatientStore:
        return PatientStore(self._store.queue, patience_s=self._patience_s)

    @property
    def runs(self) -> PatientStore:
        return PatientStore(self._store.runs, patience_s=self._patience_s)

    def record_failure(self, *arguments: Any, **options: Any) -> None:
        if self._keeps_failures:
            patiently(lambda: self._store.record_failure(*arguments, **options), patience_s=self._patience_s)

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._store, name)
        if not callable(value):
            return value

        @wraps(value)
        def patient(*arguments: Any, **options: Any) -> Any:
            start_s = time.perf_counter()
            try:
                return patiently(lambda: value(*arguments, **options), patience_s=self._patience_s)
            finally:
                self.spent_s += time.perf_counter() - start_s

        return patient
