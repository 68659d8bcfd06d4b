"""Call records by hand, for the tests of coaching over time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from callcoach.coach.records import CallRecord

MONDAY = datetime(2026, 9, 7, 9, tzinfo=UTC)


def day(n: float) -> datetime:
    return MONDAY + timedelta(days=n)


def calls(
    rep: str,
    scores: Mapping[str, Sequence[float | None]],
    *,
    first_day: float = 0,
    call_type: str = "discovery",
    every_days: float = 1,
) -> list[CallRecord]:
    """One call per position of the given scores: ``calls("dana", {"recap": [1, 0, None]})``."""
    n = max(map(len, scores.values()))
    return [
        CallRecord(
            call_id=f"{rep}-{call_type}-{first_day + every_days * number:g}",
            rep=rep,
            at=day(first_day + every_days * number),
            call_type=call_type,
            scores={name: row[number] for name, row in scores.items()},
        )
        for number in range(n)
    ]
