"""A job that is taken, held, and of which something became: statements that are made once.

A worker runs them for every call; putting them together anew took longer than the database does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, case, func, or_, select, update

from callcoach.store.columns import UtcTime, clean
from callcoach.store.enqueue import DUPLICATE, FREE, now_of
from callcoach.store.jobs import DONE, QUEUED, RUNNING
from callcoach.store.rows import Done, Job
from callcoach.store.schema import jobs

_CLAIMED = (
    jobs.c.id,
    jobs.c.source_uri,
    jobs.c.task,
    jobs.c.attempts,
    jobs.c.run_id,
    jobs.c.call_id,
    jobs.c.source_sha256,
    jobs.c.recognition_key,
    jobs.c.facts,
)


def _taking(*where):
    due = or_(jobs.c.not_before.is_(None), jobs.c.not_before <= bindparam("now", type_=UtcTime))
    next_id = (
        select(jobs.c.id)
        .where(jobs.c.state == QUEUED, *where, due)
        .order_by(jobs.c.priority, jobs.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    return (
        update(jobs)
        .where(jobs.c.id == next_id.scalar_subquery())
        .values(
            state=RUNNING,
            attempts=jobs.c.attempts + 1,
            lease_owner=bindparam("owner"),
            lease_until=bindparam("until", type_=UtcTime),
            started_at=bindparam("now", type_=UtcTime),
            finished_at=None,
        )
        .returning(*_CLAIMED)
    )


def _doing(heard_before: bool):
    held = update(jobs).where(
        jobs.c.id == bindparam("of_job"),
        jobs.c.state == RUNNING,
        jobs.c.lease_owner == bindparam("of_owner"),
    )
    if not heard_before:
        return held
    # The same bytes count once, also where two workers heard them at the same time.
    other = jobs.alias()
    heard = select(other.c.id).where(
        other.c.source_sha256 == bindparam("of_bytes"),
        other.c.state == DONE,
        other.c.id != bindparam("of_job"),
        func.coalesce(other.c.call_class, "") != DUPLICATE,
    )
    return held.values(call_class=case((heard.exists(), DUPLICATE), else_=bindparam("of_class")))


_TAKE, _TAKE_OF_RUN = _taking(), _taking(jobs.c.run_id == bindparam("of_run"))
_CHANGE, _FINISH_HEARD = _doing(heard_before=False), _doing(heard_before=True)
_HEARD = (
    select(jobs.c.id, jobs.c.call_id)
    .where(
        jobs.c.source_sha256 == bindparam("of_bytes"),
        jobs.c.state == DONE,
        jobs.c.recognition_key == bindparam("of_key"),
        jobs.c.call_id.is_not(None),
        func.coalesce(jobs.c.call_class, "") != DUPLICATE,
    )
    .order_by(jobs.c.id)
    .limit(1)
)


def claim(connection: Connection, owner: str, *, lease_s: float, run_id: str | None) -> Job | None:
    """See `Queue.claim`."""
    now = now_of(connection)
    until = now + timedelta(seconds=lease_s)
    values = {"now": now, "until": until, "owner": owner}
    taken = (
        connection.execute(_TAKE, values)
        if run_id is None
        else connection.execute(_TAKE_OF_RUN, {**values, "of_run": run_id})
    )
    row = taken.first()
    return None if row is None else Job(**row._mapping, lease_until=until)


def finish(connection: Connection, job_id: int, owner: str, done: Done) -> bool:
    """See `Queue.finish`."""
    values = known(done) | {"state": DONE, "error_kind": None, "message": None, "not_before": None, **FREE}
    statement = _CHANGE
    if done.source_sha256 is not None and done.call_class is not None:
        statement = _FINISH_HEARD
        values |= {"of_bytes": done.source_sha256, "of_class": values.pop("call_class")}
    values |= {"of_job": job_id, "of_owner": owner, "finished_at": now_of(connection)}
    return connection.execute(statement, values).rowcount == 1


def change(
    connection: Connection, job_id: int, owner: str, values: Callable[[datetime], Mapping[str, object]]
) -> bool:
    """Change columns of a job that this owner holds; False where it does not."""
    changed = {**values(now_of(connection)), "of_job": job_id, "of_owner": owner}
    return connection.execute(_CHANGE, changed).rowcount == 1


def heard(connection: Connection, sha256: str, recognition_key: str) -> tuple[int, str] | None:
    """See `Queue.heard`."""
    row = connection.execute(_HEARD, {"of_bytes": sha256, "of_key": recognition_key}).first()
    return None if row is None else (row.id, row.call_id)


def known(done: Done) -> dict[str, object]:
    """The columns that a job found something out about."""
    values = {name: value for name in Done.__slots__ if (value := getattr(done, name)) is not None}
    if "language" in values:
        values["language"] = clean(values["language"])[:32]
    return values
