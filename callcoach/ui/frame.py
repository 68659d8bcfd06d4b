"""The frame around every page: its name, the way between pages, and what is said when one fails."""

from __future__ import annotations

import logging
from pathlib import Path

import streamlit as st

from callcoach.core.errors import BadSettings, CallcoachError, NotFound
from callcoach.ui.components import style
from callcoach.ui.state import (
    ARCHIVE_PAGE,
    CALL_PAGE,
    CALLS_PAGE,
    ME_PAGE,
    PEOPLE_PAGE,
    RUBRICS_PAGE,
    SHEET_PAGE,
    TEAM_PAGE,
    choose_viewer,
    settle_viewer,
    store,
    viewer,
)

log = logging.getLogger(__name__)

# A file of ours: a named icon would be fetched from the network.
ICON = Path(__file__).resolve().parent / "components" / "icon.svg"


def draw() -> None:
    """Draw the page that the address asks for."""
    st.set_page_config(page_title="callcoach", page_icon=str(ICON), layout="wide")
    page = st.navigation(
        [
            st.Page(CALLS_PAGE, title="Calls", icon=":material/list:", url_path="calls", default=True),
            st.Page(
                CALL_PAGE, title="Call", icon=":material/graphic_eq:", url_path="call", visibility="hidden"
            ),
            st.Page(ME_PAGE, title="My coaching", icon=":material/person:", url_path="me"),
            st.Page(TEAM_PAGE, title="Team", icon=":material/group:", url_path="team"),
            st.Page(SHEET_PAGE, title="One-on-one", url_path="sheet", visibility="hidden"),
            st.Page(RUBRICS_PAGE, title="Rubrics", icon=":material/rule:", url_path="rubrics"),
            st.Page(PEOPLE_PAGE, title="People", icon=":material/badge:", url_path="people"),
            st.Page(ARCHIVE_PAGE, title="Archive", icon=":material/inventory_2:", url_path="archive"),
        ],
        position="top",
    )
    st.html(f"<style>{style()}</style>")
    try:
        _who()
        page.run()
    except Exception as error:
        say_failure(error)


def _who() -> None:
    """Whose eyes the page looks through: asked only where people are known."""
    opened = store()
    people = settle_viewer(opened)
    if not people:
        return
    options = [None, *(person.id for person in people)]
    called = {None: "Everybody (owner)"} | {person.id: person.name for person in people}
    with st.container(horizontal=True, horizontal_alignment="right", key="who-is-looking"):
        st.selectbox(
            "You are",
            options,
            index=options.index(viewer().person_id) if viewer().person_id in options else 0,
            format_func=called.get,
            key="you",
            on_change=lambda: choose_viewer(st.session_state["you"]),
            label_visibility="collapsed",
            width=220,
        )


def say_failure(error: Exception) -> bool:
    """Say what is wrong and what to do, never how it came about; True, because it has been said.

    Our own errors are sentences for people. Anything else is named in the log by type and place,
    without its text, which may hold words of a call.
    """
    if isinstance(error, NotFound):
        _say("This call is not here", "It may have been deleted, or the link may be cut off.")
        st.page_link(CALLS_PAGE, label="See all calls", icon=":material/list:")
    elif isinstance(error, BadSettings):
        _say("The settings cannot be used", error.message)
    elif isinstance(error, CallcoachError):
        _say("The calls cannot be read", error.message)
        _say_next("Nothing was changed. To see what is wrong and what to do:", "callcoach doctor")
    else:
        log.error("page failed: %s at %s", type(error).__name__, _place(error))
        _say(
            "This page cannot be shown",
            "That is a mistake in callcoach. Your calls and recordings were not changed.",
        )
        _say_next("Load the page again. If it stays, please report what this prints:", "callcoach doctor")
    return True


def _say(title: str, text: str) -> None:
    st.header(title, anchor=False)
    st.text(text)


def _say_next(text: str, command: str) -> None:
    st.text(text)
    st.code(command, language=None)


def _place(error: Exception) -> str:
    traceback = error.__traceback__
    while traceback is not None and traceback.tb_next is not None:
        traceback = traceback.tb_next
    return f"{Path(traceback.tb_frame.f_code.co_filename).name}:{traceback.tb_lineno}" if traceback else "?"
