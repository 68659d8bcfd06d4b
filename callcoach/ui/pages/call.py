"""Call: what went well, what to try, and where; listen to each moment; say which side is ours."""

import streamlit as st

from callcoach.archive import rescore_call
from callcoach.core.keys import content_key
from callcoach.ui import sides
from callcoach.ui.components import moments, player
from callcoach.ui.media import address_of, is_there, local_path
from callcoach.ui.parts import markup, say
from callcoach.ui.state import CALL, CALLS_PAGE, asked_time_s, mark_seen, speech_of, store, viewer
from callcoach.ui.views.behaviours import (
    advice_items,
    caution_items,
    judged_items,
    judged_words,
    promise_items,
    question_items,
    withheld_items,
)
from callcoach.ui.views.header import header, header_html, notes_html, transcript_words
from callcoach.ui.views.measures import FIRST, measure_lines, measures_html
from callcoach.ui.views.playing import player_data
from callcoach.ui.views.recording import media_note
from callcoach.ui.views.sides import ONE_VOICE, roles_known, roles_when_ours, side_answers, side_choices
from callcoach.ui.views.words import plain


def show() -> None:
    call_id = st.query_params.get(CALL)
    if not call_id:
        st.header("Which call?", anchor=False)
        say("Choose one from the list; its page then has an address that can be sent.")
        st.page_link(CALLS_PAGE, label="See all calls", icon=":material/list:")
        return
    opened = store()
    call = opened.call(viewer(), call_id)
    document = opened.document(viewer(), call_id)
    mark_seen(opened, call_id)
    _head(opened, call, document)
    recordings = opened.media_of(viewer(), call_id)
    playable = next((media for media in recordings if is_there(media)), None)
    can_play = playable is not None
    speech, speech_note = speech_of(opened, call_id, call.current_transcript_id)
    _moments("advice", document, advice_items(document), can_play)
    listening, judgement = st.columns([3, 2], gap="large")
    with listening:
        data = player_data(
            document,
            speech=speech,
            address=address_of(call_id, playable) if playable else None,
            media_note="" if playable else media_note(recordings, local_path),
            start_s=asked_time_s(),
        )
        player(data=data, key="player")
    with judgement:
        _judgement(document, can_play)
    _measures(document, speech_note)


def _head(opened, call, document: dict) -> None:
    transcripts = opened.transcripts(viewer(), call.id)
    head = header(document, call.metadata, added_at=transcripts[0].added_at)
    markup(header_html(head))
    _proposed(opened, call, transcripts)
    _ask_sides(opened, call.id, document)
    with st.expander("Who is who, and where the words come from"):
        markup(notes_html((*head.people, *head.notes)))
        if roles_known(document) and st.button("Swap the sides", icon=":material/swap_horiz:"):
            sides.swap(opened, viewer(), call.id)
            st.rerun()


def _proposed(opened, call, transcripts) -> None:
    """A further transcript waits beside the one shown; a click takes it."""
    waiting = [row for row in transcripts if not row.current]
    if not waiting:
        return
    row = st.container(horizontal=True, vertical_alignment="center")
    row.text(transcript_words(waiting[-1]))
    if row.button("Show that one", icon=":material/article:"):
        opened.choose_transcript(viewer(), call.id, waiting[-1].id)
        rescore_call(opened, viewer(), call.id)
        st.rerun()


def _ask_sides(opened, call_id: str, document: dict) -> None:
    """The question where nobody said which side is ours, and what was answered, to take back."""
    choices = side_choices(document)
    if choices:
        _question(opened, call_id, document, choices)
    elif not roles_known(document):
        st.text(ONE_VOICE)
    for answer in side_answers(opened.edits(viewer(), call_id))[:1]:
        row = st.container(horizontal=True, vertical_alignment="center")
        row.text(answer.words)
        if row.button("Undo", icon=":material/undo:"):
            sides.take_back(opened, viewer(), call_id, answer.edit_ids)
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


def _judgement(document: dict, can_play: bool) -> None:
    st.subheader("What was looked for", anchor=False)
    st.text(judged_words(document))
    _moments("judged", document, judged_items(document), can_play)
    withheld = withheld_items(document)
    if withheld:
        with st.expander("Not judged, with the reason"):
            _moments("withheld", document, withheld, can_play)
    for title, items in (
        ("What was promised", promise_items(document)),
        ("What they asked and nobody answered", question_items(document)),
    ):
        if items:
            st.subheader(title, anchor=False)
            _moments(title, document, items, can_play)
    cautions = caution_items(document)
    if cautions:
        st.subheader("For a person to review", anchor=False)
        st.text("These words lower no score.")
        _moments("cautions", document, cautions, can_play)


def _moments(name: str, document: dict, items: list[dict], can_play: bool) -> None:
    if items:
        data = {"call": document["call"]["id"], "id": name, "items": items, "can_play": can_play}
        moments(data=data | {"version": content_key(data)}, key=f"moments-{name}")


def _measures(document: dict, speech_note: str | None) -> None:
    lines = measure_lines(document)
    st.subheader("Talk measures", anchor=False)
    st.text(
        "Described, not scored: other products compute the same names differently."
        + (f" Timing: {speech_note}." if speech_note else "")
    )
    first = len(FIRST)
    markup(measures_html(lines[:first]))
    with st.expander(f"All {len(lines)} measures"):
        markup(measures_html(lines[first:]))


show()
