"""Who opened a call, for the person it is about to see."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, func, insert, select

from callcoach.core import Viewer
from callcoach.store.rows import SeenRow
from callcoach.store.schema import access_log

SEEN = "seen"
ONE_VISIT = timedelta(hours=1)


def log_action(connection: Connection, viewer: Viewer, call_id: str, action: str) -> None:
    connection.execute(
        insert(access_log).values(call_id=call_id, viewer=viewer.name, action=action, at=datetime.now(UTC))
    )


def mark_seen(connection: Connection, viewer: Viewer, call_id: str) -> None:
    log = access_log.c
    last = connection.scalar(
        select(func.max(log.at)).where(log.call_id == call_id, log.viewer == viewer.name, log.action == SEEN)
    )
    if last is None or datetime.now(UTC) - last > ONE_VISIT:
        log_action(connection, viewer, call_id, SEEN)


def seen_by(connection: Connection, call_id: str) -> tuple[SeenRow, ...]:
    log = access_log.c
    first, last = func.min(log.at).label("first_at"), func.max(log.at).label("last_at")
    rows = connection.execute(
        select(log.viewer, first, last)
        .where(log.call_id == call_id, log.action == SEEN)
        .group_by(log.viewer)
        .order_by(first, log.viewer)
    )
    return tuple(SeenRow(row.viewer, row.first_at, row.last_at) for row in rows)
