"""Figures of one label: precision, recall, F1, calibration, and intervals by conversation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from callcoach.measure.constants import TAGGED

N_RESAMPLES = 1000
LEVEL = 0.90  # of every interval here
SHOWN_PRECISION = 0.90


@dataclass(frozen=True, slots=True)
class Figures:
    """How well one label was found among `n` utterances, of which `n_positive` have it.

    Parameters
    ----------
    precision, recall, f1 : float or None
        Of the positive class from the probability `TAGGED`; None where nothing was found or there was nothing.
    f1_low, f1_high : float or None
        90 % interval over conversations drawn again with replacement.
    calibration_error : float or None
        Mean distance between probability and share of positives over ten bins, weighted by their
        size, among predictions over .1; None without any.
    shown_precision : float or None
        Precision at `threshold`, the one from which evidence is shown; None without one.
    reliability : tuple of (n, mean probability, share that have the label)
        Per tenth of the probabilities over .1 that has any.
    """

    label: str
    condition: str
    n: int
    n_positive: int
    precision: float | None
    recall: float | None
    f1: float | None
    f1_low: float | None
    f1_high: float | None
    calibration_error: float | None
    threshold: float | None
    n_shown: int
    shown_precision: float | None
    reliability: tuple[tuple[int, float, float], ...] = ()


def figures_of(
    label: str,
    condition: str,
    gold: Sequence[bool],
    probabilities: Sequence[float],
    conversations: Sequence[str],
    *,
    threshold: float | None = None,
) -> Figures:
    """Figures of one label; all sequences have one entry per utterance."""
    truth, chance = np.asarray(gold, bool), np.asarray(probabilities, float)
    said = chance >= TAGGED
    low, high = _interval(truth, said, np.asarray(conversations))
    shown = chance >= threshold if threshold is not None else np.zeros(len(chance), bool)
    return Figures(
        label,
        condition,
        len(truth),
        int(truth.sum()),
        _share(truth & said, said),
        _share(truth & said, truth),
        f1_of(truth, said),
        low,
        high,
        calibration_error(truth, chance),
        threshold,
        int(shown.sum()),
        _share(truth & shown, shown),
        reliability(truth, chance),
    )


def _share(part: np.ndarray, whole: np.ndarray) -> float | None:
    return float(part.sum() / whole.sum()) if whole.any() else None


def f1_of(truth: np.ndarray, said: np.ndarray) -> float | None:
    """F1 of the positive class; None where there is nothing to find."""
    if not truth.any():
        return None
    return float(2 * (truth & said).sum() / (truth.sum() + said.sum()))


def _interval(
    truth: np.ndarray, said: np.ndarray, conversations: np.ndarray
) -> tuple[float | None, float | None]:
    if not truth.any():
        return None, None
    _, where = np.unique(conversations, return_inverse=True)
    counts = np.stack(
        [np.bincount(where, weights=part.astype(float)) for part in (truth & said, truth, said)], axis=1
    )
    rng = np.random.default_rng(0)
    n = len(counts)
    drawn = rng.integers(0, n, (N_RESAMPLES, n))
    sums = counts[drawn].sum(axis=1)
    whole = sums[:, 1] + sums[:, 2]
    scores = 2 * sums[whole > 0, 0] / whole[whole > 0]
    tail = (1 - LEVEL) / 2
    return float(np.quantile(scores, tail)), float(np.quantile(scores, 1 - tail))


def reliability(
    truth: np.ndarray, chance: np.ndarray, *, over: float = 0.1
) -> tuple[tuple[int, float, float], ...]:
    """Number, mean probability and share of positives in every tenth that has any, over `over`."""
    kept = chance > over
    truth, chance = truth[kept], chance[kept]
    where = np.minimum((chance * 10).astype(int), 9)
    return tuple(
        (int((where == at).sum()), float(chance[where == at].mean()), float(truth[where == at].mean()))
        for at in range(10)
        if (where == at).any()
    )


def calibration_error(truth: np.ndarray, chance: np.ndarray, *, over: float = 0.1) -> float | None:
    """Expected calibration error among the predictions over `over`."""
    bins = reliability(truth, chance, over=over)
    n = sum(size for size, _, _ in bins)
    return sum(size * abs(said - held) for size, said, held in bins) / n if n else None


def threshold_reaching(
    truth: np.ndarray, chance: np.ndarray, *, precision: float = SHOWN_PRECISION, least: int = 10
) -> float | None:
    """Lowest probability of at least .5 from which on precision holds, with `least` predictions."""
    order = np.argsort(-chance, kind="stable")
    right = np.cumsum(truth[order])
    counts = np.arange(1, len(order) + 1)
    last = np.r_[chance[order][1:] != chance[order][:-1], True]
    good = last & (right / counts >= precision) & (counts >= least) & (chance[order] >= 0.5)
    if not good.any():
        return None
    return float(np.ceil(chance[order][np.flatnonzero(good)[-1]] * 1e4 - 1e-6) / 1e4)
