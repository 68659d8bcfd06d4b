"""What people keep for themselves or share: goals, self-assessments, sheets, things set aside.

The store keeps each as its author's own; the names of what lies in a body are here and nowhere else.
"""

from __future__ import annotations

from datetime import datetime

from callcoach.core import Viewer

NOTE, GOAL, SELF = "note", "goal", "self_assessment"
SHEET, SET_ASIDE, CONSENT = "sheet", "set_aside", "consent"
BLIND, VERDICTS = "blind_scores", "verdicts"  # what reviewers said before the machine was shown


def notes_of(opened, who: Viewer, what: str, *, person_id: str | None = None) -> list:
    """Notes of one sort that the viewer may read, oldest first."""
    rows = opened.private(who, NOTE, person_id=person_id)
    return [row for row in rows if row.body.get("what") == what]


def agreed_at(row) -> datetime:
    """When what stands on a sheet was agreed; its draft may be older."""
    try:
        return datetime.fromisoformat(row.body["agreed"])
    except (KeyError, TypeError, ValueError):
        return row.at


def keep_note(opened, who: Viewer, what: str, body: dict, *, person_id=None, call_id=None):
    return opened.add_private(who, NOTE, {"what": what, **body}, person_id=person_id, call_id=call_id)


def set_aside(opened, who: Viewer, person_id: str) -> dict[str, str]:
    """Items a person has put away for now, with the id of the note that says so."""
    notes = notes_of(opened, who, SET_ASIDE, person_id=person_id)
    return {row.body["item"]: row.id for row in notes if row.author == who.name}
