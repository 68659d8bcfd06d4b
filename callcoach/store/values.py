"""Nouns to the plain values of a row and back."""

from __future__ import annotations

from datetime import datetime

from callcoach.core import Anchor, CallMetadata, CallType, Edit, EditKind, RejectReason, Role
from callcoach.store.columns import clean


def metadata_values(metadata: CallMetadata) -> dict[str, object]:
    """Every field that is known, as JSON values; `metadata_from` gives an equal one back."""
    values = {
        "started_at": metadata.started_at.isoformat() if metadata.started_at else None,
        "rep": clean(metadata.rep),
        "customers": [clean(name) for name in metadata.customers],
        "account": clean(metadata.account),
        "call_type": metadata.call_type.value if metadata.call_type else None,
        "stage": clean(metadata.stage),
        "outcome": clean(metadata.outcome),
        "language": clean(metadata.language),
        "source_id": clean(metadata.source_id),
        "first_meeting": metadata.first_meeting,
        "channels": {side: role.value for side, role in sorted(metadata.channels.items())},
    }
    return {key: value for key, value in values.items() if value not in (None, [], {})}


def metadata_from(values: dict) -> CallMetadata:
    known = dict(values)
    if "started_at" in known:
        known["started_at"] = datetime.fromisoformat(known["started_at"])
    if "call_type" in known:
        known["call_type"] = CallType(known["call_type"])
    known["customers"] = tuple(known.get("customers", ()))
    known["channels"] = {side: Role(role) for side, role in known.get("channels", {}).items()}
    return CallMetadata(**known)


def edit_values(edit: Edit) -> dict[str, object]:
    """The columns of an edit, but for whose call it is of."""
    anchor = edit.anchor
    body = {
        "anchor": None
        if anchor is None
        else [anchor.speaker, anchor.time_s, anchor.quote, anchor.turn, anchor.start_word, anchor.end_word],
        "reason": edit.reason.value if edit.reason else None,
        "text": edit.text,
        "score": edit.score,
        "speaker": edit.speaker,
        "role": edit.role.value if edit.role else None,
    }
    return {
        "id": edit.id,
        "kind": edit.kind.value,
        "author": edit.author,
        "at": edit.at,
        "behaviour": edit.behaviour,
        "body": {key: value for key, value in body.items() if value is not None},
        "undone_by": edit.undone_by,
    }


def edit_from(row) -> Edit:
    body = row.body
    return Edit(
        id=row.id,
        kind=EditKind(row.kind),
        author=row.author,
        at=row.at,
        anchor=Anchor(*body["anchor"]) if "anchor" in body else None,
        behaviour=row.behaviour,
        reason=RejectReason(body["reason"]) if "reason" in body else None,
        text=body.get("text"),
        score=body.get("score"),
        speaker=body.get("speaker"),
        role=Role(body["role"]) if "role" in body else None,
        undone_by=row.undone_by,
    )
