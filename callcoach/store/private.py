"""Notes, goals and self-assessments: their author's alone until shared, the owner included."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

from sqlalchemy import Connection, Table, delete, exists, false, insert, or_, select, update

from callcoach.core import Viewer
from callcoach.core.errors import NotFound, StoreError
from callcoach.store.people import person as known_person
from callcoach.store.rows import PrivateRow
from callcoach.store.schema import calls, goals, notes, people, self_assessments
from callcoach.store.scope import TEAM_ROLES, seen_call, visible

TABLES = {"note": notes, "goal": goals, "self_assessment": self_assessments}


def add(
    connection: Connection,
    viewer: Viewer,
    kind: str,
    body: dict,
    *,
    person_id: str | None,
    call_id: str | None,
    rep_first_hours: float,
) -> PrivateRow:
    """Keep a row; about a call or a person that the viewer may see."""
    table = _table(kind)
    if call_id is not None and "call_id" not in table.c:
        raise StoreError(f"a {kind} is about a person; it cannot belong to a call: leave call_id out")
    if call_id is not None:
        seen_call(connection, viewer, call_id, rep_first_hours=rep_first_hours)
    elif kind == "self_assessment":
        raise StoreError("a self-assessment must belong to a call; call_id is missing: give it")
    if person_id is not None:
        known_person(connection, viewer, person_id)
    row = PrivateRow(
        id=uuid.uuid4().hex,
        kind=kind,
        author=viewer.name,
        person_id=person_id,
        call_id=call_id,
        at=datetime.now(UTC),
        body=dict(body),
    )
    values = {name: getattr(row, name) for name in ("id", "author", "person_id", "call_id", "at", "body")}
    connection.execute(insert(table).values({k: v for k, v in values.items() if k in table.c}))
    return row


def rows(
    connection: Connection,
    viewer: Viewer,
    kind: str,
    *,
    person_id: str | None,
    call_id: str | None,
    rep_first_hours: float,
) -> tuple[PrivateRow, ...]:
    table = _table(kind)
    wanted = select(table).where(
        or_(table.c.author == viewer.name, _shared_with(table, viewer, rep_first_hours=rep_first_hours))
    )
    if person_id is not None:
        wanted = wanted.where(table.c.person_id == person_id)
    if call_id is not None:
        wanted = wanted.where(table.c.call_id == call_id) if "call_id" in table.c else wanted.where(false())
    found = connection.execute(wanted.order_by(table.c.at, table.c.id))
    return tuple(
        PrivateRow(
            row.id,
            kind,
            row.author,
            row.person_id,
            getattr(row, "call_id", None),
            row.at,
            row.body,
            row.shared_at,
        )
        for row in found
    )


def share(connection: Connection, viewer: Viewer, kind: str, id_: str, *, shared: bool) -> None:
    table = _table(kind)
    values = {"shared_at": datetime.now(UTC) if shared else None}
    changed = connection.execute(update(table).where(_own(table, viewer, id_)).values(**values))
    _must_be_one(changed.rowcount, kind)


def change(connection: Connection, viewer: Viewer, kind: str, id_: str, body: dict) -> None:
    """Replace the body of one's own; shared or not stays as it is."""
    table = _table(kind)
    changed = connection.execute(update(table).where(_own(table, viewer, id_)).values(body=dict(body)))
    _must_be_one(changed.rowcount, kind)


def remove(connection: Connection, viewer: Viewer, kind: str, id_: str) -> None:
    table = _table(kind)
    _must_be_one(connection.execute(delete(table).where(_own(table, viewer, id_))).rowcount, kind)


def _shared_with(table: Table, viewer: Viewer, *, rep_first_hours: float):
    """Shared, and about a call or a person that the viewer may see."""
    ways = [table.c.person_id == viewer.person_id] if viewer.person_id is not None else []
    if "call_id" in table.c:
        scope = visible(viewer, rep_first_hours=rep_first_hours)
        of_seen_call = exists(select(1).where(calls.c.id == table.c.call_id, scope))
        ways.append(of_seen_call)
        no_call = table.c.call_id.is_(None)
    else:
        no_call = None
    if viewer.is_owner:
        ways.append(no_call if no_call is not None else table.c.id.is_not(None))
    elif viewer.roles & TEAM_ROLES and viewer.teams:
        of_team = exists(
            select(1).where(
                or_(people.c.id == table.c.person_id, people.c.id == table.c.author),
                people.c.team.in_(sorted(viewer.teams)),
            )
        )
        ways.append(of_team if no_call is None else of_team & no_call)
    return table.c.shared_at.is_not(None) & or_(false(), *ways)


def _own(table: Table, viewer: Viewer, id_: str):
    return (table.c.id == id_) & (table.c.author == viewer.name)


def _must_be_one(n: int, kind: str) -> None:
    if n != 1:
        raise NotFound(f"a {kind} must be one's own to be changed; there is none with this id")


def _table(kind: str) -> Table:
    if kind not in TABLES:
        raise StoreError(f"what is kept privately must be one of {', '.join(TABLES)}; got {kind!r}")
    return TABLES[kind]
