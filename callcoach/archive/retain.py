"""Keeping calls no longer than they may be kept, and forgetting a person who asks for it.

Everything derived goes: transcripts, scores, search text, corrections, notes, jobs. Recordings are
never touched. What is left is a line in the log of deletions with numbers and no names.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from callcoach.core import Viewer
from callcoach.core.errors import BadSettings, NotFound
from callcoach.store import Store
from callcoach.store.retention import OLD, PERSON

log = logging.getLogger(__name__)

_AGE = re.compile(r"([1-9]\d{0,4})\s*([dwy])")
_DAYS = {"d": 1, "w": 7, "y": 365}


@dataclass(frozen=True, slots=True)
class Retained:
    """What went, or would go in a dry run.

    Parameters
    ----------
    rows : dict
        Rows per table; empty for a dry run.
    by_year : dict
        Calls per year of their start, or of their arrival without one.
    """

    n_calls: int
    dry_run: bool
    rows: dict[str, int] = field(default_factory=dict)
    by_year: dict[int, int] = field(default_factory=dict)


def age(text: str) -> timedelta:
    """An age such as ``365d``, ``52w`` or ``2y`` (a year is 365 days).

    Raises
    ------
    BadSettings
        If it is none.
    """
    match = _AGE.fullmatch(text.strip().casefold())
    if match is None:
        raise BadSettings(f"--older-than must be a number of days such as 365d, or 52w or 2y; found {text!r}")
    return timedelta(days=int(match[1]) * _DAYS[match[2]])


def retain(
    store: Store,
    viewer: Viewer,
    *,
    older_than: timedelta,
    dry_run: bool = False,
    now: datetime | None = None,
    progress: Callable[[int], None] | None = None,
) -> Retained:
    """Delete every call from longer ago than `older_than`, each in one transaction, oldest first.

    Stopped in the middle it has deleted some calls whole; run again it goes on.
    """
    before = (now or datetime.now(UTC)) - older_than
    days, rows, years, n_calls = older_than.days, Counter(), Counter(), 0
    if dry_run:
        by_year = store.years_before(viewer, before)
        return Retained(sum(by_year.values()), True, by_year=by_year)
    try:
        while page := store.calls_before(viewer, before):
            for call_id, at in page:
                rows += Counter(_deleted(store, viewer, call_id))
                years[at.year] += 1
                n_calls += 1
                if progress is not None:
                    progress(n_calls)
    finally:
        if n_calls:
            store.log_deletions(viewer, why=OLD, older_than_days=days, n_calls=n_calls, rows=rows)
            log.info("deleted calls older than %d days: n=%d", days, n_calls)
    return Retained(n_calls, False, dict(sorted(rows.items())), dict(sorted(years.items())))


def forget(store: Store, viewer: Viewer, name: str, *, dry_run: bool = False) -> Retained:
    """Delete every call with somebody's voice in it, and of our own people all that is about them.

    `name` is a name, alias or id; of our people first, else of anybody a call names.

    Raises
    ------
    NotFound
        If nobody goes by the name.
    BadSettings
        If several of our people do.
    """
    ids = store.people_named(viewer, name)
    if len(ids) > 1:
        raise BadSettings(
            f"--person must mean one person; {len(ids)} go by that name: name one by id ({', '.join(ids)})"
        )
    calls = store.calls_with(viewer, person_id=ids[0]) if ids else store.calls_with(viewer, name=name)
    if not ids and not calls:
        raise NotFound(
            "a person must be known to be deleted; nobody goes by that name: spell it as a call shows it, or "
            "give the id"
        )
    if dry_run:
        return Retained(len(calls), True)
    rows: Counter[str] = Counter()
    if ids:
        rows += Counter(store.delete_person(viewer, ids[0]).counts)
    else:
        for call_id in calls:
            rows += Counter(_deleted(store, viewer, call_id))
    store.log_deletions(viewer, why=PERSON, n_calls=len(calls), rows=rows)
    log.info("deleted a person: calls=%d", len(calls))
    return Retained(len(calls), False, dict(sorted(rows.items())))


def _deleted(store: Store, viewer: Viewer, call_id: str) -> dict[str, int]:
    """Rows per table; none of a call that somebody else deleted first."""
    try:
        counts = store.delete_call(viewer, call_id).counts
    except NotFound:
        return {}
    log.info("deleted call %s", call_id)
    return counts
