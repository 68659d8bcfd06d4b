"""How the seconds of a call divide between the sides, silence and what is cut out.

::

    rep       |=====|        |====|
    customer     |======|              |===|
    other                 |===|
    overlap      |==|
    other_s               |==|                 only what no side speaks over
    silence                       |----|
    cut                                 (…)    outside the span

Rep + customer − overlap + other + silence = span, always.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from callcoach.core import Capability, Interval, Intervals, Role, Transcript
from callcoach.core.floor import TIME_TOLERANCE_S


@dataclass(frozen=True, slots=True)
class Timeline:
    """Seconds of a call by who speaks in them.

    Parameters
    ----------
    start_s, end_s : float
        First and last second of speech by anybody, cuts taken out.
    span_s : float
        Time between them, without cuts.
    other_s : float
        Only people of neither side speak; time in which a side speaks too is that side's.
    silent_s : tuple of float
        Lengths of the stretches in which nobody speaks; a cut ends one.
    cuts : Intervals
        As support.
    """

    start_s: float
    end_s: float
    span_s: float
    rep_s: float
    customer_s: float
    overlap_s: float
    other_s: float
    silence_s: float
    silent_s: tuple[float, ...]
    unknown_s: float
    cuts: Intervals

    def position(self, time_s: float) -> float:
        """Where in the span a time lies, 0 to 1; cuts take no room."""
        if self.span_s <= 0:
            return 0.0
        past_s = min(max(time_s, self.start_s), self.end_s) - self.start_s
        for cut in self.cuts:
            past_s -= max(0.0, min(cut.end_s, time_s, self.end_s) - max(cut.start_s, self.start_s))
        return min(1.0, max(0.0, past_s / self.span_s))


def speech_by_speaker(transcript: Transcript) -> dict[str, Intervals]:
    """When each speaker's voice sounds; a source that only times turns gives its turns."""
    if transcript.speech:
        return dict(transcript.speech)
    found: dict[str, list[Interval]] = {}
    if transcript.can(Capability.ENDS):
        for turn in transcript.turns:
            interval = turn.interval
            if interval is not None:
                found.setdefault(turn.speaker, []).append(interval)
    return {label: tuple(pieces) for label, pieces in found.items()}


def _arrays(intervals: Iterable[Interval]) -> np.ndarray:
    """Shape (n, 2): starts and ends of what has a length."""
    rows = [(piece.start_s, piece.end_s) for piece in intervals if piece.end_s > piece.start_s]
    return np.array(rows, dtype=np.float64).reshape(-1, 2)


def _covered(edges: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Per cell between neighbouring edges: does any row cover it?"""
    change = np.zeros(len(edges), dtype=np.int64)
    np.add.at(change, np.searchsorted(edges, rows[:, 0]), 1)
    np.subtract.at(change, np.searchsorted(edges, rows[:, 1]), 1)
    return np.cumsum(change)[:-1] > 0


def timeline(transcript: Transcript) -> Timeline | None:
    """The seconds of a call by who speaks in them; None where nobody speaks or nothing is timed."""
    speech = speech_by_speaker(transcript)
    roles = {speaker.label: speaker.role for speaker in transcript.speakers}
    by_role: dict[Role, list[Interval]] = {role: [] for role in Role}
    for label, pieces in speech.items():
        by_role[roles[label]].extend(pieces)
    rows = {role: _arrays(pieces) for role, pieces in by_role.items()}
    cut_rows = _arrays(transcript.cuts)
    edges = np.unique(np.concatenate([*(r.ravel() for r in rows.values()), cut_rows.ravel()]))
    if len(edges) < 2:
        return None
    length_s = np.diff(edges)
    covered = {role: _covered(edges, r) for role, r in rows.items()}
    cut = _covered(edges, cut_rows)
    anybody = np.logical_or.reduce(list(covered.values())) & ~cut
    if not anybody.any():
        return None
    spoken = np.flatnonzero(anybody)
    first, last = spoken[0], spoken[-1]
    inside = np.zeros(len(length_s), dtype=bool)
    inside[first : last + 1] = True
    inside &= ~cut
    rep, customer = covered[Role.REP] & inside, covered[Role.CUSTOMER] & inside
    side = rep | customer
    silent = inside & ~anybody

    def seconds(cells: np.ndarray) -> float:
        return float(length_s[cells].sum())

    return Timeline(
        start_s=float(edges[first]),
        end_s=float(edges[last + 1]),
        span_s=seconds(inside),
        rep_s=seconds(rep),
        customer_s=seconds(customer),
        overlap_s=seconds(rep & customer),
        other_s=seconds(anybody & ~side),
        silence_s=seconds(silent),
        silent_s=_runs(silent, length_s),
        unknown_s=seconds(covered[Role.UNKNOWN] & inside),
        cuts=_merged(cut, edges),
    )


def _run_bounds(cells: np.ndarray) -> list[tuple[int, int]]:
    """First and one past last index of every run of true cells."""
    padded = np.concatenate(([False], cells, [False])).astype(np.int8)
    change = np.diff(padded)
    return list(zip(np.flatnonzero(change == 1).tolist(), np.flatnonzero(change == -1).tolist(), strict=True))


def _runs(cells: np.ndarray, length_s: np.ndarray) -> tuple[float, ...]:
    return tuple(float(length_s[start:end].sum()) for start, end in _run_bounds(cells))


def _merged(cells: np.ndarray, edges: np.ndarray) -> Intervals:
    return tuple(Interval(float(edges[start]), float(edges[end])) for start, end in _run_bounds(cells))


def is_cut(time_s: float, cuts: Intervals, starts: list[float]) -> bool:
    """Whether a time lies in a cut; `starts` are those of `cuts`, which are a support."""
    at = bisect_right(starts, time_s + TIME_TOLERANCE_S) - 1
    return at >= 0 and time_s < cuts[at].end_s - TIME_TOLERANCE_S
