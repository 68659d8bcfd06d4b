"""One row per source: what is to be done, what was, and why it could not be."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from sqlalchemy import Connection, bindparam, insert, select, tuple_, update

from callcoach.core import Viewer
from callcoach.core.errors import StoreError
from callcoach.store.columns import clean
from callcoach.store.rows import FailureRow
from callcoach.store.schema import jobs

QUEUED, RUNNING, DONE, FAILED, QUARANTINED = "queued", "running", "done", "failed", "quarantined"
MAX_PAGE = 1000
_SEES_FAILURES = frozenset(["owner", "operations"])


_CLEAR = (
    update(jobs)
    .where(jobs.c.uri_key == bindparam("of_key"), jobs.c.state.in_((FAILED, QUARANTINED)))
    .values(state=DONE, error_kind=None, message=None)
)


def uri_key(source_uri: str) -> str:
    """A source's identity among the jobs; file names need not be text."""
    return hashlib.sha256(source_uri.encode("utf-8", "surrogatepass")).hexdigest()


def record_failure(
    connection: Connection, source_uri: str, *, sha256: str | None, kind: str, message: str
) -> None:
    """Note that a source failed, and count the attempt."""
    now, key = datetime.now(UTC), uri_key(source_uri)
    values = {
        "state": FAILED,
        "source_sha256": sha256,
        "error_kind": kind,
        "message": message,
        "finished_at": now,
        "lease_owner": None,
        "lease_until": None,
    }
    known = connection.execute(
        update(jobs).where(jobs.c.uri_key == key).values(attempts=jobs.c.attempts + 1, **values)
    )
    if known.rowcount == 0:
        connection.execute(
            insert(jobs).values(
                uri_key=key,
                source_uri=source_uri,
                priority=0,
                attempts=1,
                queued_at=now,
                timings={},
                **values,
            )
        )


def clear_failure(connection: Connection, source_uri: str, call_id: str) -> None:
    """A source that failed before has become a call."""
    connection.execute(
        _CLEAR, {"of_key": uri_key(source_uri), "call_id": call_id, "finished_at": datetime.now(UTC)}
    )


def failures(
    connection: Connection, viewer: Viewer, *, limit: int, after: str | None
) -> tuple[FailureRow, ...]:
    """Sources that failed, latest first; nothing for viewers who do not run the archive."""
    if not viewer.roles & _SEES_FAILURES:
        return ()
    wanted = (
        select(jobs)
        .where(jobs.c.state.in_((FAILED, QUARANTINED)))
        .order_by(jobs.c.finished_at.desc(), jobs.c.id.desc())
        .limit(max(1, min(limit, MAX_PAGE)))
    )
    if after is not None:
        id_ = int(after) if after.isascii() and after.isdecimal() and len(after) < 10 else 0
        mark = connection.execute(select(jobs.c.finished_at, jobs.c.id).where(jobs.c.id == id_)).first()
        if mark is None:
            raise StoreError("a page of failures must begin after one of them; that one is gone: start again")
        wanted = wanted.where(tuple_(jobs.c.finished_at, jobs.c.id) < tuple_(mark.finished_at, mark.id))
    return tuple(
        FailureRow(
            str(row.id), clean(row.source_uri), row.error_kind, row.message, row.finished_at, row.attempts
        )
        for row in connection.execute(wanted)
    )
