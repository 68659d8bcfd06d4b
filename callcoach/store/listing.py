"""Lists of calls: newest first, one page after another, without counting."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Connection, literal, select, tuple_

from callcoach.core import Viewer
from callcoach.core.errors import StoreError
from callcoach.store.columns import UtcTime
from callcoach.store.finding import find_calls
from callcoach.store.rows import CallFilter, CallPage, CallRow, Choices
from callcoach.store.schema import calls
from callcoach.store.scope import visible

MAX_PAGE = 1000
MAX_CHOICES = 500


def list_calls(
    connection: Connection,
    viewer: Viewer,
    *,
    where: CallFilter,
    limit: int,
    after: str | None,
    rep_first_hours: float,
    also: ColumnElement[bool] | None = None,
) -> CallPage:
    """One page; the mark of the next is the last row's place, so new calls move nothing.

    `also` is a further condition on `calls`.
    """
    limit = max(1, min(limit, MAX_PAGE))
    place = None if after is None else _place(after)
    wanted = select(*(column for column in calls.c if column.name != "current_transcript_id")).where(
        visible(viewer, rep_first_hours=rep_first_hours), *conditions(connection, where)
    )
    if also is not None:
        wanted = wanted.where(also)
    if where.text is not None and where.text.strip():
        found = find_calls(connection, wanted, where.text, limit=limit + 1, after=place)
    else:
        wanted = wanted.order_by(calls.c.sort_at.desc(), calls.c.id.desc()).limit(limit + 1)
        if place is not None:
            mark = tuple_(literal(place[0], UtcTime), literal(place[1]))
            wanted = wanted.where(tuple_(calls.c.sort_at, calls.c.id) < mark)
        found = connection.execute(wanted).all()
    last = found[limit - 1] if len(found) > limit else None
    return CallPage(tuple(call_row(row) for row in found[:limit]), None if last is None else _mark(last))


def choices(connection: Connection, viewer: Viewer, *, rep_first_hours: float) -> Choices:
    """What filters can offer, in alphabetical order."""

    def values(column) -> tuple[str, ...]:
        scope = visible(viewer, rep_first_hours=rep_first_hours)
        wanted = (
            select(column).distinct().where(column.is_not(None), scope).order_by(column).limit(MAX_CHOICES)
        )
        return tuple(connection.scalars(wanted))

    return Choices(values(calls.c.rep), values(calls.c.account), values(calls.c.call_type))


def conditions(connection: Connection, where: CallFilter) -> list[ColumnElement[bool]]:
    """What a filter asks of `calls`, but for what was said."""
    conditions = [
        calls.c[name] == getattr(where, name)
        for name in ("rep", "account", "call_type")
        if getattr(where, name) is not None
    ]
    if where.since is not None:
        conditions.append(calls.c.sort_at >= where.since)
    if where.until is not None:
        conditions.append(calls.c.sort_at < where.until)
    if where.roles_unknown:
        conditions.append(calls.c.roles_known.is_(False))
    if where.problem:
        conditions.append(calls.c.n_judged == 0)
    return conditions


def _mark(row) -> str:
    return f"{row.sort_at.isoformat()}~{row.id}"


def _place(mark: str) -> tuple[datetime, str]:
    time, _, id_ = mark.partition("~")
    try:
        at = datetime.fromisoformat(time)
    except ValueError:
        at = None
    if at is None or not id_:
        raise StoreError(
            "a page must begin where another ended; its mark is none of ours: start at the first page"
        )
    return at if at.tzinfo else at.replace(tzinfo=UTC), id_


def call_row(row) -> CallRow:
    """A line of a list from all columns of `calls`."""
    started_at = row.metadata.get("started_at")
    return CallRow(
        call_id=row.id,
        started_at=datetime.fromisoformat(started_at) if started_at else None,
        added_at=row.added_at,
        duration_s=row.duration_s,
        n_channels=row.n_channels,
        rep=row.rep,
        customers=tuple(row.customers),
        account=row.account,
        call_type=row.call_type,
        call_class=row.call_class,
        talk_share=row.talk_share,
        talk_share_reason=row.talk_share_reason,
        n_judged=row.n_judged,
        n_items=row.n_items,
        roles_known=row.roles_known,
        provenance=row.provenance,
        has_proposal=row.has_proposal,
    )
