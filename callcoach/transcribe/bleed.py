"""Who speaks where each channel also hears the other: a rule that calibrates itself on the call.

Voice activity alone hardly minds level: with the other side 30 dB down it hears both sides on both
channels, and talk share is lost. What tells the sides apart is how much louder one channel is than
the other, and that difference has two habits, one per side:

::

    frames      right speaks              left speaks
                   ▂▆▇▅▁                     ▁▄▇▆▂
    ──────────────|──────|────────|────────|──────|──────────►  left − right, dB
                −m      c−h/2     c       c+h/2   +m
    right speaks below c + h/2, left above c − h/2; both between: overlap

Centre `c` takes up channels of different loudness. The half-gap `h` says how far the channels can
be relied on: 25 dB and more when clean, about 18 with bleed at −20 dB, 11 at −12, 5 at −6, and
0 when both hold the same sound.

**One cluster only.** If the difference has a single habit, either both channels hold the same mix,
perhaps not equally loud (mono), or one side never speaks and its channel holds nothing but a faint
copy of the other (centre at least 15 dB from 0: the louder side speaks alone, with a warning). A
channel on which voice activity hears nothing takes no part at all: a customer who never speaks is
not mono.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

FRAME_S = 0.016  # of powers and decisions; two make a step of voice activity
SMOOTH_S = 0.2
TRUST_DB, WARN_DB = 8.0, 3.0  # half-gap from which channels are trusted; below the second: mono
ONE_SIDED_DB = (
    15.0  # a single cluster this far from 0 is one side heard through; no mix is recorded so unevenly
)
FLOOR_DB = 40.0  # quieter than this below a channel's own loud frames counts as silence
LOUD_QUANTILE, LOUD_DB = 0.95, 15.0  # the fit uses frames this near to a channel's own loud ones
MIN_SPREAD_DB = 1.0  # of the Gaussians: keeps a constant difference from collapsing to a point
MIN_RISE_DB = -2.0  # a side that speaks is on its own channel at least about as loud as the other's copy
MIN_HEARD_S = 0.3  # a channel with less speech than this holds none
_BIN_DB = 0.25
_N_STEPS = 200


class Levels:
    """Mean power per channel and frame of `FRAME_S`, gathered block by block."""

    def __init__(self, n_channels: int, *, sample_rate_hz: int) -> None:
        self._frame = round(FRAME_S * sample_rate_hz)
        self._rest = np.zeros((n_channels, 0), np.float32)
        self._powers: list[np.ndarray] = []

    def feed(self, block: np.ndarray) -> None:
        block = np.concatenate([self._rest, block], axis=1) if self._rest.shape[1] else block
        n = block.shape[1] // self._frame
        whole = block[:, : n * self._frame].reshape(block.shape[0], n, self._frame)
        self._powers.append(np.einsum("cnf,cnf->cn", whole, whole) / np.float32(self._frame))
        self._rest = block[:, n * self._frame :]

    def finish(self) -> np.ndarray:
        """Powers, float32 of shape (n_channels, n_frames); the last frame is filled with zeros."""
        if self._rest.shape[1]:
            self.feed(np.zeros((len(self._rest), self._frame - self._rest.shape[1]), np.float32))
        return np.concatenate(self._powers, axis=1) if self._powers else self._rest


@dataclass(frozen=True, slots=True)
class Gap:
    """Two Gaussians of one spread in the level difference of two channels, dB, first minus second."""

    centre_db: float
    half_gap_db: float

    @property
    def verdict(self) -> str:
        if self.half_gap_db >= TRUST_DB:
            return "trust"
        return "warn" if self.half_gap_db >= WARN_DB else "mono"


@dataclass(frozen=True, slots=True)
class Separated:
    """Speech per channel with bleed taken out.

    Parameters
    ----------
    speaks : ndarray of bool, shape (n_channels, n_frames)
    verdict : str
        ``"trust"``, ``"warn"`` or ``"mono"``: the worst of the pairs of channels that carry speech.
    half_gap_db : float or None
        The smallest of the pairs; None where no two channels carry speech.
    one_sided : tuple of int
        Channels that hold nothing but a faint copy of another.
    """

    speaks: np.ndarray
    verdict: str
    half_gap_db: float | None
    one_sided: tuple[int, ...] = ()


def separate(active: np.ndarray, powers: np.ndarray) -> Separated:
    """Voice activity per channel, less what is only the other side heard through.

    Parameters
    ----------
    active : ndarray of bool, shape (n_channels, n_frames)
        Voice activity.
    powers : ndarray, same shape
        Mean power per frame.

    Notes
    -----
    With more than two channels each pair is judged by itself, and a channel speaks where no pair
    speaks against it.
    """
    speaks = active.copy()
    carrying = [i for i in range(len(active)) if active[i].sum() * FRAME_S >= MIN_HEARD_S]
    levels = {i: _level_db(powers[i]) for i in carrying}
    half_gaps, verdicts, one_sided = [], ["trust"], set()
    for a, b in combinations(carrying, 2):
        loud = (active[a] | active[b]) & (_is_loud(levels[a]) | _is_loud(levels[b]))
        difference = levels[a] - levels[b]
        gap = fit_gap(difference[loud])
        mean_db = float(difference[loud].mean()) if loud.any() else 0.0
        if gap.verdict != "mono" and _two_sides(levels[a], levels[b], loud, gap):
            speaks[a] &= difference > gap.centre_db - gap.half_gap_db / 2
            speaks[b] &= difference < gap.centre_db + gap.half_gap_db / 2
        elif abs(mean_db) >= ONE_SIDED_DB:
            faint = b if mean_db > 0 else a
            one_sided.add(faint)
            speaks[faint] = False
            verdicts.append("warn")
            continue
        else:
            gap = Gap(mean_db, 0.0)
        half_gaps.append(gap.half_gap_db)
        verdicts.append(gap.verdict)
    return Separated(
        speaks=speaks,
        verdict=max(verdicts, key=("trust", "warn", "mono").index),
        half_gap_db=min(half_gaps, default=None),
        one_sided=tuple(sorted(one_sided)),
    )


def fit_gap(difference_db: np.ndarray) -> Gap:
    """Fit two Gaussians to level differences by expectation maximisation, always the same way.

    Both have one spread, and the start is the ends of the range, not the median: a side that
    speaks for a hundredth of the call keeps its cluster, which the tail of the other side would
    take over otherwise.

    Examples
    --------
    >>> d = np.concatenate([np.full(990, 20.0), np.full(10, -10.0)])
    >>> gap = fit_gap(d)
    >>> round(gap.centre_db), round(gap.half_gap_db), gap.verdict
    (5, 15, 'trust')
    """
    if difference_db.size == 0:
        return Gap(0.0, 0.0)
    edges = np.arange(difference_db.min() - _BIN_DB, difference_db.max() + 2 * _BIN_DB, _BIN_DB)
    counts, edges = np.histogram(difference_db, edges)
    x = (edges[:-1] + edges[1:]) / 2
    low, high = np.quantile(difference_db, (0.005, 0.995))
    mean, weight = np.array([low, high], float), np.full(2, 0.5)
    spread = max(MIN_SPREAD_DB, (high - low) / 6)
    for _ in range(_N_STEPS):
        log_p = -0.5 * ((x[:, None] - mean) / spread) ** 2 + np.log(weight)
        share = np.exp(log_p - log_p.max(axis=1, keepdims=True))
        share *= (counts / share.sum(axis=1))[:, None]
        mass = np.maximum(share.sum(axis=0), 1e-9)
        before, mean = mean, (share * x[:, None]).sum(axis=0) / mass
        spread = np.sqrt((share * (x[:, None] - mean) ** 2).sum() / mass.sum())
        spread = max(MIN_SPREAD_DB, float(spread))
        weight = mass / mass.sum()
        if np.abs(mean - before).max() < 1e-3:
            break
    return Gap(float(mean.mean()), float(abs(mean[1] - mean[0]) / 2))


def _two_sides(a_db: np.ndarray, b_db: np.ndarray, loud: np.ndarray, gap: Gap) -> bool:
    """Whether each channel is not clearly quieter in its own side's frames than in the other's.

    The copy of a lone speaker sinks into noise whenever that speaker is quiet, which looks like a
    second cluster; but then "its own" frames are the quiet ones.
    """
    on_a = loud & (a_db - b_db > gap.centre_db)
    on_b = loud & ~on_a
    if min(on_a.sum(), on_b.sum()) * FRAME_S < MIN_HEARD_S:
        return False
    rises_db = (
        np.median(a_db[on_a]) - np.median(a_db[on_b]),
        np.median(b_db[on_b]) - np.median(b_db[on_a]),
    )
    return bool(min(rises_db) >= MIN_RISE_DB)


def _is_loud(level_db: np.ndarray) -> np.ndarray:
    return level_db >= np.quantile(level_db, LOUD_QUANTILE) - LOUD_DB


def smoothed(powers: np.ndarray, n: int) -> np.ndarray:
    """Moving mean over `n` frames (odd), zeros beyond the ends."""
    total = np.cumsum(np.concatenate([np.zeros(n // 2 + 1), powers.astype(float), np.zeros(n // 2)]))
    return np.maximum((total[n:] - total[:-n]) / n, 0.0)


def _level_db(powers: np.ndarray) -> np.ndarray:
    """Smoothed level, never below `FLOOR_DB` under the channel's own loud frames."""
    smooth = smoothed(powers, round(SMOOTH_S / FRAME_S) | 1)
    floor = max(float(np.quantile(smooth, LOUD_QUANTILE)) * 10 ** (-FLOOR_DB / 10), 1e-12)
    return 10.0 * np.log10(smooth + floor)
