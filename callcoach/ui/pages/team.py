"""Team: who is next and what for, one thing all need, what is worth hearing, what is open."""

from datetime import UTC, date, datetime, timedelta

import streamlit as st

from callcoach.coach.effect import effect_of
from callcoach.coach.history import coverage_of, skills_of
from callcoach.coach.needs import team_needs
from callcoach.coach.team import coverage_by_team, first_line, glance, mirror_words, next_talk
from callcoach.core import LOCAL_OWNER
from callcoach.measure.behaviours import BEHAVIOURS
from callcoach.ui.clipping import play, three_of
from callcoach.ui.coaching import Team, team_of, win_in
from callcoach.ui.components import team_list
from callcoach.ui.library import good_moments
from callcoach.ui.parts import markup
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
from callcoach.ui.views.log import log_html, rollup_html
from callcoach.ui.views.skills import skills_html, title_of
from callcoach.ui.views.team import held, last_action_words, member_row, open_words, rollup_rows

GLANCE, SKILLS, LOG, ROLLUP = "At a glance", "Skills and effect", "Coaching log", "All teams"
WEEKS = timedelta(weeks=4)
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
    views = [GLANCE, SKILLS, LOG, *([ROLLUP] if len(teams) > 1 else [])]
    view = row.segmented_control("Show", views, default=GLANCE, label_visibility="collapsed") or GLANCE
    team = team_of(opened, viewer(), team_name)
    named = {person.id: person.name for person in team.members}
    st.text(first_line(team.records, people=named, today=datetime.now(UTC)))
    if done := st.session_state.pop("agreed with", None):
        st.text(f"Agreed with {done}. It stands in the log, and the next sheet begins with it.")
    {GLANCE: _glance, SKILLS: _skills, LOG: _log, ROLLUP: _rollup}[view](opened, team)


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
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.subheader("Next one-on-ones", anchor=False)
        _next(opened, team)
        _need(opened, team)
    with right:
        st.subheader("Worth hearing", anchor=False)
        good_moments(opened, team)
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
    people = {person.id: person.name for person in team.members}
    placed = glance(team.records, people=people, today=datetime.now(UTC), next_talks=talks)
    rows = [member_row(talk, last_action_words(lasts[talk.rep])) for talk in placed.next_talks]
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
    for person in team.members:
        kinds = sorted({r.call_type for r in team.records if r.rep == person.id and r.is_judged})
        skills = [skill for kind in kinds for skill in skills_of(team.records, person.id, call_type=kind)]
        shown = [skill for skill in skills if skill.interval is not None]
        own = [record for record in team.records if record.rep == person.id]
        st.subheader(_plain(person.name), anchor=False)
        st.text(coverage_of(own).words)
        agreed = agreed_focus(team.notes, person.id)
        if agreed:
            st.text(f"{title_of(agreed.item, BEHAVIOURS)}: {effect_of(agreed, team.records).words}")
        if shown:
            markup(skills_html(shown, BEHAVIOURS))
        else:
            st.text("Shown from 5 judged calls of one type.")


def _plain(name: str) -> str:
    """A name as words inside a heading, which Streamlit reads as Markdown."""
    return "".join(f"\\{c}" if c in "\\`*_{}[]()#+-.!|<>$:~&" else c for c in name)


def _log(opened, team: Team) -> None:
    sheets = [row for p in team.members for row in team.agreed_of(p.id)]
    names = {p.id: p.name for p in team.members}
    if not sheets:
        st.text("Nothing agreed yet. Open somebody's sheet; what you agree on stands here.")
    else:
        markup(log_html(sorted(sheets, key=lambda row: row.at, reverse=True), names))
    st.subheader("Your own mirror", anchor=False)
    st.text(mirror_words(held(row.body for row in sheets if row.author == team.who.name)))


def _rollup(opened, team: Team) -> None:
    everybody = team_of(opened, viewer(), None)
    teams: dict[str, list[str]] = {}
    for person in everybody.members:
        teams.setdefault(person.team, []).append(person.id)
    needs = {}
    since = datetime.now(UTC) - WEEKS
    for name, ids in teams.items():
        found = team_needs([r for r in everybody.records if r.rep in ids])
        if found:
            needs[name] = title_of(found[0].item, BEHAVIOURS)
    coverage = coverage_by_team(
        [r for r in everybody.records if r.at >= since], {p.id: p.team for p in everybody.members}
    )
    talks = {p.id: sum(row.at >= since for row in everybody.agreed_of(p.id)) for p in everybody.members}
    st.subheader("All teams, last 4 weeks", anchor=False)
    markup(rollup_html(rollup_rows(teams, needs=needs, sheets=talks, coverage=coverage)))


show()
