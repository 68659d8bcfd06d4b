"""Corrections by people: appended, taken back, never changed."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import Connection, bindparam, insert, select, update

from callcoach.core import Edit, Viewer
from callcoach.core.errors import NotFound
from callcoach.store.schema import edits
from callcoach.store.values import edit_from, edit_values

_OF_CALL = select(edits).where(edits.c.call_id == bindparam("of_call")).order_by(edits.c.at, edits.c.id)


def edits_of(connection: Connection, call_id: str) -> tuple[Edit, ...]:
    """Every edit of a call, oldest first, those taken back too."""
    return tuple(edit_from(row) for row in connection.execute(_OF_CALL, {"of_call": call_id}))


def add_edit(connection: Connection, viewer: Viewer, call_id: str, edit: Edit) -> Edit:
    """Append an edit of the viewer's own; its id is given here."""
    added = replace(edit, id=uuid.uuid4().hex, author=viewer.name, undone_by=None)
    connection.execute(insert(edits).values(call_id=call_id, **edit_values(added)))
    return added


def undo_edit(connection: Connection, viewer: Viewer, call_id: str, edit_id: str) -> None:
    """Take an edit back; one that was taken back stays as it is."""
    this = (edits.c.call_id == call_id) & (edits.c.id == edit_id)
    if connection.execute(select(edits.c.id).where(this)).first() is None:
        raise NotFound(f"an edit must exist to be taken back; the call has none with id {edit_id!r}")
    connection.execute(
        update(edits)
        .where(this, edits.c.undone_by.is_(None))
        .values(undone_by=viewer.name, undone_at=datetime.now(UTC))
    )
