"""Where the mean over many calls lies: sampling intervals, by call.

Two intervals exist in callcoach and are never mixed. The *measurement* interval of a scorecard says
where a careful person's score of one call would lie. The *sampling* interval here says where a
rep's mean lies, given that calls differ; its ends are called `mean_low` and `mean_high`, never
`low` and `high`.

Everything takes arrays whose last axis is calls, with NaN for a call that was not judged, so that
twenty thousand simulated reps run through the very functions that judge one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtr, stdtrit

LEVEL = 0.90
CALL_SD = 0.25  # of scores from call to call, as seen in practice
_PRIOR_CALLS = 2  # weight of `CALL_SD` beside what few calls show
SHOWN_FROM = 5  # judged calls from which a skill is shown


@dataclass(frozen=True, slots=True)
class SamplingInterval:
    """Mean over judged calls and the 90 % interval of it, by call.

    Parameters
    ----------
    n : int
        Judged calls; calls that were not judged are not in it.
    mean, mean_low, mean_high : float
        0 to 1.
    """

    n: int
    mean: float
    mean_low: float
    mean_high: float


def sampling_interval(scores: Sequence[float | None]) -> SamplingInterval | None:
    """Mean and sampling interval of scores from 0 to 1; None under `SHOWN_FROM` judged calls.

    Examples
    --------
    >>> sampling_interval([0.5, None, 1.0, 0.5, 0.0]) is None
    True
    >>> interval = sampling_interval([0.5, 0.5, None, 0.5, 0.5, 0.5])
    >>> interval.n, interval.mean, interval.mean_low < 0.45
    (5, 0.5, True)
    """
    known = np.array([score for score in scores if score is not None], dtype=float)
    if known.size < SHOWN_FROM:
        return None
    n, mean, variance = moments(known)
    reach = reach_of(variance / n, n - 1)
    return SamplingInterval(int(n), float(mean), float(max(0.0, mean - reach)), float(min(1.0, mean + reach)))


def moments(scores: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Number, mean and variance over the last axis; NaN counts as no call.

    Few calls that happen to agree are not taken for calls that never differ: a variance below that
    of `CALL_SD` is blended with it. Larger ones stay as they are. Mean and variance are NaN where
    fewer than one and two calls are known.
    """
    known = ~np.isnan(scores)
    n = known.sum(axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(known, scores, 0.0).sum(axis=-1) / n
        squares = (np.where(known, scores - mean[..., None], 0.0) ** 2).sum(axis=-1)
        mean = np.where(n > 0, mean, np.nan)
        raw = np.where(n > 1, squares / (n - 1), np.nan)
        blended = (squares + _PRIOR_CALLS * CALL_SD**2) / (n - 1 + _PRIOR_CALLS)
    return n, mean, np.where(raw < CALL_SD**2, blended, raw)


def reach_of(variance_of_mean: np.ndarray, df: np.ndarray) -> np.ndarray:
    """Half the width of the interval at `LEVEL` of a mean with this variance, by Student's t."""
    return stdtrit(df, (1 + LEVEL) / 2) * np.sqrt(variance_of_mean)


@dataclass(frozen=True, slots=True)
class Difference:
    """Later mean less earlier mean, with the interval at `LEVEL`; arrays of one shape.

    `luck` is the probability that calls which do not differ show a rise at least as large.
    """

    value: np.ndarray
    low: np.ndarray
    high: np.ndarray
    luck: np.ndarray


def difference(
    value: np.ndarray, variance_before: np.ndarray, df_before: np.ndarray, variance_after: np.ndarray,
    df_after: np.ndarray,
) -> Difference:  # fmt: skip
    """Interval of a difference of two means from their variances (Welch 1947); NaN where unknown."""
    total = variance_before + variance_after
    with np.errstate(invalid="ignore", divide="ignore"):
        df = total**2 / (variance_before**2 / df_before + variance_after**2 / df_after)
        reach = reach_of(total, df)
        luck = stdtr(df, -value / np.sqrt(total))
    return Difference(value, value - reach, value + reach, luck)


def welch(before: np.ndarray, after: np.ndarray) -> Difference:
    """Difference of the means of two sets of calls over the last axis."""
    n_before, mean_before, variance_before = moments(before)
    n_after, mean_after, variance_after = moments(after)
    with np.errstate(invalid="ignore", divide="ignore"):
        return difference(
            mean_after - mean_before,
            variance_before / n_before,
            n_before - 1.0,
            variance_after / n_after,
            n_after - 1.0,
        )
