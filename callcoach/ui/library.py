"""Good moments that the person in them lets others hear."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from callcoach.coach.moments import Moment
from callcoach.coach.team import worth_hearing
from callcoach.core import Viewer
from callcoach.core.errors import NotFound
from callcoach.measure.behaviours import BEHAVIOURS
from callcoach.ui.clipping import play
from callcoach.ui.private_rows import CONSENT, NOTE, keep_note, notes_of
from callcoach.ui.views.clips import moments_of
from callcoach.ui.views.skills import title_of

LOOKED_AT, ALL = 12, 60  # newest moments that the first page chooses from, and that the library holds
NONE_YET = "No moments yet: they stand here once the person in them lets the team hear one."


def offered(opened, who: Viewer, person_id: str) -> dict[str, str]:
    """Calls of which somebody lets a moment be heard, with the note that says so."""
    return {r.call_id: r.id for r in notes_of(opened, who, CONSENT, person_id=person_id) if r.call_id}


def offer(opened, who: Viewer, moment: Moment) -> None:
    """The person in a moment lets who leads play it to the team; to take back at any time."""
    body = {"item": moment.item, "quote": moment.quote, "start_s": moment.start_s}
    row = keep_note(opened, who, CONSENT, body, person_id=who.person_id, call_id=moment.call_id)
    opened.share(who, NOTE, row.id)


def worth_playing(opened, team) -> None:
    """Up to three moments by consent, one a person, each up to a minute."""
    found = _given(opened, team, at_most=LOOKED_AT)
    heard = worth_hearing(found, consenting={m.rep for m in found}, today=datetime.now(UTC))
    if not heard:
        st.text(NONE_YET)
        return
    play(opened, team.who, [("", moment) for moment in heard], key="library")


def library(opened, team) -> None:
    """All moments by consent, under the skill that they show."""
    found = _given(opened, team, at_most=ALL)
    if not found:
        st.text(NONE_YET)
        return
    st.text("Moments whose speaker lets the team hear them; they can take that back at any time.")
    by_skill: dict[str, list[Moment]] = {}
    for moment in found:
        by_skill.setdefault(title_of(moment.item, BEHAVIOURS), []).append(moment)
    for number, (title, moments) in enumerate(sorted(by_skill.items())):
        st.subheader(title, anchor=False)
        play(opened, team.who, [("", moment) for moment in moments], key=f"library-{number}")


def _given(opened, team, *, at_most: int) -> list[Moment]:
    """The newest moments that their speakers gave, of calls that who looks may hear."""
    found = []
    members = {person.id for person in team.members}
    for row in reversed([r for r in team.notes if r.body.get("what") == CONSENT]):
        if row.person_id not in members or row.author != row.person_id or row.call_id is None:
            continue
        try:
            document, call = opened.document(team.who, row.call_id), opened.call(team.who, row.call_id)
        except NotFound:
            continue
        moments = moments_of(
            document,
            str(row.body.get("item", "")),
            call_id=row.call_id,
            rep=row.person_id,
            at=call.metadata.started_at or row.at,
            account=call.metadata.account,
        )
        place = (row.body.get("quote"), row.body.get("start_s"))
        found += [m for m in moments if (m.quote, m.start_s) == place][:1]
        if len(found) == at_most:
            break
    return found
