"""What coaching over time reads: who, when, which kind of call, and the scores that count.

Two light reads instead of a document per call, so that a team's half year is there in a moment. A
call with several of our side is one row for each of them; a call of nobody known is in none.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, func, select

from callcoach.core import Role, Viewer
from callcoach.store.cards import CORRECTED, MACHINE
from callcoach.store.schema import call_people, calls, scorecards, scores, transcripts
from callcoach.store.scope import owner_only, visible

MAX_ROWS = 20_000  # of one read; newest first
_AT_ONCE = 500  # ids in one condition: every database takes that many
NAMES = 10


@dataclass(frozen=True, slots=True)
class SkillRow:
    """One person's part in one call.

    Parameters
    ----------
    at : datetime
        When the call began, else when it was added.
    scores : dict of item name to float or None
        ``behaviour`` or ``behaviour:variant``; None where it was not judged.
    reasons : dict of item name to str
        Why, where it was not.
    """

    call_id: str
    person_id: str
    at: datetime
    call_type: str
    account: str | None
    call_class: str | None
    n_channels: int | None
    roles_known: bool
    language: str | None
    has_text: bool
    scores: dict[str, float | None] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)


def skill_rows(
    connection: Connection,
    viewer: Viewer,
    *,
    people: Collection[str],
    since: datetime,
    rep_first_hours: float,
) -> tuple[SkillRow, ...]:
    """See `Bulk.skill_rows`."""
    whose = call_people.alias("whose")  # the condition on what is visible has its own look at the table
    machine, corrected = scorecards.alias("machine"), scorecards.alias("corrected")

    def of(alias, kind):
        return (alias.c.transcript_id == calls.c.current_transcript_id) & (alias.c.kind == kind)

    wanted = (
        select(
            calls.c.id,
            calls.c.sort_at,
            calls.c.call_type,
            calls.c.account,
            calls.c.call_class,
            calls.c.n_channels,
            calls.c.roles_known,
            transcripts.c.language,
            transcripts.c.has_text,
            whose.c.person_id,
            func.coalesce(corrected.c.id, machine.c.id).label("card_id"),
        )
        .select_from(
            calls.join(whose, whose.c.call_id == calls.c.id)
            .outerjoin(transcripts, transcripts.c.id == calls.c.current_transcript_id)
            .outerjoin(machine, of(machine, MACHINE))
            .outerjoin(corrected, of(corrected, CORRECTED))
        )
        .where(
            visible(viewer, rep_first_hours=rep_first_hours),
            whose.c.side == Role.REP.value,
            whose.c.person_id.in_(sorted(people)),
            calls.c.sort_at >= since,
        )
        .distinct()
        .order_by(calls.c.sort_at.desc(), calls.c.id.desc())
        .limit(MAX_ROWS)
    )
    found = connection.execute(wanted).all()
    judged = _scores(connection, [row.card_id for row in found if row.card_id is not None])
    nothing: tuple[dict, dict] = ({}, {})
    return tuple(
        SkillRow(
            call_id=row.id,
            person_id=row.person_id,
            at=row.sort_at,
            call_type=row.call_type or "any",
            account=row.account,
            call_class=row.call_class,
            n_channels=row.n_channels,
            roles_known=row.roles_known,
            language=row.language,
            has_text=bool(row.has_text),
            scores=judged.get(row.card_id, nothing)[0],
            reasons=judged.get(row.card_id, nothing)[1],
        )
        for row in found
    )


def _scores(connection: Connection, cards: list[int]) -> dict[int, tuple[dict, dict]]:
    judged: dict[int, tuple[dict, dict]] = {}
    s = scores.c
    for start in range(0, len(cards), _AT_ONCE):
        some = cards[start : start + _AT_ONCE]
        rows = connection.execute(
            select(s.scorecard_id, s.behaviour, s.variant, s.score, s.reason)
            .where(s.scorecard_id.in_(some), s.weight > 0)
            .order_by(s.scorecard_id, s.position)
        )
        for card, behaviour, variant, score, reason in rows:
            item = f"{behaviour}:{variant}" if variant else behaviour
            values, reasons = judged.setdefault(card, ({}, {}))
            values[item] = score
            if score is None:
                reasons[item] = reason or ""
    return judged


def unmatched_names(connection: Connection, viewer: Viewer, *, limit: int) -> tuple[tuple[str, int], ...]:
    """See `Bulk.unmatched_names`."""
    owner_only(viewer, "mapping names to people")
    name, n = func.min(call_people.c.name), func.count(func.distinct(call_people.c.call_id))
    rows = connection.execute(
        select(name, n)
        .where(
            call_people.c.side == Role.REP.value,
            call_people.c.person_id.is_(None),
            call_people.c.name_key.is_not(None),
        )
        .group_by(call_people.c.name_key)
        .order_by(n.desc(), name)
        .limit(limit)
    )
    return tuple((row[0], row[1]) for row in rows)
