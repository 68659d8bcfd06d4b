"""How a team uses its calls: how many were opened by who leads, and how many the reps looked back on.

Counts per team and nothing else: nobody's name, no body of a self-assessment, and none of their
counts for a team so small that it would point at somebody.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, case, distinct, exists, func, or_, select

from callcoach.core import LOCAL_OWNER, Role, Viewer
from callcoach.store.schema import access_log, call_people, calls, people, self_assessments
from callcoach.store.scope import TEAM_ROLES, visible
from callcoach.store.seen import SEEN

FEW_PEOPLE = 4  # under which self-assessments are not even counted


@dataclass(frozen=True, slots=True)
class Adoption:
    """Counts of one team since a moment.

    Parameters
    ----------
    n_calls : int
        Calls of its people that the viewer may see.
    n_opened : int
        Of them, those that a manager, a director or the owner opened.
    n_looked_back : int or None
        Of them, those with a self-assessment; None for a team of fewer than `FEW_PEOPLE` with calls.
    """

    team: str
    n_calls: int
    n_opened: int
    n_looked_back: int | None


def adoption(
    connection: Connection, viewer: Viewer, *, since: datetime, rep_first_hours: float
) -> tuple[Adoption, ...]:
    """See `Bulk.adoption`."""
    if not (viewer.is_owner or viewer.roles & TEAM_ROLES):
        return ()
    own, theirs = call_people.alias("own"), people.alias("theirs")
    leads = select(people.c.id).where(people.c.firm_role.in_(sorted(TEAM_ROLES)))
    opened = exists(
        select(1)
        .where(
            access_log.c.call_id == calls.c.id,
            access_log.c.action == SEEN,
            or_(access_log.c.viewer == LOCAL_OWNER.name, access_log.c.viewer.in_(leads)),
        )
        .correlate(calls)
    )
    said = self_assessments.alias("said")
    looked_back = exists(
        select(1)
        .where(
            said.c.call_id == calls.c.id,
            said.c.person_id == own.c.person_id,
            func.coalesce(said.c.body["skipped"].as_boolean(), False).is_(False),
        )
        .correlate(calls, own)
    )
    rows = connection.execute(
        select(
            theirs.c.team,
            func.count(distinct(calls.c.id)),
            func.count(distinct(case((opened, calls.c.id)))),
            func.count(distinct(case((looked_back, calls.c.id)))),
            func.count(distinct(own.c.person_id)),
        )
        .select_from(
            calls.join(own, own.c.call_id == calls.c.id).join(theirs, theirs.c.id == own.c.person_id)
        )
        .where(
            visible(viewer, rep_first_hours=rep_first_hours),
            own.c.side == Role.REP.value,
            calls.c.sort_at >= since,
            theirs.c.team.is_not(None),
            *_of_teams(viewer, theirs.c.team),
        )
        .group_by(theirs.c.team)
        .order_by(theirs.c.team)
    )
    return tuple(
        Adoption(team, n_calls, n_opened, n_back if n_people >= FEW_PEOPLE else None)
        for team, n_calls, n_opened, n_back, n_people in rows
    )


def _of_teams(viewer: Viewer, team) -> Collection:
    return () if viewer.is_owner else (team.in_(sorted(viewer.teams)),)
