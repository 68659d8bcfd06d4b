"""Team: who is next and what for, one thing all need, what is worth hearing, what is open."""

from datetime import UTC, date, datetime, timedelta

import streamlit as st

from callcoach.coach.effect import effect_of
from callcoach.coach.history import coverage_of, skills_of
from callcoach.coach.needs import team_needs
from callcoach.coach.patterns import WINDOW, patterns_of
from callcoach.coach.team import by_date, coverage_by_team, first_line, mirror_words, next_talk
from callcoach.core import LOCAL_OWNER
from callcoach.measure.behaviours import BEHAVIOURS
from callcoach.ui.clipping import play, three_of
from callcoach.ui.coaching import Team, team_of, win_in
from callcoach.ui.components import team_list
from callcoach.ui.library import library, worth_playing
from callcoach.ui.parts import label, markup
from callcoach.ui.private_rows import agreed_at
from callcoach.ui.state import (
    CALLS_PAGE,
    PEOPLE_PAGE,
    PERSON,
    SHEET_PAGE,
    TEAM,
    VIEW,
    store,
    viewer,
    waiting_counts,
)
from callcoach.ui.views.focus import agreed_focus
from callcoach.ui.views.log import coverage_html, log_html, use_html
from callcoach.ui.views.skills import skills_html, title_of
from callcoach.ui.views.team import (
    coverage_rows,
    held,
    last_action_words,
    member_row,
    open_words,
    use_rows,
)
from callcoach.ui.views.words import TYPE_WORDS

GLANCE, SKILLS, LOG, LIBRARY, ROLLUP = "glance", "skills", "log", "library", "teams"
VIEWS = {
    GLANCE: "At a glance",
    SKILLS: "Skills and effect",
    LOG: "Coaching log",
    LIBRARY: "Good moments",
    ROLLUP: "All teams",
}
WEEKS, NEEDS = timedelta(weeks=4), timedelta(weeks=8)
COLUMNS = ["Who", "One-on-one", "Win", "Focus", "Last action"]


def show() -> None:
    opened = store()
    people = opened.people(LOCAL_OWNER)
    if not (viewer().is_owner or viewer().roles & {"manager", "director"}):
        st.header("Team", anchor=False)
        st.text("This page is for who leads a team. Yours is My coaching.")
        return
    teams = sorted({p.team for p in people if p.team} & _teams(people))
    if not teams:
        _no_team(people)
        return
    row = st.container(horizontal=True, vertical_alignment="bottom")
    row.header("Team", anchor=False)
    view = _view(row, with_rollup=viewer().is_owner or "director" in viewer().roles or len(teams) > 1)
    if view == ROLLUP:
        _rollup(opened)
        return
    asked = st.query_params.get(TEAM)
    team_name = row.selectbox(
        "Team",
        teams,
        index=teams.index(asked) if asked in teams else 0,
        label_visibility="collapsed",
        width=180,
    )
    if len(teams) > 1:
        st.query_params[TEAM] = team_name
    team = team_of(opened, viewer(), team_name)
    named = {person.id: person.name for person in team.members}
    st.text(first_line(team.records, people=named, today=datetime.now(UTC)))
    if done := st.session_state.pop("agreed with", None):
        st.text(f"Agreed with {done}. It stands in the log, and the next sheet begins with it.")
    {GLANCE: _glance, SKILLS: _skills, LOG: _log, LIBRARY: library}[view](opened, team)


def _view(row, *, with_rollup: bool) -> str:
    """Which of the views; it stands in the address, so that it can be sent."""
    views = [name for name in VIEWS if name != ROLLUP or with_rollup]
    asked = st.query_params.get(VIEW, GLANCE)
    view = row.segmented_control(
        "Show",
        views,
        default=asked if asked in views else GLANCE,
        format_func=VIEWS.get,
        label_visibility="collapsed",
    )
    if view in (None, GLANCE):
        st.query_params.pop(VIEW, None)
        return GLANCE
    st.query_params[VIEW] = view
    return view


def _teams(people) -> set[str]:
    return {p.team for p in people if p.team} if viewer().is_owner else set(viewer().teams)


def _no_team(people) -> None:
    st.header("Team", anchor=False)
    if people:
        st.text("Nobody has a team yet. Give people one on the People page; then this page fills.")
    else:
        st.text("Nobody is known yet. The People page makes people of the names in your calls.")
    st.page_link(PEOPLE_PAGE, label="People", icon=":material/badge:")


def _glance(opened, team: Team) -> None:
    left, right = st.columns([7, 4], gap="medium")
    with left:
        st.subheader("Next one-on-ones", anchor=False)
        _next(opened, team)
        _need(opened, team)
    with right:
        st.subheader("Worth hearing", anchor=False)
        worth_playing(opened, team)
        st.subheader("Open", anchor=False)
        waiting = open_words(waiting_counts(opened, viewer()))
        for kind, words in waiting:
            st.page_link(CALLS_PAGE, label=words, query_params={VIEW: kind}, icon=":material/inbox:")
        if not waiting:
            st.text("Nothing waits for you.")


def _next(opened, team: Team) -> None:
    lasts, talks = {}, []
    for person in team.members:
        agreed = team.agreed_of(person.id)
        last = lasts[person.id] = agreed[-1].body if agreed else None
        focus, found = team.focus_of(person.id)
        chosen = focus or found
        talks.append(
            next_talk(
                person.id,
                person.name,
                on=date.fromisoformat(last["next"]) if last and last.get("next") else None,
                win=win_in(opened, team, person.id, not_of=chosen.item if chosen else None),
                focus=chosen,
            )
        )
    rows = [member_row(talk, last_action_words(lasts[talk.rep])) for talk in by_date(talks)]
    picked = team_list(
        data={"columns": COLUMNS, "rows": rows}, key="team_list", on_opened_change=lambda: None
    ).opened
    if picked:
        st.switch_page(SHEET_PAGE, query_params={PERSON: str(picked)})


def _need(opened, team: Team) -> None:
    st.subheader("For the whole team", anchor=False)
    if not team.needs:
        st.text("Nothing that half of the team misses by more than luck.")
        return
    need = team.needs[0]
    st.text(f"{title_of(need.item, BEHAVIOURS)}. {need.words}")
    best = [three_of(opened, team.who, team.records, p.id, need.item).best for p in team.members]
    found = sorted((m for m in best if m), key=lambda m: (-m.score, m.call_id))[:3]
    if found:
        play(opened, team.who, [("good", moment) for moment in found], key="need_clips")


def _skills(opened, team: Team) -> None:
    st.text(
        "Alphabetical, each person against themselves. A pattern stands here only where the last "
        f"{WINDOW} calls of a type differ from the person's own earlier ones and from the team's by more "
        "than luck."
    )
    for person in team.members:
        kinds = sorted({r.call_type for r in team.records if r.rep == person.id and r.is_judged})
        skills = [skill for kind in kinds for skill in skills_of(team.records, person.id, call_type=kind)]
        shown = [skill for skill in skills if skill.interval is not None]
        own = [record for record in team.records if record.rep == person.id]
        st.subheader(label(person.name), anchor=False)
        st.text(coverage_of(own).words)
        agreed = agreed_focus(team.notes, person.id)
        if agreed:
            st.text(f"{title_of(agreed.item, BEHAVIOURS)}: {effect_of(agreed, team.records).words}")
        for line in _patterns(team, person.id, kinds):
            st.text(line)
        if shown:
            markup(skills_html(shown, BEHAVIOURS))
        else:
            st.text("Shown from 5 judged calls of one type.")


def _patterns(team: Team, person_id: str, kinds: list[str]) -> list[str]:
    """What stands out lately; what the whole team needs is said once, at first glance."""
    found = []
    for kind in kinds:
        for_all = [need.item for need in team.needs if need.call_type == kind]
        found += patterns_of(team.records, person_id, call_type=kind, leave_out=for_all)
    return [f"{title_of(one.item, BEHAVIOURS)} ({TYPE_WORDS[one.call_type]}): {one.words}." for one in found]


def _log(opened, team: Team) -> None:
    sheets = [row for p in team.members for row in team.agreed_of(p.id)]
    names = {p.id: p.name for p in team.members}
    if not sheets:
        st.text("Nothing agreed yet. Open somebody's sheet; what you agree on stands here.")
    else:
        markup(log_html(sorted(sheets, key=agreed_at, reverse=True), names))
    st.subheader("Your own mirror", anchor=False)
    st.text(mirror_words(held(row.body for row in sheets if row.author == team.who.name)))


def _rollup(opened) -> None:
    now = datetime.now(UTC)
    everybody = team_of(opened, viewer(), None, since=now - NEEDS)
    teams: dict[str, list[str]] = {}
    for person in everybody.members:
        teams.setdefault(person.team, []).append(person.id)
    needs = {}
    for name, ids in teams.items():
        found = team_needs([r for r in everybody.records if r.rep in ids])
        if found:
            needs[name] = f"{title_of(found[0].item, BEHAVIOURS)}. {found[0].words}"
    coverage = coverage_by_team(
        [r for r in everybody.records if r.at >= now - WEEKS], {p.id: p.team for p in everybody.members}
    )
    st.text("Teams, never people, alphabetical. A training need rests on the last 8 weeks.")
    st.subheader("What was judged, last 4 weeks", anchor=False)
    markup(coverage_html(coverage_rows(teams, needs=needs, coverage=coverage)))
    st.subheader("How it is used, last 4 weeks", anchor=False)
    used = {row.team: row for row in opened.adoption(everybody.who, since=now - WEEKS)}
    sheets = [
        row for p in everybody.members for row in everybody.agreed_of(p.id) if agreed_at(row) >= now - WEEKS
    ]
    markup(use_html(use_rows(teams, adoption=used, sheets=sheets)))
    st.text(
        "One-on-ones are those whose sheet was shared. Looking back is counted for teams of four and more; "
        "what somebody said there is theirs alone."
    )


show()
