"""New files appear by themselves: folders are looked at again and again while workers work.

Looking is asking for names, sizes and times; it works on every kind of disk and mount. What was seen
is in the jobs table, not in memory. A file is taken once it has been left alone for a while, so that
one that is still being copied is not heard half.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta

from callcoach.archive.discover import Found, discover
from callcoach.archive.newjobs import jobs_of
from callcoach.archive.orders import RunOptions
from callcoach.archive.patience import PatientStore
from callcoach.archive.run import LOOK_EVERY_S, RunEnd, Watch, begin, ended, put_all
from callcoach.archive.runs import Ending, Progress, Task
from callcoach.archive.start import MakePool
from callcoach.core.errors import InputError, OutOfSpace
from callcoach.store import Put, Store

log = logging.getLogger(__name__)
EVERY_S = 15.0
SETTLED_S = 10.0


def watch_sources(
    store: Store,
    sources: Sequence[str],
    *,
    options: RunOptions,
    make_pool: MakePool,
    every_s: float = EVERY_S,
    settled_s: float = SETTLED_S,
    progress: Progress | None = None,
    stop: Callable[[], bool] = lambda: False,
    say: Callable[[str], None] = log.info,
) -> RunEnd:
    """Score what appears at the sources until told to stop; ends by `KeyboardInterrupt`, too.

    Parameters
    ----------
    every_s : float
        Seconds between looks, more where a look takes long.
    settled_s : float
        For which a file must not have changed.
    say : callable
        Takes a line when a source does not answer; it is looked at again all the same.
    """
    patient = PatientStore(store)
    run = begin(patient, task=Task.INGEST, source="; ".join(sources), options=options)
    watch = Watch(patient, run, options, make_pool(run.id), progress)
    watch.began_s = time.monotonic()

    def after_batch(_put: Put) -> None:
        watch.tick()

    def work() -> None:
        while not stop():
            start_s = time.monotonic()
            for source in sources:
                try:
                    found = _settled(discover(source), settled_s)
                    put_all(
                        patient,
                        run,
                        jobs_of(found, options=options),
                        options=options,
                        after_batch=after_batch,
                    )
                except OutOfSpace:
                    raise
                except InputError as error:
                    say(error.message)
            if not patient.queue.left(run.id):
                patient.queue.put_look_backs(run.id)
            pause_s = max(every_s, 5 * (time.monotonic() - start_s))
            while time.monotonic() < start_s + pause_s and not stop():
                watch.tick()
                time.sleep(LOOK_EVERY_S)

    return ended(watch, work, at_end=Ending.STOPPED)


def _settled(found: Iterator[Found], settled_s: float) -> Iterator[Found]:
    for one in found:
        if one.modified is None or one.modified <= datetime.now(UTC) - timedelta(seconds=settled_s):
            yield one
