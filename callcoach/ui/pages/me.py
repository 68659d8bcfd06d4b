"""My coaching: what is new and mine alone, what I promised, my focus with its moments, my own course."""

import json
from datetime import UTC, datetime, timedelta

import streamlit as st

from callcoach.coach.effect import effect_of
from callcoach.coach.focus import NO_FOCUS, focus_for
from callcoach.coach.history import coverage_of, skills_of
from callcoach.measure.behaviours import BEHAVIOURS
from callcoach.store.rows import CallFilter
from callcoach.ui.clipping import play, three_of, titles_of
from callcoach.ui.components import call_list, moments
from callcoach.ui.exporting import own_data
from callcoach.ui.histories import records_of
from callcoach.ui.library import offer, offered
from callcoach.ui.parts import markup
from callcoach.ui.private_rows import GOAL, SELF, SET_ASIDE, keep_note, set_aside
from callcoach.ui.state import CALL_PAGE, call_address, choose_viewer, store, viewer
from callcoach.ui.views.calls import call_items
from callcoach.ui.views.focus import agreed_focus, focus_words
from callcoach.ui.views.own import new_words, promised
from callcoach.ui.views.skills import skills_html, title_of

NEWEST = 12  # calls whose promises are listed
MAX_GOAL = 300  # characters


def show() -> None:
    opened = store()
    me = viewer().person_id
    if me is None:
        _who(opened)
        return
    person = opened.person(viewer(), me)
    st.header("Your coaching", anchor=False)
    rows = opened.calls(viewer(), where=CallFilter(), limit=NEWEST).rows
    records = records_of(opened, viewer(), [me])
    if not rows:
        st.text(
            f"No call is known to be yours yet. They appear here once your name, {person.name}, is on them."
        )
        return
    st.text(coverage_of(records).words + " in the last half year. Nobody else sees this page.")
    left, right = st.columns([3, 2], gap="large")
    with left:
        _focus(opened, me, records)
        _skills(me, records)
    with right:
        _new(opened, rows)
        _promises(opened, rows)
        _goal(opened, me)
    with st.expander("Everything about me, to take along"):
        st.text("Your calls with their judgement, your corrections, goals and self-assessments, as JSON.")
        if st.button("Put it together"):
            data = json.dumps(own_data(opened, viewer()), ensure_ascii=False, indent=1)
            st.download_button("Download", data, "my-coaching.json", "application/json")


def _who(opened) -> None:
    st.header("Your coaching", anchor=False)
    people = [p for p in opened.people(viewer()) if (p.firm_role or "rep") == "rep"]
    if not people:
        st.text("Nobody is known yet: the People page makes people of the names in your calls.")
        return
    st.text("This page is one person's own. Who are you?")
    row = st.container(horizontal=True)
    with row:
        id_ = st.selectbox(
            "You are",
            [p.id for p in people],
            format_func={p.id: p.name for p in people}.get,
            label_visibility="collapsed",
            width=260,
        )
    if row.button("That is me"):
        choose_viewer(id_)
        st.rerun()


def _new(opened, rows) -> None:
    now = datetime.now(UTC)
    hours = opened.rep_first_hours
    mine = [row for row in rows if now < row.added_at + timedelta(hours=hours)]
    st.subheader("New, and yours first", anchor=False)
    if not mine:
        st.text("No new call.")
        return
    st.text(new_words(mine[-1].added_at + timedelta(hours=hours), len(mine)))
    assessed = {row.call_id for row in opened.private(viewer(), SELF) if row.author == viewer().name}
    items = call_items(mine)
    for item in items:
        if item["id"] not in assessed:
            item["facts"].insert(0, {"text": "How was it for you?", "todo": True})
    _open(call_list(data={"rows": items}, key="new_calls", on_opened_change=lambda: None).opened)


def _open(asked) -> None:
    if asked:
        st.switch_page(CALL_PAGE, query_params=call_address(asked))


def _promises(opened, rows) -> None:
    documents = [opened.document(viewer(), row.call_id) for row in rows]
    titles = titles_of(opened, viewer(), [row.call_id for row in rows])
    items, copy = promised(documents, titles)
    if not items:
        return
    st.subheader("What you promised", anchor=False)
    data = {"call": "", "id": "promises", "items": items, "can_play": False, "copy": copy}
    moments(
        data=data | {"version": copy, "can_correct": False}, key="my_promises", on_asked_change=lambda: None
    )


def _focus(opened, me: str, records) -> None:
    st.subheader("One thing to work on", anchor=False)
    aside = set_aside(opened, viewer(), me)
    agreed = agreed_focus(opened.private(viewer(), "note", person_id=me), me)
    found = None if agreed else focus_for(records, me, today=datetime.now(UTC), leave_out=aside)
    if agreed is None and found is None:
        st.text(f"{NO_FOCUS.capitalize()}. Nothing stands out in your last calls by more than luck.")
    else:
        item = agreed.item if agreed else found.item
        st.text(focus_words(title_of(item, BEHAVIOURS), agreed, found))
        if agreed:
            st.text(effect_of(agreed, records).words)
        three = three_of(opened, viewer(), records, me, item)
        if three.all:
            play(opened, viewer(), three.all, key="focus_clips")
            _offer(opened, me, three.best)
        if not agreed and st.button("Set it aside for now"):
            keep_note(opened, viewer(), SET_ASIDE, {"item": item}, person_id=me)
            st.rerun()
    for item, note_id in aside.items():
        row = st.container(horizontal=True, vertical_alignment="center")
        row.text(f"Set aside: {title_of(item, BEHAVIOURS)}")
        if row.button("Take it up again", key=f"up-{note_id}"):
            opened.delete_private(viewer(), "note", note_id)
            st.rerun()


def _offer(opened, me: str, best) -> None:
    """Whether the team may hear the best of these moments is the word of who is in it."""
    if best is None:
        return
    given = offered(opened, viewer(), me).get(best.call_id)
    if st.toggle("The team may hear the best one", value=given is not None) == (given is not None):
        return
    if given is None:
        offer(opened, viewer(), best)
    else:
        opened.delete_private(viewer(), "note", given)
    st.rerun()


def _skills(me: str, records) -> None:
    st.subheader("You against yourself", anchor=False)
    kinds = sorted({record.call_type for record in records if record.is_judged})
    skills = [skill for kind in kinds for skill in skills_of(records, me, call_type=kind)]
    shown = [skill for skill in skills if skill.interval is not None]
    if not shown:
        st.text("A skill is shown from 5 judged calls of one type, a course from 8. Until then, listen.")
        return
    markup(skills_html(shown, BEHAVIOURS))
    if len(shown) < len(skills):
        st.text(f"{len(skills) - len(shown)} more have fewer than 5 judged calls.")


def _goal(opened, me: str) -> None:
    st.subheader("Your own goal", anchor=False)
    own = [row for row in opened.private(viewer(), GOAL) if row.author == viewer().name]
    before = own[-1].body.get("text", "") if own else ""
    text = st.text_area("In your own words", before, max_chars=MAX_GOAL, height=90)
    row = st.container(horizontal=True, vertical_alignment="center")
    if row.button("Keep it", disabled=text.strip() == before):
        if own:
            opened.delete_private(viewer(), GOAL, own[-1].id)
        if text.strip():
            opened.add_private(viewer(), GOAL, {"text": text.strip()}, person_id=me)
        st.rerun()
    if own:
        shared = own[-1].shared_at is not None
        if row.toggle("My manager may read it", value=shared, key=f"share-{own[-1].id}") != shared:
            opened.share(viewer(), GOAL, own[-1].id, shared=not shared)
            st.rerun()


show()
