"""Everything people corrected in a call, each to take back, and disputes to settle."""

from __future__ import annotations

import streamlit as st

from callcoach.measure.behaviours import BEHAVIOURS
from callcoach.measure.last import forget_all
from callcoach.ui import sides
from callcoach.ui.correcting import Corrections, agree
from callcoach.ui.state import CALLS_PAGE, names, viewer
from callcoach.ui.views.corrections import correction_rows

SHOWN = 40  # rows; the rest of a very long list would slow the page


def deletion(opened, call) -> None:
    """Delete the call, for the owner; what goes and what stays is said before."""
    if not viewer().is_owner:
        return
    with st.expander("Delete this call"):
        st.text(
            "Everything derived goes: words, judgement, corrections, comments, notes about it. "
            "The recording stays where it is."
        )
        sure = st.checkbox("I am sure", key=f"sure-{call.id}")
        if st.button("Delete it for good", disabled=not sure):
            opened.delete_call(viewer(), call.id)
            forget_all()
            st.switch_page(CALLS_PAGE)


def corrections_list(opened, call, document: dict, corrections: Corrections) -> None:
    """Nothing where nobody corrected anything."""
    titles = BEHAVIOURS | {item["id"]: item["title"] for item in document["behaviours"]}
    rows = correction_rows(
        corrections.edits,
        lost=corrections.lost,
        open_=corrections.open,
        names=names(opened),
        titles=titles,
    )
    if not rows:
        return
    st.subheader("Corrected by people", anchor=False)
    st.text("Words, names and sides count at once. The machine's own card stays beside this one.")
    may_settle = viewer().name in corrections.leads
    by_id = {edit.id: edit for edit in corrections.edits}
    for row in rows[:SHOWN]:
        place = st.container(horizontal=True, vertical_alignment="center")
        place.text(f"{row.words} · {row.who}" + (f" · {row.state}" if row.state else ""))
        if row.open and may_settle and place.button("Agree", key=f"agree-{row.edit_ids[0]}"):
            agree(opened, viewer(), call.id, by_id[row.edit_ids[0]])
            st.rerun()
        if not row.undone and place.button("Take back", key=f"undo-{row.edit_ids[0]}"):
            sides.take_back(opened, viewer(), call.id, row.edit_ids)
            st.rerun()
    if len(rows) > SHOWN:
        st.text(f"and {len(rows) - SHOWN} earlier ones")
