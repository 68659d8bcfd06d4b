"""What has to go: calls of an age, calls with a person in them, and a record of it without words or names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, func, insert, select

from callcoach.core import Viewer
from callcoach.store.people import name_key
from callcoach.store.schema import call_people, calls, deletions, person_aliases
from callcoach.store.scope import owner_only

OLD, PERSON = "age", "person"


@dataclass(frozen=True, slots=True)
class DeletionRow:
    """One round of deletions: how many calls and rows, never whose.

    Parameters
    ----------
    why : str
        ``"age"`` or ``"person"``.
    older_than_days : int or None
        For ``"age"``.
    rows : dict
        Rows per table.
    """

    at: datetime
    why: str
    older_than_days: int | None
    n_calls: int
    rows: dict[str, int]


def calls_before(
    connection: Connection, viewer: Viewer, before: datetime, *, limit: int
) -> tuple[tuple[str, datetime], ...]:
    """Ids and times of the oldest calls from before a moment; of their start, else of their arrival."""
    owner_only(viewer, "deleting calls")
    wanted = (
        select(calls.c.id, calls.c.sort_at)
        .where(calls.c.sort_at < before)
        .order_by(calls.c.sort_at, calls.c.id)
        .limit(limit)
    )
    return tuple((row.id, row.sort_at) for row in connection.execute(wanted))


def years_before(connection: Connection, viewer: Viewer, before: datetime) -> dict[int, int]:
    """How many calls `calls_before` would give in all, per year."""
    owner_only(viewer, "deleting calls")
    year = func.extract("year", calls.c.sort_at)
    wanted = select(year, func.count()).where(calls.c.sort_at < before).group_by(year)
    return {int(year): n for year, n in sorted(tuple(row) for row in connection.execute(wanted))}


def people_named(connection: Connection, viewer: Viewer, name: str) -> tuple[str, ...]:
    """Ids of everybody of the firm who goes by a name, or has it as id."""
    owner_only(viewer, "deleting a person")
    a = person_aliases.c
    wanted = select(a.person_id).where((a.alias_key == name_key(name)) | (a.person_id == name)).distinct()
    return tuple(connection.scalars(wanted.order_by(a.person_id)))


def calls_with(
    connection: Connection, viewer: Viewer, *, name: str | None = None, person_id: str | None = None
) -> tuple[str, ...]:
    """Ids of the calls with somebody in them, on whichever side."""
    owner_only(viewer, "deleting a person")
    c = call_people.c
    where = c.person_id == person_id if person_id is not None else c.name_key == name_key(name)
    return tuple(connection.scalars(select(c.call_id).where(where).distinct().order_by(c.call_id)))


def log_deletions(
    connection: Connection, *, why: str, older_than_days: int | None, n_calls: int, rows: Mapping[str, int]
) -> None:
    connection.execute(
        insert(deletions).values(
            at=datetime.now(UTC), why=why, older_than_days=older_than_days, n_calls=n_calls, rows=dict(rows)
        )
    )


def deletions_since(
    connection: Connection, viewer: Viewer, since: datetime | None
) -> tuple[DeletionRow, ...]:
    """Rounds of deletions, latest first."""
    owner_only(viewer, "the log of deletions")
    d = deletions.c
    wanted = select(d.at, d.why, d.older_than_days, d.n_calls, d.rows).order_by(d.id.desc())
    if since is not None:
        wanted = wanted.where(d.at >= since)
    return tuple(DeletionRow(*row) for row in connection.execute(wanted))
