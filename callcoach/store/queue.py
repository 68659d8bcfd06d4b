"""The jobs table as a queue: it alone says who works on what.

::

    put ─► queued ── claim ──► running ── finish ─► done
             ▲                   │ │ └─── fail ───► queued later │ failed │ quarantined
             └── give_back, or ──┘ └ extend: the lease, while the work goes on
                 the lease ran out

Whoever claims a job holds a lease. A worker that dies lets it run out, and the job is taken again:
results are kept by content, so that work done twice is kept once. Times are the database's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import (
    Connection,
    and_,
    case,
    func,
    or_,
    select,
    update,
)

from callcoach.store import claims, enqueue
from callcoach.store.engine import Database
from callcoach.store.enqueue import FREE, now_of
from callcoach.store.jobs import FAILED, QUARANTINED, QUEUED, RUNNING
from callcoach.store.looking_back import put_look_backs
from callcoach.store.rows import Done, Job, NewJob, Put, Tally
from callcoach.store.schema import jobs

_WORKER_DIED = (
    "a job must end; this one ended its worker {n} times (killed, or out of memory): look at the file, "
    "then run again with --retry-failed"
)


class Queue:
    """What is to be done, by whom, and what became of it; reached as ``store.queue``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # Putting in.

    def put(
        self,
        found: Sequence[NewJob],
        *,
        run_id: str,
        task: str,
        recognition_key: str,
        scoring_key: str,
        retry_failed: bool = False,
    ) -> Put:
        """Queue what is new or changed, in one transaction.

        A source that was done with the same fingerprint and keys stays done. Where only the scoring
        key differs its call is judged again, without hearing it. One that failed stays so unless
        the file or the recognition key has changed, or `retry_failed`.
        """
        return self._database.write(
            lambda connection: enqueue.put(
                connection,
                found,
                run_id=run_id,
                task=task,
                recognition_key=recognition_key,
                scoring_key=scoring_key,
                retry_failed=retry_failed,
            )
        )

    def put_rescores(self, call_ids: Sequence[str], *, run_id: str) -> int:
        """Queue calls to be judged again: the job of their source, or one of their own."""
        return self._database.write(lambda c: enqueue.put_rescores(c, call_ids, run_id=run_id))

    def put_look_backs(self, run_id: str) -> int:
        """Queue the run's calls that can look back on earlier ones of their account; see `looking_back`."""
        return self._database.write(lambda c: put_look_backs(c, run_id, now_of(c)))

    # Working.

    def claim(self, owner: str, *, lease_s: float, run_id: str | None = None) -> Job | None:
        """The next job, held for `lease_s` seconds; None when nothing is due now."""
        return self._database.write(
            lambda connection: claims.claim(connection, owner, lease_s=lease_s, run_id=run_id)
        )

    def extend(self, job_id: int, owner: str, *, lease_s: float) -> bool:
        """Hold a job longer; False when it is no longer the owner's."""
        return self._held(job_id, owner, lambda now: {"lease_until": now + timedelta(seconds=lease_s)})

    def finish(self, job_id: int, owner: str, done: Done) -> bool:
        """A job is done; False when it is no longer the owner's (what was kept is kept all the same)."""
        return self._database.write(lambda connection: claims.finish(connection, job_id, owner, done))

    def fail(
        self,
        job_id: int,
        owner: str,
        *,
        kind: str,
        message: str,
        again_in_s: float | None = None,
        quarantine: bool = False,
        done: Done | None = None,
    ) -> bool:
        """A job failed: it waits `again_in_s`, or is given up, or is put into quarantine for good."""
        known = {} if done is None else claims.known(done)

        def values(now: datetime) -> dict:
            state = QUARANTINED if quarantine else FAILED if again_in_s is None else QUEUED
            not_before = None if again_in_s is None else now + timedelta(seconds=again_in_s)
            return {
                **known,
                **FREE,
                "state": state,
                "not_before": not_before,
                "error_kind": kind,
                "message": message,
                "finished_at": now,
            }

        return self._held(job_id, owner, values)

    def give_back(self, owners: Sequence[str]) -> int:
        """What these owners hold can be claimed again at once, and the attempt does not count."""
        if not owners:
            return 0
        values = {"state": QUEUED, "attempts": jobs.c.attempts - 1, **FREE}
        where = and_(jobs.c.state == RUNNING, jobs.c.lease_owner.in_(list(owners)))
        return self._database.write(lambda c: c.execute(update(jobs).where(where).values(**values)).rowcount)

    def expire(self, *, dead: Sequence[str] = (), most_attempts: int) -> int:
        """Jobs whose lease ran out, or whose owner is dead, are queued; after too many, given up."""

        def work(connection: Connection) -> int:
            now = now_of(connection)
            over = jobs.c.lease_until < now
            if dead:
                over = or_(over, jobs.c.lease_owner.in_(list(dead)))
            lost = and_(jobs.c.state == RUNNING, over)
            if connection.scalar(select(jobs.c.id).where(lost).limit(1)) is None:
                return 0
            given_up = jobs.c.attempts >= most_attempts
            message = _WORKER_DIED.format(n=most_attempts)
            return connection.execute(
                update(jobs)
                .where(lost)
                .values(
                    state=case((given_up, FAILED), else_=QUEUED),
                    error_kind=case((given_up, "internal"), else_=jobs.c.error_kind),
                    message=case((given_up, message), else_=jobs.c.message),
                    finished_at=case((given_up, now), else_=jobs.c.finished_at),
                    **FREE,
                )
            ).rowcount

        return self._database.write(work)

    # Watching.

    def owners(self) -> tuple[str, ...]:
        """Who holds a job now."""
        wanted = select(jobs.c.lease_owner).where(jobs.c.state == RUNNING).distinct()
        with self._database.reading() as connection:
            return tuple(owner for owner in connection.scalars(wanted) if owner)

    def tallies(self, run_id: str, *, since: datetime) -> tuple[Tally, ...]:
        """Every job of a run counted once, with the seconds of sound of those finished since."""
        heard_s = case((jobs.c.finished_at >= since, jobs.c.duration_s), else_=0.0)
        group = (jobs.c.state, jobs.c.call_class, jobs.c.error_kind)
        wanted = (
            select(*group, func.count().label("n"), func.coalesce(func.sum(heard_s), 0.0))
            .where(jobs.c.run_id == run_id)
            .group_by(*group)
        )
        with self._database.reading() as connection:
            return tuple(Tally(*row) for row in connection.execute(wanted))

    def left(self, run_id: str | None = None) -> bool:
        """Whether anything is queued or running."""
        wanted = select(jobs.c.id).where(jobs.c.state.in_((QUEUED, RUNNING))).limit(1)
        if run_id is not None:
            wanted = wanted.where(jobs.c.run_id == run_id)
        with self._database.reading() as connection:
            return connection.scalar(wanted) is not None

    def take_over(self, run_id: str, *, task: str | None = None) -> int:
        """What is queued or running belongs to this run from now on."""
        where = jobs.c.state.in_((QUEUED, RUNNING))
        if task is not None:
            where = and_(where, jobs.c.task == task)
        return self._database.write(
            lambda c: c.execute(update(jobs).where(where).values(run_id=run_id)).rowcount
        )

    def retry_failed(self, run_id: str) -> int:
        """Everything that failed or is in quarantine is queued again."""
        values = {"state": QUEUED, "run_id": run_id, "attempts": 0, "not_before": None, **FREE}
        where = jobs.c.state.in_((FAILED, QUARANTINED))
        return self._database.write(lambda c: c.execute(update(jobs).where(where).values(**values)).rowcount)

    def choose(
        self,
        run_id: str,
        *,
        classes: Sequence[str],
        since: datetime | None = None,
        per_rep: int | None = None,
        newest_first: bool = False,
    ) -> int:
        """Queue triaged sources of these classes for hearing and judging; returns how many.

        Parameters
        ----------
        since : datetime or None
            Only calls that are known to have begun from then on.
        per_rep : int or None
            The latest so many of each rep, those heard before counted; sources without a rep share one lot.
        """
        return self._database.write(
            lambda connection: enqueue.choose(
                connection, run_id, classes=classes, since=since, per_rep=per_rep, newest_first=newest_first
            )
        )

    def heard(self, sha256: str, *, recognition_key: str) -> tuple[int, str] | None:
        """Job and call that the same bytes became with the same recognition key; None before that."""
        with self._database.reading() as connection:
            return claims.heard(connection, sha256, recognition_key)

    def _held(self, job_id: int, owner: str, values) -> bool:
        """Change a job that this owner holds."""
        return self._database.write(lambda connection: claims.change(connection, job_id, owner, values))
