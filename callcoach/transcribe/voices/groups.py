"""Atoms of speech in two groups, one a voice, without anybody having said how the voices sound.

What differs between neighbouring atoms is mostly what is said, not who says it: its covariance W is
how much one voice varies. The directions in which a call varies most against W are the voices'::

    T v = λ W v        T all atoms · W neighbours without a pause · v first directions, by λ

In them, two Gaussians with a common covariance take turns: a hidden Markov chain that changes rarely
inside a run of words and easily after a pause, fitted by expectation and maximisation.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.linalg import eigh

from callcoach.transcribe.voices.atoms import Atoms

# Probability of another speaker in the next atom, by the gap between them.
CHANGE_BY_GAP_S = ((0.04, 0.01), (0.15, 0.06), (0.6, 0.25), (np.inf, 0.4))
RIDGE = 0.1  # share of W's diagonal that is added to it
N_ROUNDS = 25
MIN_WEIGHT_S = 0.1
MIN_ATOMS = 30


@dataclass(frozen=True)
class Groups:
    """Two voices.

    Parameters
    ----------
    chance : ndarray of shape (n_atoms,)
        Probability of the first voice, 0 to 1.
    apart : float
        Distance of the two means in standard deviations of one atom.
    gain : float
        Log-likelihood per atom over that of one voice.
    """

    chance: np.ndarray
    apart: float
    gain: float

    @property
    def first(self) -> np.ndarray:
        return self.chance >= 0.5


def grouped(atoms: Atoms, *, change: np.ndarray | None = None) -> Groups | None:
    """The two voices of a call; None with too few atoms to tell anything."""
    if len(atoms) < MIN_ATOMS:
        return None
    found = directions(atoms)
    return two_voices(
        atoms.values @ found, atoms.weights, change_chance(atoms.gaps_s) if change is None else change
    )


def inner_gain(atoms: Atoms, groups: Groups) -> float:
    """How much better either voice is told as two: what a third person in the call raises."""
    gains = [0.0]
    for keep in (groups.first, ~groups.first):
        if keep.sum() < MIN_ATOMS:
            continue
        found = directions(atoms, keep=keep, n=2)
        again = two_voices(atoms.values[keep] @ found, atoms.weights[keep], change_chance(atoms.gaps_s[keep]))
        gains.append(again.gain)
    return max(gains)


def directions(atoms: Atoms, *, n: int = 3, keep: np.ndarray | None = None) -> np.ndarray:
    """The first directions of voices among the atoms to keep, shape (n_values, n)."""
    x = atoms.values
    weight = np.sqrt(np.maximum(atoms.weights, MIN_WEIGHT_S))
    keep = np.ones(len(x), bool) if keep is None else keep
    total = np.cov(x[keep].T, aweights=weight[keep])
    pairs = np.flatnonzero((atoms.gaps_s[1:] < 0.04) & keep[1:] & keep[:-1])
    if len(pairs) < 2 * x.shape[1]:
        pairs = np.flatnonzero((atoms.gaps_s[1:] < 0.3) & keep[1:] & keep[:-1])
    step = x[pairs + 1] - x[pairs]
    w = np.minimum(weight[pairs + 1], weight[pairs])
    # A change of speaker between neighbours is rare and large: let no pair count for more than a typical one.
    size = np.sqrt(((step / (step.std(axis=0) + 1e-9)) ** 2).mean(axis=1))
    w = w / np.maximum(size, np.median(size) if len(size) else 1.0) ** 2
    within = (step * w[:, None]).T @ step / (2 * w.sum()) if len(pairs) else np.diag(np.diag(total))
    within = within + RIDGE * np.diag(np.diag(within)) + 1e-6 * np.eye(len(within))
    _, vectors = eigh(total, within)
    return vectors[:, ::-1][:, :n]


def change_chance(gaps_s: np.ndarray) -> np.ndarray:
    """Probability of a change of speaker before every atom."""
    bounds = np.array([bound for bound, _ in CHANGE_BY_GAP_S[:-1]])
    return np.array([p for _, p in CHANGE_BY_GAP_S])[np.searchsorted(bounds, gaps_s, side="right")]


def two_voices(z: np.ndarray, weights: np.ndarray, change: np.ndarray) -> Groups:
    """The best two Gaussians that take turns on points `z` of shape (n, d)."""
    # Longer atoms are surer: variance falls with length, down to what a voice itself varies.
    precision = np.clip(weights / np.median(np.maximum(weights, MIN_WEIGHT_S)), 0.25, 2.0)
    best = None
    for k in range(min(2, z.shape[1])):
        found = _fit(z, precision, change, start=z[:, k] > np.median(z[:, k]))
        if best is None or found[0] > best[0]:
            best = found
    score, chance, apart = best
    alone = _log_normal(
        z - np.average(z, axis=0, weights=precision), np.cov(z.T, aweights=precision), precision
    )
    return Groups(chance, apart, (score - alone.sum()) / len(z))


def _fit(z, precision, change, *, start):
    chance = np.where(start, 0.9, 0.1)
    score = -np.inf
    for _ in range(N_ROUNDS):
        means, covariance = _gaussians(z, precision, chance)
        logs = np.stack([_log_normal(z - mean, covariance, precision) for mean in means], axis=1)
        chance, new = _forward_backward(logs, change)
        if new - score < 1e-4 * len(z):
            score = new
            break
        score = new
    difference = means[0] - means[1]
    apart = float(np.sqrt(max(0.0, difference @ np.linalg.solve(covariance, difference))))
    return score, chance, apart


def _gaussians(z, precision, chance):
    shares = np.stack([chance, 1 - chance], axis=1) * precision[:, None]
    totals = np.maximum(shares.sum(axis=0), 1e-6)
    means = (shares.T @ z) / totals[:, None]
    covariance = (
        sum(((z - mean) * share[:, None]).T @ (z - mean) for mean, share in zip(means, shares.T, strict=True))
        / totals.sum()
    )
    return means, covariance + 1e-4 * np.eye(z.shape[1])


def _log_normal(centred, covariance, precision):
    covariance = np.atleast_2d(covariance)
    d = centred.shape[1]
    square = (centred @ np.linalg.inv(covariance) * centred).sum(axis=1)
    return -0.5 * (
        precision * square - d * np.log(precision) + np.linalg.slogdet(covariance)[1] + d * np.log(2 * np.pi)
    )


def _forward_backward(logs: np.ndarray, change: np.ndarray) -> tuple[np.ndarray, float]:
    """Probability of state 0 per step, and the log-likelihood."""
    n = len(logs)
    top = logs.max(axis=1)
    likely = np.exp(logs - top[:, None])
    ahead, behind = np.empty((n, 2)), np.ones((n, 2))
    total = 0.0
    state = np.array([0.5, 0.5])
    for i in range(n):
        if i:
            state = state * (1 - change[i]) + state[::-1] * change[i]
        state = state * likely[i]
        size = state.sum() + 1e-300
        state = state / size
        total += np.log(size) + top[i]
        ahead[i] = state
    for i in range(n - 2, -1, -1):
        later = behind[i + 1] * likely[i + 1]
        state = later * (1 - change[i + 1]) + later[::-1] * change[i + 1]
        behind[i] = state / (state.sum() + 1e-300)
    both = ahead * behind
    return both[:, 0] / (both.sum(axis=1) + 1e-300), float(total)
