"""What Team and the sheet read: a team through the eyes of who leads it, and each person's draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from callcoach.coach.effect import Focus, effect_of
from callcoach.coach.focus import FocusFound, focus_for
from callcoach.coach.history import coverage_of
from callcoach.coach.moments import Moment, ThreeMoments
from callcoach.coach.needs import TeamNeed, team_needs
from callcoach.coach.records import CallRecord, calls_of
from callcoach.core import LOCAL_OWNER, Person, Viewer
from callcoach.measure.behaviours import BEHAVIOURS
from callcoach.ui.clipping import three_of, titles_of
from callcoach.ui.histories import lead_viewer, records_of, reps_of
from callcoach.ui.private_rows import GOAL, NOTE, SHEET, keep_note
from callcoach.ui.views.focus import agreed_focus
from callcoach.ui.views.sheet import (
    EDITABLE,
    Sheet,
    basis_words,
    effect_line,
    focus_lines,
    moment_line,
    open_questions,
)
from callcoach.ui.views.skills import title_of
from callcoach.ui.views.team import Win, win_of
from callcoach.ui.views.words import length

SINCE = timedelta(weeks=8)
NEXT = timedelta(weeks=2)


@dataclass(frozen=True, slots=True)
class Team:
    """A team as its lead may see it.

    Parameters
    ----------
    who : Viewer
        Through whose eyes: the store hides what is the reps' first.
    records : tuple of CallRecord
        Of the last half year.
    notes : tuple of PrivateRow
        The lead's own sheets and what was shared, oldest first.
    """

    who: Viewer
    members: tuple[Person, ...]
    records: tuple[CallRecord, ...]
    notes: tuple
    needs: tuple[TeamNeed, ...]

    def sheets_of(self, person_id: str) -> list:
        return [row for row in self.notes if row.body.get("what") == SHEET and row.person_id == person_id]

    def agreed_of(self, person_id: str) -> list:
        return [row for row in self.sheets_of(person_id) if row.body.get("agreed")]

    def focus_of(self, person_id: str) -> tuple[Focus | None, FocusFound | None]:
        """What was agreed, else what stands out; a need of the whole team is nobody's focus."""
        agreed = agreed_focus(self.notes, person_id)
        if agreed:
            return agreed, None
        leave_out = [need.item for need in self.needs]
        return None, focus_for(self.records, person_id, today=datetime.now(UTC), leave_out=leave_out)

    def win_of(self, person_id: str) -> Win | None:
        return win_of(self.records, person_id)


def team_of(opened, viewer: Viewer, team: str | None) -> Team:
    """A team, or all teams that the viewer may lead."""
    people = opened.people(LOCAL_OWNER)
    who = lead_viewer(viewer, people)
    members = tuple(p for p in reps_of(people, team) if p.team in who.teams)
    records = records_of(opened, who, [person.id for person in members])
    return Team(who, members, records, opened.private(who, NOTE), team_needs(records))


def draft_of(opened, team: Team, person: Person) -> tuple[Sheet, ThreeMoments, dict]:
    """The sheet proposed for the next talk with somebody, its moments, and what to keep when it is agreed."""
    now = datetime.now(UTC)
    own = [r for r in calls_of(team.records, person.id) if r.at >= now - SINCE]
    agreed = team.agreed_of(person.id)
    last = agreed[-1].body if agreed else None
    focus, found = team.focus_of(person.id)
    item = focus.item if focus else found.item if found else None
    title = title_of(item, BEHAVIOURS) if item else ""
    three = three_of(opened, team.who, own, person.id, item) if item else ThreeMoments(None, None, None)
    win, clip = win_line(opened, team, person)
    goals = [g for g in opened.private(team.who, GOAL, person_id=person.id) if g.author == person.id]
    since = (now - SINCE).astimezone()
    focus_text, why = (title, "Goes on from last time.") if focus else focus_lines(found, title)
    titles = titles_of(opened, team.who, [m.call_id for _, m in three.all])
    sheet = Sheet(
        person=person.name,
        when=f"{now.astimezone():%A} {now.astimezone().day} {now.astimezone():%B %Y}",
        session=len(agreed) + 1,
        basis=basis_words(coverage_of(own), f"{since.day} {since:%b}"),
        last_action=(last or {}).get("edits", {}).get("agreed", ""),
        last_effect=effect_line(effect_of(focus, team.records), title) if focus else "",
        goal=goals[-1].body.get("text", "") if goals else "",
        win=win,
        focus=focus_text,
        why=why,
        moments=tuple((label, moment_line(m, titles.get(m.call_id, ""))) for label, m in three.all),
        playing=length(three.playing_s) if three.playing_s else "",
        questions=open_questions(three, title),
    )
    kept_focus = {"item": item, "call_type": (focus or found).call_type} if item else {}
    if found:
        kept_focus["chosen_by"] = list(found.call_ids)
    elif focus:
        kept_focus |= {"chosen_by": list(focus.chosen_by), "since": focus.since.isoformat()}
    return sheet, _with_win(three, clip), kept_focus


def _with_win(three: ThreeMoments, clip: Moment | None) -> ThreeMoments:
    return three if three.all or clip is None else ThreeMoments(clip, None, None)


def win_line(opened, team: Team, person: Person) -> tuple[str, Moment | None]:
    """One win to recognise, who benefited, and the words that show it."""
    win = team.win_of(person.id)
    if win is None:
        return "", None
    title = title_of(win.item, BEHAVIOURS)
    best = three_of(opened, team.who, team.records, person.id, win.item).best
    if best is None:
        return win.words(title), None
    return f"{win.words(title)} {moment_line(best, '')}", best


def keep_draft(opened, team: Team, person: Person, row, body: dict):
    """Remember what was written, as the lead's own note; one draft a person until it is agreed."""
    edits = {name: body["edits"][name] for name in EDITABLE if name in body.get("edits", {})}
    body = {**body, "edits": edits}
    if row is None:
        return keep_note(opened, team.who, SHEET, body, person_id=person.id)
    opened.change_private(team.who, NOTE, row.id, {"what": SHEET, **body})
    return row


def close_last(opened, team: Team, person: Person, state: str) -> None:
    """Write down what became of the action of the sheet before."""
    agreed: Sequence = [row for row in team.agreed_of(person.id) if row.author == team.who.name]
    if agreed and state:
        opened.change_private(team.who, NOTE, agreed[-1].id, {**agreed[-1].body, "outcome": state})
