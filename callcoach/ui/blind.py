"""Score a call blind: hear it, say of each item how much of it was there, then see the machine's card."""

from __future__ import annotations

import streamlit as st

from callcoach.coach.blind import compare, score_of, to_score
from callcoach.core.errors import NotFound
from callcoach.measure.behaviours import BEHAVIOURS, DEFINITIONS
from callcoach.ui import calibrating
from callcoach.ui.components import player
from callcoach.ui.media import address_of, is_there, local_path, needs_proxy, proxy_address_of
from callcoach.ui.parts import label, markup
from callcoach.ui.state import CALL, CALL_PAGE, names, speech_of, viewer
from callcoach.ui.views.calibration import ANSWERS, agreement_html, compared_html, compared_words
from callcoach.ui.views.playing import player_data
from callcoach.ui.views.recording import media_note
from callcoach.ui.views.words import counted

STATES = {"": "", "scored": " · you scored it", "seen": " · its page was opened: not blind any more"}
ICONS = {"": ":material/headphones:", "scored": ":material/check:", "seen": ":material/visibility:"}


def blind_view(opened) -> None:
    """The month's calls and the agreement so far, or the one call in the address."""
    call_id = st.query_params.get(CALL)
    if call_id:
        _one(opened, call_id)
    else:
        _hub(opened)


def _hub(opened) -> None:
    st.text(
        "Hear a call, score it item by item, and only then see what the machine said. "
        f"Each month has {calibrating.CALLS_A_MONTH} calls, the same for everybody who may hear them."
    )
    left, right = st.columns([2, 3], gap="large")
    with left:
        st.subheader("This month's calls", anchor=False)
        calls = calibrating.calls_of_month(opened, viewer(), now=calibrating.now())
        if not calls:
            st.text("No judged call is here yet. Once calls are scored, six of them stand here.")
        for call in calls:
            words = label(call.title + STATES[call.state])
            if st.button(words, key=f"blind {call.call_id}", icon=ICONS[call.state], width="stretch"):
                st.query_params[CALL] = call.call_id
                st.rerun()
    with right:
        st.subheader("How far people and the machine agree", anchor=False)
        found, n_calls = calibrating.agreement_of(opened, viewer())
        if not found:
            st.text("Nothing was scored blind yet. Agreement stands here from the first call on.")
            return
        st.text(
            f"From {counted(n_calls, 'call')} scored blind. Four levels; beyond chance, 1 is complete "
            "and 0 is what guessing gives."
        )
        markup(agreement_html(found, names=names(opened), titles=BEHAVIOURS))


def _one(opened, call_id: str) -> None:
    if st.button("All calls of this month", icon=":material/arrow_back:"):
        del st.query_params[CALL]
        st.rerun()
    try:
        document = opened.document(viewer(), call_id, corrected=False)
    except NotFound:
        st.text("This call is not here: it may have been deleted. Choose another one.")
        return
    own = calibrating.scores_of(opened, viewer(), call_id)
    compared = compare(calibrating.items_of(document), own) if own else None
    hearing, scoring = st.columns([3, 2], gap="large")
    with hearing:
        _hear(opened, call_id, document)
    with scoring:
        if compared is None:
            _score(opened, call_id, document)
            return
        st.subheader("You and the machine", anchor=False)
        st.text(compared_words(compared))
        markup(compared_html(compared))
        st.text("Where you differ, hear it again: the machine shows its evidence on the call's page.")
        st.page_link(
            CALL_PAGE, label="Open the call", query_params={CALL: call_id}, icon=":material/graphic_eq:"
        )


def _hear(opened, call_id: str, document: dict) -> None:
    """The recording and its words, with no mark of what the machine found."""
    call = opened.call(viewer(), call_id)
    speech, _ = speech_of(opened, call_id, call.current_transcript_id)
    recordings = opened.media_of(viewer(), call_id)
    playable = next((one for one in recordings if is_there(one)), None)
    data = player_data(
        {**document, "behaviours": [], "measures": {}},
        speech=speech,
        address=address_of(call_id, playable) if playable else None,
        media_note="" if playable else media_note(recordings, local_path),
        start_s=None,
        proxy=proxy_address_of(call_id, playable) if playable else None,
        needs_proxy=playable is not None and needs_proxy(playable),
    )
    player(data=data, key="blind_player", on_asked_change=lambda: None)


def _score(opened, call_id: str, document: dict) -> None:
    st.subheader("Your own scores", anchor=False)
    if calibrating.was_seen(opened, viewer(), call_id):
        st.text("You opened this call's page before: your scores are kept, and not counted as blind.")
    asked = to_score(calibrating.items_of(document))
    with st.form("blind", border=False):
        answers = {
            name: st.radio(
                label(title),
                ANSWERS,
                index=None,
                horizontal=True,
                help=label(DEFINITIONS.get(name.split(":")[0], "")) or None,
                key=f"{name} {call_id}",
            )
            for name, title in asked
        }
        if not st.form_submit_button("Compare with the machine"):
            return
        missing = [title for name, title in asked if answers[name] is None]
        if missing:
            st.text(f"{counted(len(missing), 'item')} without an answer yet: {', '.join(missing)}.")
            return
    calibrating.keep_scores(
        opened, viewer(), call_id, {name: score_of(said) for name, said in answers.items()}
    )
    st.rerun()
