"""Calls over time as `coach` takes them, from what the store lets a viewer read."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, datetime, timedelta

from callcoach.coach.records import CallRecord
from callcoach.core import Person, Viewer

LOOK_BACK = timedelta(weeks=26)
_LANGUAGES = {"de": "German", "fr": "French", "es": "Spanish", "nl": "Dutch", "it": "Italian", "pl": "Polish"}
_CLASSES = {"short": "short", "no_show": "no-show", "voicemail": "voicemail", "partial": "partial"}


def records_of(
    opened, who: Viewer, people: Collection[str], *, since: datetime | None = None
) -> tuple[CallRecord, ...]:
    """Everybody's calls of the last half year, oldest first."""
    since = since or datetime.now(UTC) - LOOK_BACK
    rows = opened.skill_rows(who, people=people, since=since)
    return tuple(
        CallRecord(
            call_id=row.call_id,
            rep=row.person_id,
            at=row.at,
            call_type=row.call_type,
            scores=row.scores,
            withheld=None if any(s is not None for s in row.scores.values()) else withheld_word(row),
            account=row.account,
        )
        for row in reversed(rows)
    )


def withheld_word(row) -> str:
    """Why nothing of a call was judged, in a word or two."""
    if row.language and row.language != "en":
        return _LANGUAGES.get(row.language, row.language)
    if not row.roles_known:
        return "mono" if row.n_channels == 1 else "side not known"
    if row.call_class in _CLASSES:
        return _CLASSES[row.call_class]
    if not row.has_text:
        return "no words"
    reasons = " ".join(row.reasons.values())
    return "short" if "s long" in reasons else "not recognised surely"


def lead_viewer(who: Viewer, people: Iterable[Person]) -> Viewer:
    """Through whose eyes a team is looked at.

    The owner of the store looks as a manager of every team does: new calls are the rep's alone for
    their first hours here too.
    """
    if who.is_owner:
        teams = frozenset(person.team for person in people if person.team)
        return Viewer(None, frozenset({"manager"}), teams)
    return who


def reps_of(people: Iterable[Person], team: str | None) -> tuple[Person, ...]:
    """Who of a team has calls to be coached on, by name."""
    members = (p for p in people if (p.firm_role or "rep") == "rep" and team in (None, p.team))
    return tuple(sorted(members, key=lambda person: (person.name.casefold(), person.id)))
