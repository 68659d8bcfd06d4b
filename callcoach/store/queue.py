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
from datetime import UTC, datetime, timedelta

from sqlalchemy import (
    Connection,
    Integer,
    and_,
    bindparam,
    case,
    cast,
    func,
    insert,
    or_,
    select,
    text,
    update,
)

from callcoach.store.columns import clean
from callcoach.store.engine import Database
from callcoach.store.jobs import DONE, FAILED, QUARANTINED, QUEUED, RUNNING, uri_key
from callcoach.store.rows import Done, Job, NewJob, Put, Tally
from callcoach.store.schema import jobs

DUPLICATE = "duplicate"
_FREE = {"lease_owner": None, "lease_until": None}
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
        wanted = {uri_key(job.source_uri): job for job in found}

        def work(connection: Connection) -> Put:
            known = {
                row.uri_key: row
                for row in connection.execute(select(*_COMPARED).where(jobs.c.uri_key.in_(sorted(wanted))))
            }
            now, result = _now(connection), Put()
            new, again, met = [], [], []
            for key, job in wanted.items():
                row = known.get(key)
                if row is None:
                    new.append(_new_row(key, job, task=task, run_id=run_id, now=now))
                    result += Put(queued=1)
                    continue
                met.append(row.id)
                next_task = _next_task(
                    row, job, task, recognition_key, scoring_key, retry_failed=retry_failed
                )
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

        return self._database.write(work)

    def put_rescores(self, call_ids: Sequence[str], *, run_id: str) -> int:
        """Queue calls to be judged again: the job of their source, or one of their own."""
        where = and_(jobs.c.call_id.in_(list(call_ids)), func.coalesce(jobs.c.call_class, "") != DUPLICATE)

        def work(connection: Connection) -> int:
            now = _now(connection)
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

        return self._database.write(work)

    # Working.

    def claim(self, owner: str, *, lease_s: float, run_id: str | None = None) -> Job | None:
        """The next job, held for `lease_s` seconds; None when nothing is due now."""
        candidates = select(jobs.c.id).where(jobs.c.state == QUEUED)
        if run_id is not None:
            candidates = candidates.where(jobs.c.run_id == run_id)

        def work(connection: Connection) -> Job | None:
            now = _now(connection)
            due = or_(jobs.c.not_before.is_(None), jobs.c.not_before <= now)
            order = (jobs.c.priority, jobs.c.id)
            next_id = candidates.where(due).order_by(*order).limit(1).with_for_update(skip_locked=True)
            until = now + timedelta(seconds=lease_s)
            row = connection.execute(
                update(jobs)
                .where(jobs.c.id == next_id.scalar_subquery())
                .values(
                    state=RUNNING,
                    attempts=jobs.c.attempts + 1,
                    lease_owner=owner,
                    lease_until=until,
                    started_at=now,
                    finished_at=None,
                )
                .returning(*_CLAIMED)
            ).first()
            return None if row is None else Job(**row._mapping, lease_until=until)

        return self._database.write(work)

    def extend(self, job_id: int, owner: str, *, lease_s: float) -> bool:
        """Hold a job longer; False when it is no longer the owner's."""
        return self._held(job_id, owner, lambda now: {"lease_until": now + timedelta(seconds=lease_s)})

    def finish(self, job_id: int, owner: str, done: Done) -> bool:
        """A job is done; False when it is no longer the owner's (what was kept is kept all the same)."""
        values = _known(done) | {"state": DONE, "error_kind": None, "message": None, "not_before": None}
        if done.source_sha256 is not None and done.call_class is not None:
            # The same bytes count once, also where two workers heard them at the same time.
            other = jobs.alias()
            heard = select(other.c.id).where(
                other.c.source_sha256 == done.source_sha256,
                other.c.state == DONE,
                other.c.id != job_id,
                func.coalesce(other.c.call_class, "") != DUPLICATE,
            )
            values["call_class"] = case((heard.exists(), DUPLICATE), else_=done.call_class)
        return self._held(job_id, owner, lambda now: {**values, **_FREE, "finished_at": now})

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
        known = {} if done is None else _known(done)

        def values(now: datetime) -> dict:
            state = QUARANTINED if quarantine else FAILED if again_in_s is None else QUEUED
            not_before = None if again_in_s is None else now + timedelta(seconds=again_in_s)
            return {
                **known,
                **_FREE,
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
        values = {"state": QUEUED, "attempts": jobs.c.attempts - 1, **_FREE}
        where = and_(jobs.c.state == RUNNING, jobs.c.lease_owner.in_(list(owners)))
        return self._database.write(lambda c: c.execute(update(jobs).where(where).values(**values)).rowcount)

    def expire(self, *, dead: Sequence[str] = (), most_attempts: int) -> int:
        """Jobs whose lease ran out, or whose owner is dead, are queued; after too many, given up."""

        def work(connection: Connection) -> int:
            now = _now(connection)
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
                    **_FREE,
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
        values = {"state": QUEUED, "run_id": run_id, "attempts": 0, "not_before": None, **_FREE}
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

        def work(connection: Connection) -> int:
            if newest_first:
                values["priority"] = _minutes_ago(connection)
            return connection.execute(update(jobs).where(jobs.c.id.in_(wanted)).values(**values)).rowcount

        return self._database.write(work)

    def heard(self, sha256: str, *, recognition_key: str) -> tuple[int, str] | None:
        """Job and call that the same bytes became with the same recognition key; None before that."""
        wanted = (
            select(jobs.c.id, jobs.c.call_id)
            .where(
                jobs.c.source_sha256 == sha256,
                jobs.c.state == DONE,
                jobs.c.recognition_key == recognition_key,
                jobs.c.call_id.is_not(None),
                func.coalesce(jobs.c.call_class, "") != DUPLICATE,
            )
            .order_by(jobs.c.id)
            .limit(1)
        )
        with self._database.reading() as connection:
            row = connection.execute(wanted).first()
        return None if row is None else (row.id, row.call_id)

    def _held(self, job_id: int, owner: str, values) -> bool:
        """Change a job that this owner holds."""
        where = and_(jobs.c.id == job_id, jobs.c.state == RUNNING, jobs.c.lease_owner == owner)
        return self._database.write(
            lambda c: c.execute(update(jobs).where(where).values(**values(_now(c)))).rowcount == 1
        )


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
        **_FREE,
    )
)


def _now(connection: Connection) -> datetime:
    """The database's clock: machines that share a store need not agree on the time."""
    if connection.dialect.name == "sqlite":
        return datetime.now(UTC)
    return connection.execute(text("SELECT clock_timestamp()")).scalar_one()


def _minutes_ago(connection: Connection):
    """A priority that takes later calls first, and those without a time last."""
    if connection.dialect.name == "sqlite":
        minutes = (func.julianday("now") - func.julianday(jobs.c.call_started_at)) * 1440
    else:
        minutes = func.extract("epoch", func.now() - jobs.c.call_started_at) / 60
    return func.coalesce(cast(minutes, Integer), 1 << 30)


def _known(done: Done) -> dict[str, object]:
    """The columns that a job found something out about."""
    values = {name: value for name in Done.__slots__ if (value := getattr(done, name)) is not None}
    if "language" in values:
        values["language"] = clean(values["language"])[:32]
    return values


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
