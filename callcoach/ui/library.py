"""Good moments that the person in them lets others hear."""

from __future__ import annotations

import streamlit as st

from callcoach.coach.moments import Moment
from callcoach.core import Viewer
from callcoach.core.errors import NotFound
from callcoach.ui.clipping import play
from callcoach.ui.private_rows import CONSENT, NOTE, keep_note, notes_of
from callcoach.ui.views.clips import moments_of

AT_FIRST = 3  # moments on the first page


def offered(opened, who: Viewer, person_id: str) -> dict[str, str]:
    """Calls of which somebody lets a moment be heard, with the note that says so."""
    return {r.call_id: r.id for r in notes_of(opened, who, CONSENT, person_id=person_id) if r.call_id}


def offer(opened, who: Viewer, moment: Moment) -> None:
    """The person in a moment lets who leads play it to the team; to take back at any time."""
    body = {"item": moment.item, "quote": moment.quote, "start_s": moment.start_s}
    row = keep_note(opened, who, CONSENT, body, person_id=who.person_id, call_id=moment.call_id)
    opened.share(who, NOTE, row.id)


def good_moments(opened, team) -> None:
    """The newest moments by consent, each up to a minute."""
    found = []
    members = {person.id for person in team.members}
    for row in reversed([r for r in team.notes if r.body.get("what") == CONSENT]):
        if row.person_id not in members or row.author != row.person_id or row.call_id is None:
            continue
        try:
            document = opened.document(team.who, row.call_id)
        except NotFound:
            continue
        call = opened.call(team.who, row.call_id)
        moments = moments_of(
            document,
            str(row.body.get("item", "")),
            call_id=row.call_id,
            rep=row.person_id,
            at=call.metadata.started_at or row.at,
            account=call.metadata.account,
        )
        found += [
            m for m in moments if (m.quote, m.start_s) == (row.body.get("quote"), row.body.get("start_s"))
        ][:1]
        if len(found) == AT_FIRST:
            break
    if not found:
        st.text("No moments yet: they stand here once the person in them lets the team hear one.")
        return
    play(opened, team.who, [("", moment) for moment in found], key="library")
