"""What people call a call: who spoke with whom and when, never a file name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime


def call_title(
    *,
    started_at: datetime | None,
    duration_s: float | None,
    rep: str | None = None,
    customers: Sequence[str] = (),
    account: str | None = None,
    call_type: str | None = None,
    n_channels: int | None = None,
    added_at: datetime | None = None,
) -> str:
    """A title that people recognise.

    A file's own time is never shown as the call's: without `started_at` the title says when the
    call was added.

    Examples
    --------
    >>> from datetime import datetime, timezone
    >>> call_title(started_at=datetime(2026, 9, 14, 10, tzinfo=timezone.utc), duration_s=1920, rep="Dana",
    ...            customers=["Priya N."], account="Brightwater", call_type="discovery")
    'Mon 14 Sep · Dana → Brightwater (Priya N.) · discovery · 32 min'
    >>> call_title(started_at=None, duration_s=1920, n_channels=2,
    ...            added_at=datetime(2026, 9, 14, tzinfo=timezone.utc))
    '32 min · two channels · added 14 Sep'
    """
    people = _people(rep, customers, account)
    kind = call_type if call_type and call_type != "any" else None
    length = _length(duration_s)
    when = f"{started_at:%a} {_day(started_at)}" if started_at else None
    if people is None and when is None:
        parts = [length, _CHANNELS.get(n_channels or 0), kind]
    else:
        parts = [when, people, kind, length]
    if when is None and added_at is not None:
        parts.append(f"added {_day(added_at)}")
    return " · ".join(part for part in parts if part) or "call without a time"


_CHANNELS = {1: "one channel", 2: "two channels"}


def _people(rep: str | None, customers: Sequence[str], account: str | None) -> str | None:
    names = ", ".join(customers)
    other = f"{account} ({names})" if account and names else account or names
    if rep and other:
        return f"{rep} → {other}"
    return rep or other or None


def _day(time: datetime) -> str:
    return f"{time.day} {time:%b}"


def _length(duration_s: float | None) -> str | None:
    if duration_s is None:
        return None
    return f"{duration_s:.0f} s" if duration_s < 60 else f"{duration_s / 60:.0f} min"
