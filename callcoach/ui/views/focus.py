"""A focus in words: what was agreed, or what stands out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from callcoach.coach.effect import Focus
from callcoach.coach.focus import FocusFound


def agreed_focus(notes: Iterable, person_id: str) -> Focus | None:
    """The focus of the last sheet on which one was agreed; None without any.

    Parameters
    ----------
    notes : iterable of PrivateRow
        Oldest first.
    """
    found = None
    for row in notes:
        body = row.body
        if body.get("what") != "sheet" or row.person_id != person_id:
            continue
        focus = body.get("focus") or {}
        if body.get("agreed") and focus.get("item"):
            since = datetime.fromisoformat(body["agreed"])
            found = Focus(
                person_id,
                focus["item"],
                focus.get("call_type", "any"),
                since,
                tuple(focus.get("chosen_by", ())),
            )
            if body.get("last_action") == "dropped":
                found = None
    return found


def focus_words(title: str, agreed: Focus | None, found: FocusFound | None) -> str:
    if agreed is not None:
        since = agreed.since.astimezone()
        return f"{title}: agreed on {since.day} {since:%b}."
    if found.team_mean is None:
        return f"{title}: in {found.n_has} of {found.n} calls, your other skills more often."
    return f"{title}. {found.why}"
