"""People: who works here, by every name the calls use for them; names that nobody goes by."""

import tempfile
from dataclasses import replace
from pathlib import Path

import streamlit as st

from callcoach.archive.people import import_people
from callcoach.core import Person
from callcoach.core.errors import BadMetadata
from callcoach.ui.parts import markup
from callcoach.ui.state import store, viewer
from callcoach.ui.views.people import ROLES, new_id, people_html
from callcoach.ui.views.words import counted

MAX_NAME = 120
FIELD_PX = 200


def show() -> None:
    opened = store()
    st.header("People", anchor=False)
    people = opened.people(viewer())
    if not viewer().is_owner:
        markup(people_html(people))
        st.text("People are changed by who runs this store.")
        return
    _no_person(opened, people)
    if people:
        st.subheader("Who works here", anchor=False)
        markup(people_html(people))
        _edit(opened, people)
    else:
        st.text(
            "Nobody is known yet. People make teams and own pages possible: take the names of the calls "
            "above, or import a list."
        )
    _import(opened)


def _no_person(opened, people) -> None:
    names = opened.unmatched_names(viewer())
    if not names:
        return
    st.subheader("No person", anchor=False)
    st.text("Names of our side that nobody goes by, most calls first. One answer settles all their calls.")
    known = {person.id: person for person in people}
    options = ["", *known]
    for place, (name, n) in enumerate(names):
        row = st.container(horizontal=True, vertical_alignment="center")
        row.text(f"{name} · {counted(n, 'call')}", width=260)
        chosen = row.selectbox(
            f"Who is number {place + 1}?",
            options,
            format_func=lambda id_: known[id_].name if id_ else "a new person",
            key=f"who-{place}-{name}",
            label_visibility="collapsed",
            width=FIELD_PX,
        )
        if row.button("That is right", key=f"map-{place}-{name}"):
            if chosen:
                person = known[chosen]
                person = replace(person, aliases=(*person.aliases, name))
            else:
                person = Person(new_id(name, known), name, firm_role="rep")
            opened.put_person(viewer(), person)
            st.rerun()
    if st.button(f"Make a person of each of these {len(names)}"):
        taken = set(known)
        for name, _ in names:
            id_ = new_id(name, taken)
            taken.add(id_)
            opened.put_person(viewer(), Person(id_, name, firm_role="rep"))
        st.rerun()


def _edit(opened, people) -> None:
    known = {person.id: person for person in people}
    with st.expander("Change somebody"):
        id_ = st.selectbox("Who", list(known), format_func=lambda id_: known[id_].name, width=FIELD_PX)
        person = known[id_]
        row = st.container(horizontal=True, vertical_alignment="bottom")
        name = row.text_input("Name", person.name, max_chars=MAX_NAME, key=f"name {id_}", width=FIELD_PX)
        team = row.text_input(
            "Team", person.team or "", max_chars=MAX_NAME, key=f"team {id_}", width=FIELD_PX
        )
        role = row.selectbox(
            "Role",
            list(ROLES),
            index=list(ROLES).index(person.firm_role) if person.firm_role in ROLES else 0,
            key=f"role {id_}",
            width=FIELD_PX,
        )
        aliases = st.text_input(
            "Also called, with ; between", "; ".join(person.aliases), key=f"aliases {id_}"
        )
        row = st.container(horizontal=True)
        if row.button("Save", disabled=not name.strip()):
            others = tuple(alias.strip() for alias in aliases.split(";") if alias.strip())
            opened.put_person(viewer(), Person(id_, name.strip(), others, team.strip() or None, role))
            st.rerun()
        sure = row.checkbox("with every call that has their voice in it", key=f"sure {id_}")
        if row.button("Delete this person", disabled=not sure):
            opened.delete_person(viewer(), id_)
            st.rerun()


def _import(opened) -> None:
    with st.expander("Import a list"):
        st.text("A CSV with the columns id or email, name, and as many of aliases, team, role as are known.")
        file = st.file_uploader("People as CSV", type=["csv"])
        if file is None or not st.button("Import"):
            return
        with tempfile.TemporaryDirectory(prefix="callcoach-") as folder:
            path = Path(folder) / "people.csv"
            path.write_bytes(file.getvalue())
            try:
                found = import_people(opened, viewer(), path)
            except BadMetadata as error:
                st.text(error.message)
                return
        st.text(f"{counted(len(found), 'person', 'people')} imported.")


show()
