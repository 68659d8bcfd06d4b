"""Putting jobs into the queue: what is new, what has changed, what is to be judged again or chosen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection, Integer, and_, bindparam, cast, func, insert, select, text, update

from callcoach.store.jobs import DONE, FAILED, QUARANTINED, QUEUED, RUNNING, uri_key
from callcoach.store.rows import NewJob, Put
from callcoach.store.schema import jobs

DUPLICATE = "duplicate"
FREE = {"lease_owner": None, "lease_until": None}


def now_of(connection: Connection) -> datetime:
    """The database's clock: machines that share a store need not agree on the time."""
    if connection.dialect.name == "sqlite":
        return datetime.now(UTC)
    return connection.execute(text("SELECT clock_timestamp()")).scalar_one()


def put(
    connection: Connection,
    found: Sequence[NewJob],
    *,
    run_id: str,
    task: str,
    recognition_key: str,
    scoring_key: str,
    retry_failed: bool,
) -> Put:
    """See `Queue.put`."""
    wanted = {uri_key(job.source_uri): job for job in found}

    known = {
        row.uri_key: row
        for row in connection.execute(select(*_COMPARED).where(jobs.c.uri_key.in_(sorted(wanted))))
    }
    now, result = now_of(connection), Put()
    new, again, met = [], [], []
    for key, job in wanted.items():
        row = known.get(key)
        if row is None:
            new.append(_new_row(key, job, task=task, run_id=run_id, now=now))
            result += Put(queued=1)
            continue
        met.append(row.id)
        next_task = _next_task(row, job, task, recognition_key, scoring_key, retry_failed=retry_failed)
        if next_task is not None:
            again.append(_again(row.id, job, next_task, now))
            result += Put(queued=1)
        elif row.state == DONE:
            result += Put(unchanged=1)
        elif row.state in (QUEUED, RUNNING):
            result += Put(waiting=1)
        else:
            result += Put(refused=1)
    if new:
        connection.execute(insert(jobs), new)
    if again:
        connection.execute(_REQUEUE, again)
    if met:
        elsewhere = and_(jobs.c.id.in_(met), jobs.c.run_id.is_distinct_from(run_id))
        connection.execute(update(jobs).where(elsewhere).values(run_id=run_id))
    return result


def put_rescores(connection: Connection, call_ids: Sequence[str], *, run_id: str) -> int:
    """See `Queue.put_rescores`."""
    where = and_(jobs.c.call_id.in_(list(call_ids)), func.coalesce(jobs.c.call_class, "") != DUPLICATE)

    now = now_of(connection)
    known: dict[str, int] = {}
    for row in connection.execute(
        select(jobs.c.id, jobs.c.call_id, jobs.c.state).where(where).order_by(jobs.c.id)
    ):
        if row.state not in (QUEUED, RUNNING):
            known.setdefault(row.call_id, row.id)
        else:
            known[row.call_id] = 0  # is to be judged anyway
    again = [id_ for id_ in known.values() if id_]
    if again:
        connection.execute(
            update(jobs)
            .where(jobs.c.id.in_(again))
            .values(
                state=QUEUED,
                task="rescore",
                run_id=run_id,
                attempts=0,
                not_before=None,
                queued_at=now,
            )
        )
    uris = {call_id: f"call:{call_id}" for call_id in call_ids if call_id not in known}
    new = [
        _new_row(uri_key(uri), NewJob(uri, call_id=call_id), task="rescore", run_id=run_id, now=now)
        for call_id, uri in uris.items()
    ]
    if new:
        connection.execute(insert(jobs), new)
    return len(again) + len(new)


def choose(
    connection: Connection,
    run_id: str,
    *,
    classes: Sequence[str],
    since: datetime | None,
    per_rep: int | None,
    newest_first: bool,
) -> int:
    """See `Queue.choose`."""
    newest = (jobs.c.call_started_at.desc().nulls_last(), jobs.c.id)
    place = func.row_number().over(partition_by=jobs.c.rep, order_by=newest).label("place")
    fits = select(jobs.c.id, jobs.c.task, jobs.c.state, place).where(jobs.c.call_class.in_(list(classes)))
    if since is not None:
        fits = fits.where(jobs.c.call_started_at >= since)
    fits = fits.subquery()
    wanted = select(fits.c.id).where(fits.c.task == "triage", fits.c.state == DONE)
    if per_rep is not None:
        wanted = wanted.where(fits.c.place <= per_rep)
    values = {"state": QUEUED, "task": "ingest", "run_id": run_id, "attempts": 0, "not_before": None}
    if newest_first:
        values["priority"] = _minutes_ago(connection)
    return connection.execute(update(jobs).where(jobs.c.id.in_(wanted)).values(**values)).rowcount


_COMPARED = (
    jobs.c.id,
    jobs.c.uri_key,
    jobs.c.state,
    jobs.c.task,
    jobs.c.call_id,
    jobs.c.fingerprint,
    jobs.c.recognition_key,
    jobs.c.scoring_key,
    jobs.c.call_class,
)
_REQUEUE = (
    update(jobs)
    .where(jobs.c.id == bindparam("job_id"))
    .values(
        state=QUEUED,
        task=bindparam("new_task"),
        attempts=0,
        not_before=None,
        fingerprint=bindparam("new_fingerprint"),
        facts=bindparam("new_facts"),
        size_bytes=bindparam("new_size_bytes"),
        priority=bindparam("new_priority"),
        queued_at=bindparam("now"),
        error_kind=None,
        message=None,
        **FREE,
    )
)


def _new_row(key: str, job: NewJob, *, task: str, run_id: str, now: datetime) -> dict:
    return {
        "uri_key": key,
        "source_uri": job.source_uri,
        "state": QUEUED,
        "task": task,
        "priority": job.priority,
        "attempts": 0,
        "queued_at": now,
        "timings": {},
        "run_id": run_id,
        "fingerprint": job.fingerprint,
        "size_bytes": job.size_bytes,
        "call_id": job.call_id,
        "call_started_at": job.call_started_at,
        "rep": job.rep,
        "source_name": job.source_name,
        "facts": job.facts,
    }


def _again(job_id: int, job: NewJob, task: str, now: datetime) -> dict:
    return {
        "job_id": job_id,
        "new_task": task,
        "new_fingerprint": job.fingerprint,
        "new_facts": job.facts,
        "new_size_bytes": job.size_bytes,
        "new_priority": job.priority,
        "now": now,
    }


def _minutes_ago(connection: Connection):
    """A priority that takes later calls first, and those without a time last."""
    if connection.dialect.name == "sqlite":
        minutes = (func.julianday("now") - func.julianday(jobs.c.call_started_at)) * 1440
    else:
        minutes = func.extract("epoch", func.now() - jobs.c.call_started_at) / 60
    return func.coalesce(cast(minutes, Integer), 1 << 30)


def _next_task(
    row, job: NewJob, task: str, recognition_key: str, scoring_key: str, *, retry_failed: bool
) -> str | None:
    """What is to be done about a source that is known; None for nothing."""
    if row.state in (QUEUED, RUNNING):
        return None
    same_file = job.fingerprint is not None and row.fingerprint == job.fingerprint
    same_ears = row.recognition_key == recognition_key
    if row.state in (FAILED, QUARANTINED):
        return task if retry_failed or not same_file or not same_ears else None
    if task == "triage":
        return None if same_file else task
    if not same_file or not same_ears or (task == "ingest" and row.task == "triage"):
        return task
    if row.scoring_key != scoring_key and row.call_class != DUPLICATE:
        return "rescore" if row.call_id is not None else task
    return None
