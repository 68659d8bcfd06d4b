"""The rep's own look at a call: three taps, skippable, seen by the rep alone.

It stands beside what the manager said, never beside the machine's card, and nobody else reads it.
"""

from __future__ import annotations

import streamlit as st

from callcoach.core import EditKind
from callcoach.measure.behaviours import BEHAVIOURS
from callcoach.ui.correcting import Corrections
from callcoach.ui.private_rows import SELF
from callcoach.ui.state import viewer
from callcoach.ui.views.words import score_words

QUESTIONS = {
    "understood": "I understood what they need",
    "useful": "I said what is in it for them",
    "next": "We both know what happens next",
}
ANSWERS = ("yes", "partly", "no")


def self_assessment(opened, call, corrections: Corrections) -> None:
    """Placed for somebody who was in the call on our side; nobody else sees that it is there."""
    me = viewer().person_id
    if me is None or me not in {person.person_id for person in call.people if person.side == "REP"}:
        return
    own = [row for row in opened.private(viewer(), SELF, call_id=call.id) if row.author == viewer().name]
    if own and own[-1].body.get("skipped"):
        return
    with st.container(border=True):
        if own:
            _said(own[-1].body, corrections)
            return
        st.text("How was it for you? Three taps, for you alone.")
        answers = {}
        columns = st.columns(len(QUESTIONS))
        for column, (key, question) in zip(columns, QUESTIONS.items(), strict=True):
            answers[key] = column.pills(question, ANSWERS, key=f"self {key} {call.id}")
        if all(answers.values()):
            opened.add_private(viewer(), SELF, answers, person_id=me, call_id=call.id)
            st.rerun()
        if st.button("Not this time"):
            opened.add_private(viewer(), SELF, {"skipped": True}, person_id=me, call_id=call.id)
            st.rerun()


def _said(body: dict, corrections: Corrections) -> None:
    st.text("You said: " + " · ".join(f"{QUESTIONS[k]}: {body[k]}" for k in QUESTIONS if k in body))
    views = [
        f"{BEHAVIOURS.get(edit.behaviour, edit.behaviour)}: {score_words(edit.score)}"
        for edit in corrections.edits
        if edit.kind is EditKind.SCORE and edit.undone_by is None and edit.author in corrections.leads
    ]
    if views:
        st.text("Your manager's view: " + " · ".join(views))
    else:
        st.text("Your manager has given no own view of this call.")
