"""From what was asked to a run that works: the pieces put together, for the commands."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, replace
from datetime import datetime

from callcoach.archive.discover import discover
from callcoach.archive.newjobs import jobs_of
from callcoach.archive.orders import RunOptions, WorkerOptions
from callcoach.archive.patience import PatientStore
from callcoach.archive.run import Limits, Pool, RunEnd, Watch, begin, run_jobs
from callcoach.archive.runs import Ending, Progress, Task
from callcoach.archive.settling import settle_run
from callcoach.core import LOCAL_OWNER
from callcoach.store import NewJob, Put, RunRow, Store

NO_LIMITS = Limits()
MakePool = Callable[[str], Pool]  # from the id of a run


def make_local_pool(n: int, options: WorkerOptions) -> MakePool:
    """Processes of this machine, all for one run."""
    from callcoach.archive.processes import LocalPool, threads_for

    def make(run_id: str) -> Pool:
        threads = options.threads or threads_for(n)
        return LocalPool(n, replace(options, run_id=run_id, threads=threads))

    return make


def run_source(
    store: Store,
    source: str,
    *,
    options: RunOptions,
    make_pool: MakePool,
    task: Task = Task.INGEST,
    since: datetime | None = None,
    newest_first: bool = False,
    retry_failed: bool = False,
    limits: Limits = NO_LIMITS,
    progress: Progress | None = None,
) -> RunEnd:
    """Everything that is found at a source."""
    jobs = jobs_of(discover(source), options=options, since=since, newest_first=newest_first)
    return _run(
        store,
        jobs,
        source=source,
        task=task,
        options=options,
        make_pool=make_pool,
        retry_failed=retry_failed,
        limits=limits,
        progress=progress,
    )


def run_queued(
    store: Store,
    *,
    options: RunOptions,
    make_pool: MakePool,
    choose: Callable[[PatientStore, RunRow], int] | None = None,
    limits: Limits = NO_LIMITS,
    progress: Progress | None = None,
) -> RunEnd:
    """What is in the queue already; `choose` may put in what was triaged, or ask again for what failed."""
    return _run(
        store,
        None,
        source=None,
        task=Task.INGEST,
        options=options,
        make_pool=make_pool,
        choose=choose or (lambda patient, run: patient.queue.take_over(run.id)),
        limits=limits,
        progress=progress,
    )


def run_rescore(
    store: Store,
    *,
    options: RunOptions,
    make_pool: MakePool,
    limits: Limits = NO_LIMITS,
    progress: Progress | None = None,
) -> RunEnd:
    """Every stored call whose card rests on something else than today's."""
    from callcoach.archive.rescore import put_rescores

    return _run(
        store,
        None,
        source=None,
        task=Task.RESCORE,
        options=options,
        make_pool=make_pool,
        choose=lambda patient, run: put_rescores(patient, run, options=options),
        limits=limits,
        progress=progress,
    )


def _run(
    store: Store,
    jobs: Iterable[NewJob] | None,
    *,
    source: str | None,
    task: Task,
    options: RunOptions,
    make_pool: MakePool,
    limits: Limits,
    progress: Progress | None,
    retry_failed: bool = False,
    choose: Callable[[PatientStore, RunRow], int] | None = None,
) -> RunEnd:
    patient = PatientStore(store)
    run = begin(patient, task=task, source=source, options=options)
    watch = Watch(patient, run, options, make_pool(run.id), progress, limits)
    if choose is not None:
        watch.put = Put(queued=choose(patient, run))
    end = run_jobs(watch, jobs, retry_failed=retry_failed)
    if task is Task.TRIAGE and end.ending is Ending.COMPLETE and settle_run(store, LOCAL_OWNER, run.id):
        counts = watch.counts()
        figures = {**asdict(counts), "found": counts.found, "worked_s": round(end.worked_s, 3)}
        store.runs.end(run.id, ending=end.ending.value, counts=figures)
        end = replace(end, counts=counts)
    return end
