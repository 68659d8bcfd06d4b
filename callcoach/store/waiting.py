"""Calls that wait for a person: words to review, disputes, nobody known, a further transcript."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, Select, exists, func, select

from callcoach.core import Role, Viewer
from callcoach.core.edits import EditKind
from callcoach.core.errors import StoreError
from callcoach.core.ruling import JUDGING
from callcoach.store.listing import list_calls
from callcoach.store.rows import ALL_CALLS, CallFilter, CallPage
from callcoach.store.schema import call_people, calls, edits, evidence, people, scorecards
from callcoach.store.scope import visible

CAUTIONS, DISPUTES, NO_PERSON, PROPOSALS, SIDES = "cautions", "disputes", "no_person", "proposals", "sides"
WAITING = (SIDES, DISPUTES, CAUTIONS, NO_PERSON, PROPOSALS)
COUNTED_TO = 100  # "100 or more" is enough to know
FEW_TEAMS = 3  # whose calls are looked up first, instead of asking of every call whose it is


def waiting_calls(
    connection: Connection,
    viewer: Viewer,
    kind: str,
    *,
    where: CallFilter = ALL_CALLS,
    limit: int,
    after: str | None,
    rep_first_hours: float,
) -> CallPage:
    """A page of the calls that wait for one thing, newest first."""
    return list_calls(
        connection,
        viewer,
        where=where,
        limit=limit,
        after=after,
        rep_first_hours=rep_first_hours,
        also=_waits_for(kind),
    )


def waiting_counts(connection: Connection, viewer: Viewer, *, rep_first_hours: float) -> dict[str, int]:
    """How many calls wait for what, counted up to a hundred."""
    scope = visible(viewer, rep_first_hours=rep_first_hours)
    if not viewer.is_owner and len(viewer.teams) <= FEW_TEAMS:
        scope = calls.c.id.in_(_calls_near(viewer)) & scope
    counts = {}
    for kind in WAITING:
        if kind == NO_PERSON and not viewer.is_owner:
            counts[kind] = 0  # what somebody else may see has a person of theirs in it
            continue
        some = select(calls.c.id).where(scope, _waits_for(kind)).limit(COUNTED_TO).subquery()
        counts[kind] = connection.scalar(select(func.count()).select_from(some))
    return counts


def _calls_near(viewer: Viewer) -> Select:
    """Calls of the viewer and of their teams, from which what is not theirs yet is still taken out."""
    theirs = select(people.c.id).where(
        (people.c.id == viewer.person_id) | people.c.team.in_(sorted(viewer.teams))
    )
    return select(call_people.c.call_id).where(
        call_people.c.side == Role.REP.value, call_people.c.person_id.in_(theirs)
    )


def _waits_for(kind: str) -> ColumnElement[bool]:
    of_call = edits.c.call_id == calls.c.id
    if kind == SIDES:
        # Of one channel nobody can say which side is ours: there is nothing to answer.
        return calls.c.roles_known.is_(False) & (calls.c.n_channels.is_(None) | (calls.c.n_channels > 1))
    if kind == PROPOSALS:
        return calls.c.has_proposal.is_(True)
    if kind == NO_PERSON:
        known = exists(
            select(1).where(
                call_people.c.call_id == calls.c.id,
                call_people.c.side == Role.REP.value,
                call_people.c.person_id.is_not(None),
            )
        )
        return ~known & exists(select(1).select_from(people))
    if kind == DISPUTES:
        leads = select(people.c.id).where(people.c.firm_role.in_(["manager", "director"]))
        judging = [kind.value for kind in JUDGING]
        by_lead = edits.alias("by_lead")
        answered = exists(
            select(1)
            .where(
                by_lead.c.call_id == edits.c.call_id,
                by_lead.c.undone_by.is_(None),
                by_lead.c.behaviour == edits.c.behaviour,
                by_lead.c.kind.in_(judging),
                (by_lead.c.author == "owner") | by_lead.c.author.in_(leads),
            )
            .correlate(edits)
        )
        # From the corrections, which are few, to their calls, which are many.
        return calls.c.id.in_(
            select(edits.c.call_id).where(
                edits.c.undone_by.is_(None),
                edits.c.kind.in_(judging),
                edits.c.author != "owner",
                edits.c.author.not_in(leads),
                ~answered,
            )
        )
    if kind == CAUTIONS:
        looked_at = exists(
            select(1)
            .where(
                of_call,
                edits.c.undone_by.is_(None),
                edits.c.behaviour == evidence.c.name,
                edits.c.kind != EditKind.COMMENT.value,
            )
            .correlate(calls, evidence)
        )
        return exists(
            select(1)
            .select_from(evidence.join(scorecards, scorecards.c.id == evidence.c.scorecard_id))
            .where(
                scorecards.c.transcript_id == calls.c.current_transcript_id,
                evidence.c.kind == "caution",
                ~looked_at,
            )
        )
    raise StoreError(f"what calls wait for must be one of {', '.join(WAITING)}; got {kind!r}")
