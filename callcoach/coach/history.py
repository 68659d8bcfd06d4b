"""A rep against themselves: every skill with how many calls it rests on, its interval and its course.

A skill is shown from 5 judged calls, a course from 8; before that the answer is how many are there.
Calls that were not judged are counted and never averaged in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import numpy as np

from callcoach.coach.records import HAS_IT, CallRecord, calls_of, items_of
from callcoach.coach.sampling import SHOWN_FROM, SamplingInterval, sampling_interval, welch

TREND_FROM = 8  # judged calls


class Course(StrEnum):
    """Where a skill is going; `NOT_SEEN` is not the same as "no change"."""

    UP = "up"
    DOWN = "down"
    NOT_SEEN = "no change we can see"


@dataclass(frozen=True, slots=True)
class Trend:
    """Later half of the judged calls less the earlier half, with its 90 % sampling interval."""

    course: Course
    change: float
    change_low: float
    change_high: float
    n: int


@dataclass(frozen=True, slots=True)
class Skill:
    """One item of one call type for one person.

    Parameters
    ----------
    n_judged, n_calls : int
        Calls with a score for it, and calls of this type.
    n_has : int
        Calls that have it.
    interval : SamplingInterval or None
        None under 5 judged calls.
    trend : Trend or None
        None under 8 judged calls.
    points : tuple of (datetime, float)
        Score per judged call in order; empty under 8, where a line would draw luck.
    """

    item: str
    call_type: str
    n_judged: int
    n_calls: int
    n_has: int
    interval: SamplingInterval | None
    trend: Trend | None
    points: tuple[tuple[datetime, float], ...]

    @property
    def words(self) -> str:
        """Counts for a page: ``"in 4 of 11 calls"``, or how many are still missing."""
        if self.interval is None:
            return f"{self.n_judged} of {SHOWN_FROM} judged calls that this needs"
        return f"in {self.n_has} of {self.n_judged} calls"


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many conversations a figure rests on, and why others are not in it."""

    n_calls: int
    n_judged: int
    withheld: tuple[tuple[str, int], ...]

    @property
    def words(self) -> str:
        """``"63 conversations · 49 judged · 14 not (9 mono, 3 short, 2 German)"``."""
        text = f"{_counted(self.n_calls, 'conversation')} · {self.n_judged} judged"
        missing = self.n_calls - self.n_judged
        if missing:
            text += f" · {missing} not ({self.reasons})"
        return text

    @property
    def reasons(self) -> str:
        return ", ".join(f"{n} {reason}" for reason, n in self.withheld)


def coverage_of(records: Iterable[CallRecord]) -> Coverage:
    """Judged calls, and the others by reason, most frequent first."""
    records = tuple(records)
    reasons = Counter(r.withheld or "without a reason" for r in records if not r.is_judged)
    return Coverage(
        n_calls=len(records),
        n_judged=sum(record.is_judged for record in records),
        withheld=tuple(sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))),
    )


def skills_of(records: Sequence[CallRecord], rep: str, *, call_type: str) -> tuple[Skill, ...]:
    """Every item that was judged in a person's calls of one type, alphabetical."""
    calls = calls_of(records, rep, call_type=call_type)
    return tuple(_skill(name, call_type, calls) for name in items_of(calls))


def _skill(name: str, call_type: str, calls: Sequence[CallRecord]) -> Skill:
    points = tuple((call.at, float(call.scores[name])) for call in calls if call.scores.get(name) is not None)
    scores = [score for _, score in points]
    return Skill(
        item=name,
        call_type=call_type,
        n_judged=len(points),
        n_calls=len(calls),
        n_has=sum(score >= HAS_IT for score in scores),
        interval=sampling_interval(scores),
        trend=trend_of(scores),
        points=points if len(points) >= TREND_FROM else (),
    )


def trend_of(scores: Sequence[float]) -> Trend | None:
    """Whether the later half of a person's calls differs from the earlier one; None under 8 calls.

    Examples
    --------
    >>> trend_of([0.0, 0.1] * 3) is None
    True
    >>> trend_of([0.0, 0.1, 0.2, 0.0, 0.1, 0.8, 1.0, 0.9, 0.8, 1.0]).course.value
    'up'
    """
    if len(scores) < TREND_FROM:
        return None
    half = len(scores) // 2
    found = welch(np.array(scores[:half], dtype=float), np.array(scores[half:], dtype=float))
    course = Course.UP if found.low > 0 else Course.DOWN if found.high < 0 else Course.NOT_SEEN
    return Trend(course, float(found.value), float(found.low), float(found.high), len(scores))


def _counted(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"
