"""One-on-one: a sheet to go through together, changed as one likes, printed, and agreed."""

from datetime import UTC, date, datetime

import streamlit as st

from callcoach.core import LOCAL_OWNER
from callcoach.ui.clipping import play
from callcoach.ui.coaching import NEXT, close_last, draft_of, keep_draft, team_of
from callcoach.ui.components import print_button
from callcoach.ui.parts import markup
from callcoach.ui.private_rows import NOTE
from callcoach.ui.state import PERSON, TEAM_PAGE, names, store, viewer
from callcoach.ui.views.sheet import CAUSES, STATES, sheet_html, sheet_markdown

LONGEST = 600  # characters of one field


def show() -> None:
    opened = store()
    asked = st.query_params.get(PERSON)
    known = next((one for one in opened.people(LOCAL_OWNER) if one.id == asked), None)
    # A person's own team is enough to compare with: a firm of hundreds is not read for one sheet.
    team = team_of(opened, viewer(), known.team) if known and known.team else None
    person = next((member for member in team.members if member.id == asked), None) if team else None
    if person is None:
        st.header("Whose sheet?", anchor=False)
        st.text("Choose somebody on the Team page.")
        st.page_link(TEAM_PAGE, label="Team", icon=":material/group:")
        return
    manager = names(opened).get(viewer().person_id or "")
    proposed, three, focus = draft_of(opened, team, person, manager=manager)
    drafts = [r for r in team.sheets_of(person.id) if not r.body.get("agreed") and r.author == team.who.name]
    draft = drafts[-1] if drafts else None
    kept = dict(draft.body.get("edits", {})) if draft else {}
    sheet = proposed.changed(kept)
    row = st.container(horizontal=True, vertical_alignment="center")
    row.page_link(TEAM_PAGE, label="Team", icon=":material/arrow_back:")
    with row:
        print_button(data={"label": "Print or save as PDF"}, key="print")
    row.download_button("Markdown", sheet_markdown(sheet), f"one-on-one-{person.id}.md", "text/markdown")
    paper, beside = st.columns([3, 2], gap="large")
    with paper:
        markup(sheet_html(sheet))
    with beside:
        if three.all:
            st.subheader("To listen to", anchor=False)
            play(opened, team.who, three.all, key="sheet_clips")
        _agree(opened, team, person, draft, sheet, kept, focus)
        _edit(opened, team, person, draft, sheet, kept)


def _agree(opened, team, person, draft, sheet, kept: dict, focus: dict) -> None:
    st.subheader("What you agree on", anchor=False)
    with st.form("agree", border=False):
        agreed = st.text_input("One sentence", sheet.agreed, max_chars=LONGEST)
        left, right = st.columns(2)
        on_call = left.text_input("On which call", sheet.on_call, max_chars=LONGEST)
        by = right.text_input("By when", sheet.by, max_chars=LONGEST)
        manager = st.text_input("What the manager does", sheet.manager_does, max_chars=LONGEST)
        state = ""
        if sheet.last_action:
            state = st.radio("The last action is", list(STATES), format_func=STATES.get, horizontal=True)
        next_on = st.date_input("Next one-on-one", date.today() + NEXT)
        shared = st.checkbox("Share this sheet with them", value=True)
        if st.form_submit_button("Agree") and agreed.strip():
            edits = kept | {name: getattr(sheet, name) for name in ("win", "focus", "why", "last_action")}
            edits |= {
                "agreed": agreed.strip(),
                "on_call": on_call,
                "by": by,
                "manager_does": manager,
                "last_state": state,
            }
            body = {
                "edits": edits,
                "session": sheet.session,
                "agreed": datetime.now(UTC).isoformat(),
                "next": next_on.isoformat() if next_on else None,
                "focus": focus,
            }
            close_last(opened, team, person, state)
            row = keep_draft(opened, team, person, draft, body)
            if shared:
                opened.share(team.who, NOTE, row.id)
            st.session_state["agreed with"] = person.name
            st.switch_page(TEAM_PAGE)


def _edit(opened, team, person, draft, sheet, kept: dict) -> None:
    with st.expander("Change what the sheet says"):
        edits = dict(kept)
        for name, label in (
            ("win", "One win"),
            ("focus", "One focus"),
            ("why", "Why this one"),
            ("last_action", "Last action"),
        ):
            before = getattr(sheet, name)
            said = st.text_area(label, before, max_chars=LONGEST, height=80, key=f"{name} {person.id}")
            if said != before:
                edits[name] = said
        before = "\n".join(sheet.questions)
        said = st.text_area("To talk about, one a line", before, max_chars=LONGEST, key=f"ask {person.id}")
        if said != before:
            edits["questions"] = said.splitlines()[:3]
        causes = st.multiselect("If it is not skill", CAUSES, list(sheet.causes), key=f"causes {person.id}")
        if tuple(causes) != sheet.causes:
            edits["causes"] = causes
        if edits != kept:
            keep_draft(opened, team, person, draft, {"edits": edits, "session": sheet.session})
            st.rerun()


show()
