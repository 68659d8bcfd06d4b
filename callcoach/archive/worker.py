"""A worker: takes a job from the table, does it, says what became of it, takes the next.

It asks nobody else what to do, so that any number can work on any machines that reach the store.
While a job lasts its lease is extended; a worker that dies lets it run out.
"""

from __future__ import annotations

import gc
import logging
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from pathlib import Path

from callcoach.archive.orders import RunOptions, WorkerOptions
from callcoach.archive.patience import PatientStore, patiently
from callcoach.archive.work import Failed, do
from callcoach.core.errors import OutOfSpace, StoreError, StoreUnreachable
from callcoach.pipeline import recogniser_of
from callcoach.store import Job, Store

log = logging.getLogger(__name__)
IDLE_S, LONGEST_IDLE_S = 0.05, 2.0
EXPIRE_EVERY_S = 5.0
COLLECT_EVERY_S, COLLECT_EVERY_MB = 60.0, 128.0
YOUNG_OBJECTS = 100_000  # that a job may add before it is interrupted to look for cycles
GONE = "gone"  # ended, and nobody has asked how


class End(IntEnum):
    """Why a worker ended; also the exit code of its process."""

    STOPPED = 0  # asked to, or nothing was left
    RECYCLED = 10  # has done enough: another takes its place
    NO_STORE = 11  # the store is away and did not come back
    NO_SPACE = 12  # the disk is full
    BROKEN_STORE = 13  # the store refuses what it is given: damaged, or read-only


@dataclass(frozen=True, slots=True)
class Ended:
    """How a worker ended, with the reason in one sentence where it is a failure."""

    end: End
    n_done: int = 0
    message: str = ""


def owner_name() -> str:
    """Names this process among all that share a store: machine, process id, when it began."""
    return f"{socket.gethostname()}/{os.getpid()}/{_began(os.getpid())}"


def is_dead(owner: str) -> bool:
    """Whether an owner was a process of this machine that is no more; False where nobody can tell."""
    try:
        machine, pid, began = owner.rsplit("/", 2)
        if machine != socket.gethostname():
            return False
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except (ValueError, OSError):
        return False
    now = _began(int(pid))
    return now == GONE or (began != now and "" not in (began, now))


def _began(pid: int) -> str:
    """When a process began, in ticks of the kernel; empty where it does not say."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text("ascii", "replace")
    except OSError:
        return ""
    fields = text.rpartition(")")[2].split()
    return GONE if fields[0] in "ZX" else fields[19]


def work(options: WorkerOptions, *, stop: Callable[[float], bool]) -> Ended:
    """Take jobs until told to stop, or until there are none.

    Parameters
    ----------
    stop : callable
        Asked between jobs; takes seconds, and waits so long for the answer to become true.

    Returns
    -------
    Ended
        Never raises for what a store can do; `KeyboardInterrupt` and `SystemExit` give the job back.
    """
    with closing(Session(options)) as session:
        return session.work(stop)


class Session:
    """A worker that may stop and go on: store and model stay open between.

    Attributes
    ----------
    owner : str
        Holds the leases of its jobs.
    """

    def __init__(self, options: WorkerOptions) -> None:
        self.options, self.owner = options, owner_name()
        self._opened: Store | None = None
        self._worker: _Worker | None = None

    def work(self, stop: Callable[[float], bool]) -> Ended:
        """See `work`; may be called again."""
        before = self._worker.n_done if self._worker else 0
        try:
            if self._worker is None:
                self._opened = patiently(self._open, patience_s=self.options.patience_s)
                self._worker = _Worker(self.options, self._opened, self.owner)
            return Ended(self._worker.run(stop), self._worker.n_done - before)
        except StoreUnreachable as error:
            end, message = End.NO_STORE, error.message
        except OutOfSpace as error:
            end, message = End.NO_SPACE, error.message
        except StoreError as error:
            end, message = End.BROKEN_STORE, error.message
        n_done = self._worker.n_done - before if self._worker else 0
        return Ended(end, n_done, message)

    def close(self) -> None:
        if self._opened is not None:
            self._opened.close()

    def _open(self) -> Store:
        hours = self.options.rep_first_hours
        return Store.open(self.options.store_url, create=False, rep_first_hours=hours)


class _Worker:
    """The loop with what it keeps between jobs: a store, a model, the options of runs."""

    def __init__(self, options: WorkerOptions, store: Store, owner: str) -> None:
        self.options, self.owner, self.n_done = options, owner, 0
        self.store = PatientStore(store, patience_s=options.patience_s, keeps_failures=False)
        self.queue = self.store.queue
        self._lease = _Lease(store.queue, owner, options.lease_s)
        self._runs: dict[str | None, RunOptions] = {}
        self._recogniser = cache(self._load)
        self._expired_s = self._collected_s = self._collected_mb = float("-inf")

    def run(self, stop: Callable[[float], bool]) -> End:
        """Do one job after the other; returns why there are no more."""
        idle_s, n_full = IDLE_S, 0
        with self._lease.kept(), _collecting_between_jobs():
            while True:
                if stop(0.0) or (self.options.stop_at_s or float("inf")) <= time.time():
                    return End.STOPPED
                if self.n_done >= self.options.most_jobs or self._is_fat():
                    return End.RECYCLED
                job = self.queue.claim(self.owner, lease_s=self.options.lease_s, run_id=self.options.run_id)
                if job is None:
                    self._expire()
                    if self.options.ends_when_idle and not self.queue.left(self.options.run_id):
                        return End.STOPPED
                    stop(idle_s)
                    idle_s = min(LONGEST_IDLE_S, 2 * idle_s)
                    continue
                idle_s = IDLE_S
                try:
                    self._do(job)
                    n_full = 0
                except OutOfSpace:
                    n_full += 1
                    if n_full > 2:
                        raise
                    time.sleep(min(1.0, IDLE_S * 2**n_full))
                self.n_done += 1
                self._collect()

    def _do(self, job: Job) -> None:
        options = self._options_of(job.run_id)
        try:
            with self._lease.of(job):
                result = do(
                    job,
                    store=self.store,
                    options=options,
                    load_recogniser=lambda: self._recogniser(options.model, options.vocabulary),
                )
                if isinstance(result, Failed):
                    self.queue.fail(
                        job.id,
                        self.owner,
                        kind=result.error.kind,
                        message=result.error.message,
                        again_in_s=result.again_in_s,
                        quarantine=result.quarantine,
                        done=result.done,
                    )
                else:
                    self.queue.finish(job.id, self.owner, result)
        except BaseException:
            # Interrupted, or nothing can be kept: the job is as if it had not been taken.
            with _quietly():
                self._lease.queue.give_back([self.owner])
            raise

    def _options_of(self, run_id: str | None) -> RunOptions:
        if run_id not in self._runs:
            run = self.store.runs.get(run_id) if run_id else None
            if len(self._runs) > 20:
                self._runs.clear()
            self._runs[run_id] = RunOptions.from_json(run.options if run else {})
        return self._runs[run_id]

    def _load(self, model: str, vocabulary: tuple[str, ...]) -> object:
        folders = [Path(folder) for folder in self.options.model_folders]
        threads = self.options.threads
        return recogniser_of(model or None, folders=folders, vocabulary=vocabulary, cpu_threads=threads)

    def _expire(self) -> None:
        """Take back what dead workers hold, now and then."""
        if time.monotonic() - self._expired_s >= min(EXPIRE_EVERY_S, self.options.lease_s / 2):
            expire(self.queue, most_attempts=self._options_of(self.options.run_id).most_attempts)
            self._expired_s = time.monotonic()

    def _collect(self) -> None:
        """Look for cycles between jobs, when least is alive, and not after every one."""
        if (
            time.monotonic() - self._collected_s >= COLLECT_EVERY_S
            or resident_mb() - self._collected_mb >= COLLECT_EVERY_MB
        ):
            gc.collect()
            gc.freeze()  # models, patterns and what is remembered stay: no need to walk over them again
            self._collected_s, self._collected_mb = time.monotonic(), resident_mb()

    def _is_fat(self) -> bool:
        most = self.options.most_memory_mb
        return bool(most) and resident_mb() > most


def expire(queue: PatientStore, *, most_attempts: int) -> int:
    """Queue again what nobody works on any more; returns how many jobs."""
    dead = [owner for owner in queue.owners() if is_dead(owner)]
    return queue.expire(dead=dead, most_attempts=most_attempts)


def resident_mb() -> float:
    """Memory of this process that is in use, or was at most where the system says only that."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
    except (OSError, ValueError, IndexError):
        import resource
        import sys

        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak / 1e6 if sys.platform == "darwin" else peak / 1e3


@contextmanager
def _collecting_between_jobs() -> Iterator[None]:
    """Look for cycles within a job only where it makes very many objects; it takes a tenth of the time else."""
    before = gc.get_threshold()
    gc.set_threshold(YOUNG_OBJECTS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


@contextmanager
def _quietly() -> Iterator[None]:
    """For what is worth a try on the way out."""
    try:
        yield
    except StoreError as error:
        log.info("not given back: %s", type(error).__name__)


class _Lease:
    """A thread that extends the lease of the job in hand, three times before it would run out."""

    def __init__(self, queue, owner: str, lease_s: float) -> None:
        self.queue, self._owner, self._lease_s = queue, owner, lease_s
        self._changed = threading.Condition()
        self._job: Job | None = None
        self._over = False

    @contextmanager
    def kept(self) -> Iterator[None]:
        self._over = False
        thread = threading.Thread(target=self._keep, name="lease", daemon=True)
        thread.start()
        try:
            yield
        finally:
            with self._changed:
                self._over = True
                self._changed.notify()
            thread.join()

    @contextmanager
    def of(self, job: Job) -> Iterator[None]:
        with self._changed:
            self._job = job
        try:
            yield
        finally:
            with self._changed:
                self._job = None

    def _keep(self) -> None:
        while True:
            with self._changed:
                self._changed.wait(self._lease_s / 3)
                if self._over:
                    return
                job = self._job
            if job is not None:
                with _quietly():  # a store that is away: the next time, or the lease is lost
                    self.queue.extend(job.id, self._owner, lease_s=self._lease_s)
