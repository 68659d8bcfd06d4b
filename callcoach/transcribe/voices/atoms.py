"""Speech cut into atoms: short stretches in which hardly anybody changes, each with its mean sound.

::

    speech   |==================================|      |============|
    pauses             ··        ·                            ·
    atoms    |======||=====||======||============|     |=====||=====|     at pauses, then every 0.8 s

Where words have times, atoms end between words, so that whole words are given to a speaker.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from callcoach.core import Interval, Intervals
from callcoach.transcribe.voices.features import LOUDNESS, N_CEPSTRA, PITCH, STEP_S

LONGEST_S, SHORTEST_S = 1.0, 0.3
PAUSE_S = 0.05
QUIET_DB = 22.0  # under the loud parts of the speech around it
LOUD_DB = 15.0  # frames down to this far under the loudest tenth tell the voice
N_VALUES = N_CEPSTRA + 1


@dataclass(frozen=True)
class Atoms:
    """Stretches of speech in order, and how each sounds.

    Parameters
    ----------
    spans : tuple of Interval
    values : ndarray of shape (n_atoms, N_VALUES)
        Mean cepstrum, and mean log pitch (the call's where nothing is voiced).
    weights : ndarray of shape (n_atoms,)
        Seconds of frames behind the means.
    gaps_s : ndarray of shape (n_atoms,)
        From the end of the atom before; infinite for the first.
    words : tuple of (first, last + 1), or empty
        Positions of the words of each atom, where words were given.
    """

    spans: Intervals
    values: np.ndarray
    weights: np.ndarray
    gaps_s: np.ndarray
    words: tuple[tuple[int, int], ...] = ()

    def __len__(self) -> int:
        return len(self.spans)


def atoms_of(features: np.ndarray, speech: Intervals, words: Sequence[Interval] | None = None) -> Atoms:
    """Cut speech into atoms and describe them.

    Parameters
    ----------
    words : sequence of Interval, optional
        When every word is said, by start.
    """
    if words:
        groups = _word_groups(words)
        spans = [Interval(words[a].start_s, max(w.end_s for w in words[a:b])) for a, b in groups]
    else:
        groups, spans = [], [span for piece in speech for span in _cut(features, piece)]
    values, weights = _described(features, spans)
    gaps_s = np.array([np.inf, *(b.start_s - a.end_s for a, b in itertools.pairwise(spans))][: len(spans)])
    return Atoms(tuple(spans), values, weights, gaps_s, tuple(groups))


def _word_groups(words: Sequence[Interval]) -> list[tuple[int, int]]:
    """Runs of words without a pause between them, none much longer than `LONGEST_S`."""
    groups: list[tuple[int, int]] = []
    start = 0
    for i in range(1, len(words) + 1):
        if (
            i == len(words)
            or words[i].start_s - words[i - 1].end_s >= PAUSE_S
            or (words[i].end_s - words[start].start_s > LONGEST_S)
        ):
            groups.append((start, i))
            start = i
    return groups


def _cut(features: np.ndarray, piece: Interval) -> list[Interval]:
    first, last = round(piece.start_s / STEP_S), round(piece.end_s / STEP_S)
    loudness = _shifted(features[:, LOUDNESS], first, last)
    if len(loudness) < 2:
        return [piece]
    quiet = loudness < np.quantile(loudness, 0.9) - QUIET_DB
    cuts = [piece.start_s]
    for start, end in _runs(quiet):
        if (end - start) * STEP_S >= PAUSE_S:
            cuts.append(piece.start_s + (start + end) / 2 * STEP_S)
    cuts.append(piece.end_s)
    kept = [cuts[0]]
    for at in cuts[1:-1]:
        if at - kept[-1] >= SHORTEST_S and cuts[-1] - at >= SHORTEST_S:
            kept.append(at)
    kept.append(cuts[-1])
    spans = []
    for a, b in itertools.pairwise(kept):
        n = max(1, round((b - a) / (0.8 * LONGEST_S)))
        spans += [Interval(a + (b - a) * i / n, a + (b - a) * (i + 1) / n) for i in range(n)]
    return spans


def _shifted(column: np.ndarray, first: int, last: int) -> np.ndarray:
    """Frames whose middle lies in steps ``first`` to ``last``: a frame is centred two steps on."""
    return column[max(0, first - 2) : max(0, last - 2)]


def _runs(mask: np.ndarray) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]]).astype(np.int8)))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def _described(features: np.ndarray, spans: Sequence[Interval]) -> tuple[np.ndarray, np.ndarray]:
    values, weights = np.zeros((len(spans), N_VALUES)), np.zeros(len(spans))
    for i, span in enumerate(spans):
        rows = _shifted(features, round(span.start_s / STEP_S), round(span.end_s / STEP_S))
        if not len(rows):
            values[i] = np.nan
            continue
        loud = rows[rows[:, LOUDNESS] >= np.quantile(rows[:, LOUDNESS], 0.9) - LOUD_DB]
        voiced = loud[loud[:, PITCH] > 0]
        tells = voiced if len(voiced) >= 8 else loud
        values[i, :N_CEPSTRA] = tells[:, :N_CEPSTRA].mean(axis=0)
        values[i, N_CEPSTRA] = np.median(voiced[:, PITCH]) if len(voiced) >= 4 else np.nan
        weights[i] = len(tells) * STEP_S
    if len(spans):
        known = ~np.isnan(values)
        middle = [np.median(values[known[:, k], k]) if known[:, k].any() else 0.0 for k in range(N_VALUES)]
        values = np.where(known, values, np.array(middle))
    return values, weights
