"""A run: put what is found into the queue, keep workers going, watch until nothing is left.

::

    source ─ discover ─► batches ─► jobs table ◄── workers pull (processes, Ray, other machines)
                                        │
             progress ◄── tallies ──────┘

The main process holds one batch of names and nothing else, however large the archive is. Killed at
any moment and started again, the same command goes on where it was.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from itertools import islice
from typing import Protocol

from callcoach.archive.orders import RunOptions
from callcoach.archive.patience import PatientStore
from callcoach.archive.runs import Ending, Progress, RunCounts, RunProgress, Task
from callcoach.archive.worker import expire
from callcoach.core.errors import CallcoachError, OutOfSpace, StoreError
from callcoach.store import NewJob, Put, RunRow, Tally

log = logging.getLogger(__name__)
BATCH = 100
WATCH_EVERY_S = 1.0
LOOK_EVERY_S = 0.1
EXPIRE_EVERY_S = 2.0


class Pool(Protocol):
    """Workers of one kind; they only pull."""

    n_alive: int

    def start(self) -> None: ...
    def mend(self) -> int | None: ...
    def ask_to_stop(self) -> None: ...
    def stop(self, *, now: bool = False) -> None: ...


@dataclass(frozen=True, slots=True)
class Limits:
    """Where a run stops by itself; what is left stays in the queue.

    Parameters
    ----------
    stop_at_s : float or None
        Seconds since the epoch.
    audio_hours : float or None
        Of sound, in what this run did.
    """

    stop_at_s: float | None = None
    audio_hours: float | None = None


@dataclass(frozen=True, slots=True)
class RunEnd:
    """How a run ended.

    Parameters
    ----------
    n_new : int
        Sources that there was anything to do about.
    why : str
        One sentence for people where it did not come to its end.
    """

    run_id: str
    ending: Ending
    counts: RunCounts
    worked_s: float
    n_new: int = 0
    why: str = ""


def begin(store: PatientStore, *, task: Task, source: str | None, options: RunOptions) -> RunRow:
    """A new run in the store; what dead workers held is free again."""
    expire(store.queue, most_attempts=options.most_attempts)
    return store.runs.begin(task=task.value, source=source, options=options.to_json())


def put_all(
    store: PatientStore,
    run: RunRow,
    jobs: Iterable[NewJob],
    *,
    options: RunOptions,
    retry_failed: bool = False,
    after_batch: Callable[[Put], None] = lambda put: None,
) -> Put:
    """Put jobs into the queue as they are found, `BATCH` at a time."""
    keys = {"recognition_key": options.recognition_key, "scoring_key": options.scoring_key()}
    total = Put()
    for batch in _batches(jobs, BATCH):
        put = store.queue.put(batch, run_id=run.id, task=run.task, retry_failed=retry_failed, **keys)
        total += put
        after_batch(put)
    return total


class _Stop(Exception):
    """The run is to end before its work does."""

    def __init__(self, ending: Ending, why: str) -> None:
        super().__init__(why)
        self.ending, self.why = ending, why


@dataclass(slots=True)
class Watch:
    """Looks after the workers of a run and tells who watches how far it is."""

    store: PatientStore
    run: RunRow
    options: RunOptions
    pool: Pool
    progress: Progress | None = None
    limits: Limits = Limits()
    began_s: float = 0.0
    put: Put = field(default_factory=Put)
    discovered: bool = False
    _told_s: float = 0.0
    _expired_s: float = 0.0

    def tick(self) -> None:
        """One look around.

        Raises
        ------
        _Stop
            If the run is to end.
        """
        now_s = time.monotonic()
        if self.limits.stop_at_s is not None and time.time() >= self.limits.stop_at_s:
            raise _Stop(Ending.STOPPED, "The hour that was given has come.")
        self._say_why_not(self.pool.mend())
        if now_s - self._expired_s >= EXPIRE_EVERY_S:
            expire(self.store.queue, most_attempts=self.options.most_attempts)
            self._expired_s = time.monotonic()
        if now_s - self._told_s >= WATCH_EVERY_S:
            counts = self.tell()
            # Counting a large run takes a while: look less often then.
            took_s = time.monotonic() - now_s
            self._told_s = time.monotonic() + 9 * took_s
            most = self.limits.audio_hours
            if most is not None and counts.audio_s >= most * 3600:
                raise _Stop(Ending.STOPPED, f"{most:g} hours of sound are done, as was asked.")

    def tell(self) -> RunCounts:
        counts = self.counts()
        if self.progress is not None:
            worked_s = time.monotonic() - self.began_s
            told = RunProgress(
                self.run.id, counts, counts.found, self.discovered, worked_s, self.pool.n_alive
            )
            self.progress.update(told)
        return counts

    def counts(self) -> RunCounts:
        tallies = self.store.queue.tallies(self.run.id, since=self.run.started_at)
        return replace(counted(tallies), unchanged=self.put.unchanged)

    def _say_why_not(self, code: int | None) -> None:
        if code is None:
            return
        why = {
            11: "The store did not come back: start it, then run the same command again.",
            12: "The disk is full: free some space, then run the same command again. Nothing is lost.",
            13: "The store refuses what is written: look at it with 'callcoach doctor'.",
        }
        raise _Stop(Ending.FAILED, why.get(code, "Workers end as soon as they begin: see the lines above."))


def run_jobs(watch: Watch, jobs: Iterable[NewJob] | None, *, retry_failed: bool = False) -> RunEnd:
    """Put jobs into the queue while workers take them, until none is left.

    Parameters
    ----------
    jobs : iterable of NewJob or None
        None for what is in the queue already under this run.

    Raises
    ------
    KeyboardInterrupt
        After the workers have ended and their jobs are free again.
    """

    def after_batch(put: Put) -> None:
        watch.put += put
        watch.tick()

    def work() -> None:
        source_error = None
        try:
            put_all(
                watch.store,
                watch.run,
                jobs or (),
                options=watch.options,
                retry_failed=retry_failed,
                after_batch=after_batch,
            )
        except (StoreError, OutOfSpace):
            raise
        except CallcoachError as error:
            source_error = error  # what was found until then is worked on first
        watch.discovered = True
        _until_done(watch)
        # Only now is it known what came before in each account.
        if watch.run.task == Task.INGEST and watch.store.queue.put_look_backs(watch.run.id):
            _until_done(watch)
        if source_error is not None:
            raise _Stop(Ending.FAILED, f"Not everything was found: {source_error.message}")

    return ended(watch, work, at_end=Ending.COMPLETE)


def _until_done(watch: Watch) -> None:
    while watch.store.queue.left(watch.run.id):
        watch.tick()
        time.sleep(LOOK_EVERY_S)


def ended(watch: Watch, work: Callable[[], None], *, at_end: Ending) -> RunEnd:
    """Do `work` with the workers of a run, and end both as they should end."""
    watch.began_s = time.monotonic()
    ending, why, pool = at_end, "", watch.pool
    try:
        pool.start()
        work()
        pool.stop()
    except _Stop as stop:
        ending, why = stop.ending, stop.why
        pool.stop(now=ending is Ending.FAILED)
    except (StoreError, OutOfSpace) as error:
        # Nothing can be written now, not even that; the next run finds everything as it is.
        pool.stop(now=True)
        return RunEnd(watch.run.id, Ending.FAILED, RunCounts(), _since(watch), why=error.message)
    except BaseException:
        pool.stop(now=True)
        expire(watch.store.queue, most_attempts=watch.options.most_attempts)
        _end(watch, Ending.STOPPED)
        raise
    expire(watch.store.queue, most_attempts=watch.options.most_attempts)
    n_new = watch.put.queued + watch.put.waiting
    return RunEnd(watch.run.id, ending, _end(watch, ending), _since(watch), n_new, why)


def counted(tallies: Iterable[Tally]) -> RunCounts:
    """Tallies of the jobs table as numbers that add up."""
    states: dict[str, int] = {}
    classes: dict[str, int] = {}
    kinds: dict[str, int] = {}
    audio_s = 0.0
    for tally in tallies:
        states[tally.state] = states.get(tally.state, 0) + tally.n
        if tally.state == "done":
            name = tally.call_class or "unknown"
            classes[name] = classes.get(name, 0) + tally.n
            audio_s += tally.audio_s
        elif tally.state in ("failed", "quarantined"):
            kind = tally.error_kind or "internal"
            kinds[kind] = kinds.get(kind, 0) + tally.n
    return RunCounts(
        queued=states.get("queued", 0),
        running=states.get("running", 0),
        done=states.get("done", 0),
        failed=states.get("failed", 0),
        quarantined=states.get("quarantined", 0),
        by_class=dict(sorted(classes.items())),
        by_kind=dict(sorted(kinds.items())),
        audio_s=audio_s,
    )


def _end(watch: Watch, ending: Ending) -> RunCounts:
    counts = watch.tell()
    values = {**asdict(counts), "found": counts.found, "worked_s": round(_since(watch), 3)}
    watch.store.runs.end(watch.run.id, ending=ending.value, counts=values)
    return counts


def _since(watch: Watch) -> float:
    return time.monotonic() - watch.began_s


def _batches(jobs: Iterable[NewJob], size: int) -> Iterator[list[NewJob]]:
    jobs = iter(jobs)
    while batch := list(islice(jobs, size)):
        yield batch
