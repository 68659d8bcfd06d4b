"""Who may see which calls: one condition that stands in every query.

The owner sees all; a person the calls in which they were on our side; a manager or director also
those of their teams' people, once the rep has had them for `rep_first_hours`. Others see nothing.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, exists, false, or_, select, true

from callcoach.core import Role, Viewer
from callcoach.core.errors import NotFound, StoreError
from callcoach.store.schema import call_people, calls, people

TEAM_ROLES = frozenset(["manager", "director"])


def visible(viewer: Viewer, *, rep_first_hours: float) -> ColumnElement[bool]:
    """The condition on `calls` under which `viewer` may read a call."""
    if viewer.is_owner:
        return true()
    ours = (call_people.c.call_id == calls.c.id) & (call_people.c.side == Role.REP.value)
    ways = []
    if viewer.person_id is not None:
        ways.append(exists(select(1).where(ours, call_people.c.person_id == viewer.person_id)))
    if viewer.roles & TEAM_ROLES and viewer.teams:
        of_team = exists(
            select(1).where(
                ours, call_people.c.person_id == people.c.id, people.c.team.in_(sorted(viewer.teams))
            )
        )
        released = calls.c.added_at <= datetime.now(UTC) - timedelta(hours=rep_first_hours)
        ways.append(and_(of_team, released))
    return or_(*ways) if ways else false()


def seen_call(connection: Connection, viewer: Viewer, call_id: str, *columns, rep_first_hours: float):
    """The asked columns of a call.

    Raises
    ------
    NotFound
        If there is no such call for this viewer: whether it exists is not said.
    """
    row = connection.execute(
        select(*(columns or (calls.c.id,))).where(
            calls.c.id == call_id, visible(viewer, rep_first_hours=rep_first_hours)
        )
    ).first()
    if row is None:
        raise NotFound(
            f"a call must exist for who asks; {call_id!r} does not: look it up in the list of calls"
        )
    return row


def owner_only(viewer: Viewer, what: str) -> None:
    """Raise unless the viewer is the owner."""
    if not viewer.is_owner:
        raise StoreError(
            f"{what} is the owner's alone; {viewer.name} is not the owner: ask who runs the store"
        )
