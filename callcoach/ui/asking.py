"""Who is who in a call: asked where nobody said, and put right where it is wrong."""

from __future__ import annotations

import streamlit as st

from callcoach.ui import sides
from callcoach.ui.correcting import correct
from callcoach.ui.parts import markup, say
from callcoach.ui.state import viewer
from callcoach.ui.views.header import Header, notes_html
from callcoach.ui.views.sides import ONE_VOICE, roles_known, roles_when_ours, side_answers, side_choices
from callcoach.ui.views.words import plain, speaker_name

MAX_NAME = 120  # characters


def who_is_who(opened, call, document: dict, head: Header) -> None:
    """The question which side is ours, the answer to take back, and everybody's name and voice."""
    choices = side_choices(document)
    if choices:
        _question(opened, call.id, document, choices)
    elif not roles_known(document):
        st.text(ONE_VOICE)
    for answer in side_answers(opened.edits(viewer(), call.id))[:1]:
        row = st.container(horizontal=True, vertical_alignment="center")
        row.text(answer.words)
        if row.button("Undo", icon=":material/undo:"):
            sides.take_back(opened, viewer(), call.id, answer.edit_ids)
            st.rerun()
    with st.expander("Who is who, and where the words come from"):
        markup(notes_html((*head.people, *head.notes)))
        _put_right(opened, call.id, document)


def _put_right(opened, call_id: str, document: dict) -> None:
    speakers = {speaker["label"]: speaker_name(speaker) for speaker in document["call"]["speakers"]}
    row = st.container(horizontal=True, vertical_alignment="bottom")
    if roles_known(document) and row.button("Swap the sides", icon=":material/swap_horiz:"):
        with st.spinner("Judging the call again"):
            sides.swap(opened, viewer(), call_id)
        st.rerun()
    if not speakers:
        return
    label = row.selectbox("Voice", list(speakers), format_func=speakers.get, width=200)
    name = row.text_input("is called", max_chars=MAX_NAME, width=200, key=f"name of {label}")
    if row.button("Rename", disabled=not name.strip()):
        correct(opened, viewer(), call_id, {"do": "rename", "speaker": label, "text": name})
        st.rerun()
    others = {other: name for other, name in speakers.items() if other != label}
    if len(speakers) > 2:
        into = row.selectbox("is the same voice as", list(others), format_func=others.get, width=200)
        if row.button("Make them one"):
            correct(opened, viewer(), call_id, {"do": "merge", "speaker": label, "into": into})
            st.rerun()


def _question(opened, call_id: str, document: dict, choices) -> None:
    with st.container(border=True):
        st.subheader("Which side is yours?", anchor=False)
        say("Nobody said so, and it is not guessed. Until you choose, what needs it is left out.")
        if len(choices) > 2:
            names = {choice.label: choice for choice in choices}
            ours = st.multiselect(
                "Who of them is yours?",
                list(names),
                format_func=lambda label: f"{names[label].name}: {names[label].share}",
            )
            if st.button("These are ours", disabled=not 0 < len(ours) < len(choices)):
                sides.set_roles(opened, viewer(), call_id, roles_when_ours(document, ours))
                st.rerun()
            return
        for place, (column, choice) in enumerate(zip(st.columns(2), choices, strict=True)):
            with column:
                quote = f"<br><q>{plain(choice.first_words)}</q>" if choice.first_words else ""
                markup(f"<strong>{plain(choice.name)}</strong><br>{plain(choice.share)}{quote}")
                if st.button("This side is ours", key=f"ours-{place}"):
                    sides.set_roles(opened, viewer(), call_id, roles_when_ours(document, [choice.label]))
                    st.rerun()
