"""Workers in the test's own process: the same code, without starting a process each."""

from __future__ import annotations

import time
from dataclasses import replace

from callcoach.archive.orders import RunOptions, WorkerOptions
from callcoach.archive.run import RunEnd
from callcoach.archive.start import run_queued, run_rescore, run_source
from callcoach.archive.worker import Ended, work
from callcoach.store import Store

QUICK = RunOptions(most_attempts=3, first_wait_s=0.01, words=False)


class Here:
    """A pool of one worker that works whenever it is looked after."""

    n_alive = 1

    def __init__(self, options: WorkerOptions) -> None:
        self.options = replace(options, ends_when_idle=True)
        self.ended: list[Ended] = []

    def start(self) -> None:
        pass

    def mend(self) -> int | None:
        self.ended.append(work(self.options, stop=_never))
        return None if self.ended[-1].end in (0, 10) else int(self.ended[-1].end)

    def ask_to_stop(self) -> None:
        pass

    def stop(self, *, now: bool = False) -> None:
        pass


def _never(wait_s: float) -> bool:
    time.sleep(wait_s)
    return False


def run_here(url: str, source: object, *, options: RunOptions = QUICK, **more: object) -> RunEnd:
    """A whole run over a source."""
    with Store.open(url) as store:
        return run_source(store, str(source), options=options, make_pool=make_here(url), **more)


def go_on_here(url: str, *, options: RunOptions = QUICK, **more: object) -> RunEnd:
    with Store.open(url) as store:
        return run_queued(store, options=options, make_pool=make_here(url), **more)


def rescore_here(url: str, *, options: RunOptions = QUICK) -> RunEnd:
    with Store.open(url) as store:
        return run_rescore(store, options=options, make_pool=make_here(url))


def make_here(url: str, **options: object):
    values = {"lease_s": 30.0, "patience_s": 5.0, **options}
    return lambda run_id: Here(WorkerOptions(url, run_id=run_id, **values))
