"""What Team and the sheet read: a team through the eyes of who leads it, and each person's draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from callcoach.coach.effect import Focus, effect_of
from callcoach.coach.focus import FocusFound, focus_for
from callcoach.coach.moments import Moment, ThreeMoments
from callcoach.coach.needs import TeamNeed, team_needs
from callcoach.coach.records import CallRecord, calls_of
from callcoach.coach.sheet import last_action, one_on_one, win_of
from callcoach.core import LOCAL_OWNER, CallType, Person, Viewer
from callcoach.measure.behaviours import BEHAVIOURS
from callcoach.score.rubric import load_rubric
from callcoach.ui.clipping import moments_in, three_of
from callcoach.ui.histories import lead_viewer, records_of, reps_of
from callcoach.ui.private_rows import GOAL, NOTE, SHEET, keep_note
from callcoach.ui.views.focus import agreed_focus
from callcoach.ui.views.sheet import EDITABLE, Sheet, proposed
from callcoach.ui.views.skills import title_of

SINCE = timedelta(weeks=8)
NEXT = timedelta(weeks=2)
WIN_CALLS = 5  # newest calls in which a win is looked for


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


def team_of(opened, viewer: Viewer, team: str | None, *, since: datetime | None = None) -> Team:
    """A team, or all teams that the viewer may lead; `since` is half a year ago unless it is given."""
    people = opened.people(LOCAL_OWNER)
    who = lead_viewer(viewer, people)
    members = tuple(p for p in reps_of(people, team) if p.team in who.teams)
    records = records_of(opened, who, [person.id for person in members], since=since)
    return Team(who, members, records, opened.private(who, NOTE), team_needs(records))


def win_in(opened, team: Team, person_id: str, *, not_of: str | None = None) -> Moment | None:
    """One moment to recognise, from somebody's newest calls."""
    found = moments_in(opened, team.who, team.records, person_id, None, at_most=WIN_CALLS)
    return win_of(found, person_id, not_of=not_of)


def draft_of(opened, team: Team, person: Person, *, manager: str | None) -> tuple[Sheet, ThreeMoments, dict]:
    """The sheet proposed for the next talk with somebody, its moments, and what to keep when it is agreed."""
    now = datetime.now(UTC)
    own = [r for r in calls_of(team.records, person.id) if r.at >= now - SINCE]
    agreed = team.agreed_of(person.id)
    said = agreed[-1].body.get("edits", {}).get("agreed", "") if agreed else ""
    focus, found = team.focus_of(person.id)
    chosen = focus or found
    three = ThreeMoments(None, None, None)
    if chosen:
        three = three_of(opened, team.who, own, person.id, chosen.item)
    goals = [g for g in opened.private(team.who, GOAL, person_id=person.id) if g.author == person.id]
    rubric = load_rubric(chosen.call_type if chosen and chosen.call_type in set(CallType) else "any")
    sheet = one_on_one(
        team.records,
        person.id,
        rep_name=person.name,
        on=now.astimezone().date(),
        since=(now - SINCE).astimezone(),
        titles={chosen.item: title_of(chosen.item, BEHAVIOURS), **BEHAVIOURS} if chosen else BEHAVIOURS,
        rubric=f"{rubric.title}, version {rubric.version}",
        moments=moments_in(opened, team.who, own, person.id, None, at_most=WIN_CALLS),
        focus=found,
        focus_moments=three,
        last=last_action(said, effect_of(focus, team.records)) if focus and said else None,
        own_goal=goals[-1].body.get("text") if goals else None,
        manager_name=manager,
        number=len(agreed) + 1,
    )
    goes_on = title_of(focus.item, BEHAVIOURS) if focus else None
    kept_focus = {"item": chosen.item, "call_type": chosen.call_type} if chosen else {}
    if found:
        kept_focus["chosen_by"] = list(found.call_ids)
    elif focus:
        kept_focus |= {"chosen_by": list(focus.chosen_by), "since": focus.since.isoformat()}
    return proposed(sheet, goes_on=goes_on, last_agreed=said), three, kept_focus


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
