"""The month's blind moments: hear one, say whether it shows the behaviour, see what was right."""

from __future__ import annotations

import streamlit as st

from callcoach.coach.moments import Moment
from callcoach.coach.monthly import RIGHT_SHARE, BlindMoment, checks
from callcoach.core.errors import NotFound
from callcoach.measure.behaviours import BEHAVIOURS, DEFINITIONS
from callcoach.ui import calibrating
from callcoach.ui.clipping import play
from callcoach.ui.parts import markup
from callcoach.ui.state import month_moments, viewer
from callcoach.ui.views.calibration import checks_html, progress_words
from callcoach.ui.views.skills import title_of

_LAST = "last answer"


def monthly_view(opened) -> None:
    """One moment at a time, and below what everybody's answers say."""
    st.text(
        "Twenty moments per behaviour, drawn by the month, the same for everybody. "
        f"Moments are shown on pages where {10 * RIGHT_SHARE:.0f} of 10 are right: whether that holds "
        "on your calls, only people can say."
    )
    months = calibrating.months(opened, viewer())
    if not months:
        st.text("No call is here yet. Once calls are scored, their moments are drawn here.")
        return
    month = st.selectbox("Month", months, width=180)
    with st.spinner("Drawing from the calls of this month"):
        moments = month_moments(opened, viewer(), month)
    if not moments:
        st.text(f"No moment of {month} is sure enough to be shown. Choose another month.")
        return
    answered = calibrating.answers_of(opened, viewer(), month)
    left = calibrating.open_moments(moments, answered)
    n_items = len({moment.item for moment in moments})
    st.text(progress_words(len(moments) - len(left), len(moments), n_items))
    if left:
        _ask(opened, month, left[0])
    else:
        st.text("You have answered them all. Thank you.")
    _taken_back(opened, month)
    found = checks(calibrating.verdicts_of(opened, viewer(), month))
    if found:
        st.subheader("What people found", anchor=False)
        markup(checks_html(found, titles=BEHAVIOURS))


def _ask(opened, month: str, moment: BlindMoment) -> None:
    behaviour = moment.item.split(":")[0]
    st.subheader(title_of(moment.item, BEHAVIOURS) + "?", anchor=False)
    st.text(DEFINITIONS.get(behaviour, ""))
    try:
        call = opened.call(viewer(), moment.call_id)
    except NotFound:
        st.text("Its call was deleted.")
    else:
        heard = Moment(
            moment.call_id, "", moment.item, call.metadata.started_at or calibrating.now(),
            call.metadata.account, moment.quote, moment.start_s, moment.end_s, 0.0,
        )  # fmt: skip
        play(opened, viewer(), [("", heard)], key="monthly_clip")
    row = st.container(horizontal=True)
    for words, is_right in (("Yes, this shows it", True), ("No, it does not", False)):
        if row.button(words, key=f"{words} {moment.id}"):
            calibrating.keep_answer(opened, viewer(), month, moment, is_right)
            st.session_state[_LAST] = (month, moment.id)
            st.rerun()


def _taken_back(opened, month: str) -> None:
    last = st.session_state.get(_LAST)
    if last and last[0] == month and st.button("Take the last answer back", icon=":material/undo:"):
        calibrating.take_back(opened, viewer(), month, last[1])
        del st.session_state[_LAST]
        st.rerun()
