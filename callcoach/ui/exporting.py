"""Everything a person may take along about themselves."""

from __future__ import annotations

from callcoach.core import Viewer
from callcoach.store.values import edit_values
from callcoach.ui.private_rows import GOAL, NOTE, SELF

AT_MOST = 500  # calls, newest first


def own_data(opened, who: Viewer) -> dict:
    """Own calls with what was judged of them, corrections, and what is kept privately."""
    calls, after = [], None
    while len(calls) < AT_MOST:
        page = opened.calls(who, limit=50, after=after)
        for row in page.rows:
            document = opened.document(who, row.call_id)
            edits = [
                edit_values(edit) | {"at": edit.at.isoformat()}
                for edit in opened.edits(who, row.call_id)
                if edit.author == who.name
            ]
            # One number for a call belongs to rubric work, not to a person.
            calls.append({k: v for k, v in document.items() if k != "overall"} | {"my_corrections": edits})
        after = page.next
        if after is None:
            break
    return {"person": who.person_id, "calls": calls[:AT_MOST]} | {
        f"{kind}s": [
            {"at": row.at.isoformat(), "call": row.call_id, "shared": row.shared_at is not None, **row.body}
            for row in opened.private(who, kind, person_id=None)
            if row.author == who.name
        ]
        for kind in (NOTE, GOAL, SELF)
    }
