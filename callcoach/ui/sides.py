"""Saying on the page which side is ours: edits that can be taken back, and the new judgement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from callcoach.archive import rescore_call
from callcoach.core import Edit, EditKind, Role, Viewer


def set_roles(store, viewer: Viewer, call_id: str, roles: Mapping[str, Role]) -> None:
    """Set the side of every speaker named and judge the call again; one moment, one thing to undo."""
    now = datetime.now(UTC)
    for label, role in roles.items():
        edit = Edit(id="", kind=EditKind.ROLE, author=viewer.name, at=now, speaker=label, role=role)
        store.add_edit(viewer, call_id, edit)
    rescore_call(store, viewer, call_id)


def swap(store, viewer: Viewer, call_id: str) -> None:
    """Change reps and customers and judge the call again."""
    edit = Edit(id="", kind=EditKind.SWAP, author=viewer.name, at=datetime.now(UTC))
    store.add_edit(viewer, call_id, edit)
    rescore_call(store, viewer, call_id)


def take_back(store, viewer: Viewer, call_id: str, edit_ids: Iterable[str]) -> None:
    """Undo what was set on the page and judge the call again; the edits stay listed as undone."""
    for edit_id in edit_ids:
        store.undo_edit(viewer, call_id, edit_id)
    rescore_call(store, viewer, call_id)
