"""Call: what went well, what to try, and where; listen to each moment; correct the machine."""

from datetime import UTC, datetime

import streamlit as st

from callcoach.archive import rescore_call
from callcoach.core import EditKind
from callcoach.core.errors import BadEdit
from callcoach.core.keys import content_key
from callcoach.ui.asking import who_is_who
from callcoach.ui.components import moments, player
from callcoach.ui.correcting import Corrections, correct, corrections_of
from callcoach.ui.listing import corrections_list, deletion
from callcoach.ui.media import address_of, is_there, local_path, needs_proxy, proxy_address_of
from callcoach.ui.parts import markup, say
from callcoach.ui.reflecting import self_assessment
from callcoach.ui.state import (
    CALL,
    CALLS_PAGE,
    asked_time_s,
    mark_seen,
    names,
    speech_of,
    store,
    viewer,
)
from callcoach.ui.views import behaviours as said
from callcoach.ui.views.corrections import comments_of
from callcoach.ui.views.header import header, header_html, seen_words, transcript_words
from callcoach.ui.views.measures import FIRST, measure_lines, measures_html
from callcoach.ui.views.playing import player_data
from callcoach.ui.views.recording import media_note


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
    seen = opened.seen_by(viewer(), call_id)
    mark_seen(opened, call_id)
    corrections = corrections_of(opened, viewer(), call)
    _head(opened, call, document, seen)
    recordings = opened.media_of(viewer(), call_id)
    playable = next((media for media in recordings if is_there(media)), None)
    can_play = playable is not None
    speech, speech_note = speech_of(opened, call_id, call.current_transcript_id)
    _moments("advice", document, said.advice_items(document), can_play)
    self_assessment(opened, call, corrections)
    listening, judgement = st.columns([3, 2], gap="large")
    with listening:
        data = player_data(
            document,
            speech=speech,
            address=address_of(call_id, playable) if playable else None,
            media_note="" if playable else media_note(recordings, local_path),
            start_s=asked_time_s(),
            proxy=proxy_address_of(call_id, playable) if playable else None,
            needs_proxy=playable is not None and needs_proxy(playable),
            notes=comments_of(corrections.edits, corrections.places, names(opened)),
            behaviours=[(item["id"], item["title"]) for item in document["behaviours"]],
            can_correct=True,
        )
        _do(opened, call_id, player(data=data, key="player", on_asked_change=_nothing).asked)
    with judgement:
        _judgement(opened, document, can_play, corrections)
    _measures(document, speech_note)
    corrections_list(opened, call, document, corrections)
    deletion(opened, call)


def _head(opened, call, document: dict, seen) -> None:
    transcripts = opened.transcripts(viewer(), call.id)
    added_at = transcripts[0].added_at
    head = header(document, call.metadata, added_at=added_at)
    words = seen_words(
        seen,
        names(opened),
        added_at=added_at,
        rep_first_hours=opened.rep_first_hours,
        now=datetime.now(UTC),
    )
    markup(header_html(head, words))
    _proposed(opened, call, transcripts)
    who_is_who(opened, call, document, head)


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


def _judgement(opened, document: dict, can_play: bool, corrections: Corrections) -> None:
    call_id, machine = document["call"]["id"], None
    if corrections.edits:
        machine = opened.document(viewer(), call_id, corrected=False)
    confirmed = {e.behaviour for e in corrections.edits if e.kind is EditKind.SCORE and e.undone_by is None}
    for title, items, copy in (
        ("What you promised", said.promise_items(document), said.promises_text(document)),
        ("What they asked you", said.question_items(document), ""),
    ):
        if items:
            st.subheader(title, anchor=False)
            _moments(title, document, items, can_play, copy=copy)
    st.subheader("What was looked for", anchor=False)
    st.text(said.judged_words(document))
    _moments("judged", document, said.judged_items(document, machine), can_play)
    disputed = said.disputed_items(document)
    if disputed:
        st.subheader("Open between people and the machine", anchor=False)
        _moments("disputed", document, disputed, can_play)
    withheld = said.withheld_items(document)
    if withheld:
        with st.expander("Not judged, with the reason"):
            _moments("withheld", document, withheld, can_play)
    cautions = said.caution_items(document, confirmed)
    if cautions:
        st.subheader("For a person to review", anchor=False)
        st.text("These words lower no score.")
        _moments("cautions", document, cautions, can_play)


def _moments(name: str, document: dict, items: list[dict], can_play: bool, *, copy: str = "") -> None:
    if not items:
        return
    call_id = document["call"]["id"]
    data = {"call": call_id, "id": name, "items": items, "can_play": can_play, "copy": copy}
    data |= {"can_correct": True, "version": content_key(data)}
    _do(store(), call_id, moments(data=data, key=f"moments-{name}", on_asked_change=_nothing).asked)


def _do(opened, call_id: str, asked) -> None:
    if not asked:
        return
    try:
        with st.spinner("Judging the call again"):
            correct(opened, viewer(), call_id, asked)
    except BadEdit as error:
        st.text(error.message)
        return
    st.rerun()


def _nothing() -> None:
    """A component asks for something: what it is stands in what it returns."""


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
