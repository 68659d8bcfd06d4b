"""What pages share: the opened store, who is looking, and the names of everything kept in the URL.

The only place for caches and session keys. What somebody may want to send to a colleague (the call,
the second, the filters) lives in the address, nothing else does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from callcoach.core import LOCAL_OWNER, Intervals, Person, Viewer
from callcoach.settings import load_settings, store_url

PAGES = Path(__file__).resolve().parent / "pages"
CALLS_PAGE = str(PAGES / "calls.py")
CALL_PAGE = str(PAGES / "call.py")
ME_PAGE = str(PAGES / "me.py")
TEAM_PAGE = str(PAGES / "team.py")
SHEET_PAGE = str(PAGES / "sheet.py")
RUBRICS_PAGE = str(PAGES / "rubrics.py")
PEOPLE_PAGE = str(PAGES / "people.py")
ARCHIVE_PAGE = str(PAGES / "archive.py")

CALL, TIME = "call", "t"  # ?call=ID&t=SECONDS
REP, ACCOUNT, TYPE, TEXT, AFTER = "rep", "account", "type", "words", "after"
VIEW, FROM, TO, RUBRIC, PERSON, TEAM = "view", "from", "to", "rubric", "person", "team"
PAGE_LENGTH = 25  # calls at a time
WHO = "as"  # ?as=PERSON: whose eyes; nobody is the local owner
_SEEN = "seen calls"
_WHO = "who is looking"
MAX_SPEECH = 64  # calls whose speech is kept in memory: some 20 kB each
WAITING_S = 10.0  # for so long a count of what waits is right enough
MAX_STORES = 2  # engines kept open by one server
MONTHS_KEPT, MONTH_S = 8, 3600.0  # a month's blind moments: drawn again after an hour


def viewer() -> Viewer:
    """Who is looking at the page: alone on one machine its owner, or the person chosen above.

    There is no login on one machine, so the choice keeps nobody out who sits at it; it shows each
    person their own page, and the store hides from that person what is not theirs to see.
    """
    if get_script_run_ctx(suppress_warning=True) is None:  # the media route, outside any visit
        return LOCAL_OWNER
    return st.session_state.get(_WHO, LOCAL_OWNER)


def settle_viewer(opened) -> tuple[Person, ...]:
    """Read from the address whose eyes the pages look through; returns everybody to choose from."""
    people = opened.people(LOCAL_OWNER)
    asked = st.query_params.get(WHO)
    if asked is None and st.session_state.get(_WHO, LOCAL_OWNER).person_id:
        st.query_params[WHO] = st.session_state[_WHO].person_id
        asked = st.query_params[WHO]
    person = next((one for one in people if one.id == asked), None)
    st.session_state[_WHO] = LOCAL_OWNER if person is None else viewer_of(person, people)
    return people


def viewer_of(person: Person, people: Iterable[Person]) -> Viewer:
    """What somebody may see: a manager their team, a director every team."""
    role = person.firm_role or "rep"
    teams = {one.team for one in people if one.team} if role == "director" else {person.team} - {None}
    return Viewer(person.id, frozenset({role}), frozenset(teams if role != "rep" else ()))


def choose_viewer(person_id: str | None) -> None:
    """Look through somebody's eyes from now on; None is the owner's."""
    st.session_state.pop(_WHO, None)
    if person_id is None:
        st.query_params.pop(WHO, None)
    else:
        st.query_params[WHO] = person_id


def names(opened) -> dict[str, str]:
    """What everybody who can be an author or a reader is called."""
    people = opened.people(LOCAL_OWNER)
    return {LOCAL_OWNER.name: "the owner"} | {person.id: person.name for person in people}


def store():
    """The store of the settings in force, opened once per server.

    Raises
    ------
    StoreError
        If it is damaged, from a newer callcoach, or cannot be reached. Never cached: the next
        visit tries again.
    """
    settings = load_settings()
    return _opened(store_url(settings), settings.rep_first_hours)


@st.cache_resource(max_entries=MAX_STORES, show_spinner=False, on_release=lambda opened: opened.close())
def _opened(url: str, rep_first_hours: float):
    from callcoach.store import Store

    return Store.open(url, rep_first_hours=rep_first_hours)


def speech_of(opened, call_id: str, transcript_id: str) -> tuple[dict[str, Intervals], str | None]:
    """When each voice sounds in a transcript, and how that was found.

    The rest of a transcript stands in the call's document, which is read much faster; a transcript
    never changes, so what is kept stays right.
    """
    return _speech(opened, opened.url, viewer(), call_id, transcript_id)


@st.cache_resource(max_entries=MAX_SPEECH, show_spinner=False, hash_funcs={Viewer: repr})
def _speech(_opened, url: str, who: Viewer, call_id: str, transcript_id: str):
    transcript = _opened.transcript(who, call_id)
    return transcript.speech, transcript.speech_note


def waiting_counts(opened, who: Viewer) -> dict[str, int]:
    """How many calls wait for what; counted again after a few seconds, it reads many calls."""
    return _waiting(opened, opened.url, opened.rep_first_hours, who)


@st.cache_data(ttl=WAITING_S, max_entries=MAX_SPEECH, show_spinner=False, hash_funcs={Viewer: repr})
def _waiting(_opened, url: str, rep_first_hours: float, who: Viewer) -> dict[str, int]:
    return _opened.waiting_counts(who)


def month_moments(opened, who: Viewer, month: str):
    """The blind moments of a month, which are drawn from all of its calls."""
    return _month(opened, opened.url, opened.rep_first_hours, who, month)


@st.cache_data(ttl=MONTH_S, max_entries=MONTHS_KEPT, show_spinner=False, hash_funcs={Viewer: repr})
def _month(_opened, url: str, rep_first_hours: float, who: Viewer, month: str):
    from callcoach.evaluate.calibration import draw

    return draw(_opened, who, month=month)


def mark_seen(opened, call_id: str) -> None:
    """Write into the access log that this visit opened the call, once a visit."""
    seen = st.session_state.setdefault(_SEEN, set())
    if call_id not in seen:
        opened.mark_seen(viewer(), call_id)
        seen.add(call_id)


def call_address(asked: Mapping) -> dict[str, str]:
    """The address of a call that somebody clicked in a component, with the second if there is one."""
    at = {} if asked.get("t") is None else {TIME: str(asked["t"])[:12]}
    return {CALL: str(asked["call"]), **at}


def asked_time_s() -> float | None:
    """The second in the address; None where it holds none or something else."""
    try:
        time_s = float(st.query_params.get(TIME, ""))
    except ValueError:
        return None
    return time_s if 0 <= time_s < float("inf") else None
