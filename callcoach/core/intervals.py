"""Time intervals, half-open and in seconds, and the arithmetic of lists of them.

::

    a         |---------|
    b                |--------|
    support   |---------------|      overlapping pieces merged: no second counts twice
    gaps            …         …      what a support leaves free between its pieces
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """``[start_s, end_s)`` in seconds from the start of the recording.

    Raises
    ------
    ValueError
        If an end lies before its start, or a bound is not a finite number.
    """

    start_s: float
    end_s: float

    def __post_init__(self) -> None:
        # One comparison catches both a backward interval and NaN.
        if not (-1e12 < self.start_s <= self.end_s < 1e12):
            raise ValueError(
                f"an interval needs finite bounds with start <= end; got {self.start_s} and {self.end_s}"
            )

    @property
    def duration_s(self) -> float:
        return self.end_s - self.start_s

    def __contains__(self, time_s: float) -> bool:
        return self.start_s <= time_s < self.end_s

    def overlaps(self, other: Interval) -> bool:
        return self.start_s < other.end_s and other.start_s < self.end_s

    def shifted(self, by_s: float) -> Interval:
        return Interval(self.start_s + by_s, self.end_s + by_s)


Intervals = tuple[Interval, ...]
_BOUNDS = attrgetter("start_s", "end_s")


def support(intervals: Iterable[Interval], *, join_gap_s: float = 0.0) -> Intervals:
    """The same time as few, sorted, disjoint pieces; touching pieces merge, empty ones vanish.

    Parameters
    ----------
    join_gap_s : float
        Also merge across gaps strictly shorter than this. 0 merges only what touches or overlaps.

    Examples
    --------
    >>> support([Interval(0, 2), Interval(1, 3), Interval(5, 6)])
    (Interval(start_s=0, end_s=3), Interval(start_s=5, end_s=6))
    """
    merged: list[Interval] = []
    for piece in sorted([piece for piece in intervals if piece.end_s > piece.start_s], key=_BOUNDS):
        if merged and (piece.start_s <= merged[-1].end_s or piece.start_s - merged[-1].end_s < join_gap_s):
            if piece.end_s > merged[-1].end_s:
                merged[-1] = Interval(merged[-1].start_s, piece.end_s)
        else:
            merged.append(piece)
    return tuple(merged)


def gaps(intervals: Iterable[Interval], *, within: Interval | None = None) -> Intervals:
    """What the support of `intervals` leaves free: between its pieces, or inside `within`.

    Examples
    --------
    >>> gaps([Interval(0, 2), Interval(5, 6)])
    (Interval(start_s=2, end_s=5),)
    """
    pieces = support(intervals)
    if within is None:
        return tuple(Interval(a.end_s, b.start_s) for a, b in pairwise(pieces))
    free: list[Interval] = []
    at = within.start_s
    for piece in pieces:
        if piece.end_s <= within.start_s or piece.start_s >= within.end_s:
            continue
        if piece.start_s > at:
            free.append(Interval(at, piece.start_s))
        at = max(at, piece.end_s)
    if at < within.end_s:
        free.append(Interval(at, within.end_s))
    return tuple(free)


def intersection(first: Iterable[Interval], second: Iterable[Interval]) -> Intervals:
    """The time that both cover, as a support.

    Examples
    --------
    >>> intersection([Interval(0, 4)], [Interval(1, 2), Interval(3, 9)])
    (Interval(start_s=1, end_s=2), Interval(start_s=3, end_s=4))
    """
    a, b = support(first), support(second)
    common: list[Interval] = []
    i = j = 0
    while i < len(a) and j < len(b):
        start_s, end_s = max(a[i].start_s, b[j].start_s), min(a[i].end_s, b[j].end_s)
        if start_s < end_s:
            common.append(Interval(start_s, end_s))
        if a[i].end_s <= b[j].end_s:
            i += 1
        else:
            j += 1
    return tuple(common)


def without(intervals: Iterable[Interval], cut: Iterable[Interval]) -> Intervals:
    """The support of `intervals` with every second of `cut` taken out."""
    kept: list[Interval] = []
    cut = support(cut)
    for piece in support(intervals):
        kept.extend(gaps(cut, within=piece))
    return tuple(kept)


def total_s(intervals: Sequence[Interval]) -> float:
    """Seconds of the support: no second counts twice.

    >>> total_s([Interval(0, 2), Interval(1, 3)])
    3
    """
    return sum(piece.duration_s for piece in support(intervals))
